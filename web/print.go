package web

import (
	"fmt"
	"math"
	"strings"

	"ibid/corpus"
)

// printLines shows a passage as printed, with its repairs marked and numbered.
// A word broken over two lines ("Ger|many") is marked in both.
func printLines(p *corpus.Passage) ([]printLine, []repairView) {
	print := numberLines(p)
	texts := print.texts
	lines := make([]printLine, len(texts))
	byNumber := map[int]int{}
	for i := range texts {
		if n, ok := print.number(i); ok {
			lines[i].Number = n
			byNumber[n] = i
		}
	}
	marks := make([][]repairMark, len(texts))
	var repairs []repairView
	for i, r := range p.Repairs {
		repairs = append(repairs, repairView{r, i + 1, ruleName(r.Rule), int(math.Round(r.Confidence * 100))})
		line, ok := byNumber[r.Line]
		if !ok {
			line = findLine(texts, r.Printed, print.index(r.Line))
		}
		if line >= 0 {
			markRepair(texts, marks, line, i+1, r)
		}
	}
	for i, text := range texts {
		lines[i].Parts = cutParts(text, marks[i])
	}
	return lines, repairs
}

// A repairMark is bytes [start, end) of a line.
type repairMark struct {
	start, end int
	number     int
	title      string
}

// findLine is the line that has the printed form nearest to line want, -1 if none.
func findLine(texts []string, printed string, want int) int {
	head, _, _ := strings.Cut(printed, "|")
	for far := range len(texts) {
		for _, k := range []int{want - far, want + far} {
			if k >= 0 && k < len(texts) && strings.Contains(texts[k], head) {
				return k
			}
		}
	}
	return -1
}

func markRepair(texts []string, marks [][]repairMark, line, number int, r corpus.Repair) {
	title := fmt.Sprintf("read: %s (%s, %.0f %% sure)", r.Reading, ruleName(r.Rule), r.Confidence*100)
	if r.Reading == "" {
		title = fmt.Sprintf("left out: %s", ruleName(r.Rule))
	}
	head, tail, broken := strings.Cut(r.Printed, "|")
	if !broken {
		start := -1
		if r.Reading == "" {
			start = markerIn(texts[line], head)
		}
		if start < 0 {
			start = freeIndex(texts[line], head, marks[line])
		}
		addMark(marks, line, start, len(head), number, title)
		return
	}
	addMark(marks, line, strings.LastIndex(texts[line], head), len(head), number, title)
	for next := line + 1; next < len(texts); next++ {
		if strings.TrimSpace(texts[next]) != "" {
			addMark(marks, next, strings.Index(texts[next], tail), len(tail), number, title)
			return
		}
	}
}

// freeIndex finds s in a line, as whole words if possible, behind the places
// already marked; -1 if it is not there.
func freeIndex(text, s string, marks []repairMark) int {
	from := 0
	for _, m := range marks {
		from = max(from, m.end)
	}
	f := finder{text: text, at: from}
	if found, ok := f.next(s); ok {
		return found.Start
	}
	if i := strings.Index(text[from:], s); i >= 0 {
		return from + i
	}
	return strings.Index(text, s)
}

func addMark(marks [][]repairMark, line, start, size, number int, title string) {
	if start < 0 || size == 0 {
		return
	}
	for _, m := range marks[line] {
		if start < m.end && m.start < start+size {
			return
		}
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

// ruleName puts the name of a rule into words: "split-word" is "split word".
func ruleName(rule string) string { return strings.ReplaceAll(rule, "-", " ") }
