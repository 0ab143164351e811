package corpus

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
)

// ManifestName is the file name of the manifest in a corpus folder.
const ManifestName = "corpus.yaml"

// Limits on what a corpus folder may hold, so that a wrong folder is an error
// and not a full memory.
const (
	maxManifest = 16 << 20 // bytes
	maxSource   = 1 << 30  // bytes of an edition, which is read as a stream
	maxText     = 64 << 20 // bytes of one plain text, which is held whole: fifty long books
	maxArticles = 16 << 30 // bytes of JSON lines

	maxUnpacked = 40       // times its packed size: text unpacks to three to twenty times
	sureSize    = 16 << 20 // bytes that anything may unpack to
)

// A Corpus is a corpus folder whose manifest was read and checked.
type Corpus struct {
	Manifest *Manifest
	sources  fs.FS  // what the paths of sources and authority files are relative to
	raw      []byte // the manifest as it stands in the file
}

// A Problem is one thing that is wrong with a manifest.
type Problem struct {
	File    string // as the editor knows it
	Line    int    // 1-based; 0 if the whole file is meant
	Message string // what is wrong and what to do
}

func (p Problem) Error() string {
	if p.Line == 0 {
		return p.File + ": " + p.Message
	}
	return fmt.Sprintf("%s:%d: %s", p.File, p.Line, p.Message)
}

// Problems are all the things that are wrong with a manifest, in the order of its lines.
type Problems []Problem

// toldProblems is the number of problems that Error tells; nobody reads a thousand.
const toldProblems = 20

// Error tells the first problems, a line each, and how many more there are.
func (ps Problems) Error() string {
	var lines []string
	for _, p := range ps[:min(len(ps), toldProblems)] {
		lines = append(lines, p.Error())
	}
	if more := len(ps) - toldProblems; more > 0 {
		lines = append(lines, fmt.Sprintf("and %d more", more))
	}
	return strings.Join(lines, "\n")
}

// LoadDir loads the corpus folder dir. Nothing outside dir is ever read, not
// even through a symbolic link. Errors are Problems where the folder or its
// manifest is at fault.
func LoadDir(dir string) (*Corpus, error) { return LoadFrom(dir, "") }

// LoadFrom is LoadDir for a corpus whose sources lie in another folder, in which
// the paths of the manifest begin; "" stands for dir. Nothing outside the two
// folders is ever read.
func LoadFrom(dir, sources string) (*Corpus, error) {
	fsys, err := openFolder(dir, "give the folder that holds "+ManifestName)
	if err != nil || sources == "" {
		return loadIf(err, fsys, dir, fsys)
	}
	from, err := openFolder(sources, "give the folder that the paths of the manifest begin in")
	return loadIf(err, fsys, dir, from)
}

func loadIf(err error, fsys fs.FS, name string, sources fs.FS) (*Corpus, error) {
	if err != nil {
		return nil, err
	}
	return load(fsys, name, sources)
}

// openFolder opens a folder that nothing leads out of.
func openFolder(dir, remedy string) (fs.FS, error) {
	info, err := os.Stat(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, Problems{{File: dir, Message: "there is no such folder; " + remedy}}
	case err != nil:
		return nil, Problems{{File: dir, Message: "the folder cannot be read: " + cause(err)}}
	case !info.IsDir():
		return nil, Problems{{File: dir, Message: "this is a file; " + remedy}}
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, Problems{{File: dir, Message: "the folder cannot be read: " + cause(err)}}
	}
	return root.FS(), nil
}

// Load loads the corpus whose manifest stands at the top of fsys, its sources
// beside it. The name stands for the folder in messages. Errors are Problems.
func Load(fsys fs.FS, name string) (*Corpus, error) { return load(fsys, name, fsys) }

func load(fsys fs.FS, name string, sources fs.FS) (*Corpus, error) {
	file := path.Join(name, ManifestName)
	raw, err := readFile(fsys, ManifestName, maxManifest)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, Problems{{File: name, Message: "there is no " + ManifestName + " in this folder; write one (see README.md, \"Your own corpus\") or give another folder"}}
	}
	if err != nil {
		return nil, Problems{{File: file, Message: "it cannot be read: " + cause(err)}}
	}
	m, tree, err := parseManifest(raw, file)
	if err != nil {
		return nil, err
	}
	if problems := check(m, tree, sources, file); len(problems) > 0 {
		return nil, problems
	}
	return &Corpus{Manifest: m, sources: sources, raw: raw}, nil
}

// readFile reads a file of at most limit bytes.
func readFile(fsys fs.FS, name string, limit int64) ([]byte, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, errors.New("it is not a file")
	}
	data, err := io.ReadAll(io.LimitReader(f, limit+1))
	if err != nil {
		return nil, err
	}
	if int64(len(data)) > limit {
		return nil, fmt.Errorf("it is larger than %d MB", limit>>20)
	}
	return data, nil
}

// cause gives the reason of a file error without the path, which the message has already.
func cause(err error) string {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err.Error()
	}
	return err.Error()
}

// A checker collects the problems of a manifest with their lines.
type checker struct {
	file     string
	tree     *ast.File
	problems Problems
}

// add notes a problem at the value that the YAML path leads to, or at the
// nearest value above it that the file has.
func (c *checker) add(at, format string, args ...any) {
	c.problems = append(c.problems, Problem{File: c.file, Line: c.line(at), Message: fmt.Sprintf(format, args...)})
}

func (c *checker) line(at string) int {
	for at != "$" && at != "" {
		if p, err := yaml.PathString(at); err == nil {
			if node, err := p.FilterFile(c.tree); err == nil && node != nil && node.GetToken() != nil {
				return startLine(node)
			}
		}
		at = at[:strings.LastIndexAny(at, ".[")]
	}
	return 0
}

// startLine is the line a node begins on: for a mapping the token is its first
// colon, which stands on the line of its first key.
func startLine(node ast.Node) int { return node.GetToken().Position.Line }

// check returns what is wrong with a manifest that was read: missing, double
// and malformed values, and names of things that it does not declare.
func check(m *Manifest, tree *ast.File, fsys fs.FS, file string) Problems {
	c := &checker{file: file, tree: tree}
	c.id("$.id", "the corpus", m.ID)
	if m.Title == "" {
		c.add("$.title", "the corpus has no title; add one, as readers see it on every page")
	}
	if m.DefaultYear < 0 || m.DefaultYear > 9999 {
		c.add("$.default_year", "default_year %d is not a year from 1 to 9999", m.DefaultYear)
	}
	phases := c.phases(m)
	c.sources(m, phases, fsys)
	c.collections(m)
	c.actors(m)
	c.authorities(m, fsys)
	for i, group := range m.Words {
		if len(group) < 2 || slices.Contains(group, "") {
			c.add(fmt.Sprintf("$.words[%d]", i), "a group of words needs at least two words and no empty one")
		}
	}
	slices.SortStableFunc(c.problems, func(a, b Problem) int { return a.Line - b.Line })
	return c.problems
}

// id checks an identifier: it stands in addresses and file names, so it is
// letters without accents, digits, points, hyphens and underscores.
func (c *checker) id(at, what, id string) {
	if id == "" {
		c.add(at, "%s has no id; give it one of letters, digits and hyphens", what)
		return
	}
	if !validID(id) {
		c.add(at, "id %q: only letters without accents, digits, points, hyphens and underscores can stand in an id, a letter or digit first", id)
	}
}

// unique notes a problem if seen has id already, and remembers it.
func (c *checker) unique(at, what, id string, seen map[string]bool) {
	if id != "" && seen[id] {
		c.add(at, "%s %q stands twice; give one of them another id or remove it", what, id)
	}
	seen[id] = true
}

func (c *checker) phases(m *Manifest) map[string]bool {
	seen := map[string]bool{}
	for i, p := range m.Phases {
		at := fmt.Sprintf("$.phases[%d]", i)
		c.id(at+".id", "a phase", p.ID)
		c.unique(at+".id", "phase", p.ID, seen)
		if p.Label == "" {
			c.add(at+".label", "phase %q has no label; add one, as readers see it", p.ID)
		}
		from, to := c.day(at+".from", p.From, p.ID, "first"), c.day(at+".to", p.To, p.ID, "last")
		if !from.IsZero() && !to.IsZero() && to.Before(from) {
			c.add(at+".to", "phase %q ends (%s) before it begins (%s)", p.ID, p.To, p.From)
		}
	}
	return seen
}

// day reads the first or last day of a phase.
func (c *checker) day(at, s, phase, which string) time.Time {
	t, err := time.Parse(time.DateOnly, s)
	switch {
	case s == "":
		c.add(at, "phase %q has no %s day; write it as %s: 1939-03-10", phase, which, at[strings.LastIndexByte(at, '.')+1:])
	case err != nil:
		c.add(at, "%q is not a day; write it as 1939-03-10", s)
	}
	return t
}

func (c *checker) collections(m *Manifest) {
	seen := map[string]bool{}
	for i, col := range m.Collections {
		at := fmt.Sprintf("$.collections[%d]", i)
		if strings.TrimSpace(col.Siglum) == "" {
			c.add(at, "a collection has no siglum; give the short sign that sources cite it by")
		}
		c.unique(at+".siglum", "collection", col.Siglum, seen)
		if col.Title == "" {
			c.add(at+".title", "collection %q has no title", col.Siglum)
		}
	}
}

func (c *checker) actors(m *Manifest) {
	kinds := map[string]ActorKind{}
	seen := map[string]bool{}
	for i, a := range m.Actors {
		at := fmt.Sprintf("$.actors[%d]", i)
		c.id(at+".id", "an actor", a.ID)
		c.unique(at+".id", "actor", a.ID, seen)
		if a.Name == "" {
			c.add(at+".name", "actor %q has no name; give the preferred one, as \"Family, Given\" for a person", a.ID)
		}
		if a.Kind != Person && a.Kind != State && a.Kind != Body {
			c.add(at+".kind", "actor %q: kind %q; write person, state or body", a.ID, a.Kind)
		}
		if slices.Contains(a.Forms, "") {
			c.add(at+".forms", "actor %q has an empty form; remove it", a.ID)
		}
		kinds[a.ID] = a.Kind
	}
	for i, a := range m.Actors {
		if a.Country == "" || kinds[a.Country] == State {
			continue
		}
		c.add(fmt.Sprintf("$.actors[%d].country", i), "actor %q: country %q is not an actor of kind state; add that state or correct the name", a.ID, a.Country)
	}
}
