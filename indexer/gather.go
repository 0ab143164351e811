package indexer

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"golang.org/x/sync/errgroup"
	"golang.org/x/sync/semaphore"

	"ibid/corpus"
	"ibid/indexer/annotate"
)

// What reading takes of memory, for each byte of a source that is read whole, and
// for a source that is read article by article. Both are estimates on the large
// side: they only decide how many sources are read at once.
const (
	memoryFactor  = 40
	memoryArticle = 64 << 20 // bytes
)

// newReader makes the reader of a corpus, with the persons of its authority files.
func newReader(c *corpus.Corpus) (*reader, error) {
	persons, err := c.Persons()
	if err != nil {
		return nil, err
	}
	return &reader{manifest: c.Manifest, people: annotate.NewDirectory(persons)}, nil
}

// A gatherer reads those sources of a corpus whose passages the cache does not
// have, side by side.
type gatherer struct {
	corpus   *corpus.Corpus
	reader   *reader
	cache    cache
	memory   int64 // bytes that reading may take
	progress func(Progress)

	actors   map[string]*corpus.Actor // persons of the authority files
	slots    chan struct{}            // one for each piece under work
	total    int64                    // bytes to read
	done     atomic.Int64             // bytes read
	passages atomic.Int64
	telling  sync.Mutex
}

// A gathered source has its passages in the cache, or failed.
type gathered struct {
	source corpus.Source
	key    string
	kept   kept
	err    error // why it cannot be read
}

// gather brings the passages of every source into the cache. A source that cannot
// be read is told by its err; any other fault ends the work.
func (g *gatherer) gather(ctx context.Context) ([]gathered, error) {
	out := make([]gathered, len(g.corpus.Manifest.Sources))
	shared, err := g.shared()
	if err != nil {
		return nil, err
	}
	var missing []*gathered
	for i, s := range g.corpus.Manifest.Sources {
		out[i] = gathered{source: s}
		if out[i].key, out[i].err = g.keyOf(s, shared); out[i].err != nil {
			continue
		}
		var ok bool
		if out[i].kept, ok = g.cache.look(out[i].key); !ok {
			missing = append(missing, &out[i])
			g.total += g.corpus.SourceSize(s)
		}
	}
	return out, g.readAll(ctx, missing)
}

// readAll reads sources side by side, as many as the memory allows.
func (g *gatherer) readAll(ctx context.Context, missing []*gathered) error {
	g.actors = g.reader.people.Actors()
	g.slots = make(chan struct{}, runtime.GOMAXPROCS(0))
	room := semaphore.NewWeighted(g.memory)
	group, working := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	for _, s := range missing {
		need := min(g.needs(s.source), g.memory)
		if err := room.Acquire(working, need); err != nil {
			break // Wait says why
		}
		group.Go(func() error {
			defer room.Release(need)
			return g.read(working, s)
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	return ctx.Err()
}

// needs estimates the memory that reading a source takes, in bytes.
func (g *gatherer) needs(s corpus.Source) int64 {
	if s.Articles() {
		return memoryArticle
	}
	return memoryFactor * max(g.corpus.SourceSize(s), 1<<16)
}

// read reads one source into the cache.
func (g *gatherer) read(ctx context.Context, s *gathered) error {
	k, err := g.cache.keep(s.key)
	if err != nil {
		return err
	}
	defer k.abandon()
	size := g.corpus.SourceSize(s.source)
	in, err := g.corpus.OpenSource(s.source)
	if err != nil {
		s.err = err
		return nil
	}
	defer in.Close()
	counted := &counter{Reader: in, left: size, add: g.tell}
	actors := map[string]bool{}
	err = g.inOrder(ctx, s.source, counted, func(passages []*corpus.Passage) error {
		for _, p := range passages {
			g.note(p, actors)
			if err := k.add(p); err != nil {
				return err
			}
		}
		g.passages.Add(int64(len(passages)))
		return nil
	})
	g.tell(counted.left)
	var fault *sourceError
	if errors.As(err, &fault) {
		s.err = fault.error
		return nil
	}
	if err != nil {
		return err
	}
	s.kept, err = k.done(slices.Sorted(maps.Keys(actors)))
	return err
}

// A sourceError is a fault of a source, which others need not suffer for.
type sourceError struct{ error }

// inOrder makes passages of the pieces of a source, several at a time, and hands
// them on in their order. Faults of the source are sourceErrors.
func (g *gatherer) inOrder(ctx context.Context, source corpus.Source, in io.Reader, each func([]*corpus.Passage) error) error {
	group, ctx := errgroup.WithContext(ctx)
	order := make(chan chan []*corpus.Passage, 2*cap(g.slots))
	group.Go(func() error {
		defer close(order)
		for p, err := range pieces(source, in) {
			if err != nil {
				return &sourceError{err}
			}
			result := make(chan []*corpus.Passage, 1)
			select {
			case order <- result:
			case <-ctx.Done():
				return ctx.Err()
			}
			group.Go(func() error { return g.work(ctx, source, p, result) })
		}
		return nil
	})
	group.Go(func() error {
		for result := range order {
			select {
			case passages := <-result:
				if err := each(passages); err != nil {
					return err
				}
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		return nil
	})
	return group.Wait()
}

// work makes passages of a piece when its turn comes. A panic is a fault of the
// source as far as others are concerned.
func (g *gatherer) work(ctx context.Context, source corpus.Source, p *piece, result chan<- []*corpus.Passage) (err error) {
	select {
	case g.slots <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() {
		<-g.slots
		if fault := recover(); fault != nil {
			err = &sourceError{fmt.Errorf("source %q: ibid failed on it: %v; please report this", source.ID, fault)}
		}
	}()
	result <- g.reader.read(source, p).passages
	return nil
}

// note adds the persons of authority files that a passage names.
func (g *gatherer) note(p *corpus.Passage, actors map[string]bool) {
	add := func(id string) {
		if g.actors[id] != nil {
			actors[id] = true
		}
	}
	for _, m := range p.Actors {
		add(m.ID)
	}
	add(p.Speaker)
	add(p.Addressee)
}

// tell adds n bytes to those read and tells how far the work has come.
func (g *gatherer) tell(n int64) {
	done := g.done.Add(n)
	if g.progress != nil && g.telling.TryLock() {
		g.progress(Progress{Step: Reading, Done: int(min(done, g.total)), Total: int(g.total), Passages: int(g.passages.Load())})
		g.telling.Unlock()
	}
}

// A counter tells how many bytes are read, up to as many as were expected.
type counter struct {
	io.Reader
	left int64
	add  func(int64)
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	if told := min(int64(n), c.left); told > 0 {
		c.left -= told
		c.add(told)
	}
	return n, err
}

// shared is a digest of what the passages of all sources depend on: the program,
// the parts of the manifest that rules use, and the authority files.
func (g *gatherer) shared() (string, error) {
	m := g.corpus.Manifest
	authority, err := g.corpus.AuthorityDigest()
	if err != nil {
		return "", err
	}
	data, err := json.Marshal([]any{readingVersion, programSum(), m.DefaultYear, m.Collections, m.Phases, m.Actors, m.Authorities, authority})
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:]), nil
}

// keyOf is the key of a source in the cache: a digest of its files, of what the
// manifest says of it, of its reference only the authors, and of what all sources share.
func (g *gatherer) keyOf(s corpus.Source, shared string) (string, error) {
	digest, err := g.corpus.SourceDigest(s)
	if err != nil {
		return "", err
	}
	s.Reference = corpus.Reference{Author: s.Reference.Author}
	data, err := json.Marshal([]any{shared, s, digest})
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(data)
	return s.ID + "-" + hex.EncodeToString(sum[:12]), nil
}

// programSum is a digest of the program, "" if its file cannot be read: another
// program may read the same source otherwise, whatever its version says.
var programSum = sync.OnceValue(func() string {
	path, err := os.Executable()
	if err != nil {
		return ""
	}
	sum, err := fileSum(path)
	if err != nil {
		return ""
	}
	return sum
})
