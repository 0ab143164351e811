package markdown

import (
	"regexp"
	"strings"

	"ibid/indexer/block"
)

// A text is a file under reading.
type text struct {
	file    *file
	doc     *block.Document
	section string
	pars    []par
	markers map[int][]int // number -> paragraphs with a marker of it
}

// A par is a heading, paragraph, list item or note.
type par struct {
	heading    bool
	item       bool // a list item
	lines      []line
	note       bool   // a note begins with it
	more       bool   // it continues the note before it
	label      string // of a note "[^a]: ..."
	lastNumber int    // of a note "11 & 12 ..."
	behindRule bool   // a rule stands before it
	deep       bool   // indented as what goes on with a note or item is
}

// A line is a line of text without its markup.
type line struct {
	block.Line
	markers []marker
}

var (
	rule       = regexp.MustCompile(`^\s*(?:[-_*=]\s*)+$`)
	joinedRule = regexp.MustCompile(`^\s*_\d[^_]*$`) // a rule that has run into the note behind it
	tableRule  = regexp.MustCompile(`^\s*\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)+\|?\s*$`)
	underline  = regexp.MustCompile(`^\s{0,3}(=+|-{3,})\s*$`)
	hashes     = regexp.MustCompile(`^\s{0,3}#{1,6}(\s+|$)`)
	closing    = regexp.MustCompile(`\s+#+\s*$`)
	bullet     = regexp.MustCompile(`^\s*[*+-]\s+`)
	numbered   = regexp.MustCompile(`^\s*\d{1,3}[.)]\s+`)
	quoted     = regexp.MustCompile(`^\s{0,3}(?:>\s?)+`)
	fence      = regexp.MustCompile("^\\s{0,3}(?:```|~~~)")
	definition = regexp.MustCompile(`^\s{0,3}\[([^\]\^][^\]]*)\]:\s*<?\S+>?(\s+"[^"]*")?\s*$`)
	noteStart  = regexp.MustCompile(`^\s{0,3}\[\^([^\]\s]{1,32})\]:\s*`)
)

// read makes the blocks of a file.
func (t *text) read(r *reader) {
	t.title(r)
	t.paragraphs(r)
	if t.doc != nil {
		t.describe()
	}
	t.findNotes()
	t.assemble(r)
}

// title makes a heading of the title in the front matter. A title that the text
// gives itself (no key for it) is a heading there.
func (t *text) title(r *reader) {
	title := t.file.front.values["title"]
	if title == "" || t.doc == nil {
		return
	}
	l := line{Line: block.Line{Number: t.file.front.lines["title"], Seq: r.seq, Column: 0}}
	l.Text, l.markers = title, titleMarkers(title)
	t.pars = append(t.pars, par{heading: true, lines: []line{l}})
	r.seq += 2
}

// titleMarkers finds the marker of a note at the end of a title, which is no
// Markdown.
func titleMarkers(title string) []marker {
	at := endMarker.FindStringIndex(title)
	if at == nil {
		return nil
	}
	start := strings.LastIndexByte(title, '[')
	return []marker{{start: start, end: at[1], label: title[start+1 : at[1]-1]}}
}

// paragraphs takes the lines into paragraphs, and rules into the furniture.
func (t *text) paragraphs(r *reader) {
	open, code, ruled := false, false, false // the last paragraph goes on; inside a fence; behind a rule
	for i := t.file.first; i < len(t.file.lines); i++ {
		raw := t.file.lines[i]
		if strings.TrimSpace(raw) == "" {
			open = false
			continue
		}
		l := line{Line: block.Line{Number: i + 1, Seq: r.seq, Column: columnOf(raw), Text: strings.TrimSpace(raw)}}
		r.seq++
		switch {
		case fence.MatchString(raw):
			code, open = !code, false
			r.out.Furniture = append(r.out.Furniture, l.Line)
			continue
		case code:
			t.add(par{}, l, open)
			open = true
			continue
		case open && underline.MatchString(raw) && t.single():
			t.pars[len(t.pars)-1].heading = true
			r.out.Furniture = append(r.out.Furniture, l.Line)
			open = false
			continue
		case rule.MatchString(raw), tableRule.MatchString(raw), definition.MatchString(raw):
			r.out.Furniture = append(r.out.Furniture, l.Line)
			open = open && tableRule.MatchString(raw)
			ruled = !open
			continue
		}
		p, body, begins := start(raw)
		p.deep = strings.HasPrefix(raw, "    ") || strings.HasPrefix(raw, "\t")
		l.Text, l.markers = inline(body)
		if l.Text == "" {
			l.Text, l.markers = strings.TrimSpace(raw), nil
			r.out.Furniture = append(r.out.Furniture, l.Line)
			continue
		}
		p.behindRule, ruled = ruled || joinedRule.MatchString(raw), false
		t.add(p, l, open && !begins)
		open = !p.heading
	}
}

// single tells whether the last paragraph is one plain line: what "---" or
// "===" under it makes a heading.
func (t *text) single() bool {
	p := t.pars[len(t.pars)-1]
	return len(p.lines) == 1 && !p.item && p.label == ""
}

// start reads how a line begins: what paragraph it begins, if it begins one,
// and the rest of it. The number of a list item is printed and stays.
func start(raw string) (p par, body string, begins bool) {
	if m := noteStart.FindStringSubmatch(raw); m != nil {
		return par{label: "^" + m[1]}, raw[len(m[0]):], true
	}
	raw = raw[len(quoted.FindString(raw)):]
	switch {
	case hashes.MatchString(raw):
		body = closing.ReplaceAllString(raw[len(hashes.FindString(raw)):], "")
		return par{heading: true}, body, true
	case bullet.MatchString(raw):
		return par{item: true}, raw[len(bullet.FindString(raw)):], true
	case numbered.MatchString(raw):
		return par{item: true}, raw, true
	}
	return par{}, raw, false
}

// add adds a line to the last paragraph or as a new one.
func (t *text) add(p par, l line, goesOn bool) {
	if k := len(t.pars) - 1; goesOn && k >= 0 {
		t.pars[k].lines = append(t.pars[k].lines, l)
		return
	}
	p.lines = []line{l}
	t.pars = append(t.pars, p)
}

// archiveReference is a paragraph that is nothing but a reference in brackets
// to an archive: letters, a colon or comma, numbers.
var archiveReference = regexp.MustCompile(`^\[[A-Z][^\[\]]*[:,][^\[\]]*\d[^\[\]]*\]\.?$`)

// describe fills in what the front matter does not tell of a document and the
// text does: its title, if it begins with a heading, and its archive, if it
// ends or begins with a reference.
func (t *text) describe() {
	if t.doc.Title == "" && len(t.pars) > 0 && t.pars[0].heading {
		t.doc.Title = t.pars[0].plain()
		if t.doc.From == "" && t.doc.To == "" {
			t.doc.From, t.doc.To = block.Correspondents(t.doc.Title, t.doc.Number)
		}
	}
	if t.doc.Archive != "" {
		return
	}
	for i := range t.pars {
		if s := t.pars[i].plain(); archiveReference.MatchString(s) {
			t.doc.Archive = s
		}
	}
}

// plain is the text of a paragraph on one line.
func (p *par) plain() string {
	var parts []string
	for _, l := range p.lines {
		parts = append(parts, l.Text)
	}
	return strings.Join(parts, " ")
}

// short is how long a list may grow before its next item begins a block of its
// own: items of a few words are one passage, items that are paragraphs several.
const short = 400 // bytes

// A call is a marker in a block and the note that it calls.
type call struct {
	block, note int // index into Source.Blocks, into the notes of the file
	at          block.Span
}

// assemble adds the blocks of the paragraphs, each followed by the notes that
// it calls first, and ties the callers to them.
func (t *text) assemble(r *reader) {
	notes := t.noteBlocks()
	labels := indexOf(notes)
	placed := make([]int, len(notes)) // index into Blocks, -1 before
	for n := range placed {
		placed[n] = -1
	}
	place := func(n int, section string) {
		if placed[n] < 0 {
			placed[n] = len(r.out.Blocks)
			notes[n].block.Section = section
			r.out.Blocks = append(r.out.Blocks, notes[n].block)
		}
	}
	var calls []call
	for i := 0; i < len(t.pars); {
		if t.pars[i].note || t.pars[i].more {
			i++
			continue
		}
		first := i
		var lines []line
		lines, i = t.gather(i)
		b := t.block(&t.pars[first], lines)
		r.out.Blocks = append(r.out.Blocks, b)
		found := labels.callsIn(lines, notes, first, len(r.out.Blocks)-1)
		for _, c := range found {
			place(c.note, b.Section)
		}
		calls = append(calls, found...)
	}
	for n := range notes {
		place(n, t.section)
	}
	calls = append(calls, labels.callsInNotes(notes, placed)...)
	for _, c := range calls {
		b := &r.out.Blocks[c.block]
		b.Callers = append(b.Callers, block.Caller{Span: c.at, Note: placed[c.note]})
	}
}

// gather returns the lines of the block that paragraph i begins, and the
// paragraph behind it: short items of a list make one block.
func (t *text) gather(i int) ([]line, int) {
	p := &t.pars[i]
	lines, size := p.lines, len(p.plain())
	for i++; p.item && i < len(t.pars) && size < short; i++ {
		next := &t.pars[i]
		if !next.item || next.note || next.more || len(next.plain()) >= short {
			break
		}
		lines, size = append(lines[:len(lines):len(lines)], next.lines...), size+len(next.plain())
	}
	return lines, i
}

// callsIn returns the calls in the lines of block b, which begins with paragraph par.
func (x index) callsIn(lines []line, notes []footnote, par, b int) []call {
	var calls []call
	for n, l := range lines {
		for _, m := range l.markers {
			if note := x.find(notes, m.label, par); note >= 0 {
				calls = append(calls, call{b, note, block.Span{Line: n, Start: m.start, End: m.end}})
			}
		}
	}
	return calls
}

// callsInNotes returns the calls of notes in notes that stand before them, by
// markers that are surely such.
func (x index) callsInNotes(notes []footnote, placed []int) []call {
	var calls []call
	for n := range notes {
		for _, c := range x.callsIn(notes[n].lines, notes, notes[n].par, placed[n]) {
			if strings.HasPrefix(notes[c.note].label, "^") && placed[c.note] > placed[n] {
				calls = append(calls, c)
			}
		}
	}
	return calls
}

// block makes a heading or paragraph.
func (t *text) block(p *par, lines []line) block.Block {
	b := block.Block{Kind: block.Paragraph, Doc: t.doc}
	for _, l := range lines {
		b.Lines = append(b.Lines, l.Line)
	}
	if p.heading {
		b.Kind = block.Heading
		if t.doc == nil {
			t.section = sectionLabel(p.plain())
		}
	}
	b.Section = t.section
	return b
}

// sectionLabel is the label of a section by its heading: its number where it
// has one ("II. After Munich"), else the heading, cut at 80 bytes.
func sectionLabel(head string) string {
	first, rest, _ := strings.Cut(head, " ")
	number, stopped := strings.CutSuffix(first, ".")
	if stopped && rest != "" && number != "" && strings.Trim(number, "IVXLCDM") == "" {
		return number
	}
	if len(head) <= 80 {
		return head
	}
	return strings.ToValidUTF8(head[:80], "")
}
