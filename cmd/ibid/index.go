package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"ibid/indexer"
)

// indexConfig are the flags of `ibid index`.
type indexConfig struct {
	places
	Force bool
}

func newIndex() *cobra.Command {
	var cfg indexConfig
	cmd := &cobra.Command{
		Use:   "index",
		Short: "Build the index of a corpus, beside the one that is served, and put it in its place",
		Example: `  ibid index
  ibid index --corpus my-edition --index /var/lib/ibid
  ibid index --corpus my-manifest --sources /data/editions --memory 512MiB --strict`,
		Long: `Index reads the sources that changed since the last build, on all processors, and keeps their
passages beside the index; the others are taken as they were. A source that cannot be read is
left out and named on standard error; with --strict it stops the build. The index that is there
answers until the new one is whole, and stays if the build fails, is stopped or the disk is full.
One that is up to date is compared with its sums, and built anew if it is damaged.`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			b, err := cfg.corpusBuilder(cmd.ErrOrStderr())
			if err != nil {
				return err
			}
			b.Verify = true
			build := b.Update
			if cfg.Force {
				b.Fresh, build = true, b.Build
			}
			if err := build(cmd.Context()); err != nil {
				return err
			}
			info, err := indexer.Current(b.Dir)
			if err != nil {
				return err
			}
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "index %s: %d passages, version %s\n", b.Dir, info.Passages, info.Version)
			return err
		},
	}
	cfg.places.flags(cmd)
	cfg.buildFlags(cmd)
	cmd.Flags().BoolVar(&cfg.Force, "force", false, "read every source and build anew even if the index is up to date")
	return cmd
}
