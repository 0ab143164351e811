package main

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"

	"ibid/search"
	"ibid/search/eval"
)

const topicSets = "../../search/eval/testdata/pact1939/"

// TestRanking holds the first hits of the 80 topics as they were last looked at, and what a user relies on: how good
// they are. Of a change, read which topics differ and whether it is for the better before writing the file anew with -update.
func TestRanking(t *testing.T) {
	index, err := search.Open(sharedIndex(t))
	if err != nil {
		t.Fatal(err)
	}
	defer index.Close()
	topics, run, scored := evaluated(t, index, "")
	var got strings.Builder
	got.WriteString("# topic, nDCG@10 and the first five hits\n")
	for i, s := range scored.Topics {
		first := run.Ranked[topics[i].ID]
		fmt.Fprintf(&got, "%s\t%.3f\t%s\t%s\n", s.Topic.ID, s.NDCG, strings.Join(first[:min(len(first), 5)], " "), s.Topic.Query)
	}
	file := topicSets + "ranking.golden"
	if *update {
		if err := os.WriteFile(file, []byte(got.String()), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(got.String()) {
		if !strings.Contains(string(want), line) {
			t.Errorf("not in %s: %s", file, line)
		}
	}
	checkQuality(t, "first set", scored, 0.92, 0.88)
	for _, s := range scored.Topics {
		if c := s.Topic.Category; s.BestFirst < 1 && (c == "known-item" || c == "phrase" || c == "citation") {
			t.Errorf("%s, %q: the best passage is not first", s.Topic.ID, s.Topic.Query)
		}
	}
	_, _, held := evaluated(t, index, "fifth-")
	checkQuality(t, "fifth set", held, 0.92, 0.88)
}

// evaluated searches for the topics of a set, known by the beginning of its files' names.
func evaluated(t *testing.T, index *search.Index, set string) ([]eval.Topic, eval.Run, eval.Evaluation) {
	t.Helper()
	topics, err := readWith(topicSets+set+"topics.tsv", eval.ReadTopics)
	if err != nil {
		t.Fatal(err)
	}
	judgements, err := readWith(topicSets+set+"qrels.txt", eval.ReadQrels)
	if err != nil {
		t.Fatal(err)
	}
	judge, err := newJudge(context.Background(), index, judgements, false)
	if err != nil {
		t.Fatal(err)
	}
	cfg := evalConfig{K: 10}
	run, err := cfg.run(context.Background(), index, topics)
	if err != nil {
		t.Fatal(err)
	}
	return topics, run, eval.Evaluate(topics, judge, run, cfg.K)
}

// checkQuality holds the mean nDCG and how often the best passage is first.
func checkQuality(t *testing.T, set string, scored eval.Evaluation, leastNDCG, leastFirst float64) {
	t.Helper()
	var ndcg, first float64
	for _, s := range scored.Topics {
		ndcg += s.NDCG
		first += s.BestFirst
	}
	n := float64(len(scored.Topics))
	if ndcg/n < leastNDCG || first/n < leastFirst {
		t.Errorf("%s: nDCG@10 %.3f, best first %.2f; want %.2f and %.2f", set, ndcg/n, first/n, leastNDCG, leastFirst)
	}
}
