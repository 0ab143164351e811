package indexer

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"

	"ibid/corpus"
)

// readingVersion changes whenever the same source would give other passages, so
// that an index made by an older program is stale. A test compares it with a
// digest of the passages of the shipped corpus.
const readingVersion = "4"

// Progress tells how far a build has come.
type Progress struct {
	Step  string // what is being done, for the reader
	Done  int    // of Total
	Total int
}

// Version returns the version that an index of the corpus has: a digest of
// sources, manifest and formats.
func Version(c *corpus.Corpus) (string, error) {
	digest, err := c.Digest()
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256([]byte(FormatVersion + "\n" + readingVersion + "\n" + digest))
	return hex.EncodeToString(sum[:8]), nil
}

// Update builds the index of the corpus in folder dir if there is none, if it
// is stale or if it cannot be used. It refuses a folder whose index was built
// from another corpus, since building would put this corpus in its place.
func Update(ctx context.Context, c *corpus.Corpus, dir string, progress func(Progress)) error {
	version, err := Version(c)
	if err != nil {
		return err
	}
	info, err := Current(dir)
	if err == nil && info.Corpus != c.Manifest.ID {
		return fmt.Errorf("index %s holds corpus %q, not %q; name another folder with --index, or the other corpus with --corpus", dir, info.Corpus, c.Manifest.ID)
	}
	if err == nil && info.Version == version {
		return nil
	}
	if err != nil && !errors.Is(err, ErrNoIndex) && !errors.Is(err, ErrUnusable) {
		return err
	}
	return Build(ctx, c, dir, progress)
}

// Build reads every source of the corpus and writes a new generation of the
// index in folder dir. The index that stands there keeps serving until the new
// one is whole; a build that fails or is stopped leaves it as it was.
func Build(ctx context.Context, c *corpus.Corpus, dir string, progress func(Progress)) error {
	version, err := Version(c)
	if err != nil {
		return err
	}
	var passages []*corpus.Passage
	for i, source := range c.Manifest.Sources {
		if err := ctx.Err(); err != nil {
			return fmt.Errorf("build index: %w", err)
		}
		progress(Progress{Step: "reading", Done: i, Total: len(c.Manifest.Sources)})
		data, err := c.ReadSource(source)
		if err != nil {
			return err
		}
		read, err := Read(c.Manifest, source, data)
		if err != nil {
			return err
		}
		passages = append(passages, read...)
	}
	return Write(ctx, dir, c.Manifest, passages, version, func(done int) {
		progress(Progress{Step: "indexing", Done: done, Total: len(passages)})
	})
}
