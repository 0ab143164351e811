package search

import (
	"sync"

	"github.com/RoaringBitmap/roaring/v2"

	"ibid/indexer/schema"
)

// MaxFacetValues bounds the values of one facet; the commonest are kept, and all selected ones.
const MaxFacetValues = 200

// facets counts the values of each facet among the groups that match all
// conditions but those of the facet's own group.
func (s *search) facets(matched *roaring.Bitmap, filters []filter, inRange *roaring.Bitmap) map[Group][]FacetValue {
	out := make(map[Group][]FacetValue, len(FacetGroups))
	var unfiltered []Group
	for _, g := range FacetGroups {
		if len(s.request.Filters[g]) == 0 {
			unfiltered = append(unfiltered, g)
			continue
		}
		docs := s.narrow(matched, filters, g, inRange)
		s.countFacets(out, docs, []Group{g})
	}
	s.countFacets(out, s.narrow(matched, filters, "", inRange), unfiltered)
	return out
}

// narrow returns the passages of matched that meet every filter but those of a
// group, and the date range, if there is one.
func (s *search) narrow(matched *roaring.Bitmap, filters []filter, except Group, inRange *roaring.Bitmap) *roaring.Bitmap {
	out := matched
	for _, f := range filters {
		if f.group != except {
			out = roaring.And(out, f.docs)
		}
	}
	if inRange != nil {
		out = roaring.And(out, inRange)
	}
	return out
}

// A tally counts values of facets by hit (see hitter): the quotations in a
// passage that has a value do not count for it again. A value is known by its index
// among those of all facets.
type tally struct {
	counts []uint32
	held   []uint32 // by value: 1 + the group whose holder has it, of the last such
}

var tallyPool = sync.Pool{New: func() any { return new(tally) }}

// newTally returns a tally of so many values, all nought. It must be put back.
func newTally(values int) *tally {
	t := tallyPool.Get().(*tally)
	t.counts = append(t.counts[:0], make([]uint32, values)...)
	t.held = append(t.held[:0], make([]uint32, values)...)
	return t
}

func (s *search) countFacets(out map[Group][]FacetValue, docs *roaring.Bitmap, groups []Group) {
	if len(groups) == 0 {
		return
	}
	c := s.ix.columns
	at, of, base := c.RowAt, c.Row, uint32(0)
	if len(groups) == 1 {
		f := c.Facet[string(groups[0])]
		at, of, base = f.At, f.Of, f.Base
	}
	t := newTally(c.Values())
	defer tallyPool.Put(t)
	s.each(docs, func(some []uint32) { t.add(c, some, at, of, base) })
	for _, g := range groups {
		f := c.Facet[string(g)]
		out[g] = s.facetValues(g, t.counts[f.Base:int(f.Base)+f.Values.Len()])
	}
}

// add counts the values of passages: those of passage d are of[at[d]:at[d+1]], from base on.
func (t *tally) add(c *schema.Columns, docs, at, of []uint32, base uint32) {
	counts := t.counts
	for _, doc := range docs {
		row := of[at[doc]:at[doc+1]]
		if c.Flags[doc]&schema.FlagGrouped == 0 {
			for _, v := range row {
				counts[base+v]++
			}
			continue
		}
		g, holder := c.Group[doc]+1, c.Flags[doc]&schema.FlagQuotation == 0
		for _, v := range row {
			if v += base; t.held[v] == g {
				continue
			}
			counts[v]++
			if holder {
				t.held[v] = g
			}
		}
	}
}

// count returns the number of hits that some passages make. Where no quotation is
// among them, each is one.
func (s *search) count(docs *roaring.Bitmap) int {
	if !docs.Intersects(s.ix.quotations) {
		return int(docs.GetCardinality())
	}
	n := 0
	hits := s.ix.hitter()
	s.each(docs, func(some []uint32) {
		for _, doc := range some {
			if hits.of(doc) == doc {
				n++
			}
		}
	})
	return n
}

// undated counts the hits of which no passage in docs has a date.
func (s *search) undated(docs *roaring.Bitmap) int {
	c := s.ix.columns
	hits := s.ix.hitter()
	n, dated := 0, true // dated: the hit at hand
	s.each(docs, func(some []uint32) {
		for _, doc := range some {
			if hits.of(doc) == doc {
				if !dated {
					n++
				}
				dated = false
			}
			dated = dated || c.DateAt[doc+1] > c.DateAt[doc]
		}
	})
	if !dated {
		n++
	}
	return n
}
