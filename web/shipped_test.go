package web

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"ibid/corpus"
	"ibid/corpus/pact1939"
	"ibid/indexer"
	"ibid/search"
)

// shipped is the server over the index of the shipped corpus, built once.
var shipped = sync.OnceValues(func() (*search.Index, error) {
	c, err := corpus.Load(pact1939.Files, "shipped corpus")
	if err != nil {
		return nil, err
	}
	if err := indexer.Build(context.Background(), c, shippedDir, func(indexer.Progress) {}); err != nil {
		return nil, err
	}
	return search.Open(shippedDir)
})

var shippedDir string

func overShipped(t *testing.T) (http.Handler, *search.Index) {
	t.Helper()
	if shippedDir == "" {
		t.Fatal("TestMain gave no folder")
	}
	index, err := shipped()
	if err != nil {
		t.Fatal(err)
	}
	return New(Config{}, index, quiet()), index
}

// Every passage, document and actor of the shipped corpus has its page and its
// resource.
func TestShippedPages(t *testing.T) {
	h, index := overShipped(t)
	ok := func(address string) {
		t.Helper()
		if w := ask(t, h, http.MethodGet, address); w.Code != http.StatusOK {
			t.Errorf("GET %s = %d: %s", address, w.Code, w.Body)
		}
	}
	for _, source := range index.Manifest().Sources {
		ok(sourceURL(source.ID))
		passages, err := index.Passages(source.ID)
		if err != nil || len(passages) == 0 {
			t.Fatalf("%d passages, %v", len(passages), err)
		}
		for _, p := range passages {
			ok(passageURL(p.ID))
			ok(passageURL(p.ID) + "?view=print")
			ok("/api/v1/passages/" + escapePath(p.ID))
		}
	}
	calendar, err := index.Calendar(t.Context(), search.CalendarRequest{Size: 1000})
	if err != nil || calendar.Total == 0 {
		t.Fatalf("%d documents, %v", calendar.Total, err)
	}
	for _, d := range calendar.Documents {
		ok(documentURL(d.ID))
		ok("/api/v1/documents/" + escapePath(d.Slug))
	}
	actors, err := index.Actors(t.Context(), search.ActorsRequest{Size: 1000})
	if err != nil || actors.Total == 0 {
		t.Fatalf("%d actors, %v", actors.Total, err)
	}
	for _, a := range actors.Actors {
		ok("/actor/" + escapePath(a.ID))
		ok("/api/v1/actors/" + escapePath(a.ID))
	}
	for _, address := range []string{"/", "/documents", "/actors", "/about", "/help", "/api/v1/export?format=csv", "/api/v1/export?format=csl"} {
		ok(address)
	}
}

// In the shipped article each numbered note is called once on the page of the
// source, at the place where its marker is printed.
func TestShippedNotesAreCalled(t *testing.T) {
	h, _ := overShipped(t)
	doc, err := goquery.NewDocumentFromReader(ask(t, h, http.MethodGet, "/source/leem").Body)
	if err != nil {
		t.Fatal(err)
	}
	called := map[string]int{}
	doc.Find("sup.caller a").Each(func(_ int, a *selection) { called[a.AttrOr("href", "")]++ })
	doc.Find(".endnotes .footnote a.number").Each(func(_ int, a *selection) {
		if back := a.AttrOr("href", ""); strings.HasPrefix(back, "#") && doc.Find(back).Length() != 1 {
			t.Errorf("note %s leads back to %s, which is on the page %d times", a.Text(), back, doc.Find(back).Length())
		}
	})
	if len(called) < 19 {
		t.Errorf("%d notes are called, want 19", len(called))
	}
	text := strings.Join(strings.Fields(doc.Find("#p002").Text()), " ")
	if !strings.Contains(text, "sections.1 The first group") || !strings.Contains(text, "the decision was page 204 made no later") {
		t.Errorf("the first note or the page stands elsewhere: %s", text)
	}
}

// Every quotation of the shipped corpus is found word for word in the passage
// that holds it, and every page of the article begins once.
func TestShippedQuotationsStandInTheirHolders(t *testing.T) {
	_, index := overShipped(t)
	all, err := index.Passages("leem")
	if err != nil {
		t.Fatal(err)
	}
	book := newBook("leem", all)
	quotations := 0
	for _, q := range all {
		holder := book.byID[q.Within]
		if q.Kind != corpus.Quotation || holder == nil {
			continue
		}
		quotations++
		var words []string
		for _, at := range quotedIn(holder, q) {
			words = append(words, holder.Text[at.Start:at.End])
		}
		if got := strings.Join(words, " "); got != q.Text {
			t.Errorf("%s says %q, and its holder %q", q.ID, q.Text, got)
		}
	}
	if quotations < 50 {
		t.Errorf("only %d quotations", quotations)
	}
	pages := map[string]int{}
	l := layer{book: book, cat: newCatalog("v", index)}
	for _, p := range book.body {
		for _, r := range l.lay(p, nil, nil).Runs {
			if r.Page != "" {
				pages[r.Page]++
			}
		}
	}
	for page := 203; page <= 228; page++ {
		if n := pages[strconv.Itoa(page)]; n != 1 {
			t.Errorf("page %d begins %d times", page, n)
		}
	}
}

// Page and API agree, and the API's lists are lists.
func TestShippedPageAndAPIAgree(t *testing.T) {
	h, _ := overShipped(t)
	for _, q := range []string{"", "political base", `"collective security"`, "GK 362", "Schulenberg", "kind:footnote Watt", "20 May 1939", "xyzzyq"} {
		query := "?q=" + url.QueryEscape(q)
		w := ask(t, h, http.MethodGet, "/api/v1/search"+query)
		var result search.Result
		if err := json.Unmarshal(w.Body.Bytes(), &result); err != nil || w.Code != http.StatusOK {
			t.Errorf("%q: %d, %v", q, w.Code, err)
			continue
		}
		if strings.Contains(w.Body.String(), ":null") {
			t.Errorf("%q: the answer has a null: %s", q, w.Body)
		}
		if q == "" {
			query = "?sort=position" // without a question there are ways in, and no hits
		}
		doc, err := goquery.NewDocumentFromReader(ask(t, h, http.MethodGet, "/"+query).Body)
		if err != nil {
			t.Fatal(err)
		}
		var ids []string
		doc.Find(".results .card h3").Each(func(_ int, h3 *selection) { ids = append(ids, strings.TrimPrefix(h3.AttrOr("id", ""), "hit-")) })
		if len(ids) != len(result.Hits) {
			t.Errorf("%q: the page has %d hits, the API %d", q, len(ids), len(result.Hits))
			continue
		}
		for i, hit := range result.Hits {
			if ids[i] != hit.ID {
				t.Errorf("%q: hit %d is %s on the page and %s in the API", q, i+1, ids[i], hit.ID)
			}
		}
	}
}

// Paging through everything gives each hit once.
func TestShippedPaging(t *testing.T) {
	h, _ := overShipped(t)
	seen := map[string]bool{}
	cursor, total := "", -1
	for range 100 {
		w := ask(t, h, http.MethodGet, "/api/v1/search?size=7&cursor="+url.QueryEscape(cursor))
		var result search.Result
		if err := json.Unmarshal(w.Body.Bytes(), &result); err != nil {
			t.Fatalf("%v: %s", err, w.Body)
		}
		for _, hit := range result.Hits {
			if seen[hit.ID] {
				t.Errorf("%s came twice", hit.ID)
			}
			seen[hit.ID] = true
		}
		total, cursor = result.Total, result.Next
		if cursor == "" {
			break
		}
	}
	if len(seen) != total {
		t.Errorf("%d hits on the pages, %d in all", len(seen), total)
	}
	if w := ask(t, h, http.MethodGet, "/api/v1/search?cursor=nonsense"); w.Code != http.StatusConflict {
		t.Errorf("a cursor that is none = %d: %s", w.Code, w.Body)
	}
}
