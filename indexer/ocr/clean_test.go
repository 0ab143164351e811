package ocr

import (
	"archive/tar"
	"bufio"
	"compress/gzip"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const sharedData = "../../../shared/data"

// Clean text is left alone: fewer than one word in 20,000 may change. A word
// truly split over two lines, or a space, is not counted.
func TestCleanTextIsLeftAlone(t *testing.T) {
	for name, sources := range map[string][][][]Line{
		"jnh1917 endnotes": jnhSources(t),
		"dafp volume 7":    {dafpSource(t, "volume-07.tar.gz")},
		"dafp volume 17":   {dafpSource(t, "volume-17.tar.gz")},
	} {
		words, changed := 0, 0
		for _, blocks := range sources {
			r := New(blocks, Options{})
			words += r.total
			for _, lines := range blocks {
				for _, p := range r.Read(lines).Repairs {
					if changesWord(p) {
						changed++
						t.Logf("%s: %q -> %q (%s %.2f)", name, p.Printed, p.Reading, p.Rule, p.Confidence)
					}
				}
			}
		}
		t.Logf("%s: %d of %d words changed", name, changed, words)
		if changed*20000 > words {
			t.Errorf("%s: %d of %d words changed, want fewer than 1 in 20,000", name, changed, words)
		}
	}
}

// changesWord tells whether a repair does more than mend line joins and spaces.
func changesWord(p Repair) bool {
	plain := strings.NewReplacer("|", "", " ", "", "-", "")
	return plain.Replace(p.Printed) != plain.Replace(p.Reading) ||
		strings.Contains(p.Printed, " ") && p.Rule == ruleStray && !strings.ContainsAny(p.Printed, "'’-")
}

func jnhSources(t *testing.T) [][][]Line {
	t.Helper()
	files, _ := filepath.Glob(sharedData + "/articles/jnh1917/endnotes/*.txt")
	if len(files) == 0 {
		t.Skip("no sample articles beside the repository")
	}
	var sources [][][]Line
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		sources = append(sources, paragraphs(string(data)))
	}
	return sources
}

// dafpSource returns the documents of one volume as one source.
func dafpSource(t *testing.T, volume string) [][]Line {
	t.Helper()
	f, err := os.Open(filepath.Join(sharedData, "dafp", volume))
	if errors.Is(err, os.ErrNotExist) {
		t.Skip("no sample volumes beside the repository")
	}
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	zipped, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	var blocks [][]Line
	for files := tar.NewReader(zipped); ; {
		_, err := files.Next()
		if err == io.EOF {
			return blocks
		}
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(files)
		if err != nil {
			t.Fatal(err)
		}
		if _, body, ok := strings.Cut(string(data), "\n---\n"); ok {
			blocks = append(blocks, paragraphs(body)...)
		}
	}
}

// paragraphs parts text at blank lines and form feeds.
func paragraphs(text string) [][]Line {
	var blocks [][]Line
	var block []Line
	for i, l := range strings.Split(text, "\n") {
		if strings.TrimSpace(l) == "" || strings.Contains(l, "\f") {
			if len(block) > 0 {
				blocks, block = append(blocks, block), nil
			}
			continue
		}
		block = append(block, Line{Number: i + 1, Seq: i, Text: l})
	}
	if len(block) > 0 {
		blocks = append(blocks, block)
	}
	return blocks
}

// philtransSource returns the first articles of a file of the Philosophical
// Transactions, pages as they were read by machine.
func philtransSource(t *testing.T, file string, articles int) [][]Line {
	t.Helper()
	f, err := os.Open(filepath.Join(sharedData, "philtrans", file))
	if errors.Is(err, os.ErrNotExist) {
		t.Skip("no sample of the Philosophical Transactions beside the repository")
	}
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	zipped, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	var blocks [][]Line
	lines := bufio.NewScanner(zipped)
	lines.Buffer(nil, 64<<20)
	for n := 0; n < articles && lines.Scan(); n++ {
		var article struct {
			Pages    []string
			Language string
		}
		if err := json.Unmarshal(lines.Bytes(), &article); err != nil {
			t.Fatal(err)
		}
		if article.Language == "en" {
			blocks = append(blocks, paragraphs(strings.Join(article.Pages, "\n"))...)
		}
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return blocks
}
