package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"ibid/indexer"
)

// checkConfig are the flags of `ibid check`.
type checkConfig struct {
	places
	Format string
}

func newCheck() *cobra.Command {
	var cfg checkConfig
	cmd := &cobra.Command{
		Use:   "check [INDEX]",
		Short: "Check a corpus and report what an editor should look at",
		Long: `Check reads a corpus as the indexer does and reports what an editor should look at:
repairs of low confidence, names that are not in the manifest, unknown sigla, quotations
without speaker, date or citation, footnotes without caller, and document numbers that
stand out of their order in time. The exit status is 1 where a source cannot be read.

With the folder of an index it reads every file of that index instead and compares it with the
SHA-256 that it was written with.`,
		Example: `  ibid check
  ibid check --corpus my-edition --format json
  ibid check /var/lib/ibid`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 1 {
				return usageError{fmt.Errorf("%s takes one index folder at most, got %q", cmd.CommandPath(), args)}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 1 {
				return verifyIndex(cmd, args[0])
			}
			if cfg.Format != "text" && cfg.Format != "json" {
				return usageError{fmt.Errorf("unknown format %q; write --format text or --format json", cfg.Format)}
			}
			c, err := cfg.load()
			if err != nil {
				return err
			}
			report, err := indexer.Check(cmd.Context(), c)
			if err != nil {
				return err
			}
			if err := writeReport(cmd.OutOrStdout(), report, cfg.Format); err != nil {
				return err
			}
			for _, u := range report.Unread {
				fmt.Fprintf(cmd.ErrOrStderr(), "ibid: %s\n", u.Text)
			}
			if len(report.Unread) > 0 {
				return errSilent
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&cfg.Corpus, "corpus", "", "corpus `folder`, with corpus.yaml in it (default: the shipped corpus)")
	cfg.sourcesFlag(cmd)
	cmd.Flags().StringVar(&cfg.Format, "format", "text", "`format` of the report: text or json")
	return cmd
}

// writeReport writes a report as text or json.
func writeReport(w io.Writer, report *indexer.Report, format string) error {
	if format == "json" {
		return encodeJSON(w, report)
	}
	return report.WriteText(w)
}

// verifyIndex tells that the index in a folder is as it was written.
func verifyIndex(cmd *cobra.Command, dir string) error {
	info, err := indexer.Verify(cmd.Context(), dir)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(cmd.OutOrStdout(), "index %s: as it was written: %d passages of corpus %q, version %s, %.1f MB\n", dir, info.Passages, info.Corpus, info.Version, float64(info.Bytes)/1e6)
	return err
}
