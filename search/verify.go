package search

import (
	"context"
	"sync/atomic"
)

// A verification is how far the comparison of an index with its sums has come.
type verification struct {
	done   atomic.Bool           // the files are as they were written
	damage atomic.Pointer[error] // the fault that was found
	cancel context.CancelFunc    // nil if none is under way
}

func (v *verification) stop() {
	if v.cancel != nil {
		v.cancel()
	}
}

// verifyMeanwhile verifies the index while it answers. When a file is found damaged, it
// does not answer any more.
func (ix *Index) verifyMeanwhile() {
	ctx, cancel := context.WithCancel(context.Background())
	ix.verification.cancel = cancel
	go func() {
		defer cancel()
		switch err := ix.generation.Verify(ctx, ix.path); {
		case err == nil:
			ix.verification.done.Store(true)
		case ctx.Err() == nil:
			ix.verification.damage.Store(&err)
		}
	}()
}

// Verified says whether every file of the index was found as it was written. An index
// for which it is false is still being verified, or is damaged and answers no more.
func (ix *Index) Verified() bool { return ix.verification.done.Load() }
