package analysis

import (
	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/registry"
)

// The names our analyzers have with bleve. A change that makes other terms of
// the same text takes a new number here: schema.Format counts them in.
const (
	ExactName = "ibid_exact_1"
	StemName  = "ibid_stem_1"
)

// Exact gives the terms of a text as they stand, extra forms included.
var Exact analysis.Analyzer = analyzer{}

// Stemmed gives the stems of a text. Offsets and positions are those of Exact.
var Stemmed analysis.Analyzer = analyzer{filter: snowball{}}

func init() {
	register(ExactName, Exact)
	register(StemName, Stemmed)
	err := registry.RegisterTokenFilter("ibid_snowball_1", func(map[string]any, *registry.Cache) (analysis.TokenFilter, error) {
		return snowball{}, nil
	})
	if err != nil {
		panic(err) // the name is taken: a mistake in this package
	}
}

func register(name string, a analysis.Analyzer) {
	err := registry.RegisterAnalyzer(name, func(map[string]any, *registry.Cache) (analysis.Analyzer, error) { return a, nil })
	if err != nil {
		panic(err) // the name is taken: a mistake in this package
	}
}

type analyzer struct{ filter analysis.TokenFilter }

// Analyze implements analysis.Analyzer. Positions count from 1, as bleve's do.
func (a analyzer) Analyze(text []byte) analysis.TokenStream {
	tokens := Tokens(string(text))
	all := make([]analysis.Token, len(tokens))
	out := make(analysis.TokenStream, len(tokens))
	for i, t := range tokens {
		all[i] = analysis.Token{Term: []byte(t.Term), Start: t.Start, End: t.End, Position: t.Pos + 1, Type: analysis.AlphaNumeric}
		out[i] = &all[i]
	}
	if a.filter != nil {
		out = a.filter.Filter(out)
	}
	return out
}

// snowball is a token filter that replaces each term by its stem.
type snowball struct{}

func (snowball) Filter(in analysis.TokenStream) analysis.TokenStream {
	for _, t := range in {
		t.Term = []byte(Stem(string(t.Term)))
	}
	return in
}
