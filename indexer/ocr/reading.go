package ocr

import "strings"

// A Line is one printed line that a reading is made from.
type Line struct {
	Number int    // 1-based line of the source file
	Seq    int    // 0-based ordinal among the non-blank lines of the file: neighbours differ by 1
	Text   string // as printed, without line end
	Cuts   []Cut  // footnote markers and labels: taken out of the reading; sorted, not overlapping
}

// A Cut is a stretch of a line that is no part of the reading: bytes [Start, End) of Line.Text.
type Cut struct{ Start, End int }

// A Repair is a place where the reading departs from the print in more than white space and line joins.
type Repair struct {
	Line       int     // 1-based line of the source file where the printed form begins
	Printed    string  // a word broken over two lines stands as "Ger|many"
	Reading    string  // what stands in the reading instead; "" for a marker taken out
	Rule       string  // which rule decided
	Confidence float64 // 0 to 1
	Start, End int     // bytes of Reading.Text, [Start, End), that the repair produced
}

// A Reading is the text we take a stretch of printed lines to say, on one line,
// with the map that leads back to the print. The zero value is an empty reading.
type Reading struct {
	Text    string
	Repairs []Repair // by Start
	lines   []Line
	runs    []run // by off
}

// A run is a stretch of the reading that lies on one printed line. Within a
// verbatim run byte i of the run is byte i of the print; a repaired run maps as a whole.
type run struct {
	off      int // first byte in Text
	line     int // index into lines
	col, end int // bytes of that line's Text, [col, end)
	verbatim bool
}

// LineAt returns the 1-based line of the source file on which byte off of Text
// is printed. An off at the end of Text, or on a space made by a line join,
// gives the line before it.
func (r *Reading) LineAt(off int) int {
	if i := r.runAt(off); i >= 0 {
		return r.lines[r.runs[i].line].Number
	}
	return 0
}

// LineRanges returns the lines, 1-based and inclusive, on which bytes
// [start, end) of Text are printed, in order. A range runs over blank lines and
// ends where other text (a footnote, a running head) stands between.
func (r *Reading) LineRanges(start, end int) [][2]int {
	var out [][2]int
	lastSeq := -2
	first := max(r.runAt(start), 0)
	for i := first; i < len(r.runs) && r.runs[i].off < end; i++ {
		l := r.lines[r.runs[i].line]
		if l.Seq == lastSeq || l.Seq == lastSeq+1 {
			out[len(out)-1][1] = l.Number
		} else {
			out = append(out, [2]int{l.Number, l.Number})
		}
		lastSeq = l.Seq
	}
	return out
}

// Printed returns the print of bytes [start, end) of Text, lines joined by
// "\n". A repaired stretch that the range touches is given whole.
func (r *Reading) Printed(start, end int) string {
	var b strings.Builder
	last, lastEnd := -1, 0
	for i := max(r.runAt(start), 0); i < len(r.runs) && r.runs[i].off < end; i++ {
		u := r.runs[i]
		from, to := u.col, u.end
		if u.verbatim {
			from = u.col + max(0, start-u.off)
			to = min(u.end, u.col+end-u.off)
		}
		switch {
		case last == u.line:
			b.WriteString(r.lines[u.line].Text[min(lastEnd, from):from]) // what was cut between the runs
		case last >= 0:
			b.WriteByte('\n')
		}
		if from < to {
			b.WriteString(r.lines[u.line].Text[from:to])
		}
		last, lastEnd = u.line, to
	}
	return b.String()
}

// runAt returns the index of the last run that begins at or before off, -1 if there is none.
func (r *Reading) runAt(off int) int {
	lo, hi := 0, len(r.runs)
	for lo < hi {
		mid := (lo + hi) / 2
		if r.runs[mid].off <= off {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo - 1
}
