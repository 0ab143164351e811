package schema

import (
	"bytes"
	"encoding/json"
	"slices"
	"testing"

	"ibid/corpus"
)

func madeRegister(t testing.TB) []byte {
	t.Helper()
	m := &corpus.Manifest{Sources: []corpus.Source{{ID: "gaz"}}, Actors: []corpus.Actor{{ID: "ames", Name: "Ames, Ann", Kind: corpus.Person, Forms: []string{"Miss Ames"}}}}
	w := NewRegisterWriter(m)
	d := &corpus.EditedDocument{ID: "gaz/d1", Number: "1", Title: "A letter", Date: "1901-02"}
	w.Add(&corpus.Passage{ID: "gaz/d1/h01", Kind: corpus.Heading, Source: "gaz", Text: "A letter", Document: d, Speaker: "ames", Addressee: "The Consul"})
	w.Add(&corpus.Passage{ID: "gaz/d1/p01", Kind: corpus.Paragraph, Source: "gaz", Document: d, Speaker: "ames", Addressee: "The Consul",
		Actors: []corpus.Mention{{ID: "ames", Printed: "Ames"}, {ID: "ames", Printed: "A. Ames"}, {ID: "ames", Printed: "Ames"}}})
	w.Add(&corpus.Passage{ID: "gaz/p02", Kind: corpus.Paragraph, Source: "gaz", Citations: []corpus.Citation{{ID: "OD 12", Kind: corpus.CitesDocument}, {ID: "GAZ 1", Kind: corpus.CitesDocument}, {ID: "OD 9", Kind: corpus.CitesDocument}}})
	var out bytes.Buffer
	if _, err := w.WriteTo(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestRegister(t *testing.T) {
	r, err := parseRegister(madeRegister(t))
	if err != nil {
		t.Fatal(err)
	}
	if r.Documents != 3 || r.Cited != 2 || r.Actors != 2 {
		t.Fatalf("%d documents, %d cited, %d actors; want 3, 2, 2", r.Documents, r.Cited, r.Actors)
	}
	for key, want := range map[string]uint32{"od 9": 0, "od-12": 1, "gaz/d1": 2, "gaz 1": 2, "gaz-1": 2} {
		if k := r.Key.Index(key); k < 0 || r.KeyOf[k] != want {
			t.Errorf("key %q is not of document %d", key, want)
		}
	}
	if r.First[2] != 0 || r.End[2] != 2 || !slices.Equal(r.CitedIn.Of(2), []uint32{2}) || r.Earliest[2] == 0 || r.Earliest[0] != 0 {
		t.Errorf("document gaz/d1 has passages %d to %d, is cited in %v, begins on day %d", r.First[2], r.End[2], r.CitedIn.Of(2), r.Earliest[2])
	}
	var a ActorRecord
	if err := json.Unmarshal(r.Actor.Bytes(0), &a); err != nil {
		t.Fatal(err)
	}
	if a.ID != "ames" || len(a.Forms) != 2 || a.Forms[0] != (FormCount{"Ames", 2}) || r.Mentions[0] != 3 || r.Passages[0] != 1 || len(r.Said.Of(0)) != 2 || len(r.Told.Of(1)) != 2 {
		t.Errorf("actor ames = %+v, %d mentions in %d passages", a, r.Mentions[0], r.Passages[0])
	}
	if len(r.PairCount) != 1 || r.PairCount[0] != 2 || r.PairFrom[0] != 0 || r.PairTo[0] != 1 {
		t.Errorf("pairs %v to %v, %v times", r.PairFrom, r.PairTo, r.PairCount)
	}
}

// Pages are counted by source, those of a journal by article.
func TestPagesOfCensus(t *testing.T) {
	journal := corpus.Source{ID: "pt", Path: "pt.jsonl.gz", Format: corpus.Text}
	m := &corpus.Manifest{Sources: []corpus.Source{{ID: "a", Format: corpus.TEI}, {ID: "b", Format: corpus.TEI}, journal}}
	type on struct {
		source, document string
		pages            []string
	}
	for _, tt := range []struct {
		name string
		on   []on
		want int
	}{
		{"labels that two sources share", []on{{"a", "a/d1", []string{"1", "2"}}, {"b", "b/d1", []string{"1"}}, {"b", "b/d1", []string{"1", "2"}}}, 4},
		{"documents of an edition on one page", []on{{"a", "a/d1", []string{"1"}}, {"a", "a/d2", []string{"1"}}, {"a", "a/d3", []string{"1", "2"}}}, 2},
		{"articles that each begin on page 1", []on{{"pt", "pt/x", []string{"1", "2"}}, {"pt", "pt/x", []string{"2"}}, {"pt", "pt/y", []string{"1"}}, {"pt", "pt/z", []string{"1", "2"}}}, 5},
		{"articles that follow each other on a page", []on{{"pt", "pt/x", []string{"11", "12"}}, {"pt", "pt/y", []string{"12", "13"}}}, 3},
		{"a source without pages", []on{{"pt", "pt/x", nil}, {"pt", "pt/y", nil}}, 0},
	} {
		w := NewRegisterWriter(m)
		for _, o := range tt.on {
			w.Add(&corpus.Passage{Kind: corpus.Paragraph, Source: o.source, Document: &corpus.EditedDocument{ID: o.document}, Pages: o.pages})
		}
		if got := w.census.Pages; got != tt.want {
			t.Errorf("%s: %d pages, want %d", tt.name, got, tt.want)
		}
	}
}

// The same passages give the same file.
func TestRegisterIsTheSame(t *testing.T) {
	first := madeRegister(t)
	for range 20 {
		if !bytes.Equal(first, madeRegister(t)) {
			t.Fatal("the same passages give another register")
		}
	}
}

// A damaged register is refused, or every text and list of it can be read.
func FuzzRegister(f *testing.F) {
	whole := madeRegister(f)
	f.Add(0, byte(0))
	f.Add(9, byte(1))
	f.Add(len(whole)-3, byte(255))
	f.Fuzz(func(t *testing.T, at int, flip byte) {
		data := slices.Clone(whole)
		if at < 0 {
			data = data[:len(data)-min(len(data), -at%len(data))]
		} else {
			data[at%len(data)] ^= flip
		}
		r, err := parseRegister(data)
		if err != nil {
			return
		}
		for _, s := range []Strings{r.Document, r.Words, r.Media, r.Collections, r.Sources, r.Key, r.Actor, r.Called, r.ActorKey, r.Heading} {
			for i := range s.Len() {
				_ = s.At(i)
			}
		}
		for i := range r.Documents {
			_, _ = r.Quoted.Of(i), r.CitedIn.Of(i)
		}
		for i := range r.Actors {
			_, _, _ = r.Said.Of(i), r.Told.Of(i), r.Named.Of(i)
		}
	})
}
