package main

import (
	"log/slog"

	"github.com/spf13/cobra"

	"ibid/web/mcp"
)

func newMCP() *cobra.Command {
	var cfg places
	cmd := &cobra.Command{
		Use:   "mcp",
		Short: "Answer an assistant over the Model Context Protocol, on standard input and output",
		Long: `Mcp offers the corpus to an assistant: search, passage, document, quote_check and
corpus_status. It only reads. An assistant starts it itself; tell it the command "ibid mcp".
It runs until its standard input ends.`,
		Example: `  ibid mcp
  ibid mcp --corpus my-edition`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			index, err := cfg.open(cmd.Context(), cmd.ErrOrStderr())
			if err != nil {
				return err
			}
			defer index.Close()
			log := slog.New(slog.NewTextHandler(cmd.ErrOrStderr(), &slog.HandlerOptions{Level: slog.LevelWarn}))
			return mcp.New(mcp.Config{Build: release + revision()}, index, log).Run(cmd.Context(), cmd.InOrStdin(), cmd.OutOrStdout())
		},
	}
	cfg.flags(cmd)
	return cmd
}
