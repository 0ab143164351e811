package plain

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"ibid/indexer/block"
)

var update = flag.Bool("update", false, "rewrite the golden files")

const article = "../../corpus/pact1939/leem.txt"

// TestArticleGolden compares the blocks of the shipped article with a list made
// by reading it: kind, section, pages, lines, and for a note its number, for a
// caller its line, print and note.
func TestArticleGolden(t *testing.T) {
	src := readFile(t, article)
	got, err := Read(src, Options{FirstPage: "203"})
	if err != nil {
		t.Fatal(err)
	}
	if err := checkSource(src, got); err != nil {
		t.Error(err)
	}
	text := outline(got)
	const golden = "testdata/leem.golden"
	if *update {
		if err := os.WriteFile(golden, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want := strings.Split(string(readFile(t, golden)), "\n")
	for i, line := range strings.Split(text, "\n") {
		if i >= len(want) || line != want[i] {
			t.Errorf("block %d: %s, want %s", i, line, strings.Join(want[min(i, len(want)):min(i+1, len(want))], ""))
		}
	}
}

// outline prints a source, a block a line.
func outline(s *block.Source) string {
	var b strings.Builder
	for _, x := range s.Blocks {
		fmt.Fprintf(&b, "%s %s p. %s %s", [...]string{"heading", "paragraph", "footnote"}[x.Kind], orDash(x.Section), pages(x), ranges(x))
		if x.Kind == block.Footnote {
			fmt.Fprintf(&b, " number %d", x.Number)
		}
		for _, c := range x.Callers {
			l := x.Lines[c.Line]
			fmt.Fprintf(&b, " calls %d at %d %q", s.Blocks[c.Note].Number, l.Number, l.Text[c.Start:c.End])
		}
		b.WriteByte('\n')
	}
	for _, l := range s.Furniture {
		fmt.Fprintf(&b, "furniture p. %s %d\n", l.Page, l.Number)
	}
	return b.String()
}

func orDash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

// pages returns the pages of a block.
func pages(b block.Block) string {
	var out []string
	for _, l := range b.Lines {
		if len(out) == 0 || out[len(out)-1] != l.Page {
			out = append(out, l.Page)
		}
	}
	return strings.Join(out, "+")
}

// ranges returns the lines of a block, with a comma where something else stands between.
func ranges(b block.Block) string {
	var out strings.Builder
	from := b.Lines[0]
	for i, l := range b.Lines {
		if i+1 < len(b.Lines) && b.Lines[i+1].Seq <= l.Seq+1 {
			continue
		}
		if out.Len() > 0 {
			out.WriteByte(',')
		}
		fmt.Fprintf(&out, "%d-%d", from.Number, l.Number)
		if i+1 < len(b.Lines) {
			from = b.Lines[i+1]
		}
	}
	return out.String()
}

// TestArticleDamaged reads the article with more damage: what is read must not change.
func TestArticleDamaged(t *testing.T) {
	src := readFile(t, article)
	whole, err := Read(src, Options{FirstPage: "203"})
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct{ name, from, to string }{
		{"break behind a note without its mark", "\n made no later", "\nmade no later"},
		{"garbled label of a note", "\n3) Balancing", "\n8) Balancing"},
		{"garbled label and caller", "survival.3) ", "survival.B) "},
		{"label of a note read as letters", "\n11) GK", "\nll) GK"},
		{"garbled section", "\nII. Soviet", "\nIl. Soviet"},
		{"section read as the next", "\nII. Soviet", "\nIII. Soviet"},
		{"carriage returns", "\n", "\r\n"},
	}
	for _, tt := range tests {
		damaged := bytes.ReplaceAll(src, []byte(tt.from), []byte(tt.to))
		if bytes.Equal(damaged, src) {
			t.Errorf("%s: the article has no %q", tt.name, tt.from)
			continue
		}
		got, err := Read(damaged, Options{FirstPage: "203"})
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		unquote := func(s string) string { return strings.NewReplacer(`"3)"`, `""`, `"B)"`, `""`).Replace(s) }
		a, b := strings.Split(unquote(outline(got)), "\n"), strings.Split(unquote(outline(whole)), "\n")
		for i := range min(len(a), len(b)) {
			if a[i] != b[i] {
				t.Errorf("%s: block %d: %s, want %s", tt.name, i, a[i], b[i])
				break
			}
		}
	}
}

func BenchmarkReadArticle(b *testing.B) {
	src := readFile(b, article)
	b.SetBytes(int64(len(src)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Read(src, Options{FirstPage: "203"}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkReadBook reads a book of about a thousand pages: the time for each
// byte must be that of the article.
func BenchmarkReadBook(b *testing.B) {
	src := bytes.Repeat(readFile(b, article), 40)
	b.SetBytes(int64(len(src)))
	for b.Loop() {
		if _, err := Read(src, Options{FirstPage: "203"}); err != nil {
			b.Fatal(err)
		}
	}
}
