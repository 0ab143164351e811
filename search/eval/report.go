package eval

import (
	"cmp"
	"fmt"
	"io"
	"slices"
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

// A change is a topic that two evaluations have, with its nDCG in both.
type change struct {
	topic         Topic
	before, after float64
}

// Compare writes the topics that two evaluations score differently, the
// greatest loss first, and the means of each over the topics that both have.
func Compare(w io.Writer, before, after Evaluation) error {
	all := changes(before, after)
	t := table(w)
	fmt.Fprintf(t, "nDCG@%d\t%s\t%s\tchange\tcategory\tquery\n", after.K, name(before, "before"), name(after, "after"))
	better, worse := 0, 0
	both := map[string]bool{}
	for _, c := range all {
		both[c.topic.ID] = true
		switch {
		case c.after > c.before:
			better++
		case c.after < c.before:
			worse++
		default:
			continue
		}
		fmt.Fprintf(t, "%s\t%.4f\t%.4f\t%+.4f\t%s\t%s\n", c.topic.ID, c.before, c.after, c.after-c.before, c.topic.Category, c.topic.Query)
	}
	a, _ := before.Mean(func(t Topic) bool { return both[t.ID] })
	b, _ := after.Mean(func(t Topic) bool { return both[t.ID] })
	for _, row := range []struct {
		name          string
		before, after float64
	}{{"mean", a.NDCG, b.NDCG}, {"MRR", a.RR, b.RR}, {"best 1st", a.BestFirst, b.BestFirst}} {
		fmt.Fprintf(t, "%s\t%.4f\t%.4f\t%+.4f\n", row.name, row.before, row.after, row.after-row.before)
	}
	if err := t.Flush(); err != nil {
		return err
	}
	_, err := fmt.Fprintf(w, "%d better, %d worse, %d the same\n", better, worse, len(all)-better-worse)
	return err
}

// changes returns the topics of both evaluations, the greatest loss first.
func changes(before, after Evaluation) []change {
	was := map[string]float64{}
	for _, t := range before.Topics {
		was[t.Topic.ID] = t.NDCG
	}
	var out []change
	for _, t := range after.Topics {
		if b, ok := was[t.Topic.ID]; ok {
			out = append(out, change{t.Topic, b, t.NDCG})
		}
	}
	slices.SortStableFunc(out, func(a, b change) int {
		return cmp.Or(cmp.Compare(a.after-a.before, b.after-b.before), cmp.Compare(a.topic.ID, b.topic.ID))
	})
	return out
}

func name(e Evaluation, otherwise string) string {
	if e.Tag == "" {
		return otherwise
	}
	return e.Tag
}
