package schema

import (
	"slices"

	"ibid/corpus"
)

// A Census counts what a corpus holds, and what could not be told of it.
type Census struct {
	Passages int                     `json:"passages"`
	Kinds    map[corpus.Kind]int     `json:"kinds"`
	Natures  map[corpus.Nature]int   `json:"natures"` // of quotations
	Pages    int                     `json:"pages"`   // printed, of all sources
	BySource map[string]int          `json:"by_source"`
	Repairs  map[string]*RepairCount `json:"repairs"` // by rule

	Dates         int `json:"dates"`
	Relative      int `json:"relative"` // of the dates: resolved from context
	Mentions      int `json:"mentions"`
	DocumentCites int `json:"document_cites"`
	Works         int `json:"works"` // citations of works

	Undated      Found `json:"undated"`      // paragraphs and footnotes without a date
	NoPhase      Found `json:"no_phase"`     // paragraphs without a phase
	Orphans      Found `json:"orphans"`      // numbered footnotes without a caller
	Voiceless    Found `json:"voiceless"`    // quotations from documents whose speaker is not told
	Unaddressed  Found `json:"unaddressed"`  // quotations from documents whose addressee is not told
	Undocumented Found `json:"undocumented"` // quotations from documents that name no document
	Doubtful     Found `json:"doubtful"`     // for each repair that is less than 70 % sure, its passage
}

// A RepairCount tells of the repairs of one rule.
type RepairCount struct {
	Count int     `json:"count"`
	Sure  int     `json:"sure"`  // with a confidence of 0.9 or more
	Least float64 `json:"least"` // confidence of the least sure
	Sum   float64 `json:"sum"`   // of the confidences
}

// A Found is how many passages are of a sort, and the ids of the first few.
type Found struct {
	Count int      `json:"count"`
	First []string `json:"first"`
}

// maxFound ids are kept of each sort.
const maxFound = 12

func (f *Found) add(id string) {
	f.Count++
	if len(f.First) < maxFound {
		f.First = append(f.First, id)
	}
}

// A censusTaker counts passages in their order, those of a source one after the other.
type censusTaker struct {
	Census
	apart map[string]bool // sources of which each document has pages of its own: journals
	of    string          // source, or document of such a source, that is counted
	pages map[string]bool // of it, so far
	first string          // of these
	last  string
}

func newCensus(m *corpus.Manifest) *censusTaker {
	apart := make(map[string]bool)
	for i := range m.Sources {
		apart[m.Sources[i].ID] = m.Sources[i].Articles()
	}
	return &censusTaker{apart: apart, Census: Census{Kinds: make(map[corpus.Kind]int), Natures: make(map[corpus.Nature]int),
		BySource: make(map[string]int), Repairs: make(map[string]*RepairCount)}}
}

// addPages counts the pages that no passage before stood on. Articles of a journal
// may each begin on a page 1; one that goes on where the last ended shares its page.
func (c *censusTaker) addPages(p *corpus.Passage) {
	of, shared := p.Source, ""
	if c.apart[p.Source] && p.Document != nil {
		of = p.Document.ID
		if c.first != c.last && c.pages != nil {
			shared = c.last
		}
	}
	if of != c.of || c.pages == nil {
		c.of, c.pages, c.first, c.last = of, map[string]bool{shared: shared != ""}, "", ""
	}
	for _, page := range p.Pages {
		if c.first == "" {
			c.first = page
		}
		if !c.pages[page] {
			c.Pages++
		}
		c.pages[page], c.last = true, page
	}
}

func (c *censusTaker) add(p *corpus.Passage) {
	c.addPages(p)
	c.Passages++
	c.BySource[p.Source]++
	c.Kinds[p.Kind]++
	if p.Kind == corpus.Quotation {
		c.addQuotation(p)
		return // the rest is counted in the passage that holds it
	}
	c.addNamed(p)
	for _, r := range p.Repairs {
		c.addRepair(p, r)
	}
	if p.Kind != corpus.Heading && len(p.Dates) == 0 {
		c.Undated.add(p.ID)
	}
	if p.Kind == corpus.Paragraph && len(p.Phase) == 0 {
		c.NoPhase.add(p.ID)
	}
	if p.Kind == corpus.Footnote && p.Footnote > 0 && p.Caller == nil {
		c.Orphans.add(p.ID)
	}
}

func (c *censusTaker) addNamed(p *corpus.Passage) {
	c.Dates += len(p.Dates)
	for _, d := range p.Dates {
		if d.Relative {
			c.Relative++
		}
	}
	c.Mentions += len(p.Actors)
	for _, cited := range p.Citations {
		if cited.Kind == corpus.CitesDocument {
			c.DocumentCites++
		} else {
			c.Works++
		}
	}
}

func (c *censusTaker) addRepair(p *corpus.Passage, r corpus.Repair) {
	n, ok := c.Repairs[r.Rule]
	if !ok {
		n = &RepairCount{Least: 1}
		c.Repairs[r.Rule] = n
	}
	n.Count++
	n.Sum += r.Confidence
	n.Least = min(n.Least, r.Confidence)
	if r.Confidence >= 0.9 {
		n.Sure++
	}
	if r.Confidence < 0.7 {
		c.Doubtful.add(p.ID)
	}
}

func (c *censusTaker) addQuotation(p *corpus.Passage) {
	c.Natures[p.Nature]++
	if p.Nature != corpus.OfDocument {
		return
	}
	if p.Speaker == "" {
		c.Voiceless.add(p.ID)
	}
	if p.Addressee == "" {
		c.Unaddressed.add(p.ID)
	}
	if !slices.ContainsFunc(p.Citations, func(cited corpus.Citation) bool { return cited.Kind == corpus.CitesDocument }) {
		c.Undocumented.add(p.ID)
	}
}
