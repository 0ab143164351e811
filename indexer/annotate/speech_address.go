package annotate

import (
	"cmp"
	"slices"
	"strings"
)

// address finds to whom words are spoken or written, in this order:
//
//	X told Y, "..."; X sent Y a telegram             Y, the object of the verb; "me" is the writer of a letter
//	In his letter to Y, X stated                      Y
//	X said to Y; reported to Y; gave instruction to Y Y
//	In response to Y's question, X answered           Y, also behind the quotation
//	As Y demanded an answer, X repeated               Y
//	In conversation with Y, X remarked                Y
//	words of mouth in a meeting of X and Y            Y: see meet
//	Y raised the matter, and X answered               Y
//	X replied, behind words or a deed of Y            Y
//
// after is what follows the quotation in its sentence.
func (r *speechReader) address(f *frame, intro []item, v int, after []item) {
	if f.explicit {
		return
	}
	try := func(name string) bool {
		if name == "" || name == f.speaker {
			return false
		}
		f.addressee, f.explicit = name, true
		return true
	}
	if v >= 0 && try(r.object(f, intro, v)) || try(r.destination(intro, v)) || try(r.respondent(intro)) || try(r.respondent(after)) || try(r.asker(intro, v)) {
		return
	}
	if try(r.companion(intro)) {
		if f.noun == "" {
			f.noun = "conversation"
		}
		return
	}
	if v >= 0 && len(after) > 0 && after[0].prep == "to" && try(r.addressed(after, 0)) {
		return
	}
	if spoken(f) && r.now.parties[0] != "" {
		switch f.speaker {
		case r.now.parties[0]:
			f.addressee = r.now.parties[1]
		case r.now.parties[1]:
			f.addressee = r.now.parties[0]
		}
	}
	if f.addressee == "" && replies[f.verb] && v > 0 {
		f.addressee = r.questioner(intro[:v], f.speaker)
	}
	if last := r.now.last; f.addressee == "" && replies[f.verb] && last != nil && r.now.lastAgo <= 1 && last.speaker != f.speaker && r.who.actors[last.speaker] != nil {
		f.addressee = last.speaker
	}
	if f.addressee == "" && replies[f.verb] && slices.Contains(r.now.named, f.speaker) && r.now.person != f.speaker && r.who.actors[r.now.person] != nil {
		f.addressee = r.now.person // "X laid it before Y. Y replied"
	}
}

// spoken tells whether the words of f are words of mouth.
func spoken(f *frame) bool {
	return spokenVerbs[f.verb] && f.verb != "recorded" && f.verb != "concluded" && (f.noun == "" || mediumNouns[f.noun] == "conversation")
}

// object returns the object of verb v, or of a verb of sending before it: "told
// Y", "sent Y a telegram", "told his generals".
func (r *speechReader) object(f *frame, intro []item, v int) string {
	for i := v; i >= 0; i-- {
		if i+1 >= len(intro) || !directVerbs[intro[i].key] || intro[i].kind != plainItem {
			continue
		}
		if i < v && !sending[intro[i].key] {
			continue
		}
		next := intro[i+1]
		if strings.ContainsAny(r.text[intro[i].End:next.Start], ",;:") {
			continue
		}
		if next.kind == pronounItem {
			if next.id != "" {
				return next.id
			}
			if next.key == "him" || next.key == "her" || next.key == "them" {
				return cmp.Or(r.other(f.speaker), r.reporter(f, intro[:i], next.key))
			}
			if next.owner && i == v {
				return r.printedObject(intro, i+1)
			}
			continue
		}
		if next.names() && !next.owner {
			return r.addressed(intro, i+1)
		}
		for j := i + 1; j < len(intro) && j <= i+4; j++ { // "handed the German Ambassador Schulenburg"
			if intro[j].names() {
				if intro[j].prep == "" && !intro[j].owner && j > i+1 && (determiners[intro[i+1].key] || isDemonym(intro[i+1].key)) && mediumNounBetween(intro[i+1:j]) == "" {
					return r.addressed(intro, j)
				}
				break
			}
		}
		if i == v && determiners[next.key] {
			return r.printedObject(intro, i+1)
		}
	}
	return ""
}

// reporter returns X of "X reported that Y had told him", "" if pronoun stands for none.
func (r *speechReader) reporter(f *frame, before []item, pronoun string) string {
	if pronoun == "them" {
		return ""
	}
	for i, it := range before {
		if it.names() && it.person && it.prep == "" && !it.owner && it.kind != pronounItem && r.whoIs(before, i) != f.speaker {
			return r.whoIs(before, i)
		}
	}
	return ""
}

func mediumNounBetween(items []item) string {
	for _, it := range items {
		if m := mediumNouns[it.key]; m != "" {
			return m
		}
	}
	return ""
}

// other returns the party of the scene who is not the one given.
func (r *speechReader) other(party string) string {
	switch party {
	case r.now.parties[0]:
		return r.now.parties[1]
	case r.now.parties[1]:
		return r.now.parties[0]
	}
	return ""
}

// audiences are the nouns of those who are told something without a name.
var audiences = lexicon(`generals general house officers men people ministers cabinet audience congress committee commission parliament
	brothers brethren friends friend wife son mother father brother sister daughter uncle nephew cousin visitor visitors host guest guests chief master colleague
	sovereign ambassadors diplomats council press reporters journalists delegates colleagues
	staff assembly senate meeting convention government public readers chiefs representatives crowd court jury conference soldiers troops`)

// printedObject returns the object that begins with the determiner at i, as
// printed: "his generals", "House".
func (r *speechReader) printedObject(intro []item, i int) string {
	for j := i + 1; j < len(intro) && j <= i+3; j++ {
		if intro[j].kind != plainItem || prepositions[intro[j].key] || intro[j].key == "that" {
			return ""
		}
		if audiences[intro[j].key] || bodyNouns[intro[j].key] {
			return trimDeterminer(r.text[intro[i].Start:intro[j].End])
		}
	}
	return ""
}

// destination returns Y of "to Y" where what stands before "to" is a verb of
// speech or sending, or a noun of what is said or sent, or "To Y" begins the
// sentence and the verb follows ("To Y he telegraphed").
func (r *speechReader) destination(intro []item, v int) string {
	for i := range len(intro) - 1 {
		if intro[i].key != "to" || intro[i].kind != plainItem {
			continue
		}
		j := i + 1
		for j < len(intro) && !intro[j].names() && j-i <= 4 && (determiners[intro[j].key] || isDemonym(intro[j].key) || isAdjective(intro[j].key) || titles[intro[j].key] || offices[intro[j].key]) {
			j++
		}
		if j+1 < len(intro) && intro[j].owner && intro[j].kind == pronounItem && audiences[intro[j+1].key] && r.leadsToPerson(intro, i) {
			return r.text[intro[j].Start:intro[j+1].End] // "in a letter to his sister"
		}
		if j >= len(intro) || !intro[j].names() || intro[j].owner || intro[j].prep != "to" {
			continue
		}
		if fronted := i == 0 && v > j && v <= j+3; !fronted && !r.leadsToPerson(intro, i) {
			continue
		}
		return r.addressed(intro, j)
	}
	return ""
}

// leadsToPerson tells whether the words before the "to" at i lead to somebody
// spoken to: a verb ("said", "reported"), or a noun ("letter", "instructions",
// "statement made by X, the Ambassador in Berlin,").
func (r *speechReader) leadsToPerson(intro []item, i int) bool {
	for j := i - 1; j >= 0 && i-j <= 9; j-- {
		it := intro[j]
		if it.kind != plainItem {
			continue
		}
		switch {
		case unaddressing[it.key]:
			return false
		case verbsOfSpeech[it.key], sending[it.key], mediumNouns[it.key] != "", it.key == "repeated", opinions[it.key], speechNouns[it.key]:
			return true
		case isTransitive(it) && i-j > 1:
			return false
		}
	}
	return false
}

// unaddressing are words whose "to" leads to a place or thing.
var unaddressing = lexicon(`visit visited trip mission attitude relation relations regard prior according due belongs belonged went go going came come coming
	return returned responded response reply answer question attention opposed close access invitation devoted sympathetic hostile approach addition contrary`)

// addressed resolves item i as somebody spoken to; a role without a holder is given as printed.
func (r *speechReader) addressed(items []item, i int) string {
	it := items[i]
	switch it.kind {
	case plainItem:
		return ""
	case pronounItem:
		if it.key == "him" || it.key == "them" {
			return r.other(r.now.person)
		}
		return it.id
	case roleItem:
		return cmp.Or(it.id, r.nearestInRole(it), r.printedRole(it))
	}
	return it.id
}

// respondent returns Y of "in response to Y's question", "in reply to Y", "in a response to Y's mentioning".
func (r *speechReader) respondent(items []item) string {
	for i := 0; i+2 < len(items); i++ {
		if k := items[i].key; (k == "response" || k == "reply" || k == "answer") && items[i+1].key == "to" {
			for j := i + 2; j < len(items) && j <= i+5; j++ {
				if items[j].names() && items[j].kind != pronounItem {
					return r.addressed(items, j)
				}
			}
		}
	}
	return ""
}

// asker returns Y of "As Y demanded a direct answer, X repeated", "When Y asked ..., X replied".
func (r *speechReader) asker(intro []item, v int) string {
	for i := 0; i+1 < v; i++ {
		if asking[intro[i].key] && intro[i+1].key == "by" { // "Asked by Y"
			for j := i + 2; j < v && j <= i+4; j++ {
				if intro[j].names() {
					return r.addressed(intro, j)
				}
			}
		}
		if k := intro[i].key; k != "as" && k != "when" && k != "after" {
			continue
		}
		for j := i + 1; j < v && j <= i+3; j++ {
			if !intro[j].names() || intro[j].owner || intro[j].kind == pronounItem {
				continue
			}
			for k := j + 1; k < v && k <= j+3; k++ {
				if asking[intro[k].key] {
					return r.addressed(intro, j)
				}
			}
			break
		}
	}
	return ""
}

// questioner returns Y of "Y raised the question, and X answered": the subject of
// the clause before, "" if there is none.
func (r *speechReader) questioner(before []item, speaker string) string {
	for i, it := range before {
		if it.kind == actorItem && it.person && it.prep == "" && !it.owner && it.id != speaker && i+1 < len(before) && isFinite(before[i+1].key) {
			return it.id
		}
	}
	return ""
}

var asking = lexicon("asked questioned demanded requested inquired enquired insisted urged pressed suggested proposed complained")

// meeting are words of sentences in which two persons come together.
var meeting = lexicon(`met meet meeting visit visited visits invited received called conversation conversations interview talk talks presented handed
	calling visiting seeing told asked said stated encounter audience summoned replied answered informed conferred spoke discussed`)

// meet notes who meets whom in a sentence: "X met Y", "X paid a visit to Y",
// "After the meeting with Y, X ...", "X presented Y with", "in response to Y's request, X".
func (r *speechReader) meet(items []item) {
	has := false
	for _, it := range items {
		has = has || it.kind == plainItem && meeting[it.key]
	}
	if y := r.respondent(items); y != "" {
		for i, it := range items {
			if it.names() && it.person && it.prep == "" && !it.owner && r.whoIs(items, i) != y {
				r.now.parties = [2]string{r.whoIs(items, i), y}
				return
			}
		}
	}
	if !has {
		return
	}
	first, second := "", ""
	for i, it := range items {
		if !it.names() || !it.person || it.owner || it.prep != "" {
			continue
		}
		first = r.whoIs(items, i)
		break
	}
	for i, it := range items {
		if !it.names() || !it.person || it.owner || it.kind == pronounItem && it.prep == "" {
			continue
		}
		if it.prep == "with" || it.prep == "to" || it.prep == "on" || it.prep == "" && i > 0 && isTransitive(items[i-1]) {
			if id := r.whoIs(items, i); id != first && id != "" && it.kind != pronounItem {
				second = id
				break
			}
		}
	}
	if first != "" && second != "" {
		r.now.parties = [2]string{first, second}
	}
}

// follow takes note of a sentence that has been read: its subject, its meeting,
// the report or speech that it tells of.
func (r *speechReader) follow(s Span, spoke *frame) {
	items := r.in(s.Start, s.End)
	r.noteMedium(items)
	if paper := lastNoun(items); mediumNouns[paper] != "conversation" {
		r.now.paper = paper
	}
	r.now.meeting = hasItem(items, meetings)
	r.now.named = r.now.named[:0:0]
	for _, it := range items {
		if it.kind == actorItem && it.person {
			r.now.named = append(r.now.named, it.id)
		}
	}
	r.now.lastAgo++
	if spoke != nil {
		r.now.lastAgo = 0
	}
	r.noteSubject(items)
	if spoke != nil && spoke.noun != "" && spoke.speaker != "" {
		if m := r.mediumOfNoun(spoke.noun, items); m != "" && m != "conversation" {
			r.now.medium, r.now.owner = m, spoke.speaker
		}
	}
	if spoke != nil && spoke.speaker != "" && spoke.author < 0 && !spoke.inherited {
		if r.who.isPerson(spoke.speaker) && spoke.speaker != r.t.Writer {
			r.now.person = spoke.speaker
		}
		if spoke.explicit && spoken(spoke) && r.who.isPerson(spoke.addressee) {
			r.now.parties = [2]string{spoke.speaker, spoke.addressee}
		}
	}
}

// noteSubject takes note of whom a sentence is about: its subject, or the owner of what it
// begins with ("Derby's resignation followed").
func (r *speechReader) noteSubject(items []item) {
	for i, it := range items {
		if !it.names() || it.prep != "" || it.owner && ownedNoun(items, i) == "" || it.kind == authorItem {
			continue
		}
		if it.kind == pronounItem {
			return
		}
		id := r.whoIs(items, i)
		if it.kind == nameItem && (i+1 == len(items) || !isFinite(items[i+1].key)) {
			continue
		}
		if it.person && id != "" {
			r.now.person = id
		} else if it.kind != nameItem {
			r.now.body = id
		}
		return
	}
	if len(items) > 0 && items[0].kind == actorItem && items[0].owner && items[0].person {
		r.now.person = items[0].id
	}
}

// hasItem tells whether a plain word of items is in set.
func hasItem(items []item, set map[string]bool) bool {
	return slices.ContainsFunc(items, func(it item) bool { return it.kind == plainItem && set[it.key] })
}

// noteMedium remembers "X made a report", "X's speech", "X reported on": what X
// is quoted with next is of it.
func (r *speechReader) noteMedium(items []item) {
	for i, it := range items {
		if !it.names() || it.prep != "" || it.kind == pronounItem {
			continue
		}
		noun := ""
		if it.owner {
			noun = ownedNoun(items, i)
		} else {
			for j := i + 1; j < len(items) && j <= i+5; j++ {
				k := items[j].key
				if k == "reported" {
					noun = "report"
					break
				}
				if mediumNouns[k] != "" && (items[j-1].key == "a" || items[j-1].key == "an") && sendsBefore(items[i:j]) {
					noun = k
					break
				}
			}
		}
		if m := r.mediumOfNoun(noun, items); m != "" && m != "conversation" && m != "treaty" {
			r.now.medium, r.now.owner = m, it.id
			return
		}
	}
}

// assemblies are what a report is read to aloud: then it is a speech.
var assemblies = lexicon("congress assembly parliament convention senate duma reichstag commons plenum soviet session conference")

// mediumOfNoun returns the medium that a noun names; a report to a congress is a speech.
func (r *speechReader) mediumOfNoun(noun string, items []item) string {
	m := mediumNouns[noun]
	if m != "report" {
		return m
	}
	for i := range items {
		if items[i].key != noun {
			continue
		}
		for j := i + 1; j < len(items) && j <= i+6; j++ {
			if items[j].key == "to" {
				for k := j + 1; k < len(items) && k <= j+5; k++ {
					for _, w := range wordsOf(r.text[items[k].Start:items[k].End]) {
						if assemblies[w.key] {
							return "speech"
						}
					}
				}
				break
			}
		}
	}
	return m
}
