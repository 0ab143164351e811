package corpus

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Limits on authority files, so that a wrong file is an error and not a full memory.
const (
	maxAuthority  = 1 << 30  // bytes
	maxPersonLine = 16 << 20 // bytes
	maxPersons    = 2_000_000
)

// A Listed person is one of an authority file.
type Listed struct {
	Actor
	First, Last int      // years of life or office that the file tells; 0 if it tells none
	Tags        []string // "volume#tag" in lower case: what names the person in an edition
}

// Persons reads the authority files of the manifest. It returns an error with
// file and line where one cannot be read, tells a person without id or name, or
// has the id of another actor.
func (c *Corpus) Persons() ([]Listed, error) {
	seen := map[string]bool{}
	for _, a := range c.Manifest.Actors {
		seen[a.ID] = true
	}
	var out []Listed
	for _, a := range c.Manifest.Authorities {
		in, err := open(c.sources, a.Path, maxAuthority)
		if err != nil {
			return nil, fmt.Errorf("authority file %s: %s", a.Path, cause(err))
		}
		out, err = readPersons(in, a, seen, out)
		in.Close()
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// AuthorityDigest returns a digest of the authority files as they lie in the
// folder, "" if there are none.
func (c *Corpus) AuthorityDigest() (string, error) {
	if len(c.Manifest.Authorities) == 0 {
		return "", nil
	}
	h := sha256.New()
	for _, a := range c.Manifest.Authorities {
		sum, err := digest(c.sources, a.Path)
		if err != nil {
			return "", fmt.Errorf("authority file %s: %s", a.Path, cause(err))
		}
		fmt.Fprintln(h, sum)
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

func readPersons(in io.Reader, a Authority, seen map[string]bool, out []Listed) ([]Listed, error) {
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, maxPersonLine)
	n := 0
	fail := func(format string, args ...any) error {
		return fmt.Errorf("authority file %s:%d: %s", a.Path, n, fmt.Sprintf(format, args...))
	}
	for lines.Scan() {
		n++
		if len(strings.TrimSpace(lines.Text())) == 0 {
			continue
		}
		record, err := ParseRecord(lines.Bytes())
		if err != nil {
			return nil, fail("%v", err)
		}
		p := person(record, a.Fields)
		switch {
		case !validID(p.ID):
			return nil, fail("the id %q of a person: only letters without accents, digits, points, hyphens and underscores can stand in it", p.ID)
		case p.Name == "":
			return nil, fail("person %q has no name; give it one under %q", p.ID, a.Fields["name"])
		case seen[p.ID]:
			return nil, fail("the id %q stands twice, here and in the manifest or an authority file; give one of them another", p.ID)
		case len(out) == maxPersons:
			return nil, fail("more than %d persons are not read", maxPersons)
		}
		seen[p.ID] = true
		out = append(out, p)
	}
	if err := lines.Err(); errors.Is(err, bufio.ErrTooLong) {
		n++
		return nil, fail("the line is longer than %d MB", maxPersonLine>>20)
	} else if err != nil {
		return nil, fmt.Errorf("authority file %s: %s", a.Path, cause(err))
	}
	return out, nil
}

// person makes a person of a record.
func person(r Record, fields map[string]string) Listed {
	value := func(field string) []string {
		if fields[field] == "" {
			return nil
		}
		return r.Values(fields[field])
	}
	first := func(field string) string {
		if v := value(field); len(v) > 0 {
			return v[0]
		}
		return ""
	}
	p := Listed{Actor: Actor{ID: strings.ToLower(first("id")), Name: first("name"), Kind: Person, Role: first("role")}}
	for _, form := range value("forms") {
		// A single word among thousands of persons, as "Ethiopia" for its emperor, names none of them.
		if strings.Contains(form, " ") && form != p.Name && !slices.Contains(p.Forms, form) {
			p.Forms = append(p.Forms, form)
		}
	}
	for _, s := range value("years") {
		for _, digits := range digitsIn.FindAllString(s, -1) {
			year, err := strconv.Atoi(digits)
			if err != nil || len(digits) != 4 || year < 1000 || year >= 2100 {
				continue
			}
			if p.First == 0 || year < p.First {
				p.First = year
			}
			p.Last = max(p.Last, year)
		}
	}
	for _, address := range value("tags") {
		p.Tags = append(p.Tags, tagsOf(address)...)
	}
	return p
}

var digitsIn = regexp.MustCompile(`[0-9]+`)

// tagsOf reads an address of a tagged name: its fragment, and each part of its
// path, of which one is the source.
func tagsOf(address string) []string {
	path, tag, ok := strings.Cut(strings.ToLower(address), "#")
	if !ok || tag == "" {
		return nil
	}
	var out []string
	for _, part := range strings.Split(path, "/") {
		if validID(part) && !strings.Contains(part, ".") {
			out = append(out, part+"#"+tag)
		}
	}
	return out
}

// validID tells whether s can stand in addresses and file names.
func validID(s string) bool {
	for i, r := range s {
		letter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'
		if !letter && (i == 0 || r != '-' && r != '_' && r != '.') {
			return false
		}
	}
	return s != ""
}
