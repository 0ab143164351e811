package main

import (
	"bufio"
	"encoding/json"
	"fmt"

	"github.com/spf13/cobra"

	"ibid/search"
)

// exportConfig are the flags of `ibid export`.
type exportConfig struct {
	places
	Format string
}

func newExport() *cobra.Command {
	var cfg exportConfig
	cmd := &cobra.Command{
		Use:   "export",
		Short: "Print every passage of the index, one JSON object a line, in reading order",
		Example: `  ibid export --format jsonl > passages.jsonl
  ibid export | jq -r 'select(.kind == "quotation" and .speaker == "molotov") | .text'`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if cfg.Format != "jsonl" {
				return usageError{fmt.Errorf("unknown format %q; write --format jsonl", cfg.Format)}
			}
			index, err := cfg.open(cmd.Context(), cmd.ErrOrStderr())
			if err != nil {
				return err
			}
			defer index.Close()
			w := bufio.NewWriter(cmd.OutOrStdout())
			enc := json.NewEncoder(w)
			enc.SetEscapeHTML(false)
			for p, err := range index.Export(cmd.Context(), search.Request{Sort: search.ByPosition}) {
				if err != nil {
					return err
				}
				if err := enc.Encode(p); err != nil {
					return err
				}
			}
			return w.Flush()
		},
	}
	cfg.places.flags(cmd)
	cmd.Flags().StringVar(&cfg.Format, "format", "jsonl", "`format` of the output: jsonl")
	return cmd
}
