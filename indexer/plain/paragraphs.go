package plain

import "strings"

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
			d.open, d.said = 0, ""
		}
		last := &t.pars[len(t.pars)-1]
		last.lines = append(last.lines, i)
		d.read(l.Text)
	}
}

// A divider decides whether a paragraph ends between two lines.
type divider struct {
	t       *text
	blanks  bool    // single spaced paragraphs have blank lines between them
	broken  bool    // the last lines of pages are cut where the page was: their length tells nothing
	wide    bool    // in double spaced print more blank lines stand between paragraphs than inside them
	measure int     // natural width that a full line of the body reaches
	inner   spread  // widths of lines inside paragraphs
	breaks  float64 // share of lines that a longer word is divided to fill, where it could be
	opening spread  // width of the first lines of paragraphs; zero if not known
	open    int     // quotation marks opened and not closed in the paragraph
	said    string  // the last two lines of the paragraph
}

func (t *text) newDivider(lines []int) *divider {
	d := &divider{t: t}
	d.fill(lines)
	blank, inside, ends, short := 0, 0, 0, 0
	wide, fits, spaced := 0, 0, 0
	for k := 1; k < len(lines); k++ {
		a, b := &t.lines[lines[k-1]], &t.lines[lines[k]]
		switch {
		case a.page != b.page:
			if !endsSentence(a.Text) && startsSmall(b.Text) {
				ends++
				if a.width < d.measure*8/10 {
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
	d.opening = d.openings(lines)
	return d
}

// openings measures the first lines of paragraphs, which print indents: they
// hold less than other lines. It looks behind lines that surely end a paragraph,
// being short; the result is zero where there are too few, or no less in them.
func (d *divider) openings(lines []int) spread {
	t := d.t
	var widths []int
	for k := 1; k+1 < len(lines); k++ {
		a, b := &t.lines[lines[k-1]], &t.lines[lines[k]]
		if a.heading == 0 && b.heading == 0 && a.width < d.measure*3/4 && endsSentence(a.Text) &&
			startsCapital(b.Text) && b.width > d.measure*3/4 {
			widths = append(widths, b.width)
		}
	}
	if len(widths) < 8 {
		return spread{}
	}
	s := spreadOf(widths)
	if s.mean > d.inner.mean*0.99 {
		return spread{}
	}
	return s
}

// read counts the quotation marks of a line and keeps it.
func (d *divider) read(s string) {
	_, before, _ := strings.Cut(d.said, "\n")
	d.said = before + "\n" + s
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
