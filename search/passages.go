package search

import (
	"context"
	"fmt"
	"sync"

	"ibid/corpus"
	"ibid/indexer/analysis"
	"ibid/indexer/schema"
)

// cacheBytes bounds the passages kept decoded; decoding one takes about 20 µs.
const cacheBytes = 16 << 20

// cached is a passage that was read.
type cached struct {
	passage *corpus.Passage
	tokens  func() []analysis.Token // of its text, made at first use
}

// passage returns a passage by its ordinal. It is shared: do not change it.
func (ix *Index) passage(doc uint32) (*corpus.Passage, error) {
	c, err := ix.cachedPassage(doc)
	if err != nil {
		return nil, err
	}
	return c.passage, nil
}

// cachedPassage is passage with its tokens. One weighs the bytes that are stored of it, times 12 for
// what decoding and its tokens add.
func (ix *Index) cachedPassage(doc uint32) (*cached, error) {
	if c, ok := ix.passages.Get(doc); ok {
		return c, nil
	}
	p, size, err := ix.decode(doc)
	if err != nil {
		return nil, err
	}
	c := &cached{passage: p}
	c.tokens = sync.OnceValue(func() []analysis.Token { return analysis.Tokens(p.Text) })
	ix.passages.Put(doc, c, 12*size)
	return c, nil
}

// decode reads a passage from the segment, and the bytes that are stored of it, unpacked.
func (ix *Index) decode(doc uint32) (p *corpus.Passage, size int, err error) {
	ix.decoded.Add(1)
	visited := ix.segment.VisitStoredFields(uint64(doc), func(field string, _ byte, value []byte, _ []uint64) bool {
		if field != schema.FieldSource {
			return true
		}
		p, size, err = ix.store.Decode(value)
		return false
	})
	if visited != nil || err != nil || p == nil {
		return nil, 0, &internalError{fmt.Sprintf("passage %d cannot be read: %v %v", doc, visited, err)}
	}
	return p, size, nil
}

// ordinal returns the ordinal of the passage with an id. It returns ErrNotFound if there is none.
func (ix *Index) ordinal(id string) (uint32, error) {
	found, err := ix.segment.DocNumbers([]string{id})
	if err != nil {
		return 0, &internalError{err.Error()}
	}
	if found.IsEmpty() {
		return 0, ErrNotFound
	}
	return found.Minimum(), nil
}

// Passage returns the passage with an id, or ErrNotFound. It is shared: do not change it.
func (ix *Index) Passage(id string) (p *corpus.Passage, err error) {
	err = ix.guard(context.Background(), func() error {
		doc, err := ix.ordinal(id)
		if err != nil {
			return fmt.Errorf("passage %q: %w", id, err)
		}
		p, err = ix.passage(doc)
		return err
	})
	return p, err
}

// Passages returns the passages of a source in reading order, or ErrNotFound.
// They are shared: do not change them.
func (ix *Index) Passages(source string) (out []*corpus.Passage, err error) {
	err = ix.guard(context.Background(), func() error {
		docs := ix.segmentDocs("source", source)
		if docs.IsEmpty() {
			return fmt.Errorf("source %q: %w", source, ErrNotFound)
		}
		for it := docs.Iterator(); it.HasNext(); {
			p, err := ix.passage(it.Next())
			if err != nil {
				return err
			}
			out = append(out, p)
		}
		return nil
	})
	return out, err
}
