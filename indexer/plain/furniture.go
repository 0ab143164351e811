package plain

import (
	"strings"
	"unicode"
)

// findFurniture finds running heads and rules. Page numbers and heads that
// carry them are known from paginate. A running head without a number is told
// by repetition: the first line of a page that is, but for figures and case,
// the first line of two other pages as well. The first page has no running
// head; what stands there is the title that the heads repeat.
func (t *text) findFurniture() {
	counts := map[string]int{}
	for k := 1; k < len(t.pages); k++ {
		if i, ok := t.topLine(k); ok {
			if key := letters(t.lines[i].Text); len(key) >= 4 && len(key) <= 80 {
				counts[key]++
			}
		}
	}
	for k := range t.pages {
		i, ok := t.topLine(k)
		if !ok || k == 0 {
			continue
		}
		l := &t.lines[i]
		words, number, isHead := headed(l.Text)
		switch {
		case counts[letters(l.Text)] >= 3 && !endsWithStop(l.Text) && !opensNote(l.Text):
			l.role = furniture
		case isHead && number == t.pages[k].label && isTitle(words):
			l.role = furniture
		}
	}
	for i := range t.lines {
		if isRule(t.lines[i].Text) {
			t.lines[i].role = furniture
		}
	}
}

// topLine returns the first line of page k that is not furniture yet.
func (t *text) topLine(k int) (int, bool) {
	for i := t.pages[k].first; i < t.pages[k].end; i++ {
		if t.lines[i].role != furniture {
			return i, true
		}
	}
	return 0, false
}

// letters returns the letters of s in lower case.
func letters(s string) string {
	if len(s) > 200 {
		return ""
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// isRule reports whether s is a printed rule or ornament: three signs or more
// of those that rules are read as, and nothing else. Points are none: a row of
// them says that words are left out.
func isRule(s string) bool {
	n := 0
	for _, r := range s {
		switch {
		case strings.ContainsRune("-_=~*#•—–", r):
			n++
		case !isBlank(r):
			return false
		}
	}
	return n >= 3
}
