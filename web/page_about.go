package web

import (
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
	Repairs     []tally
	RepairSure  int // per cent of the repairs
	Sources     []aboutSource
	Collections []corpus.Collection
	Phases      []phaseView
	Actors      int
	Documents   int
	Quoted      int // documents that are quoted
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
	Count, Of int
	Text      string
}

func (s *server) aboutPage(c *gin.Context) (*view, error) {
	cat := s.catalog()
	counts, err := cat.census()
	if err != nil {
		return nil, err
	}
	v := aboutView{
		layout: s.layout(c, "About this corpus", "about"), Description: cat.manifest.Description, Build: s.cfg.Build,
		Counts: counts, Collections: cat.manifest.Collections, Actors: len(cat.manifest.Actors),
		Missing: counts.missing(),
	}
	v.Base = v.layout.Base
	for _, kind := range []corpus.Kind{corpus.Heading, corpus.Paragraph, corpus.Footnote, corpus.Quotation} {
		v.Kinds = append(v.Kinds, tally{kindNames[string(kind)], "/?kind=" + string(kind), counts.Kinds[kind]})
	}
	for _, nature := range []corpus.Nature{corpus.OfDocument, corpus.OfScholarship, corpus.OfTerm} {
		v.Natures = append(v.Natures, tally{natureNames[nature], "", counts.Natures[nature]})
	}
	for _, t := range tallies(counts.Repairs) {
		v.Repairs = append(v.Repairs, tally{ruleName(t.Name), "", t.Count})
	}
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
	for _, d := range s.index.Documents() {
		v.Documents++
		if len(d.Quotations) > 0 {
			v.Quoted++
		}
	}
	return &view{Template: "about", Page: v}, nil
}

func (c *census) missing() []missing {
	documents := c.Natures[corpus.OfDocument]
	prose := c.Kinds[corpus.Paragraph] + c.Kinds[corpus.Footnote]
	all := []missing{
		{c.Undated, prose, "paragraphs and footnotes name no date; a search by date leaves them out and says how many"},
		{c.NoPhase, c.Kinds[corpus.Paragraph], "paragraphs belong to no phase"},
		{c.Orphans, c.Kinds[corpus.Footnote], "numbered footnotes are called nowhere in the text"},
		{c.Voiceless, documents, "quotations from documents do not tell who speaks"},
		{c.Unaddressed, documents, "quotations from documents do not tell to whom"},
		{c.Undocumented, documents, "quotations from documents name no numbered document"},
	}
	var out []missing
	for _, m := range all {
		if m.Of > 0 {
			out = append(out, m)
		}
	}
	return out
}
