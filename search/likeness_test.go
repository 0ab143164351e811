package search_test

import (
	"fmt"
	"slices"
	"testing"

	"ibid/corpus"
	"ibid/search"
)

// paragraphs makes a corpus of paragraphs, of one source or each of a document of its own.
func paragraphs(t *testing.T, apart bool, texts ...string) *search.Index {
	m := &corpus.Manifest{ID: "shelf", Title: "Shelf", Sources: []corpus.Source{{ID: "s", Path: "s.txt", Format: corpus.Text}}}
	var all []*corpus.Passage
	for i, text := range texts {
		p := &corpus.Passage{ID: fmt.Sprintf("s/p%02d", i+1), Kind: corpus.Paragraph, Source: "s", Text: text, Printed: text}
		if apart {
			p.Document = &corpus.EditedDocument{ID: fmt.Sprintf("s/d%d", i+1)}
		}
		all = append(all, p)
	}
	return open(t, m, all)
}

const (
	best   = "The harbour harbour of Ostra took tolls from pilots, ballast barges and timber rafts."
	like   = "Ballast barges and timber rafts paid the pilots; of a harbour there is no word but this."
	unlike = "Wool and linen merchants quarrelled over their fair; of a harbour there is no word but this."
	other  = "Barges, rafts, pilots, ballast and timber; wool, linen, merchants and a fair that quarrelled."
)

// Of two passages that have as much of the query, the one that is like the best comes first, wherever it stands.
func TestLikeness(t *testing.T) {
	for _, texts := range [][]string{{best, unlike, like, other}, {like, unlike, best, other}, {unlike, like, other, best}} {
		ix := paragraphs(t, true, texts...)
		got := ids(find(t, ix, search.Request{Query: "harbour"}))
		want := []string{best, like, unlike}
		for i, id := range got {
			if i >= len(want) || id != fmt.Sprintf("s/p%02d", slices.Index(texts, want[i])+1) {
				t.Errorf("%q: %q come in this order", texts, got)
				break
			}
		}
	}
}

// What stands beside the best passage comes first, but not over the end of a document.
func TestLikenessBeside(t *testing.T) {
	texts := []string{"Nothing.", "Of a harbour there is no word in this but one.", "Nothing at all.", best, "No word of a harbour is in these lines, save one.", "Nothing more."}
	for _, tt := range []struct {
		apart bool
		want  string
	}{{false, "[s/p04 s/p05 s/p02]"}, {true, "[s/p04 s/p02 s/p05]"}} {
		got := fmt.Sprint(ids(find(t, paragraphs(t, tt.apart, texts...), search.Request{Query: "harbour"})))
		if got != tt.want {
			t.Errorf("documents of their own %v: %s, want %s", tt.apart, got, tt.want)
		}
	}
}

// Likeness orders hits; it neither hides one nor finds one.
func TestLikenessOnlyOrders(t *testing.T) {
	ix := open(t, manifest(), passages())
	for _, q := range []string{"railway", "treaty", "customs basis", "lindqvist treaty"} {
		ranked := find(t, ix, search.Request{Query: q})
		placed := find(t, ix, search.Request{Query: q, Sort: search.ByPosition})
		a, b := ids(ranked), ids(placed)
		slices.Sort(a)
		slices.Sort(b)
		if ranked.Total != placed.Total || !slices.Equal(a, b) {
			t.Errorf("%q: %d hits %v by relevance, %d hits %v by position", q, ranked.Total, a, placed.Total, b)
		}
	}
}
