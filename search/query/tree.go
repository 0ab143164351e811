// Package query is the query language: a parser, a small tree that prints
// itself, the recognition of dates, citations and names in plain words, and the
// manual. Parsing what the tree prints gives the same tree. Start at Parse;
// Understand adds what a corpus knows. What a clause matches in an index, and
// with what weight, is left to search.
//
// # The language
//
//	query  = or
//	or     = and { "OR" and }
//	and    = side { "AND" side }
//	side   = clause { clause }
//	clause = [ "NOT" | "-" ] ( "(" or ")" | hint | phrase | field | word )
//	phrase = '"' word { word } '"' [ "~" [ number ] ]
//	field  = name ":" ( value | '"' value '"' )
//	word   = letters [ "*" [ letters ] | "~" ]
//	hint   = "{" word { word } "=" field "}"
//
// Clauses side by side bind closer than AND, and AND closer than OR: "soviet
// union AND trade talks OR credit" is "((soviet union) AND (trade talks)) OR
// credit". Operators are in capitals, so "and", "or" and "not" are words.
//
// The tree is simple (see Simplify): parentheses around words among words are
// dropped, as they are common in plain text ("Watt (1974)").
//
// Plain text is never an error. What has no meaning in the language is read as
// a person would read it:
//
//   - Punctuation, symbols, control characters and bytes that are no UTF-8
//     separate words; soft hyphens, joiners and direction marks are dropped. An
//     apostrophe or hyphen between letters belongs to the word (d'affaires,
//     non-aggression), as do points, commas, colons and strokes between digits
//     (20.5.1939) and points between single letters (U.S.S.R.).
//   - An operator without an operand is dropped, of two operators in a row the
//     second holds, and a query of operators only is read as words.
//   - A parenthesis that is not closed ends with the query; one that was not
//     opened is dropped.
//   - A double quotation mark (straight, curly, low, angular) opens a phrase
//     before a word and closes it; one directly behind a word, or with nothing
//     behind it, opens nothing (12" gun). Single quotation marks are apostrophes.
//   - A hyphen excludes only before a clause and behind a space; dashes do not.
//   - A name that is no field (http://...), or a field with nothing directly
//     behind its colon ("Note: the ..."), is a word.
//   - A tilde that does not stand at the end of a word is punctuation, and so is a star
//     before a word or behind a single letter with letters after it (2*3).
//
// An Error, with its column, is given for a phrase that is opened before a word
// and not closed; a star behind fewer than two letters; a date or kind that
// cannot be; a field with a group; and for a query that exceeds a limit (see MaxRunes).
package query

// A Node is a node of a query tree. String prints it in the query language.
type Node interface {
	String() string
	node()
}

// Plain are words and other clauses side by side, without an operator: each
// that matches lifts a passage; see search for how many must.
type Plain struct{ Nodes []Node }

// And, Or and Not are the boolean operators.
type (
	And struct{ Nodes []Node }
	Or  struct{ Nodes []Node }
	Not struct{ Node Node }
)

// A Word is one word, in any of its forms down to the layer asked for.
type Word struct{ Text string }

// A Prefix is a word with a star at its end, negot*, or within it, neg*tion.
type Prefix struct {
	Text string // what stands before the star
	End  string // what stands behind it; mostly ""
}

// A Fuzzy is a word with a tilde at its end: any word close to it.
type Fuzzy struct{ Text string } // without the tilde

// A Phrase is "words in this order", exact forms only; with Slop > 0 the words
// in any order and form with at most Slop other words between them.
type Phrase struct {
	Words []string
	Slop  int
}

// A Field is a clause on a property of the passage: actor:molotov,
// cite:"GK 362" (or cite:GK, anything of that collection), page:211-213,
// date:1939-05..1939-08. Name is one of Fields; Value is as typed, unquoted and
// never empty: see ReadRange and Pages for reading it.
type Field struct{ Name, Value string }

// A Hint is something recognised in plain words (a citation, a date, a page, an
// actor, a collection, who speaks to whom): it lifts the passages that have it and hides none. Words
// are the words it was recognised in, which count as words too.
type Hint struct {
	Field Field
	Words []string
}

func (Plain) node()  {}
func (And) node()    {}
func (Or) node()     {}
func (Not) node()    {}
func (Word) node()   {}
func (Prefix) node() {}
func (Fuzzy) node()  {}
func (Phrase) node() {}
func (Field) node()  {}
func (Hint) node()   {}

// An Error says what is wrong with a query and where.
type Error struct {
	Column  int    // 1-based, in runes
	Message string // a sentence that says what to do
}

func (e *Error) Error() string { return e.Message }
