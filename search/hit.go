package search

import (
	"fmt"
	"net/url"
	"strings"

	"ibid/corpus"
	"ibid/corpus/cite"
	"ibid/indexer/schema"
)

// hit makes what a reader sees of a group.
func (s *search) hit(g group) (Hit, error) {
	c, err := s.ix.cachedPassage(g.lead)
	if err != nil {
		return Hit{}, err
	}
	p := c.passage
	return Hit{
		ID: p.ID, Kind: p.Kind, Source: p.Source, Section: p.Section, Phase: orEmpty(p.Phase), Pages: orEmpty(p.Pages), Lines: orEmpty(p.Lines),
		Score: g.score, Title: s.ix.title(g.lead, p), URL: PassageURL(p.ID), Reference: cite.Short(s.ix.manifest, p),
		Fragments: fragments(p.Text, s.marks.marks(p, c.tokens()), named(p)),
		Nature:    p.Nature, Speaker: schema.Speaker(p), Addressee: schema.Addressee(p), Medium: p.Medium, Date: dateOf(p), Footnote: p.Footnote, Within: p.Within,
		Dates: orEmpty(p.Dates), Actors: orEmpty(p.Actors), Citations: orEmpty(p.Citations), Quotations: orEmpty(p.Quotations),
	}, nil
}

// PassageURL returns the address of the page of a passage.
func PassageURL(id string) string { return "/passage/" + escapePath(id) }

// escapePath escapes the segments of a path and keeps its slashes.
func escapePath(path string) string {
	parts := strings.Split(path, "/")
	for i := range parts {
		parts[i] = url.PathEscape(parts[i])
	}
	return strings.Join(parts, "/")
}

func dateOf(p *corpus.Passage) string {
	if p.Date == "" && p.Document != nil {
		return p.Document.Date
	}
	return p.Date
}

// title says in a line what a passage is: who says it to whom and when, the
// number of a note, or the heading it stands under.
func (ix *Index) title(doc uint32, p *corpus.Passage) string {
	if who := ix.whoToWhom(p); who != "" && (p.Kind == corpus.Quotation || p.Document != nil) {
		return who
	}
	switch {
	case p.Kind == corpus.Heading:
		return p.Text
	case p.Kind == corpus.Footnote && p.Footnote > 0:
		return fmt.Sprintf("Note %d", p.Footnote)
	case p.Kind == corpus.Footnote:
		return "Author\u2019s note"
	case p.Document != nil && p.Document.Title != "":
		return p.Document.Title
	case p.Kind == corpus.Quotation && p.Nature == corpus.OfTerm:
		return "\u201c" + p.Text + "\u201d"
	}
	if h := ix.headingOf(doc, p); h != "" {
		return h
	}
	if p.Section != "" {
		return "Section " + p.Section
	}
	return ix.names.label(GroupSource, p.Source)
}

// whoToWhom returns "Molotov to Schulenburg, 20 May 1939", as far as it is told.
func (ix *Index) whoToWhom(p *corpus.Passage) string {
	from, to := ix.names.short(schema.Speaker(p)), ix.names.short(schema.Addressee(p))
	var who string
	switch {
	case from != "" && to != "":
		who = from + " to " + to
	case from != "":
		who = from
	case to != "":
		who = "To " + to
	default:
		return ""
	}
	if date := cite.PlainDate(dateOf(p)); date != "" {
		who += ", " + date
	}
	return who
}
