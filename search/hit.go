package search

import (
	"fmt"
	"net/url"
	"strings"

	"ibid/corpus"
	"ibid/corpus/edtf"
	"ibid/indexer/schema"
)

// hit makes what a reader sees of a group.
func (s *search) hit(g group) (Hit, error) {
	p, err := s.ix.passage(g.lead)
	if err != nil {
		return Hit{}, err
	}
	return Hit{
		ID: p.ID, Kind: p.Kind, Source: p.Source, Section: p.Section, Phase: orEmpty(p.Phase), Pages: orEmpty(p.Pages), Lines: orEmpty(p.Lines),
		Score: g.score, Title: s.ix.title(p), URL: PassageURL(p.ID), Reference: s.ix.reference(p),
		Fragments: fragments(p.Text, s.marks.marks(s.ix, p)),
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
func (ix *Index) title(p *corpus.Passage) string {
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
	if h := ix.headingOf(p); h != "" {
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
	if date := DateWords(dateOf(p)); date != "" {
		who += ", " + date
	}
	return who
}

// reference returns where a passage stands in short: "Leem, p. 213".
func (ix *Index) reference(p *corpus.Passage) string {
	name := ix.authors(p.Source)
	switch len(p.Pages) {
	case 0:
		return name
	case 1:
		return name + ", p. " + p.Pages[0]
	}
	return name + ", pp. " + p.Pages[0] + "\u2013" + p.Pages[len(p.Pages)-1]
}

// authors returns the family names of the authors of a source, its title if it names none.
func (ix *Index) authors(id string) string {
	src, ok := ix.names.sources[id]
	if !ok {
		return id
	}
	var names []string
	for _, a := range src.Reference.Author {
		if a.Family != "" {
			names = append(names, a.Family)
		} else if a.Literal != "" {
			names = append(names, a.Literal)
		}
	}
	switch {
	case len(names) == 0 && src.Reference.Title != "":
		return src.Reference.Title
	case len(names) == 0:
		return id
	case len(names) > 3:
		return names[0] + " et al."
	case len(names) == 1:
		return names[0]
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}

var months = [...]string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"}

// DateWords prints an EDTF date as a reader says it: "20 May 1939", "May 1939",
// "21 to 31 July 1939"; one that cannot be read as it stands.
func DateWords(s string) string {
	v, err := edtf.Parse(s)
	if err != nil || v.IsZero() {
		return s
	}
	if !v.Interval {
		return pointWords(v.From)
	}
	from, to := v.From, v.To
	switch {
	case v.FromEnd != edtf.Dated:
		return "until " + pointWords(to)
	case v.ToEnd != edtf.Dated:
		return "from " + pointWords(from)
	case from.Day > 0 && to.Day > 0 && from.Year == to.Year && from.Month == to.Month:
		return fmt.Sprintf("%d to %s", from.Day, pointWords(to))
	}
	return pointWords(from) + " to " + pointWords(to)
}

func pointWords(d edtf.Date) string {
	var out string
	switch {
	case d.Digits == 1:
		out = fmt.Sprintf("%ds", d.Year)
	case d.Digits == 2:
		out = fmt.Sprintf("%ds", d.Year/100*100)
	case d.Month >= 1 && d.Month <= 12 && d.Day > 0:
		out = fmt.Sprintf("%d %s %d", d.Day, months[d.Month-1], d.Year)
	case d.Month >= 1 && d.Month <= 12:
		out = fmt.Sprintf("%s %d", months[d.Month-1], d.Year)
	case d.Month >= edtf.Spring && d.Month <= edtf.Winter:
		out = fmt.Sprintf("%s %d", [...]string{"spring", "summer", "autumn", "winter"}[d.Month-edtf.Spring], d.Year)
	default:
		out = fmt.Sprint(d.Year)
	}
	if d.Qualifier != edtf.Certain {
		out = "about " + out
	}
	return out
}
