package web

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"ibid/search"
	"ibid/search/export"
)

type searchView struct {
	layout
	Form        searchForm
	Searched    bool      // the reader asked for something
	Entrance    *entrance // nothing was asked: ways in
	Description string
	Examples    []ref

	Understood  string
	Corrections []correctionView
	Unknown     []unknownField
	Wordless    bool // the query has no word to look for: all passages are shown
	Forms       []wordForms
	Exact       bool // only words as typed were looked for
	AllForms    string

	Chips    []chip
	Clear    string // address without filters and dates
	Facets   []facetView
	Single   bool // some value counts more than all hits: chosen, each quotation is one
	Dates    *dateFacet
	Timeline *timeline

	Total   int
	Cards   []card
	Next    string
	First   string // address of the first page, "" on it
	Sorts   []choice
	Export  []ref
	API     string
	Receipt *receipt

	Concordance *concordance // instead of cards
	Views       []choice     // list or concordance

	Relaxed     []relaxed // no hits: the same search without one filter
	Suggestions []ref     // no hits: what the index has instead
}

// searchForm is what stands in the fields of the form.
type searchForm struct {
	Q, From, To string
	Within      bool
	First, Last string        // examples of dates: the ends of the timeline
	Hidden      []hiddenField // other parameters that the form keeps
}

// A hiddenField keeps a parameter that has no control of its own.
type hiddenField struct{ Name, Value string }

// An unknownField asks for a value that the corpus does not know.
type unknownField struct {
	Field string
	Near  []ref // the same search with a value like it
}

type correctionView struct {
	Word  string
	Tried []string
	Exact string // address that searches for the word as typed
}

// wordForms are the forms tried of one word.
type wordForms struct {
	Word  string
	Forms []search.Form
}

type chip struct {
	Group, Text string
	Remove      string // address without it
}

type choice struct {
	Text    string
	URL     string
	Current bool
}

func (s *server) searchPage(c *gin.Context) (*view, error) {
	values := c.Request.URL.Query()
	cat := s.catalog()
	r, err := readRequest(values, cat)
	if err != nil {
		return nil, err
	}
	sh, err := readShape(values)
	if err != nil {
		return nil, err
	}
	ctx := c.Request.Context()
	asked := r
	if sh.Concordance {
		asked.Cursor, asked.Size = "", 1 // the lines have their own
	}
	result, err := s.index.Search(ctx, asked)
	if err != nil {
		return nil, err
	}
	st := sh.on(newState(r))
	p := searchView{
		layout:   s.layout(c, "Search", "search"),
		Searched: len(st) > 0 || r.Cursor != "",
		Total:    result.Total,
		Chips:    cat.chips(r, st, result),
		Facets:   cat.arrange(facets(result)),
		Form:     newSearchForm(r, st, result),
	}
	p.Title = searchTitle(p)
	p.Description = cat.manifest.Description
	p.explain(result, st)
	p.Single = slices.ContainsFunc(p.Facets, func(f facetView) bool { return f.exceeds(p.Total) })
	if !p.Searched {
		p.Entrance, err = s.entrance(ctx, cat)
	} else if sh.Concordance {
		p.Concordance, err = s.concordance(ctx, r, sh, st)
	} else {
		err = p.list(cat, result, r, st)
	}
	if err != nil {
		return nil, err
	}
	p.offer(r, st)
	if err := s.addTimes(ctx, &p, cat, r, result, st); err != nil {
		return nil, err
	}
	if !p.Searched {
		if p.Examples, err = s.examples(ctx, cat); err != nil {
			return nil, err
		}
	} else {
		p.Robots = "noindex"
		p.Receipt = p.receipt(result, r, st, time.Now())
	}
	if p.Total == 0 {
		if err := s.help(ctx, &p, r, result, st); err != nil {
			return nil, err
		}
	}
	return &view{Template: "search", Page: p}, nil
}

func searchTitle(p searchView) string {
	switch {
	case p.Form.Q != "":
		return p.Form.Q
	case len(p.Chips) > 0:
		var names []string
		for _, chip := range p.Chips {
			names = append(names, chip.Text)
		}
		return clip(strings.Join(names, ", "))
	}
	return "Search"
}

// explain says how the query was understood.
func (p *searchView) explain(result *search.Result, st state) {
	q := result.Query
	if strings.TrimSpace(q.Understood) != strings.TrimSpace(q.Q) {
		p.Understood = q.Understood
	}
	p.Wordless = strings.TrimSpace(q.Q) != "" && q.Understood == ""
	for _, field := range q.Unknown {
		view := unknownField{Field: field}
		for _, near := range q.Near[field] {
			view.Near = append(view.Near, ref{Text: near, URL: st.with("q", strings.Replace(q.Understood, field, near, 1)).url()})
		}
		p.Unknown = append(p.Unknown, view)
	}
	for _, correction := range q.Corrections {
		p.Corrections = append(p.Corrections, correctionView{correction.Word, correction.Tried, st.with("match", "exact").url()})
	}
	for _, form := range q.Forms {
		if i := len(p.Forms) - 1; i >= 0 && p.Forms[i].Word == form.Word {
			p.Forms[i].Forms = append(p.Forms[i].Forms, form)
			continue
		}
		p.Forms = append(p.Forms, wordForms{form.Word, []search.Form{form}})
	}
	if values := st["match"]; len(values) > 0 && values[0] != string(search.Similar) {
		p.Exact = true
		p.AllForms = st.with("match", "").url()
	}
}

// list fills the hits and the order they are in.
func (p *searchView) list(cat *catalog, result *search.Result, r search.Request, st state) error {
	for i, hit := range result.Hits {
		card, err := cat.hitCard(hit, st)
		if err != nil {
			return err
		}
		card.Rank = i + 1
		p.Cards = append(p.Cards, card)
	}
	if result.Next != "" {
		p.Next = st.with("cursor", result.Next).url()
	}
	current := r.Sort
	if current == "" && r.Query == "" {
		current = search.ByPosition
	} else if current == "" {
		current = search.ByRelevance
	}
	for _, order := range []search.Sort{search.ByRelevance, search.ByDate, search.ByPosition} {
		p.Sorts = append(p.Sorts, choice{sortNames[order], st.with("sort", string(order)).url(), order == current})
	}
	return nil
}

// offer fills what leads on from the hits: the other view, exports, the first page.
func (p *searchView) offer(r search.Request, st state) {
	plain := st.without("view", "lines")
	if r.Query != "" {
		shown := p.Concordance != nil
		p.Views = []choice{{"list", plain.url(), !shown}, {"concordance", st.with("view", "concordance").url(), shown}}
	}
	if p.Concordance != nil {
		p.Next, p.Sorts = p.Concordance.Next, p.Concordance.Sorts
	}
	if r.Cursor != "" {
		p.First = st.url()
	}
	p.API = plain.at("/api/v1/search")
	if p.Concordance != nil {
		lines := st.without("view", "sort", "cursor")
		p.API = lines.at("/api/v1/concordance")
		p.Export = append(p.Export, ref{Text: "table of lines", URL: lines.with("format", "csv").with("bom", "yes").at("/api/v1/concordance")})
	}
	for _, format := range export.Formats {
		address := plain.without("size").with("format", format.Name)
		if format.Name == "csv" {
			address = address.with("bom", "yes")
		}
		p.Export = append(p.Export, ref{Text: format.Title, URL: address.at("/api/v1/export")})
	}
}

// Whoever has a date has one in this range.
const firstDayOfAll, lastDayOfAll = "0001-01-01", "9999-12-31"

// addTimes fills the timeline and what says the same in words. Hits without a
// date are counted by asking for all that have one.
func (s *server) addTimes(ctx context.Context, p *searchView, cat *catalog, r search.Request, result *search.Result, st state) error {
	address := func(from, to string) string { return st.with("from", from).with("to", to).url() }
	open := r.From == "" && r.To == ""
	p.Dates = datesOf(result.Histogram, result.Total, address)
	if !open {
		p.Timeline = newTimeline(result.Histogram, address)
		p.addRange(r, result, st)
		return nil
	}
	var err error
	if p.Timeline, err = s.timeline(ctx, cat, r, result.Histogram, address); err != nil {
		return err
	}
	if p.Timeline == nil {
		return nil
	}
	all := r
	all.From, all.To, all.Cursor, all.Size, all.Bare = firstDayOfAll, lastDayOfAll, "", 1, true
	dated, err := s.index.Search(ctx, all)
	if err != nil {
		return err
	}
	p.Timeline.addUndated(dated.Undated)
	return nil
}

// addRange says which dates were asked for, on the timeline and as a chip.
func (p *searchView) addRange(r search.Request, result *search.Result, st state) {
	text := rangeWords(r.From, r.To)
	if r.Within {
		text += ", wholly"
	}
	without := st.without("from", "to", "dates").url()
	p.Chips = append(p.Chips, chip{Group: "Dates", Text: text, Remove: without})
	if p.Timeline == nil {
		p.Timeline = &timeline{}
	}
	p.Timeline.Within, p.Timeline.Clear = text, without
	p.Timeline.addUndated(result.Undated)
}

func rangeWords(from, to string) string {
	switch {
	case from == "":
		return "until " + readableDate(to)
	case to == "":
		return "from " + readableDate(from)
	}
	return spanWords(from, to)
}

// chips are the filters chosen, each with the address that takes it away.
func (c *catalog) chips(r search.Request, st state, result *search.Result) []chip {
	var out []chip
	for _, group := range groups {
		for _, value := range r.Filters[group] {
			out = append(out, chip{c.groupName(group), c.label(group, value, result), st.dropping(string(group), value).url()})
		}
	}
	return out
}

// label is what a filter's value is called.
func (c *catalog) label(group search.Group, value string, result *search.Result) string {
	for _, v := range result.Facets[group] {
		if v.Value == value && v.Label != "" {
			return v.Label
		}
	}
	switch group {
	case search.GroupActor, search.GroupSpeaker, search.GroupAddressee:
		return c.actor(value).name()
	case search.GroupPhase:
		return c.phase(value).Text
	case search.GroupSource:
		return c.source(value).Text
	case search.GroupKind:
		return kindNames[value]
	}
	return value
}

// newSearchForm keeps as hidden fields what has no field of its own.
func newSearchForm(r search.Request, st state, result *search.Result) searchForm {
	f := searchForm{Q: r.Query, From: r.From, To: r.To, Within: r.Within}
	f.First, f.Last = "YYYY-MM", "YYYY-MM-DD"
	if n := len(result.Histogram); n > 0 {
		f.First, f.Last = result.Histogram[0].From[:len("1939-05")], result.Histogram[n-1].To
	}
	for _, name := range []string{"size", "sort", "match", "view", "lines"} {
		for _, value := range st[name] {
			f.Hidden = append(f.Hidden, hiddenField{name, value})
		}
	}
	seen := map[hiddenField]bool{}
	for _, facet := range facets(result) {
		for _, v := range slices.Concat(facet.Values, facet.More) {
			seen[hiddenField{string(facet.Group), v.Value}] = true
		}
	}
	for _, group := range groups {
		for _, value := range r.Filters[group] {
			if p := (hiddenField{string(group), value}); !seen[p] {
				f.Hidden = append(f.Hidden, p)
			}
		}
	}
	return f
}
