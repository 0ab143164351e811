package search_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"ibid/corpus"
	"ibid/corpus/pact1939"
	"ibid/indexer"
	"ibid/search"
)

// diff prints pieces as wdiff does.
func diff(pieces []search.QuotePiece) string {
	marks := map[search.PieceKind]string{search.PieceSame: "%s", search.PieceQuery: "[-%s-]", search.PieceSource: "{+%s+}", search.PieceOmitted: "<%s>"}
	var out []string
	for _, p := range pieces {
		out = append(out, fmt.Sprintf(marks[p.Kind], p.Text))
	}
	return strings.Join(out, " ")
}

// quotable is the fixture with a passage whose print was repaired, over two
// pages and a blank line.
func quotable(t testing.TB) *search.Index {
	p := &corpus.Passage{ID: "doe/p006", Kind: corpus.Paragraph, Source: "doe", Pages: []string{"20", "21"}, Lines: [][2]int{{301, 303}, {310, 310}},
		Text:    "The noninterference of Germany in the railway question turned the scale, they said.",
		Printed: "The noninter\nference of Ge~any in the railway\nquestion tumed the scale, they said.",
		Marks:   []corpus.Mark{{At: 0, Line: 301, Page: "20"}, {At: 12, Line: 303}, {At: 46, Line: 310, Page: "21"}},
		Repairs: []corpus.Repair{{Line: 303, Printed: "Ge~any", Reading: "Germany", Rule: "letters", Confidence: 0.9, Place: corpus.Place{Start: 23, End: 30}},
			{Line: 310, Printed: "tumed", Reading: "turned", Rule: "letters", Confidence: 0.9, Place: corpus.Place{Start: 55, End: 61}}}}
	return open(t, manifest(), append(passages(), p))
}

func TestQuoteCheck(t *testing.T) {
	ix := quotable(t)
	tests := []struct {
		name, text string
		verdict    search.Verdict
		passage    string // of the first match
		of         string // its versions
		pieces     string
	}{
		{"a quotation, not what holds it", "a common customs basis must be made", search.QuoteExact, "doe/q001", "[reading print]", "a common customs basis must be made"},
		{"case of the first letter", "the Ostran railway is lost", search.QuoteExact, "doe/q003", "[reading print]", "The Ostran railway is lost"},
		{"case elsewhere", "The ostran railway is lost", search.QuoteNear, "doe/q003", "[reading print]", "The [-ostran-] {+Ostran+} railway is lost"},
		{"an editor's small letter", "[t]he Ostran railway is", search.QuoteExact, "doe/q003", "[reading print]", "The Ostran railway is"},
		{"an editor's addition", "Some say that Lindqvist [the minister] meant it as a sign", search.QuoteNear, "doe/p002", "[reading print]", "Some say that Lindqvist [-[the minister]-] meant it as a sign"},
		{"an editor's capital", "[A] common customs basis", search.QuoteExact, "doe/q001", "[reading print]", "a common customs basis"},
		{"quotation marks", "\u201cThe Ostran \u2018railway\u2019 is lost to us.\u201d", search.QuoteExact, "doe/q003", "[reading print]", "The Ostran railway is lost to us"},
		{"white space", "The\tOstran \n  railway\u00a0is lost", search.QuoteExact, "doe/q003", "[reading print]", "The Ostran railway is lost"},
		{"a line's end", "before any rail-\nway treaty", search.QuoteExact, "doe/q001", "[reading print]", "before any railway treaty"},
		{"a hyphen at a line's end", "negotiations on non-\naggression began", search.QuoteExact, "doe/p003", "[reading print]", "negotiations on non-aggression began"},
		{"ellipsis", "We hold that ... no treaty will stand", search.QuoteExact, "doe/q001", "[reading print]",
			"We hold that <a common customs basis must be made before any railway treaty can be signed; without such a customs basis> no treaty will stand"},
		{"ellipsis in brackets", "We hold that a common customs basis [\u2026] no treaty will stand.", search.QuoteExact, "doe/q001", "[reading print]",
			"We hold that a common customs basis <must be made before any railway treaty can be signed; without such a customs basis> no treaty will stand"},
		{"ellipses at both ends", "... before any railway treaty ...", search.QuoteExact, "doe/q001", "[reading print]", "before any railway treaty"},
		{"parts in another order", "no treaty will stand ... We hold that", search.QuoteNone, "", "", ""},
		{"another word", "a common customs union must be made before any", search.QuoteNear, "doe/q001", "[reading print]", "a common customs [-union-] {+basis+} must be made before any"},
		{"a word too many", "a common customs and trade basis must be made before any", search.QuoteNear, "doe/q001", "[reading print]", "a common customs [-and trade-] basis must be made before any"},
		{"a word left out", "a common basis must be made before any", search.QuoteNear, "doe/q001", "[reading print]", "a common {+customs+} basis must be made before any"},
		{"punctuation inside", "can be signed without such", search.QuoteNear, "doe/q001", "[reading print]", "can be [-signed-] {+signed;+} without such"},
		{"the reading alone", "Germany in the railway question turned the scale", search.QuoteExact, "doe/p006", "[reading]", "Germany in the railway question turned the scale"},
		{"the print alone", "question tumed the scale", search.QuoteExact, "doe/p006", "[print]", "question tumed the scale"},
		{"a word broken in the print alone", "The noninter\nference of", search.QuoteExact, "doe/p006", "[print]", "The noninter ference of"},
		{"over holder and quotation", "Weizs\u00e4l: \"We hold that a common customs", search.QuoteExact, "doe/p001", "[reading print]", "Weizs\u00e4l: \"We hold that a common customs"},
		{"marks", "told Weizsal that", search.QuoteNone, "", "", ""},
		{"stop words", "to be or not to be", search.QuoteExact, "roe/p002", "[reading print]", "To be or not to be"},
		{"one word", "despatch", search.QuoteExact, "roe/p001", "[reading print]", "despatch"},
		{"markup", `<script>alert("x")</script> Markup`, search.QuoteExact, "roe/p001", "[reading print]", `script>alert("x")</script> Markup`},
		{"the same words in another order", "stand will treaty no basis customs a such", search.QuoteNone, "", "", ""},
		{"another language", "\u043f\u0440\u0438\u0432\u0435\u0442 \u043c\u0438\u0440", search.QuoteNone, "", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r, err := ix.QuoteCheck(context.Background(), tt.text)
			if err != nil {
				t.Fatalf("QuoteCheck(%q): %v", tt.text, err)
			}
			if r.Verdict != tt.verdict {
				t.Fatalf("QuoteCheck(%q) = %s %+v, want %s", tt.text, r.Verdict, r.Matches, tt.verdict)
			}
			if tt.verdict == search.QuoteNone {
				return
			}
			m := r.Matches[0]
			if m.Passage != tt.passage || fmt.Sprint(m.Of) != tt.of || diff(m.Pieces) != tt.pieces {
				t.Errorf("QuoteCheck(%q) = %s %v %s, want %s %s %s", tt.text, m.Passage, m.Of, diff(m.Pieces), tt.passage, tt.of, tt.pieces)
			}
		})
	}
}

// A match tells page, lines and repairs of its own words, not of the whole passage.
func TestQuoteCheckPlace(t *testing.T) {
	ix := quotable(t)
	tests := []struct {
		text      string
		reference string
		lines     string
		repairs   int
	}{
		{"The noninterference of", "Doe, p. 20", "[[301 303]]", 0}, // over a blank line
		{"Germany in the railway", "Doe, p. 20", "[[303 303]]", 1},
		{"the scale, they said", "Doe, p. 21", "[[310 310]]", 0},
		{"tumed the scale", "Doe, p. 21", "[[310 310]]", 0}, // of the print
		{"Germany in the railway question turned the scale", "Doe, pp. 20-21", "[[303 303] [310 310]]", 2},
	}
	for _, tt := range tests {
		r, err := ix.QuoteCheck(context.Background(), tt.text)
		if err != nil || r.Verdict != search.QuoteExact {
			t.Fatalf("QuoteCheck(%q) = %+v, %v", tt.text, r, err)
		}
		m := r.Matches[0]
		if m.Reference != tt.reference || fmt.Sprint(m.Lines) != tt.lines || len(m.Repairs) != tt.repairs || !strings.Contains(m.Citation, m.Passage) {
			t.Errorf("QuoteCheck(%q) = %s, lines %v, repairs %v, citation %q; want %s, %s, %d", tt.text, m.Reference, m.Lines, m.Repairs, m.Citation, tt.reference, tt.lines, tt.repairs)
		}
	}
}

func TestQuoteCheckRefuses(t *testing.T) {
	ix := fixture(t)
	for _, text := range []string{"", " \n ", "... !", "\xff\xfe", strings.Repeat("a", search.MaxQuote+1)} {
		_, err := ix.QuoteCheck(context.Background(), text)
		var bad *search.RequestError
		if !errors.As(err, &bad) || bad.Parameter != "text" {
			t.Errorf("QuoteCheck(%.20q) = %v, want an error that says what to do", text, err)
		}
	}
	gone, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := ix.QuoteCheck(gone, "customs basis"); !errors.Is(err, context.Canceled) {
		t.Errorf("QuoteCheck with a context that is done = %v", err)
	}
	if err := ix.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := ix.QuoteCheck(context.Background(), "customs basis"); !errors.Is(err, search.ErrClosed) {
		t.Errorf("QuoteCheck on a closed index = %v", err)
	}
}

// shippedIndex is an index of the shipped corpus.
func shippedIndex(t testing.TB) *search.Index {
	t.Helper()
	c, err := corpus.Load(pact1939.Files, "shipped corpus")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := indexer.Build(context.Background(), c, dir, func(indexer.Progress) {}); err != nil {
		t.Fatal(err)
	}
	ix, err := search.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ix.Close() })
	return ix
}

// Every sentence-long stretch of the shipped corpus is found where it stands: of
// the reading, and of the source file as it is printed, line breaks included.
func TestQuoteCheckFindsAll(t *testing.T) {
	ix := shippedIndex(t)
	source, err := fs.ReadFile(pact1939.Files, "leem.txt")
	if err != nil {
		t.Fatal(err)
	}
	printed := strings.Split(string(source), "\n")
	all, err := ix.Passages("leem")
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range all {
		if words := strings.Fields(p.Text); len(words) > 6 {
			check(t, ix, p, strings.Join(words[:min(len(words), 50)], " "), search.OfReading)
		}
		if lines := strings.Split(p.Printed, "\n"); len(lines) > 3 {
			stretch := strings.Join(lines[1:3], "\n")
			m := check(t, ix, p, stretch, search.OfPrint)
			first := printed[m.Lines[0][0]-1]
			if !strings.Contains(first, strings.Fields(lines[1])[1]) {
				t.Errorf("%s: %q is told on line %d, which is %q", p.ID, stretch, m.Lines[0][0], first)
			}
		}
	}
}

// check expects text to be found exactly in p, or in the passage that holds it or is held by it.
func check(t *testing.T, ix *search.Index, p *corpus.Passage, text string, of search.Version) search.QuoteMatch {
	t.Helper()
	r, err := ix.QuoteCheck(context.Background(), text)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range r.Matches {
		same := m.Passage == p.ID || m.Passage == p.Within || slices.Contains(p.Quotations, m.Passage)
		if m.Verdict == search.QuoteExact && same && slices.Contains(m.Of, of) {
			return m
		}
	}
	t.Fatalf("QuoteCheck(%q) = %s in %+v, want it in the %s of %s", text, r.Verdict, r.Matches, of, p.ID)
	return search.QuoteMatch{}
}

// FuzzQuoteCheck holds that a match lies in its passage, that the pieces of both
// sides make up its words, and that exact means no difference.
func FuzzQuoteCheck(f *testing.F) {
	ix := quotable(f)
	for _, s := range []string{"customs basis", "a common ... stand", "[T]he rail-\nway", "… … …", "Ge~any", "to be to be to be", "\xff\u00ad-'", "the the the"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		r, err := ix.QuoteCheck(context.Background(), text)
		var bad *search.RequestError
		if errors.As(err, &bad) {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range r.Matches {
			p, err := ix.Passage(m.Passage)
			if err != nil {
				t.Fatal(err)
			}
			version := p.Text
			if m.Of[0] == search.OfPrint {
				version = p.Printed
			}
			if m.Start < 0 || m.Start >= m.End || m.End > len(version) || !utf8.ValidString(version[m.Start:m.End]) {
				t.Fatalf("QuoteCheck(%q): [%d, %d) does not lie in %s", text, m.Start, m.End, m.Passage)
			}
			different := slices.ContainsFunc(m.Pieces, func(p search.QuotePiece) bool {
				return p.Kind == search.PieceQuery || p.Kind == search.PieceSource
			})
			if different == (m.Verdict == search.QuoteExact) || m.Similarity < 0 || m.Similarity > 1 || len(m.Lines) > 0 && m.Lines[0][0] < 1 {
				t.Fatalf("QuoteCheck(%q) = %+v", text, m)
			}
		}
	})
}

func BenchmarkQuoteCheck(b *testing.B) {
	ix := shippedIndex(b)
	p, err := ix.Passage("leem/q015")
	if err != nil {
		b.Fatal(err)
	}
	long := strings.Repeat("of the and to in a that ", 200)
	for name, text := range map[string]string{"Sentence": p.Text, "Hostile": long} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := ix.QuoteCheck(context.Background(), text); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
