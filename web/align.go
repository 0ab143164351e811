package web

import (
	"strings"
	"unicode/utf8"

	"ibid/corpus"
)

// inReading finds where a place of the print stands in the reading: the byte of
// p.Text that corresponds to byte at of p.Printed. The two differ in spaces,
// hyphens, repairs and the markers of notes only, so the letters before the
// place, or those after it, are looked for near where as many letters have passed.
func inReading(p *corpus.Passage, at int) int {
	printed, text := letters(p.Printed), letters(p.Text)
	before := countBelow(printed.at, at)
	place := text.after(min(before, len(text.s))-1, len(p.Text))
	for _, n := range []int{12, 8, 5} {
		if before >= n {
			if i := nearest(text.s, printed.s[before-n:before], before-n); i >= 0 {
				place = text.after(i+n-1, len(p.Text))
				break
			}
		}
		if before+n <= len(printed.s) {
			if i := nearest(text.s, printed.s[before:before+n], before); i >= 0 {
				place = text.at[i]
				break
			}
		}
	}
	for place < len(p.Text) && !utf8.RuneStart(p.Text[place]) {
		place++
	}
	return place
}

// A letterString is a text without anything but letters and digits.
type letterString struct {
	s  string
	at []int // byte of the text for each byte of s
}

func letters(text string) letterString {
	var b strings.Builder
	var at []int
	for i := range len(text) {
		if alnum(text[i]) {
			b.WriteByte(text[i])
			at = append(at, i)
		}
	}
	return letterString{b.String(), at}
}

// after is the byte of the text behind letter i, and behind the signs that
// belong to it ("three." before a note's number).
func (l letterString) after(i, end int) int {
	if i < 0 {
		return 0
	}
	if i+1 < len(l.at) {
		end = l.at[i+1]
	}
	return min(l.at[i]+1, end)
}

func countBelow(at []int, limit int) int {
	n := 0
	for n < len(at) && at[n] < limit {
		n++
	}
	return n
}

// nearest is the place of sub in s that is closest to want, -1 if there is none
// within 80 letters: further away it would be another occurrence.
func nearest(s, sub string, want int) int {
	best := -1
	for at := max(0, want-80); at <= min(len(s), want+80); {
		i := strings.Index(s[at:], sub)
		if i < 0 {
			break
		}
		at += i
		if best < 0 || abs(at-want) < abs(best-want) {
			best = at
		}
		at++
	}
	if best < 0 || abs(best-want) > 80 {
		return -1
	}
	return best
}

func abs(n int) int { return max(n, -n) }

// closers are signs that stay with the word before them.
const closers = ".,;:!?)]'\"’”»"

// afterClosers moves behind the signs that close a word.
func afterClosers(text string, at int) int {
	for at < len(text) {
		size := 0
		for _, r := range text[at:] {
			if strings.ContainsRune(closers, r) {
				size = len(string(r))
			}
			break
		}
		if size == 0 {
			break
		}
		at += size
	}
	return at
}

// callerAt is the byte of p.Text behind which the marker of a note stands: the
// line it stands on is looked for from where it should be outwards.
func callerAt(p *corpus.Passage, caller *corpus.Caller) int {
	print := numberLines(p)
	want := print.index(caller.Line)
	for far := range len(print.texts) {
		for _, k := range []int{want - far, want + far} {
			if k < 0 || k >= len(print.texts) {
				continue
			}
			if i := markerIn(print.texts[k], caller.Printed); i >= 0 {
				return afterClosers(p.Text, inReading(p, print.starts[k]+i))
			}
		}
	}
	return len(p.Text)
}

// markerIn finds a marker in a line: at the end of a word, after a sign that is
// no letter if possible. Letters and digits alone ("ll" for "1)") count only so,
// since they also end words.
func markerIn(line, marker string) int {
	best := -1
	bare := strings.IndexFunc(marker, func(r rune) bool { return r < 0x80 && !alnum(byte(r)) }) < 0
	for at := 0; marker != "" && at < len(line); {
		i := strings.Index(line[at:], marker)
		if i < 0 {
			break
		}
		start, end := at+i, at+i+len(marker)
		at = start + 1
		if end < len(line) && alnum(line[end]) && alnum(line[end-1]) {
			continue
		}
		if start > 0 && !alnum(line[start-1]) && line[start-1] != ' ' {
			return start
		}
		if best < 0 && !bare {
			best = start
		}
	}
	return best
}

// A numbered print is the lines of p.Printed with their numbers in the source
// file as far as they are known. The print leaves out blank lines, so a number
// follows only from what is said to stand on a line, and from even spacing
// between two such lines.
type numbered struct {
	texts  []string
	starts []int // byte of p.Printed where each line begins
	places []int // for each line its place in p.Lines, counted from 0 over all ranges; -1 if not known
	ranges [][2]int
}

func numberLines(p *corpus.Passage) *numbered {
	n := &numbered{texts: strings.Split(p.Printed, "\n"), ranges: p.Lines}
	start := 0
	for _, text := range n.texts {
		n.starts = append(n.starts, start)
		n.places = append(n.places, -1)
		start += len(text) + 1
	}
	if len(p.Lines) == 0 {
		return n
	}
	n.places[0] = 0
	for _, r := range p.Repairs {
		head, _, _ := strings.Cut(r.Printed, "|")
		n.anchor(head, r.Line)
	}
	for _, d := range p.Dates {
		n.anchor(d.Printed, d.Line)
	}
	for _, m := range p.Actors {
		n.anchor(m.Printed, m.Line)
	}
	for _, c := range p.Citations {
		n.anchor(c.Printed, c.Line)
	}
	n.places[len(n.places)-1] = n.place(p.Lines[len(p.Lines)-1][1])
	n.fill()
	return n
}

// anchor says that s stands on a line of the source, if only one line has it.
func (n *numbered) anchor(s string, number int) {
	place := n.place(number)
	if s == "" || place < 0 {
		return
	}
	found := -1
	for k, text := range n.texts {
		if strings.Contains(text, s) {
			if found >= 0 || strings.Count(text, s) > 1 {
				return
			}
			found = k
		}
	}
	if found >= 0 && place >= found {
		n.places[found] = place
	}
}

// place is where a line of the source is in the ranges, -1 if in none.
func (n *numbered) place(number int) int {
	at := 0
	for _, r := range n.ranges {
		if number >= r[0] && number <= r[1] {
			return at + number - r[0]
		}
		at += r[1] - r[0] + 1
	}
	return -1
}

// fill numbers the lines between two known ones that are evenly spaced, and
// forgets what contradicts the order.
func (n *numbered) fill() {
	last := 0
	for k := 1; k < len(n.places); k++ {
		if n.places[k] < 0 {
			continue
		}
		lines, places := k-last, n.places[k]-n.places[last]
		if places < lines {
			n.places[k] = -1
			continue
		}
		if places%lines == 0 && places/lines <= 2 {
			for j := last + 1; j < k; j++ {
				n.places[j] = n.places[last] + (j-last)*places/lines
			}
		}
		last = k
	}
}

// number is the line in the source file of line k of the print; false if not known.
func (n *numbered) number(k int) (int, bool) {
	at := n.places[k]
	for _, r := range n.ranges {
		size := r[1] - r[0] + 1
		if at >= 0 && at < size {
			return r[0] + at, true
		}
		at -= size
	}
	return 0, false
}

// index is the line of the print that a line of the source is likely to be.
func (n *numbered) index(number int) int {
	want := n.place(number)
	before, after := 0, len(n.places)-1
	for k, place := range n.places {
		if place >= 0 && place <= want {
			before = k
		}
		if place >= want && place >= 0 {
			after = k
			break
		}
	}
	low, high := n.places[before], n.places[after]
	if want < 0 || low < 0 || high <= low {
		return before
	}
	return before + ((want-low)*(after-before)+(high-low)/2)/(high-low)
}

// pageBreaks are the places of p.Text where a new page begins, with its label.
func pageBreaks(p *corpus.Passage) []marker {
	var out []marker
	for _, m := range p.Marks {
		if m.Page != "" && m.At > 0 {
			out = append(out, marker{m.At, run{Page: m.Page}})
		}
	}
	return out
}
