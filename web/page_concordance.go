package web

import (
	"context"
	"net/url"

	"ibid/search"
)

// A concordance shows each match on a line of its own, in its context.
type concordance struct {
	Lines []lineView
	Total int
	More  bool // there are more than could be gathered
	Sorts []choice
	Next  string
	List  string // address of the same search as a list
}

type lineView struct {
	search.Line
	Address string // of the passage, with the search
}

// views are the ways to show what was found.
var views = []string{"list", "concordance"}

var lineSorts = func() (names []string) {
	for _, order := range search.LineSorts {
		names = append(names, string(order))
	}
	return names
}()

var lineSortNames = map[string]string{
	string(search.LinesByPosition): "place in the source",
	string(search.LinesByLeft):     "words before",
	string(search.LinesByLeft2):    "from the second before",
	string(search.LinesByLeft3):    "from the third before",
	string(search.LinesByRight):    "words after",
	string(search.LinesByRight2):   "from the second after",
	string(search.LinesByRight3):   "from the third after",
}

// A shape is how the results are shown: parameters of the page, not of the search.
type shape struct {
	Concordance bool
	Lines       string // order of the lines, "" for that of the source
}

// readShape returns a *paramError for a value that it does not know.
func readShape(v url.Values) (shape, error) {
	view, err := oneOf("view", v.Get("view"), views)
	if err != nil {
		return shape{}, err
	}
	lines, err := oneOf("lines", v.Get("lines"), lineSorts)
	return shape{Concordance: view == "concordance", Lines: lines}, err
}

// on writes the shape into a state.
func (sh shape) on(st state) state {
	if !sh.Concordance {
		return st
	}
	return st.with("view", "concordance").with("lines", sh.Lines)
}

// linesShown is the size of a page of a concordance.
const linesShown = 50

// concordance asks for the lines of a request. Without words to look for there are none.
func (s *server) concordance(ctx context.Context, r search.Request, sh shape, st state) (*concordance, error) {
	if r.Size == 0 {
		r.Size = linesShown
	}
	answer, err := s.index.KWIC(ctx, search.KWICRequest{Request: r, Lines: search.LineSort(sh.Lines)})
	if err != nil {
		return nil, err
	}
	out := &concordance{Total: answer.Total, More: answer.More}
	for _, line := range answer.Lines {
		out.Lines = append(out.Lines, lineView{line, st.only("q", "match").at(passageURL(line.Passage))})
	}
	for _, order := range lineSorts {
		current := sh.Lines == order || sh.Lines == "" && order == string(search.LinesByPosition)
		out.Sorts = append(out.Sorts, choice{lineSortNames[order], st.with("lines", order).url(), current})
	}
	list := st.without("view", "lines")
	if len(list) == 0 {
		list = list.with("sort", string(search.ByPosition)) // without anything asked it would be the front page
	}
	out.List = list.url()
	if len(out.Lines) == 0 {
		out.Sorts = nil
	}
	if answer.Next != "" {
		out.Next = st.with("cursor", answer.Next).url()
	}
	return out, nil
}
