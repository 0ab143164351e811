package schema

import (
	"bufio"
	"cmp"
	"encoding/binary"
	"encoding/json"
	"io"
	"slices"

	"ibid/corpus"
)

// A ColumnsWriter collects the columns of passages in their order.
type ColumnsWriter struct {
	group, length, flags []uint32
	facets               map[string]*facetWriter
	dateAt               []uint32
	earliest, latest     []int32
	years                *yearsWriter
	groups               int
	source, document     string // of the passage before
}

type facetWriter struct {
	ordinal map[string]uint32
	values  []string
	at, of  []uint32
}

// NewColumnsWriter returns an empty writer.
func NewColumnsWriter() *ColumnsWriter {
	w := &ColumnsWriter{facets: make(map[string]*facetWriter), dateAt: []uint32{0}, years: newYearsWriter()}
	for _, f := range Facets {
		w.facets[f] = &facetWriter{ordinal: make(map[string]uint32), at: []uint32{0}}
	}
	return w
}

// Add adds the next passage. One that does not begin a group belongs to that of the passage before it.
func (w *ColumnsWriter) Add(p *corpus.Passage, begins bool) {
	if begins {
		w.groups++
	}
	flags := flagsOf(p) | w.beginning(p)
	w.group = append(w.group, uint32(w.groups-1))
	w.flags = append(w.flags, flags)
	if !begins {
		w.markGroup()
	}
	for _, f := range Facets {
		w.facets[f].add(Values(p, f))
	}
	for _, d := range Intervals(p) {
		w.earliest = append(w.earliest, d.From)
		w.latest = append(w.latest, d.To)
		w.years.add(uint32(len(w.group)-1), d)
	}
	w.dateAt = append(w.dateAt, uint32(len(w.earliest)))
}

// beginning returns FlagBegins for a passage of another source or document than the one before it.
func (w *ColumnsWriter) beginning(p *corpus.Passage) uint32 {
	document := ""
	if p.Document != nil {
		document = p.Document.ID
	}
	if len(w.group) > 0 && p.Source == w.source && document == w.document {
		return 0
	}
	w.source, w.document = p.Source, document
	return FlagBegins
}

// SetLengths tells how many words each passage has. What only names a phrase is as
// long as the passage that holds it.
func (w *ColumnsWriter) SetLengths(words []uint32) {
	w.length = words
	holder := 0
	for i := range words {
		if w.group[i] != w.group[holder] {
			holder = i
		}
		if w.flags[i]&FlagTerm != 0 {
			words[i] = max(words[i], words[holder])
		}
	}
}

// markGroup notes of the passages of the last group that they are several.
func (w *ColumnsWriter) markGroup() {
	last := len(w.group) - 1
	for i := last; i >= 0 && w.group[i] == w.group[last]; i-- {
		w.flags[i] |= FlagGrouped
	}
}

// Groups returns how many groups were begun.
func (w *ColumnsWriter) Groups() int { return w.groups }

func flagsOf(p *corpus.Passage) uint32 {
	switch {
	case p.Kind == corpus.Heading:
		return FlagHeading
	case p.Kind != corpus.Quotation:
		return 0
	case p.Nature == corpus.OfTerm:
		return FlagQuotation | FlagTerm
	case p.Nature == corpus.OfDocument:
		return FlagQuotation | FlagDocument
	}
	return FlagQuotation
}

func (f *facetWriter) add(values []string) {
	for _, v := range values {
		o, ok := f.ordinal[v]
		if !ok {
			o = uint32(len(f.values))
			f.ordinal[v] = o
			f.values = append(f.values, v)
		}
		f.of = append(f.of, o)
	}
	f.at = append(f.at, uint32(len(f.of)))
}

// sorted returns the values in order, and the column with their new indexes, in place of the old.
func (f *facetWriter) sorted() (values []string, of []uint32) {
	order := make([]uint32, len(f.values))
	for i := range order {
		order[i] = uint32(i)
	}
	slices.SortFunc(order, func(a, b uint32) int { return cmp.Compare(f.values[a], f.values[b]) })
	place := make([]uint32, len(order))
	values = make([]string, len(order))
	for i, o := range order {
		place[o] = uint32(i)
		values[i] = f.values[o]
	}
	for i, o := range f.of {
		f.of[i] = place[o]
	}
	return values, f.of
}

// WriteTo writes the file. It is called once, behind everything else.
func (w *ColumnsWriter) WriteTo(out io.Writer) (int64, error) {
	years, err := w.years.finish()
	if err != nil {
		return 0, err
	}
	f := fileWriter{table: table{Passages: len(w.group), Groups: w.groups, FirstYear: years.first}}
	put(&f, "group", w.group)
	put(&f, "length", w.length)
	put(&f, "flags", w.flags)
	put(&f, "date.at", w.dateAt)
	put(&f, "date.earliest", w.earliest)
	put(&f, "date.latest", w.latest)
	put(&f, "years.at", years.at)
	put(&f, "years", years.data)
	rows := rowWriter{at: make([]uint32, len(w.group)+1)}
	for _, name := range Facets {
		values, of := w.facets[name].sorted()
		rows.facets = append(rows.facets, rowFacet{base: rows.values, at: w.facets[name].at, of: of})
		rows.values += uint32(len(values))
		at, data := []uint32{0}, []byte(nil)
		for _, v := range values {
			data = append(data, v...)
			at = append(at, uint32(len(data)))
		}
		put(&f, name+".values.at", at)
		put(&f, name+".values", data)
		put(&f, name+".at", w.facets[name].at)
		put(&f, name+".of", of)
	}
	f.put("row", 4*rows.index(), rows.write)
	put(&f, "row.at", rows.at)
	return f.writeTo(columnsMagic, out)
}

// A rowWriter puts the values of all facets of a passage side by side.
type rowWriter struct {
	facets []rowFacet
	values uint32
	at     []uint32
}

type rowFacet struct {
	base   uint32
	at, of []uint32
}

// index sets where the row of each passage begins, and returns the length of all.
func (w *rowWriter) index() int {
	for d := range len(w.at) - 1 {
		n := w.at[d]
		for _, f := range w.facets {
			n += f.at[d+1] - f.at[d]
		}
		w.at[d+1] = n
	}
	return int(w.at[len(w.at)-1])
}

// write writes the rows.
func (w *rowWriter) write(out io.Writer) error {
	var row []byte
	for d := range len(w.at) - 1 {
		row = row[:0]
		for _, f := range w.facets {
			for _, v := range f.of[f.at[d]:f.at[d+1]] {
				row = binary.LittleEndian.AppendUint32(row, f.base+v)
			}
		}
		if _, err := out.Write(row); err != nil {
			return err
		}
	}
	return nil
}

// A fileWriter collects sections and writes them behind their table.
type fileWriter struct {
	table    table
	sections []func(io.Writer) error
	end      int
}

// put adds a section of values of fixed size.
func put[T byte | uint32 | int32 | uint64](f *fileWriter, name string, values []T) {
	f.put(name, binary.Size(values), func(w io.Writer) error {
		for some := range slices.Chunk(values, 1<<14) { // binary.Write makes a copy
			if err := binary.Write(w, binary.LittleEndian, some); err != nil {
				return err
			}
		}
		return nil
	})
}

// put adds a section of so many bytes, which write writes.
func (f *fileWriter) put(name string, length int, write func(io.Writer) error) {
	f.table.Columns = append(f.table.Columns, section{Name: name, Offset: f.end, Length: length})
	f.end = align(f.end + length)
	f.sections = append(f.sections, func(w io.Writer) error {
		if err := write(w); err != nil {
			return err
		}
		_, err := w.Write(make([]byte, align(length)-length))
		return err
	})
}

func (f *fileWriter) writeTo(magic string, out io.Writer) (int64, error) {
	head, err := json.Marshal(f.table)
	if err != nil {
		return 0, err
	}
	w := bufio.NewWriter(out)
	start := append([]byte(magic), binary.LittleEndian.AppendUint32(nil, uint32(len(head)))...)
	start = append(start, head...)
	start = append(start, make([]byte, align(len(start))-len(start))...)
	if _, err := w.Write(start); err != nil {
		return 0, err
	}
	for _, s := range f.sections {
		if err := s(w); err != nil {
			return 0, err
		}
	}
	return int64(len(start) + f.end), w.Flush()
}
