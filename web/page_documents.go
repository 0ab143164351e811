package web

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"ibid/corpus"
	"ibid/corpus/edtf"
	"ibid/search"
)

type documentsView struct {
	layout
	Rows        []documentRow
	Total       int // in the whole calendar
	Columns     []sortColumn
	Sort        string
	Collections []choice
	Titles      []corpus.Collection // of the collections shown
	ByNumber    string
	Editions    []*ref // sources that print documents in full
	JSON        string
}

// A documentRow is a document, or a gap in the numbering between two.
type documentRow struct {
	ID, URL   string
	Date      string
	EDTF      string
	Medium    string
	From, To  *ref
	Quoted    int
	Cited     int
	GapFrom   int // a gap: first and last number that the corpus does not cite
	GapTo     int
	GapSiglum string
}

type sortColumn struct {
	choice
	Class string
}

var documentSorts = []string{"date", "number", "from", "to", "medium", "cited"}

var documentColumns = map[string]string{"date": "Date", "number": "Document", "from": "From", "to": "To", "medium": "Medium", "cited": "Cited"}

// A calendarList is the calendar as asked for.
type calendarList struct {
	entries    []search.DocumentEntry
	sort       string
	collection string
	total      int // documents in the whole calendar
}

// calendar sorts and filters the documents as the parameters say.
func (s *server) calendar(v url.Values) (*calendarList, error) {
	order, err := oneOf("sort", v.Get("sort"), documentSorts)
	if err != nil {
		return nil, err
	}
	l := &calendarList{sort: cmp.Or(order, "date"), collection: v.Get("collection")}
	if l.collection != "" {
		known, err := s.catalog().values(search.GroupCollection)
		if err != nil {
			return nil, err
		}
		if !slices.Contains(known, l.collection) {
			return nil, unknownValue(search.GroupCollection, l.collection, known)
		}
	}
	l.entries = []search.DocumentEntry{}
	documents := s.index.Documents()
	l.total = len(documents)
	for _, d := range documents {
		if l.collection == "" || d.Collection == l.collection {
			l.entries = append(l.entries, d)
		}
	}
	slices.SortStableFunc(l.entries, compareDocuments(l.sort, s.catalog()))
	return l, nil
}

// compareDocuments orders by a column, then by number; what is not told comes last.
func compareDocuments(column string, cat *catalog) func(a, b search.DocumentEntry) int {
	byNumber := func(a, b search.DocumentEntry) int {
		return cmp.Or(cmp.Compare(a.Collection, b.Collection), cmp.Compare(a.Number, b.Number), cmp.Compare(a.ID, b.ID))
	}
	byText := func(text func(search.DocumentEntry) string) func(a, b search.DocumentEntry) int {
		return func(a, b search.DocumentEntry) int {
			x, y := text(a), text(b)
			if (x == "") != (y == "") {
				return cmp.Compare(y, x)
			}
			return cmp.Or(cmp.Compare(x, y), byNumber(a, b))
		}
	}
	name := func(id string) string {
		if r := cat.actor(id); r != nil {
			return r.Text
		}
		return ""
	}
	switch column {
	case "date":
		return byText(func(d search.DocumentEntry) string { return firstDay(d.Date) })
	case "from":
		return byText(func(d search.DocumentEntry) string { return name(d.From) })
	case "to":
		return byText(func(d search.DocumentEntry) string { return name(d.To) })
	case "medium":
		return byText(func(d search.DocumentEntry) string { return d.Medium })
	case "cited":
		return func(a, b search.DocumentEntry) int {
			return cmp.Or(cmp.Compare(len(b.CitedIn), len(a.CitedIn)), byNumber(a, b))
		}
	}
	return byNumber
}

// firstDay is the earliest day of an EDTF date, "" if it has none.
func firstDay(date string) string {
	v, err := edtf.Parse(date)
	if err != nil {
		return ""
	}
	return v.Earliest().String()
}

func (s *server) documentsPage(c *gin.Context) (*view, error) {
	l, err := s.calendar(c.Request.URL.Query())
	if err != nil {
		return nil, err
	}
	cat := s.catalog()
	v := documentsView{layout: s.layout(c, "Calendar of documents", "documents"), Sort: l.sort, Total: l.total}
	st := state{}
	if l.collection != "" {
		st = st.with("collection", l.collection)
	}
	v.JSON = st.with("sort", l.sort).at("/api/v1/documents")
	for _, name := range documentSorts {
		v.Columns = append(v.Columns, sortColumn{choice{documentColumns[name], st.with("sort", name).at("/documents"), name == l.sort}, name})
	}
	v.Collections = append(v.Collections, choice{"All", state{}.with("sort", l.sort).at("/documents"), l.collection == ""})
	for _, k := range cat.manifest.Collections {
		v.Collections = append(v.Collections, choice{k.Siglum, state{}.with("sort", l.sort).with("collection", k.Siglum).at("/documents"), k.Siglum == l.collection})
		if l.collection == "" || k.Siglum == l.collection {
			v.Titles = append(v.Titles, k)
		}
	}
	v.Rows = documentRows(cat, l)
	v.ByNumber = st.with("sort", "number").at("/documents")
	for _, source := range cat.manifest.Sources {
		if source.Format != corpus.Text {
			v.Editions = append(v.Editions, cat.source(source.ID))
		}
	}
	return &view{Template: "documents", Page: v}, nil
}

// documentRows shows the gaps of the numbering where the order is by number.
func documentRows(cat *catalog, l *calendarList) []documentRow {
	var out []documentRow
	for i, d := range l.entries {
		if i > 0 && l.sort == "number" {
			last := l.entries[i-1]
			if last.Collection == d.Collection && d.Number > last.Number+1 {
				out = append(out, documentRow{GapFrom: last.Number + 1, GapTo: d.Number - 1, GapSiglum: d.Collection})
			}
		}
		out = append(out, cat.documentRow(d))
	}
	return out
}

func (c *catalog) documentRow(d search.DocumentEntry) documentRow {
	return documentRow{
		ID: d.ID, URL: documentURL(d.ID), Date: readableDate(d.Date), EDTF: d.Date, Medium: d.Medium,
		From: c.actor(d.From), To: c.actor(d.To), Quoted: len(d.Quotations), Cited: len(d.CitedIn),
	}
}

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
	if v.Quotations, err = s.cardsOf(cat, d.Quotations, maxCards); err != nil {
		return nil, err
	}
	if v.CitedIn, err = s.cardsOf(cat, d.CitedIn, maxCards); err != nil {
		return nil, err
	}
	v.Before, v.After = beside(s.index.Documents(), d)
	return &view{Template: "document", Page: v}, nil
}

// beside are the documents before and after d in its collection.
func beside(all []search.DocumentEntry, d *search.DocumentEntry) (before, after *ref) {
	var low, high *search.DocumentEntry
	for i := range all {
		o := &all[i]
		if o.Collection != d.Collection {
			continue
		}
		if o.Number < d.Number && (low == nil || o.Number > low.Number) {
			low = o
		}
		if o.Number > d.Number && (high == nil || o.Number < high.Number) {
			high = o
		}
	}
	if low != nil {
		before = &ref{Text: low.ID, URL: documentURL(low.ID)}
	}
	if high != nil {
		after = &ref{Text: high.ID, URL: documentURL(high.ID)}
	}
	return before, after
}

// GapText names a gap: "GK 280-283 are not cited".
func (r documentRow) GapText() string {
	if r.GapFrom == r.GapTo {
		return fmt.Sprintf("%s %d is not cited", r.GapSiglum, r.GapFrom)
	}
	return strings.TrimSpace(fmt.Sprintf("%s %d–%d are not cited", r.GapSiglum, r.GapFrom, r.GapTo))
}
