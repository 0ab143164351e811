package plain

import (
	"strings"
	"unicode"
)

// A start is a line that begins a page.
type start struct {
	line int
	step int // pages turned since the start before
}

// paginate finds where pages begin and what their labels are, and puts page
// numbers and numbered running heads into the furniture.
func (t *text) paginate(first label) {
	starts := t.marked()
	var seen []label
	if len(starts) > 1 {
		seen = t.observe(starts, first)
	} else {
		starts, seen = t.numbered(first)
	}
	t.turn(starts, seen)
	for k := range t.pages {
		p := &t.pages[k]
		for i := p.first; i < p.end; i++ {
			t.lines[i].page = k
			t.lines[i].Page = p.label.String()
		}
	}
	t.spacing(false)
}

// marked returns the lines before which the source marks a new page; the first
// line is always among them. The mark is a form feed or, in a source without
// form feeds, a blank at the start of the line, which some machine readers
// leave at the start of each page, the first as well. Where such lines are few or
// closer than pages can be (eight lines), or others are indented deeper, a blank
// marks no page.
// Several form feeds together are blank pages.
func (t *text) marked() []start {
	starts := []start{{line: 0}}
	if t.lines[0].feeds > 1 {
		starts[0].step = t.lines[0].feeds
	}
	for i := 1; i < len(t.lines); i++ {
		if t.lines[i].feeds > 0 {
			starts = append(starts, start{i, t.lines[i].feeds})
		}
	}
	if len(starts) > 1 || starts[0].step > 0 {
		return starts
	}
	deeper, close := 0, 0
	for i := 1; i < len(t.lines); i++ {
		switch {
		case t.lines[i].indent == 1:
			if i-starts[len(starts)-1].line < 8 {
				close++
			}
			starts = append(starts, start{i, 1})
		case t.lines[i].indent > 1:
			deeper++
		}
	}
	few := len(starts) < 4 && t.lines[0].indent != 1
	if few || close*8 > len(starts) || deeper*4 > len(starts) {
		starts = starts[:1]
	}
	return t.unmarked(starts)
}

// unmarked adds the page breaks whose mark is lost behind footnotes: in double
// spaced print, where notes are single spaced, body lines that follow a note
// can only be the next page. A line with five double spaced ones behind it is
// taken for body.
func (t *text) unmarked(starts []start) []start {
	if !t.layout.spaced {
		return starts
	}
	var out []start
	next, inNotes, want := 0, false, 1
	for i := range t.lines {
		if next < len(starts) && starts[next].line == i {
			out = append(out, starts[next])
			next, inNotes = next+1, false
			continue
		}
		l := &t.lines[i]
		switch {
		case l.gap > 0 && opensNext(l.Text, &want):
			inNotes = true
		case inNotes && !opensNote(l.Text) && t.doubleSpaced(i+1, 5):
			out = append(out, start{i, 1})
			inNotes = false
		}
	}
	return out
}

// opensNext reports whether s begins with the label of note want, or of one of the
// two behind it, and then moves want on.
func opensNext(s string, want *int) bool {
	o, ok := readOpening(s)
	if !ok {
		return false
	}
	for n := *want; n < *want+3; n++ {
		if cost(o.token, n) < 1.2 {
			*want = n + 1
			return true
		}
	}
	return false
}

// doubleSpaced reports whether the n lines from i on are double spaced, all but
// one at most and the first in any case, without the start of a note or page
// among them.
func (t *text) doubleSpaced(i, n int) bool {
	if i+n > len(t.lines) || t.lines[i].gap == 0 {
		return false
	}
	tight := 0
	for _, l := range t.lines[i : i+n] {
		if l.indent == 1 || opensNote(l.Text) {
			return false
		}
		if l.gap == 0 {
			tight++
		}
	}
	return tight <= 1
}

// A sighting is a number that may be the printed label of a page.
type sighting struct {
	page   int // index into starts
	at     int // pages turned since the first start
	label  label
	line   int // -1: not printed, told by the editor
	weight float64
	score  float64 // of the best row of sightings that ends here
	before int     // index of the one before it in that row, -1 if none
}

// observe finds the label that each page prints at its head or foot; none where
// it prints none. Labels grow from page to page, at least by the pages turned:
// the row of numbers that fits best is taken and its lines are furniture, other
// numbers are none.
func (t *text) observe(starts []start, first label) []label {
	var all []sighting
	at := 0
	for k, s := range starts {
		at += s.step
		end := len(t.lines)
		if k+1 < len(starts) {
			end = starts[k+1].line
		}
		if k == 0 && first.n > 0 {
			all = append(all, sighting{page: 0, at: 0, label: first, line: -1, weight: 5})
			if s.step == 0 {
				at = 0
			}
		}
		all = t.sight(all, k, at, s.line, end)
	}
	labels := make([]label, len(starts))
	for _, s := range bestRow(all, stepCost) {
		if s.line >= 0 {
			t.lines[s.line].role = furniture
		}
		if s.line >= 0 || starts[0].step == 0 {
			labels[s.page] = s.label
		} else {
			labels[0] = s.label.plus(starts[0].step)
		}
	}
	return labels
}

// sight adds the numbers at the head and foot of page k, lines [from, to).
func (t *text) sight(all []sighting, k, at, from, to int) []sighting {
	places := []int{from, from + 1, to - 1}
	if to-from < 3 {
		places = []int{from, to - 1}[:to-from]
	}
	for n, i := range places {
		if n == 2 && i == from+1 {
			break
		}
		if l, ok := standing(t.lines[i].Text); ok {
			all = append(all, sighting{page: k, at: at, label: l, line: i, weight: 1})
		} else if words, l, ok := headed(t.lines[i].Text); ok && n != 1 && isTitle(words) && len(strings.Fields(words)) > 1 {
			all = append(all, sighting{page: k, at: at, label: l, line: i, weight: 0.6})
		}
	}
	return all
}

// bestRow returns the row of sightings that fits best, in order. A jump of the
// numbers (pages that are missing) costs a little, a step back is impossible
// but where roman labels give way to arabic ones. Rows are sought over 24
// sightings, so the work is linear.
func bestRow(all []sighting, stepCost func(a, b *sighting) (float64, bool)) []sighting {
	best := -1
	for j := range all {
		s := &all[j]
		s.before, s.score = -1, s.weight-0.3
		for i := max(0, j-24); i < j; i++ {
			if c, ok := stepCost(&all[i], s); ok && all[i].score+s.weight-c > s.score {
				s.before, s.score = i, all[i].score+s.weight-c
			}
		}
		if best < 0 || s.score >= all[best].score {
			best = j
		}
	}
	if best < 0 || all[best].score < 1 {
		return nil
	}
	var row []sighting
	for ; best >= 0; best = all[best].before {
		row = append(row, all[best])
	}
	for i, j := 0, len(row)-1; i < j; i, j = i+1, j-1 {
		row[i], row[j] = row[j], row[i]
	}
	return row
}

// stepCost returns what it costs that label b follows label a.
func stepCost(a, b *sighting) (float64, bool) {
	if a.page == b.page && a.line >= 0 {
		return 0, false
	}
	if a.label.roman && !b.label.roman {
		return 0.8, true
	}
	jump := (b.label.n - a.label.n) - (b.at - a.at)
	if a.label.roman != b.label.roman || jump < 0 || jump > 60 {
		return 0, false
	}
	if jump == 0 {
		return 0, true
	}
	return 0.4 + 0.02*float64(jump), true
}

// numbered finds the pages of a source that marks none by the lines that hold
// nothing but a page number: by the row of growing numbers, three at least or
// two that go with the label of the first page, that fits best. A number on the
// first page that is its own label, or else one behind the last line, tells that
// numbers stand at the foot.
func (t *text) numbered(first label) ([]start, []label) {
	starts, seen := []start{{line: 0}}, []label{first}
	var all []sighting
	if first.n > 0 {
		all = append(all, sighting{page: -1, label: first, line: -1, weight: 1})
	}
	for i := range t.lines {
		if l, ok := standing(t.lines[i].Text); ok && l.upper == first.upper {
			s := sighting{page: i, at: len(all), label: l, line: i, weight: 1}
			all = append(all, s)
		}
	}
	row := bestRow(all, numberCost)
	if len(row) > 0 && row[0].line < 0 {
		row = row[1:]
	}
	if len(row) < 3 && (first.n == 0 || len(row) < 2) {
		return starts, seen
	}
	foot := row[0].label == first || first.n == 0 && row[0].line > 0 && row[len(row)-1].line == len(t.lines)-1
	for _, s := range row {
		t.lines[s.line].role = furniture
		switch {
		case foot:
			seen[len(seen)-1] = s.label
			if s.line+1 < len(t.lines) {
				starts, seen = append(starts, start{s.line + 1, 1}), append(seen, label{})
			}
		case s.line == 0:
			seen[0] = s.label
		default:
			starts, seen = append(starts, start{s.line, 1}), append(seen, s.label)
		}
	}
	return starts, seen
}

// numberCost is stepCost for numbers that are the only marks of their pages.
func numberCost(a, b *sighting) (float64, bool) {
	if a.line >= 0 && b.line-a.line < 5 {
		return 0, false
	}
	if a.line < 0 && a.label == b.label {
		return 0, true
	}
	if a.label.roman && !b.label.roman {
		return 0.8, true
	}
	jump := b.label.n - a.label.n - 1
	if a.label.roman != b.label.roman || jump < 0 || jump > 20 {
		return 0, false
	}
	return 0.3 * float64(jump), true
}

// turn makes the pages. seen holds the printed labels of starts; between them
// it counts on. On the way it finds the pages whose break has no mark: a page
// number or running head alone that carries the next label begins a page.
func (t *text) turn(starts []start, seen []label) {
	t.divide(starts, seen)
	next := nextSeen(seen)
	b := breaker{t: t, cur: t.firstLabel(starts, seen), marked: len(starts) > 1, numbered: count(seen)}
	for k, s := range starts {
		if k > 0 {
			b.cur = b.cur.plus(s.step)
			if seen[k].n > 0 {
				b.cur = seen[k]
			}
		}
		end := len(t.lines)
		if k+1 < len(starts) {
			end = starts[k+1].line
		}
		b.limit = next[k]
		b.cut(s.line, end)
	}
}

// divide cuts page numbers off the ends of lines. Where a text was set anew and
// a page ended with a paragraph, its successor's number is left behind the last
// stop ("...to the end. 117"). It is told from other numbers by the labels
// that the source prints: they must leave out just this page. Lines get longer
// by the parts cut off, and starts move with them.
func (t *text) divide(starts []start, seen []label) {
	numbered := count(seen)
	if numbered < 3 {
		return
	}
	next := nextSeen(seen)
	cur := t.firstLabel(starts, seen)
	out := make([]line, 0, len(t.lines)+8)
	for k := range starts {
		from, end := starts[k].line, len(t.lines)
		if k+1 < len(starts) {
			end = starts[k+1].line
		}
		if k > 0 {
			if cur = cur.plus(starts[k].step); seen[k].n > 0 {
				cur = seen[k]
			}
		}
		starts[k].line = len(out)
		for i := from; i < end; i++ {
			last := i+1 >= len(t.lines) || t.lines[i+1].gap > 0 || t.lines[i+1].feeds > 0
			at, v := trailing(t.lines[i].Text)
			skipped := next[k].n > 0 && v.n > cur.n && v.n < next[k].n || next[k].n == 0 && v.n == cur.n+1
			if !last || v.n == 0 || !skipped || cur.roman {
				out = append(out, t.lines[i])
				continue
			}
			text, number := t.lines[i].divided(at)
			out = append(out, text, number)
			cur = v
		}
	}
	t.lines = out
}

// trailing reads a number behind the stop that ends s, and where it begins.
func trailing(s string) (int, label) {
	at := strings.LastIndexByte(s, ' ') + 1
	if at < 2 || len(s)-at > 4 || !endsWithStop(strings.TrimRight(s[:at], " ")) {
		return 0, label{}
	}
	v, ok := parseLabel(s[at:])
	if !ok || v.roman {
		return 0, label{}
	}
	return at, v
}

// divided returns the parts of l before and from byte at.
func (l line) divided(at int) (line, line) {
	rest := l
	rest.Text, rest.Column, rest.gap, rest.feeds, rest.indent = l.Text[at:], l.Column+at, 0, 0, 0
	rest.width, rest.cutOff = width(rest.Text), true
	l.Text = strings.TrimRight(l.Text[:at], " ")
	l.width, l.RunsOn = width(l.Text), false
	return l, rest
}

// count returns how many labels there are.
func count(seen []label) int {
	n := 0
	for _, l := range seen {
		if l.n > 0 {
			n++
		}
	}
	return n
}

// firstLabel returns the label of the first page: as seen, or counted back from
// the first that is seen, or 1 in a source of several pages.
func (t *text) firstLabel(starts []start, seen []label) label {
	at := 0
	for k, s := range starts {
		if k > 0 {
			at += s.step
		}
		if seen[k].n > 0 {
			return seen[k].plus(-at)
		}
	}
	if len(starts) > 1 {
		return label{n: 1 + starts[0].step}
	}
	return label{}
}

// nextSeen returns for each page the first printed label after it, none if
// there is none.
func nextSeen(seen []label) []label {
	next := make([]label, len(seen))
	for k := len(seen) - 2; k >= 0; k-- {
		next[k] = next[k+1]
		if seen[k+1].n > 0 {
			next[k] = seen[k+1]
		}
	}
	return next
}

// A breaker cuts the lines between two marks into pages.
type breaker struct {
	t        *text
	cur      label
	limit    label // next printed label behind these lines, none if there is none
	marked   bool  // the source marks its pages
	numbered int   // labels that the source prints
}

// cut makes the pages of lines [from, to), the first of them with label cur.
func (b *breaker) cut(from, to int) {
	t := b.t
	begin, reflowed := from, false
	add := func(end int) {
		if end > begin {
			t.pages = append(t.pages, page{label: b.cur, first: begin, end: end, reflowed: reflowed})
			begin = end
		}
	}
	for i := from; i < to; i++ {
		if l, ok := b.numberAt(i, from, to); ok {
			add(i)
			t.lines[i].role = furniture
			b.cur, reflowed = l, t.lines[i].cutOff
		}
	}
	add(to)
}

// numberAt reads the number of a page that begins at line i of lines [from, to).
func (b *breaker) numberAt(i, from, to int) (label, bool) {
	l := &b.t.lines[i]
	if l.role == furniture || b.cur.n == 0 || i == from {
		return label{}, false
	}
	if v, ok := standing(l.Text); ok {
		return v, l.cutOff || v.roman == b.cur.roman && v.upper == b.cur.upper && b.marked && b.follows(v)
	}
	words, v, ok := headed(l.Text)
	return v, ok && v.roman == b.cur.roman && b.mayFollow(v) && b.alone(i, to) &&
		isTitle(words) && len(strings.Fields(words)) > 2
}

// follows reports whether v can be the label of the next page: the very next,
// or one that is missing before the next printed label.
func (b *breaker) follows(v label) bool {
	if v.n == b.cur.n+1 {
		return b.limit.n == 0 || b.limit.roman != v.roman || v.n < b.limit.n || b.numbered <= 1
	}
	return v.n > b.cur.n && b.limit.n > 0 && b.limit.roman == v.roman && v.n < b.limit.n
}

// mayFollow reports whether v can be the label of the next page in a running
// head, whose words vouch for it: the marks of a page or two may be lost before it.
func (b *breaker) mayFollow(v label) bool {
	return b.follows(v) || b.limit.n == 0 && v.n > b.cur.n && v.n <= b.cur.n+3
}

// alone reports whether line i stands between blank lines, where there are any.
func (b *breaker) alone(i, to int) bool {
	if b.t.layout.dense {
		return true
	}
	return b.t.lines[i].gap > 0 && (i+1 >= to || b.t.lines[i+1].gap > 0)
}

// isTitle reports whether s is set as titles are: its longer words begin with
// capitals, three in four at least, and no stop ends it.
func isTitle(s string) bool {
	if s == "" || strings.ContainsAny(s[len(s)-1:], ".,;:!?-") {
		return false
	}
	long, capital := 0, 0
	for _, w := range strings.Fields(s) {
		w = strings.TrimLeft(w, `"'“‘([*_`)
		r := firstRune(w)
		if !unicode.IsLetter(r) || len(w) < 4 && unicode.IsLower(r) {
			continue
		}
		long++
		if unicode.IsUpper(r) {
			capital++
		}
	}
	return long > 0 && capital*4 >= long*3
}

func firstRune(s string) rune {
	for _, r := range s {
		return r
	}
	return 0
}
