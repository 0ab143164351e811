package annotate

import (
	"slices"
	"strings"

	"ibid/corpus"
)

// Quotations fills Quotations of each text: the exact bounds of quoted words,
// whose words they are, who says them to whom, when, by what medium, and which
// citation closes them. It uses the citations, dates and mentions found before it.
//
// A footnote goes on with what its caller tells: its first "X said" speaks to
// whom X meets there.
func Quotations(m *corpus.Manifest, texts []*Text) {
	w := &quoter{texts: texts, bounds: newBounder(texts), who: newCast(m, texts), told: make([][]told, len(texts))}
	var last narrative
	for i, t := range texts {
		t.Quotations = nil
		if t.Reading == nil || t.Reading.Text == "" {
			continue
		}
		start := narrative{}
		switch {
		case t.Kind == corpus.Footnote && t.CalledIn >= 0 && t.CalledIn < len(texts):
			start = w.narrativeAt(t.CalledIn, t.CalledAt)
		case t.Kind == corpus.Paragraph:
			start = last.nextParagraph()
		}
		end := w.read(i, start)
		if t.Kind == corpus.Paragraph {
			last = end
		} else if t.Kind == corpus.Heading {
			last = narrative{}
		}
	}
	w.settle()
}

// A quoter reads the quotations of one source.
type quoter struct {
	texts  []*Text
	bounds *bounder
	who    *cast
	told   [][]told   // by text: what was told up to the end of each sentence
	closed []openCase // every quotation with what its text told, in order
}

// told is the narrative up to and with a sentence that ends at end.
type told struct {
	end int
	narrative
}

// An openCase is a quotation with the evidence that settle needs.
type openCase struct {
	text, index int
	frame       frame
	stretch     stretch
	sure        bool // the date and medium stand beside it
	surelyDated bool
}

// narrativeAt returns what text i has told where a footnote is called at byte at.
func (w *quoter) narrativeAt(i, at int) narrative {
	var n narrative
	k, _ := slices.BinarySearchFunc(w.told[i], at+1, func(t told, end int) int { return t.end - end })
	if k = min(k, len(w.told[i])-1); k >= 0 {
		n = w.told[i][k].narrative
	}
	return n
}

// anotherParagraph is the lastAgo of a quotation that stands in a paragraph before:
// who answers here does not answer there.
const anotherParagraph = 9

// nextParagraph is what a new paragraph still knows of the one before: its last
// day while it is fresh, and of whom it spoke.
func (n narrative) nextParagraph() narrative {
	next := narrative{person: n.person, body: n.body}
	if n.medium == "speech" || n.medium == "report" { // others are told anew
		next.medium, next.owner = n.medium, n.owner
	}
	if n.dateAgo <= 1 {
		next.date, next.dateAgo, next.wrote = n.date, n.dateAgo+1, n.wrote
	}
	if n.last != nil {
		next.last, next.lastAgo = n.last, anotherParagraph
	}
	return next
}

// read reads the quotations of text i and returns what it tells.
func (w *quoter) read(i int, start narrative) narrative {
	t := w.texts[i]
	if start.last != nil { // the citation of who spoke last stands in another text
		last := *start.last
		last.author = -1
		start.last = &last
	}
	marked := w.bounds.bounds(t, w.following(i))
	if len(marked) == 0 && w.isBlock(i) {
		end := blockEnd(t)
		marked = []stretch{{Span: Span{0, end}, end: end, continued: true, block: true}}
	}
	r := &speechReader{scene: newScene(t, marked, w.who), who: w.who, now: start, singleFirst: w.bounds.primary}
	next := 0
	for _, s := range r.sentences {
		r.meet(r.in(s.Start, s.End))
		var spoke *frame
		for next < len(marked) && marked[next].open < s.End {
			if f := w.quote(i, r, marked[next], s); f != nil {
				spoke = f
			}
			next++
		}
		r.follow(s, spoke)
		r.followDate(s, spoke)
		w.told[i] = append(w.told[i], told{s.End, r.now})
	}
	r.announce()
	return r.now
}

// announce reads who speaks in the block quotation behind a paragraph that ends
// with a colon: "The Ambassador reported that X had told him:".
func (r *speechReader) announce() {
	end := len(r.text)
	if len(r.sentences) == 0 || !endsWithColon(r.text) || r.quoteFrom(r.sentences[len(r.sentences)-1].Start) < len(r.quotes) {
		return
	}
	s := r.sentences[len(r.sentences)-1]
	f := r.frameOf(stretch{Span: Span{end, end}, open: end, end: end}, s)
	if f.speaker != "" {
		r.now.last = &f
	}
}

// following returns the reading of the paragraph after text i, "" if there is none.
func (w *quoter) following(i int) string {
	for _, t := range w.texts[i+1:] {
		switch t.Kind {
		case corpus.Paragraph:
			if t.Reading == nil {
				return ""
			}
			return t.Reading.Text
		case corpus.Heading:
			return ""
		}
	}
	return ""
}

// isBlock tells whether paragraph i is a quotation set off as a block: the
// paragraph before it ends with a colon after a verb of speech or the noun of a
// document ("He wrote to Adams as follows:").
func (w *quoter) isBlock(i int) bool {
	text := w.texts[i].Reading.Text
	if w.texts[i].Kind != corpus.Paragraph || enumerated.MatchString(text) || endsWithColon(text) {
		return false
	}
	for j := i - 1; j >= 0; j-- {
		t := w.texts[j]
		if t.Kind == corpus.Footnote {
			continue
		}
		if t.Kind != corpus.Paragraph || t.Reading == nil {
			return false
		}
		return endsWithColon(t.Reading.Text)
	}
	return false
}

// blockEnd returns where the words of a block quotation end: before the
// citation in brackets that closes it.
func blockEnd(t *Text) int {
	text := strings.TrimRight(t.Reading.Text, " .")
	if open := strings.LastIndexByte(text, '('); open > 0 && strings.HasSuffix(text, ")") &&
		slices.ContainsFunc(t.Citations, func(c Citation) bool { return c.Start >= open && c.Start <= open+2 }) {
		return len(strings.TrimRight(text[:open], " "))
	}
	return len(t.Reading.Text)
}

// farthest is how many bytes before and behind a quotation are looked at in its
// sentence: more than any sentence takes, but damaged print may have no full stops.
const farthest = 2000

// quote settles quotation q of sentence s and returns its frame, nil for a term.
func (w *quoter) quote(i int, r *speechReader, q stretch, s Span) *frame {
	s = Span{max(s.Start, q.open-farthest), max(min(s.End, q.end+farthest), q.end)}
	t := w.texts[i]
	out := Quotation{Spans: append([]Span{q.Span}, q.more...)}
	f := frame{author: -1}
	if !q.nested {
		f = r.frameOf(q, s)
		if (q.continued || q.block) && r.now.last != nil && f.speaker == "" {
			f = *r.now.last
			f.inherited = true
		}
		r.selfNaming(&f, q)
	}
	var here bool
	note := w.noteBehind(r, q, s)
	out.Elsewhere = w.noteCitations(note)
	if len(out.Elsewhere) == 0 || f.author >= 0 {
		out.Citations, here = r.closing(q, s, &f)
	}
	cites := w.cited(t, &out)
	if w.borrowed(t, &out) {
		cites = nil
	}
	out.Nature = r.natureOf(q, s, &f, cites, here || len(out.Elsewhere) > 0 && r.callAfter(q))
	if out.Nature == corpus.OfTerm {
		out.Citations, out.Elsewhere = nil, nil
		t.Quotations = append(t.Quotations, out)
		return nil
	}
	out.Speaker = f.speaker
	if out.Nature == corpus.OfDocument {
		out.Addressee = f.addressee
		out.Medium = r.mediumOf(&f, s)
		f.written = out.Medium != "" && out.Medium != "conversation" && out.Medium != "speech"
		var sure bool
		out.Date, sure = r.dateOf(q, s, &f)
		w.fromHead(t, q, r.until(q.end, s.End), note, &out, sure)
		w.closed = append(w.closed, openCase{i, len(t.Quotations), f, q, mediumNouns[f.noun] != "" && mediumNouns[f.noun] != "conversation", sure})
	} else if out.Speaker == "" && len(cites) > 0 {
		out.Speaker = authorName(cites[0].ID)
	}
	t.Quotations = append(t.Quotations, out)
	if out.Nature == corpus.OfDocument {
		keep := f
		r.now.last = &keep
	}
	return &f
}
