package tei

import (
	"encoding/xml"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"ibid/indexer/block"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func TestGolden(t *testing.T) {
	for _, name := range []string{"letters", "article", "single"} {
		data, err := os.ReadFile(filepath.Join("testdata", name+".xml"))
		if err != nil {
			t.Fatal(err)
		}
		src, err := Read(strings.NewReader(string(data)), Options{})
		if err != nil {
			t.Fatal(err)
		}
		golden := filepath.Join("testdata", name+".golden")
		got := dump(src)
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
			t.Errorf("Read(%s.xml) =\n%s\nwant\n%s", name, got, want)
		}
	}
}

// dump prints a source for the golden files.
func dump(src *block.Source) string {
	var b strings.Builder
	for _, d := range src.Documents {
		fmt.Fprintf(&b, "document %s no. %q %q\n  %s from %q (%s) to %q (%s) at %q, archive %q\n", d.ID, d.Number, d.Title, d.Date, d.From, d.FromID, d.To, d.ToID, d.Place, d.Archive)
	}
	for i, x := range src.Blocks {
		fmt.Fprintf(&b, "\n%d %s section %q", i, [...]string{"heading", "paragraph", "footnote"}[x.Kind], x.Section)
		if x.Kind == block.Footnote {
			fmt.Fprintf(&b, " number %d", x.Number)
		}
		if x.Doc != nil {
			fmt.Fprintf(&b, " document %s", x.Doc.ID)
		}
		if x.Enclosed != nil {
			fmt.Fprintf(&b, " enclosure of %s from %q to %q", x.Enclosed.Date, x.Enclosed.From, x.Enclosed.To)
		}
		b.WriteByte('\n')
		for _, l := range x.Lines {
			fmt.Fprintf(&b, "  %d:%d seq %d page %q: %s\n", l.Number, l.Column, l.Seq, l.Page, l.Text)
		}
		for _, c := range x.Callers {
			fmt.Fprintf(&b, "  calls %d by %q at %d:%d\n", c.Note, c.Label, c.Line, c.Start)
		}
		for _, n := range x.Names {
			fmt.Fprintf(&b, "  name %s: %s\n", n.ID, stretchText(x.Lines, n.Stretch))
		}
		for _, d := range x.Dates {
			fmt.Fprintf(&b, "  date %s: %s\n", d.EDTF, stretchText(x.Lines, d.Stretch))
		}
	}
	for _, l := range src.Furniture {
		fmt.Fprintf(&b, "furniture %d: %s\n", l.Number, l.Text)
	}
	for _, id := range slices.Sorted(maps.Keys(src.Persons)) {
		fmt.Fprintf(&b, "person %s: %s\n", id, src.Persons[id])
	}
	for _, p := range src.Problems {
		fmt.Fprintf(&b, "problem at %d in %q: %s\n", p.Line, p.Document, p.Message)
	}
	fmt.Fprintf(&b, "pages %q, %d lines\n", src.Pages, src.LineCount)
	return b.String()
}

func stretchText(lines []block.Line, s block.Stretch) string {
	if s.Line == s.EndLine {
		return lines[s.Line].Text[s.Start:s.End]
	}
	text := lines[s.Line].Text[s.Start:]
	for i := s.Line + 1; i < s.EndLine; i++ {
		text += "|" + lines[i].Text
	}
	return text + "|" + lines[s.EndLine].Text[:s.End]
}

func TestReadErrors(t *testing.T) {
	deep := strings.Repeat("<hi>", 300)
	tests := []struct{ name, in, want string }{
		{"empty file", "", "no element <TEI>"},
		{"no XML", "Plain text.", "no element <TEI>"},
		{"another root", "<html><p>x</p></html>", "line 1: the file begins with <html>"},
		{"not closed", "<TEI><text>\n<p>x</text></TEI>", "line 2: not well-formed XML"},
		{"cut off", "<TEI><text>\n<p>x", "line 2: not well-formed XML"},
		{"unknown entity", "<TEI><text>\n\n<p>&chapter;</p></text></TEI>", "line 3: not well-formed XML: invalid character entity &chapter;"},
		{"own entities", "<!DOCTYPE TEI [\n<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]>\n<TEI/>", "declares entities"},
		{"external entity", "<!DOCTYPE TEI [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><TEI><text><p>&x;</p></text></TEI>", "line 1: the file declares entities"},
		{"too deep", "<TEI>" + deep, "at most 256"},
		{"endless attribute", "<TEI>\n<text n='" + strings.Repeat("x", 5<<20), "line 2: a tag, comment or stretch of text"},
		{"endless comment", "<TEI>\n\n<!--" + strings.Repeat("x\n", 3<<20) + "--></TEI>", "line 3: a tag, comment"},
		{"endless text", "<TEI><text><p>\n" + strings.Repeat("word ", 1<<20) + "</p></text></TEI>", "line 2: a tag, comment"},
		{"endless name", "<TEI><" + strings.Repeat("x", 5<<20), "line 1: a tag, comment"},
		{"long name", "<TEI><text><p>x</" + strings.Repeat("y", 1<<20) + "></TEI>", "closed by </yyy"},
		{"endless instruction", "<TEI><?x " + strings.Repeat("x", 5<<20) + "?></TEI>", "line 1: a tag, comment"},
		{"external subset", "<!DOCTYPE TEI SYSTEM \"file:///etc/passwd\">\n<TEI><text><p>&x;</p></text></TEI>", "line 2: not well-formed XML"},
		{"NUL", "<TEI><text><p>a\x00b</p></text></TEI>", "line 1: not well-formed XML: illegal character code U+0000"},
		{"no UTF-8", "<TEI><text><p>a\xffb</p></text></TEI>", "line 1: not well-formed XML: invalid UTF-8"},
		{"other encoding", `<?xml version="1.0" encoding="ISO-8859-1"?><TEI/>`, "convert it to UTF-8"},
		{"UTF-16", "\xff\xfe<\x00T\x00", "UTF-16"},
		{"no text", "<TEI><teiHeader><p>x</p></teiHeader><text><pb n='1'/></text></TEI>", ErrEmpty.Error()},
	}
	for _, tt := range tests {
		_, err := Read(strings.NewReader(tt.in), Options{})
		if err == nil || !strings.Contains(err.Error(), tt.want) || len(err.Error()) > 500 {
			t.Errorf("%s: Read = %.500v, want %s", tt.name, err, tt.want)
		}
	}
}

func TestReadDate(t *testing.T) {
	tests := []struct {
		attrs map[string]string
		edtf  string
		fault string
	}{
		{map[string]string{"when": "1936-06-25T12:00:00"}, "1936-06-25", ""},
		{map[string]string{"when": "1861-06"}, "1861-06", ""},
		{map[string]string{"from": "1850-01-01", "to": "1850-12-31"}, "1850-01-01/1850-12-31", ""},
		{map[string]string{"notBefore": "1850"}, "1850/..", ""},
		{map[string]string{"notAfter": "1850-03"}, "../1850-03", ""},
		{map[string]string{"notBefore": "1861-01-02T00:00:00-05:00", "notAfter": "1861-01-02T23:59:59-05:00"}, "1861-01-02", ""},
		{map[string]string{"when": "--06-26"}, "", "no year"},
		{map[string]string{"when": "0201-10-12"}, "0201-10-12", "cannot be right"},
		{map[string]string{"when": "1861-02-30"}, "", "no date of ISO 8601"},
		{map[string]string{"from": "1862", "to": "1861"}, "", "no date of ISO 8601"},
	}
	for _, tt := range tests {
		m := readDate(tt.attrs, 1)
		if m.edtf != tt.edtf || !strings.Contains(m.fault, tt.fault) || tt.fault == "" && m.fault != "" {
			t.Errorf("readDate(%v) = %q, %q, want %q, %q", tt.attrs, m.edtf, m.fault, tt.edtf, tt.fault)
		}
	}
	if m := readDate(map[string]string{"calendar": "#julian"}, 1); m != nil {
		t.Errorf("readDate without a date = %v", m)
	}
}

// A date far from the others of its edition that the print contradicts is not believed.
func TestDoubtedDate(t *testing.T) {
	doc := func(id, when, printed string) string {
		return fmt.Sprintf(`<div type="document" xml:id="%s"><dateline><date when="%s">%s</date></dateline><p>x</p></div>`, id, when, printed)
	}
	in := "<TEI><text><body>" + doc("a", "1846-08-01", "August 1, 1846") + doc("b", "1846-08-02", "August 2, 1846") +
		doc("c", "1946-08-13", "August 13, 1846") + doc("d", "1847-10-27", "October 27, 1874") + "</body></text></TEI>"
	src, err := Read(strings.NewReader(in), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if got := []string{src.Documents[2].Date, src.Documents[3].Date}; got[0] != "" || got[1] != "1847-10-27" || len(src.Problems) != 2 {
		t.Errorf("dates %q, problems %v; want none and 1847-10-27, both reported", got, src.Problems)
	}
}

// FuzzRead checks that no word is lost or made up, whatever the markup: the
// words of blocks and furniture are those of the text, and what points into
// lines lies in them.
func FuzzRead(f *testing.F) {
	for _, name := range []string{"letters", "article", "single"} {
		data, err := os.ReadFile(filepath.Join("testdata", name+".xml"))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(data))
	}
	f.Add("<TEI><text><note n='1'>a<note n='2'>b</note></note>c<head>d</head><list><item>e<p>f</p></item></list></text></TEI>")
	f.Add("<TEI><text><p>a&#10;b\r\nc\rd<![CDATA[ <e>\n]]><div type='document'><note>x<div type='letter'>y</div></note></div></p></text></TEI>")
	f.Fuzz(func(t *testing.T, in string) {
		src, err := Read(strings.NewReader(in), Options{FirstPage: "1"})
		if err != nil {
			return
		}
		checkPlaces(t, src)
		var got strings.Builder
		for _, b := range src.Blocks {
			for _, l := range b.Lines {
				got.WriteString(letters(l.Text))
			}
		}
		for _, l := range src.Furniture {
			got.WriteString(letters(l.Text))
		}
		if got, want := sorted(got.String()), sorted(textOf(in)); got != want {
			t.Errorf("letters of the blocks %q, of the file %q", got, want)
		}
	})
}

// checkPlaces checks what must hold of every source.
func checkPlaces(t *testing.T, src *block.Source) {
	t.Helper()
	seq := map[int]int{}
	for i, b := range src.Blocks {
		if len(b.Lines) == 0 {
			t.Fatalf("block %d has no lines", i)
		}
		for n, l := range b.Lines {
			if l.Text == "" || l.Text != strings.TrimSpace(l.Text) || strings.Contains(l.Text, "\n") || l.Number < 1 || l.Number > src.LineCount {
				t.Errorf("block %d: line %+v of %d", i, l, src.LineCount)
			}
			if number, ok := seq[l.Seq]; ok && number != l.Number {
				t.Errorf("lines %d and %d have the ordinal %d", number, l.Number, l.Seq)
			}
			if n > 0 && l.Seq < b.Lines[n-1].Seq {
				t.Errorf("block %d: the lines go back", i)
			}
			seq[l.Seq] = l.Number
		}
		for _, c := range b.Callers {
			if c.Note <= i || src.Blocks[c.Note].Kind != block.Footnote || c.Start != c.End || c.Start > len(b.Lines[c.Line].Text) {
				t.Errorf("block %d: caller %+v", i, c)
			}
		}
		for _, n := range b.Names {
			if stretchText(b.Lines, n.Stretch) == "" {
				t.Errorf("block %d: empty name %+v", i, n)
			}
		}
		for _, d := range b.Dates {
			if stretchText(b.Lines, d.Stretch) == "" {
				t.Errorf("block %d: empty date %+v", i, d)
			}
		}
	}
}

// textOf is what a file holds between its tags, headers left out, without white space.
func textOf(in string) string {
	var out strings.Builder
	dec := xml.NewDecoder(strings.NewReader(strings.TrimPrefix(in, "\xef\xbb\xbf")))
	dec.Entity = xml.HTMLEntity
	depth, header := 0, 0
	for {
		token, err := dec.Token()
		if err == io.EOF {
			return out.String()
		}
		if err != nil {
			return "error: " + err.Error()
		}
		switch token := token.(type) {
		case xml.StartElement:
			depth++
			if token.Name.Local == "teiHeader" && header == 0 {
				header = depth
			}
		case xml.EndElement:
			if depth == header {
				header = 0
			}
			depth--
		case xml.CharData:
			if header == 0 && depth > 0 {
				out.WriteString(letters(string(token)))
			}
		}
	}
}

func sorted(s string) string {
	list := []rune(s)
	slices.Sort(list)
	return string(list)
}

// Memory grows with the text and not with markup or nesting: a file of tags
// that would each keep what is in them is read in a few times its size.
func TestBoundedCaptures(t *testing.T) {
	words := strings.Repeat("word ", 1<<16)
	in := "<TEI><text><head>" + strings.Repeat("<name>", 200) + words + strings.Repeat("</name>", 200) + "</head></text></TEI>"
	src, err := Read(strings.NewReader(in), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(src.Blocks[0].Section) > 100 || len(letters(src.Blocks[0].Lines[0].Text)) != 4<<16 {
		t.Errorf("section of %d bytes, text of %d", len(src.Blocks[0].Section), len(src.Blocks[0].Lines[0].Text))
	}
}

func BenchmarkRead(b *testing.B) {
	data, err := io.ReadAll(openVolume(b, "frus1936v03"))
	if err != nil {
		b.Fatal(err)
	}
	in := string(data)
	b.SetBytes(int64(len(in)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Read(strings.NewReader(in), Options{}); err != nil {
			b.Fatal(err)
		}
	}
}
