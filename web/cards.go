package web

import (
	"fmt"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"ibid/corpus"
	"ibid/corpus/cite"
	"ibid/search"
)

// A card shows a passage in a list: who speaks to whom, when, in which
// document, on which page, and some of its words.
type card struct {
	ID        string
	List      string // which list of the page it is in, where one passage may be in several
	URL       string
	Kind      string // class of the label, a corpus.Kind
	Label     string // "Quotation", "Footnote 7"
	Nature    string // of a quotation: whose words
	Title     string
	Part      string // of the source, where it says more than the kind: heading of the section
	Speaker   *ref
	Addressee *ref
	Date      string // in words
	EDTF      string
	Medium    string
	Documents []*ref
	Within    *ref // the document of an edition that it belongs to
	Works     []*ref
	Quotes    []*ref // whose words it quotes, the first few
	Reference string // "Leem, p. 213"
	Section   string
	Phases    []*ref
	Fragments []fragmentView
	Rank      int // from 1, of the page of results
}

// A fragmentView is a fragment with whether the text goes on at its ends.
type fragmentView struct {
	Pieces        search.Fragment
	Before, After bool
}

func (c *catalog) hitCard(h search.Hit, query state) (card, error) {
	p, err := c.index.Passage(h.ID)
	if err != nil {
		return card{}, fmt.Errorf("hit %s: %w", h.ID, err)
	}
	docs, works := c.cited(h.Citations)
	out := card{
		ID: h.ID, URL: query.only("q", "match").at(passageURL(h.ID)),
		Kind: string(h.Kind), Label: kindLabel(h.Kind, h.Footnote), Nature: natureNames[h.Nature], Title: h.Title,
		Speaker: c.actor(h.Speaker), Addressee: c.actor(h.Addressee),
		Date: readableDate(h.Date), EDTF: h.Date, Medium: h.Medium,
		Documents: docs, Works: works, Reference: h.Reference, Section: h.Section,
		Phases: c.phaseRefs(h.Phase), Fragments: cutFrom(p.Text, h.Fragments),
	}
	if h.Kind == corpus.Paragraph {
		out.Part = h.Title
	}
	return out, c.announce(&out, p)
}

// announce heads a card whose speaker is not told with the place that one cites,
// and says whose words it quotes.
func (c *catalog) announce(out *card, p *corpus.Passage) error {
	out.Within = documentRef(p)
	if out.Speaker == nil && (p.Kind == corpus.Paragraph || p.Kind == corpus.Footnote) {
		out.Title, out.Reference = out.Reference, ""
	} else {
		out.Part = ""
	}
	const most = 2
	for _, id := range p.Quotations {
		q, err := c.index.Passage(id)
		if err != nil {
			return fmt.Errorf("quotation in %s: %w", p.ID, err)
		}
		if q.Speaker != "" && q.Nature == corpus.OfDocument && len(out.Quotes) < most {
			out.Quotes = append(out.Quotes, &ref{Text: c.title(q), URL: passageURL(id), Full: beginning(q.Text, 80) + " …"})
		}
	}
	return nil
}

// documentRef leads to the document of an edition that a passage belongs to, nil where it belongs to none.
func documentRef(p *corpus.Passage) *ref {
	if p.Document == nil {
		return nil
	}
	return &ref{Text: "open the document", URL: documentURL(p.Document.ID) + "#" + anchor(p.Document.ID, p.ID), Full: documentTitle(p.Document)}
}

// cutFrom says at which ends fragments were cut from a text. Where the words of
// one follow upon the other's, nothing is said twice.
func cutFrom(text string, fragments []search.Fragment) []fragmentView {
	var out []fragmentView
	for i, f := range fragments {
		words := spell(f)
		out = append(out, fragmentView{Pieces: f,
			Before: i == 0 && !strings.HasPrefix(text, words),
			After:  !strings.HasSuffix(text, words)})
	}
	return out
}

// passageCard shows the beginning of a passage's words; a quotation whole up to
// about a paragraph.
func (c *catalog) passageCard(p *corpus.Passage) (card, error) {
	docs, works := c.cited(p.Citations)
	most := 280
	if p.Kind == corpus.Quotation {
		most = 900
	}
	out := card{
		ID: p.ID, URL: passageURL(p.ID),
		Kind: string(p.Kind), Label: kindLabel(p.Kind, p.Footnote), Nature: natureNames[p.Nature], Title: c.title(p),
		Speaker: c.actor(p.Speaker), Addressee: c.actor(p.Addressee),
		Date: readableDate(p.Date), EDTF: p.Date, Medium: p.Medium,
		Documents: docs, Works: works, Reference: c.reference(p), Section: p.Section,
		Phases: c.phaseRefs(p.Phase), Fragments: []fragmentView{{Pieces: search.Fragment{{Text: beginning(p.Text, most)}}, After: len(p.Text) > most}},
	}
	if p.Section != "" && p.Kind == corpus.Paragraph {
		out.Part = "Section " + p.Section
	}
	return out, c.announce(&out, p)
}

func kindLabel(kind corpus.Kind, footnote int) string {
	if kind == corpus.Footnote && footnote > 0 {
		return "Footnote " + thousands(footnote)
	}
	return kindNames[string(kind)]
}

// cited are the documents and works of citations, each once.
func (c *catalog) cited(list []corpus.Citation) (docs, works []*ref) {
	seen := map[string]bool{}
	for _, cited := range list {
		if seen[cited.ID] {
			continue
		}
		seen[cited.ID] = true
		if cited.Kind == corpus.CitesDocument {
			docs = append(docs, c.citation(cited))
		} else {
			works = append(works, c.citation(cited))
		}
	}
	return docs, works
}

// title names a passage: "Molotov to Schulenburg, 20 May 1939", or kind, section and page.
func (c *catalog) title(p *corpus.Passage) string {
	if p.Kind == corpus.Heading {
		return p.Text
	}
	if p.Kind == corpus.Quotation && p.Speaker != "" {
		title := c.actor(p.Speaker).Text
		if to := c.actor(p.Addressee); to != nil {
			title += " to " + to.Text
		}
		if p.Date != "" {
			title += ", " + readableDate(p.Date)
		}
		return title
	}
	title := kindLabel(p.Kind, p.Footnote)
	if where := whereabouts(p); where != "" {
		title += ", " + strings.ToLower(where[:1]) + where[1:]
	}
	return title
}

// whereabouts are section and pages as far as they are known: "Section III, pp. 213–214".
func whereabouts(p *corpus.Passage) string {
	var parts []string
	if p.Section != "" {
		parts = append(parts, "Section "+p.Section)
	}
	if len(p.Pages) > 0 {
		parts = append(parts, pageRange(p.Pages))
	}
	return strings.Join(parts, ", ")
}

// reference is the short citation of a passage: "Leem, p. 213, n. 7".
func (c *catalog) reference(p *corpus.Passage) string { return cite.Short(c.manifest, p) }

// beginning cuts a text after a word, at most so many bytes long.
func beginning(text string, most int) string {
	if len(text) <= most {
		return text
	}
	for most > 0 && !utf8.RuneStart(text[most]) {
		most--
	}
	if i := strings.LastIndexFunc(text[:most], unicode.IsSpace); i > most/2 {
		most = i
	}
	return text[:most]
}

// cardsOf shows the passages with these ids, n at most, in a list of the page.
func (s *server) cardsOf(cat *catalog, list string, ids []string, n int) ([]card, error) {
	var out []card
	for _, id := range ids[:min(n, len(ids))] {
		p, err := s.index.Passage(id)
		if err != nil {
			return nil, err
		}
		card, err := cat.passageCard(p)
		if err != nil {
			return nil, err
		}
		card.List = list
		out = append(out, card)
	}
	return out, nil
}

// searchFor is the address of a search with one filter.
func searchFor(group search.Group, value string) string {
	return "/?" + url.Values{string(group): {value}}.Encode()
}
