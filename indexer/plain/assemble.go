package plain

import "ibid/indexer/block"

// assemble puts the blocks in reading order: headings and paragraphs as they are
// printed, each note behind the block that calls it, a note that is not called
// behind the block or note above it.
func (t *text) assemble() *block.Source {
	a := assembler{t: t, out: &block.Source{}, where: make([]int, len(t.notes))}
	a.parOf = make([]int, len(t.lines))
	for k, p := range t.pars {
		for _, i := range p.lines {
			a.parOf[i] = k
		}
	}
	behind := a.placeNotes()
	for _, n := range behind[0] {
		a.addNote(n, "")
	}
	section := ""
	for k := range t.pars {
		if h := t.pars[k].heading; h > 0 && t.headings[h-1].label != "" {
			section = t.headings[h-1].label
		}
		a.addPar(k, section)
		for _, n := range behind[k+1] {
			a.addNote(n, section)
		}
	}
	a.resolve()
	for i := range t.lines {
		if t.lines[i].role == furniture {
			a.out.Furniture = append(a.out.Furniture, t.lines[i].Line)
		}
	}
	return a.out
}

// An assembler makes the blocks of a text.
type assembler struct {
	t     *text
	out   *block.Source
	parOf []int // line -> index into text.pars, for body lines
	where []int // note -> index into out.Blocks
}

// placeNotes returns the notes that follow each par, in order; element 0 holds
// those that stand above the first par.
func (a *assembler) placeNotes() [][]int {
	t := a.t
	behind := make([][]int, len(t.pars)+1)
	above := -1 // the last par that begins above the note
	line := 0
	for n := range t.notes {
		f := &t.notes[n]
		for ; line < f.first; line++ {
			if t.lines[line].role == body {
				above = a.parOf[line]
			}
		}
		k := above
		if f.caller >= 0 {
			k = a.parOf[t.calls[f.caller].line]
		}
		behind[k+1] = append(behind[k+1], n)
	}
	return behind
}

// addPar adds the block of par k.
func (a *assembler) addPar(k int, section string) {
	p := &a.t.pars[k]
	b := block.Block{Kind: block.Paragraph, Section: section, Lines: a.printed(p.lines)}
	if p.heading > 0 {
		b.Kind = block.Heading
	}
	a.out.Blocks = append(a.out.Blocks, b)
	for i := range p.lines {
		a.addCallers(p.lines[i], i)
	}
}

// addCallers adds the callers on a line, which is line at of the last block.
// Their notes are indexes into text.notes until resolve.
func (a *assembler) addCallers(line, at int) {
	b := &a.out.Blocks[len(a.out.Blocks)-1]
	calls := a.t.callsOn(line)
	for _, k := range calls {
		b.Callers = append(b.Callers, block.Caller{Span: block.Span{Line: at, Start: k.start, End: k.end}, Note: k.note})
	}
}

// callsOn returns the calls on a line.
func (t *text) callsOn(line int) []call {
	lo, hi := 0, len(t.calls)
	for lo < hi {
		mid := (lo + hi) / 2
		if t.calls[mid].line < line {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	end := lo
	for end < len(t.calls) && t.calls[end].line == line {
		end++
	}
	return t.calls[lo:end]
}

// addNote adds the block of note n. Where the print was set anew (see
// divide) the notes of several pages stand together behind the last of them:
// there a note is on the page of its caller.
func (a *assembler) addNote(n int, section string) {
	t := a.t
	f := &t.notes[n]
	b := block.Block{
		Kind: block.Footnote, Section: section, Number: f.number,
		Lines: a.printed(f.lines), Label: block.Span{End: f.label},
	}
	page := t.lines[f.first].page
	if f.caller >= 0 && !f.inEnd && t.pages[page].reflowed {
		for i := range b.Lines {
			b.Lines[i].Page = t.lines[t.calls[f.caller].line].Page
		}
	}
	a.where[n] = len(a.out.Blocks)
	a.out.Blocks = append(a.out.Blocks, b)
}

// printed returns the lines of a block.
func (a *assembler) printed(lines []int) []block.Line {
	out := make([]block.Line, len(lines))
	for i, l := range lines {
		out[i] = a.t.lines[l].Line
	}
	return out
}

// resolve points callers to the blocks of their notes.
func (a *assembler) resolve() {
	for i := range a.out.Blocks {
		for c := range a.out.Blocks[i].Callers {
			k := &a.out.Blocks[i].Callers[c]
			k.Note = a.where[k.Note]
		}
	}
}
