package annotate

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"ibid/corpus"
)

// A scene is a text cut into sentences, with what the rules of speech look at:
// its words outside quotation marks, each with the name it belongs to.
type scene struct {
	t         *Text
	text      string
	quotes    []stretch // outermost only, by open
	sentences []Span
	items     []item // by Start
	said      []bool // by index of Text.Dates: the date stands outside of quotations and citations
}

// An itemKind says what an item of a sentence is.
type itemKind int

const (
	plainItem   itemKind = iota // a word
	actorItem                   // a mention
	authorItem                  // the author of a cited work
	nameItem                    // a capitalised name that the authority file does not have
	roleItem                    // "the German Ambassador"
	pronounItem                 // "he"
)

// An item is a word outside quotation marks, or several that name somebody.
type item struct {
	Span
	kind     itemKind
	id       string // actor id, or the name as printed; of a pronoun only for the first person
	person   bool
	key      string // folded word; for several the last
	caps     bool
	owner    bool   // a possessive: "Molotov's"
	prep     string // the preposition that governs it, "" if none
	citation int    // author: index into Text.Citations
}

// names tells whether the item can be somebody who speaks.
func (it item) names() bool { return it.kind != plainItem }

// newScene cuts t into sentences and items.
func newScene(t *Text, quotes []stretch, who *cast) *scene {
	s := &scene{t: t, text: t.Reading.Text}
	for _, q := range quotes {
		if !q.nested {
			s.quotes = append(s.quotes, q)
		}
	}
	s.cutSentences()
	s.said = make([]bool, len(t.Dates))
	for i, d := range t.Dates {
		s.said[i] = !s.inQuote(d.Start) && !overlapsCitation(t.Citations, Span{d.Start, d.Start + 1})
	}
	s.readItems(who)
	return s
}

// masked tells whether byte at lies between the marks of a quotation, and where
// the marks close. from is the first quotation that may hold at.
func (s *scene) masked(at int, from *int) (end int, ok bool) {
	for *from < len(s.quotes) && s.quotes[*from].end <= at {
		*from++
	}
	if *from >= len(s.quotes) || s.quotes[*from].open > at {
		return 0, false
	}
	for _, g := range s.quotes[*from].gaps {
		switch {
		case at < g.Start:
			return g.Start, true
		case at < g.End:
			return 0, false
		}
	}
	return s.quotes[*from].end, true
}

// cutSentences finds where sentences end: at a full stop, question or
// exclamation mark outside quotation marks before a capital, or after a
// quotation that ends with one, the citation in brackets behind it included.
func (s *scene) cutSentences() {
	start, q := 0, 0
	for i := 0; i < len(s.text); {
		if end, ok := s.masked(i, &q); ok {
			if s.fullStopBefore(s.quotes[q].Span, end) {
				if next := s.afterBrackets(end); s.beginsAt(next) && !s.askedBy(start, q, next) {
					s.sentences = append(s.sentences, Span{start, next})
					start = next
				}
			}
			i = max(end, i+1)
			continue
		}
		c := s.text[i]
		if (c == '.' || c == '!' || c == '?') && !s.abbreviated(i) {
			if next := skipSpace(s.text, i+1); next > i+1 && s.beginsAt(next) {
				s.sentences = append(s.sentences, Span{start, next})
				start = next
			}
		}
		i++
	}
	if start < len(s.text) {
		s.sentences = append(s.sentences, Span{start, len(s.text)})
	}
}

// askedBy tells whether the words at next are the narrator's behind a question or
// cry that opens its sentence: "In what position would we be?" Bulganin demanded.
func (s *scene) askedBy(start, q, next int) bool {
	open, end := s.quotes[q].open, s.quotes[q].end
	inside := strings.TrimRight(s.text[open:end], "\"'”’» ")
	if strings.TrimSpace(s.text[start:open]) != "" || !strings.HasSuffix(inside, "?") && !strings.HasSuffix(inside, "!") {
		return false
	}
	words := wordsOf(s.text[next:min(len(s.text), next+60)])
	for i := 1; i < len(words) && i < 5; i++ {
		if verbsOfSpeech[words[i].key] && !words[i].caps {
			return true
		}
		if !words[i].caps {
			return false
		}
	}
	return false
}

// fullStopBefore tells whether a quotation ends with the end of a sentence.
func (s *scene) fullStopBefore(q Span, end int) bool {
	inside := strings.TrimRight(s.text[q.Start:end], "\"'”’» ")
	return strings.HasSuffix(inside, ".") || strings.HasSuffix(inside, "!") || strings.HasSuffix(inside, "?")
}

// afterBrackets skips a citation in brackets, and the stop after it.
func (s *scene) afterBrackets(i int) int {
	i = skipSpace(s.text, i)
	if i < len(s.text) && s.text[i] == '(' {
		if n := strings.IndexByte(s.text[i:], ')'); n > 0 && n < 200 {
			i += n + 1
		}
	}
	for i < len(s.text) && (s.text[i] == '.' || s.text[i] == ' ') {
		i++
	}
	return i
}

// beginsAt tells whether a sentence may begin at i: a capital, a figure, or a
// mark or bracket before one.
func (s *scene) beginsAt(i int) bool {
	if i >= len(s.text) {
		return false
	}
	rest := strings.TrimLeft(s.text[i:min(len(s.text), i+12)], "\"'“‘„«([ .")
	r, _ := utf8.DecodeRuneInString(rest)
	return unicode.IsUpper(r) || unicode.IsDigit(r) && !strings.HasPrefix(s.text[i:], "(")
}

// abbreviated tells whether the full stop at i ends an abbreviation or initial, or is one of several dots.
func (s *scene) abbreviated(i int) bool {
	if s.text[i] != '.' {
		return false
	}
	if i+1 < len(s.text) && s.text[i+1] == '.' {
		return true
	}
	start := i
	for start > 0 && s.text[start-1] > ' ' && !strings.ContainsRune("(.", rune(s.text[start-1])) {
		start--
	}
	w := s.text[start:i]
	r, _ := utf8.DecodeRuneInString(w)
	if start > 0 && s.text[start-1] == '.' && len(w) == 1 && unicode.IsLetter(r) {
		return true // "U.S.", not "(ibid.)."
	}
	return utf8.RuneCountInString(w) == 1 && unicode.IsUpper(r) || shortForms[fold(w)]
}

func skipSpace(s string, i int) int {
	for i < len(s) && s[i] == ' ' {
		i++
	}
	return i
}

// readItems makes the items: mentions, authors of works that the sentence itself
// names ("Deutscher (1967, p. 429) sees"), roles, pronouns, words.
func (s *scene) readItems(who *cast) {
	words := wordsOf(s.text)
	q, m, c := 0, 0, 0
	for i := 0; i < len(words); {
		w := words[i]
		if end, ok := s.masked(w.Start, &q); ok {
			i = wordAfter(words, i, end)
			continue
		}
		for m < len(s.t.Mentions) && s.t.Mentions[m].End <= w.Start {
			m++
		}
		for c < len(s.t.Citations) && s.t.Citations[c].End <= w.Start {
			c++
		}
		switch {
		case m < len(s.t.Mentions) && s.t.Mentions[m].Start <= w.Start:
			mn := s.t.Mentions[m]
			s.add(item{Span: mn.Span, kind: actorItem, id: mn.ID, person: who.isPerson(mn.ID), key: fold(mn.Printed), caps: true})
			i = wordAfter(words, i, mn.End)
		case c < len(s.t.Citations) && s.t.Citations[c].Start <= w.Start:
			end := s.t.Citations[c].End
			if name := s.authorOf(c); name != "" {
				s.add(item{Span: Span{w.Start, min(w.Start+len(name), end)}, kind: authorItem, id: name, person: true, key: fold(name), caps: true, citation: c})
			}
			i = wordAfter(words, i, end)
		default:
			i = s.addWord(words, i, who)
		}
	}
	s.appositions(who)
}

// add appends an item with the preposition that governs it.
func (s *scene) add(it item) {
	after := s.text[it.End:min(len(s.text), it.End+3)]
	it.owner = strings.HasPrefix(after, "'s") || strings.HasPrefix(after, "’s") || strings.HasPrefix(after, "' ") || strings.HasPrefix(after, "’ ")
	if it.names() || it.kind == plainItem && it.caps {
		it.prep = s.governing(it.Start)
	}
	s.items = append(s.items, it)
}

// governing returns the preposition before the phrase whose name begins at
// start: articles and adjectives stand between, and "and" joins it to a name so governed.
func (s *scene) governing(start int) string {
	end := start
	for n, i := 0, len(s.items)-1; i >= 0 && n < 5; n, i = n+1, i-1 {
		it := s.items[i]
		between := s.text[it.End:end]
		if strings.ContainsAny(between, ",;:()\"") || strings.Contains(between, ". ") {
			return ""
		}
		switch {
		case prepositions[it.key] && it.kind == plainItem:
			return it.key
		case it.kind == actorItem && !it.owner && n == 1 && (s.items[i+1].key == "and" || s.items[i+1].key == "or"):
			return it.prep
		case it.kind == actorItem && it.owner, it.kind == plainItem && (n == 0 && (it.key == "and" || it.key == "or") ||
			determiners[it.key] || isDemonym(it.key) || titles[it.key] || offices[it.key] || isAdjective(it.key)):
		default:
			return ""
		}
		end = it.Start
	}
	return ""
}

// isAdjective guesses adjectives that stand between a preposition and a name.
func isAdjective(key string) bool {
	return strings.HasSuffix(key, "ish") || strings.HasSuffix(key, "ian") || strings.HasSuffix(key, "new") || key == "own" || key == "joint" ||
		key == "late" || key == "former" || key == "old" || key == "young" || key == "then" || key == "military" || key == "deputy"
}

// authorOf returns the author that citation c names in its own print, "" if its
// print begins otherwise.
func (s *scene) authorOf(c int) string {
	cit := s.t.Citations[c]
	if cit.Kind != corpus.CitesWork {
		return ""
	}
	print := s.text[cit.Start:cit.End]
	if i := strings.IndexAny(print, "(,0123456789"); i > 0 {
		print = print[:i]
	}
	print = strings.TrimRight(print, " .'’")
	if i := strings.Index(print, "'s"); i > 0 {
		print = print[:i]
	}
	r, _ := utf8.DecodeRuneInString(print)
	if !unicode.IsUpper(r) {
		return ""
	}
	return print
}

// addWord adds word i, or the role that begins with it, and returns the next word.
func (s *scene) addWord(words []word, i int, who *cast) int {
	w := words[i]
	if w.key == "s" && i > 0 && strings.HasSuffix(w.gap, "'") || w.key == "s" && strings.HasSuffix(w.gap, "’") {
		return i + 1
	}
	if (w.key == "his" || w.key == "their") && i+1 < len(words) && words[i+1].gap == " " && personNouns[words[i+1].key] && !s.mentioned(words[i+1].Start) {
		s.add(item{Span: Span{w.Start, words[i+1].End}, kind: roleItem, person: true, key: words[i+1].key}) // "his ambassador in London"
		return i + 2
	}
	if s.t.Writer != "" && isFirstPerson(words, i) {
		s.add(item{Span: w.Span, kind: pronounItem, id: s.t.Writer, person: true, key: w.key, caps: w.caps})
		return i + 1
	}
	if pronouns[w.key] != 0 && w.key != "it" && w.key != "himself" {
		s.add(item{Span: w.Span, kind: pronounItem, person: pronouns[w.key] != 'p', key: w.key,
			caps: w.caps})
		s.items[len(s.items)-1].owner = w.key == "his" || w.key == "their" || w.key == "her"
		return i + 1
	}
	limit := i
	for limit < len(words) && limit < i+6 && !s.mentioned(words[limit].Start) {
		limit++
	}
	if end, noun := roleAt(words[:limit], i); end > i {
		r := role{noun: noun, place: placeAfter(words, end), of: stateOf(words[i:end]), words: words[i:end]}
		s.add(item{Span: Span{w.Start, words[end-1].End}, kind: roleItem, id: who.inRole(r), person: true, key: noun})
		return end
	}
	if end := nameAt(words[:limit], i, who.common, who.inside); end > i {
		span := Span{w.Start, words[end-1].End}
		s.add(item{Span: span, kind: nameItem, id: s.text[span.Start:span.End], person: s.isSomebody(words, i, end, who), key: words[end-1].key, caps: true})
		return end
	}
	s.add(item{Span: w.Span, key: w.key, caps: w.caps})
	return i + 1
}

// isFirstPerson tells whether word i is "me", or an "I" that tells what it said: other
// sentences with "I" quote what somebody else has written ("I note that you ...").
func isFirstPerson(words []word, i int) bool {
	if words[i].text != "I" {
		return words[i].text == "me"
	}
	i++
	for i < len(words) && words[i].gap == " " && between[words[i].key] && !saying[words[i].key] {
		i++
	}
	return i < len(words) && words[i].gap == " " && saying[words[i].key]
}

// saying are the verbs with which a writer tells his own words.
var saying = lexicon("said told replied answered asked remarked assured warned reminded added explained responded retorted rejoined inquired enquired")

// mentioned tells whether byte at lies in a mention of an actor.
func (s *scene) mentioned(at int) bool {
	i, found := slices.BinarySearchFunc(s.t.Mentions, at, func(m Mention, at int) int { return m.Start - at })
	return found || i > 0 && at < s.t.Mentions[i-1].End
}

// isSomebody tells whether the name [i, end) that the authority file lacks may be
// a person's: no place, and no single word behind "the".
func (s *scene) isSomebody(words []word, i, end int, who *cast) bool {
	return !who.isPlace(words[i:end]) && !(end == i+1 && i > 0 && words[i-1].key == "the" && words[i].gap == " ")
}

// nameAt reads a name that the authority file does not have: capitalised words
// and initials side by side, none of them a word that the source prints small
// (common) or one of the calendar. Where inside is given, it has the words that the
// source prints with a capital inside a sentence: see isSubject. It returns the word after the name, i if there is none.
func nameAt(words []word, i int, common, inside map[string]bool) int {
	j := i
	for j < len(words) && j-i < 6 {
		w := words[j]
		if j > i && strings.Trim(words[j].gap, " .-") != "" || j > i && strings.Contains(words[j].gap, ". ") && !abbreviates(words[j-1]) {
			break
		}
		if !isNameWord(w, common) && !(j > i && particles[w.key] && j+1 < len(words) && words[j+1].caps) {
			break
		}
		j++
	}
	if j < len(words) && words[j].gap == "-" || j-i == 1 && startsSentence(words, i) && !isSubject(words, j, inside) {
		return i
	}
	if j-i == 1 && (utf8.RuneCountInString(words[i].text) < 3 || titles[words[i].key] || offices[words[i].key] || isDemonym(words[i].key) || words[i].key == "government") {
		return i
	}
	return j
}

// isSubject tells whether the word before j, which begins a sentence, is a name by
// what follows: a finite verb ("Barth argued"), or an apposition to a word that
// the source also prints with a capital inside a sentence ("Barth, the scholar,").
func isSubject(words []word, j int, inside map[string]bool) bool {
	if j == len(words) {
		return false
	}
	next := words[j]
	return next.gap == " " && isFinite(next.key) || next.gap == ", " && inside[words[j-1].key] && (articles[next.key] || next.key == "who")
}

// isNameWord tells whether w may be a word of a name.
func isNameWord(w word, common map[string]bool) bool {
	if !w.caps || functionWords[w.key] || calendarWords[w.key] || roman(w.text) {
		return false
	}
	return utf8.RuneCountInString(w.text) == 1 && w.text != "I" && w.text != "A" || titles[w.key] || corpus.IsGivenName(w.key) ||
		!common[w.key] && !isDemonym(w.key) && !determiners[w.key] && !verbsOfSpeech[w.key] && pronouns[w.key] == 0
}

// roman tells whether s is a Roman numeral in capitals.
func roman(s string) bool { return len(s) > 1 && strings.Trim(s, "IVXLC") == "" }

// wordAfter returns the index of the first word after i that begins at end or later.
func wordAfter(words []word, i, end int) int {
	for i++; i < len(words) && words[i].Start < end; i++ {
	}
	return i
}

// in returns the items that begin in [start, end). One that goes on behind end, as
// a name can that reaches over an opening mark, is cut there.
func (s *scene) in(start, end int) []item {
	lo, hi := 0, len(s.items)
	for lo < hi {
		if mid := (lo + hi) / 2; s.items[mid].Start < start {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	first := lo
	for hi = first; hi < len(s.items) && s.items[hi].Start < end; hi++ {
	}
	found := s.items[first:hi]
	if n := len(found); n > 0 && found[n-1].End > end {
		found = slices.Clone(found)
		found[n-1].End = end
	}
	return found
}

// quoteFrom returns the index of the first quotation that opens at or behind byte at.
func (s *scene) quoteFrom(at int) int {
	i, _ := slices.BinarySearchFunc(s.quotes, at, func(q stretch, at int) int { return q.open - at })
	return i
}

// inQuote tells whether byte at stands in quoted words.
func (s *scene) inQuote(at int) bool {
	i := max(s.quoteFrom(at+1)-1, 0)
	_, ok := s.masked(at, &i)
	return ok
}

// datesIn returns the indexes [lo, hi) of the dates that begin in bytes [start, end).
func (s *scene) datesIn(start, end int) (lo, hi int) {
	begins := func(d Date, at int) int { return d.Start - at }
	lo, _ = slices.BinarySearchFunc(s.t.Dates, start, begins)
	hi, _ = slices.BinarySearchFunc(s.t.Dates, max(start, end), begins)
	return lo, hi
}

// citationFrom returns the index of the first citation that begins at or behind byte at.
func (s *scene) citationFrom(at int) int {
	i, _ := slices.BinarySearchFunc(s.t.Citations, at, func(c Citation, at int) int { return c.Start - at })
	return i
}

// sentenceAt returns the index of the sentence that holds byte at.
func (s *scene) sentenceAt(at int) int {
	lo, hi := 0, len(s.sentences)-1
	for lo < hi {
		if mid := (lo + hi + 1) / 2; s.sentences[mid].Start <= at {
			lo = mid
		} else {
			hi = mid - 1
		}
	}
	return lo
}
