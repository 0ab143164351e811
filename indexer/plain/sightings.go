package plain

import "strings"

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
	if a.page == b.page && (a.line >= 0 || a.label != b.label) {
		return 0, false
	}
	if a.label.roman && !b.label.roman {
		return 0.8, restarts(a.label, b.label)
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

// restarts reports whether the arabic label b may follow the roman label a: the
// text begins anew after its preface, or the numbers run on.
func restarts(a, b label) bool {
	return b.n <= 5 || b.n > a.n && b.n <= a.n+5
}

// numbered finds the pages of a source that marks none by the lines that hold
// nothing but a page number, or a running head with one: by the row of growing
// numbers, three at least or two that go with the label of the first page, that fits best. A number on the
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
			all = append(all, sighting{page: i, at: len(all), label: l, line: i, weight: 1})
		} else if l, ok := t.runningHead(i); ok && l.upper == first.upper {
			all = append(all, sighting{page: i, at: len(all), label: l, line: i, weight: 0.6})
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

// runningHead reads the page number of a running head: line i stands between
// blank lines, or between notes and a blank line, and its words are set as titles are.
func (t *text) runningHead(i int) (label, bool) {
	words, l, ok := headed(t.lines[i].Text)
	below := i+1 < len(t.lines) && t.lines[i+1].gap > 0
	return l, ok && (below || t.layout.dense) && isTitle(words) && len(strings.Fields(words)) > 1
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
		return 0.8, restarts(a.label, b.label)
	}
	jump := b.label.n - a.label.n - 1
	if a.label.roman != b.label.roman || jump < 0 || jump > 20 {
		return 0, false
	}
	return 0.3 * float64(jump), true
}
