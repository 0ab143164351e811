// Package analysis turns text into tokens: the words of a passage as they are
// indexed and as a query asks for them. It owns tokenizing, folding, stemming,
// stop words and the tables of spellings that are treated as one word, and is
// the only place that registers anything with bleve.
//
// It leaves repair of the text to indexer/ocr: nothing here changes the length
// of a text, so that the offsets of tokens lead back to it. Start with Tokens.
package analysis

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxTerm is the longest term in bytes; longer ones are cut. The longest
// English words in print have under 50 letters.
const maxTerm = 100

// A Token is one word occurrence.
type Token struct {
	Term       string // folded: lower case, without marks, apostrophes and possessive
	Start, End int    // bytes of the text, [Start, End)
	Pos        int    // ordinal in the text from 0
	Extra      bool   // a further form of tokens that stand here too: "cooperation" for co-operation, "1939" for the 39 of 1938-39, "8th" for the 8 of 8th
}

// Tokens returns the tokens of text in order of Pos, an extra one after the
// tokens it is made of.
//
//   - letters, digits and marks of any script make words; a character of a
//     script without spaces is a word of its own
//   - Molotov's, nations' give molotov, nations; O'Malley gives omalley
//   - non-aggression gives non, aggression and the extra nonaggression, and so do (non-)aggression and (non)aggression
//   - 1938-39 gives 1938, 39 and the extra 1939; 8th gives 8 and the extra 8th; 1,234 gives 1234
//   - U.S.S.R. gives ussr
//   - a soft hyphen is no part of a word
func Tokens(text string) []Token { return AppendTokens(make([]Token, 0, len(text)/5+1), text) }

// AppendTokens appends the tokens of text to dst.
func AppendTokens(dst []Token, text string) []Token {
	s := scanner{text: text, tokens: dst}
	for s.at < len(text) {
		r, n := decode(text, s.at)
		switch {
		case alone(r):
			s.emit(s.at, s.at+n)
			s.at += n
		case isWord(r):
			s.word()
		default:
			s.at += n
		}
	}
	return s.tokens
}

// Terms returns the terms of text without the extra ones.
func Terms(text string) []string {
	var out []string
	for _, t := range Tokens(text) {
		if !t.Extra {
			out = append(out, t.Term)
		}
	}
	return out
}

// A scanner walks over a text and collects its tokens.
type scanner struct {
	text   string
	at     int
	pos    int
	tokens []Token
}

// word reads a word and the words tied to it by hyphens.
func (s *scanner) word() {
	first := len(s.tokens)
	for {
		start := s.at
		if end := initials(s.text, start); end > start {
			s.emit(start, end)
			s.at = end
		} else {
			s.at = wordEnd(s.text, start)
			s.emit(start, s.at)
		}
		next := hyphen(s.text, s.at)
		if next < 0 && start > 0 && s.text[start-1] == '(' {
			next = bracket(s.text, s.at)
		}
		if next < 0 {
			break
		}
		s.at = next
	}
	s.extras(first)
}

// extras adds the joined form of a compound and the second year of a range.
func (s *scanner) extras(first int) {
	parts := s.tokens[first:]
	if len(parts) < 2 {
		return
	}
	if len(parts) == 2 && isDigits(parts[0].Term) && isDigits(parts[1].Term) {
		if from, to := parts[0].Term, parts[1].Term; len(from) == 4 && len(to) == 2 && to > from[2:] {
			s.tokens = append(s.tokens, Token{Term: from[:2] + to, Start: parts[1].Start, End: parts[1].End, Pos: parts[1].Pos, Extra: true})
		}
		return
	}
	joined, n := "", 0
	for _, p := range parts {
		if isDigits(p.Term) {
			return
		}
		joined += p.Term
		n += len(p.Term)
	}
	if n <= maxTerm {
		s.tokens = append(s.tokens, Token{Term: joined, Start: parts[0].Start, End: parts[len(parts)-1].End, Pos: parts[0].Pos, Extra: true})
	}
}

// emit adds the token of text[start:end] unless nothing is left of it.
func (s *scanner) emit(start, end int) {
	term := Fold(s.text[start:end])
	if term == "" {
		return
	}
	s.tokens = append(s.tokens, Token{Term: term, Start: start, End: end, Pos: s.pos})
	if isDigits(term) {
		if printed := strings.ToLower(s.text[start:end]); ordinal(printed) == term && printed != term {
			s.tokens = append(s.tokens, Token{Term: printed, Start: start, End: end, Pos: s.pos, Extra: true})
		}
	}
	s.pos++
}

// wordEnd returns where the word that begins at start ends. An apostrophe
// inside a word belongs to it, as does one after a plural s before a space; so
// does a comma or stop between digits in groups of three.
func wordEnd(text string, start int) int {
	i := start
	for i < len(text) {
		if c := text[i]; c < utf8.RuneSelf && isWord(rune(c)) {
			i++
			continue
		}
		r, n := decode(text, i)
		switch {
		case alone(r):
			return i
		case isWord(r) || r == softHyphen:
			i += n
		case isApostrophe(r):
			next, _ := decode(text, i+n)
			if !isWord(next) {
				return i
			}
			i += n
		case r == ',' && groupOfThree(text, i):
			i += n
		default:
			return i
		}
	}
	return i
}

// groupOfThree says whether the comma at i stands between digits as in 1,234.
func groupOfThree(text string, i int) bool {
	if i == 0 || !isDigit(text[i-1]) || len(text) < i+4 {
		return false
	}
	for _, c := range []byte(text[i+1 : i+4]) {
		if !isDigit(c) {
			return false
		}
	}
	return len(text) == i+4 || !isDigit(text[i+4])
}

// initials returns the end of letters that each have a stop, as U.S.S.R. or
// U.S.S.R; start if there are fewer than two. The last stop is no part of it.
func initials(text string, start int) int {
	if start+1 < len(text) && text[start] < utf8.RuneSelf && text[start+1] < utf8.RuneSelf && text[start+1] != '.' {
		return start // nearly always
	}
	i, letters, end := start, 0, start
	for i < len(text) {
		r, n := decode(text, i)
		if !unicode.IsLetter(r) {
			break
		}
		next, m := decode(text, i+n)
		letters++
		if next != '.' {
			if isWord(next) || isApostrophe(next) {
				letters-- // the beginning of a word: "U.S.Steel"
			} else {
				end = i + n
			}
			break
		}
		end = i + n
		i += n + m
	}
	if letters < 2 {
		return start
	}
	return end
}

// hyphen returns the beginning of the word that a hyphen or dash between two
// letters or digits ties to what ends at i, -1 if there is none. A long dash
// (U+2014) ties nothing.
func hyphen(text string, i int) int {
	if i >= len(text) || text[i] < utf8.RuneSelf && text[i] != '-' {
		return -1 // nearly always
	}
	r, n := decode(text, i)
	switch r {
	case '-', '\u2010', '\u2011', '\u2012', '\u2013':
	default:
		return -1
	}
	if next, _ := decode(text, i+n); isWord(next) && !alone(next) {
		return i + n
	}
	return -1
}

// bracket returns the beginning of the word that what stands in brackets before it and ends at i is a part of, -1 if
// there is none: (neo-)realist, (neo)realist. Machine reading puts a space before the closing bracket or behind it.
func bracket(text string, i int) int {
	rest := text[i:]
	hyphenated := strings.HasPrefix(rest, "-")
	if hyphenated {
		rest = strings.TrimPrefix(rest[1:], " ")
	}
	rest, closed := strings.CutPrefix(rest, ")")
	if hyphenated {
		rest = strings.TrimPrefix(rest, " ")
	}
	if next, _ := utf8.DecodeRuneInString(rest); !closed || !unicode.IsLetter(next) || alone(next) {
		return -1
	}
	return len(text) - len(rest)
}

const softHyphen = '\u00ad'

func decode(text string, i int) (rune, int) {
	if i >= len(text) {
		return -1, 0
	}
	if c := text[i]; c < utf8.RuneSelf {
		return rune(c), 1
	}
	return utf8.DecodeRuneInString(text[i:])
}

func isWord(r rune) bool {
	switch {
	case r < 0 || r == utf8.RuneError:
		return false
	case r < utf8.RuneSelf:
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
}

// alone says whether r is written without spaces between words.
func alone(r rune) bool {
	return r >= 0x0e00 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

func isApostrophe(r rune) bool { return r == '\'' || r == '\u2019' || r == '\u02bc' || r == '\u2018' }

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func isDigits(s string) bool {
	for i := range len(s) {
		if !isDigit(s[i]) {
			return false
		}
	}
	return s != ""
}
