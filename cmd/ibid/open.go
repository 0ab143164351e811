package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/mattn/go-isatty"
	"github.com/schollz/progressbar/v3"
	"github.com/spf13/cobra"

	"ibid/corpus"
	"ibid/corpus/pact1939"
	"ibid/indexer"
	"ibid/search"
)

// places are the flags that most commands share: what to index and where the index is.
type places struct {
	Corpus string // folder with corpus.yaml; "" for the shipped corpus
	Index  string // folder of the index; "" for one under the user's cache folder
}

func (p *places) flags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&p.Corpus, "corpus", "", "corpus `folder`, with corpus.yaml in it (default: the shipped corpus)")
	cmd.Flags().StringVar(&p.Index, "index", "", "index `folder` (default: one for each corpus in your cache folder)")
}

// load loads the corpus that the flags name.
func (p *places) load() (*corpus.Corpus, error) {
	if p.Corpus == "" {
		return corpus.Load(pact1939.Files, "shipped corpus")
	}
	return corpus.LoadDir(p.Corpus)
}

// indexDir returns the index folder that the flags name. The default lies in
// the user's cache folder and is named by the corpus folder, so that two
// corpora never share one.
func (p *places) indexDir(c *corpus.Corpus) (string, error) {
	if p.Index != "" {
		return p.Index, nil
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", errors.New("there is no cache folder for the index; name a folder with --index")
	}
	name := c.Manifest.ID
	if p.Corpus != "" {
		abs, err := filepath.Abs(p.Corpus)
		if err != nil {
			return "", fmt.Errorf("corpus folder %s: %w", p.Corpus, err)
		}
		sum := sha256.Sum256([]byte(abs))
		name += "-" + hex.EncodeToString(sum[:6])
	}
	return filepath.Join(cache, "ibid", name), nil
}

// open opens the index, which it first builds if there is none or it is stale.
func (p *places) open(ctx context.Context, stderr io.Writer) (*search.Index, error) {
	dir, err := p.update(ctx, stderr)
	if err != nil {
		return nil, err
	}
	return search.Open(dir)
}

// update builds the index if there is none or it is stale, and returns its folder.
func (p *places) update(ctx context.Context, stderr io.Writer) (dir string, err error) {
	c, err := p.load()
	if err != nil {
		return "", err
	}
	if dir, err = p.indexDir(c); err != nil {
		return "", err
	}
	return dir, indexer.Update(ctx, c, dir, progress(stderr))
}

// progress returns a function that draws a bar on stderr, if that is a
// terminal, once the work has taken a second.
func progress(stderr io.Writer) func(indexer.Progress) {
	f, ok := stderr.(*os.File)
	if !ok || !isatty.IsTerminal(f.Fd()) {
		return func(indexer.Progress) {}
	}
	var bar *progressbar.ProgressBar
	begun := time.Now()
	return func(p indexer.Progress) {
		if bar == nil && time.Since(begun) < time.Second {
			return
		}
		if bar == nil {
			bar = progressbar.NewOptions(p.Total, progressbar.OptionSetWriter(stderr), progressbar.OptionClearOnFinish(),
				progressbar.OptionThrottle(100*time.Millisecond), progressbar.OptionShowCount(), progressbar.OptionShowIts())
		}
		bar.ChangeMax(p.Total)
		bar.Describe(p.Step)
		// A bar that cannot be drawn is no reason to stop indexing.
		_ = bar.Set(p.Done)
	}
}
