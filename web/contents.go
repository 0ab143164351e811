package web

import (
	"cmp"
	"fmt"

	"ibid/corpus"
)

// A contentsEntry is a heading of a source, or a document of an edition.
type contentsEntry struct {
	Text, URL, Page string
	Number, Date    string // of a document, as far as they are told
	Documents       []contentsEntry

	at int // its place in the body
}

// enter adds the next passage of the body to the contents where it is a heading, or begins a
// document of an edition, which stands below the heading before it.
func (o *outline) enter(source string, p, before *corpus.Passage) {
	e := contentsEntry{Text: p.Text, URL: "#" + anchor(source, p.ID), at: len(o.body)}
	if len(p.Pages) > 0 {
		e.Page = p.Pages[0]
	}
	switch d := begins(p, before); {
	case d != nil:
		e.Text, e.Date = documentTitle(d), readableDate(d.Date)
		if !numbered(d.Title, d.Number) {
			e.Number = d.Number
		}
		if len(o.contents) == 0 {
			o.contents = append(o.contents, contentsEntry{})
		}
		last := &o.contents[len(o.contents)-1]
		last.Documents = append(last.Documents, e)
		o.documents++
	case p.Kind == corpus.Heading && p.Document == nil:
		o.contents = append(o.contents, e)
	}
}

// address has the entries lead to their parts, where there are several.
func (o *outline) address(source string) {
	if o.parts() == 1 {
		return
	}
	lead := func(e *contentsEntry) {
		if e.URL != "" {
			e.URL = fmt.Sprintf("%s?part=%d%s", sourceURL(source), e.at/partSize+1, e.URL)
		}
	}
	for i := range o.contents {
		lead(&o.contents[i])
		for j := range o.contents[i].Documents {
			lead(&o.contents[i].Documents[j])
		}
	}
}

// begins is the document of an edition that begins with a passage of the body, nil where none
// does; before is the one ahead of it, or nil.
func begins(p, before *corpus.Passage) *corpus.EditedDocument {
	d := p.Document
	if d == nil || before != nil && before.Document != nil && before.Document.ID == d.ID {
		return nil
	}
	return d
}

func documentTitle(d *corpus.EditedDocument) string {
	switch {
	case d.Title != "":
		return d.Title
	case d.Number != "":
		return "Document " + d.Number
	}
	return d.ID
}

// documentFacts say which document of an edition it is: number, title, date and place, as far as they are told.
func documentFacts(d *corpus.EditedDocument) []string {
	var out []string
	if d.Number != "" && !numbered(d.Title, d.Number) {
		out = append(out, "Document "+d.Number)
	}
	for _, fact := range []string{d.Title, readableDate(d.Date), d.Place} {
		if fact != "" {
			out = append(out, fact)
		}
	}
	return out
}

// A documentHead stands above the first passage of a document of an edition.
type documentHead struct {
	Number, Date, Place, Archive string
	Title                        string // "" where the text has a heading of its own
	URL                          string // of the page of the document
	From, To                     *ref
}

// opening is the head of the document that begins with passage i of the body, nil
// where none does.
func (c *catalog) opening(b *book, i int) *documentHead {
	var before *corpus.Passage
	if i > 0 {
		before = b.body[i-1]
	}
	d := begins(b.body[i], before)
	if d == nil {
		return nil
	}
	head := &documentHead{URL: documentURL(d.ID), Number: d.Number, Date: readableDate(d.Date), Place: d.Place, Archive: d.Archive, From: c.actor(cmp.Or(b.body[i].Speaker, d.From)), To: c.actor(cmp.Or(b.body[i].Addressee, d.To))}
	if b.body[i].Kind != corpus.Heading {
		head.Title = documentTitle(d)
	}
	return head
}
