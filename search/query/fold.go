package query

import (
	"strings"
	"unicode"
	"unicode/utf8"
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
	word = strings.ToLower(word)
	if strings.IndexFunc(word, func(r rune) bool { return r >= utf8.RuneSelf }) >= 0 {
		word = foldLetters(word)
	}
	word, possessive := strings.CutSuffix(word, "'s")
	if _, isYear := year(word); isYear && possessive {
		return word + "s"
	}
	return word
}

// foldLetters folds letters that are not ASCII, apostrophes and hyphens.
func foldLetters(word string) string {
	var b strings.Builder
	for _, r := range word {
		if f, ok := folds[r]; ok {
			r = f
		}
		switch {
		case unicode.IsMark(r):
		case strings.ContainsRune("’‘`´′", r):
			b.WriteByte('\'')
		case r == '‐' || r == '‑':
			b.WriteByte('-')
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
