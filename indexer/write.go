package indexer

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/gofrs/flock"

	"ibid/corpus"
	"ibid/indexer/schema"
)

// FormatVersion names the format of the index that Write writes. It is part of
// the version of an index, so that one of another format is stale.
const FormatVersion = schema.FormatVersion

// Faults of an index folder. The errors that wrap them say what to do.
var (
	ErrLocked   = errors.New("index is being written")
	ErrNoIndex  = schema.ErrNoIndex
	ErrUnusable = schema.ErrUnusable // damaged, half written, or of another format
)

// Write is WriteFrom for passages in memory.
func Write(ctx context.Context, dir string, m *corpus.Manifest, passages []*corpus.Passage, version string, progress func(done int)) error {
	all := func(yield func(*corpus.Passage, error) bool) {
		for _, p := range passages {
			if !yield(p, nil) {
				return
			}
		}
	}
	return WriteFrom(ctx, dir, m, all, version, progress)
}

// WriteFrom writes passages as a new generation of the index in dir and publishes it
// in place of the old one, which answers until then. Passages come in reading
// order, each quotation behind the passage that holds it. If anything fails, or
// the process is killed, the old index stays as it was; what was left half
// written is removed by the next build.
//
// version is what the index will call itself; progress, if not nil, is told the
// number of passages read so far. Errors wrap ErrLocked where another process
// is writing the folder, and what the passages or the context failed with.
func WriteFrom(ctx context.Context, dir string, m *corpus.Manifest, passages iter.Seq2[*corpus.Passage, error], version string, progress func(done int)) error {
	if err := makeFolder(dir, dir); err != nil {
		return err
	}
	unlock, err := lock(dir)
	if err != nil {
		return err
	}
	defer unlock()
	if err := removeOthers(dir); err != nil {
		return folderError(dir, err)
	}
	gen, err := newGeneration(dir, version)
	if err != nil {
		return folderError(dir, err)
	}
	path := filepath.Join(dir, gen)
	if err := writeGeneration(ctx, path, m, passages, version, progress); err != nil {
		_ = os.RemoveAll(path) // what stays behind is removed by the next Write
		return folderError(dir, err)
	}
	if err := publish(dir, gen); err != nil {
		_ = os.RemoveAll(path)
		return folderError(dir, err)
	}
	// The new index answers: an old generation that cannot be removed now goes with the next Write.
	_ = removeOthers(dir)
	return nil
}

// Info tells which index a folder holds.
type Info struct {
	Corpus   string // id of the corpus
	Version  string // as given to Write
	Passages int
	Bytes    int64 // of its files
}

// Current tells which index dir holds, from its manifest and the sizes of its
// files. The error wraps ErrNoIndex or ErrUnusable.
func Current(dir string) (Info, error) {
	g, _, err := schema.Current(dir)
	if err != nil {
		return Info{}, err
	}
	return Info{Corpus: g.Corpus, Version: g.Version, Passages: g.Passages, Bytes: g.Size()}, nil
}

// Verify compares every file of the index in dir with the sum it was written with, until
// ctx is done. The error wraps ErrNoIndex or ErrUnusable and names the file.
func Verify(ctx context.Context, dir string) (Info, error) {
	g, path, err := schema.Current(dir)
	if err == nil {
		err = g.Verify(ctx, path)
	}
	if err != nil {
		return Info{}, err
	}
	return Info{Corpus: g.Corpus, Version: g.Version, Passages: g.Passages, Bytes: g.Size()}, nil
}

// A folderFault is an error of an index folder that says what to do.
type folderFault struct{ error }

func (f folderFault) Unwrap() error { return f.error }

// folderError says what to do about a fault of the folder; other errors pass unchanged.
func folderError(dir string, err error) error {
	advice := ""
	switch {
	case errors.As(err, new(folderFault)):
		return err
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		advice = "no space left on the disk of index folder %q; free some and index again (an index that was there is still whole): %w"
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		advice = "index folder %q cannot be written; choose another with --index: %w"
	case errors.Is(err, syscall.ENOTDIR), errors.Is(err, fs.ErrExist):
		advice = "index folder %q is no folder; choose another with --index: %w"
	default:
		return err
	}
	return folderFault{fmt.Errorf(advice, dir, err)}
}

// makeFolder makes a folder of the index folder dir, if it is not there.
func makeFolder(dir, path string) error {
	err := os.MkdirAll(path, 0o755)
	if err == nil || errors.As(folderError(dir, err), new(folderFault)) {
		return folderError(dir, err)
	}
	return folderFault{fmt.Errorf("index folder %q cannot be made; choose another with --index: %w", dir, err)}
}

func newLock(dir string) *flock.Flock {
	return flock.New(filepath.Join(dir, schema.LockName), flock.SetPermissions(0o644))
}

// lock takes the folder for one writer. The lock ends with the process, however it ends.
func lock(dir string) (unlock func(), err error) {
	l := newLock(dir)
	ok, err := l.TryLock()
	if err != nil {
		return nil, folderError(dir, err)
	}
	if !ok {
		return nil, fmt.Errorf("%w: another ibid is writing index folder %q; wait until it is done", ErrLocked, dir)
	}
	return func() { _ = l.Unlock() }, nil
}

// lockEvery is how often a folder is tried that another process writes.
const lockEvery = 50 * time.Millisecond

// lockWhenFree takes the folder as lock does, once no other process has it.
func lockWhenFree(ctx context.Context, dir string) (unlock func(), err error) {
	l := newLock(dir)
	if _, err := l.TryLockContext(ctx, lockEvery); err != nil {
		return nil, folderError(dir, err)
	}
	return func() { _ = l.Unlock() }, nil
}

// removeOthers removes the generations that do not answer: older ones, and
// those that a killed build left. A process that still reads one keeps its files.
func removeOthers(dir string) error {
	current, err := os.ReadFile(filepath.Join(dir, schema.CurrentName))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		name := e.Name()
		if strings.HasPrefix(name, schema.Prefix) && name != strings.TrimSpace(string(current)) {
			if err := os.RemoveAll(filepath.Join(dir, name)); err != nil {
				return err
			}
		}
	}
	return nil
}

// newGeneration makes the folder of a generation under a name not used before.
func newGeneration(dir, version string) (string, error) {
	name := schema.Prefix
	if len(version) >= 12 && filepath.Base(version) == version {
		name += version[:12] + "-"
	}
	var unique [4]byte
	if _, err := rand.Read(unique[:]); err != nil {
		return "", err
	}
	name += hex.EncodeToString(unique[:])
	return name, os.Mkdir(filepath.Join(dir, name), 0o755)
}

func writeGeneration(ctx context.Context, path string, m *corpus.Manifest, passages iter.Seq2[*corpus.Passage, error], version string, progress func(int)) error {
	w := newSegmentWriter(ctx, path, m, progress)
	if err := w.writeAll(passages); err != nil {
		return err
	}
	text, err := yaml.Marshal(m)
	if err != nil {
		return fmt.Errorf("copy of the manifest: %w", err)
	}
	if err := writeFile(filepath.Join(path, schema.CorpusName), text); err != nil {
		return err
	}
	g := schema.Generation{Format: FormatVersion, Corpus: m.ID, Version: version, Passages: w.count, Groups: w.groups}
	for _, name := range schema.FileNames {
		sum, size, err := schema.Sum(filepath.Join(path, name))
		if err != nil {
			return err
		}
		if err := syncPath(filepath.Join(path, name)); err != nil {
			return err
		}
		g.Files = append(g.Files, schema.File{Name: name, Size: size, SHA256: sum})
	}
	data, err := json.MarshalIndent(g, "", "  ")
	if err != nil {
		return err
	}
	data = append(data, '\n')
	if err := writeFile(filepath.Join(path, schema.ManifestName), data); err != nil {
		return err
	}
	if err := writeFile(filepath.Join(path, schema.SumName), []byte(schema.SumOf(data)+"\n")); err != nil {
		return err
	}
	return syncPath(path)
}

// publish makes gen the generation that answers, in one step.
func publish(dir, gen string) error {
	temporary := filepath.Join(dir, schema.CurrentName+".new")
	if err := writeFile(temporary, []byte(gen+"\n")); err != nil {
		return err
	}
	if err := os.Rename(temporary, filepath.Join(dir, schema.CurrentName)); err != nil {
		return err
	}
	return syncPath(dir)
}

// writeFile writes a file and waits until the disk has it.
func writeFile(path string, data []byte) error {
	if err := os.WriteFile(path, data, 0o644); err != nil {
		return err
	}
	return syncPath(path)
}

// syncPath waits until the disk has a file, or the names in a folder.
func syncPath(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	return f.Sync()
}
