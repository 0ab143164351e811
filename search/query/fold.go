package query

import (
	"strings"
	"unicode"
)

// folds has the letters of European names that lose their accent; a reader who
// types Weizsacker means Weizsäcker. The index folds with its own analyzer;
// this table is only for names that Understand compares.
var folds = foldTable(
	"a:àáâãäåāăą", "c:çćĉċč", "d:ďđ", "e:èéêëēĕėęě", "g:ĝğġģ", "h:ĥħ", "i:ìíîïĩīĭįı", "j:ĵ", "k:ķ",
	"l:ĺļľŀł", "n:ñńņňŉ", "o:òóôõöøōŏő", "r:ŕŗř", "s:śŝşšș", "t:ţťŧț", "u:ùúûüũūŭůűų", "w:ŵ", "y:ýÿŷ", "z:źżž",
)

func foldTable(rows ...string) map[rune]rune {
	table := map[rune]rune{}
	for _, row := range rows {
		base, accented, _ := strings.Cut(row, ":")
		for _, r := range accented {
			table[r] = rune(base[0])
		}
	}
	return table
}

// fold returns a word in small letters without accents, and without the 's of a
// possessive; 1930's is 1930s.
func fold(word string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(word) {
		if f, ok := folds[r]; ok {
			r = f
		}
		switch {
		case unicode.IsMark(r):
		case strings.ContainsRune("’‘`´′", r):
			b.WriteRune('\'')
		case r == '‐' || r == '‑':
			b.WriteRune('-')
		default:
			b.WriteRune(r)
		}
	}
	word, possessive := strings.CutSuffix(b.String(), "'s")
	if _, isYear := year(word); isYear && possessive {
		return word + "s"
	}
	return word
}
