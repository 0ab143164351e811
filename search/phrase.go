package search

import (
	"slices"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"

	"ibid/indexer/schema"
)

// phrase returns the passages that have the terms one after the other, and how
// often. Passages that have all terms are found first; only in them positions are read.
func (s *search) phrase(terms []string) (*roaring.Bitmap, map[uint32]int) {
	key := strings.Join(terms, " ")
	if p, ok := s.phrases[key]; ok {
		return p.docs, p.counts
	}
	found := foundPhrase{docs: roaring.New(), counts: make(map[uint32]int)}
	s.phrases[key] = found
	lists, common := s.common(terms)
	if common.IsEmpty() {
		return found.docs, found.counts
	}
	if len(terms) == 1 {
		for it := common.Iterator(); it.HasNext(); {
			found.add(it.Next(), 1)
		}
		return found.docs, found.counts
	}
	at := make([]*positions, len(lists))
	for i := range lists {
		at[i] = lists[i].positions()
	}
	for it := common.Iterator(); it.HasNext(); {
		s.check()
		doc := it.Next()
		if n := inOrder(at, doc); n > 0 {
			found.add(doc, n)
		}
	}
	return found.docs, found.counts
}

type foundPhrase struct {
	docs   *roaring.Bitmap
	counts map[uint32]int
}

func (f foundPhrase) add(doc uint32, n int) {
	f.docs.Add(doc)
	f.counts[doc] = n
}

// common returns the postings of each term and the passages that have all of them.
func (s *search) common(terms []string) ([]postings, *roaring.Bitmap) {
	lists := make([]postings, len(terms))
	bitmaps := make([]*roaring.Bitmap, len(terms))
	for i, t := range terms {
		lists[i] = s.term(schema.FieldText, t)
		bitmaps[i] = lists[i].docs
		if bitmaps[i].IsEmpty() {
			return nil, roaring.New()
		}
	}
	return lists, roaring.FastAnd(bitmaps...)
}

// inOrder counts the places of a passage where each term stands right after the one before it.
func inOrder(at []*positions, doc uint32) int {
	starts := slices.Clone(at[0].of(doc))
	for i, p := range at[1:] {
		here := p.of(doc)
		starts = slices.DeleteFunc(starts, func(start int) bool {
			_, ok := slices.BinarySearch(here, start+i+1)
			return !ok
		})
		if len(starts) == 0 {
			return 0
		}
	}
	return len(starts)
}

// near returns the passages that have all words, in any order and form, with at
// most slop other words between them, and how often.
func (s *search) near(words []*word, slop int) (*roaring.Bitmap, map[uint32]int) {
	found := foundPhrase{docs: roaring.New(), counts: make(map[uint32]int)}
	bitmaps := make([]*roaring.Bitmap, len(words))
	forms := make([][]*positions, len(words))
	for i, w := range words {
		bitmaps[i] = w.docs
		for term := range w.marks {
			forms[i] = append(forms[i], s.term(schema.FieldText, term).positions())
		}
	}
	for it := roaring.FastAnd(bitmaps...).Iterator(); it.HasNext(); {
		s.check()
		doc := it.Next()
		if n := windows(occurrences(forms, doc), len(words), slop); n > 0 {
			found.add(doc, n)
		}
	}
	return found.docs, found.counts
}

// An occurrence is a place where a word of the query stands.
type occurrence struct{ pos, word int }

// occurrences returns where the words stand in a passage, in order of position.
func occurrences(forms [][]*positions, doc uint32) []occurrence {
	var out []occurrence
	for i, terms := range forms {
		for _, t := range terms {
			for _, pos := range t.of(doc) {
				out = append(out, occurrence{pos, i})
			}
		}
	}
	slices.SortFunc(out, func(a, b occurrence) int {
		if a.pos != b.pos {
			return a.pos - b.pos
		}
		return a.word - b.word
	})
	return out
}

// windows counts the stretches, not overlapping, that hold every one of n words
// with at most slop others between.
func windows(all []occurrence, n, slop int) int {
	count, left, missing := 0, 0, n
	have := make([]int, n)
	for right, o := range all {
		if have[o.word]++; have[o.word] == 1 {
			missing--
		}
		for missing == 0 && have[all[left].word] > 1 {
			have[all[left].word]--
			left++
		}
		if missing == 0 && all[right].pos-all[left].pos+1-n <= slop {
			count++
			clear(have)
			left, missing = right+1, n
		}
	}
	return count
}
