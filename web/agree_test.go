package web

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"ibid/corpus"
	"ibid/search"
)

// topicQueries are the queries of the topics of the shipped corpus.
func topicQueries(t *testing.T) []string {
	t.Helper()
	file, err := os.Open("../search/eval/testdata/pact1939/topics.tsv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var out []string
	for lines := bufio.NewScanner(file); lines.Scan(); {
		if cells := strings.Split(lines.Text(), "\t"); len(cells) == 4 && !strings.HasPrefix(cells[0], "#") {
			out = append(out, cells[3])
		}
	}
	if len(out) < 50 {
		t.Fatalf("only %d topics", len(out))
	}
	return out
}

// everyHit pages through a search to its end.
func everyHit(t *testing.T, h http.Handler, query string) (ids []string, total int) {
	t.Helper()
	cursor := ""
	for {
		w := ask(t, h, http.MethodGet, "/api/v1/search?size=7&"+query+"&cursor="+url.QueryEscape(cursor))
		var result search.Result
		if err := json.Unmarshal(w.Body.Bytes(), &result); err != nil || w.Code != http.StatusOK {
			t.Fatalf("%s: %d, %v: %s", query, w.Code, err, w.Body)
		}
		for _, hit := range result.Hits {
			ids = append(ids, hit.ID)
		}
		if cursor = result.Next; cursor == "" {
			return ids, result.Total
		}
	}
}

// For each topic, page, API, batch and exports give the same hits in the same
// order, with the same count.
func TestAllDoorsAgree(t *testing.T) {
	t.Parallel() // it takes long
	h, _ := overShipped(t)
	for _, q := range topicQueries(t) {
		query := "q=" + url.QueryEscape(q)
		want, total := everyHit(t, h, query)
		if len(want) != total {
			t.Errorf("%q: %d hits on all pages, %d in all", q, len(want), total)
		}
		if got := pageHits(t, h, query); !slices.Equal(got, want[:min(10, len(want))]) {
			t.Errorf("%q: the page has %v, the API %v", q, got, want[:min(10, len(want))])
		}
		exported, counted := exportedPassages(t, h, query)
		if counted != total {
			t.Errorf("%q: the export tells %d hits, the API %d", q, counted, total)
		}
		if got := leading(exported, want); !slices.Equal(got, want) {
			t.Errorf("%q: the export has the hits in the order %v, the API %v", q, got, want)
		}
		rows := readCSV(t, ask(t, h, http.MethodGet, "/api/v1/export?format=csv&"+query))
		if len(rows) != len(exported)+1 {
			t.Errorf("%q: %d rows of CSV, %d lines of JSON", q, len(rows)-1, len(exported))
		}
		for i, row := range rows[1:] {
			if row[0] != exported[i].ID {
				t.Fatalf("%q: row %d of CSV is %s, line of JSON %s", q, i+1, row[0], exported[i].ID)
			}
		}
	}
}

// pageHits are the ids of the hits on the first page for readers.
func pageHits(t *testing.T, h http.Handler, query string) []string {
	t.Helper()
	doc, err := goquery.NewDocumentFromReader(ask(t, h, http.MethodGet, "/?"+query).Body)
	if err != nil {
		t.Fatal(err)
	}
	out := []string{}
	doc.Find(".results .card h3").Each(func(_ int, h3 *selection) { out = append(out, strings.TrimPrefix(h3.AttrOr("id", ""), "hit-")) })
	return out
}

func exportedPassages(t *testing.T, h http.Handler, query string) (out []corpus.Passage, total int) {
	t.Helper()
	w := ask(t, h, http.MethodGet, "/api/v1/export?"+query)
	for lines := json.NewDecoder(w.Body); lines.More(); {
		var p corpus.Passage
		if err := lines.Decode(&p); err != nil {
			t.Fatal(err)
		}
		out = append(out, p)
	}
	total, err := strconv.Atoi(w.Header().Get("X-Ibid-Total"))
	if err != nil {
		t.Error(err)
	}
	return out, total
}

// leading are the passages that the API shows as hits; any other of an export is
// a quotation in one of them, or holds one.
func leading(exported []corpus.Passage, hits []string) []string {
	out := []string{}
	for _, p := range exported {
		grouped := slices.ContainsFunc(hits, func(id string) bool {
			return id == p.Within || slices.Contains(p.Quotations, id)
		})
		if slices.Contains(hits, p.ID) || !grouped && !withinSame(p, exported, hits) {
			out = append(out, p.ID)
		}
	}
	return out
}

// withinSame says whether a hit is another quotation of the passage that holds p.
func withinSame(p corpus.Passage, exported []corpus.Passage, hits []string) bool {
	return p.Within != "" && slices.ContainsFunc(exported, func(other corpus.Passage) bool {
		return other.Within == p.Within && slices.Contains(hits, other.ID)
	})
}

func readCSV(t *testing.T, w *httptest.ResponseRecorder) [][]string {
	t.Helper()
	rows, err := csv.NewReader(w.Body).ReadAll()
	if err != nil || w.Code != http.StatusOK || len(rows) == 0 {
		t.Fatalf("%d, %d rows, %v", w.Code, len(rows), err)
	}
	return rows
}

// A batch gives what its queries give one by one, as JSON and as a table.
func TestBatchAgrees(t *testing.T) {
	h, _ := overShipped(t)
	queries := append(topicQueries(t)[:20], `"open`)
	body, err := json.Marshal(map[string][]string{"queries": queries})
	if err != nil {
		t.Fatal(err)
	}
	post := func(address string) *httptest.ResponseRecorder {
		r := httptest.NewRequest(http.MethodPost, address, strings.NewReader(string(body)))
		r.Header.Set("Content-Type", "application/json")
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		checkAnswer(t, r, w)
		return w
	}
	var batch Batch
	if err := json.Unmarshal(post("/api/v1/batch?size=3&kind=paragraph").Body.Bytes(), &batch); err != nil || len(batch.Answers) != len(queries) {
		t.Fatalf("%d answers, %v", len(batch.Answers), err)
	}
	rows := readCSV(t, post("/api/v1/batch?size=3&kind=paragraph&format=csv"))[1:]
	for i, a := range batch.Answers {
		if a.Q != queries[i] {
			t.Errorf("answer %d is of %q, want %q", i, a.Q, queries[i])
		}
		if a.Q == `"open` {
			if a.Problem == nil || a.Problem.Column == 0 || rows[0][13] == "" {
				t.Errorf("a query that cannot be read: %+v, %v", a, rows[0])
			}
			continue
		}
		var single search.Result
		w := ask(t, h, http.MethodGet, "/api/v1/search?size=3&kind=paragraph&q="+url.QueryEscape(a.Q))
		if err := json.Unmarshal(w.Body.Bytes(), &single); err != nil || single.Total != a.Total || len(single.Hits) != len(a.Hits) {
			t.Errorf("%q: %d hits of %d in the batch, %d of %d alone", a.Q, len(a.Hits), a.Total, len(single.Hits), single.Total)
		}
		for rank, hit := range a.Hits {
			if hit.ID != single.Hits[rank].ID || rows[0][5] != hit.ID || rows[0][0] != strconv.Itoa(i+1) || rows[0][4] != strconv.Itoa(rank+1) {
				t.Errorf("%q: hit %d is %s, alone %s, in the table %v", a.Q, rank+1, hit.ID, single.Hits[rank].ID, rows[0])
			}
			rows = rows[1:]
		}
		if len(a.Hits) == 0 {
			rows = rows[1:]
		}
	}
}
