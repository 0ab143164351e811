package search_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"ibid/corpus"
	"ibid/search"
)

func TestPassages(t *testing.T) {
	ix := fixture(t)
	p, err := ix.Passage("doe/q001")
	if err != nil || p.Speaker != "lindqvist" {
		t.Errorf("Passage(doe/q001) = %+v, %v, want what Lindqvist said", p, err)
	}
	if _, err := ix.Passage("doe/p999"); !errors.Is(err, search.ErrNotFound) {
		t.Errorf("Passage(doe/p999) gives error %v, want ErrNotFound", err)
	}
	all, err := ix.Passages("roe")
	if err != nil || len(all) != 3 || all[0].ID != "roe/h01" {
		t.Errorf("Passages(roe) = %d passages, %v, want 3 in reading order", len(all), err)
	}
	if _, err := ix.Passages("poe"); !errors.Is(err, search.ErrNotFound) {
		t.Errorf("Passages(poe) gives error %v, want ErrNotFound", err)
	}
}

func TestDocuments(t *testing.T) {
	ix := fixture(t)
	var got []string
	all, err := ix.Calendar(t.Context(), search.CalendarRequest{Sort: search.CalendarByNumber})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range all.Documents {
		got = append(got, d.ID)
	}
	if want := []string{"OD 12", "OD 14", "OD 15", "OD 16"}; !slices.Equal(got, want) {
		t.Errorf("Documents = %q, want %q", got, want)
	}
	for _, id := range []string{"OD 12", "OD-12", "od-12", "OD_12", "OD+12", "OD12", "OD no. 12"} {
		d, err := ix.Document(id)
		if err != nil {
			t.Fatalf("Document(%q): %v", id, err)
		}
		if d.Date != "1911-05-03" || d.From != "lindqvist" || d.To != "weizsal" || d.Medium != "conversation" || !slices.Equal(d.Quotations, []string{"doe/q001"}) || !slices.Equal(d.CitedIn, []string{"doe/p001"}) {
			t.Errorf("Document(%q) = %+v, want what the quotation tells of it", id, d)
		}
	}
	if _, err := ix.Document("OD 99"); !errors.Is(err, search.ErrNotFound) {
		t.Errorf("Document(OD 99) gives error %v, want ErrNotFound", err)
	}
}

func TestActors(t *testing.T) {
	ix := fixture(t)
	if all, err := ix.Actors(t.Context(), search.ActorsRequest{}); err != nil || all.Total != 5 || len(all.Actors) != 5 {
		t.Errorf("Actors = %+v, %v, want the 5 of the manifest", all, err)
	}
	a, err := ix.Actor("lindqvist")
	if err != nil {
		t.Fatal(err)
	}
	if a.Mentions != 2 || a.Passages != 2 || !slices.Equal(a.Said, []string{"doe/q001"}) || len(a.WasTold) != 0 || !slices.Equal(a.Mentioned, []string{"doe/p001", "doe/p002"}) {
		t.Errorf("Actor(lindqvist) = %+v", a)
	}
	if got, want := ix.Pairs(9), []search.Pair{{From: "lindqvist", To: "weizsal", Count: 1}}; !slices.Equal(got, want) {
		t.Errorf("Pairs(9) = %v, want %v", got, want)
	}
	if _, err := ix.Actor("napoleon"); !errors.Is(err, search.ErrNotFound) {
		t.Errorf("Actor(napoleon) gives error %v, want ErrNotFound", err)
	}
}

func TestSuggest(t *testing.T) {
	ix := fixture(t)
	tests := []struct{ typed, want string }{
		{"lind", "actor:lindqvist"}, {"WEIZS", "actor:weizsal"}, {"ostran rep", "actor:ostra"},
		{"OD 1", `cite:"OD 12"`}, {"od no. 14", `cite:"OD 14"`},
		{"railway q", "I The Railway Question"}, {"negot", "negotiate"}, {"the custo", "the customs"},
		{"lidnqv", "actor:lindqvist"}, {"Weiszal", "actor:weizsal"}, {"raliwa", "railway"}, {"the raliwa", "the railway"},
	}
	for _, tt := range tests {
		found := ix.Suggest(context.Background(), tt.typed, 8)
		if !slices.ContainsFunc(found, func(s search.Suggestion) bool { return s.Query == tt.want }) {
			t.Errorf("Suggest(%q) = %+v, want one to search for %q", tt.typed, found, tt.want)
		}
	}
	for _, typed := range []string{"", " ", "\x00", "!!!", strings.Repeat("x", 5000)} {
		if found := ix.Suggest(context.Background(), typed, 8); len(found) > 0 {
			t.Errorf("Suggest(%.20q) = %+v, want none", typed, found)
		}
	}
	if n := len(ix.Suggest(context.Background(), "o", 2)); n > 2 {
		t.Errorf("Suggest gives %d suggestions, want 2 at most", n)
	}
}

func exported(t *testing.T, ix *search.Index, r search.Request) []string {
	t.Helper()
	var out []string
	for p, err := range ix.Export(context.Background(), r) {
		if err != nil {
			t.Fatalf("Export(%+v): %v", r, err)
		}
		out = append(out, p.ID)
	}
	return out
}

// TestExport: everything comes in reading order; of a search, every passage that
// matches, hit by hit in the order of the result.
func TestExport(t *testing.T) {
	ix := fixture(t)
	var all []string
	for _, p := range passages() {
		all = append(all, p.ID)
	}
	if got := exported(t, ix, search.Request{}); !slices.Equal(got, all) {
		t.Errorf("everything is exported as %q, want %q", got, all)
	}
	for _, r := range []search.Request{{Query: "railway"}, {Query: "railway", Sort: search.ByDate}, {Query: "customs basis treaty"}} {
		got := exported(t, ix, r)
		r.Size = 100
		at := -1
		for _, id := range ids(find(t, ix, r)) {
			i := slices.Index(got, id)
			if i <= at {
				t.Errorf("Export(%+v) = %q: hit %s is missing or out of order", r, got, id)
			}
			at = i
		}
	}
	for _, err := range ix.Export(context.Background(), search.Request{From: "never"}) {
		if err == nil {
			t.Error("an export with a bad date yields a passage, want an error")
		}
	}
	for range ix.Export(context.Background(), search.Request{}) {
		break // a reader that stops early is let go
	}
}

func TestSimilar(t *testing.T) {
	ix := fixture(t)
	hits, err := ix.Similar(context.Background(), "doe/p001", 3)
	if err != nil || len(hits) == 0 || hits[0].ID != "doe/p002" {
		t.Errorf("Similar(doe/p001) = %v, %v, want doe/p002 first", hits, err)
	}
	for _, h := range hits {
		if h.ID == "doe/p001" || h.Within == "doe/p001" {
			t.Errorf("Similar(doe/p001) has %s, which is part of it", h.ID)
		}
	}
	if _, err := ix.Similar(context.Background(), "nothing", 3); !errors.Is(err, search.ErrNotFound) {
		t.Errorf("Similar(nothing) gives error %v, want ErrNotFound", err)
	}
}

func TestKWIC(t *testing.T) {
	ix := fixture(t)
	lines := func(r search.KWICRequest) []string {
		t.Helper()
		c, err := ix.KWIC(context.Background(), r)
		if err != nil {
			t.Fatalf("KWIC(%+v): %v", r, err)
		}
		var out []string
		for _, l := range c.Lines {
			p, err := ix.Passage(l.Passage)
			if err != nil || !strings.Contains(p.Text, l.Left+l.Match+l.Right) {
				t.Errorf("line %q|%q|%q is no stretch of %s", l.Left, l.Match, l.Right, l.Passage)
			}
			out = append(out, l.Passage+" "+l.Match)
		}
		return out
	}
	got := lines(search.KWICRequest{Request: search.Request{Query: "customs"}})
	if want := []string{"doe/p001 customs", "doe/p001 customs", "doe/p002 customs", "doe/p002 customs"}; !slices.Equal(got, want) {
		t.Errorf("the concordance of customs is %q, want %q: words of a quotation once", got, want)
	}
	got = lines(search.KWICRequest{Request: search.Request{Query: "railway", Match: search.Stem}, Lines: search.LinesByRight})
	if want := []string{"doe/p004 railway", "doe/h01 Railway", "doe/n01 railway", "doe/p001 railway"}; !slices.Equal(got, want) {
		t.Errorf("sorted by what follows, the concordance is %q, want %q", got, want)
	}
	for order, want := range map[search.LineSort]string{
		search.LinesByLeft: "aab abb bba bab", search.LinesByLeft2: "aab bab abb bba", search.LinesByLeft3: "bba aab bab abb",
		search.LinesByRight: "aab abb bba bab", search.LinesByRight2: "aab bab abb bba", search.LinesByRight3: "bba aab bab abb",
	} {
		if got := sortedLines(t, order); got != want {
			t.Errorf("sorted by %s the lines are %s, want %s", order, got, want)
		}
	}
	r := search.KWICRequest{Request: search.Request{Query: "customs", Size: 3}}
	c, err := ix.KWIC(context.Background(), r)
	if err != nil || c.Total != 4 || c.Next == "" {
		t.Fatalf("the first page has total %d, next %q, %v", c.Total, c.Next, err)
	}
	r.Cursor = c.Next
	if rest := lines(r); len(rest) != 1 {
		t.Errorf("the second page has %d lines, want 1", len(rest))
	}
	if _, err := ix.KWIC(context.Background(), search.KWICRequest{Lines: "middle"}); err == nil {
		t.Error("an unknown order of lines is taken")
	}
}

// TestEdition: passages of an edition speak for their document.
func TestEdition(t *testing.T) {
	p := &corpus.Passage{ID: "doe/d1/p01", Kind: corpus.Paragraph, Source: "doe", Text: "The line is open.",
		Document: &corpus.EditedDocument{ID: "doe/d1", Number: "1", Title: "The Minister to the King", Date: "1911-07-04", From: "lindqvist", To: "weizsal"}}
	ix := open(t, manifest(), []*corpus.Passage{p})
	r := find(t, ix, search.Request{Query: "line", Filters: search.Filters{search.GroupSpeaker: {"lindqvist"}}, From: "1911-07"})
	if r.Total != 1 || r.Hits[0].Title != "Lindqvist to Weizsäl, 4 July 1911" || r.Hits[0].Date != "1911-07-04" {
		t.Errorf("a letter of an edition is found as %+v", r.Hits)
	}
}

// sortedLines returns four lines in an order: of each the first letters of the three words on
// each side of the match, the nearest first (apple, bell, bond).
func sortedLines(t *testing.T, order search.LineSort) string {
	m := &corpus.Manifest{ID: "lines", Title: "Lines", Sources: []corpus.Source{{ID: "doe", Path: "doe.txt", Format: corpus.Text}}}
	var all []*corpus.Passage
	for i, words := range [][3]string{{"bell", "bond", "apple"}, {"apple", "bell", "bond"}, {"bond", "apple", "bell"}, {"apple", "apple", "bell"}} {
		text := fmt.Sprintf("%s %s %s customs %s %s %s", words[2], words[1], words[0], words[0], words[1], words[2])
		all = append(all, &corpus.Passage{ID: fmt.Sprintf("doe/p%03d", i), Kind: corpus.Paragraph, Source: "doe", Text: text, Printed: text})
	}
	c, err := open(t, m, all).KWIC(context.Background(), search.KWICRequest{Request: search.Request{Query: "customs"}, Lines: order})
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, l := range c.Lines {
		w := strings.Fields(l.Right)
		out = append(out, w[0][:1]+w[1][:1]+w[2][:1])
	}
	return strings.Join(out, " ")
}
