package web

import (
	"bytes"
	"encoding/json"
	"fmt"

	"ibid/corpus"
	"ibid/corpus/cite"
)

// A citeBox gives the citation of a passage or source in the forms that
// readers take away.
type citeBox struct {
	Note    string
	Formats []citeFormat
}

type citeFormat struct{ ID, Name, Text string }

func (c *catalog) citeBox(p *corpus.Passage) (citeBox, error) {
	item, err := cite.CSLJSON(c.manifest, p)
	if err != nil {
		return citeBox{}, fmt.Errorf("cite %s: %w", p.ID, err)
	}
	var csl bytes.Buffer
	if err := json.Indent(&csl, item, "", "  "); err != nil {
		return citeBox{}, fmt.Errorf("cite %s: %w", p.ID, err)
	}
	return citeBox{
		Note: cite.Note(c.manifest, p),
		Formats: []citeFormat{
			{"bibtex", "BibTeX", cite.BibTeX(c.manifest, p)},
			{"ris", "RIS", cite.RIS(c.manifest, p)},
			{"csl", "CSL-JSON", csl.String()},
		},
	}, nil
}
