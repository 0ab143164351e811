package annotate

import (
	"slices"
	"strings"

	"ibid/corpus"
	"ibid/corpus/edtf"
)

// Dates fills Dates of each text: every date that its reading names, with the
// year and, for a relative date, the day that its context gives. It uses the
// citations found before it: what stands in one is no date. A date whose year
// nothing tells is left out.
func Dates(m *corpus.Manifest, texts []*Text) {
	d := dater{issued: publicationYears(m), eras: make([][]eraMark, len(texts)), now: era{defaultYear: m.DefaultYear}}
	section := ""
	for i, t := range texts {
		if t.Kind == corpus.Footnote {
			continue
		}
		if t.Section != section || t.Context != d.context {
			section = t.Section
			d.begin(m, t.Context)
		}
		d.read(i, t)
		if t.Kind == corpus.Heading {
			d.now.heading = headingYear(t.Dates, d.now.heading)
		}
	}
	for i, t := range texts {
		if t.Kind == corpus.Footnote {
			d.now = d.eraOf(m, texts, t)
			d.read(i, t)
		}
	}
}

// A dater reads the dates of a source, body first, then notes.
type dater struct {
	now     era
	context string
	eras    [][]eraMark // by text
	issued  []publication
}

// An eraMark is the era behind a date of a text, for the notes called after it.
type eraMark struct {
	at  int // byte of the reading
	era era
}

// begin starts a section or document: what the one before it told of time is
// kept only as the last resort.
func (d *dater) begin(m *corpus.Manifest, context string) {
	source := d.now.source
	if context != d.context {
		d.now.winter = nil
	}
	d.context = context
	d.now = era{defaultYear: m.DefaultYear, source: source, winter: d.now.winter}
	d.now.write(context)
}

// write sets the date of the document; a date that cannot be read tells nothing.
func (e *era) write(context string) {
	v, err := edtf.Parse(context)
	if err != nil || v.FromEnd != edtf.Dated || v.From.Digits > 0 {
		return
	}
	e.writing = v.From
	e.named = v.From.Year
	if v.From.Day > 0 && !v.Interval {
		e.day = v.Earliest()
	}
	if v.From.Month > 0 && v.From.Month <= 12 {
		e.month = v.From
	}
}

// writingYear returns the last year of the date of a document, 0 if it is not told.
func writingYear(context string) int {
	v, err := edtf.Parse(context)
	if err != nil || v.FromEnd != edtf.Dated || v.ToEnd != edtf.Dated {
		return 0
	}
	return v.To.Year
}

// eraOf returns the era at the marker of a footnote.
func (d *dater) eraOf(m *corpus.Manifest, texts []*Text, note *Text) era {
	if note.CalledIn < 0 || note.CalledIn >= len(texts) {
		e := era{defaultYear: m.DefaultYear}
		e.write(note.Context)
		return e
	}
	marks := d.eras[note.CalledIn]
	e := era{defaultYear: m.DefaultYear}
	for _, k := range marks {
		if k.at <= note.CalledAt {
			e = k.era
		}
	}
	return e
}

// read finds the dates of one text and tells the era what they say.
func (d *dater) read(i int, t *Text) {
	text := t.Reading.Text
	p := &dateParser{ls: lexemes(text), writing: writingYear(t.Context), note: t.Kind == corpus.Footnote}
	p.block(t.Citations)
	found := p.all()
	if t.Kind != corpus.Footnote { // a note goes on from where it is called
		d.now.passage = reached{}
	}
	t.Dates = nil
	d.eras[i] = append(d.eras[i], eraMark{0, d.now})
	for n, f := range found {
		span := Span{p.ls[f.from].start, p.ls[f.to-1].end}
		if d.isPublication(f, p, text) || p.isVolumeYear(f) {
			continue
		}
		d.now.ahead = yearAhead(p, found[n+1:], p.ls[f.from].sentence)
		d.now.monthAhead = monthAhead(p, found[n+1:], p.ls[f.from].sentence)
		v, ok := d.now.resolve(f)
		if !ok {
			continue
		}
		d.now.tell(f, v, p)
		d.eras[i] = append(d.eras[i], eraMark{span.End, d.now})
		t.Dates = append(t.Dates, Date{span, corpus.Date{
			Printed: text[span.Start:span.End], EDTF: v.String(),
			Earliest: v.Earliest().String(), Latest: v.Latest().String(),
			Line: t.Reading.LineAt(span.Start), Relative: f.relative != nil,
		}})
	}
}

// block marks the lexemes that stand in citations.
func (p *dateParser) block(citations []Citation) {
	p.blocked = make([]bool, len(p.ls))
	for _, c := range citations {
		i, _ := slices.BinarySearchFunc(p.ls, c.Start, func(l lexeme, at int) int { return l.end - 1 - at })
		for ; i < len(p.ls) && p.ls[i].start < c.End; i++ {
			p.blocked[i] = true
		}
	}
}

// yearAhead returns the year of the next date of the same sentence that names
// a day or month with its year, 0 if there is none.
func yearAhead(p *dateParser, found []finding, sentence int) int {
	for _, f := range found {
		if p.ls[f.from].sentence != sentence {
			return 0
		}
		if f.start.year > 0 && f.start.month > 0 {
			return f.start.year
		}
	}
	return 0
}

// monthAhead returns the month of the next date of the same sentence, 0 if there
// is none or it names no month.
func monthAhead(p *dateParser, found []finding, sentence int) int {
	if len(found) == 0 || p.ls[found[0].from].sentence != sentence || found[0].start.month > 12 {
		return 0
	}
	return found[0].start.month
}

func (e *era) resolve(f finding) (edtf.Value, bool) {
	if f.relative != nil {
		return f.relative(e)
	}
	return e.value(f.start, f.end, f.interval)
}

// tell lets the era know a date. The year of a day or month counts for what
// follows in the passage, a bare year only where it opens its sentence ("In
// 1938, ..."): elsewhere it is a thing looked back on.
func (e *era) tell(f finding, v edtf.Value, p *dateParser) {
	opens := p.opensSentence(f.from)
	last := v.To
	pt := f.start
	if f.interval {
		pt = f.end
	}
	if last.Digits == 0 {
		e.named = last.Year
	}
	if pt.year > 0 {
		if r := (reached{last.Year, max(last.Month, 0)}); pt.digits == 0 && (pt.month > 0 || opens) {
			e.passage = r
			e.source = last.Year
			if opens {
				e.narrative = r
			}
		}
		if pt.month >= edtf.Spring {
			e.remember(pt)
		}
	}
	if pt.year == 0 && f.relative == nil && last.Month > 0 && last.Month <= 12 {
		e.passOn(reached{last.Year, last.Month})
	}
	if last.Month > 0 && last.Month <= 12 {
		e.month = edtf.Date{Year: last.Year, Month: last.Month}
	}
	if last.Day > 0 && !v.Interval && (opens || !p.isModal(f.from)) {
		e.day = v.Latest()
	}
}

// passOn lets the story go on from a month that has passed into the next year:
// "in November 1938 ... in January ... in June".
func (e *era) passOn(r reached) {
	if e.passage.year > 0 && r.year == e.passage.year+1 {
		e.passage = r
	} else if e.passage.year == 0 && r.year == e.narrative.year+1 {
		e.narrative = r
	}
}

// remember keeps the year of a season. The map is copied: marks share it.
func (e *era) remember(pt point) {
	seasons := map[int]int{pt.month: pt.year}
	for s, y := range e.winter {
		if s != pt.month {
			seasons[s] = y
		}
	}
	e.winter = seasons
}

var openers = wordSet("on in by at during since until till from after before the of as early late mid but and then so also again however meanwhile " +
	"throughout about around toward towards end beginning middle only thus finally later , - ( “ \" ' ‘ —")

// opensSentence reports whether only small words stand between the start of
// the sentence and lexeme i, so that its date is the time of the narrative.
func (p *dateParser) opensSentence(i int) bool {
	for j := i - 1; j >= 0 && p.ls[j].sentence == p.ls[i].sentence; j-- {
		if j < i-maxLookBack {
			return false
		}
		if !openers[p.ls[j].lower] && !weekdays[p.ls[j].lower] {
			return false
		}
	}
	return true
}

var modals = wordSet("might would could may should shall will must")

// isModal reports whether a modal verb stands before lexeme i in its clause: what
// somebody might do on a day does not move the narrative on to that day.
func (p *dateParser) isModal(i int) bool {
	for j := i - 1; j >= max(0, i-maxLookBack) && p.ls[j].sentence == p.ls[i].sentence && p.ls[j].text != ";"; j-- {
		if modals[p.ls[j].text] {
			return true
		}
	}
	return false
}

// headingYear returns the one year that the dates of a heading name; before if
// they name none, 0 if several.
func headingYear(dates []Date, before int) int {
	year := 0
	for _, d := range dates {
		v, err := edtf.Parse(d.EDTF)
		if err != nil || v.From.Digits > 0 {
			continue
		}
		if y := v.To.Year; year > 0 && y != year || v.From.Year != y {
			return 0
		} else {
			year = y
		}
	}
	if year == 0 {
		return before
	}
	return year
}

// A publication is a collection of the manifest with its year.
type publication struct {
	names []string
	year  int
}

func publicationYears(m *corpus.Manifest) []publication {
	var out []publication
	for _, c := range m.Collections {
		if c.Issued > 0 {
			out = append(out, publication{[]string{c.Siglum, c.Title}, c.Issued})
		}
	}
	return out
}

// isPublication reports whether a bare year is that in which a collection named
// in the same sentence was published: "Soviet Peace Efforts (SPE) published in 1976".
func (d *dater) isPublication(f finding, p *dateParser, text string) bool {
	if f.interval || f.relative != nil || f.start.grain() != 'y' || f.start.digits > 0 {
		return false
	}
	for _, pub := range d.issued {
		if pub.year == f.start.year && slices.ContainsFunc(pub.names, func(name string) bool {
			return name != "" && strings.Contains(p.sentenceText(f.from, text), name)
		}) {
			return true
		}
	}
	return false
}

// isVolumeYear reports whether a bare year is that of a volume of a journal, between its
// number and a page: "English Historical Review, xlvi (1931), 274-9".
func (p *dateParser) isVolumeYear(f finding) bool {
	if f.interval || f.relative != nil || f.start.grain() != 'y' || !p.is(f.from-1, "(") || !p.is(f.to, ")") || !p.is(f.to+1, ", :") {
		return false
	}
	volume, page := p.at(f.from-2), p.at(f.to+2)
	return (volume.kind == lexNumber || isRoman(strings.ToUpper(volume.text))) && (page.kind == lexNumber || p.is(f.to+2, "p pp"))
}

// sentenceText returns the sentence that lexeme i stands in.
func (p *dateParser) sentenceText(i int, text string) string {
	from, to := i, i
	for from > max(0, i-maxLookBack) && p.ls[from-1].sentence == p.ls[i].sentence {
		from--
	}
	for to < min(len(p.ls)-1, i+maxLookBack) && p.ls[to+1].sentence == p.ls[i].sentence {
		to++
	}
	return text[p.ls[from].start:p.ls[to].end]
}
