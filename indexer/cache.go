package indexer

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"

	"github.com/klauspost/compress/zstd"

	"ibid/corpus"
)

// cacheName is the folder of an index in which the passages of each source lie,
// so that a source that did not change is not read again.
const cacheName = "sources"

// errDamaged says that passages in the cache are not as they were written.
var errDamaged = errors.New("the passages kept of a source are damaged")

// A cache keeps the annotated passages of sources under keys that change
// whenever the passages could: KEY.zst holds them as JSON lines, packed; KEY.json,
// written last, tells that they are whole.
type cache struct{ dir string }

// A kept is what the cache knows of the passages of a source.
type kept struct {
	Passages int      `json:"passages"`
	Actors   []string `json:"actors"` // ids of the persons of authority files that they name, sorted
	SHA256   string   `json:"sha256"` // of the packed file
}

func (c cache) path(key, ext string) string { return filepath.Join(c.dir, key+ext) }

// look returns what is kept under a key; false if nothing is, or not whole.
func (c cache) look(key string) (kept, bool) {
	data, err := os.ReadFile(c.path(key, ".json"))
	if err != nil {
		return kept{}, false
	}
	var k kept
	if json.Unmarshal(data, &k) != nil {
		return kept{}, false
	}
	_, err = os.Stat(c.path(key, ".zst"))
	return k, err == nil
}

// remove forgets what is kept under a key.
func (c cache) remove(key string) error {
	return errors.Join(ignoreMissing(os.Remove(c.path(key, ".json"))), ignoreMissing(os.Remove(c.path(key, ".zst"))))
}

func ignoreMissing(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// prune removes all but the given keys, and what a killed build left.
func (c cache) prune(keys map[string]bool) error {
	entries, err := os.ReadDir(c.dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		name := e.Name()
		ext := filepath.Ext(name)
		if (ext == ".zst" || ext == ".json") && !keys[strings.TrimSuffix(name, ext)] || ext == ".new" {
			if err := ignoreMissing(os.Remove(filepath.Join(c.dir, name))); err != nil {
				return err
			}
		}
	}
	return nil
}

// A keeper writes the passages of one source into the cache.
type keeper struct {
	cache cache
	key   string
	file  *os.File
	buf   *bufio.Writer
	zip   *zstd.Encoder
	enc   *json.Encoder
	kept  kept
}

func (c cache) keep(key string) (*keeper, error) {
	f, err := os.Create(c.path(key, ".new"))
	if err != nil {
		return nil, err
	}
	k := &keeper{cache: c, key: key, file: f, buf: bufio.NewWriterSize(f, 1<<18)}
	k.zip, err = zstd.NewWriter(k.buf, zstd.WithEncoderConcurrency(1), zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithWindowSize(1<<20))
	if err != nil {
		k.abandon()
		return nil, err
	}
	k.enc = json.NewEncoder(k.zip)
	k.enc.SetEscapeHTML(false)
	return k, nil
}

func (k *keeper) add(p *corpus.Passage) error {
	k.kept.Passages++
	return k.enc.Encode(p)
}

// done makes what was added count, naming the persons of authority files in it.
func (k *keeper) done(actors []string) (kept, error) {
	k.kept.Actors = actors
	if err := errors.Join(k.zip.Close(), k.buf.Flush(), k.file.Sync(), k.file.Close()); err != nil {
		return kept{}, err
	}
	var err error
	if k.kept.SHA256, err = fileSum(k.cache.path(k.key, ".new")); err != nil {
		return kept{}, err
	}
	if err := os.Rename(k.cache.path(k.key, ".new"), k.cache.path(k.key, ".zst")); err != nil {
		return kept{}, err
	}
	data, err := json.Marshal(k.kept)
	if err != nil {
		return kept{}, err
	}
	return k.kept, writeFile(k.cache.path(k.key, ".json"), data)
}

// abandon closes and removes what was written. It does nothing behind done.
func (k *keeper) abandon() {
	_ = k.file.Close()
	_ = os.Remove(k.cache.path(k.key, ".new")) // if it stays, the next build removes it
}

func fileSum(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	_, err = io.Copy(h, f)
	return hex.EncodeToString(h.Sum(nil)), err
}

// passages gives the passages kept under a key, in order. It ends with an error
// that wraps errDamaged where they are not as they were written.
func (c cache) passages(key string, k kept) iter.Seq2[*corpus.Passage, error] {
	return func(yield func(*corpus.Passage, error) bool) {
		if sum, err := fileSum(c.path(key, ".zst")); err != nil || sum != k.SHA256 {
			yield(nil, fmt.Errorf("%w: %s", errDamaged, key))
			return
		}
		f, err := os.Open(c.path(key, ".zst"))
		if err != nil {
			yield(nil, err)
			return
		}
		defer f.Close()
		z, err := zstd.NewReader(f, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(8<<20))
		if err != nil {
			yield(nil, err)
			return
		}
		defer z.Close()
		dec := json.NewDecoder(z)
		for range k.Passages {
			p := new(corpus.Passage)
			if err := dec.Decode(p); err != nil {
				yield(nil, fmt.Errorf("%w: %s: %v", errDamaged, key, err))
				return
			}
			if !yield(p, nil) {
				return
			}
		}
	}
}
