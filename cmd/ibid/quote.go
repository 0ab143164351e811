package main

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"ibid/search"
)

// quoteConfig are the flags of `ibid quote`.
type quoteConfig struct {
	door
	Format string
}

func newQuote() *cobra.Command {
	var cfg quoteConfig
	cmd := &cobra.Command{
		Use:   "quote [TEXT]",
		Short: "Check a quotation: does the corpus have it exactly, nearly or not, and where",
		Long: `Quote looks for a stretch of text in the corpus and says whether it is there word for
word, nearly (with each difference) or not, and where: passage, page, line, and whether the
repaired reading or the print has it. White space, quotation marks, the case of the first
letter and hyphens at a line's end make no difference; an ellipsis (..., [..]) stands for any
words of the same passage. Without TEXT, or with "-", the text is read from standard input.
With --server a running server is asked instead of the index. The exit status is 1 when the
text is not found.

In text, what only your quotation has stands as [-so-], what only the source has as {+so+}.`,
		Example: `  ibid quote 'economic negotiations have recently been started several times'
  pdftotext draft.pdf - | sed -n 12,14p | ibid quote --format json`,
		Args: flagGroups,
		RunE: func(cmd *cobra.Command, args []string) error {
			return runQuote(cmd, cfg, strings.Join(args, " "))
		},
	}
	cfg.door.flags(cmd)
	cmd.Flags().StringVar(&cfg.Format, "format", "text", "`format` of the report: text or json")
	return cmd
}

func runQuote(cmd *cobra.Command, cfg quoteConfig, text string) error {
	if cfg.Format != "text" && cfg.Format != "json" {
		return usageError{fmt.Errorf("unknown format %q; write text or json", cfg.Format)}
	}
	if text == "" || text == "-" {
		// One more than the check takes, so that a longer text is refused and not cut.
		in, err := io.ReadAll(io.LimitReader(cmd.InOrStdin(), 4*search.MaxQuote+1))
		if err != nil {
			return fmt.Errorf("read standard input: %w", err)
		}
		text = strings.ReplaceAll(string(in), "\x00", " ") // no text has one, and the API takes none
	}
	source, err := cfg.finder(cmd.Context(), cmd.ErrOrStderr(), nil)
	if err != nil {
		return err
	}
	defer source.Close()
	report, err := source.QuoteCheck(cmd.Context(), text)
	if err != nil {
		return asUsage(err)
	}
	w := bufio.NewWriter(cmd.OutOrStdout())
	if cfg.Format == "json" {
		err = encodeJSON(w, report)
	} else {
		writeQuote(w, report, colours(cmd.OutOrStdout()))
	}
	if err := cmp.Or(err, w.Flush()); err != nil {
		return err
	}
	if report.Verdict == search.QuoteNone {
		fmt.Fprintln(cmd.ErrOrStderr(), "the corpus does not have it")
		return errSilent
	}
	return nil
}

// writeQuote prints each match: where it is, and what differs. The writer keeps
// its first error until it is flushed.
func writeQuote(w *bufio.Writer, r *search.QuoteReport, colour bool) {
	for i, m := range r.Matches {
		var of []string
		for _, v := range m.Of {
			of = append(of, string(v))
		}
		how := "exactly, in the " + strings.Join(of, " and the ")
		if m.Verdict == search.QuoteNear {
			how = fmt.Sprintf("nearly (%.0f%%), compared with the %s", 100*m.Similarity, m.Of[0])
		}
		fmt.Fprintf(w, "%d. %s\n   %s  [%s, %s, %s]\n", i+1, how, printable(m.Title), printable(m.Reference), m.Passage, lineRanges(m.Lines))
		fmt.Fprintf(w, "   %s\n", quotePieces(m.Pieces, colour))
		for _, repair := range m.Repairs {
			fmt.Fprintf(w, "   line %d: printed %q, read as %q\n", repair.Line, repair.Printed, repair.Reading)
		}
	}
	if r.More {
		fmt.Fprintln(w, "There are more places; give a longer stretch to tell them apart.")
	}
}

// quotePieces joins the pieces of a comparison, the differences between brackets
// as wdiff prints them, on a terminal in colour too.
func quotePieces(pieces []search.QuotePiece, colour bool) string {
	var out []string
	for _, p := range pieces {
		text, paint := printable(p.Text), ""
		switch p.Kind {
		case search.PieceQuery:
			text, paint = "[-"+text+"-]", "\x1b[31m"
		case search.PieceSource:
			text, paint = "{+"+text+"+}", "\x1b[32m"
		case search.PieceOmitted:
			text, paint = "(..."+text+"...)", "\x1b[2m"
		}
		if colour && paint != "" {
			text = paint + text + "\x1b[0m"
		}
		out = append(out, text)
	}
	return strings.Join(out, " ")
}

func lineRanges(ranges [][2]int) string {
	var out []string
	for _, r := range ranges {
		if r[0] == r[1] {
			out = append(out, fmt.Sprint(r[0]))
		} else {
			out = append(out, fmt.Sprintf("%d-%d", r[0], r[1]))
		}
	}
	word := "lines"
	if len(ranges) == 1 && ranges[0][0] == ranges[0][1] {
		word = "line"
	}
	return word + " " + strings.Join(out, ", ")
}
