package search

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"sync"
	"sync/atomic"

	"github.com/RoaringBitmap/roaring/v2"
	segment "github.com/blevesearch/scorch_segment_api/v2"
	"github.com/blevesearch/zapx/v17"
	"github.com/goccy/go-yaml"

	"ibid/corpus"
	"ibid/indexer/schema"
	"ibid/search/lru"
	"ibid/search/query"
)

// Faults of an index folder. The errors that wrap them say what to do.
var (
	ErrNoIndex  = schema.ErrNoIndex
	ErrUnusable = schema.ErrUnusable // damaged, half written, or of another format
	ErrClosed   = errors.New("index is closed")
)

// verifiedSize is the size in bytes below which Open verifies an index before
// it answers: 100 MB take about 0.1 s to sum.
var verifiedSize int64 = 100 << 20 // changed by tests only

// An Index is one generation of an index, open for reading. It is safe for
// concurrent use and never changes.
type Index struct {
	generation  *schema.Generation
	path        string
	manifest    *corpus.Manifest
	segment     segment.Segment
	columns     *schema.Columns
	words       *schema.Words
	text        *schema.Occurrences
	stems       *schema.Occurrences
	telling     *schema.Telling
	store       *schema.Store   // of what passages are packed with
	everything  *roaring.Bitmap // every passage; never changed
	headings    *roaring.Bitmap // every heading; never changed
	quotations  *roaring.Bitmap // every quotation; never changed
	meanLength  float64         // words of a passage
	lengthShare float64         // b of BM25; see lengthShare
	meanWhole   float64         // words of a short document
	names       *names
	facetNames  map[Group]func() *facetNames
	vocabulary  query.Vocabulary
	passages    *lru.Cache[uint32, *cached] // by ordinal
	answers     *answers                    // nil where none are kept
	bars        *lru.Cache[barKey, *barSet] // of histograms
	register    *schema.Register
	decoded     atomic.Int64 // passages read from the segment so far

	verification *verification

	mu     sync.Mutex
	users  int  // searches under way
	closed bool // no new ones
}

// An Option of opening an index.
type Option func(*options)

type options struct {
	verified bool
	answers  int // bytes
}

// Verified has every index verified before it answers, however large.
func Verified() Option { return func(o *options) { o.verified = true } }

// Answers has the index keep answers of Search, up to so many bytes, and give them again
// to whoever asks the same. Without it, or with 0, none are kept. The process may grow by twice as much, since memory that
// is free again is collected late.
func Answers(bytes int64) Option { return func(o *options) { o.answers = int(bytes) } }

// Open opens the index in folder dir. One below 100 MB is verified against its
// SHA-256 sums first, as any is with the option Verified. A larger one answers at
// once and is verified meanwhile: see Index.Verified. Errors wrap ErrNoIndex or ErrUnusable.
func Open(dir string, opts ...Option) (*Index, error) {
	var o options
	for _, set := range opts {
		set(&o)
	}
	generation, path, err := schema.Current(dir)
	if err != nil {
		return nil, err
	}
	small := generation.Size() < verifiedSize
	if small || o.verified {
		if err := generation.Verify(context.Background(), path); err != nil {
			return nil, err
		}
	}
	ix := &Index{generation: generation, path: path, verification: new(verification)}
	if o.answers > 0 {
		ix.answers = newAnswers(o.answers, ix.search)
	}
	err = ix.load()
	if err != nil {
		ix.free()
		return nil, fmt.Errorf("%w in %q: %s; rebuild it with ibid index", ErrUnusable, dir, err)
	}
	if small || o.verified {
		ix.verification.done.Store(true)
	} else {
		ix.verifyMeanwhile()
	}
	return ix, nil
}

// load opens the files of the generation. A damaged segment may panic in bleve.
func (ix *Index) load() (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("its files cannot be read (%v)", r)
		}
	}()
	text, err := os.ReadFile(filepath.Join(ix.path, schema.CorpusName))
	if err != nil {
		return err
	}
	ix.manifest = new(corpus.Manifest)
	if err := yaml.Unmarshal(text, ix.manifest); err != nil {
		return errors.New("its copy of the manifest cannot be read")
	}
	if ix.columns, err = schema.OpenColumns(filepath.Join(ix.path, schema.ColumnsName)); err != nil {
		return err
	}
	if ix.words, err = schema.OpenWords(filepath.Join(ix.path, schema.WordsName)); err != nil {
		return err
	}
	if ix.register, err = schema.OpenRegister(filepath.Join(ix.path, schema.RegisterName)); err != nil {
		return err
	}
	in := func(name string) string { return filepath.Join(ix.path, name) }
	if ix.text, err = schema.OpenOccurrences(in(schema.TextName), in(schema.PlacesName)); err != nil {
		return err
	}
	if ix.stems, err = schema.OpenOccurrences(in(schema.StemName), ""); err != nil {
		return err
	}
	if ix.telling, err = schema.OpenTelling(in(schema.TellingName)); err != nil {
		return err
	}
	if ix.store, err = schema.OpenStore(in(schema.DictionaryName)); err != nil {
		return err
	}
	var plugin zap.ZapPlugin
	if ix.segment, err = plugin.Open(filepath.Join(ix.path, schema.SegmentName)); err != nil {
		return errors.New("its segment cannot be read")
	}
	if n := int(ix.segment.Count()); n != ix.columns.Passages || n != ix.generation.Passages || n != ix.telling.Len() {
		return errors.New("its files do not belong together")
	}
	ix.prepare()
	return nil
}

// prepare makes what every search needs.
func (ix *Index) prepare() {
	ix.everything = roaring.New()
	ix.everything.AddRange(0, uint64(ix.columns.Passages))
	ix.headings = ix.segmentDocs("kind", string(corpus.Heading))
	ix.quotations = ix.segmentDocs("kind", string(corpus.Quotation))
	total := 0.0
	for _, n := range ix.columns.Length {
		total += float64(n)
	}
	ix.meanLength = max(total/float64(max(ix.columns.Passages, 1)), 1)
	ix.lengthShare = lengthShare(ix.meanLength)
	ix.meanWhole = ix.meanWholes()
	ix.names = newNames(ix.manifest)
	ix.facetNames = ix.facetNamer()
	ix.vocabulary = ix.names.vocabulary(ix.manifest)
	ix.addWorks()
	ix.passages = lru.New[uint32, *cached](cacheBytes)
	ix.bars = lru.New[barKey, *barSet](barBytes)
}

// Version returns the version of the index, as every answer gives it.
func (ix *Index) Version() string { return ix.generation.Version }

// Manifest returns the manifest of the corpus that was indexed. It is shared: do not change it.
func (ix *Index) Manifest() *corpus.Manifest { return ix.manifest }

// Close closes the index to new searches; its files are let go when those under
// way are done.
func (ix *Index) Close() error {
	ix.mu.Lock()
	defer ix.mu.Unlock()
	if ix.closed {
		return nil
	}
	ix.closed = true
	ix.verification.stop()
	if ix.users == 0 {
		return ix.free()
	}
	return nil
}

// acquire keeps the files open until release. It returns ErrClosed after Close, and
// what was found where the files are damaged.
func (ix *Index) acquire() error {
	if damage := ix.verification.damage.Load(); damage != nil {
		return *damage
	}
	ix.mu.Lock()
	defer ix.mu.Unlock()
	if ix.closed {
		return ErrClosed
	}
	ix.users++
	return nil
}

func (ix *Index) release() {
	ix.mu.Lock()
	defer ix.mu.Unlock()
	ix.users--
	if ix.closed && ix.users == 0 {
		_ = ix.free() // nobody is left to tell
	}
}

func (ix *Index) free() error {
	var errs []error
	if ix.answers != nil {
		ix.answers.kept.Clear()
	}
	if ix.segment != nil {
		errs = append(errs, ix.segment.Close())
	}
	if ix.columns != nil {
		errs = append(errs, ix.columns.Close())
	}
	if ix.words != nil {
		errs = append(errs, ix.words.Close())
	}
	if ix.register != nil {
		errs = append(errs, ix.register.Close())
	}
	if ix.telling != nil {
		errs = append(errs, ix.telling.Close())
	}
	for _, o := range []*schema.Occurrences{ix.text, ix.stems} {
		if o != nil {
			errs = append(errs, o.Close())
		}
	}
	return errors.Join(errs...)
}

// An internalError is a fault of the program or the index that a search met.
// Its text is for readers; Detail is for the log.
type internalError struct{ detail string }

func (e *internalError) Error() string {
	return "the search failed inside the program; try it again, and if it fails again rebuild the index with ibid index"
}

// Detail returns what happened, for the log.
func (e *internalError) Detail() string { return e.detail }

// guard runs f while the index is kept open, and turns a panic, as a damaged
// segment makes bleve do, into an error.
func (ix *Index) guard(ctx context.Context, f func() error) (err error) {
	if err := context.Cause(ctx); err != nil {
		return err
	}
	if err := ix.acquire(); err != nil {
		return err
	}
	defer ix.release()
	defer func() {
		switch r := recover().(type) {
		case nil:
		case stopped:
			err = r.err
		default:
			err = &internalError{fmt.Sprintf("%v\n%s", r, debug.Stack())}
		}
	}()
	return f()
}
