package web

import (
	"cmp"
	"math"
	"slices"

	"github.com/gin-gonic/gin"

	"ibid/corpus"
	"ibid/search"
)

type aboutView struct {
	layout
	Description string
	Build       string
	Counts      *search.Census
	Kinds       []tally
	Natures     []tally
	Repairs     []repairTally
	RepairTotal int
	RepairSure  int           // per cent of the repairs
	Sources     []aboutSource // the first of them
	MoreSources int
	Collections []corpus.Collection
	Phases      []phaseView
	Actors      int // of the authority file
	Others      int // speakers and those spoken to whom it does not have
	Documents   int // cited
	Quoted      int // documents that are quoted
	Printed     int // documents that sources print in full
	Missing     []missing
}

type aboutSource struct {
	Ref      *ref
	Authors  string
	Facts    []string
	Passages int
	Search   string // all its passages
	DOI, Web string
}

type phaseView struct {
	Ref      *ref
	From, To string
}

// A missing line says what the index could not tell.
type missing struct {
	Of    int
	One   string // what is said of one
	Text  string // of several
	Found search.Found
	Needs int    // what the manifest must have for it to be missed; 0 if it has none
	Some  []*ref // the first of them
}

func (s *server) aboutPage(c *gin.Context) (*view, error) {
	cat := s.catalog()
	counts, err := s.index.Census()
	if err != nil {
		return nil, err
	}
	v := aboutView{
		layout: s.layout(c, "About this corpus", "about"), Description: cat.manifest.Description, Build: s.cfg.Build,
		Counts: counts, Collections: cat.manifest.Collections, Actors: len(cat.manifest.Actors),
		Missing: missingOf(counts, cat),
	}
	for _, kind := range []corpus.Kind{corpus.Heading, corpus.Paragraph, corpus.Footnote, corpus.Quotation} {
		v.Kinds = append(v.Kinds, tally{kindNames[string(kind)], "/?kind=" + string(kind), counts.Kinds[kind]})
	}
	for _, nature := range []corpus.Nature{corpus.OfDocument, corpus.OfScholarship, corpus.OfTerm} {
		if n := counts.Natures[nature]; n > 0 {
			v.Natures = append(v.Natures, tally{manyNatures[nature], "", n})
		}
	}
	sure := 0
	for _, n := range counts.Repairs {
		v.RepairTotal, sure = v.RepairTotal+n.Count, sure+n.Sure
	}
	v.Repairs = repairTallies(counts)
	if v.RepairTotal > 0 {
		v.RepairSure = sure * 100 / v.RepairTotal
	}
	sources := cat.manifest.Sources[:min(len(cat.manifest.Sources), sourcesOnPage)]
	for i := range sources {
		v.Sources = append(v.Sources, cat.aboutSource(&sources[i], counts))
	}
	v.MoreSources = len(cat.manifest.Sources) - len(sources)
	for _, p := range cat.manifest.Phases {
		v.Phases = append(v.Phases, phaseView{cat.phase(p.ID), readableDate(p.From), readableDate(p.To)})
	}
	totals := s.index.Totals()
	v.Others = max(0, totals.Actors-v.Actors)
	v.Documents, v.Quoted, v.Printed = totals.Cited, totals.Quoted, totals.Edited
	return &view{Template: "about", Page: v}, nil
}

// otherDates says what becomes of passages that name no date.
const otherDates = "; a search by date looks to the date of their document, or of a quotation in them, and says how many have none"

// missingOf are the lines of what the index could not tell.
func missingOf(c *search.Census, cat *catalog) []missing {
	repairs := 0
	for _, n := range c.Repairs {
		repairs += n.Count
	}
	documents := c.Natures[corpus.OfDocument]
	prose := c.Kinds[corpus.Paragraph] + c.Kinds[corpus.Footnote]
	phases, collections := len(cat.manifest.Phases), len(cat.manifest.Collections)
	all := []missing{
		{Found: c.Undated, Of: prose, One: "paragraphs and footnotes names no date" + otherDates, Text: "paragraphs and footnotes name no date" + otherDates, Needs: 1},
		{Found: c.NoPhase, Of: c.Kinds[corpus.Paragraph], One: "paragraphs belongs to no phase", Text: "paragraphs belong to no phase", Needs: phases},
		{Found: c.Orphans, Of: c.Kinds[corpus.Footnote], One: "footnotes has a number and is called nowhere in the text", Text: "footnotes have a number and are called nowhere in the text", Needs: 1},
		{Found: c.Voiceless, Of: documents, One: "quotations from documents does not tell who speaks", Text: "quotations from documents do not tell who speaks", Needs: 1},
		{Found: c.Unaddressed, Of: documents, One: "quotations from documents does not tell to whom", Text: "quotations from documents do not tell to whom", Needs: 1},
		{Found: c.Undocumented, Of: documents, One: "quotations from documents names no numbered document", Text: "quotations from documents name no numbered document", Needs: collections},
		{Found: c.Doubtful, Of: repairs, One: "repairs is less than 70 % sure", Text: "repairs are less than 70 % sure", Needs: 1},
	}
	var out []missing
	for _, m := range all {
		if m.Of == 0 || m.Found.Count == 0 || m.Needs == 0 {
			continue
		}
		if m.Found.Count == 1 {
			m.Text = m.One
		}
		for _, id := range m.Found.First {
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

func repairTallies(c *search.Census) []repairTally {
	var out []repairTally
	for rule, n := range c.Repairs {
		out = append(out, repairTally{ruleName(rule), n.Count, percent(n.Least), percent(n.Sum / float64(n.Count))})
	}
	slices.SortFunc(out, func(a, b repairTally) int { return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Name, b.Name)) })
	return out
}

func percent(x float64) int { return int(math.Round(x * 100)) }
