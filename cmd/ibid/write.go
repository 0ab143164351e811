package main

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"github.com/mattn/go-isatty"
	"github.com/spf13/cobra"

	"ibid/search"
	"ibid/search/export"
)

// searchFormats are the formats that `ibid search` writes.
var searchFormats = map[string]func(io.Writer, *search.Result, bool) error{
	"text": writeText, "jsonl": writeJSONL, "csv": writeCSV, "json": writeJSON,
}

// colours says whether matches can be shown in colour on w: on a terminal,
// unless the reader has set NO_COLOR (https://no-color.org).
func colours(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && isatty.IsTerminal(f.Fd()) && os.Getenv("NO_COLOR") == ""
}

func writeText(w io.Writer, r *search.Result, colour bool) error {
	for i, h := range r.Hits {
		fmt.Fprintf(w, "%d. %s  [%s, %s]\n", i+1, printable(h.Title), printable(h.Reference), h.ID)
		for _, f := range h.Fragments {
			fmt.Fprintf(w, "   %s\n", fragmentText(f, colour))
		}
	}
	_, err := fmt.Fprintf(w, "%d of %d passages\n", len(r.Hits), r.Total)
	return err
}

// fragmentText joins the pieces of a fragment with the matches marked.
func fragmentText(f search.Fragment, colour bool) string {
	var b strings.Builder
	for _, p := range f {
		if p.Match {
			b.WriteString(matchText(p.Text, colour))
		} else {
			b.WriteString(printable(p.Text))
		}
	}
	return b.String()
}

// matchText marks a match: in bold on a terminal, between asterisks elsewhere.
func matchText(text string, colour bool) string {
	if colour {
		return "\x1b[1;31m" + printable(text) + "\x1b[0m"
	}
	return "*" + printable(text) + "*"
}

// printable takes control characters out of a source's text, which could else
// steer the reader's terminal.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r >= 0x7f && r < 0xa0 {
			return ' '
		}
		return r
	}, s)
}

func writeJSON(w io.Writer, r *search.Result, _ bool) error { return encodeJSON(w, r) }

// encodeJSON prints a value for people and programs alike.
func encodeJSON(w io.Writer, value any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(value)
}

func writeJSONL(w io.Writer, r *search.Result, _ bool) error { return encodeLines(w, r.Hits) }

// encodeLines prints each item on a line.
func encodeLines[T any](w io.Writer, items []T) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	for _, item := range items {
		if err := enc.Encode(item); err != nil {
			return err
		}
	}
	return nil
}

func writeCSV(w io.Writer, r *search.Result, _ bool) error {
	rows := [][]string{{"rank", "id", "kind", "reference", "title", "speaker", "addressee", "date", "citations", "score", "fragment"}}
	for i, h := range r.Hits {
		var ids, fragments []string
		for _, c := range h.Citations {
			ids = append(ids, c.ID)
		}
		for _, f := range h.Fragments {
			fragments = append(fragments, fragmentText(f, false))
		}
		rows = append(rows, []string{strconv.Itoa(i + 1), h.ID, string(h.Kind), h.Reference, h.Title, h.Speaker, h.Addressee, h.Date,
			strings.Join(ids, "; "), strconv.FormatFloat(h.Score, 'f', 4, 64), strings.Join(fragments, " ... ")})
	}
	return writeTable(w, rows)
}

// bomFlag defines the flag that makes tables begin with a byte order mark.
func bomFlag(cmd *cobra.Command, bom *bool) {
	cmd.Flags().BoolVar(bom, "bom", false, "begin a csv with a byte order mark, by which Excel knows UTF-8")
}

// beginning returns w, and if so a byte order mark stands before what is first written.
func beginning(w io.Writer, mark bool) io.Writer {
	if !mark {
		return w
	}
	return &marked{Writer: w}
}

type marked struct {
	io.Writer
	begun bool
}

func (m *marked) Write(b []byte) (int, error) {
	if !m.begun {
		m.begun = true
		if _, err := io.WriteString(m.Writer, export.BOM); err != nil {
			return 0, err
		}
	}
	return m.Writer.Write(b)
}

// writeTable writes rows as CSV that a spreadsheet can open without harm.
func writeTable(w io.Writer, rows [][]string) error {
	for _, row := range rows {
		for i := range row {
			row[i] = export.Cell(row[i])
		}
	}
	return csv.NewWriter(w).WriteAll(rows)
}
