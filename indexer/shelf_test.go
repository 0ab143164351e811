package indexer

import (
	"context"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"ibid/corpus"
)

var longShelf = flag.Bool("long", false, "read all manifests of EDITIONS.md into an index, not only the smallest")

const samples = "../../shared/data"

// stated is what the sample data say of the sources in EDITIONS.md.
type stated struct{ documents, dated, notes int }

// By frus/volumes.json, dafp/volumes.json and philtrans/files.json. Dated are two
// fewer and one more than stated: frus1936v03 has 575 documents with a tagged date
// and two more whose dateline is read by rule; of dafp01 volumes.json counts the
// 337 dated to the day, and one is dated to the month. Notes are counted where
// every edition tags them alike: the inline notes of frus1936v03 (the archive's
// number in the text) stand in their passages.
var shelfStates = map[string]stated{
	"frus1936v03": {586, 577, 0}, "frus1969-76v03": {244, 181, 683}, "dafp01": {338, 338, 0}, "philtrans-1650-1699": {968, 968, 0},
}

var yamlBlock = regexp.MustCompile("(?s)```yaml\n(.*?)```")

// TestEditions loads the manifests of EDITIONS.md, reads their sources where the
// sample data are there, and compares what the index then holds with what the
// sample data state.
func TestEditions(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "EDITIONS.md"))
	if err != nil {
		t.Fatal(err)
	}
	blocks := yamlBlock.FindAllSubmatch(text, -1)
	if len(blocks) != 4 {
		t.Fatalf("EDITIONS.md has %d manifests, want 4", len(blocks))
	}
	if _, err := os.Stat(samples); err != nil {
		t.Skip("the sample data are not here: ", err)
	}
	for _, b := range blocks {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, corpus.ManifestName), b[1], 0o644); err != nil {
			t.Fatal(err)
		}
		c, err := corpus.LoadFrom(dir, samples)
		if err != nil {
			t.Errorf("a manifest of EDITIONS.md: %v", err)
			continue
		}
		if c.Manifest.ID != "australia" && !*longShelf {
			continue
		}
		index := t.TempDir()
		if err := Build(context.Background(), c, index, nil); err != nil {
			t.Fatal(err)
		}
		checkShelf(t, c, contents(t, c, index))
	}
}

// checkShelf counts documents, dates and notes of the passages of a corpus.
func checkShelf(t *testing.T, c *corpus.Corpus, lines string) {
	t.Helper()
	documents, dated, notes := map[string]map[string]bool{}, map[string]map[string]bool{}, map[string]int{}
	for _, s := range c.Manifest.Sources {
		documents[s.ID], dated[s.ID] = map[string]bool{}, map[string]bool{}
	}
	dec := json.NewDecoder(strings.NewReader(lines))
	for dec.More() {
		var p corpus.Passage
		if err := dec.Decode(&p); err != nil {
			t.Fatal(err)
		}
		if p.Kind == corpus.Footnote {
			notes[p.Source]++
		}
		if p.Document == nil {
			continue
		}
		documents[p.Source][p.Document.ID] = true
		if p.Document.Date != "" {
			dated[p.Source][p.Document.ID] = true
		}
	}
	for _, s := range c.Manifest.Sources {
		want := shelfStates[s.ID]
		if c.Manifest.ID == "shelf" && s.Articles() {
			want.dated = 0 // its manifest names no key for the date
		}
		got := stated{len(documents[s.ID]), len(dated[s.ID]), 0}
		if want.notes > 0 {
			got.notes = notes[s.ID]
		}
		if got != want {
			t.Errorf("%s in %s: documents, dated and notes %v, want %v", s.ID, c.Manifest.ID, got, want)
		}
	}
}
