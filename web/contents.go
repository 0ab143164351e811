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
}

// contents are the headings of a book, and in an edition its documents below the
// heading that they stand under; documents says how many there are.
func contents(b *book) (out []contentsEntry, documents int) {
	for i, p := range b.body {
		e := contentsEntry{Text: p.Text, URL: "#" + anchor(b.source, p.ID)}
		if len(b.body) > partSize {
			e.URL = fmt.Sprintf("%s?part=%d%s", sourceURL(b.source), i/partSize+1, e.URL)
		}
		if len(p.Pages) > 0 {
			e.Page = p.Pages[0]
		}
		switch begins := b.begins(i); {
		case begins != nil:
			e.Text, e.Date = documentTitle(begins), readableDate(begins.Date)
			if !numbered(begins.Title, begins.Number) {
				e.Number = begins.Number
			}
			if len(out) == 0 {
				out = append(out, contentsEntry{})
			}
			out[len(out)-1].Documents = append(out[len(out)-1].Documents, e)
			documents++
		case p.Kind == corpus.Heading && p.Document == nil:
			out = append(out, e)
		}
	}
	return out, documents
}

// begins is the document of an edition that begins with passage i of the body, or nil.
func (b *book) begins(i int) *corpus.EditedDocument {
	d := b.body[i].Document
	if d == nil || i > 0 && b.body[i-1].Document != nil && b.body[i-1].Document.ID == d.ID {
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
	d := b.begins(i)
	if d == nil {
		return nil
	}
	head := &documentHead{URL: documentURL(d.ID), Number: d.Number, Date: readableDate(d.Date), Place: d.Place, Archive: d.Archive, From: c.actor(cmp.Or(b.body[i].Speaker, d.From)), To: c.actor(cmp.Or(b.body[i].Addressee, d.To))}
	if b.body[i].Kind != corpus.Heading {
		head.Title = documentTitle(d)
	}
	return head
}
