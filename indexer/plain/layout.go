package plain

import (
	"math"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A layout is what the lines of a source tell of how it was set.
type layout struct {
	spaced  bool // blank lines stand between the lines of a paragraph, and mean nothing
	dense   bool // blank lines are so rare that their absence says nothing
	open    bool // they are everywhere: their presence says nothing
	indent  int  // white space before most lines, in bytes
	measure int  // natural width that a full line reaches, see width
	inner   spread
}

// A spread is the mean and standard deviation of a width.
type spread struct{ mean, dev float64 }

// measure finds the spacing and the measure of the print. Both are read off
// lines that are surely inside a paragraph: the sentence runs on from them into
// a line that begins with a small letter.
func (t *text) measure() {
	var widths []int
	var b blanks
	for i := 1; i < len(t.lines); i++ {
		if b.count(&t.lines[i-1], &t.lines[i]) {
			widths = append(widths, t.lines[i-1].width)
		}
	}
	t.layout.spaced = b.meanNothing()
	t.margins()
	if len(widths) == 0 {
		for i := range t.lines {
			widths = append(widths, t.lines[i].width)
		}
	}
	sort.Ints(widths)
	t.layout.measure = widths[min(len(widths)*19/20, len(widths)-1)]
	full := widths[len(widths)/20:]
	t.layout.inner = spreadOf(full)
}

// blanks counts blank lines, and where they stand.
type blanks struct {
	all    int // line ends with a blank line behind them
	inside int // line ends inside sentences
	within int // line ends inside sentences with a blank line behind them
}

// count counts the end of line a, which b follows. It reports whether it is
// inside a sentence.
func (n *blanks) count(a, b *line) bool {
	inside := startsSmall(b.Text) && !endsSentence(a.Text)
	if b.feeds > 0 {
		return inside
	}
	if inside {
		n.inside++
	}
	if b.gap > 0 {
		n.all++
		if inside {
			n.within++
		}
	}
	return inside
}

// meanNothing reports whether blank lines do not divide paragraphs: one in
// fourteen line ends inside sentences has one, and one in four blank lines stands
// inside a sentence. In single spaced print next to none do, in double spaced print
// most; where a machine saw some of the blank lines only, the first share falls.
func (n *blanks) meanNothing() bool {
	return n.within*14 > n.inside && n.within*4 > n.all
}

// margins finds the left margin and whether blank lines mean anything.
func (t *text) margins() {
	blank := 0
	indents := map[int]int{}
	for i := range t.lines {
		if t.lines[i].gap > 0 {
			blank++
		}
		indents[t.lines[i].indent]++
	}
	t.layout.dense = blank*25 < len(t.lines)
	t.layout.open = t.layout.spaced && (len(t.lines)-blank)*25 < len(t.lines)
	for n, lines := range indents {
		if most := indents[t.layout.indent]; lines > most || lines == most && n < t.layout.indent {
			t.layout.indent = n
		}
	}
}

// spreadOf returns the mean and deviation of widths.
func spreadOf(widths []int) spread {
	var sum, squares float64
	for _, w := range widths {
		sum += float64(w)
		squares += float64(w) * float64(w)
	}
	n := float64(max(len(widths), 1))
	mean := sum / n
	return spread{mean, math.Sqrt(max(squares/n-mean*mean, 1))}
}

// spacing decides for each page whether its body lines have blank lines between
// them: a source may be typed or read in two ways. A page with few lines inside
// paragraphs goes with the source. Notes are set close in either; before they
// are known, the lines from the first on that begins like one are left out.
func (t *text) spacing(notesKnown bool) {
	for k := range t.pages {
		p := &t.pages[k]
		var b blanks
		for i := p.first + 1; i < p.end; i++ {
			l := &t.lines[i]
			if !notesKnown && l.gap > 0 && opensNote(l.Text) {
				break
			}
			if l.role == body {
				b.count(&t.lines[i-1], l)
			}
		}
		if p.spaced = t.layout.spaced; b.inside >= 6 && b.all >= 3 {
			p.spaced = b.meanNothing()
		}
	}
}

// times holds the widths of the printable ASCII letters, from the space on, in
// thousandths of the type size, of Times Roman (Adobe Font Metrics, Core 14
// fonts). Old and new book faces differ from it, but much less than a count of
// letters differs from the width of a line: an "m" is worth nearly three "i".
var times = [95]uint16{
	250, 333, 408, 500, 500, 833, 778, 333, 333, 333, 500, 564, 250, 333, 250, 278,
	500, 500, 500, 500, 500, 500, 500, 500, 500, 500, 278, 278, 564, 564, 564, 444,
	921, 722, 667, 667, 722, 611, 556, 722, 722, 333, 389, 722, 611, 889, 722, 722,
	556, 722, 667, 556, 611, 722, 722, 944, 722, 722, 611, 333, 278, 333, 469, 500,
	333, 444, 500, 444, 500, 444, 333, 500, 500, 278, 278, 500, 278, 778, 500, 500,
	500, 500, 333, 389, 278, 500, 500, 722, 500, 500, 444, 480, 200, 480, 541,
}

// width returns the natural width of s in thousandths of the type size: how far
// it would reach in print before the line is spaced out to the margin.
func width(s string) int {
	w := 0
	for _, r := range s {
		if r >= ' ' && r <= '~' {
			w += int(times[r-' '])
		} else {
			w += 500
		}
	}
	return w
}

// startsSmall reports whether s begins with a small letter.
func startsSmall(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLower(r)
}

// startsCapital reports whether s begins as a sentence does: with a capital,
// after quotation marks or a bracket if need be.
func startsCapital(s string) bool {
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(s, `"'“‘«[_`))
	return unicode.IsUpper(r) || unicode.IsTitle(r)
}

// closers may stand after the stop that ends a sentence; so may the signs and raised figures of notes.
const closers = `"'”’»)]_*†‡§¶` + raised

// endsSentence reports whether s ends with a full stop, question or exclamation
// mark, which quotation marks, brackets and a footnote marker may follow.
func endsSentence(s string) bool {
	if endsWithStop(s) {
		return true
	}
	// A marker is at most three letters or figures and brackets, close upon the
	// stop or the quotation mark.
	cut := strings.TrimRight(s, ")]^")
	for n := 0; n < 3 && cut != ""; n++ {
		c := cut[len(cut)-1]
		if !isFigure(c) {
			return false
		}
		if cut = cut[:len(cut)-1]; endsWithStop(strings.TrimRight(cut, "[(^")) {
			return true
		}
	}
	return false
}

// endsWithStop reports whether s ends with a stop and closers.
func endsWithStop(s string) bool {
	s = strings.TrimRight(s, closers)
	return strings.HasSuffix(s, ".") || strings.HasSuffix(s, "?") || strings.HasSuffix(s, "!") || strings.HasSuffix(s, "…")
}
