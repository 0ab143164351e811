package annotate

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"ibid/corpus"
)

// closing returns the indexes of the citations that close quotation q, and
// whether they stand in its own sentence. It looks for the first group of
// citations behind the quotation, in its sentence or, where several quotations
// share one, in a later one before the passage turns to another day; for the
// citation that introduces it ("found in GK no. 303, which read:"); and for that
// of an author who is named as speaker ("Deutscher (1967, p. 429) sees").
func (r *speechReader) closing(q stretch, s Span, f *frame) (cs []int, here bool) {
	cites := r.t.Citations
	if f.author >= 0 {
		return []int{f.author}, true
	}
	if r.callAfter(q) {
		return nil, false
	}
	if cs := r.introducing(q, s); len(cs) > 0 {
		return cs, true
	}
	if i := r.citationFrom(q.end); i < len(cites) && !r.turns(q.end, cites[i].Start) && (cites[i].Start < s.End || !r.isSubject(i)) {
		return r.group(i), cites[i].Start < s.End
	}
	return r.opening(q), false
}

// isSubject tells whether citation i names an author in running text: "Lowe (1977)
// has called it" speaks of what comes, and closes nothing before it.
func (r *speechReader) isSubject(i int) bool {
	before := strings.TrimRight(r.text[:r.t.Citations[i].Start], " ")
	return r.authorOf(i) != "" && !strings.HasSuffix(before, "(") && !strings.HasSuffix(before, ";") && !strings.HasSuffix(before, ",")
}

// opening returns the citations that open a footnote: "GK no. 384. X said, ..."
func (r *speechReader) opening(q stretch) []int {
	if r.t.Kind != corpus.Footnote || len(r.t.Citations) == 0 || r.t.Citations[0].Start > 2 || r.t.Citations[0].End > q.open {
		return nil
	}
	return r.group(0)
}

// callAfter tells whether a footnote is called directly behind quotation q: its citation closes it.
func (r *speechReader) callAfter(q stretch) bool {
	return len(callsIn(r.t, q.end-1, q.end+3)) > 0
}

// turns tells whether the passage turns to something else between from and to: a
// sentence begins with a date, or one that quotes nothing follows another such.
func (r *speechReader) turns(from, to int) bool {
	first := r.sentenceAt(from)
	if r.sentences[first].Start < from {
		first++
	}
	idle := 0
	for i := first; i < len(r.sentences) && r.sentences[i].Start < to; i++ {
		s := r.sentences[i]
		if r.leadingDate(s) >= 0 {
			return true
		}
		if k := r.quoteFrom(s.Start); k < len(r.quotes) && r.quotes[k].open < s.End && r.lastDay(s.Start, s.End) >= 0 {
			return true // what it quotes is of another day
		}
		if s.End <= to && r.quoteFrom(s.Start) == r.quoteFrom(s.End) {
			idle++
		}
		if idle > 3 || i > first+40 {
			return true
		}
	}
	return false
}

// comparing words send the reader to another document: "no. 25; see also no. 27".
var comparing = lexicon("see cf compare also but")

// group returns citation i and those that stand in the same brackets or, outside
// of brackets, side by side.
func (r *speechReader) group(i int) []int {
	cites := r.t.Citations
	out := []int{i}
	for j := i + 1; j < len(cites); j++ {
		gap := r.text[min(cites[j-1].End, cites[j].Start):cites[j].Start]
		if len(gap) > 20 || strings.ContainsAny(gap, "()\"") || len(wordsOf(gap)) > 3 || hasWord(wordsOf(gap), comparing) {
			break
		}
		out = append(out, j)
	}
	return unborrowed(cites, out)
}

// unborrowed leaves out the works through which another of the citations is
// given: of "Relations, p. 4, cited from Roberts 1989" the first closes the quotation.
func unborrowed(cites []Citation, is []int) []int {
	return slices.DeleteFunc(is, func(i int) bool {
		return slices.ContainsFunc(is, func(j int) bool { return j != i && cites[j].Through != "" && cites[j].Through == cites[i].ID })
	})
}

// introducing returns the document citations of the clause that introduces q:
// "... are found in GK no. 303 and no. 304, which read: "A"; "B"". Where they are
// as many as the quotations they are told apart in order.
func (r *speechReader) introducing(q stretch, s Span) []int {
	var before []int
	for i := r.citationFrom(s.Start); i < len(r.t.Citations) && r.t.Citations[i].Start < q.open; i++ {
		if c := r.t.Citations[i]; c.End <= q.open && c.Kind == corpus.CitesDocument {
			before = append(before, i)
		}
	}
	if len(before) == 0 {
		return nil
	}
	var here []stretch
	for i := r.quoteFrom(s.Start); i < len(r.quotes) && r.quotes[i].open < s.End; i++ {
		here = append(here, r.quotes[i])
	}
	if len(here) == 0 || here[0].open < r.t.Citations[before[len(before)-1]].End {
		return nil
	}
	lead := r.text[r.t.Citations[before[len(before)-1]].End:here[0].open]
	if strings.Contains(lead, ")") && !strings.Contains(lead, "which") ||
		len(wordsOf(lead)) > 5 || !introduces(r.text[s.Start:here[0].open]) {
		return nil
	}
	if len(here) == len(before) {
		for k, o := range here {
			if o.open == q.open {
				return before[k : k+1]
			}
		}
	}
	return before
}

// noteCitations returns the citations of the footnote that is text note which
// stand in its first sentence: with them the note closes the quotation that calls it.
func (w *quoter) noteCitations(index int) []CitationRef {
	if index < 0 || w.texts[index].Reading == nil {
		return nil
	}
	note := w.texts[index]
	var out []CitationRef
	for i, c := range note.Citations {
		if i > 0 && (c.Start-note.Citations[i-1].End > 40 || c.Kind != note.Citations[0].Kind) {
			break
		}
		if c.Start > 160 || statementStart(note.Reading.Text, c.Start) > 0 {
			break
		}
		out = append(out, CitationRef{index, i})
	}
	return slices.DeleteFunc(out, func(c CitationRef) bool {
		return slices.ContainsFunc(out, func(o CitationRef) bool {
			return note.Citations[o.Index].Through != "" && note.Citations[o.Index].Through == note.Citations[c.Index].ID
		})
	})
}

// cited returns the citations that close quotation q of t, in the text or a note.
func (w *quoter) cited(t *Text, q *Quotation) []Citation {
	var out []Citation
	for _, i := range q.Citations {
		out = append(out, t.Citations[i])
	}
	for _, e := range q.Elsewhere {
		out = append(out, w.texts[e.Text].Citations[e.Index])
	}
	return out
}

var quotedIn = regexp.MustCompile(`(?i)\b(?:cited|quoted|printed|reproduced) (?:in|by|from|after)\s*$`)

// borrowed tells whether the citation that closes q only quotes the words: "Quoted
// in Lee (1973)" does not make them Lee's.
func (w *quoter) borrowed(t *Text, q *Quotation) bool {
	switch {
	case len(q.Citations) > 0:
	case len(q.Elsewhere) > 0:
		c := w.texts[q.Elsewhere[0].Text].Citations[q.Elsewhere[0].Index]
		return quotedIn.MatchString(before(w.texts[q.Elsewhere[0].Text], c.Start))
	default:
		return false
	}
	return quotedIn.MatchString(before(t, t.Citations[q.Citations[0]].Start))
}

// before returns the bytes of the reading of t before byte at, thirty at most.
func before(t *Text, at int) string { return t.Reading.Text[max(0, at-30):at] }

// selfNaming mends a frame whose words speak of their speaker by name in the third
// person ("Stumm did not restrain himself"): nobody does so; the words are those
// of who recorded them, the writer quoted before or the other party. An addressee
// who is only inferred and whom the words name is none.
func (r *speechReader) selfNaming(f *frame, q stretch) {
	words := wordsOf(r.text[q.Start:min(q.end, q.Start+200)])
	from, _ := slices.BinarySearchFunc(r.t.Mentions, q.Start, func(m Mention, at int) int { return m.Start - at })
	for _, m := range r.t.Mentions[from:] {
		if m.End > q.end {
			break
		}
		if m.ID == f.addressee && !f.explicit {
			f.addressee = ""
		}
		if m.ID != f.speaker || m.Start > q.Start+2 || !r.who.isPerson(m.ID) || len(words) < 3 {
			continue
		}
		switch {
		case r.now.last != nil && r.now.last.speaker != f.speaker && mediumNouns[r.now.last.noun] != "":
			*f = *r.now.last
			f.inherited = true
		case r.now.parties[0] == f.speaker && r.now.parties[1] != "":
			f.speaker, f.addressee = r.now.parties[1], ""
		case r.now.parties[1] == f.speaker:
			f.speaker, f.addressee = r.now.parties[0], ""
		}
		return
	}
}

// naming words introduce a term: "so-called", "abbreviated as", "the words".
var naming = lexicon("called termed dubbed abbreviated known entitled titled styled labelled labeled word words term terms phrase expression concept notion slogan named christened nicknamed")

// natureOf decides what a quotation is.
//
//	single marks where double are the rule, and inside a quotation: a term, unless long and introduced by a verb of speech
//	a title, an abbreviation in brackets, "the so-called ...": a term
//	words of an author whose work the sentence cites, and nobody of the authority file speaks: scholarship
//	"X says", where X is an author whom the source cites: scholarship
//	a few words that nothing introduces and no citation closes: a term
//	all else: a document
func (r *speechReader) natureOf(q stretch, s Span, f *frame, cites []Citation, cited bool) corpus.Nature {
	inside := r.text[q.Start:q.end]
	n := len(wordsOf(inside))
	intro := wordsOf(r.text[max(s.Start, q.open-60):q.open])
	if q.nested {
		return corpus.OfTerm
	}
	if q.single && r.isSecondary() && (n <= 8 || f.verb == "") {
		return corpus.OfTerm
	}
	if r.isTitle(q, intro) || n <= 5 && f.author < 0 && isNamed(intro) {
		return corpus.OfTerm
	}
	if f.author >= 0 {
		return corpus.OfScholarship
	}
	if len(cites) > 0 && cites[0].Kind == corpus.CitesWork && cited && !r.isActor(f.speaker) && !r.actorWrote(cites[0]) {
		return corpus.OfScholarship
	}
	if !r.isActor(f.speaker) && presentVerbs[f.verb] && r.who.isAuthor(f.speaker) {
		return corpus.OfScholarship
	}
	if n <= 5 && !cited && !f.named && (f.verb == "" || f.inherited || n <= 3 && !r.pointed(q) && !r.exclaimed(q) && !(n == 3 && r.reported(s, q))) {
		return corpus.OfTerm
	}
	if q.single && n <= 3 && !cited && (f.verb == "" || !r.pointed(q)) {
		return corpus.OfTerm
	}
	return corpus.OfDocument
}

// isSecondary tells whether the text also uses double marks: then single ones are the second kind.
func (r *speechReader) isSecondary() bool { return !r.singleFirst }

// pointed tells whether a comma or colon stands before the quotation.
func (r *speechReader) pointed(q stretch) bool {
	before := strings.TrimRight(r.text[:q.open], " ")
	return strings.HasSuffix(before, ",") || strings.HasSuffix(before, ":")
}

// exclaimed tells whether the words end with the mark that a speaker's verb
// follows: "Common cur!" he scribbled.
func (r *speechReader) exclaimed(q stretch) bool {
	inside := strings.TrimRight(r.text[q.Start:q.end], "\"'”’ ")
	rest := strings.TrimLeft(r.text[q.end:], " ")
	first, _ := utf8.DecodeRuneInString(rest)
	return (strings.HasSuffix(inside, "!") || strings.HasSuffix(inside, "?")) && unicode.IsLower(first)
}

// reported tells whether the quotation is part of what a verb of speech reports:
// "X observed that it would be "premature to rejoice"".
func (r *speechReader) reported(s Span, q stretch) bool {
	words := wordsOf(r.text[max(s.Start, q.open-80):q.open])
	for i, w := range words {
		if w.key == "that" && i > 0 && hasWord(words[max(0, i-4):i], verbsOfSpeech) && !hasWord(words[max(0, i-4):i], weakVerbs) {
			return true
		}
	}
	return false
}

// isNamed tells whether the last words before a quotation name it: "what Watt called", "the words".
func isNamed(intro []word) bool {
	for i := len(intro) - 1; i >= 0 && i >= len(intro)-3; i-- {
		if naming[intro[i].key] {
			return true
		}
	}
	return false
}

// isTitle tells whether a quotation is the title of a work: printed in italics
// (_..._), or with capitals on its greater words and in a footnote, or behind
// "entitled" or a possessive, or before a volume, page or "(hereafter ...)".
func (r *speechReader) isTitle(q stretch, intro []word) bool {
	inside := strings.Trim(r.text[q.Start:q.end], "\"'”’ .,")
	if strings.HasPrefix(inside, "_") && strings.HasSuffix(inside, "_") && strings.Count(inside, "_") == 2 {
		return true
	}
	words := wordsOf(r.text[q.Start:min(q.end, q.Start+250)])
	caps, great := 0, 0
	for _, w := range words {
		if utf8.RuneCountInString(w.text) > 3 {
			great++
			if w.caps {
				caps++
			}
		}
	}
	if len(words) < 2 || caps < 1 || caps*4 < great*3 || strings.ContainsAny(inside[:len(inside)-1], ".!?;") && len(words) > 12 {
		return false
	}
	before := strings.TrimRight(r.text[:q.open], " ")
	return r.t.Kind == corpus.Footnote && caps > 1 || isNamed(intro) || strings.HasSuffix(before, "'s") || strings.HasSuffix(before, "’s") ||
		titleFollows.MatchString(r.text[q.end:min(len(r.text), q.end+40)]) || caps > 1 && endsWithComma(r.text[q.Start:q.end]) && capitalFollows.MatchString(r.text[q.end:min(len(r.text), q.end+40)])
}

var (
	titleFollows   = regexp.MustCompile(`^[\s,.(]*(?:pp?\.|vols?\b|Vols?\b|[IVXL]+\b|[0-9]+|in\s+\p{Lu}|hereafter\b|hereinafter\b|henceforth\b|abbreviated\b)`)
	capitalFollows = regexp.MustCompile(`^\s*\p{Lu}`)
)

func endsWithComma(s string) bool {
	return strings.HasSuffix(strings.TrimRight(s, "\"'”’ "), ",")
}

// isActor tells whether a speaker is an entry of the authority file.
func (r *speechReader) isActor(id string) bool { return r.who.actors[id] != nil }

// actorWrote tells whether the author of a cited work is a person of the
// authority file: then its words are a primary source.
func (r *speechReader) actorWrote(c Citation) bool {
	name := fold(authorName(c.ID))
	return slices.ContainsFunc(r.who.families[name], r.isActor)
}

// authorName returns the author of a work's id: "Watt" of "Watt 1974".
func authorName(id string) string {
	if i := strings.LastIndexByte(id, ' '); i > 0 && strings.Trim(id[i+1:], "0123456789abc-–/") == "" {
		return id[:i]
	}
	return id
}

// writing are verbs that name their medium.
var writing = map[string]string{"telegraphed": "telegram", "wired": "telegram", "cabled": "telegram", "telegraphing": "telegram", "wiring": "telegram", "cabling": "telegram"}

// wroteTo are verbs that with an addressee tell of a letter: "wrote to Y".
var wroteTo = lexicon("wrote write writes writing")

// mediumOf returns by what medium the words of f came: the noun that they stand
// in; else what the passage last told of the same speaker ("X made a report ...
// He said"); else what the verb says.
func (r *speechReader) mediumOf(f *frame, s Span) string {
	items := r.in(s.Start, s.End)
	if m := r.mediumOfNoun(f.noun, items); m != "" && !(m == "treaty" && spokenVerbs[f.verb]) {
		return m
	}
	if len(items) > 1 && items[0].key == "in" && items[1].key == "it" && r.now.paper != "" {
		return mediumNouns[r.now.paper]
	}
	if f.inherited && r.now.last != nil {
		return r.mediumOf(&frame{noun: f.noun, verb: f.verb, speaker: f.speaker, explicit: f.explicit}, s)
	}
	if m := writing[f.verb]; m != "" {
		return m
	}
	if r.now.medium != "" && r.now.owner == f.speaker && r.now.parties[0] != f.speaker && r.now.parties[1] != f.speaker {
		return r.now.medium
	}
	switch f.verb {
	case "reported", "reports", "reporting", "report":
		return "report"
	case "instructed", "instructs", "instructing", "ordered", "directed":
		return "instruction"
	case "proclaimed", "decreed":
		return "proclamation"
	}
	if r.now.medium == "report" && r.now.owner == f.speaker && f.verb == "added" {
		return "report"
	}
	if !wroteTo[f.verb] && slices.ContainsFunc(items, func(it item) bool { return it.key == "wrote" || it.key == "writing" || it.key == "written" }) {
		return ""
	}
	if wroteTo[f.verb] && f.explicit {
		return "letter"
	}
	if last := r.now.last; replies[f.verb] && last != nil && last.written && last.speaker == f.addressee && r.now.lastAgo <= 1 {
		return "" // who replies to a dispatch does not speak
	}
	if speechNouns[f.noun] && !replies[f.verb] || capitals[fold(f.addressee)] {
		return "" // "X's answer spoke of ..." and "X warned Washington" may be written
	}
	if spokenVerbs[f.verb] && !presentVerbs[f.verb] {
		return "conversation"
	}
	return ""
}

// endsWithColon tells whether a paragraph ends by introducing a block quotation:
// a colon, and close before it a verb of speech or "as follows", "these words".
func endsWithColon(text string) bool {
	text = strings.TrimRight(text, " -—")
	if !strings.HasSuffix(text, ":") {
		return false
	}
	words := wordsOf(text[max(0, len(text)-120):])
	for _, w := range words[max(0, len(words)-7):] {
		if verbsOfSpeech[w.key] && !nounLike[w.key] || w.key == "follows" || wordings[w.key] {
			return true
		}
	}
	return false
}

// enumerated begins the items of a list, which a colon introduces as well.
var enumerated = regexp.MustCompile(`^\s*(?:[(\[]?(?:[0-9]{1,2}|[a-z]{1,2}|[ivxlIVXL]{1,5})[)\].:]|[-*•–])`)
