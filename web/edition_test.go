package web

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/chromedp"

	"ibid/corpus"
	"ibid/indexer"
	"ibid/search"
)

// The shelf of testdata/edition: an edition in TEI, one in Markdown, and an article that cites them.

var edition = sync.OnceValues(func() (*search.Index, error) {
	c, err := corpus.LoadDir("testdata/edition")
	if err != nil {
		return nil, err
	}
	dir := filepath.Join(shippedDir, "edition")
	if err := indexer.Build(context.Background(), c, dir, nil); err != nil {
		return nil, err
	}
	return search.Open(dir)
})

func overEdition(t *testing.T) http.Handler {
	t.Helper()
	index, err := edition()
	if err != nil {
		t.Fatal(err)
	}
	return New(Config{}, index, quiet())
}

func serveEdition(t *testing.T) string {
	server := httptest.NewServer(overEdition(t))
	t.Cleanup(server.Close)
	return server.URL
}

// editionPages are addresses of the shelf, which every page's tests look at, too.
var editionPages = []string{"/documents", "/documents?kind=edited&sort=from", "/documents?q=oil&speaker=abel&from=1851&to=1851", "/documents?speaker=napoleon&size=2", "/documents?size=2",
	"/document/hl/d1", "/document/hl/d2", "/document/hl/d3", "/document/memoranda/d1", "/document/LB-5", "/document/hl/d9",
	"/actors", "/actors?size=1&sort=activity", "/actors?q=nobody", "/actor/dorn", "/source/hl", "/passage/hl/d1/p02", "/?q=oil", "/?speaker=dorn"}

// body asks for an address and returns the page.
func editionPage(t *testing.T, address string, status int) string {
	t.Helper()
	w := ask(t, overEdition(t), http.MethodGet, address)
	if w.Code != status {
		t.Fatalf("GET %s = %d: %s", address, w.Code, w.Body)
	}
	return w.Body.String()
}

// A document of an edition opens with its head, its notes, its pages, its neighbours,
// and how to cite it; one that the article cites says where.
func TestEditedDocumentPage(t *testing.T) {
	page := editionPage(t, "/document/hl/d1", http.StatusOK)
	for _, want := range []string{"Mrs. Abel to Mr. Dorn", `<a href="/actor/abel"`, "4 March 1851", "Northport", "Harbour Archive, box 4", "The lamp on the mole", "Lit in ",
		`id="page-2"`, `href="#n02"`, `href="/document/hl/d2"`, "doc. 1, pp. 1-2 [hl/d1]", "@incollection{hl-d1", "TY  - CHAP", `original-date`} {
		if !strings.Contains(page, want) {
			t.Errorf("/document/hl/d1 has no %s", want)
		}
	}
	if strings.Contains(page, `rel="prev"`) || strings.Count(page, "<h1") != 1 || strings.Contains(page, "Volume I,,") {
		t.Error("/document/hl/d1 has a document before it, two titles, or a comma twice")
	}
	cited := editionPage(t, "/document/HL-2", http.StatusOK)
	for _, want := range []string{"Mr. Dorn to Mrs. Abel", "Cited in", `href="/passage/essay/p001"`, `href="/document/hl/d1"`, `href="/document/hl/d3"`} {
		if !strings.Contains(cited, want) {
			t.Errorf("/document/HL-2, which is hl/d2, has no %s", want)
		}
	}
	for _, from := range []string{"/passage/hl/d1/p02", "/?q=casks", "/source/hl"} {
		if !strings.Contains(editionPage(t, from, http.StatusOK), `href="/document/hl/d1`) {
			t.Errorf("%s does not lead to the document", from)
		}
	}
	if lost := editionPage(t, "/document/hl/d9", http.StatusNotFound); !strings.Contains(lost, `href="/document/hl/d`) {
		t.Error("an unknown document leads to none with an id like it")
	}
}

// The calendar tells edited documents from cited ones, and finds them by who, when, and words.
func TestCalendarOfEditions(t *testing.T) {
	for address, want := range map[string][]string{
		"/documents":                          {"hl/d1", "hl/d2", "hl/d4", "memoranda/d1", "memoranda/d2", "LB-5", "hl/d3"},
		"/documents?kind=cited":               {"LB-5"},
		"/documents?source=memoranda":         {"memoranda/d1", "memoranda/d2"},
		"/documents?speaker=abel":             {"hl/d1", "hl/d4"},
		"/documents?speaker=mrs+abel":         {"hl/d1", "hl/d4"},
		"/documents?addressee=dorn&from=1852": {"hl/d4", "memoranda/d2"},
		"/documents?q=memorandum+lamp":        {"hl/d3"},
		"/documents?from=1851&to=1851":        {"hl/d1", "hl/d2"},
		"/documents?speaker=napoleon":         nil,
	} {
		page := editionPage(t, address, http.StatusOK)
		at := 0
		for _, id := range want {
			i := strings.Index(page[at:], `<th scope="row" class="number"><a href="/document/`+id+`"`)
			if i < 0 {
				t.Errorf("%s has no %s, or not in its place", address, id)
				continue
			}
			at += i
		}
		if n := strings.Count(page, `<th scope="row" class="number">`); n != len(want) {
			t.Errorf("%s has %d documents, want %d", address, n, len(want))
		}
	}
	if page := editionPage(t, "/documents?speaker=napoleon", http.StatusOK); !strings.Contains(page, "Nobody in this corpus is called “napoleon”") {
		t.Error("it is not said that nobody is called so")
	}
	if page := editionPage(t, "/documents?size=2", http.StatusOK); !strings.Contains(page, "1–2 of 7 documents") || !strings.Contains(page, `rel="next"`) {
		t.Error("a calendar in pages does not say so")
	}
	if page := editionPage(t, "/?q=oil", http.StatusOK); !(strings.Index(page, "<legend>Source") < strings.Index(page, "<legend>Sender or speaker") && strings.Index(page, "<legend>Recipient") < strings.Index(page, "<legend>Actor")) {
		t.Error("a shelf is not first narrowed by source, sender and recipient")
	}
	editionPage(t, "/documents?source=nowhere", http.StatusBadRequest)
	editionPage(t, "/documents?from=May", http.StatusBadRequest)
	editionPage(t, "/actors?letter=%C3%A9", http.StatusBadRequest)
}

// The API gives a document whole: passages, pages, neighbours and citation.
func TestEditedDocumentResource(t *testing.T) {
	var d WholeDocument
	if err := json.Unmarshal([]byte(editionPage(t, "/api/v1/documents/hl/d1", http.StatusOK)), &d); err != nil {
		t.Fatal(err)
	}
	if d.ID != "hl/d1" || d.Kind != search.EditedDocument || d.From != "abel" || d.To != "dorn" || d.Archive != "Harbour Archive, box 4." || d.Next != "hl/d2" || d.Previous != "" ||
		len(d.Passages) != 8 || len(d.Pages) != 2 || d.Cite == nil || !strings.Contains(d.Cite.Note, "doc. 1") || d.Links.Page != "/document/hl/d1" {
		t.Errorf("/api/v1/documents/hl/d1 = %+v", d)
	}
	var page Documents
	if err := json.Unmarshal([]byte(editionPage(t, "/api/v1/documents?size=3", http.StatusOK)), &page); err != nil {
		t.Fatal(err)
	}
	ids := map[string]bool{}
	for range 4 {
		for _, d := range page.Documents {
			ids[d.ID] = true
		}
		if page.Next == "" {
			break
		}
		next := editionPage(t, "/api/v1/documents?size=3&cursor="+page.Next, http.StatusOK)
		page = Documents{}
		if err := json.Unmarshal([]byte(next), &page); err != nil {
			t.Fatal(err)
		}
	}
	if len(ids) != 7 || page.Total != 7 || page.Undated != 2 {
		t.Errorf("the pages have %d documents of %d, %d undated; want 7 of 7, 2", len(ids), page.Total, page.Undated)
	}
	if table := editionPage(t, "/api/v1/documents?format=csv", http.StatusOK); strings.Count(table, "\r\n") != 8 {
		t.Errorf("the table has %d lines, want 8", strings.Count(table, "\r\n"))
	}
}

// From a hit to its document, to a note and back, on to the next document, and by the calendar to a sender's.
func TestJourneyEditions(t *testing.T) {
	ctx := startBrowser(t)
	base := serveEdition(t)
	do(t, ctx, "a hit opens its document", open(base+"/?q=casks"), click(`.card a[href^="/document/hl/d1"]`), until(`location.pathname === "/document/hl/d1"`), ready,
		until(`document.querySelector("h1").textContent.includes("Mrs. Abel to Mr. Dorn")`))
	do(t, ctx, "a note and back", click(`sup.caller a[href="#n02"]`), until(`location.hash === "#n02"`), click(`#n02 a.number`), until(`location.hash === "#ref-n02"`))
	do(t, ctx, "the next document", click(`.neighbours [rel="next"]`), until(`location.pathname === "/document/hl/d2"`), until(`document.querySelector(".card")`), ready)
	do(t, ctx, "the calendar, by sender", click(`nav a[href="/documents"]`), until(`location.pathname === "/documents"`), ready, chromedp.SendKeys("#d-from", "mrs abel"), click(".find-form button"),
		until(`location.search.includes("speaker=mrs")`), until(`document.querySelectorAll(".calendar tbody tr").length === 2`), ready)
	do(t, ctx, "a year", click(`.years a[href*="from=1852"]`), until(`location.search.includes("from=1852")`), until(`document.querySelectorAll(".calendar tbody tr").length === 1`), ready,
		click(".calendar tbody th a"), until(`location.pathname === "/document/hl/d4"`), ready)
	do(t, ctx, "the actors, by letter", open(base+"/actors"), until(`document.querySelector(".actors a")`))
}
