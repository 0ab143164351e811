// Package block holds what every reader of a source format makes: blocks of
// printed lines in reading order, with pages, notes and the places that call
// them. Readers (indexer/plain, indexer/tei, indexer/markdown) fill it; the
// reading of the words is the next step (indexer/ocr).
package block

// A Kind says what a block is.
type Kind int

// The kinds of block.
const (
	Heading Kind = iota
	Paragraph
	Footnote
)

// A Line is one line of a source file, or the part of one that belongs to a block.
type Line struct {
	Number int    // 1-based line of the source file
	Seq    int    // 0-based ordinal among the non-blank lines of the file: neighbours differ by 1
	Column int    // 0-based byte column in that line where Text begins
	Text   string // valid UTF-8, as printed, without line end; white space at both ends is kept out
	Page   string // printed label of the page it stands on; "" if the source has no pages
	RunsOn bool   // nothing, not even white space, follows Text in its line; machine readers that close lines with a blank leave it out where they took a hyphen away
}

// A Span is a stretch of one line of a block.
type Span struct {
	Line       int // 0-based index into Block.Lines
	Start, End int // bytes of that Line.Text, [Start, End)
}

// A Block is a heading, paragraph or footnote. A paragraph that a page break or
// a footnote interrupts is one block.
type Block struct {
	Kind    Kind
	Section string // label of the section it stands in, as printed: "II", "Appendix"; "" before the first heading
	Lines   []Line // at least one
	Number  int    // footnote: its number as solved in sequence; 0 for one without a number
	Label   Span   // footnote: its printed label ("S)", "12", "*"), not part of the reading; empty span if none
	Callers []Caller
	Doc     *Document // in an edition, the document the block belongs to
}

// A Caller is a marker in a block that calls a footnote; it is no part of the reading.
type Caller struct {
	Span
	Note int // index into Source.Blocks of the footnote that it calls
}

// A Source is a source file, read into blocks.
type Source struct {
	Blocks    []Block // in reading order; a footnote follows the block that calls it, or stands where it is printed
	Furniture []Line  // running heads and page numbers: in no block
	LineCount int     // lines in the file
}

// A Document is one document of an edition. Empty fields are not told.
type Document struct {
	ID, Number, Title, Date, From, To, Place, Archive string
}
