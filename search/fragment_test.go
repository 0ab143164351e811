package search_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"ibid/corpus"
	"ibid/indexer/analysis"
	"ibid/search"
	"ibid/search/query"
)

func fragmentText(f search.Fragment) string {
	var b strings.Builder
	for _, p := range f {
		b.WriteString(p.Text)
	}
	return b.String()
}

func marked(f search.Fragment) string {
	var out []string
	for _, p := range f {
		if p.Match {
			out = append(out, p.Text+"/"+string(p.Layer))
		}
	}
	return strings.Join(out, " ")
}

func TestMark(t *testing.T) {
	ix := fixture(t)
	tests := []struct{ passage, query, want string }{
		{"doe/p002", `"customs basis"`, "customs basis/exact customs basis/exact"},
		{"doe/p001", `customs`, "customs/exact customs/exact"},
		{"doe/p005", `"decision to negotiate"`, "decision to negotiate/exact"},
		{"doe/p003", `negotiate`, "negotiations/stem negotiators/stem negotiated/stem"},
		{"doe/p003", `defense organization`, "organisation/stem defence/variant"},
		{"doe/p003", `nonaggression cooperation`, "non-aggression/exact co-operation/exact"},
		{"doe/p003", `Ostra`, "O.R./variant"},
		{"doe/p001", `Weizsal`, "Weizsäl/exact"},
		{"doe/p001", `"basis treaty"~12`, "basis/exact treaty/exact basis/exact treaty/exact"},
		{"doe/p001", `railwya`, "railway/similar"},
		{"doe/p001", `-railway minister`, "minister/exact"},
		{"doe/p001", `3 May 1911`, "3 May 1911/exact"},
		{"doe/p004", `OD 16`, ""},
		{"doe/n01", `OD 14`, "OD no. 14/exact"},
		{"roe/p001", `script "quotes are"`, "script/exact script/exact quotes are/exact"},
	}
	for _, tt := range tests {
		p, err := ix.Passage(tt.passage)
		if err != nil {
			t.Fatal(err)
		}
		f, err := ix.Mark(context.Background(), search.Request{Query: tt.query}, p)
		if err != nil {
			t.Fatalf("Mark(%q): %v", tt.query, err)
		}
		if fragmentText(f) != p.Text {
			t.Errorf("Mark(%q, %s) changes the text: %q", tt.query, tt.passage, fragmentText(f))
		}
		if got := marked(f); got != tt.want {
			t.Errorf("Mark(%q, %s) = %q, want %q", tt.query, tt.passage, got, tt.want)
		}
	}
}

// longText is one passage of many sentences, with words that occur at both ends.
func longText() []*corpus.Passage {
	text := "The alpha word begins it. " + strings.Repeat("Nothing of note was said by Mr. Smith on p. 12 of vol. 3 that day, and much was left out. ", 12) +
		"Then beta met gamma in the hall. " + strings.Repeat("Again the days went by without a word that anyone would remember later. ", 12) + "At the end alpha and beta part."
	return []*corpus.Passage{{ID: "doe/p1", Kind: corpus.Paragraph, Source: "doe", Text: text, Printed: text}}
}

func TestFragments(t *testing.T) {
	ix := open(t, manifest(), longText())
	tests := []struct {
		query string
		want  []string // what the fragments hold, in order
	}{
		{"gamma", []string{"Then beta met gamma in the hall."}},
		{"alpha beta gamma", []string{"beta met gamma", "alpha and beta part"}},
		{"", []string{"The alpha word begins it."}},
	}
	for _, tt := range tests {
		got := find(t, ix, search.Request{Query: tt.query}).Hits[0].Fragments
		if len(got) != len(tt.want) {
			t.Errorf("%q has %d fragments, want %d", tt.query, len(got), len(tt.want))
			continue
		}
		for i, f := range got {
			if !strings.Contains(fragmentText(f), tt.want[i]) {
				t.Errorf("fragment %d of %q is %q, want one with %q", i, tt.query, fragmentText(f), tt.want[i])
			}
		}
	}
}

// checkFragments: a fragment is a stretch of the passage that cuts no word, name,
// date or citation, and every mark is a whole word.
func checkFragments(t *testing.T, ix *search.Index, q string, h search.Hit) {
	t.Helper()
	p, err := ix.Passage(h.ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range h.Fragments {
		text := fragmentText(f)
		at := strings.Index(p.Text, text)
		if at < 0 || !utf8.ValidString(text) {
			t.Errorf("%q: fragment %q is no stretch of %s", q, text, h.ID)
			continue
		}
		cut := false
		for from := at; ; {
			cut = inside(p, from) || inside(p, from+len(text))
			next := strings.Index(p.Text[from+1:], text)
			if !cut || next < 0 || text == "" {
				break
			}
			from += 1 + next
		}
		if cut {
			t.Errorf("%q: fragment %q cuts a word or a name, date or citation of %s", q, text, h.ID)
		}
		for _, piece := range f {
			if piece.Match && (len(analysis.Tokens(piece.Text)) == 0 || piece.Layer == "") {
				t.Errorf("%q: %q is marked in %s, layer %q", q, piece.Text, h.ID, piece.Layer)
			}
		}
	}
}

// inside says whether byte i of a text stands between two letters or digits, or in
// a name, date or citation.
func inside(p *corpus.Passage, i int) bool {
	if i <= 0 || i >= len(p.Text) {
		return false
	}
	a, _ := utf8.DecodeLastRuneInString(p.Text[:i])
	b, _ := utf8.DecodeRuneInString(p.Text[i:])
	in := func(at corpus.Place) bool { return at.Start < i && i < at.End }
	return letter(a) && letter(b) ||
		slices.ContainsFunc(p.Actors, func(m corpus.Mention) bool { return in(m.Place) }) ||
		slices.ContainsFunc(p.Dates, func(d corpus.Date) bool { return in(d.Place) }) ||
		slices.ContainsFunc(p.Citations, func(c corpus.Citation) bool { return in(c.Place) })
}

func letter(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// FuzzSearch: any string at all is answered, or is a query error with a column;
// what is answered holds together.
func FuzzSearch(f *testing.F) {
	ix := open(f, manifest(), append(passages(), longText()...))
	for _, q := range []string{"", "railway", `"customs basis"`, "a\x00b", "((((", `"`, "негот", "שלום עולם", "🙂 treaty", "-", "* ?", "~", `x"y"~9999`, strings.Repeat("word ", 300), "date:1911..", "negot* OR (treaty AND -basis)", "OD no. 12, 14 and p. 10", "U.S.S.R. 1,234 co\u00adoperation", "\xff\xfe"} {
		f.Add(q)
	}
	f.Fuzz(func(t *testing.T, q string) {
		r, err := ix.Search(context.Background(), search.Request{Query: q, Size: 100})
		var wrong *query.Error
		if errors.As(err, &wrong) {
			if wrong.Column < 1 || wrong.Message == "" {
				t.Errorf("Search(%q) gives error %+v, want a column and a sentence", q, wrong)
			}
			return
		}
		if err != nil {
			t.Fatalf("Search(%q): %v", q, err)
		}
		if len(r.Hits) != r.Total {
			t.Errorf("Search(%q) has %d hits, total %d", q, len(r.Hits), r.Total)
		}
		for _, h := range r.Hits {
			checkFragments(t, ix, q, h)
		}
		sum := 0
		for _, v := range r.Facets[search.GroupSource] {
			sum += v.Count
		}
		if sum != r.Total {
			t.Errorf("Search(%q): sources count %d, total %d", q, sum, r.Total)
		}
	})
}

// A passage that begins with a very long sentence shows its beginning where no
// word of it matched.
func TestFragmentOfLongSentence(t *testing.T) {
	p := passages()[1]
	p.Text = "It was said " + strings.Repeat("again and again ", 60) + "in the end. Then it was not."
	ix := open(t, manifest(), []*corpus.Passage{p})
	hit := find(t, ix, search.Request{}).Hits[0]
	if got := fragmentText(hit.Fragments[0]); len(got) < 150 || len(got) > 360 || !strings.HasPrefix(got, "It was said again") || strings.HasSuffix(got, " ") {
		t.Errorf("fragment of %d bytes: %q", len(got), got)
	}
}
