package annotate

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A lexKind says what a lexeme is.
type lexKind int

const (
	lexWord   lexKind = iota // letters, with apostrophes between them: "O'Neill", "Stalin's"
	lexNumber                // decimal digits
	lexMark                  // any other single character
)

// A lexeme is a word, number or mark of a reading, as the rules for dates and
// citations see it. "8th" and "1930s" are a number and a word glued to it.
type lexeme struct {
	start, end int // bytes of the reading
	kind       lexKind
	text       string
	lower      string
	number     int  // value of a number of up to six digits, else -1
	glued      bool // no white space before it
	sentence   int  // ordinal of its sentence in the reading
}

// lexemes cuts a reading into its lexemes and tells which sentence each is in.
func lexemes(text string) []lexeme {
	var out []lexeme
	end := 0
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		if unicode.IsSpace(r) {
			i += size
			continue
		}
		l := lexeme{start: i, kind: lexMark, number: -1, glued: i == end && i > 0}
		i += size
		switch {
		case r >= '0' && r <= '9':
			l.kind = lexNumber
			for i < len(text) && text[i] >= '0' && text[i] <= '9' {
				i++
			}
		case unicode.IsLetter(r):
			l.kind = lexWord
			i = wordEnd(text, i)
		}
		l.end, end = i, i
		l.text = text[l.start:i]
		if l.text == "-" && strings.HasPrefix(text[i:], "-") && !strings.HasPrefix(text[i:], "--") && i+1 < len(text) && text[i+1] >= '0' && text[i+1] <= '9' {
			l.text, l.end, end, i = "–", i+1, i+1, i+1 // "1711--13", as typewriters print a dash
		}
		l.lower = strings.ToLower(l.text)
		if l.kind == lexNumber {
			l.number = smallNumber(l.text)
		}
		out = append(out, l)
	}
	numberSentences(out)
	return out
}

// wordEnd returns where the word that runs on at i ends. An apostrophe between
// letters, and a combining accent, are part of it.
func wordEnd(text string, i int) int {
	for i < len(text) {
		r, size := utf8.DecodeRuneInString(text[i:])
		if r == '\'' || r == '’' {
			if next, _ := utf8.DecodeRuneInString(text[i+size:]); !unicode.IsLetter(next) {
				return i
			}
		} else if !unicode.IsLetter(r) && !unicode.IsMark(r) {
			return i
		}
		i += size
	}
	return i
}

func smallNumber(digits string) int {
	if len(digits) > 6 {
		return -1
	}
	n := 0
	for _, c := range []byte(digits) {
		n = n*10 + int(c-'0')
	}
	return n
}

// numberSentences fills the sentence of each lexeme. A sentence ends with a
// full stop, question mark or exclamation mark that a capital, a number or an
// opening mark follows, unless the stop belongs to an abbreviation.
func numberSentences(ls []lexeme) {
	n := 0
	for i := range ls {
		ls[i].sentence = n
		if closesSentence(ls, i) {
			n++
		}
	}
}

func closesSentence(ls []lexeme, i int) bool {
	switch ls[i].text {
	case "?", "!":
	case ".":
		if i == 0 || isAbbreviation(ls[i-1]) {
			return false
		}
	default:
		return false
	}
	j := i + 1
	for j < len(ls) && ls[j].glued && ls[j].kind == lexMark && strings.ContainsAny(ls[j].text, "\"'”’)]") {
		j++
	}
	return j < len(ls) && !ls[j].glued && (ls[j].kind != lexWord || capitalised(ls[j].text))
}

// isAbbreviation reports whether a full stop behind the word is part of it: a
// single letter ("J.") or one of the words that scholarly English shortens.
func isAbbreviation(l lexeme) bool {
	if l.kind != lexWord {
		return false
	}
	return utf8.RuneCountInString(l.text) == 1 || shortWords[l.lower] || shortMonths[l.lower] > 0
}

var shortWords = wordSet("dr mr mrs ms st sir prof gen col lt capt rev hon jr sr messrs mme mlle " +
	"no nos nr doc docs p pp vol vols ch chap chaps sec art bk pt fig ed eds trans transl cf e.g i.e viz vs " +
	"op cit loc ibid al et seq ff n nn ca c ser inst ult prox ya yu")

// capitalised reports whether a word begins with a capital letter.
func capitalised(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}

// wordSet makes a set of the words of a list.
func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		set[w] = true
	}
	return set
}

// isOneOf reports whether word is one of the words of a list, which single
// spaces separate.
func isOneOf(word, list string) bool {
	if word == "" {
		return false
	}
	for at := 0; ; {
		k := strings.Index(list[at:], word)
		if k < 0 {
			return false
		}
		start, end := at+k, at+k+len(word)
		if (start == 0 || list[start-1] == ' ') && (end == len(list) || list[end] == ' ') {
			return true
		}
		at = start + 1
	}
}
