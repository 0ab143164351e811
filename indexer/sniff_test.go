package indexer

import (
	"archive/tar"
	"bytes"
	"context"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf16"

	"golang.org/x/text/encoding/charmap"

	"ibid/corpus"
)

// encoded is a text in one of the old encodings.
func encoded(t *testing.T, in *charmap.Charmap, text string) string {
	t.Helper()
	out, err := in.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func utf16Of(text string) string {
	var b strings.Builder
	for _, u := range utf16.Encode([]rune(text)) {
		b.Write([]byte{byte(u), byte(u >> 8)})
	}
	return b.String()
}

// random are bytes without any order, the same each time.
func random(n int) string {
	out := make([]byte, n)
	from := rand.New(rand.NewPCG(1, 2))
	for i := range out {
		out[i] = byte(from.Uint32())
	}
	return string(out)
}

// TestTextThatIsNone: what is plainly no text is refused with the name of its source and file
// and what to do, by index and check alike; the others are read without it.
func TestTextThatIsNone(t *testing.T) {
	french := "Le général a été reçu à l'hôtel où le préfet était déjà arrivé.\n"
	tests := []struct {
		name, data string
		refused    string // in the message; "" if it is read
		problem    string // that check tells of what is read
	}{
		{"random bytes", random(4096), "no text", ""},
		{"a few random bytes", random(300), "no text", ""},
		{"a picture", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x10\x00\x00\x00\x10", "no text", ""},
		{"a PDF", "%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n", "pdftotext", ""},
		{"a document of Word", "PK\x03\x04\x14\x00\x06\x00" + random(200), "as plain text", ""},
		{"RTF", "{\\rtf1\\ansi Some text.}", "as plain text", ""},
		{"packed under another name", "\x1f\x8b\x08\x00" + random(200), "unpack it", ""},
		{"UTF-16 with a mark", "\xff\xfe" + utf16Of(french), "save it as UTF-8", ""},
		{"UTF-16 without one", utf16Of(french), "no text", ""},
		{"text and then NUL bytes", french + strings.Repeat("\x00", 100), "no text", ""},
		{"control characters", strings.Repeat("ab\x01\x02\x03", 50), "no text", ""},
		{"Russian of another encoding", encoded(t, charmap.Windows1251, "Советский Союз и Германия.\n"), "save it", ""},
		{"Latin-1", encoded(t, charmap.ISO8859_1, french), "", "not UTF-8"},
		{"Windows-1252", encoded(t, charmap.Windows1252, "“Très bien” – dit l’évêque à l’élève.\n"), "", "not UTF-8"},
		{"one bad byte", "A line of text.\nAnother with \xff in it.\n", "", "not UTF-8"},
		{"one NUL byte", strings.Repeat("A line of text.\n", 20) + "Its \x00 end.\n", "", ""},
		{"pages, and the end of a file of DOS", "First page.\n\fSecond page.\r\n\tIndented.\n\x1a", "", ""},
		{"Russian in UTF-8", "Советский Союз и Германия.\n", "", ""},
		{"Chinese in UTF-8", "蘇聯與德國\n", "", ""},
		{"XML", "\ufeff <?xml version=\"1.0\"?>\n<TEI><text><body><p>Words.</p></body></text></TEI>\n", "", "format: tei"},
		{"TEI without a declaration", "<TEI xmlns=\"http://www.tei-c.org/ns/1.0\"><text><body><p>Words.</p></body></text></TEI>\n", "", "format: tei"},
		{"text that speaks of TEI", "The tag is <TEI>.\n", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c, err := corpus.Load(fstest.MapFS{
				corpus.ManifestName: {Data: []byte("id: demo\ntitle: Demo\nsources:\n  - {id: good, path: good.txt, format: text}\n  - {id: odd, path: dir/odd.txt, format: text}\n")},
				"good.txt":          {Data: []byte("A line of text.\n")},
				"dir/odd.txt":       {Data: []byte(tt.data)},
			}, "demo")
			if err != nil {
				t.Fatal(err)
			}
			var left []string
			b := &Builder{Corpus: c, Dir: t.TempDir(), LeftOut: func(_ string, err error) { left = append(left, err.Error()) }}
			if err := b.Build(context.Background()); err != nil {
				t.Fatal(err)
			}
			report, err := Check(context.Background(), c)
			if err != nil {
				t.Fatal(err)
			}
			if tt.refused == "" {
				if len(left)+len(report.Unread) > 0 {
					t.Errorf("refused: %q, %v", left, report.Unread)
				}
				want := 1
				if tt.problem == "" {
					want = 0
				}
				if got := report.Problems; len(got) != want || want == 1 && !strings.Contains(got[0].Text, tt.problem) {
					t.Errorf("check tells %v, want %q", got, tt.problem)
				}
				return
			}
			if len(left) != 1 || len(report.Unread) != 1 || report.Unread[0].Text != left[0] {
				t.Fatalf("the build leaves out %q, check %v; want the same source", left, report.Unread)
			}
			for _, want := range []string{`source "odd"`, "dir/odd.txt", tt.refused} {
				if !strings.Contains(left[0], want) {
					t.Errorf("message %q lacks %q", left[0], want)
				}
			}
			b.Strict = true
			if err := b.Build(context.Background()); err == nil || err.Error() != left[0] {
				t.Errorf("a strict build gives %v, want %s", err, left[0])
			}
		})
	}
}

// TestMarkdownThatIsNone: so it is with a Markdown file; an archive of them has NUL bytes and is one.
func TestMarkdownThatIsNone(t *testing.T) {
	source := corpus.Source{ID: "m", Path: "m.md", Format: corpus.Markdown}
	var archive bytes.Buffer
	w := tar.NewWriter(&archive)
	if err := w.WriteHeader(&tar.Header{Typeflag: tar.TypeReg, Name: "a.md", Size: 6, Mode: 0o644}); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write([]byte("Words.")); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		data, refused string
	}{
		{"Words.\n", ""},
		{archive.String(), ""},
		{random(3000), "no text"},
		{"PK\x03\x04" + random(300), "plain text"},
	} {
		_, err := Read(&corpus.Manifest{ID: "m", Title: "M"}, source, []byte(tt.data))
		if tt.refused == "" && err != nil || tt.refused != "" && (err == nil || !strings.Contains(err.Error(), tt.refused) || !strings.Contains(err.Error(), `"m": m.md`)) {
			t.Errorf("Read of %.10q = %v, want %q", tt.data, err, tt.refused)
		}
	}
}

// FuzzNotText: what is valid UTF-8 without control characters is never refused, but for files
// that say what they are.
func FuzzNotText(f *testing.F) {
	f.Add([]byte("Words."))
	f.Add([]byte("{\\rtf1"))
	f.Fuzz(func(t *testing.T, data []byte) {
		text := bytes.Map(func(r rune) rune {
			if isControl(r) {
				return ' '
			}
			return r
		}, bytes.ToValidUTF8(data, []byte("?")))
		if err := notText(append([]byte(" "), text...)); err != nil {
			t.Errorf("%q: %v", text, err)
		}
	})
}
