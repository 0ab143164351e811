package score

import (
	"fmt"
	"strings"
	"text/tabwriter"
)

// A Table is the score of one source, a row a key.
type Table struct {
	Source string `json:"source"`
	Rows   []Row  `json:"rows"`
}

// A Row is the score of one key. Precision is Right/Found, Recall Right/Gold,
// F1 their harmonic mean; each is 1 where there is nothing to find and nothing
// was found. What gold holds in doubt counts nowhere.
type Row struct {
	Key       string    `json:"key"`
	Gold      int       `json:"gold"`  // entries in gold
	Found     int       `json:"found"` // entries found
	Right     int       `json:"right"` // found and in gold
	Precision float64   `json:"precision"`
	Recall    float64   `json:"recall"`
	F1        float64   `json:"f1"`
	Missed    []Finding `json:"missed"` // in gold, not found; or found with another value
	Wrong     []Finding `json:"wrong"`  // found, not in gold
}

// A Finding is one thing that was missed or wrong.
type Finding struct {
	Line int    `json:"line"` // 1-based line in the source file
	Text string `json:"text"`
}

// closed returns the row with its ratios worked out and no list null.
func (r Row) closed() Row {
	r.Precision, r.Recall = ratio(r.Right, r.Found), ratio(r.Right, r.Gold)
	r.F1 = ratio(2*r.Right, r.Found+r.Gold)
	if r.Missed == nil {
		r.Missed = []Finding{}
	}
	if r.Wrong == nil {
		r.Wrong = []Finding{}
	}
	return r
}

func ratio(a, b int) float64 {
	if b == 0 {
		return 1
	}
	return float64(a) / float64(b)
}

// Row returns the row of a key; false if the key was not judged.
func (t Table) Row(key string) (Row, bool) {
	for _, r := range t.Rows {
		if r.Key == key {
			return r, true
		}
	}
	return Row{}, false
}

// String returns the table as text: a line a key, with figures to three places.
func (t Table) String() string {
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "gold\tfound\tright\tprecision\trecall\tF1\t  key")
	for _, r := range t.Rows {
		fmt.Fprintf(w, "%d\t%d\t%d\t%.3f\t%.3f\t%.3f\t  %s\n", r.Gold, r.Found, r.Right, r.Precision, r.Recall, r.F1, r.Key)
	}
	w.Flush() // to a Builder, which takes every write
	return b.String()
}

// Details returns what was missed and what was wrong, key by key, as text; ""
// if nothing was.
func (t Table) Details() string {
	var b strings.Builder
	for _, r := range t.Rows {
		for _, f := range r.Missed {
			fmt.Fprintf(&b, "%s: line %d: missed: %s\n", r.Key, f.Line, f.Text)
		}
		for _, f := range r.Wrong {
			fmt.Fprintf(&b, "%s: line %d: wrong: %s\n", r.Key, f.Line, f.Text)
		}
	}
	return b.String()
}
