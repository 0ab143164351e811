package annotate_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"ibid/corpus"
	"ibid/indexer/annotate"
)

// FuzzAnnotate checks of any text, split into two paragraphs, that mentions lie
// in it in order without overlap and carry their own words; that the parts of a
// quotation lie in it in order, not empty and outside of their marks' bytes; that
// quotations begin in order and only nest; that citations are told by valid
// indexes; and that only documents have an addressee, medium or date.
func FuzzAnnotate(f *testing.F) {
	for _, s := range []string{
		`"One thing," Grey told Lichnowsky, "and another" (BD no. 3).`, `He said, 'a "b" c' and "d 'e' f.`, `"" '' “” «»`, `"a "b" c" d"`,
		"On May 3 Grey said: \"x\x00", `W eizsacker' s 'tis`, `Grey, Jagow von Jagow G. Jagow`, `„a“ “b” 'c`, "\"\"\"\"", "Ｇrey “ſ”",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) {
			return
		}
		half := len(s) / 2
		for half < len(s) && !utf8.RuneStart(s[half]) {
			half++
		}
		for _, x := range annotated(ministries, s[:half], s[half:]) {
			checkMentions(t, x)
			checkQuotations(t, x)
		}
	})
}

func checkMentions(t *testing.T, x *annotate.Text) {
	t.Helper()
	end := 0
	for _, m := range x.Mentions {
		if m.Start < end || m.Start >= m.End || m.End > len(x.Reading.Text) || x.Reading.Text[m.Start:m.End] != m.Printed {
			t.Fatalf("mention %+v after byte %d of %q", m, end, x.Reading.Text)
		}
		end = m.End
	}
}

func checkQuotations(t *testing.T, x *annotate.Text) {
	t.Helper()
	text := x.Reading.Text
	start := 0
	var open []int // ends of the quotations that hold the one at hand
	for _, q := range x.Quotations {
		last := 0
		for _, s := range q.Spans {
			if s.Start < last || s.Start >= s.End || s.End > len(text) || !utf8.ValidString(text[s.Start:s.End]) ||
				strings.TrimSpace(text[s.Start:s.End]) == "" {
				t.Fatalf("quotation %+v of %q", q, text)
			}
			last = s.End
		}
		if q.Spans[0].Start < start {
			t.Fatalf("quotation %+v begins before byte %d of %q", q, start, text)
		}
		start = q.Spans[0].Start
		for len(open) > 0 && open[len(open)-1] <= start {
			open = open[:len(open)-1]
		}
		if len(open) > 0 && last > open[len(open)-1] {
			t.Fatalf("quotation %+v crosses another in %q", q, text)
		}
		open = append(open, last)
		for _, c := range q.Citations {
			if c < 0 || c >= len(x.Citations) {
				t.Fatalf("quotation %+v has citation %d of %d", q, c, len(x.Citations))
			}
		}
		if q.Nature != corpus.OfDocument && q.Addressee+q.Medium+q.Date != "" {
			t.Fatalf("%s has more than a speaker: %+v", q.Nature, q)
		}
	}
}

// TestManyMarks reads long text that invites quadratic work: marks without
// partner, one sentence without end, hundreds of dates and citations.
func TestManyMarks(t *testing.T) {
	for _, unit := range []string{
		`" a`, `a" `, `'a `, `a' `, `"a" `, `"a 'b' c" `, `He said, "a" (BD no. 3). `, `On May 3 Grey told Jagow "a thing of some length" and `, `he said with him `, `the German Ambassador `, `the Ambassador said `, `his ambassador, who `, `Grey's answer, which was that `, `X's `, `"a?" Grey asked `, `and again: "a" `, `Grey to Jagow, (`, `to Grey he wrote `, `Grey's 'a "b' c" `,
	} {
		for _, x := range annotated(ministries, strings.Repeat(unit, 4000)) {
			checkMentions(t, x)
			checkQuotations(t, x)
		}
	}
}
