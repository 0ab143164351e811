package indexer

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"ibid/corpus"
	"ibid/indexer/schema"
)

// shelf writes a corpus folder; names that end in .yaml, .txt and so on are files.
func shelf(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

const threeSources = `id: shelf
title: Shelf
sources:
  - {id: a, path: a.txt, format: text}
  - {id: b, path: b.xml, format: tei}
  - id: c
    path: c.jsonl
    format: text
    fields: {id: key, title: head, from: writer, date: when, section: vol, url: link, pages: text}
authorities:
  - path: persons.jsonl
    fields: {id: id, name: name, years: born}
`

func threeFiles() map[string]string {
	return map[string]string{
		"corpus.yaml": threeSources,
		"a.txt":       "The first paragraph was written by hand.\n\nThe second paragraph names Henrietta Swan Leavitt of the observatory.\n",
		"b.xml":       letters,
		"c.jsonl": `{"key": "X 1", "head": "On Comets", "writer": "Mr. Hooke", "when": 1677, "vol": 12, "link": "https://example.org/1", "text": ["A comet was seen\nat night.", "It went away."]}
{"key": "X 2", "head": "On Tides", "when": 1678, "vol": 12, "text": "The tide came in. Dr. Tamsin Quill saw it."}
`,
		"persons.jsonl": "{\"id\": \"leavitt\", \"name\": \"Leavitt, Henrietta Swan\"}\n{\"id\": \"quill\", \"name\": \"Quill, Tamsin\", \"born\": \"1930\"}\n{\"id\": \"nobody\", \"name\": \"Nobody, Ann\"}\n",
	}
}

func loadShelf(t *testing.T, dir string) *corpus.Corpus {
	t.Helper()
	c, err := corpus.LoadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// keys returns the sources that the cache of an index has, by key, with the time they were written.
func keys(t *testing.T, index string) map[string]string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(index, cacheName, "*"))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range found {
		info, err := os.Stat(f)
		if err != nil {
			t.Fatal(err)
		}
		if name := filepath.Base(f); strings.HasSuffix(name, ".zst") {
			out[strings.TrimSuffix(name, ".zst")] = info.ModTime().String()
		} else if !strings.HasSuffix(name, ".json") && name != "LOCK" {
			t.Errorf("%s is left in the cache", name)
		}
	}
	return out
}

// contents are all passages that the cache of an index has, in the order of the manifest, as JSON.
func contents(t *testing.T, c *corpus.Corpus, index string) string {
	t.Helper()
	g := &gatherer{corpus: c, cache: cache{filepath.Join(index, cacheName)}}
	shared, err := g.shared()
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	for _, s := range c.Manifest.Sources {
		key, err := g.keyOf(s, shared)
		if err != nil {
			t.Fatal(err)
		}
		k, ok := g.cache.look(key)
		if !ok {
			t.Fatalf("nothing is kept of %s", s.ID)
		}
		for p, err := range g.cache.passages(key, k) {
			if err != nil {
				t.Fatal(err)
			}
			if err := json.NewEncoder(&out).Encode(p); err != nil {
				t.Fatal(err)
			}
		}
	}
	return out.String()
}

// TestBuildReadsWhatChanged: of a source that is changed, added or taken away
// nothing else is read again, and the result is that of reading everything.
func TestBuildReadsWhatChanged(t *testing.T) {
	dir, index := shelf(t, threeFiles()), t.TempDir()
	update := func() *corpus.Corpus {
		t.Helper()
		c := loadShelf(t, dir)
		if err := Update(context.Background(), c, index, nil); err != nil {
			t.Fatal(err)
		}
		return c
	}
	update()
	first := keys(t, index)
	if len(first) != 3 {
		t.Fatalf("three sources keep %v", first)
	}
	for _, tt := range []struct {
		what, file, old, new string
		read, kept           int
	}{
		{"a source changed", "a.txt", "first", "very first", 1, 2},
		{"a title changed", "corpus.yaml", "title: Shelf", "title: Shelves", 0, 3},
		{"a reference changed", "corpus.yaml", "{id: a, path: a.txt, format: text}", "{id: a, path: a.txt, format: text, reference: {title: A}}", 0, 3},
		{"a field changed", "corpus.yaml", "url: link, ", "", 1, 2},
		{"a source taken away", "corpus.yaml", "  - {id: b, path: b.xml, format: tei}\n", "", 0, 2},
		{"a source added", "corpus.yaml", "  - id: c\n", "  - {id: b2, path: b.xml, format: tei}\n  - id: c\n", 1, 2},
		{"the authority file changed", "persons.jsonl", "Nobody, Ann", "Nobody, Anne", 3, 0},
	} {
		before := keys(t, index)
		path := filepath.Join(dir, tt.file)
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(text), tt.old) {
			t.Fatalf("%s: %s has no %q", tt.what, tt.file, tt.old)
		}
		if err := os.WriteFile(path, []byte(strings.Replace(string(text), tt.old, tt.new, 1)), 0o644); err != nil {
			t.Fatal(err)
		}
		c := update()
		read, kept := 0, 0
		for key, written := range keys(t, index) {
			if before[key] == written {
				kept++
			} else {
				read++
			}
		}
		if read != tt.read || kept != tt.kept {
			t.Errorf("%s: %d sources read and %d kept, want %d and %d", tt.what, read, kept, tt.read, tt.kept)
		}
		fresh := t.TempDir()
		if err := Build(context.Background(), c, fresh, nil); err != nil {
			t.Fatal(err)
		}
		if contents(t, c, index) != contents(t, c, fresh) {
			t.Errorf("%s: the passages are not those of reading everything", tt.what)
		}
	}
}

// TestBuildArticles: each line is a document, with what the manifest says the keys tell.
func TestBuildArticles(t *testing.T) {
	dir, index := shelf(t, threeFiles()), t.TempDir()
	c := loadShelf(t, dir)
	if err := Update(context.Background(), c, index, nil); err != nil {
		t.Fatal(err)
	}
	byID := map[string]*corpus.Passage{}
	for line := range strings.Lines(contents(t, c, index)) {
		p := new(corpus.Passage)
		if err := json.Unmarshal([]byte(line), p); err != nil {
			t.Fatal(err)
		}
		byID[p.ID] = p
	}
	p := byID["c/x-1/p01"]
	if p == nil {
		t.Fatalf("no passage c/x-1/p01 among %q", slices.Sorted(maps.Keys(byID)))
	}
	want := corpus.EditedDocument{ID: "c/x-1", Title: "On Comets", Date: "1677", From: "Mr. Hooke", URL: "https://example.org/1", File: "line 1"}
	if *p.Document != want || p.Section != "12" || p.Speaker != "Mr. Hooke" || p.Text != "A comet was seen at night." {
		t.Errorf("passage %+v of document %+v, want %+v", p, p.Document, want)
	}
	if a := byID["a/p002"]; len(a.Actors) != 1 || a.Actors[0].ID != "leavitt" || a.Actors[0].Printed != "Henrietta Swan Leavitt" {
		t.Errorf("the persons of %q are %+v, want leavitt of the authority file", a.Text, a.Actors)
	}
	if a := byID["c/x-2/p01"]; len(a.Actors) != 0 {
		t.Errorf("%q of 1678 names %+v, who lived later", a.Text, a.Actors)
	}
	info, err := Current(index)
	if err != nil || info.Passages != len(byID) {
		t.Errorf("the index holds %+v, %v, want %d passages", info, err, len(byID))
	}
}

// TestBuildLeavesOut: one bad source is told and left out, and the rest is served;
// strictly it fails the build and the old index stays.
func TestBuildLeavesOut(t *testing.T) {
	files := threeFiles()
	files["b.xml"] = "<TEI><text>\n<p>The lamp"
	dir, index := shelf(t, files), t.TempDir()
	left := map[string]error{}
	b := Builder{Corpus: loadShelf(t, dir), Dir: index, Strict: true, LeftOut: func(source string, err error) { left[source] = err }}
	if err := b.Update(context.Background()); err == nil || !strings.Contains(err.Error(), `source "b"`) || !strings.Contains(err.Error(), "line 2") {
		t.Errorf("a strict build with a broken source gives %v, want an error with source and line", err)
	}
	if _, err := Current(index); err == nil {
		t.Error("a strict build that failed left an index")
	}
	b.Strict = false
	if err := b.Update(context.Background()); err != nil {
		t.Fatal(err)
	}
	if len(left) != 1 || left["b"] == nil || len(keys(t, index)) != 2 {
		t.Errorf("left out are %v, kept %v", left, keys(t, index))
	}
	before := generations(t, index)
	if err := b.Update(context.Background()); err != nil {
		t.Fatal(err)
	}
	if after := generations(t, index); !slices.Equal(before, after) {
		t.Errorf("nothing changed, and %q was written in place of %q", after, before)
	}
	b.Strict = true
	if err := b.Update(context.Background()); err == nil {
		t.Error("a strict update says nothing of the source that is left out")
	}
	if err := os.WriteFile(filepath.Join(dir, "b.xml"), []byte(letters), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := b.Update(context.Background()); err != nil || len(keys(t, index)) != 3 {
		t.Errorf("with the source mended: %v, kept %v", err, keys(t, index))
	}
	files["a.txt"], files["b.xml"], files["c.jsonl"] = "", "", "no"
	b.Corpus, b.Strict = loadShelf(t, shelf(t, files)), false
	if err := b.Build(context.Background()); err == nil || !strings.Contains(err.Error(), "no source can be read") {
		t.Errorf("with no source that can be read: %v", err)
	}
	if info, err := Current(index); err != nil || info.Passages == 0 {
		t.Errorf("the old index is gone: %+v, %v", info, err)
	}
}

// TestBuildDamagedCache: what is not as it was written is read again.
func TestBuildDamagedCache(t *testing.T) {
	dir, index := shelf(t, threeFiles()), t.TempDir()
	c := loadShelf(t, dir)
	if err := Update(context.Background(), c, index, nil); err != nil {
		t.Fatal(err)
	}
	whole := contents(t, c, index)
	for key := range keys(t, index) {
		path := filepath.Join(index, cacheName, key+".zst")
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		data[len(data)/2] ^= 1
		if err := os.WriteFile(path, data, 0o644); err != nil {
			t.Fatal(err)
		}
		if err := Build(context.Background(), c, index, nil); err != nil {
			t.Fatalf("with %s damaged: %v", key, err)
		}
		if contents(t, c, index) != whole {
			t.Errorf("with %s damaged the passages are others", key)
		}
	}
}

// TestBuildStopped: a build that is stopped leaves the old index.
func TestBuildStopped(t *testing.T) {
	dir, index := shelf(t, threeFiles()), t.TempDir()
	c := loadShelf(t, dir)
	if err := Update(context.Background(), c, index, nil); err != nil {
		t.Fatal(err)
	}
	old, err := Current(index)
	if err != nil {
		t.Fatal(err)
	}
	for _, step := range []string{Reading, Indexing} {
		ctx, cancel := context.WithCancel(context.Background())
		stopper := Builder{Corpus: c, Dir: index, Fresh: true, Progress: func(p Progress) {
			if p.Step == step {
				cancel()
			}
		}}
		if err := stopper.Build(ctx); err == nil {
			t.Errorf("a build stopped while %s gives no error", step)
		}
		cancel()
		if info, err := Current(index); err != nil || info != old {
			t.Errorf("stopped while %s: %+v, %v, want the old index %+v", step, info, err, old)
		}
	}
}

// TestBuildWaits: while another process builds, Update waits and says so; it builds only
// what that did not, and stops waiting with its context.
func TestBuildWaits(t *testing.T) {
	dir, index := shelf(t, threeFiles()), t.TempDir()
	c := loadShelf(t, dir)
	ctx, cancel := context.WithCancel(context.Background())
	if err := os.Mkdir(filepath.Join(index, cacheName), 0o755); err != nil {
		t.Fatal(err)
	}
	unlock, err := lock(filepath.Join(index, cacheName))
	if err != nil {
		t.Fatal(err)
	}
	stopped := Builder{Corpus: c, Dir: index, Notice: func(string) { cancel() }}
	if err := stopped.Update(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("Update that is stopped while it waits gives %v", err)
	}
	version, err := Version(c)
	if err != nil {
		t.Fatal(err)
	}
	var told string
	waiter := Builder{Corpus: c, Dir: index, Progress: func(Progress) { t.Error("what another process built is built again") }, Notice: func(message string) {
		told = message
		if err := Write(context.Background(), index, c.Manifest, somePassages(2), version, nil); err != nil {
			t.Error(err)
		}
		unlock()
	}}
	if err := waiter.Update(context.Background()); err != nil || !strings.Contains(told, "waiting") {
		t.Errorf("Update beside a build = %v, told %q", err, told)
	}
}

// TestUpdateDamaged: with Verify a damaged file is found whatever else is so of the index, though
// its size is as it was, and the index is built anew; a whole one is left alone.
func TestUpdateDamaged(t *testing.T) {
	for _, tt := range []struct {
		name   string
		change map[string]string // files of the corpus, before the update
		anew   bool              // also where nothing is damaged
	}{
		{"up to date", nil, false},
		{"lacks a source", map[string]string{"b.xml": "no XML"}, false},
		{"stale", map[string]string{"a.txt": "Another text.\n"}, true},
	} {
		for _, damaged := range []bool{false, true} {
			files := threeFiles()
			if tt.name == "lacks a source" {
				maps.Copy(files, tt.change)
			}
			dir, index := shelf(t, files), t.TempDir()
			var told []string
			b := Builder{Corpus: loadShelf(t, dir), Dir: index, Verify: true, Notice: func(m string) { told = append(told, m) }}
			if err := b.Update(context.Background()); err != nil {
				t.Fatal(err)
			}
			for name, text := range tt.change {
				if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			before := generations(t, index)
			if damaged {
				path := filepath.Join(before[0], schema.WordsName)
				data, err := os.ReadFile(path)
				if err != nil {
					t.Fatal(err)
				}
				data[len(data)/2] ^= 1
				if err := os.WriteFile(path, data, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if err := b.Update(context.Background()); err != nil {
				t.Fatalf("%s: %v", tt.name, err)
			}
			if anew := !slices.Equal(before, generations(t, index)); anew != (damaged || tt.anew) {
				t.Errorf("%s, damaged %v: built anew %v", tt.name, damaged, anew)
			}
			if said := strings.Contains(strings.Join(told, "\n"), schema.WordsName); said != (damaged && !tt.anew) {
				t.Errorf("%s, damaged %v: told %q", tt.name, damaged, told)
			}
			if _, err := Verify(context.Background(), index); err != nil {
				t.Errorf("%s, damaged %v: after the update %v", tt.name, damaged, err)
			}
		}
	}
}
