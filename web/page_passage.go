package web

import (
	"errors"
	"net/url"
	"slices"
	"strings"

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

	Actors    []tallyRef
	Dates     []dateView
	Documents []*ref
	Works     []*ref
	Cite      citeBox
	Permanent string
	JSON      string
	Place     string // address of it on the page of its source
	Similar   []card
}

// A passageText is a passage laid out for reading.
type passageText struct {
	ID     string
	Anchor string
	URL    string
	Kind   corpus.Kind
	Page   string // label of the page it begins on, where that is new
	Runs   []run
	Label  string // number of a footnote, or "*"
	Back   string // for a footnote: anchor of its caller, "" if it is not on this page
	Here   bool   // this is the passage the page is about
	Within string // for the quotation the page is about: said of its holder
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
	Number int // 0 where the line cannot be told
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
	all, err := s.index.Passages(p.Source)
	if err != nil {
		return nil, err
	}
	st := newState(r).only("q", "match")
	v := passageView{
		layout: s.layout(c, cat.title(p), ""), Passage: p, Card: cat.passageCard(p),
		Source: cat.source(p.Source), Nature: natureNames[p.Nature],
		Print:   c.Query("view") == "print",
		Reading: st.at(passageURL(p.ID)), Printed: st.with("view", "print").at(passageURL(p.ID)),
		JSON: "/api/v1/passages/" + escapePath(p.ID),
	}
	v.Permanent = v.Base + passageURL(p.ID)
	v.Query = r.Query
	if r.Query != "" {
		v.Back = st.url()
	}
	weaver := passageWeaver{server: s, cat: cat, book: newBook(p.Source, all), request: r, c: c}
	if err := weaver.surround(&v, p); err != nil {
		return nil, err
	}
	v.Place = weaver.book.place(p)
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

// maxSimilar passages are shown as "more like this".
const maxSimilar = 4

func (s *server) addSimilar(c *gin.Context, cat *catalog, v *passageView) error {
	hits, err := s.index.Similar(c.Request.Context(), v.Passage.ID, maxSimilar)
	if errors.Is(err, search.ErrNotFound) {
		return nil // too short a passage to be like another
	}
	for _, hit := range hits {
		v.Similar = append(v.Similar, cat.hitCard(hit, state{}))
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

// A book is a source as its pages show it: the running text, the notes, and the
// quotations by the passage that holds them.
type book struct {
	source string
	body   []*corpus.Passage // headings and paragraphs, in reading order
	notes  []*corpus.Passage
	byID   map[string]*corpus.Passage
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
		}
	}
	return b
}

// place is the address of a passage on the page of its source.
func (b *book) place(p *corpus.Passage) string {
	at := ""
	if len(b.body) > partSize {
		at = "?at=" + url.QueryEscape(anchor(b.source, b.bodyOf(p).ID))
	}
	return sourceURL(b.source) + at + "#" + anchor(b.source, p.ID)
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

// A passageWeaver lays passages out with the matches of a request.
type passageWeaver struct {
	*server
	cat     *catalog
	book    *book
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
		text, err := w.text(near, near.ID == center.ID && p == center)
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
				text, err := w.text(note, false)
				if err != nil {
					return err
				}
				v.Notes = append(v.Notes, text)
			}
		}
	}
	v.Previous, v.Following = w.neighbours(p, center)
	if p != center {
		return w.quote(v, p)
	}
	return nil
}

// quote puts the words of a quotation above its surroundings.
func (w *passageWeaver) quote(v *passageView, p *corpus.Passage) error {
	text, err := w.text(p, true)
	if err != nil {
		return err
	}
	text.Here = true
	for i := range v.Around {
		v.Around[i].Here = false
	}
	v.Matches = matches(text.Runs)
	v.Around = append([]passageText{text}, v.Around...)
	return nil
}

// neighbours are the passages of the same sort before and after.
func (w *passageWeaver) neighbours(p, center *corpus.Passage) (before, after *ref) {
	list := w.book.body
	switch {
	case p.Kind == corpus.Footnote:
		list = w.book.notes
	case p != center:
		list = nil
		for _, id := range center.Quotations {
			if q := w.book.byID[id]; q != nil {
				list = append(list, q)
			}
		}
	}
	i := slices.IndexFunc(list, func(o *corpus.Passage) bool { return o.ID == p.ID })
	at := func(i int) *ref {
		if i < 0 || i >= len(list) {
			return nil
		}
		return &ref{Text: w.cat.title(list[i]), URL: newState(w.request).only("q", "match").at(passageURL(list[i].ID))}
	}
	if i < 0 {
		return nil, nil
	}
	return at(i - 1), at(i + 1)
}

// text lays one passage out, with the matches of the request in it.
func (w *passageWeaver) text(p *corpus.Passage, here bool) (passageText, error) {
	var marked search.Fragment
	if w.request.Query != "" {
		var err error
		marked, err = w.index.Mark(w.c.Request.Context(), search.Request{Query: w.request.Query, Match: w.request.Match}, p)
		var unread *query.Error
		if err != nil && !errors.As(err, &unread) {
			return passageText{}, err // a query that cannot be read marks nothing, but the passage can be read
		}
	}
	return w.cat.lay(w.book, p, marked), nil
}

// lay lays a passage out with links, notes, page breaks and anchors of quotations.
func (c *catalog) lay(b *book, p *corpus.Passage, marked search.Fragment) passageText {
	t := passageText{ID: p.ID, Anchor: anchor(b.source, p.ID), URL: passageURL(p.ID), Kind: p.Kind}
	markers := pageBreaks(p)
	for _, id := range p.Notes {
		if note := b.byID[id]; note != nil && note.Caller != nil {
			markers = append(markers, marker{callerAt(p, note.Caller), run{Note: &noteRef{
				ID: id, Anchor: anchor(b.source, id), Back: "ref-" + anchor(b.source, id), Label: noteLabel(note)}}})
		}
	}
	f := finder{text: p.Text}
	for _, id := range p.Quotations {
		if q := b.byID[id]; q != nil {
			if s, ok := f.next(firstWords(q.Text)); ok {
				markers = append(markers, marker{s.Start, run{ID: anchor(b.source, id)}})
			}
		}
	}
	if p.Kind == corpus.Footnote {
		t.Label = noteLabel(p)
		if p.Caller != nil {
			t.Back = "ref-" + t.Anchor
		}
	}
	t.Runs = weave(p.Text, marked, c.links(p), markers)
	return t
}

// firstWords is enough of a quotation to find where it begins, before any
// words that interrupt it.
func firstWords(text string) string {
	words := strings.Fields(text)
	return strings.Join(words[:min(3, len(words))], " ")
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
