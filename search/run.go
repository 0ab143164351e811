package search

import (
	"context"

	"github.com/RoaringBitmap/roaring/v2"

	"ibid/corpus/edtf"
	"ibid/search/query"
)

// Search answers a request. The result is shared with others who ask the same: nothing that
// it refers to may be changed. Errors: *query.Error for a query that cannot be
// read, *RequestError for another parameter, ErrStaleCursor, ErrClosed, or that of ctx.
func (ix *Index) Search(ctx context.Context, r Request) (*Result, error) {
	if ix.answers == nil {
		return ix.search(ctx, r)
	}
	if err := ix.acquire(); err != nil { // closed, or found damaged
		return nil, err
	}
	defer ix.release()
	return ix.answers.get(ctx, r)
}

// search is Search for a request that nobody asked before.
func (ix *Index) search(ctx context.Context, r Request) (*Result, error) {
	tree, err := ix.understand(&r)
	if err != nil {
		return nil, err
	}
	offset, err := ix.offset(&r)
	if err != nil {
		return nil, err
	}
	var out *Result
	err = ix.guard(ctx, func() error {
		out, err = ix.answer(ctx, r, tree, offset)
		return err
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

func (ix *Index) answer(ctx context.Context, r Request, tree query.Node, offset int) (*Result, error) {
	s := ix.newSearch(ctx, r)
	m, err := s.find(tree)
	if err != nil {
		return nil, err
	}
	counting := s.startCounting(m)
	defer counting.wait()
	best, total := s.collect(m.docs, offset+r.Size, order(r, tree), m.asked)
	out := &Result{
		Index: ix.Version(), Unverified: !ix.Verified(),
		Query: s.understood(),
		Total: total, Hits: []Hit{},
	}
	for _, g := range best[min(offset, len(best)):min(offset+r.Size, len(best))] {
		h, err := s.hit(g)
		if err != nil {
			return nil, err
		}
		out.Hits = append(out.Hits, h)
	}
	if next := offset + len(out.Hits); next < total {
		out.Next = ix.cursor(&r, next)
	}
	if m.asked != nil {
		out.Undated = s.undated(m.regardless)
	}
	if total == 0 {
		out.Without = append(s.lifted(m), s.dropped(m)...)
	}
	out.Facets, out.Histogram = counting.result()
	return out, nil
}

// understood tells how the query was read, once it was searched for.
func (s *search) understood() Understood {
	return Understood{
		Q: s.request.Query, Understood: s.tree.String(), Corrections: orEmpty(s.corrections), Forms: orEmpty(s.forms),
		Unknown: orEmpty(s.unknown), Near: s.alike,
	}
}

// order returns the order of hits; without a query all are equally relevant.
func order(r Request, tree query.Node) Sort {
	switch {
	case r.Sort != "" && !(r.Sort == ByRelevance && query.IsEmpty(tree)):
		return r.Sort
	case query.IsEmpty(tree):
		return ByPosition
	}
	return ByRelevance
}

// A matching is what a request matches, step by step.
type matching struct {
	matched    *roaring.Bitmap // by the query alone
	filters    []filter
	asked      *edtf.Range     // nil if no range was asked for
	regardless *roaring.Bitmap // by query and filters, regardless of dates
	inRange    *roaring.Bitmap // those of matched with a date in the range; nil without one
	docs       *roaring.Bitmap // by all
}

// find returns the passages that a request matches.
func (s *search) find(tree query.Node) (*matching, error) {
	m := &matching{}
	if r, ok, err := s.request.dateRange(); err != nil {
		return nil, err
	} else if ok {
		m.asked = &r
	}
	m.matched = s.matchAll(tree)
	m.filters = s.filters()
	m.regardless = s.narrow(m.matched, m.filters, "", nil)
	m.docs = m.regardless
	if m.asked != nil {
		m.inRange = s.dated(*m.asked, s.request.Within, m.matched)
		m.docs = roaring.And(m.regardless, m.inRange)
	}
	return m, nil
}

// lifted tells for each filter what is found without it, if anything is.
func (s *search) lifted(m *matching) []Lifted {
	var out []Lifted
	add := func(name string, docs *roaring.Bitmap) {
		if n := s.count(docs); n > 0 {
			out = append(out, Lifted{Filter: name, Total: n})
		}
	}
	for _, f := range m.filters {
		add(string(f.group), s.narrow(m.matched, m.filters, f.group, m.inRange))
	}
	if m.asked != nil {
		add("dates", m.regardless)
	}
	return out
}

func orEmpty[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}
