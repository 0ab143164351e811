package web

import (
	"context"
	"net/url"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"ibid/search"
	"ibid/search/export"
)

type searchView struct {
	layout
	Form        searchForm
	Searched    bool // the reader asked for something
	Description string
	Examples    []ref

	Understood  string
	Corrections []correctionView
	Unknown     []string // fields of the query whose value the corpus does not know
	Forms       []wordForms
	Exact       bool // only words as typed were looked for
	AllForms    string

	Chips    []chip
	Clear    string // address without filters and dates
	Facets   []facetView
	Timeline *timeline

	Total  int
	Cards  []card
	Next   string
	First  string // address of the first page, "" on it
	Sorts  []choice
	Export []ref
	API    string
	Cite   string // how to cite this search

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

type relaxed struct {
	Without string
	URL     string
	Total   int
}

type facetView struct {
	Group  search.Group
	Name   string
	Values []facetValue // shown at once: those chosen and the first few
	More   []facetValue // shown on demand
	Chosen int
}

type facetValue struct {
	search.FacetValue
	Group search.Group
}

// ID is the id of its checkbox, the same on every page.
func (v facetValue) ID() string { return "f-" + string(v.Group) + "-" + url.QueryEscape(v.Value) }

// shownValues of a facet are seen without asking for more.
const shownValues = 6

func (s *server) searchPage(c *gin.Context) (*view, error) {
	values := c.Request.URL.Query()
	cat := s.catalog()
	r, err := readRequest(values, cat)
	if err != nil {
		return nil, err
	}
	result, err := s.index.Search(c.Request.Context(), r)
	if err != nil {
		return nil, err
	}
	st := newState(r)
	p := searchView{
		layout:   s.layout(c, "Search", "search"),
		Searched: len(st.without("size", "sort", "match")) > 0 || r.Cursor != "",
		Total:    result.Total,
		Chips:    cat.chips(r, st, result),
		Facets:   facets(result),
		Form:     newSearchForm(r, st, result),
	}
	p.Title = searchTitle(p)
	p.Description = cat.manifest.Description
	p.explain(result, st)
	p.list(cat, result, r, st)
	p.Timeline = cat.focusedTimeline(result.Histogram, r.From == "" && r.To == "", func(from, to string) string {
		return st.with("from", from).with("to", to).url()
	})
	p.addRange(r, result, st)
	if !p.Searched {
		p.Examples = s.examples(cat)
	} else {
		p.Robots = "noindex"
		p.Cite = citeSearch(p.Base, cat, result, st)
	}
	if p.Total == 0 {
		if err := s.help(c.Request.Context(), &p, r, st); err != nil {
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
	p.Unknown = q.Unknown
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

// list fills the hits and what leads on from them.
func (p *searchView) list(cat *catalog, result *search.Result, r search.Request, st state) {
	for i, hit := range result.Hits {
		card := cat.hitCard(hit, st)
		card.Rank = i + 1
		p.Cards = append(p.Cards, card)
	}
	if result.Next != "" {
		p.Next = st.with("cursor", result.Next).url()
	}
	if r.Cursor != "" {
		p.First = st.url()
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
	for _, format := range export.Formats {
		address := st.without("size").with("format", format.Name)
		p.Export = append(p.Export, ref{Text: format.Title, URL: address.at("/api/v1/export")})
	}
	p.API = st.at("/api/v1/search")
}

// addRange says which dates were asked for, on the timeline and as a chip.
func (p *searchView) addRange(r search.Request, result *search.Result, st state) {
	if r.From == "" && r.To == "" {
		return
	}
	text := rangeWords(r.From, r.To)
	if r.Within {
		text += ", wholly"
	}
	without := st.without("from", "to", "dates").url()
	p.Chips = append(p.Chips, chip{Group: "Dates", Text: text, Remove: without})
	if p.Timeline == nil {
		p.Timeline = &timeline{}
	}
	p.Timeline.Within, p.Timeline.Clear, p.Timeline.Undated = text, without, result.Undated
}

func rangeWords(from, to string) string {
	switch {
	case from == "":
		return "until " + readableDate(to)
	case to == "":
		return "from " + readableDate(from)
	case from == to:
		return readableDate(from)
	}
	return readableDate(from + "/" + to)
}

// chips are the filters chosen, each with the address that takes it away.
func (c *catalog) chips(r search.Request, st state, result *search.Result) []chip {
	var out []chip
	for _, group := range groups {
		for _, value := range r.Filters[group] {
			out = append(out, chip{groupNames[group], c.label(group, value, result), st.dropping(string(group), value).url()})
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

// facets are the counted groups that have something to choose.
func facets(result *search.Result) []facetView {
	var out []facetView
	for _, group := range search.FacetGroups {
		f := facetView{Group: group, Name: groupNames[group]}
		for _, v := range result.Facets[group] {
			if v.Label == "" {
				v.Label = v.Value
			}
			if v.Selected {
				f.Chosen++
			}
			if v.Selected || len(f.Values) < shownValues {
				f.Values = append(f.Values, facetValue{v, group})
			} else {
				f.More = append(f.More, facetValue{v, group})
			}
		}
		if len(f.Values) > 1 || f.Chosen > 0 {
			out = append(out, f)
		}
	}
	return out
}

// newSearchForm keeps as hidden fields what has no field of its own.
func newSearchForm(r search.Request, st state, result *search.Result) searchForm {
	f := searchForm{Q: r.Query, From: r.From, To: r.To, Within: r.Within}
	f.First, f.Last = "YYYY-MM", "YYYY-MM-DD"
	if n := len(result.Histogram); n > 0 {
		f.First, f.Last = result.Histogram[0].From[:len("1939-05")], result.Histogram[n-1].To
	}
	for _, name := range []string{"size", "sort", "match"} {
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

func citeSearch(base string, cat *catalog, result *search.Result, st state) string {
	return cat.manifest.Title + ", index " + result.Index + ", " + base + st.url()
}

// maxRelaxed searches are tried when there are no hits.
const maxRelaxed = 6

// help says which filter emptied the result and what the index has instead.
func (s *server) help(ctx context.Context, p *searchView, r search.Request, st state) error {
	type attempt struct {
		without string
		state   state
		request search.Request
	}
	var attempts []attempt
	for _, group := range groups {
		if len(r.Filters[group]) > 0 {
			rest := r
			rest.Filters = search.Filters{}
			for g, values := range r.Filters {
				if g != group {
					rest.Filters[g] = values
				}
			}
			attempts = append(attempts, attempt{strings.ToLower(groupNames[group]), st.without(string(group)), rest})
		}
	}
	if r.From != "" || r.To != "" {
		rest := r
		rest.From, rest.To = "", ""
		attempts = append(attempts, attempt{"dates", st.without("from", "to", "dates"), rest})
	}
	if len(attempts) > 1 {
		rest := r
		rest.Filters, rest.From, rest.To = nil, "", ""
		attempts = append(attempts, attempt{"any filter", st.only("q", "match", "sort"), rest})
	}
	for _, a := range attempts[:min(len(attempts), maxRelaxed)] {
		a.request.Cursor, a.request.Size, a.request.Bare = "", 1, true
		result, err := s.index.Search(ctx, a.request)
		if err != nil {
			return err
		}
		if result.Total > 0 {
			p.Relaxed = append(p.Relaxed, relaxed{a.without, a.state.url(), result.Total})
		}
	}
	for _, word := range strings.Fields(r.Query) {
		for _, suggestion := range s.index.Suggest(ctx, word, 3) {
			if len(p.Suggestions) < 6 {
				p.Suggestions = append(p.Suggestions, ref{Text: suggestion.Text, URL: "/?" + url.Values{"q": {suggestion.Query}}.Encode()})
			}
		}
	}
	return nil
}

// examples are three searches that this corpus answers well: two who speak to
// each other, a document that is quoted, the person most named in a phase.
func (s *server) examples(cat *catalog) []ref {
	documents := s.index.Documents()
	var out []ref
	if from, to, ok := pair(documents); ok {
		query := url.Values{"speaker": {from}, "addressee": {to}}
		out = append(out, ref{Text: "What " + cat.actor(from).Text + " told " + cat.actor(to).Text, URL: "/?" + query.Encode()})
	}
	if d, ok := mostQuoted(documents); ok {
		out = append(out, ref{Text: d.ID, URL: "/?" + url.Values{"q": {d.ID}}.Encode()})
	}
	if id, ok := mostNamed(s.index.Actors()); ok && len(cat.manifest.Phases) > 0 {
		phase := cat.manifest.Phases[len(cat.manifest.Phases)-1]
		query := url.Values{"q": {cat.actor(id).Text}, "phase": {phase.ID}}
		out = append(out, ref{Text: cat.actor(id).Text + ": " + phase.Label, URL: "/?" + query.Encode()})
	} else if ok {
		out = append(out, ref{Text: cat.actor(id).Text, URL: "/?" + url.Values{"q": {cat.actor(id).Text}}.Encode()})
	}
	return out
}

// pair is who speaks to whom in most documents.
func pair(documents []search.DocumentEntry) (from, to string, ok bool) {
	counts := map[[2]string]int{}
	best := [2]string{}
	for _, d := range documents {
		if d.From == "" || d.To == "" || len(d.Quotations) == 0 {
			continue
		}
		key := [2]string{d.From, d.To}
		counts[key]++
		if counts[key] > counts[best] || best[0] == "" {
			best = key
		}
	}
	return best[0], best[1], best[0] != ""
}

func mostQuoted(documents []search.DocumentEntry) (search.DocumentEntry, bool) {
	var best search.DocumentEntry
	for _, d := range documents {
		if best.ID == "" || len(d.Quotations) > len(best.Quotations) {
			best = d
		}
	}
	return best, best.ID != ""
}

// mostNamed is the person mentioned most, else whoever is.
func mostNamed(actors []search.ActorEntry) (string, bool) {
	var best search.ActorEntry
	for _, a := range actors {
		person, bestPerson := a.Kind == "person", best.Kind == "person"
		if best.ID == "" || person && !bestPerson || person == bestPerson && a.Mentions > best.Mentions {
			best = a
		}
	}
	return best.ID, best.ID != ""
}
