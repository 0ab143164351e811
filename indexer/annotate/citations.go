package annotate

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"ibid/corpus"
)

// Citations fills Citations of each text: every reference to a document
// (siglum and number) or a work (author and year, author and page, a title)
// that its reading makes. A reading is scanned for what says its year; what
// says only author or title is then looked up among those.
func Citations(m *corpus.Manifest, texts []*Text) {
	c := &citer{collections: m.Collections, notAuthors: actorNames(m), families: familyNames(m), years: map[string][]string{},
		wrote: map[string][]string{}, cited: map[string]bool{}, weak: map[string]bool{}, titles: map[string]string{}}
	scans := make([]*citeScan, len(texts))
	for i, t := range texts {
		scans[i] = c.newScan(t)
		c.documents(scans[i])
		c.dated(scans[i])
		c.published(scans[i])
	}
	c.learn(scans)
	for i, t := range texts {
		c.listed(scans[i], t.Section)
	}
	for _, s := range scans {
		c.bySubject(s)
	}
	for _, s := range scans {
		c.undated(s)
	}
	for _, s := range scans {
		c.settle(s)
	}
	c.learn(scans)
	for i, t := range texts {
		scans[i].sort()
		c.name(scans[i])
		t.Citations = scans[i].citations(t)
	}
	c.repeat(texts, scans)
	for _, t := range texts {
		through(t)
	}
}

// A citer knows what the whole source cites.
type citer struct {
	collections []corpus.Collection
	notAuthors  map[string]bool     // names of actors, in lower case
	families    map[string]bool     // family names of its persons, in lower case
	years       map[string][]string // years of the works cited of an author
	wrote       map[string][]string // authors of the works of a year that are cited or listed
	cited       map[string]bool     // authors cited without a year
	weak        map[string]bool     // names that stand somewhere before a year in brackets
	titles      map[string]string   // id of a work cited by its title
}

// A cited is a citation as the scanner meets it.
type cited struct {
	from, to int // lexemes [from, to)
	kind     corpus.CitationKind
	id       string // "GK 279"; of a work "" until its author is looked up
	author   string // first author
	year     string // "1989", "1989a", or ""
	title    string // of a work cited by title
	locator  string
}

// A citeScan is a text under the scanner.
type citeScan struct {
	text  string
	note  bool // a footnote
	ls    []lexeme
	open  []int  // index of the bracket that a lexeme stands in, -1 for none
	taken []bool // lexemes that a citation covers
	found []cited
	weak  []cited // a name and a year that may be an author's if that is cited elsewhere
}

func (c *citer) newScan(t *Text) *citeScan {
	s := &citeScan{text: t.Reading.Text, note: t.Kind == corpus.Footnote, ls: lexemes(t.Reading.Text)}
	s.open, s.taken = make([]int, len(s.ls)), make([]bool, len(s.ls))
	var stack []int
	for i, l := range s.ls {
		s.open[i] = -1
		if len(stack) > 0 {
			s.open[i] = stack[len(stack)-1]
		}
		switch l.text {
		case "(", "[":
			stack = append(stack, i)
		case ")", "]":
			if len(stack) > 0 {
				stack = stack[:len(stack)-1]
			}
		}
	}
	return s
}

func (s *citeScan) at(i int) lexeme {
	if i < 0 || i >= len(s.ls) {
		return lexeme{kind: lexMark, number: -1}
	}
	return s.ls[i]
}

func (s *citeScan) is(i int, words string) bool {
	return isOneOf(s.at(i).lower, words)
}

// slice returns the reading of lexemes [from, to).
func (s *citeScan) slice(from, to int) string {
	if from >= to {
		return ""
	}
	return s.text[s.ls[from].start:s.ls[to-1].end]
}

func (s *citeScan) add(found ...cited) {
	for _, f := range found {
		for i := f.from; i < f.to; i++ {
			s.taken[i] = true
		}
		s.found = append(s.found, f)
	}
}

func (s *citeScan) sort() {
	slices.SortStableFunc(s.found, func(a, b cited) int { return cmp.Compare(a.from, b.from) })
}

// learn notes the years of each author and of each titled work.
func (c *citer) learn(scans []*citeScan) {
	for _, s := range scans {
		for _, f := range s.found {
			if f.author != "" && f.year != "" && !slices.Contains(c.years[f.author], f.year) {
				c.years[f.author] = append(c.years[f.author], f.year)
				c.wrote[f.year] = append(c.wrote[f.year], f.author)
			}
			if f.title != "" && f.year != "" {
				c.titles[f.title] = f.title + " " + f.year
			}
		}
		for _, f := range s.weak {
			c.weak[f.author] = true
		}
	}
}

// settle takes for citations the names before a year in brackets that are cited
// as authors elsewhere in the source.
func (c *citer) settle(s *citeScan) {
	for _, f := range s.weak {
		if (len(c.years[f.author]) > 0 || c.cited[f.author]) && !s.taken[f.from] {
			s.add(f)
		}
	}
}

// name gives each citation of a work its id: author and year, where the year
// is printed or only one is possible; else the author, or the title, alone.
func (c *citer) name(s *citeScan) {
	for i := range s.found {
		f := &s.found[i]
		switch {
		case f.id != "":
		case f.author != "" && f.year != "":
			f.id = f.author + " " + f.year
		case f.author != "" && len(c.years[f.author]) == 1:
			f.id = f.author + " " + c.years[f.author][0]
		case f.author != "":
			f.id = f.author
		case f.year != "":
			f.id = f.title + " " + f.year
		case c.titles[f.title] != "":
			f.id = c.titles[f.title]
		default:
			f.id = f.title
		}
	}
}

func (s *citeScan) citations(t *Text) []Citation {
	out := make([]Citation, 0, len(s.found))
	for _, f := range s.found {
		span := Span{s.ls[f.from].start, s.ls[f.to-1].end}
		out = append(out, Citation{span, corpus.Citation{
			ID: f.id, Kind: f.kind, Printed: s.text[span.Start:span.End], Locator: f.locator,
			Line: t.Reading.LineAt(span.Start),
		}})
	}
	return out
}

// repeat gives "ibid." the id of the citation before it in the notes, or in
// the body, as the case may be. One that begins a note repeats what the body has
// cited since it called the note before, if that is of the kind that notes cite.
// One with nothing before it is no citation, nor is one of an archive's papers, which
// no citation names: see inArchive.
func (c *citer) repeat(texts []*Text, scans []*citeScan) {
	last := map[bool]*Citation{}
	var noteBefore *Text
	for i, t := range texts {
		kept := t.Citations[:0]
		at := 0
		for _, k := range t.Citations {
			if inArchive.MatchString(t.Reading.Text[at:max(at, k.Start)]) {
				last[scans[i].note] = nil
			}
			at = max(at, k.End)
			if k.ID == ibidID && ofArchive.MatchString(t.Reading.Text[k.End:]) {
				last[scans[i].note] = nil
				continue
			}
			if k.ID == ibidID {
				before := last[scans[i].note]
				if scans[i].note && len(kept) == 0 {
					if since := citedSince(noteBefore, t, texts); since != nil && (before == nil || before.Kind == since.Kind) {
						before = since
					}
				}
				if before == nil {
					continue
				}
				k.ID, k.Kind = before.ID, before.Kind
				if number, ok := documentNumber(k.Locator); ok && k.Kind == corpus.CitesDocument {
					k.ID, k.Locator = k.ID[:strings.LastIndexByte(k.ID, ' ')+1]+number, ""
				}
			}
			kept = append(kept, k)
			last[scans[i].note] = &kept[len(kept)-1]
		}
		if inArchive.MatchString(t.Reading.Text[min(at, len(t.Reading.Text)):]) {
			last[scans[i].note] = nil
		}
		t.Citations = kept
		if scans[i].note {
			noteBefore = t
		}
	}
}

// inArchive finds what "ibid." repeats and no citation holds: papers of an archive and other pages
// of the same volume. ofArchive finds the rest of an "ibid." that does so.
var (
	inArchive = regexp.MustCompile(`\b(?:RG \d|Box(?:es)? \d|Lot \d|Lot Files?|Files?,|MSS\b|National Archives|Public Record Office|Library,|(?:Ante|Supra|Infra), pp?\.)`)
	ofArchive = regexp.MustCompile(`^,[^.;()]{0,60}\b(?:RG|Box|Boxes|Lot|Files?|MSS|Papers|Materials|Archives|Collection)\b`)
)

// citedSince returns the last citation in the text that calls note, before the
// call and behind that of the note before it; nil if there is none.
func citedSince(before, note *Text, texts []*Text) *Citation {
	if note.CalledIn < 0 || note.CalledIn >= len(texts) {
		return nil
	}
	from := 0
	if before != nil && before.CalledIn == note.CalledIn {
		from = before.CalledAt
	}
	var found *Citation
	body := texts[note.CalledIn].Citations
	for i := range body {
		if c := &body[i]; c.Start >= from && c.End <= note.CalledAt && c.ID != ibidID {
			found = c
		}
	}
	return found
}

// documentNumber reads "no. 325", the locator of an "ibid." that names
// another document of the same collection.
func documentNumber(locator string) (string, bool) {
	number, found := strings.CutPrefix(locator, "no. ")
	if _, err := strconv.Atoi(number); err != nil || !found {
		return "", false
	}
	return number, true
}

var citedFrom = regexp.MustCompile(`(?i)^["”'’).,;]*\s*\(?(as )?(cited|quoted|reproduced|reprinted|printed|given|reported) (from|in|by|after|through|according to)( the)? $`)

// through ties a citation to the work it is cited from: "Nazi-Soviet Relations,
// p. 4, cited from G. Roberts 1989, p. 147".
func through(t *Text) {
	text := t.Reading.Text
	for i := 0; i+1 < len(t.Citations); i++ {
		a, b := &t.Citations[i], &t.Citations[i+1]
		if a.End < b.Start && b.Kind == corpus.CitesWork && citedFrom.MatchString(text[a.End:b.Start]) {
			a.Through = b.ID
		}
	}
}

// actorNames returns the names and forms of the authority file: in running
// text "Molotov (1939)" or "Poland (1939)" cites nothing.
func actorNames(m *corpus.Manifest) map[string]bool {
	names := map[string]bool{}
	for _, a := range m.Actors {
		family, _, _ := strings.Cut(a.Name, ",")
		for _, n := range append([]string{family, a.Name}, a.Forms...) {
			names[strings.ToLower(n)] = true
		}
	}
	return names
}

// familyNames returns the family names of the persons of the authority file, in
// lower case, of those that it gives as "Family, Given".
func familyNames(m *corpus.Manifest) map[string]bool {
	names := map[string]bool{}
	for _, a := range m.Actors {
		if family, _, ok := strings.Cut(a.Name, ","); ok && a.Kind == corpus.Person {
			names[strings.ToLower(family)] = true
		}
	}
	return names
}
