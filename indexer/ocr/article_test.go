package ocr

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

// testdata/leem-repairs.tsv lists every place where the shipped article's print
// departs from its page, found by reading it line by line: words broken over two
// lines, confused letters and figures, stray and lost spaces. Footnote markers
// are not in it. A doubtful case is left out: what the author wrote stands.
func TestRepairsOfTheArticle(t *testing.T) {
	data, err := os.ReadFile("testdata/leem-repairs.tsv")
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]int{}
	for _, row := range strings.Split(strings.TrimSpace(string(data)), "\n")[1:] {
		want[row]++
	}
	blocks := articleBlocks(t)
	r := New(blocks, Options{})
	found := 0
	for _, lines := range blocks {
		for _, p := range r.Read(lines).Repairs {
			row := fmt.Sprintf("%d\t%s\t%s", p.Line, p.Printed, p.Reading)
			if want[row] == 0 {
				t.Errorf("repair that reading the article did not call for: %s (%s)", row, p.Rule)
				continue
			}
			want[row]--
			found++
		}
	}
	for row, n := range want {
		if n > 0 {
			t.Errorf("missed: %s", row)
		}
	}
	t.Logf("%d repairs found", found)
}
