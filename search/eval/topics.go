package eval

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
)

// ReadTopics reads topics, one a line: id, category, split and query between
// tabs, or a JSON object with these keys (or _id and text, as BEIR has them). Of
// a line with two columns these are id and query. Lines that are blank or begin with "#" are left out. The name of
// the file is for errors, which name the line.
func ReadTopics(r io.Reader, file string) ([]Topic, error) {
	var topics []Topic
	seen := map[string]bool{}
	err := eachLine(r, file, func(line string) error {
		t, err := parseTopic(line)
		if err != nil {
			return err
		}
		if seen[t.ID] {
			return fmt.Errorf("topic %s stands twice; give each its own id", t.ID)
		}
		seen[t.ID] = true
		topics = append(topics, t)
		return nil
	})
	if err == nil && len(topics) == 0 {
		err = fmt.Errorf("%s: there are no topics", file)
	}
	return topics, err
}

func parseTopic(line string) (Topic, error) {
	t, err := decodeTopic(line)
	switch {
	case err != nil:
		return t, err
	case t.ID == "" || strings.ContainsAny(t.ID, " \t"):
		return t, fmt.Errorf("the id %q must be one word", t.ID)
	case t.Query == "":
		return t, fmt.Errorf("topic %s has no query", t.ID)
	case t.Split != "" && t.Split != Tune && t.Split != Held:
		return t, fmt.Errorf("the split %q must be tune or held", t.Split)
	}
	return t, nil
}

func decodeTopic(line string) (Topic, error) {
	var t Topic
	if line[0] == '{' {
		beir := struct {
			*Topic
			ID   string `json:"_id"`
			Text string `json:"text"`
		}{Topic: &t}
		err := json.Unmarshal([]byte(line), &beir)
		t.ID, t.Query = cmp.Or(t.ID, beir.ID), cmp.Or(t.Query, beir.Text)
		return t, err
	}
	columns := strings.Split(line, "\t")
	for i := range columns {
		columns[i] = strings.TrimSpace(columns[i])
	}
	switch len(columns) {
	case 2:
		return Topic{ID: columns[0], Query: columns[1]}, nil
	case 4:
		return Topic{ID: columns[0], Category: columns[1], Split: Split(columns[2]), Query: columns[3]}, nil
	}
	return t, errors.New("a topic has the columns id, category, split and query, with tabs between them")
}

// Select returns the topics of a split; all of them for "".
func Select(topics []Topic, s Split) []Topic {
	var out []Topic
	for _, t := range topics {
		if s == "" || t.Split == s {
			out = append(out, t)
		}
	}
	return out
}
