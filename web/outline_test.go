package web

import (
	"context"
	"fmt"
	"iter"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/fstest"

	"github.com/PuerkitoBio/goquery"

	"ibid/corpus"
	"ibid/indexer"
	"ibid/search"
)

// A readingIndex counts how often a source is read from end to end, and passages one by one.
type readingIndex struct {
	*search.Index
	whole, single atomic.Int32
}

func (r *readingIndex) Export(ctx context.Context, asked search.Request) iter.Seq2[*corpus.Passage, error] {
	r.whole.Add(1)
	return r.Index.Export(ctx, asked)
}

func (r *readingIndex) Passages(source string) ([]*corpus.Passage, error) {
	r.whole.Add(1)
	return r.Index.Passages(source)
}

func (r *readingIndex) Passage(id string) (*corpus.Passage, error) {
	r.single.Add(1)
	return r.Index.Passage(id)
}

// longSource indexes a text of so many paragraphs, in chapters, with a page break and a note in some.
func longSource(t *testing.T, paragraphs int) *readingIndex {
	t.Helper()
	var text strings.Builder
	for i := range paragraphs {
		if i%100 == 0 {
			fmt.Fprintf(&text, "%d. CHAPTER\n\n", i/100+1)
		}
		fmt.Fprintf(&text, "Paragraph %d tells of the harbour and says in so many words that \"the harbour is closed to the ships of %d\" by order.\n\n", i, 1600+i)
	}
	c, err := corpus.Load(fstest.MapFS{
		corpus.ManifestName: {Data: []byte("id: long\ntitle: Long\nsources:\n  - {id: long, path: long.txt, format: text}\n")},
		"long.txt":          {Data: []byte(text.String())},
	}, "long")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := indexer.Build(context.Background(), c, dir, nil); err != nil {
		t.Fatal(err)
	}
	index, err := search.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { index.Close() })
	return &readingIndex{Index: index}
}

// TestPartsOfSource: the parts of a long source have its headings and paragraphs, each once and in
// order, and the whole of it is read for the first of many readers only.
func TestPartsOfSource(t *testing.T) {
	index := longSource(t, 3*partSize)
	all, err := index.Index.Passages("long")
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for _, p := range all {
		if p.Kind == corpus.Heading || p.Kind == corpus.Paragraph {
			want = append(want, anchor("long", p.ID))
		}
	}
	parts := (len(want) + partSize - 1) / partSize
	h := New(Config{}, index, quiet())
	ask(t, h, http.MethodGet, "/about") // makes the catalog
	pages := make([]string, parts)
	var readers sync.WaitGroup
	for part := range parts {
		readers.Go(func() {
			w := ask(t, h, http.MethodGet, fmt.Sprintf("/source/long?part=%d", part+1))
			if pages[part] = w.Body.String(); w.Code != http.StatusOK {
				t.Errorf("part %d: status %d", part+1, w.Code)
			}
		})
	}
	readers.Wait()
	var got []string
	for part, text := range pages {
		doc, err := goquery.NewDocumentFromReader(strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		doc.Find("article.text.whole > [id]").Each(func(_ int, s *selection) { got = append(got, s.AttrOr("id", "")) })
		if says := fmt.Sprintf("Part %d of %d", part+1, parts); !strings.Contains(text, says) {
			t.Errorf("part %d does not say %q", part+1, says)
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("the parts have %d passages of %d, or in another order", len(got), len(want))
	}
	if n := index.whole.Load(); n != 1 {
		t.Errorf("the source was read %d times for %d parts", n, parts)
	}
	index.single.Store(0)
	at := ask(t, h, http.MethodGet, "/source/long?at="+want[len(want)-1])
	if at.Body.String() != pages[parts-1] {
		t.Error("the part of the last passage is not the last part")
	}
	if n := index.single.Load(); int(n) > 3*partSize || index.whole.Load() != 1 {
		t.Errorf("a part of %d passages reads %d, and the whole %d times", partSize, n, index.whole.Load()-1)
	}
	for _, address := range []string{"/source/long?part=0", fmt.Sprintf("/source/long?part=%d", parts+1)} {
		if w := ask(t, h, http.MethodGet, address); w.Code != http.StatusBadRequest {
			t.Errorf("%s = %d", address, w.Code)
		}
	}
	if w := ask(t, h, http.MethodGet, "/source/short"); w.Code != http.StatusNotFound {
		t.Errorf("a source that is not there = %d", w.Code)
	}
}

// What is kept of sources has a bound, and an outline weighs at least the letters in it.
func TestOutlinesAreBounded(t *testing.T) {
	index := longSource(t, 300)
	s := &server{index: index}
	cat := newCatalog("v", index)
	o, err := s.outline(context.Background(), cat, "long")
	if err != nil {
		t.Fatal(err)
	}
	letters := len(strings.Join(o.body, "")) + len(fmt.Sprint(o.contents))
	if o.weight() < letters || cat.outlines.Weight() != o.weight() || len(o.contents) != 3 {
		t.Errorf("an outline with %d letters and %d chapters weighs %d, what is kept %d", letters, len(o.contents), o.weight(), cat.outlines.Weight())
	}
	again, err := s.outline(context.Background(), cat, "long")
	if err != nil || again != o {
		t.Errorf("the outline is made anew: %v", err)
	}
}
