package search_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"ibid/search"
	"ibid/search/query"
)

// TestHostileQueries: long and strange queries are answered, or refused with a column.
func TestHostileQueries(t *testing.T) {
	ix := fixture(t)
	var unknown, words, prefixed strings.Builder
	for prefix := range strings.FieldsSeq("anti counter neo non pre post pro pseudo quasi semi") {
		for word := range strings.FieldsSeq("railway customs treaty") {
			prefixed.WriteString(prefix + word + " ")
		}
	}
	for i := range 120 {
		fmt.Fprintf(&unknown, "qzx%cw%cv%c ", 'a'+i%26, 'b'+i%20, 'a'+i%7)
		fmt.Fprintf(&words, "railway%d OR ", i)
	}
	for _, q := range []string{
		unknown.String(), prefixed.String(), words.String() + "x", strings.Repeat("(", 5000), strings.Repeat("-", 5000), strings.Repeat("a* ", 500), strings.Repeat("railway ", 10_000),
		strings.Repeat("\u202e\u0000\ufeff", 200), strings.Repeat("é", 1_000_000), `"` + strings.Repeat("to be ", 300) + `"`, strings.Repeat("NOT ", 100) + "railway",
		strings.Repeat("c", 3990), strings.Repeat("a-", 1990), strings.Repeat("treaty of ", 50),
		"date:9999-99", "date:..", "cite:", "page:1-99999999999", "note:00000", `actor:"` + strings.Repeat("x", 500) + `"`, "kind:%00", "../../etc/passwd",
	} {
		r, err := ix.Search(context.Background(), search.Request{Query: q})
		var wrong *query.Error
		if err != nil && !errors.As(err, &wrong) {
			t.Errorf("Search(%.40q): %v, want an answer or a *query.Error", q, err)
		}
		if err == nil && len(r.Query.Corrections) > 16 {
			t.Errorf("Search(%.40q) looked for %d similar words, want 16 at most", q, len(r.Query.Corrections))
		}
	}
	for _, f := range []search.Filters{
		{search.GroupActor: {"", "\x00", strings.Repeat("x", 100_000)}}, {search.GroupCite: {"GK", " ", "!!", "OD"}}, {search.GroupSource: {"../doe", "DOE"}},
	} {
		if _, err := ix.Search(context.Background(), search.Request{Filters: f}); err != nil {
			t.Errorf("Search with filters %.60v: %v", f, err)
		}
	}
	many := make([]string, 1000)
	var wrong *search.RequestError
	if _, err := ix.Search(context.Background(), search.Request{Filters: search.Filters{search.GroupActor: many}}); !errors.As(err, &wrong) {
		t.Errorf("1000 filter values give error %v, want a *RequestError", err)
	}
}
