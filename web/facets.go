package web

import (
	"cmp"
	"net/url"
	"slices"

	"ibid/corpus"
	"ibid/search"
)

type facetView struct {
	Group  search.Group
	Name   string
	Values []facetValue // shown at once: those chosen and the first few
	More   []facetValue // shown on demand
	Chosen int
	Rest   *rest // finds values beyond those listed; nil where all are
}

// A rest is where values are found that a facet does not list.
type rest struct {
	Field string // of the query
	List  string // address of all
}

type facetValue struct {
	search.FacetValue
	Group search.Group
}

// ID is the id of its checkbox, the same on every page.
func (v facetValue) ID() string { return "f-" + string(v.Group) + "-" + url.QueryEscape(v.Value) }

// Of a facet so many values are seen without asking for more, and so many are listed
// where the others are found otherwise: a shelf may have thousands of sources.
const (
	shownValues  = 6
	listedValues = 50
)

// facets are the counted groups in which something was chosen or would narrow the search.
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
		if more := max(0, listedValues-len(f.Values)); rests[group] != nil && len(f.More) > more {
			f.More, f.Rest = f.More[:more], rests[group]
		}
		if f.Chosen > 0 || narrows(f, result.Total) {
			out = append(out, f)
		}
	}
	return out
}

// exceeds says that some value of a facet in which nothing is chosen counts more than all
// hits. A passage and the quotations in it are one hit, but where the passage itself does
// not have the value, as a speaker, each of its quotations is one.
func (f facetView) exceeds(total int) bool {
	return f.Chosen == 0 && slices.ContainsFunc(slices.Concat(f.Values, f.More), func(v facetValue) bool { return v.Count > total })
}

// shelfOrder is the order of facets where there is more than one source.
var shelfOrder = []search.Group{search.GroupSource, search.GroupSpeaker, search.GroupAddressee}

// arrange puts first what one narrows a shelf by, and speaks of senders where a source is an edition.
func (c *catalog) arrange(list []facetView) []facetView {
	for i := range list {
		list[i].Name = c.groupName(list[i].Group)
	}
	if len(c.manifest.Sources) < 2 {
		return list
	}
	place := func(f facetView) int {
		if i := slices.Index(shelfOrder, f.Group); i >= 0 {
			return i
		}
		return len(shelfOrder)
	}
	slices.SortStableFunc(list, func(a, b facetView) int { return cmp.Compare(place(a), place(b)) })
	return list
}

// groupName is the heading of a filter.
func (c *catalog) groupName(g search.Group) string {
	edition := slices.ContainsFunc(c.manifest.Sources, func(s corpus.Source) bool { return s.Format != corpus.Text })
	switch {
	case edition && g == search.GroupSpeaker:
		return "Sender or speaker"
	case edition && g == search.GroupAddressee:
		return "Recipient"
	}
	return groupNames[g]
}

// rests are those of facets that may have very many values.
var rests = map[search.Group]*rest{search.GroupSource: {"source:id", "/sources"}, search.GroupActor: {"actor:name", "/actors"},
	search.GroupSpeaker: {"speaker:name", "/actors"}, search.GroupAddressee: {"to:name", "/actors"}}

// narrows says that some value of a facet would leave out a hit.
func narrows(f facetView, total int) bool {
	return slices.ContainsFunc(slices.Concat(f.Values, f.More), func(v facetValue) bool { return v.Count > 0 && v.Count < total })
}

// A dateFacet lists the bars of the timeline as links: what the timeline shows,
// in words and numbers.
type dateFacet struct {
	Values []dateValue // the busiest few, in order of time
	More   []dateValue // the others
}

type dateValue struct {
	Label, URL string
	Count      int
}

// mostDates of the busiest bars are listed; the fields of the timeline take any date.
const mostDates = 60

// datesOf is nil where no bar would narrow the search.
func datesOf(bars []search.Bar, total int, address func(from, to string) string) *dateFacet {
	busiest := slices.Clone(bars)
	slices.SortStableFunc(busiest, func(a, b search.Bar) int { return cmp.Compare(b.Count, a.Count) })
	listed := busiest[:min(len(busiest), mostDates)]
	busiest = busiest[:min(len(busiest), shownValues)]
	f := &dateFacet{}
	narrow := false
	for _, b := range bars {
		if b.Count == 0 {
			continue
		}
		narrow = narrow || b.Count < total
		v := dateValue{barLabel(b), address(b.From, b.To), b.Count}
		if slices.Contains(busiest, b) {
			f.Values = append(f.Values, v)
		} else if slices.Contains(listed, b) {
			f.More = append(f.More, v)
		}
	}
	if !narrow {
		return nil
	}
	return f
}
