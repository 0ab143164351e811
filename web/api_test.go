package web

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"ibid/corpus"
	"ibid/search"
)

func TestSearchAPI(t *testing.T) {
	f := newFake()
	w := get(t, f, "/api/v1/search?q=harbour&kind=quotation&kind=paragraph&size=5&sort=date&match=stem&from=1901-05&to=1901-06&dates=within")
	if w.Code != http.StatusOK {
		t.Fatalf("status %d: %s", w.Code, w.Body)
	}
	var got search.Result
	if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	if got.Total != 2 || len(got.Hits) != 2 || got.Index != "v1" {
		t.Errorf("total %d, %d hits, index %q", got.Total, len(got.Hits), got.Index)
	}
	asked := f.asked[0]
	if asked.Size != 5 || asked.Sort != search.ByDate || asked.Match != search.Stem || asked.From != "1901-05" || asked.To != "1901-06" || !asked.Within ||
		!slices.Equal(asked.Filters[search.GroupKind], []string{"paragraph", "quotation"}) {
		t.Errorf("asked for %+v", asked)
	}
}

func TestResources(t *testing.T) {
	tests := []struct{ address, key, want string }{
		{"/api/v1/passages/hale/p01", "id", "hale/p01"},
		{"/api/v1/documents/HP-12", "id", "HP 12"},
		{"/api/v1/documents/HP%2012", "id", "HP 12"},
		{"/api/v1/actors/brandt", "name", "Brandt, Otto"},
		{"/api/v1/documents?sort=number", "total", "2"},
		{"/api/v1/documents?collection=HP", "total", "2"},
		{"/api/v1/actors", "total", "3"},
		{"/api/v1/suggest?q=harb", "suggestions", "[map[count:2 kind:word label: query:harbour text:harbour]]"},
		{"/api/v1/suggest?q=zz", "suggestions", "[]"},
	}
	for _, test := range tests {
		w := get(t, newFake(), test.address)
		var got map[string]any
		if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil || w.Code != http.StatusOK {
			t.Errorf("GET %s = %d, %v", test.address, w.Code, err)
			continue
		}
		if value := fmt.Sprint(got[test.key]); value != test.want {
			t.Errorf("GET %s: %s = %s, want %s", test.address, test.key, value, test.want)
		}
	}
}

func problemOf(t *testing.T, w *httptest.ResponseRecorder) Problem {
	t.Helper()
	if got := w.Header().Get("Content-Type"); got != "application/problem+json" {
		t.Fatalf("type %q: %s", got, w.Body)
	}
	var p Problem
	if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil {
		t.Fatal(err)
	}
	if p.Status != w.Code || p.Title == "" || !strings.HasSuffix(p.Detail, ".") && !strings.HasSuffix(p.Detail, "?") || p.Request == "" {
		t.Errorf("status %d with problem %+v", w.Code, p)
	}
	if w.Header().Get("ETag") != "" {
		t.Error("a problem has an ETag")
	}
	return p
}

func TestProblems(t *testing.T) {
	tests := []struct {
		address   string
		status    int
		kind      string
		parameter string
		detail    string
	}{
		{"/api/v1/search?size=0", 400, "bad-parameter", "size", "from 1 to 100"},
		{"/api/v1/search?size=101", 400, "bad-parameter", "size", "from 1 to 100"},
		{"/api/v1/search?size=-1", 400, "bad-parameter", "size", "from 1 to 100"},
		{"/api/v1/search?size=ten", 400, "bad-parameter", "size", "from 1 to 100"},
		{"/api/v1/search?size=99999999999999999999", 400, "bad-parameter", "size", "from 1 to 100"},
		{"/api/v1/search?size=1&size=2", 400, "bad-parameter", "size", "once"},
		{"/api/v1/search?sort=colour", 400, "bad-parameter", "sort", "relevance, date or position"},
		{"/api/v1/search?match=loose", 400, "bad-parameter", "match", "exact, stem, variant or similar"},
		{"/api/v1/search?dates=near", 400, "bad-parameter", "dates", "overlap or within"},
		{"/api/v1/search?from=yesterday", 400, "bad-parameter", "from", "1939-08-23"},
		{"/api/v1/search?to=1939-13", 400, "bad-parameter", "to", "1939-08-23"},
		{"/api/v1/search?from=1940&to=1939", 400, "bad-parameter", "from", "earlier"},
		{"/api/v1/search?actor=brand", 400, "bad-parameter", "actor", "Did you mean brandt?"},
		{"/api/v1/search?kind=chapter", 400, "bad-parameter", "kind", "heading, paragraph, footnote and quotation"},
		{"/api/v1/search?medium=telex", 400, "bad-parameter", "medium", "letter"},
		{"/api/v1/search?section=IX", 400, "bad-parameter", "section", "I"},
		{"/api/v1/search?phase=late", 400, "bad-parameter", "phase", "early"},
		{"/api/v1/search?actors=brandt", 400, "bad-parameter", "actors", "Did you mean actor"},
		{"/api/v1/search?q=%ff", 400, "bad-parameter", "q", "UTF-8"},
		{"/api/v1/search?section=a%00b", 400, "bad-parameter", "section", "NUL"},
		{"/api/v1/search?q=" + strings.Repeat("a+", 2500), 400, "bad-parameter", "q", "Shorten"},
		{"/api/v1/search?q=" + strings.Repeat("a", 1<<20), 414, "address-too-long", "", "Shorten"},
		{"/api/v1/search?q=" + url.QueryEscape("kind:chapter"), 400, "bad-query", "q", "kind"},
		{"/api/v1/passages/hale/p99", 404, "not-found", "", "No item"},
		{"/api/v1/documents/XX-1", 404, "not-found", "", "No item"},
		{"/api/v1/actors/nobody", 404, "not-found", "", "No item"},
		{"/api/v1/nothing", 404, "no-such-address", "", "address"},
		{"/api/v1/export?format=doc", 400, "bad-parameter", "format", "jsonl"},
	}
	for _, test := range tests {
		w := get(t, newFake(), test.address)
		name := clip(test.address)
		p := problemOf(t, w)
		if w.Code != test.status || p.Type != "/problems/"+test.kind || p.Parameter != test.parameter || !strings.Contains(p.Detail, test.detail) {
			t.Errorf("GET %s = %+v, want %d %s of %q with %q", name, p, test.status, test.kind, test.parameter, test.detail)
		}
	}
}

func TestBadQueryHasAColumn(t *testing.T) {
	p := problemOf(t, get(t, newFake(), "/api/v1/search?q="+url.QueryEscape("ships kind:chapter")))
	if p.Column < 7 {
		t.Errorf("column %d, want one in the second clause", p.Column)
	}
	doc := page(t, newFake(), "/?q="+url.QueryEscape("ships kind:chapter"), http.StatusBadRequest)
	has(t, doc, ".echo mark", "chapter")
	if got := attr(t, doc, "#again-q", "value"); got != "ships kind:chapter" {
		t.Errorf("the box says %q", got)
	}
}

// Faults of the index have their status, and their text stays in the log.
func TestFaults(t *testing.T) {
	tests := []struct {
		err    error
		status int
		kind   string
	}{
		{fmt.Errorf("search: %w", search.ErrStaleCursor), 409, "stale-cursor"},
		{fmt.Errorf("search: %w", context.DeadlineExceeded), 503, "timeout"},
		{errors.New("open /secret/path: broken"), 500, "internal"},
	}
	for _, test := range tests {
		f := newFake()
		f.fail = test.err
		w := get(t, f, "/api/v1/search?q=a")
		p := problemOf(t, w)
		if w.Code != test.status || p.Type != "/problems/"+test.kind {
			t.Errorf("%v became %d %s", test.err, w.Code, p.Type)
		}
		if strings.Contains(w.Body.String(), "secret") {
			t.Errorf("the reader was told %s", w.Body)
		}
		if (w.Header().Get("Retry-After") != "") != (test.status == 503) {
			t.Errorf("%d with Retry-After %q", w.Code, w.Header().Get("Retry-After"))
		}
		has(t, page(t, f, "/?q=a", test.status), "h1", p.Title)
		f.fail = nil
		page(t, f, p.Type, http.StatusOK)
	}
}

func TestPanicIsAProblem(t *testing.T) {
	f := newFake()
	f.wait = func() { panic("boom in /secret/file.go") }
	w := get(t, f, "/api/v1/search")
	if p := problemOf(t, w); w.Code != 500 || strings.Contains(w.Body.String(), "boom") {
		t.Errorf("a panic became %+v", p)
	}
}

func TestProblemPageHelps(t *testing.T) {
	doc := page(t, newFake(), "/actor/brand", http.StatusNotFound)
	has(t, doc, `main a[href="/actor/brandt"]`, "Otto Brandt")
	doc = page(t, newFake(), "/?kind=chapter", http.StatusBadRequest)
	has(t, doc, ".lede", `This corpus has no kind "chapter".`)
	has(t, doc, "main code", "footnote")
}

func TestHeaders(t *testing.T) {
	for _, address := range []string{"/", "/api/v1/search", "/nothing", "/healthz", "/api/v1/nothing"} {
		h := get(t, newFake(), address).Header()
		for name, want := range map[string]string{
			"X-Content-Type-Options": "nosniff",
			"Referrer-Policy":        "same-origin",
			"X-Frame-Options":        "DENY",
		} {
			if got := h.Get(name); got != want {
				t.Errorf("%s: %s = %q", address, name, got)
			}
		}
		policy := h.Get("Content-Security-Policy")
		if !strings.Contains(policy, "default-src 'none'") || strings.Contains(policy, "unsafe") || strings.Contains(policy, "*") {
			t.Errorf("%s: policy %q", address, policy)
		}
	}
}

func TestRequestIDs(t *testing.T) {
	if got := get(t, newFake(), "/healthz", "X-Request-Id", "abc-1.2_3").Header().Get("X-Request-Id"); got != "abc-1.2_3" {
		t.Errorf("a harmless id became %q", got)
	}
	for _, evil := range []string{"", "a b", "a\tb", strings.Repeat("x", 65), "<script>"} {
		got := get(t, newFake(), "/healthz", "X-Request-Id", evil).Header().Get("X-Request-Id")
		if got == evil || !safeID.MatchString(got) {
			t.Errorf("id %q was answered with %q", evil, got)
		}
	}
}

func TestRevalidation(t *testing.T) {
	f := newFake()
	first := get(t, f, "/api/v1/search?q=harbour")
	tag := first.Header().Get("ETag")
	if tag == "" || !strings.HasPrefix(tag, "W/") {
		t.Fatalf("ETag %q", tag)
	}
	again := get(t, f, "/api/v1/search?q=harbour", "If-None-Match", `"x", `+tag)
	if again.Code != http.StatusNotModified || again.Body.Len() > 0 {
		t.Errorf("asked again: %d with %d bytes", again.Code, again.Body.Len())
	}
	if other := get(t, f, "/api/v1/search?q=ships", "If-None-Match", tag); other.Code != http.StatusOK {
		t.Errorf("another search: %d", other.Code)
	}
	f.version = "v2"
	if later := get(t, f, "/api/v1/search?q=harbour", "If-None-Match", tag); later.Code != http.StatusOK {
		t.Errorf("another index: %d", later.Code)
	}
}

func TestHEADAndMethods(t *testing.T) {
	server := httptest.NewServer(New(Config{}, newFake(), quiet()))
	defer server.Close()
	for _, address := range []string{"/", "/api/v1/search?q=harbour", "/healthz", "/readyz", "/favicon.ico", "/opensearch.xml", "/api/v1/export"} {
		answer, err := http.Head(server.URL + address)
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(answer.Body)
		answer.Body.Close()
		if answer.StatusCode != http.StatusOK || len(body) > 0 {
			t.Errorf("HEAD %s = %d with %d bytes", address, answer.StatusCode, len(body))
		}
	}
	h := New(Config{}, newFake(), quiet())
	w := ask(t, h, http.MethodPost, "/api/v1/search")
	if p := problemOf(t, w); w.Code != http.StatusMethodNotAllowed || p.Type != "/problems/method-not-allowed" || w.Header().Get("Allow") == "" {
		t.Errorf("POST = %d %+v, Allow %q", w.Code, p, w.Header().Get("Allow"))
	}
	w = ask(t, h, http.MethodOptions, "/api/v1/search", "Origin", "https://other.example", "Access-Control-Request-Method", "GET")
	if w.Code != http.StatusNoContent || w.Header().Get("Access-Control-Allow-Origin") != "*" {
		t.Errorf("OPTIONS = %d, origins %q", w.Code, w.Header().Get("Access-Control-Allow-Origin"))
	}
	if got := ask(t, h, http.MethodGet, "/").Header().Get("Access-Control-Allow-Origin"); got != "" {
		t.Errorf("pages allow origins %q", got)
	}
}

func TestCompression(t *testing.T) {
	w := get(t, newFake(), "/help", "Accept-Encoding", "gzip")
	if w.Header().Get("Content-Encoding") != "gzip" || !strings.Contains(w.Header().Get("Vary"), "Accept-Encoding") {
		t.Errorf("encoding %q, vary %q", w.Header().Get("Content-Encoding"), w.Header().Get("Vary"))
	}
}

func TestCrowdIsTurnedAway(t *testing.T) {
	f := newFake()
	entered, leave := make(chan bool), make(chan bool)
	f.wait = func() { entered <- true; <-leave }
	h := New(Config{Concurrency: 1, Wait: time.Millisecond}, f, quiet())
	done := make(chan int)
	go func() { done <- ask(t, h, http.MethodGet, "/api/v1/search").Code }()
	<-entered
	w := ask(t, h, http.MethodGet, "/api/v1/search")
	if p := problemOf(t, w); w.Code != http.StatusServiceUnavailable || p.Type != "/problems/busy" || w.Header().Get("Retry-After") == "" {
		t.Errorf("one more = %d %+v", w.Code, p)
	}
	if code := ask(t, h, http.MethodGet, "/healthz").Code; code != http.StatusOK {
		t.Errorf("healthz in a crowd = %d", code)
	}
	leave <- true
	if code := <-done; code != http.StatusOK {
		t.Errorf("the first = %d", code)
	}
}

func TestExport(t *testing.T) {
	w := get(t, newFake(), "/api/v1/export?kind=paragraph")
	lines := strings.Split(strings.TrimSpace(w.Body.String()), "\n")
	var p corpus.Passage
	if err := json.Unmarshal([]byte(lines[0]), &p); err != nil || len(lines) != 2 || p.ID != "hale/p01" {
		t.Errorf("%d lines, first %s, %v", len(lines), p.ID, err)
	}
	if got := w.Header().Get("X-Ibid-Index"); got != "v1" {
		t.Errorf("index %q", got)
	}
	f := newFake()
	f.fail = fmt.Errorf("x: %w", context.DeadlineExceeded)
	if w := get(t, f, "/api/v1/export"); w.Code != http.StatusServiceUnavailable {
		t.Errorf("a fault before the first passage = %d", w.Code)
	}
}

func TestExportCSVIsSafe(t *testing.T) {
	f := newFake()
	f.passages[0].Text = "=HYPERLINK(\"http://x\")"
	f.passages[3].Text = "@SUM(1)\nline"
	w := get(t, f, "/api/v1/export?format=csv")
	rows, err := csv.NewReader(strings.NewReader(w.Body.String())).ReadAll()
	if err != nil || len(rows) != 6 || rows[0][0] != "id" {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	for _, row := range rows[1:] {
		for _, cell := range row {
			if cell != "" && strings.ContainsRune("=+-@", rune(cell[0])) {
				t.Errorf("a spreadsheet would take %q for a formula", cell)
			}
		}
	}
}

func TestExportsOfCitations(t *testing.T) {
	if got := get(t, newFake(), "/api/v1/export?format=bibtex&kind=paragraph").Body.String(); strings.Count(got, "\n@") != 2 || !strings.Contains(got, "% kind: paragraph\n") || !strings.Contains(got, "% total: 2\n") || !strings.Contains(got, "% index: v1\n") {
		t.Errorf("BibTeX: %s", got)
	}
	if got := get(t, newFake(), "/api/v1/export?format=ris&kind=paragraph").Body.String(); strings.Count(got, "TY  - ") != 2 || strings.Count(got, "ER  - ") != 2 {
		t.Errorf("RIS: %s", got)
	}
	for filter, want := range map[string]int{"kind=paragraph": 2, "kind=quotation": 1, "kind=heading&section=I&speaker=clark": 0} {
		var items []map[string]any
		w := get(t, newFake(), "/api/v1/export?format=csl&"+filter)
		if err := json.Unmarshal(w.Body.Bytes(), &items); err != nil || len(items) != want {
			t.Errorf("CSL of %s: %v, %s", filter, err, w.Body)
		}
	}
}

// An export that fails on its way must not look whole.
func TestExportBreaksOff(t *testing.T) {
	h := New(Config{}, brokenExport{newFake()}, quiet())
	server := httptest.NewServer(h)
	defer server.Close()
	answer, err := http.Get(server.URL + "/api/v1/export")
	if err != nil {
		return // cut off before the first byte arrived
	}
	defer answer.Body.Close()
	if _, err := io.ReadAll(answer.Body); err == nil {
		t.Error("a broken export was read to its end without an error")
	}
}

// The calendar, a concordance and a batch open in a spreadsheet.
func TestTables(t *testing.T) {
	tests := []struct{ address, cell string }{
		{"/api/v1/documents?format=csv&sort=number", "HP 9"},
		{"/api/v1/concordance?q=harbour&format=csv", "hale/h01"},
	}
	for _, test := range tests {
		w := get(t, newFake(), test.address)
		rows, err := csv.NewReader(w.Body).ReadAll()
		if err != nil || len(rows) < 3 || rows[1][0] != test.cell || !strings.HasPrefix(w.Header().Get("Content-Type"), "text/csv") ||
			!strings.Contains(w.Header().Get("Content-Disposition"), "harbour") {
			t.Errorf("GET %s: %v, %v, %v", test.address, rows, err, w.Header())
		}
	}
}

func TestConcordanceAPI(t *testing.T) {
	var got search.Concordance
	if err := json.Unmarshal(get(t, newFake(), "/api/v1/concordance?q=harbour&size=1").Body.Bytes(), &got); err != nil || len(got.Lines) != 1 || got.Next == "" {
		t.Errorf("%+v, %v", got, err)
	}
	for _, address := range []string{"/api/v1/concordance?context=0", "/api/v1/concordance?context=201", "/api/v1/concordance?lines=up", "/api/v1/concordance?sort=date", "/api/v1/concordance?q=kind:chapter"} {
		problemOf(t, get(t, newFake(), address))
	}
}

// A quotation is checked without script, on a page and through the API.
func TestQuote(t *testing.T) {
	has(t, page(t, newFake(), "/quote?text=the+harbour+is+closed", http.StatusOK), "h2", "The corpus has these words exactly.")
	has(t, page(t, newFake(), "/quote?text=the+harbour+is+open", http.StatusOK), "h2", "The corpus does not have these words.")
	hasNot(t, page(t, newFake(), "/quote", http.StatusOK), ".results")
	page(t, newFake(), "/quote?text="+strings.Repeat("a+", 3000), http.StatusBadRequest)
	if p := problemOf(t, get(t, newFake(), "/api/v1/quote")); p.Parameter != "text" {
		t.Errorf("without a text: %+v", p)
	}
	h, _ := overShipped(t)
	var report search.QuoteReport
	w := ask(t, h, http.MethodGet, "/api/v1/quote?text=the+necessary+political+base")
	if err := json.Unmarshal(w.Body.Bytes(), &report); err != nil || report.Verdict == search.QuoteNone || len(report.Matches) == 0 {
		t.Errorf("%v: %s", err, w.Body)
	}
}

// An export says what it is of: in its headers, and inside unless it is to hold
// passages and nothing else.
func TestExportSaysWhatItIs(t *testing.T) {
	for _, format := range []string{"jsonl", "csv", "bibtex", "ris", "csl", "tei"} {
		w := get(t, newFake(), "/api/v1/export?q=harbour&kind=paragraph&size=3&format="+format)
		h := w.Header()
		if w.Code != http.StatusOK || h.Get("X-Ibid-Index") != "v1" || h.Get("X-Ibid-Total") != "1" || h.Get("X-Ibid-Query") != "kind=paragraph&q=harbour" || h.Get("Date") == "" {
			t.Errorf("%s: %d, %v", format, w.Code, h)
		}
		for meta, want := range map[string]bool{"": format != "jsonl" && format != "csv", "yes": true, "no": false} {
			body := get(t, newFake(), "/api/v1/export?q=harbour&kind=paragraph&meta="+meta+"&format="+format).Body.String()
			if inside := regexp.MustCompile(`"?query"?[:,] ?"?harbour`).MatchString(body); inside != want && !(format == "tei" && meta == "no") {
				t.Errorf("%s with meta=%s says what it is of inside: %v", format, meta, inside)
			}
		}
	}
}

// A table begins with a byte order mark where it is asked for, and only there.
func TestByteOrderMark(t *testing.T) {
	for _, address := range []string{"/api/v1/export?format=csv", "/api/v1/export?format=jsonl", "/api/v1/documents?format=csv", "/api/v1/concordance?q=harbour&format=csv"} {
		for _, bom := range []string{"", "yes", "no"} {
			w := get(t, newFake(), address+"&bom="+bom)
			want := bom == "yes" && strings.Contains(address, "csv")
			if w.Code != http.StatusOK || strings.HasPrefix(w.Body.String(), "\uFEFF") != want {
				t.Errorf("%s&bom=%s = %d, %.20q", address, bom, w.Code, w.Body)
			}
		}
	}
}

func TestLinksOfResources(t *testing.T) {
	h, _ := overShipped(t)
	var documents Documents
	if err := json.Unmarshal(ask(t, h, http.MethodGet, "/api/v1/documents").Body.Bytes(), &documents); err != nil || len(documents.Documents) == 0 {
		t.Fatal(err)
	}
	d := documents.Documents[0].Links
	var sources Sources
	if err := json.Unmarshal(ask(t, h, http.MethodGet, "/api/v1/sources").Body.Bytes(), &sources); err != nil || len(sources.Sources) == 0 {
		t.Fatal(err)
	}
	var actors Actors
	if err := json.Unmarshal(ask(t, h, http.MethodGet, "/api/v1/actors").Body.Bytes(), &actors); err != nil || len(actors.Actors) == 0 {
		t.Fatal(err)
	}
	s := sources.Sources[0].Links
	addresses := []string{d.Self, d.Page, d.Search, s.Page, s.Passages, s.Export}
	for _, a := range actors.Actors {
		addresses = append(addresses, a.Links.Self, a.Links.Page)
	}
	for _, address := range addresses {
		if w := ask(t, h, http.MethodGet, address); w.Code != http.StatusOK {
			t.Errorf("GET %s = %d", address, w.Code)
		}
	}
	for _, a := range actors.Actors[:5] {
		for address, want := range map[string]int{a.Links.Said: len(a.Said), a.Links.WasTold: len(a.WasTold)} {
			var result search.Result
			w := ask(t, h, http.MethodGet, address)
			if err := json.Unmarshal(w.Body.Bytes(), &result); err != nil || result.Total > want || want > 0 && result.Total == 0 {
				t.Errorf("GET %s = %d hits, the actor has %d quotations", address, result.Total, want)
			}
		}
	}
}

func TestServerTiming(t *testing.T) {
	for _, address := range []string{"/", "/api/v1/search", "/api/v1/export", "/api/v1/openapi.json", "/api/v1/documents?format=csv"} {
		h := get(t, newFake(), address).Header()
		if !strings.HasPrefix(h.Get("Server-Timing"), "app;dur=") || h.Get("Cache-Control") != "no-cache" || h.Get("ETag") == "" {
			t.Errorf("%s: Server-Timing %q, Cache-Control %q, ETag %q", address, h.Get("Server-Timing"), h.Get("Cache-Control"), h.Get("ETag"))
		}
	}
}

func FuzzParameters(f *testing.F) {
	f.Add("q=a&size=3&kind=heading")
	f.Add("from=193X&to=../1939&dates=within")
	f.Add("q=%22&cursor=%00&actor=nobody&&&==")
	h := New(Config{}, newFake(), quiet())
	f.Fuzz(func(t *testing.T, raw string) {
		for _, path := range []string{"/", "/api/v1/search"} {
			r := httptest.NewRequest(http.MethodGet, path, nil)
			r.URL.RawQuery = raw
			w := httptest.NewRecorder()
			h.ServeHTTP(w, r)
			if w.Code >= 500 {
				t.Fatalf("%s?%s = %d: %s", path, raw, w.Code, w.Body)
			}
			if path != "/" && w.Code != http.StatusOK {
				problemOf(t, w)
			}
		}
	})
}
