package search

import (
	"cmp"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/blevesearch/vellum/levenshtein"

	"ibid/indexer/schema"
)

// maxScanned bounds the words of the index that one word is compared with.
const maxScanned = 2000

// A candidate is a word of the index close to another.
type candidate struct {
	term string
	cost float64 // edits; a confusion of machine reading counts half
	docs int
}

// automata make recognisers of words within 1 or 2 edits; making one takes
// milliseconds, so they are made at first use.
var automata = [3]func() *levenshtein.LevenshteinAutomatonBuilder{
	1: sync.OnceValue(func() *levenshtein.LevenshteinAutomatonBuilder { return builder(1) }),
	2: sync.OnceValue(func() *levenshtein.LevenshteinAutomatonBuilder { return builder(2) }),
}

func builder(edits uint8) *levenshtein.LevenshteinAutomatonBuilder {
	b, err := levenshtein.NewLevenshteinAutomatonBuilder(edits, true)
	if err != nil {
		panic(err) // only for more than 5 edits
	}
	return b
}

// closest returns the few best words of the index for one that it does not have.
func (s *search) closest(term string) []candidate {
	all := s.close(term, maxFuzzyForms)
	var out []candidate
	for _, c := range all {
		if c.cost > all[0].cost || len(out) == 3 {
			break
		}
		out = append(out, c)
	}
	return out
}

// close returns at most n words of the index near term, best first: by edits,
// then by the passages they are in. Words under 4 letters have none. One edit is
// tried first, and the confusions of machine reading; two for words of 6 letters
// or more that nothing is nearer to, which costs ten times as much.
func (s *search) close(term string, n int) []candidate {
	letters := utf8.RuneCountInString(term)
	if letters < 4 || len(term) > 40 || strings.Trim(term, "0123456789") == "" {
		return nil
	}
	out := append(s.misread(term), s.within(term, 1)...)
	if letters > 5 && len(out) == 0 {
		out = s.within(term, 2)
	}
	slices.SortFunc(out, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(a.cost, b.cost), cmp.Compare(b.docs, a.docs), cmp.Compare(a.term, b.term))
	})
	out = slices.CompactFunc(out, func(a, b candidate) bool { return a.term == b.term })
	return out[:min(len(out), n)]
}

// misread returns the words of the text that differ by one confusion of machine reading.
func (s *search) misread(term string) []candidate {
	var out []candidate
	for _, c := range confusions {
		for _, way := range [][2]string{{c[0], c[1]}, {c[1], c[0]}} {
			for at := 0; ; at++ {
				i := strings.Index(term[at:], way[0])
				if i < 0 {
					break
				}
				at += i
				if w := term[:at] + way[1] + term[at+len(way[0]):]; s.has(schema.FieldText, w) {
					out = append(out, candidate{term: w, cost: 0.5, docs: int(s.term(schema.FieldText, w).docs.GetCardinality())})
				}
			}
		}
	}
	return out
}

// within returns the words of the text within so many edits of term.
func (s *search) within(term string, edits uint8) []candidate {
	dfa, err := automata[edits]().BuildDfa(term, edits)
	if err != nil {
		return nil // the word is too long for the recogniser: nothing is near it
	}
	terms := s.dict(schema.FieldText).AutomatonIterator(dfa, nil, nil)
	var out []candidate
	for range maxScanned {
		e, err := terms.Next()
		if err != nil {
			panic(err)
		}
		if e == nil {
			break
		}
		if e.Term != term && !strings.ContainsAny(e.Term, "0123456789") {
			out = append(out, candidate{term: e.Term, cost: cost(term, e.Term), docs: int(e.Count)})
		}
	}
	return out
}

// confusions are letters that machine reading takes for each other.
var confusions = [][2]string{{"rn", "m"}, {"in", "m"}, {"nn", "rm"}, {"cl", "d"}, {"li", "h"}, {"vv", "w"}, {"ii", "u"}, {"ti", "u"}, {"e", "c"}, {"l", "i"}, {"f", "s"}, {"nn", "un"}, {"u", "n"}, {"tl", "d"}, {"m", "nn"}}

// cost rates how far a word of the index is from one typed. A different first
// letter counts more: readers seldom mistype it. See misread for what costs less.
func cost(typed, indexed string) float64 {
	edits := float64(distance([]rune(typed), []rune(indexed)))
	a, _ := utf8.DecodeRuneInString(typed)
	if b, _ := utf8.DecodeRuneInString(indexed); a != b {
		edits += 0.7
	}
	return edits
}

// distance counts the letters to insert, delete, replace or swap with their
// neighbour to make b of a (optimal string alignment).
func distance(a, b []rune) int {
	before, last := make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row := make([]int, len(b)+1)
		row[0] = i
		for j := 1; j <= len(b); j++ {
			replace := last[j-1]
			if a[i-1] != b[j-1] {
				replace++
			}
			row[j] = min(replace, last[j]+1, row[j-1]+1)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last = last, row
	}
	return last[len(b)]
}
