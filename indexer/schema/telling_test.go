package schema

import (
	"bytes"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/blevesearch/zapx/v17"

	"ibid/corpus"
	"ibid/indexer/analysis"
)

// writeTelling indexes texts and returns the path of their telling stems, and their stems.
func writeTelling(t *testing.T, texts []string) (string, *Occurrences) {
	t.Helper()
	var passages []*corpus.Passage
	for i, text := range texts {
		passages = append(passages, &corpus.Passage{ID: fmt.Sprintf("a/p%04d", i), Kind: corpus.Paragraph, Source: "a", Text: text, Printed: text})
	}
	store, err := NewStore(passages)
	if err != nil {
		t.Fatal(err)
	}
	b := NewBatch(store)
	for _, p := range passages {
		if _, err := b.Add(&Record{Passage: p}); err != nil {
			t.Fatal(err)
		}
	}
	in := func(name string) string { return filepath.Join(t.TempDir(), name) }
	run, stemCounts, path := in("run"), in(StemName), in(TellingName)
	if err := b.WriteRun(run); err != nil {
		t.Fatal(err)
	}
	if err := WriteOccurrences([]string{run}, stemCounts, in(TextName), in(PlacesName)); err != nil {
		t.Fatal(err)
	}
	stems, err := OpenOccurrences(stemCounts, "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { stems.Close() })
	var plugin zap.ZapPlugin
	seg, _, err := plugin.New(b.Documents())
	if err != nil {
		t.Fatal(err)
	}
	defer seg.Close()
	if err := WriteTelling(path, seg, stems); err != nil {
		t.Fatal(err)
	}
	return path, stems
}

// The telling stems are those of the greatest weight times occurrences, found here by looking at each passage by itself.
func TestTelling(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	var texts []string
	for range 40 {
		var words []string
		for range 20 + random.IntN(150) {
			words = append(words, fmt.Sprintf("word%c%c", 'a'+int(10*random.Float64()*random.Float64()), 'a'+random.IntN(26)))
		}
		texts = append(texts, strings.Join(words, " ")+" of 1911 ab")
	}
	texts = append(texts, "", "alone", "the of and", "1911 ab")
	path, stems := writeTelling(t, texts)
	telling, err := OpenTelling(path)
	if err != nil {
		t.Fatal(err)
	}
	defer telling.Close()
	var names []string
	index, passages := make(map[string]int), make(map[string]int)
	if err := stems.Each(func(stem string, c Counts) error {
		index[stem], passages[stem] = len(names), c.Len()
		names = append(names, stem)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	for i, text := range texts {
		counts := make(map[string]int)
		for _, term := range analysis.Terms(text) {
			counts[analysis.Stem(term)]++
		}
		var want []string
		for stem := range counts {
			if passages[stem] > 1 && len(stem) > 2 && !analysis.IsStop(stem) && stem != "1911" {
				want = append(want, stem)
			}
		}
		worth := func(stem string) float64 {
			return float64(min(counts[stem], 3)) * math.Log(float64(len(texts))/float64(passages[stem]))
		}
		slices.SortFunc(want, func(a, b string) int {
			if d := worth(b) - worth(a); d != 0 {
				return int(math.Copysign(1, d))
			}
			return index[a] - index[b]
		})
		want = want[:min(len(want), mostTelling)]
		slices.SortFunc(want, func(a, b string) int { return index[a] - index[b] })
		var got []string
		sum := 0.0
		for _, stem := range telling.Of(uint32(i)) {
			got = append(got, names[stem])
			sum += math.Pow(telling.Weight(stems.Passages(stem)), 2)
		}
		if !slices.Equal(got, want) {
			t.Errorf("passage %d has %q, want %q", i, got, want)
		}
		if norm := telling.Norm(uint32(i)); math.Abs(norm-math.Sqrt(sum)) > 1e-9 {
			t.Errorf("passage %d has the norm %v, want %v", i, norm, math.Sqrt(sum))
		}
	}
}

// What is chosen does not depend on how many passages are looked at at once.
func TestTellingBlocks(t *testing.T) {
	var texts []string
	for i := range 100 {
		texts = append(texts, fmt.Sprintf("the harbour of town%c and its quay%c with town%c", 'a'+i%7, 'a'+i%5, 'a'+i%3))
	}
	read := func(block int) string {
		defer func(n int) { tellingBlock = n }(tellingBlock)
		tellingBlock = block
		path, _ := writeTelling(t, texts)
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	want := read(1 << 16)
	for _, block := range []int{1, 7, 99, 100} {
		if read(block) != want {
			t.Errorf("blocks of %d passages: another file", block)
		}
	}
}

// A damaged file is refused, or what it tells can be read without a fault.
func FuzzTelling(f *testing.F) {
	var whole bytes.Buffer
	w := fileWriter{table: table{Passages: 2}}
	put(&w, "at", []uint32{0, 1, 3})
	put(&w, "of", []uint32{0, 0, 1})
	put(&w, "norm", []uint64{1, 2})
	if _, err := w.writeTo(tellingMagic, &whole); err != nil {
		f.Fatal(err)
	}
	f.Add(whole.Bytes())
	f.Add([]byte(tellingMagic))
	f.Add([]byte(tellingMagic + "\x02\x00\x00\x00{}"))
	f.Fuzz(func(t *testing.T, data []byte) {
		telling, err := parseTelling(data)
		if err != nil {
			return
		}
		for i := range telling.Len() {
			_ = telling.Of(uint32(i))
			_ = telling.Norm(uint32(i))
		}
	})
}
