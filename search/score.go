package search

import (
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
	segment "github.com/blevesearch/scorch_segment_api/v2"

	"ibid/indexer/analysis"
	"ibid/indexer/schema"
)

// The parameters of BM25F (Robertson, Zaragoza: The Probabilistic Relevance
// Framework, 2009, section 3.6), chosen for passages: an occurrence more says
// little in 100 words, and a long paragraph is not padded as a long web page is.
const (
	k1            = 1.2
	lengthShare   = 0.5 // b
	shortest      = 0.5 // of the mean: a shorter passage has no further advantage
	weightHeading = 0.3 // a word of the heading beside one of the text
)

// A scorer rates passages in ascending order.
type scorer struct {
	ix     *Index
	leaves []scoredLeaf
}

type scoredLeaf struct {
	*leaf
	cursors []cursor
}

// A cursor walks along a posting list.
type cursor struct {
	it       segment.PostingsIterator // nil for a list without frequencies
	docs     *roaring.Bitmap
	counts   map[uint32]int
	weight   float64
	synonym  bool
	at       uint32
	freq     float64
	read     bool
	finished bool
}

func (s *search) scorer(leaves []*leaf) *scorer {
	out := &scorer{ix: s.ix, leaves: make([]scoredLeaf, len(leaves))}
	for i, l := range leaves {
		out.leaves[i].leaf = l
		for _, src := range l.sources {
			c := cursor{docs: src.docs, weight: src.weight, counts: src.counts, synonym: src.synonym}
			if src.list != nil && !src.presence {
				c.it = src.list.Iterator(true, false, false, nil)
			}
			out.leaves[i].cursors = append(out.leaves[i].cursors, c)
		}
		if l.word != nil && s.deep(Stem) {
			out.leaves[i].cursors = append(out.leaves[i].cursors, s.headingCursors(l.word)...)
		}
	}
	return out
}

// headingCursors find a word in the headings that passages stand under.
func (s *search) headingCursors(w *word) []cursor {
	terms := analysis.Terms(w.typed)
	if len(terms) != 1 {
		return nil
	}
	p := s.term(schema.FieldHeading, analysis.Stem(terms[0]))
	if p.docs.IsEmpty() {
		return nil
	}
	return []cursor{{docs: p.docs, weight: weightHeading}}
}

// frequency returns how often a cursor's list has the passage.
func (c *cursor) frequency(doc uint32) float64 {
	switch {
	case c.counts != nil:
		return float64(c.counts[doc])
	case c.it == nil:
		if c.docs.Contains(doc) {
			return 1
		}
		return 0
	case c.finished || c.read && c.at > doc:
		return 0
	}
	if !c.read || c.at < doc {
		p, err := c.it.Advance(uint64(doc))
		if err != nil {
			panic(err)
		}
		if p == nil {
			c.finished = true
			return 0
		}
		c.read, c.at, c.freq = true, uint32(p.Number()), float64(p.Frequency())
	}
	if c.at == doc {
		return c.freq
	}
	return 0
}

// score rates a passage, and tells as a set of bits which of the first 64 leaves
// it has. Passages must be asked for in ascending order.
func (sc *scorer) score(doc uint32) (score float64, has uint64) {
	length := max(float64(sc.ix.columns.Length[doc])/sc.ix.meanLength, shortest)
	norm := k1 * (1 - lengthShare + lengthShare*length)
	for i := range sc.leaves {
		l := &sc.leaves[i]
		if l.lift != nil {
			if l.docs.Contains(doc) {
				score += l.idf * l.lift(doc)
				has |= 1 << (i & 63)
			}
			continue
		}
		tf, synonyms := 0.0, 0.0
		for j := range l.cursors {
			c := &l.cursors[j]
			if n := c.weight * c.frequency(doc); c.synonym {
				synonyms += n
			} else {
				tf += n
			}
		}
		tf += min(synonyms, mostSynonyms)
		if tf > 0 {
			score += l.idf * tf * (k1 + 1) / (tf + norm)
			if l.docs.Contains(doc) {
				has |= 1 << (i & 63)
			}
		}
	}
	return score, has
}

// Proximity: what words of the query that stand close together add to a score.
const (
	nearWeight = 0.4 // of the smaller idf of two words side by side, as in the query
	nearWords  = 8   // words apart beyond which nothing is added
	nearTerms  = 24  // forms of a word whose positions are read
	faintShare = 0.3 // of its idf: what a stop word adds
)

// proximity rates how close the words of the query stand in each of some
// passages, which must be in ascending order.
func (s *search) proximity(docs []uint32) []float64 {
	out := make([]float64, len(docs))
	forms, idf := s.nearForms()
	if len(forms) < 2 {
		return out
	}
	places := make([][]int, len(forms))
	for i, doc := range docs {
		s.check()
		for j, terms := range forms {
			places[j] = places[j][:0]
			for _, t := range terms {
				places[j] = append(places[j], t.of(doc)...)
			}
			slices.Sort(places[j])
		}
		for j := range len(forms) - 1 {
			out[i] += nearWeight * min(idf[j], idf[j+1]) * closeness(places[j], places[j+1])
		}
	}
	return out
}

// nearForms returns the positions of the forms of each word that is scored.
func (s *search) nearForms() (forms [][]*positions, idf []float64) {
	for _, l := range s.leaves {
		if l.word == nil {
			continue
		}
		var terms []*positions
		for _, term := range sortedTerms(l.word.marks) {
			if len(terms) < nearTerms {
				terms = append(terms, s.term(schema.FieldText, term).positions())
			}
		}
		if len(terms) > 0 {
			forms, idf = append(forms, terms), append(idf, l.idf)
		}
	}
	return forms, idf
}

// sortedTerms returns the terms of marks, the shallowest first, then in order.
func sortedTerms(marks map[string]Layer) []string {
	terms := make([]string, 0, len(marks))
	for t := range marks {
		terms = append(terms, t)
	}
	slices.SortFunc(terms, func(a, b string) int {
		if d := layerDepth[marks[a]] - layerDepth[marks[b]]; d != 0 {
			return d
		}
		if a < b {
			return -1
		}
		return 1
	})
	return terms
}

// closeness is 1 where a place of b follows one of a, and 1/d of the smallest
// distance d else; words in the other order are one further apart.
func closeness(a, b []int) float64 {
	best := nearWords + 1
	for i, j := 0, 0; i < len(a) && j < len(b); {
		d := b[j] - a[i]
		if d > 0 {
			best = min(best, d)
			i++
		} else {
			best = min(best, 1-d)
			j++
		}
	}
	if best > nearWords {
		return 0
	}
	return 1 / float64(best)
}
