package web

import (
	"encoding/json"
	"maps"
	"net/url"
	"slices"

	"github.com/gin-gonic/gin"

	"ibid/corpus"
	"ibid/corpus/cite"
	"ibid/search"
)

// Documents is a page of the calendar.
type Documents struct {
	Index     string      `json:"index"` // version of the index that answered
	Total     int         `json:"total"`
	Documents []Document  `json:"documents"`
	Years     []YearCount `json:"years"`   // of all that pass but for from and to
	Undated   int         `json:"undated"` // likewise, those without a date
	Next      string      `json:"next"`    // cursor of the next page, "" on the last
}

// A YearCount counts the documents of a year.
type YearCount struct {
	Year  int `json:"year"`
	Count int `json:"count"`
}

// A WholeDocument is a document with its text, where a source prints it.
type WholeDocument struct {
	Document
	Pages    []string          `json:"pages"`    // printed labels, of one that a source prints
	Passages []*corpus.Passage `json:"passages"` // likewise: head, paragraphs, quotations and notes in reading order
	Cite     *Citing           `json:"cite"`     // likewise; null for one only cited
	Previous string            `json:"previous"` // id of the document before it in its collection or edition, "" if there is none
	Next     string            `json:"next"`     // likewise, after it
}

// Citing is how to cite a document.
type Citing struct {
	Note   string          `json:"note"` // a footnote
	BibTeX string          `json:"bibtex"`
	RIS    string          `json:"ris"`
	CSL    json.RawMessage `json:"csl"` // CSL-JSON, one item
}

// A Document is a document with the addresses of what belongs to it.
type Document struct {
	search.DocumentEntry
	Links DocumentLinks `json:"links"`
}

// DocumentLinks are addresses on this server.
type DocumentLinks struct {
	Self   string `json:"self"`   // this resource
	Page   string `json:"page"`   // for readers
	Search string `json:"search"` // the passages that cite it
}

// Actors is a page of the authority file.
type Actors struct {
	Index  string  `json:"index"` // version of the index that answered
	Total  int     `json:"total"`
	Actors []Actor `json:"actors"`
	Next   string  `json:"next"` // cursor of the next page, "" on the last
}

// An Actor is an entry of the authority file with the addresses of what belongs to it.
type Actor struct {
	search.ActorEntry
	Links ActorLinks `json:"links"`
}

// ActorLinks are addresses on this server.
type ActorLinks struct {
	Self     string `json:"self"`     // this resource
	Page     string `json:"page"`     // for readers
	Mentions string `json:"mentions"` // the passages that name it
	Said     string `json:"said"`     // the quotations of its words
	WasTold  string `json:"was_told"` // the quotations addressed to it
}

// Sources are the works in the corpus.
type Sources struct {
	Index       string       `json:"index"` // version of the index that answered
	Corpus      string       `json:"corpus"`
	Total       int          `json:"total"`
	Sources     []Source     `json:"sources"`
	Collections []Collection `json:"collections"`
	Phases      []Phase      `json:"phases"`
}

// A Source is a work in the corpus with the addresses of what belongs to it.
type Source struct {
	ID        string           `json:"id"`
	Format    corpus.Format    `json:"format"`
	Language  string           `json:"language"`  // BCP 47
	Reference corpus.Reference `json:"reference"` // in the names of CSL-JSON
	Issued    string           `json:"issued"`    // EDTF
	Passages  int              `json:"passages"`
	Links     SourceLinks      `json:"links"`
}

// SourceLinks are addresses on this server.
type SourceLinks struct {
	Page     string `json:"page"`     // for readers
	Passages string `json:"passages"` // a search for all its passages
	Export   string `json:"export"`   // all its passages as JSON lines
}

// A Collection is a published collection of documents that the sources cite.
type Collection struct {
	Siglum string `json:"siglum"` // "GK"
	Title  string `json:"title"`
	Issued int    `json:"issued"` // year; 0 if not told
}

// A Phase is a stretch of the story.
type Phase struct {
	ID    string `json:"id"`
	Label string `json:"label"`
	From  string `json:"from"` // ISO day, inclusive
	To    string `json:"to"`   // ISO day, inclusive
}

// Suggestions complete what a reader is typing.
type Suggestions struct {
	Q           string              `json:"q"`
	Suggestions []search.Suggestion `json:"suggestions"`
}

func newDocument(d *search.DocumentEntry) Document {
	return Document{*d, DocumentLinks{
		Self:   "/api/v1/documents/" + escapePath(d.Slug),
		Page:   d.URL,
		Search: "/api/v1/search?cite=" + url.QueryEscape(d.ID),
	}}
}

func newActor(a *search.ActorEntry) Actor {
	id := url.QueryEscape(a.ID)
	return Actor{*a, ActorLinks{
		Self:     "/api/v1/actors/" + escapePath(a.ID),
		Page:     a.URL,
		Mentions: "/api/v1/search?actor=" + id,
		Said:     "/api/v1/search?speaker=" + id,
		WasTold:  "/api/v1/search?addressee=" + id,
	}}
}

func passageAnswer(s *server, c *gin.Context, _ args) (any, error) { return s.index.Passage(pathID(c)) }

func documentsAnswer(s *server, c *gin.Context, a args) (any, error) {
	r, err := a.calendarRequest()
	if err != nil {
		return nil, err
	}
	whole := a.text("format") == "csv" && r.Size == 0 && r.Cursor == ""
	if r.Size == 0 {
		r.Size = maxDocuments
	}
	list, err := s.index.Calendar(c.Request.Context(), r)
	if err != nil {
		return nil, err
	}
	if a.text("format") == "csv" {
		for next := list.Next; whole && next != ""; {
			r.Cursor = next
			more, err := s.index.Calendar(c.Request.Context(), r)
			if err != nil {
				return nil, err
			}
			list.Documents, next = append(list.Documents, more.Documents...), more.Next
		}
		return nil, s.sendCSV(c, a, "documents", documentColumnsCSV, documentRowsCSV(list.Documents))
	}
	out := Documents{Index: s.index.Version(), Total: list.Total, Undated: list.Undated, Next: list.Next, Documents: []Document{}, Years: []YearCount{}}
	for i := range list.Documents {
		out.Documents = append(out.Documents, newDocument(&list.Documents[i]))
	}
	for _, year := range slices.Sorted(maps.Keys(list.Years)) {
		out.Years = append(out.Years, YearCount{year, list.Years[year]})
	}
	return out, nil
}

func documentAnswer(s *server, c *gin.Context, _ args) (any, error) {
	d, err := s.index.Document(pathID(c))
	if err != nil {
		return nil, err
	}
	out := WholeDocument{Document: newDocument(d), Pages: []string{}, Passages: []*corpus.Passage{}}
	before, after, err := s.index.Beside(d.ID)
	if err != nil {
		return nil, err
	}
	if before != nil {
		out.Previous = before.ID
	}
	if after != nil {
		out.Next = after.ID
	}
	if d.Kind != search.EditedDocument {
		return out, nil
	}
	if out.Passages, err = s.index.DocumentPassages(d.ID); err != nil {
		return nil, err
	}
	about := documentPassage(d, out.Passages)
	out.Pages = append(out.Pages, about.Pages...)
	m := s.index.Manifest()
	csl, err := cite.CSLJSON(m, about)
	out.Cite = &Citing{cite.Note(m, about), cite.BibTeX(m, about), cite.RIS(m, about), csl}
	return out, err
}

func actorsAnswer(s *server, c *gin.Context, a args) (any, error) {
	r := a.actorsRequest()
	if r.Size == 0 {
		r.Size = maxDocuments
	}
	list, err := s.index.Actors(c.Request.Context(), r)
	if err != nil {
		return nil, err
	}
	out := Actors{Index: s.index.Version(), Total: list.Total, Actors: []Actor{}, Next: list.Next}
	for i := range list.Actors {
		out.Actors = append(out.Actors, newActor(&list.Actors[i]))
	}
	return out, nil
}

func actorAnswer(s *server, c *gin.Context, _ args) (any, error) {
	a, err := s.index.Actor(pathID(c))
	if err != nil {
		return nil, err
	}
	return newActor(a), nil
}

func sourcesAnswer(s *server, _ *gin.Context, _ args) (any, error) {
	cat := s.catalog()
	counts, err := s.index.Census()
	if err != nil {
		return nil, err
	}
	m := cat.manifest
	out := Sources{Index: cat.version, Corpus: m.Title, Total: len(m.Sources), Sources: []Source{}, Collections: []Collection{}, Phases: []Phase{}}
	for _, source := range m.Sources {
		id := url.QueryEscape(source.ID)
		out.Sources = append(out.Sources, Source{
			ID: source.ID, Format: source.Format, Language: source.Language, Reference: source.Reference, Issued: source.Reference.Issued,
			Passages: counts.BySource[source.ID],
			Links:    SourceLinks{sourceURL(source.ID), "/api/v1/search?source=" + id, "/api/v1/export?source=" + id},
		})
	}
	for _, k := range m.Collections {
		out.Collections = append(out.Collections, Collection{k.Siglum, k.Title, k.Issued})
	}
	for _, p := range m.Phases {
		out.Phases = append(out.Phases, Phase{p.ID, p.Label, p.From, p.To})
	}
	return out, nil
}

// maxSuggestions is as many as a reader takes in at a glance.
const maxSuggestions = 8

func suggestAnswer(s *server, c *gin.Context, a args) (any, error) {
	list := s.index.Suggest(c.Request.Context(), a.text("q"), maxSuggestions)
	if list == nil {
		list = []search.Suggestion{}
	}
	return Suggestions{a.text("q"), list}, nil
}
