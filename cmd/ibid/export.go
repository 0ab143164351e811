package main

import (
	"bufio"
	"cmp"
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"ibid/search"
	"ibid/search/export"
)

// exportConfig are the flags of `ibid export`.
type exportConfig struct {
	door
	narrowing
	Format string
	Meta   bool
	BOM    bool
}

func newExport() *cobra.Command {
	var cfg exportConfig
	cmd := &cobra.Command{
		Use:   "export [QUERY]",
		Short: "Print the passages of the index, all of them or those that a query finds",
		Long: `Export prints passages one after the other, without a limit: every passage of the index in
reading order, or those that the query and the filters let through. Nothing else stands on
standard output, so that "ibid export --format jsonl" is one passage a line.

With --meta it says first what it is an export of: query, filters, version of the index, date
and number of hits. That is an object {"meta": ...} in jsonl, rows that begin with # in csv,
comment in bibtex, the header in tei, and in ris and csl a part of each record. A hit can be two
passages here, a quotation and what holds it. With --server it prints what a running server exports.`,
		Example: `  ibid export --format jsonl > passages.jsonl
  ibid export | jq -r 'select(.kind == "quotation" and .speaker == "molotov") | .text'
  ibid export 'cite:"GK 503"' --format csv --meta > gk503.csv
  ibid export --speaker molotov --from 1939-08 --format tei > molotov.xml`,
		Args: flagGroups,
		RunE: func(cmd *cobra.Command, args []string) error {
			format, ok := export.ByName(cfg.Format)
			if !ok {
				return usageError{fmt.Errorf("unknown format %q; write %s", cfg.Format, strings.Join(export.Names(), ", "))}
			}
			req, err := cfg.request(strings.Join(args, " "))
			if err != nil {
				return err
			}
			out := beginning(cmd.OutOrStdout(), cfg.BOM && format.Name == "csv")
			if cfg.Server != "" {
				return exportRemote(cmd, cfg, out, req, format)
			}
			index, err := cfg.openFor(cmd.Context(), cmd.ErrOrStderr(), req.Filters)
			if err != nil {
				return err
			}
			defer index.Close()
			var meta *export.Meta
			if cfg.Meta {
				if meta, err = exportMeta(cmd.Context(), index, req); err != nil {
					return asUsage(err)
				}
			}
			return runExport(cmd.Context(), out, cmd.ErrOrStderr(), index, req, format, meta)
		},
	}
	cfg.door.flags(cmd)
	cmd.Flags().StringVar(&cfg.Format, "format", "jsonl", "`format` of the output: "+strings.Join(export.Names(), ", "))
	cmd.Flags().BoolVar(&cfg.Meta, "meta", false, "say first what it is an export of")
	cfg.narrowing.flags(cmd, search.ByPosition)
	bomFlag(cmd, &cfg.BOM)
	complete(cmd, "format", export.Names()...)
	return cmd
}

func runExport(ctx context.Context, stdout, stderr io.Writer, index *search.Index, req search.Request, format export.Format, meta *export.Meta) error {
	w := bufio.NewWriter(stdout)
	out := format.Open(w, index.Manifest(), meta)
	found := 0
	for p, err := range index.Export(ctx, req) {
		if err != nil {
			return asUsage(err)
		}
		found++
		if err := out.Write(p); err != nil {
			return err
		}
	}
	if err := cmp.Or(out.Close(), w.Flush()); err != nil || found > 0 {
		return err
	}
	return sayNothing(ctx, stderr, index, req)
}

// exportRemote prints what a server exports.
func exportRemote(cmd *cobra.Command, cfg exportConfig, out io.Writer, req search.Request, format export.Format) error {
	server, err := newRemote(cfg.Server)
	if err != nil {
		return err
	}
	defer server.Close()
	found, err := server.Export(cmd.Context(), out, req, format.Name, cfg.Meta)
	if err != nil || found > 0 {
		return err
	}
	return sayNothing(cmd.Context(), cmd.ErrOrStderr(), server, req)
}

// sayNothing says of an export without a passage how the query was understood.
func sayNothing(ctx context.Context, stderr io.Writer, source finder, req search.Request) error {
	req.Size, req.Bare = 1, true
	result, err := source.Search(ctx, req)
	if err != nil {
		return asUsage(err)
	}
	nothing(stderr, result)
	return nil
}

// exportMeta says what the export of a request is of.
func exportMeta(ctx context.Context, index *search.Index, req search.Request) (*export.Meta, error) {
	req.Size, req.Bare = 1, true
	result, err := index.Search(ctx, req)
	if err != nil {
		return nil, err
	}
	return &export.Meta{Corpus: index.Manifest().Title, Index: result.Index, Query: req.Query, Understood: result.Query.Understood,
		Filters: parameters(req), Total: result.Total, Date: time.Now().UTC().Truncate(time.Second)}, nil
}
