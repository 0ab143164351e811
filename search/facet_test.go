package search_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"ibid/search"
)

// The count of every value of a facet is the total that a search has in which the value is
// chosen alone in its group, whatever else is asked for; the values of a group that are
// chosen already are told to be so.
func TestFacetCountsAreTotals(t *testing.T) {
	ix := shipped(t)
	random := rand.New(rand.NewPCG(1, 2))
	queries := []string{"", "negotiations", "Molotov Ribbentrop", `"political base"`, "trade NOT credit", "kind:quotation", "speaker:molotov",
		"military talks with Britain and France", "date:1939-08 alliance", "GK 279", "mol*", "zebra", "NOT Poland", "actor:molotov OR actor:schulenburg"}
	for i, q := range queries {
		r := search.Request{Query: q, Size: 1}
		for range i % 3 { // some filters beside
			r = withFilter(random, find(t, ix, r), r)
		}
		if i%4 == 1 {
			r.From, r.To, r.Within = "1939-04", "1939-08", i%8 == 1
		}
		checkFacets(t, ix, r)
	}
}

// withFilter returns a request with one more filter, of a value that its result counts.
func withFilter(random *rand.Rand, result *search.Result, r search.Request) search.Request {
	g := search.FacetGroups[random.IntN(len(search.FacetGroups))]
	if len(result.Facets[g]) == 0 {
		return r
	}
	filters := search.Filters{}
	for group, values := range r.Filters {
		filters[group] = slices.Clone(values)
	}
	filters[g] = append(filters[g], result.Facets[g][random.IntN(len(result.Facets[g]))].Value)
	r.Filters = filters
	return r
}

func checkFacets(t *testing.T, ix *search.Index, r search.Request) {
	t.Helper()
	result := find(t, ix, r)
	for group, values := range result.Facets {
		for _, v := range values {
			chosen := r
			chosen.Filters, chosen.Bare = search.Filters{group: {v.Value}}, true
			for g, others := range r.Filters {
				if g != group {
					chosen.Filters[g] = others
				}
			}
			if total := find(t, ix, chosen).Total; total != v.Count {
				t.Errorf("%+v: %s %s is counted %d, chosen it gives %d", r, group, v.Value, v.Count, total)
			}
			if v.Selected != slices.Contains(r.Filters[group], v.Value) {
				t.Errorf("%+v: %s %s is told to be chosen: %v", r, group, v.Value, v.Selected)
			}
		}
	}
}

// What has some date and the undated that are told come to all, or to more where quotations
// are counted one by one because what holds them has no date.
func TestUndatedAreTheRest(t *testing.T) {
	ix := shipped(t)
	for _, q := range []string{"negotiations", "Molotov", "", "trade -credit", `"collective security"`} {
		all := find(t, ix, search.Request{Query: q}).Total
		dated := find(t, ix, search.Request{Query: q, From: "0001-01-01", To: "9999-12-31"})
		if dated.Total+dated.Undated < all || dated.Undated > all {
			t.Errorf("%s: %d dated and %d undated of %d", q, dated.Total, dated.Undated, all)
		}
		for _, within := range []bool{false, true} {
			r := find(t, ix, search.Request{Query: q, From: "1939-05", To: "1939-06", Within: within})
			if r.Undated != dated.Undated || r.Total > dated.Total {
				t.Errorf("%s, within %v: %d and %d undated, over all dates %d and %d", q, within, r.Total, r.Undated, dated.Total, dated.Undated)
			}
			for _, b := range r.Histogram {
				if b.From < "1939-05-01" || b.To > "1939-06-30" || b.Count > r.Total {
					t.Errorf("%s, within %v: bar %+v of %d", q, within, b, r.Total)
				}
			}
		}
	}
}
