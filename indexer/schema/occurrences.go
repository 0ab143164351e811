package schema

import (
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"unsafe"

	"github.com/blevesearch/mmap-go"
)

// Occurrences tell how often each term of a field is in each passage that has
// it, and where. The passages themselves are in the posting list of the segment:
// the i-th passage of the list has the i-th count of the term. Counts and, for
// the text, positions lie in mapped files, an entry of fixed size each, so that
// one is read without those before it:
//
//	terms      in order
//	at         index of the first count of each term, and the number of all
//	counts     a byte each; 255 stands for one of wide
//	sums       sum of the counts before each block of 64
//	wide.at, wide  counts of 255 and more, by index
//
// The positions are words from the beginning of the passage, from 0, two bytes
// each; words beyond the 65,535th of a passage all have that one, so that they
// are found, but not as part of a phrase.
type Occurrences struct {
	terms     Strings
	at        []uint64
	counts    []byte
	sums      []uint64
	wideAt    []uint64
	wide      []uint32
	positions []uint16 // nil for a field without
	files     []mmap.MMap
}

const (
	occurrencesMagic = "ibidocc1"
	sumBlock         = 64
	wideCount        = 255
	lastPosition     = 65535
)

// OpenOccurrences maps the counts in a file, and the positions in another if that is not "".
func OpenOccurrences(counts, positions string) (*Occurrences, error) {
	o := new(Occurrences)
	err := o.open(counts, positions)
	if err != nil {
		_ = o.Close()
		return nil, err
	}
	return o, nil
}

func (o *Occurrences) open(counts, positions string) error {
	data, err := o.mapFile(counts)
	if err != nil {
		return err
	}
	_, r, err := parseTable(data, occurrencesMagic)
	if err != nil {
		return fmt.Errorf("%s: %w", filepath.Base(counts), err)
	}
	o.terms = Strings{at: column[uint32](r, "terms.at"), data: column[byte](r, "terms")}
	o.at, o.counts, o.sums = column[uint64](r, "at"), column[byte](r, "counts"), column[uint64](r, "sums")
	o.wideAt, o.wide = column[uint64](r, "wide.at"), column[uint32](r, "wide")
	if r.bad || len(o.at) != o.terms.Len()+1 || o.at[len(o.at)-1] != uint64(len(o.counts)) ||
		len(o.sums) != len(o.counts)/sumBlock+1 || len(o.wide) != len(o.wideAt) {
		return fmt.Errorf("%s: %w", filepath.Base(counts), errColumns)
	}
	if positions == "" {
		return nil
	}
	if data, err = o.mapFile(positions); err != nil {
		return err
	}
	if uint64(len(data)) != 2*o.sum(uint64(len(o.counts))) {
		return fmt.Errorf("%s: %w", filepath.Base(positions), errColumns)
	}
	if len(data) > 0 {
		o.positions = unsafe.Slice((*uint16)(unsafe.Pointer(&data[0])), len(data)/2)
	}
	return nil
}

// mapFile maps a file; an empty one has no bytes to map.
func (o *Occurrences) mapFile(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil || info.Size() == 0 {
		return nil, err
	}
	data, err := mapped(path)
	if err != nil {
		return nil, err
	}
	o.files = append(o.files, data)
	return data, nil
}

// Close unmaps the files: every slice of them is invalid then.
func (o *Occurrences) Close() error {
	var first error
	for _, f := range o.files {
		if err := f.Unmap(); err != nil && first == nil {
			first = err
		}
	}
	o.files = nil
	return first
}

// Len returns the number of terms.
func (o *Occurrences) Len() int { return o.terms.Len() }

// Each calls visit with each term in order.
func (o *Occurrences) Each(visit func(term string, c Counts) error) error {
	for i := range o.terms.Len() {
		if err := visit(o.terms.At(i), o.term(i)); err != nil {
			return err
		}
	}
	return nil
}

// Of returns the counts of a term; none where no passage has it.
func (o *Occurrences) Of(term string) Counts {
	i := o.terms.Index(term)
	if i < 0 {
		return Counts{}
	}
	return o.term(i)
}

func (o *Occurrences) term(i int) Counts {
	return Counts{o: o, first: o.at[i], Bytes: o.counts[o.at[i]:o.at[i+1]]}
}

// sum returns the sum of the first n counts.
func (o *Occurrences) sum(n uint64) uint64 {
	total := o.sums[n/sumBlock]
	for i := n / sumBlock * sumBlock; i < n; i++ {
		if c := o.counts[i]; c < wideCount {
			total += uint64(c)
		} else {
			total += uint64(o.wideCount(i))
		}
	}
	return total
}

func (o *Occurrences) wideCount(i uint64) uint32 {
	at := sort.Search(len(o.wideAt), func(j int) bool { return o.wideAt[j] >= i })
	if at == len(o.wideAt) || o.wideAt[at] != i {
		return wideCount
	}
	return o.wide[at]
}

// Passages returns how many passages have term i of those in order.
func (o *Occurrences) Passages(i uint32) int { return int(o.at[i+1] - o.at[i]) }

// Counts are the counts of a term, by its rank in the posting list, from 0.
type Counts struct {
	o     *Occurrences
	first uint64
	Bytes []byte // the counts; 255 where Count tells a greater one
}

// Len returns the number of passages that have the term.
func (c Counts) Len() int { return len(c.Bytes) }

// Count returns how often the passage of a rank has the term.
func (c Counts) Count(rank int) int {
	if n := c.Bytes[rank]; n < wideCount {
		return int(n)
	}
	return int(c.o.wideCount(c.first + uint64(rank)))
}

// Total returns how often the term occurs in all passages.
func (c Counts) Total() int {
	if c.o == nil {
		return 0
	}
	return int(c.o.sum(c.first+uint64(len(c.Bytes))) - c.o.sum(c.first))
}

// Positions returns where the term stands in the passage of a rank, in order. They are
// valid while the file is open.
func (c Counts) Positions(rank int) []uint16 {
	from := c.o.sum(c.first + uint64(rank))
	return c.o.positions[from : from+uint64(c.Count(rank))]
}
