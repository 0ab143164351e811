package web

import (
	"slices"

	"ibid/corpus"
)

// A census counts what a corpus holds. It reads each passage once, one source
// at a time, when it is first asked for.
type census struct {
	Kinds    map[corpus.Kind]int
	Natures  map[corpus.Nature]int
	Pages    int
	Passages int

	Repairs     map[string][]float64 // confidences, by rule
	RepairTotal int
	RepairSure  int // of these, with a confidence of 0.9 or more

	Dates, Relative      int // date mentions; those resolved from context
	Mentions             int
	DocumentCites, Works int // citations, by kind
	BySource             map[string]int

	// What is missing: ids of passages.
	Undated      []string // paragraphs and footnotes without a date
	NoPhase      []string // paragraphs without a phase
	Orphans      []string // numbered footnotes without a caller
	Voiceless    []string // quotations from documents whose speaker is not told
	Unaddressed  []string // quotations from documents whose addressee is not told
	Undocumented []string // quotations from documents that name no document
	Doubtful     []string // for each repair that is less than 70 % sure, its passage
}

func takeCensus(m *corpus.Manifest, index Searcher) (*census, error) {
	c := &census{
		Kinds: map[corpus.Kind]int{}, Natures: map[corpus.Nature]int{},
		Repairs: map[string][]float64{}, BySource: map[string]int{},
	}
	for _, source := range m.Sources {
		passages, err := index.Passages(source.ID)
		if err != nil {
			return nil, err
		}
		c.BySource[source.ID] = len(passages)
		pages := map[string]bool{}
		for _, p := range passages {
			c.count(p)
			for _, page := range p.Pages {
				pages[page] = true
			}
		}
		c.Pages += len(pages)
	}
	return c, nil
}

func (c *census) count(p *corpus.Passage) {
	c.Passages++
	c.Kinds[p.Kind]++
	if p.Kind == corpus.Quotation {
		c.countQuotation(p)
		return // the rest is counted in the passage that holds it
	}
	for _, r := range p.Repairs {
		c.Repairs[r.Rule] = append(c.Repairs[r.Rule], r.Confidence)
		c.RepairTotal++
		if r.Confidence >= 0.9 {
			c.RepairSure++
		}
		if r.Confidence < 0.7 {
			c.Doubtful = append(c.Doubtful, p.ID)
		}
	}
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
	c.countMissing(p)
}

func (c *census) countMissing(p *corpus.Passage) {
	if p.Kind != corpus.Heading && len(p.Dates) == 0 {
		c.Undated = append(c.Undated, p.ID)
	}
	if p.Kind == corpus.Paragraph && len(p.Phase) == 0 {
		c.NoPhase = append(c.NoPhase, p.ID)
	}
	if p.Kind == corpus.Footnote && p.Footnote > 0 && p.Caller == nil {
		c.Orphans = append(c.Orphans, p.ID)
	}
}

func (c *census) countQuotation(p *corpus.Passage) {
	c.Natures[p.Nature]++
	if p.Nature != corpus.OfDocument {
		return
	}
	if p.Speaker == "" {
		c.Voiceless = append(c.Voiceless, p.ID)
	}
	if p.Addressee == "" {
		c.Unaddressed = append(c.Unaddressed, p.ID)
	}
	if !slices.ContainsFunc(p.Citations, func(cited corpus.Citation) bool { return cited.Kind == corpus.CitesDocument }) {
		c.Undocumented = append(c.Undocumented, p.ID)
	}
}
