package plain

import (
	"fmt"
	"strconv"
	"strings"
)

// A label is a printed page label. The zero value is none.
type label struct {
	n     int // 1 or more; 0 for none
	roman bool
	upper bool // roman in capitals
}

func (l label) String() string {
	switch {
	case l.n <= 0:
		return ""
	case l.roman && l.upper:
		return strings.ToUpper(roman(l.n))
	case l.roman:
		return roman(l.n)
	}
	return strconv.Itoa(l.n)
}

// plus returns the label k pages on.
func (l label) plus(k int) label {
	if l.n <= 0 {
		return label{}
	}
	l.n = max(l.n+k, 1)
	return l
}

// parseFirstPage reads the label of Options. An empty label is none.
func parseFirstPage(s string) (label, error) {
	s = strings.TrimSpace(s)
	if s == "" {
		return label{}, nil
	}
	if l, ok := parseLabel(s); ok {
		return l, nil
	}
	return label{}, fmt.Errorf("first page %q: give a page label such as \"203\" or \"xi\"", s)
}

// parseLabel reads an arabic or roman number of at most five figures.
func parseLabel(s string) (label, bool) {
	if n, err := strconv.Atoi(s); err == nil && n > 0 && len(s) <= 5 && s[0] != '+' {
		return label{n: n}, true
	}
	lower := strings.ToLower(s)
	if n := parseRoman(lower); n > 0 {
		switch s {
		case lower:
			return label{n: n, roman: true}, true
		case strings.ToUpper(s):
			return label{n: n, roman: true, upper: true}, true
		}
	}
	return label{}, false
}

var romanParts = []struct {
	value int
	sign  string
}{
	{1000, "m"}, {900, "cm"}, {500, "d"}, {400, "cd"}, {100, "c"}, {90, "xc"},
	{50, "l"}, {40, "xl"}, {10, "x"}, {9, "ix"}, {5, "v"}, {4, "iv"}, {1, "i"},
}

// roman returns n in small roman numerals.
func roman(n int) string {
	var b strings.Builder
	for _, p := range romanParts {
		for n >= p.value {
			b.WriteString(p.sign)
			n -= p.value
		}
	}
	return b.String()
}

// parseRoman reads small roman numerals below 1000, well formed; 0 if s is none.
func parseRoman(s string) int {
	if s == "" || len(s) > 12 {
		return 0
	}
	rest, n := s, 0
	for _, p := range romanParts {
		for strings.HasPrefix(rest, p.sign) {
			rest = rest[len(p.sign):]
			n += p.value
		}
	}
	if rest != "" || n >= 1000 || roman(n) != s {
		return 0
	}
	return n
}

// standing reads a line that holds nothing but a page number, bare or set
// between dashes or brackets as printers do ("- 12 -", "[12]").
func standing(s string) (label, bool) {
	if len(s) > 16 {
		return label{}, false
	}
	s = strings.Trim(s, "-–—[]().|· ")
	return parseLabel(s)
}

// headed reads a running head: words with the page number before or behind
// them. It returns the words and the label.
func headed(s string) (string, label, bool) {
	if len(s) > 160 {
		return "", label{}, false
	}
	if i := strings.LastIndexByte(s, ' '); i > 0 {
		if l, ok := parseLabel(strings.Trim(s[i+1:], "[]()-–—|.")); ok {
			return strings.TrimRight(s[:i], " -–—|·"), l, true
		}
	}
	if i := strings.IndexByte(s, ' '); i > 0 {
		if l, ok := parseLabel(strings.Trim(s[:i], "[]()-–—|.")); ok {
			return strings.TrimLeft(s[i+1:], " -–—|·"), l, true
		}
	}
	return "", label{}, false
}
