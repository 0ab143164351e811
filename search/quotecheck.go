package search

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"ibid/corpus"
	"ibid/corpus/cite"
	"ibid/indexer/schema"
)

// Bounds of a quotation check.
const (
	MaxQuote        = 5000 // characters of the text that is checked
	maxQuoteMatches = 10   // places that a report tells
)

// A Verdict says how well the corpus has a quotation.
type Verdict string

// The verdicts.
const (
	QuoteExact Verdict = "exact" // word for word
	QuoteNear  Verdict = "near"  // with differences, which the match shows
	QuoteNone  Verdict = "none"
)

// A Version is one of the two texts of a passage.
type Version string

// The versions.
const (
	OfReading Version = "reading" // the text with its repairs
	OfPrint   Version = "print"   // what stands in the source file
)

// A QuoteReport says whether the corpus has a stretch of text, and where.
type QuoteReport struct {
	Index   string       `json:"index"`   // version of the index that answered
	Text    string       `json:"text"`    // as it was given
	Words   int          `json:"words"`   // in it
	Verdict Verdict      `json:"verdict"` // of the best match
	Matches []QuoteMatch `json:"matches"` // best first, at most 10
	More    bool         `json:"more"`    // there are more places than told
}

// A QuoteMatch is a place that has the text or nearly has it.
type QuoteMatch struct {
	Passage    string          `json:"passage"` // id
	Kind       corpus.Kind     `json:"kind"`
	Source     string          `json:"source"`
	Section    string          `json:"section"`
	Title      string          `json:"title"`
	URL        string          `json:"url"`
	Reference  string          `json:"reference"` // with the pages of the stretch: "Leem, p. 213"
	Citation   string          `json:"citation"`  // the same as a full footnote
	Pages      []string        `json:"pages"`     // of the stretch
	Lines      [][2]int        `json:"lines"`     // of the stretch in the source file, 1-based, inclusive
	Speaker    string          `json:"speaker"`
	Addressee  string          `json:"addressee"`
	Date       string          `json:"date"`
	Verdict    Verdict         `json:"verdict"`
	Of         []Version       `json:"of"`         // what was matched: both where the stretch needed no repair
	Similarity float64         `json:"similarity"` // share of the words that are the same, 0 to 1; 1 is exact
	Start      int             `json:"start"`      // bytes [Start, End) of the first version of Of
	End        int             `json:"end"`
	Pieces     []QuotePiece    `json:"pieces"`  // the text beside the source, in order
	Repairs    []corpus.Repair `json:"repairs"` // of the stretch, where the reading was matched
}

// PieceKind says which side of a comparison has a piece.
type PieceKind string

// The kinds of piece.
const (
	PieceSame    PieceKind = "same"
	PieceQuery   PieceKind = "query"   // only in the text that was given
	PieceSource  PieceKind = "source"  // only in the source
	PieceOmitted PieceKind = "omitted" // in the source where the text given has an ellipsis; long ones are shortened
)

// A QuotePiece is a run of words, plain text.
type QuotePiece struct {
	Kind PieceKind `json:"kind"`
	Text string    `json:"text"`
}

// QuoteCheck says whether the corpus has a stretch of text word for word, nearly
// or not, and where. White space, quotation marks, square brackets, the case of the
// first letter, hyphens at a line's end and punctuation at either end make no difference; an
// ellipsis (..., …, [..]) stands for any words of the same passage. Letters, case
// and punctuation elsewhere do. It is compared with the reading of each passage
// and with its print, passage by passage: a text that runs over two paragraphs is
// found in the one that has more of it. It returns a *RequestError for a text
// without words or longer than MaxQuote, ErrClosed, or the error of ctx.
func (ix *Index) QuoteCheck(ctx context.Context, text string) (out *QuoteReport, err error) {
	quote, err := readQuote(text)
	if err != nil {
		return nil, err
	}
	out = &QuoteReport{Index: ix.Version(), Text: text, Words: len(quote.words), Verdict: QuoteNone, Matches: []QuoteMatch{}}
	err = ix.guard(ctx, func() error {
		s := ix.newSearch(ctx, Request{})
		found, err := s.quoteMatches(quote.words)
		if err != nil {
			return err
		}
		for _, f := range found[:min(len(found), maxQuoteMatches)] {
			out.Matches = append(out.Matches, s.quoteMatch(f, quote))
		}
		out.More = len(found) > maxQuoteMatches
		return nil
	})
	if err != nil {
		return nil, err
	}
	if len(out.Matches) > 0 {
		out.Verdict = out.Matches[0].Verdict
	}
	return out, nil
}

// CheckQuote says why a text cannot be checked, as QuoteCheck does: a *RequestError, or nil.
func CheckQuote(text string) error {
	_, err := readQuote(text)
	return err
}

// readQuote reads the words of a text that is to be checked.
func readQuote(text string) (quoteText, error) {
	if n := utf8.RuneCountInString(text); n > MaxQuote {
		return quoteText{}, &RequestError{"text", fmt.Sprintf("The text has %d characters; check at most %d at a time.", n, MaxQuote)}
	}
	quote := quoteWords(strings.ToValidUTF8(text, "\uFFFD"))
	if len(quote.words) == 0 {
		return quoteText{}, &RequestError{"text", "There is no word in the text; give the words of a quotation."}
	}
	return quote, nil
}

// A quoteFound is a passage that has the text, and how.
type quoteFound struct {
	doc     uint32
	passage *corpus.Passage
	of      []Version
	best    alignment // with the first version of of
	source  quoteText // that version
}

// quoteMatches compares the candidates with the text and returns those that have
// it, best first, then in reading order.
func (s *search) quoteMatches(words []quoteWord) ([]quoteFound, error) {
	var found []quoteFound
	for _, doc := range s.quoteCandidates(words) {
		if err := context.Cause(s.ctx); err != nil {
			return nil, err
		}
		p, err := s.ix.passage(doc)
		if err != nil {
			return nil, err
		}
		if f := compareQuote(words, p); f.best.cost <= allowedCost(len(words)) {
			f.doc = doc
			found = append(found, f)
		}
	}
	found = withoutDoubles(found)
	slices.SortFunc(found, func(a, b quoteFound) int {
		return cmp.Or(cmp.Compare(a.best.cost, b.best.cost), cmp.Compare(a.doc, b.doc))
	})
	return found, nil
}

// compareQuote aligns the text with both versions of a passage.
func compareQuote(words []quoteWord, p *corpus.Passage) quoteFound {
	reading := quoteWords(p.Text)
	f := quoteFound{passage: p, of: []Version{OfReading}, source: reading, best: align(words, reading.words)}
	if p.Printed == p.Text {
		f.of = append(f.of, OfPrint)
		return f
	}
	printed := quoteWords(p.Printed)
	switch a := align(words, printed.words); {
	case a.cost == f.best.cost && a.cost == 0:
		f.of = append(f.of, OfPrint)
	case a.cost < f.best.cost:
		f.of, f.source, f.best = []Version{OfPrint}, printed, a
	}
	return f
}

// withoutDoubles drops of a quotation and the passage that holds it the one that
// has less of the text; where they have the same, the quotation stays, since it
// tells who speaks.
func withoutDoubles(found []quoteFound) []quoteFound {
	cost := make(map[string]int, len(found))   // by passage
	within := make(map[string]int, len(found)) // least of the quotations in it
	for _, f := range found {
		cost[f.passage.ID] = f.best.cost
		if least, ok := within[f.passage.Within]; f.passage.Within != "" && (!ok || f.best.cost < least) {
			within[f.passage.Within] = f.best.cost
		}
	}
	return slices.DeleteFunc(found, func(f quoteFound) bool {
		if holder, ok := cost[f.passage.Within]; ok && holder < f.best.cost {
			return true
		}
		inner, ok := within[f.passage.ID]
		return ok && inner <= f.best.cost
	})
}

// quoteMatch makes what a reader sees of a match.
func (s *search) quoteMatch(f quoteFound, quote quoteText) QuoteMatch {
	p := f.passage
	m := QuoteMatch{Passage: p.ID, Kind: p.Kind, Source: p.Source, Section: p.Section, Title: s.ix.title(f.doc, p), URL: PassageURL(p.ID),
		Speaker: schema.Speaker(p), Addressee: schema.Addressee(p), Date: dateOf(p), Verdict: QuoteNear, Of: f.of,
		Similarity: 1 - float64(f.best.cost)/float64(wordCost*len(quote.words)), Pieces: f.best.pieces(quote, f.source), Repairs: []corpus.Repair{}}
	if f.best.cost == 0 {
		m.Verdict = QuoteExact
	}
	first, last := f.best.span()
	m.Start, m.End = f.source.words[first].start, f.source.words[last].end
	m.Lines, m.Pages = stretchPlace(p, f.of[0], m.Start, m.End)
	if f.of[0] == OfReading {
		for _, r := range p.Repairs {
			if r.Start < m.End && r.End > m.Start {
				m.Repairs = append(m.Repairs, r)
			}
		}
	}
	stretch := *p
	stretch.Pages, stretch.Lines = m.Pages, m.Lines
	m.Reference, m.Citation = cite.Short(s.ix.manifest, &stretch), cite.Note(s.ix.manifest, &stretch)
	return m
}

// stretchPlace returns lines and pages of bytes [start, end) of a version of a
// passage; those of the whole passage where its marks do not tell.
func stretchPlace(p *corpus.Passage, of Version, start, end int) (lines [][2]int, pages []string) {
	begins := func(_ int, m corpus.Mark) int { return m.At }
	if of == OfPrint {
		offsets := lineOffsets(p.Printed)
		begins = func(i int, _ corpus.Mark) int {
			if i >= len(offsets) {
				return len(p.Printed)
			}
			return offsets[i]
		}
	}
	page, n := "", 0
	for _, m := range p.Marks {
		if m.Line == 0 {
			continue
		}
		at := begins(n, m)
		n++
		if at >= end {
			break
		}
		if at <= start {
			lines, pages = nil, nil
		}
		if m.Page != "" {
			page = m.Page
		}
		lines = appendLine(lines, m.Line, p.Lines)
		if page != "" && !slices.Contains(pages, page) {
			pages = append(pages, page)
		}
	}
	if len(lines) == 0 {
		lines = p.Lines
	}
	if len(pages) == 0 {
		pages = p.Pages
	}
	return orEmpty(lines), orEmpty(pages)
}

// appendLine adds a line to ranges, or to the last of them if both lie in one of
// the passage's own, which go on over blank lines.
func appendLine(ranges [][2]int, line int, own [][2]int) [][2]int {
	n := len(ranges)
	if n > 0 && slices.ContainsFunc(own, func(r [2]int) bool { return r[0] <= ranges[n-1][1] && line <= r[1] }) {
		ranges[n-1][1] = line
		return ranges
	}
	return append(ranges, [2]int{line, line})
}

// lineOffsets returns where each line of a print begins, in bytes.
func lineOffsets(printed string) []int {
	offsets := []int{0}
	for i := range len(printed) {
		if printed[i] == '\n' {
			offsets = append(offsets, i+1)
		}
	}
	return offsets
}
