package indexer

import (
	"fmt"
	"strings"
	"testing"

	"ibid/corpus"
)

// cited makes a passage of phase "may" that cites documents, each "GK 5", "GK 5 1939-05-03" or "GK_II 5".
func cited(t *testing.T, docs ...string) *corpus.Passage {
	t.Helper()
	p := &corpus.Passage{ID: "s/p001", Kind: corpus.Paragraph, Phase: []string{"may"}}
	for i, d := range docs {
		f := strings.Fields(d)
		c := corpus.Citation{ID: strings.ReplaceAll(f[0], "_", " ") + " " + f[1], Kind: corpus.CitesDocument, Line: i + 1}
		if len(f) > 2 {
			c.Date = f[2]
		}
		p.Citations = append(p.Citations, c)
	}
	return p
}

func TestChronology(t *testing.T) {
	m := &corpus.Manifest{
		Collections: []corpus.Collection{{Siglum: "GK"}, {Siglum: "SPE"}},
		Phases:      []corpus.Phase{{ID: "may", From: "1939-05-01", To: "1939-05-31"}},
	}
	tests := []struct {
		name string
		docs []string
		want []string // document, expected day, place by date, what is meant instead
	}{
		{"in order", []string{"GK 1 1939-05-01", "GK 2 1939-05-02", "GK 3 1939-05-02"}, nil},
		{"one too early", []string{"GK 10 1939-05-01", "GK 20 1939-05-11", "GK 30 1939-04-21", "GK 40 1939-05-31"},
			[]string{"GK 30 1939-05-21 before all others -"}},
		// Of two that contradict each other, the one farther from what its number leads one to expect.
		{"a misprinted month", []string{"GK 413 1939-06-17", "GK 442 1939-06-28", "GK 485 1939-06-19", "GK 494 1939-07-24"},
			[]string{"GK 485 1939-07-19 after GK 413 -"}},
		{"several dates: the latest counts", []string{"GK 1 1939-05-10", "GK 2 1939-05-01", "GK 2 1939-05-12", "GK 3 1939-05-13"}, nil},
		{"a month says too little", []string{"GK 1 1939-05-10", "GK 2 1939-01", "GK 3 1939-05-13"}, nil},
		{"undated, of the wrong phase", []string{"GK 1 1939-03-01", "GK 2", "GK 3 1939-03-09"},
			[]string{"GK 2 1939-03-05 after GK 3 -"}},
		{"undated, of the wrong collection", []string{"GK 1 1939-03-01", "GK 2", "GK 3 1939-03-09", "SPE 1 1939-05-01", "SPE 3 1939-05-09"},
			[]string{"GK 2 1939-03-05 after GK 3 SPE 2"}},
		{"each volume by itself", []string{"GK_I 10 1939-05-11", "GK_II 20 1939-05-01", "GK_II 25 1939-05-09", "GK_II 30 1939-05-04", "GK_II 40 1939-05-06", "GK_I 12 1939-05-12"},
			[]string{"GK II 25 1939-05-02 after GK II 40 -"}},
		{"numbers that do not run with time", []string{"GK 1 1939-05-09", "GK 2 1939-05-01", "GK 3 1939-05-08", "GK 4 1939-05-02", "GK 5 1939-05-07", "GK 6 1939-05-03"}, nil},
		{"undated, of the phase", []string{"GK 1 1939-05-01", "GK 2", "GK 3 1939-05-09"}, nil},
		{"none", nil, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, d := range chronology(m, []*corpus.Passage{cited(t, tt.docs...)}) {
				instead := d.Instead
				if instead == "" {
					instead = "-"
				}
				got = append(got, fmt.Sprint(d.Document, " ", d.ByNumber, " ", d.ByDate, " ", instead))
			}
			if fmt.Sprint(got) != fmt.Sprint(tt.want) {
				t.Errorf("chronology(%q) = %q, want %q", tt.docs, got, tt.want)
			}
		})
	}
}

// TestChronologyOfArticle finds the two real cases of the shipped article: a
// document whose month cannot be right, and two cited from the wrong collection.
func TestChronologyOfArticle(t *testing.T) {
	report := checkShipped(t)
	var got []string
	for _, d := range report.Chronology {
		got = append(got, strings.TrimSpace(d.Document+" "+d.Instead))
	}
	if want := "[GK 485 GK 303 SPE 303 GK 304 SPE 304]"; fmt.Sprint(got) != want {
		t.Errorf("out of order: %v, want %s", got, want)
	}
}
