package analysis

import (
	_ "embed" // the table is part of the binary
	"slices"
	"strings"
	"sync"
)

// The table has a line for each word of an expression that has irregular forms, with them: give gave given.
//
//go:embed irregular.txt
var irregularTable string

// expressionTable is what is looked up of expressions, made at first use.
type expressionTable struct {
	known     map[string]bool     // step down
	irregular map[string][]string // forms, by word
	bases     map[string]string   // words, by form
}

var expressions = sync.OnceValue(func() expressionTable {
	t := expressionTable{make(map[string]bool), make(map[string][]string), make(map[string]string)}
	for line := range strings.Lines(synonymTable) {
		if head, _, _ := strings.Cut(line, " "); strings.Contains(head, "_") {
			t.known[strings.ReplaceAll(head, "_", " ")] = true
		}
	}
	for line := range strings.Lines(irregularTable) {
		words := strings.Fields(line)
		t.irregular[words[0]] = words[1:]
		for _, form := range words[1:] {
			t.bases[form] = words[0]
		}
	}
	return t
})

// The words of an expression, at most.
const maxExpression = 4

// Expression returns the expression of two to four words that folded words begin with, as the synonyms know it (step down, for
// stepped down last), and how many words it has; the longest, or none. Any word of it may stand in another form.
func Expression(words []string) (expression string, n int) {
	t := expressions()
	for n := min(len(words), maxExpression); n > 1; n-- {
		if e := t.match(nil, words[:n]); e != "" {
			return e, n
		}
	}
	return "", 0
}

// match returns the expression that begins with some words and goes on with forms of others.
func (t expressionTable) match(begin, words []string) string {
	if len(words) == 0 {
		if e := strings.Join(begin, " "); t.known[e] {
			return e
		}
		return ""
	}
	for _, base := range append([]string{words[0], t.bases[words[0]]}, Bases(words[0])...) {
		if base != "" {
			if e := t.match(append(slices.Clip(begin), base), words[1:]); e != "" {
				return e
			}
		}
	}
	return ""
}

// Inflected says whether a folded word is a regular form of another: stepped of step, but not stepson.
func Inflected(word, of string) bool { return slices.Contains(Bases(word), of) }

// Irregular returns the irregular forms of a folded word that stands in expressions: gave and given of give.
func Irregular(word string) []string { return expressions().irregular[word] }
