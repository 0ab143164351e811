package search

import (
	"cmp"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/blevesearch/vellum"
	"github.com/blevesearch/vellum/levenshtein"

	"ibid/indexer/schema"
)

// maxScanned bounds the words of the index that one word is compared with.
const maxScanned = 2000

// A candidate is a word of the index close to another.
type candidate struct {
	term string
	cost float64 // edits; a confusion of machine reading or of sounds counts less than one
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

// alike is the difference of costs within which words are as near to what was typed.
const alike = 0.2

// closest returns the few best words of the index for one that it does not have, as long as there are not more than maxCorrections such words.
func (s *search) closest(term string) []candidate {
	if out, ok := s.nearest[term]; ok {
		return out
	}
	if len(s.nearest) == maxCorrections {
		return nil
	}
	all := s.close(term, maxFuzzyForms)
	var out []candidate
	for _, c := range all {
		if c.cost > all[0].cost+alike || len(out) == 3 {
			break
		}
		out = append(out, c)
	}
	s.nearest[term] = out
	return out
}

// close returns at most n words of the index near term, best first: by edits,
// then by the passages they are in. Words under 4 letters have none. One edit is
// tried first, and the confusions of machine reading and of sounds; two for words of 6 letters
// or more that nothing is nearer to, which costs ten times as much.
func (s *search) close(term string, n int) []candidate {
	letters := utf8.RuneCountInString(term)
	if letters < 4 || len(term) > 40 || strings.Trim(term, "0123456789") == "" {
		return nil
	}
	out := slices.Concat(s.swapped(term, confusions, confusionCost), s.swapped(term, sounds, soundCost), s.within(term, 1))
	if letters > 5 && len(out) == 0 {
		out = slices.Concat(s.soundsTwice(term), s.within(term, 2))
	}
	slices.SortFunc(out, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(a.cost, b.cost), cmp.Compare(b.docs, a.docs), cmp.Compare(a.term, b.term))
	})
	out = slices.CompactFunc(out, func(a, b candidate) bool { return a.term == b.term })
	return out[:min(len(out), n)]
}

// longestSounds is the number of bytes over which a word is not tried in all ways that differ by two sounds: they are some thousands.
const longestSounds = 20

// soundsTwice returns the words of the text that differ by two pairs of letters with one sound: Chekoslovakia.
func (s *search) soundsTwice(term string) []candidate {
	var out []candidate
	if len(term) > longestSounds {
		return nil
	}
	each(term, sounds, func(once string) {
		out = append(out, s.swapped(once, sounds, 2*soundCost)...)
	})
	return out
}

// swapped returns the words of the text that differ by one of some pairs of letters that are taken for each other.
func (s *search) swapped(term string, pairs [][2]string, cost float64) []candidate {
	var out []candidate
	each(term, pairs, func(w string) {
		if s.has(schema.FieldText, w) {
			out = append(out, candidate{term: w, cost: cost, docs: int(s.term(schema.FieldText, w).docs.GetCardinality())})
		}
	})
	return out
}

// each calls visit with a term in which one of some pairs of letters is swapped, in one place.
func each(term string, pairs [][2]string, visit func(string)) {
	for _, c := range pairs {
		for _, way := range [][2]string{{c[0], c[1]}, {c[1], c[0]}} {
			for at := 0; ; at++ {
				i := strings.Index(term[at:], way[0])
				if i < 0 {
					break
				}
				at += i
				visit(term[:at] + way[1] + term[at+len(way[0]):])
			}
		}
	}
}

// within returns the words of the text within so many edits of term.
func (s *search) within(term string, edits uint8) []candidate {
	dfa, err := automata[edits]().BuildDfa(term, edits)
	if err != nil {
		return nil // the word is too long for the recogniser: nothing is near it
	}
	var out []candidate
	s.accepted(dfa, func(found string, docs int) {
		if found != term && !strings.ContainsAny(found, "0123456789") {
			out = append(out, candidate{term: found, cost: cost(term, found), docs: docs})
		}
	})
	return out
}

// accepted calls visit with the words of the text that an automaton accepts, and the number of
// passages each is in, maxScanned at most.
func (s *search) accepted(by vellum.Automaton, visit func(word string, docs int)) {
	terms := s.dict(schema.FieldText).AutomatonIterator(by, nil, nil)
	for range maxScanned {
		e, err := terms.Next()
		if err != nil {
			panic(err)
		}
		if e == nil {
			return
		}
		visit(e.Term, int(e.Count))
	}
}

// confusions are letters that machine reading takes for each other.
var confusions = [][2]string{{"rn", "m"}, {"in", "m"}, {"nn", "rm"}, {"cl", "d"}, {"li", "h"}, {"vv", "w"}, {"ii", "u"}, {"ti", "u"}, {"e", "c"}, {"l", "i"}, {"f", "s"}, {"nn", "un"}, {"u", "n"}, {"tl", "d"}, {"m", "nn"}}

// sounds are letters that readers write for each other in a name that they have only heard. They are those that
// Metaphone (Philips, Hanging on the Metaphone, Computer Language 7, 1990) and, for names from the German and the Slavic,
// Double Metaphone (Philips, C/C++ Users Journal, 2000) give one sound.
var sounds = [][2]string{{"x", "ks"}, {"x", "cks"}, {"x", "cs"}, {"ph", "f"}, {"ph", "v"}, {"ck", "k"}, {"ck", "c"}, {"k", "c"}, {"k", "ch"}, {"q", "k"}, {"kn", "n"},
	{"wr", "r"}, {"sch", "sh"}, {"sch", "sk"}, {"tch", "ch"}, {"tsch", "ch"}, {"dg", "j"}, {"w", "v"}, {"wh", "w"}, {"ts", "tz"}, {"z", "tz"}, {"z", "s"}, {"sz", "s"},
	{"cz", "ch"}, {"dt", "t"}, {"th", "t"}, {"rh", "r"}, {"gh", "g"}, {"y", "i"}, {"ie", "i"}, {"ei", "ai"}, {"ee", "ea"}, {"oo", "u"}, {"ou", "u"}, {"eu", "oi"}, {"ow", "ov"}}

// What a confusion of machine reading and one of sounds cost beside an edit.
const (
	confusionCost = 0.5
	soundCost     = 0.8
)

// cost rates how far a word of the index is from one typed. A different first
// letter counts more: readers seldom mistype it. See swapped for what costs less.
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
