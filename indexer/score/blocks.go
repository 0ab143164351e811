package score

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"ibid/corpus"
)

// scoreBlocks adds the rows of headings and paragraphs: right if they stand on
// exactly the lines of gold, blank lines aside.
func (s *scorer) scoreBlocks() {
	if s.gold.Blocks == nil {
		return
	}
	var pages, sections []value
	for _, kind := range []corpus.Kind{corpus.Heading, corpus.Paragraph} {
		row := Row{Key: string(kind) + "s"}
		var right []*corpus.Passage
		var doubtful []int // lines of gold in doubt
		for _, b := range s.gold.Blocks {
			if b.Kind != string(kind) {
				continue
			}
			want := s.gold.text.set(b.Lines)
			p := s.blockOn(kind, want)
			if b.Doubt != "" {
				doubtful = append(doubtful, want...)
				continue
			}
			row.Gold++
			if p == nil {
				row.Missed = append(row.Missed, Finding{Line: b.Lines[0][0], Text: "lines " + showRanges(b.Lines)})
				continue
			}
			row.Right++
			right = append(right, p)
			pages = append(pages, newValue(b.Lines[0][0], p.ID, strings.Join(b.Pages, ","), strings.Join(p.Pages, ",")))
			sections = append(sections, newValue(b.Lines[0][0], p.ID, b.Section, p.Section))
		}
		s.countFound(&row, kind, right, doubtful)
		s.add(row)
	}
	s.scoreValues("pages of headings and paragraphs", pages)
	s.scoreValues("sections", sections)
}

// countFound counts the passages of a kind and lists those that gold has not.
// One that lies on lines in doubt only is left out.
func (s *scorer) countFound(row *Row, kind corpus.Kind, right []*corpus.Passage, doubtful []int) {
	for _, p := range s.blocks {
		if p.Kind != kind {
			continue
		}
		lines := s.gold.text.set(p.Lines)
		switch {
		case len(lines) > 0 && !slices.ContainsFunc(lines, func(n int) bool { return !slices.Contains(doubtful, n) }):
		case slices.Contains(right, p):
			row.Found++
		default:
			row.Found++
			row.Wrong = append(row.Wrong, Finding{Line: firstLine(p), Text: p.ID + " lines " + showRanges(p.Lines)})
		}
	}
}

// blockOn returns the passage of a kind that stands on exactly the lines want, nil if there is none.
func (s *scorer) blockOn(kind corpus.Kind, want []int) *corpus.Passage {
	for _, p := range s.blocks {
		if p.Kind == kind && slices.Equal(s.gold.text.set(p.Lines), want) {
			return p
		}
	}
	return nil
}

// scoreNotes adds the rows of footnotes: right if number and lines are those of gold.
func (s *scorer) scoreNotes() {
	if s.gold.Notes == nil {
		return
	}
	var gold, found []item
	var passages []*corpus.Passage
	for _, n := range s.gold.Notes {
		v := strconv.Itoa(n.Number) + " " + fmt.Sprint(s.gold.text.set(n.Lines))
		gold = append(gold, item{line: n.Lines[0][0], value: v, shown: fmt.Sprintf("note %d, lines %s", n.Number, showRanges(n.Lines)), doubt: n.Doubt != ""})
	}
	for _, p := range s.blocks {
		if p.Kind == corpus.Footnote {
			v := strconv.Itoa(p.Footnote) + " " + fmt.Sprint(s.gold.text.set(p.Lines))
			found = append(found, item{line: firstLine(p), value: v, shown: fmt.Sprintf("%s: note %d, lines %s", p.ID, p.Footnote, showRanges(p.Lines))})
			passages = append(passages, p)
		}
	}
	pairs := s.scoreItems("footnotes", gold, found, sameValue)
	s.scoreCallers(passages)
	var pages []value
	for _, pr := range pairs {
		n, p := s.gold.Notes[pr.gold], passages[pr.found]
		pages = append(pages, newValue(n.Lines[0][0], p.ID, strings.Join(n.Pages, ","), strings.Join(p.Pages, ",")))
	}
	s.scoreValues("pages of footnotes", pages)
}

// scoreCallers adds the row of callers. A note that begins on the line where
// gold has it is asked for its caller, whatever number and end it was given.
func (s *scorer) scoreCallers(notes []*corpus.Passage) {
	var values []value
	for _, n := range s.gold.Notes {
		if n.Doubt != "" {
			continue
		}
		var want, got string
		if n.Caller != nil {
			want = fmt.Sprintf("line %d %s", n.Caller.Line, n.Caller.Printed)
		}
		for _, p := range notes {
			if firstLine(p) == n.Lines[0][0] && p.Caller != nil {
				got = fmt.Sprintf("line %d %s", p.Caller.Line, p.Caller.Printed)
			}
		}
		values = append(values, newValue(n.Lines[0][0], fmt.Sprintf("note %d", n.Number), want, got))
	}
	s.scoreValues("callers", values)
}

// firstLine returns the first line of a passage, 0 if it has none.
func firstLine(p *corpus.Passage) int {
	if len(p.Lines) == 0 {
		return 0
	}
	return p.Lines[0][0]
}

func showRanges(ranges [][2]int) string {
	parts := make([]string, len(ranges))
	for i, r := range ranges {
		parts[i] = fmt.Sprintf("%d-%d", r[0], r[1])
	}
	return strings.Join(parts, ", ")
}
