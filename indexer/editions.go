package indexer

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"ibid/corpus"
	"ibid/corpus/edtf"
	"ibid/indexer/annotate"
	"ibid/indexer/block"
)

// dateOf is the date of the document or enclosure that a block belongs to.
func dateOf(b *block.Block) string {
	switch {
	case b.Enclosed != nil:
		return b.Enclosed.Date
	case b.Doc != nil:
		return b.Doc.Date
	}
	return ""
}

// applyTags puts the dates and names that an edition tags in place of those
// that the rules found in the same words, and dates documents that have no date
// in a tag by the first full date of their dateline.
func applyTags(known map[string]string, src *block.Source, texts []*annotate.Text) {
	for i := range src.Blocks {
		b, t := &src.Blocks[i], texts[i]
		for _, d := range b.Dates {
			tagDate(t, spanOf(t, d.Stretch), d.EDTF)
		}
		for _, n := range b.Names {
			if id := known[strings.ToLower(n.ID)]; id != "" {
				tagName(t, spanOf(t, n.Stretch), id)
			}
		}
		if b.Opening && len(b.Dates) == 0 {
			dateByOpening(b, t)
		}
	}
}

// actorsByTag maps the identifiers of an edition's tags, in lower case, to
// actors: those of the same identifier, those whose name the edition's own list
// of persons gives for it, and those whom an authority file ties to the tag.
func (r *reader) actorsByTag(m *corpus.Manifest, source string, src *block.Source) map[string]string {
	byName := map[string]string{}
	for _, a := range m.Actors {
		for _, form := range a.Forms {
			byName[strings.ToLower(form)] = a.ID
		}
	}
	for _, a := range m.Actors {
		byName[strings.ToLower(a.Name)] = a.ID
	}
	known := map[string]string{}
	for tag, name := range naming(source, src).Tags {
		if id := r.people.Tagged(source, tag, name); id != "" {
			known[strings.ToLower(tag)] = id
		}
	}
	for tag, name := range src.Persons {
		if id := byName[strings.ToLower(name)]; id != "" {
			known[strings.ToLower(tag)] = id
		}
	}
	for _, a := range m.Actors {
		known[strings.ToLower(a.ID)] = a.ID
	}
	return known
}

// naming is what a source shows of the persons that it names: the tags of its
// names and of its correspondents, and the latest year of its documents.
func naming(source string, src *block.Source) annotate.Naming {
	n := annotate.Naming{Source: source, Tags: map[string]string{}}
	tag := func(id string) {
		if _, ok := n.Tags[id]; !ok && id != "" {
			n.Tags[id] = ""
		}
	}
	for id, name := range src.Persons {
		n.Tags[id] = name
	}
	for i := range src.Blocks {
		for _, name := range src.Blocks[i].Names {
			tag(name.ID)
		}
	}
	for _, d := range src.Documents {
		tag(d.FromID)
		tag(d.ToID)
		if v, err := edtf.Parse(d.Date); err == nil {
			year, err := strconv.Atoi(v.Latest().String()[:4])
			if err == nil {
				n.Latest = max(n.Latest, year)
			}
		}
	}
	return n
}

// spanOf leads from a stretch of the lines to the reading.
func spanOf(t *annotate.Text, s block.Stretch) annotate.Span {
	span := annotate.Span{Start: t.Reading.Offset(s.Line, s.Start), End: t.Reading.Offset(s.EndLine, s.End)}
	for span.Start < span.End && t.Reading.Text[span.Start] == ' ' {
		span.Start++
	}
	return span
}

func tagDate(t *annotate.Text, span annotate.Span, value string) {
	v, err := edtf.Parse(value)
	if err != nil || span.Start >= span.End {
		return
	}
	t.Dates = slices.DeleteFunc(t.Dates, func(d annotate.Date) bool { return overlap(d.Span, span) })
	d := annotate.Date{Span: span, Date: corpus.Date{Printed: t.Reading.Text[span.Start:span.End], EDTF: value,
		Earliest: v.Earliest().String(), Latest: v.Latest().String(), Line: t.Reading.LineAt(span.Start)}}
	t.Dates = append(t.Dates, d)
	slices.SortStableFunc(t.Dates, func(a, b annotate.Date) int { return cmp.Compare(a.Start, b.Start) })
}

func tagName(t *annotate.Text, span annotate.Span, id string) {
	if span.Start >= span.End {
		return
	}
	t.Mentions = slices.DeleteFunc(t.Mentions, func(m annotate.Mention) bool { return overlap(m.Span, span) })
	t.Mentions = append(t.Mentions, annotate.Mention{Span: span,
		Mention: corpus.Mention{ID: id, Printed: t.Reading.Text[span.Start:span.End], Line: t.Reading.LineAt(span.Start)}})
	slices.SortStableFunc(t.Mentions, func(a, b annotate.Mention) int { return cmp.Compare(a.Start, b.Start) })
}

func overlap(a, b annotate.Span) bool { return a.Start < b.End && b.Start < a.End }

// dateByOpening dates a document by the date that the rules read in its
// dateline, if it says its year.
func dateByOpening(b *block.Block, t *annotate.Text) {
	d := b.Doc
	if b.Enclosed != nil {
		d = b.Enclosed
	}
	if d == nil || d.Date != "" {
		return
	}
	for _, found := range t.Dates {
		if len(found.EDTF) >= len("1939-01-02") && !found.Relative && strings.Contains(found.Printed, found.EDTF[:4]) {
			d.Date = found.EDTF
			return
		}
	}
}

// ends are the sender and the recipient of a document: actor ids, or names as
// the edition gives them.
type ends struct{ from, to string }

// correspondents finds the actors that send and receive each document: by the
// tag of the name, else by the actor that the rules found in the name where it
// stands in a heading.
func correspondents(m *corpus.Manifest, known map[string]string, src *block.Source, texts []*annotate.Text) map[*block.Document]ends {
	kinds := map[string]corpus.ActorKind{}
	for _, a := range m.Actors {
		kinds[a.ID] = a.Kind
	}
	out := map[*block.Document]ends{}
	for i := range src.Blocks {
		d := src.Blocks[i].Doc
		if e := src.Blocks[i].Enclosed; e != nil {
			d = e
		}
		if d == nil {
			continue
		}
		e, seen := out[d]
		if !seen {
			e = ends{cmp.Or(known[strings.ToLower(d.FromID)], d.From), cmp.Or(known[strings.ToLower(d.ToID)], d.To)}
		}
		if src.Blocks[i].Kind == block.Heading {
			if e.from == d.From {
				e.from = cmp.Or(actorIn(texts[i], d.From, kinds), e.from)
			}
			if e.to == d.To {
				e.to = cmp.Or(actorIn(texts[i], d.To, kinds), e.to)
			}
		}
		out[d] = e
	}
	return out
}

// tellWriters tells each text but the notes, which editors write, who wrote its document.
func tellWriters(of map[*block.Document]ends, src *block.Source, texts []*annotate.Text) {
	for i := range src.Blocks {
		d := src.Blocks[i].Doc
		if e := src.Blocks[i].Enclosed; e != nil {
			d = e
		}
		if d != nil && src.Blocks[i].Kind != block.Footnote {
			texts[i].Writer = of[d].from
		}
	}
}

// actorIn returns the actor named in a name that stands in a text: the first
// person in it, else the first body or state, which is the more particular one
// in English ("the Embassy in France" names the embassy).
func actorIn(t *annotate.Text, name string, kinds map[string]corpus.ActorKind) string {
	at := strings.Index(t.Reading.Text, name)
	if at < 0 { // the number of the document may stand amid the rest
		name, _, _ = strings.Cut(name, ", ")
		at = strings.Index(t.Reading.Text, name)
	}
	if name == "" || at < 0 {
		return ""
	}
	body := ""
	for _, m := range t.Mentions {
		if m.Start < at || m.End > at+len(name) {
			continue
		}
		if kinds[m.ID] == corpus.Person {
			return m.ID
		}
		if body == "" {
			body = m.ID
		}
	}
	return body
}
