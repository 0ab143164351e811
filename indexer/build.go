package indexer

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"iter"
	"path/filepath"
	"runtime/debug"
	"strings"

	"ibid/corpus"
)

// readingVersion changes whenever the same source would give other passages, so
// that an index made by an older program is stale. A test compares it with a
// digest of the passages of the shipped corpus.
const readingVersion = "14"

// The steps of a build.
const (
	Reading  = "reading"  // Done and Total are bytes of sources, as estimated
	Indexing = "indexing" // Done and Total are passages
)

// Progress tells how far a build has come.
type Progress struct {
	Step     string // Reading or Indexing
	Done     int    // of Total
	Total    int
	Passages int // made so far
}

// DefaultMemory is what a build takes of memory at most, in bytes, if nothing
// else is said.
const DefaultMemory = 1 << 30

// collectAt is by how many percent of what is in use memory may grow before garbage is looked
// for, while it is far from its limit: builds make much garbage, and looking for it took
// a fifth of their time.
const collectAt = 250

// LimitMemory has the process take so many bytes at most, as long as less is in use, until
// restore is called: three quarters of its own, the rest for files that are mapped. It is what a Builder does with its Memory, for those who call WriteFrom.
func LimitMemory(bytes int64) (restore func()) {
	limit, percent := debug.SetMemoryLimit(bytes/4*3), debug.SetGCPercent(collectAt)
	return func() {
		debug.SetMemoryLimit(limit)
		debug.SetGCPercent(percent)
	}
}

// A Builder builds the index of a corpus in a folder.
type Builder struct {
	Corpus   *corpus.Corpus
	Dir      string                         // folder of the index
	Strict   bool                           // a source that cannot be read fails the build; else it is left out
	Memory   int64                          // bytes to take at most; 0 for DefaultMemory
	Fresh    bool                           // Build: read every source anew, also where the folder keeps its passages
	Progress func(Progress)                 // if not nil, told now and then; one call at a time
	LeftOut  func(source string, err error) // if not nil, told of each source that is left out
	Notice   func(message string)           // if not nil, told in words what else a reader should know
	Verify   bool                           // Update: compare the index that is there with its sums, too
}

// Version returns the version that an index of the whole corpus has: a digest
// of sources, manifest and formats.
func Version(c *corpus.Corpus) (string, error) {
	digest, err := c.Digest()
	if err != nil {
		return "", err
	}
	return versionOf(digest, nil), nil
}

// versionOf is the version of an index of the corpus of a digest that lacks some sources.
func versionOf(digest string, lacking []string) string {
	parts := append([]string{FormatVersion, readingVersion, digest}, lacking...)
	sum := sha256.Sum256([]byte(strings.Join(parts, "\n")))
	return hex.EncodeToString(sum[:8])
}

// Update builds the index of a corpus as Builder.Update does, strictly.
func Update(ctx context.Context, c *corpus.Corpus, dir string, progress func(Progress)) error {
	return (&Builder{Corpus: c, Dir: dir, Strict: true, Progress: progress}).Update(ctx)
}

// Build builds the index of a corpus as Builder.Build does, strictly.
func Build(ctx context.Context, c *corpus.Corpus, dir string, progress func(Progress)) error {
	return (&Builder{Corpus: c, Dir: dir, Strict: true, Progress: progress}).Build(ctx)
}

// Update builds the index if there is none, if it is stale or if it cannot be
// used. It refuses a folder whose index was built from another corpus, since
// building would put this corpus in its place. While another process builds there
// it waits, and builds only what that did not.
func (b *Builder) Update(ctx context.Context) error {
	if _, fresh, err := b.state(ctx); fresh || err != nil && !errors.Is(err, ErrUnusable) {
		return err
	}
	return b.locked(ctx, func(kept cache) error {
		have, fresh, err := b.state(ctx)
		if errors.Is(err, ErrUnusable) {
			b.notice(fmt.Sprintf("%v: that is done now", err))
		} else if fresh || err != nil {
			return err
		}
		return b.build(ctx, kept, have)
	})
}

// Build writes a new generation of the index. The index that stands there keeps
// serving until the new one is whole; a build that fails or is stopped leaves it
// as it was. Sources that did not change since the last build are not read again.
// While another process builds there it waits.
func (b *Builder) Build(ctx context.Context) error {
	return b.locked(ctx, func(kept cache) error { return b.build(ctx, kept, "") })
}

// state returns the version of the index that answers, "" where there is none, and whether
// it is that of the corpus. The error wraps ErrUnusable where it has to be built anew.
func (b *Builder) state(ctx context.Context) (have string, fresh bool, err error) {
	version, err := Version(b.Corpus)
	if err != nil {
		return "", false, err
	}
	info, err := Current(b.Dir)
	switch {
	case errors.Is(err, ErrNoIndex):
		return "", false, nil
	case err != nil:
		return "", false, err
	case info.Corpus != b.Corpus.Manifest.ID:
		return "", false, fmt.Errorf("index %s holds corpus %q, not %q; name another folder with --index, or the other corpus with --corpus", b.Dir, info.Corpus, b.Corpus.Manifest.ID)
	case b.Verify && info.Version == version: // a stale one goes anyway
		if _, err := Verify(ctx, b.Dir); err != nil {
			return "", false, err
		}
	}
	return info.Version, info.Version == version, nil
}

func (b *Builder) notice(message string) {
	if b.Notice != nil {
		b.Notice(message)
	}
}

// locked does what no other process may do meanwhile in the folder of the index, once
// none does.
func (b *Builder) locked(ctx context.Context, do func(cache) error) error {
	kept := cache{filepath.Join(b.Dir, cacheName)}
	if err := makeFolder(b.Dir, kept.dir); err != nil {
		return err
	}
	unlock, err := lock(kept.dir)
	if errors.Is(err, ErrLocked) {
		b.notice(fmt.Sprintf("another ibid is writing index folder %q; waiting until it is done", b.Dir))
		unlock, err = lockWhenFree(ctx, kept.dir)
	}
	if err != nil {
		return err
	}
	defer unlock()
	return do(kept)
}

// build builds the index, unless that gives the version that answers already.
func (b *Builder) build(ctx context.Context, kept cache, have string) error {
	if b.Memory == 0 {
		b.Memory = DefaultMemory
	}
	defer LimitMemory(b.Memory)()
	if b.Fresh {
		if err := kept.prune(nil); err != nil {
			return folderError(b.Dir, err)
		}
	}
	reader, err := newReader(b.Corpus)
	if err != nil {
		return err
	}
	err = b.attempt(ctx, reader, kept, have)
	if errors.Is(err, errDamaged) { // what was damaged is removed: it is read again
		err = b.attempt(ctx, reader, kept, have)
	}
	return folderError(b.Dir, err)
}

// attempt reads what is not kept and writes a generation of all.
func (b *Builder) attempt(ctx context.Context, reader *reader, kept cache, have string) error {
	digest, err := b.Corpus.Digest() // before reading: what changes meanwhile makes the index stale
	if err != nil {
		return err
	}
	g := &gatherer{corpus: b.Corpus, reader: reader, cache: kept, memory: b.Memory / 2, progress: b.Progress}
	sources, err := g.gather(ctx)
	if err != nil {
		return err
	}
	served, lacking, err := b.sort(sources)
	if err != nil {
		return err
	}
	version := versionOf(digest, lacking)
	if version == have { // stale only in that it lacks sources that still cannot be read
		if whole, err := b.whole(ctx); whole || err != nil {
			return err
		}
	}
	total, keys := 0, map[string]bool{}
	for _, s := range served {
		total += s.kept.Passages
		keys[s.key] = true
	}
	told := func(done int) {
		if b.Progress != nil {
			b.Progress(Progress{Step: Indexing, Done: done, Total: total, Passages: total})
		}
	}
	if err := WriteFrom(ctx, b.Dir, b.manifest(served, g.actors), keptPassages(kept, served), version, told); err != nil {
		return err
	}
	return kept.prune(keys)
}

// whole says that the index that answers need not be built anew for damage, where that is to be looked for.
func (b *Builder) whole(ctx context.Context) (bool, error) {
	if !b.Verify {
		return true, nil
	}
	_, err := Verify(ctx, b.Dir)
	if errors.Is(err, ErrUnusable) {
		b.notice(fmt.Sprintf("%v: that is done now", err))
		return false, nil
	}
	return err == nil, err
}

// sort parts the sources that were read from those that failed, which it reports.
func (b *Builder) sort(sources []gathered) (served []gathered, lacking []string, err error) {
	for _, s := range sources {
		switch {
		case s.err == nil:
			served = append(served, s)
		case b.Strict:
			return nil, nil, s.err
		default:
			lacking = append(lacking, s.source.ID)
			if b.LeftOut != nil {
				b.LeftOut(s.source.ID, s.err)
			}
		}
	}
	if len(served) == 0 {
		return nil, nil, fmt.Errorf("no source can be read: %w", sources[0].err)
	}
	return served, lacking, nil
}

// manifest is the manifest of the index: the sources that are in it, and of the
// persons of authority files those whom they name.
func (b *Builder) manifest(served []gathered, listed map[string]*corpus.Actor) *corpus.Manifest {
	m := *b.Corpus.Manifest
	m.Sources = nil
	m.Actors = append([]corpus.Actor{}, m.Actors...)
	m.Authorities = nil
	seen := map[string]bool{}
	for _, s := range served {
		m.Sources = append(m.Sources, s.source)
		for _, id := range s.kept.Actors {
			if a := listed[id]; a != nil && !seen[id] {
				seen[id] = true
				m.Actors = append(m.Actors, *a)
			}
		}
	}
	return &m
}

// keptPassages gives the passages of sources in their order. It forgets those
// that are damaged.
func keptPassages(c cache, sources []gathered) iter.Seq2[*corpus.Passage, error] {
	return func(yield func(*corpus.Passage, error) bool) {
		for _, s := range sources {
			for p, err := range c.passages(s.key, s.kept) {
				if errors.Is(err, errDamaged) {
					err = errors.Join(err, c.remove(s.key))
				}
				if !yield(p, err) || err != nil {
					return
				}
			}
		}
	}
}
