package query

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A tokenKind says what a token is.
type tokenKind int

const (
	leafToken  tokenKind = iota // a word, prefix, fuzzy word, phrase, field or hint
	openToken                   // (
	closeToken                  // )
	andToken                    // AND
	orToken                     // OR
	notToken                    // NOT, or - before a clause
)

// A token is one sign of the query language.
type token struct {
	kind   tokenKind
	column int  // 1-based, in runes of the query as typed
	node   Node // of a leafToken; of an operator that was typed as a word, that word
}

// A lexer cuts a query into tokens. Runes that a reader cannot see are left
// out, so columns are kept beside them.
type lexer struct {
	runes   []rune
	columns []int // columns[i] is the 1-based column of runes[i]; one more at the end
	at      int   // index into runes
	clauses int
	tokens  []token
}

// lex returns the tokens of a query. Punctuation makes no token.
func lex(s string) ([]token, error) {
	l, err := newLexer(s)
	if err != nil {
		return nil, err
	}
	for l.at < len(l.runes) {
		if err := l.next(); err != nil {
			return nil, err
		}
		if l.clauses > MaxClauses {
			return nil, l.errorf(l.tokens[len(l.tokens)-1].column,
				"The query has more than %d words and clauses; leave some out.", MaxClauses)
		}
	}
	return l.tokens, nil
}

// newLexer checks the length and cleans the runes: bytes that are no UTF-8 and
// control characters become spaces; format characters (soft hyphens, joiners,
// direction marks, byte order marks) come with text copied from a page and are dropped.
func newLexer(s string) (*lexer, error) {
	l := &lexer{}
	column := 0
	for i, r := range s {
		column++
		if column > MaxRunes {
			return nil, l.errorf(column, "The query is longer than %d characters; shorten it.", MaxRunes)
		}
		if r == utf8.RuneError && invalidAt(s, i) || unicode.IsControl(r) {
			r = ' '
		}
		if unicode.Is(unicode.Cf, r) {
			continue
		}
		l.runes = append(l.runes, r)
		l.columns = append(l.columns, column)
	}
	l.columns = append(l.columns, column+1)
	return l, nil
}

// invalidAt says whether byte i of s begins no valid rune.
func invalidAt(s string, i int) bool {
	_, size := utf8.DecodeRuneInString(s[i:])
	return size == 1
}

func (l *lexer) errorf(column int, format string, args ...any) error {
	return &Error{Column: column, Message: fmt.Sprintf(format, args...)}
}

// next reads one token, or steps over one rune of punctuation.
func (l *lexer) next() error {
	switch r := l.runes[l.at]; {
	case r == '(':
		l.emit(openToken, nil)
		l.at++
	case r == ')':
		l.emit(closeToken, nil)
		l.at++
	case r == '-' && l.isMinus():
		l.emit(notToken, nil)
		l.at++
	case r == '{':
		l.hint()
	case l.opensQuote():
		return l.phrase()
	case isWordRune(r):
		return l.wordOrField()
	default:
		l.at++
	}
	return nil
}

func (l *lexer) emit(kind tokenKind, n Node) {
	l.tokens = append(l.tokens, token{kind: kind, column: l.columns[l.at], node: n})
}

// leaf emits a clause that began at index start.
func (l *lexer) leaf(start int, n Node) {
	l.clauses++
	l.tokens = append(l.tokens, token{kind: leafToken, column: l.columns[start], node: n})
}

// peek returns the rune at index i, a space outside the query.
func (l *lexer) peek(i int) rune {
	if i < 0 || i >= len(l.runes) {
		return ' '
	}
	return l.runes[i]
}

// isMinus says whether the hyphen at the current rune excludes what follows: it
// stands apart from what is before it and directly before a clause.
func (l *lexer) isMinus() bool {
	before, after := l.peek(l.at-1), l.peek(l.at+1)
	if !unicode.IsSpace(before) && before != '(' {
		return false
	}
	_, quote := closers[after]
	return isWordRune(after) || after == '(' || quote
}

// wordOrField reads what begins with a word rune: an operator, a field, a
// prefix, a fuzzy word or a plain word.
func (l *lexer) wordOrField() error {
	start := l.at
	text := l.word()
	if text == "" {
		return nil
	}
	if name, ok := fieldName(text); ok && l.peek(l.at) == ':' {
		if done, err := l.field(start, name); done || err != nil {
			return err
		}
	}
	if kind, ok := operators[text]; ok {
		l.tokens = append(l.tokens, token{kind: kind, column: l.columns[start], node: Word{strings.ToLower(text)}})
		return nil
	}
	switch {
	case l.endsWith('*'):
		l.at++
		if letters(text) < MinPrefix {
			return l.errorf(l.columns[start], "Put at least %d letters before the star.", MinPrefix)
		}
		l.leaf(start, Prefix{Text: text})
	case l.peek(l.at) == '*' && letters(text) >= MinPrefix && isWordRune(l.peek(l.at+1)):
		l.innerStar(start, text)
	case l.endsWithTilde() && hasLetter(text):
		l.tilde()
		l.leaf(start, Fuzzy{Text: text})
	default:
		l.leaf(start, Word{Text: text})
	}
	return nil
}

var operators = map[string]tokenKind{"AND": andToken, "OR": orToken, "NOT": notToken}

// endsWith says whether the sign c stands at the current rune, once, at the end of a word.
func (l *lexer) endsWith(c rune) bool {
	after := l.peek(l.at + 1)
	return l.peek(l.at) == c && after != c && !isWordRune(after)
}

// endsWithTilde says whether a tilde closes the word before it: ~, or ~1 and ~2
// as other engines write it.
func (l *lexer) endsWithTilde() bool {
	if l.peek(l.at) == '~' && strings.ContainsRune("012", l.peek(l.at+1)) {
		return !isWordRune(l.peek(l.at + 2))
	}
	return l.endsWith('~')
}

// innerStar reads the end of a word that has a star within it.
func (l *lexer) innerStar(start int, text string) {
	star := l.at
	l.at++
	if end := l.word(); end != "" && l.peek(l.at) != '*' && l.peek(l.at) != '~' {
		l.leaf(start, Prefix{Text: text, End: end})
		return
	}
	l.at = star + 1 // no word, or another sign: the star is punctuation
	l.leaf(start, Word{Text: text})
}

// tilde steps over a tilde and the digit that may follow it.
func (l *lexer) tilde() {
	l.at++
	if strings.ContainsRune("012", l.peek(l.at)) {
		l.at++
	}
}

// word reads the word at the current rune and steps behind it. It returns ""
// for marks without a letter or digit to stand on.
func (l *lexer) word() string {
	start, solid := l.at, false
	for l.at < len(l.runes) && (isWordRune(l.runes[l.at]) || l.joins(l.at)) {
		solid = solid || !unicode.IsMark(l.runes[l.at])
		l.at++
	}
	if !solid {
		return ""
	}
	return string(l.runes[start:l.at])
}

// joins says whether the sign at index i holds a word together: an apostrophe
// (d'affaires) or hyphen (non-aggression) between word runes; a point, comma,
// colon or stroke between digits (1938/39); a point between single letters (U.S.).
func (l *lexer) joins(i int) bool {
	before, after := l.peek(i-1), l.peek(i+1)
	if !isWordRune(before) || !isWordRune(after) {
		return false
	}
	switch r := l.runes[i]; {
	case strings.ContainsRune("'’‘`´′-‐‑", r):
		return true
	case strings.ContainsRune(".,:/", r) && unicode.IsDigit(before) && unicode.IsDigit(after):
		return true
	case r == '.' && unicode.IsLetter(before) && unicode.IsLetter(after):
		left := l.peek(i - 2)
		return (left == '.' || !isWordRune(left) && !l.isJoiner(i-2)) && !isWordRune(l.peek(i+2)) && !l.isJoiner(i+2)
	}
	return false
}

// isJoiner says whether an apostrophe or hyphen stands at index i.
func (l *lexer) isJoiner(i int) bool { return strings.ContainsRune("'’‘`´′-‐‑", l.peek(i)) }

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r) }

func letters(s string) int {
	n := 0
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			n++
		}
	}
	return n
}

func hasLetter(s string) bool { return strings.IndexFunc(s, unicode.IsLetter) >= 0 }

// PlainText returns a query of the words of text in which no sign or operator
// means anything: quotation marks, hyphens before words, AND. Words beyond
// MaxClauses or MaxRunes are left out. It is for text that nobody wrote as a query.
func PlainText(text string) string {
	var out strings.Builder
	for i, w := range wordsOf([]rune(strings.ToValidUTF8(text, " "))) {
		if _, ok := operators[w]; ok {
			w = strings.ToLower(w)
		}
		if i == MaxClauses || utf8.RuneCountInString(out.String())+utf8.RuneCountInString(w) >= MaxRunes {
			break
		}
		out.WriteString(w + " ")
	}
	return strings.TrimSpace(out.String())
}

// wordsOf cuts text into words as a query is cut, without reading any operator.
func wordsOf(text []rune) []string {
	l := lexer{runes: text}
	var out []string
	for l.at < len(l.runes) {
		if !isWordRune(l.runes[l.at]) {
			l.at++
		} else if w := l.word(); w != "" {
			out = append(out, w)
		}
	}
	return out
}
