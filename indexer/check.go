package indexer

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"
	"strings"
	"text/tabwriter"

	"ibid/corpus"
	"ibid/indexer/annotate"
)

// lowConfidence is the confidence below which a repair is shown to the editor.
const lowConfidence = 0.8

// A Report is what an editor should look at in a corpus. Lists are never null.
type Report struct {
	Corpus             string                `json:"corpus"`
	Counts             map[corpus.Kind]int   `json:"counts"`  // passages by kind
	Natures            map[corpus.Nature]int `json:"natures"` // quotations by nature
	Pages              int                   `json:"pages"`
	Lines              int                   `json:"lines"`    // of the source files
	Unplaced           []Place               `json:"unplaced"` // running heads and page numbers: lines in no passage
	Repairs            map[string]int        `json:"repairs"`  // by rule
	DoubtfulRepairs    []DoubtfulRepair      `json:"doubtful_repairs"`
	UnknownNames       []UnknownName         `json:"unknown_names"`       // look like actors, are not in the manifest
	UnknownSigla       []Place               `json:"unknown_sigla"`       // look like citations of a collection the manifest lacks
	UncitedCollections []string              `json:"uncited_collections"` // sigla of the manifest that no source cites
	UnmentionedActors  []string              `json:"unmentioned_actors"`  // actors of the manifest that no source mentions
	WorksWithoutYear   []Place               `json:"works_without_year"`  // cited by author only, the year not told
	Quotations         []Lacking             `json:"quotations"`          // of documents, without speaker, date or citation
	UncalledNotes      []Place               `json:"uncalled_notes"`
	Chronology         []Disorder            `json:"chronology"`
	UnusedSections     []Place               `json:"unused_sections"` // of the manifest, which their sources do not have; Line is 0
	Problems           []Place               `json:"problems"`        // what a reader did not believe or could not use
	Unread             []Place               `json:"unread"`          // sources that cannot be read, and why; Line is 0
}

// A Place is something the editor should look at and where it stands.
type Place struct {
	Source  string `json:"source"`
	Line    int    `json:"line"`    // 1-based
	Passage string `json:"passage"` // id, or that of a document; "" if in none
	Text    string `json:"text"`
}

// A DoubtfulRepair is a repair of low confidence.
type DoubtfulRepair struct {
	Passage string `json:"passage"`
	corpus.Repair
}

// An UnknownName is a name that looks like an actor but is not in the manifest.
type UnknownName struct {
	Source string `json:"source"`
	Name   string `json:"name"`
	Lines  []int  `json:"lines"` // 1-based
}

// Lacking is a quotation of a document of which something is not told.
type Lacking struct {
	Passage string   `json:"passage"`
	Line    int      `json:"line"`
	Text    string   `json:"text"` // its first words
	Lacks   []string `json:"lacks"`
}

// Check reads every source of the corpus and reports what an editor should look at. Its
// error is that of the first source where none can be read.
func Check(ctx context.Context, c *corpus.Corpus) (*Report, error) {
	r := &Report{Corpus: c.Manifest.ID, Counts: map[corpus.Kind]int{}, Natures: map[corpus.Nature]int{}, Repairs: map[string]int{},
		Unplaced: []Place{}, DoubtfulRepairs: []DoubtfulRepair{}, UnknownNames: []UnknownName{}, UnknownSigla: []Place{},
		UncitedCollections: []string{}, UnmentionedActors: []string{}, WorksWithoutYear: []Place{}, Quotations: []Lacking{},
		UncalledNotes: []Place{}, Chronology: []Disorder{}, UnusedSections: []Place{}, Problems: []Place{}, Unread: []Place{}}
	from, err := newReader(c)
	if err != nil {
		return nil, err
	}
	var all []*corpus.Passage
	for _, source := range c.Manifest.Sources {
		if err := ctx.Err(); err != nil {
			return nil, fmt.Errorf("check corpus: %w", err)
		}
		read, err := r.source(ctx, c, from, source)
		if err != nil {
			r.Unread = append(r.Unread, Place{Source: source.ID, Text: err.Error()})
			if ctx.Err() != nil || len(r.Unread) == len(c.Manifest.Sources) {
				return nil, err
			}
			continue
		}
		all = append(all, read...)
	}
	r.unused(c.Manifest, all)
	r.Chronology = append(r.Chronology, chronology(c.Manifest, all)...)
	return r, nil
}

// source reads a source, adds what it gives an editor to look at, and returns its passages.
func (r *Report) source(ctx context.Context, c *corpus.Corpus, from *reader, source corpus.Source) ([]*corpus.Passage, error) {
	in, err := c.OpenSource(source)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	var all []*corpus.Passage
	for p, err := range pieces(source, in) {
		if err = cmp.Or(err, ctx.Err()); err != nil {
			return nil, err
		}
		parts := from.read(source, p)
		r.piece(c.Manifest, source, parts)
		all = append(all, parts.passages...)
	}
	return all, nil
}

// piece adds what a piece of a source gives an editor to look at.
func (r *Report) piece(m *corpus.Manifest, source corpus.Source, parts *reading) {
	r.Lines += parts.blocks.LineCount
	for _, l := range parts.blocks.Furniture {
		r.Unplaced = append(r.Unplaced, Place{Source: source.ID, Line: l.Number, Text: l.Text})
	}
	for _, p := range parts.blocks.Problems {
		where := Place{Source: source.ID, Line: p.Line, Text: p.Message}
		if p.Document != "" {
			where.Passage = source.ID + "/" + p.Document
		}
		r.Problems = append(r.Problems, where)
	}
	for _, u := range annotate.UnknownNames(m, parts.texts) {
		r.UnknownNames = append(r.UnknownNames, UnknownName{Source: source.ID, Name: u.Name, Lines: u.Lines})
	}
	pages := map[string]bool{}
	for i, t := range parts.texts {
		for _, s := range unknownSigla(m, t) {
			r.UnknownSigla = append(r.UnknownSigla, Place{Source: source.ID, Line: t.Reading.LineAt(s.Start), Text: t.Reading.Text[s.Start:s.End]})
		}
		for _, l := range parts.blocks.Blocks[i].Lines {
			pages[l.Page] = l.Page != ""
		}
	}
	for _, seen := range pages {
		if seen {
			r.Pages++
		}
	}
	for _, p := range parts.passages {
		r.passage(p)
	}
}

// passage adds what one passage gives an editor to look at.
func (r *Report) passage(p *corpus.Passage) {
	r.Counts[p.Kind]++
	if p.Kind == corpus.Quotation {
		r.quotation(p)
		return // what else it has, the passage that holds it has too
	}
	for _, repair := range p.Repairs {
		r.Repairs[repair.Rule]++
		if repair.Confidence < lowConfidence {
			r.DoubtfulRepairs = append(r.DoubtfulRepairs, DoubtfulRepair{Passage: p.ID, Repair: repair})
		}
	}
	for _, c := range p.Citations {
		if c.Kind == corpus.CitesWork && !endsInDigit(c.ID) {
			r.WorksWithoutYear = append(r.WorksWithoutYear, Place{Source: p.Source, Line: c.Line, Passage: p.ID, Text: c.Printed})
		}
	}
	if p.Kind == corpus.Footnote && p.Footnote > 0 && p.Caller == nil {
		r.UncalledNotes = append(r.UncalledNotes, Place{Source: p.Source, Line: p.Lines[0][0], Passage: p.ID, Text: firstWords(p.Text)})
	}
}

func (r *Report) quotation(p *corpus.Passage) {
	r.Natures[p.Nature]++
	if p.Nature != corpus.OfDocument {
		return
	}
	var lacks []string
	if p.Speaker == "" {
		lacks = append(lacks, "speaker")
	}
	if p.Date == "" {
		lacks = append(lacks, "date")
	}
	if len(p.Citations) == 0 {
		lacks = append(lacks, "citation")
	}
	if len(lacks) > 0 {
		r.Quotations = append(r.Quotations, Lacking{Passage: p.ID, Line: p.Lines[0][0], Text: firstWords(p.Text), Lacks: lacks})
	}
}

// unused adds what the manifest declares and no source has.
func (r *Report) unused(m *corpus.Manifest, passages []*corpus.Passage) {
	cited, mentioned := map[string]bool{}, map[string]bool{}
	for _, p := range passages {
		for _, c := range p.Citations {
			if c.Kind == corpus.CitesDocument {
				cited[siglumOf(m, c.ID)] = true
			}
		}
		for _, a := range p.Actors {
			mentioned[a.ID] = true
		}
	}
	for _, c := range m.Collections {
		if !cited[c.Siglum] {
			r.UncitedCollections = append(r.UncitedCollections, c.Siglum)
		}
	}
	for _, a := range m.Actors {
		if !mentioned[a.ID] {
			r.UnmentionedActors = append(r.UnmentionedActors, a.ID)
		}
	}
	r.sections(m, passages)
}

// sections adds the sections that the manifest ties to phases and their sources do not have.
func (r *Report) sections(m *corpus.Manifest, passages []*corpus.Passage) {
	have := map[[2]string]bool{}
	for _, p := range passages {
		have[[2]string{p.Source, p.Section}] = true
	}
	unread := func(id string) bool {
		return slices.ContainsFunc(r.Unread, func(p Place) bool { return p.Source == id })
	}
	for _, s := range m.Sources {
		for _, label := range slices.Sorted(maps.Keys(s.Sections)) {
			if !have[[2]string{s.ID, label}] && !unread(s.ID) {
				r.UnusedSections = append(r.UnusedSections, Place{Source: s.ID, Text: label})
			}
		}
	}
}

// siglumOf returns the siglum of a cited document: "BD" of "BD XI 101".
func siglumOf(m *corpus.Manifest, id string) string {
	for _, c := range m.Collections {
		if id == c.Siglum || strings.HasPrefix(id, c.Siglum+" ") {
			return c.Siglum
		}
	}
	return ""
}

// siglumLike is a citation of a collection by its looks: capitals and a
// numbered item, as "(DGFP no. 12" or "DVP, nos. 3", or a volume and a number:
// "DBFP, 3rd series, V, no. 12", "DDF XI 167".
var siglumLike = regexp.MustCompile(`\b[A-Z][A-Z]{1,7},?\s+(?:(?:(?:\d(?:st|nd|rd|th) ser(?:ies|\.)|[A-D]),?\s+)?[IVX]+,?\s+(?:nos?\.\s*)?|nos?\.\s*)\d+\b`)

// unknownSigla returns the spans that look like citations of a collection and were not read as one.
func unknownSigla(m *corpus.Manifest, t *annotate.Text) []annotate.Span {
	var out []annotate.Span
	for _, at := range siglumLike.FindAllStringIndex(t.Reading.Text, -1) {
		found := t.Reading.Text[at[0]:at[1]]
		siglum := found[:strings.IndexFunc(found, func(r rune) bool { return r < 'A' || r > 'Z' })]
		if !slices.ContainsFunc(m.Collections, func(c corpus.Collection) bool { return c.Siglum == siglum }) {
			out = append(out, annotate.Span{Start: at[0], End: at[1]})
		}
	}
	return out
}

func endsInDigit(s string) bool {
	return s != "" && s[len(s)-1] >= '0' && s[len(s)-1] <= '9' || len(s) > 1 && s[len(s)-2] >= '0' && s[len(s)-2] <= '9' // "1989a"
}

// firstWords gives the first words of a text, at most sixty runes.
func firstWords(s string) string {
	runes := []rune(s)
	if len(runes) <= 60 {
		return s
	}
	cut := string(runes[:60])
	if i := strings.LastIndexByte(cut, ' '); i > 0 {
		cut = cut[:i]
	}
	return cut + " ..."
}

// WriteText writes the report for reading in a terminal.
func (r *Report) WriteText(out io.Writer) error {
	w := tabwriter.NewWriter(out, 0, 4, 2, ' ', 0)
	fmt.Fprintf(w, "Corpus %s: %d lines, %d pages\n", r.Corpus, r.Lines, r.Pages)
	for _, k := range []corpus.Kind{corpus.Heading, corpus.Paragraph, corpus.Footnote, corpus.Quotation} {
		fmt.Fprintf(w, "  %s\t%d\n", k, r.Counts[k])
	}
	for _, n := range []corpus.Nature{corpus.OfDocument, corpus.OfScholarship, corpus.OfTerm} {
		fmt.Fprintf(w, "    of them %s\t%d\n", n, r.Natures[n])
	}
	section(w, "Repairs, by rule", ruleCounts(r.Repairs), func(s string) string { return s })
	section(w, fmt.Sprintf("Repairs of confidence below %.1f: compare them with the print", lowConfidence), r.DoubtfulRepairs, func(d DoubtfulRepair) string {
		return fmt.Sprintf("line %d\t%s\t%q read as %q\t%s, %.2f", d.Line, d.Passage, d.Printed, d.Reading, d.Rule, d.Confidence)
	})
	names := slices.Clone(r.UnknownNames)
	slices.SortStableFunc(names, func(a, b UnknownName) int { return cmp.Compare(len(b.Lines), len(a.Lines)) })
	section(w, "Names that are not in the manifest, most frequent first: add those that are actors", names, func(u UnknownName) string {
		return fmt.Sprintf("%s\t%s, %s", u.Name, u.Source, lineList(u.Lines))
	})
	section(w, "Citations of a collection that is not in the manifest", r.UnknownSigla, placeText)
	section(w, "Collections of the manifest that nothing cites", r.UncitedCollections, func(s string) string { return s })
	section(w, "Actors of the manifest that nothing mentions", r.UnmentionedActors, func(s string) string { return s })
	section(w, "Sections of the manifest that their source does not have", r.UnusedSections, func(p Place) string { return p.Source + "\t" + p.Text })
	section(w, "Works cited without a year", r.WorksWithoutYear, placeText)
	section(w, "Quotations of documents of which something is not told", r.Quotations, func(l Lacking) string {
		return fmt.Sprintf("line %d\t%s\tno %s\t%s", l.Line, l.Passage, strings.Join(l.Lacks, ", no "), l.Text)
	})
	section(w, "Faults of the sources, read around", r.Problems, placeText)
	section(w, "Footnotes without a caller", r.UncalledNotes, placeText)
	section(w, "Document numbers out of their order in time", r.Chronology, func(d Disorder) string {
		return fmt.Sprintf("line %d\t%s\t%s", d.Line, d.Passage, d)
	})
	numbers, heads := pageNumbers(r.Unplaced)
	section(w, fmt.Sprintf("Lines in no passage: %d page numbers, running heads", numbers), heads, placeText)
	return w.Flush()
}

// mostLines is how many items of a kind the text report prints; JSON has them all.
const mostLines = 100

// section writes a heading and one line for each item.
func section[T any](w io.Writer, title string, items []T, line func(T) string) {
	fmt.Fprintf(w, "\n%s: %d\n", title, len(items))
	for _, item := range items[:min(len(items), mostLines)] {
		fmt.Fprintf(w, "  %s\n", line(item))
	}
	if more := len(items) - mostLines; more > 0 {
		fmt.Fprintf(w, "  and %d more: --format json lists them all\n", more)
	}
}

// pageNumbers counts the lines that are bare page numbers and returns the others.
func pageNumbers(lines []Place) (count int, others []Place) {
	for _, l := range lines {
		if strings.Trim(l.Text, " -[]().0123456789ivxlcIVXLC") == "" {
			count++
		} else {
			others = append(others, l)
		}
	}
	return count, others
}

func placeText(p Place) string {
	return fmt.Sprintf("%s, line %d\t%s\t%s", p.Source, p.Line, p.Passage, p.Text)
}

func ruleCounts(counts map[string]int) []string {
	var out []string
	for rule, n := range counts {
		out = append(out, fmt.Sprintf("%s\t%d", rule, n))
	}
	slices.Sort(out)
	return out
}

func lineList(lines []int) string {
	shown := lines[:min(len(lines), 12)]
	s := make([]string, len(shown))
	for i, n := range shown {
		s[i] = fmt.Sprint(n)
	}
	word := "line "
	if len(lines) > 1 {
		word = "lines "
	}
	if more := len(lines) - len(shown); more > 0 {
		return fmt.Sprintf("%s%s and %d more", word, strings.Join(s, ", "), more)
	}
	return word + strings.Join(s, ", ")
}
