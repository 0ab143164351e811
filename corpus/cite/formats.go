package cite

import (
	"encoding/json"
	"fmt"
	"strings"

	"ibid/corpus"
	"ibid/corpus/edtf"
)

// An entry is what the three formats for reference managers print.
type entry struct {
	id        string // permanent id of the passage
	kind      string // CSL type
	reference corpus.Reference
	document  *corpus.EditedDocument
	note      string // where the passage stands, and the chain of a quotation
	letter    string // to whom, when and in which archive, of a document in an edition
}

func entryOf(m *corpus.Manifest, p *corpus.Passage) entry {
	s := sourceOf(m, p)
	e := entry{id: oneLine(p.ID), kind: s.Reference.Type, reference: s.Reference, document: p.Document}
	e.reference.Title = firstOf(s.Reference.Title, s.ID)
	if e.kind == "" {
		e.kind = "document"
	}
	where := strings.TrimPrefix(locator(p), ", ")
	if d := p.Document; d != nil {
		e.inEdition(m, d)
		e.letter = join("; ", toWhom(m, d), PlainDate(d.Date), oneLine(d.Archive))
	}
	e.note = join("; ", where, Chain(m, p), "passage "+e.id)
	return e
}

// inEdition makes the entry one of a document: by who wrote it, in the edition.
func (e *entry) inEdition(m *corpus.Manifest, d *corpus.EditedDocument) {
	if d.Title != "" {
		e.kind = "chapter"
		e.reference.ContainerTitle = e.reference.Title
		e.reference.Title = d.Title
	}
	if d.From == "" {
		return
	}
	if len(e.reference.Editor) == 0 {
		e.reference.Editor = e.reference.Author
	}
	e.reference.Author = []corpus.Name{{Literal: actorName(m, d.From)}}
}

// toWhom names the addressee of a document, "" if it has none.
func toWhom(m *corpus.Manifest, d *corpus.EditedDocument) string {
	if d.To == "" {
		return ""
	}
	return "to " + actorName(m, d.To)
}

// The entry types of BibTeX and RIS by CSL type. Others are "misc" and "GEN".
var (
	bibtexTypes = map[string]string{"article-journal": "article", "article-magazine": "article", "article-newspaper": "article",
		"book": "book", "chapter": "incollection", "paper-conference": "inproceedings", "report": "techreport", "thesis": "phdthesis"}
	risTypes = map[string]string{"article-journal": "JOUR", "article-magazine": "MGZN", "article-newspaper": "NEWS",
		"book": "BOOK", "chapter": "CHAP", "paper-conference": "CPAPER", "report": "RPRT", "thesis": "THES", "manuscript": "MANSCPT"}
)

// BibTeX returns the passage as one BibTeX entry. The key is its permanent id
// with "-" for what a key may not hold; the id itself stands in the note.
func BibTeX(m *corpus.Manifest, p *corpus.Passage) string {
	e := entryOf(m, p)
	r := e.reference
	kind := firstOf(bibtexTypes[e.kind], "misc")
	var b strings.Builder
	fmt.Fprintf(&b, "@%s{%s", kind, bibtexKey(e.id))
	field := func(name, value string) {
		if value = oneLine(value); value != "" {
			fmt.Fprintf(&b, ",\n  %s = {%s}", name, escapeTeX(value))
		}
	}
	names := func(name string, people []corpus.Name) {
		if len(people) > 0 {
			fmt.Fprintf(&b, ",\n  %s = {%s}", name, bibtexNames(people))
		}
	}
	names("author", r.Author)
	names("editor", r.Editor)
	if title := oneLine(r.Title); title != "" {
		fmt.Fprintf(&b, ",\n  title = {{%s}}", escapeTeX(title)) // inner braces keep its capitals
	}
	if kind == "article" {
		field("journal", r.ContainerTitle)
	} else {
		field("booktitle", r.ContainerTitle)
	}
	field("volume", r.Volume)
	field("number", r.Issue)
	field("pages", strings.ReplaceAll(r.Page, "-", "--"))
	field("year", yearOf(r.Issued))
	field("publisher", r.Publisher)
	field("address", r.PublisherPlace)
	field("doi", r.DOI)
	field("issn", r.ISSN)
	field("url", r.URL)
	field("language", r.Language)
	field("note", join("; ", e.letter, e.note))
	b.WriteString("\n}\n")
	return b.String()
}

func bibtexKey(id string) string {
	key := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '.' || r == ':' {
			return r
		}
		return '-'
	}, id)
	return firstOf(key, "passage")
}

// bibtexNames prints names as "Family, Given and {Literal}". Each part stands
// in braces where its own words could be taken for the syntax of names.
func bibtexNames(people []corpus.Name) string {
	var out []string
	for _, n := range people {
		if n.Literal != "" {
			out = append(out, "{"+escapeTeX(oneLine(n.Literal))+"}")
			continue
		}
		out = append(out, join(", ", bibtexName(n.Family), bibtexName(n.Given)))
	}
	return strings.Join(out, " and ")
}

func bibtexName(s string) string {
	s = oneLine(s)
	escaped := escapeTeX(s)
	if strings.Contains(s, ",") || strings.Contains(" "+strings.ToLower(s)+" ", " and ") {
		return "{" + escaped + "}"
	}
	return escaped
}

var texEscapes = strings.NewReplacer(`\`, `\textbackslash{}`, `{`, `\{`, `}`, `\}`, `&`, `\&`, `%`, `\%`, `$`, `\$`,
	`#`, `\#`, `_`, `\_`, `~`, `\textasciitilde{}`, `^`, `\textasciicircum{}`)

// escapeTeX escapes what TeX reads as commands. A brace without its partner
// would end the field even when escaped, so then braces become parentheses.
func escapeTeX(s string) string {
	if !balanced(s) {
		s = strings.NewReplacer("{", "(", "}", ")").Replace(s)
	}
	return texEscapes.Replace(s)
}

// balanced reports whether every brace of s has its partner.
func balanced(s string) bool {
	depth := 0
	for _, r := range s {
		switch r {
		case '{':
			depth++
		case '}':
			if depth--; depth < 0 {
				return false
			}
		}
	}
	return depth == 0
}

// yearOf returns the year of an EDTF date, "" if it has none.
func yearOf(s string) string {
	v, err := edtf.Parse(s)
	if err != nil || v.FromEnd != edtf.Dated || v.From.Digits > 0 {
		return ""
	}
	return fmt.Sprint(v.From.Year)
}

// RIS returns the passage as one RIS record, lines ended by CR LF. The id
// stands in the tags ID and N1.
func RIS(m *corpus.Manifest, p *corpus.Passage) string {
	e := entryOf(m, p)
	r := e.reference
	var b strings.Builder
	tag := func(name, value string) {
		if value = oneLine(value); value != "" {
			fmt.Fprintf(&b, "%s  - %s\r\n", name, value)
		}
	}
	tag("TY", firstOf(risTypes[e.kind], "GEN"))
	tag("ID", e.id)
	for _, n := range r.Author {
		tag("AU", risName(n))
	}
	for _, n := range r.Editor {
		tag("ED", risName(n))
	}
	tag("TI", r.Title)
	tag("T2", r.ContainerTitle)
	tag("VL", r.Volume)
	tag("IS", r.Issue)
	first, last, _ := strings.Cut(r.Page, "-")
	tag("SP", first)
	tag("EP", last)
	tag("PY", yearOf(r.Issued))
	tag("PB", r.Publisher)
	tag("CY", r.PublisherPlace)
	tag("DO", r.DOI)
	tag("SN", r.ISSN)
	tag("UR", r.URL)
	tag("LA", r.Language)
	tag("N1", join("; ", e.letter, e.note))
	b.WriteString("ER  - \r\n")
	return b.String()
}

func risName(n corpus.Name) string {
	return firstOf(n.Literal, join(", ", n.Family, n.Given))
}

// A cslItem is a CSL-JSON item (https://citeproc-js.readthedocs.io/en/latest/csl-json/markup.html).
type cslItem struct {
	ID string `json:"id"`
	corpus.Reference
	Issued       *cslDate      `json:"issued,omitempty"`
	OriginalDate *cslDate      `json:"original-date,omitempty"`
	Recipient    []corpus.Name `json:"recipient,omitempty"`
	Archive      string        `json:"archive,omitempty"`
	Note         string        `json:"note,omitempty"`
}

type cslDate struct {
	Parts  [][]int `json:"date-parts"`
	Season int     `json:"season,omitempty"` // 1 spring to 4 winter
	Circa  bool    `json:"circa,omitempty"`
}

// CSLJSON returns the passage as one CSL-JSON item, an object; a list of items
// is an array of them.
func CSLJSON(m *corpus.Manifest, p *corpus.Passage) (json.RawMessage, error) {
	e := entryOf(m, p)
	item := cslItem{ID: e.id, Reference: e.reference, Issued: cslDateOf(e.reference.Issued), Note: e.note}
	item.Type = e.kind
	if d := e.document; d != nil {
		item.OriginalDate = cslDateOf(d.Date)
		item.Archive = oneLine(d.Archive)
		if d.To != "" {
			item.Recipient = []corpus.Name{{Literal: actorName(m, d.To)}}
		}
	}
	raw, err := json.Marshal(item)
	if err != nil {
		return nil, fmt.Errorf("citation of passage %q as CSL-JSON: %w", p.ID, err)
	}
	return raw, nil
}

// cslDateOf returns the date in parts, nil where there is none or it is no
// whole year.
func cslDateOf(s string) *cslDate {
	v, err := edtf.Parse(s)
	if err != nil || v.FromEnd != edtf.Dated || v.From.Digits > 0 {
		return nil
	}
	d := &cslDate{Parts: [][]int{dateParts(v.From)}, Circa: v.From.Qualifier != edtf.Certain}
	if v.From.Month >= edtf.Spring {
		d.Season = v.From.Month - edtf.Spring + 1
	}
	if v.Interval && v.ToEnd == edtf.Dated && v.To.Digits == 0 {
		d.Parts = append(d.Parts, dateParts(v.To))
	}
	return d
}

func dateParts(d edtf.Date) []int {
	parts := []int{d.Year}
	if d.Month > 0 && d.Month <= 12 {
		parts = append(parts, d.Month)
		if d.Day > 0 {
			parts = append(parts, d.Day)
		}
	}
	return parts
}
