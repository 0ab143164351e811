package export

import (
	"encoding/csv"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"ibid/corpus"
	"ibid/corpus/cite"
)

var csvColumns = []string{"id", "kind", "source", "section", "phase", "pages", "speaker", "addressee", "medium", "date", "nature",
	"dates", "actors", "citations", "footnote", "within", "reference", "text"}

// openCSV writes RFC 4180 with a header. A meta stands before it, a name with a #
// and a value in each row, as R and pandas skip them with a comment sign.
func openCSV(w io.Writer, m *corpus.Manifest, meta *Meta) Writer {
	out := csv.NewWriter(w)
	out.UseCRLF = true
	begin := func() error {
		if meta != nil {
			for _, l := range meta.lines() {
				if err := out.Write([]string{"# " + l[0], Cell(oneLine(l[1]))}); err != nil {
					return err
				}
			}
		}
		return out.Write(csvColumns)
	}
	return begun(begin, Writer{
		Write: func(p *corpus.Passage) error { return out.Write(csvRow(m, p)) },
		Close: func() error {
			out.Flush()
			return out.Error()
		},
	})
}

func csvRow(m *corpus.Manifest, p *corpus.Passage) []string {
	var dates, actors, citations []string
	for _, d := range p.Dates {
		dates = append(dates, d.EDTF)
	}
	for _, a := range p.Actors {
		actors = append(actors, a.ID)
	}
	for _, c := range p.Citations {
		citations = append(citations, c.ID)
	}
	number := ""
	if p.Footnote > 0 {
		number = strconv.Itoa(p.Footnote)
	}
	speaker, addressee, date := p.Said()
	row := []string{p.ID, string(p.Kind), p.Source, p.Section, strings.Join(p.Phase, "; "), strings.Join(p.Pages, "; "),
		speaker, addressee, p.Medium, date, string(p.Nature),
		strings.Join(once(dates), "; "), strings.Join(once(actors), "; "), strings.Join(once(citations), "; "),
		number, p.Within, cite.Short(m, p), p.Text}
	for i, cell := range row {
		row[i] = Cell(cell)
	}
	return row
}

// BOM is the byte order mark in UTF-8. A table that begins with it is read right by
// Excel; other programs may take it for a part of the first name.
const BOM = "\uFEFF"

// Cell keeps a spreadsheet from taking a text for a formula: one that begins with
// = + - @, full-width ones included, or a control character gets an apostrophe
// before it (OWASP, "CSV Injection").
func Cell(s string) string {
	if r, _ := utf8.DecodeRuneInString(s); strings.ContainsRune("=+-@＝＋－＠\t\r\n", r) {
		return "'" + s
	}
	return s
}

// once keeps the first of each value.
func once(values []string) []string {
	seen := map[string]bool{}
	var out []string
	for _, v := range values {
		if !seen[v] {
			seen[v] = true
			out = append(out, v)
		}
	}
	return out
}

func sortedKeys(m map[string][]string) []string { return slices.Sorted(maps.Keys(m)) }
