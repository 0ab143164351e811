package search

import (
	"ibid/indexer/analysis"
	"ibid/indexer/schema"
	"ibid/search/query"
)

// Passages that answer one question are more like each other than like the rest (the cluster hypothesis: Jardine and van
// Rijsbergen, The use of hierarchic clustering in information retrieval, 1971), and a passage goes on with what the one
// before it tells. So what is like the best hits, or stands beside one, ranks higher among the first; see Diaz, Regularizing
// query-based retrieval scores, Information Retrieval 10 (2007). It finds the rest of a matter that is told in other
// words than those of the query. Where one passage is the whole answer it changes little.
const (
	likeShare   = 1.0 // of the best score: what a passage gains that has the same telling words as all of the best
	bestShare   = 0.7 // of the best score: what one of the best has at least
	mostBest    = 8   // of them
	mostLikened = 32  // first hits that are likened to them
	mostLike    = 0.3 // cosine from which on a passage is nothing but the same again
	besideShare = 0.1 // what standing beside one of the best counts, where to have the same words counts 1
)

// addLikeness adds to the scores of the first of groups, the best first, how like they are to the best of them.
func (s *search) addLikeness(groups []group) {
	if len(groups) < 2 || groups[0].score <= 0 || !asksForMatter(s.tree) {
		return
	}
	top, n := groups[0].score, 1
	for n < min(len(groups), mostBest) && groups[n].score >= bestShare*top {
		n++
	}
	l := s.ix.likenessTo(groups[:n])
	for i := range groups[:min(len(groups), mostLikened)] {
		groups[i].score += likeShare * top * l.of(groups[i].lead)
	}
}

// asksForMatter says whether a query has a word beside what it names: who asks for a person, a day or a document only has the order of own words.
func asksForMatter(tree query.Node) (asks bool) {
	query.Walk(tree, func(n query.Node) bool {
		switch n := n.(type) {
		case query.Not, query.Hint:
			return false
		case query.Word:
			asks = asks || !analysis.IsStop(n.Text)
		case query.Prefix, query.Fuzzy, query.Phrase:
			asks = true
		}
		return true
	})
	return asks
}

// A likeness rates passages by how like they are to some groups.
type likeness struct {
	ix   *Index
	best []likened
}

// A likened is a group that others are likened to.
type likened struct {
	number  uint32    // of the group
	weight  float64   // what it scores
	stems   []uint32  // telling stems, ascending
	squares []float64 // of what they weigh
	norm    float64
}

func (ix *Index) likenessTo(groups []group) likeness {
	l := likeness{ix: ix}
	for _, g := range groups {
		holder, _ := ix.bounds(g.lead)
		b := likened{number: ix.columns.Group[holder], weight: g.score, stems: ix.telling.Of(holder), norm: ix.telling.Norm(holder)}
		for _, stem := range b.stems {
			w := ix.telling.Weight(ix.stems.Passages(stem))
			b.squares = append(b.squares, w*w)
		}
		l.best = append(l.best, b)
	}
	return l
}

// of rates the group of a passage: the mean of how like it is to each of the others, and what it stands beside.
func (l likeness) of(doc uint32) float64 {
	number := l.ix.columns.Group[doc]
	first, last := l.ix.bounds(doc)
	goesOn, endsIn := l.goesOn(first), l.goesOn(last+1)
	sum, all := 0.0, 0.0
	for i := range l.best {
		b := &l.best[i]
		if b.number == number {
			continue
		}
		all += b.weight
		sum += b.weight * min(b.cosine(l.ix.telling, first), mostLike)
		if goesOn && b.number == number-1 || endsIn && b.number == number+1 {
			sum += b.weight * besideShare
		}
	}
	if all == 0 {
		return 0
	}
	if l.ix.columns.Flags[doc]&schema.FlagHeading != 0 {
		sum *= titleShare
	}
	return sum / all
}

// cosine returns the cosine of the telling stems of a group and of a passage.
func (b *likened) cosine(telling *schema.Telling, passage uint32) float64 {
	product := 0.0
	i := 0
	for _, stem := range telling.Of(passage) {
		for i < len(b.stems) && b.stems[i] < stem {
			i++
		}
		if i < len(b.stems) && b.stems[i] == stem {
			product += b.squares[i]
		}
	}
	if product == 0 {
		return 0
	}
	return product / (b.norm * telling.Norm(passage))
}

// goesOn says whether a passage is in one document with the passage before it.
func (l likeness) goesOn(doc uint32) bool {
	flags := l.ix.columns.Flags
	return int(doc) < len(flags) && flags[doc]&schema.FlagBegins == 0
}
