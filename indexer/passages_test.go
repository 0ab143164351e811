package indexer

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"ibid/corpus"
	"ibid/corpus/pact1939"
)

func readShipped(t *testing.T) []*corpus.Passage {
	t.Helper()
	c, err := corpus.Load(pact1939.Files, "shipped corpus")
	if err != nil {
		t.Fatal(err)
	}
	data, err := c.ReadSource(c.Manifest.Sources[0])
	if err != nil {
		t.Fatal(err)
	}
	passages, err := Read(c.Manifest, c.Manifest.Sources[0], data)
	if err != nil {
		t.Fatal(err)
	}
	return passages
}

// TestPlaces checks over the whole shipped corpus that every annotation stands
// where it says, and that marks lead back to the lines and pages of the passage.
func TestPlaces(t *testing.T) {
	for _, p := range readShipped(t) {
		at := func(what string, place corpus.Place, want string) {
			if got := p.Text[place.Start:place.End]; got != want {
				t.Errorf("%s: %s at %v is %q, want %q", p.ID, what, place, got, want)
			}
		}
		for _, r := range p.Repairs {
			at("repair", r.Place, r.Reading)
		}
		for _, d := range p.Dates {
			at("date", d.Place, d.Printed)
		}
		for _, m := range p.Actors {
			at("mention", m.Place, m.Printed)
		}
		for _, c := range p.Citations {
			if c.Place != (corpus.Place{}) {
				at("citation", c.Place, c.Printed)
			}
		}
		var pages []string
		lines := 0
		for i, m := range p.Marks {
			if i > 0 && m.At < p.Marks[i-1].At || m.At > len(p.Text) {
				t.Errorf("%s: mark %v is out of order", p.ID, m)
			}
			if m.Page != "" {
				pages = append(pages, m.Page)
			}
			if m.Line != 0 {
				lines++
			}
		}
		if !slices.Equal(pages, p.Pages) {
			t.Errorf("%s: marks begin pages %v, want %v", p.ID, pages, p.Pages)
		}
		if p.Kind != corpus.Quotation && lines != strings.Count(p.Printed, "\n")+1 {
			t.Errorf("%s: marks begin %d lines, the print has %d", p.ID, lines, strings.Count(p.Printed, "\n")+1)
		}
	}
}

// TestPassagesHangTogether checks the links between passages, both ways.
func TestPassagesHangTogether(t *testing.T) {
	byID := map[string]*corpus.Passage{}
	passages := readShipped(t)
	for _, p := range passages {
		if byID[p.ID] != nil {
			t.Errorf("id %s stands twice", p.ID)
		}
		byID[p.ID] = p
	}
	for _, p := range passages {
		for _, id := range p.Quotations {
			if q := byID[id]; q == nil || q.Within != p.ID {
				t.Errorf("%s has quotation %s, which does not say so", p.ID, id)
			}
		}
		for _, id := range p.Notes {
			if n := byID[id]; n == nil || n.Caller == nil || n.Caller.Passage != p.ID {
				t.Errorf("%s calls %s, which does not say so", p.ID, id)
			}
		}
		if p.Kind == corpus.Quotation {
			h := byID[p.Within]
			if h == nil || !slices.Contains(h.Quotations, p.ID) || !slices.Equal(h.Phase, p.Phase) {
				t.Errorf("%s stands in %q, which does not hold it", p.ID, p.Within)
			}
		}
	}
}

// TestIDsStandBeforeAnEdit checks that a paragraph added at the end renumbers nothing before it.
func TestIDsStandBeforeAnEdit(t *testing.T) {
	c, err := corpus.Load(pact1939.Files, "shipped corpus")
	if err != nil {
		t.Fatal(err)
	}
	source := c.Manifest.Sources[0]
	data, err := c.ReadSource(source)
	if err != nil {
		t.Fatal(err)
	}
	before, err := Read(c.Manifest, source, data)
	if err != nil {
		t.Fatal(err)
	}
	edited := append(slices.Clone(data), "\nA new paragraph stands here, and it says that \"nothing\" was lost on May 5.\n"...)
	after, err := Read(c.Manifest, source, edited)
	if err != nil {
		t.Fatal(err)
	}
	for i, p := range before[:len(before)-5] { // the last paragraph may run on into the new one
		if after[i].ID != p.ID || after[i].Text != p.Text {
			t.Fatalf("passage %d was %s and is %s", i, p.ID, after[i].ID)
		}
	}
}

func TestFallsIn(t *testing.T) {
	phase := corpus.Phase{From: "1939-03-11", To: "1939-07-23"}
	tests := []struct {
		earliest, latest string
		want             bool
	}{
		{"1939-05-20", "1939-05-20", true},
		{"1939-07-21", "1939-07-31", true}, // late July touches it
		{"1939-03-01", "1939-03-31", true}, // March touches it
		{"1939-01-01", "1939-12-31", false},
		{"1939-04-01", "1939-06-30", true}, // held whole
		{"1939-07-24", "1939-07-24", false},
		{"", "", false},
	}
	for _, tt := range tests {
		if got := fallsIn(corpus.Date{Earliest: tt.earliest, Latest: tt.latest}, phase); got != tt.want {
			t.Errorf("fallsIn(%s to %s) = %v, want %v", tt.earliest, tt.latest, got, tt.want)
		}
	}
}

func BenchmarkRead(b *testing.B) {
	c, err := corpus.Load(pact1939.Files, "shipped corpus")
	if err != nil {
		b.Fatal(err)
	}
	source := c.Manifest.Sources[0]
	data, err := c.ReadSource(source)
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Read(c.Manifest, source, data); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkReadLength reads the article once, ten and fifty times over, the last a
// book of 1,350 pages: ns/B must stay the same.
func BenchmarkReadLength(b *testing.B) {
	c, err := corpus.Load(pact1939.Files, "shipped corpus")
	if err != nil {
		b.Fatal(err)
	}
	source := c.Manifest.Sources[0]
	data, err := c.ReadSource(source)
	if err != nil {
		b.Fatal(err)
	}
	for _, times := range []int{1, 10, 50} {
		b.Run(fmt.Sprintf("%dx", times), func(b *testing.B) {
			long := bytes.Repeat(data, times)
			for b.Loop() {
				if _, err := Read(c.Manifest, source, long); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(long)), "ns/B")
		})
	}
}
