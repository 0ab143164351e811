package annotate

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"ibid/corpus"
	"ibid/indexer/block"
	"ibid/indexer/ocr"
	"ibid/indexer/plain"
)

// twoSigla is a manifest with the collections of the shipped article.
func twoSigla() *corpus.Manifest {
	return &corpus.Manifest{
		DefaultYear: 1939,
		Collections: []corpus.Collection{
			{Siglum: "GK", Title: "God krizisa (Year of Crisis)", Issued: 1990, Marker: "no."},
			{Siglum: "SPE", Title: "Soviet Peace Efforts on the Eve of World War II", Issued: 1976, Marker: "no."},
		},
		Actors: []corpus.Actor{
			{ID: "stalin", Name: "Stalin, Joseph", Kind: corpus.Person},
			{ID: "hitler", Name: "Hitler, Adolf", Kind: corpus.Person},
			{ID: "poland", Name: "Poland", Kind: corpus.State},
		},
	}
}

// readingOf makes the reading of clean lines.
func readingOf(lines ...string) *ocr.Reading {
	printed := make([]ocr.Line, len(lines))
	for i, l := range lines {
		printed[i] = ocr.Line{Number: i + 1, Seq: i, Text: l}
	}
	return ocr.New([][]ocr.Line{printed}, ocr.Options{Language: "und"}).Read(printed)
}

// article reads the shipped article into texts, as the indexer does.
func article(t *testing.T) []*Text {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", "corpus", "pact1939", "leem.txt"))
	if err != nil {
		t.Fatal(err)
	}
	src, err := plain.Read(data, plain.Options{FirstPage: "203"})
	if err != nil {
		t.Fatal(err)
	}
	return textsOf(src, ocr.Options{Sigla: []string{"GK", "SPE"}, Names: []string{"Stalin", "Watt"}})
}

func textsOf(src *block.Source, opt ocr.Options) []*Text {
	lines := make([][]ocr.Line, len(src.Blocks))
	for i, b := range src.Blocks {
		for k, l := range b.Lines {
			line := ocr.Line{Number: l.Number, Seq: l.Seq, Text: l.Text}
			if b.Label.End > b.Label.Start && b.Label.Line == k {
				line.Cuts = append(line.Cuts, ocr.Cut{Start: b.Label.Start, End: b.Label.End})
			}
			for _, c := range b.Callers {
				if c.Line == k {
					line.Cuts = append(line.Cuts, ocr.Cut{Start: c.Start, End: c.End})
				}
			}
			lines[i] = append(lines[i], line)
		}
	}
	reader := ocr.New(lines, opt)
	kinds := map[block.Kind]corpus.Kind{block.Heading: corpus.Heading, block.Paragraph: corpus.Paragraph, block.Footnote: corpus.Footnote}
	texts := make([]*Text, len(src.Blocks))
	for i, b := range src.Blocks {
		texts[i] = &Text{Kind: kinds[b.Kind], Section: b.Section, Reading: reader.Read(lines[i]), CalledIn: -1}
	}
	for i, b := range src.Blocks {
		for _, c := range b.Callers {
			texts[c.Note].CalledIn, texts[c.Note].CalledAt = i, texts[i].Reading.Offset(c.Line, c.Start)
		}
	}
	return texts
}

// A goldRow is a row of a table in testdata.
type goldRow struct {
	line   int
	fields []string
}

func gold(t *testing.T, name string) []goldRow {
	t.Helper()
	f, err := os.Open(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var rows []goldRow
	for s := bufio.NewScanner(f); s.Scan(); {
		if strings.HasPrefix(s.Text(), "#") {
			continue
		}
		fields := append(strings.Split(s.Text(), "\t"), "", "", "")
		var row goldRow
		if _, err := fmt.Sscan(fields[0], &row.line); err != nil {
			t.Fatalf("%s: %q: %v", name, s.Text(), err)
		}
		row.fields = fields[1:]
		rows = append(rows, row)
	}
	return rows
}

// score compares what was found with the gold, each as a line of text, and
// returns the harmonic mean of precision and recall. It logs every difference.
func score(t *testing.T, want, got []string) float64 {
	t.Helper()
	hits := 0
	rest := slices.Clone(got)
	for _, w := range want {
		if i := slices.Index(rest, w); i >= 0 {
			hits++
			rest = slices.Delete(rest, i, i+1)
		} else {
			t.Logf("missed: %s", w)
		}
	}
	for _, g := range rest {
		t.Logf("wrong:  %s", g)
	}
	return 2 * float64(hits) / float64(len(want)+len(got))
}

func TestCitationsOfArticle(t *testing.T) {
	m := twoSigla()
	texts := article(t)
	Citations(m, texts)
	for _, kind := range []corpus.CitationKind{corpus.CitesDocument, corpus.CitesWork} {
		isDocument := func(id string) bool { return strings.HasPrefix(id, "GK ") || strings.HasPrefix(id, "SPE ") }
		var want, got []string
		for _, r := range gold(t, "citations.tsv") {
			if isDocument(r.fields[0]) == (kind == corpus.CitesDocument) {
				want = append(want, fmt.Sprintf("%d %s [%s] <%s>", r.line, r.fields[0], r.fields[1], r.fields[2]))
			}
		}
		for _, text := range texts {
			for _, c := range text.Citations {
				if c.Kind == kind {
					got = append(got, fmt.Sprintf("%d %s [%s] <%s>", c.Line, c.ID, c.Locator, c.Through))
				}
			}
		}
		f1 := score(t, want, got)
		t.Logf("%s: %d found, %d in the gold, F1 %.3f", kind, len(got), len(want), f1)
		if f1 < 0.98 {
			t.Errorf("%s citations: F1 %.3f, want 0.98", kind, f1)
		}
	}
}
