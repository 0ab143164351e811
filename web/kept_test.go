package web

import (
	"net/http"
	"net/url"
	"reflect"
	"testing"

	"ibid/search"
)

// Answers that are kept are shared: pages and API change nothing in them, and give the
// same page for the same address.
func TestKeptAnswersAreOnlyRead(t *testing.T) {
	_, plain := overShipped(t)
	keeping, err := search.Open(shippedDir, search.Answers(64<<20))
	if err != nil {
		t.Fatal(err)
	}
	defer keeping.Close()
	h := New(Config{}, keeping, quiet())
	queries := append(topicQueries(t)[:30], "")
	requests := func(q string) []search.Request {
		return []search.Request{{Query: q}, {Query: q, Filters: search.Filters{search.GroupActor: {"molotov"}}}, {Query: q, From: "1939-04", To: "1939-08", Sort: search.ByDate}}
	}
	for _, q := range queries {
		addresses := []string{"/?q=", "/api/v1/search?q="}
		for _, more := range []string{"", "&actor=molotov", "&from=1939-04&to=1939-08&sort=date"} {
			for _, a := range addresses {
				a += url.QueryEscape(q) + more
				first, second := ask(t, h, http.MethodGet, a), ask(t, h, http.MethodGet, a)
				if first.Code != http.StatusOK || first.Body.String() != second.Body.String() {
					t.Errorf("GET %s gives %d, and another page when asked again", a, first.Code)
				}
			}
		}
		for _, r := range requests(q) {
			want, err := plain.Search(t.Context(), r)
			if err != nil {
				t.Fatal(err)
			}
			if got, err := keeping.Search(t.Context(), r); err != nil || !reflect.DeepEqual(got, want) {
				t.Errorf("%+v has another answer after its pages were made: %v", r, err)
			}
		}
	}
}
