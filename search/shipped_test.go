package search_test

import (
	"context"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"ibid/search"
)

// TestShipped: searches on the shipped corpus that a historian may begin with.
func TestShipped(t *testing.T) {
	ix := shipped(t)
	first := find(t, ix, search.Request{Query: `"political base"`}).Hits[0]
	if first.Speaker != "molotov" || first.Date != "1939-05-20" || first.Lines[0][0] > 636 || first.Lines[len(first.Lines)-1][1] < 632 {
		t.Errorf(`"political base" gives first %s, %s, lines %v; want Molotov's words of 20 May 1939`, first.ID, first.Title, first.Lines)
	}
	total := find(t, ix, search.Request{Query: `"political base"`}).Total
	for name, r := range map[string]search.Request{
		"actor":    {Filters: search.Filters{search.GroupActor: {"schulenburg"}}},
		"phase":    {Filters: search.Filters{search.GroupPhase: {"spring-and-summer"}}},
		"dates":    {From: "1939-05", To: "1939-06"},
		"citation": {Filters: search.Filters{search.GroupCite: {"GK 362"}}},
		"kind":     {Filters: search.Filters{search.GroupKind: {"footnote"}}},
	} {
		r.Query = `"political base"`
		if got := find(t, ix, r).Total; got > total || got == 0 && name != "kind" {
			t.Errorf("%s narrows %d hits to %d", name, total, got)
		}
	}
}

// TestShippedCounts: the counts hold on the shipped corpus, too.
func TestShippedCounts(t *testing.T) {
	ix := shipped(t)
	random := rand.New(rand.NewPCG(3, 4))
	all := find(t, ix, search.Request{}).Facets
	for _, q := range []string{"", "military negotiations", `"political base"`, "Molotov OR Litvinov", "France -Britain", "May 1939"} {
		r := search.Request{Query: q, Size: 100, Filters: search.Filters{}}
		for _, g := range search.FacetGroups {
			if random.IntN(5) == 0 && len(all[g]) > 0 {
				r.Filters[g] = []string{all[g][random.IntN(len(all[g]))].Value}
			}
		}
		if random.IntN(2) == 0 {
			r.From, r.To = "1939-04-10", "1939-08-19"
		}
		checkCounts(t, ix, r)
	}
}

// TestShippedFragments: marks and fragments hold on every hit of the shipped corpus.
func TestShippedFragments(t *testing.T) {
	ix := shipped(t)
	for _, q := range []string{"negotiations", "Soviet Union", "20 May 1939", "GK 362", "Weizsacker", "collective security", "negot*", `"soviet britain"~10`, ""} {
		for _, h := range find(t, ix, search.Request{Query: q, Size: 100}).Hits {
			checkFragments(t, ix, q, h)
			p, err := ix.Passage(h.ID)
			if err != nil {
				t.Fatal(err)
			}
			f, err := ix.Mark(context.Background(), search.Request{Query: q}, p)
			if err != nil || fragmentText(f) != p.Text {
				t.Errorf("Mark(%q, %s) changes the text, %v", q, h.ID, err)
			}
			if strings.TrimSpace(h.Title) == "" || h.Reference == "" {
				t.Errorf("%s has title %q, reference %q", h.ID, h.Title, h.Reference)
			}
		}
	}
}

// TestInitials: the initials of a name lift nothing that has another's.
func TestInitials(t *testing.T) {
	ix := shipped(t)
	named := find(t, ix, search.Request{Query: "Watt", Size: 100})
	for i, h := range find(t, ix, search.Request{Query: "D. C. Watt"}).Hits[:min(8, named.Total)] {
		if !slices.Contains(ids(named), h.ID) {
			t.Errorf("hit %d of D. C. Watt is %s, which has an initial only", i+1, h.ID)
		}
	}
	for query, letter := range map[string]string{"variant C": "C", "George V": "V"} { // the letter says which
		if s := find(t, ix, search.Request{Query: query}); !slices.ContainsFunc(s.Query.Forms, func(f search.Form) bool { return f.Word == letter }) && letter != "V" {
			t.Errorf("%q does not look for the letter: %v", query, s.Query.Forms)
		}
	}
	for _, query := range []string{"C", "D. C."} {
		if r := find(t, ix, search.Request{Query: query}); r.Total == 0 {
			t.Errorf("%q finds nothing", query)
		}
	}
}
