// Package export writes passages in the formats that other programs read: JSON
// lines, CSV, BibTeX, RIS, CSL-JSON and TEI, one passage after the other, so that
// an export of any size needs little memory. It leaves the choice of passages to
// search and the look of citations to corpus/cite. Start at Formats.
package export

import (
	"encoding/json"
	"io"
	"strconv"
	"strings"
	"time"

	"ibid/corpus"
)

// A Format is a format of exports.
type Format struct {
	Name      string // "jsonl", as in the API
	Title     string // for readers
	Media     string // media type with its parameters
	Extension string // of a file, without the dot
	open      func(io.Writer, *corpus.Manifest, *Meta) Writer
}

// Formats are the formats in the order in which they are shown.
var Formats = []Format{
	{"jsonl", "JSON lines", "application/jsonl; charset=utf-8", "jsonl", openJSONL},
	{"csv", "a table (CSV)", "text/csv; charset=utf-8; header=present", "csv", openCSV},
	{"bibtex", "BibTeX", "application/x-bibtex; charset=utf-8", "bib", openBibTeX},
	{"ris", "RIS", "application/x-research-info-systems; charset=utf-8", "ris", openRIS},
	{"csl", "CSL-JSON", "application/vnd.citationstyles.csl+json; charset=utf-8", "json", openCSL},
	{"tei", "TEI", "application/tei+xml; charset=utf-8", "xml", openTEI},
}

// ByName returns the format with a name.
func ByName(name string) (Format, bool) {
	for _, f := range Formats {
		if f.Name == name {
			return f, true
		}
	}
	return Format{}, false
}

// Names returns the names of the formats.
func Names() []string {
	var names []string
	for _, f := range Formats {
		names = append(names, f.Name)
	}
	return names
}

// A Writer writes the passages of one export.
type Writer struct {
	Write func(*corpus.Passage) error
	Close func() error // writes what ends the export; it does not close the file
}

// Open begins an export to w. With a meta it says what it is an export of: first,
// or in each record where the format has no other place (RIS, CSL-JSON). With nil
// it holds passages and nothing else, but for TEI, which has a header always.
func (f Format) Open(w io.Writer, m *corpus.Manifest, meta *Meta) Writer { return f.open(w, m, meta) }

// A Meta says what an export is of, so that it can be made again and cited.
type Meta struct {
	Corpus     string              `json:"corpus"`     // title
	Index      string              `json:"index"`      // version of the index
	Query      string              `json:"query"`      // as typed
	Understood string              `json:"understood"` // as it was read
	Filters    map[string][]string `json:"filters"`    // the parameters other than q, by their names in the API
	Total      int                 `json:"total"`      // hits, as the search counts them
	Date       time.Time           `json:"date"`       // of the export
}

// lines returns the meta as names and values, for formats with comments.
func (m *Meta) lines() [][2]string {
	out := [][2]string{{"corpus", m.Corpus}, {"index", m.Index}, {"query", m.Query}, {"understood", m.Understood}}
	for _, name := range sortedKeys(m.Filters) {
		out = append(out, [2]string{name, strings.Join(m.Filters[name], "; ")})
	}
	return append(out, [2]string{"total", strconv.Itoa(m.Total)}, [2]string{"date", m.Date.UTC().Format(time.RFC3339)})
}

// openJSONL writes a meta as a first object with the one key "meta".
func openJSONL(w io.Writer, _ *corpus.Manifest, meta *Meta) Writer {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	begin := func() error { return nil }
	if meta != nil {
		begin = func() error { return e.Encode(map[string]*Meta{"meta": meta}) }
	}
	return begun(begin, Writer{
		Write: func(p *corpus.Passage) error { return e.Encode(p) },
		Close: func() error { return nil },
	})
}

// begun makes a writer that writes a beginning before the first passage, or
// before the end where there is none.
func begun(begin func() error, out Writer) Writer {
	done := false
	once := func() error {
		if done {
			return nil
		}
		done = true
		return begin()
	}
	return Writer{
		Write: func(p *corpus.Passage) error {
			if err := once(); err != nil {
				return err
			}
			return out.Write(p)
		},
		Close: func() error {
			if err := once(); err != nil {
				return err
			}
			return out.Close()
		},
	}
}

// oneLine makes one line of a text.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
