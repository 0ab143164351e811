package indexer

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"ibid/corpus"
	"ibid/corpus/edtf"
	"ibid/indexer/annotate"
	"ibid/indexer/block"
)

// assemble makes the passages of a source from its blocks and their annotated
// readings, which correspond index by index. The order is that of reading:
// blocks as they come, each followed by the quotations in it.
func assemble(source string, blocks []block.Block, texts []*annotate.Text, ends map[*block.Document]ends) []*corpus.Passage {
	ids := &numbering{source: source, taken: map[string]int{}, counts: map[string]*counts{}, ends: ends}
	holders := make([]*corpus.Passage, len(blocks))
	for i := range blocks {
		holders[i] = holder(ids, &blocks[i], texts[i])
	}
	linkNotes(blocks, texts, holders)
	var out []*corpus.Passage
	for i, h := range holders {
		out = append(out, h)
		for _, q := range texts[i].Quotations {
			p := quotation(ids, &blocks[i], texts, i, q, h)
			h.Quotations = append(h.Quotations, p.ID)
			out = append(out, p)
		}
	}
	return out
}

// A numbering gives out the identifiers of one source: an ordinal of its kind
// in reading order, or for a footnote its number, so that an edit renumbers
// nothing that stands before it. In an edition each document counts anew.
type numbering struct {
	source string
	counts map[string]*counts // by document, "" outside
	taken  map[string]int
	ends   map[*block.Document]ends
}

// counts are the passages of each kind given an identifier.
type counts struct{ headings, paragraphs, quotations int }

// next returns the identifier of the next passage of a kind in a document, nil
// outside of any; number is that of a footnote. A number that comes again
// (notes counted anew by chapter) has "-2" and so on behind it.
func (n *numbering) next(kind corpus.Kind, doc *block.Document, number int) string {
	prefix, width := n.source, 3
	if doc != nil {
		prefix, width = n.source+"/"+doc.ID, 2
	}
	c := n.counts[prefix]
	if c == nil {
		c = &counts{}
		n.counts[prefix] = c
	}
	var id string
	switch kind {
	case corpus.Heading:
		c.headings++
		id = fmt.Sprintf("%s/h%02d", prefix, c.headings)
	case corpus.Footnote:
		id = fmt.Sprintf("%s/n%02d", prefix, number)
	case corpus.Quotation:
		c.quotations++
		id = fmt.Sprintf("%s/q%0*d", prefix, width, c.quotations)
	default:
		c.paragraphs++
		id = fmt.Sprintf("%s/p%0*d", prefix, width, c.paragraphs)
	}
	n.taken[id]++
	if again := n.taken[id]; again > 1 {
		id = fmt.Sprintf("%s-%d", id, again)
	}
	return id
}

// holder makes the passage of a block: a heading, paragraph or footnote.
func holder(ids *numbering, b *block.Block, t *annotate.Text) *corpus.Passage {
	p := newPassage(ids, t.Kind, b)
	p.ID = ids.next(t.Kind, b.Doc, b.Number)
	p.Footnote = b.Number
	p.Text = t.Reading.Text
	var printed []string
	lastSeq := -2
	for _, l := range b.Lines {
		printed = append(printed, l.Text)
		p.Pages = appendNew(p.Pages, l.Page)
		if l.Seq == lastSeq || l.Seq == lastSeq+1 {
			p.Lines[len(p.Lines)-1][1] = l.Number
		} else {
			p.Lines = append(p.Lines, [2]int{l.Number, l.Number})
		}
		lastSeq = l.Seq
	}
	p.Printed = strings.Join(printed, "\n")
	annotations(p, t, []annotate.Span{{Start: 0, End: len(p.Text)}}, nil)
	p.Marks = lineMarks(b, t, 0, len(p.Text))
	return p
}

// quotation makes the passage of a quotation in block b, which text in reads and h holds. The
// parts of an interrupted quotation are joined by a space in its text.
func quotation(ids *numbering, b *block.Block, texts []*annotate.Text, in int, q annotate.Quotation, h *corpus.Passage) *corpus.Passage {
	t := texts[in]
	p := newPassage(ids, corpus.Quotation, b)
	p.ID = ids.next(corpus.Quotation, b.Doc, 0)
	p.Within = h.ID
	p.Nature, p.Medium = q.Nature, q.Medium
	p.Speaker, p.Addressee, p.Date = q.Speaker, q.Addressee, q.Date // its own, not those of its document
	var text, printed []string
	for _, s := range q.Spans {
		text = append(text, t.Reading.Text[s.Start:s.End])
		printed = append(printed, t.Reading.Printed(s.Start, s.End))
		p.Lines = appendRanges(p.Lines, t.Reading.LineRanges(s.Start, s.End))
	}
	p.Text, p.Printed = strings.Join(text, " "), strings.Join(printed, "\n")
	for _, l := range b.Lines {
		if slices.ContainsFunc(p.Lines, func(r [2]int) bool { return r[0] <= l.Number && l.Number <= r[1] }) {
			p.Pages = appendNew(p.Pages, l.Page)
		}
	}
	annotations(p, t, q.Spans, q.Citations)
	for _, ref := range q.Elsewhere { // in the footnote called behind it; its place is empty
		p.Citations = append(p.Citations, texts[ref.Text].Citations[ref.Index].Citation)
	}
	for _, s := range q.Spans {
		for _, mark := range lineMarks(b, t, s.Start, s.End) {
			if place, ok := placeIn(mark.At, mark.At, q.Spans); ok {
				mark.At = place.Start
				p.Marks = append(p.Marks, mark)
			}
		}
	}
	return p
}

// newPassage makes a passage of block b whose lists are empty and not nil.
func newPassage(ids *numbering, kind corpus.Kind, b *block.Block) *corpus.Passage {
	p := &corpus.Passage{
		Kind: kind, Source: ids.source, Section: b.Section,
		Phase: []string{}, Pages: []string{}, Lines: [][2]int{}, Repairs: []corpus.Repair{},
		Dates: []corpus.Date{}, Actors: []corpus.Mention{}, Citations: []corpus.Citation{},
		Notes: []string{}, Quotations: []string{}, Marks: []corpus.Mark{},
	}
	if d := b.Doc; d != nil {
		p.Document = &corpus.EditedDocument{ID: ids.source + "/" + d.ID, Number: d.Number, Title: d.Title, Date: d.Date,
			From: d.From, To: d.To, Place: d.Place, Archive: d.Archive, URL: d.URL, File: d.File}
		if b.Enclosed != nil { // the words of whoever wrote the enclosure
			d = b.Enclosed
		}
		p.Speaker, p.Addressee, p.Date = ids.ends[d].from, ids.ends[d].to, d.Date
	}
	return p
}

// linkNotes ties footnotes and the passages that call them, both ways.
func linkNotes(blocks []block.Block, texts []*annotate.Text, holders []*corpus.Passage) {
	for i := range blocks {
		for _, c := range blocks[i].Callers {
			line := blocks[i].Lines[c.Line]
			note := holders[c.Note]
			holders[i].Notes = append(holders[i].Notes, note.ID)
			holders[i].Marks = append(holders[i].Marks, corpus.Mark{At: texts[i].Reading.Offset(c.Line, c.Start), Note: note.ID})
			if note.Caller == nil {
				note.Caller = &corpus.Caller{Passage: holders[i].ID, Line: line.Number, Printed: cmp.Or(line.Text[c.Start:c.End], c.Label)}
			}
		}
		slices.SortStableFunc(holders[i].Marks, func(a, b corpus.Mark) int { return cmp.Compare(a.At, b.At) })
	}
}

// tie gives each passage its phases: those of its section where the manifest
// ties the section to one, else those its dates fall in. A footnote goes with
// its caller, a quotation with the passage that holds it.
func tie(m *corpus.Manifest, source corpus.Source, passages []*corpus.Passage) {
	byID := map[string]*corpus.Passage{}
	for _, p := range passages {
		byID[p.ID] = p
	}
	for _, p := range passages {
		if p.Kind == corpus.Heading || p.Kind == corpus.Paragraph || p.Kind == corpus.Footnote && p.Caller == nil {
			p.Phase = phasesOf(m, source, p)
		}
	}
	for _, p := range passages {
		if p.Kind == corpus.Footnote && p.Caller != nil {
			p.Phase = byID[p.Caller.Passage].Phase
		}
	}
	for _, p := range passages {
		if p.Kind == corpus.Quotation {
			p.Phase = byID[p.Within].Phase
		}
	}
}

func phasesOf(m *corpus.Manifest, source corpus.Source, p *corpus.Passage) []string {
	if phase, ok := source.Sections[p.Section]; ok && p.Section != "" {
		return []string{phase}
	}
	out := []string{}
	dates := p.Dates
	if v, err := edtf.Parse(p.Date); err == nil && p.Document != nil {
		dates = append(slices.Clip(dates), corpus.Date{Earliest: v.Earliest().String(), Latest: v.Latest().String()})
	}
	for _, phase := range m.Phases {
		if slices.ContainsFunc(dates, func(d corpus.Date) bool { return fallsIn(d, phase) }) {
			out = append(out, phase.ID)
		}
	}
	return out
}

// fallsIn says whether a date lies in a phase. A date of up to a month (a day,
// "late July", "March 1939") falls in each phase that it touches; a longer one
// (a year, a winter) only where the phase holds it whole, since it would else
// put the passage into every phase of the story.
func fallsIn(d corpus.Date, phase corpus.Phase) bool {
	if d.Earliest == "" || d.Latest == "" {
		return false
	}
	if d.Earliest >= phase.From && d.Latest <= phase.To {
		return true
	}
	return days(d.Earliest, d.Latest) <= 31 && d.Earliest <= phase.To && d.Latest >= phase.From
}

// annotations gives p what was found in the spans of t that make its text, and
// the citations of the given indexes, which close it.
func annotations(p *corpus.Passage, t *annotate.Text, spans []annotate.Span, closing []int) {
	for _, r := range t.Reading.Repairs {
		if at, ok := placeIn(r.Start, r.End, spans); ok {
			p.Repairs = append(p.Repairs, corpus.Repair{Line: r.Line, Printed: r.Printed, Reading: r.Reading, Rule: r.Rule, Confidence: r.Confidence, Place: at})
		}
	}
	for _, d := range t.Dates {
		if at, ok := placeIn(d.Start, d.End, spans); ok {
			d.Date.Place = at
			p.Dates = append(p.Dates, d.Date)
		}
	}
	for _, m := range t.Mentions {
		if at, ok := placeIn(m.Start, m.End, spans); ok {
			m.Mention.Place = at
			p.Actors = append(p.Actors, m.Mention)
		}
	}
	for i, c := range t.Citations {
		at, inside := placeIn(c.Start, c.End, spans)
		if inside || slices.Contains(closing, i) {
			c.Citation.Place = at // empty for one that stands behind the quotation
			p.Citations = append(p.Citations, c.Citation)
		}
	}
}

// placeIn returns where bytes [start, end) of a reading stand in the text that
// is made of the spans, joined by a space; false if they do not lie in one.
func placeIn(start, end int, spans []annotate.Span) (corpus.Place, bool) {
	before := 0 // bytes of the text before the span
	for _, s := range spans {
		if s.Start <= start && end <= s.End {
			return corpus.Place{Start: before + start - s.Start, End: before + end - s.Start}, true
		}
		before += s.End - s.Start + 1
	}
	return corpus.Place{}, false
}

// lineMarks returns where the lines of a block begin in bytes [start, end) of
// its reading, with the pages they begin. The first mark stands at start, with
// the line and page that it is printed on.
func lineMarks(b *block.Block, t *annotate.Text, start, end int) []corpus.Mark {
	marks := []corpus.Mark{}
	for i, l := range b.Lines {
		at := t.Reading.Offset(i, 0)
		if i > 0 && at < len(t.Reading.Text) && t.Reading.Text[at] == ' ' {
			at++ // behind the line join
		}
		if at >= end {
			break
		}
		mark := corpus.Mark{At: max(at, start), Line: l.Number}
		if at <= start {
			mark.Page = l.Page
			marks = append(marks[:0], mark)
			continue
		}
		if b.Lines[i-1].Page != l.Page {
			mark.Page = l.Page
		}
		marks = append(marks, mark)
	}
	return marks
}

// appendNew appends s unless it is empty or the last of list.
func appendNew(list []string, s string) []string {
	if s == "" || len(list) > 0 && list[len(list)-1] == s {
		return list
	}
	return append(list, s)
}

// appendRanges appends line ranges, joining one that begins where the last ends.
func appendRanges(list, more [][2]int) [][2]int {
	for _, r := range more {
		if k := len(list) - 1; k >= 0 && r[0] <= list[k][1]+1 {
			list[k][1] = max(list[k][1], r[1])
		} else {
			list = append(list, r)
		}
	}
	return list
}
