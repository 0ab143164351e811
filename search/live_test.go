package search_test

import (
	"context"
	"errors"
	"sync"
	"testing"

	"ibid/indexer"
	"ibid/search"
)

// writeVersion writes the passages of the fixture as a version of an index.
func writeVersion(t *testing.T, dir, version string) {
	t.Helper()
	if err := indexer.Write(context.Background(), dir, manifest(), passages(), version, func(int) {}); err != nil {
		t.Fatal(err)
	}
}

// Readers see one index or the other and never a fault while indexes are
// exchanged under them, and what was acquired stays open.
func TestLiveSwap(t *testing.T) {
	dir := t.TempDir()
	writeVersion(t, dir, "a")
	first, err := search.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	live := search.NewLive(first)
	held, release, err := live.Acquire()
	if err != nil {
		t.Fatal(err)
	}
	var readers sync.WaitGroup
	stop := make(chan struct{})
	for range 4 {
		readers.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				result, err := live.Search(context.Background(), search.Request{Query: "customs"})
				if err != nil || result.Total == 0 {
					t.Errorf("a search while indexes are exchanged: %v", err)
					return
				}
			}
		})
	}
	for _, version := range []string{"b", "c", "d"} {
		writeVersion(t, dir, version)
		if swapped, err := live.Refresh(dir); err != nil || !swapped {
			t.Errorf("Refresh to %s = %v, %v", version, swapped, err)
		}
		if got := live.Version(); got != version {
			t.Errorf("version %q answers, want %q", got, version)
		}
	}
	if swapped, err := live.Refresh(dir); err != nil || swapped {
		t.Errorf("Refresh without a new generation = %v, %v", swapped, err)
	}
	close(stop)
	readers.Wait()
	if result, err := held.Search(context.Background(), search.Request{Query: "customs"}); err != nil || result.Index != "a" {
		t.Errorf("the index that was acquired first: %v", err)
	}
	release()
	if _, err := held.Search(context.Background(), search.Request{}); !errors.Is(err, search.ErrClosed) {
		t.Errorf("the first index after its last reader: %v, want ErrClosed", err)
	}
	if err := live.Close(); err != nil {
		t.Error(err)
	}
	if _, err := live.Search(context.Background(), search.Request{}); !errors.Is(err, search.ErrClosed) {
		t.Errorf("a search after Close: %v, want ErrClosed", err)
	}
	if got := live.Totals(); got != (search.Totals{}) {
		t.Errorf("%+v after Close", got)
	}
}

// An index folder that cannot be opened leaves the index of the moment at work.
func TestLiveRefreshFault(t *testing.T) {
	dir := t.TempDir()
	writeVersion(t, dir, "a")
	first, err := search.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	live := search.NewLive(first)
	defer live.Close()
	if _, err := live.Refresh(t.TempDir()); !errors.Is(err, search.ErrNoIndex) {
		t.Errorf("Refresh from an empty folder: %v, want ErrNoIndex", err)
	}
	if _, err := live.Search(context.Background(), search.Request{Query: "customs"}); err != nil {
		t.Error(err)
	}
}
