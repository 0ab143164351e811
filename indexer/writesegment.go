package indexer

import (
	"context"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"runtime"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
	segment "github.com/blevesearch/scorch_segment_api/v2"
	"github.com/blevesearch/zapx/v17"
	"golang.org/x/sync/errgroup"

	"ibid/corpus"
	"ibid/indexer/analysis"
	"ibid/indexer/schema"
)

// batchSize is the number of passages of one part of a segment. bleve's Builder
// was fastest for its memory at 1,000 (100,000 passages: 3,590 a second with 78 MB).
const batchSize = 1000

// mergeWidth is the number of parts merged at once, which bounds open files.
const mergeWidth = 64

// A segmentWriter writes the files of a generation that hold the passages.
// Batches are analyzed side by side, each into a part; the parts are merged in
// their order, so that a passage has its ordinal as document number.
type segmentWriter struct {
	path     string
	progress func(int)
	ctx      context.Context
	group    *errgroup.Group
	working  context.Context       // done when a batch failed
	names    map[string][]string   // actor id -> words by which it is called alone
	columns  *schema.ColumnsWriter // nil once they are written
	groups   int                   // of the columns
	register *schema.RegisterWriter
	store    *schema.Store // made of the first batch
	count    int
	parts    int
	batch    []schema.Record
	lengths  [][]uint32      // words of the passages of each part
	holders  map[string]bool // ids in the group at hand
	heading  string
	source   string
}

func newSegmentWriter(ctx context.Context, path string, m *corpus.Manifest, progress func(int)) *segmentWriter {
	w := &segmentWriter{
		path: path, progress: progress, ctx: ctx, columns: schema.NewColumnsWriter(), register: schema.NewRegisterWriter(m),
		names: make(map[string][]string), holders: make(map[string]bool),
	}
	w.group, w.working = errgroup.WithContext(ctx)
	w.group.SetLimit(runtime.GOMAXPROCS(0))
	for i := range m.Actors {
		w.names[m.Actors[i].ID] = schema.NameWords(&m.Actors[i])
	}
	return w
}

func (w *segmentWriter) writeAll(passages iter.Seq2[*corpus.Passage, error]) error {
	err := w.readAll(passages)
	if failed := w.group.Wait(); err == nil {
		err = failed
	}
	if err != nil {
		return err
	}
	if w.parts == 0 {
		return fmt.Errorf("the corpus has no passages; nothing to index")
	}
	var both errgroup.Group
	both.Go(w.mergeOccurrences)
	both.Go(func() error {
		if err := w.merge(); err != nil {
			return err
		}
		return w.writeColumns()
	})
	both.Go(w.writeRegister)
	if err := both.Wait(); err != nil {
		return err
	}
	return w.writeWords()
}

func (w *segmentWriter) readAll(passages iter.Seq2[*corpus.Passage, error]) error {
	for p, err := range passages {
		if err != nil {
			return err
		}
		if err := context.Cause(w.working); err != nil {
			return err
		}
		if err := w.add(schema.Clean(p)); err != nil {
			return err
		}
	}
	return w.flush()
}

func (w *segmentWriter) add(p *corpus.Passage) error {
	if p.ID == "" {
		return noID(p.ID)
	}
	begins := p.Within == ""
	switch {
	case begins:
		clear(w.holders)
	case !w.holders[p.Within]:
		return fmt.Errorf("passage %q does not follow passage %q, which holds it", p.ID, p.Within)
	}
	w.holders[p.ID] = true
	w.columns.Add(p, begins)
	w.register.Add(p)
	w.batch = append(w.batch, schema.Record{Passage: p, Heading: w.headingOf(p), Names: w.namesOf(p)})
	w.count++
	if w.progress != nil {
		w.progress(w.count)
	}
	if len(w.batch) == batchSize {
		return w.flush()
	}
	return nil
}

// headingOf returns the heading that p stands under and the title of its document.
func (w *segmentWriter) headingOf(p *corpus.Passage) string {
	if p.Source != w.source {
		w.source, w.heading = p.Source, ""
	}
	if p.Kind == corpus.Heading {
		w.heading = p.Text
		return ""
	}
	if p.Document != nil {
		return p.Document.Title
	}
	return w.heading
}

// namesOf returns the words by which the actors of p are called.
func (w *segmentWriter) namesOf(p *corpus.Passage) []string {
	var out []string
	for _, id := range schema.Values(p, "actor") {
		words, known := w.names[id]
		if !known { // a name as printed
			if words = analysis.Terms(id); len(words) > 1 {
				words = words[len(words)-1:]
			}
		}
		for _, word := range words {
			if !slices.Contains(out, word) {
				out = append(out, word)
			}
		}
	}
	return out
}

func (w *segmentWriter) part(n int) string {
	return filepath.Join(w.path, fmt.Sprintf("part-%06d.zap", n))
}

// run is the file of the occurrences in a part.
func (w *segmentWriter) run(n int) string {
	return filepath.Join(w.path, fmt.Sprintf("part-%06d.run", n))
}

// flush has the batch analyzed and written as a part, in the background.
func (w *segmentWriter) flush() error {
	if len(w.batch) == 0 {
		return nil
	}
	if err := w.openStore(); err != nil {
		return err
	}
	batch, path, run, lengths := w.batch, w.part(w.parts), w.run(w.parts), make([]uint32, len(w.batch))
	w.batch = nil
	w.parts++
	w.lengths = append(w.lengths, lengths)
	w.group.Go(func() error { return writePart(w.store, path, run, batch, lengths) })
	return nil
}

// openStore makes what passages are packed with of the first batch.
func (w *segmentWriter) openStore() (err error) {
	if w.store != nil {
		return nil
	}
	like := make([]*corpus.Passage, len(w.batch))
	for i := range w.batch {
		like[i] = w.batch[i].Passage
	}
	if w.store, err = schema.NewStore(like); err != nil {
		return err
	}
	return w.store.WriteFile(filepath.Join(w.path, schema.DictionaryName))
}

// writePart writes a batch as a segment and a run of occurrences, and sets the lengths of
// its passages in words.
func writePart(store *schema.Store, path, run string, batch []schema.Record, lengths []uint32) error {
	b := schema.NewBatch(store)
	for i := range batch {
		words, err := b.Add(&batch[i])
		if err != nil {
			return err
		}
		lengths[i] = uint32(words)
	}
	if err := b.WriteRun(run); err != nil {
		return err
	}
	var plugin zap.ZapPlugin
	part, _, err := plugin.New(b.Documents())
	if err != nil {
		return fmt.Errorf("index passages: %w", err)
	}
	defer part.Close()
	unpersisted, ok := part.(segment.UnpersistedSegment)
	if !ok {
		return fmt.Errorf("index passages: a segment of type %T cannot be written", part)
	}
	return unpersisted.Persist(path)
}

// merge makes one segment of the parts.
func (w *segmentWriter) merge() error {
	parts, err := w.reduce(w.part, 1, mergeParts)
	if err != nil {
		return err
	}
	folder, err := os.Stat(w.path)
	if err != nil {
		return err
	}
	// bleve writes for the owner only; who may read the folder may read all of the index.
	if err := os.Chmod(parts[0], folder.Mode().Perm()&0o666); err != nil {
		return err
	}
	return os.Rename(parts[0], filepath.Join(w.path, schema.SegmentName))
}

// mergeOccurrences makes the files of the occurrences of those of the parts.
func (w *segmentWriter) mergeOccurrences() error {
	runs, err := w.reduce(w.run, mergeWidth, func(paths []string, out string) error {
		if err := schema.MergeRuns(paths, out); err != nil {
			return err
		}
		return removeAll(paths)
	})
	if err != nil {
		return err
	}
	in := func(name string) string { return filepath.Join(w.path, name) }
	if err := schema.WriteOccurrences(runs, in(schema.StemName), in(schema.TextName), in(schema.PlacesName)); err != nil {
		return err
	}
	return removeAll(runs)
}

// reduce merges the files of the parts, so many at once as keeps open files few, until
// there are no more than most.
func (w *segmentWriter) reduce(name func(int) string, most int, merge func(paths []string, out string) error) ([]string, error) {
	level := make([]string, w.parts)
	for i := range level {
		level[i] = name(i)
	}
	next := w.parts
	for len(level) > most {
		var merged []string
		for run := range slices.Chunk(level, mergeWidth) {
			if err := context.Cause(w.ctx); err != nil {
				return nil, err
			}
			out := name(next)
			next++
			if err := merge(run, out); err != nil {
				return nil, err
			}
			merged = append(merged, out)
		}
		level = merged
	}
	return level, nil
}

func removeAll(paths []string) error {
	for _, path := range paths {
		if err := os.Remove(path); err != nil {
			return err
		}
	}
	return nil
}

// mergeParts merges parts into one in their order and removes them.
func mergeParts(paths []string, out string) error {
	var plugin zap.ZapPlugin
	var parts []segment.Segment
	defer func() {
		for i, p := range parts {
			_ = p.Close()
			_ = os.Remove(paths[i])
		}
	}()
	for _, path := range paths {
		p, err := plugin.Open(path)
		if err != nil {
			return fmt.Errorf("merge segments: %w", err)
		}
		parts = append(parts, p)
	}
	if _, _, err := plugin.Merge(parts, make([]*roaring.Bitmap, len(parts)), out, nil, nil); err != nil {
		return fmt.Errorf("merge segments: %w", err)
	}
	return nil
}

func (w *segmentWriter) writeColumns() error {
	f, err := os.Create(filepath.Join(w.path, schema.ColumnsName))
	if err != nil {
		return err
	}
	defer f.Close()
	w.columns.SetLengths(slices.Concat(w.lengths...))
	if _, err := w.columns.WriteTo(f); err != nil {
		return err
	}
	w.groups, w.columns = w.columns.Groups(), nil // they are large
	return f.Close()
}

func (w *segmentWriter) writeRegister() error {
	f, err := os.Create(filepath.Join(w.path, schema.RegisterName))
	if err != nil {
		return err
	}
	defer f.Close()
	if _, err := w.register.WriteTo(f); err != nil {
		return err
	}
	return f.Close()
}

// writeWords reads the finished segment back: every term of the readings with
// its occurrences, by stem. This also finds a segment that cannot be read.
func (w *segmentWriter) writeWords() error {
	var plugin zap.ZapPlugin
	seg, err := plugin.Open(filepath.Join(w.path, schema.SegmentName))
	if err != nil {
		return fmt.Errorf("read the segment back: %w", err)
	}
	defer seg.Close()
	if seg.Count() != uint64(w.count) {
		return fmt.Errorf("read the segment back: it has %d passages of %d", seg.Count(), w.count)
	}
	if err := checkIDs(seg); err != nil {
		return err
	}
	if err := w.writeTelling(seg); err != nil {
		return fmt.Errorf("read the segment back: %w", err)
	}
	words, err := w.countWords(seg)
	if err != nil {
		return fmt.Errorf("read the segment back: %w", err)
	}
	f, err := os.Create(filepath.Join(w.path, schema.WordsName))
	if err != nil {
		return err
	}
	defer f.Close()
	if err := schema.WriteWords(f, words); err != nil {
		return err
	}
	return f.Close()
}

func (w *segmentWriter) writeTelling(seg segment.Segment) error {
	stems, err := schema.OpenOccurrences(filepath.Join(w.path, schema.StemName), "")
	if err != nil {
		return err
	}
	defer stems.Close()
	return schema.WriteTelling(filepath.Join(w.path, schema.TellingName), seg, stems)
}

func noID(id string) error { return fmt.Errorf("passage %q has no id of its own", id) }

// checkIDs finds an id that several passages have.
func checkIDs(seg segment.Segment) error {
	dict, err := seg.Dictionary("_id")
	if err != nil {
		return fmt.Errorf("read the segment back: %w", err)
	}
	if uint64(dict.Cardinality()) == seg.Count() {
		return nil
	}
	for ids := dict.AutomatonIterator(nil, nil, nil); ; {
		id, err := ids.Next()
		if err != nil {
			return fmt.Errorf("read the segment back: %w", err)
		}
		if id == nil || id.Count > 1 {
			return noID(id.Term)
		}
	}
}

// countWords lists the words of the segment with what is told of them beside it,
// and finds where the two do not agree.
func (w *segmentWriter) countWords(seg segment.Segment) ([]schema.StemWord, error) {
	dict, err := seg.Dictionary(schema.FieldText)
	if err != nil {
		return nil, err
	}
	occurrences, err := schema.OpenOccurrences(filepath.Join(w.path, schema.TextName), filepath.Join(w.path, schema.PlacesName))
	if err != nil {
		return nil, err
	}
	defer occurrences.Close()
	var words []schema.StemWord
	terms := dict.AutomatonIterator(nil, nil, nil)
	err = occurrences.Each(func(term string, c schema.Counts) error {
		e, err := terms.Next()
		if err != nil {
			return err
		}
		if e == nil || e.Term != term || int(e.Count) != c.Len() {
			return fmt.Errorf("the postings of %q are not those that were counted", term)
		}
		words = append(words, schema.StemWord{Stem: analysis.Stem(term), WordCount: schema.WordCount{Word: term, Count: c.Total()}})
		return nil
	})
	return words, err
}
