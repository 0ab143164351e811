package schema

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"sort"
	"unsafe"

	"github.com/blevesearch/mmap-go"
)

// Columns hold by passage what a search counts, filters and sorts by. They lie
// in one file that is mapped, not read:
//
//	8 bytes    "ibidcol2"
//	4 bytes    length of the table
//	table      JSON: passages, groups, first year, and name, offset and length of each column
//	columns    little-endian integers of 1, 4 or 8 bytes; each begins at a multiple of 8
//
// A passage is known by its ordinal, its document number in the segment.
// Passages of a group (a paragraph or footnote and the quotations in it) are
// neighbours, the holder first. Size: about 150 bytes a passage for an article
// with 5 facet values and 2 dates a passage.
type Columns struct {
	Passages int
	Groups   int
	Group    []uint32         // group of each passage, ascending
	Length   []uint32         // words of its text; for a phrase only named, of the passage that holds it
	Facet    map[string]Facet // by the names in Facets
	DateAt   []uint32         // dates of passage d: [DateAt[d], DateAt[d+1])
	Earliest []int32          // first day of each date, as Day counts
	Latest   []int32          // last day, inclusive
	Flags    []uint32         // see the flag constants
	RowAt    []uint32         // values of all facets of passage d: Row[RowAt[d]:RowAt[d+1]]
	Row      []uint32         // each the index in its facet's Values and that facet's Base
	Years    Years            // passages by the years of their dates
	data     mmap.MMap
}

// The flags of a passage.
const (
	FlagQuotation = 1 << iota // a quotation
	FlagTerm                  // a quotation that only names a phrase
	FlagHeading               // a heading
	FlagDocument              // a quotation of a primary source
	FlagGrouped               // of a group of several passages
	FlagBegins                // the first passage of a source, or of a document in an edition
)

// A Facet is the column of a property with several values.
type Facet struct {
	Base   uint32   // number of the values of the facets before it, in the order of Facets
	Values Strings  // sorted
	At     []uint32 // values of passage d: Of[At[d]:At[d+1]]
	Of     []uint32 // indexes into Values
}

// Strings is a list of strings in a mapped file. The strings are valid while it is open.
type Strings struct {
	at   []uint32
	data []byte
}

// Len returns the number of strings.
func (s Strings) Len() int { return max(len(s.at)-1, 0) }

// At returns string i.
func (s Strings) At(i int) string { return string(s.data[s.at[i]:s.at[i+1]]) }

// Index returns the index of value in a sorted list, -1 if it is not there.
func (s Strings) Index(value string) int {
	i := sort.Search(s.Len(), func(i int) bool { return s.view(i) >= value })
	if i < s.Len() && s.view(i) == value {
		return i
	}
	return -1
}

func (s Strings) view(i int) string {
	b := s.data[s.at[i]:s.at[i+1]]
	return unsafe.String(unsafe.SliceData(b), len(b))
}

const columnsMagic = "ibidcol2"

type table struct {
	Passages  int       `json:"passages"`
	Groups    int       `json:"groups"`
	FirstYear int       `json:"first_year,omitempty"`
	Cited     int       `json:"cited,omitempty"` // of a register
	Columns   []section `json:"columns"`
}

type section struct {
	Name   string `json:"name"`
	Offset int    `json:"offset"` // from the end of the table, rounded up to 8
	Length int    `json:"length"` // bytes
}

// mapped maps a file for reading.
func mapped(path string) (mmap.MMap, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := mmap.Map(f, mmap.RDONLY, 0)
	if err != nil {
		return nil, fmt.Errorf("map %s: %w", path, err)
	}
	return data, nil
}

// OpenColumns maps the columns in a file. Close them when no search uses them any more.
func OpenColumns(path string) (*Columns, error) {
	data, err := mapped(path)
	if err != nil {
		return nil, err
	}
	c, err := parseColumns(data)
	if err != nil {
		_ = data.Unmap()
		return nil, fmt.Errorf("read columns: %w", err)
	}
	c.data = data
	return c, nil
}

// Values returns the number of the values of all facets.
func (c *Columns) Values() int {
	last := c.Facet[Facets[len(Facets)-1]]
	return int(last.Base) + last.Values.Len()
}

// Close unmaps the file: every slice and view of it is invalid then.
func (c *Columns) Close() error {
	if c.data == nil {
		return nil
	}
	return c.data.Unmap()
}

var errColumns = errors.New("the file is damaged")

func parseColumns(data []byte) (*Columns, error) {
	t, r, err := parseTable(data, columnsMagic)
	if err != nil {
		return nil, err
	}
	c := &Columns{
		Passages: t.Passages, Groups: t.Groups,
		Group: column[uint32](r, "group"), Length: column[uint32](r, "length"), Flags: column[uint32](r, "flags"),
		DateAt: column[uint32](r, "date.at"), Earliest: column[int32](r, "date.earliest"), Latest: column[int32](r, "date.latest"),
		RowAt: column[uint32](r, "row.at"), Row: column[uint32](r, "row"),
		Years: Years{first: t.FirstYear, at: column[uint32](r, "years.at"), data: column[byte](r, "years")},
		Facet: make(map[string]Facet),
	}
	base := 0
	for _, f := range Facets {
		c.Facet[f] = Facet{
			Base:   uint32(base),
			Values: Strings{at: column[uint32](r, f+".values.at"), data: column[byte](r, f+".values")},
			At:     column[uint32](r, f+".at"), Of: column[uint32](r, f+".of"),
		}
		base += c.Facet[f].Values.Len()
	}
	if r.bad || len(c.Group) != c.Passages || len(c.Length) != c.Passages || len(c.DateAt) != c.Passages+1 || len(c.RowAt) != c.Passages+1 {
		return nil, errColumns
	}
	return c, nil
}

// parseTable reads the table of a file of columns.
func parseTable(data []byte, magic string) (*table, *columnReader, error) {
	if len(data) < 12 || string(data[:8]) != magic {
		return nil, nil, errColumns
	}
	n := int(binary.LittleEndian.Uint32(data[8:]))
	if n > len(data)-12 {
		return nil, nil, errColumns
	}
	var t table
	if err := json.Unmarshal(data[12:12+n], &t); err != nil {
		return nil, nil, errColumns
	}
	r := &columnReader{body: data[min(align(12+n), len(data)):], sections: make(map[string]section)}
	for _, s := range t.Columns {
		r.sections[s.Name] = s
	}
	return &t, r, nil
}

// A columnReader finds columns in the body of a file.
type columnReader struct {
	body     []byte
	sections map[string]section
	bad      bool
}

func column[T byte | uint32 | int32 | uint64](r *columnReader, name string) []T {
	s, ok := r.sections[name]
	var zero T
	size := int(unsafe.Sizeof(zero))
	if !ok || s.Offset < 0 || s.Length < 0 || s.Offset%8 != 0 || s.Length%size != 0 || s.Offset > len(r.body)-s.Length {
		r.bad = true
		return nil
	}
	if s.Length == 0 {
		return nil
	}
	return unsafe.Slice((*T)(unsafe.Pointer(&r.body[s.Offset])), s.Length/size)
}

func align(n int) int { return (n + 7) &^ 7 }
