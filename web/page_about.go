package web

import (
	"cmp"
	"math"
	"slices"

	"github.com/gin-gonic/gin"

	"ibid/corpus"
)

type aboutView struct {
	layout
	Description string
	Build       string
	Counts      *census
	Kinds       []tally
	Natures     []tally
	Repairs     []repairTally
	RepairSure  int // per cent of the repairs
	Sources     []aboutSource
	Collections []corpus.Collection
	Phases      []phaseView
	Actors      int
	Documents   int // cited
	Quoted      int // documents that are quoted
	Printed     int // documents that sources print in full
	Missing     []missing
	Base        string
}

type aboutSource struct {
	Ref      *ref
	Authors  string
	Facts    []string
	Passages int
	DOI, Web string
}

type phaseView struct {
	Ref      *ref
	From, To string
}

// A missing line says what the index could not tell.
type missing struct {
	Of    int
	Text  string
	Found []string // ids of the passages
	Needs int      // what the manifest must have for it to be missed; 0 if it has none
	Some  []*ref   // the first of them
}

// Count is how many there are.
func (m missing) Count() int { return len(m.Found) }

// someMissing of each sort are named.
const someMissing = 12

func (s *server) aboutPage(c *gin.Context) (*view, error) {
	cat := s.catalog()
	counts, err := cat.census()
	if err != nil {
		return nil, err
	}
	v := aboutView{
		layout: s.layout(c, "About this corpus", "about"), Description: cat.manifest.Description, Build: s.cfg.Build,
		Counts: counts, Collections: cat.manifest.Collections, Actors: len(cat.manifest.Actors),
		Missing: counts.missing(cat),
	}
	v.Base = v.layout.Base
	for _, kind := range []corpus.Kind{corpus.Heading, corpus.Paragraph, corpus.Footnote, corpus.Quotation} {
		v.Kinds = append(v.Kinds, tally{kindNames[string(kind)], "/?kind=" + string(kind), counts.Kinds[kind]})
	}
	for _, nature := range []corpus.Nature{corpus.OfDocument, corpus.OfScholarship, corpus.OfTerm} {
		if n := counts.Natures[nature]; n > 0 {
			v.Natures = append(v.Natures, tally{manyNatures[nature], "", n})
		}
	}
	v.Repairs = counts.repairs()
	if counts.RepairTotal > 0 {
		v.RepairSure = counts.RepairSure * 100 / counts.RepairTotal
	}
	for _, source := range cat.manifest.Sources {
		r := source.Reference
		v.Sources = append(v.Sources, aboutSource{cat.source(source.ID), authors(r), facts(r), counts.BySource[source.ID], r.DOI, r.URL})
	}
	for _, p := range cat.manifest.Phases {
		v.Phases = append(v.Phases, phaseView{cat.phase(p.ID), readableDate(p.From), readableDate(p.To)})
	}
	totals := s.index.Totals()
	v.Documents, v.Quoted, v.Printed = totals.Cited, totals.Quoted, totals.Edited
	return &view{Template: "about", Page: v}, nil
}

func (c *census) missing(cat *catalog) []missing {
	documents := c.Natures[corpus.OfDocument]
	prose := c.Kinds[corpus.Paragraph] + c.Kinds[corpus.Footnote]
	phases, collections := len(cat.manifest.Phases), len(cat.manifest.Collections)
	all := []missing{
		{Found: c.Undated, Of: prose, Text: "paragraphs and footnotes name no date; a search by date leaves them out and says how many", Needs: 1},
		{Found: c.NoPhase, Of: c.Kinds[corpus.Paragraph], Text: "paragraphs belong to no phase", Needs: phases},
		{Found: c.Orphans, Of: c.Kinds[corpus.Footnote], Text: "footnotes have a number and are called nowhere in the text", Needs: 1},
		{Found: c.Voiceless, Of: documents, Text: "quotations from documents do not tell who speaks", Needs: 1},
		{Found: c.Unaddressed, Of: documents, Text: "quotations from documents do not tell to whom", Needs: 1},
		{Found: c.Undocumented, Of: documents, Text: "quotations from documents name no numbered document", Needs: collections},
		{Found: c.Doubtful, Of: c.RepairTotal, Text: "repairs are less than 70 % sure", Needs: 1},
	}
	var out []missing
	for _, m := range all {
		if m.Of == 0 || len(m.Found) == 0 || m.Needs == 0 {
			continue
		}
		for _, id := range m.Found[:min(len(m.Found), someMissing)] {
			m.Some = append(m.Some, &ref{Text: id, URL: passageURL(id)})
		}
		out = append(out, m)
	}
	return out
}

// A repairTally counts the repairs of one rule.
type repairTally struct {
	Name   string // of the rule, in words
	Count  int
	Least  int // confidence of the least sure, per cent
	Middle int // average confidence, per cent
}

func (c *census) repairs() []repairTally {
	var out []repairTally
	for rule, sure := range c.Repairs {
		sum, least := 0.0, 1.0
		for _, x := range sure {
			sum += x
			least = min(least, x)
		}
		out = append(out, repairTally{ruleName(rule), len(sure), percent(least), percent(sum / float64(len(sure)))})
	}
	slices.SortFunc(out, func(a, b repairTally) int { return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Name, b.Name)) })
	return out
}

func percent(x float64) int { return int(math.Round(x * 100)) }
