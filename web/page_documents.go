package web

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"ibid/corpus"
	"ibid/corpus/edtf"
	"ibid/search"
)

type documentsView struct {
	layout
	Form       documentsForm
	Narrowed   bool   // something but the order was asked for
	All        string // address of the whole calendar in this order
	Total      int    // that pass the request
	Cited      int    // in the corpus
	Edited     int    // likewise
	Rows       []documentRow
	Columns    []sortColumn
	Sort       string
	Kinds      []choice
	Groups     []groupChoice       // collections and editions, to choose one
	Titles     []corpus.Collection // of the collections shown
	Years      []yearChoice
	Undated    int
	Unknown    []string // correspondents asked for whom nobody is called
	ByNumber   string   // address of an order in which gaps show, "" where none does
	Pages      pageTurn
	ShowMedium bool // some document is one that is only cited
	ShowCited  bool
	JSON, CSV  string
}

// documentsForm is what stands in the fields of the form.
type documentsForm struct {
	Q, Speaker, Addressee, From, To string
	Hidden                          []hiddenField
}

// A groupChoice is a collection or edition with its documents.
type groupChoice struct {
	choice
	Value string // of the parameter
	Name  string // parameter
	Count int
}

// A yearChoice is a year or decade with its documents.
type yearChoice struct {
	choice
	Count  int
	Height int // of its bar, 1 to 100
	Y      int // where it begins: 100 less its height
}

// A documentRow is a document, or a gap in the numbering between two.
type documentRow struct {
	ID, URL   string
	Edited    bool
	Title     string // of an edited one
	Source    *ref   // that prints it
	Label     string // number in the source
	Place     string
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

var documentKinds = []string{string(search.CitedDocument), string(search.EditedDocument)}

// maxDocuments are on a page of the API, rowsOnPage on a page for readers.
const (
	maxDocuments = 1000
	rowsOnPage   = 100
)

// documentParams are the parameters of the calendar, on the page and in the API.
var documentParams = parameters{
	{name: "q", text: "Words that each begin a word of the id, title, place or correspondents."},
	{name: "kind", allowed: documentKinds, text: "Only documents that the sources cite (cited), or print in full (edited). Left out, both."},
	{name: "collection", many: true, group: search.GroupCollection, text: "Only cited documents of this collection, by its siglum, beside those of source."},
	{name: "source", many: true, group: search.GroupSource, text: "Only documents that this source prints, by its id, beside those of collection."},
	{name: "speaker", text: "Only documents of this sender: the id of an actor, a name as printed, or words that each begin a word of the name."},
	{name: "addressee", text: "Only documents to this recipient, as speaker."},
	{name: "from", text: "Only documents with a date from this day, month or year on, as 1939, 1939-08 or 1939-08-23 (EDTF)."},
	{name: "to", text: "Only documents with a date up to this day, month or year, inclusive."},
	{name: "sort", allowed: documentSorts, fallback: "date", text: "Order of the documents."},
	{name: "size", least: 1, most: maxDocuments, fallback: "1000", text: "Documents on a page. A table without size and cursor has all."},
	cursorParam,
}

// calendarRequest makes a request of parameters that were read.
func (a args) calendarRequest() (search.CalendarRequest, error) {
	r := search.CalendarRequest{
		Words: a.text("q"), Kind: search.DocumentKind(a.text("kind")), Collections: a["collection"], Sources: a["source"],
		Speaker: a.text("speaker"), Addressee: a.text("addressee"), Sort: search.CalendarSort(a.text("sort")),
		Size: a.number("size"), Cursor: a.text("cursor"),
	}
	var err error
	r.From, r.To, err = readRange(a.text("from"), a.text("to"))
	return r, err
}

// calendarState writes a request as parameters, without size and cursor.
func calendarState(r search.CalendarRequest) state {
	st := state{}
	for name, value := range map[string]string{"q": r.Words, "kind": string(r.Kind), "speaker": r.Speaker, "addressee": r.Addressee,
		"from": r.From, "to": r.To, "sort": string(r.Sort)} {
		st = st.with(name, value)
	}
	for name, values := range map[string][]string{"collection": r.Collections, "source": r.Sources} {
		if len(values) > 0 {
			st[name] = values
		}
	}
	return st
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
	cat := s.catalog()
	a, err := documentParams.read(c.Request.URL.Query(), cat)
	if err != nil {
		return nil, err
	}
	r, err := a.calendarRequest()
	if err != nil {
		return nil, err
	}
	if r.Size == 0 {
		r.Size = rowsOnPage
	}
	list, err := s.index.Calendar(c.Request.Context(), r)
	if err != nil {
		return nil, err
	}
	st, totals := calendarState(r), s.index.Totals()
	v := documentsView{layout: s.layout(c, "Calendar of documents", "documents"), Sort: cmp.Or(string(r.Sort), "date"),
		Total: list.Total, Cited: totals.Cited, Edited: totals.Edited, Undated: list.Undated,
		Narrowed: len(st.without("sort")) > 0, All: st.only("sort").at("/documents"),
		JSON: st.at("/api/v1/documents"), CSV: st.with("format", "csv").with("bom", "yes").at("/api/v1/documents"),
		Form:  documentsForm{Q: r.Words, Speaker: cat.nameOf(r.Speaker), Addressee: cat.nameOf(r.Addressee), From: r.From, To: r.To},
		Pages: newPageTurn(st.without("cursor"), "/documents", list.Offset, len(list.Documents), list.Total, list.Previous, list.Next)}
	whole := len(st.without("sort", "kind", "collection", "source")) == 0 // every document of the collections shown
	v.Rows = documentRows(cat, list.Documents, whole && v.Sort == "number")
	if whole && v.Sort != "number" && v.Cited > 0 {
		v.ByNumber = st.with("sort", "number").at("/documents")
	}
	v.ShowMedium = v.Cited > 0
	v.ShowCited = v.Cited > 0 || slices.ContainsFunc(v.Rows, func(r documentRow) bool { return r.Cited > 0 })
	v.choose(cat, list, r, st)
	v.addYears(list, st)
	if err := s.unknownNames(c, &v, r); err != nil {
		return nil, err
	}
	if len(st.without("sort")) > 0 || r.Cursor != "" {
		v.Robots = "noindex"
	}
	return &view{Template: "documents", Page: v}, nil
}

// choose fills what can be chosen: order, kind, collection and edition.
func (v *documentsView) choose(cat *catalog, list *search.Calendar, r search.CalendarRequest, st state) {
	for _, name := range documentSorts {
		if name == "medium" && !v.ShowMedium || name == "cited" && !v.ShowCited {
			continue
		}
		v.Columns = append(v.Columns, sortColumn{choice{documentColumns[name], st.with("sort", name).at("/documents"), name == v.Sort}, name})
	}
	open := st.without("kind", "collection", "source")
	if v.Cited > 0 && v.Edited > 0 {
		v.Kinds = []choice{{"All", open.at("/documents"), r.Kind == ""},
			{"Cited", open.with("kind", string(search.CitedDocument)).at("/documents"), r.Kind == search.CitedDocument},
			{"Printed in full", open.with("kind", string(search.EditedDocument)).at("/documents"), r.Kind == search.EditedDocument}}
	}
	for _, g := range list.Groups {
		c := groupChoice{Value: g.Value, Name: "collection", Count: g.Count, choice: choice{Text: g.Value, Current: slices.Contains(r.Collections, g.Value)}}
		if g.Kind == search.EditedDocument {
			c.Name, c.Text, c.Current = "source", cat.source(g.Value).Text, slices.Contains(r.Sources, g.Value)
		}
		if r.Kind != "" && r.Kind != g.Kind && !c.Current {
			continue
		}
		c.URL = open.with("kind", string(r.Kind)).with(c.Name, g.Value).at("/documents")
		v.Groups = append(v.Groups, c)
	}
	for _, k := range cat.manifest.Collections {
		if r.Kind != search.EditedDocument && len(r.Sources) == 0 && (len(r.Collections) == 0 || slices.Contains(r.Collections, k.Siglum)) {
			v.Titles = append(v.Titles, k)
		}
	}
	for _, name := range []string{"kind", "collection", "source", "sort"} {
		for _, value := range st[name] {
			v.Form.Hidden = append(v.Form.Hidden, hiddenField{name, value})
		}
	}
}

// maxYearBars are shown by year; more than these years are shown by decade, and more decades by century.
const maxYearBars = 60

// addYears shows the years, decades or centuries that have documents.
func (v *documentsView) addYears(list *search.Calendar, st state) {
	years := slices.Sorted(maps.Keys(list.Years))
	if len(years) < 2 {
		return
	}
	grain := 1
	for (years[len(years)-1]-years[0])/grain >= maxYearBars {
		grain *= 10
	}
	most := 0
	for _, year := range years {
		first := year - year%grain
		if n := len(v.Years); n == 0 || v.Years[n-1].Text != yearWords(first, grain) {
			from, to := fmt.Sprintf("%04d", first), fmt.Sprintf("%04d", first+grain-1)
			v.Years = append(v.Years, yearChoice{choice: choice{yearWords(first, grain), st.with("from", from).with("to", to).at("/documents"), v.Form.From == from && v.Form.To == to}})
		}
		bar := &v.Years[len(v.Years)-1]
		bar.Count += list.Years[year]
		most = max(most, bar.Count)
	}
	for i := range v.Years {
		v.Years[i].Height = max(1, v.Years[i].Count*100/most)
		v.Years[i].Y = 100 - v.Years[i].Height
	}
}

func yearWords(first, grain int) string {
	switch grain {
	case 1:
		return strconv.Itoa(first)
	case 10:
		return strconv.Itoa(first) + "s"
	}
	return fmt.Sprintf("%d–%d", first, first+grain-1)
}

// unknownNames says of the correspondents asked for whether anybody is called so.
func (s *server) unknownNames(c *gin.Context, v *documentsView, r search.CalendarRequest) error {
	for _, name := range []string{r.Speaker, r.Addressee} {
		if name == "" || v.Total > 0 || s.index.HasActor(name) {
			continue
		}
		found, err := s.index.Actors(c.Request.Context(), search.ActorsRequest{Words: name, Size: 1, Bare: true})
		if err != nil {
			return err
		}
		if found.Total == 0 {
			v.Unknown = append(v.Unknown, name)
		}
	}
	return nil
}

// nameOf is the name of an actor id, or what was given.
func (c *catalog) nameOf(id string) string {
	if a := c.actors[id]; a != nil {
		return a.Name
	}
	return id
}

// documentRows shows the gaps of the numbering where all documents of a collection come by number.
func documentRows(cat *catalog, documents []search.DocumentEntry, gaps bool) []documentRow {
	var out []documentRow
	for i, d := range documents {
		if i > 0 && gaps && d.Kind == search.CitedDocument {
			last := documents[i-1]
			if last.Collection == d.Collection && d.Number > last.Number+1 {
				out = append(out, documentRow{GapFrom: last.Number + 1, GapTo: d.Number - 1, GapSiglum: d.Collection})
			}
		}
		out = append(out, cat.documentRow(d))
	}
	return out
}

func (c *catalog) documentRow(d search.DocumentEntry) documentRow {
	row := documentRow{
		ID: d.ID, URL: documentURL(d.ID), Date: readableDate(d.Date), EDTF: d.Date, Medium: d.Medium,
		From: c.actor(d.From), To: c.actor(d.To), Quoted: len(d.Quotations), Cited: len(d.CitedIn),
	}
	if d.Kind == search.EditedDocument {
		row.Edited, row.Title, row.Label, row.Place, row.Source = true, cmp.Or(d.Title, d.ID), d.Label, d.Place, c.source(d.Source)
	}
	return row
}

// GapText names a gap: "GK 280-283 are not cited".
func (r documentRow) GapText() string {
	if r.GapFrom == r.GapTo {
		return fmt.Sprintf("%s %d is not cited", r.GapSiglum, r.GapFrom)
	}
	return strings.TrimSpace(fmt.Sprintf("%s %d–%d are not cited", r.GapSiglum, r.GapFrom, r.GapTo))
}
