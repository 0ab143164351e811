package eval

import (
	"math"
	"slices"
)

// Scores are the measures of one topic, or means over several. All are 0 to 1.
//
// A judgement counts once, at the first passage that stands for it: a second
// one (the quotation after its paragraph) gains nothing and still takes its
// rank. A passage that stands for several gains the greatest grade of those not
// counted yet. An unjudged passage gains nothing.
type Scores struct {
	// NDCG is nDCG@k of Järvelin and Kekäläinen, "Cumulated gain-based evaluation
	// of IR techniques", ACM TOIS 20 (2002): the sum of gain/log2(rank+1) over the
	// first k, divided by that of the best possible order. The gain is the grade
	// itself, as in trec_eval's ndcg_cut (not 2^grade-1).
	NDCG float64
	// RR is 1/rank of the first relevant passage (grade 1 or more) at any rank, 0
	// without one; its mean is the MRR of Voorhees, "The TREC-8 Question Answering
	// Track Report" (1999).
	RR float64
	// BestFirst is 1 if the first passage has the greatest grade of the topic.
	BestFirst float64
	// Success is success@k: 1 if a relevant passage is among the first k.
	Success float64
	// Recall is recall@k: the share of the relevant judgements met in the first k.
	Recall float64
	// Unjudged is the share of unjudged passages among those returned in the first k.
	Unjudged float64
}

// A TopicScore is a topic with its scores.
type TopicScore struct {
	Topic Topic
	Scores
}

// An Evaluation is a run, scored.
type Evaluation struct {
	Tag    string
	K      int
	Topics []TopicScore // in the order of the topics given
}

// Evaluate scores a run at cutoff k. Topics without a relevant judgement cannot
// be scored and are left out.
func Evaluate(topics []Topic, judge *Judge, run Run, k int) Evaluation {
	e := Evaluation{Tag: run.Tag, K: k}
	for _, t := range topics {
		if s, ok := judge.score(t.ID, run.Ranked[t.ID], k); ok {
			e.Topics = append(e.Topics, TopicScore{t, s})
		}
	}
	return e
}

// score scores a ranking; false if the topic has nothing relevant.
func (j *Judge) score(topic string, ids []string, k int) (Scores, bool) {
	var ideal []int
	for _, g := range j.judgements[topic] {
		if g.Grade > 0 {
			ideal = append(ideal, g.Grade)
		}
	}
	if len(ideal) == 0 {
		return Scores{}, false
	}
	slices.SortFunc(ideal, func(a, b int) int { return b - a })
	gains, met, unjudged := j.gains(topic, ids, k)
	s := Scores{
		NDCG:   dcg(gains, k) / dcg(ideal, k),
		Recall: float64(met) / float64(len(ideal)),
	}
	if first := slices.IndexFunc(gains, func(g int) bool { return g > 0 }); first >= 0 {
		s.RR = 1 / float64(first+1)
		s.Success = indicator(first < k)
	}
	s.BestFirst = indicator(len(gains) > 0 && gains[0] == ideal[0])
	if shown := min(k, len(ids)); shown > 0 {
		s.Unjudged = float64(unjudged) / float64(shown)
	}
	return s, true
}

// gains returns the gain at each rank, how many relevant judgements the first k
// meet, and how many of the first k are unjudged.
func (j *Judge) gains(topic string, ids []string, k int) (gains []int, met, unjudged int) {
	counted := map[int]bool{}
	for rank, id := range ids {
		items := j.of(topic, id)
		if rank < k && len(items) == 0 {
			unjudged++
		}
		gain := 0
		for _, i := range items {
			grade := j.judgements[topic][i].Grade
			if counted[i] {
				continue
			}
			counted[i] = true
			gain = max(gain, grade)
			if rank < k && grade > 0 {
				met++
			}
		}
		gains = append(gains, gain)
	}
	return gains, met, unjudged
}

// dcg is the discounted cumulated gain of the first k.
func dcg(gains []int, k int) float64 {
	sum := 0.0
	for i, g := range gains[:min(k, len(gains))] {
		sum += float64(g) / math.Log2(float64(i+2))
	}
	return sum
}

func indicator(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// Mean returns the means of the topics for which keep is true, and how many they are.
func (e Evaluation) Mean(keep func(Topic) bool) (Scores, int) {
	var sum Scores
	n := 0
	for _, t := range e.Topics {
		if !keep(t.Topic) {
			continue
		}
		n++
		sum.NDCG += t.NDCG
		sum.RR += t.RR
		sum.BestFirst += t.BestFirst
		sum.Success += t.Success
		sum.Recall += t.Recall
		sum.Unjudged += t.Unjudged
	}
	if n == 0 {
		return sum, 0
	}
	d := float64(n)
	return Scores{sum.NDCG / d, sum.RR / d, sum.BestFirst / d, sum.Success / d, sum.Recall / d, sum.Unjudged / d}, n
}
