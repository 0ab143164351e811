// Command ibid is a full-text search engine for historians' source corpora.
//
//	ibid serve      build the index if there is none or it is stale, and serve it
//	ibid index      build the index
//	ibid search     search from the command line
//	ibid quote      check a quotation against the corpus
//	ibid export     print the passages of the index
//	ibid check      report what an editor should look at
//	ibid eval       measure retrieval and extraction
//	ibid mcp        answer an assistant over the Model Context Protocol
//	ibid man        print a manual page
//	ibid version    print the version
//
// Every command works on the shipped corpus unless --corpus names a folder.
// Results go to standard output, everything else to standard error. The exit
// status is 0 if it was done, 1 if it could not be done, 2 for wrong use.
package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/spf13/cobra"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// Exit statuses.
const (
	statusDone     = 0
	statusFailed   = 1
	statusWrongUse = 2
)

// A usageError is wrong use: exit status 2.
type usageError struct{ error }

// errSilent is a failure that needs no message, as a search that found nothing.
var errSilent = errors.New("")

// run runs the command line and returns the exit status.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	root := newRoot()
	root.SetArgs(args)
	root.SetOut(stdout)
	root.SetErr(stderr)
	strict(root)
	var unwritten error
	root.SetHelpFunc(wholeHelp(root.HelpFunc(), &unwritten))
	cmd, err := root.ExecuteContextC(ctx)
	if err == nil {
		err = unwritten
	}
	var wrong usageError
	switch {
	case err == nil:
		return statusDone
	case errors.Is(err, errSilent):
		return statusFailed
	case errors.As(err, &wrong):
		fmt.Fprintf(stderr, "ibid: %v\nRun '%s --help' for the usage.\n", err, cmd.CommandPath())
		return statusWrongUse
	case errors.Is(err, context.Canceled) && ctx.Err() != nil:
		fmt.Fprintln(stderr, "ibid: stopped before it was done")
		return statusFailed
	default:
		fmt.Fprintf(stderr, "ibid: %v\n", err)
		return statusFailed
	}
}

// wholeHelp returns a help function that notes in failed when its text could not be
// written; cobra says nothing of it.
func wholeHelp(help func(*cobra.Command, []string), failed *error) func(*cobra.Command, []string) {
	return func(cmd *cobra.Command, args []string) {
		out := cmd.OutOrStdout()
		var text bytes.Buffer
		cmd.SetOut(&text)
		help(cmd, args)
		cmd.SetOut(out)
		if _, err := out.Write(text.Bytes()); err != nil {
			*failed = err
		}
	}
}

func newRoot() *cobra.Command {
	root := &cobra.Command{
		Use:   "ibid",
		Short: "Full-text search for historians' source corpora",
		Long: `ibid cuts sources into passages (paragraphs, footnotes, quoted documents), repairs what
machine reading broke without hiding what was printed, and searches them by word, person,
date, phase and citation: in the browser, over HTTP and on the command line.

Without --corpus every command works on the corpus that is shipped with the program.`,
		Example: `  ibid serve
  ibid search '"political base" actor:molotov'
  ibid export --format jsonl > passages.jsonl
  ibid serve --corpus my-edition`,
		Version:       versionText(),
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          noArgs,
		RunE:          noCommand,
	}
	root.SetVersionTemplate("{{.Version}}\n")
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usageError{err} })
	root.AddCommand(newServe(), newIndex(), newSearch(), newQuote(), newExport(), newCheck(), newEval(), newMCP(), newMan(), newVersion())
	return root
}

// noCommand is run where a command should have been named.
func noCommand(cmd *cobra.Command, _ []string) error {
	cmd.SetOut(cmd.ErrOrStderr())
	if err := cmd.Help(); err != nil {
		return err
	}
	return usageError{errors.New("no command given")}
}

// strict has the commands that cobra adds take a word they do not know for wrong use. The
// output of root must be set: completion writes to what it is then.
func strict(root *cobra.Command) {
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	for _, cmd := range root.Commands() {
		switch cmd.Name() {
		case "help":
			cmd.Args = func(_ *cobra.Command, args []string) error {
				_, err := named(root, args)
				return err
			}
		case "completion":
			cmd.Args, cmd.RunE = noArgs, noCommand
		}
	}
}

// named returns the command that words name, root for none.
func named(root *cobra.Command, words []string) (*cobra.Command, error) {
	cmd, rest, err := root.Find(words)
	if err != nil || len(rest) > 0 {
		return nil, usageError{fmt.Errorf("there is no command %q", strings.Join(words, " "))}
	}
	return cmd, nil
}

// noArgs accepts no arguments; a word that is no command is wrong use.
func noArgs(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	if cmd.HasSubCommands() {
		return usageError{fmt.Errorf("there is no command %q", args[0])}
	}
	return usageError{fmt.Errorf("%s takes no argument, got %q", cmd.CommandPath(), args[0])}
}
