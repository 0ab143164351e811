package score

import (
	"errors"
	"fmt"
	"os"
	"strings"
)

// A text is the printed lines that gold judges.
type text struct {
	lines []string // trimmed; lines[0] is line 1
	seq   []int    // for each line its ordinal among the lines that are not blank; -1 for a blank one
}

func readText(name string) (text, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return text{}, err
	}
	return newText(string(data)), nil
}

func newText(s string) text {
	var t text
	n := 0
	for line := range strings.SplitSeq(s, "\n") {
		line = strings.TrimSpace(strings.ReplaceAll(line, "\f", " "))
		t.lines = append(t.lines, line)
		if line == "" {
			t.seq = append(t.seq, -1)
			continue
		}
		t.seq = append(t.seq, n)
		n++
	}
	return t
}

// printed reports whether line, 1-based, stands in the text and is not blank.
func (t text) printed(line int) bool {
	return line >= 1 && line <= len(t.lines) && t.seq[line-1] >= 0
}

// distance returns how many printed lines lie between two lines: 0 for the same
// line, 1 for neighbours. A line that is blank or not in the text is far from all others.
func (t text) distance(a, b int) int {
	if a == b {
		return 0
	}
	if !t.printed(a) || !t.printed(b) {
		return len(t.lines) + 1
	}
	d := t.seq[a-1] - t.seq[b-1]
	return max(d, -d)
}

// set returns the printed lines in ranges; blank ones, and those that are not in the text, are left out.
func (t text) set(ranges [][2]int) []int {
	var out []int
	for _, r := range ranges {
		for n := max(r[0], 1); n <= min(r[1], len(t.lines)); n++ {
			if t.printed(n) {
				out = append(out, n)
			}
		}
	}
	return out
}

// checkLine is an error unless line prints the first of words. Only what stands
// before a "|" (the line end in a broken word) is looked for.
func (t text) checkLine(line int, words string) error {
	if !t.printed(line) {
		return fmt.Errorf("line %d is blank or not in the text", line)
	}
	first, _, _ := strings.Cut(words, " ")
	first, _, _ = strings.Cut(first, "|")
	if !strings.Contains(t.lines[line-1], first) {
		return fmt.Errorf("line %d does not print %q", line, first)
	}
	return nil
}

func (t text) checkRanges(ranges [][2]int) error {
	if len(ranges) == 0 {
		return errors.New("lines are missing")
	}
	for _, r := range ranges {
		if r[0] > r[1] {
			return fmt.Errorf("lines %d to %d: the first is after the last", r[0], r[1])
		}
		if !t.printed(r[0]) || !t.printed(r[1]) {
			return fmt.Errorf("lines %d to %d: a range must begin and end on printed lines", r[0], r[1])
		}
	}
	return nil
}

func (t text) checkBlock(b Block) error {
	return errors.Join(oneOf("kind", b.Kind, "heading", "paragraph"), t.checkRanges(b.Lines))
}

func (t text) checkNote(n Note) error {
	if err := t.checkRanges(n.Lines); err != nil {
		return err
	}
	if n.Caller != nil {
		return t.checkLine(n.Caller.Line, n.Caller.Printed)
	}
	return nil
}

func (t text) checkRepair(r Repair) error {
	return errors.Join(oneOf("kind", r.Kind, "split", "ocr"), t.checkLine(r.Line, r.Printed))
}

func (t text) checkCitation(c Citation) error {
	return errors.Join(oneOf("kind", c.Kind, "document", "work"), t.checkLine(c.Line, ""))
}

func (t text) checkDate(d Date) error { return t.checkLine(d.Line, d.Printed) }

func (t text) checkQuotation(q Quotation) error {
	if err := t.checkRanges(q.Lines); err != nil {
		return err
	}
	if bare(q.First) == "" || bare(q.Last) == "" {
		return errors.New("first and last words are missing")
	}
	return t.checkLine(q.Lines[0][0], q.First)
}

func (t text) checkMention(m Mention) error {
	return errors.Join(oneOf("kind", m.Kind, "person", "state", "body"), t.checkLine(m.Line, m.Printed))
}
