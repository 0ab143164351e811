package annotate

import (
	"fmt"
	"strings"
	"testing"
)

func TestDatesOfArticle(t *testing.T) {
	m := twoSigla()
	texts := article(t)
	Citations(m, texts)
	Dates(m, texts)
	var want, got []string
	for _, r := range gold(t, "dates.tsv") {
		want = append(want, strings.TrimSpace(fmt.Sprintf("%d %s %s", r.line, r.fields[0], r.fields[1])))
	}
	for _, text := range texts {
		for _, d := range text.Dates {
			row := fmt.Sprintf("%d %s", d.Line, d.EDTF)
			if d.Relative {
				row += " relative"
			}
			got = append(got, row)
		}
	}
	f1 := score(t, want, got)
	t.Logf("%d found, %d in the gold, F1 %.3f", len(got), len(want), f1)
	if f1 < 0.98 {
		t.Errorf("dates: F1 %.3f, want 0.98", f1)
	}
}
