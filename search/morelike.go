package search

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"ibid/corpus"
	"ibid/indexer/analysis"
	"ibid/indexer/schema"
)

// tellingTerms is the number of words by which passages are likened.
const tellingTerms = 20

// Similar returns the passages most like one: those that share most of its
// telling words and its citations, without the passage itself, what holds it
// and what it holds. It returns ErrNotFound if there is no passage with that id.
func (ix *Index) Similar(ctx context.Context, id string, n int) (out []Hit, err error) {
	err = ix.guard(ctx, func() error {
		doc, err := ix.ordinal(id)
		if err != nil {
			return fmt.Errorf("passage %q: %w", clip(id), err)
		}
		p, err := ix.passage(doc)
		if err != nil {
			return err
		}
		s := ix.newSearch(ctx, Request{Match: Stem})
		docs := roaring.And(s.like(p), ix.everything)
		first, last := ix.bounds(doc)
		docs.RemoveRange(uint64(first), uint64(last)+1)
		groups, _ := s.collect(docs, n, ByRelevance, nil)
		out = []Hit{}
		s.marks = marker{} // what is alike is not what was asked for
		for _, g := range groups[:min(n, len(groups))] {
			h, err := s.hit(g)
			if err != nil {
				return err
			}
			out = append(out, h)
		}
		return nil
	})
	return out, err
}

// like has the telling words of p scored, and its citations, and returns the passages that have any.
func (s *search) like(p *corpus.Passage) *roaring.Bitmap {
	counts := make(map[string]int) // by stem
	form := make(map[string]string)
	for _, t := range analysis.Terms(p.Text) {
		if !analysis.IsStop(t) && len(t) > 2 {
			stem := analysis.Stem(t)
			counts[stem]++
			form[stem] = t
		}
	}
	type telling struct {
		term   string
		weight float64
	}
	var terms []telling
	for stem, n := range counts {
		docs := s.term(schema.FieldStem, stem).docs
		if docs.GetCardinality() > 1 {
			terms = append(terms, telling{form[stem], float64(min(n, 3)) * s.idf(docs)})
		}
	}
	slices.SortFunc(terms, func(a, b telling) int {
		return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(a.term, b.term))
	})
	out := roaring.New()
	for _, t := range terms[:min(len(terms), tellingTerms)] {
		out.Or(s.scoreWord(s.word(t.term), true))
	}
	for _, c := range p.Citations {
		docs := s.term(schema.FieldCite, schema.CiteKey(c.ID)).docs
		s.leaves = append(s.leaves, &leaf{idf: s.idf(docs), docs: docs, lift: func(uint32) float64 { return 1 }})
		out.Or(docs)
	}
	return out
}
