package search

import (
	"cmp"
	"slices"
	"sync"
)

// facetNames are the values of a facet with what readers see, and their order among
// those that are equally common: by label, then value. They are made at first use,
// 100 bytes a value.
type facetNames struct {
	shown []FacetValue // by index among the values
	rank  []uint32     // place in the order of each
	index []uint32     // value at each place
}

// facetNamer makes the names of each facet when they are first asked for.
func (ix *Index) facetNamer() map[Group]func() *facetNames {
	out := make(map[Group]func() *facetNames)
	for _, g := range FacetGroups {
		out[g] = sync.OnceValue(func() *facetNames { return ix.nameFacet(g) })
	}
	return out
}

func (ix *Index) nameFacet(g Group) *facetNames {
	values := ix.columns.Facet[string(g)].Values
	n := &facetNames{shown: make([]FacetValue, values.Len()), rank: make([]uint32, values.Len()), index: make([]uint32, values.Len())}
	for i := range n.shown {
		v := values.At(i)
		n.shown[i] = FacetValue{Value: v, Label: ix.names.label(g, v)}
		n.index[i] = uint32(i)
	}
	slices.SortFunc(n.index, func(a, b uint32) int {
		return cmp.Or(cmp.Compare(n.shown[a].Label, n.shown[b].Label), cmp.Compare(n.shown[a].Value, n.shown[b].Value))
	})
	for place, i := range n.index {
		n.rank[i] = uint32(place)
	}
	return n
}

// facetValues lists the values counted, the commonest first: at most MaxFacetValues, and those selected.
func (s *search) facetValues(g Group, counts []uint32) []FacetValue {
	names := s.ix.facetNames[g]()
	values := s.ix.columns.Facet[string(g)].Values
	selected := make(map[uint32]bool)
	for _, v := range s.request.Filters[g] {
		for _, known := range s.ix.resolve(g, v) {
			selected[uint32(values.Index(known))] = true
		}
	}
	var keys []uint64 // the count, complemented, then the place among equals: the smallest comes first
	least := leastShown(counts)
	for i, n := range counts {
		if n >= least || selected[uint32(i)] {
			keys = append(keys, uint64(^n)<<32|uint64(names.rank[i]))
		}
	}
	slices.Sort(keys)
	out := make([]FacetValue, 0, min(len(keys), MaxFacetValues+len(selected)))
	for kept, key := range keys {
		i := names.index[uint32(key)]
		if kept >= MaxFacetValues && !selected[i] {
			continue
		}
		v := names.shown[i]
		v.Count, v.Selected = int(^uint32(key>>32)), selected[i]
		out = append(out, v)
	}
	return out
}

// leastShown returns the least count, 1 or more, of the MaxFacetValues commonest values.
func leastShown(counts []uint32) uint32 {
	if len(counts) <= MaxFacetValues {
		return 1
	}
	most := make([]uint32, 0, MaxFacetValues) // the commonest so far: a heap once it is full, the least on top
	for _, n := range counts {
		switch {
		case n == 0:
		case len(most) < MaxFacetValues:
			if most = append(most, n); len(most) == MaxFacetValues {
				slices.Sort(most)
			}
		case n > most[0]:
			most[0] = n
			sift(most)
		}
	}
	if len(most) < MaxFacetValues {
		return 1
	}
	return most[0]
}

// sift moves the top of a heap that has the least on top to its place.
func sift(heap []uint32) {
	for i := 0; ; {
		child := 2*i + 1
		if child >= len(heap) {
			return
		}
		if child+1 < len(heap) && heap[child+1] < heap[child] {
			child++
		}
		if heap[i] <= heap[child] {
			return
		}
		heap[i], heap[child] = heap[child], heap[i]
		i = child
	}
}
