package search_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ibid/indexer"
	"ibid/indexer/schema"
	"ibid/search"
)

// written makes an index and returns its folder and that of its generation.
func written(t *testing.T) (dir, generation string) {
	t.Helper()
	dir = t.TempDir()
	if err := indexer.Write(context.Background(), dir, manifest(), passages(), "0123456789abcdef", nil); err != nil {
		t.Fatal(err)
	}
	_, generation, err := schema.Current(dir)
	if err != nil {
		t.Fatal(err)
	}
	return dir, generation
}

// TestOpenFaults: every fault of a folder is an error of its kind, that says what to do.
func TestOpenFaults(t *testing.T) {
	tests := []struct {
		why    string
		damage func(dir, generation string) error
		want   error
	}{
		{"no CURRENT", func(dir, _ string) error { return os.Remove(filepath.Join(dir, schema.CurrentName)) }, search.ErrNoIndex},
		{"an empty CURRENT", func(dir, _ string) error {
			return os.WriteFile(filepath.Join(dir, schema.CurrentName), nil, 0o644)
		}, search.ErrUnusable},
		{"a CURRENT that leads out of the folder", func(dir, _ string) error {
			return os.WriteFile(filepath.Join(dir, schema.CurrentName), []byte("gen-/../../etc\n"), 0o644)
		}, search.ErrUnusable},
		{"a generation that is gone", func(_, generation string) error { return os.RemoveAll(generation) }, search.ErrUnusable},
		{"no manifest", func(_, generation string) error { return os.Remove(filepath.Join(generation, schema.ManifestName)) }, search.ErrUnusable},
		{"half a manifest", func(_, generation string) error {
			return os.Truncate(filepath.Join(generation, schema.ManifestName), 40)
		}, search.ErrUnusable},
		{"another format", func(_, generation string) error {
			return replace(filepath.Join(generation, schema.ManifestName), schema.FormatVersion, "ibid-0")
		}, search.ErrUnusable},
		{"no segment", func(_, generation string) error { return os.Remove(filepath.Join(generation, schema.SegmentName)) }, search.ErrUnusable},
		{"an empty segment", func(_, generation string) error {
			return os.Truncate(filepath.Join(generation, schema.SegmentName), 0)
		}, search.ErrUnusable},
		{"half the columns", func(_, generation string) error {
			return os.Truncate(filepath.Join(generation, schema.ColumnsName), 100)
		}, search.ErrUnusable},
	}
	for _, tt := range tests {
		dir, generation := written(t)
		if err := tt.damage(dir, generation); err != nil {
			t.Fatal(err)
		}
		ix, err := search.Open(dir)
		if !errors.Is(err, tt.want) || !strings.Contains(err.Error(), "ibid index") || strings.Contains(err.Error(), "goroutine") {
			t.Errorf("%s: Open gives error %v, want %v with what to do", tt.why, err, tt.want)
		}
		if ix != nil {
			ix.Close()
		}
	}
	if _, err := search.Open(filepath.Join(t.TempDir(), "none")); !errors.Is(err, search.ErrNoIndex) {
		t.Errorf("no folder: Open gives error %v, want ErrNoIndex", err)
	}
}

// TestOpenFlippedBits: one flipped bit in any file is found and named: in a small index
// before it answers, in a large one meanwhile, and then it answers no more.
func TestOpenFlippedBits(t *testing.T) {
	for _, name := range append([]string{schema.ManifestName, schema.SumName}, schema.FileNames...) {
		dir, generation := written(t)
		flip(t, filepath.Join(generation, name))
		if _, err := search.Open(dir); !errors.Is(err, search.ErrUnusable) || !strings.Contains(err.Error(), name) {
			t.Errorf("a flipped bit in %s: Open gives error %v, want ErrUnusable that names it", name, err)
		}
		if _, err := indexer.Verify(context.Background(), dir); !errors.Is(err, search.ErrUnusable) || !strings.Contains(err.Error(), name) {
			t.Errorf("a flipped bit in %s: Verify gives error %v, want ErrUnusable that names it", name, err)
		}
	}
}

// TestVerifiedMeanwhile is TestOpenFlippedBits for an index that is taken for a large one.
func TestVerifiedMeanwhile(t *testing.T) {
	search.SetVerifiedSize(t, 0)
	dir, _ := written(t)
	ix, err := search.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer ix.Close()
	within(t, "a whole index is verified", ix.Verified)
	if r := find(t, ix, search.Request{Query: "railway"}); r.Unverified || r.Total == 0 {
		t.Errorf("a verified index answers %+v", r)
	}
	for _, name := range schema.FileNames {
		dir, generation := written(t)
		flip(t, filepath.Join(generation, name))
		if ix, err := search.Open(dir, search.Verified()); !errors.Is(err, search.ErrUnusable) {
			ix.Close()
			t.Errorf("a flipped bit in %s: Open with Verified gives error %v", name, err)
		}
		ix, err := search.Open(dir)
		if err != nil {
			continue // it was found in reading the file
		}
		var found error
		within(t, "the flipped bit in "+name+" is found", func() bool {
			_, found = ix.Search(context.Background(), search.Request{Query: "railway"})
			return errors.Is(found, search.ErrUnusable)
		})
		if !strings.Contains(found.Error(), name) || ix.Verified() {
			t.Errorf("a flipped bit in %s: Search gives %v", name, found)
		}
		if _, err := ix.Passage("doe/p001"); !errors.Is(err, search.ErrUnusable) {
			t.Errorf("a damaged index gives a passage, error %v", err)
		}
		ix.Close()
	}
}

// flip flips a bit in the middle of a file.
func flip(t *testing.T, path string) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	data[len(data)/2] ^= 4
	if err := os.WriteFile(path, data, 0o644); err != nil {
		t.Fatal(err)
	}
}

// within waits until something holds, ten seconds at most.
func within(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(time.Millisecond) {
		if holds() {
			return
		}
	}
	t.Errorf("it does not come that %s", what)
}

func TestOpenReadOnly(t *testing.T) {
	dir, generation := written(t)
	for _, d := range []string{generation, dir} {
		if err := os.Chmod(d, 0o555); err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(func() {
		os.Chmod(dir, 0o755)
		os.Chmod(generation, 0o755)
	})
	ix, err := search.Open(dir)
	if err != nil {
		t.Fatalf("Open of a read-only folder: %v", err)
	}
	defer ix.Close()
	if r := find(t, ix, search.Request{Query: "railway"}); r.Total == 0 {
		t.Error("an index in a read-only folder finds nothing")
	}
}

// TestReplacedWhileOpen: an open index answers on when a new one takes its place.
func TestReplacedWhileOpen(t *testing.T) {
	dir, _ := written(t)
	ix, err := search.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer ix.Close()
	before := find(t, ix, search.Request{Query: "railway", Size: 1})
	if err := indexer.Write(context.Background(), dir, manifest(), passages()[:5], "another-version", nil); err != nil {
		t.Fatal(err)
	}
	after := find(t, ix, search.Request{Query: "railway", Size: 1, Cursor: before.Next})
	if after.Total != before.Total {
		t.Errorf("the total is %d after the index was replaced, %d before", after.Total, before.Total)
	}
	next, err := search.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer next.Close()
	if _, err := next.Search(context.Background(), search.Request{Query: "railway", Size: 1, Cursor: before.Next}); !errors.Is(err, search.ErrStaleCursor) {
		t.Errorf("a cursor of the old index gives error %v with the new one, want ErrStaleCursor", err)
	}
}

func replace(path, from, to string) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	return os.WriteFile(path, []byte(strings.Replace(string(data), from, to, 1)), 0o644)
}
