package web

import (
	"errors"
	"slices"

	"github.com/gin-gonic/gin"

	"ibid/corpus"
	"ibid/search"
	"ibid/search/query"
)

type passageView struct {
	layout
	Passage *corpus.Passage
	Card    card // labels of the passage
	Source  *ref
	Nature  string
	Said    string // address of a search for the date of a quotation

	Around  []passageText // the passage among its neighbours, in reading order
	Notes   []passageText // footnotes called in them
	Print   bool          // show the print
	Lines   []printLine
	Repairs []repairView
	Reading string // address of the reading
	Printed string // address of the print

	Matches   int // marked in the passage
	Back      string
	Previous  *ref
	Following *ref

	Quotations []*ref // in it
	Actors     []tallyRef
	Dates      []dateView
	Documents  []*ref
	Works      []*ref
	Cite       citeBox
	Permanent  string
	JSON       string
	Place      string // address of it on the page of its source
	Similar    []card
}

// A passageText is a passage laid out for reading.
type passageText struct {
	ID     string
	Anchor string
	URL    string
	Kind   corpus.Kind
	Runs   []run
	Label  string        // number of a footnote, or "*"
	Back   string        // for a footnote: anchor of its caller, "" if it is not on this page
	Here   bool          // this is the passage the page is about
	Opens  *documentHead // of an edition, on the page of its source
}

type tallyRef struct {
	Ref   *ref
	Count int
}

type dateView struct {
	Text, URL, Printed string
	Relative           bool
}

// A printLine is a line of the source with the places that were repaired.
type printLine struct {
	Number int    // 0 where the line cannot be told
	Page   string // label of the page that begins with it
	Parts  []printPart
}

type printPart struct {
	Text   string
	Repair int // number of the repair from 1, 0 for none
	Title  string
}

type repairView struct {
	corpus.Repair
	Number     int
	Rule       string // in words
	Confidence int    // per cent
}

func (s *server) passagePage(c *gin.Context) (*view, error) {
	cat := s.catalog()
	p, err := s.index.Passage(pathID(c))
	if err != nil {
		return nil, err
	}
	r, err := readRequest(c.Request.URL.Query(), cat)
	if err != nil {
		return nil, err
	}
	all, err := s.surroundings(p)
	if err != nil {
		return nil, err
	}
	st := newState(r).only("q", "match")
	about, err := cat.passageCard(p)
	if err != nil {
		return nil, err
	}
	v := passageView{
		layout: s.layout(c, cat.title(p), ""), Passage: p, Card: about,
		Source: cat.source(p.Source), Nature: natureNames[p.Nature], Said: dateSearch(p.Date),
		Print:   c.Query("view") == "print",
		Reading: st.at(passageURL(p.ID)), Printed: st.with("view", "print").at(passageURL(p.ID)),
		JSON: "/api/v1/passages/" + escapePath(p.ID),
	}
	v.Permanent = v.Base + passageURL(p.ID)
	v.Query = r.Query
	if r.Query != "" {
		v.Back = st.url()
	}
	book := newBook(p.Source, all)
	weaver := passageWeaver{server: s, cat: cat, book: book, layer: &layer{cat: cat, book: book}, request: r, c: c}
	if err := weaver.surround(&v, p); err != nil {
		return nil, err
	}
	v.Place = book.place(p)
	if p.Document != nil { // of a part of the source
		v.Place = sourcePlace(p.Source, book.bodyOf(p).ID, p.ID)
	}
	v.Card.Part = book.heading(p)
	for _, id := range p.Quotations {
		if q := book.byID[id]; q != nil {
			v.Quotations = append(v.Quotations, &ref{Text: cat.title(q), URL: st.at(passageURL(id)), Full: beginning(q.Text, 80) + " …"})
		}
	}
	v.Lines, v.Repairs = printLines(p)
	v.names(cat, p)
	if v.Cite, err = cat.citeBox(p); err != nil {
		return nil, err
	}
	v.Meta, v.LinkedData = cat.describePassage(v.Base, p)
	if err := s.addSimilar(c, cat, &v); err != nil {
		return nil, err
	}
	return &view{Template: "passage", Page: v}, nil
}

// surroundings are the passages of the source, or of its document and the two beside it
// where the source is an edition, which may have very many.
func (s *server) surroundings(p *corpus.Passage) ([]*corpus.Passage, error) {
	if p.Document == nil {
		return s.index.Passages(p.Source)
	}
	before, after, err := s.index.Beside(p.Document.ID)
	if err != nil {
		return nil, err
	}
	ids := []string{p.Document.ID}
	if before != nil {
		ids = append([]string{before.ID}, ids...)
	}
	if after != nil {
		ids = append(ids, after.ID)
	}
	var all []*corpus.Passage
	for _, id := range ids {
		some, err := s.index.DocumentPassages(id)
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
	}
	return all, nil
}

// maxSimilar passages are shown as "more like this".
const maxSimilar = 4

func (s *server) addSimilar(c *gin.Context, cat *catalog, v *passageView) error {
	hits, err := s.index.Similar(c.Request.Context(), v.Passage.ID, maxSimilar)
	if errors.Is(err, search.ErrNotFound) {
		return nil // too short a passage to be like another
	}
	for _, hit := range hits {
		card, err := cat.hitCard(hit, state{})
		if err != nil {
			return err
		}
		v.Similar = append(v.Similar, card)
	}
	return err
}

// names lists who, when and what is named in the passage.
func (v *passageView) names(cat *catalog, p *corpus.Passage) {
	v.Documents, v.Works = cat.cited(p.Citations)
	counts := map[string]int{}
	var order []string
	for _, m := range p.Actors {
		if counts[m.ID] == 0 {
			order = append(order, m.ID)
		}
		counts[m.ID]++
	}
	for _, id := range order {
		v.Actors = append(v.Actors, tallyRef{cat.actor(id), counts[id]})
	}
	known := map[string]bool{}
	for _, d := range p.Dates {
		if !known[d.EDTF] {
			known[d.EDTF] = true
			v.Dates = append(v.Dates, dateView{readableDate(d.EDTF), dateURL(d), d.Printed, d.Relative})
		}
	}
}

// A passageWeaver lays passages out with the matches of a request.
type passageWeaver struct {
	*server
	cat     *catalog
	book    *book
	layer   *layer
	request search.Request
	c       *gin.Context
}

// surround lays out the passage among its neighbours. A quotation stands in the
// passage that holds it, a footnote below the one that calls it.
func (w *passageWeaver) surround(v *passageView, p *corpus.Passage) error {
	center := p
	if holder := w.book.byID[p.Within]; p.Kind == corpus.Quotation && holder != nil {
		center = holder
	}
	around := stretch(w.book.body, center, 1)
	if center.Kind == corpus.Footnote {
		around = nil
		if center.Caller != nil && w.book.byID[center.Caller.Passage] != nil {
			around = append(around, w.book.byID[center.Caller.Passage])
		}
		around = append(around, center)
	}
	for _, near := range around {
		var quoted []corpus.Place
		if near.ID == center.ID && p != center {
			quoted = quotedIn(center, p)
		}
		text, err := w.text(near, quoted)
		if err != nil {
			return err
		}
		if near.ID == center.ID {
			text.Here = true
			v.Matches = matches(text.Runs)
		}
		v.Around = append(v.Around, text)
		for _, id := range near.Notes {
			if note := w.book.byID[id]; note != nil && note.ID != center.ID {
				text, err := w.text(note, nil)
				if err != nil {
					return err
				}
				v.Notes = append(v.Notes, text)
			}
		}
	}
	v.Previous, v.Following = w.neighbours(p, center)
	return nil
}

// neighbours are the passages of the same sort before and after.
func (w *passageWeaver) neighbours(p, center *corpus.Passage) (before, after *ref) {
	list := w.book.body
	switch {
	case p.Kind == corpus.Footnote:
		list = w.book.notes
	case p != center:
		list = w.book.quotations
	}
	i := slices.IndexFunc(list, func(o *corpus.Passage) bool { return o.ID == p.ID })
	at := func(i int) *ref {
		if i < 0 || i >= len(list) {
			return nil
		}
		title := w.cat.title(list[i])
		if d := list[i].Document; d != nil && (p.Document == nil || p.Document.ID != d.ID) && list[i].Kind != corpus.Heading {
			title += ", in " + documentTitle(d)
		}
		return &ref{Text: title, URL: newState(w.request).only("q", "match").at(passageURL(list[i].ID))}
	}
	if i < 0 {
		return nil, nil
	}
	return at(i - 1), at(i + 1)
}

// text lays one passage out, with the matches of the request in it.
func (w *passageWeaver) text(p *corpus.Passage, quoted []corpus.Place) (passageText, error) {
	var marked search.Fragment
	if w.request.Query != "" {
		var err error
		marked, err = w.index.Mark(w.c.Request.Context(), search.Request{Query: w.request.Query, Match: w.request.Match}, p)
		var unread *query.Error
		if err != nil && !errors.As(err, &unread) {
			return passageText{}, err // a query that cannot be read marks nothing, but the passage can be read
		}
	}
	return w.layer.lay(p, marked, quoted), nil
}

func matches(runs []run) int {
	n := 0
	for _, r := range runs {
		for _, p := range r.Pieces {
			if p.Match {
				n++
			}
		}
	}
	return n
}
