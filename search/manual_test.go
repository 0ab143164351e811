package search_test

import (
	"testing"

	"ibid/search"
	"ibid/search/query"
)

// Each example of the manual finds something in the shipped corpus, knows every value that it
// asks for, and is understood alike when it is printed and read again.
func TestManualExamples(t *testing.T) {
	ix := shipped(t)
	for _, section := range query.Manual {
		for _, e := range section.Examples {
			r := find(t, ix, search.Request{Query: e.Query})
			if r.Total == 0 || len(r.Query.Unknown) > 0 {
				t.Errorf("%s: %q finds %d, not known are %q", section.ID, e.Query, r.Total, r.Query.Unknown)
			}
			again := find(t, ix, search.Request{Query: r.Query.Understood})
			if again.Query.Understood != r.Query.Understood || again.Total != r.Total {
				t.Errorf("%s: %q is understood as %s and finds %d; that as %s and finds %d", section.ID, e.Query, r.Query.Understood, r.Total, again.Query.Understood, again.Total)
			}
			if _, err := ix.KWIC(t.Context(), search.KWICRequest{Request: search.Request{Query: e.Query}}); err != nil {
				t.Errorf("%s: concordance of %q: %v", section.ID, e.Query, err)
			}
		}
	}
}
