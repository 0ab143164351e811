package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"ibid/search"
)

// maxBatch bounds the queries of one batch.
const maxBatch = 100_000

// A batchRow is what a batch tells of one query.
type batchRow struct {
	Query      string     `json:"query"`
	Understood string     `json:"understood"`
	Total      int        `json:"total"`
	Hits       []batchHit `json:"hits"`            // the best ones
	Error      string     `json:"error,omitempty"` // why the query could not be answered
}

type batchHit struct {
	ID        string `json:"id"`
	Reference string `json:"reference"`
	Title     string `json:"title"`
}

// runBatch answers the queries of a file. One that cannot be read has its error
// in the table and does not end the batch; at last the exit status tells of it.
func runBatch(cmd *cobra.Command, cfg searchConfig, source finder, req search.Request) error {
	if cfg.Format == "json" {
		return usageError{errors.New("--batch writes a table; write --format text, jsonl or csv")}
	}
	queries, err := readQueries(cfg.Batch, cmd.InOrStdin())
	if err != nil {
		return err
	}
	w := cfg.output(cmd)
	if cfg.Format == "csv" {
		if err := writeTable(w, [][]string{{"query", "understood", "total", "hits", "references", "error"}}); err != nil {
			return err
		}
	}
	found, unread := 0, 0
	req.Bare = true
	for _, q := range queries {
		req.Query = q
		row, err := batchOne(cmd, source, req)
		if err != nil {
			return errors.Join(w.Flush(), err)
		}
		found += row.Total
		if row.Error != "" {
			unread++
		}
		if err := writeRow(w, cfg.Format, row); err != nil {
			return err
		}
	}
	if err := w.Flush(); err != nil {
		return err
	}
	switch {
	case unread > 0:
		return fmt.Errorf("%d of %d queries could not be read; the table says why", unread, len(queries))
	case found == 0:
		fmt.Fprintln(cmd.ErrOrStderr(), "nothing found by any of the queries")
		return errSilent
	}
	return nil
}

// batchOne answers one query. The error is one that ends the batch.
func batchOne(cmd *cobra.Command, source finder, req search.Request) (batchRow, error) {
	row := batchRow{Query: req.Query, Hits: []batchHit{}}
	result, err := source.Search(cmd.Context(), req)
	var wrong usageError
	if err = asUsage(err); errors.As(err, &wrong) {
		row.Error = err.Error()
		return row, nil
	}
	if err != nil {
		return row, err
	}
	row.Understood, row.Total = result.Query.Understood, result.Total
	for _, h := range result.Hits {
		row.Hits = append(row.Hits, batchHit{h.ID, h.Reference, h.Title})
	}
	return row, nil
}

func writeRow(w io.Writer, format string, row batchRow) error {
	var ids, references []string
	for _, h := range row.Hits {
		ids, references = append(ids, h.ID), append(references, h.Reference)
	}
	switch format {
	case "jsonl":
		return encodeLines(w, []batchRow{row})
	case "csv":
		return writeTable(w, [][]string{{row.Query, row.Understood, strconv.Itoa(row.Total), strings.Join(ids, "; "), strings.Join(references, "; "), row.Error}})
	}
	last := strings.Join(ids, " ")
	if row.Error != "" {
		last = row.Error
	}
	_, err := fmt.Fprintf(w, "%6d  %s\n        %s\n", row.Total, printable(row.Query), printable(last))
	return err
}

// readQueries reads queries, one a line; empty lines are left out.
func readQueries(file string, stdin io.Reader) ([]string, error) {
	in := stdin
	if file != "-" {
		f, err := os.Open(file)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		in = f
	}
	var queries []string
	lines := bufio.NewScanner(in)
	for lines.Scan() {
		q := strings.TrimSpace(strings.TrimPrefix(lines.Text(), "\ufeff"))
		if q == "" {
			continue
		}
		if len(queries) == maxBatch {
			return nil, fmt.Errorf("%s has more than %d queries; split it", file, maxBatch)
		}
		queries = append(queries, q)
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("%s: line %d or after: %w", file, len(queries)+1, err)
	}
	if len(queries) == 0 {
		return nil, fmt.Errorf("%s has no query; write one a line", file)
	}
	return queries, nil
}
