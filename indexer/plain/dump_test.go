package plain

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

func TestDump(t *testing.T) {
	f := os.Getenv("DUMP")
	if f == "" {
		t.Skip()
	}
	src, _ := os.ReadFile(f)
	if x := os.Getenv("CUT"); x != "" {
		src = []byte(strings.ReplaceAll(string(src), "\n "+x, "\n"+x))
	}
	s, err := Read(src, Options{FirstPage: os.Getenv("FP")})
	if err != nil {
		t.Fatal(err)
	}
	for i, b := range s.Blocks {
		fmt.Printf("%3d %v %-10s n=%d ", i, []string{"H", "P", "N"}[b.Kind], b.Section, b.Number)
		fmt.Printf("%s pp %s calls", ranges(b), pages(b))
		for _, c := range b.Callers {
			fmt.Printf(" %q=%d", b.Lines[c.Line].Text[c.Start:c.End], s.Blocks[c.Note].Number)
		}
		fmt.Printf(" | %.40s ... \n", b.Lines[0].Text)
	}
	for _, l := range s.Furniture {
		fmt.Println("F", l.Number, l.Page, l.Text)
	}
}
