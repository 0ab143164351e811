package search

import (
	"cmp"
	"container/heap"
	"math"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"ibid/corpus/edtf"
	"ibid/indexer/schema"
)

// rescored is the number of best groups whose order also regards how close the
// words of the query stand together.
const rescored = 64

// belowShare is what a passage that has only synonyms keeps of its score: it
// ranks below those that have a word of the query.
const belowShare = 0.05

// A hitter tells which passages make one hit, when it is asked for them in
// order: a passage and the quotations in it. Quotations are hits of their own
// where the passage that holds them is not among those asked for, as under a
// filter for kind or speaker: nobody then sees the same words twice.
type hitter struct {
	group   []uint32
	flags   []uint32
	at      uint32 // 1 + the group whose holder was asked for last
	holding uint32 // that holder
}

func (ix *Index) hitter() hitter { return hitter{group: ix.columns.Group, flags: ix.columns.Flags} }

// of returns the passage that stands for the hit of doc: its holder or itself.
func (h *hitter) of(doc uint32) uint32 {
	g := h.group[doc] + 1
	if h.flags[doc]&schema.FlagQuotation == 0 {
		h.at, h.holding = g, doc
	}
	if h.at == g {
		return h.holding
	}
	return doc
}

// A group is a hit: a passage and the quotations in it, as far as they match,
// known by the one that leads.
type group struct {
	lead  uint32 // the passage shown
	score float64
	date  int32 // first day, for sorting; math.MaxInt32 without one
}

// collect returns the best n groups of the passages in order, and how many groups there are.
func (s *search) collect(docs *roaring.Bitmap, n int, order Sort, r *edtf.Range) (best []group, total int) {
	if order == ByRelevance {
		n = max(n, s.ix.candidates())
	}
	top := &worstFirst{before: before(order), byScore: order == ByRelevance}
	sc := s.scorer(s.leaves, int(docs.GetCardinality()))
	defer sc.release()
	g := gatherer{s: s, scorer: sc, hits: s.ix.hitter(), within: r, dated: order == ByDate}
	s.eachBlock(docs, func(some []uint32) {
		scores := sc.rate(some)
		g.lower(some, scores)
		total += g.gather(some, scores, top, n)
	})
	if g.any {
		top.offer(g.finish(), n)
		total++
	}
	best = top.groups
	slices.SortFunc(best, top.compare)
	if order == ByRelevance {
		s.rescore(best)
	}
	return best, total
}

// eachBlock hands on the passages of docs in ascending order, those of a block of
// scoredBlock at a time or fewer.
func (s *search) eachBlock(docs *roaring.Bitmap, visit func(docs []uint32)) {
	s.each(docs, func(rest []uint32) {
		for len(rest) > 0 {
			block := firstBlock(rest)
			visit(block)
			rest = rest[len(block):]
		}
	})
}

// firstBlock returns those of docs that are in the block of the first.
func firstBlock(docs []uint32) []uint32 {
	end, _ := slices.BinarySearch(docs, docs[0]&^(scoredBlock-1)+scoredBlock)
	return docs[:end]
}

// rescore regards the short documents that the first groups are in, adds proximity, the stop words and the
// likeness to the best to the scores of those that are then first, and sorts them again.
func (s *search) rescore(best []group) {
	best = best[:min(len(best), s.ix.candidates())]
	if s.addWholes(best) {
		slices.SortFunc(best, before(ByRelevance))
	}
	best = best[:min(len(best), rescored)]
	order := make([]int, len(best))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(best[a].lead, best[b].lead) })
	docs := make([]uint32, len(best))
	for i, o := range order {
		docs[i] = best[o].lead
	}
	faint := s.scorer(s.faint, len(docs))
	defer faint.release()
	stops := make([]float64, 0, len(docs))
	for rest := docs; len(rest) > 0; {
		block := firstBlock(rest)
		stops = append(stops, faint.rate(block)...)
		rest = rest[len(block):]
	}
	for i, more := range s.proximity(docs) {
		best[order[i]].score += more + stops[i]
	}
	slices.SortFunc(best, before(ByRelevance))
	s.addLikeness(best)
	slices.SortFunc(best, before(ByRelevance))
}

// before compares two groups in an order of hits; none are equal.
func before(order Sort) func(a, b group) int {
	return func(a, b group) int {
		switch order {
		case ByRelevance:
			if c := cmp.Compare(b.score, a.score); c != 0 {
				return c
			}
		case ByDate:
			if c := cmp.Compare(a.date, b.date); c != 0 {
				return c
			}
		}
		return cmp.Compare(a.lead, b.lead)
	}
}

// members returns the passages in docs that make one hit with a passage in docs.
func (s *search) members(docs *roaring.Bitmap, of uint32) []uint32 {
	first, last := s.ix.bounds(of)
	if !docs.Contains(first) {
		return []uint32{of} // the holder is not among them
	}
	var out []uint32
	for doc := first; doc <= last; doc++ {
		if docs.Contains(doc) {
			out = append(out, doc)
		}
	}
	return out
}

// bounds returns the first and the last passage of the group of a passage.
func (ix *Index) bounds(of uint32) (first, last uint32) {
	group := ix.columns.Group
	first, last = of, of
	for first > 0 && group[first-1] == group[of] {
		first--
	}
	for int(last)+1 < len(group) && group[last+1] == group[of] {
		last++
	}
	return first, last
}

// A gatherer makes a group of passages that come one after the other.
type gatherer struct {
	s       *search
	scorer  *scorer
	hits    hitter
	within  *edtf.Range
	dated   bool // groups are sorted by date
	any     bool
	hit     uint32 // as hitter has it
	members []member
}

type member struct {
	doc   uint32
	score float64
	has   uint64
}

// lower lowers the scores of passages that have only synonyms.
func (g *gatherer) lower(docs []uint32, scores []float64) {
	if g.s.below.IsEmpty() {
		return
	}
	for i, doc := range docs {
		if g.s.below.Contains(doc) {
			scores[i] *= belowShare
		}
	}
}

// gather offers the groups that passages make to the best n, and returns how many
// groups are whole. The last may go on.
func (g *gatherer) gather(docs []uint32, scores []float64, top *worstFirst, n int) (whole int) {
	flags := g.s.ix.columns.Flags
	for i, doc := range docs {
		alone := flags[doc]&schema.FlagGrouped == 0
		hit := doc
		if !alone {
			hit = g.hits.of(doc)
		}
		if g.any && hit != g.hit {
			top.offer(g.finish(), n)
			whole++
		}
		if !alone {
			g.any, g.hit = true, hit
			g.members = append(g.members, member{doc: doc, score: scores[i]})
			continue
		}
		one := group{lead: doc, score: scores[i], date: math.MaxInt32}
		if g.dated {
			one.date = g.s.ix.firstDay(doc, g.within)
		}
		top.offer(one, n)
		whole++
	}
	return whole
}

// finish makes the group and begins the next. The lead is the quotation that
// has all that the group has of the query, if there is one: the match lies in
// it. A phrase that is only named does not lead the passage that names it. The
// group ranks by its lead, by what the reader is shown, and by half of what the best of its passages
// has more: what stands about a quotation belongs to it.
func (g *gatherer) finish() group {
	flags := g.s.ix.columns.Flags
	lead, all := g.members[0], uint64(0) // the holder, where it matches: it stands before its quotations
	if len(g.members) > 1 {
		for i := range g.members {
			g.members[i].has = g.scorer.has(g.members[i].doc)
			all |= g.members[i].has
		}
	}
	inside := func(m member) bool {
		f := flags[m.doc]
		return f&schema.FlagQuotation != 0 && f&schema.FlagTerm == 0 && m.has == all && all != 0
	}
	for _, m := range g.members[1:] {
		if inside(m) && (!inside(lead) || m.score > lead.score) {
			lead = m
		}
	}
	out := group{lead: lead.doc, score: lead.score, date: math.MaxInt32}
	for _, m := range g.members {
		out.score = max(out.score, (lead.score+m.score)/2)
	}
	if g.dated {
		out.date = g.firstDay(lead.doc)
	}
	g.any, g.members = false, g.members[:0]
	return out
}

// firstDay returns the first day of the lead, or, if it has no date, of the group.
func (g *gatherer) firstDay(lead uint32) int32 {
	first := g.s.ix.firstDay(lead, g.within)
	if first == math.MaxInt32 {
		for _, m := range g.members {
			first = min(first, g.s.ix.firstDay(m.doc, g.within))
		}
	}
	return first
}

// firstDay returns the first day of the dates of a passage, or of those that
// touch a range; math.MaxInt32 if there is none. What was said or written on a
// day of its own is sorted by that day.
func (ix *Index) firstDay(doc uint32, within *edtf.Range) int32 {
	c := ix.columns
	first := int32(math.MaxInt32)
	for i := c.DateAt[doc]; i < c.DateAt[doc+1]; i++ {
		if within != nil && (c.Latest[i] < int32(within.First) || c.Earliest[i] > int32(within.Last)) {
			continue
		}
		if first = min(first, c.Earliest[i]); c.Flags[doc]&schema.FlagQuotation != 0 {
			return c.Earliest[i] // its own date comes first
		}
	}
	return first
}

// worstFirst is a heap of groups with the last in order on top.
type worstFirst struct {
	groups  []group
	before  func(a, b group) int
	byScore bool // the score comes first in the order
}

func (h *worstFirst) compare(a, b group) int { return h.before(a, b) }

func (h *worstFirst) Len() int           { return len(h.groups) }
func (h *worstFirst) Less(i, j int) bool { return h.before(h.groups[i], h.groups[j]) > 0 }
func (h *worstFirst) Swap(i, j int)      { h.groups[i], h.groups[j] = h.groups[j], h.groups[i] }
func (h *worstFirst) Push(x any)         { h.groups = append(h.groups, x.(group)) }
func (h *worstFirst) Pop() any {
	last := h.groups[len(h.groups)-1]
	h.groups = h.groups[:len(h.groups)-1]
	return last
}

// offer keeps g if it is among the best n.
func (h *worstFirst) offer(g group, n int) {
	switch {
	case h.byScore && len(h.groups) == n && n > 0 && g.score < h.groups[0].score: // most of them
	case len(h.groups) < n:
		heap.Push(h, g)
	case n > 0 && h.before(g, h.groups[0]) < 0:
		h.groups[0] = g
		heap.Fix(h, 0)
	}
}
