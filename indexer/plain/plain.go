// Package plain reads plain text, as optical character recognition leaves it,
// into blocks: it finds pages, running heads, headings, paragraphs, footnotes
// and the markers that call them. It decides where a line belongs; what its
// words say is left to indexer/ocr, what they name to indexer/annotate.
//
// Start at Read. It works in the order in which each step needs the ones before
// it: lines (lines.go), spacing and measure of the print (layout.go), pages and
// furniture (pages.go, sightings.go, labels.go, furniture.go), notes (markers.go, chain.go,
// notes.go, signs.go), callers (callers.go), headings (headings.go, bylines.go), paragraphs
// (paragraphs.go) and their order (assemble.go). Every rule is one about
// print, machine reading or scholarly English, and is stated where it stands.
package plain

import (
	"errors"

	"ibid/indexer/block"
)

// Options are what an editor knows of a source file. The zero value knows nothing.
type Options struct {
	// FirstPage is the printed label of the page on which the file begins, as
	// "203" or "xi". If it is "", labels are counted from the first page number
	// that the text prints; a text of several pages that prints none begins on
	// "1", and in a text without any page break pages have the label "".
	FirstPage string

	// Authors are the names of those who wrote the text, "Given Family". Lines
	// that name one under the title are no headings.
	Authors []string
}

// ErrEmpty says that a source holds no text.
var ErrEmpty = errors.New("the source holds no text: every line is blank")

// Read reads the text src into blocks. Every non-blank line is in exactly one
// block or in the furniture; a line whose end is a page number is divided
// between the two. Bytes that are not UTF-8 read as U+FFFD, NUL bytes as blanks.
// It returns ErrEmpty if there is no text, and an error if src is UTF-16 or
// opt.FirstPage is no page label. The time it takes is linear in len(src).
func Read(src []byte, opt Options) (*block.Source, error) {
	lines, count, err := split(src)
	if err != nil {
		return nil, err
	}
	if len(lines) == 0 {
		return nil, ErrEmpty
	}
	first, err := parseFirstPage(opt.FirstPage)
	if err != nil {
		return nil, err
	}
	t := &text{lines: lines, authors: opt.Authors}
	t.measure()
	t.paginate(first)
	t.findFurniture()
	t.findNotes()
	t.findCallers()
	t.findHeadings()
	t.findParagraphs()
	out := t.assemble()
	out.LineCount = count
	return out, nil
}

// A role says what a line is part of.
type role uint8

const (
	body role = iota // a paragraph or heading
	note             // a footnote
	furniture
)

// A line is a printed line and what the steps find out about it.
type line struct {
	block.Line
	gap     int  // blank lines between it and the line before
	feeds   int  // form feeds between it and the line before
	indent  int  // white space before its text, in bytes
	size    int  // bytes of its text in the file, which bytes that are not UTF-8 make differ from len(Text)
	page    int  // index into text.pages
	role    role // what it is part of
	heading int  // body: index into text.headings plus one, 0 if it is part of none
	behind  bool // it stands behind a heading for notes
	cutOff  bool // a page number that was cut off the end of a line
	width   int  // natural width of its text, see width
}

// A text is a source under reading.
type text struct {
	lines    []line
	pages    []page
	notes    []footnote
	calls    []call // by position
	headings []heading
	pars     []par // headings and paragraphs, in order
	layout   layout
	authors  []string // Options.Authors
}

// A page is a stretch of lines, [first, end).
type page struct {
	label      label
	first, end int
	reflowed   bool // its number was found inside a line: it was set anew, with the notes of the page before behind it
	spaced     bool // blank lines stand between the lines of a paragraph, and mean nothing
}
