package plain

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"ibid/indexer/block"
)

// articles holds scholarly articles that the reader was not written against,
// outside the repository.
const articles = "../../../shared/data/articles"

// A goldNote is a note of articles/jnh1917/gold.
type goldNote struct {
	Note      int     `json:"note"`            // number in the volume
	InArticle int     `json:"note_in_article"` // number in the article
	Page      *int    `json:"page"`            // nil if the source has no marker for it
	Before    *string `json:"before"`          // words before the marker, likewise
	Text      string  `json:"text"`
}

type goldArticle struct {
	ID        string     `json:"id"`
	FirstPage int        `json:"first_page"`
	Notes     []goldNote `json:"notes"`
}

// A noteScore counts notes: all, found, linked to the right marker (of those
// that have one), on the right page (likewise).
type noteScore struct{ notes, found, marked, linked, paged int }

// TestArticlesPageFoot reads articles with notes at the page foot. The gold has
// the page of ten notes wrong, where a page number stands inside a line.
func TestArticlesPageFoot(t *testing.T) {
	s := scoreArticles(t, "pagefoot", inArticle, nil)
	t.Logf("notes %d, found %d, linked %d and on the right page %d of %d", s.notes, s.found, s.linked, s.paged, s.marked)
	if s.found*100 < 97*s.notes || s.linked*100 < 95*s.marked || s.paged*100 < 94*s.marked {
		t.Errorf("found %d of %d notes, linked %d and paged %d of %d: want 97 %%, 95 %% and 94 %%",
			s.found, s.notes, s.linked, s.paged, s.marked)
	}
}

// TestArticlesEndnotes reads the same articles with the notes at the end.
func TestArticlesEndnotes(t *testing.T) {
	s := scoreArticles(t, "endnotes", func(n goldNote) int { return n.Note }, nil)
	t.Logf("notes %d, found %d, linked %d of %d", s.notes, s.found, s.linked, s.marked)
	if s.found*100 < 97*s.notes || s.linked*100 < 95*s.marked {
		t.Errorf("found %d of %d notes, linked %d of %d: want 97 %% and 95 %%", s.found, s.notes, s.linked, s.marked)
	}
}

// TestArticlesDamaged reads the articles after what machines do to the page: the
// floors are in percent of the notes found, linked and on the right page.
func TestArticlesDamaged(t *testing.T) {
	tests := []struct {
		name                 string
		damage               func(string) string
		found, linked, paged int
	}{
		{"without form feeds", func(s string) string { return strings.ReplaceAll(s, "\f", "") }, 97, 95, 94},
		{"without page numbers", func(s string) string { return pageNumber.ReplaceAllString(s, "\f") }, 97, 95, 70},
		{"without blank lines", func(s string) string { return strings.ReplaceAll(s, "\n\n", "\n") }, 97, 95, 94},
		{"double spaced", func(s string) string {
			return strings.ReplaceAll(strings.ReplaceAll(s, "\n\n", "\n"), "\n", "\n\n")
		}, 97, 95, 90},
		{"carriage returns", func(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") }, 97, 95, 94},
		{"tabs before paragraphs", func(s string) string { return strings.ReplaceAll(s, "\n\n", "\n\n\t") }, 97, 95, 94},
		{"running heads, no form feeds", func(s string) string {
			return pageNumber.ReplaceAllStringFunc(s, func(m string) string { return m[1:] + " THE JOURNAL OF HISTORY" })
		}, 97, 95, 94},
		{"running heads without numbers", func(s string) string {
			return pageNumber.ReplaceAllString(s, "\fTHE JOURNAL OF HISTORY")
		}, 97, 95, 70},
		{"notes indented", func(s string) string { return noteLabel.ReplaceAllString(s, "   $1 $2") }, 97, 95, 94},
		{"labels 1.", func(s string) string { return noteLabel.ReplaceAllString(s, "$1. $2") }, 97, 95, 94},
		{"labels and callers (1)", relabel("(", ")"), 97, 95, 94},
		{"labels and callers [1]", relabel("[", "]"), 97, 95, 94},
		{"labels and callers 1)", relabel("", ")"), 97, 95, 94},
	}
	for _, tt := range tests {
		s := scoreArticles(t, "pagefoot", inArticle, tt.damage)
		if s.found*100 < tt.found*s.notes || s.linked*100 < tt.linked*s.marked || s.paged*100 < tt.paged*s.marked {
			t.Errorf("%s: found %d of %d notes, linked %d and paged %d of %d: want %d %%, %d %% and %d %%", tt.name,
				s.found, s.notes, s.linked, s.paged, s.marked, tt.found, tt.linked, tt.paged)
		}
	}
}

// pageNumber is a form feed and the page number behind it.
var pageNumber = regexp.MustCompile("\f\\d+")

// noteLabel is the label of a note, noteCall a caller, in jnh1917/pagefoot.
var (
	noteLabel = regexp.MustCompile(`(?m)^(\d{1,2}) (\pL|["_])`)
	noteCall  = regexp.MustCompile(`([\pL.,;"'_)])(\d{1,2})([ \n])`)
)

// relabel sets the numbers of notes and their callers between two signs.
func relabel(open, shut string) func(string) string {
	return func(s string) string {
		s = noteLabel.ReplaceAllString(s, open+"${1}"+shut+" ${2}")
		return noteCall.ReplaceAllString(s, "${1}"+open+"${2}"+shut+"${3}")
	}
}

func inArticle(n goldNote) int { return n.InArticle }

func scoreArticles(t *testing.T, layout string, number func(goldNote) int, damage func(string) string) noteScore {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(articles, "jnh1917/gold/*.json"))
	if err != nil || len(files) == 0 {
		t.Skipf("%s is not there: the articles with gold notes are not part of the repository", articles)
	}
	var sum noteScore
	for _, file := range files {
		var gold goldArticle
		if err := json.Unmarshal(readFile(t, file), &gold); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		src := readFile(t, filepath.Join(articles, "jnh1917", layout, gold.ID+".txt"))
		if damage != nil {
			src = []byte(damage(string(src)))
		}
		got, err := Read(src, Options{FirstPage: strconv.Itoa(gold.FirstPage)})
		if err != nil {
			t.Fatalf("Read(%s): %v", gold.ID, err)
		}
		s := scoreNotes(t, gold, got, number)
		sum.notes, sum.found, sum.marked = sum.notes+s.notes, sum.found+s.found, sum.marked+s.marked
		sum.linked, sum.paged = sum.linked+s.linked, sum.paged+s.paged
	}
	return sum
}

func scoreNotes(t *testing.T, gold goldArticle, got *block.Source, number func(goldNote) int) noteScore {
	t.Helper()
	byNumber := map[int]int{}
	for i, b := range got.Blocks {
		if b.Kind == block.Footnote && b.Number > 0 {
			byNumber[b.Number] = i
		}
	}
	before := wordsBeforeCallers(got)
	var s noteScore
	for _, n := range gold.Notes {
		s.notes++
		if n.Before != nil {
			s.marked++
		}
		i, ok := byNumber[number(n)]
		if !ok || !sameNote(&got.Blocks[i], n.Text) {
			t.Logf("%s note %d: not found", gold.ID, number(n))
			continue
		}
		s.found++
		if n.Before == nil {
			continue
		}
		if strings.HasSuffix(before[i], squeeze(*n.Before)) {
			s.linked++
		} else {
			t.Logf("%s note %d: called behind %.40q, want %q", gold.ID, number(n), last(before[i], 40), *n.Before)
		}
		if page := got.Blocks[i].Lines[0].Page; page == strconv.Itoa(*n.Page) {
			s.paged++
		} else {
			t.Logf("%s note %d: page %s, want %d", gold.ID, number(n), page, *n.Page)
		}
	}
	return s
}

// wordsBeforeCallers returns for each called note the letters of its block's text before the caller.
func wordsBeforeCallers(s *block.Source) map[int]string {
	out := map[int]string{}
	for _, b := range s.Blocks {
		var text strings.Builder
		calls := b.Callers
		for i, l := range b.Lines {
			at := 0
			for len(calls) > 0 && calls[0].Line == i {
				text.WriteString(l.Text[at:calls[0].Start])
				out[calls[0].Note] = squeeze(text.String())
				at = calls[0].End
				calls = calls[1:]
			}
			text.WriteString(l.Text[at:])
		}
	}
	return out
}

// sameNote reports whether the block is the note with that text: all of it, label aside.
func sameNote(b *block.Block, text string) bool {
	var got strings.Builder
	for i, l := range b.Lines {
		if i == b.Label.Line {
			l.Text = l.Text[b.Label.End:]
		}
		got.WriteString(l.Text)
	}
	a, w := squeeze(got.String()), squeeze(text)
	if k := strings.IndexByte(text, ']'); strings.HasPrefix(text, "[") && k > 0 && strings.HasSuffix(w, a) {
		return true // the gold keeps the label of a note without a marker
	}
	return a == w
}

// squeeze returns the letters and figures of s.
func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, s)
}

func last(s string, n int) string { return s[max(0, len(s)-n):] }

func readFile(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// TestArticlesOther reads articles without gold: nothing is lost in them, and they
// come out as more than one block a page.
func TestArticlesOther(t *testing.T) {
	for _, pattern := range []string{"philtrans/*.txt", "antiquary1901/*.md"} {
		files, err := filepath.Glob(filepath.Join(articles, pattern))
		if err != nil || len(files) == 0 {
			t.Skipf("%s is not there: the articles are not part of the repository", articles)
		}
		for _, file := range files {
			src := readFile(t, file)
			got, err := Read(src, Options{})
			if err != nil {
				t.Errorf("Read(%s): %v", file, err)
				continue
			}
			if err := checkSource(src, got); err != nil {
				t.Errorf("Read(%s): %v", file, err)
			}
			t.Log(filepath.Base(file), summary(got))
		}
	}
}

// summary counts the blocks of a source.
func summary(s *block.Source) string {
	var kinds [3]int
	called := 0
	pages := map[string]bool{}
	for _, b := range s.Blocks {
		kinds[b.Kind]++
		called += len(b.Callers)
		for _, l := range b.Lines {
			pages[l.Page] = true
		}
	}
	return fmt.Sprintf("%d headings, %d paragraphs, %d notes of which %d called, %d pages, %d lines of furniture",
		kinds[0], kinds[1], kinds[2], called, len(pages), len(s.Furniture))
}
