package web

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"github.com/gin-gonic/gin"

	"ibid/corpus"
	"ibid/search"
)

// An editedView is the page of a document that a source prints in full.
type editedView struct {
	layout
	Document   *search.DocumentEntry
	Name       string
	Head       *passageText // the heading that is the title, nil where the text has none
	Source     *ref
	Chapter    string // of the source, "" if it has none
	Pages      string // "pp. 213–214", "" if they are not told
	Date       string
	DateURL    string
	From, To   *ref
	Web        string // its address at the editors'
	Body       []passageText
	Notes      []passageText
	Quotations []card // from it, in other places of the corpus
	CitedIn    []card
	MoreCited  int
	Search     string // the passages that cite it
	Before     *ref
	After      *ref
	Place      string // address of it on the page of its source
	Cite       citeBox
	Permanent  string
	JSON       string
}

func (s *server) editedPage(c *gin.Context, cat *catalog, d *search.DocumentEntry) (*view, error) {
	all, err := s.index.DocumentPassages(d.ID)
	if err != nil {
		return nil, err
	}
	v := editedView{
		layout: s.layout(c, documentName(d), "documents"), Document: d, Name: cmp.Or(d.Title, "Document "+d.Label),
		Source: cat.source(d.Source), Date: readableDate(d.Date), DateURL: dateSearch(d.Date), From: cat.actor(d.From), To: cat.actor(d.To),
		Search: searchFor(search.GroupCite, d.ID), MoreCited: max(0, len(d.CitedIn)-maxCards), JSON: "/api/v1/documents/" + escapePath(d.Slug),
	}
	v.Permanent = v.Base + d.URL
	v.lay(cat, d, all)
	about := documentPassage(d, all)
	v.Web, v.Chapter = about.Document.URL, about.Section
	if len(about.Pages) > 0 {
		v.Pages = pageRange(about.Pages)
	}
	if v.Quotations, err = s.cardsOf(cat, "quoted", d.Quotations, maxCards); err != nil {
		return nil, err
	}
	if v.CitedIn, err = s.cardsOf(cat, "cited", d.CitedIn, maxCards); err != nil {
		return nil, err
	}
	if v.Cite, err = cat.citeBox(about); err != nil {
		return nil, err
	}
	v.Meta, v.LinkedData = cat.describePassage(v.Base, about)
	v.Before, v.After, err = s.beside(d.ID)
	return &view{Template: "edited", Page: v}, err
}

// lay sets the passages with their page numbers and notes. The title is not said
// again where it heads the text.
func (v *editedView) lay(cat *catalog, d *search.DocumentEntry, all []*corpus.Passage) {
	b := newBook(d.ID, all) // anchors are short: "n02"
	layer := &layer{cat: cat, book: b}
	for i, p := range b.body {
		if i == 0 {
			v.Place = sourcePlace(d.Source, p.ID, p.ID)
		}
		text := layer.lay(p, nil, nil)
		if p.Kind == corpus.Heading && v.Head == nil && sameWords(p.Text, v.Name) {
			v.Head = &text
			continue
		}
		v.Body = append(v.Body, text)
	}
	for _, note := range b.notes {
		v.Notes = append(v.Notes, layer.lay(note, nil, nil))
	}
}

// sameWords says whether two texts have the same letters and figures.
func sameWords(a, b string) bool {
	plain := func(s string) string {
		return strings.Map(func(r rune) rune {
			if unicode.IsLetter(r) || unicode.IsDigit(r) {
				return unicode.ToLower(r)
			}
			return -1
		}, s)
	}
	return plain(a) == plain(b)
}

// documentPassage stands for a whole document where one is cited: all its pages, no words.
func documentPassage(d *search.DocumentEntry, all []*corpus.Passage) *corpus.Passage {
	p := &corpus.Passage{ID: d.ID, Source: d.Source, Document: &corpus.EditedDocument{ID: d.ID, Number: d.Label, Title: d.Title,
		Date: d.Date, From: d.From, To: d.To, Place: d.Place, Archive: d.Archive}}
	for i, part := range all {
		if i == 0 {
			p.Document, p.Section = part.Document, part.Section
		}
		for _, page := range part.Pages { // notes come last, on pages that the text stands on
			if !slices.Contains(p.Pages, page) {
				p.Pages = append(p.Pages, page)
			}
		}
	}
	return p
}
