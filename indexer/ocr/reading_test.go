package ocr

import (
	"reflect"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestPrintedAndLines(t *testing.T) {
	lines := []Line{
		{Number: 10, Seq: 4, Text: "3) The  claim that Ger", Cuts: []Cut{{0, 2}}},
		{Number: 12, Seq: 5, Text: "many wanted it. More-5)", Cuts: []Cut{{21, 23}}},
		{Number: 20, Seq: 9, Text: "over, Ge~any' s word stood firm."},
	}
	vocabulary := [][]Line{{{Text: "for Germany and Germany, moreover, is said to be firm"}}, lines}
	r := New(vocabulary, Options{}).Read(lines)
	const text = "The claim that Germany wanted it. More- over, Germany's word stood firm."
	if r.Text != text {
		t.Fatalf("Text = %q, want %q", r.Text, text)
	}
	at := func(s string) (int, int) {
		i := strings.Index(text, s)
		return i, i + len(s)
	}
	for _, c := range []struct {
		words, printed string
		lines          [][2]int
	}{
		{"claim that", "claim that", [][2]int{{10, 10}}},
		{"The claim", "The  claim", [][2]int{{10, 10}}},
		{"Germany wanted", "Ger\nmany wanted", [][2]int{{10, 12}}},
		{"rmany w", "r\nmany w", [][2]int{{10, 12}}},
		{"it. More- over", "it. More-5)\nover", [][2]int{{12, 12}, {20, 20}}},
		{"any's word", "Ge~any' s word", [][2]int{{20, 20}}},
		{"y's", "Ge~any' s", [][2]int{{20, 20}}},
		{text, "3) The  claim that Ger\nmany wanted it. More-5)\nover, Ge~any' s word stood firm.", [][2]int{{10, 12}, {20, 20}}},
	} {
		start, end := at(c.words)
		if c.words == "any's word" {
			start, end = at("Germany's word")
			start += 4
		}
		if got := r.Printed(start, end); got != c.printed {
			t.Errorf("Printed(%q) = %q, want %q", c.words, got, c.printed)
		}
		if got := r.LineRanges(start, end); !reflect.DeepEqual(got, c.lines) && c.words != "y's" {
			t.Errorf("LineRanges(%q) = %v, want %v", c.words, got, c.lines)
		}
	}
	if got := r.Offset(1, 21); got != strings.Index(text, " over") {
		t.Errorf("Offset of the marker = %d, want %d", got, strings.Index(text, " over"))
	}
	if got := r.Offset(0, 0); got != 0 {
		t.Errorf("Offset of the label = %d, want 0", got)
	}
	if got := r.LineAt(len(text)); got != 20 {
		t.Errorf("LineAt(end) = %d, want 20", got)
	}
}

func TestEmptyReading(t *testing.T) {
	var zero Reading
	if zero.LineAt(0) != 0 || zero.Printed(0, 1) != "" || zero.LineRanges(0, 1) != nil || zero.Offset(0, 3) != 0 {
		t.Error("the zero reading is not empty")
	}
	r := New(nil, Options{}).Read([]Line{{Number: 1, Text: " \t"}, {Number: 2, Text: "5)", Cuts: []Cut{{0, 2}}}})
	if r.Text != "" || len(r.Repairs) != 1 || r.Repairs[0].Printed != "5)" || r.Repairs[0].Line != 2 {
		t.Errorf("a reading of a marker alone = %+v", r)
	}
}

// checkReading asserts what holds of every reading: nothing is lost, nothing is
// invented, and the map lies inside the print.
func checkReading(tb testing.TB, lines []Line, r *Reading) {
	tb.Helper()
	if got, want := squeeze(replay(r)), squeeze(printOf(lines)); got != want {
		tb.Fatalf("taking the repairs back gives\n%q, the print is\n%q", got, want)
	}
	last := 0
	for _, p := range r.Repairs {
		if p.Start < last || p.End < p.Start || p.End > len(r.Text) {
			tb.Fatalf("repair %+v is out of place in a text of %d bytes", p, len(r.Text))
		}
		if r.Text[p.Start:p.End] != p.Reading {
			tb.Fatalf("repair %+v: the text there reads %q", p, r.Text[p.Start:p.End])
		}
		if p.Confidence <= 0 || p.Confidence > 1 || p.Rule == "" {
			tb.Fatalf("repair %+v has no rule or confidence", p)
		}
		if p.Start < p.End && p.Line != r.LineAt(p.Start) {
			tb.Fatalf("repair %+v: LineAt says %d", p, r.LineAt(p.Start))
		}
		last = p.End
	}
	checkRuns(tb, r)
	for _, at := range []int{0, len(r.Text) / 3, len(r.Text) / 2, len(r.Text)} {
		for _, end := range []int{at, at + 1, at + 17, len(r.Text)} {
			checkRange(tb, r, at, min(end, len(r.Text)))
		}
	}
}

func checkRuns(tb testing.TB, r *Reading) {
	tb.Helper()
	for i, u := range r.runs {
		end := len(r.Text)
		if i+1 < len(r.runs) {
			end = r.runs[i+1].off
		}
		text := r.lines[u.line].Text
		if u.off >= end || u.col < 0 || u.col >= u.end || u.end > len(text) {
			tb.Fatalf("run %+v up to %d does not lie in its line %q", u, end, text)
		}
		if u.verbatim && squeeze(r.Text[u.off:min(end, u.off+u.end-u.col)]) != squeeze(text[u.col:u.end]) {
			tb.Fatalf("run %+v: text %q, print %q", u, r.Text[u.off:end], text[u.col:u.end])
		}
		if i > 0 && (r.runs[i-1].line > u.line || r.runs[i-1].line == u.line && r.runs[i-1].end > u.col) {
			tb.Fatalf("run %+v stands before the one before it", u)
		}
	}
}

func checkRange(tb testing.TB, r *Reading, start, end int) {
	tb.Helper()
	printed, ranges := r.Printed(start, end), r.LineRanges(start, end)
	if start >= end {
		return
	}
	if len(ranges) == 0 {
		tb.Fatalf("LineRanges(%d, %d) is empty in %q", start, end, r.Text)
	}
	if strings.TrimSpace(r.Text[start:end]) != "" && printed == "" {
		tb.Fatalf("Printed(%d, %d) is empty for %q", start, end, r.Text[start:end])
	}
	whole := r.Printed(0, len(r.Text))
	if !strings.Contains(whole, printed) {
		tb.Fatalf("Printed(%d, %d) = %q is not in the print %q", start, end, printed, whole)
	}
}

// replay takes the repairs back, the last first.
func replay(r *Reading) string {
	text := r.Text
	for i := len(r.Repairs) - 1; i >= 0; i-- {
		p := r.Repairs[i]
		text = text[:p.Start] + strings.ReplaceAll(p.Printed, "|", "") + text[p.End:]
	}
	return text
}

func printOf(lines []Line) string {
	var b strings.Builder
	for _, l := range lines {
		b.WriteString(l.Text)
	}
	return b.String()
}

// squeeze leaves out white space, and "|", which is also how a repair shows a line join.
func squeeze(s string) string {
	var b strings.Builder
	for len(s) > 0 {
		c, size := utf8.DecodeRuneInString(s)
		if !unicode.IsSpace(c) && c != '|' {
			b.WriteString(s[:size])
		}
		s = s[size:]
	}
	return b.String()
}

func FuzzRead(f *testing.F) {
	f.Add("The Ger\nmany' s W eizsacker (990) said \"no.5)\nMore-\nover, ]. P. no. 1(0 (SPE no. 1(0", 20, 3)
	f.Add("3) Ge~any 'wIth opmlOns\nnego\ntiations and Stalin' s fallon us states/ power", 0, 2)
	f.Add("non-\naggres\u00ad\nsion pp. 140-L Gromyko (neo-\n) even m\nAstakhov (Roberts 1989, p. lln", 5, 1)
	f.Add("A\x00\xff\xfe \u2028-\n-\n~~\n||l1\nİstanbul ſt\n(a-)\nb", 1, 9)
	f.Fuzz(func(t *testing.T, text string, cutAt, cutLen int) {
		var lines []Line
		for i, l := range strings.Split(text, "\n") {
			line := Line{Number: 2*i + 1, Seq: i + i/3, Text: l}
			if cutAt >= 0 && cutLen > 0 && cutAt < len(l) && i%2 == 0 {
				line.Cuts = []Cut{{cutAt, min(len(l), cutAt+min(cutLen, 10))}}
			}
			lines = append(lines, line)
		}
		vocabulary := []Line{{Text: "in Germany Germany and Weizsacker, Nazi-Soviet, Potemkin Watt (1974) Watt (1974) Watt (1974) said"}}
		r := New([][]Line{lines, vocabulary}, Options{Names: []string{"Weizsacker"}})
		checkReading(t, lines, r.Read(lines))
	})
}

func TestReadArticleKeepsThePrint(t *testing.T) {
	blocks := articleBlocks(t)
	r := New(blocks, Options{})
	for _, lines := range blocks {
		checkReading(t, lines, r.Read(lines))
	}
}
