package analysis

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// letters that Unicode does not decompose, as a reader without them on the keyboard types them.
var plainLetters = map[rune]string{
	'ß': "ss", 'æ': "ae", 'œ': "oe", 'ø': "o", 'ł': "l", 'đ': "d", 'ð': "d", 'þ': "th", 'ı': "i", 'ħ': "h", 'ŋ': "n", 'ſ': "s",
}

// Fold returns word in the form that is indexed: lower case, without marks,
// ligatures, apostrophes, soft hyphens and the possessive 's, an ordinal
// number as its number (8th is 8), cut to 100 bytes.
func Fold(word string) string {
	if w, ok := foldPlain(word); ok {
		return w
	}
	return foldAny(word)
}

// foldPlain is Fold for ASCII letters, and for digits, the common case.
func foldPlain(word string) (string, bool) {
	lower, upper, digits := 0, 0, 0
	for i := range len(word) {
		switch c := word[i]; {
		case 'a' <= c && c <= 'z':
			lower++
		case 'A' <= c && c <= 'Z':
			upper++
		case isDigit(c):
			digits++
		default:
			return "", false
		}
	}
	if len(word) > maxTerm || digits > 0 && lower+upper > 0 { // 8th
		return "", false
	}
	if upper > 0 {
		word = strings.ToLower(word)
	}
	return word, true
}

func foldAny(word string) string {
	word = possessive(word)
	var b strings.Builder
	for _, r := range norm.NFKD.String(word) {
		r = unicode.ToLower(r)
		switch {
		case r == utf8.RuneError || unicode.IsMark(r) || !isWord(r):
			// marks, apostrophes, soft hyphens and the comma of 1,234 fall away
		case plainLetters[r] != "":
			b.WriteString(plainLetters[r])
		default:
			b.WriteRune(r)
		}
	}
	return cut(ordinal(b.String()))
}

// possessive takes the 's off a word.
func possessive(word string) string {
	for _, mark := range []string{"'", "\u2019", "\u02bc", "\u2018"} {
		for _, s := range []string{"s", "S"} {
			if w, ok := strings.CutSuffix(word, mark+s); ok && w != "" {
				return w
			}
		}
	}
	return word
}

// ordinal takes the ending off 1st, 22nd, 3rd, 8th.
func ordinal(word string) string {
	if n := len(word) - 2; n > 0 && isDigits(word[:n]) {
		switch word[n:] {
		case "st", "nd", "rd", "th":
			return word[:n]
		}
	}
	return word
}

func cut(term string) string {
	if len(term) <= maxTerm {
		return term
	}
	n := maxTerm
	for n > 0 && !utf8.RuneStart(term[n]) {
		n--
	}
	return term[:n]
}
