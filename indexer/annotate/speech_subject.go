package annotate

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
)

// byVerb reads the subject of verb v of intro.
//
//	X said; X, the German Ambassador, told Y        X, the nearest name to the left that no preposition governs
//	as expressed by X; made by X to Y               X
//	X, who maintains                                X, the nearest name to the left
//	the statement made by X, which reads            X; likewise "a letter from X", "X's telegram", "X sent Y a telegram"
//	quotes X as saying                              X, and nobody is known to be spoken to
//	all he heard from X                             X, and he is spoken to
//	two tasks were defined                          whom the last sentence was about
func (r *speechReader) byVerb(intro []item, v int) frame {
	f := frame{author: -1, verb: intro[v].key, noun: r.nounBefore(intro, v)}
	if f.noun == "" && len(intro) > 0 && intro[0].kind == plainItem {
		f.noun = participles[intro[0].key] // "Telegraphing from Tokyo, X warned"
	}
	if f.noun == "" && sending[f.verb] {
		f.noun = statementAfter(intro, v)
	}
	if by := r.agent(intro, v); by >= 0 {
		r.speaks(&f, intro, by)
		if s := r.subjectOf(intro[:v]); s >= 0 && directVerbs[f.verb] && !sending[f.verb] {
			f.addressee, f.explicit = r.whoIs(intro, s), true // "Y was told by X"
		}
		return f
	}
	if v > 1 && intro[v-1].key == "as" && intro[v-2].names() {
		r.speaks(&f, intro, v-2)
		f.noun, f.explicit = "", true
		return f
	}
	if from := heardFrom(intro, v); from >= 0 {
		r.speaks(&f, intro, from)
		if s := r.subjectOf(intro[:from]); s >= 0 {
			f.addressee, f.explicit = r.whoIs(intro, s), true
		}
		return f
	}
	if s := r.inverted(intro, v); s >= 0 {
		r.speaks(&f, intro, s)
		return f
	}
	if s := r.relative(intro, v); s >= 0 {
		r.speaks(&f, intro, s)
		return f
	}
	if s := r.subjectOf(intro[:v]); s >= 0 {
		r.speaks(&f, intro, s)
		if intro[s].owner {
			f.noun = preferred(f.noun, ownedNoun(intro, s))
		}
	} else if s := r.plainSubject(intro[:v]); s != "" {
		f.speaker = s
	} else if s := r.documentBy(intro[:v]); s >= 0 {
		r.speaks(&f, intro, s)
		f.noun = preferred(f.noun, lastNoun(intro[:s]))
	}
	return f
}

// relative returns the index of the speaker where verb v is of a relative clause:
// "the letter from X, which reads", "X, who maintains". -1 if it is of none.
func (r *speechReader) relative(intro []item, v int) int {
	switch relativeBefore(r.text, intro, v) {
	case "which", "that":
		return r.ofDocument(intro, v)
	case "who":
		for i := v - 1; i >= 0; i-- {
			if k := intro[i].kind; k == actorItem || k == authorItem || k == nameItem || k == roleItem {
				return i
			}
		}
	}
	return -1
}

var participles = map[string]string{"telegraphing": "telegram", "cabling": "telegram", "wiring": "telegram", "writing": "letter"}

// inverted returns the index of X in "It was, wrote X, ...", -1 if the subject of
// verb v does not follow it between two commas.
func (r *speechReader) inverted(intro []item, v int) int {
	if v == 0 || v+2 != len(intro) || directVerbs[intro[v].key] && intro[v].key != "wrote" {
		return -1
	}
	it := intro[v+1]
	if !it.names() || it.owner || it.prep != "" || it.kind == pronounItem || !strings.HasSuffix(strings.TrimRight(r.text[intro[v-1].End:intro[v].Start], " "), ",") ||
		!strings.HasPrefix(r.text[it.End:], ",") {
		return -1
	}
	return v + 1
}

// speaks makes item i of intro the speaker of f.
func (r *speechReader) speaks(f *frame, intro []item, i int) {
	f.speaker = r.whoIs(intro, i)
	if intro[i].kind == authorItem {
		f.author = intro[i].citation
	}
}

// whoIs resolves item i: a pronoun to the person that the sentence or the
// passage was last about, a role to who holds it.
func (r *speechReader) whoIs(items []item, i int) string {
	it := items[i]
	if it.kind == roleItem && it.id == "" && isServant(r.text[it.Start:it.End]) {
		words := wordsOf(r.text[it.Start:min(len(r.text), it.End+40)])
		if a := r.who.actors[r.now.person]; a != nil {
			return cmp.Or(r.who.servant(a.Country, it.key, placeAfter(words, 2)), r.text[it.Start:it.End])
		}
		return r.text[it.Start:it.End]
	}
	if it.kind == roleItem && it.id == "" {
		return cmp.Or(r.presentInRole(it), r.nearestInRole(it), r.printedRole(it))
	}
	if it.kind != pronounItem || it.id != "" {
		return it.id
	}
	if pronouns[it.key] == 'p' {
		return r.now.body
	}
	if pronouns[it.key] == 'f' {
		return r.who.lastWoman(r.t.Mentions, it.Start)
	}
	for j := i - 1; j >= 0 && j >= i-60; j-- {
		if items[j].names() && items[j].person && items[j].kind != pronounItem && items[j].prep == "" && (!items[j].owner || r.saying(items, j) != "") {
			return items[j].id
		}
	}
	return r.now.person
}

// presentInRole returns who of those that the passage is about has the role of
// it, where its state and place are not printed: "the State Secretary".
func (r *speechReader) presentInRole(it item) string {
	for _, id := range []string{r.now.parties[0], r.now.parties[1], r.now.person} {
		if a := r.who.actors[id]; a != nil && strings.Contains(fold(a.Role), fold(trimDeterminer(r.text[it.Start:it.End]))) {
			return id
		}
	}
	return r.who.only(fold(trimDeterminer(r.text[it.Start:it.End])))
}

// printedRole returns a role that nobody is known to hold as printed, with what
// it is of: "Secretary of State for Foreign Affairs".
func (r *speechReader) printedRole(it item) string {
	more := roleOf.FindString(r.text[it.End:min(len(r.text), it.End+80)])
	return trimDeterminer(r.text[it.Start : it.End+len(more)])
}

var roleOf = regexp.MustCompile(`^(?: (?:of|for)(?: the)?(?: \p{Lu}\p{L}+)+)+`)

// subjectOf returns the index of the last name in items that can be the subject
// of what follows, -1 if there is none: no preposition governs it and it is not
// the object of a verb; of possessives only those of a document ("Astakhov's
// record reads") or of speech ("Molotov's report expressed").
func (r *speechReader) subjectOf(items []item) int {
	for i := len(items) - 1; i >= 0; i-- {
		it := items[i]
		if !it.names() || it.prep != "" || it.key == "him" || it.key == "them" || it.key == "whom" || it.key == "who" {
			continue
		}
		if it.owner {
			if ownedNoun(items, i) != "" {
				return i
			}
			continue
		}
		if it.kind == nameItem && !it.person && i+1 < len(items) && !isFinite(items[i+1].key) {
			continue // "the greatest Mediterranean city"
		}
		if i > 1 && it.kind != pronounItem && articles[items[i-1].key] && isTransitive(items[i-2]) && !strings.ContainsAny(r.text[items[i-2].End:it.Start], ",;:") {
			continue // "praised an Englishman"
		}
		if i > 0 && isTransitive(items[i-1]) && !strings.ContainsAny(r.text[items[i-1].End:it.Start], ",;:") {
			continue
		}
		return i
	}
	return -1
}

var articles = lexicon("the a an")

// isTransitive tells whether what follows it is its object: "told Y", "met Y",
// "requested Y", "sent Y".
func isTransitive(it item) bool {
	if it.kind != plainItem || it.caps {
		return false
	}
	return verbsOfSpeech[it.key] && it.key != "that" || directVerbs[it.key] || strings.HasSuffix(it.key, "ed") && len(it.key) > 4
}

// directVerbs take the person they are addressed to without "to".
var directVerbs = lexicon(`told tell tells telling asked ask asks asking informed informs inform informing assured assures assuring warned warns reminded
	instructed instructs instructing urged urges advised advises answered sent send sends gave give gives giving handed hands wired cabled
	telegraphed requested begged ordered directed commanded notified telling promised showed wrote met invited visited received presented
	let addressed thanked called accused cautioned counselled urging taught shown offered handing sending apprised entreated besought`)

// agent returns the index of X in "expressed by X", "made by X", -1 if verb v is
// not so followed.
func (r *speechReader) agent(intro []item, v int) int {
	for i := v + 1; i < len(intro) && i <= v+8; i++ {
		if strings.ContainsAny(r.text[intro[i-1].End:intro[i].Start], ";:") || r.midSentence(intro[i-1].End, intro[i].Start) {
			return -1
		}
		if intro[i].names() && !(intro[i].kind == pronounItem) {
			if intro[i].prep == "by" {
				return i
			}
			return -1
		}
	}
	return -1
}

// midSentence tells whether a quotation or a comma stands between two bytes.
func (r *speechReader) midSentence(start, end int) bool {
	return strings.ContainsAny(r.text[start:end], ",\"“”")
}

// heardFrom returns the index of X in "heard from X", "received a telegram from X", -1 if there is none.
func heardFrom(intro []item, v int) int {
	for i := 2; i < len(intro); i++ {
		if !intro[i].names() || intro[i].prep != "from" {
			continue
		}
		for j := i - 2; j >= 0 && j >= i-6; j-- {
			if hearing[intro[j].key] {
				return i
			}
		}
	}
	return -1
}

var hearing = lexicon("heard hear learned learnt received gathered understood")

// relativeBefore returns "which", "that" or "who" if verb v is of a relative clause.
func relativeBefore(text string, intro []item, v int) string {
	for i := v - 1; i >= 0 && i >= v-4; i-- {
		switch intro[i].key {
		case "which", "who":
			return intro[i].key
		case "that":
			if i > 0 && mediumNouns[intro[i-1].key] != "" {
				return "that"
			}
			return ""
		}
		if intro[i].names() {
			return ""
		}
	}
	return ""
}

// ofDocument returns the index of whose words a document has, for "... which
// reads": by X, from X, X's letter, or the subject of the clause ("X sent Y a telegram").
func (r *speechReader) ofDocument(intro []item, v int) int {
	from := -1
	for i := v - 1; i >= 0; i-- {
		it := intro[i]
		if !it.names() || it.kind == pronounItem {
			continue
		}
		switch {
		case it.prep == "by":
			return i
		case it.prep == "from" && from < 0:
			from = i
		case it.owner && ownedNoun(intro, i) != "":
			return i
		}
	}
	if from >= 0 {
		return from
	}
	return r.subjectOf(intro[:v])
}

// documentBy returns the index of X in "a report by X summarized", "letters from
// X show", -1 if no document so named stands in items.
func (r *speechReader) documentBy(items []item) int {
	for i, it := range items {
		if it.names() && (it.prep == "by" || it.prep == "from") && lastNoun(items[:i]) != "" {
			return i
		}
	}
	return -1
}

// lastNoun returns the last noun of a document in items, "" if there is none.
func lastNoun(items []item) string {
	for _, it := range slices.Backward(items) {
		if it.kind == plainItem && mediumNouns[it.key] != "" {
			return it.key
		}
	}
	return ""
}

// ownedNoun returns the noun of a document or of speech that item i, a
// possessive, owns: "Astakhov's short telegram".
func ownedNoun(items []item, i int) string {
	for j := i + 1; j < len(items) && j <= i+4; j++ {
		if mediumNouns[items[j].key] != "" || opinions[items[j].key] {
			return items[j].key
		}
		if items[j].names() || prepositions[items[j].key] {
			return ""
		}
	}
	return ""
}

// opinions are what a person has whose words are quoted.
var opinions = lexicon(`view opinion words phrase eyes belief judgment judgement perception principle principles motto comment expression answer
	reply response question view conclusion account version language formula definition phrases demand proposal observation`)

// plainSubject returns the name of a speaker that is neither in the authority
// file nor a capitalised name: "the Soviet", "British and French joint delegation",
// a state for its people, a body as printed. The words from the start of the
// clause to its noun have to be few.
func (r *speechReader) plainSubject(items []item) string {
	start := len(items)
	for start > 0 && len(items)-start < 9 {
		it := items[start-1]
		if start < len(items) && strings.ContainsAny(r.text[it.End:items[start].Start], ",;:") || prepositions[it.key] {
			break
		}
		start--
	}
	clause := items[start:]
	for len(clause) > 0 && (clause[0].key < "a" || clause[0].key == "but" || clause[0].key == "and" || clause[0].key == "that" || clause[0].key == "then") {
		clause = clause[1:]
	}
	for i := len(clause) - 1; i >= 0; i-- {
		it := clause[i]
		switch {
		case it.key == "government" && i > 0 && r.who.stateID(clause[i-1].key) != "":
			return r.who.stateID(clause[i-1].key)
		case bodyNouns[it.key] && i > 0 && (isDemonym(clause[i-1].key) || clause[i-1].caps || i > 1 && isDemonym(clause[i-2].key)):
			return trimDeterminer(r.text[phraseOf(clause[:i]).Start:it.End])
		case isDemonym(it.key) && i == len(clause)-1:
			return r.who.stateID(it.key)
		}
	}
	return ""
}

// phraseOf returns the first item of the phrase that ends behind items: behind a word that
// opens a clause ("of the contention that the Supreme Court"), from its article on ("at the same time
// the Commission").
func phraseOf(items []item) item {
	first := 0
	for i, it := range items {
		switch {
		case articles[it.key]:
			first = i
		case i+1 < len(items) && (subordinate[it.key] || it.key == "yet"):
			first = i + 1
		}
	}
	return items[first]
}
