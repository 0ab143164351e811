// Package cite formats the citation of a passage, so that a reader can find it
// again without us: as a footnote, as a short reference, as BibTeX, RIS and
// CSL-JSON. What the manifest does not know is left out. Start at Note.
//
// It leaves the choice of passages, and lists of many, to its callers: each
// function gives one entry.
package cite

import (
	"slices"
	"strconv"
	"strings"

	"ibid/corpus"
)

// Short returns the short reference of a passage: "Leem, p. 213", "Leem, p.
// 211, n. 8", "Foreign Relations, doc. 12, p. 5". A source without pages is
// cited by the lines of its file.
func Short(m *corpus.Manifest, p *corpus.Passage) string {
	return shortName(sourceOf(m, p)) + locator(p)
}

// Note returns the full footnote of a passage, ending with its permanent id.
// That of a quotation begins with who says it to whom, when, and in which
// document of which collection: "V. Molotov to F. Schulenburg, 20 May 1939, in
// GK 362, cited in ...".
func Note(m *corpus.Manifest, p *corpus.Passage) string {
	var b strings.Builder
	if chain := Chain(m, p); chain != "" {
		b.WriteString(chain)
		b.WriteString(", cited in ")
	}
	b.WriteString(work(sourceOf(m, p), p.Document))
	b.WriteString(locator(p))
	b.WriteString(" [")
	b.WriteString(oneLine(p.ID))
	b.WriteString("].")
	return b.String()
}

// Chain returns where the words of a quotation come from, as far as the source
// tells: speaker to addressee, date, collection and number. It is "" for other
// kinds of passage.
func Chain(m *corpus.Manifest, p *corpus.Passage) string {
	if p.Kind != corpus.Quotation {
		return ""
	}
	who := actorName(m, p.Speaker)
	if to := actorName(m, p.Addressee); to != "" {
		who = strings.TrimSpace(who + " to " + to)
	}
	var documents []string
	for _, c := range p.Citations {
		if s := quoted(c); s != "" {
			documents = append(documents, s)
		}
	}
	parts := []string{who, oneLine(p.Medium), PlainDate(p.Date)}
	if len(documents) > 0 {
		parts = append(parts, "in "+strings.Join(slices.Compact(documents), "; "))
	}
	return join(", ", parts...)
}

// quoted prints a citation in the chain: id, page, and the work it was taken from.
func quoted(c corpus.Citation) string {
	s := join(", ", oneLine(c.ID), oneLine(c.Locator))
	if c.Through != "" {
		s += ", cited from " + oneLine(c.Through)
	}
	return s
}

// sourceOf returns the source of a passage with its titles trimmed; one the manifest does
// not name has its id for a title.
func sourceOf(m *corpus.Manifest, p *corpus.Passage) corpus.Source {
	for i := range m.Sources { // a Source is large: only one is copied
		if m.Sources[i].ID == p.Source {
			s := m.Sources[i]
			s.Reference.Title = TrimTitle(s.Reference.Title)
			s.Reference.ContainerTitle = TrimTitle(s.Reference.ContainerTitle)
			return s
		}
	}
	return corpus.Source{ID: p.Source}
}

// TrimTitle returns a title without the comma or colon in which one ends that
// was taken from a longer title.
func TrimTitle(s string) string { return strings.TrimRight(s, " ,;:") }

// shortName returns the family name of the author (two: both; more: "et al."),
// else of the editor, else the title, else the id.
func shortName(s corpus.Source) string {
	names := s.Reference.Author
	if len(names) == 0 {
		names = s.Reference.Editor
	}
	var families []string
	for _, n := range names {
		if f := oneLine(firstOf(n.Family, n.Literal, n.Given)); f != "" {
			families = append(families, f)
		}
	}
	switch len(families) {
	case 0:
		return oneLine(firstOf(s.Reference.Title, s.Reference.ContainerTitle, s.ID))
	case 1:
		return families[0]
	case 2:
		return families[0] + " and " + families[1]
	}
	return families[0] + " et al."
}

// locator returns where in its source a passage stands: ", doc. 12, p. 211, n. 8".
func locator(p *corpus.Passage) string {
	var parts []string
	if p.Document != nil && p.Document.Number != "" {
		parts = append(parts, "doc. "+oneLine(p.Document.Number))
	}
	switch {
	case len(p.Pages) > 0:
		parts = append(parts, numbered("p. ", "pp. ", pageRange(p.Pages)))
	case len(p.Lines) > 0:
		parts = append(parts, numbered("line ", "lines ", lineRanges(p.Lines)))
	}
	if n := noteNumber(p); n > 0 {
		parts = append(parts, "n. "+strconv.Itoa(n))
	}
	if len(parts) == 0 {
		return ""
	}
	return ", " + strings.Join(parts, ", ")
}

func numbered(one, many, figures string) string {
	if strings.ContainsAny(figures, "-,") {
		return many + figures
	}
	return one + figures
}

// pageRange prints page labels: "213", "213-14" in full as "213-214", "xiv, 3".
func pageRange(pages []string) string {
	first, err1 := strconv.Atoi(pages[0])
	last, err2 := strconv.Atoi(pages[len(pages)-1])
	switch {
	case len(pages) == 1:
		return oneLine(pages[0])
	case err1 == nil && err2 == nil && last-first == len(pages)-1:
		return pages[0] + "-" + pages[len(pages)-1]
	}
	labels := make([]string, len(pages))
	for i, p := range pages {
		labels[i] = oneLine(p)
	}
	return strings.Join(labels, ", ")
}

func lineRanges(lines [][2]int) string {
	var out []string
	for _, r := range lines {
		s := strconv.Itoa(r[0])
		if r[1] > r[0] {
			s += "-" + strconv.Itoa(r[1])
		}
		out = append(out, s)
	}
	return strings.Join(out, ", ")
}

// noteNumber returns the number of the footnote that a passage is, or stands in:
// a quotation in a note names it in the id of the passage that holds it ("leem/n08").
func noteNumber(p *corpus.Passage) int {
	if p.Kind == corpus.Footnote {
		return p.Footnote
	}
	last := p.Within[strings.LastIndexByte(p.Within, '/')+1:]
	digits, isNote := strings.CutPrefix(last, "n")
	digits, _, _ = strings.Cut(digits, "-") // "n08-2": notes counted anew
	if n, err := strconv.Atoi(digits); isNote && err == nil {
		return n
	}
	return 0
}

// work prints author, title, container and imprint of a source, or of a
// document in an edition.
func work(s corpus.Source, d *corpus.EditedDocument) string {
	r := s.Reference
	title := oneLine(firstOf(r.Title, s.ID))
	if r.ContainerTitle != "" || d == nil && strings.HasPrefix(r.Type, "article") {
		title = "“" + nestQuotes(title) + "”"
	}
	imprint := join(": ", oneLine(r.PublisherPlace), oneLine(r.Publisher))
	year := PlainDate(r.Issued)
	container := oneLine(r.ContainerTitle)
	if container != "" && r.Volume != "" {
		container += " " + oneLine(r.Volume)
	}
	if container != "" && r.Issue != "" {
		container += ", no. " + oneLine(r.Issue)
	}
	who := people(r.Author)
	if who == "" && len(r.Editor) > 0 {
		who = people(r.Editor) + edited(len(r.Editor))
	}
	published := join(", ", imprint, year)
	if published != "" {
		published = " (" + published + ")"
	}
	return documentTitle(d) + join(", ", who, title, container) + published
}

func edited(n int) string {
	if n > 1 {
		return " (eds.)"
	}
	return " (ed.)"
}

// documentTitle prints a document of an edition: its title and date, or from whom to whom.
func documentTitle(d *corpus.EditedDocument) string {
	if d == nil {
		return ""
	}
	title := oneLine(d.Title)
	if title != "" {
		title = "“" + nestQuotes(title) + "”"
	} else if title = oneLine(d.From); d.To != "" {
		title = strings.TrimSpace(title + " to " + oneLine(d.To))
	}
	s := join(", ", title, oneLine(d.Place), PlainDate(d.Date))
	if s == "" {
		return ""
	}
	return s + ", in "
}

// people prints names in reading order: "A. One, B. Two and C. Three".
func people(names []corpus.Name) string {
	var out []string
	for _, n := range names {
		if s := oneLine(firstOf(n.Literal, join(" ", n.Given, n.Family))); s != "" {
			out = append(out, s)
		}
	}
	if len(out) < 2 {
		return strings.Join(out, "")
	}
	return strings.Join(out[:len(out)-1], ", ") + " and " + out[len(out)-1]
}

// actorName returns the name of an actor in reading order, or the name as
// printed where the authority file has none.
func actorName(m *corpus.Manifest, id string) string {
	for _, a := range m.Actors {
		if a.ID != id {
			continue
		}
		return ActorName(a.Name, a.Kind)
	}
	return oneLine(id)
}

// ActorName gives the name of an authority file in reading order: of a person
// "Vyacheslav Molotov" for "Molotov, Vyacheslav", and "Ernest B. Johnston, Jr." for
// "Johnston, Ernest B., Jr."; of others the name as it is.
func ActorName(name string, kind corpus.ActorKind) string {
	family, given, found := strings.Cut(name, ", ")
	if !found || kind != corpus.Person {
		return oneLine(name)
	}
	if given, suffix, found := strings.Cut(given, ", "); found {
		return oneLine(given + " " + family + ", " + suffix)
	}
	return oneLine(given + " " + family)
}

// nestQuotes turns the double quotation marks within a title into single ones.
func nestQuotes(s string) string {
	var b strings.Builder
	open := false
	for _, r := range s {
		switch {
		case r == '“' || r == '"' && !open:
			open = true
			b.WriteRune('‘')
		case r == '”' || r == '"':
			open = false
			b.WriteRune('’')
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// oneLine makes one line of any text: white space and control characters become single spaces.
func oneLine(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToValidUTF8(s, "�"), func(r rune) bool {
		return r <= ' ' || r >= 0x7f && r <= 0xa0 || r == 0x2028 || r == 0x2029
	}), " ")
}

func firstOf(texts ...string) string {
	for _, s := range texts {
		if s != "" {
			return s
		}
	}
	return ""
}

// join joins what is not empty.
func join(sep string, parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), sep)
}
