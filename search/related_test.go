package search_test

import (
	"slices"
	"strings"
	"testing"

	"ibid/search"
)

// TestRelated: words that the article does not have find those that it says instead, and the answer says
// which; the shallower layers do not have them.
func TestRelated(t *testing.T) {
	ix := shipped(t)
	for query, want := range map[string]string{
		"emissaries": "delegates", // synonyms by the company they keep
		"booty":      "spoils",
		"mistrust":   "suspicion",
		"Warsaw":     "poland", // a capital for its state
		"Tokyo":      "japan",
	} {
		r := find(t, ix, search.Request{Query: query})
		found := slices.IndexFunc(r.Query.Forms, func(f search.Form) bool { return f.Form == want })
		if found < 0 || r.Query.Forms[found].Layer != search.Similar {
			t.Errorf("%q has the forms %v, want %s of the layer similar", query, r.Query.Forms, want)
		}
		for _, layer := range []search.Layer{search.Exact, search.Stem, search.Variant} {
			if got := find(t, ix, search.Request{Query: query, Match: layer}); got.Total > 0 {
				t.Errorf("%q finds %d with match=%s", query, got.Total, layer)
			}
		}
	}
}

// TestExpressions: an expression of several words is looked for as what it means, in any form of its words, and
// found by a word that means it.
func TestExpressions(t *testing.T) {
	ix := shipped(t)
	for query, want := range map[string]search.Form{
		"duplicity":               {Word: "duplicity", Form: "double game", Layer: search.Similar},
		"calling off the mission": {Word: "calling off", Form: "canceled", Layer: search.Similar},
		"double-game":             {Word: "double game", Form: "double game", Layer: search.Exact},
	} {
		r := find(t, ix, search.Request{Query: query})
		if !slices.ContainsFunc(r.Query.Forms, func(f search.Form) bool {
			return f.Word == want.Word && f.Form == want.Form && f.Layer == want.Layer && f.Count > 0
		}) {
			t.Errorf("%q has the forms %v, want %v", query, r.Query.Forms, want)
		}
	}
	for _, f := range find(t, ix, search.Request{Query: "calling off the mission", Match: search.Stem}).Query.Forms {
		if f.Layer == search.Similar {
			t.Errorf("%v with match=stem", f)
		}
	}
	for _, f := range find(t, ix, search.Request{Query: "behind closed doors"}).Query.Forms {
		if f.Word != "behind closed doors" {
			t.Errorf("%v: a word of an expression is looked for as if it were misspelled", f)
		}
	}
	hit := find(t, ix, search.Request{Query: "duplicity"}).Hits[0]
	if len(hit.Fragments) == 0 || !strings.Contains(marked(hit.Fragments[0]), "double game/similar") {
		t.Errorf("duplicity finds %v", hit.Fragments)
	}
}

// TestSounds: a name written as it sounds is found.
func TestSounds(t *testing.T) {
	ix := shipped(t)
	for query, want := range map[string]string{"Dracks": "drax", "Weitsacker": "weizsacker"} {
		r := find(t, ix, search.Request{Query: query})
		if len(r.Query.Corrections) != 1 || !slices.Contains(r.Query.Corrections[0].Tried, want) {
			t.Errorf("%q: corrections %v, want %s", query, r.Query.Corrections, want)
		}
	}
}
