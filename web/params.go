package web

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"ibid/search"
)

// Bounds of parameters.
const (
	maxQuery  = 4000 // of q, in characters, as in search/query
	maxSize   = 100  // hits on a page of results
	maxValues = 50   // of one filter
	maxValue  = 200  // of any other parameter, in bytes
)

// A parameter is a parameter of an address. How it is read, what the OpenAPI document
// says of it and what the page about the API says of it all come from here.
type parameter struct {
	name        string
	text        string // what it does, in a sentence
	in          string // "path" or "body"; "" for the query of the address
	many        bool   // may be given several times
	times       int    // how often at most; 0 means 50
	required    bool
	least, most int          // of a number; for a text, most is 0
	longest     int          // characters of a text; 0 means 200 bytes
	allowed     []string     // all values, if they are few
	group       search.Group // its values are those the corpus has
	fallback    string       // what stands for it where it is left out
}

// parameters are the parameters that an address takes.
type parameters []parameter

// args are the values of parameters as read: trimmed, none empty, all allowed.
type args map[string][]string

// text is the value of a parameter, "" where it was left out.
func (a args) text(name string) string {
	if len(a[name]) == 0 {
		return ""
	}
	return a[name][0]
}

// number is the value of a number, 0 where it was left out.
func (a args) number(name string) int {
	n, err := strconv.Atoi(a.text(name))
	if err != nil {
		return 0 // read refused what is no number
	}
	return n
}

var (
	groups = []search.Group{search.GroupKind, search.GroupSource, search.GroupSection, search.GroupPhase, search.GroupActor,
		search.GroupSpeaker, search.GroupAddressee, search.GroupCollection, search.GroupCite, search.GroupMedium}
	sorts     = []string{string(search.ByRelevance), string(search.ByDate), string(search.ByPosition)}
	layers    = []string{string(search.Exact), string(search.Stem), string(search.Variant), string(search.Similar)}
	dateModes = []string{"overlap", "within"}
)

var groupTexts = map[search.Group]string{
	search.GroupKind:       "Only passages of this kind.",
	search.GroupSource:     "Only passages of this source, by its id; see /api/v1/sources.",
	search.GroupSection:    "Only passages of this section, by its label as printed.",
	search.GroupPhase:      "Only passages of this phase of the story, by its id.",
	search.GroupActor:      "Only passages that name this actor, or in which it speaks or is spoken to: by its id, see /api/v1/actors, or by name as printed where it has none.",
	search.GroupSpeaker:    "Only quotations of this actor, by id or name.",
	search.GroupAddressee:  "Only quotations addressed to this actor, by id or name.",
	search.GroupCollection: "Only passages that cite a document of this collection, by its siglum.",
	search.GroupCite:       "Only passages that cite this document or work, as \"GK 279\".",
	search.GroupMedium:     "Only quotations from this medium, as \"telegram\".",
}

// Parameters that several addresses take.
var (
	queryParam  = parameter{name: "q", longest: maxQuery, text: "What to search for, in the query language of /help. Left out, every passage matches."}
	sizeParam   = parameter{name: "size", least: 1, most: maxSize, fallback: "10", text: "Hits on a page."}
	cursorParam = parameter{name: "cursor", text: "next of the page before; left out, the first page. It is good for the same search on the same index only."}
	sortParam   = parameter{name: "sort", allowed: sorts, text: "Order of the hits. Without a query they come by position."}
	matchParam  = parameter{name: "match", allowed: layers, fallback: string(search.Similar), text: "The deepest layer of word forms to use."}
	rangeParams = parameters{
		{name: "from", text: "Only passages with a date from this day, month or year on, as 1939, 1939-08 or 1939-08-23 (EDTF)."},
		{name: "to", text: "Only passages with a date up to this day, month or year, inclusive."},
		{name: "dates", allowed: dateModes, fallback: "overlap", text: "Whether a date must overlap the range or lie within it."},
	}
	filterParams = func() parameters {
		var out parameters
		for _, group := range groups {
			out = append(out, parameter{name: string(group), many: true, group: group, text: groupTexts[group]})
		}
		return out
	}()
	searchParams = slices.Concat(parameters{queryParam, sizeParam, cursorParam, sortParam, matchParam}, rangeParams, filterParams)
)

// names are the names of those in the address or its body.
func (ps parameters) names() []string {
	var out []string
	for _, p := range ps {
		if p.in != "path" {
			out = append(out, p.name)
		}
	}
	return out
}

// read reads the parameters. Empty ones count as left out, as a form sends them;
// names it does not know it leaves alone. It returns a *paramError for the first
// that cannot be read.
func (ps parameters) read(v url.Values, cat *catalog) (args, error) {
	if err := ps.checkShape(v); err != nil {
		return nil, err
	}
	out := args{}
	for _, p := range ps {
		if p.in == "path" {
			continue // read by the route
		}
		values, err := p.read(v[p.name], cat)
		if err != nil {
			return nil, err
		}
		if len(values) > 0 {
			out[p.name] = values
		} else if p.required {
			return nil, &paramError{Name: p.name, Message: fmt.Sprintf("Give %s. %s", p.name, p.text)}
		}
	}
	return out, nil
}

// checkShape refuses what no parameter may be: several values for one that
// takes one, invalid UTF-8, control characters, great length.
func (ps parameters) checkShape(v url.Values) error {
	longest := map[string]int{}
	for _, p := range ps {
		if !p.many && len(v[p.name]) > 1 {
			return &paramError{Name: p.name, Message: fmt.Sprintf("Give %s once; it stands %d times in the address.", p.name, len(v[p.name]))}
		}
		longest[p.name] = p.longest
	}
	for _, name := range slices.Sorted(maps.Keys(v)) {
		for _, value := range v[name] {
			if err := checkValue(name, value, longest[name]); err != nil {
				return err
			}
		}
	}
	return nil
}

func checkValue(name, value string, longest int) error {
	name = clip(name)
	if !utf8.ValidString(value) {
		return &paramError{Name: name, Message: "The value is not valid UTF-8. Send text as UTF-8, percent-encoded."}
	}
	if strings.ContainsRune(value, 0) && name != "q" { // in a query it separates words, as any control character
		return &paramError{Name: name, Message: "Leave out the NUL character; no text contains one."}
	}
	if longest == 0 {
		if len(value) > maxValue {
			return &paramError{Name: name, Message: fmt.Sprintf("Shorten the value to %d bytes; it has %d.", maxValue, len(value))}
		}
		return nil
	}
	if n := utf8.RuneCountInString(value); n > longest {
		what := "the value"
		if name == "q" {
			what = "the query"
		}
		return &paramError{Name: name, Message: fmt.Sprintf("Shorten %s to %d characters; it has %d.", what, longest, n)}
	}
	return nil
}

// read reads the values of one parameter.
func (p *parameter) read(given []string, cat *catalog) ([]string, error) {
	var values []string
	for _, value := range given {
		if value = strings.TrimSpace(value); value != "" {
			values = append(values, value)
		}
	}
	if len(values) == 0 {
		return nil, nil
	}
	if p.most > 0 {
		return values, p.checkNumber(values[0])
	}
	if most := p.mostTimes(); len(values) > most {
		return nil, &paramError{Name: p.name, Message: fmt.Sprintf("Give %s at most %d times; you gave it %d times.", p.name, most, len(values))}
	}
	if p.group != "" {
		return p.readGroup(values, cat)
	}
	for _, value := range values {
		if len(p.allowed) > 0 {
			if _, err := oneOf(p.name, value, p.allowed); err != nil {
				return nil, err
			}
		}
	}
	return values, nil
}

// mostTimes is how often a parameter may be given.
func (p *parameter) mostTimes() int {
	switch {
	case !p.many:
		return 1
	case p.times > 0:
		return p.times
	}
	return maxValues
}

func (p *parameter) checkNumber(s string) error {
	n, err := strconv.Atoi(s)
	if err != nil || n < p.least || n > p.most {
		return &paramError{Name: p.name, Message: fmt.Sprintf("Give a %s from %d to %d; %q is not one.", p.name, p.least, p.most, clip(s))}
	}
	return nil
}

// readGroup reads values of a filter. Those of a group with a known list must be
// on it, since a silent empty answer would mislead.
func (p *parameter) readGroup(values []string, cat *catalog) ([]string, error) {
	if wrong := checkValues(cat.index, p.group, values); wrong != nil {
		return nil, wrong
	}
	slices.Sort(values)
	return slices.Compact(values), nil
}

// readRequest reads the parameters of a search. It returns a *paramError for one
// that cannot be read.
func readRequest(v url.Values, cat *catalog) (search.Request, error) {
	a, err := searchParams.read(v, cat)
	if err != nil {
		return search.Request{}, err
	}
	return a.request()
}

// request makes a search of parameters that were read.
func (a args) request() (search.Request, error) {
	r := search.Request{
		Query:  a.text("q"),
		Size:   a.number("size"),
		Cursor: a.text("cursor"),
		Sort:   search.Sort(a.text("sort")),
		Match:  search.Layer(a.text("match")),
		Within: a.text("dates") == "within",
	}
	var err error
	if r.From, r.To, err = readRange(a.text("from"), a.text("to")); err != nil {
		return r, err
	}
	r.Filters = search.Filters{}
	for _, group := range groups {
		if values := a[string(group)]; len(values) > 0 {
			r.Filters[group] = values
		}
	}
	return r, nil
}

func oneOf(name, value string, allowed []string) (string, error) {
	if value == "" || slices.Contains(allowed, value) {
		return value, nil
	}
	return "", &paramError{Name: name, Allowed: allowed,
		Message: fmt.Sprintf("%q is no value of %s. Use %s.", clip(value), name, orList(allowed))}
}

// searchNames are the parameters of a search.
func searchNames() []string { return searchParams.names() }
