package indexer_test

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"ibid/corpus"
	"ibid/corpus/pact1939"
	"ibid/indexer"
	"ibid/indexer/score"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// shipped reads the passages of the shipped corpus.
func shipped(t testing.TB) (*corpus.Corpus, []*corpus.Passage) {
	t.Helper()
	c, err := corpus.Load(pact1939.Files, "shipped corpus")
	if err != nil {
		t.Fatal(err)
	}
	var all []*corpus.Passage
	for _, source := range c.Manifest.Sources {
		data, err := c.ReadSource(source)
		if err != nil {
			t.Fatal(err)
		}
		passages, err := indexer.Read(c.Manifest, source, data)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, passages...)
	}
	return c, all
}

// TestExtractionScore compares what is extracted from the shipped corpus with
// the gold made by reading it. The golden table shows what a change did.
func TestExtractionScore(t *testing.T) {
	gold, err := score.Read(filepath.Join("score", "testdata", "leem"))
	if err != nil {
		t.Fatal(err)
	}
	_, passages := shipped(t)
	table := score.Score(gold, passages)
	compareGolden(t, filepath.Join("testdata", "extraction.golden"), table.String()+"\n"+table.Details())
}

// compareGolden compares text with a golden file, which -update rewrites.
func compareGolden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs from what was found; read it against the print, then rewrite it with -update. Now:\n%s", file, got)
	}
}
