package markdown

import (
	"regexp"
	"sort"
	"strconv"
	"strings"

	"ibid/indexer/block"
)

// A footnote is a note of a file.
type footnote struct {
	par   int      // index into text.pars
	label string   // "12", "^a"
	also  []string // further labels: "11 & 12 Not printed."
	lines []line
	block block.Block
}

// numberedNote is the beginning of a note at the end of a file: its number, then
// its text. The number of a numbered paragraph has a stop; that of a note may
// have one where only notes can stand (see set).
var (
	numberedNote = regexp.MustCompile(`^(\d{1,4})((?:, ?\d{1,4})*(?: ?(?:&|and) ?\d{1,4}))?(?:\s+|\p{Lu})\S?`)
	stoppedNote  = regexp.MustCompile(`^(\d{1,4})\.\s*\S`)
)

// maxGap is how many numbers a chain of notes may leave out: notes that a
// harvester lost.
const maxGap = 3

// findNotes finds the notes: those with a label of their own, "[^a]: Note", and
// sets of numbered ones, "1 Note", behind the text that calls them. A document
// with enclosures may have a set behind each. What stands between two notes of
// a set goes on with the first of them; a heading, a reference in brackets to
// the archive, and what stands behind a rule do not.
func (t *text) findNotes() {
	for i := range t.pars {
		if t.pars[i].label == "" {
			continue
		}
		t.pars[i].note = true
		for k := i + 1; k < len(t.pars) && t.pars[k].deep && t.pars[k].label == ""; k++ {
			t.pars[k].more = true
		}
	}
	t.markers = t.markersOf()
	if !t.findSets(false) {
		// A harvester may have put the end of the text behind the notes.
		t.findSets(true)
	}
}

// findSets goes through the text for sets of numbered notes. The first number
// of a set must be called since the set before, or anywhere if so told.
func (t *text) findSets(moved bool) (found bool) {
	since := 0
	for i := 0; i < len(t.pars); i++ {
		set := t.set(i, since, moved)
		if set == nil {
			continue
		}
		first, _ := t.noteNumber(i)
		for k := i + 1; k <= set[len(set)-1]; k++ {
			if n, _ := t.noteNumber(k); n == 0 || n > first {
				continue
			}
			if other := t.set(k, since, moved); len(other) >= len(set) {
				set = other // what began before it is a numbered or misread paragraph
			}
		}
		t.takeSet(set)
		found = true
		since = set[len(set)-1] + 1
		i = since - 1
	}
	return found
}

// set returns the notes of a set that begins at paragraph i, nil if none does.
func (t *text) set(i, since int, moved bool) []int {
	first, last := t.noteNumber(i)
	if first == 0 && t.pars[i].behindRule && t.called(1, since, i) && t.stopped(i) == 1 {
		first, last = 1, 1
	}
	if first == 0 || len(t.markers[first]) == 0 || !moved && !t.called(first, since, i) && !(first == 1 && t.closed(i)) {
		return nil
	}
	set := []int{i}
	for k := i + 1; k < len(t.pars) && !t.pars[k].heading; k++ {
		n, end := t.noteNumber(k)
		if n == 0 && k == set[len(set)-1]+1 && t.stopped(k) == last+1 && t.called(last+1, since, i) {
			n, end = last+1, last+1 // right behind a note, and called before the first
		}
		if n > last && n <= last+1+maxGap && len(t.markers[n]) > 0 {
			set, last = append(set, k), end
		} else if n > 0 && n <= last && t.called(n, set[len(set)-1]+1, k) {
			break // the next set, behind text that calls it
		}
	}
	if first > maxGap && len(set) < 3 {
		return nil
	}
	return set
}

// closed tells whether the text before paragraph i has come to an end: by a rule
// or a reference to the archive.
func (t *text) closed(i int) bool {
	return t.pars[i].behindRule || i > 0 && archiveReference.MatchString(t.pars[i-1].plain())
}

// takeSet makes notes of the paragraphs of a set and of what goes on with them.
func (t *text) takeSet(set []int) {
	for k, i := range set {
		p := &t.pars[i]
		n, last := t.noteNumber(i)
		if n == 0 {
			n = t.stopped(i)
			last = n
		}
		p.note, p.label, p.lastNumber = true, strconv.Itoa(n), last
		if k+1 < len(set) {
			t.goOn(i+1, set[k+1])
		} else {
			t.goOn(i+1, len(t.pars))
		}
	}
}

// goOn marks the paragraphs from first to end, not included, that go on with
// the note before them. Behind the last note of a set, where text may follow,
// that is only what comes before the first paragraph that calls a note.
func (t *text) goOn(first, end int) {
	last := end == len(t.pars)
	for i := first; i < end; i++ {
		p := &t.pars[i]
		if p.heading || p.note || last && t.calls(i) || p.behindRule || strings.HasPrefix(p.plain(), "[") {
			return
		}
		p.more = true
	}
}

// markersOf gives, for each number that markers have, the paragraphs they stand in, rising.
func (t *text) markersOf() map[int][]int {
	at := map[int][]int{}
	for i, p := range t.pars {
		for _, l := range p.lines {
			for _, m := range l.markers {
				if n, err := strconv.Atoi(m.label); err == nil {
					at[n] = append(at[n], i)
				}
			}
		}
	}
	return at
}

// called tells whether a marker of number n stands in paragraphs [first, end).
func (t *text) called(n, first, end int) bool {
	k := sort.SearchInts(t.markers[n], first)
	return k < len(t.markers[n]) && t.markers[n][k] < end
}

// calls tells whether paragraph i has a marker with a number.
func (t *text) calls(i int) bool {
	for _, l := range t.pars[i].lines {
		for _, m := range l.markers {
			if digits(m.label) == len(m.label) {
				return true
			}
		}
	}
	return false
}

// noteNumber is the number that paragraph i begins with as a note does, 0 if it
// is none, and the last number, which is another for "11 & 12 Not printed."
func (t *text) noteNumber(i int) (first, last int) {
	p := &t.pars[i]
	if p.heading || p.label != "" {
		return 0, 0
	}
	m := numberedNote.FindStringSubmatch(p.lines[0].Text)
	if m == nil {
		return 0, 0
	}
	first, _ = strconv.Atoi(m[1])
	last = first
	for _, s := range number.FindAllString(m[2], -1) {
		if n, _ := strconv.Atoi(s); n == last+1 {
			last = n
		}
	}
	return first, last
}

// stopped is the number with a stop that paragraph i begins with, 0 if it has none.
func (t *text) stopped(i int) int {
	p := &t.pars[i]
	m := stoppedNote.FindStringSubmatch(p.lines[0].Text)
	if p.heading || p.label != "" || m == nil {
		return 0
	}
	n, _ := strconv.Atoi(m[1])
	return n
}

var number = regexp.MustCompile(`\d+`)

// noteBlocks makes the notes of a file.
func (t *text) noteBlocks() []footnote {
	var notes []footnote
	for i := range t.pars {
		p := &t.pars[i]
		switch {
		case p.note:
			notes = append(notes, t.footnote(i))
			fallthrough
		case p.more:
			n := &notes[len(notes)-1]
			n.lines = append(n.lines, p.lines...)
		}
	}
	for i := range notes {
		notes[i].block = t.noteBlock(&notes[i])
	}
	return notes
}

// footnote begins the note of paragraph i.
func (t *text) footnote(i int) footnote {
	f := footnote{par: i, label: t.pars[i].label}
	if strings.HasPrefix(f.label, "^") {
		return f
	}
	first, _ := strconv.Atoi(f.label)
	for n := first + 1; n <= t.pars[i].lastNumber; n++ {
		f.also = append(f.also, strconv.Itoa(n))
	}
	return f
}

func (t *text) noteBlock(n *footnote) block.Block {
	b := block.Block{Kind: block.Footnote, Section: t.section, Doc: t.doc}
	for _, l := range n.lines {
		b.Lines = append(b.Lines, l.Line)
	}
	b.Number, _ = strconv.Atoi(strings.TrimPrefix(n.label, "^"))
	if !strings.HasPrefix(n.label, "^") {
		b.Label = labelOf(b.Lines[0].Text, n)
	}
	return b
}

// labelOf is where the label of a numbered note stands in its first line, its stop included.
func labelOf(first string, n *footnote) block.Span {
	if m := stoppedNote.FindStringSubmatch(first); m != nil {
		return block.Span{End: len(m[1]) + len(".")}
	}
	if m := numberedNote.FindStringSubmatch(first); m != nil && len(n.also) > 0 {
		return block.Span{End: len(m[1]) + len(m[2])}
	}
	return block.Span{End: len(n.label)}
}

// An index finds the notes of a label.
type index map[string][]int // label -> indexes of notes, rising

func indexOf(notes []footnote) index {
	x := index{}
	for i := range notes {
		for _, label := range append([]string{notes[i].label}, notes[i].also...) {
			x[label] = append(x[label], i)
		}
	}
	return x
}

// find returns the index of the note that a marker in paragraph par calls: the
// next with its label, else the last one before; -1 if there is none.
func (x index) find(notes []footnote, label string, par int) int {
	list := x[label]
	if len(list) == 0 {
		return -1
	}
	k := sort.Search(len(list), func(k int) bool { return notes[list[k]].par > par })
	return list[min(k, len(list)-1)]
}
