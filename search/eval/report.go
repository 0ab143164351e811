package eval

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"
)

// Report writes a table of the scores: each topic, then the mean of each
// category and each split and of all. It is the same for the same scores, so it
// can be kept as a golden file.
func Report(w io.Writer, e Evaluation) error {
	t := table(w)
	fmt.Fprintf(t, "topic\tcategory\tsplit\tnDCG@%d\tRR\tbest 1st\tsuccess\trecall\tunjudged\tquery\n", e.K)
	for _, s := range e.Topics {
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\n", s.Topic.ID, s.Topic.Category, s.Topic.Split, cells(s.Scores), s.Topic.Query)
	}
	fmt.Fprintln(t)
	return means(t, e)
}

// Summary writes the means of Report without the topics.
func Summary(w io.Writer, e Evaluation) error { return means(table(w), e) }

func table(w io.Writer) *tabwriter.Writer { return tabwriter.NewWriter(w, 0, 0, 2, ' ', 0) }

// means writes the table of means and flushes t.
func means(t *tabwriter.Writer, e Evaluation) error {
	fmt.Fprintf(t, "mean of\ttopics\tsplit\tnDCG@%d\tMRR\tbest 1st\tsuccess\trecall\tunjudged\n", e.K)
	row := func(name, split string, keep func(Topic) bool) {
		if s, n := e.Mean(keep); n > 0 {
			fmt.Fprintf(t, "%s\t%d\t%s\t%s\n", name, n, split, cells(s))
		}
	}
	for _, c := range categories(e) {
		row(c, "", func(t Topic) bool { return t.Category == c })
	}
	for _, s := range []Split{Tune, Held} {
		row("all", string(s), func(t Topic) bool { return t.Split == s })
	}
	row("all", "", func(Topic) bool { return true })
	return t.Flush()
}

func cells(s Scores) string {
	return fmt.Sprintf("%.4f\t%.4f\t%.2f\t%.2f\t%.4f\t%.2f", s.NDCG, s.RR, s.BestFirst, s.Success, s.Recall, s.Unjudged)
}

// categories returns the categories in the order in which they are first met.
func categories(e Evaluation) []string {
	var out []string
	for _, t := range e.Topics {
		if c := t.Topic.Category; c != "" && !slices.Contains(out, c) {
			out = append(out, c)
		}
	}
	return out
}

// Compare writes the topics that two evaluations score differently, the
// greatest loss first, and the means of both.
func Compare(w io.Writer, before, after Evaluation) error {
	was := map[string]TopicScore{}
	for _, t := range before.Topics {
		was[t.Topic.ID] = t
	}
	var changed []TopicScore
	better, worse, both := 0, 0, 0
	for _, t := range after.Topics {
		old, ok := was[t.Topic.ID]
		if !ok {
			continue
		}
		both++
		switch {
		case t.NDCG > old.NDCG:
			better++
		case t.NDCG < old.NDCG:
			worse++
		default:
			continue
		}
		changed = append(changed, t)
	}
	change := func(t TopicScore) float64 { return t.NDCG - was[t.Topic.ID].NDCG }
	slices.SortStableFunc(changed, func(a, b TopicScore) int {
		switch {
		case change(a) < change(b):
			return -1
		case change(a) > change(b):
			return 1
		}
		return strings.Compare(a.Topic.ID, b.Topic.ID)
	})
	t := table(w)
	fmt.Fprintf(t, "nDCG@%d\t%s\t%s\tchange\tcategory\tquery\n", after.K, name(before, "before"), name(after, "after"))
	for _, s := range changed {
		fmt.Fprintf(t, "%s\t%.4f\t%.4f\t%+.4f\t%s\t%s\n", s.Topic.ID, was[s.Topic.ID].NDCG, s.NDCG, change(s), s.Topic.Category, s.Topic.Query)
	}
	all := func(Topic) bool { return true }
	a, _ := before.Mean(all)
	b, _ := after.Mean(all)
	fmt.Fprintf(t, "mean\t%.4f\t%.4f\t%+.4f\n", a.NDCG, b.NDCG, b.NDCG-a.NDCG)
	fmt.Fprintf(t, "MRR\t%.4f\t%.4f\t%+.4f\n", a.RR, b.RR, b.RR-a.RR)
	fmt.Fprintf(t, "best 1st\t%.4f\t%.4f\t%+.4f\n", a.BestFirst, b.BestFirst, b.BestFirst-a.BestFirst)
	if err := t.Flush(); err != nil {
		return err
	}
	_, err := fmt.Fprintf(w, "%d better, %d worse, %d the same\n", better, worse, both-better-worse)
	return err
}

func name(e Evaluation, otherwise string) string {
	if e.Tag == "" {
		return otherwise
	}
	return e.Tag
}
