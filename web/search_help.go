package web

import (
	"context"
	"net/url"
	"strings"

	"ibid/search"
)

type relaxed struct {
	Without string
	URL     string
	Total   int
}

// maxRelaxed searches are tried when there are no hits.
const maxRelaxed = 6

// help says which filter or part of the query emptied the result and what the index has instead.
func (s *server) help(ctx context.Context, p *searchView, r search.Request, result *search.Result, st state) error {
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
	for _, l := range result.Without {
		if l.Filter == "q" {
			p.Relaxed = append(p.Relaxed, relaxed{l.Part, st.with("q", l.Rest).url(), l.Total})
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
