// Package markdown reads Markdown into blocks: a file, which is an article, or
// many files, which are the documents of an edition with what is known of each
// in YAML at its head. Which key says what is for the manifest to tell (Fields).
//
// Read are paragraphs, headings, lists, quotations and tables; emphasis, links
// and escapes are taken for what they mean (inline.go). Notes are [^1] with
// "[^1]: Note", or [1] with the notes at the end of the file as "1 Note"
// (notes.go). What the words say beyond that is left to indexer/annotate.
//
// Only what editions and articles need of CommonMark
// (https://spec.commonmark.org) is read; anything else is text, so that no word
// is ever lost.
package markdown

import (
	"archive/tar"
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"ibid/corpus/edtf"
	"ibid/indexer/block"
)

// Options are what an editor knows of a source. The zero value knows nothing.
type Options struct {
	// Fields names the keys of the front matter by what they tell of a document:
	// corpus.FieldNames -> key. A key in a list of mappings is written with a dot
	// ("naa_refs.reference"); several values are joined by "; ".
	Fields map[string]string
}

// ErrEmpty says that a source holds no text.
var ErrEmpty = errors.New("the source holds no text: every line is blank or front matter")

// Limits on an archive, so that a wrong file is an error and not a full memory.
const (
	maxFiles = 200_000
	maxFile  = 64 << 20 // bytes
)

// Read reads a Markdown file, or a tar archive of them, into blocks. Each file
// of an archive is a document, in the order of the field "order" or else of
// their names, numbers by value; so is a single file if there are Fields. The
// line of a block counts in its own file, which is Document.File. Every
// non-blank line behind the front matter is in exactly one block or in the
// furniture. It returns ErrEmpty if there is no text, and an error that names
// file and line if the front matter is no YAML.
func Read(data []byte, opt Options) (*block.Source, error) {
	out := &block.Source{Edition: true}
	files := []file{{data: data}}
	if IsArchive(data) {
		var err error
		if files, err = unpack(data, out); err != nil {
			return nil, err
		}
	}
	edition := IsArchive(data) || len(opt.Fields) > 0
	for i := range files {
		if err := files[i].split(opt); err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(files, compare)
	r := &reader{out: out, ids: map[string]int{}}
	for i := range files {
		r.file(&files[i], edition)
	}
	r.doubtDates()
	if len(out.Blocks) == 0 {
		return nil, ErrEmpty
	}
	return out, nil
}

// A reader goes through the files of a source.
type reader struct {
	out *block.Source
	ids map[string]int // identifiers of documents -> how often they came
	seq int            // of the next non-blank line
}

// IsArchive says whether a source is a tar archive of files, not one of them.
func IsArchive(data []byte) bool { return len(data) >= 512 && string(data[257:262]) == "ustar" }

// unpack takes the Markdown files out of an archive; others are reported.
func unpack(data []byte, out *block.Source) ([]file, error) {
	var files []file
	archive := tar.NewReader(bytes.NewReader(data))
	left := int64(len(data)) // that files may have: one with holes has more than the archive
	for {
		h, err := archive.Next()
		if err == io.EOF {
			return files, nil
		}
		if err != nil {
			return nil, fmt.Errorf("the archive cannot be read: %w", err)
		}
		if h.Typeflag == tar.TypeSymlink || h.Typeflag == tar.TypeLink {
			out.Problems = append(out.Problems, block.Problem{Message: fmt.Sprintf("file %q of the archive is not read: it is a link; pack the file itself", h.Name)})
		}
		if h.Typeflag != tar.TypeReg {
			continue
		}
		name := path.Base(h.Name)
		if ext := strings.ToLower(path.Ext(name)); ext != ".md" && ext != ".markdown" || strings.HasPrefix(name, ".") {
			out.Problems = append(out.Problems, block.Problem{Message: fmt.Sprintf("file %q of the archive is not read: its name does not end in .md", h.Name)})
			continue
		}
		if len(files) == maxFiles || h.Size > maxFile {
			return nil, fmt.Errorf("file %q: at most %d files of %d MB each are read", h.Name, maxFiles, maxFile>>20)
		}
		if left -= h.Size; left < 0 {
			return nil, fmt.Errorf("the archive cannot be read: file %q has more bytes by its head than there are; pack it anew", h.Name)
		}
		text, err := io.ReadAll(archive)
		if err != nil {
			return nil, fmt.Errorf("file %q of the archive cannot be read: %w", h.Name, err)
		}
		files = append(files, file{name: h.Name, data: text})
	}
}

// A file is a file of a source: its front matter and its lines.
type file struct {
	name  string // in the archive; "" for a source that is one file
	data  []byte
	front front
	lines []string // the whole file, without line ends
	first int      // index of the first line behind the front matter
}

// split takes a file into front matter and lines.
func (f *file) split(opt Options) error {
	text := strings.TrimPrefix(string(f.data), "\ufeff")
	f.data = nil
	text = strings.ReplaceAll(strings.ToValidUTF8(text, "\uFFFD"), "\x00", " ")
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	f.lines = strings.Split(text, "\n")
	if f.lines[len(f.lines)-1] == "" {
		f.lines = f.lines[:len(f.lines)-1]
	}
	if len(f.lines) == 0 || strings.TrimRight(f.lines[0], " \t") != "---" {
		return nil
	}
	for i, l := range f.lines[1:] {
		if l = strings.TrimRight(l, " \t"); l == "---" || l == "..." {
			f.first = i + 2
			var err error
			f.front, err = readFront(f.lines[1:i+1], opt)
			if err != nil && f.name != "" {
				err = fmt.Errorf("file %q, %w", f.name, err)
			}
			return err
		}
	}
	return nil // a rule, and no front matter
}

// compare orders files by the field "order", then by name, numbers by value.
func compare(a, b file) int {
	x, errX := strconv.ParseFloat(a.front.values["order"], 64)
	y, errY := strconv.ParseFloat(b.front.values["order"], 64)
	if errX == nil && errY == nil && x != y {
		return cmp.Compare(x, y)
	}
	return compareNames(a.name, b.name)
}

// compareNames orders names so that "9.md" stands before "10.md".
func compareNames(a, b string) int {
	for a != "" && b != "" {
		x, y := digits(a), digits(b)
		if x > 0 && y > 0 {
			m, n := strings.TrimLeft(a[:x], "0"), strings.TrimLeft(b[:y], "0")
			if c := cmp.Or(cmp.Compare(len(m), len(n)), cmp.Compare(m, n)); c != 0 {
				return c
			}
			a, b = a[x:], b[y:]
			continue
		}
		if a[0] != b[0] {
			return cmp.Compare(a[0], b[0])
		}
		a, b = a[1:], b[1:]
	}
	return cmp.Compare(len(a), len(b))
}

// digits counts the digits that s begins with.
func digits(s string) int { return len(s) - len(strings.TrimLeft(s, "0123456789")) }

// file adds the blocks of a file.
func (r *reader) file(f *file, edition bool) {
	t := &text{file: f, section: f.front.values["section"]}
	if edition {
		t.doc = r.document(f)
	}
	r.seq += 2 // the lines of two files are no neighbours
	t.read(r)
	r.out.LineCount += len(f.lines)
}

// document makes the document that a file is.
func (r *reader) document(f *file) *block.Document {
	v := f.front.values
	d := &block.Document{Number: v["number"], Title: v["title"], From: v["from"], To: v["to"], Place: v["place"], Archive: v["archive"], File: f.name}
	d.Title = strings.TrimSpace(endMarker.ReplaceAllString(d.Title, ""))
	if d.From == "" && d.To == "" {
		d.From, d.To = block.Correspondents(d.Title, d.Number)
	}
	d.ID = r.freeID(d.Number, f.name)
	if date := v["date"]; date != "" {
		value, err := edtf.Parse(date)
		if err != nil {
			r.out.Problems = append(r.out.Problems, block.Problem{Line: f.front.lines["date"], Document: d.ID, Message: fmt.Sprintf("date %q: %v; it is not used", date, err)})
		} else {
			d.Date = value.String()
		}
	}
	r.out.Documents = append(r.out.Documents, d)
	return d
}

// freeID makes an identifier of a document that can stand in an address: "d"
// and its number, or its file name.
func (r *reader) freeID(number, name string) string {
	id := slug(number)
	if id != "" && len(id) <= 20 {
		id = "d" + id
	} else {
		base := path.Base(name)
		id = slug(strings.TrimSuffix(base, path.Ext(base)))
	}
	if id == "" {
		id = "d1"
	}
	free := id
	for r.ids[free] > 0 {
		r.ids[id]++
		free = fmt.Sprintf("%s-%d", id, r.ids[id])
	}
	r.ids[free]++
	return free
}

func slug(s string) string {
	s = strings.Map(func(c rune) rune {
		switch {
		case c >= 'a' && c <= 'z', c >= '0' && c <= '9', c == '.', c == '_':
			return c
		case c >= 'A' && c <= 'Z':
			return c + 'a' - 'A'
		}
		return '-'
	}, s)
	s = strings.Trim(s, "-.")
	if len(s) > 100 {
		s = s[:100]
	}
	return s
}

// farOff is how many years a document may lie from the middle one of its
// source before its date, found by a machine as such dates are, is not
// believed. A volume with old treaties in an appendix spans decades.
const farOff = 50

// doubtDates takes back the dates that lie far from the others.
func (r *reader) doubtDates() {
	var years []int
	for _, d := range r.out.Documents {
		if y := yearOf(d.Date); y > 0 {
			years = append(years, y)
		}
	}
	if len(years) == 0 {
		return
	}
	slices.Sort(years)
	middle := years[len(years)/2]
	for _, d := range r.out.Documents {
		if y := yearOf(d.Date); y > 0 && max(y-middle, middle-y) > farOff {
			r.out.Problems = append(r.out.Problems, block.Problem{Document: d.ID, Message: fmt.Sprintf("date %s: most documents are of about %d; it is not used", d.Date, middle)})
			d.Date = ""
		}
	}
}

func yearOf(date string) int {
	v, err := edtf.Parse(date)
	if date == "" || err != nil {
		return 0
	}
	return max(v.From.Year, v.To.Year)
}

// columnOf is the byte column at which the text of a line begins.
func columnOf(line string) int {
	at := 0
	for at < len(line) {
		c, size := utf8.DecodeRuneInString(line[at:])
		if !isSpace(c) {
			break
		}
		at += size
	}
	return at
}
