package plain

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"

	"ibid/indexer/block"
)

// TestParagraphsSetAnew takes the paragraphs of articles that show them by blank
// lines, sets them in justified lines as a book does, loses the indents as
// machines do, and asks for the paragraphs again.
func TestParagraphsSetAnew(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(articles, "jnh1917/pagefoot/*.txt"))
	if err != nil || len(files) == 0 {
		t.Skipf("%s is not there: the articles are not part of the repository", articles)
	}
	tests := []struct {
		name   string
		breaks float64 // share of words divided at the end of a line
		gap    string  // between lines
		floor  float64 // F1
	}{
		{"no word divided", 0, "\n\n", 0.92},
		{"some words divided", 0.3, "\n\n", 0.92},
		{"most words divided", 0.9, "\n\n", 0.92},
		{"single spaced", 0.5, "\n", 0.92},
	}
	for _, tt := range tests {
		var all, found, right int
		for i, file := range files {
			src, err := Read(readFile(t, file), Options{})
			if err != nil {
				t.Fatal(err)
			}
			set, starts := setAnew(src, tt.breaks, tt.gap, rand.New(rand.NewPCG(uint64(i), 1)))
			got, err := Read([]byte(set), Options{FirstPage: "1"})
			if err != nil {
				t.Fatal(err)
			}
			all += len(starts)
			for _, b := range got.Blocks {
				if b.Kind != block.Paragraph {
					continue
				}
				found++
				if starts[b.Lines[0].Number] {
					right++
				}
			}
		}
		f1 := 2 * float64(right) / float64(all+found)
		t.Logf("%s: %d paragraphs, found %d, right %d: F1 %.3f", tt.name, all, found, right, f1)
		if f1 < tt.floor {
			t.Errorf("%s: F1 %.3f, want %.2f", tt.name, f1, tt.floor)
		}
	}
}

// setAnew sets the paragraphs of src in pages of forty lines. It returns the
// text, and the numbers of the lines on which paragraphs begin.
func setAnew(src *block.Source, breaks float64, gap string, rnd *rand.Rand) (string, map[int]bool) {
	const measure, indent = 30_000, 1_000
	var out strings.Builder
	starts := map[int]bool{}
	lines, number := 0, 1
	put := func(s string) {
		if lines > 0 && lines%40 == 0 {
			fmt.Fprintf(&out, "\f%d%s", lines/40+1, gap)
			number += len(gap)
		}
		out.WriteString(s + gap)
		lines++
		number += len(gap)
	}
	for _, b := range src.Blocks {
		if b.Kind != block.Paragraph {
			continue
		}
		var text strings.Builder
		at := 0
		for i, l := range b.Lines {
			from := 0
			for ; at < len(b.Callers) && b.Callers[at].Line == i; at++ {
				text.WriteString(l.Text[from:b.Callers[at].Start])
				from = b.Callers[at].End
			}
			text.WriteString(l.Text[from:] + " ")
		}
		room, line, first := measure-indent, "", true
		for _, w := range strings.Fields(text.String()) {
			if line != "" && width(line+" "+w) > room+rnd.IntN(measure/30)-measure/60 {
				if part := len(w) / 2; len(w) > 5 && rnd.Float64() < breaks && width(line+" "+w[:part]+"-") < room {
					line += " " + w[:part] + "-"
					w = w[part:]
				}
				if first {
					starts[number+pageLine(lines, gap)] = true
				}
				put(line)
				room, line, first = measure, "", false
			}
			line = strings.TrimSpace(line + " " + w)
		}
		if first {
			starts[number+pageLine(lines, gap)] = true
		}
		put(line)
	}
	return out.String(), starts
}

// pageLine returns by how many lines a page number moves line n of the text down.
func pageLine(n int, gap string) int {
	if n > 0 && n%40 == 0 {
		return len(gap)
	}
	return 0
}
