package plain

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"ibid/indexer/block"
)

// checkSource returns what is wrong with a source read from src: a line that is
// lost, read twice or changed, a span outside its line, a caller of no note.
func checkSource(src []byte, s *block.Source) error {
	parts := map[int][]block.Line{} // by number
	add := func(l block.Line) error {
		if l.Text == "" || !utf8.ValidString(l.Text) || strings.TrimFunc(l.Text, isBlank) != l.Text {
			return fmt.Errorf("line %d: text %q", l.Number, l.Text)
		}
		parts[l.Number] = append(parts[l.Number], l)
		return nil
	}
	for i, b := range s.Blocks {
		if err := checkBlock(s, i); err != nil {
			return fmt.Errorf("block %d: %w", i, err)
		}
		for _, l := range b.Lines {
			if err := add(l); err != nil {
				return err
			}
		}
	}
	for _, l := range s.Furniture {
		if err := add(l); err != nil {
			return err
		}
	}
	return checkLines(src, s, parts)
}

func checkBlock(s *block.Source, i int) error {
	b := &s.Blocks[i]
	if len(b.Lines) == 0 {
		return fmt.Errorf("no lines")
	}
	for k := 1; k < len(b.Lines); k++ {
		if b.Lines[k].Number < b.Lines[k-1].Number {
			return fmt.Errorf("line %d stands behind line %d", b.Lines[k].Number, b.Lines[k-1].Number)
		}
	}
	spans := []block.Span{b.Label}
	for k, c := range b.Callers {
		spans = append(spans, c.Span)
		if c.Note < 0 || c.Note >= len(s.Blocks) || s.Blocks[c.Note].Kind != block.Footnote || b.Kind == block.Footnote {
			return fmt.Errorf("caller of block %d", c.Note)
		}
		if k > 0 && (c.Line < b.Callers[k-1].Line || c.Line == b.Callers[k-1].Line && c.Start < b.Callers[k-1].End) {
			return fmt.Errorf("callers overlap or are out of order")
		}
	}
	for _, p := range spans {
		if p.Line < 0 || p.Line >= len(b.Lines) || p.Start < 0 || p.End < p.Start || p.End > len(b.Lines[p.Line].Text) {
			return fmt.Errorf("span %+v", p)
		}
		if text := b.Lines[p.Line].Text; !utf8.ValidString(text[:p.Start]) || !utf8.ValidString(text[p.Start:p.End]) {
			return fmt.Errorf("span %+v divides a letter of %q", p, text)
		}
	}
	return nil
}

// checkLines compares the parts of each line, in order of columns, with the file.
func checkLines(src []byte, s *block.Source, parts map[int][]block.Line) error {
	sep := []byte("\n")
	if !bytes.Contains(src, sep) && bytes.IndexByte(src, '\r') >= 0 {
		sep = []byte("\r")
	}
	lines := bytes.Split(src, sep)
	if s.LineCount != len(lines) && !(s.LineCount == len(lines)-1 && len(lines[len(lines)-1]) == 0) {
		return fmt.Errorf("%d lines, want %d", s.LineCount, len(lines))
	}
	for i, raw := range lines {
		want := squeezed(string(bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf"))))
		var got strings.Builder
		at := -1
		for _, l := range byColumn(parts[i+1]) {
			if l.Column <= at || l.Column >= len(raw) || raw[l.Column] != l.Text[0] && !strings.HasPrefix(l.Text, "\uFFFD") {
				return fmt.Errorf("line %d: column %d of %q", i+1, l.Column, raw)
			}
			at = l.Column
			got.WriteString(squeezed(l.Text))
		}
		if got.String() != want {
			return fmt.Errorf("line %d: %q, want %q", i+1, got.String(), want)
		}
	}
	return nil
}

func byColumn(lines []block.Line) []block.Line {
	for i := 1; i < len(lines); i++ {
		for k := i; k > 0 && lines[k].Column < lines[k-1].Column; k-- {
			lines[k], lines[k-1] = lines[k-1], lines[k]
		}
	}
	return lines
}

// squeezed returns what s prints, without blanks and without what is no UTF-8.
func squeezed(s string) string {
	return strings.Map(func(r rune) rune {
		if isBlank(r) || r == utf8.RuneError {
			return -1
		}
		return r
	}, s)
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(" I. Title\n\nA word.1) More\n\nwords.\n\n1) See that.\n 204\n\nmore words"), "203")
	f.Add([]byte("Text called*\n\n* A note\n\f2\n\nmore [2]\n\nNOTES\n\n[1] One\n[2] Two"), "")
	f.Add([]byte("\xef\xbb\xbfA\r\nB\x00\xff\x0c\x0cC 12"), "xi")
	f.Add([]byte("end. 3\n\n\f4\n\nword2\n\n1 note\n2 note\n\f5\n\nfive\n\f6\n\nsix"), "2")
	f.Fuzz(func(t *testing.T, src []byte, first string) {
		got, err := Read(src, Options{FirstPage: first})
		if err != nil {
			return
		}
		if err := checkSource(src, got); err != nil {
			t.Error(err)
		}
	})
}
