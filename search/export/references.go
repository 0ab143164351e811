package export

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"ibid/corpus"
	"ibid/corpus/cite"
)

// openBibTeX writes a meta as comment: BibTeX reads nothing outside of entries,
// which an @ begins.
func openBibTeX(w io.Writer, m *corpus.Manifest, meta *Meta) Writer {
	begin := func() error {
		if meta == nil {
			return nil
		}
		var b strings.Builder
		for _, l := range meta.lines() {
			fmt.Fprintf(&b, "%% %s: %s\n", l[0], strings.ReplaceAll(oneLine(l[1]), "@", "(at)"))
		}
		_, err := io.WriteString(w, b.String()+"\n")
		return err
	}
	return begun(begin, Writer{
		Write: func(p *corpus.Passage) error {
			_, err := io.WriteString(w, strings.TrimRight(cite.BibTeX(m, p), "\n")+"\n\n")
			return err
		},
		Close: func() error { return nil },
	})
}

// openRIS says in each record what it is an export of, since RIS knows no comments:
// the index in DB, the day in Y2, query, filters and total in a note.
func openRIS(w io.Writer, m *corpus.Manifest, meta *Meta) Writer {
	const end = "ER  - \r\n"
	return Writer{
		Write: func(p *corpus.Passage) error {
			record, said := cite.RIS(m, p), ""
			if meta != nil {
				said = fmt.Sprintf("DB  - %s\r\nY2  - %s\r\nN1  - %s\r\n", meta.source(), meta.Date.UTC().Format("2006/01/02"), meta.found())
			}
			_, err := io.WriteString(w, strings.TrimSuffix(record, end)+said+end+"\r\n")
			return err
		},
		Close: func() error { return nil },
	}
}

// openCSL writes one array, each of whose items says what it is an export of: the
// index in source, the day in accessed, all of it in custom
// (https://github.com/citation-style-language/schema, csl-data.json).
func openCSL(w io.Writer, m *corpus.Manifest, meta *Meta) Writer {
	before := "[\n"
	return Writer{
		Write: func(p *corpus.Passage) error {
			item, err := cite.CSLJSON(m, p)
			if err == nil && meta != nil {
				item, err = withMeta(item, meta)
			}
			if err != nil {
				return err
			}
			_, err = fmt.Fprintf(w, "%s%s", before, item)
			before = ",\n"
			return err
		},
		Close: func() error {
			end := "\n]\n"
			if before == "[\n" {
				end = "[]\n"
			}
			_, err := io.WriteString(w, end)
			return err
		},
	}
}

// withMeta adds the meta to an item, which is an object with an id at least.
func withMeta(item json.RawMessage, meta *Meta) (json.RawMessage, error) {
	day := meta.Date.UTC()
	more, err := json.Marshal(struct {
		Source   string           `json:"source"`
		Accessed map[string]any   `json:"accessed"`
		Custom   map[string]*Meta `json:"custom"`
	}{meta.source(), map[string]any{"date-parts": [][]int{{day.Year(), int(day.Month()), day.Day()}}}, map[string]*Meta{"export": meta}})
	if err != nil {
		return nil, fmt.Errorf("what an export is of, as CSL-JSON: %w", err)
	}
	return append(append(item[:len(item)-1:len(item)-1], ','), more[1:]...), nil
}

// source names the index as a database.
func (m *Meta) source() string { return oneLine(fmt.Sprintf("%s (ibid, index %s)", m.Corpus, m.Index)) }

// found says how the passages were found.
func (m *Meta) found() string {
	var parts []string
	for _, l := range m.lines() {
		if l[0] != "corpus" && l[0] != "index" && l[1] != "" {
			parts = append(parts, l[0]+": "+oneLine(l[1]))
		}
	}
	return "Export of ibid; " + strings.Join(parts, "; ")
}
