package corpus

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

const withPersons = `id: a
title: A
sources:
  - {id: one, path: one.txt, format: text}
actors:
  - {id: hull, name: "Hull, Cordell", kind: person}
authorities:
  - path: persons.jsonl
    fields: {id: id, name: name, forms: variants.name, role: remarks, years: "birth, variants.sources", tags: variants.sources}
`

func personsOf(t *testing.T, lines string) ([]Listed, error) {
	t.Helper()
	c, err := Load(fstest.MapFS{
		ManifestName: {Data: []byte(withPersons)}, "one.txt": {Data: []byte("Text.")}, "persons.jsonl": {Data: []byte(lines)},
	}, "demo")
	if err != nil {
		t.Fatal(err)
	}
	return c.Persons()
}

func TestPersons(t *testing.T) {
	got, err := personsOf(t, `{"id": 100001, "birth": "1938", "name": "Aaron, David", "remarks": ["Adviser", "later"], "variants": [{"name": "Aaron, D.", "sources": ["https://x/frus1969-76v22/persons#p_AD_1", "https://x/frus1977-80v18/persons#p_AD_2"]}, {"name": "Aaron, David"}, {"name": "Ethiopia"}]}

{"id": "b", "name": "Bohlen, Charles"}
`)
	if err != nil || len(got) != 2 {
		t.Fatalf("Persons = %+v, %v", got, err)
	}
	p := got[0]
	if p.ID != "100001" || p.Name != "Aaron, David" || p.Role != "Adviser" || !slices.Equal(p.Forms, []string{"Aaron, D."}) || p.Kind != Person {
		t.Errorf("the first person is %+v", p)
	}
	if p.First != 1938 || p.Last != 1977 || !slices.Contains(p.Tags, "frus1969-76v22#p_ad_1") {
		t.Errorf("years %d to %d, tags %q", p.First, p.Last, p.Tags)
	}
}

func TestPersonsFaults(t *testing.T) {
	for lines, want := range map[string]string{
		"{\"id\": \"a\", \"name\": \"A\"}\nno": "persons.jsonl:2: the line is no JSON",
		`["a"]`:                                "no JSON object",
		`null`:                                 "no JSON object",
		`{"id": "a", "name": "A"} {}`:          "more than one JSON object",
		`{"id": "a"}`:                          `has no name; give it one under "name"`,
		`{"name": "A"}`:                        "the id \"\"",
		`{"id": "../a", "name": "A"}`:          "only letters without accents",
		`{"id": "hull", "name": "Hull"}`:       "stands twice",
		"{\"id\": \"a\", \"name\": \"A\"}\n{\"id\": \"a\", \"name\": \"A\"}": "persons.jsonl:2: the id \"a\" stands twice",
		strings.Repeat("[", 20_000): "no JSON",
	} {
		if _, err := personsOf(t, lines); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Persons of %.40q = %v, want %q", lines, err, want)
		}
	}
}

func TestAuthorityFields(t *testing.T) {
	for change, want := range map[string]string{
		"id: id, name":           "which key tells the id",
		"path: persons.jsonl":    `no file "p.jsonl"`,
		"forms: variants.name":   `"vorms" is not known; did you mean "forms"?`,
		"path: persons.jsonl\n ": "",
	} {
		to := map[string]string{"id: id, name": "name", "path: persons.jsonl": "path: p.jsonl", "forms: variants.name": "vorms: x"}[change]
		if to == "" {
			to = change
		}
		_, err := Load(fstest.MapFS{ManifestName: {Data: []byte(strings.Replace(withPersons, change, to, 1))},
			"one.txt": {Data: []byte("x")}, "persons.jsonl": {}}, "demo")
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("Load with %q = %v, want %q", to, err, want)
		}
	}
}

// Sources can lie in a folder of their own, and then nothing beside it is read.
func TestSourcesElsewhere(t *testing.T) {
	dir, sources := t.TempDir(), t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, ManifestName), []byte("id: a\ntitle: A\nsources:\n  - {id: one, path: sub/one.txt, format: text}\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(sources, "sub"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(sources, "sub", "one.txt"), []byte("Text."), 0o644); err != nil {
		t.Fatal(err)
	}
	c, err := LoadFrom(dir, sources)
	if err != nil {
		t.Fatal(err)
	}
	if data, err := c.ReadSource(c.Manifest.Sources[0]); err != nil || string(data) != "Text." {
		t.Errorf("ReadSource = %q, %v", data, err)
	}
	if _, err := LoadDir(dir); err == nil {
		t.Error("LoadDir found a source that is not in the folder")
	}
	if _, err := LoadFrom(dir, filepath.Join(sources, "none")); err == nil || !strings.Contains(err.Error(), "no such folder") {
		t.Errorf("LoadDir with a folder that is not there = %v", err)
	}
}

func FuzzPersons(f *testing.F) {
	f.Add([]byte(`{"id": "a", "name": "Aaron, David", "variants": [{"name": "x", "sources": ["h/1969/p#t"]}]}`))
	f.Add([]byte(`{"id": 1, "name": ["a", null, {"b": 1}]}`))
	f.Fuzz(func(t *testing.T, line []byte) {
		a := Authority{Path: "p", Fields: map[string]string{"id": "id", "name": "name", "forms": "variants.name", "years": "variants.sources", "tags": "variants.sources"}}
		persons, err := readPersons(strings.NewReader(string(line)), a, map[string]bool{}, nil)
		if err != nil && !strings.HasPrefix(err.Error(), "authority file p") {
			t.Errorf("an error that does not name the file: %v", err)
		}
		seen := map[string]bool{}
		for _, p := range persons {
			if !validID(p.ID) || p.Name == "" || seen[p.ID] || p.First > p.Last || slices.Contains(p.Forms, "") {
				t.Errorf("a person without id, name or order: %+v", p)
			}
			seen[p.ID] = true
		}
	})
}
