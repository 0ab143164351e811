package markdown

import (
	"archive/tar"
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"ibid/indexer/block"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func TestGolden(t *testing.T) {
	article, err := os.ReadFile("testdata/article.md")
	if err != nil {
		t.Fatal(err)
	}
	fields := map[string]string{"title": "heading", "date": "when", "number": "no", "archive": "refs.mark"}
	for _, tt := range []struct {
		name string
		data []byte
		opt  Options
	}{
		{"article", article, Options{}},
		{"edition", archive(t, "testdata/edition"), Options{Fields: fields}},
	} {
		src, err := Read(tt.data, tt.opt)
		if err != nil {
			t.Fatal(err)
		}
		got, golden := dump(src), filepath.Join("testdata", tt.name+".golden")
		if *update {
			if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if got != string(want) {
			t.Errorf("Read(%s) =\n%s\nwant\n%s", tt.name, got, want)
		}
	}
}

// archive packs a folder as a tar archive.
func archive(t *testing.T, dir string) []byte {
	t.Helper()
	var out bytes.Buffer
	w := tar.NewWriter(&out)
	if err := w.AddFS(os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// dump prints a source for the golden files.
func dump(src *block.Source) string {
	var b strings.Builder
	for _, d := range src.Documents {
		fmt.Fprintf(&b, "document %s no. %q %q in %s\n  %s from %q to %q, archive %q\n", d.ID, d.Number, d.Title, d.File, d.Date, d.From, d.To, d.Archive)
	}
	for i, x := range src.Blocks {
		fmt.Fprintf(&b, "\n%d %s section %q", i, [...]string{"heading", "paragraph", "footnote"}[x.Kind], x.Section)
		if x.Kind == block.Footnote {
			fmt.Fprintf(&b, " number %d label %q", x.Number, x.Lines[0].Text[x.Label.Start:x.Label.End])
		}
		if x.Doc != nil {
			fmt.Fprintf(&b, " document %s", x.Doc.ID)
		}
		b.WriteByte('\n')
		for _, l := range x.Lines {
			fmt.Fprintf(&b, "  %d:%d seq %d: %s\n", l.Number, l.Column, l.Seq, l.Text)
		}
		for _, c := range x.Callers {
			fmt.Fprintf(&b, "  calls %d by %q\n", c.Note, x.Lines[c.Line].Text[c.Start:c.End])
		}
	}
	for _, l := range src.Furniture {
		fmt.Fprintf(&b, "furniture %d: %s\n", l.Number, l.Text)
	}
	for _, p := range src.Problems {
		fmt.Fprintf(&b, "problem at %d in %q: %s\n", p.Line, p.Document, p.Message)
	}
	fmt.Fprintf(&b, "%d lines\n", src.LineCount)
	return b.String()
}

func TestInline(t *testing.T) {
	tests := []struct{ in, want string }{
		{"plain", "plain"},
		{"_a_ and **b** and *c*", "a and b and c"},
		{"snake_case, 3 * 4, a*", "snake_case, 3 * 4, a*"},
		{`1\. not a list, 2 \* 3`, "1. not a list, 2 * 3"},
		{"[text](http://example.org/a_b) ![a picture](p.png)", "text a picture"},
		{"telegram[2](#f2) of", "telegram[2] of"},
		{"see <https://example.org/x_y> and x < y", "see https://example.org/x_y and x < y"},
		{"a<br/>b <!-- gone --> c", "a b   c"},
		{"| May | 3 |", "May   3"},
		{"_1 Document 50.", "1 Document 50."},
		{"[AA: A1608, x]", "[AA: A1608, x]"},
	}
	for _, tt := range tests {
		if got, _ := inline(tt.in); got != tt.want {
			t.Errorf("inline(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

// A number with a stop begins a note only where nothing but notes can stand.
func TestStoppedNotes(t *testing.T) {
	for _, tt := range []struct {
		name, in string
		labels   []string
	}{
		{"behind a rule", "See [1] and [2].\n\n _\n\n1\\. Not printed.\n\n2\\. See no. 3.\n\n_\n\n [AA: A1, 2]", []string{"1.", "2."}},
		{"the rule has run into the note", "See [1] and [2].\n\n _1\\. Not printed.\n\n2\\. ?Or.\n\n_", []string{"1.", "2."}},
		{"one with a stop among others", "1\\. He [1] asked [2] her [3].\n\n _\n\n1 Dorn.\n\n2\\. In Berne.\n\n3 Abel.", []string{"1", "2.", "3"}},
		{"numbered paragraphs", "1\\. He [1] asked.\n\n2\\. She answered [2].\n\n _\n\n1 Dorn.\n\n2 Abel.", []string{"1", "2"}},
		{"an enclosure behind the notes", "He [1] wrote.\n\n _\n\n1 Dorn.\n\n2\\. The second point [2] is this.", []string{"1"}},
		{"a rule before numbered paragraphs", "He wrote:\n\n _\n\n1\\. First [1].\n\n2\\. Second.", nil},
	} {
		src, err := Read([]byte(tt.in), Options{})
		if err != nil {
			t.Fatal(err)
		}
		var labels []string
		for _, b := range src.Blocks {
			if b.Kind == block.Footnote {
				labels = append(labels, b.Lines[0].Text[b.Label.Start:b.Label.End])
			}
		}
		if !slices.Equal(labels, tt.labels) {
			t.Errorf("%s: notes %q, want %q", tt.name, labels, tt.labels)
		}
	}
}

func TestCompareNames(t *testing.T) {
	names := []string{"v/10-b.md", "v/9-a.md", "v/100-c.md", "v/9.md", "u/5.md", "v/009-a2.md"}
	slices.SortFunc(names, compareNames)
	want := []string{"u/5.md", "v/9-a.md", "v/009-a2.md", "v/9.md", "v/10-b.md", "v/100-c.md"}
	if !slices.Equal(names, want) {
		t.Errorf("sorted %q, want %q", names, want)
	}
}

func TestReadErrors(t *testing.T) {
	fields := Options{Fields: map[string]string{"title": "title"}}
	short := archive(t, "testdata/edition")[:700]
	tests := []struct {
		name, in string
		opt      Options
		want     string
	}{
		{"nothing", " \n\n", Options{}, ErrEmpty.Error()},
		{"front matter only", "---\ntitle: x\n---\n", Options{}, ErrEmpty.Error()},
		{"no YAML", "---\ntitle: [x\n---\nText.", fields, "line 2: the front matter is no YAML"},
		{"alias", "---\na: &a x\ntitle: *a\n---\nText.", fields, "line 2: anchors and aliases"},
		{"archive cut off", string(short), Options{}, "archive"},
		{"large front matter", "---\ntitle: " + strings.Repeat("x", maxFront) + "\n---\nText.", fields, "larger than"},
	}
	for _, tt := range tests {
		if _, err := Read([]byte(tt.in), tt.opt); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: Read = %v, want %s", tt.name, err, tt.want)
		}
	}
	if _, err := Read([]byte("\n"), Options{}); !errors.Is(err, ErrEmpty) {
		t.Errorf("Read of a blank line = %v, want ErrEmpty", err)
	}
}

// packed makes a tar archive of one entry, its head changed.
func packed(t *testing.T, text string, change func(h *tar.Header)) string {
	t.Helper()
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	h := &tar.Header{Typeflag: tar.TypeReg, Name: "a.md", Mode: 0o644, Size: int64(len(text))}
	change(h)
	if err := w.WriteHeader(h); err != nil {
		t.Fatal(err)
	}
	if h.Typeflag == tar.TypeReg {
		if _, err := io.WriteString(&b, text); err != nil { // past the writer, which holds to the head
			t.Fatal(err)
		}
	}
	return b.String() + strings.Repeat("\x00", (512-b.Len()%512)%512+1024)
}

// Archives that lie: no file outside them is read, and no memory is made for what is not there.
func TestHostileArchives(t *testing.T) {
	tests := []struct {
		name, in, want string // want: the error, or where there is none the problem told
	}{
		{"huge by its head", packed(t, "Text.", func(h *tar.Header) { h.Size = 1 << 40 }), "at most"},
		{"more than there is", packed(t, "Text.", func(h *tar.Header) { h.Size = 8 << 20 }), "more bytes by its head"},
		{"symbolic link", packed(t, "", func(h *tar.Header) { h.Typeflag, h.Linkname = tar.TypeSymlink, "/etc/passwd" }), ErrEmpty.Error()},
		{"hard link", packed(t, "", func(h *tar.Header) { h.Typeflag, h.Linkname = tar.TypeLink, "/etc/passwd" }), ErrEmpty.Error()},
		{"device", packed(t, "", func(h *tar.Header) { h.Typeflag = tar.TypeChar }), ErrEmpty.Error()},
		{"deep front matter", "---\na: " + strings.Repeat("[", 50_000) + "\n---\nText.", "line 2: brackets lie in each other"},
	}
	for _, tt := range tests {
		_, err := Read([]byte(tt.in), Options{Fields: map[string]string{"title": "a"}})
		if err == nil || !strings.Contains(err.Error(), tt.want) || len(err.Error()) > 500 {
			t.Errorf("%s: Read = %.500v, want %s", tt.name, err, tt.want)
		}
	}
	for _, name := range []string{"../../etc/x.md", "/abs.md", "a/../../x.md"} { // a name only: nothing is written or opened by it
		src, err := Read([]byte(packed(t, "Text of a letter.", func(h *tar.Header) { h.Name = name })), Options{})
		if err != nil || len(src.Blocks) != 1 {
			t.Errorf("a file called %s: %v", name, err)
		}
	}
}

// FuzzRead checks that no letter or digit is lost or made up but those of link
// targets, tags, fences' languages and the labels of "[^a]: Note", and that what points into
// lines lies in them.
func FuzzRead(f *testing.F) {
	for _, name := range []string{"article.md", "edition/9-abel.md", "edition/10-dorn.md"} {
		data, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(data))
	}
	f.Add("a [1]\n\n1 x\n\nb [1] [2]\n\n1 & 2 y\n3 z")
	f.Add("0\n---")
	f.Add("a\n===\n\n* * *\n- _b\n  **c** [d](e)\n")
	f.Fuzz(func(t *testing.T, in string) {
		opt := Options{Fields: map[string]string{"title": "heading", "date": "when", "number": "no", "archive": "refs.mark"}}
		src, err := Read([]byte(in), opt)
		if err != nil || IsArchive([]byte(in)) {
			return
		}
		checkPlaces(t, src)
		var got strings.Builder
		for _, b := range src.Blocks {
			for _, l := range b.Lines {
				got.WriteString(l.Text)
			}
		}
		for _, l := range src.Furniture {
			got.WriteString(l.Text)
		}
		if strings.HasPrefix(in, "---") || strings.HasPrefix(in, "\ufeff") || lossy.MatchString(in) {
			return
		}
		if a, b := alnum(got.String()), alnum(strings.ToValidUTF8(in, "\uFFFD")); a != b {
			t.Errorf("letters of the blocks %q, of the file %q", a, b)
		}
	})
}

// lossy is markup that has letters which are no text.
var lossy = regexp.MustCompile(`\]\(|<|\[\^`)

// alnum gives the letters and digits of s, sorted.
func alnum(s string) string {
	var list []rune
	for _, c := range s {
		if unicode.IsLetter(c) || unicode.IsDigit(c) {
			list = append(list, c)
		}
	}
	slices.Sort(list)
	return string(list)
}

// checkPlaces checks what must hold of every source.
func checkPlaces(t *testing.T, src *block.Source) {
	t.Helper()
	for i, b := range src.Blocks {
		if len(b.Lines) == 0 {
			t.Fatalf("block %d has no lines", i)
		}
		for n, l := range b.Lines {
			if l.Text == "" || strings.TrimSpace(l.Text) != l.Text || strings.Contains(l.Text, "\n") || l.Number < 1 {
				t.Errorf("block %d: line %+v", i, l)
			}
			if n > 0 && l.Seq <= b.Lines[n-1].Seq {
				t.Errorf("block %d: the lines go back", i)
			}
		}
		if b.Label.End > len(b.Lines[0].Text) {
			t.Errorf("block %d: label %+v of %q", i, b.Label, b.Lines[0].Text)
		}
		last := block.Span{Line: -1}
		for _, c := range b.Callers {
			if c.Note == i || src.Blocks[c.Note].Kind != block.Footnote || c.Start >= c.End || c.End > len(b.Lines[c.Line].Text) {
				t.Errorf("block %d: caller %+v", i, c)
			}
			if c.Line < last.Line || c.Line == last.Line && c.Start < last.End {
				t.Errorf("block %d: callers %+v out of order", i, b.Callers)
			}
			last = c.Span
		}
	}
}
