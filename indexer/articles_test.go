package indexer_test

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"ibid/corpus"
	"ibid/indexer"
	"ibid/indexer/score"
)

var updateArticles = flag.Bool("update-articles", false, "rewrite the golden tables of testdata/articles")

// The rules are tuned on one article; these are others, of other subjects,
// layouts and damage, with gold made before the program read them. Their tables
// are kept, so that a change shows what it does to texts it was not made for.
func TestTablesOfArticles(t *testing.T) {
	for _, name := range []string{"locarno", "vienna"} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join("testdata", "articles", name)
			gold, err := score.Read(filepath.Join(dir, "gold"))
			if err != nil {
				t.Fatal(err)
			}
			table := score.Score(gold, readArticle(t, dir))
			golden := dir + ".table"
			if *updateArticles {
				if err := os.WriteFile(golden, []byte(table.String()), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			t.Log(table.Details())
			if got := table.String(); got != string(want) {
				t.Errorf("the score has changed (run with -update-articles if it is for the better):\n%s\nwant:\n%s\n%s", got, want, table.Details())
			}
		})
	}
}

// readArticle reads the one source of the corpus in dir.
func readArticle(t *testing.T, dir string) []*corpus.Passage {
	t.Helper()
	c, err := corpus.Load(os.DirFS(dir), dir)
	if err != nil {
		t.Fatal(err)
	}
	data, err := c.ReadSource(c.Manifest.Sources[0])
	if err != nil {
		t.Fatal(err)
	}
	passages, err := indexer.Read(c.Manifest, c.Manifest.Sources[0], data)
	if err != nil {
		t.Fatal(err)
	}
	return passages
}
