package schema

import (
	"bufio"
	"fmt"
	"math"
	"slices"
	"unicode"
	"unicode/utf8"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/mmap-go"
	segment "github.com/blevesearch/scorch_segment_api/v2"

	"ibid/indexer/analysis"
)

// Telling holds by passage the stems that tell most of what it is about, by which passages are
// likened to each other. They lie in one file that is mapped, not read, of sections as Columns has:
//
//	at      stems of passage d: of[at[d]:at[d+1]]
//	of      indexes into the stems of the index, ascending
//	norm    root of the sum of the squared weights of a passage's stems, as the bits of a float64
//
// A stem weighs ln(N/n), of n of N passages. Those of a passage are the mostTelling that have the
// greatest weight times occurrences, of which countedTelling count at most; among them are no stop words, numbers or
// stems of one passage only. Size: about 140 bytes a passage.
type Telling struct {
	at, of   []uint32
	norm     []uint64
	passages float64
	data     mmap.MMap
}

const (
	tellingMagic   = "ibidtel1"
	mostTelling    = 32
	countedTelling = 3
)

// tellingBlock is the number of passages whose stems are chosen at once: 69 MB.
var tellingBlock = 1 << 18 // changed by tests only

// OpenTelling maps the telling stems in a file.
func OpenTelling(path string) (*Telling, error) {
	data, err := mapped(path)
	if err != nil {
		return nil, err
	}
	t, err := parseTelling(data)
	if err != nil {
		_ = data.Unmap()
		return nil, fmt.Errorf("read telling stems: %w", err)
	}
	t.data = data
	return t, nil
}

func parseTelling(data []byte) (*Telling, error) {
	t, r, err := parseTable(data, tellingMagic)
	if err != nil {
		return nil, err
	}
	out := &Telling{at: column[uint32](r, "at"), of: column[uint32](r, "of"), norm: column[uint64](r, "norm"), passages: float64(t.Passages)}
	if r.bad || len(out.norm) != t.Passages || len(out.at) != t.Passages+1 || !slices.IsSorted(out.at) || int(out.at[t.Passages]) != len(out.of) {
		return nil, errColumns
	}
	return out, nil
}

// Close unmaps the file: no slice of it is valid then.
func (t *Telling) Close() error { return t.data.Unmap() }

// Len returns the number of passages.
func (t *Telling) Len() int { return len(t.norm) }

// Of returns the telling stems of a passage as indexes into the stems of the index, ascending. They belong to the mapped file.
func (t *Telling) Of(passage uint32) []uint32 { return t.of[t.at[passage]:t.at[passage+1]] }

// Norm returns the length of the vector of a passage's telling stems; 0 if it has none.
func (t *Telling) Norm(passage uint32) float64 {
	return math.Float64frombits(t.norm[passage])
}

// Weight returns what a stem weighs that so many passages have.
func (t *Telling) Weight(passages int) float64 { return tellingWeight(t.passages, passages) }

func tellingWeight(all float64, passages int) float64 { return math.Log(all / float64(passages)) }

// WriteTelling chooses the telling stems of the passages of a segment, whose stems have the counts in stems, and writes the file.
func WriteTelling(path string, seg segment.Segment, stems *Occurrences) error {
	dict, err := seg.Dictionary(FieldStem)
	if err != nil {
		return err
	}
	n := int(seg.Count())
	at, of, norm := make([]uint32, 1, n+1), make([]uint32, 0, n*mostTelling), make([]uint64, 0, n)
	for first := 0; first < n; first += tellingBlock {
		block := make([]tellingStems, min(tellingBlock, n-first))
		err := chooseTelling(block, uint32(first), float64(n), dict, stems)
		if err != nil {
			return err
		}
		for i := range block {
			chosen := block[i].sorted()
			of = append(of, chosen...)
			square := 0.0
			for _, stem := range chosen {
				w := tellingWeight(float64(n), stems.Passages(stem))
				square += w * w
			}
			at = append(at, uint32(len(of)))
			norm = append(norm, math.Float64bits(math.Sqrt(square)))
		}
	}
	f := fileWriter{table: table{Passages: n}}
	put(&f, "at", at)
	put(&f, "of", of)
	put(&f, "norm", norm)
	return writeRun(path, func(out *bufio.Writer) error {
		_, err := f.writeTo(tellingMagic, out)
		return err
	})
}

// chooseTelling chooses the stems of the passages of a block, of which first is the first, of all passages.
func chooseTelling(block []tellingStems, first uint32, all float64, dict segment.TermDictionary, stems *Occurrences) error {
	index := uint32(0)
	return stems.Each(func(stem string, counts Counts) error {
		i := index
		index++
		if counts.Len() < 2 || analysis.IsStop(stem) || !tells(stem) {
			return nil
		}
		list, err := dict.PostingsList([]byte(stem), nil, nil)
		if err != nil {
			return err
		}
		docs := Passages(list)
		if int(docs.GetCardinality()) != counts.Len() {
			return fmt.Errorf("the postings of the stem %q are not those that were counted", stem)
		}
		weight := float32(tellingWeight(all, counts.Len()))
		rank := 0
		if first > 0 {
			rank = int(docs.Rank(first - 1))
		}
		it := docs.Iterator()
		for it.AdvanceIfNeeded(first); it.HasNext(); rank++ {
			passage := it.Next()
			if passage-first >= uint32(len(block)) {
				break
			}
			block[passage-first].offer(tellingStem{i, float32(min(counts.Count(rank), countedTelling)) * weight})
		}
		return nil
	})
}

// tells says whether a stem may tell what a passage is about: one of three letters that is no number.
func tells(stem string) bool {
	first, _ := utf8.DecodeRuneInString(stem)
	return utf8.RuneCountInString(stem) > 2 && unicode.IsLetter(first)
}

// tellingStems are the best stems of a passage so far.
type tellingStems struct {
	n, worst int // worst is the index of the first to go, once there are as many as may be
	best     [mostTelling]tellingStem
}

type tellingStem struct {
	index uint32
	worth float32
}

// offer keeps a stem if it is among the best; of equal ones those that came first.
func (t *tellingStems) offer(s tellingStem) {
	switch {
	case t.n < len(t.best):
		t.best[t.n] = s
		t.n++
	case s.worth > t.best[t.worst].worth:
		copy(t.best[t.worst:], t.best[t.worst+1:])
		t.best[len(t.best)-1] = s
	default:
		return
	}
	if t.n == len(t.best) {
		t.worst = 0
		for i := range t.best {
			if t.best[i].worth <= t.best[t.worst].worth {
				t.worst = i
			}
		}
	}
}

// sorted returns the indexes of the stems in order.
func (t *tellingStems) sorted() []uint32 {
	out := make([]uint32, t.n)
	for i, s := range t.best[:t.n] {
		out[i] = s.index
	}
	slices.Sort(out)
	return out
}

// Passages returns the passages of a posting list. They belong to the segment: never change them.
func Passages(list segment.PostingsList) *roaring.Bitmap {
	if it, ok := list.Iterator(false, false, false, nil).(segment.OptimizablePostingsIterator); ok {
		if doc, one := it.DocNum1Hit(); one {
			return roaring.BitmapOf(uint32(doc))
		}
		if docs := it.ActualBitmap(); docs != nil {
			return docs
		}
	}
	return roaring.New()
}
