package search

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"ibid/corpus"
	"ibid/indexer"
	"ibid/indexer/analysis"
	"ibid/indexer/schema"
)

// scattered makes passages of few words, so that all of them are in many, in groups
// of a passage and quotations; one in three has dates.
func scattered(n int) []*corpus.Passage {
	r := rand.New(rand.NewPCG(7, 7))
	word := func() string { return fmt.Sprintf("word%c", 'a'+int(26*r.Float64()*r.Float64())) }
	var out []*corpus.Passage
	holder := ""
	for i := range n {
		var words []string
		for range 1 + r.IntN(40) {
			words = append(words, word())
		}
		p := &corpus.Passage{ID: fmt.Sprintf("s/p%d", i), Kind: corpus.Paragraph, Source: "s", Text: strings.Join(words, " ")}
		if holder != "" && r.IntN(3) == 0 {
			p.Kind, p.Within, p.Nature = corpus.Quotation, holder, corpus.OfDocument
		} else {
			holder = p.ID
		}
		if r.IntN(3) == 0 {
			p.Medium = []string{"letter", "telegram", "speech"}[r.IntN(3)]
			p.Date = fmt.Sprintf("%d-%02d-%02d", 1900+r.IntN(60), 1+r.IntN(12), 1+r.IntN(28))
		}
		if r.IntN(20) == 0 {
			p.Dates = append(p.Dates, corpus.Date{Earliest: "1901-01-01", Latest: fmt.Sprintf("%d-12-31", 1902+r.IntN(50))})
		}
		out = append(out, p)
	}
	return out
}

func scatteredIndex(t *testing.T) (*Index, []*corpus.Passage) {
	t.Helper()
	passages := scattered(12_000) // two blocks
	dir := t.TempDir()
	m := &corpus.Manifest{ID: "s", Title: "S", Sources: []corpus.Source{{ID: "s", Path: "s", Format: corpus.Text}}}
	if err := indexer.Write(context.Background(), dir, m, passages, "0123456789abcdef", nil); err != nil {
		t.Fatal(err)
	}
	ix, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ix.Close() })
	return ix, passages
}

// TestOccurrences: counts and positions beside the segment are those of the texts.
func TestOccurrences(t *testing.T) {
	ix, passages := scatteredIndex(t)
	r := ix.reader()
	for _, term := range []string{"worda", "wordf", "wordz"} {
		p := r.term(schema.FieldText, term)
		for _, few := range []int{1, len(passages)} { // one by one, and by a walk
			places, total := p.places(few), 0
			for doc := range passages {
				var want []uint16
				for _, token := range analysis.Tokens(passages[doc].Text) {
					if token.Term == term {
						want = append(want, uint16(token.Pos))
					}
				}
				total += len(want)
				if got := places.of(uint32(doc)); !slices.Equal(got, want) {
					t.Fatalf("%s stands in passage %d at %d, want %d", term, doc, got, want)
				}
			}
			if got := ix.occurrences(term); got != total {
				t.Errorf("%s occurs %d times, want %d", term, got, total)
			}
		}
	}
}

// TestNaive compares what is rated in blocks and counted by rows and bitmaps with what
// a look at one passage after the other gives.
func TestNaive(t *testing.T) {
	ix, _ := scatteredIndex(t)
	for _, r := range []Request{
		{Query: "worda"}, {Query: "wordx"}, {Query: "worda OR wordm OR wordx"}, {Query: "wordb AND wordk AND wordt"}, {Query: "wordc wordp wordy"},
		{Query: `"worda wordb"`}, {Query: `"worda wordc wordb"`}, {Query: "word*"}, {Query: "wordq~"}, {Query: `"wordd wordh"~4`}, {Query: "wordb NOT worda"},
		{Query: "worda", From: "1910", To: "1915"}, {Query: "worda", From: "1910-05-03", To: "1931-02-01", Within: true}, {From: "1922-06-03", To: "1922-06-03"},
		{Query: "wordb OR wordc", Filters: Filters{GroupMedium: {"letter", "speech"}}}, {Query: "wordb", Filters: Filters{GroupKind: {"quotation"}}, From: "1903"},
	} {
		if err := checkRequest(&r); err != nil {
			t.Fatal(err)
		}
		if err := ix.guard(t.Context(), func() error { return naively(t, ix, r) }); err != nil {
			t.Errorf("%+v: %v", r, err)
		}
	}
}

func naively(t *testing.T, ix *Index, r Request) error {
	tree, err := ix.understand(&r)
	if err != nil {
		return err
	}
	s := ix.newSearch(t.Context(), r)
	m, err := s.find(tree)
	if err != nil {
		return err
	}
	if m.asked != nil && !m.inRange.Equals(s.scanDates(*m.asked, r.Within, m.matched)) {
		t.Errorf("%+v: the years give other passages than the dates", r)
	}
	sc := s.scorer(s.leaves, int(m.docs.GetCardinality()))
	defer sc.release()
	counts, hits := make(map[string]int), 0
	all, chosen := ix.hitter(), make(map[string]*hitter) // of all, and of those with a value alone
	s.eachBlock(m.docs, func(docs []uint32) {
		for i, score := range sc.rate(docs) {
			if want := s.rateAlone(docs[i]); score != want {
				t.Errorf("%+v: passage %d is rated %v, alone %v", r, docs[i], score, want)
			}
			if all.of(docs[i]) == docs[i] {
				hits++
			}
			p, _, err := ix.decode(docs[i])
			if err != nil {
				t.Fatal(err)
			}
			for _, v := range schema.Values(p, "kind") {
				if chosen[v] == nil {
					alone := ix.hitter()
					chosen[v] = &alone
				}
				if chosen[v].of(docs[i]) == docs[i] {
					counts[v]++
				}
			}
		}
	})
	got := make(map[string]int)
	out := make(map[Group][]FacetValue)
	for _, groups := range [][]Group{{GroupKind}, FacetGroups} {
		s.countFacets(out, m.docs, groups)
		clear(got)
		for _, v := range out[GroupKind] {
			if v.Count > 0 {
				got[v.Value] = v.Count
			}
		}
		if fmt.Sprint(got) != fmt.Sprint(counts) {
			t.Errorf("%+v: the facet has %v, one by one %v", r, got, counts)
		}
	}
	if _, total := s.collect(m.docs, 10, ByRelevance, nil); total != hits || s.count(m.docs) != hits {
		t.Errorf("%+v: %d hits, counted %d, one by one %d", r, total, s.count(m.docs), hits)
	}
	return nil
}

// rateAlone rates one passage by the rank it has in each list.
func (s *search) rateAlone(doc uint32) (score float64) {
	for _, l := range s.leaves {
		if l.lift != nil {
			if l.docs.Contains(doc) {
				score += l.idf * l.lift(doc)
			}
			continue
		}
		tf, synonyms := 0.0, 0.0
		add := func(p postings, weight float64, presence, synonym bool) {
			if !p.docs.Contains(doc) {
				return
			}
			n := weight
			if p.counts != nil && !presence {
				n *= float64(p.counts.Count(int(p.docs.Rank(doc)) - 1))
			}
			if synonym {
				synonyms += n
			} else {
				tf += n
			}
		}
		for _, src := range l.sources {
			add(src.postings, src.weight, src.presence, src.synonym)
		}
		if terms := []string(nil); l.word != nil && s.deep(Stem) {
			if terms = analysis.Terms(l.word.typed); len(terms) == 1 {
				add(postings{docs: s.term(schema.FieldHeading, analysis.Stem(terms[0])).docs}, weightHeading, true, false)
			}
		}
		if tf += min(synonyms, mostSynonyms); tf > 0 {
			length := max(float64(s.ix.columns.Length[doc])/s.ix.meanLength, shortest)
			score += l.idf * tf * (k1 + 1) / (tf + k1*(1-s.ix.lengthShare+s.ix.lengthShare*length))
		}
	}
	return score
}
