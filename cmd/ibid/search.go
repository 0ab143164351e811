package main

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"ibid/search"
)

// searchConfig are the flags of `ibid search`.
type searchConfig struct {
	door
	narrowing
	Format  string
	Size    int
	All     bool
	Batch   string // file of queries, "-" for standard input, "" for none
	KWIC    bool
	Context int
	Lines   string
	BOM     bool
}

// output is where the results go.
func (cfg *searchConfig) output(cmd *cobra.Command) *bufio.Writer {
	return bufio.NewWriter(beginning(cmd.OutOrStdout(), cfg.BOM && cfg.Format == "csv"))
}

func newSearch() *cobra.Command {
	var cfg searchConfig
	cmd := &cobra.Command{
		Use:   "search QUERY",
		Short: "Search from the command line",
		Long: `Search prints the passages that match, best first. The exit status is 1 when nothing is found.
The query language is that of the search page: words, "exact phrases", AND OR NOT, -word,
negot*, word~, and fields such as actor:molotov, cite:"GK 362", date:1939-05..1939-08.

With --kwic it prints a line for each match, the match in the middle. With --batch it reads
queries from a file, one a line, and prints a table with a row for each. With --server it
asks a running server instead of the index, and prints the same.`,
		Example: `  ibid search '"political base" actor:molotov'
  ibid search negotiations --actor schulenburg --from 1939-05 --to 1939-06
  ibid search 'cite:"GK 503"' --format jsonl | jq -r .reference
  ibid search 'political base' --kwic --lines right --all
  ibid search --batch queries.txt --format csv --size 3 > table.csv
  ibid search molotov --server http://127.0.0.1:8080`,
		Args: func(cmd *cobra.Command, args []string) error {
			if err := flagGroups(cmd, args); err != nil {
				return err
			}
			switch {
			case cfg.Batch == "" && len(args) == 0:
				return usageError{errors.New("search needs a query")}
			case cfg.Batch != "" && len(args) > 0:
				return usageError{errors.New("give a query or --batch, not both")}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			return runSearch(cmd, cfg, strings.Join(args, " "))
		},
	}
	cfg.door.flags(cmd)
	f := cmd.Flags()
	f.StringVar(&cfg.Format, "format", "text", "`format` of the output: text, jsonl, csv or json (the whole answer, as the API gives it)")
	f.IntVar(&cfg.Size, "size", 10, "`number` of hits, 1 to 100")
	f.BoolVar(&cfg.All, "all", false, "print every hit, not only --size of them")
	f.StringVar(&cfg.Batch, "batch", "", "read queries from this `file`, one a line (- for standard input), and print a table")
	f.BoolVar(&cfg.KWIC, "kwic", false, "print a concordance: a line for each match, the match in the middle")
	f.IntVar(&cfg.Context, "context", 60, "with --kwic, `characters` on each side, 1 to 200")
	f.StringVar(&cfg.Lines, "lines", "position", "with --kwic, `order` of the lines: position, left or right, or left2, left3, right2, right3 by the second or third word")
	bomFlag(cmd, &cfg.BOM)
	cfg.narrowing.flags(cmd, search.ByRelevance)
	complete(cmd, "format", "text", "jsonl", "csv", "json")
	complete(cmd, "lines", "position", "left", "left2", "left3", "right", "right2", "right3")
	cmd.MarkFlagsMutuallyExclusive("batch", "kwic")
	cmd.MarkFlagsMutuallyExclusive("batch", "all")
	return cmd
}

func runSearch(cmd *cobra.Command, cfg searchConfig, q string) error {
	req, err := cfg.request(q)
	if err != nil {
		return err
	}
	req.Size = cfg.Size
	write, ok := searchFormats[cfg.Format]
	switch {
	case !ok:
		return usageError{fmt.Errorf("unknown format %q; write text, jsonl, csv or json", cfg.Format)}
	case cfg.Size < 1 || cfg.Size > 100:
		return usageError{fmt.Errorf("--size %d: give a number from 1 to 100", cfg.Size)}
	case cfg.KWIC:
		return runKWIC(cmd, cfg, req)
	}
	source, err := cfg.finder(cmd.Context(), cmd.ErrOrStderr(), req.Filters)
	if err != nil {
		return err
	}
	defer source.Close()
	if cfg.Batch != "" {
		return runBatch(cmd, cfg, source, req)
	}
	result, err := cfg.find(cmd, source, req)
	if err != nil {
		return err
	}
	w := cfg.output(cmd)
	if err := cmp.Or(write(w, result, colours(cmd.OutOrStdout())), w.Flush()); err != nil {
		return err
	}
	if result.Total == 0 {
		nothing(cmd.ErrOrStderr(), result)
		return errSilent
	}
	return nil
}

// nothing says how the query was understood that found nothing, and what would find something.
func nothing(stderr io.Writer, result *search.Result) {
	q := result.Query
	fmt.Fprint(stderr, "nothing found")
	if q.Understood != "" {
		fmt.Fprintf(stderr, "; the query was understood as %s", printable(q.Understood))
	}
	fmt.Fprintln(stderr)
	if len(q.Unknown) > 0 {
		fmt.Fprintf(stderr, "this corpus does not have %s\n", printable(strings.Join(q.Unknown, ", ")))
	}
	for _, field := range q.Unknown {
		if near := q.Near[field]; len(near) > 0 {
			fmt.Fprintf(stderr, "for %s, did you mean %s?\n", printable(field), printable(strings.Join(near, " or ")))
		}
	}
	for _, l := range result.Without {
		without := l.Filter
		if l.Part != "" {
			without = l.Part
		}
		fmt.Fprintf(stderr, "without %s: %d found\n", printable(without), l.Total)
	}
}

// find answers a request: a page of hits, or with --all every page as one.
func (cfg *searchConfig) find(cmd *cobra.Command, source finder, req search.Request) (*search.Result, error) {
	if !cfg.All {
		result, err := source.Search(cmd.Context(), req)
		return result, asUsage(err)
	}
	req.Size = 100
	all, err := source.Search(cmd.Context(), req)
	if err != nil {
		return nil, asUsage(err)
	}
	for req.Bare = true; all.Next != ""; {
		req.Cursor = all.Next
		page, err := source.Search(cmd.Context(), req)
		if err != nil {
			return nil, asUsage(err)
		}
		all.Hits, all.Next = append(all.Hits, page.Hits...), page.Next
	}
	if len(all.Hits) < all.Total {
		fmt.Fprintf(cmd.ErrOrStderr(), "these are the first %d of %d; ibid export has no limit\n", len(all.Hits), all.Total)
	}
	return all, nil
}
