package cite

import (
	"encoding/json"
	"strings"
	"testing"

	"ibid/corpus"
)

func manifest() *corpus.Manifest {
	return &corpus.Manifest{
		Sources: []corpus.Source{
			{ID: "leem", Reference: corpus.Reference{
				Type: "article-journal", Title: "The Origins of the \"Pact\" of 1939", Page: "203-229", Issued: "1999~",
				Author: []corpus.Name{{Family: "Leem", Given: "Kyung Hoon"}}, ContainerTitle: "Review of Affairs", Volume: "12", Issue: "3",
			}},
			{ID: "frus", Reference: corpus.Reference{Type: "book", Title: "Foreign Relations, 1936", Issued: "1954", Publisher: "GPO", PublisherPlace: "Washington",
				Editor: []corpus.Name{{Family: "Prescott", Given: "F."}, {Family: "Axton", Given: "M."}}}},
			{ID: "bare"},
		},
		Actors: []corpus.Actor{
			{ID: "molotov", Name: "Molotov, Vyacheslav", Kind: corpus.Person},
			{ID: "uk", Name: "Britain, Government of", Kind: corpus.Body},
		},
	}
}

var (
	paragraph = &corpus.Passage{ID: "leem/p030", Kind: corpus.Paragraph, Source: "leem", Pages: []string{"213"}, Lines: [][2]int{{627, 636}}}
	inNote    = &corpus.Passage{ID: "leem/q031", Kind: corpus.Quotation, Source: "leem", Pages: []string{"211"}, Within: "leem/n08",
		Speaker: "molotov", Addressee: "Schulenburg", Medium: "conversation", Date: "1939-05-20",
		Citations: []corpus.Citation{{ID: "GK 279", Kind: corpus.CitesDocument}, {ID: "Nazi-Soviet Relations 1948", Locator: "p. 4", Through: "Roberts 1989"}}}
	edited12 = &corpus.Passage{ID: "frus/d12/p03", Kind: corpus.Paragraph, Source: "frus", Pages: []string{"xiv", "1"},
		Document: &corpus.EditedDocument{ID: "frus/d12", Number: "12", Title: "The Ambassador to the Secretary", Date: "1936-03-07", Place: "Paris", From: "Straus", To: "Hull", Archive: "751.62/3"}}
)

func TestShort(t *testing.T) {
	for _, tt := range []struct {
		p    *corpus.Passage
		want string
	}{
		{paragraph, "Leem, p. 213"},
		{inNote, "Leem, p. 211, n. 8"},
		{&corpus.Passage{Kind: corpus.Footnote, Footnote: 14, Source: "leem", Pages: []string{"218", "219"}}, "Leem, pp. 218-219, n. 14"},
		{&corpus.Passage{Kind: corpus.Footnote, Source: "leem", Pages: []string{"203"}}, "Leem, p. 203"},
		{edited12, "Prescott and Axton, doc. 12, pp. xiv, 1"},
		{&corpus.Passage{Source: "bare", Lines: [][2]int{{3, 3}}}, "bare, line 3"},
		{&corpus.Passage{Source: "bare", Lines: [][2]int{{3, 5}, {9, 9}}}, "bare, lines 3-5, 9"},
		{&corpus.Passage{Source: "gone"}, "gone"},
	} {
		if got := Short(manifest(), tt.p); got != tt.want {
			t.Errorf("Short(%s) = %q, want %q", tt.p.ID, got, tt.want)
		}
	}
}

func TestNote(t *testing.T) {
	for _, tt := range []struct {
		p    *corpus.Passage
		want string
	}{
		{paragraph, "Kyung Hoon Leem, “The Origins of the ‘Pact’ of 1939”, Review of Affairs 12, no. 3 (about 1999), p. 213 [leem/p030]."},
		{inNote, "Vyacheslav Molotov to Schulenburg, conversation, 20 May 1939, in GK 279; Nazi-Soviet Relations 1948, p. 4, cited from Roberts 1989, cited in " +
			"Kyung Hoon Leem, “The Origins of the ‘Pact’ of 1939”, Review of Affairs 12, no. 3 (about 1999), p. 211, n. 8 [leem/q031]."},
		{edited12, "“The Ambassador to the Secretary”, Paris, 7 March 1936, in F. Prescott and M. Axton (eds.), Foreign Relations, 1936 (Washington: GPO, 1954), doc. 12, pp. xiv, 1 [frus/d12/p03]."},
		{&corpus.Passage{ID: "bare/q001", Kind: corpus.Quotation, Source: "bare"}, "bare [bare/q001]."},
	} {
		if got := Note(manifest(), tt.p); got != tt.want {
			t.Errorf("Note(%s)\n got %s\nwant %s", tt.p.ID, got, tt.want)
		}
	}
}

// A title that was cut from a longer one ends in a comma, which no citation repeats.
func TestTitleEndsInComma(t *testing.T) {
	m := &corpus.Manifest{Sources: []corpus.Source{{ID: "china", Reference: corpus.Reference{Type: "book", Title: "Affairs in China, ", ContainerTitle: "Papers:"}}}}
	p := &corpus.Passage{ID: "china/d261/p01", Kind: corpus.Paragraph, Source: "china", Document: &corpus.EditedDocument{Number: "261"}}
	if got, want := Short(m, p), "Affairs in China, doc. 261"; got != want {
		t.Errorf("Short = %q, want %q", got, want)
	}
	csl, err := CSLJSON(m, p)
	if err != nil {
		t.Fatal(err)
	}
	for _, got := range []string{Note(m, p), BibTeX(m, p), RIS(m, p), string(csl)} {
		if strings.Contains(got, "China,,") || strings.Contains(got, "China, \r") || strings.Contains(got, "China,}") || strings.Contains(got, "Papers:") || !strings.Contains(got, "China") {
			t.Errorf("the title keeps its comma, or the container its colon: %s", got)
		}
	}
}

func TestPlainDate(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "1939-05-20": "20 May 1939", "1939-08": "August 1939", "1939": "1939", "193X": "1930s", "18XX": "1800s",
		"1938-12/1939-02": "December 1938 to February 1939", "1939-07-21/1939-07-31": "21-31 July 1939", "1934/1936": "1934-1936",
		"1939-22": "summer 1939", "1793?": "1793 (?)", "1793%": "about 1793 (?)", "1939/..": "from 1939", "/1939": "until 1939", "soon\nafter": "soon after",
	} {
		if got := PlainDate(in); got != want {
			t.Errorf("PlainDate(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestBibTeX(t *testing.T) {
	want := `@article{leem-p030,
  author = {Leem, Kyung Hoon},
  title = {{The Origins of the "Pact" of 1939}},
  journal = {Review of Affairs},
  volume = {12},
  number = {3},
  pages = {203--229},
  year = {1999},
  note = {p. 213; passage leem/p030}
}
`
	if got := BibTeX(manifest(), paragraph); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestRIS(t *testing.T) {
	want := "TY  - JOUR\r\nID  - leem/p030\r\nAU  - Leem, Kyung Hoon\r\nTI  - The Origins of the \"Pact\" of 1939\r\nT2  - Review of Affairs\r\n" +
		"VL  - 12\r\nIS  - 3\r\nSP  - 203\r\nEP  - 229\r\nPY  - 1999\r\nN1  - p. 213; passage leem/p030\r\nER  - \r\n"
	if got := RIS(manifest(), paragraph); got != want {
		t.Errorf("got\n%q\nwant\n%q", got, want)
	}
}

// A document of an edition is by who wrote it, and says to whom, when and in which archive.
func TestDocumentOfEdition(t *testing.T) {
	for _, got := range []string{BibTeX(manifest(), edited12), RIS(manifest(), edited12)} {
		if !strings.Contains(got, "Straus") || !strings.Contains(got, "to Hull; 7 March 1936; 751.62/3; doc. 12, pp. xiv, 1; passage frus/d12/p03") {
			t.Errorf("got\n%s", got)
		}
	}
}

func TestCSLJSON(t *testing.T) {
	raw, err := CSLJSON(manifest(), edited12)
	if err != nil {
		t.Fatal(err)
	}
	want := `{"id":"frus/d12/p03","type":"chapter","title":"The Ambassador to the Secretary","author":[{"literal":"Straus"}],` +
		`"editor":[{"family":"Prescott","given":"F."},{"family":"Axton","given":"M."}],"container-title":"Foreign Relations, 1936",` +
		`"publisher":"GPO","publisher-place":"Washington","issued":{"date-parts":[[1954]]},"original-date":{"date-parts":[[1936,3,7]]},` +
		`"recipient":[{"literal":"Hull"}],"archive":"751.62/3","note":"doc. 12, pp. xiv, 1; passage frus/d12/p03"}`
	if string(raw) != want {
		t.Errorf("got\n%s\nwant\n%s", raw, want)
	}
}

// Hostile text in the manifest stays inside its field, whatever the format.
func TestHostileText(t *testing.T) {
	for _, title := range []string{
		"A } title, note = {x", "{{{", "}}}", "a\\b \\input{/etc/passwd} $x^2_1~ 50% & #1",
		"one\r\nER  - \r\nTY  - BOOK", "tabs\tand\x00nulls\u2028lines", "\"quoted\" “twice”", "</script><b>", "\xff\xfe", "",
	} {
		m := &corpus.Manifest{Sources: []corpus.Source{{ID: "s", Reference: corpus.Reference{Type: "book", Title: title,
			Author: []corpus.Name{{Family: title, Given: "A and B, C"}, {Literal: title}}}}}}
		p := &corpus.Passage{ID: "s/p001", Kind: corpus.Quotation, Source: "s", Pages: []string{title}, Speaker: title, Medium: title, Date: title}
		bib := BibTeX(m, p)
		if depth := braceDepth(bib); depth != 0 || strings.Count(bib, "\n@") > 0 || strings.Count(bib, "\n  note = ") != 1 {
			t.Errorf("BibTeX of title %q: braces end at depth %d\n%s", title, depth, bib)
		}
		ris := RIS(m, p)
		for line := range strings.SplitSeq(strings.TrimSuffix(ris, "\r\n"), "\r\n") {
			if len(line) < 6 || line[2:6] != "  - " || strings.ContainsAny(line, "\r\n") {
				t.Errorf("RIS of title %q has the line %q", title, line)
			}
		}
		if strings.Count(ris, "\r\nER  - ") != 1 || strings.Count("\r\n"+ris, "\r\nTY  - ") != 1 {
			t.Errorf("RIS of title %q is not one record:\n%s", title, ris)
		}
		raw, err := CSLJSON(m, p)
		if err != nil || !json.Valid(raw) {
			t.Errorf("CSL-JSON of title %q: %v\n%s", title, err, raw)
		}
		for name, s := range map[string]string{"Note": Note(m, p), "Short": Short(m, p)} {
			if strings.ContainsAny(s, "\r\n\t\x00\u2028") {
				t.Errorf("%s of title %q is not one line: %q", name, title, s)
			}
		}
	}
}

// braceDepth counts braces as BibTeX does: also those behind a backslash.
// A negative depth on the way is returned at once.
func braceDepth(s string) int {
	depth := 0
	for _, r := range s {
		switch r {
		case '{':
			depth++
		case '}':
			if depth--; depth < 0 {
				return depth
			}
		}
	}
	return depth
}

func TestActorName(t *testing.T) {
	for _, c := range []struct{ name, kind, want string }{
		{"Molotov, Vyacheslav", "person", "Vyacheslav Molotov"},
		{"Johnston, Ernest B., Jr.", "person", "Ernest B. Johnston, Jr."},
		{"Stalin", "person", "Stalin"},
		{"Party Congress, March 1939", "body", "Party Congress, March 1939"},
	} {
		if got := ActorName(c.name, corpus.ActorKind(c.kind)); got != c.want {
			t.Errorf("ActorName(%q, %s) = %q, want %q", c.name, c.kind, got, c.want)
		}
	}
}
