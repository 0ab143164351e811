package tei

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"ibid/indexer/block"
)

// A stretch is text under way to a block.
type stretch struct {
	kind      block.Kind
	opening   bool // a dateline
	furniture bool // it becomes furniture
	label     string
	lines     []block.Line // finished lines; the one under way is in cur
	cur       []byte       // text of the line under way
	runsOn    bool         // the last character was no white space: the next goes on with its word
	size      int          // bytes
	notes     []pending    // notes called in it, in order
	names     []tagged
	dates     []tagged
	ends      []place // where cells and items end
}

// A place is a place in a stretch: before byte col of line, with the line under
// way counted. The zero place is the beginning.
type place struct {
	of        *stretch
	line, col int
}

// A pending note waits for the block that calls it.
type pending struct {
	block block.Block
	notes []pending // called in it
	at    place
	label string
}

// A tagged stretch of text: a name with its identifier, a date with its EDTF.
type tagged struct {
	from, to place
	value    string
}

func newStretch(kind block.Kind, label string) *stretch {
	return &stretch{kind: kind, label: label}
}

// top is the stretch that text goes to.
func (r *reader) top() *stretch { return r.stretches[len(r.stretches)-1] }

// here is the place behind the last word.
func (s *stretch) here() place {
	return place{of: s, line: max(len(s.lines)-1, 0), col: len(s.cur)}
}

// mark says what the stretch becomes, by an element that begins in it.
func (s *stretch) mark(e *element) {
	if s.size > 0 || s.kind == block.Footnote {
		return
	}
	if e.role == heading && !e.in("list", "table", "figure", "lg") {
		s.kind = block.Heading
	}
	s.opening = e.name == "dateline"
}

// gap is white space.
func (r *reader) gap() {
	r.top().runsOn = false
	r.capture(" ")
}

// text adds characters of the file to the stretch under way, each word on the
// line where it begins.
func (r *reader) text(s string) {
	if len(r.open) == 0 {
		return
	}
	r.capture(s)
	if r.inHeader(r.open[len(r.open)-1]) {
		return
	}
	last, _ := r.dec.InputPos()
	line, bol := r.line, -r.col
	for at := 0; at < len(s); {
		end := at
		for end < len(s) {
			c, size := utf8.DecodeRuneInString(s[end:])
			if unicode.IsSpace(c) {
				break
			}
			end += size
		}
		if end > at {
			r.word(s[at:end], line, at-bol)
		}
		for at = end; at < len(s); {
			c, size := utf8.DecodeRuneInString(s[at:])
			if !unicode.IsSpace(c) {
				break
			}
			at += size
			r.top().runsOn = false
			if c == '\n' {
				// A character reference may stand for a line end that the file has not.
				line, bol = min(line+1, last), at
			}
		}
	}
}

// word adds a word, or the rest of one, that begins at byte col of a line.
func (r *reader) word(w string, line, col int) {
	s := r.top()
	s.size += len(w) + 1
	if s.runsOn && len(s.lines) > 0 {
		s.cur = append(s.cur, w...)
		return
	}
	s.runsOn = true
	if k := len(s.lines) - 1; k >= 0 && s.lines[k].Number == line && s.lines[k].Page == r.page {
		s.cur = append(append(s.cur, ' '), w...)
		return
	}
	if line != r.number {
		r.number = line
		r.seq++
	}
	s.close()
	s.lines = append(s.lines, block.Line{Number: line, Seq: r.seq, Column: max(col, 0), Page: r.page})
	s.cur = append(s.cur, w...)
}

// close finishes the line under way.
func (s *stretch) close() {
	if k := len(s.lines) - 1; k >= 0 {
		s.lines[k].Text = strings.ToValidUTF8(string(s.cur), "\uFFFD")
		s.cur = s.cur[:0]
	}
}

// blockOf makes the block of a stretch that is closed and has lines.
func (r *reader) blockOf(s *stretch) block.Block {
	b := block.Block{Kind: s.kind, Section: r.section, Lines: s.lines, Opening: s.opening}
	b.Doc, b.Enclosed = r.document()
	for _, n := range s.names {
		b.Names = append(b.Names, block.Name{Stretch: stretchOf(b.Lines, n.from, n.to), ID: n.value})
	}
	for _, d := range s.dates {
		b.Dates = append(b.Dates, block.Date{Stretch: stretchOf(b.Lines, d.from, d.to), EDTF: d.value})
	}
	for _, e := range s.ends {
		b.Ends = append(b.Ends, block.End{Line: e.line, At: e.col})
	}
	return b
}

// endCell says that a cell of a table or an item of a list ends here.
func (s *stretch) endCell() {
	if s.size > 0 {
		s.ends = append(s.ends, s.here())
	}
}

// stretchOf turns two places into a stretch of lines, the white space and line
// end at its beginning left out.
func stretchOf(lines []block.Line, from, to place) block.Stretch {
	if from.col >= len(lines[from.line].Text) && from.line < to.line {
		from.line, from.col = from.line+1, 0
	}
	if text := lines[from.line].Text; from.col < len(text) && text[from.col] == ' ' {
		from.col++
	}
	return block.Stretch{Line: from.line, Start: from.col, EndLine: to.line, End: to.col}
}

// flush makes a block of the running text, with the notes called in it behind it.
func (r *reader) flush() {
	s := r.stretches[0]
	r.stretches[0] = newStretch(block.Paragraph, "")
	s.close()
	if len(s.lines) > 0 {
		r.last = len(r.out.Blocks)
		r.emit(pending{block: r.blockOf(s), notes: s.notes})
		return
	}
	for _, n := range s.notes {
		r.between(n)
	}
}

// emit adds a block and the notes called in it, and returns its index.
func (r *reader) emit(p pending) int {
	i := len(r.out.Blocks)
	r.out.Blocks = append(r.out.Blocks, p.block)
	for _, n := range p.notes {
		r.call(i, n, block.Span{Line: n.at.line, Start: n.at.col, End: n.at.col})
	}
	return i
}

// call adds note n, called at a place of block i.
func (r *reader) call(i int, n pending, at block.Span) {
	index := r.emit(n)
	b := &r.out.Blocks[i]
	b.Callers = append(b.Callers, block.Caller{Span: at, Note: index, Label: n.label})
}

// between adds a note that stands between two blocks: it is called at the end
// of the block before it in the same document, if there is one.
func (r *reader) between(n pending) {
	if r.last < 0 || r.out.Blocks[r.last].Doc != n.block.Doc {
		r.emit(n)
		return
	}
	lines := r.out.Blocks[r.last].Lines
	end := len(lines[len(lines)-1].Text)
	r.call(r.last, n, block.Span{Line: len(lines) - 1, Start: end, End: end})
}
