package annotate_test

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"ibid/corpus"
	"ibid/indexer/annotate"
	"ibid/indexer/block"
	"ibid/indexer/ocr"
	"ibid/indexer/plain"
)

// goldFolder is the gold standard of the shipped article, made by reading; its
// format is told in package indexer/score.
const goldFolder = "../score/testdata/leem"

// A goldQuotation is a line of quotations.jsonl. A bar parts values that are all right.
type goldQuotation struct {
	Lines                                                 [][2]int
	First, Last, Nature, Speaker, Addressee, Medium, Date string
	Citations                                             []string
	Doubt                                                 string
}

// A goldMention is a line of mentions.jsonl.
type goldMention struct {
	Line                     int
	ID, Kind, Printed, Doubt string
}

func readGold[T any](t *testing.T, name string) []T {
	t.Helper()
	f, err := os.Open(filepath.Join(goldFolder, name))
	if err != nil {
		t.Skipf("no gold standard: %v", err)
	}
	defer f.Close()
	var out []T
	for lines := bufio.NewScanner(f); lines.Scan(); {
		var v T
		if err := json.Unmarshal(lines.Bytes(), &v); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		out = append(out, v)
	}
	return out
}

// article returns the shipped article, annotated.
func article(t testing.TB) (*corpus.Manifest, []*annotate.Text) {
	t.Helper()
	c, err := corpus.LoadDir("../../corpus/pact1939")
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile("../../corpus/pact1939/leem.txt")
	if err != nil {
		t.Fatal(err)
	}
	texts := textsOf(t, c.Manifest, data, "203")
	annotate.Annotate(c.Manifest, texts)
	return c.Manifest, texts
}

// textsOf reads a text file into texts ready for annotation.
func textsOf(t testing.TB, m *corpus.Manifest, data []byte, firstPage string) []*annotate.Text {
	t.Helper()
	src, err := plain.Read(data, plain.Options{FirstPage: firstPage})
	if err != nil {
		t.Fatal(err)
	}
	lines := make([][]ocr.Line, len(src.Blocks))
	for i := range src.Blocks {
		lines[i] = linesOf(&src.Blocks[i])
	}
	var names []string
	for _, a := range m.Actors {
		names = append(append(names, a.Name), a.Forms...)
	}
	reader := ocr.New(lines, ocr.Options{Names: names})
	kinds := map[block.Kind]corpus.Kind{block.Heading: corpus.Heading, block.Paragraph: corpus.Paragraph, block.Footnote: corpus.Footnote}
	texts := make([]*annotate.Text, len(src.Blocks))
	for i, b := range src.Blocks {
		texts[i] = &annotate.Text{Kind: kinds[b.Kind], Section: b.Section, Reading: reader.Read(lines[i]), CalledIn: -1}
	}
	for i, b := range src.Blocks {
		for _, c := range b.Callers {
			at := texts[i].Reading.Offset(c.Line, c.Start)
			texts[i].Calls = append(texts[i].Calls, annotate.Call{At: at, Note: c.Note})
			texts[c.Note].CalledIn, texts[c.Note].CalledAt = i, at
		}
	}
	return texts
}

func linesOf(b *block.Block) []ocr.Line {
	lines := make([]ocr.Line, len(b.Lines))
	for i, l := range b.Lines {
		lines[i] = ocr.Line{Number: l.Number, Seq: l.Seq, Text: l.Text}
	}
	cut := func(s block.Span) {
		if s.End > s.Start {
			lines[s.Line].Cuts = append(lines[s.Line].Cuts, ocr.Cut{Start: s.Start, End: s.End})
		}
	}
	cut(b.Label)
	for _, c := range b.Callers {
		cut(c.Span)
	}
	return lines
}

// allows tells whether gold, values with bars between, allows got.
func allows(gold, got string) bool { return slices.Contains(strings.Split(gold, "|"), got) }

// A found is a quotation with the text that holds it.
type found struct {
	annotate.Quotation
	words     string
	lines     [][2]int
	citations []string
}

func quotationsOf(texts []*annotate.Text) []found {
	var out []found
	for _, x := range texts {
		for _, q := range x.Quotations {
			f := found{Quotation: q}
			for _, s := range q.Spans {
				f.words = strings.TrimSpace(f.words + " " + x.Reading.Text[s.Start:s.End])
				f.lines = append(f.lines, x.Reading.LineRanges(s.Start, s.End)...)
			}
			for _, i := range q.Citations {
				f.citations = append(f.citations, x.Citations[i].ID)
			}
			for _, e := range q.Elsewhere {
				f.citations = append(f.citations, texts[e.Text].Citations[e.Index].ID)
			}
			out = append(out, f)
		}
	}
	return out
}

// is tells whether f is the quotation that gold means: same first and last words and first line.
func (f found) is(g goldQuotation) bool {
	trim := func(s string) string { return strings.Trim(s, " .,;:!?\"'") }
	return len(f.lines) > 0 && f.lines[0][0] == g.Lines[0][0] && f.lines[len(f.lines)-1][1] == g.Lines[len(g.Lines)-1][1] &&
		strings.HasPrefix(trim(f.words), trim(g.First)) && strings.HasSuffix(trim(f.words), trim(g.Last))
}

// agreeOn tells whether got has each citation that gold wants, but for one that
// may be missing, and no other.
func agreeOn(gold, got []string) bool {
	for _, id := range got {
		if !slices.ContainsFunc(gold, func(g string) bool { return allows(g, id) }) {
			return false
		}
	}
	for _, g := range gold {
		if !allows(g, "") && !slices.ContainsFunc(got, func(id string) bool { return allows(g, id) }) {
			return false
		}
	}
	return true
}

// A tally counts right answers of those asked for.
type tally struct{ right, of int }

func (c *tally) count(right bool) {
	c.of++
	if right {
		c.right++
	}
}

func (c tally) share() float64 { return float64(c.right) / float64(max(c.of, 1)) }

// TestQuotationsOfTheArticle holds what Quotations finds against gold, key by
// key. The floors are a little below what was reached on 2026-11-23.
func TestQuotationsOfTheArticle(t *testing.T) {
	_, texts := article(t)
	got := quotationsOf(texts)
	var nature, speaker, addressee, medium, date, citation, precision, recall tally
	matched := map[int]bool{}
	for _, g := range readGold[goldQuotation](t, "quotations.jsonl") {
		i := slices.IndexFunc(got, func(f found) bool { return f.is(g) })
		if i >= 0 {
			matched[i] = true
		}
		if g.Nature == "document" && g.Doubt == "" {
			recall.count(i >= 0 && got[i].Nature == corpus.OfDocument)
		}
		if i < 0 {
			if g.Doubt == "" {
				t.Logf("line %d: missed %q...%q", g.Lines[0][0], g.First, g.Last)
			}
			continue
		}
		f := got[i]
		check := func(c *tally, key, want, have string) {
			ok := allows(want, have)
			if g.Doubt == "" {
				c.count(ok)
			}
			if !ok {
				t.Logf("line %d %q: %s %q, want %q", g.Lines[0][0], g.First, key, have, want)
			}
		}
		check(&nature, "nature", g.Nature, string(f.Nature))
		if g.Nature != "document" {
			if g.Nature == "scholarship" {
				check(&speaker, "speaker", g.Speaker, f.Speaker)
			}
			continue
		}
		check(&speaker, "speaker", g.Speaker, f.Speaker)
		check(&addressee, "addressee", g.Addressee, f.Addressee)
		check(&medium, "medium", g.Medium, f.Medium)
		check(&date, "date", g.Date, f.Date)
		ok := agreeOn(g.Citations, f.citations)
		if citation.count(ok); !ok {
			t.Logf("line %d %q: citations %q, want %q", g.Lines[0][0], g.First, f.citations, g.Citations)
		}
	}
	for i, f := range got {
		if f.Nature == corpus.OfDocument || !matched[i] {
			precision.count(matched[i])
		}
		if !matched[i] {
			t.Logf("line %v: not in gold: %q (%s)", f.lines, f.words, f.Nature)
		}
	}
	for _, c := range []struct {
		key   string
		tally tally
		floor float64
	}{
		{"recall", recall, 0.97}, {"precision", precision, 0.97}, {"nature", nature, 0.95}, {"speaker", speaker, 0.95},
		{"addressee", addressee, 0.85}, {"medium", medium, 0.85}, {"date", date, 0.92}, {"citation", citation, 0.95},
	} {
		t.Logf("%-10s %3d/%3d %.3f", c.key, c.tally.right, c.tally.of, c.tally.share())
		if c.tally.share() < c.floor {
			t.Errorf("%s %.3f, want at least %.2f", c.key, c.tally.share(), c.floor)
		}
	}
}

// TestActorsOfTheArticle holds the mentions against gold: same actor on the same line.
func TestActorsOfTheArticle(t *testing.T) {
	m, texts := article(t)
	kinds := map[string]string{}
	for _, a := range m.Actors {
		kinds[a.ID] = string(a.Kind)
	}
	type place struct {
		line int
		id   string
	}
	want, doubtful := map[place]int{}, map[place]int{}
	for _, g := range readGold[goldMention](t, "mentions.jsonl") {
		if g.Doubt != "" {
			doubtful[place{g.Line, g.ID}]++
			continue
		}
		want[place{g.Line, g.ID}]++
	}
	tallies := map[string]*[2]tally{"person": {}, "state": {}, "body": {}} // precision, recall
	got := map[place]int{}
	for _, x := range texts {
		for _, mn := range x.Mentions {
			p := place{mn.Line, mn.ID}
			got[p]++
			ok := got[p] <= want[p]
			if !ok && got[p] <= want[p]+doubtful[p] {
				continue
			}
			if tallies[kinds[mn.ID]][0].count(ok); !ok {
				t.Logf("line %d: %s %q not in gold", mn.Line, mn.ID, mn.Printed)
			}
		}
	}
	for p, n := range want {
		for k := range n {
			if tallies[kinds[p.id]][1].count(k < got[p]); k >= got[p] {
				t.Logf("line %d: %s missed", p.line, p.id)
			}
		}
	}
	for kind, floor := range map[string]float64{"person": 0.98, "state": 0.95, "body": 0.9} {
		p, r := tallies[kind][0], tallies[kind][1]
		f1 := 2 * p.share() * r.share() / max(p.share()+r.share(), 1e-9)
		t.Logf("%s: precision %.3f (%d), recall %.3f (%d), F1 %.3f", kind, p.share(), p.of, r.share(), r.of, f1)
		if f1 < floor {
			t.Errorf("%s: F1 %.3f, want at least %.2f", kind, f1, floor)
		}
	}
}
