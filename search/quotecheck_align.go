package search

import (
	"slices"
	"strings"
)

// Costs of an alignment. A word that one side has and the other has not, or has
// another word for, costs wordCost; a difference of case, marks or punctuation
// slightCost, so that four of them weigh as much as a word.
const (
	wordCost   = 4
	slightCost = 1
)

// maxCells bounds the table of an alignment, words of the text times words of
// the source; of a longer source only the stretch with most of the text's words
// is compared.
const maxCells = 4 << 20

// maxOmitted is the number of characters shown of what an ellipsis stands for.
const maxOmitted = 300

// allowedCost is the highest cost of a match for a text of n words. Of a long
// text two words in five may differ; a text under eight words may differ by one
// for each four, since short ones with common words resemble much.
func allowedCost(n int) int {
	if n >= 8 {
		return wordCost * n * 2 / 5
	}
	return wordCost*(n/4) + min(n, wordCost-1)
}

// A step is one step of an alignment: words of the text, of the source, or both.
type step struct {
	query, source int // index of the word, -1 for none
	cost          int
}

// An alignment is the cheapest way to turn a text into a stretch of a source.
type alignment struct {
	cost  int
	steps []step // without words of the source before and after the stretch
}

// Moves that lead to a cell of the table.
const (
	fromNone   byte = iota
	fromBoth        // a word of each side
	fromQuery       // a word of the text alone
	fromSource      // a word of the source alone
)

// align finds the stretch of source that is most like text, as the edit distance
// of words does, where the source may have any words before, after, and where
// the text has an ellipsis (Sellers, The theory and computation of evolutionary
// distances, 1980).
func align(text, source []quoteWord) alignment {
	from, to := window(text, source)
	m := to - from
	width := m + 1
	moves := make([]byte, (len(text)+1)*width)
	row, above := make([]int, width), make([]int, width)
	for i := 1; i <= len(text); i++ {
		row, above = above, row
		w := &text[i-1]
		row[0] = above[0] + wordCost
		moves[i*width] = fromQuery
		step := wordCost
		if w.skip {
			step = 0
		}
		for j := 1; j <= m; j++ {
			best, move := above[j-1]+w.same(&source[from+j-1]), fromBoth
			if c := above[j] + wordCost; c < best {
				best, move = c, fromQuery
			}
			if c := row[j-1] + step; c < best {
				best, move = c, fromSource
			}
			row[j], moves[i*width+j] = best, move
		}
	}
	end := 0
	for j := range row {
		if row[j] < row[end] {
			end = j
		}
	}
	return alignment{cost: row[end], steps: trace(text, source, moves, width, from, end)}
}

// trace follows the moves back from the end of the stretch.
func trace(text, source []quoteWord, moves []byte, width, from, end int) []step {
	var steps []step
	for i, j := len(text), end; i > 0; {
		switch moves[i*width+j] {
		case fromBoth:
			i, j = i-1, j-1
			steps = append(steps, step{i, from + j, text[i].same(&source[from+j])})
		case fromQuery:
			i--
			steps = append(steps, step{i, -1, wordCost})
		default:
			j--
			cost := wordCost
			if text[i-1].skip {
				cost = 0
			}
			steps = append(steps, step{-1, from + j, cost})
		}
	}
	slices.Reverse(steps)
	return steps
}

// window returns the stretch of source to compare: all of it, or where that
// makes too large a table the stretch with most words of the text.
func window(text, source []quoteWord) (from, to int) {
	size := max(maxCells/len(text), 2*len(text))
	if len(source) <= size {
		return 0, len(source)
	}
	words := make(map[string]bool, len(text))
	for _, w := range text {
		words[w.bare] = true
	}
	count, best := 0, -1
	for i := range source {
		if words[source[i].bare] {
			count++
		}
		if i >= size && words[source[i-size].bare] {
			count--
		}
		if i >= size-1 && count > best {
			best, from = count, i-size+1
		}
	}
	return from, from + size
}

// span returns the first and the last word of the stretch of the source. A
// match has at least one word of the source.
func (a alignment) span() (first, last int) {
	first, last = -1, -1
	for _, s := range a.steps {
		if s.source >= 0 && first < 0 {
			first = s.source
		}
		if s.source >= 0 {
			last = s.source
		}
	}
	return first, last
}

// pieces shows the text beside the source: runs of words that both have, as the
// source has them, and those that one has, the text's first.
func (a alignment) pieces(text, source quoteText) []QuotePiece {
	var out []QuotePiece
	first, last := a.span()
	inSource := func(words []int) string {
		return oneLine(source.stretch(words, words[0] == first, words[len(words)-1] == last))
	}
	inText := func(words []int) string { return oneLine(text.stretch(words, false, false)) }
	for rest := a.steps; len(rest) > 0; {
		kind := rest[0].kind()
		n := 1
		for n < len(rest) && rest[n].kind() == kind {
			n++
		}
		given, stands := sides(rest[:n])
		switch {
		case kind == PieceOmitted:
			out = append(out, QuotePiece{kind, shorten(inSource(stands))})
		case kind == PieceSame:
			out = append(out, QuotePiece{kind, inSource(stands)})
		default:
			if len(given) > 0 {
				out = append(out, QuotePiece{PieceQuery, inText(given)})
			}
			if len(stands) > 0 {
				out = append(out, QuotePiece{PieceSource, inSource(stands)})
			}
		}
		rest = rest[n:]
	}
	return out
}

// kind returns what piece a step belongs to; PieceSource stands for any difference.
func (s step) kind() PieceKind {
	switch {
	case s.cost > 0:
		return PieceSource
	case s.query < 0:
		return PieceOmitted
	}
	return PieceSame
}

// sides returns the words of each side.
func sides(steps []step) (given, stands []int) {
	for _, s := range steps {
		if s.query >= 0 {
			given = append(given, s.query)
		}
		if s.source >= 0 {
			stands = append(stands, s.source)
		}
	}
	return given, stands
}

// stretch returns the text from the first to the last of the words; a bare end
// leaves out the punctuation outside.
func (t quoteText) stretch(words []int, bareStart, bareEnd bool) string {
	first, last := t.words[words[0]], t.words[words[len(words)-1]]
	from, to := first.from, last.to
	if bareStart {
		from = first.start
	}
	if bareEnd {
		to = last.end
	}
	return t.text[from:to]
}

// shorten keeps beginning and end of a long text.
func shorten(s string) string {
	runes := []rune(s)
	if len(runes) <= maxOmitted {
		return s
	}
	half := maxOmitted / 2
	return string(runes[:half]) + " [...] " + string(runes[len(runes)-half:])
}

// oneLine makes one line of a text.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
