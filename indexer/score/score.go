// Package score compares what the indexer reads in a source with a gold
// standard: what an editor found in it by reading. It gives, key by key,
// precision, recall and F1, and lists what was missed and what was wrong.
//
// It owns the format of gold and the arithmetic; it leaves the making of
// passages to the indexer and the judging to the editor. Start with Read and
// Score.
//
// # Making gold for another article
//
// Gold is a folder. gold.json says what was read:
//
//	{"source": "leem", "text": "../../../../corpus/pact1939/leem.txt"}
//
// source is the id of the source in the manifest, text the path of the file
// that was read, relative to the folder. Beside it stand up to seven files, one
// JSON object a line; a file that is not there is a key that was not judged and
// is not scored. Lines are 1-based lines of the text; ranges are inclusive and
// may run over blank lines.
//
//	blocks.jsonl      kind ("heading", "paragraph"), section, pages, lines
//	notes.jsonl       number (0 for a note without one), label, pages, lines,
//	                  caller: line, printed (null if the note is not called)
//	repairs.jsonl     kind ("split" for a word broken over two lines, as "Ger|many";
//	                  "ocr" for any other misreading), line, printed, reading
//	citations.jsonl   kind ("document", "work"), line, id, locator, through
//	dates.jsonl       line, printed, edtf, relative
//	quotations.jsonl  lines, first and last (some words of its begin and end), nature,
//	                  speaker, addressee, medium, date, citations (ids)
//	mentions.jsonl    kind ("person", "state", "body"), line, id, printed
//
// The words mean what they mean in a corpus.Passage; line is the line on which
// the thing begins. Where more than one answer is right, a value names them all
// with a bar between: "schulenburg|astakhov"; an empty one among them
// ("letter|") says that no answer is right as well. A value that is not told is
// "". An entry with a "doubt" (the reason, in words) on which careful readers
// may differ counts neither for nor against: found or missed, it is left out.
package score

import (
	"cmp"
	"slices"
	"strings"

	"ibid/corpus"
)

// Score compares passages, all of one corpus, with gold. Passages of other
// sources are left out, and so is every key that gold does not judge.
// Annotations are compared on headings, paragraphs and footnotes: what a
// quotation holds stands in the passage that holds it as well.
func Score(gold Gold, passages []*corpus.Passage) Table {
	s := &scorer{gold: gold}
	for _, p := range passages {
		switch {
		case p.Source != gold.Source:
		case p.Kind == corpus.Quotation:
			s.quotations = append(s.quotations, p)
		default:
			s.blocks = append(s.blocks, p)
		}
	}
	s.scoreBlocks()
	s.scoreNotes()
	s.scoreCitations()
	s.scoreDates()
	s.scoreQuotations()
	s.scoreMentions()
	s.scoreRepairs()
	return Table{Source: gold.Source, Rows: s.rows}
}

// A scorer holds one comparison.
type scorer struct {
	gold       Gold
	blocks     []*corpus.Passage // headings, paragraphs and footnotes
	quotations []*corpus.Passage
	rows       []Row
}

// add closes a row and puts it into the table.
func (s *scorer) add(r Row) { s.rows = append(s.rows, r.closed()) }

// An item is one thing that gold or a passage names on a line.
type item struct {
	line  int
	value string // in gold, alternatives with a bar between
	shown string // for lists
	doubt bool   // gold only
}

// A pair is an item of gold and what was found for it: indexes into both lists.
type pair struct{ gold, found int }

// sameValue is how most items are compared.
func sameValue(gold, found item) bool { return allows(gold.value, found.value) }

// pairItems pairs gold with what was found: the same thing on the same line, or
// else on a neighbouring printed line, for where a name or date "begins" is a
// matter of taste when its title or article stands at a line end. Entries in
// doubt choose last. No item is paired twice.
func (s *scorer) pairItems(gold, found []item, same func(gold, found item) bool) []pair {
	var pairs []pair
	pairedGold, pairedFound := make([]bool, len(gold)), make([]bool, len(found))
	choose := func(doubt bool, far int) {
		for i, g := range gold {
			if pairedGold[i] || g.doubt != doubt {
				continue
			}
			for j, f := range found {
				if !pairedFound[j] && s.gold.text.distance(g.line, f.line) <= far && same(g, f) {
					pairedGold[i], pairedFound[j] = true, true
					pairs = append(pairs, pair{i, j})
					break
				}
			}
		}
	}
	choose(false, 0)
	choose(false, 1)
	choose(true, 1)
	return pairs
}

// scoreItems adds the row of a key whose entries are right or wrong as a whole,
// and returns the pairs that are not in doubt, for rows on their further values.
func (s *scorer) scoreItems(key string, gold, found []item, same func(gold, found item) bool) []pair {
	row := Row{Key: key}
	var certain []pair
	pairedGold, pairedFound := make([]bool, len(gold)), make([]bool, len(found))
	for _, p := range s.pairItems(gold, found, same) {
		pairedGold[p.gold], pairedFound[p.found] = true, true
		if !gold[p.gold].doubt {
			row.Gold, row.Found, row.Right = row.Gold+1, row.Found+1, row.Right+1
			certain = append(certain, p)
		}
	}
	for i, g := range gold {
		if !pairedGold[i] && !g.doubt {
			row.Gold++
			row.Missed = append(row.Missed, Finding{g.line, g.shown})
		}
	}
	for j, f := range found {
		if !pairedFound[j] {
			row.Found++
			row.Wrong = append(row.Wrong, Finding{f.line, f.shown})
		}
	}
	s.add(row)
	return certain
}

// A value is one further value of a paired entry.
type value struct {
	line  int
	of    string // the entry it belongs to
	want  string // what gold allows
	got   string // what was found
	told  bool   // gold asks for it
	given bool   // something was found
	right bool
}

// newValue compares a value with the alternatives that gold allows.
func newValue(line int, of, gold, found string) value {
	return value{line: line, of: of, want: gold, got: found, told: !allows(gold, ""), given: found != "", right: allows(gold, found)}
}

// scoreValues adds the row of a further value. Gold counts those that are told,
// Found those that were given, Right those that were given as gold allows. Where
// gold allows none as well, giving none counts nowhere.
func (s *scorer) scoreValues(key string, values []value) {
	row := Row{Key: key}
	for _, v := range values {
		if v.told || v.given && v.right {
			row.Gold++
		}
		if v.given {
			row.Found++
		}
		switch f := (Finding{v.line, v.of + ": want " + cmp.Or(v.want, "none") + ", got " + cmp.Or(v.got, "none")}); {
		case v.given && v.right:
			row.Right++
		case v.told:
			row.Missed = append(row.Missed, f)
		case v.given:
			row.Wrong = append(row.Wrong, f)
		}
	}
	s.add(row)
}

// allows reports whether found is one of the alternatives of gold, letter case aside.
func allows(gold, found string) bool {
	return slices.ContainsFunc(strings.Split(gold, "|"), func(g string) bool { return strings.EqualFold(g, found) })
}
