package export

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"strings"

	"ibid/corpus"
	"ibid/corpus/cite"
)

// openTEI writes a TEI P5 document (https://tei-c.org/release/doc/tei-p5-doc/):
// a header that says what it is an export of, then a div for each passage, whose
// n is the permanent id. Pages and lines of the print are milestones, repairs are
// choices of sic and corr.
func openTEI(w io.Writer, m *corpus.Manifest, meta *Meta) Writer {
	begin := func() error {
		_, err := w.Write(teiHeader(m, meta))
		return err
	}
	return begun(begin, Writer{
		Write: func(p *corpus.Passage) error {
			_, err := w.Write(teiPassage(m, p))
			return err
		},
		Close: func() error {
			_, err := io.WriteString(w, "</body></text>\n</TEI>\n")
			return err
		},
	})
}

// An xmlWriter collects XML; text is always escaped.
type xmlWriter struct{ bytes.Buffer }

func (x *xmlWriter) escaped(s string) {
	// A bytes.Buffer takes what is written to it.
	_ = xml.EscapeText(x, []byte(s))
}

// element writes an element with text, and attributes as names and values; an
// attribute without a value is left out.
func (x *xmlWriter) element(name, text string, attributes ...string) {
	x.open(name, attributes...)
	x.escaped(text)
	x.shut(name)
}

func (x *xmlWriter) open(name string, attributes ...string) {
	x.tag(name, attributes)
	x.WriteByte('>')
}

func (x *xmlWriter) empty(name string, attributes ...string) {
	x.tag(name, attributes)
	x.WriteString("/>")
}

func (x *xmlWriter) tag(name string, attributes []string) {
	x.WriteString("<" + name)
	for i := 0; i+1 < len(attributes); i += 2 {
		if attributes[i+1] == "" {
			continue
		}
		x.WriteString(" " + attributes[i] + `="`)
		x.escaped(attributes[i+1])
		x.WriteByte('"')
	}
}

func (x *xmlWriter) shut(name string) { x.WriteString("</" + name + ">") }

func teiHeader(m *corpus.Manifest, meta *Meta) []byte {
	var x xmlWriter
	x.WriteString(xml.Header + `<TEI xmlns="http://www.tei-c.org/ns/1.0">` + "\n<teiHeader><fileDesc>\n")
	x.WriteString("<titleStmt>")
	x.element("title", "Passages of "+m.Title)
	x.WriteString("</titleStmt>\n<publicationStmt><p>Exported by ibid.</p></publicationStmt>\n<sourceDesc><listBibl>\n")
	for _, s := range m.Sources {
		x.element("bibl", cite.Note(m, &corpus.Passage{ID: s.ID, Source: s.ID}), "n", s.ID)
		x.WriteByte('\n')
	}
	x.WriteString("</listBibl></sourceDesc>\n</fileDesc>\n")
	if meta != nil {
		x.WriteString("<encodingDesc><samplingDecl>\n")
		for _, l := range meta.lines() {
			x.element("p", oneLine(l[0]+": "+l[1]))
			x.WriteByte('\n')
		}
		x.WriteString("</samplingDecl></encodingDesc>\n")
	}
	x.WriteString("</teiHeader>\n<text><body>\n")
	return x.Bytes()
}

func teiPassage(m *corpus.Manifest, p *corpus.Passage) []byte {
	var x xmlWriter
	x.open("div", "type", string(p.Kind), "n", p.ID)
	switch p.Kind {
	case corpus.Quotation:
		x.open("cit")
		x.open("quote", "type", string(p.Nature))
		teiText(&x, p)
		x.shut("quote")
		x.open("bibl")
		speaker, addressee, date := p.Said()
		for _, who := range [][2]string{{"speaker", speaker}, {"addressee", addressee}} {
			if who[1] != "" {
				x.element("name", who[1], "role", who[0])
				x.WriteByte(' ')
			}
		}
		if date != "" {
			x.element("date", date)
			x.WriteByte(' ')
		}
		x.escaped(cite.Note(m, p))
		x.shut("bibl")
		x.shut("cit")
	case corpus.Footnote:
		number := ""
		if p.Footnote > 0 {
			number = fmt.Sprint(p.Footnote)
		}
		x.open("note", "place", "foot", "n", number)
		teiText(&x, p)
		x.shut("note")
		teiBibl(&x, m, p)
	default:
		name := "p"
		if p.Kind == corpus.Heading {
			name = "ab"
		}
		x.open(name)
		teiText(&x, p)
		x.shut(name)
		teiBibl(&x, m, p)
	}
	x.shut("div")
	x.WriteByte('\n')
	return x.Bytes()
}

func teiBibl(x *xmlWriter, m *corpus.Manifest, p *corpus.Passage) {
	x.WriteString("<listBibl>")
	x.element("bibl", cite.Note(m, p))
	x.WriteString("</listBibl>")
}

// teiText writes the text of a passage with its milestones and repairs. A
// milestone within a repaired word stands before it.
func teiText(x *xmlWriter, p *corpus.Passage) {
	at := 0
	upTo := func(end int) {
		if end > at && end <= len(p.Text) {
			x.escaped(p.Text[at:end])
			at = end
		}
	}
	marks := p.Marks
	milestones := func(before, last int) { // those below before, the text up to last
		for len(marks) > 0 && marks[0].At < before {
			upTo(min(marks[0].At, last))
			teiMark(x, marks[0])
			marks = marks[1:]
		}
	}
	repairs := slices.Clone(p.Repairs)
	slices.SortStableFunc(repairs, func(a, b corpus.Repair) int { return a.Start - b.Start })
	for _, r := range repairs {
		if r.Start < at || r.End <= r.Start || r.End > len(p.Text) { // a marker taken out, or within another
			continue
		}
		milestones(r.End, r.Start)
		upTo(r.Start)
		x.WriteString("<choice>")
		x.element("sic", strings.ReplaceAll(r.Printed, "|", " "))
		x.element("corr", p.Text[r.Start:r.End], "cert", fmt.Sprintf("%.2f", r.Confidence))
		x.WriteString("</choice>")
		at = r.End
	}
	milestones(len(p.Text)+1, len(p.Text))
	upTo(len(p.Text))
}

func teiMark(x *xmlWriter, m corpus.Mark) {
	if m.Page != "" {
		x.empty("pb", "n", m.Page)
	}
	if m.Line > 0 {
		x.empty("lb", "n", fmt.Sprint(m.Line))
	}
	if m.Note != "" {
		x.empty("anchor", "type", "note", "n", m.Note)
	}
}
