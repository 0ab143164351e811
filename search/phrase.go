package search

import (
	"math"
	"slices"
	"strings"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"

	"ibid/indexer/schema"
)

// A foundPhrase is what a form of several words matches.
type foundPhrase struct {
	docs   *roaring.Bitmap
	counts *rankedCounts
}

// rankedCounts tell how often, by rank in the passages found.
type rankedCounts []uint16

// Count implements counter.
func (c *rankedCounts) Count(rank int) int { return int((*c)[rank]) }

func (c *rankedCounts) total() int {
	n := 0
	for _, count := range *c {
		n += int(count)
	}
	return n
}

func newFoundPhrase() foundPhrase {
	return foundPhrase{docs: roaring.New(), counts: new(rankedCounts)}
}

// add adds a passage behind those found before.
func (f foundPhrase) add(doc uint32, n int) {
	f.docs.Add(doc)
	*f.counts = append(*f.counts, uint16(min(n, 65535)))
}

func (f foundPhrase) postings() postings { return postings{f.docs, f.counts} }

// phrase returns the passages that have the terms one after the other, and how
// often. Passages that have all terms are found first; only in them positions are read.
func (s *search) phrase(terms []string) foundPhrase {
	found, _ := s.phraseAmong(terms, math.MaxInt)
	return found
}

// phraseAmong is phrase where no more than most passages have all terms; else it looks no further, and ok is false.
func (s *search) phraseAmong(terms []string, most int) (found foundPhrase, ok bool) {
	key := strings.Join(terms, " ")
	if p, ok := s.phrases[key]; ok {
		return p, true
	}
	lists, common := s.common(terms)
	found = newFoundPhrase()
	if common.GetCardinality() > uint64(most) {
		return found, false
	}
	s.phrases[key] = found
	asked := int(common.GetCardinality())
	at := make([]*places, len(lists))
	for i := range lists {
		at[i] = lists[i].places(asked)
	}
	var starts []uint16
	s.each(common, func(docs []uint32) {
		for _, doc := range docs {
			n := 1
			if len(terms) > 1 {
				starts = inOrder(at, doc, starts[:0])
				n = len(starts)
			}
			if n > 0 {
				found.add(doc, n)
			}
		}
	})
	return found, true
}

// eachPool has the buffers of each.
var eachPool = sync.Pool{New: func() any { return new([1024]uint32) }}

// each hands on the passages of docs in ascending order, some at a time, and looks
// whether the search is to go on. They are valid until visit returns.
func (s *search) each(docs *roaring.Bitmap, visit func(docs []uint32)) {
	buffer := eachPool.Get().(*[1024]uint32)
	defer eachPool.Put(buffer)
	for it := docs.ManyIterator(); ; {
		n := it.NextMany(buffer[:])
		if n == 0 {
			return
		}
		s.steps |= 255
		s.check()
		visit(buffer[:n])
	}
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
	return lists, allOf(bitmaps)
}

// allOf returns what all bitmaps have, the smallest first, in a new bitmap.
func allOf(bitmaps []*roaring.Bitmap) *roaring.Bitmap {
	sorted := slices.Clone(bitmaps)
	slices.SortStableFunc(sorted, func(a, b *roaring.Bitmap) int { return int(a.GetCardinality()) - int(b.GetCardinality()) })
	return roaring.FastAnd(sorted...)
}

// inOrder appends to starts the places of a passage where each term stands right after the one before it.
func inOrder(at []*places, doc uint32, starts []uint16) []uint16 {
	starts = append(starts, at[0].of(doc)...)
	for i, p := range at[1:] {
		here, j, kept := p.of(doc), 0, 0
		for _, start := range starts {
			want := int(start) + i + 1
			for j < len(here) && int(here[j]) < want {
				j++
			}
			if j < len(here) && int(here[j]) == want {
				starts[kept] = start
				kept++
			}
		}
		if starts = starts[:kept]; kept == 0 {
			break
		}
	}
	return starts
}

// near returns the passages that have all words, in any order and form, with at
// most slop other words between them, and how often.
func (s *search) near(words []*word, slop int) foundPhrase {
	found := newFoundPhrase()
	bitmaps := make([]*roaring.Bitmap, len(words))
	for i, w := range words {
		bitmaps[i] = w.docs
	}
	common := allOf(bitmaps)
	asked := int(common.GetCardinality())
	forms := make([][]*places, len(words))
	for i, w := range words {
		for term := range w.marks {
			forms[i] = append(forms[i], s.term(schema.FieldText, term).places(asked))
		}
	}
	s.each(common, func(docs []uint32) {
		for _, doc := range docs {
			if n := windows(occurrences(forms, doc), len(words), slop); n > 0 {
				found.add(doc, n)
			}
		}
	})
	return found
}

// An occurrence is a place where a word of the query stands.
type occurrence struct{ pos, word int }

// occurrences returns where the words stand in a passage, in order of position.
func occurrences(forms [][]*places, doc uint32) []occurrence {
	var out []occurrence
	for i, terms := range forms {
		for _, t := range terms {
			for _, pos := range t.of(doc) {
				out = append(out, occurrence{int(pos), i})
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
