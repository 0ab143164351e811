package main

import "github.com/spf13/cobra"

func newEval() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "eval",
		Short: "Measure retrieval and extraction against judgements made by hand",
		Args:  noArgs,
	}
	return cmd
}
