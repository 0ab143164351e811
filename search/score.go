package search

import (
	"math"
	"slices"
	"sync"

	"ibid/indexer/analysis"
	"ibid/indexer/schema"
)

// The parameters of BM25F (Robertson, Zaragoza: The Probabilistic Relevance
// Framework, 2009, section 3.6), chosen for passages: an occurrence more says
// little in 100 words, and a long paragraph is not padded as a long web page is.
const (
	k1            = 1.2
	shortest      = 0.5 // of the mean: a shorter passage has no further advantage
	weightHeading = 0.5 // a word of the heading beside one of the text

	lacksNamed = 0.85 // of its score: what a passage keeps for each person or date named that it lacks
	lacksWord  = 0.7  // likewise, that has a person named and lacks the one word beside the name
	titleShare = 0.7  // of its score: what a heading keeps, which says little by itself
)

// lengthShare returns b for a corpus whose passages have so many words in the mean: 0.4 for paragraphs, which are as long as
// what they have to say, up to the usual 0.75 for documents of some pages, which differ in how wordy they are. Over seven sets of
// topics for an article (80 words) the first is best; over editions searched by document (600 words) nDCG@10 is 0.77 with 0.4
// and 0.81 with 0.75.
func lengthShare(mean float64) float64 {
	const paragraph, pages = 100, 500
	share := (mean - paragraph) / (pages - paragraph)
	return 0.4 + 0.35*min(max(share, 0), 1)
}

// scoredBlock is the number of passages, by ordinal, that are rated together: the sums of a
// block stay in the fast caches of the processor.
const scoredBlock = 8192

// A scorer rates passages in ascending order, block by block.
type scorer struct {
	ix     *Index
	leaves []scoredLeaf
	sums   *sums
}

// sums are what a block is rated with; they are used again by later searches.
type sums struct {
	tf, synonyms [scoredBlock]float64 // of one leaf, by passage; zero between leaves
	one          [scoredBlock]float64 // what a word of an expression is worth
	met          [scoredBlock]int     // how many of its words are met
	whole, parts [scoredBlock]float64 // of one expression, by place among the passages asked for
	score        [scoredBlock]float64 // by place among the passages asked for
	keeps        [scoredBlock]float64 // share of the score, likewise
}

var sumsPool = sync.Pool{New: func() any { return new(sums) }}

type scoredLeaf struct {
	*leaf
	cursors  []cursor
	presence *cursor // of a hint: the passages that have it
}

// A cursor walks along a posting list.
type cursor struct {
	*ranker
	counts  counter // nil to count presence
	weight  float64
	synonym bool
	heading bool // of the heading, not of the text
}

// scorer makes a scorer of about so many passages. It must be released.
func (s *search) scorer(leaves []*leaf, asked int) *scorer {
	out := &scorer{ix: s.ix, leaves: make([]scoredLeaf, len(leaves)), sums: sumsPool.Get().(*sums)}
	for i, l := range leaves {
		leaf := &out.leaves[i]
		leaf.leaf = l
		if l.lift != nil {
			leaf.presence = &cursor{ranker: newRanker(l.docs, asked), weight: 1}
			continue
		}
		for _, src := range l.sources {
			c := cursor{ranker: newRanker(src.docs, asked), counts: src.counts, weight: src.weight, synonym: src.synonym}
			if src.presence {
				c.counts = nil
			}
			leaf.cursors = append(leaf.cursors, c)
		}
		if l.word != nil && s.deep(Stem) {
			leaf.cursors = append(leaf.cursors, s.headingCursors(l.word, asked)...)
		}
	}
	return out
}

func (sc *scorer) release() { sumsPool.Put(sc.sums) }

// headingCursors find a word in the headings that passages stand under; if none has it, the nearest synonym that one has.
func (s *search) headingCursors(w *word, asked int) []cursor {
	terms := analysis.Terms(w.typed)
	if len(terms) != 1 {
		return nil
	}
	for _, stem := range append([]string{analysis.Stem(terms[0])}, w.alike...) {
		if p := s.term(schema.FieldHeading, stem); !p.docs.IsEmpty() {
			return []cursor{{ranker: newRanker(p.docs, asked), weight: weightHeading, heading: true}}
		}
	}
	return nil
}

// add adds to sums, by passage, what the list counts in docs, which are of the block that
// begins with base. A walk counts passages between them, too.
func (c *cursor) add(sums *[scoredBlock]float64, base uint32, docs []uint32) {
	if c.walk == nil {
		for _, doc := range docs {
			if rank := c.rank(doc); rank >= 0 {
				sums[doc-base] += c.weight * c.count(rank)
			}
		}
		return
	}
	last := docs[len(docs)-1]
	for {
		for ; c.next < len(c.buffer); c.next++ {
			doc := c.buffer[c.next]
			if doc > last { // the block may go on in the next call
				return
			}
			if doc >= base {
				sums[doc-base] += c.weight * c.count(c.before+c.next)
			}
		}
		if !c.fill() {
			return
		}
	}
}

func (c *cursor) count(rank int) float64 {
	switch counts := c.counts.(type) {
	case nil:
		return 1
	case schema.Counts: // the common case, without a call
		if n := counts.Bytes[rank]; n < 255 {
			return float64(n)
		}
	}
	return float64(c.counts.Count(rank))
}

// rate rates passages of one block, in ascending order and behind those of the calls before. The scores are valid until the next call.
func (sc *scorer) rate(docs []uint32) []float64 {
	base := docs[0] &^ (scoredBlock - 1)
	score, keeps := sc.sums.score[:len(docs)], sc.sums.keeps[:len(docs)]
	clear(score)
	for i, doc := range docs {
		keeps[i] = 1
		if sc.ix.columns.Flags[doc]&schema.FlagHeading != 0 {
			keeps[i] = titleShare
		}
	}
	for rest := sc.leaves; len(rest) > 0; {
		l, n := &rest[0], together(rest)
		switch {
		case l.presence != nil:
			sc.addLift(l, base, docs, score, keeps)
		case l.idiom > 0:
			sc.addIdiom(rest[:n], base, docs, score)
		default:
			sc.addWords(l, base, docs, score)
		}
		rest = rest[n:]
	}
	for i := range score {
		score[i] *= keeps[i]
	}
	return score
}

// together returns how many of the first leaves are of one expression; 1 if the first is of none.
func together(leaves []scoredLeaf) int {
	n := 1
	for n < len(leaves) && leaves[0].idiom > 0 && leaves[n].idiom == leaves[0].idiom {
		n++
	}
	return n
}

// addIdiom adds what an expression is worth, read as a whole or word by word.
func (sc *scorer) addIdiom(leaves []scoredLeaf, base uint32, docs []uint32, score []float64) {
	whole, parts, one, met := sc.sums.whole[:len(docs)], sc.sums.parts[:len(docs)], sc.sums.one[:len(docs)], sc.sums.met[:len(docs)]
	clear(whole)
	clear(parts)
	clear(met)
	for i := 0; i < len(leaves); {
		l := &leaves[i]
		if i++; l.part == 0 {
			sc.addWords(l, base, docs, whole)
			continue
		}
		clear(one)
		sc.addWords(l, base, docs, one)
		for ; i < len(leaves) && leaves[i].part == l.part; i++ { // what the word counts as typed
			sc.addWords(&leaves[i], base, docs, one)
		}
		for j, worth := range one {
			if worth > 0 {
				parts[j] += worth
				met[j]++
			}
		}
	}
	for i := range score {
		score[i] += better(whole[i], inPart(parts[i], met[i], leaves[0].parts))
	}
}

// inPart is what the words of an expression are worth together of which so many are met: one of two tells less than half of what they mean.
func inPart(worth float64, met, of int) float64 {
	if met < of {
		worth *= math.Sqrt(float64(met) / float64(of))
	}
	return worth
}

// better is what two readings are worth.
func better(a, b float64) float64 { return max(a, b) + lesserShare*min(a, b) }

// addLift adds what a hint is worth, and lowers what passages keep that lack it.
func (sc *scorer) addLift(l *scoredLeaf, base uint32, docs []uint32, score, keeps []float64) {
	tf := &sc.sums.tf
	l.presence.add(tf, base, docs)
	for i, doc := range docs {
		if tf[doc-base] > 0 {
			score[i] += l.idf * l.lift(doc)
		} else if l.lacks > 0 {
			keeps[i] *= l.lacks
		}
	}
	clear(tf[:])
}

// addWords adds what the occurrences of a word or phrase are worth.
func (sc *scorer) addWords(l *scoredLeaf, base uint32, docs []uint32, score []float64) {
	tf, synonyms := &sc.sums.tf, &sc.sums.synonyms
	any := false
	for i := range l.cursors {
		c := &l.cursors[i]
		if c.synonym {
			any = true
			c.add(synonyms, base, docs)
		} else {
			c.add(tf, base, docs)
		}
	}
	b := sc.ix.lengthShare
	for i, doc := range docs {
		n := tf[doc-base]
		if any {
			n += min(synonyms[doc-base], mostSynonyms)
		}
		if n > 0 {
			length := max(float64(sc.ix.columns.Length[doc])/sc.ix.meanLength, shortest)
			norm := k1 * (1 - b + b*length)
			score[i] += l.idf * n * (k1 + 1) / (n + norm)
		}
	}
	clear(tf[:])
	if any {
		clear(synonyms[:])
	}
}

// has tells as a set of bits which of the first 64 leaves a passage has, if only in near synonyms.
func (sc *scorer) has(doc uint32) (has uint64) {
	for i := range sc.leaves {
		if l := &sc.leaves[i]; l.docs.Contains(doc) || l.word != nil && l.word.isAkin(doc) {
			has |= 1 << (i & 63)
		}
	}
	return has
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
	forms, idf := s.nearForms(len(docs))
	if len(forms) < 2 {
		return out
	}
	stand := make([][]uint16, len(forms))
	for i, doc := range docs {
		s.check()
		for j, terms := range forms {
			stand[j] = stand[j][:0]
			for _, t := range terms {
				stand[j] = append(stand[j], t.of(doc)...)
			}
			slices.Sort(stand[j])
		}
		for j := range len(forms) - 1 {
			out[i] += nearWeight * min(idf[j], idf[j+1]) * closeness(stand[j], stand[j+1])
		}
	}
	return out
}

// nearForms returns the positions of the forms of each word that is scored.
func (s *search) nearForms(asked int) (forms [][]*places, idf []float64) {
	for _, l := range s.leaves {
		if l.word == nil {
			continue
		}
		var terms []*places
		for _, term := range sortedTerms(l.word.marks) {
			if len(terms) < nearTerms {
				terms = append(terms, s.term(schema.FieldText, term).places(asked))
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
func closeness(a, b []uint16) float64 {
	best := nearWords + 1
	for i, j := 0, 0; i < len(a) && j < len(b); {
		d := int(b[j]) - int(a[i])
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
