package ocr

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// articleBlocks parts the shipped article crudely into blocks: at lines that
// end a sentence, and at the first line of a page. It is no reader of plain
// text, but enough to see what becomes of the words.
func articleBlocks(tb testing.TB) [][]Line {
	tb.Helper()
	data, err := os.ReadFile("../../corpus/pact1939/leem.txt")
	if err != nil {
		tb.Skip("the shipped article is not here: ", err)
	}
	return crudeBlocks(string(data))
}

var note = regexp.MustCompile(`^(\d+|S)\) `)

func crudeBlocks(text string) [][]Line {
	var blocks [][]Line
	var block []Line
	seq := 0
	for i, l := range strings.Split(text, "\n") {
		if strings.TrimSpace(l) == "" {
			continue
		}
		if note.MatchString(l) && len(block) > 0 {
			blocks, block = append(blocks, block), nil
		}
		block = append(block, Line{Number: i + 1, Seq: seq, Text: strings.TrimSpace(l)})
		seq++
		if len(l) < 60 && strings.ContainsAny(l[max(0, len(strings.TrimSpace(l))-1):], ".?!n") {
			blocks, block = append(blocks, block), nil
		}
	}
	return append(blocks, block)
}
