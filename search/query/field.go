package query

import (
	"slices"
	"strings"
	"unicode"
)

// Fields are the names of fields that a query may use, in the order of the manual.
var Fields = []string{"actor", "speaker", "to", "cite", "date", "phase", "kind", "section", "page", "medium", "note", "source"}

// Kinds are the values of the field kind.
var Kinds = []string{"heading", "paragraph", "footnote", "quotation"}

// fieldName returns the field that a word names, in any case of letters.
func fieldName(word string) (string, bool) {
	name := strings.ToLower(word)
	return name, slices.Contains(Fields, name)
}

// field reads the value behind the colon at the current rune. It reports false
// and stays where it is if there is none, or none that the field can have: then
// the name is a word like any other.
func (l *lexer) field(start int, name string) (bool, error) {
	colon := l.at
	l.at++
	value, err := l.value(name)
	if err != nil {
		return false, err
	}
	if value == "" || name == "note" && !isNumber(value) {
		l.at = colon
		return false, nil
	}
	if name == "kind" {
		value = kindOf(value)
	}
	if err := l.checkValue(colon+1, name, value); err != nil {
		return false, err
	}
	l.leaf(start, Field{Name: name, Value: value})
	return true, nil
}

// value reads a quoted value, or one that runs to the next space, parenthesis or quotation mark.
func (l *lexer) value(name string) (string, error) {
	if _, ok := closers[l.peek(l.at)]; ok {
		text, err := l.quoted()
		return cleanValue(text), err
	}
	if l.peek(l.at) == '(' {
		return "", l.errorf(l.columns[l.at], "A field takes one value; write %s:a OR %s:b for several.", name, name)
	}
	start := l.at
	for l.at < len(l.runes) && !endsValue(l.runes[l.at]) {
		l.at++
	}
	return bareValue(name, l.runes[start:l.at]), nil
}

func endsValue(r rune) bool {
	return unicode.IsSpace(r) || isQuote(r) || strings.ContainsRune("(){}", r)
}

func isQuote(r rune) bool { return strings.ContainsRune(`"“”„‟«»`, r) }

// bareValue takes the punctuation of the sentence off the end of a value; a
// date keeps what EDTF gives a meaning.
func bareValue(name string, text []rune) string {
	marks := ".,;:!?…"
	if name == "date" {
		marks = ",;:!"
	}
	value := strings.TrimRight(string(text), marks)
	if !strings.ContainsFunc(value, isWordRune) {
		return ""
	}
	return value
}

// cleanValue makes a quoted value fit to be printed between straight quotation marks.
func cleanValue(text []rune) string {
	value := strings.Map(func(r rune) rune {
		if isQuote(r) {
			return ' '
		}
		return r
	}, string(text))
	value = strings.Join(strings.Fields(value), " ")
	if !strings.ContainsFunc(value, isWordRune) {
		return ""
	}
	return value
}

// kindOf returns the kind that a value names in any case of letters, also as several: Footnotes.
func kindOf(value string) string {
	one := strings.TrimSuffix(strings.ToLower(value), "s")
	if slices.Contains(Kinds, one) {
		return one
	}
	return value
}

// anyYear stands for the default year of a corpus, which the parser does not
// know; a leap year, so that it has every day.
const anyYear = 2000

// checkValue returns an Error if the field cannot have that value.
func (l *lexer) checkValue(at int, name, value string) error {
	switch name {
	case "kind":
		if !slices.Contains(Kinds, value) {
			return l.errorf(l.columns[at], "There is no kind %q; write %s.", value, orList(Kinds))
		}
	case "date":
		if _, err := ReadRange(value, anyYear); err != nil {
			return l.errorf(l.columns[at], "Here %s.", err)
		}
	}
	return nil
}

// orList prints names as "a, b or c".
func orList(names []string) string {
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " or " + names[last]
}

func isNumber(s string) bool {
	return s != "" && len(s) <= 5 && strings.Trim(s, "0123456789") == ""
}

// hint reads what Hint.String prints: {20 May 1939 = date:1939-05-20}. Braces
// around anything else are punctuation.
func (l *lexer) hint() {
	start := l.at
	l.at++
	end := slices.Index(l.runes[start:], '}')
	equal := slices.Index(l.runes[start:], '=')
	if equal < 0 || end < equal {
		return
	}
	words := wordsOf(l.runes[start+1 : start+equal])
	sub := lexer{runes: l.runes[start+equal+1 : start+end], columns: l.columns[start+equal+1:]}
	for sub.at < len(sub.runes) {
		if sub.next() != nil {
			return
		}
	}
	if len(words) == 0 || len(sub.tokens) != 1 {
		return
	}
	f, ok := sub.tokens[0].node.(Field)
	if !ok {
		return
	}
	l.clauses += len(words) - 1
	l.leaf(start, Hint{Field: f, Words: words})
	l.at = start + end + 1
}
