package indexer

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ibid/corpus"
	"ibid/indexer/schema"
)

func somePassages(n int) []*corpus.Passage {
	var out []*corpus.Passage
	for i := range n {
		id := fmt.Sprintf("a/p%04d", i)
		text := fmt.Sprintf("Passage %d of the treaty, with word%d and its quotation.", i, i%97)
		out = append(out, &corpus.Passage{ID: id, Kind: corpus.Paragraph, Source: "a", Text: text, Printed: text},
			&corpus.Passage{ID: fmt.Sprintf("a/q%04d", i), Kind: corpus.Quotation, Source: "a", Within: id, Text: "its quotation", Speaker: "x"})
	}
	return out
}

func writeSome(t *testing.T, dir, version string, n int) {
	t.Helper()
	if err := Write(context.Background(), dir, &corpus.Manifest{ID: "a"}, somePassages(n), version, nil); err != nil {
		t.Fatalf("Write: %v", err)
	}
}

func generations(t *testing.T, dir string) []string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(dir, schema.Prefix+"*"))
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestWriteReplaces(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new", "index")
	if _, err := Current(dir); !errors.Is(err, ErrNoIndex) {
		t.Errorf("Current of no folder gives %v, want ErrNoIndex", err)
	}
	writeSome(t, dir, "version-one-1", 3)
	writeSome(t, dir, "version-two-2", 5)
	info, err := Current(dir)
	if info.Bytes == 0 {
		t.Error("the index is told to have no bytes")
	}
	info.Bytes = 0
	if want := (Info{Corpus: "a", Version: "version-two-2", Passages: 10}); err != nil || info != want {
		t.Errorf("Current = %+v, %v, want %+v", info, err, want)
	}
	if g := generations(t, dir); len(g) != 1 {
		t.Errorf("generations %q stand in the folder, want one", g)
	}
}

// TestWriteIsTheSameTwice also crosses the border of batches, and merges. The
// segment itself differs: bleve orders postings by a map.
func TestWriteIsTheSameTwice(t *testing.T) {
	sums := make(map[string]string)
	for range 2 {
		dir := t.TempDir()
		writeSome(t, dir, "same-version-", 2500)
		g, path, err := schema.Current(dir)
		if err != nil {
			t.Fatal(err)
		}
		if err := g.Verify(context.Background(), path); err != nil {
			t.Fatal(err)
		}
		for _, f := range g.Files {
			if old, ok := sums[f.Name]; ok && old != f.SHA256 && f.Name != schema.SegmentName {
				t.Errorf("%s differs between two builds of the same passages", f.Name)
			}
			sums[f.Name] = f.SHA256
		}
	}
}

// TestWriteFailsAndOldStays: whatever ends a build, the old index answers and nothing is left behind.
func TestWriteFailsAndOldStays(t *testing.T) {
	gone, cancel := context.WithCancel(context.Background())
	cancel()
	failure := errors.New("the source broke off")
	tests := []struct {
		why  string
		ctx  context.Context
		read func(yield func(*corpus.Passage, error) bool)
		want string
	}{
		{"a source fails half way", context.Background(), func(yield func(*corpus.Passage, error) bool) {
			_ = yield(somePassages(1)[0], nil) && yield(nil, failure)
		}, failure.Error()},
		{"the reader gives up", gone, func(yield func(*corpus.Passage, error) bool) { yield(somePassages(1)[0], nil) }, "canceled"},
		{"no passages", context.Background(), func(func(*corpus.Passage, error) bool) {}, "no passages"},
		{"an id twice", context.Background(), func(yield func(*corpus.Passage, error) bool) {
			first, again := somePassages(1)[0], somePassages(1)[0]
			_ = yield(first, nil) && yield(again, nil)
		}, `"a/p0000" has no id of its own`},
		{"a quotation before its holder", context.Background(), func(yield func(*corpus.Passage, error) bool) { yield(somePassages(1)[1], nil) }, "does not follow"},
	}
	for _, tt := range tests {
		dir := t.TempDir()
		writeSome(t, dir, "the-old-version", 2)
		err := WriteFrom(tt.ctx, dir, &corpus.Manifest{ID: "a"}, tt.read, "the-new-version", nil)
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: WriteFrom gives error %v, want one with %q", tt.why, err, tt.want)
		}
		if info, err := Current(dir); err != nil || info.Version != "the-old-version" {
			t.Errorf("%s: Current = %+v, %v, want the old version", tt.why, info, err)
		}
		if g := generations(t, dir); len(g) != 1 {
			t.Errorf("%s: generations %q are left, want one", tt.why, g)
		}
	}
}

// TestWriteAfterKill: what a killed build left does not answer, and goes with the next one.
func TestWriteAfterKill(t *testing.T) {
	dir := t.TempDir()
	writeSome(t, dir, "the-old-version", 2)
	half := filepath.Join(dir, schema.Prefix+"half")
	if err := os.Mkdir(half, 0o755); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"part-000000.zap", schema.SegmentName} {
		if err := os.WriteFile(filepath.Join(half, name), []byte("half"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, schema.CurrentName+".new"), []byte("gen-ha"), 0o644); err != nil {
		t.Fatal(err)
	}
	if info, err := Current(dir); err != nil || info.Version != "the-old-version" {
		t.Errorf("Current beside half a build = %+v, %v, want the old version", info, err)
	}
	writeSome(t, dir, "the-new-version", 2)
	if _, err := os.Stat(half); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("half a build is still there: %v", err)
	}
}

// TestWritePermissions: who may read one file of an index may read all of it, as where
// one account builds it and another serves it.
func TestWritePermissions(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "index")
	c := loadShelf(t, shelf(t, threeFiles()))
	if err := Build(context.Background(), c, dir, nil); err != nil {
		t.Fatal(err)
	}
	likeOthers := filepath.Join(t.TempDir(), "f")
	if err := os.WriteFile(likeOthers, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	want, err := os.Stat(likeOthers)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	err = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		seen[d.Name()] = true
		if perm := info.Mode().Perm(); !d.IsDir() && perm != want.Mode().Perm() || d.IsDir() && perm&want.Mode().Perm() != want.Mode().Perm() {
			t.Errorf("%s has permissions %o, a file of the indexer %o", path, perm, want.Mode().Perm())
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range append([]string{schema.CurrentName, schema.LockName, schema.ManifestName, schema.SumName, cacheName}, schema.FileNames...) {
		if !seen[name] {
			t.Errorf("%s is not in the index folder", name)
		}
	}
}

func TestWriteLocked(t *testing.T) {
	dir := t.TempDir()
	unlock, err := lock(dir)
	if err != nil {
		t.Fatal(err)
	}
	err = Write(context.Background(), dir, &corpus.Manifest{}, somePassages(1), "v", nil)
	if !errors.Is(err, ErrLocked) || !strings.Contains(err.Error(), "wait") {
		t.Errorf("Write while another writes gives %v, want ErrLocked and what to do", err)
	}
	unlock()
	writeSome(t, dir, "v", 1)
}

func TestWriteNotAllowed(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	err := Write(context.Background(), file, &corpus.Manifest{}, somePassages(1), "v", nil)
	if err == nil || !strings.Contains(err.Error(), "--index") {
		t.Errorf("Write to a file gives %v, want an error that says what to do", err)
	}
	if _, err := os.Stat("/proc/self"); err == nil { // where nobody may make a folder
		err := Write(context.Background(), "/proc/ibid", &corpus.Manifest{}, somePassages(1), "v", nil)
		if err == nil || !strings.Contains(err.Error(), "--index") {
			t.Errorf("Write where no folder can be made gives %v, want an error that says what to do", err)
		}
	}
	c := loadShelf(t, shelf(t, threeFiles()))
	for _, dir := range []string{file, filepath.Join(file, "below")} {
		if err := Update(context.Background(), c, dir, nil); err == nil || !strings.Contains(err.Error(), "--index") {
			t.Errorf("Update of %s gives %v, want an error that says what to do", dir, err)
		}
	}
	if os.Geteuid() == 0 {
		t.Skip("root may write to read-only folders")
	}
	dir := t.TempDir()
	if err := os.Chmod(dir, 0o555); err != nil {
		t.Fatal(err)
	}
	err = Write(context.Background(), dir, &corpus.Manifest{}, somePassages(1), "v", nil)
	if err == nil || !strings.Contains(err.Error(), "--index") {
		t.Errorf("Write to a read-only folder gives %v, want an error that says what to do", err)
	}
}

func TestWriteKeepsTextClean(t *testing.T) {
	dir := t.TempDir()
	p := &corpus.Passage{ID: "a/p1", Kind: corpus.Paragraph, Source: "a", Text: "bad \xff byte, then lastword"}
	if err := Write(context.Background(), dir, &corpus.Manifest{ID: "a"}, []*corpus.Passage{p}, "v", nil); err != nil {
		t.Fatal(err)
	}
	_, path, err := schema.Current(dir)
	if err != nil {
		t.Fatal(err)
	}
	words, err := schema.OpenWords(filepath.Join(path, schema.WordsName))
	if err != nil {
		t.Fatal(err)
	}
	defer words.Close()
	if got := words.Of("lastword"); len(got) != 1 || got[0].Count != 1 {
		t.Errorf("the word behind an invalid byte is counted %v, want once", got)
	}
}

func BenchmarkWrite(b *testing.B) {
	all := somePassages(5000)
	b.ReportAllocs()
	for b.Loop() {
		if err := Write(context.Background(), b.TempDir(), &corpus.Manifest{ID: "a"}, all, "v", nil); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(all)*b.N)/b.Elapsed().Seconds(), "passages/s")
}
