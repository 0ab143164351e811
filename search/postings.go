package search

import (
	"github.com/RoaringBitmap/roaring/v2"
	segment "github.com/blevesearch/scorch_segment_api/v2"

	"ibid/indexer/schema"
)

// A reader reads postings for one search. bleve's dictionaries are not safe for
// concurrent use, so each search has its own.
type reader struct {
	ix    *Index
	dicts map[string]segment.TermDictionary
	terms map[[2]string]postings
}

func (ix *Index) reader() *reader {
	return &reader{ix: ix, dicts: make(map[string]segment.TermDictionary, 4), terms: make(map[[2]string]postings)}
}

// dict returns the dictionary of a field. A fault of the segment panics, which
// guard turns into the error of the search.
func (r *reader) dict(field string) segment.TermDictionary {
	d, ok := r.dicts[field]
	if !ok {
		var err error
		if d, err = r.ix.segment.Dictionary(field); err != nil {
			panic(err)
		}
		r.dicts[field] = d
	}
	return d
}

// A postings is the posting list of a term: the passages that have it, and how
// often, by their rank in the list.
type postings struct {
	docs   *roaring.Bitmap // belongs to the segment: never change it
	counts counter         // nil where presence is all that is known
}

// A counter tells how often the passage of a rank in a posting list has a term.
type counter interface{ Count(rank int) int }

// term returns the postings of a term.
func (r *reader) term(field, term string) postings {
	key := [2]string{field, term}
	if p, ok := r.terms[key]; ok {
		return p
	}
	list, err := r.dict(field).PostingsList([]byte(term), nil, nil)
	if err != nil {
		panic(err)
	}
	p := postings{docs: schema.Passages(list)}
	if of := r.ix.occurrencesOf(field); of != nil && !p.docs.IsEmpty() {
		p.counts = of.Of(term)
	}
	r.terms[key] = p
	return p
}

// occurrencesOf returns the counts of a field, nil where there are none.
func (ix *Index) occurrencesOf(field string) *schema.Occurrences {
	switch field {
	case schema.FieldText:
		return ix.text
	case schema.FieldStem:
		return ix.stems
	}
	return nil
}

// has says whether any passage has the term.
func (r *reader) has(field, term string) bool {
	ok, err := r.dict(field).Contains([]byte(term))
	if err != nil {
		panic(err)
	}
	return ok
}

// segmentDocs returns the passages with a term in a field.
func (ix *Index) segmentDocs(field, term string) *roaring.Bitmap {
	return ix.reader().term(field, term).docs
}

// probeCost is the number of passages of a list that can be walked over in the time
// that it takes to find the rank of one.
const probeCost = 64

// A ranker tells the rank of passages in a posting list. They are asked for in
// ascending order: by a walk along the list, or one by one where few are asked for.
type ranker struct {
	docs   *roaring.Bitmap
	walk   roaring.ManyIntIterable // nil to look up each
	buffer []uint32                // of the walk
	next   int                     // the place in buffer
	before int                     // passages of the list before buffer
}

// newRanker makes a ranker that about so many passages will be asked of.
func newRanker(docs *roaring.Bitmap, asked int) *ranker {
	r := &ranker{docs: docs}
	if uint64(asked)*probeCost > docs.GetCardinality() {
		r.walk = docs.ManyIterator()
		r.buffer = make([]uint32, 0, 256)
	}
	return r
}

// rank returns the rank of a passage, from 0; -1 if the list does not have it.
func (r *ranker) rank(doc uint32) int {
	if r.walk == nil {
		if !r.docs.Contains(doc) {
			return -1
		}
		return int(r.docs.Rank(doc)) - 1
	}
	for {
		for ; r.next < len(r.buffer); r.next++ {
			if at := r.buffer[r.next]; at >= doc {
				if at > doc {
					return -1
				}
				return r.before + r.next
			}
		}
		if !r.fill() {
			return -1
		}
	}
}

// fill reads the next stretch of the list.
func (r *ranker) fill() bool {
	r.before += len(r.buffer)
	r.next = 0
	r.buffer = r.buffer[:r.walk.NextMany(r.buffer[:cap(r.buffer)])]
	return len(r.buffer) > 0
}

// places tell where a term of the text stands, passage by passage in ascending order.
type places struct {
	ranker *ranker
	counts schema.Counts
}

// places returns the places of the term, of which about so many passages will be asked.
func (p postings) places(asked int) *places {
	counts, _ := p.counts.(schema.Counts)
	return &places{newRanker(p.docs, asked), counts}
}

// of returns the positions of the term in a passage, in order. They belong to the mapped file.
func (p *places) of(doc uint32) []uint16 {
	if rank := p.ranker.rank(doc); rank >= 0 {
		return p.counts.Positions(rank)
	}
	return nil
}

// prefixTerms calls visit with each term of the text that begins with prefix
// and the number of passages it is in, until visit returns false.
func (r *reader) prefixTerms(prefix string, visit func(term string, docs int) bool) {
	end := []byte(prefix)
	for i := len(end) - 1; i >= 0; i-- {
		if end[i]++; end[i] != 0 {
			end = end[:i+1]
			break
		}
	}
	terms := r.dict(schema.FieldText).AutomatonIterator(nil, []byte(prefix), end)
	for {
		e, err := terms.Next()
		if err != nil {
			panic(err)
		}
		if e == nil || !visit(e.Term, int(e.Count)) {
			return
		}
	}
}
