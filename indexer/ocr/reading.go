// Package ocr makes the reading of printed lines that a machine has read: lines
// joined, split words made whole, confused letters repaired, footnote markers
// taken out, with a map that leads back from each byte to its line. New learns
// a source's own words and habits, Read makes one block's reading.
//
// It owns what is true of print and of its machine reading. Which lines make a
// block and which stretches are footnote markers is for the readers of formats
// to say. A wrong repair costs more than a missed one: it puts words into a
// source that are not there, so in doubt the print stays.
package ocr

import (
	"sort"
	"strings"
)

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
	runs    []run // by off; none is empty
}

// A run is a stretch of the reading that lies on one printed line. Within a
// verbatim run byte i of the run is byte i of the print, white space apart; a
// repaired run maps as a whole.
type run struct {
	off      int // first byte in Text
	line     int // index into lines
	col, end int // bytes of that line's Text, [col, end)
	verbatim bool
}

// LineAt returns the 1-based line of the source file on which byte off of Text
// is printed. An off at the end of Text, or on a space made by a line join,
// gives the line before it; an empty reading gives 0.
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
	lastSeq := 0
	for i := max(r.runAt(start), 0); i < len(r.runs) && r.runs[i].off < end; i++ {
		l := r.lines[r.runs[i].line]
		if len(out) > 0 && (l.Seq == lastSeq || l.Seq == lastSeq+1) {
			out[len(out)-1][1] = l.Number
		} else {
			out = append(out, [2]int{l.Number, l.Number})
		}
		lastSeq = l.Seq
	}
	return out
}

// Printed returns the print of bytes [start, end) of Text, lines joined by
// "\n", with the footnote markers that stand inside. A repaired stretch that
// the range touches is given whole. The whole of Text gives all lines whole.
func (r *Reading) Printed(start, end int) string {
	if start <= 0 && end >= len(r.Text) {
		return r.printed(0, 0, len(r.lines)-1, -1)
	}
	first, last := r.runAt(max(start, 0)), r.runAt(end-1)
	if first < 0 || start >= end {
		return ""
	}
	first, last = r.wholeRepair(first, -1), r.wholeRepair(last, 1)
	return r.printed(r.runs[first].line, r.startCol(first, start), r.runs[last].line, r.endCol(last, end))
}

// printed returns the lines from byte col of line first to byte end of line
// last, -1 for its end.
func (r *Reading) printed(first, col, last, end int) string {
	var b strings.Builder
	for i := first; i <= last; i++ {
		text := r.lines[i].Text
		if i == last && end >= 0 {
			text = text[:end]
		}
		if i == first {
			text = text[min(col, len(text)):]
		} else {
			b.WriteByte('\n')
		}
		b.WriteString(text)
	}
	return b.String()
}

// startCol returns where in its line byte start of Text is printed, which lies
// in run i or on white space after it.
func (r *Reading) startCol(i, start int) int {
	u := r.runs[i]
	if !u.verbatim || start < u.off {
		return u.col
	}
	return min(u.end, u.col+start-u.off)
}

func (r *Reading) endCol(i, end int) int {
	u := r.runs[i]
	if !u.verbatim {
		return u.end
	}
	return min(u.end, u.col+end-u.off)
}

// wholeRepair goes from a repaired run to the first (step -1) or last (1) run
// of the same repair: a word broken over two lines has two.
func (r *Reading) wholeRepair(i, step int) int {
	if r.runs[i].verbatim {
		return i
	}
	at := r.runs[i].off
	n := sort.Search(len(r.Repairs), func(n int) bool { return r.Repairs[n].End > at })
	if n == len(r.Repairs) || r.Repairs[n].Start > at {
		return i
	}
	p := r.Repairs[n]
	for j := i + step; j >= 0 && j < len(r.runs) && p.Start <= r.runs[j].off && r.runs[j].off < p.End; j += step {
		i = j
	}
	return i
}

// Offset returns the byte of Text up to which the print is read before byte col
// of the line with the given 0-based index among the lines that the reading was
// made from: for a marker that was cut out, the place where it stood.
func (r *Reading) Offset(line, col int) int {
	at := 0
	for i, u := range r.runs {
		if u.line > line || u.line == line && u.col >= col {
			break
		}
		at = r.runEnd(i)
		if u.verbatim && u.line == line && col < u.end {
			at = u.off + col - u.col
		}
	}
	return at
}

// runEnd returns the byte of Text where run i ends: before the white space
// that separates it from the next.
func (r *Reading) runEnd(i int) int {
	end := len(r.Text)
	if i+1 < len(r.runs) {
		end = r.runs[i+1].off
	}
	if u := r.runs[i]; u.verbatim {
		end = min(end, u.off+u.end-u.col)
	}
	return len(strings.TrimRight(r.Text[:end], " "))
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
