// Package eval measures a search engine against written judgements: it reads
// topics, qrels and runs in the forms of TREC (https://trec.nist.gov), scores a
// run by topic, by category and on the mean, and compares two runs. It knows no
// engine: RunTopics asks a function, and passages are line ranges. Judgements
// are addressed by lines of a source, so they outlive any change of how the
// source is cut into passages. Start at Evaluate.
package eval

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

// A Topic is a written information need, as the one wording that is searched for.
type Topic struct {
	ID       string `json:"id"`
	Category string `json:"category"`
	Split    Split  `json:"split"`
	Query    string `json:"query"`
}

// A Split says what a topic may be used for.
type Split string

// The splits. A boost may be chosen by the topics of Tune only; Held tells
// whether the choice was a general one, and is reported, not looked into.
const (
	Tune Split = "tune"
	Held Split = "held"
)

// A Passage is what an engine ranks, as far as judging needs it.
type Passage struct {
	ID     string
	Source string
	Lines  [][2]int // ranges in the source file, 1-based, both ends included
}

// maxLine is the longest line that is read, in bytes: documents of a collection stand on one line each.
const maxLine = 64 << 20

// eachLine calls read for the lines of r that are neither blank nor begin with
// "#", and says in an error which file and which 1-based line it was.
func eachLine(r io.Reader, file string, read func(line string) error) error {
	s := bufio.NewScanner(r)
	s.Buffer(nil, maxLine)
	n := 0
	for s.Scan() {
		n++
		line := strings.TrimSpace(s.Text())
		if line == "" || line[0] == '#' {
			continue
		}
		if err := read(line); err != nil {
			return fmt.Errorf("%s: line %d: %w", file, n, err)
		}
	}
	if err := s.Err(); err != nil {
		return fmt.Errorf("%s: line %d: %w", file, n+1, err)
	}
	return nil
}
