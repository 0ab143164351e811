package schema

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// The files of an index folder and of a generation.
const (
	CurrentName    = "CURRENT"
	LockName       = "LOCK"
	ManifestName   = "manifest.json"
	SumName        = "manifest.sha256" // SHA-256 of the manifest, in hexadecimal
	CorpusName     = "corpus.yaml"
	SegmentName    = "passages.zap"
	ColumnsName    = "columns.bin"
	WordsName      = "words.txt"
	DictionaryName = "dictionary.bin"
	TextName       = "text.bin"      // counts of the terms of the text
	StemName       = "stem.bin"      // counts of the stems
	PlacesName     = "positions.bin" // positions of the terms of the text
	RegisterName   = "register.bin"
	TellingName    = "telling.bin"
	Prefix         = "gen-" // of the name of a generation
)

// FileNames are the files that every generation has beside its manifest.
var FileNames = []string{CorpusName, SegmentName, ColumnsName, WordsName, DictionaryName, TextName, StemName, PlacesName, RegisterName, TellingName}

// Faults of an index folder. The errors that wrap them say what to do.
var (
	ErrNoIndex  = errors.New("no index")
	ErrUnusable = errors.New("unusable index") // damaged, half written, or of another format
)

// A Generation is the manifest of one generation.
type Generation struct {
	Format   string `json:"format"`
	Corpus   string `json:"corpus"`  // id of the corpus
	Version  string `json:"version"` // digest of sources, manifest and program format, given by the writer's caller
	Passages int    `json:"passages"`
	Groups   int    `json:"groups"`
	Files    []File `json:"files"`
}

// A File is one file of a generation.
type File struct {
	Name   string `json:"name"`
	Size   int64  `json:"size"` // bytes
	SHA256 string `json:"sha256"`
}

// Size returns the bytes of all files.
func (g *Generation) Size() int64 {
	var n int64
	for _, f := range g.Files {
		n += f.Size
	}
	return n
}

// Current reads the manifest of the generation that answers in an index folder,
// and returns the folder of that generation. Errors wrap ErrNoIndex or
// ErrUnusable.
func Current(dir string) (*Generation, string, error) {
	name, err := os.ReadFile(filepath.Join(dir, CurrentName))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, "", fmt.Errorf("%w in %q; build one with ibid index", ErrNoIndex, dir)
	case err != nil:
		return nil, "", fmt.Errorf("index folder %q cannot be read; choose another with --index: %w", dir, err)
	}
	base := strings.TrimSuffix(string(name), "\n")
	if !strings.HasPrefix(base, Prefix) || filepath.Base(base) != base {
		return nil, "", unusable(dir, "%s names no generation", CurrentName)
	}
	path := filepath.Join(dir, base)
	data, err := os.ReadFile(filepath.Join(path, ManifestName))
	if err != nil {
		return nil, "", unusable(dir, "the manifest of %s cannot be read", base)
	}
	if sum, err := os.ReadFile(filepath.Join(path, SumName)); err != nil || strings.TrimSpace(string(sum)) != SumOf(data) {
		return nil, "", unusable(dir, "%s or %s is not as it was written", ManifestName, SumName)
	}
	var g Generation
	if err := json.Unmarshal(data, &g); err != nil {
		return nil, "", unusable(dir, "the manifest of %s is no JSON", base)
	}
	if g.Format != FormatVersion {
		return nil, "", unusable(dir, "it has format %q, this program reads %q", g.Format, FormatVersion)
	}
	if err := g.checkSizes(dir, path); err != nil {
		return nil, "", err
	}
	return &g, path, nil
}

func unusable(dir, format string, args ...any) error {
	return fmt.Errorf("%w in %q: %s; rebuild it with ibid index", ErrUnusable, dir, fmt.Sprintf(format, args...))
}

// checkSizes finds a file that is missing or cut short without reading any: a
// mapped file that ends early would kill the process, not fail a search.
func (g *Generation) checkSizes(dir, path string) error {
	need := make(map[string]bool)
	for _, name := range FileNames {
		need[name] = true
	}
	for _, f := range g.Files {
		info, err := os.Stat(filepath.Join(path, f.Name))
		if err != nil || info.Size() != f.Size {
			return unusable(dir, "%s is missing or has another size than when it was written", f.Name)
		}
		delete(need, f.Name)
	}
	for name := range need {
		return unusable(dir, "its manifest does not list %s", name)
	}
	return nil
}

// Verify reads every file of a generation and compares its SHA-256, until ctx is done. The error wraps ErrUnusable.
func (g *Generation) Verify(ctx context.Context, path string) error {
	for _, f := range g.Files {
		sum, _, err := sumUntil(ctx, filepath.Join(path, f.Name))
		switch {
		case context.Cause(ctx) != nil:
			return context.Cause(ctx)
		case err != nil:
			return unusable(filepath.Dir(path), "%s cannot be read", f.Name)
		case sum != f.SHA256:
			return unusable(filepath.Dir(path), "%s is not as it was written", f.Name)
		}
	}
	return nil
}

// Sum returns the SHA-256 of a file in hexadecimal, and its size.
func Sum(path string) (string, int64, error) { return sumUntil(context.Background(), path) }

// SumOf returns the SHA-256 of data in hexadecimal.
func SumOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

func sumUntil(ctx context.Context, path string) (string, int64, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", 0, err
	}
	defer f.Close()
	h := sha256.New()
	total := int64(0)
	for {
		n, err := io.CopyN(h, f, 4<<20)
		total += n
		if errors.Is(err, io.EOF) {
			return hex.EncodeToString(h.Sum(nil)), total, nil
		}
		if err == nil {
			err = context.Cause(ctx)
		}
		if err != nil {
			return "", 0, err
		}
	}
}
