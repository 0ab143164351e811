package web

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"ibid/corpus"
	"ibid/search"
)

func TestSpanWords(t *testing.T) {
	for _, c := range [][3]string{
		{"1939-05-20", "1939-05-20", "20 May 1939"},
		{"1939-05-01", "1939-05-31", "May 1939"},
		{"1939-05", "1939-05-31", "May 1939"},
		{"1939-05", "1939-06", "May 1939 to June 1939"},
		{"1940-02-01", "1940-02-28", "1-28 February 1940"},
		{"1940-02-01", "1940-02-29", "February 1940"},
		{"1939-01-01", "1939-12-31", "1939"},
		{"1660-01-01", "1669-12-31", "1660s"},
		{"0990-01-01", "0999-12-31", "990s"},
		{"1900-01-01", "1909-12-31", "1900-1909"},
		{"1931-01-01", "1945-12-31", "1931-1945"},
		{"1939-05-02", "1939-06-30", "2 May 1939 to 30 June 1939"},
		{"1900", "1999", "1900-1999"},
		{"1939~", "1941", "about 1939 to 1941"},
		{"soon", "later", "soon – later"},
	} {
		if got := spanWords(c[0], c[1]); got != c[2] {
			t.Errorf("spanWords(%s, %s) = %q, want %q", c[0], c[1], got, c[2])
		}
	}
}

func TestDocumentWords(t *testing.T) {
	letter := &corpus.EditedDocument{ID: "hl/d12", Number: "12", Title: "12. Memorandum", Date: "1851"}
	if got := strings.Join(documentFacts(letter), ", "); got != "12. Memorandum, 1851" {
		t.Errorf("the number is said twice: %s", got)
	}
	if got := strings.Join(documentFacts(&corpus.EditedDocument{Number: "12", Title: "120 lamps", Place: "Northport"}), ", "); got != "Document 12, 120 lamps, Northport" {
		t.Errorf("document 12 is %q", got)
	}
	if got := documentName(&search.DocumentEntry{Kind: search.EditedDocument, Label: "12", Title: "12. Memorandum"}); got != "12. Memorandum" {
		t.Errorf("its name is %q", got)
	}
	whole := documentPassage(&search.DocumentEntry{ID: "hl/d12"}, []*corpus.Passage{
		{Document: letter, Pages: []string{"29"}}, {Document: letter, Pages: []string{"29", "30"}}, {Document: letter, Pages: []string{"29"}, Kind: corpus.Footnote}})
	if !slices.Equal(whole.Pages, []string{"29", "30"}) {
		t.Errorf("its pages are %v", whole.Pages)
	}
}

// A journal whose articles each begin with page 1 has no range of pages.
func TestRising(t *testing.T) {
	for labels, want := range map[string]bool{"": true, "i ii 1 2": true, "203 204 204": true, "4 1 2": false} {
		if got := rising(strings.Fields(labels)); got != want {
			t.Errorf("rising(%s) = %v", labels, got)
		}
	}
}

func TestMissingOfOne(t *testing.T) {
	census := &search.Census{Kinds: map[corpus.Kind]int{corpus.Footnote: 5}, Orphans: search.Found{Count: 1, First: []string{"leem/n01"}}}
	cat := newCatalog("v", newFake())
	if got := missingOf(census, cat); len(got) != 1 || got[0].Text != "footnotes has a number and is called nowhere in the text" {
		t.Errorf("missing is %+v", got)
	}
}

// What no document of a collection fills is a gap; what a filter leaves out is none.
func TestGapsOfTheWholeCalendarOnly(t *testing.T) {
	h, _ := overShipped(t)
	for address, want := range map[string]bool{"/documents?sort=number": true, "/documents?sort=number&collection=GK": true, "/documents?sort=number&speaker=astakhov": false, "/documents?sort=number&from=1939-08": false} {
		page := ask(t, h, http.MethodGet, address).Body.String()
		if got := strings.Contains(page, "not cited"); got != want {
			t.Errorf("%s tells gaps: %v", address, got)
		}
		if whole := !strings.Contains(address, "speaker"); !whole && strings.Contains(page, "gaps in the numbering") {
			t.Errorf("%s says that another order shows gaps", address)
		}
	}
}

// What the page of an actor counts is what its links find.
func TestActorPageCounts(t *testing.T) {
	h, index := overShipped(t)
	for id, name := range map[string]string{"soviet-union": "Soviet Union", "party-congress": "Party Congress, March 1939", "Dukes": "Dukes"} {
		answer, err := index.Search(t.Context(), search.Request{Size: 1, Filters: search.Filters{search.GroupActor: {id}}})
		if err != nil {
			t.Fatal(err)
		}
		w := ask(t, h, http.MethodGet, "/actor/"+id)
		if page := w.Body.String(); !strings.Contains(page, ">"+count(answer.Total, "passage", "passages")+"</a>") || !strings.Contains(page, "<h1>"+name) {
			t.Errorf("/actor/%s: want the name %s and %d passages", id, name, answer.Total)
		}
	}
	if page := ask(t, h, http.MethodGet, "/actor/Dukes").Body.String(); strings.Contains(page, "0 times") {
		t.Error("one whom the authority file does not have is not named 0 times: nobody looked")
	}
}
