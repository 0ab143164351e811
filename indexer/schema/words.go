package schema

import (
	"bufio"
	"bytes"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/blevesearch/mmap-go"
)

// Words are the words of an index by stem, in a mapped text file of lines
//
//	negoti<TAB>negotiate 3<TAB>negotiated 1<TAB>negotiations 31
//
// sorted by stem, the words of a stem in order.
type Words struct {
	data mmap.MMap
}

// A WordCount is a word and how often it occurs in the readings.
type WordCount struct {
	Word  string
	Count int
}

// A StemWord is a word with its stem and count.
type StemWord struct {
	Stem string
	WordCount
}

// WriteWords writes the file; it sorts words.
func WriteWords(out io.Writer, words []StemWord) error {
	slices.SortFunc(words, func(a, b StemWord) int {
		return cmp.Or(cmp.Compare(a.Stem, b.Stem), cmp.Compare(a.Word, b.Word))
	})
	w := bufio.NewWriter(out)
	for i, s := range words {
		if i == 0 || s.Stem != words[i-1].Stem {
			if i > 0 {
				w.WriteByte('\n')
			}
			w.WriteString(s.Stem)
		}
		fmt.Fprintf(w, "\t%s %d", s.Word, s.Count)
	}
	w.WriteByte('\n')
	return w.Flush()
}

// OpenWords maps the words in a file.
func OpenWords(path string) (*Words, error) {
	data, err := mapped(path)
	if err != nil {
		return nil, err
	}
	return &Words{data: data}, nil
}

// Close unmaps the file.
func (w *Words) Close() error { return w.data.Unmap() }

// Of returns the words of a stem, sorted; none if no word has it.
func (w *Words) Of(stem string) []WordCount {
	lo, hi := 0, len(w.data) // the line, if any, begins in [lo, hi)
	for lo < hi {
		start := w.lineStart((lo + hi) / 2)
		line := w.line(start)
		head, rest, _ := bytes.Cut(line, []byte{'\t'})
		switch cmp.Compare(string(head), stem) {
		case 0:
			return parseCounts(string(rest))
		case -1:
			lo = start + len(line) + 1
		default:
			hi = start
		}
	}
	return nil
}

// lineStart returns where the line that holds byte i begins.
func (w *Words) lineStart(i int) int { return bytes.LastIndexByte(w.data[:i], '\n') + 1 }

func (w *Words) line(start int) []byte {
	line, _, _ := bytes.Cut(w.data[start:], []byte{'\n'})
	return line
}

func parseCounts(s string) []WordCount {
	var out []WordCount
	for part := range strings.SplitSeq(s, "\t") {
		word, count, _ := strings.Cut(part, " ")
		if n, err := strconv.Atoi(count); err == nil {
			out = append(out, WordCount{word, n})
		}
	}
	return out
}
