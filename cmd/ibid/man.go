package main

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"
)

// manConfig are the flags of `ibid man`.
type manConfig struct {
	Dir string
}

func newMan() *cobra.Command {
	var cfg manConfig
	cmd := &cobra.Command{
		Use:   "man [COMMAND]",
		Short: "Print the manual page of ibid or of a command",
		Long: `Man prints a manual page made of the same definitions as --help. With --dir it writes the
pages of all commands into a folder, as ibid.1, ibid-search.1 and so on.`,
		Example: `  ibid man | man -l -
  ibid man search | man -l -
  ibid man --dir /usr/local/share/man/man1`,
		RunE: func(cmd *cobra.Command, args []string) error {
			header := &doc.GenManHeader{Section: "1", Source: "ibid " + release, Manual: "ibid"}
			root := cmd.Root()
			root.DisableAutoGenTag = true
			if cfg.Dir != "" {
				if len(args) > 0 {
					return usageError{fmt.Errorf("--dir writes the pages of all commands; leave out %q", args[0])}
				}
				if err := os.MkdirAll(cfg.Dir, 0o755); err != nil {
					return err
				}
				return doc.GenManTree(root, header, cfg.Dir)
			}
			page, err := named(root, args)
			if err != nil {
				return err
			}
			return doc.GenMan(page, header, cmd.OutOrStdout())
		},
	}
	cmd.Flags().StringVar(&cfg.Dir, "dir", "", "write the pages of all commands into this `folder`")
	return cmd
}
