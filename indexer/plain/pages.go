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
	if len(starts) == 1 && starts[0].step == 0 {
		starts, seen = t.numbered(first)
	}
	if len(starts) == 1 {
		starts = t.unmarked(starts)
	}
	if len(seen) < len(starts) {
		seen = t.observe(starts, first)
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
		return starts[:1]
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

// divided returns the parts of l before and from byte at; behind it stand figures only.
func (l line) divided(at int) (line, line) {
	rest := l
	rest.size = len(l.Text) - at
	rest.Text, rest.Column, rest.gap, rest.feeds, rest.indent = l.Text[at:], l.Column+l.size-rest.size, 0, 0, 0
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
