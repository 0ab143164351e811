package search

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"ibid/indexer/analysis"
	"ibid/indexer/schema"
)

// Bounds of the look for candidates. A word that more than maxVoterPassages
// passages have tells little, and is looked up only where there is no other. In
// 100,000 passages of 100 words a check takes 12 to 200 ms (2026, two cores).
const (
	maxCandidates    = 32     // passages that are compared word for word
	maxRuns          = 24     // runs of words that are looked up
	runWords         = 4      // words of a run
	maxVoters        = 64     // single words that are looked up, the rarest
	maxVoterPassages = 20_000 // of one of them
	runWeight        = 2      // a run counts as a word as rare as it times this
	likelyShare      = 0.1    // of the votes of the likeliest; a passage with three words in five has more
)

// quoteCandidates returns the passages most likely to have the text: those that
// have most of its runs of words and of its rare words, the likeliest first. The
// index has the words of the reading; a word that only the print breaks in two
// is also looked up whole.
func (s *search) quoteCandidates(words []quoteWord) []uint32 {
	votes := make(map[uint32]float64)
	stretches := termsOfQuote(words)
	for _, run := range runs(stretches) {
		s.check()
		docs := s.phrase(run).docs
		weight := runWeight * s.idf(docs)
		for it := docs.Iterator(); it.HasNext(); {
			s.check()
			votes[it.Next()] += weight
		}
	}
	for _, t := range s.voters(stretches) {
		weight := s.idf(t.docs)
		it := t.docs.Iterator()
		for n := 0; it.HasNext() && n < maxVoterPassages; n++ {
			s.check()
			votes[it.Next()] += weight
		}
	}
	docs := slices.SortedFunc(maps.Keys(votes), func(a, b uint32) int {
		return cmp.Or(cmp.Compare(votes[b], votes[a]), cmp.Compare(a, b))
	})
	docs = docs[:min(len(docs), maxCandidates)]
	for len(docs) > 0 && votes[docs[len(docs)-1]] < likelyShare*votes[docs[0]] {
		docs = docs[:len(docs)-1]
	}
	return docs
}

// termsOfQuote returns the terms of each stretch between ellipses.
func termsOfQuote(words []quoteWord) [][]string {
	out := [][]string{nil}
	for _, w := range words {
		last := len(out) - 1
		if w.joined {
			out[last] = append(out[last], w.bare)
		} else {
			out[last] = append(out[last], analysis.Terms(w.core)...)
		}
		if w.skip {
			out = append(out, nil)
		}
	}
	return out
}

// runs returns runs of words of the stretches, spread evenly over them.
func runs(stretches [][]string) [][]string {
	var all [][]string
	for _, terms := range stretches {
		if len(terms) < 2 {
			continue
		}
		n := min(runWords, len(terms))
		for i := 0; i+n <= len(terms); i++ {
			all = append(all, terms[i:i+n])
		}
	}
	if len(all) <= maxRuns {
		return all
	}
	spread := make([][]string, maxRuns)
	for i := range spread {
		spread[i] = all[i*(len(all)-1)/(maxRuns-1)]
	}
	return spread
}

// voters returns the postings of the rarest words, a broken word whole.
func (s *search) voters(stretches [][]string) []postings {
	seen := make(map[string]bool)
	var found []postings
	add := func(term string) bool {
		if seen[term] || !s.has(schema.FieldText, term) {
			return seen[term]
		}
		seen[term] = true
		found = append(found, s.term(schema.FieldText, term))
		return true
	}
	for _, terms := range stretches {
		for i, t := range terms {
			if !add(t) && i+1 < len(terms) {
				add(strings.Join(terms[i:i+2], ""))
			}
		}
	}
	slices.SortStableFunc(found, func(a, b postings) int {
		return cmp.Compare(a.docs.GetCardinality(), b.docs.GetCardinality())
	})
	rare := 1 // at least one word, however common
	for rare < len(found) && found[rare].docs.GetCardinality() <= maxVoterPassages {
		rare++
	}
	return found[:min(len(found), rare, maxVoters)]
}
