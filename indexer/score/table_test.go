package score_test

import (
	"flag"
	"os"
	"testing"

	"ibid/corpus"
	"ibid/corpus/pact1939"
	"ibid/indexer"
	"ibid/indexer/score"
)

var update = flag.Bool("update", false, "rewrite the golden tables")

// The table of the shipped article is kept, so that a change to the indexer
// shows what it did to each key.
func TestTableOfTheShippedArticle(t *testing.T) {
	c, err := corpus.Load(pact1939.Files, "pact1939")
	if err != nil {
		t.Fatal(err)
	}
	source := c.Manifest.Sources[0]
	data, err := c.ReadSource(source)
	if err != nil {
		t.Fatal(err)
	}
	passages, err := indexer.Read(c.Manifest, source, data)
	if err != nil {
		t.Fatal(err)
	}
	gold, err := score.Read("testdata/leem")
	if err != nil {
		t.Fatal(err)
	}
	table := score.Score(gold, passages)
	const golden = "testdata/leem.table"
	if *update {
		if err := os.WriteFile(golden, []byte(table.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got := table.String(); got != string(want) {
		t.Errorf("the score has changed (run with -update if it is for the better):\n%s\nwant:\n%s\n%s", got, want, table.Details())
	}
}
