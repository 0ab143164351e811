package search

import (
	"slices"

	"ibid/indexer/schema"
)

// A passage of a short document is read with the rest of it: an abstract under its title, a
// letter of three paragraphs. Among the first hits such a passage ranks by its own words
// and by those of the whole document; a passage of a long work stands for itself.
const (
	wholePassages = 64  // of a short document, at most
	wholesRated   = 128 // best groups whose documents are looked at: a good one may have its words scattered
	wholeShare    = 0.7 // of the score: what the whole document counts for
)

// A whole is a short document: its passages, quotations left out, whose words are in what holds them.
type whole struct {
	first, last uint32 // inclusive
	length      float64
	score       float64
}

// wholeOf returns the short document that a passage is in; ok is false if it is in a
// longer one, or makes one alone.
func (ix *Index) wholeOf(doc uint32) (w whole, ok bool) {
	flags := ix.columns.Flags
	w.first, w.last = doc, doc
	for flags[w.first]&schema.FlagBegins == 0 {
		if w.first == 0 || doc-w.first >= wholePassages-1 {
			return w, false
		}
		w.first--
	}
	for int(w.last)+1 < len(flags) && flags[w.last+1]&schema.FlagBegins == 0 {
		if w.last++; w.last-w.first >= wholePassages {
			return w, false
		}
	}
	for d := w.first; d <= w.last; d++ {
		if flags[d]&schema.FlagQuotation == 0 {
			w.length += float64(ix.columns.Length[d])
		}
	}
	return w, w.last > w.first
}

// candidates is the number of groups that are looked at again once they are the best.
func (ix *Index) candidates() int {
	if ix.meanWhole > 0 {
		return wholesRated
	}
	return rescored
}

// meanWholes returns the mean length in words of the short documents of the index, 0 if it has none.
func (ix *Index) meanWholes() float64 {
	words, n := 0.0, 0
	for doc := uint32(0); int(doc) < ix.columns.Passages; doc++ {
		if ix.columns.Flags[doc]&schema.FlagBegins == 0 {
			continue
		}
		if w, ok := ix.wholeOf(doc); ok {
			words += w.length
			n++
		}
	}
	return words / float64(max(n, 1))
}

// addWholes puts the scores of groups together with those of the short documents they are
// in, and reports whether there are any.
func (s *search) addWholes(best []group) bool {
	var wholes []*whole
	of := make([]*whole, len(best))
	known := make(map[uint32]*whole)
	for i, g := range best {
		w, ok := s.ix.wholeOf(g.lead)
		if !ok || s.below.Contains(g.lead) {
			continue
		}
		if known[w.first] == nil {
			known[w.first] = &w
			wholes = append(wholes, &w)
		}
		of[i] = known[w.first]
	}
	if len(wholes) == 0 {
		return false
	}
	slices.SortFunc(wholes, func(a, b *whole) int { return int(a.first) - int(b.first) })
	s.rateWholes(wholes)
	for i, w := range of {
		if w != nil {
			best[i].score = (1-wholeShare)*best[i].score + wholeShare*w.score
		}
	}
	return true
}

// rateWholes rates documents, which must be in ascending order, as passages are rated.
func (s *search) rateWholes(wholes []*whole) {
	asked := 0
	for _, w := range wholes {
		asked += int(w.last-w.first) + 1
	}
	sc := s.scorer(s.leaves, asked)
	defer sc.release()
	for rest := sc.leaves; len(rest) > 0; {
		s.check()
		n := together(rest)
		for _, w := range wholes {
			whole, parts, met, last := 0.0, 0.0, 0, 0
			for i := range rest[:n] {
				l := &rest[i]
				worth := s.worthIn(l, w)
				if l.part == 0 {
					whole += worth
					continue
				}
				if parts += worth; worth > 0 && l.part != last {
					met, last = met+1, l.part
				}
			}
			w.score += better(whole, inPart(parts, met, rest[0].parts))
		}
		rest = rest[n:]
	}
}

// worthIn is what a leaf is worth in a document.
func (s *search) worthIn(l *scoredLeaf, w *whole) float64 {
	if l.presence != nil {
		return l.idf * s.liftIn(l, w)
	}
	n := s.countIn(l, w)
	length := max(w.length/s.ix.meanWhole, shortest)
	return l.idf * n * (k1 + 1) / (n + k1*(1-s.ix.lengthShare+s.ix.lengthShare*length))
}

// liftIn is what a hint is worth in a document: as much as in the passage that it lifts most.
func (s *search) liftIn(l *scoredLeaf, w *whole) float64 {
	best := 0.0
	for doc := w.first; doc <= w.last; doc++ {
		if l.presence.rank(doc) >= 0 {
			best = max(best, l.lift(doc))
		}
	}
	return best
}

// countIn counts a word or phrase in a document. A heading counts where it stands.
func (s *search) countIn(l *scoredLeaf, w *whole) float64 {
	n, synonyms := 0.0, 0.0
	for i := range l.cursors {
		c := &l.cursors[i]
		if c.heading {
			continue
		}
		sum := 0.0
		for doc := w.first; doc <= w.last; doc++ {
			if s.ix.columns.Flags[doc]&schema.FlagQuotation != 0 {
				continue
			}
			if rank := c.rank(doc); rank >= 0 {
				sum += c.weight * c.count(rank)
			}
		}
		if c.synonym {
			synonyms += sum
		} else {
			n += sum
		}
	}
	return n + min(synonyms, mostSynonyms)
}
