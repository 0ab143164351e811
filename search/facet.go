package search

import (
	"cmp"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"ibid/indexer/schema"
)

// maxFacetValues bounds the values of one facet; the commonest are kept, and all selected ones.
const maxFacetValues = 200

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

// A tally counts the values of one facet by hit (see hitter): the quotations in
// a passage that has a value do not count for it again.
type tally struct {
	at, of []uint32
	counts []int
	held   []uint32 // by value: 1 + the group whose holder has it, of the last such
}

func (s *search) countFacets(out map[Group][]FacetValue, docs *roaring.Bitmap, groups []Group) {
	if len(groups) == 0 {
		return
	}
	tallies := make([]tally, len(groups))
	for i, g := range groups {
		f := s.ix.columns.Facet[string(g)]
		n := f.Values.Len()
		tallies[i] = tally{at: f.At, of: f.Of, counts: make([]int, n), held: make([]uint32, n)}
	}
	var busy []*tally // those with values
	for i := range tallies {
		if len(tallies[i].counts) > 0 {
			busy = append(busy, &tallies[i])
		}
	}
	group, flags := s.ix.columns.Group, s.ix.columns.Flags
	var buffer [256]uint32
	for it := docs.ManyIterator(); ; {
		n := it.NextMany(buffer[:])
		if n == 0 {
			break
		}
		s.steps |= 255 // look at the context once a buffer
		s.check()
		for _, doc := range buffer[:n] {
			g, holder := group[doc]+1, flags[doc]&schema.FlagQuotation == 0
			for _, t := range busy {
				for _, v := range t.of[t.at[doc]:t.at[doc+1]] {
					if t.held[v] == g {
						continue
					}
					t.counts[v]++
					if holder {
						t.held[v] = g
					}
				}
			}
		}
	}
	for i, g := range groups {
		out[g] = s.facetValues(g, tallies[i].counts)
	}
}

// facetValues lists the values counted, the commonest first.
func (s *search) facetValues(g Group, counts []int) []FacetValue {
	values := s.ix.columns.Facet[string(g)].Values
	var selected []string
	for _, v := range s.request.Filters[g] {
		selected = append(selected, s.ix.resolve(g, v)...)
	}
	out := make([]FacetValue, 0, min(len(counts), maxFacetValues))
	for i, n := range counts {
		if n == 0 && len(selected) == 0 {
			continue
		}
		v := values.At(i)
		if chosen := slices.Contains(selected, v); n > 0 || chosen {
			out = append(out, FacetValue{Value: v, Label: s.ix.names.label(g, v), Count: n, Selected: chosen})
		}
	}
	slices.SortFunc(out, func(a, b FacetValue) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Label, b.Label), cmp.Compare(a.Value, b.Value))
	})
	kept := 0
	return slices.DeleteFunc(out, func(v FacetValue) bool {
		kept++
		return kept > maxFacetValues && !v.Selected
	})
}

// count returns the number of hits that some passages make.
func (s *search) count(docs *roaring.Bitmap) int {
	n := 0
	hits := s.ix.hitter()
	for it := docs.Iterator(); it.HasNext(); {
		if doc := it.Next(); hits.of(doc) == doc {
			n++
		}
	}
	return n
}

// undated counts the hits of which no passage in docs has a date.
func (s *search) undated(docs *roaring.Bitmap) int {
	c := s.ix.columns
	hits := s.ix.hitter()
	n, dated := 0, true // dated: the hit at hand
	for it := docs.Iterator(); it.HasNext(); {
		doc := it.Next()
		if hits.of(doc) == doc {
			if !dated {
				n++
			}
			dated = false
		}
		dated = dated || c.DateAt[doc+1] > c.DateAt[doc]
	}
	if !dated {
		n++
	}
	return n
}
