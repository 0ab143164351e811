package web

import (
	"net/url"
	"slices"

	"ibid/corpus"
	"ibid/search"
)

// A book is a source as its pages show it: the running text, the notes, and the
// quotations by the passage that holds them.
type book struct {
	source string
	body   []*corpus.Passage // headings and paragraphs, in reading order
	notes  []*corpus.Passage

	quotations []*corpus.Passage
	byID       map[string]*corpus.Passage
}

func newBook(source string, all []*corpus.Passage) *book {
	b := &book{source: source, byID: map[string]*corpus.Passage{}}
	for _, p := range all {
		b.byID[p.ID] = p
		switch p.Kind {
		case corpus.Heading, corpus.Paragraph:
			b.body = append(b.body, p)
		case corpus.Footnote:
			b.notes = append(b.notes, p)
		case corpus.Quotation:
			b.quotations = append(b.quotations, p)
		}
	}
	return b
}

// place is the address of a passage on the page of its source.
func (b *book) place(p *corpus.Passage) string {
	if len(b.body) > partSize {
		return sourcePlace(b.source, b.bodyOf(p).ID, p.ID)
	}
	return sourceURL(b.source) + "#" + anchor(b.source, p.ID)
}

// sourcePlace is the address of a passage on that page of its source which has a
// heading or paragraph of its body.
func sourcePlace(source, body, id string) string {
	return sourceURL(source) + "?at=" + url.QueryEscape(anchor(source, body)) + "#" + anchor(source, id)
}

// bodyOf is the heading or paragraph that a passage belongs to: the one that
// holds a quotation, the one that calls a footnote.
func (b *book) bodyOf(p *corpus.Passage) *corpus.Passage {
	if holder := b.byID[p.Within]; holder != nil {
		p = holder
	}
	if p.Caller != nil && b.byID[p.Caller.Passage] != nil {
		p = b.byID[p.Caller.Passage]
	}
	return p
}

// stretch is p with the n passages of its own sort before and after it.
func stretch(list []*corpus.Passage, p *corpus.Passage, n int) []*corpus.Passage {
	i := slices.IndexFunc(list, func(o *corpus.Passage) bool { return o.ID == p.ID })
	if i < 0 {
		return []*corpus.Passage{p}
	}
	return list[max(0, i-n):min(len(list), i+n+1)]
}

func noteLabel(p *corpus.Passage) string {
	if p.Footnote > 0 {
		return thousands(p.Footnote)
	}
	return "*"
}

// A layer lays the passages of a book out one after the other, and remembers
// which page it is on.
type layer struct {
	cat   *catalog
	book  *book
	page  string          // label of the page that the last passage ended on
	given map[string]bool // anchors of page breaks and callers so far
}

// lay lays a passage out with links, notes, page breaks and anchors of quotations.
func (l *layer) lay(p *corpus.Passage, marked search.Fragment, quoted []corpus.Place) passageText {
	t := passageText{ID: p.ID, Anchor: anchor(l.book.source, p.ID), URL: passageURL(p.ID), Kind: p.Kind}
	var markers []marker
	for _, m := range p.Marks {
		if m.Page != "" && m.Page != l.page && p.Kind != corpus.Footnote {
			markers = append(markers, marker{m.At, run{Page: m.Page, ID: l.once("page-" + m.Page)}})
			l.page = m.Page
		}
		if note := l.book.byID[m.Note]; note != nil {
			called := l.noteRef(note)
			markers = append(markers, marker{m.At, run{Note: called, ID: l.once(called.Back)}})
		}
	}
	for _, id := range p.Quotations {
		if q := l.book.byID[id]; q != nil {
			if at := quotedIn(p, q); len(at) > 0 {
				markers = append(markers, marker{at[0].Start, run{ID: anchor(l.book.source, id)}})
			}
		}
	}
	if p.Kind == corpus.Footnote {
		t.Label = noteLabel(p)
		if p.Caller != nil {
			t.Back = "ref-" + t.Anchor
		}
	}
	t.Runs = weave(p.Text, marked, l.cat.links(p), quoted, markers)
	return t
}

// once is an anchor where it is wanted first, then "": each article of a journal may
// begin with page 1, and a note may be called twice.
func (l *layer) once(anchor string) string {
	if l.given[anchor] {
		return ""
	}
	if l.given == nil {
		l.given = map[string]bool{}
	}
	l.given[anchor] = true
	return anchor
}

func (l *layer) noteRef(note *corpus.Passage) *noteRef {
	at := anchor(l.book.source, note.ID)
	return &noteRef{ID: note.ID, Anchor: at, Back: "ref-" + at, Label: noteLabel(note)}
}

// heading is the one that a passage stands under, "" if there is none or the
// passage is a heading itself.
func (b *book) heading(p *corpus.Passage) string {
	for i := 0; i < 3 && p != nil; i++ { // a quotation in a note that a paragraph calls
		switch {
		case p.Kind == corpus.Quotation:
			p = b.byID[p.Within]
		case p.Kind == corpus.Footnote && p.Caller != nil:
			p = b.byID[p.Caller.Passage]
		}
	}
	if p == nil || p.Kind == corpus.Heading {
		return ""
	}
	last := ""
	for _, o := range b.body {
		if o.Kind == corpus.Heading {
			last = o.Text
		}
		if o.ID == p.ID {
			return last
		}
	}
	return ""
}
