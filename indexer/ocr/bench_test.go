package ocr

import "testing"

func BenchmarkReadArticle(b *testing.B) {
	blocks := articleBlocks(b)
	for b.Loop() {
		r := New(blocks, Options{})
		for _, lines := range blocks {
			r.Read(lines)
		}
	}
}
