package score

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"ibid/corpus"
)

// markerRule is the rule under which the indexer takes footnote markers out of
// a reading: no repair of a word.
const markerRule = "note-marker"

// A madeRepair is a repair that was found, with the passage it stands in.
type madeRepair struct {
	corpus.Repair
	passage string
	right   bool // it makes the print what gold says
	doubt   bool // it touches what gold holds in doubt
}

// scoreRepairs adds three rows: broken words, other misreadings, and all
// repairs that were made, whose wrong ones are those that gold does not bear out.
func (s *scorer) scoreRepairs() {
	if s.gold.Repairs == nil {
		return
	}
	made := s.madeRepairs()
	rows := map[string]*Row{"split": {Key: "split words repaired"}, "ocr": {Key: "other errors repaired"}}
	for _, g := range s.gold.Repairs {
		right := s.repaired(g, made)
		if g.Doubt != "" {
			continue
		}
		row := rows[g.Kind]
		row.Gold++
		if right {
			row.Found, row.Right = row.Found+1, row.Right+1
		} else {
			row.Missed = append(row.Missed, Finding{g.Line, g.Printed + " -> " + g.Reading})
		}
	}
	s.add(*rows["split"])
	s.add(*rows["ocr"])
	all := Row{Key: "repairs made"}
	for _, m := range made {
		switch {
		case m.right:
			all.Gold, all.Found, all.Right = all.Gold+1, all.Found+1, all.Right+1
		case !m.doubt:
			all.Found++
			all.Wrong = append(all.Wrong, Finding{m.Line, m.passage + ": " + m.Printed + " -> " + m.Reading + " (" + m.Rule + ")"})
		}
	}
	s.add(all)
}

func (s *scorer) madeRepairs() []*madeRepair {
	var out []*madeRepair
	for _, p := range s.blocks {
		for _, r := range p.Repairs {
			if r.Rule != markerRule {
				out = append(out, &madeRepair{Repair: r, passage: p.ID})
			}
		}
	}
	return out
}

// repaired reports whether the repairs made on the line of g bring about its
// reading, and marks those that do, or that touch it where it is in doubt. A
// repair may be cut wider or narrower than in gold: it is right if putting in
// the one what the other says gives the same words.
func (s *scorer) repaired(g Repair, made []*madeRepair) bool {
	there := false
	text, parts := g.Printed, []*madeRepair(nil)
	for _, m := range made {
		if s.gold.text.distance(m.Line, g.Line) > 0 {
			continue
		}
		if at := wordIndex(m.Printed, g.Printed); at >= 0 {
			m.doubt = m.doubt || g.Doubt != ""
			if s.explains(m) {
				m.right, there = true, true
			}
		} else if at := wordIndex(text, m.Printed); at >= 0 && !m.right { // a part serves one word only
			m.doubt = m.doubt || g.Doubt != ""
			text = text[:at] + m.Reading + text[at+len(m.Printed):]
			parts = append(parts, m)
		}
	}
	if slices.ContainsFunc(strings.Split(g.Reading, "|"), func(r string) bool { return tidy(r) == tidy(text) }) {
		there = true
		for _, m := range parts {
			m.right = true
		}
	}
	return there
}

// explains reports whether the gold of a line, put into the print of a repair
// that covers it, gives its reading.
func (s *scorer) explains(m *madeRepair) bool {
	texts := []string{m.Printed}
	for _, g := range s.gold.Repairs {
		if g.Line != m.Line {
			continue
		}
		var next []string
		for _, t := range texts {
			at := wordIndex(t, g.Printed)
			if at < 0 || g.Doubt != "" {
				next = append(next, t)
			}
			if at >= 0 {
				for reading := range strings.SplitSeq(g.Reading, "|") {
					next = append(next, t[:at]+reading+t[at+len(g.Printed):])
				}
			}
		}
		texts = next
	}
	return slices.ContainsFunc(texts, func(t string) bool { return tidy(t) == tidy(m.Reading) })
}

// tidy evens out white space and takes stops and commas off the end.
func tidy(s string) string {
	return strings.TrimRight(strings.Join(strings.Fields(s), " "), ".,;:")
}

// wordIndex returns where part stands in s as whole words, -1 if it does not.
func wordIndex(s, part string) int {
	if part == "" {
		return -1
	}
	for from := 0; from <= len(s)-len(part); {
		at := strings.Index(s[from:], part)
		if at < 0 {
			return -1
		}
		at += from
		before, _ := utf8.DecodeLastRuneInString(s[:at])
		after, _ := utf8.DecodeRuneInString(s[at+len(part):])
		first, _ := utf8.DecodeRuneInString(part)
		last, _ := utf8.DecodeLastRuneInString(part)
		if !(inWord(before) && inWord(first)) && !(inWord(after) && inWord(last)) {
			return at
		}
		from = at + 1
	}
	return -1
}

// inWord reports whether r is part of a word. The bar that stands for a line
// end in a broken word is.
func inWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '|' }
