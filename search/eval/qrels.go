package eval

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// A Judgement says how well a stretch of a source answers a topic.
type Judgement struct {
	Topic  string
	Source string   // id of the source; of a document judged as a whole, its own id
	Lines  [][2]int // ranges, 1-based, both ends included; none for a whole document
	Grade  int      // 0 not relevant, 1 touches it, 2 relevant, 3 what was asked for
}

// ReadQrels reads judgements, one a line, of one of the forms
//
//	topic source 622-637,640-651 3    lines of a source
//	topic 0 document 3                a whole document, as TREC writes it
//	topic document 3                  the same, as BEIR writes it under a line of headings
//
// A negative grade, which some TREC qrels give to spam, is read as 0. The name
// of the file is for errors, which name the line.
func ReadQrels(r io.Reader, file string) ([]Judgement, error) {
	var out []Judgement
	seen := map[string]bool{}
	err := eachLine(r, file, func(line string) error {
		if line == "query-id\tcorpus-id\tscore" {
			return nil
		}
		j, err := parseJudgement(strings.Fields(line))
		if err != nil {
			return err
		}
		key := fmt.Sprint(j.Topic, " ", j.Source, j.Lines)
		if seen[key] {
			return fmt.Errorf("%s is judged twice for topic %s", j, j.Topic)
		}
		seen[key] = true
		out = append(out, j)
		return nil
	})
	if err == nil && len(out) == 0 {
		err = fmt.Errorf("%s: there are no judgements", file)
	}
	return out, err
}

func parseJudgement(f []string) (Judgement, error) {
	if len(f) == 3 {
		f = []string{f[0], "0", f[1], f[2]}
	}
	if len(f) != 4 {
		return Judgement{}, errors.New("a judgement has four columns: topic, source, lines (first-last) and grade")
	}
	grade, err := strconv.Atoi(f[3])
	if err != nil {
		return Judgement{}, fmt.Errorf("the grade %q must be a number", f[3])
	}
	j := Judgement{Topic: f[0], Source: f[1], Grade: max(grade, 0)}
	if f[1] == "0" || f[1] == "Q0" {
		j.Source = f[2]
		return j, nil
	}
	j.Lines, err = parseLines(f[2])
	return j, err
}

// parseLines reads "622-637,640-651".
func parseLines(s string) ([][2]int, error) {
	var out [][2]int
	last := 0
	for _, part := range strings.Split(s, ",") {
		from, to, isRange := strings.Cut(part, "-")
		if !isRange {
			to = from
		}
		a, err1 := strconv.Atoi(from)
		b, err2 := strconv.Atoi(to)
		if err1 != nil || err2 != nil || a <= last || b < a {
			return nil, fmt.Errorf("the lines %q must be ranges in order, as 622-637,640-651", s)
		}
		out = append(out, [2]int{a, b})
		last = b
	}
	return out, nil
}

// String tells the source and the lines, as "leem 622-637,640-651".
func (j Judgement) String() string {
	var parts []string
	for _, r := range j.Lines {
		parts = append(parts, fmt.Sprintf("%d-%d", r[0], r[1]))
	}
	return strings.TrimSpace(j.Source + " " + strings.Join(parts, ","))
}

// A Judge knows which judgements each passage stands for.
//
// A passage stands for a judgement if their lines have at least half of the
// lines of the shorter of the two in common: a quotation stands for the
// paragraph that was judged, a paragraph for the sentence, but a paragraph does
// not stand for its neighbour because both have words on one line.
type Judge struct {
	judgements map[string][]Judgement // by topic
	passages   map[string]Passage
}

// NewJudge returns a Judge. Passages that are documents judged as a whole need
// not be given.
func NewJudge(judgements []Judgement, passages []Passage) *Judge {
	j := &Judge{judgements: map[string][]Judgement{}, passages: map[string]Passage{}}
	for _, g := range judgements {
		j.judgements[g.Topic] = append(j.judgements[g.Topic], g)
	}
	for _, p := range passages {
		j.passages[p.ID] = p
	}
	return j
}

// of returns the indexes of the judgements of a topic that a passage stands for.
func (j *Judge) of(topic, id string) []int {
	p := j.passages[id]
	var out []int
	for i, g := range j.judgements[topic] {
		if len(g.Lines) == 0 && g.Source == id || len(g.Lines) > 0 && g.Source == p.Source && standsFor(p.Lines, g.Lines) {
			out = append(out, i)
		}
	}
	return out
}

// Uncovered returns the relevant judgements of topics that no passage stands
// for, in the order of the qrels: with one of these the greatest score cannot be reached.
func (j *Judge) Uncovered(topics []Topic) []Judgement {
	var out []Judgement
	for _, t := range topics {
		covered := map[int]bool{}
		for id := range j.passages {
			for _, i := range j.of(t.ID, id) {
				covered[i] = true
			}
		}
		for i, g := range j.judgements[t.ID] {
			if !covered[i] && g.Grade > 0 && len(g.Lines) > 0 {
				out = append(out, g)
			}
		}
	}
	return out
}

func standsFor(a, b [][2]int) bool {
	shorter := min(countLines(a), countLines(b))
	return shorter > 0 && 2*commonLines(a, b) >= shorter
}

func countLines(ranges [][2]int) int {
	n := 0
	for _, r := range ranges {
		n += r[1] - r[0] + 1
	}
	return n
}

// commonLines counts the lines that both have; the ranges of each do not overlap.
func commonLines(a, b [][2]int) int {
	n := 0
	for _, x := range a {
		for _, y := range b {
			n += max(0, min(x[1], y[1])-max(x[0], y[0])+1)
		}
	}
	return n
}
