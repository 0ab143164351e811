package search

import (
	"context"
	"iter"
	"sync/atomic"

	"ibid/corpus"
	"ibid/indexer/schema"
)

// A Live is an index that can be exchanged for a newer one while it answers. Who
// needs several answers of one index, as a page does, acquires it; the methods of
// Index that Live has too each answer from the index of the moment. It is safe
// for concurrent use.
type Live struct{ current atomic.Pointer[lease] }

// A lease counts those who use an index. It begins at one, for the Live itself;
// the index is closed when it comes to nought, and never used again.
type lease struct {
	index *Index
	users atomic.Int64
}

// NewLive returns a Live over an open index, which it closes in the end.
func NewLive(index *Index) *Live {
	l := new(Live)
	l.current.Store(newLease(index))
	return l
}

func newLease(index *Index) *lease {
	le := &lease{index: index}
	le.users.Store(1)
	return le
}

// hold takes the lease for one more; false if the index is closed.
func (le *lease) hold() bool {
	for {
		n := le.users.Load()
		if n == 0 {
			return false
		}
		if le.users.CompareAndSwap(n, n+1) {
			return true
		}
	}
}

// release gives the lease back; the last to do so closes the index.
func (le *lease) release() error {
	if le.users.Add(-1) > 0 {
		return nil
	}
	return le.index.Close()
}

// Acquire returns the index of the moment, which stays open until release is
// called, once, whatever is swapped in meanwhile. It returns ErrClosed after Close.
func (l *Live) Acquire() (index *Index, release func(), err error) {
	for {
		le := l.current.Load()
		if le.hold() {
			// The files of an index that nobody uses cannot fail to be read any more.
			return le.index, func() { _ = le.release() }, nil
		}
		if l.current.Load() == le { // it was not exchanged, so Live is closed
			return nil, nil, ErrClosed
		}
	}
}

// Swap lets next answer from now on. The index before it is closed as soon as
// those who acquired it are done.
func (l *Live) Swap(next *Index) error { return l.current.Swap(newLease(next)).release() }

// Refresh swaps in what stands in the index folder now, if that is another
// generation than the one that answers; it says whether it did. Options and errors are those
// of Open; the index of the moment then goes on answering.
func (l *Live) Refresh(dir string, opts ...Option) (bool, error) {
	_, path, err := schema.Current(dir)
	if err != nil {
		return false, err
	}
	if path == l.current.Load().index.path {
		return false, nil
	}
	next, err := Open(dir, opts...)
	if err != nil {
		return false, err
	}
	return true, l.Swap(next)
}

// Close closes the index as soon as those who acquired it are done; nothing is
// answered any more. It is called once, and not beside Swap.
func (l *Live) Close() error { return l.current.Load().release() }

// Version is that of the index of the moment.
func (l *Live) Version() string { return l.current.Load().index.Version() }

// Verified is that of the index of the moment.
func (l *Live) Verified() bool { return l.current.Load().index.Verified() }

// Manifest is that of the index of the moment.
func (l *Live) Manifest() *corpus.Manifest { return l.current.Load().index.Manifest() }

// with asks the index of the moment.
func with[T any](l *Live, ask func(*Index) (T, error)) (T, error) {
	ix, release, err := l.Acquire()
	if err != nil {
		var none T
		return none, err
	}
	defer release()
	return ask(ix)
}

// all is with for what cannot fail; it is empty after Close.
func all[T any](l *Live, ask func(*Index) []T) []T {
	out, err := with(l, func(ix *Index) ([]T, error) { return ask(ix), nil })
	if err != nil {
		return []T{}
	}
	return out
}

// Search is Index.Search.
func (l *Live) Search(ctx context.Context, r Request) (*Result, error) {
	return with(l, func(ix *Index) (*Result, error) { return ix.Search(ctx, r) })
}

// KWIC is Index.KWIC.
func (l *Live) KWIC(ctx context.Context, r KWICRequest) (*Concordance, error) {
	return with(l, func(ix *Index) (*Concordance, error) { return ix.KWIC(ctx, r) })
}

// QuoteCheck is Index.QuoteCheck.
func (l *Live) QuoteCheck(ctx context.Context, text string) (*QuoteReport, error) {
	return with(l, func(ix *Index) (*QuoteReport, error) { return ix.QuoteCheck(ctx, text) })
}

// Passage is Index.Passage.
func (l *Live) Passage(id string) (*corpus.Passage, error) {
	return with(l, func(ix *Index) (*corpus.Passage, error) { return ix.Passage(id) })
}

// Passages is Index.Passages.
func (l *Live) Passages(source string) ([]*corpus.Passage, error) {
	return with(l, func(ix *Index) ([]*corpus.Passage, error) { return ix.Passages(source) })
}

// Calendar is Index.Calendar.
func (l *Live) Calendar(ctx context.Context, r CalendarRequest) (*Calendar, error) {
	return with(l, func(ix *Index) (*Calendar, error) { return ix.Calendar(ctx, r) })
}

// Document is Index.Document.
func (l *Live) Document(id string) (*DocumentEntry, error) {
	return with(l, func(ix *Index) (*DocumentEntry, error) { return ix.Document(id) })
}

// DocumentPassages is Index.DocumentPassages.
func (l *Live) DocumentPassages(id string) ([]*corpus.Passage, error) {
	return with(l, func(ix *Index) ([]*corpus.Passage, error) { return ix.DocumentPassages(id) })
}

// Beside is Index.Beside.
func (l *Live) Beside(id string) (before, after *DocumentEntry, err error) {
	_, err = with(l, func(ix *Index) (bool, error) {
		before, after, err = ix.Beside(id)
		return true, err
	})
	return before, after, err
}

// DocumentsLike is Index.DocumentsLike.
func (l *Live) DocumentsLike(id string, n int) []DocumentEntry {
	return all(l, func(ix *Index) []DocumentEntry { return ix.DocumentsLike(id, n) })
}

// Totals is Index.Totals.
func (l *Live) Totals() Totals {
	t, err := with(l, func(ix *Index) (Totals, error) { return ix.Totals(), nil })
	if err != nil {
		return Totals{}
	}
	return t
}

// Census is Index.Census.
func (l *Live) Census() (*Census, error) { return with(l, (*Index).Census) }

// Actors is Index.Actors.
func (l *Live) Actors(ctx context.Context, r ActorsRequest) (*Actors, error) {
	return with(l, func(ix *Index) (*Actors, error) { return ix.Actors(ctx, r) })
}

// Actor is Index.Actor.
func (l *Live) Actor(id string) (*ActorEntry, error) {
	return with(l, func(ix *Index) (*ActorEntry, error) { return ix.Actor(id) })
}

// HasActor is Index.HasActor.
func (l *Live) HasActor(id string) bool {
	known, err := with(l, func(ix *Index) (bool, error) { return ix.HasActor(id), nil })
	return err == nil && known
}

// Pairs is Index.Pairs.
func (l *Live) Pairs(n int) []Pair { return all(l, func(ix *Index) []Pair { return ix.Pairs(n) }) }

// Values is Index.Values.
func (l *Live) Values(g Group) []string {
	return all(l, func(ix *Index) []string { return ix.Values(g) })
}

// Suggest is Index.Suggest.
func (l *Live) Suggest(ctx context.Context, q string, n int) []Suggestion {
	return all(l, func(ix *Index) []Suggestion { return ix.Suggest(ctx, q, n) })
}

// Export is Index.Export; the index stays open while the loop runs.
func (l *Live) Export(ctx context.Context, r Request) iter.Seq2[*corpus.Passage, error] {
	return func(yield func(*corpus.Passage, error) bool) {
		ix, release, err := l.Acquire()
		if err != nil {
			yield(nil, err)
			return
		}
		defer release()
		ix.Export(ctx, r)(yield)
	}
}

// Mark is Index.Mark.
func (l *Live) Mark(ctx context.Context, r Request, p *corpus.Passage) (Fragment, error) {
	return with(l, func(ix *Index) (Fragment, error) { return ix.Mark(ctx, r, p) })
}

// Similar is Index.Similar.
func (l *Live) Similar(ctx context.Context, id string, n int) ([]Hit, error) {
	return with(l, func(ix *Index) ([]Hit, error) { return ix.Similar(ctx, id, n) })
}
