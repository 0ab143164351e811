package search

import (
	"github.com/RoaringBitmap/roaring/v2"
	segment "github.com/blevesearch/scorch_segment_api/v2"

	"ibid/indexer/schema"
)

// A reader reads postings for one search. bleve's dictionaries are not safe for
// concurrent use, so each search has its own.
type reader struct {
	segment segment.Segment
	dicts   map[string]segment.TermDictionary
}

func (ix *Index) reader() *reader {
	return &reader{segment: ix.segment, dicts: make(map[string]segment.TermDictionary, 4)}
}

// dict returns the dictionary of a field. A fault of the segment panics, which
// guard turns into the error of the search.
func (r *reader) dict(field string) segment.TermDictionary {
	d, ok := r.dicts[field]
	if !ok {
		var err error
		if d, err = r.segment.Dictionary(field); err != nil {
			panic(err)
		}
		r.dicts[field] = d
	}
	return d
}

// A postings is the posting list of a term, with the passages that have it.
type postings struct {
	list segment.PostingsList
	docs *roaring.Bitmap // belongs to the segment: never change it
}

// term returns the postings of a term.
func (r *reader) term(field, term string) postings {
	list, err := r.dict(field).PostingsList([]byte(term), nil, nil)
	if err != nil {
		panic(err)
	}
	return postings{list: list, docs: docsOf(list)}
}

func docsOf(list segment.PostingsList) *roaring.Bitmap {
	if it, ok := list.Iterator(false, false, false, nil).(segment.OptimizablePostingsIterator); ok {
		if doc, one := it.DocNum1Hit(); one {
			return roaring.BitmapOf(uint32(doc))
		}
		if docs := it.ActualBitmap(); docs != nil {
			return docs
		}
	}
	return roaring.New()
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

// positions reads the positions of a term, passage by passage in ascending order.
type positions struct {
	it   segment.PostingsIterator
	at   uint32 // the passage read last
	hold []int  // its positions
	done bool
	read bool
}

func (p postings) positions() *positions {
	return &positions{it: p.list.Iterator(true, false, true, nil)}
}

// of returns the positions of the term in a passage, in order; they are valid
// until the next call. Passages must be asked for in ascending order.
func (p *positions) of(doc uint32) []int {
	if p.done || p.read && p.at > doc {
		return nil
	}
	if !p.read || p.at < doc {
		next, err := p.it.Advance(uint64(doc))
		if err != nil {
			panic(err)
		}
		if next == nil {
			p.done = true
			return nil
		}
		p.read, p.at, p.hold = true, uint32(next.Number()), p.hold[:0]
		for _, l := range next.Locations() {
			p.hold = append(p.hold, int(l.Pos()))
		}
	}
	if p.at != doc {
		return nil
	}
	return p.hold
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
