package web

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"sync"
	"testing"

	"ibid/corpus"
	"ibid/indexer"
	"ibid/search"
)

// paper is a corpus of n paragraphs made by rule.
func paper(n int) (*corpus.Manifest, []*corpus.Passage) {
	m := &corpus.Manifest{ID: "paper", Title: "Paper", DefaultYear: 1911, Sources: []corpus.Source{{ID: "doe", Path: "doe.txt", Format: corpus.Text}}}
	var passages []*corpus.Passage
	for i := range n {
		text := fmt.Sprintf("The harbour was closed on day %d of the strike.", i)
		passages = append(passages, withoutNulls(&corpus.Passage{ID: fmt.Sprintf("doe/p%03d", i+1), Kind: corpus.Paragraph, Source: "doe", Section: "I", Text: text, Printed: text}))
	}
	return m, passages
}

// A client that pages through everything while the index is rebuilt and exchanged
// gets each passage once, or is told clearly that the index changed and starts again.
func TestPagingWhileIndexIsExchanged(t *testing.T) {
	dir := t.TempDir()
	build := func(version int) {
		m, passages := paper(60 + version)
		if err := indexer.Write(context.Background(), dir, m, passages, fmt.Sprintf("v%d", version), func(int) {}); err != nil {
			t.Error(err)
		}
	}
	build(0)
	first, err := search.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	live := search.NewLive(first)
	defer live.Close()
	h := New(Config{}, live, quiet())

	var work sync.WaitGroup
	done := make(chan struct{})
	work.Go(func() { // one rebuilds and exchanges the index
		defer close(done)
		for version := 1; version <= 6; version++ {
			build(version)
			if swapped, err := live.Refresh(dir); err != nil || !swapped {
				t.Errorf("exchange to version %d: %v, %v", version, swapped, err)
			}
		}
	})
	for range 3 { // others read
		work.Go(func() {
			for running := true; running; {
				select {
				case <-done:
					running = false // once more, undisturbed
				default:
				}
				pageThrough(t, h)
			}
		})
	}
	work.Wait()
	if stale, whole := pageThrough(t, h); stale || whole != 66 {
		t.Errorf("at the end: %d passages, told to start again: %v", whole, stale)
	}
}

// pageThrough pages to the end or to the answer that says to start again.
func pageThrough(t *testing.T, h http.Handler) (stale bool, passages int) {
	seen := map[string]bool{}
	cursor, version, total := "", "", 0
	for {
		w := ask(t, h, http.MethodGet, "/api/v1/search?q=harbour&size=7&cursor="+url.QueryEscape(cursor))
		if w.Code == http.StatusConflict {
			var p Problem
			if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil || p.Type != "/problems/stale-cursor" || cursor == "" {
				t.Errorf("conflict %s, %v, for the cursor %q", w.Body, err, cursor)
			}
			return true, len(seen)
		}
		var result search.Result
		if err := json.Unmarshal(w.Body.Bytes(), &result); err != nil || w.Code != http.StatusOK {
			t.Errorf("a page while the index is exchanged = %d, %v: %s", w.Code, err, w.Body)
			return true, 0
		}
		if version != "" && (version != result.Index || total != result.Total) {
			t.Errorf("page of version %s with %d hits after one of %s with %d", result.Index, result.Total, version, total)
		}
		if got := w.Header().Get("X-Ibid-Index"); got != result.Index {
			t.Errorf("the header names version %s, the answer %s", got, result.Index)
		}
		version, total = result.Index, result.Total
		for _, hit := range result.Hits {
			if seen[hit.ID] {
				t.Errorf("%s came twice", hit.ID)
			}
			seen[hit.ID] = true
		}
		if cursor = result.Next; cursor == "" {
			if len(seen) != total {
				t.Errorf("%d passages of %d", len(seen), total)
			}
			return false, len(seen)
		}
	}
}

// Pages are made of one index, and after Close they say what to do.
func TestPagesWhileIndexIsExchanged(t *testing.T) {
	dir := t.TempDir()
	write := func(version int) {
		m, passages := paper(5)
		if err := indexer.Write(context.Background(), dir, m, passages, fmt.Sprintf("v%d", version), func(int) {}); err != nil {
			t.Fatal(err)
		}
	}
	write(1)
	first, err := search.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	live := search.NewLive(first)
	h := New(Config{}, live, quiet())
	tag := ask(t, h, http.MethodGet, "/source/doe").Header().Get("ETag")
	var before search.Result
	if err := json.Unmarshal(ask(t, h, http.MethodGet, "/api/v1/search?size=2").Body.Bytes(), &before); err != nil || before.Next == "" {
		t.Fatalf("the first page: %v, next %q", err, before.Next)
	}
	write(2)
	if _, err := live.Refresh(dir); err != nil {
		t.Fatal(err)
	}
	if w := ask(t, h, http.MethodGet, "/api/v1/search?size=2&cursor="+before.Next); w.Code != http.StatusConflict {
		t.Errorf("the second page of an index that is gone = %d", w.Code)
	}
	for _, address := range []string{"/source/doe", "/about", "/documents", "/actors", "/passage/doe/p001", "/api/v1/sources", "/api/v1/export", "/quote?text=the+harbour"} {
		if w := ask(t, h, http.MethodGet, address, "If-None-Match", tag); w.Code != http.StatusOK {
			t.Errorf("GET %s after the exchange = %d: %s", address, w.Code, w.Body)
		}
	}
	if err := live.Close(); err != nil {
		t.Error(err)
	}
	for _, address := range []string{"/", "/api/v1/search", "/api/v1/export", "/api/v1/passages/doe/p001"} {
		if w := ask(t, h, http.MethodGet, address); w.Code != http.StatusServiceUnavailable || w.Header().Get("Retry-After") == "" {
			t.Errorf("GET %s after Close = %d", address, w.Code)
		}
	}
}
