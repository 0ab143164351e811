package corpus

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

const good = `id: demo
title: A demonstration
default_year: 1939
sources:
  - {id: one, path: one.txt, format: text, first_page: "1", sections: {I: spring}}
collections:
  - {siglum: GK, title: God krizisa, issued: 1990, marker: no.}
phases:
  - {id: spring, label: Spring, from: 1939-03-11, to: 1939-07-23}
actors:
  - {id: su, name: Soviet Union, kind: state, forms: [USSR]}
  - {id: molotov, name: "Molotov, Vyacheslav", kind: person, country: su}
words:
  - [Rumania, Romania]
`

func folder(manifest string) fstest.MapFS {
	return fstest.MapFS{
		ManifestName: {Data: []byte(manifest)},
		"one.txt":    {Data: []byte("Text.\n")},
		"dir/x":      {Data: []byte("x")},
	}
}

func TestLoad(t *testing.T) {
	c, err := Load(folder(good), "demo")
	if err != nil {
		t.Fatal(err)
	}
	m := c.Manifest
	if m.Sources[0].Sections["I"] != "spring" || m.Actors[1].Country != "su" || m.DefaultYear != 1939 || m.Collections[0].Issued != 1990 {
		t.Errorf("Load read %+v", m)
	}
	if data, err := c.ReadSource(m.Sources[0]); err != nil || string(data) != "Text.\n" {
		t.Errorf("ReadSource = %q, %v", data, err)
	}
}

// TestLoadFromWindows: a byte order mark and line ends of two characters make no difference.
func TestLoadFromWindows(t *testing.T) {
	want, err := Load(folder(good), "demo")
	if err != nil {
		t.Fatal(err)
	}
	got, err := Load(folder("\ufeff"+strings.ReplaceAll(good, "\n", "\r\n")), "demo")
	if err != nil || !reflect.DeepEqual(got.Manifest, want.Manifest) {
		t.Errorf("Load of a manifest from Windows = %+v, %v", got, err)
	}
}

func TestLoadProblems(t *testing.T) {
	replace := func(old, new string) string {
		if !strings.Contains(good, old) {
			t.Fatalf("%q does not stand in the good manifest", old)
		}
		return strings.Replace(good, old, new, 1)
	}
	tests := []struct {
		name, manifest string
		want           string // in the message
		line           int
	}{
		{"empty", " \n", "the manifest is empty", 0},
		{"typo in a key", replace("default_year", "default_yaer"), `unknown key "default_yaer"; did you mean "default_year"?`, 3},
		{"typo in an inner key", replace("siglum: GK", "sigel: GK"), `unknown key "sigel"`, 7},
		{"only a comment", "# nothing yet\n", "the manifest is empty", 0},
		{"a list", "- id: demo\n", "where a group of keys with their values is wanted", 1},
		{"value for a list", replace("forms: [USSR]", "forms: USSR"), "a single value stands here where a list, as [one, two], is wanted", 11},
		{"second document", good + "---\nid: other\n", "a second document begins", 16},
		{"tab", replace("  - {id: su", "\t- {id: su"), "indent with spaces", 11},
		{"no day", replace("from: 1939-03-11, ", ""), `phase "spring" has no first day`, 9},
		{"not YAML", replace("[USSR]", "[USSR"), "", 11},
		{"wrong type", replace("1939\n", "soon\n"), `"soon" stands here where a whole number is wanted`, 3},
		{"double key", good + "title: Again\n", `key "title" stands twice`, 15},
		{"alias", replace("name: Soviet Union", "name: &a Soviet Union"), "anchors and aliases", 11},
		{"no title", replace("title: A demonstration\n", ""), "no title", 0},
		{"deep brackets", good + "words: " + strings.Repeat("[", 60) + "\n", "more than 50 deep", 15},
		{"bad id", replace("id: demo", "id: De/mo"), "only letters without accents", 1},
		{"no source", replace(`  - {id: one, path: one.txt, format: text, first_page: "1", sections: {I: spring}}`, "  []"), "there are no sources", 5},
		{"missing file", replace("one.txt", "two.txt"), `there is no file "two.txt"`, 5},
		{"folder as file", replace("one.txt", "dir"), `"dir" is not a file`, 5},
		{"outside the folder", replace("one.txt", "../one.txt"), "must lie in this folder", 5},
		{"absolute path", replace("one.txt", "/etc/passwd"), "must lie in this folder", 5},
		{"unknown format", replace("format: text", "format: pdf"), `unknown format "pdf"`, 5},
		{"type of another program", replace("sections:", "reference: {type: journalArticle}, sections:"), `unknown type "journalArticle" of its reference; write a type of CSL, as article-journal, article, `, 5},
		{"type of BibTeX", replace("sections:", "reference: {type: phdthesis}, sections:"), "as thesis", 5},
		{"misspelt type", replace("sections:", "reference: {title: T, type: manuscirpt}, sections:"), "as manuscript", 5},
		{"type like none", replace("sections:", "reference: {type: xyz}, sections:"), "as article-journal, book, chapter", 5},
		{"type in capitals", replace("sections:", "reference: {type: Book}, sections:"), "as book", 5},
		{"section of an unknown phase", replace("{I: spring}", "{I: sprung}"), `names phase "sprung"`, 5},
		{"bad day", replace("from: 1939-03-11", "from: 1939-02-30"), `"1939-02-30" is not a day`, 9},
		{"phase backwards", replace("to: 1939-07-23", "to: 1938-07-23"), "before it begins", 9},
		{"double actor", replace("id: molotov", "id: su"), `actor "su" stands twice`, 12},
		{"unknown kind", replace("kind: state", "kind: country"), "write person, state or body", 11},
		{"unknown country", replace("country: su", "country: ussr"), "not an actor of kind state", 12},
		{"one word", replace("[Rumania, Romania]", "[Rumania]"), "at least two words", 14},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Load(folder(tt.manifest), "demo")
			var ps Problems
			if !errors.As(err, &ps) {
				t.Fatalf("Load = %v, want Problems", err)
			}
			found := slices.ContainsFunc(ps, func(p Problem) bool {
				return p.File == "demo/corpus.yaml" && p.Line == tt.line && strings.Contains(p.Message, tt.want)
			})
			if !found {
				t.Errorf("Load = %v, want line %d: %s", err, tt.line, tt.want)
			}
		})
	}
}

func TestLoadDirFaults(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		filepath.Join(dir, "nowhere"): "no such folder",
		file:                          "this is a file",
		dir:                           "there is no corpus.yaml",
	} {
		if _, err := LoadDir(path); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("LoadDir(%q) = %v, want %s", path, err, want)
		}
	}
}

// A source that is a symbolic link out of the folder is not read.
func TestLoadDirStaysInside(t *testing.T) {
	dir, outside := t.TempDir(), filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(outside, []byte("secret"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(outside, filepath.Join(dir, "one.txt")); err != nil {
		t.Skip("symbolic links cannot be made here:", err)
	}
	if err := os.WriteFile(filepath.Join(dir, ManifestName), []byte(good), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := LoadDir(dir); err == nil {
		t.Error("LoadDir read a source outside its folder")
	}
}

func TestDigestChanges(t *testing.T) {
	digest := func(fsys fstest.MapFS) string {
		t.Helper()
		c, err := Load(fsys, "demo")
		if err != nil {
			t.Fatal(err)
		}
		d, err := c.Digest()
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	base := digest(folder(good))
	if again := digest(folder(good)); again != base {
		t.Errorf("the same folder has digests %s and %s", base, again)
	}
	text := folder(good)
	text["one.txt"].Data = []byte("Text!\n")
	if digest(text) == base {
		t.Error("another text has the same digest")
	}
	if digest(folder(good+"# a remark\n")) == base {
		t.Error("another manifest has the same digest")
	}
}

// TestKnownKeys compares the keys that are suggested with those of the types.
func TestKnownKeys(t *testing.T) {
	var walk func(reflect.Type)
	seen := map[string]bool{}
	walk = func(t reflect.Type) {
		for t.Kind() == reflect.Slice || t.Kind() == reflect.Map {
			t = t.Elem()
		}
		if t.Kind() != reflect.Struct {
			return
		}
		for i := range t.NumField() {
			key, _, _ := strings.Cut(t.Field(i).Tag.Get("yaml"), ",")
			seen[key] = true
			walk(t.Field(i).Type)
		}
	}
	walk(reflect.TypeFor[Manifest]())
	for key := range seen {
		if !slices.Contains(knownKeys, key) {
			t.Errorf("knownKeys lacks %q", key)
		}
	}
	for _, key := range knownKeys {
		if !seen[key] {
			t.Errorf("knownKeys has %q, which no type has", key)
		}
	}
}

func FuzzLoad(f *testing.F) {
	f.Add([]byte(good))
	f.Add([]byte("a: &a [*a]"))
	f.Fuzz(func(t *testing.T, manifest []byte) {
		c, err := Load(folder(string(manifest)), "demo")
		var ps Problems
		if err != nil && (!errors.As(err, &ps) || len(ps) == 0) {
			t.Fatalf("Load = %v, want Problems", err)
		}
		if err != nil {
			return
		}
		for _, s := range c.Manifest.Sources {
			if _, err := c.ReadSource(s); err != nil {
				t.Errorf("a checked manifest has a source that cannot be read: %v", err)
			}
		}
	})
}

// TestTypesOfReferences: every type of CSL is taken, and so is none.
func TestTypesOfReferences(t *testing.T) {
	for _, name := range append([]string{`""`}, cslTypes...) {
		if _, err := Load(folder(strings.Replace(good, "sections:", "reference: {type: "+name+"}, sections:", 1)), "demo"); err != nil {
			t.Errorf("type %s: %v", name, err)
		}
	}
	for _, list := range [][]string{commonTypes, typesLike("xyz"), typesLike("article")} {
		for _, name := range list {
			if !slices.Contains(cslTypes, name) {
				t.Errorf("%q is offered and is no type", name)
			}
		}
	}
}
