package search

import (
	"context"
	"iter"
	"math"
	"slices"

	"ibid/corpus"
	"ibid/indexer/analysis"
	"ibid/search/query"
)

// Export yields every passage that matches a request, without a limit: hit by
// hit in the order of the request, of a hit first the passage that a result
// shows. By position they come in reading order, and are not gathered first. An
// error is yielded once, at last; it is one of those of Search. The passages are
// shared: do not change them. The index stays open while the loop runs.
func (ix *Index) Export(ctx context.Context, r Request) iter.Seq2[*corpus.Passage, error] {
	return func(yield func(*corpus.Passage, error) bool) {
		r.Size, r.Cursor = 0, ""
		tree, err := ix.understand(&r)
		if err != nil {
			yield(nil, err)
			return
		}
		stopped := false
		err = ix.guard(ctx, func() error {
			return ix.exportAll(ctx, r, tree, func(doc uint32) (bool, error) {
				p, _, err := ix.decode(doc)
				if err != nil {
					return false, err
				}
				stopped = !yield(p, nil)
				return !stopped, nil
			})
		})
		if err != nil && !stopped {
			yield(nil, err)
		}
	}
}

// understand checks a request and reads its query.
func (ix *Index) understand(r *Request) (query.Node, error) {
	if err := checkRequest(r); err != nil {
		return nil, err
	}
	tree, err := query.Parse(r.Query)
	if err != nil {
		return nil, err
	}
	return query.Understand(tree, ix.vocabulary), nil
}

func (ix *Index) exportAll(ctx context.Context, r Request, tree query.Node, visit func(doc uint32) (bool, error)) error {
	s := ix.newSearch(ctx, r)
	m, err := s.find(tree)
	if err != nil {
		return err
	}
	if order(r, tree) == ByPosition {
		for it := m.docs.Iterator(); it.HasNext(); {
			s.check()
			if more, err := visit(it.Next()); err != nil || !more {
				return err
			}
		}
		return nil
	}
	groups, _ := s.collect(m.docs, math.MaxInt, order(r, tree), m.asked)
	for _, g := range groups {
		s.check()
		docs := slices.DeleteFunc(s.members(m.docs, g.lead), func(d uint32) bool { return d == g.lead })
		for _, doc := range append([]uint32{g.lead}, docs...) {
			if more, err := visit(doc); err != nil || !more {
				return err
			}
		}
	}
	return nil
}

// Mark returns the whole text of a passage with what matches the query of r
// marked, whether or not the passage is a hit. Filters do not matter.
func (ix *Index) Mark(ctx context.Context, r Request, p *corpus.Passage) (out Fragment, err error) {
	tree, err := ix.understand(&r)
	if err != nil {
		return nil, err
	}
	err = ix.guard(ctx, func() error {
		s := ix.newSearch(ctx, r)
		s.matchAll(tree)
		out = pieces(p.Text, 0, len(p.Text), s.marks.marks(p, analysis.Tokens(p.Text)))
		return nil
	})
	return out, err
}
