package annotate_test

import (
	"bytes"
	"fmt"
	"os"
	"testing"

	"ibid/corpus"
	"ibid/indexer/annotate"
)

// BenchmarkAnnotate annotates the shipped article, repeated so that it is as long
// as a chapter, a book, ten books. The time for each byte shows whether annotating
// is linear in the length: compare the ns/byte of the lines.
func BenchmarkAnnotate(b *testing.B) {
	c, err := corpus.LoadDir("../../corpus/pact1939")
	if err != nil {
		b.Fatal(err)
	}
	data, err := os.ReadFile("../../corpus/pact1939/leem.txt")
	if err != nil {
		b.Fatal(err)
	}
	for _, times := range []int{1, 4, 16, 64} {
		texts := textsOf(b, c.Manifest, bytes.Repeat(append(bytes.TrimSpace(data), "\n\n"...), times), "203")
		b.Run(fmt.Sprint(times), func(b *testing.B) {
			for range b.N {
				annotate.Annotate(c.Manifest, texts)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(data)*times), "ns/byte")
		})
	}
}
