package search_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"ibid/corpus"
	"ibid/indexer"
	"ibid/search"
)

// shelf is an index of an edition "gaz" of so many documents, one a month from January
// 1900 on, each with a head, a paragraph and a note, and of a work "sto" that cites
// the first by the edition and others by a collection.
func shelf(t testing.TB, documents int) *search.Index {
	t.Helper()
	m := &corpus.Manifest{ID: "shelf", Title: "Shelf", DefaultYear: 1900,
		Sources:     []corpus.Source{{ID: "gaz", Format: corpus.TEI, Reference: corpus.Reference{Title: "Gazette"}}, {ID: "sto", Format: corpus.Text}},
		Collections: []corpus.Collection{{Siglum: "GAZ", Title: "Gazette"}, {Siglum: "OD", Title: "Ostran Documents"}},
		Actors: []corpus.Actor{{ID: "ames", Name: "Ames, Ann", Kind: corpus.Person}, {ID: "bott", Name: "Bott, Ben", Kind: corpus.Person, Forms: []string{"the Consul"}},
			{ID: "ostra", Name: "Ostra", Kind: corpus.State}}}
	var all []*corpus.Passage
	for i := range documents {
		d := &corpus.EditedDocument{ID: fmt.Sprintf("gaz/d%d", i+1), Number: fmt.Sprint(i + 1), Title: fmt.Sprintf("Letter on the ford %d", i+1), From: "Miss Ames", To: "the Consul",
			Date: fmt.Sprintf("%d-%02d-01", 1900+i/12, i%12+1), Place: "Ostra", Archive: "Box 4"}
		from, to := "ames", "bott"
		if i%3 == 2 {
			from, to, d.To, d.Date = "Clerk of the Ford", "", "", ""
		}
		for _, part := range []struct {
			id   string
			kind corpus.Kind
		}{{"h01", corpus.Heading}, {"p01", corpus.Paragraph}, {"n01", corpus.Footnote}} {
			all = append(all, &corpus.Passage{ID: d.ID + "/" + part.id, Kind: part.kind, Source: "gaz", Text: "The ford is deep.", Document: d, Speaker: from, Addressee: to,
				Actors: []corpus.Mention{{ID: "ostra", Printed: "Ostra"}}})
		}
	}
	cites := func(id string) []corpus.Citation {
		return []corpus.Citation{{ID: id, Kind: corpus.CitesDocument, Printed: id}}
	}
	all = append(all, &corpus.Passage{ID: "sto/p01", Kind: corpus.Paragraph, Source: "sto", Text: "The letter is cited.", Citations: append(cites("GAZ 1"), cites("OD 10")...)},
		&corpus.Passage{ID: "sto/p02", Kind: corpus.Paragraph, Source: "sto", Text: "It is cited again.", Citations: append(cites("OD 9"), cites("OD 10")...)})
	dir := t.TempDir()
	if err := indexer.Write(context.Background(), dir, m, all, "1", nil); err != nil {
		t.Fatal(err)
	}
	ix, err := search.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ix.Close() })
	return ix
}

func TestCalendar(t *testing.T) {
	ix := shelf(t, 12)
	for _, tt := range []struct {
		name    string
		request search.CalendarRequest
		want    string
	}{
		{"all by date, the undated by number", search.CalendarRequest{Size: 5}, "gaz/d1, gaz/d2, gaz/d4, gaz/d5, gaz/d7"},
		{"by number: the cited first", search.CalendarRequest{Sort: search.CalendarByNumber, Size: 4}, "OD 9, OD 10, gaz/d1, gaz/d2"},
		{"cited", search.CalendarRequest{Kind: search.CitedDocument}, "OD 9, OD 10"},
		{"a collection", search.CalendarRequest{Collections: []string{"OD"}, Sort: search.CalendarByCited}, "OD 10, OD 9"},
		{"a collection or an edition", search.CalendarRequest{Collections: []string{"OD"}, Sources: []string{"gaz"}, From: "1900-02", To: "1900-04"}, "gaz/d2, gaz/d4"},
		{"a sender by id", search.CalendarRequest{Speaker: "ames", From: "1900-10"}, "gaz/d10, gaz/d11"},
		{"a sender as printed", search.CalendarRequest{Speaker: "Clerk of the Ford"}, "gaz/d3, gaz/d6, gaz/d9, gaz/d12"},
		{"a sender by words of the name", search.CalendarRequest{Speaker: "clerk ford", Size: 1}, "gaz/d3"},
		{"a recipient by a further form", search.CalendarRequest{Addressee: "consul", Size: 2}, "gaz/d1, gaz/d2"},
		{"words of the title", search.CalendarRequest{Words: "letter 11"}, "gaz/d11"},
		{"words of a correspondent", search.CalendarRequest{Words: "bott ann", Size: 1}, "gaz/d1"},
		{"nobody", search.CalendarRequest{Speaker: "napoleon"}, ""},
		{"no such word", search.CalendarRequest{Words: "harbour"}, ""},
		{"by sender: the unnamed last", search.CalendarRequest{Kind: search.EditedDocument, Sort: search.CalendarByFrom, From: "1900-01", To: "1900-02"}, "gaz/d1, gaz/d2"},
	} {
		list, err := ix.Calendar(t.Context(), tt.request)
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		var got []string
		for _, d := range list.Documents {
			got = append(got, d.ID)
		}
		if strings.Join(got, ", ") != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
	if _, err := ix.Calendar(t.Context(), search.CalendarRequest{From: "May"}); err == nil {
		t.Error("a date that cannot be read is taken")
	}
}

func TestCalendarCounts(t *testing.T) {
	ix := shelf(t, 30)
	list, err := ix.Calendar(t.Context(), search.CalendarRequest{Kind: search.EditedDocument, From: "1901"})
	if err != nil {
		t.Fatal(err)
	}
	if list.Years[1900] != 8 || list.Years[1901] != 8 || list.Years[1902] != 4 || list.Undated != 10 {
		t.Errorf("years %v and %d undated, want 8, 8, 4 and 10: those of all dates", list.Years, list.Undated)
	}
	if list.Total != 12 || list.Edited != 12 || list.Cited != 0 {
		t.Errorf("%d documents, %d edited, %d cited from 1901 on, want 12, 12, 0", list.Total, list.Edited, list.Cited)
	}
	if got, want := ix.Totals(), (search.Totals{Cited: 2, Edited: 30, Actors: 4}); got != want {
		t.Errorf("Totals = %+v, want %+v", got, want)
	}
}

// All pages, one after the other, are the whole list once; back from the last leads to the first.
func TestCalendarPages(t *testing.T) {
	ix := shelf(t, 30)
	all, err := ix.Calendar(t.Context(), search.CalendarRequest{})
	if err != nil || len(all.Documents) != 32 {
		t.Fatalf("%d documents, %v, want 32", len(all.Documents), err)
	}
	var got []search.DocumentEntry
	r := search.CalendarRequest{Size: 7}
	var last *search.Calendar
	for {
		if last, err = ix.Calendar(t.Context(), r); err != nil {
			t.Fatal(err)
		}
		got = append(got, last.Documents...)
		if r.Cursor = last.Next; r.Cursor == "" {
			break
		}
	}
	if len(got) != len(all.Documents) || got[31].ID != all.Documents[31].ID || got[13].ID != all.Documents[13].ID {
		t.Errorf("the pages have %d documents, the list %d", len(got), len(all.Documents))
	}
	back := 0
	for last.Previous != "" {
		r.Cursor = last.Previous
		if last, err = ix.Calendar(t.Context(), r); err != nil {
			t.Fatal(err)
		}
		back++
	}
	if back != 4 || last.Documents[0].ID != all.Documents[0].ID {
		t.Errorf("%d pages back to %s, want 4 to %s", back, last.Documents[0].ID, all.Documents[0].ID)
	}
	r.Words = "ford"
	if _, err := ix.Calendar(t.Context(), r); r.Cursor == "" || !errors.Is(err, search.ErrStaleCursor) {
		t.Errorf("the cursor of another list: %v, want ErrStaleCursor", err)
	}
}

func TestEditedDocument(t *testing.T) {
	ix := shelf(t, 3)
	for _, id := range []string{"gaz/d1", "GAZ 1", "GAZ-1", "gaz no. 1"} {
		d, err := ix.Document(id)
		if err != nil {
			t.Errorf("Document(%q): %v", id, err)
			continue
		}
		if d.ID != "gaz/d1" || d.Kind != search.EditedDocument || d.From != "ames" || d.To != "bott" || d.Title != "Letter on the ford 1" || d.Archive != "Box 4" ||
			d.URL != "/document/gaz/d1" || !slices.Equal(d.CitedIn, []string{"sto/p01"}) {
			t.Errorf("Document(%q) = %+v", id, d)
		}
	}
	passages, err := ix.DocumentPassages("gaz/d2")
	if err != nil || len(passages) != 3 || passages[0].ID != "gaz/d2/h01" || passages[2].ID != "gaz/d2/n01" {
		t.Errorf("DocumentPassages(gaz/d2) = %d passages, %v, want head, paragraph and note", len(passages), err)
	}
	if _, err := ix.DocumentPassages("OD 9"); !errors.Is(err, search.ErrNotFound) {
		t.Errorf("passages of a cited document: %v, want ErrNotFound", err)
	}
	for id, want := range map[string]string{"gaz/d1": " gaz/d2", "gaz/d2": "gaz/d1 gaz/d3", "gaz/d3": "gaz/d2 ", "OD 9": " OD 10", "OD 10": "OD 9 "} {
		before, after, err := ix.Beside(id)
		if err != nil {
			t.Fatal(err)
		}
		got := [2]string{}
		for i, d := range []*search.DocumentEntry{before, after} {
			if d != nil {
				got[i] = d.ID
			}
		}
		if got[0]+" "+got[1] != want {
			t.Errorf("beside %s are %q, want %q", id, got, want)
		}
	}
	if like := ix.DocumentsLike("gaz/d9", 4); len(like) == 0 {
		t.Error("nothing stands beside gaz/d9")
	}
}

func TestActorsList(t *testing.T) {
	ix := shelf(t, 12)
	for _, tt := range []struct {
		name    string
		request search.ActorsRequest
		want    string
	}{
		{"by name", search.ActorsRequest{}, "ames, bott, Clerk of the Ford, ostra"},
		{"the most active", search.ActorsRequest{Often: true}, "ostra, ames, bott, Clerk of the Ford"},
		{"persons", search.ActorsRequest{Kind: "person"}, "ames, bott"},
		{"others", search.ActorsRequest{Kind: search.OtherActors}, "Clerk of the Ford"},
		{"a letter", search.ActorsRequest{Letter: "o"}, "ostra"},
		{"a further form", search.ActorsRequest{Words: "CONS"}, "bott"},
		{"nobody", search.ActorsRequest{Words: "napoleon"}, ""},
	} {
		list, err := ix.Actors(t.Context(), tt.request)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, a := range list.Actors {
			got = append(got, a.ID)
		}
		if strings.Join(got, ", ") != tt.want || list.Total != len(got) {
			t.Errorf("%s: %q of %d, want %q", tt.name, got, list.Total, tt.want)
		}
	}
	list, err := ix.Actors(t.Context(), search.ActorsRequest{Letter: "o", Size: 1, Bare: true})
	if err != nil || list.Letters["a"] != 1 || list.Letters["c"] != 1 || list.Kinds["state"] != 1 || list.Kinds["person"] != 0 {
		t.Errorf("letters %v, kinds %v, %v", list.Letters, list.Kinds, err)
	}
	if a := list.Actors[0]; a.MentionedTotal != 24 || len(a.Mentioned) != 0 || a.Passages != 36 {
		t.Errorf("bare entry of Ostra = %+v, want totals without lists", a)
	}
}

// A state that every passage names is told with a thousand of them, and a page of such actors is cut.
func TestActorListsAreBounded(t *testing.T) {
	ix := shelf(t, 600)
	a, err := ix.Actor("ostra")
	if err != nil || len(a.Mentioned) != 1000 || a.MentionedTotal != 1200 {
		t.Errorf("%d of %d passages, %v, want 1,000 of 1,200", len(a.Mentioned), a.MentionedTotal, err)
	}
}

func TestCensus(t *testing.T) {
	c, err := fixture(t).Census()
	if err != nil {
		t.Fatal(err)
	}
	want := search.Census{Passages: len(passages()), Kinds: map[corpus.Kind]int{}, BySource: map[string]int{}}
	for _, p := range passages() {
		want.Kinds[p.Kind]++
		want.BySource[p.Source]++
		if p.Kind != corpus.Quotation {
			want.Dates += len(p.Dates)
			want.Mentions += len(p.Actors)
			want.DocumentCites += len(p.Citations)
			if p.Kind != corpus.Heading && len(p.Dates) == 0 {
				want.Undated.Count++
			}
		}
	}
	want.DocumentCites -= c.Works
	if c.Passages != want.Passages || !maps.Equal(c.Kinds, want.Kinds) || !maps.Equal(c.BySource, want.BySource) || c.Dates != want.Dates ||
		c.Mentions != want.Mentions || c.DocumentCites != want.DocumentCites || c.Undated.Count != want.Undated.Count {
		t.Errorf("Census = %+v, want %+v", c, want)
	}
	if len(c.Undated.First) == 0 || len(c.Undated.First) > 12 {
		t.Errorf("of %d undated passages %d are named, want up to 12", c.Undated.Count, len(c.Undated.First))
	}
}

// Opening an index reads no passage for documents, actors or suggestions: they lie in a file of their own.
func TestNothingIsReadForDocumentsAndActors(t *testing.T) {
	ix := shelf(t, 100)
	steps := map[string]func() error{
		"calendar": func() error { _, err := ix.Calendar(t.Context(), search.CalendarRequest{}); return err },
		"document": func() error { _, err := ix.Document("gaz/d7"); return err },
		"beside":   func() error { _, _, err := ix.Beside("gaz/d7"); return err },
		"actors":   func() error { _, err := ix.Actors(t.Context(), search.ActorsRequest{}); return err },
		"census":   func() error { _, err := ix.Census(); return err },
		"actor":    func() error { _, err := ix.Actor("ames"); return err },
		"others": func() error {
			ix.Pairs(10)
			ix.Totals()
			ix.Values(search.GroupSource)
			ix.Suggest(t.Context(), "am", 8)
			return nil
		},
	}
	for name, ask := range steps {
		if err := ask(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if n := search.Decoded(ix); n != 0 {
			t.Fatalf("%s: %d passages were read since the index was opened", name, n)
		}
	}
	if _, err := ix.DocumentPassages("gaz/d7"); err != nil || search.Decoded(ix) != 3 {
		t.Errorf("a document of three passages: %d read, %v", search.Decoded(ix), err)
	}
}

// Whatever is asked for, the calendar gives no more than it counts, all of it such
// as was asked for, and its cursors lead to other pages.
func FuzzCalendar(f *testing.F) {
	ix := shelf(f, 20)
	f.Add("ford", "edited", "OD", "ames", "", "1900", "1901", "date", 3)
	f.Add("", "", "", "clerk of", "consul", "", "", "number", 1)
	f.Add("\x00 \xff", "x", "y", "\u202e", "%", "0000", "9999", "?", 0)
	f.Fuzz(func(t *testing.T, words, kind, group, from, to, since, until, order string, size int) {
		if size < 0 || size > 1000 {
			return
		}
		r := search.CalendarRequest{Words: words, Kind: search.DocumentKind(kind), Speaker: from, Addressee: to, From: since, To: until, Sort: search.CalendarSort(order), Size: size}
		if group != "" {
			r.Collections, r.Sources = []string{group}, []string{group}
		}
		list, err := ix.Calendar(t.Context(), r)
		if err != nil {
			return // a date that cannot be read
		}
		if len(list.Documents) > list.Total || list.Total > 22 || (list.Next != "") != (list.Total > len(list.Documents)) {
			t.Fatalf("%+v gives %d of %d, next %q", r, len(list.Documents), list.Total, list.Next)
		}
		for _, d := range list.Documents {
			if group != "" && d.Collection != group && d.Source != group {
				t.Fatalf("%+v gives %+v", r, d)
			}
		}
		if list.Next == "" {
			return
		}
		r.Cursor = list.Next
		next, err := ix.Calendar(t.Context(), r)
		if err != nil || next.Total != list.Total || next.Offset != len(list.Documents) || len(next.Documents) == 0 {
			t.Fatalf("the page after: %+v, %v", next, err)
		}
	})
}
