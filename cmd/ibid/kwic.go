package main

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"ibid/search"
)

// runKWIC prints a concordance.
func runKWIC(cmd *cobra.Command, cfg searchConfig, req search.Request) error {
	if !slices.Contains(search.LineSorts, search.LineSort(cfg.Lines)) {
		return usageError{fmt.Errorf("--lines %q: write position, left, left2, left3, right, right2 or right3", cfg.Lines)}
	}
	if cfg.Context < 1 || cfg.Context > 200 {
		return usageError{fmt.Errorf("--context %d: give a number from 1 to 200", cfg.Context)}
	}
	source, err := cfg.finder(cmd.Context(), cmd.ErrOrStderr(), req.Filters)
	if err != nil {
		return err
	}
	defer source.Close()
	if cfg.All {
		req.Size = 100
	}
	r := search.KWICRequest{Request: req, Context: cfg.Context, Lines: search.LineSort(cfg.Lines)}
	all, err := source.KWIC(cmd.Context(), r)
	for err == nil && cfg.All && all.Next != "" {
		var page *search.Concordance
		r.Cursor = all.Next
		if page, err = source.KWIC(cmd.Context(), r); err == nil {
			all.Lines, all.Next = append(all.Lines, page.Lines...), page.Next
		}
	}
	if err != nil {
		return asUsage(err)
	}
	w := cfg.output(cmd)
	if err := cmp.Or(writeKWIC(w, all, cfg, colours(cmd.OutOrStdout())), w.Flush()); err != nil {
		return err
	}
	if all.More {
		fmt.Fprintf(cmd.ErrOrStderr(), "there are more than %d lines; narrow the query\n", all.Total)
	}
	if all.Total == 0 {
		nothing(cmd.ErrOrStderr(), &search.Result{Query: all.Query})
		return errSilent
	}
	return nil
}

func writeKWIC(w io.Writer, c *search.Concordance, cfg searchConfig, colour bool) error {
	switch cfg.Format {
	case "json":
		return encodeJSON(w, c)
	case "jsonl":
		return encodeLines(w, c.Lines)
	case "csv":
		rows := [][]string{{"line", "passage", "reference", "left", "match", "right", "layer"}}
		for i, l := range c.Lines {
			rows = append(rows, []string{strconv.Itoa(i + 1), l.Passage, l.Reference, l.Left, l.Match, l.Right, string(l.Layer)})
		}
		return writeTable(w, rows)
	}
	return writeKWICText(w, c, cfg.Context, colour)
}

// writeKWICText prints the lines with their matches one below the other.
func writeKWICText(w io.Writer, c *search.Concordance, context int, colour bool) error {
	width := 0
	for _, l := range c.Lines {
		width = max(width, utf8.RuneCountInString(l.Reference))
	}
	for _, l := range c.Lines {
		left := printable(l.Left)
		fmt.Fprintf(w, "%s%s  %s%s%s%s\n", printable(l.Reference), blanks(width-utf8.RuneCountInString(l.Reference)),
			blanks(context-utf8.RuneCountInString(left)), left, matchText(l.Match, colour), printable(l.Right))
	}
	_, err := fmt.Fprintf(w, "%d of %d lines\n", len(c.Lines), c.Total)
	return err
}

func blanks(n int) string { return strings.Repeat(" ", max(n, 0)) }
