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

	index "github.com/blevesearch/bleve_index_api"

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
	text, stems map[string]*runTerm
	passage     int // the one at hand, from 1
	tokens      []analysis.Token

	met, metStems []*runTerm // in the passage at hand
}

// A runTerm is a term and what is told of it so far.
type runTerm struct {
	runRecord
	shared  *index.TokenFreq // the term for bleve
	text    string           // the term
	stem    *runTerm         // of a term of the text
	passage int              // the last that has it
	count   uint64           // in that passage
}

// NewRunWriter returns an empty writer.
func NewRunWriter() *RunWriter {
	return &RunWriter{text: make(map[string]*runTerm), stems: make(map[string]*runTerm)}
}

// Add adds the next passage. It returns the different terms of its text and their
// different stems, which are shared, and the number of its words.
func (w *RunWriter) Add(text string) (terms, stems index.TokenFrequencies, words int) {
	w.passage++
	w.tokens = analysis.AppendTokens(w.tokens[:0], text)
	w.met, w.metStems = w.met[:0], w.metStems[:0]
	for _, token := range w.tokens {
		t := w.term(token.Term)
		if t.meet(w.passage) {
			w.met = append(w.met, t)
		}
		t.positions = binary.LittleEndian.AppendUint16(t.positions, uint16(min(token.Pos, lastPosition)))
		if t.stem.meet(w.passage) {
			w.metStems = append(w.metStems, t.stem)
		}
		if !token.Extra {
			words++
		}
	}
	return sharedTerms(w.met), sharedTerms(w.metStems), words
}

func sharedTerms(met []*runTerm) index.TokenFrequencies {
	out := make(index.TokenFrequencies, len(met))
	for _, t := range met {
		out[t.text] = t.shared
	}
	return out
}

// meet counts an occurrence, and says whether it is the first in the passage.
func (t *runTerm) meet(passage int) bool {
	first := t.passage != passage
	if first {
		t.close()
		t.passage = passage
	}
	t.count++
	return first
}

// close notes the count of the last passage.
func (t *runTerm) close() {
	if t.count > 0 {
		t.counts = binary.AppendUvarint(t.counts, t.count)
		t.count = 0
	}
}

func (w *RunWriter) term(term string) *runTerm {
	t, ok := w.text[term]
	if !ok {
		t = newRunTerm(runText, term)
		w.text[term] = t
		stem := analysis.Stem(term)
		if t.stem, ok = w.stems[stem]; !ok {
			t.stem = newRunTerm(runStem, stem)
			w.stems[stem] = t.stem
		}
	}
	return t
}

func newRunTerm(field byte, term string) *runTerm {
	bytes := []byte(term)
	return &runTerm{runRecord: runRecord{field: field, term: bytes}, shared: &index.TokenFreq{Term: bytes}, text: term}
}

// WriteFile writes the run. Nothing can be added after that.
func (w *RunWriter) WriteFile(path string) error {
	return writeRun(path, func(out *bufio.Writer) error {
		for _, field := range []map[string]*runTerm{w.stems, w.text} {
			for _, term := range slices.Sorted(maps.Keys(field)) {
				field[term].close()
				if err := field[term].write(out); err != nil {
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
// those of the text, and the positions of the text. The memory it takes grows with the terms, and by
// an eighth of a byte for each passage of each: the counts wait in files beside the others.
func WriteOccurrences(paths []string, stemCounts, textCounts, positions string) error {
	fields := map[byte]*occurrencesWriter{}
	defer func() {
		for _, w := range fields {
			w.remove()
		}
	}()
	for field, path := range map[byte]string{runStem: stemCounts, runText: textCounts} {
		w, err := newOccurrencesWriter(path)
		if err != nil {
			return err
		}
		fields[field] = w
	}
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
	for _, field := range fields {
		if err := field.write(); err != nil {
			return err
		}
	}
	return nil
}

// An occurrencesWriter collects what is told of a field. The counts are written to a file of
// their own, which is removed in the end.
type occurrencesWriter struct {
	path    string
	file    *os.File // of the counts
	counts  *bufio.Writer
	counted uint64
	termsAt []uint32
	terms   []byte
	at      []uint64
	sums    []uint64
	total   uint64
	wideAt  []uint64
	wide    []uint32
}

func newOccurrencesWriter(path string) (*occurrencesWriter, error) {
	f, err := os.Create(path + ".counts")
	if err != nil {
		return nil, err
	}
	return &occurrencesWriter{path: path, file: f, counts: bufio.NewWriterSize(f, 1<<18), termsAt: []uint32{0}, at: []uint64{0}, sums: []uint64{0}}, nil
}

// remove removes the file of the counts. It is only scratch.
func (w *occurrencesWriter) remove() {
	_ = w.file.Close()
	_ = os.Remove(w.file.Name())
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
			w.wideAt, w.wide = append(w.wideAt, w.counted), append(w.wide, uint32(n))
		}
		if err := w.counts.WriteByte(byte(min(n, wideCount))); err != nil {
			return err
		}
		w.counted++
		if w.total += n; w.counted%sumBlock == 0 {
			w.sums = append(w.sums, w.total)
		}
	}
	w.at = append(w.at, w.counted)
	return nil
}

// write writes the file.
func (w *occurrencesWriter) write() error {
	if err := w.counts.Flush(); err != nil {
		return err
	}
	if _, err := w.file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	var f fileWriter
	put(&f, "terms.at", w.termsAt)
	put(&f, "terms", w.terms)
	put(&f, "at", w.at)
	f.put("counts", int(w.counted), func(out io.Writer) error {
		_, err := io.CopyN(out, w.file, int64(w.counted))
		return err
	})
	put(&f, "sums", w.sums)
	put(&f, "wide.at", w.wideAt)
	put(&f, "wide", w.wide)
	return writeRun(w.path, func(out *bufio.Writer) error {
		_, err := f.writeTo(occurrencesMagic, out)
		return err
	})
}
