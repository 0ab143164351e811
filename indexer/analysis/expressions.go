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

// irregularForms is what irregularTable says.
type irregularForms struct {
	of    map[string][]string // forms, by word
	bases map[string]string   // words, by form
}

var irregular = sync.OnceValue(func() irregularForms {
	t := irregularForms{make(map[string][]string), make(map[string]string)}
	for line := range strings.Lines(irregularTable) {
		words := strings.Fields(line)
		t.of[words[0]] = words[1:]
		for _, form := range words[1:] {
			t.bases[form] = words[0]
		}
	}
	return t
})

// Expression returns the expression of two to four words that folded words begin with, as the synonyms know it (step down, for
// stepped down last), and how many words it has; the longest, or none. Any word of it may stand in another form, and an article between them.
func Expression(words []string) (expression string, n int) { return longest("", words, false) }

// longest returns the longest expression that goes on from its beginning with forms of words, and how many of them it has. One article may
// stand before the first, if none stood there already.
func longest(begin string, words []string, article bool) (expression string, n int) {
	if len(words) == 0 {
		return "", 0
	}
	for _, base := range formsOf(words[0]) {
		key := strings.ReplaceAll(begin+base, " ", "_")
		head, _ := seek(key)
		whole := begin != "" && head == key
		if head, _ := seek(key + "_"); !whole && !strings.HasPrefix(head, key+"_") {
			continue // nothing begins so
		}
		if e, more := longest(begin+base+" ", words[1:], false); more > 0 && 1+more > n {
			expression, n = e, 1+more
		} else if whole && n == 0 {
			expression, n = begin+base, 1
		}
	}
	if begin != "" && !article && isArticle(words[0]) { // refuse the offer
		if e, more := longest(begin, words[1:], true); more > 0 && 1+more > n {
			expression, n = e, 1+more
		}
	}
	return expression, n
}

// formsOf returns the forms in which an expression may have a word: as typed, as a base of it, and with an s that is typed as an apostrophe and no
// part of the word (cat's paw, cats paw) or not at all.
func formsOf(word string) []string {
	out := append([]string{word}, Bases(word)...)
	if base := irregular().bases[word]; base != "" {
		out = append(out, base)
	}
	if !strings.HasSuffix(word, "s") {
		out = append(out, word+"s")
	}
	return out
}

func isArticle(word string) bool { return word == "the" || word == "a" || word == "an" }

// Inflected says whether a folded word is a regular form of another: stepped of step, but not stepson.
func Inflected(word, of string) bool { return slices.Contains(Bases(word), of) }

// Irregular returns the irregular forms of a folded word that stands in expressions: gave and given of give.
func Irregular(word string) []string { return irregular().of[word] }
