package eval

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The judgements must lie within the article, on printed lines, and every
// category must be split evenly.
func TestPact1939(t *testing.T) {
	topics, err := ReadTopics(open(t, "testdata/pact1939/topics.tsv"), "topics.tsv")
	if err != nil {
		t.Fatal(err)
	}
	judgements, err := ReadQrels(open(t, "testdata/pact1939/qrels.txt"), "qrels.txt")
	if err != nil {
		t.Fatal(err)
	}
	article, err := os.ReadFile("../../corpus/pact1939/leem.txt")
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(string(article), "\n")
	known, best := map[string]bool{}, map[string]int{}
	balance := map[string]int{}
	for _, topic := range topics {
		known[topic.ID] = true
		balance[topic.Category] += map[Split]int{Tune: 1, Held: -1}[topic.Split]
	}
	for _, j := range judgements {
		if !known[j.Topic] {
			t.Errorf("topic %s is judged but does not exist", j.Topic)
		}
		best[j.Topic] = max(best[j.Topic], j.Grade)
		checkPrinted(t, j, lines)
	}
	for _, topic := range topics {
		if best[topic.ID] != 3 {
			t.Errorf("topic %s has the greatest grade %d, want 3", topic.ID, best[topic.ID])
		}
	}
	for category, n := range balance {
		if n != 0 {
			t.Errorf("category %s has %d more tune topics than held", category, n)
		}
	}
	if len(topics) < 64 {
		t.Errorf("there are %d topics, want at least 64", len(topics))
	}
}

// checkPrinted checks that the ranges of a judgement begin and end on printed lines.
func checkPrinted(t *testing.T, j Judgement, lines []string) {
	t.Helper()
	for _, r := range j.Lines {
		if r[1] > len(lines) || strings.TrimSpace(lines[r[0]-1]) == "" || strings.TrimSpace(lines[r[1]-1]) == "" {
			t.Errorf("%s %v: the range must begin and end on a printed line", j.Topic, r)
		}
	}
}

// The judgements of the later sets must be of topics and of printed lines of the article, too.
func TestPact1939Later(t *testing.T) {
	article, err := os.ReadFile("../../corpus/pact1939/leem.txt")
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(string(article), "\n")
	files, err := filepath.Glob("testdata/pact1939/*-topics.tsv")
	if err != nil || len(files) == 0 {
		t.Fatal("no later sets", err)
	}
	for _, file := range files {
		set := strings.TrimSuffix(filepath.Base(file), "-topics.tsv")
		topics, err := ReadTopics(open(t, "testdata/pact1939/"+set+"-topics.tsv"), set)
		if err != nil {
			t.Fatal(err)
		}
		judgements, err := ReadQrels(open(t, "testdata/pact1939/"+set+"-qrels.txt"), set)
		if err != nil {
			t.Fatal(err)
		}
		best := map[string]int{}
		for _, j := range judgements {
			best[j.Topic] = max(best[j.Topic], j.Grade)
			checkPrinted(t, j, lines)
		}
		for _, topic := range topics {
			if best[topic.ID] != 3 {
				t.Errorf("topic %s has the greatest grade %d, want 3", topic.ID, best[topic.ID])
			}
			delete(best, topic.ID)
		}
		for id := range best {
			t.Errorf("topic %s is judged but does not exist", id)
		}
	}
}

func open(t *testing.T, name string) *os.File {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}
