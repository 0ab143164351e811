package search_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"

	"ibid/search"
)

// TestSearch holds one rule of matching a row: the query, and the hits in order.
// A row that ends with "…" fixes only the first hits.
func TestSearch(t *testing.T) {
	ix := fixture(t)
	tests := []struct {
		why   string
		query string
		want  string
	}{
		{"a phrase: the quotation that holds it leads, and is one hit with its paragraph", `"customs basis"`, "doe/p002 doe/q001"},
		{"a phrase keeps its small words", `"decision to negotiate"`, "doe/p005"},
		{"a phrase is exact in its forms", `"customs bases"`, ""},
		{"a compound is a phrase and a word", `"non-aggression began"`, "doe/p003"},
		{"a compound written as one word", `nonaggression`, "doe/p003…"},
		{"a compound is found by its hyphened form", `co-operation`, "doe/p003"},
		{"and by the joined one", `cooperation`, "doe/p003"},
		{"stems, and below them what has a synonym only", `negotiation`, "doe/p003 doe/p005 doe/q001"},
		{"British and American spelling", `defense`, "doe/n01 doe/p003"},
		{"stems that are no kin stay apart", `organization`, "doe/p003"},
		{"university is not universe", `university`, "roe/p002"},
		{"diacritics are folded", `weizsal lost`, "doe/q003…"},
		{"initials", `OR AND Kielce`, "doe/p003"},
		{"words that the manifest holds for one", `Keltz`, "doe/p003"},
		{"another transliteration", `Petrovskiy`, "doe/p003"},
		{"a misspelling", `railwya`, "doe/q003 doe/n01 doe/q001 doe/h01"},
		{"years of a range", `"1910-11"`, "doe/p005"},
		{"the second year of a range written short", `winter 1911`, "doe/p005…"},
		{"near, in any order and form", `"treaty sign"~6`, "doe/q001"},
		{"not near enough", `"hold stand"~3`, ""},
		{"a prefix", `negot*`, "doe/p003 doe/p005"},
		{"a fuzzy word", `tready~`, "doe/q001"},
		{"AND", `railway AND treaty`, "doe/q001"},
		{"exclusion", `railway -treaty`, "doe/n01 doe/q003 doe/h01…"},
		{"NOT alone", `NOT kind:paragraph AND NOT kind:quotation AND NOT kind:heading`, "doe/n01"},
		{"stop words alone count", `to be or not to be`, "roe/p002…"},
		{"a field by id: each quotation is a hit where its holder is none", `speaker:weizsal`, "doe/q003 doe/q004"},
		{"a field by name, without accents", `speaker:Weizsal wait`, "doe/q004"},
		{"a field with another name of the actor", `actor:"Ostran Republic"`, "doe/p003 doe/n01 roe/p002"},
		{"to", `to:weizsal`, "doe/q001"},
		{"cite by id", `cite:"OD 14"`, "doe/n01"},
		{"cite by siglum", `cite:OD kind:footnote`, "doe/n01"},
		{"a date field", `date:1911-06-10..1911-06-25`, "doe/p003 doe/p004 doe/p005"},
		{"a note", `note:1`, "doe/n01"},
		{"a page", `page:12`, "doe/p004"},
		{"a section", `section:A kind:paragraph`, "roe/p001 roe/p002"},
		{"a value nobody has", `actor:napoleon`, ""},
		{"a citation in plain words", `OD 14`, "doe/n01…"},
		{"a date in plain words", `4 July 1911`, "roe/p001…"},
		{"a word nobody has", `zxqvkj`, ""},
		{"markup is text", `script alert`, "roe/p001"},
	}
	for _, tt := range tests {
		got := strings.Join(ids(find(t, ix, search.Request{Query: tt.query})), " ")
		want, open := strings.CutSuffix(tt.want, "…")
		if got != want && !(open && strings.HasPrefix(got+" ", want+" ")) {
			t.Errorf("%s: Search(%q) = %q, want %q", tt.why, tt.query, got, tt.want)
		}
	}
}

func TestSearchLeads(t *testing.T) {
	ix := fixture(t)
	h := find(t, ix, search.Request{Query: `"customs basis" treaty`}).Hits[0]
	if want := "Lindqvist to Weizsäl, 3 May 1911"; h.Title != want {
		t.Errorf("title = %q, want %q", h.Title, want)
	}
	if want := "Doe, p. 10"; h.Reference != want {
		t.Errorf("reference = %q, want %q", h.Reference, want)
	}
	if h = find(t, ix, search.Request{Query: "customs minister"}).Hits[0]; h.ID != "doe/p001" {
		t.Errorf("a match that reaches beyond the quotation is led by %s, want doe/p001", h.ID)
	}
	r := find(t, ix, search.Request{Query: `"customs basis"`, Filters: search.Filters{search.GroupKind: {"paragraph"}}})
	if got, want := ids(r), []string{"doe/p002", "doe/p001"}; !slices.Equal(sorted(got), sorted(want)) {
		t.Errorf("with kind=paragraph the hits are %q, want %q", got, want)
	}
}

func sorted(s []string) []string {
	s = slices.Clone(s)
	slices.Sort(s)
	return s
}

func TestMatchRestrictsLayers(t *testing.T) {
	ix := fixture(t)
	tests := []struct {
		query string
		match search.Layer
		want  int
	}{
		{"negotiate", search.Exact, 1}, {"negotiate", search.Stem, 2},
		{"defense", search.Exact, 1}, {"defense", search.Stem, 1}, {"defense", search.Variant, 2},
		{"railwya", search.Variant, 0}, {"railwya", search.Similar, 4},
	}
	for _, tt := range tests {
		if r := find(t, ix, search.Request{Query: tt.query, Match: tt.match}); r.Total != tt.want {
			t.Errorf("Search(%q, match %s) has total %d, want %d", tt.query, tt.match, r.Total, tt.want)
		}
	}
}

func TestForms(t *testing.T) {
	ix := fixture(t)
	r := find(t, ix, search.Request{Query: "negotiation"})
	want := []search.Form{
		{Word: "negotiation", Form: "negotiate", Layer: search.Stem, Count: 2},
		{Word: "negotiation", Form: "negotiated", Layer: search.Stem, Count: 1},
		{Word: "negotiation", Form: "negotiations", Layer: search.Stem, Count: 1},
		{Word: "negotiation", Form: "negotiators", Layer: search.Stem, Count: 1},
		{Word: "negotiation", Form: "treaty", Layer: search.Similar, Count: 4},
		{Word: "negotiation", Form: "conversation", Layer: search.Similar, Count: 1},
	}
	if !slices.Equal(r.Query.Forms, want) {
		t.Errorf("forms = %v, want %v", r.Query.Forms, want)
	}
	r = find(t, ix, search.Request{Query: "railwya"})
	if len(r.Query.Corrections) != 1 || r.Query.Corrections[0].Word != "railwya" || !slices.Equal(r.Query.Corrections[0].Tried, []string{"railway"}) {
		t.Errorf("corrections = %v, want railway for railwya", r.Query.Corrections)
	}
	r = find(t, ix, search.Request{Query: "railway", Filters: search.Filters{search.GroupActor: {"napoleon"}}})
	if r.Total != 0 || !slices.Equal(r.Query.Unknown, []string{"actor:napoleon"}) {
		t.Errorf("total %d, unknown %q, want 0 and actor:napoleon", r.Total, r.Query.Unknown)
	}
}

func TestFilters(t *testing.T) {
	ix := fixture(t)
	total := func(r search.Request) int { return find(t, ix, r).Total }
	if got := total(search.Request{}); got != 10 {
		t.Errorf("everything has total %d, want 10 groups", got)
	}
	f := search.Filters{search.GroupActor: {"lindqvist"}}
	if got := total(search.Request{Filters: f}); got != 2 {
		t.Errorf("actor=lindqvist has total %d, want 2", got)
	}
	f[search.GroupActor] = append(f[search.GroupActor], "petrovsky")
	if got := total(search.Request{Filters: f}); got != 3 {
		t.Errorf("actor given twice has total %d, want 3", got)
	}
	f[search.GroupPhase] = []string{"summer"}
	if got := total(search.Request{Filters: f}); got != 1 {
		t.Errorf("actor and phase have total %d, want 1", got)
	}
	r := find(t, ix, search.Request{From: "1911-06", To: "1911-06"})
	if r.Total != 3 || r.Undated != 5 {
		t.Errorf("June has total %d and undated %d, want 3 and 5", r.Total, r.Undated)
	}
	if got := total(search.Request{From: "1911-06", To: "1911-06", Within: true}); got != 2 {
		t.Errorf("within June has total %d, want 2", got)
	}
}

// TestWithout: a search that finds nothing tells which filter emptied it.
func TestWithout(t *testing.T) {
	ix := fixture(t)
	r := find(t, ix, search.Request{Query: "railway", From: "1950", Filters: search.Filters{search.GroupKind: {"quotation"}}})
	if want := []search.Lifted{{Filter: "dates", Total: 2}}; r.Total != 0 || !slices.Equal(r.Without, want) {
		t.Errorf("total %d, without %v, want %v", r.Total, r.Without, want)
	}
	if r := find(t, ix, search.Request{Query: "railway", From: "1911"}); r.Without != nil {
		t.Errorf("a search with %d hits says without %v", r.Total, r.Without)
	}
}

// TestFacetCounts: each count is the total that the result has when the value
// is chosen alone in its group, whatever else is filtered; each bar is the
// total when its time is asked for.
func TestFacetCounts(t *testing.T) {
	ix := fixture(t)
	random := rand.New(rand.NewPCG(1, 2))
	queries := []string{"", "railway", "customs basis", `"customs basis"`, "negotiate OR railway", "1911", "the", "Norland -wait", "OD 12"}
	values := map[search.Group][]string{}
	for g, vs := range find(t, ix, search.Request{}).Facets {
		for _, v := range vs {
			values[g] = append(values[g], v.Value)
		}
	}
	for range 150 {
		r := search.Request{Query: queries[random.IntN(len(queries))], Filters: search.Filters{}, Size: 100}
		for _, g := range search.FacetGroups {
			if random.IntN(4) == 0 && len(values[g]) > 0 {
				r.Filters[g] = []string{values[g][random.IntN(len(values[g]))]}
			}
		}
		if random.IntN(3) == 0 {
			r.From, r.To, r.Within = "1911-05", "1911-06-10", random.IntN(2) == 0
		}
		checkCounts(t, ix, r)
	}
}

func checkCounts(t *testing.T, ix *search.Index, r search.Request) {
	t.Helper()
	res := find(t, ix, r)
	if len(res.Hits) != res.Total {
		t.Errorf("%+v: %d hits, total %d", r, len(res.Hits), res.Total)
	}
	for _, g := range search.FacetGroups {
		for _, v := range res.Facets[g] {
			chosen := r
			chosen.Filters = search.Filters{}
			for k, vs := range r.Filters {
				chosen.Filters[k] = vs
			}
			chosen.Filters[g] = []string{v.Value}
			if got := find(t, ix, chosen).Total; got != v.Count {
				t.Errorf("%+v: facet %s=%s counts %d, but choosing it gives %d", r, g, v.Value, v.Count, got)
			}
		}
	}
	if r.Within {
		return // a bar counts what overlaps it
	}
	for _, b := range res.Histogram {
		chosen := r
		chosen.From, chosen.To = b.From, b.To
		if got := find(t, ix, chosen).Total; got != b.Count {
			t.Errorf("%+v: bar %s..%s counts %d, but choosing it gives %d", r, b.From, b.To, b.Count, got)
		}
	}
}

func TestSortAndPages(t *testing.T) {
	ix := fixture(t)
	for _, order := range []search.Sort{"", search.ByRelevance, search.ByDate, search.ByPosition} {
		r := search.Request{Query: "railway OR customs OR norland", Sort: order, Size: 100}
		all := ids(find(t, ix, r))
		var paged []string
		for r.Size = 2; ; {
			res := find(t, ix, r)
			paged = append(paged, ids(res)...)
			if r.Cursor = res.Next; r.Cursor == "" {
				break
			}
		}
		if !slices.Equal(all, paged) {
			t.Errorf("sort %q: page by page %q, at once %q", order, paged, all)
		}
	}
	got := ids(find(t, ix, search.Request{Query: "railway", Match: search.Stem, Sort: search.ByDate}))
	if want := []string{"doe/q001", "doe/q003", "doe/h01", "doe/n01"}; !slices.Equal(got, want) {
		t.Errorf("by date: %q, want %q", got, want)
	}
}

func TestStaleCursor(t *testing.T) {
	ix := fixture(t)
	next := find(t, ix, search.Request{Query: "railway", Size: 1}).Next
	for _, r := range []search.Request{{Query: "customs", Cursor: next}, {Query: "railway", Cursor: next + "A"}, {Query: "railway", Cursor: "!"}, {Query: "railway", Cursor: next, Sort: search.ByDate}} {
		if _, err := ix.Search(context.Background(), r); !errors.Is(err, search.ErrStaleCursor) {
			t.Errorf("Search(%+v) gives error %v, want ErrStaleCursor", r, err)
		}
	}
}

func TestWrongRequests(t *testing.T) {
	ix := fixture(t)
	for _, r := range []search.Request{{Size: -1}, {Size: 101}, {Sort: "best"}, {Match: "deep"}, {From: "yesterday"}, {To: "1911-13"}, {From: "1912", To: "1911"}, {Filters: search.Filters{"colour": {"red"}}}} {
		_, err := ix.Search(context.Background(), r)
		var wrong *search.RequestError
		if !errors.As(err, &wrong) || wrong.Parameter == "" || !strings.HasSuffix(wrong.Message, ".") {
			t.Errorf("Search(%+v) gives error %v, want a *RequestError with a sentence", r, err)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := ix.Search(ctx, search.Request{Query: "railway"}); !errors.Is(err, context.Canceled) {
		t.Errorf("a search that was given up gives error %v, want context.Canceled", err)
	}
}

func TestConcurrentSearches(t *testing.T) {
	ix := open(t, manifest(), passages())
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			for j := range 40 {
				q := []string{"railway", `"customs basis"`, "negot*", "railwya", "4 July 1911", ""}[(i+j)%6]
				if _, err := ix.Search(context.Background(), search.Request{Query: q}); err != nil {
					t.Errorf("Search(%q): %v", q, err)
				}
				if got := ix.Suggest(context.Background(), "nor", 5); len(got) == 0 {
					t.Errorf("Suggest(nor) = nothing")
				}
			}
		})
	}
	wg.Wait()
}

func TestClosed(t *testing.T) {
	ix := fixture(t)
	if err := ix.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := ix.Search(context.Background(), search.Request{}); !errors.Is(err, search.ErrClosed) {
		t.Errorf("a search after Close gives error %v, want ErrClosed", err)
	}
	if err := ix.Close(); err != nil {
		t.Errorf("a second Close: %v", err)
	}
}
