package search

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"sort"
	"strings"

	"ibid/corpus"
	"ibid/indexer/schema"
)

// document is the entry at a place of the register.
func (ix *Index) document(i int) (*DocumentEntry, error) {
	var r schema.DocumentRecord
	if err := json.Unmarshal(ix.register.Document.Bytes(i), &r); err != nil {
		return nil, &internalError{fmt.Sprintf("document %d cannot be read: %v", i, err)}
	}
	slug := Slug(r.ID)
	d := &DocumentEntry{ID: r.ID, Slug: slug, Kind: CitedDocument, Collection: r.Collection, Number: schema.DocumentNumber(r.ID),
		Date: r.Date, Medium: r.Medium, From: r.From, To: r.To, URL: "/document/" + escapePath(slug)}
	if e := r.Edited; e != nil {
		d.Kind, d.Source, d.Number = EditedDocument, r.Source, schema.DocumentNumber(" "+e.Number)
		d.Label, d.Title, d.Place, d.Archive = e.Number, e.Title, e.Place, e.Archive
	}
	var err error
	if d.Quotations, err = ix.ids(ix.register.Quoted.Of(i)); err != nil {
		return nil, err
	}
	d.CitedIn, err = ix.ids(ix.register.CitedIn.Of(i))
	return d, err
}

// Slug returns the id of a document as it stands in addresses: "GK-279".
func Slug(id string) string { return strings.ReplaceAll(id, " ", "-") }

// ids are the ids of passages.
func (ix *Index) ids(docs []uint32) ([]string, error) {
	out := make([]string, 0, len(docs))
	for _, doc := range docs {
		id, err := ix.segment.DocID(uint64(doc))
		if err != nil {
			return nil, &internalError{fmt.Sprintf("passage %d has no id: %v", doc, err)}
		}
		out = append(out, string(id))
	}
	return out, nil
}

// documentPlace finds a document by its id, slug or a writing of them.
func (ix *Index) documentPlace(id string) (int, bool) {
	for _, writing := range []string{strings.TrimSpace(id), citeID(id)} {
		if k := ix.register.Key.Index(strings.ToLower(writing)); k >= 0 {
			return int(ix.register.KeyOf[k]), true
		}
	}
	return 0, false
}

// Document returns the entry of a document by its id ("GK 279", "frus1936v03/d12")
// or slug ("GK-279"), or ErrNotFound.
func (ix *Index) Document(id string) (d *DocumentEntry, err error) {
	err = ix.guard(context.Background(), func() error {
		i, ok := ix.documentPlace(id)
		if !ok {
			return fmt.Errorf("document %q: %w", clip(id), ErrNotFound)
		}
		d, err = ix.document(i)
		return err
	})
	return d, err
}

// Beside returns the documents before and after one in its collection or edition,
// nil at the ends, or ErrNotFound.
func (ix *Index) Beside(id string) (before, after *DocumentEntry, err error) {
	err = ix.guard(context.Background(), func() error {
		i, ok := ix.documentPlace(id)
		if !ok {
			return fmt.Errorf("document %q: %w", clip(id), ErrNotFound)
		}
		r := ix.register
		near := func(j int) (*DocumentEntry, error) {
			if j < 0 || j >= r.Documents || (i < r.Cited) != (j < r.Cited) || r.Group[i] != r.Group[j] {
				return nil, nil
			}
			return ix.document(j)
		}
		if before, err = near(i - 1); err != nil {
			return err
		}
		after, err = near(i + 1)
		return err
	})
	return before, after, err
}

// DocumentPassages returns the passages of an edited document in reading order:
// head, paragraphs, quotations and notes; ErrNotFound for a cited one. They are
// shared: do not change them.
func (ix *Index) DocumentPassages(id string) (out []*corpus.Passage, err error) {
	err = ix.guard(context.Background(), func() error {
		i, ok := ix.documentPlace(id)
		if !ok || i < ix.register.Cited {
			return fmt.Errorf("document %q: %w", clip(id), ErrNotFound)
		}
		first := ""
		for doc := ix.register.First[i]; doc < ix.register.End[i]; doc++ {
			p, err := ix.passage(doc)
			if err != nil {
				return err
			}
			if first == "" && p.Document != nil {
				first = p.Document.ID
			}
			if p.Document != nil && p.Document.ID == first {
				out = append(out, p)
			}
		}
		return nil
	})
	return out, err
}

// DocumentsLike returns the documents whose ids stand next to one among all ids in
// order, about n: those that one who mistyped may mean.
func (ix *Index) DocumentsLike(id string, n int) (out []DocumentEntry) {
	err := ix.guard(context.Background(), func() error {
		r := ix.register
		wanted := strings.ToLower(id)
		at := sort.Search(r.Key.Len(), func(i int) bool { return r.Key.View(i) >= wanted })
		var places []uint32
		for k := max(0, at-n/2); k < min(r.Key.Len(), at+n/2); k++ {
			if !slices.Contains(places, r.KeyOf[k]) {
				places = append(places, r.KeyOf[k])
			}
		}
		for _, i := range places {
			d, err := ix.document(int(i))
			if err != nil {
				return err
			}
			out = append(out, *d)
		}
		return nil
	})
	if err != nil {
		return nil // no guess is better than none at all
	}
	return out
}

// Totals count what a register holds.
type Totals struct {
	Cited  int // documents that the sources cite
	Quoted int // of these
	Edited int // documents that the sources print
	Actors int
}

// Totals counts documents and actors; nought once the index is closed.
func (ix *Index) Totals() (t Totals) {
	_ = ix.guard(context.Background(), func() error { // a closed index has none
		r := ix.register
		t = Totals{Cited: r.Cited, Edited: r.Documents - r.Cited, Actors: r.Actors}
		for i := range r.Cited {
			if len(r.Quoted.Of(i)) > 0 {
				t.Quoted++
			}
		}
		return nil
	})
	return t
}

// A Census counts what a corpus holds.
type (
	Census      = schema.Census
	RepairCount = schema.RepairCount // repairs of one rule
	Found       = schema.Found       // passages of a sort, and the first of them
)

// Census returns what was counted when the index was made.
func (ix *Index) Census() (*Census, error) {
	c := new(Census)
	err := ix.guard(context.Background(), func() error {
		if err := json.Unmarshal(ix.register.Census, c); err != nil {
			return &internalError{"the census cannot be read: " + err.Error()}
		}
		return nil
	})
	return c, err
}

// headingOf returns the heading that a passage stands under, "" if its section has none before it.
func (ix *Index) headingOf(doc uint32, p *corpus.Passage) string {
	at := ix.headings.PreviousValue(doc)
	if at < 0 {
		return ""
	}
	h, err := ix.passage(uint32(at))
	if err != nil || h.Source != p.Source || h.Section != p.Section {
		return "" // the passage itself was read: its title is not worth failing for
	}
	return h.Text
}
