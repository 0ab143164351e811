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
  ibid index --corpus my-edition --index /var/lib/ibid`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			c, err := cfg.load()
			if err != nil {
				return err
			}
			dir, err := cfg.indexDir(c)
			if err != nil {
				return err
			}
			build := indexer.Update
			if cfg.Force {
				build = indexer.Build
			}
			if err := build(cmd.Context(), c, dir, progress(cmd.ErrOrStderr())); err != nil {
				return err
			}
			info, err := indexer.Current(dir)
			if err != nil {
				return err
			}
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "index %s: %d passages, version %s\n", dir, info.Passages, info.Version)
			return err
		},
	}
	cfg.places.flags(cmd)
	cmd.Flags().BoolVar(&cfg.Force, "force", false, "build anew even if the index is up to date")
	return cmd
}
