package corpus

// Kind says what a passage is.
type Kind string

// The four kinds of passage.
const (
	Heading   Kind = "heading"
	Paragraph Kind = "paragraph"
	Footnote  Kind = "footnote"
	Quotation Kind = "quotation"
)

// Nature says whose words a quotation gives.
type Nature string

// The natures of a quotation.
const (
	OfDocument    Nature = "document"    // words of a primary source
	OfScholarship Nature = "scholarship" // words of a historian
	OfTerm        Nature = "term"        // a phrase that is only named, not said
)

// A Passage is the unit the program indexes, ranks and cites: a heading,
// paragraph, footnote or quotation. Its JSON form is what `ibid export` prints;
// every key but "document" is always present, lists are never null.
type Passage struct {
	ID         string          `json:"id"` // permanent, as "leem/p014"; readers cite it, so it is never reused
	Kind       Kind            `json:"kind"`
	Source     string          `json:"source"`  // id of the source in the manifest
	Section    string          `json:"section"` // label of the section as printed, "" before the first heading
	Phase      []string        `json:"phase"`   // ids of the phases it belongs to, in the order of the manifest
	Pages      []string        `json:"pages"`   // printed labels, in order; not image numbers
	Lines      [][2]int        `json:"lines"`   // ranges in the source file, 1-based, both ends included
	Text       string          `json:"text"`    // the reading, repaired and on one line
	Printed    string          `json:"printed"` // the same stretch as the file prints it, lines joined by "\n"
	Repairs    []Repair        `json:"repairs"`
	Dates      []Date          `json:"dates"`
	Actors     []Mention       `json:"actors"`
	Citations  []Citation      `json:"citations"`
	Footnote   int             `json:"footnote"`   // number of a footnote; 0 for one without, and for other kinds
	Caller     *Caller         `json:"caller"`     // where a footnote is called; nil if it is not, and for other kinds
	Notes      []string        `json:"notes"`      // ids of the footnotes called in it
	Within     string          `json:"within"`     // for a quotation: id of the paragraph or footnote that holds it
	Quotations []string        `json:"quotations"` // for a paragraph or footnote: ids of the quotations in it
	Marks      []Mark          `json:"marks"`      // where lines, pages and note markers stand in Text, by At
	Document   *EditedDocument `json:"document,omitempty"`
	Nature     Nature          `json:"nature"`    // for a quotation, else ""
	Speaker    string          `json:"speaker"`   // actor id, or the name as printed; "" if not told
	Addressee  string          `json:"addressee"` // likewise
	Medium     string          `json:"medium"`    // "conversation", "telegram", ...; "" if not told
	Date       string          `json:"date"`      // EDTF of when it was said or written; "" if not told
}

// A Mark is a place in a reading where something stands in the print.
type Mark struct {
	At   int    `json:"at"`             // byte of Text before which it stands
	Line int    `json:"line,omitempty"` // the 1-based line of the source file that begins here
	Page string `json:"page,omitempty"` // the page that begins with this line, by its printed label; "" if the same goes on
	Note string `json:"note,omitempty"` // id of the footnote whose marker stands here
}

// A Place is where something stands in a reading: bytes [Start, End) of Text.
// It is empty for a citation that closes a quotation from outside.
type Place struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// A Repair is a place where the reading departs from the print in more than
// white space and line joins.
type Repair struct {
	Line       int     `json:"line"`       // 1-based line in the source file where the printed form begins
	Printed    string  `json:"printed"`    // a word broken over two lines stands as "Ger|many"
	Reading    string  `json:"reading"`    // what we take it to say; "" where a footnote marker is taken out
	Rule       string  `json:"rule"`       // which rule decided
	Confidence float64 `json:"confidence"` // 0 to 1; not a measured error rate
	Place
}

// A Date is a date named in a passage.
type Date struct {
	Printed  string `json:"printed"`  // as the reading has it
	EDTF     string `json:"edtf"`     // ISO 8601-2
	Earliest string `json:"earliest"` // ISO day, inclusive
	Latest   string `json:"latest"`   // ISO day, inclusive
	Line     int    `json:"line"`     // 1-based line in the source file where it begins
	Relative bool   `json:"relative"` // resolved from context
	Place
}

// A Mention is one place where a person, state or body of the authority file is named.
type Mention struct {
	ID      string `json:"id"`      // actor id of the manifest
	Printed string `json:"printed"` // as the reading has it
	Line    int    `json:"line"`    // 1-based line in the source file where it begins
	Place
}

// CitationKind says what a citation points to.
type CitationKind string

// The two kinds of citation.
const (
	CitesDocument CitationKind = "document" // an item of a collection: siglum and number
	CitesWork     CitationKind = "work"     // a work of scholarship: author and year
)

// A Citation is a reference the source makes.
type Citation struct {
	ID      string       `json:"id"` // "GK 279", "Watt 1974"
	Kind    CitationKind `json:"kind"`
	Printed string       `json:"printed"` // as the reading has it
	Locator string       `json:"locator"` // "p. 156", "chapter XIV", or ""
	Line    int          `json:"line"`    // 1-based line in the source file where it begins
	Through string       `json:"through"` // id of the work it is cited from, or ""
	Date    string       `json:"date"`    // EDTF of the quotation or statement that a document citation closes, or ""
	Place
}

// A Caller is the marker in the body that calls a footnote.
type Caller struct {
	Passage string `json:"passage"` // id of the passage it stands in
	Line    int    `json:"line"`    // 1-based line in the source file
	Printed string `json:"printed"` // the marker as printed, as "S)"
}

// An EditedDocument is the document of an edition (TEI, Markdown) that a passage belongs to.
type EditedDocument struct {
	ID      string `json:"id"` // "frus1936v03/d12"
	Number  string `json:"number"`
	Title   string `json:"title"`
	Date    string `json:"date"` // EDTF, or ""
	From    string `json:"from"`
	To      string `json:"to"`
	Place   string `json:"place"`
	Archive string `json:"archive"`        // its source note
	URL     string `json:"url,omitempty"`  // where it is on the network
	File    string `json:"file,omitempty"` // its file, where the source has one for each document: lines count in it
}

// Said returns who says a passage, to whom and when (EDTF): as the passage tells,
// and where it does not, as the document of the edition does that it belongs to.
func (p *Passage) Said() (speaker, addressee, date string) {
	speaker, addressee, date = p.Speaker, p.Addressee, p.Date
	if d := p.Document; d != nil {
		if speaker == "" {
			speaker = d.From
		}
		if addressee == "" {
			addressee = d.To
		}
		if date == "" {
			date = d.Date
		}
	}
	return speaker, addressee, date
}
