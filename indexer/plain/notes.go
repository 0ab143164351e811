package plain

import (
	"strings"
)

// A footnote is a note, as found.
type footnote struct {
	first  int    // index into text.lines of the line that its label opens
	lines  []int  // indexes into text.lines, in order
	number int    // 0 for one without a number
	style  style  // of a numbered note
	label  int    // bytes of its first line that its label takes
	sign   string // of a note without a number, "" for others
	inEnd  bool   // it stands behind a heading for notes
	caller int    // index into text.calls, -1 if it is not called
}

// findNotes finds footnotes and endnotes and the lines that belong to them.
func (t *text) findNotes() {
	t.endnotes()
	for i := range t.lines {
		if l := &t.lines[i]; l.role == body && !l.behind {
			t.calls = readCalls(t.calls, i, l.Text)
		}
	}
	t.takeNotes(t.bestChain())
	t.takeSigns()
	t.runOver()
	t.spacing(true)
}

// endnotes marks the lines behind a heading for notes: a line of its own that
// says only so, with a note close behind it. They reach to the next heading of
// an unnumbered part or a chapter, or to the end.
func (t *text) endnotes() {
	inside := false
	for i := range t.lines {
		l := &t.lines[i]
		switch {
		case l.role != body:
		case isNotesHeading(l.Text):
			inside = t.notesFollow(i)
			continue
		case inside && l.gap > 0 && len(l.Text) < 80 && l.Text == strings.TrimRight(l.Text, ",;"):
			if _, ok := wordHeading(strings.Trim(l.Text, "*#_ ")); ok {
				inside = false
			}
		}
		l.behind = inside
	}
}

// notesFollow reports whether one of the five lines behind line i begins a note.
func (t *text) notesFollow(i int) bool {
	for k := i + 1; k < min(i+6, len(t.lines)); k++ {
		if _, ok := readOpening(t.lines[k].Text); ok {
			return true
		}
	}
	return false
}

// isNotesHeading reports whether s is a heading under which notes stand.
func isNotesHeading(s string) bool {
	switch strings.ToLower(strings.Trim(s, " .:*#_[]")) {
	case "notes", "footnotes", "endnotes", "end notes", "notes and references", "references and notes":
		return true
	}
	return false
}

// bestChain returns the notes of the style that makes the best chain.
func (t *text) bestChain() ([]candidate, []int) {
	var byStyle [styles][]candidate
	t.gather(&byStyle)
	callers := t.indexCalls(t.calls)
	var best *link
	var bestScore float64
	var from []candidate
	for _, cands := range byStyle {
		if last, score := t.chain(cands, callers); score > bestScore {
			best, bestScore, from = last, score, cands
		}
	}
	rows, numbers := best.row()
	out := make([]candidate, len(rows))
	for i, c := range rows {
		out[i] = from[c]
	}
	return out, numbers
}

// gather sorts the lines that may begin a note by style.
func (t *text) gather(byStyle *[styles][]candidate) {
	for k := range t.pages {
		p := &t.pages[k]
		loose := t.looseLines(p)
		for i := p.first; i < p.end; i++ {
			l := &t.lines[i]
			o, ok := readOpening(l.Text)
			if l.role == furniture || !ok {
				continue
			}
			c := candidate{opening: o, line: i, page: k, inEnd: l.behind}
			c.weight = t.placeWeight(p, i, loose[i-p.first])
			if c.inEnd {
				c.weight = 1
			}
			byStyle[o.style] = append(byStyle[o.style], c)
		}
	}
}

// placeWeight says how much the place of line i speaks for a note, when the
// lines from it to the foot of its page would be notes. loose counts those of
// them that look like body.
func (t *text) placeWeight(p *page, i, loose int) float64 {
	w := 0.5
	if t.lines[i].gap == 0 && i > p.first && t.lines[i-1].role != furniture && !t.layout.dense {
		// A body line stands close upon it: in print where blank lines mean nothing that means little.
		if p.spaced {
			w -= 0.5
		} else {
			w -= 2.5
		}
	}
	if i == p.first {
		w-- // notes alone on a page are rare
	}
	if t.layout.open {
		return w - 0.5
	}
	return w - min(0.6*float64(loose), 6)
}

// looseLines counts for each line of a page the lines from it to the foot that
// look like body more than like notes: in double spaced print those with a
// blank line before them, in single spaced print those that begin behind a
// blank line, unless a note begins there.
func (t *text) looseLines(p *page) []int {
	out := make([]int, p.end-p.first+1)
	for i := p.end - 1; i >= p.first; i-- {
		out[i-p.first] = out[i-p.first+1]
		if i+1 < p.end && t.lines[i+1].gap > 0 && t.lines[i+1].role == body && !opensNote(t.lines[i+1].Text) {
			out[i-p.first]++
			if !p.spaced && i+2 < p.end && t.lines[i+2].gap == 0 {
				out[i-p.first]++ // a whole paragraph follows
			}
		}
	}
	return out
}

// takeNotes makes the notes of a chain: on each page the lines from the first
// label to the foot, behind a heading for notes all lines from the first label on.
func (t *text) takeNotes(cands []candidate, numbers []int) {
	for i, c := range cands {
		stop := t.pages[c.page].end
		if c.inEnd {
			stop = len(t.lines)
		}
		if i+1 < len(cands) {
			stop = min(stop, cands[i+1].line)
		}
		t.notes = append(t.notes, footnote{
			first: c.line, number: numbers[i], style: c.style, label: c.end, inEnd: c.inEnd, caller: -1,
		})
		t.fill(&t.notes[i], stop)
	}
}

// fill gives a note the lines from its first up to stop; an endnote ends with
// its part, a footnote before it.
func (t *text) fill(f *footnote, stop int) {
	for i := f.first; i < stop && t.lines[i].behind == f.inEnd; i++ {
		if t.lines[i].role != furniture {
			t.lines[i].role = note
			f.lines = append(f.lines, i)
		}
	}
}

// runOver finds the ends of notes that stand at the foot of the next page: the
// last lines of its body that are set as notes are. See isRunOver.
func (t *text) runOver() {
	last := -1 // the last note on the page before
	next := 0
	for k := range t.pages {
		p := &t.pages[k]
		foot := next
		for next < len(t.notes) && t.notes[next].first < p.end {
			next++
		}
		if last >= 0 && t.lines[t.notes[last].first].page == k-1 {
			limit := p.end
			if foot < next {
				limit = t.notes[foot].first
			}
			if from := t.lastBlock(p, limit); from > p.first && t.isRunOver(p, last, from, limit) {
				tail := footnote{first: from}
				t.fill(&tail, limit)
				t.notes[last].lines = append(t.notes[last].lines, tail.lines...)
			}
		}
		if next > foot {
			last = next - 1
		} else if last >= 0 && t.notes[last].lines[len(t.notes[last].lines)-1] < p.first {
			last = -1
		}
	}
}

// lastBlock returns the first of the close set lines that end before limit on
// page p; limit if a line that is no body stands there.
func (t *text) lastBlock(p *page, limit int) int {
	i := limit
	for i > p.first && t.lines[i-1].role == body {
		i--
		if t.lines[i].gap > 0 {
			break
		}
	}
	return i
}

// isRunOver reports whether the close set lines [from, to) at the foot of the
// body of page p end the note of the page before.
//
// In double spaced print two lines or more that are set close, as notes are,
// run over if the body before them is at the end of a paragraph and they begin
// and end a sentence; or if the note was broken off inside a sentence. In single
// spaced print only the sense tells: the note was broken off inside a sentence,
// the lines begin inside one, and the body before them goes on on the next page.
// In either, lines run over that stand close upon the notes of their page, if the
// note was broken off inside a sentence.
func (t *text) isRunOver(p *page, last, from, to int) bool {
	if from >= to || t.lines[from].gap == 0 {
		return false
	}
	lines := t.notes[last].lines
	broken := !endsSentence(t.lines[lines[len(lines)-1]].Text)
	before := &t.lines[from-1]
	if p.spaced && to-from >= 2 {
		paragraph := endsSentence(before.Text) && before.width < t.layout.measure*4/5 && startsCapital(t.lines[from].Text)
		return broken || paragraph && endsSentence(t.lines[to-1].Text) && to-from <= 6
	}
	if broken && to < p.end && t.lines[to].role == note && t.lines[to].gap == 0 {
		return true
	}
	return broken && startsSmall(t.lines[from].Text) && (p.spaced || endsSentence(before.Text) ||
		to < len(t.lines) && p.end < len(t.lines) && startsSmall(t.lines[p.end].Text))
}
