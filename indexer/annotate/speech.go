package annotate

import (
	"slices"
	"strings"

	"ibid/corpus"
)

// A frame is who says quoted words to whom, as the words around them tell it.
type frame struct {
	speaker   string // actor id, or the name as printed
	addressee string
	explicit  bool   // the sentence itself names the addressee
	author    int    // index into Text.Citations of the work whose author speaks, -1 if it is nobody's
	verb      string // the verb of speech, "" if there is none
	noun      string // what the words stand in, as "letter"; "" if not told
	inherited bool   // taken over from the quotation before
	written   bool   // by a medium that is not of mouth
	named     bool   // the sentence says that the words are the speaker's: "in the words of X"
}

// A narrative is what a passage has told up to a place: what pronouns stand for
// and who meets whom.
type narrative struct {
	person  string    // the person who was the subject of the last sentence that has one
	body    string    // the state or body likewise
	named   []string  // the persons whom the last sentence names
	parties [2]string // who speak with each other, "" if not told
	last    *frame    // of the last quotation that is no term
	lastAgo int       // sentences since
	date    string    // the last day told, as EDTF
	meeting bool      // the last sentence tells of one
	metOn   string    // the day of the meeting last told, "" if later days came between
	dateAgo int       // sentences since
	wrote   string    // who wrote on that day what its sentence quotes, "" if nobody
	medium  string    // of the last report, speech or letter told
	paper   string    // the noun of the document that the last sentence tells of, for "In it"
	owner   string    // and whose it is
}

// A reader of speech works through the sentences of one text.
type speechReader struct {
	*scene
	who         *cast
	now         narrative
	singleFirst bool // the source quotes with single marks, double ones are the second kind
}

// frameOf reads who speaks quotation q, in this order:
//
//	According to X, "..."; In X's words, "..."      X
//	a verb of speech before the quotation           its subject: see verbBefore, subjectOf
//	"...," said X; "...," X said                     X
//	"...," was X's comment; X's answer was "..."     X: see nounAfter, byNoun
//	X's guiding principle: "..."                    X
//	X gave instructions to Y: "..."                 X: see statementBefore
//	X was firm: "..."                               X
//	nothing between it and one before it, in the     as that one
//	same paragraph
func (r *speechReader) frameOf(q stretch, sentence Span) frame {
	intro := r.withoutAsides(r.in(sentence.Start, q.open))
	after := r.in(q.end, r.until(q.end, sentence.End))
	if len(q.gaps) > 0 {
		after = r.in(q.gaps[0].Start, q.gaps[0].End)
	}
	if f, ok := r.byAnswer(intro, q); ok {
		return f
	}
	v, adjacent := r.verbBefore(intro, q.open)
	if !adjacent {
		if f, ok := r.withoutVerb(intro, after, q, v); ok {
			return f
		}
	}
	if f, ok := r.shownBy(intro, v); ok {
		return f
	}
	if v < 0 {
		v = statementBefore(intro)
	}
	behind := r.in(q.end, sentence.End)
	if v >= 0 {
		f := r.byVerb(intro, v)
		if law := lawSpeaks(intro, v); law != "" && f.speaker == "" {
			f.noun = law
		} else if f.speaker == "" && !unnamed(intro, v) {
			f.speaker = r.now.person
		}
		r.address(&f, intro, v, behind)
		return f
	}
	if f, ok := r.byOwner(intro); ok {
		r.address(&f, intro, -1, behind)
		return f
	}
	if f, ok := r.pointedAt(intro, q); ok {
		return f
	}
	if len(intro) <= 2 && r.now.last != nil && r.now.lastAgo < anotherParagraph && !slices.ContainsFunc(intro, item.names) {
		f := *r.now.last
		f.inherited = true
		return f
	}
	return frame{author: -1}
}

// withoutVerb reads a speaker where no verb of speech stands directly before the
// quotation; v is one that stands farther off, -1 if there is none.
func (r *speechReader) withoutVerb(intro, after []item, q stretch, v int) (frame, bool) {
	if f, ok := r.accordingTo(intro, v); ok {
		if f.noun == "" && r.now.meeting {
			f.noun = "conversation" // "The first contact was made on May 5. According to X, "Y touched upon ...""
		}
		return f, true
	}
	if f, ok := r.saidAfter(after); ok && !r.parted(q.end, after) {
		return f, true
	}
	if f, ok := r.nounAfter(after); ok {
		return f, true
	}
	if f, ok := r.inView(intro); ok {
		return f, true
	}
	return r.byNoun(intro, q, v)
}

// pointedAt reads "X was firm:" and "In a letter to Y he was franker:" before a quotation.
func (r *speechReader) pointedAt(intro []item, q stretch) (frame, bool) {
	s := r.subjectOf(intro)
	if !strings.HasSuffix(strings.TrimRight(r.text[:q.open], " "), ":") || s < 0 || !intro[s].person {
		return frame{}, false
	}
	f := frame{author: -1, noun: r.nounBefore(intro, len(intro))}
	r.speaks(&f, intro, s)
	if f.noun != "" {
		r.address(&f, intro, -1, nil)
	}
	return f, true
}

// shownBy reads "Temperley (1936, p. 348) has shown that Y had "..."": the words are
// the author's, as no verb of speech gives them to Y.
func (r *speechReader) shownBy(intro []item, v int) (frame, bool) {
	for i, it := range intro {
		if it.kind != authorItem || v > i {
			continue
		}
		for _, x := range intro[i+1 : min(len(intro), i+4)] {
			if showing[x.key] {
				f := frame{author: -1}
				r.speaks(&f, intro, i)
				return f, true
			}
		}
	}
	return frame{}, false
}

var showing = lexicon("shown demonstrated demonstrates established proved proves found finds sees regards portrays depicts")

// lawSpeaks returns the noun of "The Protocol of Sèvres, signed on D, stipulated":
// what nobody in particular says. "" if the subject of verb v is none.
func lawSpeaks(intro []item, v int) string {
	for i := 1; i < v && i < 4; i++ {
		if determiners[intro[i-1].key] && lawful[mediumNouns[intro[i].key]] && !slices.ContainsFunc(intro[:v], func(it item) bool { return it.person && it.prep == "" }) {
			return intro[i].key
		}
	}
	return ""
}

var lawful = lexicon("treaty law decree constitution charter declaration resolution press")

// unnamed tells whether the subject of verb v is somebody without a name who is
// not told: "His mother said", "A writer in the Reporter stated".
func unnamed(intro []item, v int) bool {
	if v > 0 && indefinite[intro[0].key] {
		return true
	}
	for i := v - 1; i >= 0 && i >= v-3 && intro[i].kind == plainItem && !intro[i].caps; i-- {
		if intro[i].key == "and" || prepositions[intro[i].key] {
			return false
		}
		if i > 0 && i < v && (indefinite[intro[i-1].key] || intro[i-1].owner && intro[i-1].kind == pronounItem && intro[i-1].prep == "") {
			return true
		}
	}
	return false
}

var indefinite = lexicon("a an one another some many several someone somebody")

// until returns where what follows a quotation ends: at the next one or with the sentence.
func (r *speechReader) until(from, end int) int {
	if i := r.quoteFrom(from); i < len(r.quotes) {
		return min(end, r.quotes[i].open)
	}
	return end
}

// verbBefore returns the index of the verb that introduces a quotation, -1 if
// there is none: the last one if only "that", a comma or a few words stand
// between, else the last that is a verb of speech beyond doubt, else the last
// that may be one. adjacent tells the first case.
func (r *speechReader) verbBefore(intro []item, open int) (v int, adjacent bool) {
	strong, weak := -1, -1
	for i, it := range intro {
		if !isVerb(r.text, intro, i) {
			continue
		}
		if weakVerbs[it.key] && !(i+1 < len(intro) && intro[i+1].key == "that") {
			weak = i
		} else {
			strong = i
		}
	}
	last := max(strong, weak)
	if last >= 0 {
		between := strings.TrimSpace(r.text[intro[last].End:open])
		pointed := strings.HasSuffix(between, ",") || strings.HasSuffix(between, ":") || strings.HasSuffix(between, "that") || between == "" || between == "as"
		if pointed && len(intro)-1-last <= 3 {
			return last, true
		}
	}
	if strong >= 0 {
		return strong, false
	}
	return weak, false
}

// statementBefore returns the index of the verb of "making the following
// statement:", "gave instructions to Y:", -1 if there is no such verb.
func statementBefore(intro []item) int {
	for i := len(intro) - 1; i >= 0; i-- {
		if sending[intro[i].key] && intro[i].kind == plainItem && statementAfter(intro, i) != "" {
			return i
		}
	}
	return -1
}

// statementAfter returns the noun of a document or statement close behind verb i, "" if there is none.
func statementAfter(intro []item, i int) string {
	for j := i + 1; j < len(intro) && j <= i+8; j++ {
		if (mediumNouns[intro[j].key] != "" || wordings[intro[j].key]) && intro[j].kind == plainItem {
			return intro[j].key
		}
	}
	return ""
}

// isVerb tells whether item i is a verb of speech and not a noun or adjective of
// the same form: "his reports", "the stated aim", "without mentioning".
func isVerb(text string, items []item, i int) bool {
	it := items[i]
	if it.kind != plainItem || it.caps && i > 0 || !verbsOfSpeech[it.key] {
		return false
	}
	if i+1 < len(items) && i == 0 && items[1].key == "by" {
		return false // "Asked by Y"
	}
	if i == 0 {
		return strings.HasSuffix(it.key, "ing") || strings.HasSuffix(it.key, "ed")
	}
	prev := items[i-1]
	if strings.ContainsAny(text[prev.End:it.Start], ",;:") {
		return true
	}
	if prev.owner {
		return false
	}
	if it.key == "understand" { // "gave him to understand that", "let him understand"
		return slices.ContainsFunc(items[max(0, i-5):i], func(x item) bool { return x.key == "gave" || x.key == "given" || x.key == "let" })
	}
	if prepositions[prev.key] && prev.key != "to" {
		return prev.key == "by" && strings.HasSuffix(it.key, "ing")
	}
	if determiners[prev.key] {
		return prev.key == "that" || prev.key == "this"
	}
	return !isDemonym(prev.key) || prev.kind != plainItem || !nounLike[it.key]
}

// nounLike are verbs that after an adjective are nouns: "Soviet reports".
var nounLike = lexicon("reports report records notes states terms orders promises answers replies requests demands calls claims telegraph quotes protests reply answer request demand")

// accordingTo reads "According to X", "according to his note", "according to a letter from X to Y".
func (r *speechReader) accordingTo(intro []item, v int) (frame, bool) {
	for i, it := range intro {
		if it.key != "according" || i+2 >= len(intro) || intro[i+1].key != "to" {
			continue
		}
		f := frame{author: -1}
		rest := intro[i+2:]
		for j, x := range rest {
			if j > 0 && strings.ContainsAny(r.text[rest[j-1].End:x.Start], ",;:") {
				break // "Paléologue, according to the same telegram, gave him to understand"
			}
			if x.kind == plainItem && mediumNouns[x.key] != "" && f.noun == "" {
				f.noun = x.key
			}
			if !x.names() || j > 8 {
				continue
			}
			if x.prep == "to" || x.prep == "from" || x.prep == "by" || x.prep == "of" || x.owner || x.kind == pronounItem || x.kind == authorItem {
				r.speaks(&f, rest, j)
				if x.owner {
					f.noun = preferred(f.noun, ownedNoun(rest, j))
				}
				for k := j + 1; k < len(rest); k++ {
					if y := r.addressed(rest, k); y != "" && rest[k].prep == "to" {
						f.addressee, f.explicit = y, true
						break
					}
				}
				return f, true
			}
		}
	}
	return frame{}, false
}

// inView reads "in X's words, ..." and "in X's view, ..." close before a quotation,
// and "in the words of X, ...".
func (r *speechReader) inView(intro []item) (frame, bool) {
	for i := 2; i+2 < len(intro); i++ {
		if wordings[intro[i].key] && intro[i+1].key == "of" && intro[i-1].key == "the" && intro[i-2].key == "in" {
			for j := i + 2; j < len(intro) && j <= i+4; j++ {
				if intro[j].names() && intro[j].prep == "of" {
					f := frame{author: -1, named: true}
					r.speaks(&f, intro, j)
					return f, f.speaker != ""
				}
			}
		}
	}
	for i := len(intro) - 1; i >= 0 && i >= len(intro)-4; i-- {
		if it := intro[i]; it.names() && it.owner && it.prep == "in" && opinions[ownedNoun(intro, i)] {
			f := frame{author: -1}
			r.speaks(&f, intro, i)
			return f, true
		}
	}
	return frame{}, false
}

// byOwner reads a possessive before a quotation that a colon, dash or copula
// introduces: "X's guiding principle - ", "X's perception was: ".
func (r *speechReader) byOwner(intro []item) (frame, bool) {
	for i := len(intro) - 1; i >= 0 && i >= len(intro)-5; i-- {
		it := intro[i]
		if !it.names() || !it.owner {
			continue
		}
		noun := ownedNoun(intro, i)
		if noun == "" {
			continue
		}
		f := frame{author: -1, noun: noun}
		r.speaks(&f, intro, i)
		return f, true
	}
	return frame{}, false
}

// withoutAsides leaves out of the words before a quotation the relative clauses that
// two commas cut off: "X's answer, which Y carried to London, spoke of".
func (r *speechReader) withoutAsides(intro []item) []item {
	for i := 1; i+2 < len(intro); i++ {
		if k := intro[i].key; k != "which" && k != "who" && k != "whom" || !strings.Contains(r.text[intro[i-1].End:intro[i].Start], ",") {
			continue
		}
		for j := i + 1; j+1 < len(intro); j++ {
			gap := r.text[intro[j].End:intro[j+1].Start]
			if strings.ContainsAny(gap, ";:\"“") {
				break
			}
			if strings.Contains(gap, ",") && intro[j+1].kind == plainItem && isFinite(intro[j+1].key) {
				return append(slices.Clone(intro[:i]), intro[j+1:]...)
			}
		}
	}
	return intro
}

// parted tells whether a semicolon or colon parts a quotation that ends at byte
// end from the words behind it: those speak of something else.
func (r *speechReader) parted(end int, after []item) bool {
	return len(after) > 0 && strings.ContainsAny(r.text[min(end, after[0].Start):after[0].Start], ";:")
}

// saidAfter reads `"...," X said` and `"...," said X`.
func (r *speechReader) saidAfter(after []item) (frame, bool) {
	if len(after) > 0 && subordinate[after[0].key] {
		return frame{}, false // `"...," if she held aloof`
	}
	for i := 0; i < len(after) && i < 7; i++ {
		if i > 0 && leadsToVerb(after[i:]) {
			continue
		}
		if i > 3 && !between[after[i-1].key] {
			break
		}
		if !verbsOfSpeech[after[i].key] || after[i].kind != plainItem {
			if i > 0 && !after[i].names() && !strings.HasSuffix(after[i].key, "ly") && !after[0].names() {
				return frame{}, false
			}
			continue
		}
		who := -1
		n := i - 1
		for n > 0 && after[n].kind == plainItem && between[after[n].key] {
			n-- // "he is said to have asked", "he later wrote"
		}
		if n >= 0 && after[n].names() && !after[n].owner && after[n].prep == "" {
			who = n
		} else if i == 0 && len(after) > 1 && after[1].names() && !after[1].owner && after[1].prep == "" {
			who = 1
		}
		if who < 0 {
			if i == 0 && len(after) > 2 && articles[after[1].key] && isDemonym(after[2].key) {
				f := frame{author: -1, verb: after[i].key, speaker: r.compatriot(after[2])}
				r.address(&f, after[:min(len(after), 9)], i, nil)
				return f, f.speaker != ""
			}
			return frame{}, false
		}
		f := frame{author: -1, verb: after[i].key, noun: writtenIn(after[i:])}
		r.speaks(&f, after, who)
		r.address(&f, after[:min(len(after), 9)], i, nil)
		return f, true
	}
	return frame{}, false
}

// writtenIn returns the noun of a document in `"...," he remonstrated in a letter`, "" if there is none.
func writtenIn(items []item) string {
	for i := 1; i+2 < len(items) && i < 6; i++ {
		if items[i].key != "in" {
			continue
		}
		for j := i + 2; j < len(items) && j <= i+3; j++ {
			if m := mediumNouns[items[j].key]; m != "" && m != "conversation" && items[j].kind == plainItem {
				return items[j].key
			}
		}
	}
	return ""
}

var subordinate = lexicon("and but whereas if unless because when while although though since until whether which that than")

// between stand between a subject and its verb of speech.
var between = lexicon("is was had has have to said would could later then also once been afterwards again")

// leadsToVerb tells whether the first of items only leads to a verb of speech: "is
// said to have asked", "later wrote".
func leadsToVerb(items []item) bool {
	if len(items) < 2 || items[0].kind != plainItem || !between[items[0].key] {
		return false
	}
	if items[0].key == "said" {
		return len(items) > 2 && items[1].key == "to" && items[2].key == "have"
	}
	return between[items[1].key] || verbsOfSpeech[items[1].key] || items[0].key == "to"
}

// compatriot returns the person last named before it who acts for the state that
// it is an adjective or people of: "said the Frenchman". "" if there is none.
func (r *speechReader) compatriot(it item) string {
	state := r.who.stateID(it.key)
	for _, m := range slices.Backward(r.t.Mentions) {
		if a := r.who.actors[m.ID]; m.Start < it.Start && a != nil && state != "" && a.Kind == corpus.Person && a.Country == state {
			return m.ID
		}
	}
	return ""
}

// nounBefore returns the noun of what the words stand in that goes with verb v:
// "In his telegram to Y, X stated", "a memorandum, which reads", "X's report on May 31 expressed".
func (r *speechReader) nounBefore(intro []item, v int) string {
	if relativeBefore(r.text, intro, v) == "which" {
		for i := v - 1; i >= 0; i-- {
			if m := mediumNouns[intro[i].key]; m != "" && intro[i].kind == plainItem {
				return intro[i].key
			}
		}
	}
	for i := 0; i < len(intro); i++ {
		it := intro[i]
		if it.kind != plainItem || mediumNouns[it.key] == "" || i == 0 {
			continue
		}
		if intro[i-1].key == "by" && mediumNouns[it.key] != "conversation" {
			return it.key // "thanked Y by telegram for"
		}
		for j := i - 1; j >= 0 && j >= i-3; j-- {
			p := intro[j]
			if p.kind == pronounItem && p.owner && j > 0 && (intro[j-1].key == "in" || intro[j-1].key == "with" || intro[j-1].key == "to" && mediumNouns[it.key] == "diary") {
				return it.key
			}
			if (p.key == "a" || p.key == "the" || p.key == "an") && j > 0 && intro[j-1].key == "in" {
				return it.key
			}
			if sending[p.key] && j < i {
				return it.key
			}
		}
		if i > 1 && i < v && intro[i-1].key == "a" && sendsBefore(intro[:i]) {
			return it.key
		}
	}
	return ""
}

// sendsBefore tells whether a verb of sending stands in items.
func sendsBefore(items []item) bool {
	return slices.ContainsFunc(items, func(it item) bool { return sending[it.key] })
}

// sending are verbs whose object is a document or a statement.
var sending = lexicon("sent send gave give given giving make makes use used uses employed making handed delivered addressed transmitted dispatched forwarded wrote made presented submitted issued read drafted signed telegraphed")

// preferred returns b if it tells anything, else a.
func preferred(a, b string) string {
	if b != "" {
		return b
	}
	return a
}
