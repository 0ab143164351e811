package plain

import (
	"fmt"
	"os"
	"testing"
)

func TestDump(t *testing.T) {
	f := os.Getenv("DUMP")
	if f == "" {
		t.Skip()
	}
	src, _ := os.ReadFile(f)
	s, err := Read(src, Options{FirstPage: os.Getenv("FP")})
	if err != nil {
		t.Fatal(err)
	}
	for i, b := range s.Blocks {
		fmt.Printf("%3d %v %-10s n=%d ", i, []string{"H", "P", "N"}[b.Kind], b.Section, b.Number)
		a, p, q := b.Lines[0], b.Lines[0], b.Lines[0]
		for _, l := range b.Lines[1:] {
			if l.Seq > q.Seq+1 {
				fmt.Printf("%d-%d,", p.Number, q.Number)
				p = l
			}
			q = l
		}
		fmt.Printf("%d-%d pp %s-%s calls", p.Number, q.Number, a.Page, q.Page)
		for _, c := range b.Callers {
			fmt.Printf(" %q=%d", b.Lines[c.Line].Text[c.Start:c.End], s.Blocks[c.Note].Number)
		}
		fmt.Printf(" | %.40s ... \n", a.Text)
	}
	for _, l := range s.Furniture {
		fmt.Println("F", l.Number, l.Page, l.Text)
	}
}
