package web

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"ibid/corpus"
	"ibid/search"
)

// An outline is what the pages of a source need to know of the whole of it: which passages
// stand on which part. It is made once by reading the source, and then a part is read alone.
type outline struct {
	body      []string   // ids of headings and paragraphs, in reading order
	notes     [][]string // by part: ids of the notes on it, likewise
	contents  []contentsEntry
	documents int // in the contents
}

// outlineBytes bounds the outlines that are kept. One takes about 50 bytes for each passage.
const outlineBytes = 32 << 20

// parts is the number of pages of the source.
func (o *outline) parts() int { return max(1, (len(o.body)+partSize-1)/partSize) }

// weight estimates the bytes that an outline takes.
func (o *outline) weight() int {
	const text = 16 // of a string beside its letters
	n := 0
	for _, list := range append([][]string{o.body}, o.notes...) {
		n += 24
		for _, id := range list {
			n += text + len(id)
		}
	}
	for _, chapter := range o.contents {
		for _, e := range append([]contentsEntry{chapter}, chapter.Documents...) {
			n += 120 + len(e.Text) + len(e.URL) + len(e.Page) + len(e.Number) + len(e.Date)
		}
	}
	return n
}

// outline returns the outline of a source; those who want it at the same time wait for one.
// The error wraps search.ErrNotFound where the index has no such source.
func (s *server) outline(ctx context.Context, cat *catalog, source string) (*outline, error) {
	if o, ok := cat.outlines.Get(source); ok {
		return o, nil
	}
	made, err, _ := cat.outlining.Do(source, func() (any, error) {
		if o, ok := cat.outlines.Get(source); ok { // made just now
			return o, nil
		}
		// Who waits with the first reader needs it when that one goes away, and the next one does.
		o, err := s.newOutline(context.WithoutCancel(ctx), source)
		if err == nil {
			cat.outlines.Put(source, o, o.weight())
		}
		return o, err
	})
	return made.(*outline), err
}

// newOutline reads a source, a passage at a time.
func (s *server) newOutline(ctx context.Context, source string) (*outline, error) {
	o := &outline{}
	called := map[string][]int{} // parts that call a note
	var notes []*corpus.Passage  // with id and caller
	var before *corpus.Passage   // in the body
	asked := search.Request{Sort: search.ByPosition, Filters: search.Filters{search.GroupSource: {source}}}
	for p, err := range s.index.Export(ctx, asked) {
		if err != nil {
			return nil, err
		}
		switch p.Kind {
		case corpus.Heading, corpus.Paragraph:
			part := len(o.body) / partSize
			for _, id := range p.Notes {
				called[id] = append(called[id], part)
			}
			o.enter(source, p, before)
			o.body = append(o.body, p.ID)
			before = p
		case corpus.Footnote:
			notes = append(notes, &corpus.Passage{ID: p.ID, Caller: p.Caller})
		}
	}
	if len(o.body)+len(notes) == 0 {
		return nil, fmt.Errorf("source %q: %w", source, search.ErrNotFound)
	}
	o.notes = make([][]string, o.parts())
	for _, note := range notes {
		on := called[note.ID]
		if note.Caller == nil {
			on = append(on, 0)
		}
		slices.Sort(on)
		for _, part := range slices.Compact(on) {
			o.notes[part] = append(o.notes[part], note.ID)
		}
	}
	o.address(source)
	return o, nil
}

// part reads a part of a source, counted from 1, as a book with the notes of that part. Its
// body begins with the passage before the part, if there is one: first is the place of the
// first of the part itself.
func (s *server) part(source string, o *outline, part int) (b *book, first int, err error) {
	wanted := o.notes[part-1]
	if o.parts() == 1 {
		all, err := s.index.Passages(source)
		if err != nil {
			return nil, 0, err
		}
		b = newBook(source, all)
		b.notes = slices.DeleteFunc(b.notes, func(p *corpus.Passage) bool { return !slices.Contains(wanted, p.ID) })
		return b, 0, nil
	}
	from := (part - 1) * partSize
	first = min(from, 1)
	some, err := s.passagesOf(slices.Concat(o.body[from-first:min(from+partSize, len(o.body))], wanted))
	if err != nil {
		return nil, 0, err
	}
	b = newBook(source, some)
	var beside []string // what they call and quote
	for _, p := range some[first:] {
		for _, m := range p.Marks {
			if m.Note != "" {
				beside = append(beside, m.Note)
			}
		}
		beside = append(beside, p.Quotations...)
	}
	for _, id := range beside {
		p, err := s.index.Passage(id)
		if err != nil && !errors.Is(err, search.ErrNotFound) {
			return nil, 0, err
		}
		if err == nil {
			b.byID[id] = p
		}
	}
	return b, first, nil
}

func (s *server) passagesOf(ids []string) ([]*corpus.Passage, error) {
	out := make([]*corpus.Passage, 0, len(ids))
	for _, id := range ids {
		p, err := s.index.Passage(id)
		if err != nil {
			return nil, err
		}
		out = append(out, p)
	}
	return out, nil
}
