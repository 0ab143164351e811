package web

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"net/http"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"ibid/corpus"
	"ibid/corpus/cite"
)

// An exportFormat writes passages one after the other.
type exportFormat struct {
	name, title, media, extension string
	open                          func(*catalog, io.Writer) exporter
}

// An exporter writes the passages of one export; close writes what ends it.
type exporter struct {
	write func(*corpus.Passage) error
	close func() error
}

var exportFormats = []exportFormat{
	{"jsonl", "JSON lines", "application/jsonl; charset=utf-8", "jsonl", exportJSONL},
	{"csv", "a table (CSV)", "text/csv; charset=utf-8; header=present", "csv", exportCSV},
	{"bibtex", "BibTeX", "application/x-bibtex; charset=utf-8", "bib", exportBibTeX},
	{"ris", "RIS", "application/x-research-info-systems; charset=utf-8", "ris", exportRIS},
	{"csl", "CSL-JSON", "application/vnd.citationstyles.csl+json; charset=utf-8", "json", exportCSL},
}

// exportAPI streams every passage that matches. A fault before the first is a
// problem; one after it cuts the answer off, so that nobody takes it for whole.
func (s *server) exportAPI(c *gin.Context) (any, error) {
	values := c.Request.URL.Query()
	if err := refuseUnknown(values, searchNames("format")...); err != nil {
		return nil, err
	}
	format, err := readFormat(values.Get("format"))
	if err != nil {
		return nil, err
	}
	cat := s.catalog()
	r, err := readRequest(values, cat)
	if err != nil {
		return nil, err
	}
	cancel := limit(c, s.cfg.Export)
	defer cancel()
	next, stop := iter.Pull2(s.index.Export(c.Request.Context(), r))
	defer stop()
	first, err, ok := next()
	if ok && err != nil {
		return nil, err
	}
	c.Header("Content-Type", format.media)
	c.Header("Content-Disposition", fmt.Sprintf("attachment; filename=%q", "ibid-"+cat.manifest.ID+"."+format.extension))
	c.Header("X-Ibid-Index", cat.version)
	c.Header("Link", fmt.Sprintf("<%s>; rel=\"canonical\"", s.base(c.Request)+newState(r).url()))
	c.Status(http.StatusOK)
	out := format.open(cat, c.Writer)
	for p := first; ok; p, err, ok = next() {
		if err == nil {
			err = out.write(p)
		}
		if err != nil {
			s.cutOff(c, err)
		}
	}
	if err := out.close(); err != nil {
		s.cutOff(c, err)
	}
	return nil, nil
}

// cutOff ends an answer that was begun and cannot be finished.
func (s *server) cutOff(c *gin.Context, err error) {
	if !isGone(err) {
		s.log.Error("export broken off", "id", requestID(c), "err", err)
	}
	panic(http.ErrAbortHandler)
}

func readFormat(name string) (exportFormat, error) {
	var names []string
	for _, f := range exportFormats {
		if f.name == name || name == "" && f.name == "jsonl" {
			return f, nil
		}
		names = append(names, f.name)
	}
	_, err := oneOf("format", name, names)
	return exportFormat{}, err
}

func exportJSONL(_ *catalog, w io.Writer) exporter {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return exporter{
		write: func(p *corpus.Passage) error { return e.Encode(p) },
		close: func() error { return nil },
	}
}

func exportBibTeX(cat *catalog, w io.Writer) exporter {
	return exporter{
		write: func(p *corpus.Passage) error {
			_, err := io.WriteString(w, strings.TrimRight(cite.BibTeX(cat.manifest, p), "\n")+"\n\n")
			return err
		},
		close: func() error { return nil },
	}
}

func exportRIS(cat *catalog, w io.Writer) exporter {
	return exporter{
		write: func(p *corpus.Passage) error {
			_, err := io.WriteString(w, strings.TrimRight(cite.RIS(cat.manifest, p), "\r\n")+"\r\n\r\n")
			return err
		},
		close: func() error { return nil },
	}
}

// exportCSL writes one array.
func exportCSL(cat *catalog, w io.Writer) exporter {
	before := "[\n"
	return exporter{
		write: func(p *corpus.Passage) error {
			item, err := cite.CSLJSON(cat.manifest, p)
			if err != nil {
				return err
			}
			_, err = fmt.Fprintf(w, "%s%s", before, item)
			before = ",\n"
			return err
		},
		close: func() error {
			if before == "[\n" {
				_, err := io.WriteString(w, "[]\n")
				return err
			}
			_, err := io.WriteString(w, "\n]\n")
			return err
		},
	}
}

var csvColumns = []string{"id", "kind", "source", "section", "phase", "pages", "speaker", "addressee", "medium", "date", "nature",
	"dates", "actors", "citations", "footnote", "within", "reference", "text"}

func exportCSV(cat *catalog, w io.Writer) exporter {
	out := csv.NewWriter(w)
	out.UseCRLF = true // RFC 4180
	begun := false
	begin := func() error {
		if begun {
			return nil
		}
		begun = true
		return out.Write(csvColumns)
	}
	return exporter{
		write: func(p *corpus.Passage) error {
			if err := begin(); err != nil {
				return err
			}
			return out.Write(csvRow(cat, p))
		},
		close: func() error {
			if err := begin(); err != nil {
				return err
			}
			out.Flush()
			return out.Error()
		},
	}
}

func csvRow(cat *catalog, p *corpus.Passage) []string {
	var dates, actors, citations []string
	for _, d := range p.Dates {
		dates = append(dates, d.EDTF)
	}
	for _, m := range p.Actors {
		actors = append(actors, m.ID)
	}
	for _, cited := range p.Citations {
		citations = append(citations, cited.ID)
	}
	number := ""
	if p.Footnote > 0 {
		number = strconv.Itoa(p.Footnote)
	}
	row := []string{p.ID, string(p.Kind), p.Source, p.Section, strings.Join(p.Phase, "; "), strings.Join(p.Pages, "; "),
		p.Speaker, p.Addressee, p.Medium, p.Date, string(p.Nature),
		strings.Join(once(dates), "; "), strings.Join(once(actors), "; "), strings.Join(once(citations), "; "),
		number, p.Within, cat.reference(p), p.Text}
	for i, cell := range row {
		row[i] = plainCell(cell)
	}
	return row
}

// plainCell keeps a spreadsheet from taking a text for a formula: what begins
// like one gets an apostrophe before it, as OWASP advises.
func plainCell(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
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
