package web

import (
	"fmt"
	"slices"
	"strings"

	"ibid/corpus"
)

// printLines shows a passage as printed, with its repairs marked and numbered.
// A word broken over two lines ("Ger|many") is marked in both.
func printLines(p *corpus.Passage) ([]printLine, []repairView) {
	texts := strings.Split(p.Printed, "\n")
	places := numberLines(p, len(texts))
	marks := make([][]repairMark, len(texts))
	var repairs []repairView
	for i, r := range p.Repairs {
		repairs = append(repairs, repairView{r, i + 1, ruleName(r.Rule), percent(r.Confidence)})
		if k := lineOf(places, r); k >= 0 {
			markRepair(texts, marks, k, places[k], i+1, r)
		}
	}
	lines := make([]printLine, len(texts))
	for i, text := range texts {
		lines[i] = printLine{Number: places[i].Line, Page: places[i].Page, Parts: cutParts(text, marks[i])}
	}
	return lines, repairs
}

// numberLines says of each of n printed lines what line of the source file it is
// and where it begins in the reading. Without marks for all of them it says nothing.
func numberLines(p *corpus.Passage, n int) []corpus.Mark {
	var out []corpus.Mark
	for _, m := range p.Marks {
		if m.Line > 0 {
			out = append(out, m)
		}
	}
	if len(out) != n {
		return make([]corpus.Mark, n)
	}
	return out
}

// lineOf is the printed line on which a repair begins, -1 if that is not known.
func lineOf(places []corpus.Mark, r corpus.Repair) int {
	return slices.IndexFunc(places, func(m corpus.Mark) bool { return m.Line > 0 && m.Line == r.Line })
}

// A repairMark is bytes [start, end) of a line.
type repairMark struct {
	start, end int
	number     int
	title      string
}

// markRepair marks the printed form in its line, where the reading says that it
// stands: repairs before it move it by a letter or two only.
func markRepair(texts []string, marks [][]repairMark, line int, begins corpus.Mark, number int, r corpus.Repair) {
	title := fmt.Sprintf("read: %s (%s, %.0f %% sure)", r.Reading, ruleName(r.Rule), r.Confidence*100)
	if r.Reading == "" {
		title = fmt.Sprintf("left out: %s", ruleName(r.Rule))
	}
	head, tail, broken := strings.Cut(r.Printed, "|")
	if broken {
		addMark(marks, line, strings.LastIndex(texts[line], head), len(head), number, title)
		if line+1 < len(texts) {
			addMark(marks, line+1, strings.Index(texts[line+1], tail), len(tail), number, title)
		}
		return
	}
	addMark(marks, line, nearest(texts[line], head, r.Start-begins.At, marks[line]), len(head), number, title)
}

// nearest is the place of s in a line that is closest to want and not yet
// marked; -1 if there is none.
func nearest(line, s string, want int, taken []repairMark) int {
	best := -1
	for at := 0; s != "" && at < len(line); at++ {
		i := strings.Index(line[at:], s)
		if i < 0 {
			break
		}
		at += i
		free := !slices.ContainsFunc(taken, func(m repairMark) bool { return at < m.end && m.start < at+len(s) })
		if free && (best < 0 || abs(at-want) < abs(best-want)) {
			best = at
		}
	}
	return best
}

func abs(n int) int { return max(n, -n) }

func addMark(marks [][]repairMark, line, start, size, number int, title string) {
	if start < 0 || size == 0 {
		return
	}
	marks[line] = append(marks[line], repairMark{start, start + size, number, title})
}

func cutParts(text string, marks []repairMark) []printPart {
	var out []printPart
	at := 0
	for at < len(text) {
		next := repairMark{start: len(text), end: len(text)}
		for _, m := range marks {
			if m.start >= at && m.start < next.start {
				next = m
			}
		}
		if next.start > at {
			out = append(out, printPart{Text: text[at:next.start]})
		}
		if next.end > next.start {
			out = append(out, printPart{text[next.start:next.end], next.number, next.title})
		}
		at = next.end
	}
	return out
}

// ruleNames say what happened where a rule of the reading repaired something.
var ruleNames = map[string]string{
	"note-marker":    "footnote marker, taken out",
	"split-word":     "word broken at the end of a line",
	"compound":       "compound broken at its hyphen",
	"stray-space":    "space inside a word",
	"lost-space":     "space missing between words",
	"stray-mark":     "speck, or one mark for another",
	"letters":        "letters taken for others",
	"letters-word":   "letters taken for others, which made another word",
	"missing-letter": "letter missing",
	"year":           "year run into its bracket",
	"digits":         "digits taken for letters, or letters for digits",
	"initial":        "initial taken for a bracket",
	"sequence":       "number told by its order",
}

// ruleName puts a rule into words; one that is not known keeps its name.
func ruleName(rule string) string {
	if name := ruleNames[rule]; name != "" {
		return name
	}
	return strings.ReplaceAll(rule, "-", " ")
}
