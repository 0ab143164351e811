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

	// Enclosed tells, for a block in an enclosure of Doc (a letter sent with the
	// letter), who wrote the enclosure to whom and when; nil outside. Its ID is empty.
	Enclosed *Document
	Names    []Name // names that the edition tags, by place; not overlapping
	Dates    []Date // dates that the edition tags, by place; not overlapping
	Ends     []End  // where a cell of a table or an item of a list ends, by place
	Opening  bool   // it opens a letter (place and date), by the tags of the edition
}

// A Stretch is a stretch of a block that may run over several lines: from byte
// Start of line Line to byte End of line EndLine, that byte not included.
type Stretch struct {
	Line, Start  int // 0-based index into Block.Lines; byte of its Text
	EndLine, End int
}

// An End is a place in a block: before byte At of a line. No name runs over it.
type End struct {
	Line, At int // 0-based index into Block.Lines; byte of its Text
}

// A Name is a name that an edition tags with an identifier.
type Name struct {
	Stretch
	ID string // what the tag points to, without "#" and address: "p_KHA1"
}

// A Date is a date that an edition tags.
type Date struct {
	Stretch
	EDTF string // valid
}

// A Caller is a marker in a block that calls a footnote; it is no part of the reading.
type Caller struct {
	Span
	Note  int    // index into Source.Blocks of the footnote that it calls
	Label string // the marker where an edition gives it in a tag: then Span is empty and tells only the place; else ""
}

// A Source is a source file, read into blocks.
type Source struct {
	Blocks    []Block // in reading order; a footnote follows the block that calls it, or stands where it is printed
	Furniture []Line  // running heads and page numbers: in no block
	LineCount int     // lines in the file

	// What a reader of editions finds besides.
	Edition   bool              // the text was transcribed and tagged or corrected by editors, so nothing in it needs repair
	Documents []*Document       // in order, those without text too
	Pages     []string          // labels of all page breaks in order, pages without text too
	Persons   map[string]string // identifier of a tag -> name, by the edition's own list of persons
	Problems  []Problem         // what the reader did not believe or could not use, by Line
}

// A Problem is a fault of a source that its editor should see; the rest is read.
type Problem struct {
	Line     int    // 1-based line of the source file
	Document string // Document.ID, or ""
	Message  string
}

// A Document is one document of an edition. Empty fields are not told.
type Document struct {
	ID       string // identifier in its source, as "d12"
	Number   string // as printed
	Title    string
	Date     string // EDTF
	From, To string // as the edition names them
	FromID   string // what the tag of the sender points to, as Name.ID
	ToID     string
	Place    string
	Archive  string // its source note
	URL      string // where it is on the network
	File     string // name of its file, where a source has one for each document
}
