package corpus

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
)

func (c *checker) sources(m *Manifest, phases map[string]bool, fsys fs.FS) {
	if len(m.Sources) == 0 {
		c.add("$.sources", "there are no sources; add at least one with id, path and format")
	}
	seen := map[string]bool{}
	for i, s := range m.Sources {
		at := fmt.Sprintf("$.sources[%d]", i)
		c.id(at+".id", "a source", s.ID)
		c.unique(at+".id", "source", s.ID, seen)
		c.path(at+".path", fmt.Sprintf("source %q", s.ID), s.Path, s.Format == Markdown, fsys)
		switch s.Format {
		case Text, TEI, Markdown:
		case "":
			c.add(at+".format", "source %q has no format; write text, tei or markdown", s.ID)
		default:
			c.add(at+".format", "source %q: unknown format %q; write text, tei or markdown", s.ID, s.Format)
		}
		c.sourceFields(at+".fields", s)
		c.cslType(at+".reference.type", s)
		for label, phase := range s.Sections {
			if !phases[phase] {
				c.add(at+".sections", "section %q names phase %q, which is not among the phases; add it there or correct the name", label, phase)
			}
		}
	}
}

// sourceFields checks which keys tell what in a source that has keys.
func (c *checker) sourceFields(at string, s Source) {
	what := fmt.Sprintf("source %q", s.ID)
	switch {
	case s.Articles():
		c.fields(at, what, s.Fields, ArticleFields, "pages")
	case s.Format == Markdown:
		c.fields(at, what, s.Fields, FieldNames)
	case len(s.Fields) > 0:
		c.add(at, "source %q: fields name keys of Markdown front matter or of JSON lines; remove them, or write format: markdown, or name a file that ends in .jsonl", s.ID)
	}
}

// fields checks names of keys: each tells something known, and what must be told is.
func (c *checker) fields(at, what string, fields map[string]string, known []string, needed ...string) {
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		if !slices.Contains(known, name) {
			c.add(at, "%s: a field %q is not known; %s (there are %s)", what, name, suggest(name, known), strings.Join(known, ", "))
		}
		if strings.TrimSpace(fields[name]) == "" {
			c.add(at, "%s: field %q names no key; write the key that tells it", what, name)
		}
	}
	for _, name := range needed {
		if _, ok := fields[name]; !ok {
			c.add(at, "%s: fields do not say which key tells the %s; write it as %s: KEY", what, name, name)
		}
	}
}

// path checks a path of the manifest: it names a file, or a folder where that may be.
func (c *checker) path(at, what, name string, folder bool, fsys fs.FS) {
	switch {
	case name == "":
		c.add(at, "%s has no path; name its file, relative to the folder of the sources", what)
		return
	case !fs.ValidPath(name):
		c.add(at, "%s: path %q must lie in this folder: no leading slash, no \"..\", no backslash", what, name)
		return
	}
	info, err := fs.Stat(fsys, name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		c.add(at, "%s: there is no file %q in this folder; correct the path or add the file", what, name)
	case err != nil:
		c.add(at, "%s: file %q cannot be read: %s", what, name, cause(err))
	case info.IsDir() && folder:
	case !info.Mode().IsRegular():
		c.add(at, "%s: %q is not a file", what, name)
	}
}

func (c *checker) authorities(m *Manifest, fsys fs.FS) {
	for i, a := range m.Authorities {
		at := fmt.Sprintf("$.authorities[%d]", i)
		what := fmt.Sprintf("authority file %q", a.Path)
		c.path(at+".path", what, a.Path, false, fsys)
		c.fields(at+".fields", what, a.Fields, PersonFields, "id", "name")
	}
}
