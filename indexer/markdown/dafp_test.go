package markdown

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"ibid/indexer/block"
)

var long = flag.Bool("long", false, "read all volumes of the sample data, not only some")

const dafpDir = "../../../shared/data/dafp"

var dafpFields = map[string]string{"title": "title", "date": "doc_date", "number": "doc_num", "order": "doc_order", "archive": "naa_refs.reference"}

type stated struct {
	Volume, Documents int
	File              string
	Dated             int `json:"documents_dated"`
	Notes             int `json:"footnotes_matched_to_markers"`
	WithNotes         int `json:"documents_with_footnotes"`
	Archives          int `json:"archive_refs"`
}

func volumes(t testing.TB) []stated {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dafpDir, "volumes.json"))
	if err != nil {
		t.Skip("the sample volumes of the Australian documents are not here: ", err)
	}
	var list struct{ Volumes []stated }
	if err := json.Unmarshal(data, &list); err != nil {
		t.Fatal(err)
	}
	return list.Volumes
}

func readVolume(t testing.TB, name string) []byte {
	t.Helper()
	f, err := os.Open(filepath.Join(dafpDir, name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	data, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// A census is what a plain look at the files of a volume finds.
type census struct {
	dated    int              // documents whose front matter has a date
	days     int              // of them those to the day, which volumes.json counts
	numbers  map[string][]int // file -> numbers that stand in brackets in its text and begin a line
	letters  int              // letters and digits behind the front matter, link targets left out
	archived int              // documents with a reference in the front matter
	stated   map[string][]int // file -> numbers that volumes.json counts as notes
	bodies   map[string]string
}

var (
	inBrackets = regexp.MustCompile(`\[\^?(\d+)\]`)
	atLine     = regexp.MustCompile(`(?m)^(?: *_*(\d+) +\S| *\* +(\d+) |\[\^(\d+)\]:)`)
	dateLine   = regexp.MustCompile(`(?m)^doc_date: *'?(\d{4}(?:-\d\d){0,2})'?$`)
	// What volumes.json counts: each number of a file that stands in square brackets and begins a line.
	// So it counts numbered paragraphs as well where a marker has the number of one.
	statedMark = regexp.MustCompile(`\[(\d+)\]`)
	statedLine = regexp.MustCompile(`(?m)^ *(?:\*\s+)?(\d+)\b`)
	paragraph  = `(?m)^ *%d(?:\\?\.|:) *\S` // a numbered paragraph
	target     = regexp.MustCompile(`\]\([^)\s]*\)`)
)

func takeCensus(t *testing.T, data []byte) census {
	t.Helper()
	c := census{numbers: map[string][]int{}, stated: map[string][]int{}, bodies: map[string]string{}}
	archive := tar.NewReader(bytes.NewReader(data))
	for {
		h, err := archive.Next()
		if err == io.EOF {
			return c
		}
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasSuffix(h.Name, ".md") {
			continue
		}
		file, err := io.ReadAll(archive)
		if err != nil {
			t.Fatal(err)
		}
		front, body, _ := strings.Cut(strings.TrimPrefix(string(file), "---\n"), "\n---\n")
		if m := dateLine.FindStringSubmatch(front); m != nil {
			c.dated++
			if len(m[1]) == len("1939-01-02") {
				c.days++
			}
		}
		if strings.Contains(front, "  reference: ") {
			c.archived++
		}
		body = endLabel.ReplaceAllString(body, "")
		c.letters += len(alnum(target.ReplaceAllString(body, "]")))
		c.numbers[h.Name] = bothWays(body, inBrackets, atLine)
		c.bodies[h.Name] = body
		c.stated[h.Name] = bothWays(body, statedMark, statedLine)
	}
}

// endLabel is the label of a note, which is no part of its text.
var endLabel = regexp.MustCompile(`(?m)^\[\^\d+\]:`)

// bothWays gives the numbers of a text that stand in brackets and begin a line: footnotes,
// and numbered paragraphs among them.
func bothWays(body string, brackets, begins *regexp.Regexp) []int {
	marked := map[string]bool{}
	for _, m := range brackets.FindAllStringSubmatch(body, -1) {
		marked[m[1]] = true
	}
	numbers := map[int]bool{}
	for _, m := range begins.FindAllStringSubmatch(body, -1) {
		if s := strings.Join(m[1:], ""); marked[s] {
			n, _ := strconv.Atoi(s)
			numbers[n] = true
		}
	}
	return slices.Sorted(maps.Keys(numbers))
}

// Every number that the files have both as a marker and at the beginning of a
// line must be a note that is called. There are more notes than volumes.json counts:
// called in titles, labelled "11 & 12", and in sets behind each enclosure.
func TestVolumes(t *testing.T) {
	for _, v := range volumes(t) {
		if !*long && v.Volume != 1 && v.Volume != 23 {
			continue
		}
		t.Run(fmt.Sprint(v.Volume), func(t *testing.T) {
			data := readVolume(t, v.File)
			src, err := Read(data, Options{Fields: dafpFields})
			if err != nil {
				t.Fatal(err)
			}
			checkVolume(t, src, takeCensus(t, data), v)
		})
	}
}

func checkVolume(t *testing.T, src *block.Source, files census, say stated) {
	t.Helper()
	dated, archived, told := 0, 0, 0
	for _, d := range src.Documents {
		if d.Date != "" {
			dated++
		}
		if d.Archive != "" {
			archived++
		}
		if d.From != "" && d.To != "" {
			told++
		}
	}
	if len(src.Documents) != say.Documents {
		t.Errorf("%d documents, want %d", len(src.Documents), say.Documents)
	}
	// volumes.json counts the dates to the day; months and years are dates too.
	if dated != files.dated || files.days != say.Dated {
		t.Errorf("%d dated documents, want %d; %d to the day, want %d", dated, files.dated, files.days, say.Dated)
	}
	// A reference that stands in the text only is found there.
	if archived < files.archived {
		t.Errorf("%d documents with their archive, want at least the %d of the front matter", archived, files.archived)
	}
	letters := 0
	notes := map[string]map[int]bool{}
	feet := 0
	for i, b := range src.Blocks {
		if !isTitle(src, i) {
			letters += len(alnum(plainOf(b)))
		}
		for _, c := range b.Callers {
			n := src.Blocks[c.Note]
			if notes[n.Doc.File] == nil {
				notes[n.Doc.File] = map[int]bool{}
			}
			for _, s := range regexp.MustCompile(`\d+`).FindAllString(b.Lines[c.Line].Text[c.Start:c.End], -1) {
				label, _ := strconv.Atoi(s)
				notes[n.Doc.File][label] = true
			}
		}
		if b.Kind == block.Footnote {
			feet++
		}
	}
	for _, l := range src.Furniture {
		letters += len(alnum(l.Text))
	}
	if letters != files.letters {
		t.Errorf("%d letters in blocks, %d in the files", letters, files.letters)
	}
	for file, numbers := range files.numbers {
		for _, n := range numbers {
			if !notes[file][n] && !unmarked[fmt.Sprintf("%s %d", filepath.Base(file), n)] {
				t.Errorf("%s: number %d is no note that is called", file, n)
			}
		}
	}
	counted, left := 0, 0
	for file, numbers := range files.stated {
		counted += len(numbers)
		for _, n := range numbers {
			if !notes[file][n] {
				left++
				begins := regexp.MustCompile(fmt.Sprintf(paragraph, n))
				if !begins.MatchString(files.bodies[file]) {
					t.Errorf("%s: volumes.json counts number %d, which is neither a note that is called nor a numbered paragraph", file, n)
				}
			}
		}
	}
	if counted != say.Notes+miscounted[say.Volume] {
		t.Errorf("%d numbers in brackets that begin a line, by volumes.json %d", counted, say.Notes)
	}
	t.Logf("%d documents, %d dated, %d with sender and recipient; %d notes; volumes.json counts %d, %d of them numbered paragraphs",
		len(src.Documents), dated, told, feet, say.Notes, left)
}

// miscounted is what our counting as volumes.json counts is beyond it, by volume.
var miscounted = map[int]int{5: 1}

// unmarked are notes whose marker the harvester lost: the number in brackets is
// the label of the note itself.
var unmarked = map[string]bool{"132-cablegram-to-washington.md 1": true}

// isTitle tells whether block i is the title of its document, from the front matter.
func isTitle(src *block.Source, i int) bool {
	return i == 0 || src.Blocks[i-1].Doc != src.Blocks[i].Doc
}

func plainOf(b block.Block) string {
	var s strings.Builder
	for _, l := range b.Lines {
		s.WriteString(l.Text)
	}
	return s.String()
}

func BenchmarkRead(b *testing.B) {
	volumes(b)
	data := readVolume(b, "volume-05.tar.gz")
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Read(data, Options{Fields: dafpFields}); err != nil {
			b.Fatal(err)
		}
	}
}
