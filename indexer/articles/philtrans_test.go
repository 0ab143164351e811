package articles

import (
	"compress/gzip"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"unicode"

	"ibid/indexer/block"
	"ibid/indexer/plain"
)

const philtrans = "../../../shared/data/philtrans"

// TestPhilosophicalTransactions reads the journal of the sample data: articles,
// years and pages are those that files.json states, and of each article every
// letter stands in a block or in a running head.
func TestPhilosophicalTransactions(t *testing.T) {
	data, err := os.ReadFile(filepath.Join(philtrans, "files.json"))
	if err != nil {
		t.Skip("the sample journal is not here: ", err)
	}
	var files []struct {
		File            string
		Articles, Pages int
		Dated           int `json:"with_year"`
	}
	if err := json.Unmarshal(data, &files); err != nil {
		t.Fatal(err)
	}
	for _, say := range files {
		f, err := os.Open(filepath.Join(philtrans, say.File))
		if err != nil {
			t.Fatal(err)
		}
		z, err := gzip.NewReader(f)
		if err != nil {
			t.Fatal(err)
		}
		articles, pages, dated := 0, 0, 0
		for a, err := range Read(z, Options{Fields: map[string]string{"id": "id", "title": "title", "date": "year", "pages": "pages"}}) {
			if err != nil {
				t.Fatal(err)
			}
			articles, pages = articles+1, pages+a.Pages
			if a.Document.Date != "" {
				dated++
			}
			src, err := plain.Read(a.Text, plain.Options{})
			if err != nil {
				t.Errorf("%s: %v", a.Document.ID, err)
				continue
			}
			if got, want := lettersOf(src), letters(string(a.Text)); got != want {
				t.Errorf("%s: %d letters in blocks and furniture, %d in the file", a.Document.ID, got, want)
			}
		}
		f.Close()
		if articles != say.Articles || pages != say.Pages || dated != say.Dated {
			t.Errorf("%s: %d articles, %d dated, %d pages; files.json has %d, %d, %d", say.File, articles, dated, pages, say.Articles, say.Dated, say.Pages)
		}
	}
}

func lettersOf(src *block.Source) int {
	n := 0
	for _, b := range src.Blocks {
		for _, l := range b.Lines {
			n += letters(l.Text)
		}
	}
	for _, l := range src.Furniture {
		n += letters(l.Text)
	}
	return n
}

// letters counts the letters and digits of s.
func letters(s string) int {
	n := 0
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			n++
		}
	}
	return n
}
