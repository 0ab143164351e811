package search_test

import (
	"fmt"
	"strings"
	"testing"

	"ibid/corpus"
	"ibid/search"
)

// shortSources makes a corpus of short sources, each a title and two paragraphs, and of one long work.
func shortSources(t *testing.T, abstracts map[string][3]string, order []string, long int) *search.Index {
	m := &corpus.Manifest{ID: "shelf", Title: "Shelf"}
	var all []*corpus.Passage
	add := func(source, id string, kind corpus.Kind, text string) {
		all = append(all, &corpus.Passage{ID: source + "/" + id, Kind: kind, Source: source, Text: text, Printed: text})
	}
	for _, id := range order {
		m.Sources = append(m.Sources, corpus.Source{ID: id, Path: id + ".txt", Format: corpus.Text})
		add(id, "h01", corpus.Heading, abstracts[id][0])
		add(id, "p001", corpus.Paragraph, abstracts[id][1])
		add(id, "p002", corpus.Paragraph, abstracts[id][2])
	}
	m.Sources = append(m.Sources, corpus.Source{ID: "long", Path: "long.txt", Format: corpus.Text})
	for i := range long {
		add("long", fmt.Sprintf("p%03d", i+1), corpus.Paragraph, fmt.Sprintf("Remark %d of a long work on other things.", i))
	}
	return open(t, m, all)
}

// A passage of a short document ranks by the rest of it, too: of two abstracts that say
// the same of the glass, the one whose title and second paragraph have the other words
// of the query comes first.
func TestWholeShortDocuments(t *testing.T) {
	abstracts := map[string][3]string{
		"abel": {"On the Boiling of Oils", "The glass was kept in the bath for an hour and the mercury rose in it.", "Nothing else was seen."},
		"baer": {"On the Freezing of Brine", "The glass was kept in the bath for an hour and the mercury rose in it.", "The salt settled."},
	}
	for _, order := range [][]string{{"abel", "baer"}, {"baer", "abel"}} {
		ix := shortSources(t, abstracts, order, 100)
		hits := find(t, ix, search.Request{Query: "mercury in the glass of freezing brine"}).Hits
		if len(hits) == 0 || hits[0].Source != "baer" {
			t.Errorf("sources %v: first is %v, want one of baer", order, ids(&search.Result{Hits: hits}))
		}
	}
}

// The passages of a work just too long to be short keep their own scores, wherever they stand in it
// (but not side by side: see likeShare).
func TestWholeLongWork(t *testing.T) {
	for _, n := range []int{64, 65, 68, 132} {
		m := &corpus.Manifest{ID: "long", Title: "Long", Sources: []corpus.Source{{ID: "long", Path: "long.txt", Format: corpus.Text}}}
		var all []*corpus.Passage
		for i := range n {
			text := fmt.Sprintf("Remark of a long work on %s things.", strings.Repeat("other ", i%3))
			if i%16 == 0 || i == n-1 || i == 64 {
				text = "Remark of a long work on other mercury." // the same words at different places
			}
			all = append(all, &corpus.Passage{ID: fmt.Sprintf("long/p%03d", i+1), Kind: corpus.Paragraph, Source: "long", Text: text, Printed: text})
		}
		hits := find(t, open(t, m, all), search.Request{Query: "mercury", Size: 100}).Hits
		for _, h := range hits {
			if h.Score != hits[0].Score {
				t.Errorf("%d passages: %s has the score %v, %s %v", n, h.ID, h.Score, hits[0].ID, hits[0].Score)
			}
		}
	}
}
