package web

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"ibid/search"
	"ibid/search/export"
)

const mediaCSV = "text/csv; charset=utf-8; header=present"

// sendCSV answers with a table (RFC 4180) that a spreadsheet takes for texts.
func (s *server) sendCSV(c *gin.Context, a args, name string, columns []string, rows [][]string) error {
	var buf bytes.Buffer
	if a.text("bom") == "yes" {
		buf.WriteString(export.BOM)
	}
	out := csv.NewWriter(&buf)
	out.UseCRLF = true
	// A csv.Writer keeps its first error for Error.
	_ = out.Write(columns)
	for _, row := range rows {
		for i, cell := range row {
			row[i] = export.Cell(cell)
		}
		_ = out.Write(row)
	}
	out.Flush()
	if err := out.Error(); err != nil {
		return fmt.Errorf("write %s as CSV: %w", name, err)
	}
	c.Header("Content-Disposition", fmt.Sprintf("attachment; filename=%q", "ibid-"+s.catalog().manifest.ID+"-"+name+".csv"))
	c.Header("X-Ibid-Index", s.index.Version())
	timing(c)
	c.Data(http.StatusOK, mediaCSV, buf.Bytes())
	return nil
}

var documentColumnsCSV = []string{"id", "collection", "number", "date", "medium", "from", "to", "quotations", "cited_in", "url"}

func documentRowsCSV(documents []search.DocumentEntry) [][]string {
	var rows [][]string
	for _, d := range documents {
		number := ""
		if d.Number > 0 {
			number = strconv.Itoa(d.Number)
		}
		rows = append(rows, []string{d.ID, d.Collection, number, d.Date, d.Medium, d.From, d.To,
			strings.Join(d.Quotations, "; "), strings.Join(d.CitedIn, "; "), d.URL})
	}
	return rows
}

var lineColumnsCSV = []string{"passage", "reference", "left", "match", "right", "layer", "url"}

func lineRowsCSV(lines []search.Line) [][]string {
	var rows [][]string
	for _, l := range lines {
		rows = append(rows, []string{l.Passage, l.Reference, l.Left, l.Match, l.Right, string(l.Layer), l.URL})
	}
	return rows
}

var batchColumnsCSV = []string{"number", "q", "understood", "total", "rank", "id", "reference", "date", "speaker", "addressee", "title", "fragments", "url", "problem"}

// batchRowsCSV are the hits of each query, or one row for a query without.
func batchRowsCSV(answers []BatchAnswer) [][]string {
	var rows [][]string
	for i, a := range answers {
		query := []string{strconv.Itoa(i + 1), a.Q, a.Understood, strconv.Itoa(a.Total)}
		if len(a.Hits) == 0 {
			said := ""
			if a.Problem != nil {
				said = a.Problem.Detail
			}
			rows = append(rows, append(query, "", "", "", "", "", "", "", "", "", said))
		}
		for rank, h := range a.Hits {
			row := append([]string{}, query...)
			rows = append(rows, append(row, strconv.Itoa(rank+1), h.ID, h.Reference, h.Date, h.Speaker, h.Addressee, h.Title, plainFragments(h.Fragments), h.URL, ""))
		}
	}
	return rows
}

// plainFragments are the fragments of a hit as one text.
func plainFragments(fragments []search.Fragment) string {
	var parts []string
	for _, f := range fragments {
		var b strings.Builder
		for _, piece := range f {
			b.WriteString(piece.Text)
		}
		parts = append(parts, b.String())
	}
	return strings.Join(parts, " … ")
}
