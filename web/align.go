package web

import (
	"strings"

	"ibid/corpus"
)

// inReading finds where a place of the print stands in the reading: the byte of
// p.Text that corresponds to byte at of p.Printed. The two differ in spaces,
// hyphens and repairs only, so the letters before the place are looked for near
// where as many letters have passed.
func inReading(p *corpus.Passage, at int) int {
	printed, text := letters(p.Printed), letters(p.Text)
	before := countBelow(printed.at, at)
	for _, n := range []int{12, 8, 5} {
		if before < n {
			continue
		}
		if i := nearest(text.s, printed.s[before-n:before], before-n); i >= 0 {
			return text.after(i+n-1, len(p.Text))
		}
	}
	return text.after(min(before, len(text.s))-1, len(p.Text))
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

// wordAfter moves over spaces to the next word.
func wordAfter(text string, at int) int {
	for at < len(text) && text[at] == ' ' {
		at++
	}
	return at
}

// callerAt is the byte of p.Text behind which the marker of a note stands.
func callerAt(p *corpus.Passage, caller *corpus.Caller) int {
	line, start := printedLine(p, caller.Line)
	if i := markerIn(line, caller.Printed); i >= 0 {
		return afterClosers(p.Text, inReading(p, start+i))
	}
	return len(p.Text)
}

// markerIn finds a marker in a line: at the end of a word, not inside one.
func markerIn(line, marker string) int {
	if marker == "" {
		return -1
	}
	best := -1
	for at := 0; ; {
		i := strings.Index(line[at:], marker)
		if i < 0 {
			return best
		}
		start, end := at+i, at+i+len(marker)
		if end == len(line) || !alnum(line[end]) {
			if start > 0 && line[start-1] != ' ' {
				return start
			}
			best = start
		}
		at = end
	}
}

// printedLine is a line of the source as p prints it, and the byte of p.Printed
// where it begins; "" and 0 if p does not have it.
func printedLine(p *corpus.Passage, number int) (string, int) {
	start := 0
	for i, line := range strings.Split(p.Printed, "\n") {
		if n, ok := lineNumber(p, i); ok && n == number {
			return line, start
		}
		start += len(line) + 1
	}
	return "", 0
}

// lineNumber is the line in the source file of line i of p.Printed, counted from
// 0; false where the print leaves out lines, so that they cannot be told apart.
func lineNumber(p *corpus.Passage, i int) (int, bool) {
	if strings.Count(p.Printed, "\n")+1 != lineCount(p) {
		return 0, false
	}
	for _, r := range p.Lines {
		n := r[1] - r[0] + 1
		if i < n {
			return r[0] + i, true
		}
		i -= n
	}
	return 0, false
}

func lineCount(p *corpus.Passage) int {
	n := 0
	for _, r := range p.Lines {
		n += r[1] - r[0] + 1
	}
	return n
}

// pageBreaks are the places of p.Text where a new page begins, with its label.
// Pages change between the line ranges of a passage; where other things divide
// it too, all breaks are put at its beginning.
func pageBreaks(p *corpus.Passage) []marker {
	if len(p.Pages) < 2 {
		return nil
	}
	var out []marker
	exact := len(p.Lines) == len(p.Pages)
	for i, page := range p.Pages[1:] {
		at := 0
		if exact {
			if _, start := printedLine(p, p.Lines[i+1][0]); start > 0 {
				at = wordAfter(p.Text, afterClosers(p.Text, inReading(p, start)))
			}
		}
		out = append(out, marker{at, run{Page: page}})
	}
	return out
}
