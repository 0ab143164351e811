package annotate

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"ibid/corpus"
	"ibid/corpus/edtf"
)

// statementDays is the longest date that can date a statement: "in late July"
// does, "in 1939" says nothing of one telegram.
const statementDays = 31

// Statements gives each document citation the date of what it closes: that of
// the quotation, else that of the sentence it ends ("On June 28 X told Y that
// ... (GK no. 442)": the first date of the sentence), else the last date told
// before it in the same passage, and for a footnote without one the same at the
// place that calls it.
func Statements(texts []*Text) {
	for _, t := range texts {
		for i := range t.Citations {
			c := &t.Citations[i]
			if c.Kind != corpus.CitesDocument {
				continue
			}
			c.Date = quotationDate(t, i)
			if c.Date == "" {
				c.Date = toldDate(t, c.Start)
			}
			if c.Date == "" && t.CalledIn >= 0 {
				c.Date = toldDate(texts[t.CalledIn], t.CalledAt)
			}
		}
	}
}

// quotationDate returns the date of the first dated quotation that citation i of t closes.
func quotationDate(t *Text, i int) string {
	for _, q := range t.Quotations {
		for _, c := range q.Citations {
			if c == i && q.Date != "" {
				return q.Date
			}
		}
	}
	return ""
}

// toldDate returns the date of the statement that ends at byte at of t's reading.
func toldDate(t *Text, at int) string {
	begin := statementStart(t.Reading.Text, at)
	last := ""
	for _, d := range t.Dates {
		if d.Start >= at {
			break
		}
		if span := length(d.EDTF); span < 1 || span > statementDays || quoted(t, d.Span) {
			continue
		}
		if d.Start >= begin {
			return d.EDTF
		}
		last = d.EDTF
	}
	return last
}

// length returns how many days a date spans, 0 if it is open or no date.
func length(date string) int {
	v, err := edtf.Parse(date)
	if err != nil {
		return 0
	}
	r := v.Range()
	if r.First == 0 || r.Last == 0 {
		return 0
	}
	return int(r.Last-r.First) + 1
}

// quoted says whether a span lies in a quotation: a date that somebody speaks
// of is not the date on which it is said.
func quoted(t *Text, s Span) bool {
	for _, q := range t.Quotations {
		for _, in := range q.Spans {
			if in.Start <= s.Start && s.End <= in.End {
				return true
			}
		}
	}
	return false
}

// statementStart returns the byte at which the sentence begins that a citation
// at byte at closes. A citation in brackets behind a full stop ("... past."
// (GK no. 442)) closes the sentence before it.
func statementStart(text string, at int) int {
	end := len(strings.TrimRightFunc(text[:at], func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }))
	for end > 0 {
		i := strings.LastIndexAny(text[:end], ".?!")
		if i < 0 {
			return 0
		}
		if endsSentence(text, i) {
			return i + 1
		}
		end = i
	}
	return 0
}

// endsSentence says whether the stop at byte i ends a sentence: a capital or an
// opening quotation mark comes next, and no initial, number or short
// abbreviation ("J.", "no.", "Dr.") stands before.
func endsSentence(text string, i int) bool {
	rest := strings.TrimLeft(text[i+1:], "\"'”’)")
	if rest == "" || rest[0] != ' ' {
		return rest == ""
	}
	next, _ := utf8.DecodeRuneInString(strings.TrimLeft(rest, " \"'“‘(["))
	if !unicode.IsUpper(next) {
		return false
	}
	word := text[strings.LastIndexAny(text[:i], " (\"'“‘")+1 : i]
	if text[i] != '.' {
		return true
	}
	return utf8.RuneCountInString(word) > 3 || strings.ToLower(word) == word && !abbreviations[word] && len(word) > 1
}

// abbreviations are short lower-case words whose full stop does not end a sentence.
var abbreviations = map[string]bool{"no": true, "nos": true, "p": true, "pp": true, "vol": true, "ch": true, "cf": true, "ed": true, "eds": true, "tr": true, "n": true, "nn": true, "fn": true, "ff": true, "esp": true}
