package schema

import (
	"bufio"
	"bytes"
	"cmp"
	"container/heap"
	"encoding/binary"
	"errors"
	"io"
	"maps"
	"os"
	"slices"

	"ibid/indexer/analysis"
)

// A Run is a file of the occurrences in some passages that follow each other,
// from which those of more passages are merged. For each field and term, in order:
//
//	field      a byte, 's' for stems or 't' for the text
//	term       length as uvarint, bytes
//	counts     length in bytes as uvarint, then each as uvarint
//	positions  length in bytes as uvarint, then each as two bytes, little-endian
type runRecord struct {
	field     byte
	term      []byte
	counts    []byte
	positions []byte
}

const (
	runStem = 's'
	runText = 't'
)

// A RunWriter collects the occurrences in passages, in their order.
type RunWriter struct {
	terms map[byte]map[string]*runRecord
}

// NewRunWriter returns an empty writer.
func NewRunWriter() *RunWriter {
	return &RunWriter{terms: map[byte]map[string]*runRecord{runStem: {}, runText: {}}}
}

// Add adds the next passage, of which these are the tokens and their stems.
func (w *RunWriter) Add(tokens []analysis.Token, stems []string) {
	text, stem := make(map[string][]uint16, len(tokens)), make(map[string]int, len(tokens))
	for i, t := range tokens {
		text[t.Term] = append(text[t.Term], uint16(min(t.Pos, lastPosition)))
		stem[stems[i]]++
	}
	for term, at := range text {
		slices.Sort(at)
		r := w.record(runText, term)
		r.counts = binary.AppendUvarint(r.counts, uint64(len(at)))
		for _, p := range at {
			r.positions = binary.LittleEndian.AppendUint16(r.positions, p)
		}
	}
	for term, n := range stem {
		r := w.record(runStem, term)
		r.counts = binary.AppendUvarint(r.counts, uint64(n))
	}
}

func (w *RunWriter) record(field byte, term string) *runRecord {
	r, ok := w.terms[field][term]
	if !ok {
		r = &runRecord{field: field, term: []byte(term)}
		w.terms[field][term] = r
	}
	return r
}

// WriteFile writes the run.
func (w *RunWriter) WriteFile(path string) error {
	return writeRun(path, func(out *bufio.Writer) error {
		for _, field := range []byte{runStem, runText} {
			terms := w.terms[field]
			for _, term := range slices.Sorted(maps.Keys(terms)) {
				if err := terms[term].write(out); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

func writeRun(path string, write func(*bufio.Writer) error) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer f.Close()
	w := bufio.NewWriterSize(f, 1<<18)
	if err := write(w); err != nil {
		return err
	}
	if err := w.Flush(); err != nil {
		return err
	}
	return f.Close()
}

func (r *runRecord) write(w *bufio.Writer) error {
	head := binary.AppendUvarint([]byte{r.field}, uint64(len(r.term)))
	for _, part := range [][]byte{head, r.term, binary.AppendUvarint(nil, uint64(len(r.counts))), r.counts, binary.AppendUvarint(nil, uint64(len(r.positions))), r.positions} {
		if _, err := w.Write(part); err != nil {
			return err
		}
	}
	return nil
}

// A runReader reads a run; record is the one at hand.
type runReader struct {
	file   *os.File
	r      *bufio.Reader
	order  int // of its passages among those of the runs read with it
	record runRecord
}

// next reads the next record; io.EOF at the end.
func (r *runReader) next() error {
	field, err := r.r.ReadByte()
	if err != nil {
		return err
	}
	r.record.field = field
	for _, part := range []*[]byte{&r.record.term, &r.record.counts, &r.record.positions} {
		n, err := binary.ReadUvarint(r.r)
		if err != nil {
			return errors.Join(io.ErrUnexpectedEOF, err)
		}
		*part = slices.Grow((*part)[:0], int(n))[:n]
		if _, err := io.ReadFull(r.r, *part); err != nil {
			return errors.Join(io.ErrUnexpectedEOF, err)
		}
	}
	return nil
}

// runHeap has the reader with the first record on top.
type runHeap []*runReader

func (h runHeap) Len() int { return len(h) }
func (h runHeap) Less(i, j int) bool {
	a, b := &h[i].record, &h[j].record
	return cmp.Or(cmp.Compare(a.field, b.field), bytes.Compare(a.term, b.term), cmp.Compare(h[i].order, h[j].order)) < 0
}
func (h runHeap) Swap(i, j int) { h[i], h[j] = h[j], h[i] }
func (h *runHeap) Push(x any)   { *h = append(*h, x.(*runReader)) }
func (h *runHeap) Pop() any {
	last := (*h)[len(*h)-1]
	*h = (*h)[:len(*h)-1]
	return last
}

// mergeRuns hands on the records of runs in order, those of one term as one. The record is
// valid until emit returns.
func mergeRuns(paths []string, emit func(*runRecord) error) error {
	var h runHeap
	var files []*os.File
	defer func() {
		for _, f := range files {
			_ = f.Close() // it was only read
		}
	}()
	for i, path := range paths {
		f, err := os.Open(path)
		if err != nil {
			return err
		}
		files = append(files, f)
		r := &runReader{file: f, r: bufio.NewReaderSize(f, 1<<17), order: i}
		if err := r.next(); err == nil {
			h = append(h, r)
		} else if !errors.Is(err, io.EOF) {
			return err
		}
	}
	heap.Init(&h)
	var all runRecord
	for len(h) > 0 {
		first := &h[0].record
		all.field, all.term = first.field, append(all.term[:0], first.term...)
		all.counts, all.positions = all.counts[:0], all.positions[:0]
		for len(h) > 0 && h[0].record.field == all.field && bytes.Equal(h[0].record.term, all.term) {
			all.counts = append(all.counts, h[0].record.counts...)
			all.positions = append(all.positions, h[0].record.positions...)
			switch err := h[0].next(); {
			case err == nil:
				heap.Fix(&h, 0)
			case errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF):
				heap.Pop(&h)
			default:
				return err
			}
		}
		if err := emit(&all); err != nil {
			return err
		}
	}
	return nil
}

// MergeRuns merges runs whose passages follow each other into one.
func MergeRuns(paths []string, out string) error {
	return writeRun(out, func(w *bufio.Writer) error {
		return mergeRuns(paths, func(r *runRecord) error { return r.write(w) })
	})
}

// WriteOccurrences merges runs into the files that OpenOccurrences maps: the counts of the stems,
// those of the text, and the positions of the text.
func WriteOccurrences(paths []string, stemCounts, textCounts, positions string) error {
	fields := map[byte]*occurrencesWriter{runStem: newOccurrencesWriter(), runText: newOccurrencesWriter()}
	err := writeRun(positions, func(w *bufio.Writer) error {
		return mergeRuns(paths, func(r *runRecord) error {
			if err := fields[r.field].add(r); err != nil {
				return err
			}
			_, err := w.Write(r.positions)
			return err
		})
	})
	if err != nil {
		return err
	}
	for field, path := range map[byte]string{runStem: stemCounts, runText: textCounts} {
		if err := writeRun(path, func(w *bufio.Writer) error { return fields[field].writeTo(w) }); err != nil {
			return err
		}
	}
	return nil
}

// An occurrencesWriter collects the counts of a field.
type occurrencesWriter struct {
	termsAt []uint32
	terms   []byte
	at      []uint64
	counts  []byte
	sums    []uint64
	total   uint64
	wideAt  []uint64
	wide    []uint32
}

func newOccurrencesWriter() *occurrencesWriter {
	return &occurrencesWriter{termsAt: []uint32{0}, at: []uint64{0}, sums: []uint64{0}}
}

func (w *occurrencesWriter) add(r *runRecord) error {
	w.terms = append(w.terms, r.term...)
	w.termsAt = append(w.termsAt, uint32(len(w.terms)))
	for rest := r.counts; len(rest) > 0; {
		n, size := binary.Uvarint(rest)
		if size <= 0 {
			return io.ErrUnexpectedEOF
		}
		rest = rest[size:]
		if n >= wideCount {
			w.wideAt, w.wide = append(w.wideAt, uint64(len(w.counts))), append(w.wide, uint32(n))
		}
		w.counts = append(w.counts, byte(min(n, wideCount)))
		if w.total += n; len(w.counts)%sumBlock == 0 {
			w.sums = append(w.sums, w.total)
		}
	}
	w.at = append(w.at, uint64(len(w.counts)))
	return nil
}

func (w *occurrencesWriter) writeTo(out io.Writer) error {
	var f fileWriter
	put(&f, "terms.at", w.termsAt)
	put(&f, "terms", w.terms)
	put(&f, "at", w.at)
	put(&f, "counts", w.counts)
	put(&f, "sums", w.sums)
	put(&f, "wide.at", w.wideAt)
	put(&f, "wide", w.wide)
	_, err := f.writeTo(occurrencesMagic, out)
	return err
}
