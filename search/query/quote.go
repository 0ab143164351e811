package query

import (
	"slices"
	"strings"
	"unicode"
)

// closers are the double quotes that open a phrase, each with those that may
// close it: straight, English, German and Swedish, French and reversed French.
// Hands and word processors mix them, so the straight one closes all.
var closers = map[rune]string{
	'"': `"”`,
	'“': `”"`,
	'„': `“”"`,
	'‟': `”"`,
	'”': `”"`,
	'«': `»"`,
	'»': `«"`,
}

// opensQuote says whether a quotation mark at the current rune opens a phrase.
// One directly behind a word closes nothing and opens nothing: it is an inch
// mark, or the end of a quotation whose beginning was not copied. So is one
// with nothing behind it.
func (l *lexer) opensQuote() bool {
	if _, ok := closers[l.runes[l.at]]; !ok || isWordRune(l.peek(l.at-1)) {
		return false
	}
	return slices.ContainsFunc(l.runes[l.at+1:], isWordRune) || l.closing(l.at) >= 0
}

// closing returns the index of the mark that closes the quotation mark at index open, -1 if there is none.
func (l *lexer) closing(open int) int {
	marks := closers[l.runes[open]]
	for i := open + 1; i < len(l.runes); i++ {
		if strings.ContainsRune(marks, l.runes[i]) {
			return i
		}
	}
	return -1
}

// quoted returns the text of the quotation that opens at the current rune and
// steps behind it.
func (l *lexer) quoted() ([]rune, error) {
	end := l.closing(l.at)
	if end < 0 {
		return nil, l.errorf(l.columns[l.at],
			"The quotation mark in column %d is not closed; put a second one behind the last word of the phrase.", l.columns[l.at])
	}
	text := l.runes[l.at+1 : end]
	l.at = end + 1
	return text, nil
}

// phrase reads "words in this order", with ~5 behind it words near each other.
// A quotation without a word makes no token.
func (l *lexer) phrase() error {
	start := l.at
	if unbalanced := l.closing(l.at) < 0; unbalanced && unicode.IsSpace(l.peek(l.at+1)) {
		l.at++ // stands alone between words: no one opens a phrase like that
		return nil
	}
	text, err := l.quoted()
	if err != nil {
		return err
	}
	words := wordsOf(text)
	if len(words) > MaxPhrase {
		return l.errorf(l.columns[start], "The phrase has more than %d words; shorten it.", MaxPhrase)
	}
	slop, err := l.slop()
	if err != nil || len(words) == 0 {
		return err
	}
	l.leaf(start, Phrase{Words: words, Slop: slop})
	return nil
}

// slop reads the ~5 behind a phrase. A tilde without a number means DefaultSlop.
func (l *lexer) slop() (int, error) {
	if l.peek(l.at) != '~' {
		return 0, nil
	}
	start := l.at
	l.at++
	n, digits := 0, 0
	for ; l.peek(l.at) >= '0' && l.peek(l.at) <= '9'; l.at++ {
		n = min(n*10+int(l.peek(l.at)-'0'), MaxSlop+1)
		digits++
	}
	if digits == 0 {
		return DefaultSlop, nil
	}
	if n > MaxSlop {
		return 0, l.errorf(l.columns[start], "Words may be at most %d apart; write a smaller number behind the tilde.", MaxSlop)
	}
	return n, nil
}
