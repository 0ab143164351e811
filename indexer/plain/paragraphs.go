package plain

import (
	"math"
	"strings"
)

// A par is a heading or paragraph: the body lines that belong together.
type par struct {
	heading int   // index into text.headings plus one, 0 for a paragraph
	lines   []int // indexes into text.lines
}

// findParagraphs divides the body lines into headings and paragraphs. A page
// break, a running head or notes between two lines do not divide them.
func (t *text) findParagraphs() {
	lines := t.bodyLines()
	d := t.newDivider(lines)
	for k, i := range lines {
		l := &t.lines[i]
		n := len(t.pars)
		switch {
		case n > 0 && l.heading > 0 && l.heading == t.pars[n-1].heading:
		case n == 0 || l.heading > 0 || t.pars[n-1].heading > 0 || d.divides(lines[k-1], i, len(t.pars[n-1].lines)):
			t.pars = append(t.pars, par{heading: l.heading})
			d.open = 0
		}
		last := &t.pars[len(t.pars)-1]
		last.lines = append(last.lines, i)
		d.read(l.Text)
	}
}

// A divider decides whether a paragraph ends between two lines.
type divider struct {
	t       *text
	blanks  bool   // single spaced paragraphs have blank lines between them
	broken  bool   // the last lines of pages are cut where the page was: their length tells nothing
	wide    bool   // in double spaced print more blank lines stand between paragraphs than inside them
	opening spread // width of the first lines of paragraphs; zero if not known
	open    int    // quotation marks opened and not closed in the paragraph
}

func (t *text) newDivider(lines []int) *divider {
	d := &divider{t: t}
	blank, inside, ends, short := 0, 0, 0, 0
	wide, fits, spaced := 0, 0, 0
	for k := 1; k < len(lines); k++ {
		a, b := &t.lines[lines[k-1]], &t.lines[lines[k]]
		switch {
		case a.page != b.page:
			if !endsSentence(a.Text) && startsSmall(b.Text) {
				ends++
				if a.width < t.layout.measure*8/10 {
					short++
				}
			}
		case !t.pages[b.page].spaced:
			inside++
			if b.gap > 0 {
				blank++
			}
		default:
			spaced++
			if b.gap > 1 {
				wide++
				if b.heading > 0 || a.heading > 0 || endsSentence(a.Text) && !startsSmall(b.Text) {
					fits++
				}
			}
		}
	}
	d.blanks = blank*80 > inside && !t.layout.dense
	// Wider gaps mean something where they are neither too few nor too many, and
	// nineteen in twenty of them stand between sentences.
	d.wide = wide >= 3 && wide*3 < spaced && wide*33 > spaced && fits*20 >= wide*19
	d.broken = ends >= 2 && short*3 > ends
	d.opening = t.openings(lines)
	return d
}

// openings measures the first lines of paragraphs, which print indents: they
// hold less than other lines. It looks behind lines that surely end a paragraph,
// being short; the result is zero where there are too few, or no less in them.
func (t *text) openings(lines []int) spread {
	var widths []int
	for k := 1; k+1 < len(lines); k++ {
		a, b := &t.lines[lines[k-1]], &t.lines[lines[k]]
		if a.heading == 0 && b.heading == 0 && a.width < t.layout.measure*3/4 && endsSentence(a.Text) &&
			startsCapital(b.Text) && b.width > t.layout.measure*3/4 {
			widths = append(widths, b.width)
		}
	}
	if len(widths) < 8 {
		return spread{}
	}
	s := spreadOf(widths)
	if s.mean > t.layout.inner.mean*0.99 {
		return spread{}
	}
	return s
}

// read counts the quotation marks of a line.
func (d *divider) read(s string) {
	for _, r := range s {
		switch r {
		case '"':
			d.open = 1 - min(d.open, 1)
		case '“':
			d.open = 1
		case '”':
			d.open = 0
		}
	}
}

// divides reports whether a paragraph ends between the body lines a and b, when
// it has length lines so far. Where blank lines divide paragraphs they decide, and a
// blank line inside a sentence is an accident; so does a first line that is
// set in. Elsewhere the likelihood does.
func (d *divider) divides(ai, bi, length int) bool {
	t := d.t
	a, b := &t.lines[ai], &t.lines[bi]
	runsOn := startsSmall(b.Text) && !endsSentence(a.Text)
	spaced := t.pages[b.page].spaced
	switch {
	case a.page != b.page && d.broken && !spaced:
		return t.lines[t.pages[b.page].first].cutOff && b.gap > 0 && !runsOn
	case a.page == b.page && !spaced && b.gap > 0:
		return !runsOn
	case a.indent > t.layout.indent+1 && b.indent <= t.layout.indent+1 && length > 1 && spaced:
		return !runsOn // behind lines that are set in as a block
	case a.page == b.page && spaced && d.wide:
		return b.gap > 1 && !runsOn || b.indent > t.layout.indent+1 && a.indent <= t.layout.indent+1
	case b.indent > t.layout.indent+1 && a.indent <= t.layout.indent+1:
		return true
	case a.page == b.page && !spaced && d.blanks:
		return false
	}
	return d.likelihood(a, b, length) > breakEven
}

// breakEven is the log likelihood ratio above which a paragraph ends. It is
// above 0 because more sentences end with a line inside paragraphs than
// paragraphs end with a full line. Chosen on the shipped article, read by eye:
// there the lowest paragraph end scores 1.1, the highest other end of a sentence
// that is also the end of a line 0.7.
const breakEven = 0.9

// likelihood returns the log of how much more likely lines a and b are if a
// paragraph ends between them than if it goes on.
func (d *divider) likelihood(a, b *line, length int) float64 {
	if !startsCapital(b.Text) || strings.HasPrefix(b.Text, "(") {
		return math.Inf(-1)
	}
	full := float64(d.t.layout.measure)
	if !endsSentence(a.Text) {
		// The end of a sentence may be misread, but then the line must be very short.
		if float64(a.width) < full*0.4 && !strings.ContainsAny(a.Text[len(a.Text)-1:], ",;:-") && d.open == 0 {
			return 2 * breakEven
		}
		return math.Inf(-1)
	}
	return d.lastLine(a, b, full) + d.firstLine(b) + d.sense(b, length)
}

// lastLine judges whether a ends a paragraph by its width. Inside a paragraph a
// line is filled until the next word, or as much of it as a hyphen can divide
// off, does not fit: about a twelfth of the measure. At the end of a paragraph
// any width is as likely as another.
func (d *divider) lastLine(a, b *line, full float64) float64 {
	word, _, _ := strings.Cut(b.Text, " ")
	room := math.Min(float64(width(word)), full/12) + float64(times[0])
	// Type can be set a little closer or wider: a full line holds the measure
	// give or take a sixtieth.
	fits := 1 - normal((float64(a.width)+room-full)/(full/60))
	least := 0.02 // lines are left short inside paragraphs too, once in fifty ends of sentences
	if float64(a.width) < 0.84*full {
		least = 0.0005
	}
	return math.Log(room/full) - math.Log(max(1-fits, least))
}

// firstLine judges whether b begins a paragraph by its width: first lines are set in.
func (d *divider) firstLine(b *line) float64 {
	if d.opening.mean == 0 || float64(b.width) < d.t.layout.inner.mean-4*d.t.layout.inner.dev {
		return 0
	}
	return logDensity(float64(b.width), d.opening) - logDensity(float64(b.width), d.t.layout.inner)
}

// leaning says how much the words that begin a sentence that leans on the one
// before speak against a new paragraph: most a pronoun or connective, less a
// demonstrative, which may sum up the paragraph before ("These views..."). Words
// that turn to the next point speak for one.
var leaning = map[string]float64{
	"he": 1.5, "she": 1.5, "it": 1.5, "they": 1.5, "his": 1.5, "her": 1.5, "its": 1.5, "their": 1.5, "that": 1.5,
	"this": 0.75, "these": 0.75, "those": 0.75, "such": 0.75,
	"thus": 1.5, "hence": 1.5, "therefore": 1.5, "also": 1.5, "but": 1.5, "and": 1.5, "or": 1.5, "so": 1.5, "then": 1.5,
	"indeed": 1.5, "accordingly": 1.5, "consequently": 1.5, "otherwise": 1.5, "yet": 1.5, "nor": 1.5,
	"finally": -1, "furthermore": -1, "moreover": -1, "overall": -1, "meanwhile": -1, "nevertheless": -1, "lastly": -1,
}

// sense judges whether b begins a paragraph by what it says and where it stands:
// not inside a quotation, not behind a line or two, rarely with a word that
// leans on the sentence before, more often with one that turns to the next point.
func (d *divider) sense(b *line, length int) float64 {
	s := 0.0
	if d.open > 0 {
		s -= 2
	}
	if length <= 2 {
		s--
	}
	word, _, _ := strings.Cut(strings.ToLower(strings.TrimLeft(b.Text, closers+"“‘")), " ")
	return s - leaning[strings.TrimRight(word, ",;:")]
}

// normal is the normal distribution function.
func normal(z float64) float64 { return 0.5 * math.Erfc(-z/math.Sqrt2) }

// logDensity is the log of the normal density of s at x, but for a constant.
func logDensity(x float64, s spread) float64 {
	z := (x - s.mean) / s.dev
	return -z*z/2 - math.Log(s.dev)
}
