package annotate

import (
	"slices"
	"strings"
)

// A letterhead is what a citation says of a document before its shelfmark:
// "Craigie to Halifax, tel. 536, 14 June 1939, DBFP, IX, no. 218", "Minute by
// Brenan, 19 July", "Cabinet minutes, 14 June". Empty parts are not told.
type letterhead struct {
	from, to string // actor ids
	medium   string
	date     string // EDTF
}

// letterheadAt reads the letterhead that begins at byte at of t; false if what
// stands there names neither sender nor kind of document.
func letterheadAt(t *Text, at int) (letterhead, bool) {
	text := t.Reading.Text
	end := headEnd(text, at)
	var h letterhead
	i, _ := slices.BinarySearchFunc(t.Mentions, at, func(m Mention, at int) int { return m.Start - at })
	var named []Mention
	for ; i < len(t.Mentions) && t.Mentions[i].End <= end && len(named) < 2; i++ {
		named = append(named, t.Mentions[i])
	}
	lead := wordsOf(text[at:end])
	if len(lead) == 0 {
		return h, false
	}
	for _, k := range lead[:min(3, len(lead))] { // "Minute by X", "Memorandum of X"
		if m := mediumNouns[k.key]; m != "" {
			h.medium = m
			if k.key == "minute" || k.key == "minutes" {
				h.medium = "minute"
			}
		}
	}
	if len(named) == 2 && named[0].Start <= at+12 && isTo(text[named[0].End:named[1].Start]) {
		h.from, h.to = named[0].ID, named[1].ID
	} else if len(named) > 0 && h.medium != "" && strings.HasSuffix(strings.TrimRight(text[at:named[0].Start], " "), " by") {
		h.from = named[0].ID
	}
	for _, k := range lead {
		if (k.key == "tel" || k.key == "telegram") && h.medium == "" {
			h.medium = "telegram"
		}
	}
	j, _ := slices.BinarySearchFunc(t.Dates, at, func(d Date, at int) int { return d.Start - at })
	if j < len(t.Dates) && t.Dates[j].End <= end && isDay(t.Dates[j]) {
		h.date = t.Dates[j].EDTF
	}
	return h, h.from != "" || h.medium != "" && h.date != ""
}

// isTo tells whether only "to" and titles stand between sender and addressee.
func isTo(s string) bool {
	words := wordsOf(s)
	return len(words) > 0 && len(words) < 4 && words[0].key == "to" && !strings.ContainsAny(s, ";:.(")
}

// headEnd returns where the head that begins at byte at ends: at a semicolon, a
// bracket or the end of the sentence, at most 120 bytes on.
func headEnd(text string, at int) int {
	limit := min(len(text), at+120)
	if i := strings.IndexAny(text[at:limit], ";()[]"); i >= 0 {
		limit = at + i
	}
	return limit
}

// fromHead fills what the sentence of a quotation leaves untold from the head of
// the note called behind it, or of the brackets behind it: "..." (Craigie to
// Halifax, 14 June 1939). Sender and addressee of a report are not those of words
// that it only reports. until is where what follows the quotation ends; sure tells
// that the sentence itself dates the words.
func (w *quoter) fromHead(t *Text, q stretch, until, note int, out *Quotation, sure bool) {
	h, ok := letterhead{}, false
	if open := strings.IndexByte(t.Reading.Text[q.end:until], '('); open >= 0 {
		h, ok = letterheadAt(t, q.end+open+1)
	}
	if !ok && note >= 0 && w.texts[note].Reading != nil {
		h, ok = letterheadAt(w.texts[note], 0)
	}
	if !ok {
		return
	}
	if out.Speaker == "" {
		out.Speaker = h.from
	}
	if out.Speaker == h.from && h.from != "" {
		if out.Addressee == "" {
			out.Addressee = h.to
		}
		if h.medium != "" && (out.Medium == "" || out.Medium == "conversation") {
			out.Medium = h.medium
		}
	}
	if h.date != "" && !sure {
		out.Date = h.date
	}
}

// noteBehind returns the index of the text of the footnote called behind quotation
// q: directly, or at the end of its sentence where no citation or other quotation
// stands between. -1 if there is none.
func (w *quoter) noteBehind(r *speechReader, q stretch, s Span) int {
	calls := callsIn(r.t, q.end-1, q.end+3)
	if len(calls) == 0 {
		calls = callsIn(r.t, q.end, r.until(q.end, s.End)+1)
	}
	if len(calls) == 0 || calls[0].Note < 0 || calls[0].Note >= len(w.texts) {
		return -1
	}
	if i := r.citationFrom(q.end); i < len(r.t.Citations) && r.t.Citations[i].Start < calls[0].At {
		return -1
	}
	return calls[0].Note
}
