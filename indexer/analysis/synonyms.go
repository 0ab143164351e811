package analysis

import (
	_ "embed" // the table is part of the binary
	"slices"
	"strings"
)

//go:generate go run gen.go gen_places.go gen_thesaurus.go gen_wordnet.go

// The table has a line for each word, sorted, with the words told of it, the nearest first, and the weight of each in
// hundredths:
//
//	decide resolve91 rule90 decision+70
//	memoranda memo92 note91 memorandum=90
//
// A plus tells a word that is derived of it, an equals sign an irregular form of it. Words are folded and without hyphens; an expression has
// underscores: step_down. A form has no line, except an irregular one (wrote) and one that is a word of its own (talks).
// It is searched where it lies: it costs neither time at the start nor memory.
// SYNONYMS.md names its sources and says how it is made.
//
//go:embed synonyms.txt
var synonymTable string

// A Synonym is a word or expression that means much the same as another, or that is made of one word with it (decide, decision).
type Synonym struct {
	Word   string  // as dictionaries have it, folded; an irregular form stands for itself; an expression has spaces: step down
	Stem   string  // of Word; see Stem. That of an expression is itself.
	Weight float64 // over 0, below 1; what an occurrence counts beside one of the word itself

	Derived   bool // made of the same word (decide, decision), or an irregular form of it
	Irregular bool // an irregular form of it, or the word it is one of (write, wrote)
}

// Means says whether a folded word is a synonym or a form of it, or the quality of one: credits of credit, but not creditor,
// readiness of ready.
func (s Synonym) Means(word string) bool {
	if quality, ok := strings.CutSuffix(word, "ness"); ok && Stem(word) == s.Stem && Stem(quality) == s.Stem {
		return true
	}
	return word == s.Word || Inflected(word, s.Word)
}

// IsExpression says whether it has several words.
func (s Synonym) IsExpression() bool { return strings.Contains(s.Word, " ") }

// Synonyms returns the synonyms of a folded word or expression (see Expression), the nearest first; at most
// 48 words and 16 expressions, none of its own stem. A form that has no line of its own has that of its base (loans,
// loan). It knows no names.
func Synonyms(word string) []Synonym {
	out, ok := synonymsAt(strings.ReplaceAll(word, " ", "_"))
	if !ok {
		for _, base := range Bases(word) {
			if out, ok = synonymsAt(base); ok {
				break
			}
		}
	}
	stem := Stem(word)
	return slices.DeleteFunc(out, func(s Synonym) bool { return s.Stem == stem })
}

// synonymsAt returns what the line of a word says, and whether it has one.
func synonymsAt(key string) ([]Synonym, bool) {
	head, rest := seek(key)
	if head != key {
		return nil, false
	}
	return parseSynonyms(rest), true
}

// seek returns the first line of the table whose head is not before key; no head if there is none.
func seek(key string) (head, rest string) {
	lo, hi := 0, len(synonymTable) // both begin a line, or end the table
	for lo < hi {
		start := strings.LastIndexByte(synonymTable[:(lo+hi)/2], '\n') + 1
		line, _, _ := strings.Cut(synonymTable[start:], "\n")
		if head, _, _ := strings.Cut(line, " "); head < key {
			lo = start + len(line) + 1
		} else {
			hi = start
		}
	}
	line, _, _ := strings.Cut(synonymTable[lo:], "\n")
	head, rest, _ = strings.Cut(line, " ")
	return head, rest
}

func parseSynonyms(line string) []Synonym {
	out := make([]Synonym, 0, strings.Count(line, " ")+1)
	for s := range strings.FieldsSeq(line) {
		last := len(s) - 2
		word, irregular := strings.CutSuffix(s[:last], "=")
		word, derived := strings.CutSuffix(word, "+")
		word = strings.ReplaceAll(word, "_", " ")
		weight := float64(s[last]-'0')/10 + float64(s[last+1]-'0')/100
		out = append(out, Synonym{Word: word, Stem: Stem(word), Weight: weight, Derived: derived || irregular, Irregular: irregular})
	}
	return out
}
