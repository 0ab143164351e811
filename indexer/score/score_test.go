package score

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"ibid/corpus"
)

const leem = "testdata/leem"

func readLeem(t *testing.T) Gold {
	t.Helper()
	g, err := Read(leem)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// Every printed line of the article but the running head stands in exactly one
// heading, paragraph or footnote of its gold.
func TestGoldCoversTheText(t *testing.T) {
	g := readLeem(t)
	times := map[int]int{}
	for _, b := range g.Blocks {
		for _, n := range g.text.set(b.Lines) {
			times[n]++
		}
	}
	for _, b := range g.Notes {
		for _, n := range g.text.set(b.Lines) {
			times[n]++
		}
	}
	var not []int
	for n := 1; n <= len(g.text.lines); n++ {
		if g.text.printed(n) && times[n] != 1 {
			not = append(not, n)
		}
	}
	if want := []int{459}; !slices.Equal(not, want) {
		t.Errorf("lines that do not stand in exactly one block: %v, want %v", not, want)
	}
}

// perfect makes the passages that an indexer would make that reads as gold does.
func perfect(g Gold) []*corpus.Passage {
	first := func(s string) string { a, _, _ := strings.Cut(s, "|"); return a }
	all := &corpus.Passage{ID: "all", Source: g.Source, Kind: corpus.Paragraph}
	var out []*corpus.Passage
	for _, b := range g.Blocks {
		out = append(out, &corpus.Passage{Source: g.Source, Kind: corpus.Kind(b.Kind), Section: b.Section, Pages: b.Pages, Lines: b.Lines})
	}
	for _, n := range g.Notes {
		p := &corpus.Passage{Source: g.Source, Kind: corpus.Footnote, Pages: n.Pages, Lines: n.Lines, Footnote: n.Number}
		if n.Caller != nil {
			p.Caller = &corpus.Caller{Line: n.Caller.Line, Printed: n.Caller.Printed}
		}
		out = append(out, p)
	}
	for _, r := range g.Repairs {
		all.Repairs = append(all.Repairs, corpus.Repair{Line: r.Line, Printed: r.Printed, Reading: first(r.Reading), Rule: "test"})
	}
	for _, c := range g.Citations {
		all.Citations = append(all.Citations, corpus.Citation{Line: c.Line, ID: first(c.ID), Kind: corpus.CitationKind(c.Kind), Locator: first(c.Locator), Through: first(c.Through)})
	}
	for _, d := range g.Dates {
		all.Dates = append(all.Dates, corpus.Date{Line: d.Line, EDTF: first(d.EDTF), Relative: d.Relative})
	}
	for _, m := range g.Mentions {
		all.Actors = append(all.Actors, corpus.Mention{Line: m.Line, ID: m.ID, Printed: m.Printed})
	}
	for _, q := range g.Quotations {
		p := &corpus.Passage{Source: g.Source, Kind: corpus.Quotation, Lines: q.Lines, Text: q.First + " and so on " + q.Last,
			Nature: corpus.Nature(first(q.Nature)), Speaker: first(q.Speaker), Addressee: first(q.Addressee), Medium: first(q.Medium), Date: first(q.Date)}
		for _, c := range q.Citations {
			if id := first(c); id != "" {
				p.Citations = append(p.Citations, corpus.Citation{ID: id})
			}
		}
		out = append(out, p)
	}
	return append(out, all)
}

func TestPerfectReadingScoresOne(t *testing.T) {
	g := readLeem(t)
	table := Score(g, perfect(g))
	if len(table.Rows) == 0 {
		t.Fatal("no rows")
	}
	for _, r := range table.Rows {
		if r.Key == "paragraphs" { // the passage that carries the annotations is one too many
			if len(r.Missed) != 0 || len(r.Wrong) != 1 {
				t.Errorf("%s: missed %v, wrong %v, want none and one", r.Key, r.Missed, r.Wrong)
			}
			continue
		}
		if r.F1 != 1 {
			t.Errorf("%s: F1 = %v, missed %v, wrong %v", r.Key, r.F1, r.Missed, r.Wrong)
		}
	}
}

func TestEmptyReadingFindsNothing(t *testing.T) {
	g := readLeem(t)
	table := Score(g, nil)
	for key, want := range map[string]int{"headings": 6, "footnotes": 20, "callers": 19, "split words repaired": 31} {
		r, ok := table.Row(key)
		if !ok || r.Gold != want || r.Right != 0 || r.Recall != 0 {
			t.Errorf("%s: %+v, want %d in gold and none found", key, r, want)
		}
	}
}

// small is gold for a text of seven lines, with a list for every key.
func small() Gold {
	return Gold{
		Source: "s",
		text:   newText("Head\n\nOn May 3 Ger\nmany and Mr\n\nSmith told Jones, \"We can\nwait\" (GK 5).\n1) See Watt (1974)."),
		Blocks: []Block{
			{Kind: "heading", Pages: []string{"1"}, Lines: [][2]int{{1, 1}}},
			{Kind: "paragraph", Pages: []string{"1"}, Lines: [][2]int{{3, 7}}},
		},
		Notes:     []Note{{Number: 1, Pages: []string{"1"}, Lines: [][2]int{{8, 8}}, Caller: &Caller{7, ")."}}},
		Repairs:   []Repair{{Kind: "split", Line: 3, Printed: "Ger|many", Reading: "Germany"}},
		Citations: []Citation{{Kind: "document", Line: 7, ID: "GK 5"}, {Kind: "work", Line: 8, ID: "Watt 1974"}},
		Dates:     []Date{{Line: 3, Printed: "May 3", EDTF: "1939-05-03"}},
		Quotations: []Quotation{{Lines: [][2]int{{6, 7}}, First: "We can", Last: "wait", Nature: "document",
			Speaker: "smith", Addressee: "jones|", Medium: "conversation|statement", Citations: []string{"GK 5"}}},
		Mentions: []Mention{{Kind: "person", Line: 4, ID: "smith", Printed: "Mr Smith"}, {Kind: "person", Line: 6, ID: "jones", Printed: "Jones"},
			{Kind: "state", Line: 3, ID: "germany", Printed: "Ger|many", Doubt: "a test"}},
	}
}

func TestScore(t *testing.T) {
	para := func(change func(*corpus.Passage)) []*corpus.Passage {
		p := &corpus.Passage{ID: "s/p1", Source: "s", Kind: corpus.Paragraph, Pages: []string{"1"}, Lines: [][2]int{{3, 7}}}
		change(p)
		return []*corpus.Passage{p}
	}
	quote := func(change func(*corpus.Passage)) []*corpus.Passage {
		p := &corpus.Passage{ID: "s/q1", Source: "s", Kind: corpus.Quotation, Nature: corpus.OfDocument, Lines: [][2]int{{6, 7}}, Text: "We can wait"}
		change(p)
		return []*corpus.Passage{p}
	}
	tests := []struct {
		why                string
		passages           []*corpus.Passage
		key                string
		gold, found, right int
	}{
		{"blank lines do not matter", para(func(p *corpus.Passage) { p.Lines = [][2]int{{3, 4}, {6, 7}} }), "paragraphs", 1, 1, 1},
		{"a line short", para(func(p *corpus.Passage) { p.Lines = [][2]int{{3, 6}} }), "paragraphs", 1, 1, 0},
		{"another source", para(func(p *corpus.Passage) { p.Source = "x" }), "paragraphs", 1, 0, 0},
		{"another page", para(func(p *corpus.Passage) { p.Pages = []string{"2"} }), "pages of headings and paragraphs", 1, 1, 0},
		{"date right", para(func(p *corpus.Passage) { p.Dates = []corpus.Date{{Line: 3, EDTF: "1939-05-03"}} }), "dates", 1, 1, 1},
		{"a month is no day", para(func(p *corpus.Passage) { p.Dates = []corpus.Date{{Line: 3, EDTF: "1939-05"}} }), "dates", 1, 1, 0},
		{"found twice is wrong once", para(func(p *corpus.Passage) {
			p.Dates = []corpus.Date{{Line: 3, EDTF: "1939-05-03"}, {Line: 3, EDTF: "1939-05-03"}}
		}), "dates", 1, 2, 1},
		{"name begins on the next line", para(func(p *corpus.Passage) { p.Actors = []corpus.Mention{{ID: "smith", Line: 6}} }), "person mentions", 2, 1, 1},
		{"two lines off", para(func(p *corpus.Passage) { p.Actors = []corpus.Mention{{ID: "smith", Line: 7}} }), "person mentions", 2, 1, 0},
		{"in doubt, found", para(func(p *corpus.Passage) { p.Actors = []corpus.Mention{{ID: "germany", Line: 3}} }), "state mentions", 0, 0, 0},
		{"an actor gold never names", para(func(p *corpus.Passage) { p.Actors = []corpus.Mention{{ID: "wilson", Line: 3}} }), "mentions of actors that gold never names", 0, 1, 0},
		{"document citation", para(func(p *corpus.Passage) { p.Citations = []corpus.Citation{{ID: "GK 5", Kind: "document", Line: 7}} }), "document citations", 1, 1, 1},
		{"quoted words", quote(func(p *corpus.Passage) {}), "quotations of documents", 1, 1, 1},
		{"cut short", quote(func(p *corpus.Passage) { p.Text = "We can" }), "quotations of documents", 1, 1, 0},
		{"taken for a term", quote(func(p *corpus.Passage) { p.Nature = corpus.OfTerm }), "quotations of documents", 1, 0, 0},
		{"taken for a term: bounds right", quote(func(p *corpus.Passage) { p.Nature = corpus.OfTerm }), "quotations", 1, 1, 1},
		{"speaker right", quote(func(p *corpus.Passage) { p.Speaker = "smith" }), "speaker", 1, 1, 1},
		{"speaker not given", quote(func(p *corpus.Passage) {}), "speaker", 1, 0, 0},
		{"addressee may be left out", quote(func(p *corpus.Passage) {}), "addressee", 0, 0, 0},
		{"addressee given all the same", quote(func(p *corpus.Passage) { p.Addressee = "jones" }), "addressee", 1, 1, 1},
		{"addressee wrong", quote(func(p *corpus.Passage) { p.Addressee = "wilson" }), "addressee", 0, 1, 0},
		{"another allowed medium", quote(func(p *corpus.Passage) { p.Medium = "statement" }), "medium", 1, 1, 1},
		{"date invented", quote(func(p *corpus.Passage) { p.Date = "1939" }), "date of quotation", 0, 1, 0},
		{"cited", quote(func(p *corpus.Passage) { p.Citations = []corpus.Citation{{ID: "GK 5"}} }), "citation of quotation", 1, 1, 1},
		{"one citation too many", quote(func(p *corpus.Passage) { p.Citations = []corpus.Citation{{ID: "GK 5"}, {ID: "GK 6"}} }), "citation of quotation", 1, 1, 0},
	}
	for _, tt := range tests {
		r, ok := Score(small(), tt.passages).Row(tt.key)
		if !ok || r.Gold != tt.gold || r.Found != tt.found || r.Right != tt.right {
			t.Errorf("%s: %s = gold %d, found %d, right %d, want %d, %d, %d", tt.why, tt.key, r.Gold, r.Found, r.Right, tt.gold, tt.found, tt.right)
		}
	}
}

func TestFootnotesAndCallers(t *testing.T) {
	note := &corpus.Passage{ID: "s/n1", Source: "s", Kind: corpus.Footnote, Footnote: 2, Lines: [][2]int{{8, 8}}, Caller: &corpus.Caller{Line: 7, Printed: ")."}}
	table := Score(small(), []*corpus.Passage{note})
	if r, _ := table.Row("footnotes"); r.Right != 0 || len(r.Missed) != 1 || len(r.Wrong) != 1 {
		t.Errorf("a note of another number: %+v, want one missed and one wrong", r)
	}
	if r, _ := table.Row("callers"); r.Right != 1 {
		t.Errorf("its caller: %+v, want it right", r)
	}
}

func TestRepairs(t *testing.T) {
	gold := Gold{Source: "s", text: newText("x 'wIth Ge~any tum W eizsacker' s ]. P. ]. C. Ger\nmany's 8th"), Repairs: []Repair{
		{Kind: "ocr", Line: 1, Printed: "]. P.", Reading: "J. P."},
		{Kind: "ocr", Line: 1, Printed: "]. C.", Reading: "J. C."},
		{Kind: "ocr", Line: 1, Printed: "'wIth", Reading: "with|'with"},
		{Kind: "ocr", Line: 1, Printed: "Ge~any", Reading: "Germany"},
		{Kind: "ocr", Line: 1, Printed: "W eizsacker' s", Reading: "Weizsacker's"},
		{Kind: "split", Line: 1, Printed: "Ger|many's", Reading: "Germany's"},
		{Kind: "ocr", Line: 2, Printed: "8th", Reading: "18th", Doubt: "a test"},
	}}
	tests := []struct {
		why        string
		line       int
		made       string // printed -> reading; several with a semicolon between
		split, ocr int    // repaired
		right, all int    // of the repairs made
	}{
		{"as in gold", 1, "Ge~any -> Germany", 0, 1, 1, 1},
		{"two errors as one", 1, "'wIth Ge~any -> with Germany", 0, 2, 1, 1},
		{"one error as two", 1, "W eizsacker -> Weizsacker;' s -> 's", 0, 1, 2, 2},
		{"the same half of two words", 1, "]. -> J.;]. -> J.", 0, 2, 2, 2},
		{"half of one", 1, "W eizsacker -> Weizsacker", 0, 0, 0, 1},
		{"without the possessive", 1, "Ger|many -> Germany", 1, 0, 1, 1},
		{"another line", 2, "Ge~any -> Germany", 0, 0, 0, 1},
		{"another reading", 1, "Ge~any -> Gemany", 0, 0, 0, 1},
		{"a word that was right", 1, "tum -> turn", 0, 0, 0, 1},
		{"in doubt", 2, "8th -> 18th", 0, 0, 1, 1},
		{"in doubt, read otherwise", 2, "8th -> 8-th", 0, 0, 0, 0},
	}
	for _, tt := range tests {
		p := &corpus.Passage{Source: "s", Kind: corpus.Paragraph, Lines: [][2]int{{1, 2}},
			Repairs: []corpus.Repair{{Line: 1, Printed: "x", Rule: markerRule}}}
		for m := range strings.SplitSeq(tt.made, ";") {
			printed, reading, _ := strings.Cut(m, " -> ")
			p.Repairs = append(p.Repairs, corpus.Repair{Line: tt.line, Printed: printed, Reading: reading, Rule: "test"})
		}
		table := Score(gold, []*corpus.Passage{p})
		split, _ := table.Row("split words repaired")
		ocr, _ := table.Row("other errors repaired")
		all, _ := table.Row("repairs made")
		if split.Right != tt.split || ocr.Right != tt.ocr || all.Right != tt.right || all.Found != tt.all {
			t.Errorf("%s: %q repairs %d split and %d other, %d of %d right; want %d and %d, %d of %d",
				tt.why, tt.made, split.Right, ocr.Right, all.Right, all.Found, tt.split, tt.ocr, tt.right, tt.all)
		}
	}
}

func TestUnjudgedKeysAreNotScored(t *testing.T) {
	g := small()
	g.Dates, g.Quotations = nil, nil
	table := Score(g, nil)
	for _, key := range []string{"dates", "quotations", "speaker"} {
		if _, ok := table.Row(key); ok {
			t.Errorf("%s has a row, though it was not judged", key)
		}
	}
	if _, ok := table.Row("footnotes"); !ok {
		t.Error("footnotes have no row, though they were judged")
	}
}

func TestTablePrints(t *testing.T) {
	table := Score(small(), nil)
	text := table.String()
	for _, want := range []string{"precision", "footnotes", "0.000"} {
		if !strings.Contains(text, want) {
			t.Errorf("table lacks %q:\n%s", want, text)
		}
	}
	if want := "dates: line 3: missed: 1939-05-03 (\"May 3\")\n"; !strings.Contains(table.Details(), want) {
		t.Errorf("details lack %q:\n%s", want, table.Details())
	}
	data, err := json.Marshal(table)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(data), "null") {
		t.Errorf("null in JSON: %s", data)
	}
}

func TestReadRefusesWhatTheTextDoesNotPrint(t *testing.T) {
	tests := []struct{ file, line, want string }{
		{"gold.json", `{"source": "s"}`, "must name source and text"},
		{"gold.json", `{"source": "s", "text": "none.txt"}`, "none.txt"},
		{"blocks.jsonl", `{"kind": "verse", "lines": [[1, 1]]}`, "blocks.jsonl:2: kind is \"verse\""},
		{"blocks.jsonl", `{"kind": "heading", "lines": [[3, 1]]}`, "the first is after the last"},
		{"blocks.jsonl", `{"kind": "heading", "lines": [[1, 99]]}`, "must begin and end on printed lines"},
		{"blocks.jsonl", `{"kind": "heading"}`, "lines are missing"},
		{"notes.jsonl", `{"number": 1, "lines": [[1, 1]], "caller": {"line": 3, "printed": "5)"}}`, `line 3 does not print "5)"`},
		{"repairs.jsonl", `{"kind": "ocr", "line": 2, "printed": "x", "reading": "y"}`, "line 2 is blank"},
		{"citations.jsonl", `{"kind": "document", "line": 9}`, "line 9 is blank or not in the text"},
		{"dates.jsonl", `{"line": 1, "printed": "May 3"}`, `line 1 does not print "May"`},
		{"quotations.jsonl", `{"lines": [[1, 1]], "first": "Head"}`, "first and last words are missing"},
		{"mentions.jsonl", `{"kind": "person", "line": 3, "name": "x"}`, "unknown field"},
		{"mentions.jsonl", `{"kind": "person"} {}`, "more than one JSON value"},
	}
	for _, tt := range tests {
		dir := t.TempDir()
		write := func(name, content string) {
			if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		write("text.txt", "Head\n\nOn May 3")
		write("gold.json", `{"source": "s", "text": "text.txt"}`)
		if tt.file == "gold.json" {
			write(tt.file, tt.line)
		} else {
			write(tt.file, "\n"+tt.line+"\n")
		}
		if _, err := Read(dir); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("Read with %s %s = %v, want an error with %q", tt.file, tt.line, err, tt.want)
		}
	}
}
