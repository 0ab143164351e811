package annotate

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"ibid/corpus"
	"ibid/indexer/block"
	"ibid/indexer/ocr"
	"ibid/indexer/plain"
)

// twoSigla is a manifest with the collections of the shipped article.
func twoSigla() *corpus.Manifest {
	return &corpus.Manifest{
		DefaultYear: 1939,
		Collections: []corpus.Collection{
			{Siglum: "GK", Title: "God krizisa (Year of Crisis)", Issued: 1990, Marker: "no."},
			{Siglum: "SPE", Title: "Soviet Peace Efforts on the Eve of World War II", Issued: 1976, Marker: "no."},
		},
		Actors: []corpus.Actor{
			{ID: "stalin", Name: "Stalin, Joseph", Kind: corpus.Person},
			{ID: "hitler", Name: "Hitler, Adolf", Kind: corpus.Person},
			{ID: "poland", Name: "Poland", Kind: corpus.State},
		},
	}
}

// readingOf makes the reading of clean lines.
func readingOf(lines ...string) *ocr.Reading {
	printed := make([]ocr.Line, len(lines))
	for i, l := range lines {
		printed[i] = ocr.Line{Number: i + 1, Seq: i, Text: l}
	}
	return ocr.New([][]ocr.Line{printed}, ocr.Options{Language: "und"}).Read(printed)
}

// article reads the shipped article into texts, as the indexer does.
func article(t *testing.T) []*Text {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", "corpus", "pact1939", "leem.txt"))
	if err != nil {
		t.Fatal(err)
	}
	src, err := plain.Read(data, plain.Options{FirstPage: "203"})
	if err != nil {
		t.Fatal(err)
	}
	return textsOf(src, ocr.Options{Sigla: []string{"GK", "SPE"}, Names: []string{"Stalin", "Watt"}})
}

func textsOf(src *block.Source, opt ocr.Options) []*Text {
	lines := make([][]ocr.Line, len(src.Blocks))
	for i, b := range src.Blocks {
		for k, l := range b.Lines {
			line := ocr.Line{Number: l.Number, Seq: l.Seq, Text: l.Text}
			if b.Label.End > b.Label.Start && b.Label.Line == k {
				line.Cuts = append(line.Cuts, ocr.Cut{Start: b.Label.Start, End: b.Label.End})
			}
			for _, c := range b.Callers {
				if c.Line == k {
					line.Cuts = append(line.Cuts, ocr.Cut{Start: c.Start, End: c.End})
				}
			}
			lines[i] = append(lines[i], line)
		}
	}
	reader := ocr.New(lines, opt)
	kinds := map[block.Kind]corpus.Kind{block.Heading: corpus.Heading, block.Paragraph: corpus.Paragraph, block.Footnote: corpus.Footnote}
	texts := make([]*Text, len(src.Blocks))
	for i, b := range src.Blocks {
		texts[i] = &Text{Kind: kinds[b.Kind], Section: b.Section, Reading: reader.Read(lines[i]), CalledIn: -1}
	}
	for i, b := range src.Blocks {
		for _, c := range b.Callers {
			texts[c.Note].CalledIn, texts[c.Note].CalledAt = i, texts[i].Reading.Offset(c.Line, c.Start)
		}
	}
	return texts
}

// A goldRow is a row of a table in testdata.
type goldRow struct {
	line   int
	fields []string
}

func gold(t *testing.T, name string) []goldRow {
	t.Helper()
	f, err := os.Open(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var rows []goldRow
	for s := bufio.NewScanner(f); s.Scan(); {
		if strings.HasPrefix(s.Text(), "#") {
			continue
		}
		fields := append(strings.Split(s.Text(), "\t"), "", "", "")
		var row goldRow
		if _, err := fmt.Sscan(fields[0], &row.line); err != nil {
			t.Fatalf("%s: %q: %v", name, s.Text(), err)
		}
		row.fields = fields[1:]
		rows = append(rows, row)
	}
	return rows
}

// score compares what was found with the gold, each as a line of text, and
// returns the harmonic mean of precision and recall. It logs every difference.
func score(t *testing.T, want, got []string) float64 {
	t.Helper()
	hits := 0
	rest := slices.Clone(got)
	for _, w := range want {
		if i := slices.Index(rest, w); i >= 0 {
			hits++
			rest = slices.Delete(rest, i, i+1)
		} else {
			t.Logf("missed: %s", w)
		}
	}
	for _, g := range rest {
		t.Logf("wrong:  %s", g)
	}
	return 2 * float64(hits) / float64(len(want)+len(got))
}

func TestCitationsOfArticle(t *testing.T) {
	m := twoSigla()
	texts := article(t)
	Citations(m, texts)
	for _, kind := range []corpus.CitationKind{corpus.CitesDocument, corpus.CitesWork} {
		isDocument := func(id string) bool { return strings.HasPrefix(id, "GK ") || strings.HasPrefix(id, "SPE ") }
		var want, got []string
		for _, r := range gold(t, "citations.tsv") {
			if isDocument(r.fields[0]) == (kind == corpus.CitesDocument) {
				want = append(want, fmt.Sprintf("%d %s [%s] <%s>", r.line, r.fields[0], r.fields[1], r.fields[2]))
			}
		}
		for _, text := range texts {
			for _, c := range text.Citations {
				if c.Kind == kind {
					got = append(got, fmt.Sprintf("%d %s [%s] <%s>", c.Line, c.ID, c.Locator, c.Through))
				}
			}
		}
		f1 := score(t, want, got)
		t.Logf("%s: %d found, %d in the gold, F1 %.3f", kind, len(got), len(want), f1)
		if f1 < 0.98 {
			t.Errorf("%s citations: F1 %.3f, want 0.98", kind, f1)
		}
	}
}

// citationsIn lists the citations of one text as "id [locator] <through>".
func citationsIn(kind corpus.Kind, lines ...string) string {
	text := &Text{Kind: kind, Reading: readingOf(lines...), CalledIn: -1}
	Citations(twoSigla(), []*Text{text})
	return listed(text)
}

func listed(text *Text) string {
	var out []string
	for _, c := range text.Citations {
		s := c.ID
		if c.Locator != "" {
			s += " [" + c.Locator + "]"
		}
		if c.Through != "" {
			s += " <" + c.Through + ">"
		}
		out = append(out, s)
	}
	return strings.Join(out, "; ")
}

func TestCitations(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		// Documents.
		{"(SPE no. 246, no. 255, no. 267)", "SPE 246; SPE 255; SPE 267"},
		{"(SPE 318, 337)", "SPE 318; SPE 337"},
		{"are found in GK no. 303 and no. 304, which read", "GK 303; GK 304"},
		{"(GK no. 81, no. 84, no. 86; SPE no. 41, no. 100)", "GK 81; GK 84; GK 86; SPE 41; SPE 100"},
		{"SPE nos. 5-7 and GK 320-2", "SPE 5; SPE 6; SPE 7; GK 320; GK 321; GK 322"},
		{"GK, no. 12; GK, doc. 13, p. 44; GK document no. 14", "GK 12; GK 13 [p. 44]; GK 14"},
		{"GK, II, no. 12, and SPE, vol. 2, no. 5", "GK II 12; SPE 2 5"},
		{"(GK, p. 386)", "GK [p. 386]"},
		{"(G.K. no. 7; S. P. E. 12; see also no. 13)", "GK 7; SPE 12; SPE 13"},
		{"General G. Kent and S.P.E 9", "SPE 9"},
		{"GK 12 and 14 August; GK 15, 1939; GKs 5; the 'GK' of 1990; SPE-5; OGK 7", "GK 12; GK 15"},
		{"GK no. 5, cited in Roberts (1989), p. 4", "GK 5 <Roberts 1989>; Roberts 1989 [p. 4]"},
		{"(GK no. 5). It was said (ibid., no. 7; ibid.)", "GK 5; GK 7; GK 7"},
		// Works.
		{"as Watt (1974) argues", "Watt 1974"},
		{"(Watt 1974, p. 158; Watt 1989, p. 111)", "Watt 1974 [p. 158]; Watt 1989 [p. 111]"},
		{"Watt (1974; 1989, chapter XIV) further", "Watt 1974; Watt 1989 [chapter XIV]"},
		{"G. Roberts (1989, 1992) and A. J. P. Taylor (1961)", "Roberts 1989; Roberts 1992; Taylor 1961"},
		{"(Tucker 1990, 1992)", "Tucker 1990; Tucker 1992"},
		{"as Gwynn (1929, I, p. 433) has it (Marder 1940, 2, pp. 47-8)", "Gwynn 1929 [I, p. 433]; Marder 1940 [2, pp. 47-8]"},
		{"(Marder, I, p. 47). In Philip II, p. 3 of this", "Marder [I, p. 47]"},
		{"a letter printed in Newton, p. 315.", "Newton [p. 315]"},
		{"(Walt, 1987). See Walt (1987), p. 17.", "Walt 1987; Walt 1987 [p. 17]"},
		{"see Fleron, Jr., Hoffmann and Laird eds.(1991), particularly the", "Fleron 1991"},
		{"Smith and Jones (1975a: 12-15) and (Smith et al. 1980, pp. 3, 17 and 20)", "Smith 1975a [12-15]; Smith 1980 [pp. 3, 17 and 20]"},
		{"Kolasky (990) views it", "Kolasky 1990"},
		{"(cf. van der Berg 1999; O'Neill-Smith 2001: 5)", "van der Berg 1999; O'Neill-Smith 2001 [5]"},
		{"Müller (1999) zeigt es", "Müller 1999"},
		{"(Dukes, p. 311), Dallin (p. 275), to Dukes(p. 316). (Stalin, p. 346)", "Dukes [p. 311]; Dallin [p. 275]; Dukes [p. 316]; Stalin [p. 346]"},
		{"J. C. Dukes (1985) holds. (Dukes, pp. 166-7)", "Dukes 1985; Dukes 1985 [pp. 166-7]"},
		{"Gromyko (1981) and Sipols (1989). (Roberts 1989, pp. 140-1; Gromyko, p. 357; Sipols)", "Gromyko 1981; Sipols 1989; Roberts 1989 [pp. 140-1]; Gromyko 1981 [p. 357]; Sipols 1989"},
		{"Nazi-Soviet Relations (New York: Didier, 1948), p. 3, cited from Roberts (1989), pp. 145-6.",
			"Nazi-Soviet Relations 1948 [p. 3] <Roberts 1989>; Roberts 1989 [pp. 145-6]"},
		{"(Kennan 1958, 30-31; Haslam 1984, 201ff; cf. Carr 1951: 5)", "Kennan 1958 [30-31]; Haslam 1984 [201ff]; Carr 1951 [5]"},
		{"Carr (1951), esp. ch. 3, and Kennan [1958]", "Carr 1951 [ch. 3]; Kennan 1958"},
		{"in a note (Foreign Relations, 1886, p. 316)", "Foreign Relations 1886 [p. 316]"},
		{"as Robert C. Tucker (1990), William Shirer (1960) and Lord Bullock (1991) have it", "Tucker 1990; Shirer 1960; Bullock 1991"},
		{"Tucker's (1990) book; see Haslam (1984; also Roberts 1995); (Beloff 1947-49, p. 3)", "Tucker 1990; Haslam 1984; Roberts 1995; Beloff 1947 [p. 3]"},
		// What is no citation.
		{"Stalin's (1939) speech, Versailles (1919), and Locarno (1925)", ""},
		{"On March 10, 1939, in August 1939 (November 1938), the Pact of 1939, Poland (1939), the Munich Agreement (1938)", ""},
		{"Hitler (1933) and Lenin (1870-1924), at Rapallo (1922), in Munich (1938)", ""},
		{"the League (1919) and the First World War (1914)", ""},
		{"He said (see above, p. 12) on page 5 that (p. 7)", ""},
		{"In contrast, Berlin, in May 1939, asked. Moscow 1939.", ""},
	} {
		if got := citationsIn(corpus.Paragraph, tt.text); got != tt.want {
			t.Errorf("Citations(%q)\n got %s\nwant %s", tt.text, got, tt.want)
		}
	}
}

func TestCitationsOfNotes(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"D. C. Watt, How War Came (London: Heinemann, 1989), p. 111.", "Watt 1989 [p. 111]"},
		{"See D. C. Watt, How War Came (London: Heinemann, 1989), p. 111; cf. A. Read, The Deadly Embrace (New York: Norton, 1988), pp. 5-6.",
			"Watt 1989 [p. 111]; Read 1988 [pp. 5-6]"},
		{`"Stalin-Hitler Pact: A Bibliography," Political History of Russia, vol. 8, no. 4, 1997, pp. 289-295.`,
			"Stalin-Hitler Pact: A Bibliography 1997 [pp. 289-295]"},
		{`G. Roberts, "The Soviet Decision," Soviet Studies, vol. 44, no. 1 (1992), p. 57.`, "Roberts 1992 [p. 57]"},
		{`Moore, "Notes on the History of Slavery in Mass.," p. 5.`, "Moore [p. 5]"},
		{`Jellinek, _op. cit._, pp. 88, 89.`, "Jellinek [pp. 88, 89]"},
		{`"Historical Researches," 181. _Ibid._, 288.`, "Historical Researches [181]; Historical Researches [288]"},
		{"Ibid., p. 4.", ""},
		{"D. C. Watt, How War Came (London: Heinemann, 1989), pp. 111 ff.; Watt, op. cit.", "Watt 1989 [pp. 111 ff.]; Watt 1989"},
		{"Watt 1974, p. 5.", "Watt 1974 [p. 5]"},
		{"He left Poland in 1939, and \"never came back,\" 12 men said.", ""},
		{"Marder, I, p. 47. Spring Rice to Roosevelt, November 5, in Gwynn (1929, I, p. 433).", "Marder [I, p. 47]; Gwynn 1929 [I, p. 433]"},
	} {
		if got := citationsIn(corpus.Footnote, tt.text); got != tt.want {
			t.Errorf("Citations(%q) in a note\n got %s\nwant %s", tt.text, got, tt.want)
		}
	}
}

// An "ibid." that begins a note repeats what the body has cited since the note before.
func TestIbidOfTheBody(t *testing.T) {
	body := &Text{Kind: corpus.Paragraph, Reading: readingOf("Watt (1974) and (Haslam 1984, p. 5) hold it."), CalledIn: -1}
	first := &Text{Kind: corpus.Footnote, Reading: readingOf("Carr (1951), p. 2."), CalledIn: 0, CalledAt: 12}
	second := &Text{Kind: corpus.Footnote, Reading: readingOf("Ibid., p. 6; ibid."), CalledIn: 0, CalledAt: 44}
	Citations(twoSigla(), []*Text{body, first, second})
	if got, want := listed(second), "Haslam 1984 [p. 6]; Haslam 1984"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// A year is borrowed from wherever else in the source the author is cited, if only one is possible.
func TestCitationsBorrowYears(t *testing.T) {
	first := &Text{Kind: corpus.Paragraph, Reading: readingOf("(Dukes, p. 311; Watt, p. 3)"), CalledIn: -1}
	second := &Text{Kind: corpus.Paragraph, Reading: readingOf("(Dukes 1985). (Watt 1974, 1989)"), CalledIn: -1}
	Citations(twoSigla(), []*Text{first, second})
	if got, want := listed(first), "Dukes 1985 [p. 311]; Watt [p. 3]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestCitationsOverLines(t *testing.T) {
	text := &Text{Kind: corpus.Paragraph, Reading: readingOf("rather than east (GK no.", "81, no.", "84; Roberts", "1989, p. 11)."), CalledIn: -1}
	Citations(twoSigla(), []*Text{text})
	var got []string
	for _, c := range text.Citations {
		got = append(got, fmt.Sprintf("%d %s", c.Line, c.ID))
	}
	if want := "1 GK 81, 2 GK 84, 3 Roberts 1989"; strings.Join(got, ", ") != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// "Ibid." does not reach over papers of an archive or other pages of the volume, which are no citations.
func TestIbidOfArchives(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"Watt 1974, p. 158. Ibid., p. 160.", "Watt 1974 [p. 158]; Watt 1974 [p. 160]"},
		{"Watt 1974, p. 158. National Archives, RG 59, Box 12. (Ibid.)", "Watt 1974 [p. 158]"},
		{"Watt 1974, p. 158. Ibid., NSC Files, Box 12. Ibid.", "Watt 1974 [p. 158]"},
		{"Watt 1974, p. 158. Ante, p. 12. Ibid., p. 31.", "Watt 1974 [p. 158]"},
		{"Watt 1974, p. 158. Supra, p. 227; infra, p. 3.", "Watt 1974 [p. 158]"},
	} {
		if got := citationsIn(corpus.Footnote, tt.text); got != tt.want {
			t.Errorf("Citations(%q)\n got %s\nwant %s", tt.text, got, tt.want)
		}
	}
}

// The bracket has only the year; its author is the subject of the sentence.
func TestCitationsBySubject(t *testing.T) {
	known := &Text{Kind: corpus.Paragraph, Reading: readingOf("This is well known (Nish 1985, p. 3; Kajima 1985, p. 7; Watt 1974, p. 158)."), CalledIn: -1}
	list := &Text{Kind: corpus.Paragraph, Section: "References", CalledIn: -1,
		Reading: readingOf("Lowe, Peter. Great Britain and the Origins of the Pacific War (Oxford, 1977). BEASLEY, W. G. 1987. Japanese Imperialism. Hosoya, C., The Road to 1941 (Tokyo, 1963).")}
	for _, tt := range []struct{ text, want string }{
		{"Nish argues that the alliance was dead (1985, p. 291).", "Nish 1985 [p. 291]"},
		{"Nish has argued that it was dead (1985).", "Nish 1985"},
		{"In Nish's view it was dead (1985: 291).", "Nish 1985 [291]"},
		{"But Lowe goes further (1977, p. 5), and Beasley, too, thinks so (1987, pp. 3-4).", "Lowe 1977 [p. 5]; Beasley 1987 [pp. 3-4]"},
		{"Nish argues that it was dead (1986, p. 291).", ""},
		{"Nish argues, and Kajima doubts, that it was dead (1985, p. 291).", ""},
		{"The emperor, criticised by Nish, died (1985, p. 291).", ""},
		{"The alliance was dead (1985, p. 291).", ""},
		{"Nish argues so. It was dead (1985, p. 291).", ""},
		{"Nish argues with Watt (1974, p. 158) that it was dead (1985, p. 291).", "Watt 1974 [p. 158]"},
		{"Nish (1985, p. 291) argues so.", "Nish 1985 [p. 291]"},
	} {
		text := &Text{Kind: corpus.Paragraph, Reading: readingOf(tt.text), CalledIn: -1}
		Citations(twoSigla(), []*Text{known, text, list})
		if got := listed(text); got != tt.want {
			t.Errorf("Citations(%q)\n got %s\nwant %s", tt.text, got, tt.want)
		}
	}
}
