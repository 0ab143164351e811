// Package query is the query language: a parser that never fails on plain
// words, a small tree, and the manual. The tree prints itself; parsing what it
// prints gives the same tree.
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

// A Prefix is a word with a star at its end: negot*.
type Prefix struct{ Text string } // without the star

// A Fuzzy is a word with a tilde at its end: any word close to it.
type Fuzzy struct{ Text string } // without the tilde

// A Phrase is "words in this order", exact forms only; with Slop > 0 the words
// in any order and form with at most Slop other words between them.
type Phrase struct {
	Words []string
	Slop  int
}

// A Field is a clause on a property of the passage: actor:molotov,
// cite:"GK 362", date:1939-05..1939-08. Name is one of Fields; Value is as typed, unquoted.
type Field struct{ Name, Value string }

// A Hint is something recognised in plain words (a citation, a date, a page, an
// actor, a collection): it lifts the passages that have it and hides none. Words
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
