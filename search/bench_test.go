package search_test

import (
	"context"
	"testing"

	"ibid/corpus"
	"ibid/corpus/pact1939"
	"ibid/indexer"
	"ibid/search"
)

// shipped indexes the shipped corpus.
func shipped(t testing.TB) *search.Index {
	t.Helper()
	c, err := corpus.Load(pact1939.Files, "pact1939")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := indexer.Build(context.Background(), c, dir, func(indexer.Progress) {}); err != nil {
		t.Fatal(err)
	}
	ix, err := search.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ix.Close() })
	return ix
}

// BenchmarkSearch answers whole requests on the shipped corpus: query, facets,
// histogram and ten fragments.
func BenchmarkSearch(b *testing.B) {
	ix := shipped(b)
	for _, bm := range []struct {
		name string
		r    search.Request
	}{
		{"word", search.Request{Query: "negotiations"}},
		{"words", search.Request{Query: "economic negotiations with Germany"}},
		{"all", search.Request{Query: "economic AND negotiations AND Germany"}},
		{"phrase", search.Request{Query: `"political base"`}},
		{"prefix", search.Request{Query: "negot*"}},
		{"misspelled", search.Request{Query: "Ribentrop"}},
		{"date", search.Request{Query: "20 May 1939"}},
		{"question", search.Request{Query: "why did the military talks in Moscow fail?"}},
		{"filtered", search.Request{Query: "negotiations", Filters: search.Filters{search.GroupActor: {"molotov"}, search.GroupPhase: {"spring-and-summer"}}, From: "1939-05", To: "1939-07"}},
		{"everything", search.Request{}},
	} {
		b.Run(bm.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := ix.Search(context.Background(), bm.r); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkSuggest(b *testing.B) {
	ix := shipped(b)
	b.ReportAllocs()
	for b.Loop() {
		ix.Suggest(context.Background(), "mol", 8)
	}
}
