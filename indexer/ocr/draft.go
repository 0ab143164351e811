package ocr

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A draft is a reading in the making. The raw text is the print with white
// space made single, cuts left out and "\n" at each line join; text is what the
// rules have made of it so far, and pieces lead from text back to raw.
type draft struct {
	raw    string
	text   string
	pieces []piece // by off; they cover text and raw
	lines  []Line
	spots  []spot    // by off; they cover raw but for the line joins
	cuts   []markers // by off
}

// A piece is a stretch of the text that stands for raw[from:to]: the same
// bytes, or what a rule made of them.
type piece struct {
	off        int // first byte in text
	from, to   int
	repaired   bool
	rule       string
	confidence float64
}

// A spot is where a stretch of raw is printed: byte off+i is byte col+i of the line.
type spot struct{ off, line, col, end int }

// markers are bytes of a line that were left out before byte off of raw.
type markers struct{ off, line, start, end int }

// An edit is a rule's proposal: text[start:end] reads reading.
type edit struct {
	start, end int
	reading    string
	rule       string
	confidence float64
}

func newDraft(lines []Line) *draft {
	d := &draft{lines: lines}
	var raw strings.Builder
	for i, l := range lines {
		d.addLine(&raw, i, l)
	}
	d.raw = raw.String()
	d.text = d.raw
	if d.raw != "" {
		d.pieces = []piece{{to: len(d.raw)}}
	}
	return d
}

// What addLine keeps of white space that it has not written yet, if not a column.
const (
	noSpace = -1
	noPlace = -2
)

// addLine puts a line's words behind raw, after "\n" if it is not the first.
func (d *draft) addLine(raw *strings.Builder, index int, l Line) {
	cuts, started, space := l.Cuts, false, noSpace
	for at := 0; at < len(l.Text); {
		if len(cuts) > 0 && at >= cuts[0].Start {
			end := min(max(cuts[0].End, at), len(l.Text))
			if at < end {
				d.cuts = append(d.cuts, markers{off: raw.Len(), line: index, start: at, end: end})
			}
			at, cuts = end, cuts[1:]
			continue
		}
		r, size := utf8.DecodeRuneInString(l.Text[at:])
		switch {
		case unicode.IsSpace(r):
			space = at
			if size > 1 { // it cannot stand for the one byte of a space
				space = noPlace
			}
		default:
			if !started && raw.Len() > 0 {
				raw.WriteByte('\n')
			} else if started && space >= 0 {
				d.addBytes(raw, index, space, " ")
			} else if started && space == noPlace {
				raw.WriteByte(' ')
			}
			started, space = true, noSpace
			d.addBytes(raw, index, at, l.Text[at:at+size])
		}
		at += size
	}
}

func (d *draft) addBytes(raw *strings.Builder, line, col int, s string) {
	off := raw.Len()
	raw.WriteString(s)
	if n := len(d.spots); n > 0 {
		last := &d.spots[n-1]
		if last.line == line && last.end == col && last.off+last.end-last.col == off {
			last.end += len(s)
			return
		}
	}
	d.spots = append(d.spots, spot{off: off, line: line, col: col, end: col + len(s)})
}

// apply carries out edits, which lie in the text. Of two that overlap the first
// wins. An edit across a footnote marker is not carried out: words end there.
func (d *draft) apply(edits []edit) {
	if len(edits) == 0 {
		return
	}
	sort.SliceStable(edits, func(i, j int) bool { return edits[i].start < edits[j].start })
	next := draft{}
	var text strings.Builder
	at := 0
	for _, e := range edits {
		if e.start < at || e.start >= e.end || d.text[e.start:e.end] == e.reading {
			continue
		}
		p, start, end := d.cover(e)
		if start < at || d.cutInside(p.from, p.to) {
			continue
		}
		d.copyTo(&next, &text, at, start)
		next.add(&text, p, d.text[start:e.start]+e.reading+d.text[e.end:end])
		at = end
	}
	d.copyTo(&next, &text, at, len(d.text))
	d.text, d.pieces = text.String(), next.pieces
}

// add appends a piece and its text.
func (d *draft) add(text *strings.Builder, p piece, s string) {
	p.off = text.Len()
	text.WriteString(s)
	d.pieces = append(d.pieces, p)
}

// copyTo adds to next the pieces of text[start:end], which cuts no repaired one in two.
func (d *draft) copyTo(next *draft, text *strings.Builder, start, end int) {
	for i := d.pieceAt(start); i < len(d.pieces); i++ {
		p := d.pieces[i]
		from, to := max(p.off, start), min(d.pieceEnd(i), end)
		if from >= end && p.off >= end {
			return
		}
		if p.off < start && p.repaired || from == to && !p.repaired {
			continue
		}
		if !p.repaired {
			p.from, p.to = p.from+from-p.off, p.from+to-p.off
		}
		next.add(text, p, d.text[from:to])
	}
}

// pieceAt returns the index of the last piece that begins at or before off.
func (d *draft) pieceAt(off int) int {
	return max(0, sort.Search(len(d.pieces), func(i int) bool { return d.pieces[i].off > off })-1)
}

func (d *draft) pieceEnd(i int) int {
	if i+1 < len(d.pieces) {
		return d.pieces[i+1].off
	}
	return len(d.text)
}

// cover returns the piece that carrying out e makes and the stretch of the text
// that it takes the place of: e's own, widened over repaired pieces it touches.
func (d *draft) cover(e edit) (p piece, start, end int) {
	p = piece{repaired: true, rule: e.rule, confidence: e.confidence}
	start, end = e.start, e.end
	first, last := d.pieceAt(e.start), d.pieceAt(e.end-1)
	if q := d.pieces[first]; q.repaired {
		start, p.from = q.off, q.from
	} else {
		p.from = q.from + e.start - q.off
	}
	if q := d.pieces[last]; q.repaired {
		end, p.to = d.pieceEnd(last), q.to
	} else {
		p.to = q.from + e.end - q.off
	}
	for _, q := range d.pieces[first : last+1] {
		if q.repaired {
			p.confidence = min(p.confidence, q.confidence)
		}
	}
	return p, start, end
}

// cutInside tells whether a footnote marker stands inside raw[from:to].
func (d *draft) cutInside(from, to int) bool {
	i := sort.Search(len(d.cuts), func(i int) bool { return d.cuts[i].off > from })
	return i < len(d.cuts) && d.cuts[i].off < to
}

// joinLines makes spaces of the line joins that no rule has touched.
func (d *draft) joinLines() { d.text = strings.ReplaceAll(d.text, "\n", " ") }

// reading returns the finished reading.
func (d *draft) reading() *Reading {
	r := &Reading{Text: d.text, lines: d.lines}
	for i, p := range d.pieces {
		end := d.pieceEnd(i)
		if p.repaired {
			r.Repairs = append(r.Repairs, d.repair(r.Text, p, end))
			d.addRepairedRuns(r, p, end)
			continue
		}
		for _, s := range d.spotsOf(p.from, p.to) {
			r.runs = append(r.runs, run{off: p.off + s.off - p.from, line: s.line, col: s.col, end: s.end, verbatim: true})
		}
	}
	d.addMarkers(r)
	return r
}

func (d *draft) repair(text string, p piece, end int) Repair {
	line := 0
	if s := d.spotsOf(p.from, p.to); len(s) > 0 {
		line = d.lines[s[0].line].Number
	}
	return Repair{
		Line:       line,
		Printed:    strings.ReplaceAll(d.raw[p.from:p.to], "\n", "|"),
		Reading:    text[p.off:end],
		Rule:       p.rule,
		Confidence: p.confidence,
		Start:      p.off,
		End:        end,
	}
}

// addRepairedRuns adds the runs of a repaired piece, text[p.off:end]: one for
// each line it is printed on, parted where the reading agrees with the print.
func (d *draft) addRepairedRuns(r *Reading, p piece, end int) {
	if p.off == end {
		return
	}
	at := p.off
	perLine := mergeSpots(d.spotsOf(p.from, p.to))
	for i, s := range perLine {
		to := end
		if i+1 < len(perLine) {
			to = d.partAt(r.Text[at:end], perLine[i+1]) + at
		}
		if to <= at {
			continue
		}
		print := d.lines[s.line].Text[s.col:s.end]
		r.runs = append(r.runs, run{off: at, line: s.line, col: s.col, end: s.end, verbatim: print == r.Text[at:to]})
		at = to
	}
}

// partAt returns where in text the words printed on the line of s begin: text
// ends as that stretch does. It leaves at least a byte to the line before.
func (d *draft) partAt(text string, s spot) int {
	print := d.lines[s.line].Text[s.col:s.end]
	n := 0
	for n < len(text)-1 && n < len(print) && text[len(text)-1-n] == print[len(print)-1-n] {
		n++
	}
	at := len(text) - max(n, min(1, len(text)-1))
	for at > 1 && !utf8.RuneStart(text[at]) {
		at--
	}
	return at
}

// mergeSpots puts spots on the same line into one.
func mergeSpots(spots []spot) []spot {
	var out []spot
	for _, s := range spots {
		if n := len(out); n > 0 && out[n-1].line == s.line {
			out[n-1].end = s.end
			continue
		}
		out = append(out, s)
	}
	return out
}

// spotsOf returns where raw[from:to] is printed.
func (d *draft) spotsOf(from, to int) []spot {
	var out []spot
	first := sort.Search(len(d.spots), func(i int) bool {
		return d.spots[i].off+d.spots[i].end-d.spots[i].col > from
	})
	for _, s := range d.spots[first:] {
		if s.off >= to {
			break
		}
		if s.off < from {
			s.col, s.off = s.col+from-s.off, from
		}
		s.end = min(s.end, s.col+to-s.off)
		out = append(out, s)
	}
	return out
}

// addMarkers records the footnote markers that were left out.
func (d *draft) addMarkers(r *Reading) {
	if len(d.cuts) == 0 {
		return
	}
	for _, c := range d.cuts {
		at := d.textOffset(c.off)
		r.Repairs = append(r.Repairs, Repair{
			Line:       d.lines[c.line].Number,
			Printed:    strings.TrimSpace(d.lines[c.line].Text[c.start:c.end]),
			Rule:       ruleMarker,
			Confidence: 1,
			Start:      at,
			End:        at,
		})
	}
	sort.SliceStable(r.Repairs, func(i, j int) bool {
		a, b := r.Repairs[i], r.Repairs[j]
		return a.Start < b.Start || a.Start == b.Start && a.End < b.End
	})
}

// textOffset returns the byte of the text that stands where raw[off] stood.
func (d *draft) textOffset(off int) int {
	i := sort.Search(len(d.pieces), func(i int) bool { return d.pieces[i].to >= off })
	if i == len(d.pieces) {
		return len(d.text)
	}
	p := d.pieces[i]
	if p.repaired {
		if off <= p.from {
			return p.off
		}
		return d.pieceEnd(i)
	}
	return p.off + max(0, off-p.from)
}
