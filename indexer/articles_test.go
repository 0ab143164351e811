package indexer_test

import (
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
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
	for _, name := range []string{"locarno", "vienna", "july", "crimea", "tientsin", "schol", "suez", "abyss"} {
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

// The same article reads the same, however its notes are labelled and called,
// and however its pages and lines are set.
func TestLayouts(t *testing.T) {
	dir := filepath.Join("testdata", "articles", "locarno")
	data, err := os.ReadFile(filepath.Join(dir, "text.txt"))
	if err != nil {
		t.Fatal(err)
	}
	printed := string(data)
	marked := func(label, caller string) string { // $1 is the number
		s := regexp.MustCompile(`(?m)^\[(\d)\] `).ReplaceAllString(printed, label+" ")
		return regexp.MustCompile(`\[(\d)\]`).ReplaceAllString(s, caller)
	}
	misread := strings.NewReplacer("<1>", "l)", "<2>", "Z)", "<3>", "3)", "<4>", "4)", "<5>", "S)")
	all := []corpus.Kind{corpus.Heading, corpus.Paragraph, corpus.Footnote}
	want := readText(t, dir, printed)
	for _, v := range []struct {
		name, text string
		kinds      []corpus.Kind
	}{
		{"1)", marked("$1)", "$1)"), all},
		{"(1)", marked("($1)", "($1)"), all},
		{"1", marked("$1", "$1"), all},
		{"1.", marked("$1.", "$1"), all},
		{"raised", strings.NewReplacer("[1]", "¹", "[2]", "²", "[3]", "³", "[4]", "⁴", "[5]", "⁵").Replace(printed), all},
		{"^1", marked("$1", "^$1"), all},
		{"misread", misread.Replace(marked("$1)", "<$1>")), all},
		{"lines that end with a carriage return", strings.ReplaceAll(printed, "\n", "\r\n"), all},
		{"straight marks", strings.NewReplacer("“", `"`, "”", `"`, "’", "'").Replace(printed), all},
		{"double spaced", doubleSpaced(printed), []corpus.Kind{corpus.Heading, corpus.Footnote}},
		{"no form feeds", strings.ReplaceAll(doubleSpaced(printed), "\f", ""), []corpus.Kind{corpus.Heading, corpus.Footnote}},
	} {
		got := readText(t, dir, v.text)
		for _, kind := range v.kinds {
			if g, w := textsOf(got, kind), textsOf(want, kind); !slices.Equal(g, w) {
				t.Errorf("%s: %ss read\n%s\nwant\n%s", v.name, kind, strings.Join(g, "\n"), strings.Join(w, "\n"))
			}
		}
		for i, p := range notesOf(got) {
			if p.Caller == nil {
				t.Errorf("%s: note %d is not called", v.name, i+1)
			}
		}
	}
}

// doubleSpaced puts a blank line behind each line of the body; notes stay close.
func doubleSpaced(s string) string {
	var out []string
	inNotes := false
	for line := range strings.SplitSeq(s, "\n") {
		switch {
		case line == "" || strings.HasPrefix(line, "\f"):
			inNotes = false
		case strings.HasPrefix(line, "["), strings.HasPrefix(line, "29 January"): // the end of note 2
			inNotes = true
		}
		if out = append(out, line); line != "" && !inNotes {
			out = append(out, "")
		}
	}
	return regexp.MustCompile(`\n{3,}`).ReplaceAllString(strings.Join(out, "\n"), "\n\n")
}

// textsOf returns the readings of the passages of a kind, quotation marks made straight.
func textsOf(passages []*corpus.Passage, kind corpus.Kind) []string {
	var out []string
	for _, p := range passages {
		if p.Kind == kind {
			out = append(out, strings.NewReplacer("“", `"`, "”", `"`, "’", "'").Replace(p.Text))
		}
	}
	return out
}

func notesOf(passages []*corpus.Passage) []*corpus.Passage {
	return slices.DeleteFunc(slices.Clone(passages), func(p *corpus.Passage) bool { return p.Kind != corpus.Footnote })
}

// readText reads text as the one source of the corpus in dir.
func readText(t *testing.T, dir, text string) []*corpus.Passage {
	t.Helper()
	c, err := corpus.Load(os.DirFS(dir), dir)
	if err != nil {
		t.Fatal(err)
	}
	passages, err := indexer.Read(c.Manifest, c.Manifest.Sources[0], []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return passages
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
