package web

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"ibid/corpus"
	"ibid/search"
)

// bigShelf is a fake with n sources more, each with a title of its own.
func bigShelf(n int) *fake {
	f := newFake()
	m := *f.manifest
	for i := range n {
		m.Sources = append(m.Sources, corpus.Source{ID: fmt.Sprintf("vol%04d", i), Format: corpus.Text, Reference: corpus.Reference{
			Type: "book", Title: fmt.Sprintf("Letters of Consul Müller, volume %d", i), Author: []corpus.Name{{Family: "Doe", Given: "Jane"}}}})
	}
	f.manifest = &m
	return f
}

// TestSourcesByPages walks the list of the sources of a large shelf by its links alone: each
// source stands in it once, in the order of the manifest, fifty on a page.
func TestSourcesByPages(t *testing.T) {
	f := bigShelf(2170)
	var listed []string
	pages := 0
	for at := "/sources"; at != ""; pages++ {
		doc := page(t, f, at, http.StatusOK)
		some := doc.Find("main section cite a")
		if some.Length() > sourcesOnPage {
			t.Fatalf("%s lists %d sources", at, some.Length())
		}
		some.Each(func(_ int, a *selection) { listed = append(listed, a.AttrOr("href", "")) })
		at = doc.Find(".pages a[rel=next]").AttrOr("href", "")
	}
	var want []string
	for _, s := range f.manifest.Sources {
		want = append(want, sourceURL(s.ID))
	}
	if strings.Join(listed, " ") != strings.Join(want, " ") || pages != (len(want)+sourcesOnPage-1)/sourcesOnPage {
		t.Errorf("%d pages list %d sources of %d", pages, len(listed), len(want))
	}
}

func TestSourcesPage(t *testing.T) {
	f := bigShelf(120)
	has(t, page(t, f, "/sources", http.StatusOK), ".list-head", "1–50 of 121 sources")
	second := page(t, f, "/sources?page=2", http.StatusOK)
	has(t, second, ".pages a[rel=prev][href='/sources']", "Before")
	has(t, second, ".pages a[rel=next][href='/sources?page=3']", "More")
	hasNot(t, page(t, f, "/sources?page=3", http.StatusOK), ".pages a[rel=next]")
	found := page(t, f, "/sources?q=muller+volume+11", http.StatusOK)
	has(t, found, ".list-head", "11 sources")
	has(t, found, "cite a[href='/source/vol0110']", "volume 110")
	has(t, found, "main section a[href='/source/vol0011']", "")
	has(t, page(t, f, "/sources?q=hale", http.StatusOK), "a[href='/?source=hale']", "passages")
	has(t, page(t, f, "/sources?q=doe&page=2", http.StatusOK), ".pages a[rel=next][href='/sources?page=3&q=doe']", "More")
	has(t, page(t, f, "/sources?q=nobody", http.StatusOK), "main", "No source here is called so.")
	for _, wrong := range []string{"/sources?page=4", "/sources?page=0", "/sources?page=two", "/sources?page=1&page=2", "/sources?page=99999999999"} {
		page(t, f, wrong, http.StatusBadRequest)
	}
	// One source needs neither form nor pages.
	one := page(t, newFake(), "/sources", http.StatusOK)
	has(t, one, "main cite a", "Letters about a Harbour")
	hasNot(t, one, "main form")
	hasNot(t, one, ".pages")
}

// What leads to the sources of a large shelf is short, and leads to all of them.
func TestLargeShelf(t *testing.T) {
	f := bigShelf(2000)
	front := page(t, f, "/", http.StatusOK)
	if n := front.Find(".entrance .work").Length(); n != waysIn {
		t.Errorf("the front page names %d sources", n)
	}
	has(t, front, ".entrance a[href='/sources']", "1 995 more sources")
	has(t, front, "nav[aria-label=Main] a[href='/sources']", "Read")
	about := page(t, f, "/about", http.StatusOK)
	if n := about.Find("#sources cite").Length(); n != sourcesOnPage {
		t.Errorf("the page about the corpus names %d sources", n)
	}
	has(t, about, "#sources a[href='/sources?page=2']", "1 951 more sources")
	small := page(t, bigShelf(49), "/about", http.StatusOK)
	if n := small.Find("#sources cite").Length(); n != 50 {
		t.Errorf("the page about a shelf of 50 names %d sources", n)
	}
	hasNot(t, small, "#sources a[href^='/sources']")
}

// A facet lists the commonest of very many values and says where the others are; those chosen
// are listed always, and short lists are whole.
func TestFacetsOfManyValues(t *testing.T) {
	result := &search.Result{Total: 1000, Facets: map[search.Group][]search.FacetValue{}}
	for _, group := range []search.Group{search.GroupSource, search.GroupSection, search.GroupSpeaker} {
		for i := range 200 {
			if group == search.GroupSpeaker && i >= listedValues {
				break
			}
			result.Facets[group] = append(result.Facets[group], search.FacetValue{Value: fmt.Sprint(i), Count: 300 - i, Selected: group == search.GroupSource && i >= 190})
		}
	}
	for _, f := range facets(result) {
		values, want := len(f.Values)+len(f.More), map[search.Group]int{search.GroupSource: listedValues, search.GroupSection: 200, search.GroupSpeaker: listedValues}[f.Group]
		if values != want || (f.Rest != nil) != (f.Group == search.GroupSource) {
			t.Errorf("facet %s lists %d values, want %d; the rest is at %v", f.Group, values, want, f.Rest)
		}
		if f.Group == search.GroupSource && (f.Chosen != 10 || f.Rest.List != "/sources") {
			t.Errorf("%d of the sources chosen, the rest at %s", f.Chosen, f.Rest.List)
		}
	}
}
