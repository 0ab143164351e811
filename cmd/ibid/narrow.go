package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"ibid/search"
	"ibid/search/query"
)

// A narrowing is the flags that say which passages are meant, and in which order,
// as the parameters of the API do.
type narrowing struct {
	Sort    string
	Match   string
	From    string
	To      string
	Dates   string
	filters map[search.Group]*[]string
}

// filterGroups are the filters, in the order in which --help shows them last.
var filterGroups = []search.Group{search.GroupKind, search.GroupSource, search.GroupSection, search.GroupPhase, search.GroupActor,
	search.GroupSpeaker, search.GroupAddressee, search.GroupCollection, search.GroupCite, search.GroupMedium}

func (n *narrowing) flags(cmd *cobra.Command, order search.Sort) {
	f := cmd.Flags()
	f.StringVar(&n.Sort, "sort", string(order), "`order` of hits: relevance, date or position")
	f.StringVar(&n.Match, "match", "similar", "deepest `layer` of word forms: exact, stem, variant or similar")
	f.StringVar(&n.From, "from", "", "earliest `date`, EDTF or ISO")
	f.StringVar(&n.To, "to", "", "latest `date`, EDTF or ISO")
	f.StringVar(&n.Dates, "dates", "overlap", "`mode` in which dates meet the range: overlap or within")
	n.filters = map[search.Group]*[]string{}
	for _, g := range filterGroups {
		n.filters[g] = f.StringArray(string(g), nil, fmt.Sprintf("only this %s `value`; twice means either", g))
	}
	complete(cmd, "sort", "relevance", "date", "position")
	complete(cmd, "match", "exact", "stem", "variant", "similar")
	complete(cmd, "dates", "overlap", "within")
	complete(cmd, "kind", "heading", "paragraph", "footnote", "quotation")
}

// complete offers the values of a flag to the shell's completion.
func complete(cmd *cobra.Command, flag string, values ...string) {
	if err := cmd.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp)); err != nil {
		panic(err) // only for a flag that is not defined
	}
}

// request makes the request that the flags ask for.
func (n *narrowing) request(q string) (search.Request, error) {
	req := search.Request{Query: strings.TrimSpace(q), Sort: search.Sort(n.Sort), Match: search.Layer(n.Match),
		From: n.From, To: n.To, Within: n.Dates == "within", Filters: search.Filters{}}
	for g, values := range n.filters {
		if len(*values) > 0 {
			req.Filters[g] = *values
		}
	}
	switch {
	case req.Sort != search.ByRelevance && req.Sort != search.ByDate && req.Sort != search.ByPosition:
		return req, usageError{fmt.Errorf("--sort %q: write relevance, date or position", n.Sort)}
	case req.Match != search.Exact && req.Match != search.Stem && req.Match != search.Variant && req.Match != search.Similar:
		return req, usageError{fmt.Errorf("--match %q: write exact, stem, variant or similar", n.Match)}
	case n.Dates != "overlap" && n.Dates != "within":
		return req, usageError{fmt.Errorf("--dates %q: write overlap or within", n.Dates)}
	}
	return req, nil
}

// parameters returns what a request asks for beside the query, by the names of the API.
func parameters(r search.Request) map[string][]string {
	out := map[string][]string{"sort": {string(r.Sort)}, "match": {string(r.Match)}}
	for name, value := range map[string]string{"from": r.From, "to": r.To} {
		if value != "" {
			out[name] = []string{value}
		}
	}
	if r.Within {
		out["dates"] = []string{"within"}
	}
	for g, values := range r.Filters {
		out[string(g)] = values
	}
	return out
}

// asUsage makes wrong use of an error that says what is wrong with a query or a parameter.
func asUsage(err error) error {
	var bad *query.Error
	var param *search.RequestError
	switch {
	case errors.As(err, &bad):
		return usageError{fmt.Errorf("the query cannot be read, column %d: %s", bad.Column, bad.Message)}
	case errors.As(err, &param):
		return usageError{fmt.Errorf("%s: %s", param.Parameter, param.Message)}
	}
	return err
}
