package main

import (
	"encoding/json"
	"fmt"

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
		Use:   "check",
		Short: "Check a corpus and report what an editor should look at",
		Long: `Check reads a corpus as the indexer does and reports what an editor should look at:
repairs of low confidence, names that are not in the manifest, unknown sigla, quotations
without speaker, date or citation, footnotes without caller, and document numbers that
stand out of their order in time.`,
		Example: `  ibid check
  ibid check --corpus my-edition --format json`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
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
			if cfg.Format == "json" {
				enc := json.NewEncoder(cmd.OutOrStdout())
				enc.SetIndent("", "  ")
				enc.SetEscapeHTML(false)
				return enc.Encode(report)
			}
			return report.WriteText(cmd.OutOrStdout())
		},
	}
	cmd.Flags().StringVar(&cfg.Corpus, "corpus", "", "corpus `folder`, with corpus.yaml in it (default: the shipped corpus)")
	cfg.sourcesFlag(cmd)
	cmd.Flags().StringVar(&cfg.Format, "format", "text", "`format` of the report: text or json")
	return cmd
}
