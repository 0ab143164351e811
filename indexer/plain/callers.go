package plain

import "slices"

// findCallers finds for each note the place in the body that calls it. Numbered
// notes and their callers both stand in order, so they are matched as two
// sequences: of all ways to pair them in order the one is taken that has most
// pairs that read as the number of the note, the least misread first. A garbled
// number between two that are matched goes to the note between them.
func (t *text) findCallers() {
	t.calls = slices.DeleteFunc(t.calls, func(k call) bool { return t.lines[k.line].role != body })
	t.matchNumbers()
	t.matchRest()
	t.matchSigns()
	t.keepCalls()
}

// maxPairs bounds the pairs looked at, and so the memory they take, to some 100 MB.
const maxPairs = 2_000_000

// A pair is a note and a place that may call it.
type pair struct {
	note, call int
	worth      float64
	sum        float64 // of the best row of pairs that ends here
	before     int     // index of the pair before it in that row, -1 if none
}

// matchNumbers pairs notes and callers whose token reads as the note's number.
func (t *text) matchNumbers() {
	byNumber := map[int][]int{}
	for i := range t.calls {
		k := &t.calls[i]
		n := decode(k.token)
		if n > 0 {
			byNumber[n] = append(byNumber[n], i)
		}
		if k.style == absorbed {
			if short := decode(k.token[:len(k.token)-1]); short > 0 && short != n {
				byNumber[short] = append(byNumber[short], i)
			}
		}
	}
	// Numbers that are used over and over, as in a book whose chapters begin anew,
	// make many pairs: of a number the callers next before the note are enough.
	most := max(64, maxPairs/max(len(t.notes), 1))
	var pairs []pair
	for n := range t.notes {
		f := &t.notes[n]
		if f.sign != "" {
			continue
		}
		list := byNumber[f.number]
		to, _ := slices.BinarySearchFunc(list, f.first, func(c, first int) int { return t.calls[c].line - first })
		from := max(0, to-most)
		for _, c := range list[from:to] {
			if w := t.worth(f, &t.calls[c]); w > 0 {
				pairs = append(pairs, pair{note: n, call: c, worth: w})
			}
		}
	}
	for _, p := range bestPairs(pairs, len(t.calls)) {
		t.tie(p.note, p.call)
	}
}

// tie makes call c the caller of note n.
func (t *text) tie(n, c int) {
	t.notes[n].caller, t.calls[c].note = c, n
	k := &t.calls[c]
	if k.style == absorbed {
		k.end = k.start + len(k.token)
	}
}

// worth returns what it is worth to pair a note with a caller, 0 or less if it
// should not be: less for misread figures, a doubtful place, another style than
// the note's, and a page before the note's.
func (t *text) worth(f *footnote, k *call) float64 {
	token := k.token
	if k.style == absorbed && cost(token, f.number) >= impossible {
		token = token[:len(token)-1]
	}
	w := 4 - cost(token, f.number) - k.doubt - styleGap[f.style][k.style]
	if f.inEnd {
		return w
	}
	switch t.lines[f.first].page - t.lines[k.line].page {
	case 0:
		return w
	case 1:
		return w - 0.7
	case 2:
		return w - 1.5
	}
	return 0
}

// styleGap says how ill a style of callers goes with a style of notes: rows are
// styles of notes, columns of callers. Notes labelled "12 " or "12." are called by
// raised figures, which machines read as bare ones.
var styleGap = [styles][styles + 1]float64{
	paren:   {paren: 0, bracket: 1.5, round: 1.5, dot: 9, bare: 0.8, absorbed: 0.3},
	bracket: {paren: 1.5, bracket: 0, round: 1.5, dot: 9, bare: 1.5, absorbed: 2},
	round:   {paren: 1, bracket: 1, round: 0, dot: 9, bare: 0.5, absorbed: 2},
	dot:     {paren: 0.5, bracket: 0.3, round: 0.5, dot: 9, bare: 0, absorbed: 0.8},
	bare:    {paren: 0.8, bracket: 0.8, round: 0.8, dot: 9, bare: 0, absorbed: 0.8},
}

// bestPairs returns the pairs, in order of notes and of calls at once, that are
// worth most together. pairs are by note. It takes n log n steps: best keeps the
// best row up to each call in a Fenwick tree.
func bestPairs(pairs []pair, calls int) []pair {
	best := make([]int, calls+1) // index of a pair plus one
	find := func(call int) int {
		top := -1
		for ; call > 0; call -= call & -call {
			if p := best[call] - 1; p >= 0 && (top < 0 || pairs[p].sum > pairs[top].sum) {
				top = p
			}
		}
		return top
	}
	for i := 0; i < len(pairs); {
		j := i
		for ; j < len(pairs) && pairs[j].note == pairs[i].note; j++ {
			p := &pairs[j]
			p.sum = p.worth
			if p.before = find(p.call); p.before >= 0 {
				p.sum += pairs[p.before].sum
			}
		}
		for ; i < j; i++ {
			for c := pairs[i].call + 1; c <= calls; c += c & -c {
				if best[c] == 0 || pairs[best[c]-1].sum < pairs[i].sum {
					best[c] = i + 1
				}
			}
		}
	}
	var row []pair
	for p := find(calls); p >= 0; p = pairs[p].before {
		row = append(row, pairs[p])
	}
	slices.Reverse(row)
	return row
}

// matchRest gives the notes that are left the best garbled number between the
// callers of their neighbours, on the pages that may call them.
func (t *text) matchRest() {
	const reach = 300 // calls looked at for one note
	lo := 0           // behind the caller of the note before
	next := t.nextCallers()
	for n := range t.notes {
		f := &t.notes[n]
		if f.sign != "" {
			continue
		}
		if f.caller >= 0 {
			lo = f.caller + 1
			continue
		}
		hi := next[n]
		best, bestWorth := -1, 0.8
		for c := lo; c < min(hi, lo+reach); c++ {
			if t.calls[c].line > f.first {
				break
			}
			if w := t.worth(f, &t.calls[c]); w > bestWorth {
				best, bestWorth = c, w
			}
		}
		if best >= 0 {
			t.tie(n, best)
			lo = best + 1
		}
	}
}

// nextCallers returns for each note the caller of the next that has one, or the
// end of the calls.
func (t *text) nextCallers() []int {
	next := make([]int, len(t.notes))
	c := len(t.calls)
	for n := len(t.notes) - 1; n >= 0; n-- {
		next[n] = c
		if t.notes[n].sign == "" && t.notes[n].caller >= 0 {
			c = t.notes[n].caller
		}
	}
	return next
}

// matchSigns ties notes with signs to the first place above them on their page
// that has the sign and calls no other note.
func (t *text) matchSigns() {
	type key struct {
		page int
		sign string
	}
	type place struct{ line, at int }
	next := map[key]place{} // where to look on
	for n := range t.notes {
		f := &t.notes[n]
		if f.sign == "" {
			continue
		}
		k := key{t.lines[f.first].page, f.sign}
		from, ok := next[k]
		if !ok {
			from.line = t.pages[k.page].first
		}
		for ; from.line < f.first; from = (place{line: from.line + 1}) {
			l := &t.lines[from.line]
			if l.role != body {
				continue
			}
			if at := signAt(l.Text, f.sign, from.at); at >= 0 {
				from.at = at + len(f.sign)
				t.calls = append(t.calls, call{line: from.line, start: at, end: from.at, note: n})
				f.caller = len(t.calls) - 1
				break
			}
		}
		next[k] = from
	}
}

// keepCalls drops the places that call nothing and brings the others in order.
func (t *text) keepCalls() {
	t.calls = slices.DeleteFunc(t.calls, func(k call) bool { return k.token != "" && k.note < 0 })
	slices.SortFunc(t.calls, func(a, b call) int {
		if a.line != b.line {
			return a.line - b.line
		}
		return a.start - b.start
	})
	for c := range t.calls {
		t.notes[t.calls[c].note].caller = c
	}
}
