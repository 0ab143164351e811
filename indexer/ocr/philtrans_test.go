package ocr

import (
	"flag"
	"fmt"
	"os"
	"sort"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "add repairs without a verdict to testdata/philtrans-repairs.tsv")

const verdicts = "testdata/philtrans-repairs.tsv"

// testdata/philtrans-repairs.tsv has a verdict on every repair in 200 articles
// of the Philosophical Transactions, read by machine: "right", "wrong", or
// "open" where the words around do not tell. Repairs have to do ten times more
// good than harm. A repair without a verdict has to be judged first.
func TestRepairsOfOtherPrint(t *testing.T) {
	judged := readVerdicts(t)
	count := map[string]int{}
	for _, file := range []string{"philtrans-1700-1749.jsonl.gz", "philtrans-1800-1849.jsonl.gz"} {
		blocks := philtransSource(t, file, 100)
		r := New(blocks, Options{})
		for _, lines := range blocks {
			for _, p := range r.Read(lines).Repairs {
				key := p.Printed + "\t" + p.Reading
				if judged[key] == "" {
					judged[key] = "?"
					t.Errorf("%s: no verdict on %q read as %q (%s)", file, p.Printed, p.Reading, p.Rule)
				}
				count[judged[key]]++
			}
		}
	}
	if *update {
		writeVerdicts(t, judged)
	}
	t.Logf("%v", count)
	if count["right"] < 10*count["wrong"] || count["right"] == 0 {
		t.Errorf("%d right, %d wrong, want ten times more right", count["right"], count["wrong"])
	}
}

func readVerdicts(t *testing.T) map[string]string {
	t.Helper()
	data, err := os.ReadFile(verdicts)
	if err != nil && !*update {
		t.Fatal(err)
	}
	judged := map[string]string{}
	for _, row := range strings.Split(strings.TrimSpace(string(data)), "\n") {
		if verdict, repair, ok := strings.Cut(row, "\t"); ok {
			judged[repair] = verdict
		}
	}
	return judged
}

func writeVerdicts(t *testing.T, judged map[string]string) {
	t.Helper()
	var rows []string
	for repair, verdict := range judged {
		rows = append(rows, fmt.Sprintf("%s\t%s\n", verdict, repair))
	}
	sort.Strings(rows)
	if err := os.WriteFile(verdicts, []byte(strings.Join(rows, "")), 0o644); err != nil {
		t.Fatal(err)
	}
}
