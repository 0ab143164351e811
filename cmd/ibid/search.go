package main

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"github.com/mattn/go-isatty"
	"github.com/spf13/cobra"

	"ibid/search"
	"ibid/search/query"
)

// searchConfig are the flags of `ibid search`.
type searchConfig struct {
	places
	Format  string
	Size    int
	Sort    string
	Match   string
	From    string
	To      string
	Dates   string
	filters map[search.Group]*[]string
}

// searchFormats are the formats that `ibid search` writes.
var searchFormats = map[string]func(io.Writer, *search.Result, bool) error{
	"text": writeText, "jsonl": writeJSONL, "csv": writeCSV, "json": writeJSON,
}

func newSearch() *cobra.Command {
	cfg := searchConfig{filters: map[search.Group]*[]string{}}
	cmd := &cobra.Command{
		Use:   "search QUERY",
		Short: "Search from the command line",
		Long: `Search prints the passages that match, best first. The exit status is 1 when nothing is found.
The query language is that of the search page: words, "exact phrases", AND OR NOT, -word,
negot*, word~, and fields such as actor:molotov, cite:"GK 362", date:1939-05..1939-08.`,
		Example: `  ibid search '"political base" actor:molotov'
  ibid search negotiations --actor schulenburg --from 1939-05 --to 1939-06
  ibid search 'cite:"GK 503"' --format jsonl | jq -r .reference`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usageError{errors.New("search needs a query")}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			return runSearch(cmd, cfg, strings.Join(args, " "))
		},
	}
	cfg.places.flags(cmd)
	f := cmd.Flags()
	f.StringVar(&cfg.Format, "format", "text", "`format` of the output: text, jsonl, csv or json (the whole answer, as the API gives it)")
	f.IntVar(&cfg.Size, "size", 10, "`number` of hits, 1 to 100")
	f.StringVar(&cfg.Sort, "sort", "relevance", "`order` of hits: relevance, date or position")
	f.StringVar(&cfg.Match, "match", "similar", "deepest `layer` of word forms: exact, stem, variant or similar")
	f.StringVar(&cfg.From, "from", "", "earliest `date`, EDTF or ISO")
	f.StringVar(&cfg.To, "to", "", "latest `date`, EDTF or ISO")
	f.StringVar(&cfg.Dates, "dates", "overlap", "how dates meet the range: overlap or within")
	for _, g := range []search.Group{search.GroupKind, search.GroupSource, search.GroupSection, search.GroupPhase, search.GroupActor,
		search.GroupSpeaker, search.GroupAddressee, search.GroupCollection, search.GroupCite, search.GroupMedium} {
		values := new([]string)
		f.StringArrayVar(values, string(g), nil, fmt.Sprintf("only this %s `value`; twice means either", g))
		cfg.filters[g] = values
	}
	return cmd
}

func runSearch(cmd *cobra.Command, cfg searchConfig, q string) error {
	req, err := cfg.request(q)
	if err != nil {
		return err
	}
	write, ok := searchFormats[cfg.Format]
	if !ok {
		return usageError{fmt.Errorf("unknown format %q; write text, jsonl, csv or json", cfg.Format)}
	}
	index, err := cfg.open(cmd.Context(), cmd.ErrOrStderr())
	if err != nil {
		return err
	}
	defer index.Close()
	result, err := index.Search(cmd.Context(), req)
	var bad *query.Error
	if errors.As(err, &bad) {
		return usageError{fmt.Errorf("the query cannot be read, column %d: %s", bad.Column, bad.Message)}
	}
	if err != nil {
		return err
	}
	w := bufio.NewWriter(cmd.OutOrStdout())
	if err := errors.Join(write(w, result, colours(cmd.OutOrStdout())), w.Flush()); err != nil {
		return err
	}
	if result.Total == 0 {
		fmt.Fprintf(cmd.ErrOrStderr(), "nothing found; the query was understood as %s\n", result.Query.Understood)
		return errSilent
	}
	return nil
}

// request makes the request that the flags ask for.
func (cfg *searchConfig) request(q string) (search.Request, error) {
	req := search.Request{Query: q, Size: cfg.Size, Sort: search.Sort(cfg.Sort), Match: search.Layer(cfg.Match),
		From: cfg.From, To: cfg.To, Within: cfg.Dates == "within", Filters: search.Filters{}}
	for g, values := range cfg.filters {
		if len(*values) > 0 {
			req.Filters[g] = *values
		}
	}
	switch {
	case cfg.Size < 1 || cfg.Size > 100:
		return req, usageError{fmt.Errorf("--size %d: give a number from 1 to 100", cfg.Size)}
	case req.Sort != search.ByRelevance && req.Sort != search.ByDate && req.Sort != search.ByPosition:
		return req, usageError{fmt.Errorf("--sort %q: write relevance, date or position", cfg.Sort)}
	case req.Match != search.Exact && req.Match != search.Stem && req.Match != search.Variant && req.Match != search.Similar:
		return req, usageError{fmt.Errorf("--match %q: write exact, stem, variant or similar", cfg.Match)}
	case cfg.Dates != "overlap" && cfg.Dates != "within":
		return req, usageError{fmt.Errorf("--dates %q: write overlap or within", cfg.Dates)}
	}
	return req, nil
}

// colours says whether matches can be shown in colour on w: on a terminal,
// unless the reader has set NO_COLOR (https://no-color.org).
func colours(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && isatty.IsTerminal(f.Fd()) && os.Getenv("NO_COLOR") == ""
}

func writeText(w io.Writer, r *search.Result, colour bool) error {
	for i, h := range r.Hits {
		fmt.Fprintf(w, "%d. %s  [%s, %s]\n", i+1, h.Title, h.Reference, h.ID)
		for _, f := range h.Fragments {
			fmt.Fprintf(w, "   %s\n", fragmentText(f, colour))
		}
	}
	_, err := fmt.Fprintf(w, "%d of %d passages\n", len(r.Hits), r.Total)
	return err
}

// fragmentText joins the pieces of a fragment, the matches in bold on a
// terminal and between asterisks elsewhere.
func fragmentText(f search.Fragment, colour bool) string {
	open, shut := "*", "*"
	if colour {
		open, shut = "\x1b[1;31m", "\x1b[0m"
	}
	var b strings.Builder
	for _, p := range f {
		text := printable(p.Text)
		if p.Match {
			text = open + text + shut
		}
		b.WriteString(text)
	}
	return b.String()
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

func writeJSON(w io.Writer, r *search.Result, _ bool) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(r)
}

func writeJSONL(w io.Writer, r *search.Result, _ bool) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	for _, h := range r.Hits {
		if err := enc.Encode(h); err != nil {
			return err
		}
	}
	return nil
}

func writeCSV(w io.Writer, r *search.Result, _ bool) error {
	out := csv.NewWriter(w)
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
	for _, row := range rows {
		for i := range row {
			row[i] = safeCell(row[i])
		}
	}
	return out.WriteAll(rows)
}

// safeCell keeps a spreadsheet from reading a cell as a formula: one that
// begins with = + - @ or a control character gets an apostrophe in front
// (OWASP, "CSV Injection").
func safeCell(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}
