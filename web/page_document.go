package web

import (
	"cmp"
	"strings"

	"github.com/gin-gonic/gin"

	"ibid/corpus"
	"ibid/search"
)

type documentView struct {
	layout
	Document   *search.DocumentEntry
	Collection *corpus.Collection
	Date       string
	DateURL    string
	From, To   *ref
	Quotations []card
	CitedIn    []card
	MoreCited  int // beyond those shown
	Search     string
	Before     *ref // in its collection, of those cited
	After      *ref
	JSON       string
}

// maxCards of one kind are shown on the page of a document or actor.
const maxCards = 40

func (s *server) documentPage(c *gin.Context) (*view, error) {
	d, err := s.index.Document(pathID(c))
	if err != nil {
		return nil, err
	}
	cat := s.catalog()
	if d.Kind == search.EditedDocument {
		return s.editedPage(c, cat, d)
	}
	v := documentView{
		layout: s.layout(c, d.ID, "documents"), Document: d, Date: readableDate(d.Date), DateURL: dateSearch(d.Date),
		From: cat.actor(d.From), To: cat.actor(d.To),
		Search:    searchFor(search.GroupCite, d.ID),
		MoreCited: max(0, len(d.CitedIn)-maxCards),
		JSON:      "/api/v1/documents/" + escapePath(d.Slug),
	}
	for i := range cat.manifest.Collections {
		if cat.manifest.Collections[i].Siglum == d.Collection {
			v.Collection = &cat.manifest.Collections[i]
		}
	}
	if v.Quotations, err = s.cardsOf(cat, "quoted", d.Quotations, maxCards); err != nil {
		return nil, err
	}
	if v.CitedIn, err = s.cardsOf(cat, "cited", d.CitedIn, maxCards); err != nil {
		return nil, err
	}
	v.Before, v.After, err = s.beside(d.ID)
	return &view{Template: "document", Page: v}, err
}

// beside are the documents before and after one in its collection or edition.
func (s *server) beside(id string) (before, after *ref, err error) {
	low, high, err := s.index.Beside(id)
	if low != nil {
		before = &ref{Text: documentName(low), URL: documentURL(low.ID)}
	}
	if high != nil {
		after = &ref{Text: documentName(high), URL: documentURL(high.ID)}
	}
	return before, after, err
}

// documentName is what a document is called in a line.
func documentName(d *search.DocumentEntry) string {
	switch {
	case d.Kind != search.EditedDocument:
		return d.ID
	case d.Label != "" && d.Title != "" && !numbered(d.Title, d.Label):
		return d.Label + ". " + d.Title
	}
	return cmp.Or(d.Title, d.ID)
}

// numbered says whether a title begins with the number of its document, as "12. Memorandum".
func numbered(title, number string) bool {
	rest, ok := strings.CutPrefix(title, number)
	return ok && strings.HasPrefix(rest, ".")
}
