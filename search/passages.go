package search

import (
	"container/list"
	"context"
	"encoding/json"
	"fmt"
	"sync"

	"ibid/corpus"
	"ibid/indexer/schema"
)

// cacheBytes bounds the passages kept decoded; decoding one takes about 20 µs.
const cacheBytes = 16 << 20

// A passageCache keeps the passages read last.
type passageCache struct {
	mu     sync.Mutex
	order  *list.List // of *cached, the last used in front
	byDoc  map[uint32]*list.Element
	weight int
}

type cached struct {
	doc     uint32
	weight  int // bytes of its JSON form, times 3 for what decoding adds
	passage *corpus.Passage
}

func newPassageCache() *passageCache {
	return &passageCache{order: list.New(), byDoc: make(map[uint32]*list.Element)}
}

func (c *passageCache) get(doc uint32) *corpus.Passage {
	c.mu.Lock()
	defer c.mu.Unlock()
	e, ok := c.byDoc[doc]
	if !ok {
		return nil
	}
	c.order.MoveToFront(e)
	return e.Value.(*cached).passage
}

func (c *passageCache) put(doc uint32, p *corpus.Passage, size int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, ok := c.byDoc[doc]; ok {
		return
	}
	entry := &cached{doc: doc, weight: 3 * size, passage: p}
	c.byDoc[doc] = c.order.PushFront(entry)
	for c.weight += entry.weight; c.weight > cacheBytes && c.order.Len() > 1; {
		last := c.order.Remove(c.order.Back()).(*cached)
		delete(c.byDoc, last.doc)
		c.weight -= last.weight
	}
}

// passage returns a passage by its ordinal. It is shared: do not change it.
func (ix *Index) passage(doc uint32) (*corpus.Passage, error) {
	if p := ix.passages.get(doc); p != nil {
		return p, nil
	}
	p, size, err := ix.decode(doc)
	if err != nil {
		return nil, err
	}
	ix.passages.put(doc, p, size)
	return p, nil
}

// decode reads a passage from the segment, and the size of its JSON form in bytes.
func (ix *Index) decode(doc uint32) (p *corpus.Passage, size int, err error) {
	visited := ix.segment.VisitStoredFields(uint64(doc), func(field string, _ byte, value []byte, _ []uint64) bool {
		if field != schema.FieldSource {
			return true
		}
		p, size = new(corpus.Passage), len(value)
		err = json.Unmarshal(value, p)
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
