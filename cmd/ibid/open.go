package main

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"ibid/corpus"
	"ibid/corpus/pact1939"
	"ibid/indexer"
	"ibid/search"
	"ibid/web"
)

// places are the flags that most commands share: what to index and where the index is.
type places struct {
	Corpus  string // folder with corpus.yaml; "" for the shipped corpus
	Sources string // folder that the paths of the manifest begin in; "" for Corpus
	Index   string // folder of the index; "" for one under the user's cache folder
	Strict  bool   // a source that cannot be read is an error
	Memory  size   // bound on what a build takes
}

func (p *places) flags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&p.Corpus, "corpus", "", "corpus `folder`, with corpus.yaml in it (default: the shipped corpus)")
	p.sourcesFlag(cmd)
	cmd.Flags().StringVar(&p.Index, "index", "", "index `folder` (default: one for each corpus in your cache folder)")
}

func (p *places) sourcesFlag(cmd *cobra.Command) {
	cmd.Flags().StringVar(&p.Sources, "sources", "", "`folder` that the paths of the manifest begin in (default: the corpus folder)")
}

// load loads the corpus that the flags name.
func (p *places) load() (*corpus.Corpus, error) {
	if p.Corpus == "" && p.Sources != "" {
		return nil, usageError{errors.New("--sources names the sources of a corpus folder; name that too, with --corpus")}
	}
	if p.Corpus == "" {
		return corpus.Load(pact1939.Files, "shipped corpus")
	}
	return corpus.LoadFrom(p.Corpus, p.Sources)
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

// open opens the index that the flags name, as openBuilt does.
func (p *places) open(ctx context.Context, stderr io.Writer) (*search.Index, error) {
	b, err := p.corpusBuilder(stderr)
	if err != nil {
		return nil, err
	}
	return openBuilt(ctx, b)
}

// openFor opens the index that the flags name for searches with filters. A value that its corpus does not have is wrong use.
func (p *places) openFor(ctx context.Context, stderr io.Writer, filters search.Filters) (*search.Index, error) {
	index, err := p.open(ctx, stderr)
	if err != nil {
		return nil, err
	}
	if err := web.CheckFilters(index, filters); err != nil {
		return nil, cmp.Or(asUsage(err), index.Close())
	}
	return index, nil
}

// openBuilt opens an index, which it first builds if there is none, it is stale or it
// cannot be used.
func openBuilt(ctx context.Context, b *indexer.Builder, opts ...search.Option) (*search.Index, error) {
	if err := b.Update(ctx); err != nil {
		return nil, err
	}
	index, err := search.Open(b.Dir, opts...)
	if !errors.Is(err, search.ErrUnusable) {
		return index, err
	}
	// A file is damaged, or another process has put a newer index in the place of this one just now.
	b.Verify = true
	if err := b.Update(ctx); err != nil {
		return nil, err
	}
	return search.Open(b.Dir, opts...)
}

// corpusBuilder makes what builds the index that the flags name.
func (p *places) corpusBuilder(stderr io.Writer) (*indexer.Builder, error) {
	c, err := p.load()
	if err != nil {
		return nil, err
	}
	dir, err := p.indexDir(c)
	if err != nil {
		return nil, err
	}
	return p.builder(c, dir, stderr), nil
}
