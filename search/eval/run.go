package eval

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// A Run is what an engine returned: for each topic the ids of passages, best first.
type Run struct {
	Tag    string // name of the engine and its settings
	Ranked map[string][]string
}

// RunTopics asks search for each topic and keeps what it returned, without
// repetitions. It stops at the first error.
func RunTopics(topics []Topic, tag string, search func(query string) ([]string, error)) (Run, error) {
	run := Run{Tag: tag, Ranked: map[string][]string{}}
	for _, t := range topics {
		ids, err := search(t.Query)
		if err != nil {
			return run, fmt.Errorf("topic %s, %q: %w", t.ID, t.Query, err)
		}
		run.Ranked[t.ID] = unique(ids)
	}
	return run, nil
}

func unique(ids []string) []string {
	var out []string
	seen := map[string]bool{}
	for _, id := range ids {
		if !seen[id] {
			seen[id] = true
			out = append(out, id)
		}
	}
	return out
}

// A line of a run.
type ranked struct {
	id    string
	score float64
	rank  int
}

// ReadRun reads a run, one hit a line: topic, Q0, passage, rank, score, tag. As
// trec_eval does, hits are ordered by score; equal scores by rank.
func ReadRun(r io.Reader, file string) (Run, error) {
	run := Run{Ranked: map[string][]string{}}
	hits := map[string][]ranked{}
	err := eachLine(r, file, func(line string) error {
		f := strings.Fields(line)
		if len(f) != 6 {
			return errors.New("a hit has six columns: topic, Q0, passage, rank, score and tag")
		}
		rank, err1 := strconv.Atoi(f[3])
		score, err2 := strconv.ParseFloat(f[4], 64)
		if err1 != nil || err2 != nil {
			return fmt.Errorf("the rank %q and the score %q must be numbers", f[3], f[4])
		}
		hits[f[0]] = append(hits[f[0]], ranked{f[2], score, rank})
		run.Tag = f[5]
		return nil
	})
	for topic, list := range hits {
		slices.SortStableFunc(list, func(a, b ranked) int {
			return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.rank, b.rank))
		})
		var ids []string
		for _, h := range list {
			ids = append(ids, h.id)
		}
		run.Ranked[topic] = unique(ids)
	}
	return run, err
}

// WriteRun writes a run so that ReadRun and trec_eval read it. The scores only
// keep the order.
func WriteRun(w io.Writer, topics []Topic, run Run) error {
	tag := strings.Join(strings.Fields(run.Tag), "-")
	if tag == "" {
		tag = "run"
	}
	for _, t := range topics {
		ids := run.Ranked[t.ID]
		for i, id := range ids {
			if _, err := fmt.Fprintf(w, "%s Q0 %s %d %d %s\n", t.ID, id, i+1, len(ids)-i, tag); err != nil {
				return err
			}
		}
	}
	return nil
}
