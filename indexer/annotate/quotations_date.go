package annotate

import (
	"slices"
	"strings"

	"ibid/corpus"
)

// dateOf returns when the words of quotation q were said or written, as EDTF, and
// whether its own sentence tells it. In this order:
//
//	"dated March 11", "the statement of April 17"   the day of the document
//	"On May 20 X left; Y said the next day"          the day that the sentence has moved on to
//	"On May 20 ..."                                  the day that begins the sentence
//	the last day before the quotation in the sentence, then one behind it
//	a month, or a longer time, in the sentence
//	for words of mouth the day of the meeting last told, "a meeting with X on April 17"
//	the last day that the passage told, unless "later" moves on from it, nobody is
//	known to speak, or it is only the day of somebody else's letter
func (r *speechReader) dateOf(q stretch, s Span, f *frame) (edtf string, sure bool) {
	if i := r.datedDocument(s.Start, q.open); i >= 0 {
		return r.t.Dates[i].EDTF, true
	}
	if i := r.movedOn(s.Start, q.open); i >= 0 {
		return r.t.Dates[i].EDTF, true
	}
	if i := r.leadingDate(s); i >= 0 && r.t.Dates[i].Start < q.open {
		return r.t.Dates[i].EDTF, true
	}
	if i := r.lastDay(s.Start, q.open); i >= 0 {
		return r.t.Dates[i].EDTF, true
	}
	if i := r.lastTime(s.Start, q.open); i >= 0 && !r.background(s, r.t.Dates[i]) {
		return r.t.Dates[i].EDTF, true
	}
	for _, g := range q.gaps {
		if i := r.firstDay(g.Start, g.End); i >= 0 {
			return r.t.Dates[i].EDTF, true
		}
	}
	if i := r.firstDay(q.end, s.End); i >= 0 && r.saidOn(i) {
		return r.t.Dates[i].EDTF, true
	}
	for _, it := range r.in(s.Start, q.open) {
		if it.key == "later" || it.key == "subsequently" || it.key == "afterwards" || it.key == "repeatedly" {
			return "", true
		}
	}
	if i := r.citationFrom(q.end); f.speaker == "" && (i == len(r.t.Citations) || r.t.Citations[i].Start > s.End) {
		return "", false
	}
	if r.now.metOn != "" && spoken(f) {
		return r.now.metOn, false
	}
	if r.now.wrote != "" && r.now.wrote != f.speaker || thinking[f.verb] {
		return "", false
	}
	return r.now.date, false
}

// thinking is no act, and of no day: "the Soviet side considered that".
var thinking = lexicon("considered believed thought felt considers believes thinks feels")

// isDay tells whether a date names one day, or the night between two.
func isDay(d Date) bool {
	return d.Earliest != "" && (d.Earliest == d.Latest || len(d.EDTF) == 21 && length(d.EDTF) == 2)
}

// datedDocument returns the index of the day of a document or meeting in [start,
// end): "dated D", or "of D" and "on D" behind its noun. -1 if none is told.
func (r *speechReader) datedDocument(start, end int) int {
	found := -1
	for i, hi := r.datesIn(start, end); i < hi; i++ {
		d := r.t.Dates[i]
		if d.End > end || !isDay(d) || !r.said[i] {
			continue
		}
		before := dropThe(wordsOf(r.text[max(start, d.Start-40):d.Start]))
		n := len(before)
		switch {
		case n > 0 && before[n-1].key == "dated":
			return i
		case n > 1 && (before[n-1].key == "of" || before[n-1].key == "on") && mediumNouns[before[n-2].key] != "":
			found = i
		}
	}
	return found
}

// movedOn returns the index of the last day in [start, end) where it is a relative
// one and a semicolon or conjunction parts it from the day before, -1 if it is not.
func (r *speechReader) movedOn(start, end int) int {
	before, last := -1, -1
	for i, hi := r.datesIn(start, end); i < hi; i++ {
		if d := r.t.Dates[i]; isDay(d) && r.said[i] && d.End <= end {
			before, last = last, i
		}
	}
	if before < 0 || !r.t.Dates[last].Relative || strings.Contains(r.text[r.t.Dates[last].End:end], " which ") {
		return -1
	}
	between := r.text[r.t.Dates[before].End:r.t.Dates[last].Start]
	if strings.Contains(between, ";") || strings.Contains(between, ", and ") || strings.Contains(between, ", but ") {
		return last
	}
	return -1
}

// leadingDate returns the index of the day that begins sentence s, "On May 20,
// ...", "On the same day ...", -1 if it begins otherwise.
func (r *speechReader) leadingDate(s Span) int {
	for i, hi := r.datesIn(s.Start, min(s.End, s.Start+60)); i < hi; i++ {
		d := r.t.Dates[i]
		if !isDay(d) || !r.said[i] {
			continue
		}
		if words := wordsOf(r.text[s.Start:d.Start]); len(words) <= 3 && !strings.Contains(r.text[s.Start:d.Start], "\"") {
			return i
		}
		return -1
	}
	return -1
}

// lastDay returns the index of the last day told in [start, end), -1 if there is
// none. One resolved from context counts only where no other stands.
func (r *speechReader) lastDay(start, end int) int {
	told, resolved := -1, -1
	for i, hi := r.datesIn(start, end); i < hi; i++ {
		d := r.t.Dates[i]
		if d.End > end || !isDay(d) || !r.said[i] || isLimit(r.text, d) {
			continue
		}
		if d.Relative {
			resolved = i
		} else {
			told = i
		}
	}
	if told >= 0 {
		return told
	}
	return resolved
}

// firstDay returns the index of the first day told in [start, end), -1 if there is none.
func (r *speechReader) firstDay(start, end int) int {
	for i, hi := r.datesIn(start, end); i < hi; i++ {
		if d := r.t.Dates[i]; d.End <= end && isDay(d) && r.said[i] {
			return i
		}
	}
	return -1
}

// lastTime returns the index of the last date of any length in [start, end), -1 if there is none.
func (r *speechReader) lastTime(start, end int) int {
	lo, hi := r.datesIn(start, end)
	for i := hi - 1; i >= lo; i-- {
		if d := r.t.Dates[i]; d.End <= end && r.said[i] && !isLimit(r.text, d) && len(d.EDTF) >= 4 {
			return i
		}
	}
	return -1
}

// background tells whether a date longer than a day is only what is spoken
// about: one that "in" or the like does not govern, or one longer than a month
// that does not begin the sentence.
func (r *speechReader) background(s Span, d Date) bool {
	words := wordsOf(r.text[max(s.Start, d.Start-20):d.Start])
	if len(words) > 0 {
		switch words[len(words)-1].key {
		case "in", "early", "late", "during", "mid":
		default:
			return true
		}
	}
	return length(d.EDTF) > 31 && len(wordsOf(r.text[s.Start:d.Start])) > 2
}

// dropThe cuts the article of "on the 20th" off the words before a date.
func dropThe(words []word) []word {
	if n := len(words); n > 0 && words[n-1].key == "the" {
		return words[:n-1]
	}
	return words
}

// isLimit tells whether a date is only a limit: "until D", "no later than D", "since D".
func isLimit(text string, d Date) bool {
	words := wordsOf(text[max(0, d.Start-16):d.Start])
	if len(words) == 0 {
		return false
	}
	switch words[len(words)-1].key {
	case "until", "till", "than", "since", "before", "after", "between", "signing":
		return true
	}
	return false
}

// saidOn tells whether a day behind a quotation is that of the saying: "he wrote on May 5".
func (r *speechReader) saidOn(i int) bool {
	d := r.t.Dates[i]
	words := dropThe(wordsOf(r.text[max(0, d.Start-60):d.Start]))
	n := len(words)
	return n > 1 && (words[n-1].key == "on" || words[n-1].key == "of" || words[n-1].key == "dated") &&
		hasWord(words[max(0, n-6):], verbsOfSpeech)
}

// followDate notes the day that a sentence tells: the one that begins it, else its
// last. spoke is who is quoted in it, nil if nobody.
func (r *speechReader) followDate(s Span, spoke *frame) {
	if met := r.meetingDay(s); met >= 0 {
		r.now.metOn = r.t.Dates[met].EDTF
	} else if r.leadingDate(s) >= 0 {
		r.now.metOn = ""
	}
	i := r.leadingDate(s)
	if i < 0 {
		i = r.lastDay(s.Start, s.End)
	}
	if i < 0 {
		r.now.dateAgo++
		return
	}
	r.now.date, r.now.dateAgo, r.now.wrote = r.t.Dates[i].EDTF, 0, ""
	if spoke != nil && spoke.written {
		r.now.wrote = spoke.speaker
	}
}

// meetingDay returns the index of the day of "a meeting with X on April 17", -1 if s tells none.
func (r *speechReader) meetingDay(s Span) int {
	for i, hi := r.datesIn(s.Start, s.End); i < hi; i++ {
		d := r.t.Dates[i]
		if d.End > s.End || !isDay(d) || !r.said[i] || d.Relative {
			continue
		}
		before := r.text[max(s.Start, d.Start-60):d.Start]
		before = before[strings.LastIndexAny(before, ",;:")+1:]
		words := wordsOf(before)
		if n := len(words); n > 1 && words[n-1].key == "on" && hasWord(words[max(0, n-6):], meetings) {
			return i
		}
	}
	return -1
}

var meetings = lexicon("meeting conversation conversations interview audience talk talks encounter encounters contact visit session")

// settle fills what a quotation does not tell itself from others of the same
// source: words given before are the same words; quotations that one citation
// alone closes are of one document and share its day, and of one work of an
// actor its medium as well.
func (w *quoter) settle() {
	w.repeat()
	days, media := map[string]string{}, map[string]string{}
	for _, sure := range []bool{true, false} {
		for _, c := range w.closed {
			q, id := w.quotation(c), w.citedAlone(c)
			if id != "" && q.Date != "" && c.surelyDated == sure && days[id] == "" {
				days[id] = q.Date
			}
			if id != "" && q.Medium != "conversation" && media[id] == "" {
				media[id] = q.Medium
			}
		}
	}
	for _, c := range w.closed {
		q, id := w.quotation(c), w.citedAlone(c)
		if id == "" {
			continue
		}
		if q.Date == "" || w.isWork(c) && !c.surelyDated {
			q.Date = days[id]
		}
		if w.isWork(c) && media[id] != "" && !c.sure && (q.Medium == "" || q.Medium == "conversation") {
			q.Medium = media[id]
		}
	}
}

func (w *quoter) quotation(c openCase) *Quotation { return &w.texts[c.text].Quotations[c.index] }

// citedAlone returns the id of the one citation that closes c, if it is of a
// document or of a work that the speaker wrote; "" if there are several or none.
func (w *quoter) citedAlone(c openCase) string {
	q := w.quotation(c)
	var only Citation
	switch {
	case len(q.Citations) == 1:
		only = w.texts[c.text].Citations[q.Citations[0]]
	case len(q.Citations) == 0 && len(q.Elsewhere) == 1:
		only = w.texts[q.Elsewhere[0].Text].Citations[q.Elsewhere[0].Index]
	}
	if only.Kind != corpus.CitesDocument && !w.isWork(c) {
		return ""
	}
	return only.ID
}

// isWork tells whether c is closed by a work that its own speaker wrote.
func (w *quoter) isWork(c openCase) bool {
	q := w.quotation(c)
	for _, i := range q.Citations {
		cit := w.texts[c.text].Citations[i]
		if cit.Kind == corpus.CitesWork && slices.Contains(w.who.families[fold(authorName(cit.ID))], q.Speaker) {
			return true
		}
	}
	return false
}

// repeat gives words that were quoted before, at length and without a new
// citation, what they were given then.
func (w *quoter) repeat() {
	seen := map[string]openCase{}
	for _, c := range w.closed {
		q := w.quotation(c)
		key := w.wordsIn(c)
		if len(key) < 40 {
			continue
		}
		first, ok := seen[key]
		if !ok {
			seen[key] = c
			continue
		}
		from := w.quotation(first)
		q.Speaker, q.Addressee, q.Medium, q.Date = from.Speaker, from.Addressee, from.Medium, from.Date
		q.Citations, q.Elsewhere = nil, from.Elsewhere
		for _, i := range from.Citations {
			q.Elsewhere = append(q.Elsewhere, CitationRef{first.text, i})
		}
	}
}

// wordsIn returns the folded words of a quotation.
func (w *quoter) wordsIn(c openCase) string {
	var b strings.Builder
	text := w.texts[c.text].Reading.Text
	for _, s := range w.quotation(c).Spans {
		for _, word := range wordsOf(text[s.Start:s.End]) {
			b.WriteString(word.key)
			b.WriteByte(' ')
		}
	}
	return b.String()
}
