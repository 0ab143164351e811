package search_test

import (
	"fmt"
	"testing"

	"ibid/search"
)

// What a field asks for and the index does not know is told with what is most like it.
func TestUnknownFields(t *testing.T) {
	ix := fixture(t)
	for query, want := range map[string]string{
		"actor:lindqist":                   "[actor:lindqvist]",
		`speaker:"Count Weizsäl"`:          "[speaker:weizsal]",
		"phase:sumer railway":              "[phase:summer]",
		"to:nobody":                        "[]",
		"source:do":                        "[source:doe]",
		"medium:telegrm":                   "[medium:telegram]",
		"page:999":                         "[]",
		"railway NOT actor:petrovski":      "[actor:petrovsky]",
		"actor:lindqvist":                  "[]",
		"source:doe railway kind:headings": "[]",
	} {
		r := find(t, ix, search.Request{Query: query})
		near := []string{}
		for _, unknown := range r.Query.Unknown {
			near = append(near, r.Query.Near[unknown]...)
		}
		if got := fmt.Sprint(near); got != want {
			t.Errorf("%s: near are %s, want %s", query, got, want)
		}
	}
}

// Where nothing is found, each part of the query that hides passages is left out by turns;
// what is promised is what the rest finds.
func TestWithoutParts(t *testing.T) {
	ix := fixture(t)
	for query, want := range map[string]string{
		`"no such phrase" railway`:       `["no such phrase"]`,
		`railway AND zebra`:              `[zebra]`,
		`railway date:1925`:              `[date:1925]`,
		`kind:heading speaker:lindqvist`: `[kind:heading speaker:lindqvist]`,
		`kielce NOT kielce`:              `[NOT kielce]`,
		`zebra quagga`:                   `[]`,
		`railway`:                        `[]`,
	} {
		r := find(t, ix, search.Request{Query: query})
		parts := []string{}
		for _, l := range r.Without {
			parts = append(parts, l.Part)
			if rest := find(t, ix, search.Request{Query: l.Rest}); rest.Total != l.Total || l.Total == 0 || l.Filter != "q" {
				t.Errorf("%s without %s: %d promised, %d found", query, l.Part, l.Total, rest.Total)
			}
		}
		if got := fmt.Sprint(parts); got != want {
			t.Errorf("%s: without %s, want %s", query, got, want)
		}
	}
	r := find(t, ix, search.Request{Query: `"no such phrase" railway`, From: "1925"})
	if len(r.Without) != 0 {
		t.Errorf("neither phrase nor dates alone empty the result, but %v", r.Without)
	}
}

// A star within a word stands for what is between.
func TestStarWithin(t *testing.T) {
	ix := fixture(t)
	for query, want := range map[string]string{
		"nego*tions": "[negotiations]",
		"neg*te*":    "[]", // a second star is punctuation
		"ra*ay":      "[railway]",
		"rail*ilway": "[]", // beginning and end do not overlap
	} {
		forms := []string{}
		for _, f := range find(t, ix, search.Request{Query: query}).Query.Forms {
			if f.Word == query {
				forms = append(forms, f.Form)
			}
		}
		if got := fmt.Sprint(forms); got != want {
			t.Errorf("%s: forms %s, want %s", query, got, want)
		}
	}
}
