package annotate

import (
	"ibid/corpus"
	"ibid/indexer/ocr"
)

// A Text is one block of a source (heading, paragraph, footnote) under
// annotation: its reading, and what the annotators found in it. Each annotator
// fills one list and may use those before it: citations, dates, actors, quotations.
type Text struct {
	Kind     corpus.Kind // Heading, Paragraph or Footnote
	Section  string
	Reading  *ocr.Reading
	Calls    []Call // footnotes called here, by At
	Ends     []int  // bytes of the reading where a cell of a table or an item of a list ends, ascending: no name runs over one
	CalledIn int    // footnote: index of the Text that calls it, -1 if none
	CalledAt int    // footnote: byte of that Text's reading where its marker stood
	Context  string // EDTF of the document the block belongs to (an edition's letter, telegram): the year of its dates; "" if none
	Writer   string // who writes that document, whom "me" in it means: actor id, or the name as printed; "" if not told

	Citations  []Citation  // by Start
	Dates      []Date      // by Start
	Mentions   []Mention   // by Start; not overlapping
	Quotations []Quotation // by Start
}

// A Call is the place in a reading where a footnote marker stood.
type Call struct {
	At   int // byte of the reading: the marker stood before it
	Note int // index of the footnote in the slice of Texts
}

// A Span is a stretch of a reading: bytes [Start, End) of Reading.Text.
type Span struct{ Start, End int }

// A Citation is a citation and where it stands. Where one printed stretch makes
// several ("SPE no. 246, no. 255"), each has the span of its own part.
type Citation struct {
	Span
	corpus.Citation
}

// A Date is a date and where it stands.
type Date struct {
	Span
	corpus.Date
}

// A Mention is a mention of an actor and where it stands.
type Mention struct {
	Span
	corpus.Mention
}

// A Quotation is quoted words: the span lies inside the quotation marks. An
// interrupted quotation ("...," he said, "...") has several spans.
type Quotation struct {
	Spans     []Span // in order, at least one
	Nature    corpus.Nature
	Speaker   string // actor id, or the name as printed; "" if not told
	Addressee string
	Medium    string
	Date      string        // EDTF
	Citations []int         // indexes into Text.Citations of those that close it
	Elsewhere []CitationRef // citations in other texts that close it: in the footnote called behind it, or where the same words were quoted first
}

// A CitationRef points to a citation in another text of the same source.
type CitationRef struct {
	Text  int // index into the slice of Texts
	Index int // index into its Citations
}
