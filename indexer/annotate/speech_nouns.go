package annotate

import (
	"slices"
	"strings"
)

// speechNouns are what is said, beside opinions and the nouns of a medium.
var speechNouns = lexicon(`comment comments remark observation warning threat promise assurance complaint advice retort rejoinder explanation reply
	answer response message request suggestion reminder objection protest refusal words news verdict confession boast plea cry`)

// isSpeechNoun tells whether a noun names what somebody says, thinks or sends.
func isSpeechNoun(key string) bool {
	return speechNouns[key] || opinions[key] || mediumNouns[key] != ""
}

// replies are nouns and verbs of an answer.
var replies = lexicon("retort rejoinder reply answer response replied answered retorted rejoined responded countered")

// byAnswer reads "X's answer, as Y reported it, was that", "The reply of X was
// that" and "Y recalled X's saying that" before quotation q.
func (r *speechReader) byAnswer(intro []item, q stretch) (frame, bool) {
	if f, ok := r.gerund(intro); ok {
		return f, true
	}
	i := r.copula(intro, q.open)
	if i < 0 {
		return frame{}, false
	}
	f, ok := r.ownerOf(intro[:i])
	if ok {
		r.address(&f, intro[:1], -1, nil)
	}
	return f, ok
}

// byNoun reads a speaker from the noun of what he says, where no verb of speech
// stands directly before the quotation:
//
//	X passed it on to Y with the comment that "..."   X
//	It ended with X's warning, given on D: "..."      X
//	It was shown to X, who was not persuaded: "..."   X
//	And again, four days later: "..."                 as the quotation before
func (r *speechReader) byNoun(intro []item, q stretch, v int) (frame, bool) {
	if f, ok := r.withComment(intro); ok {
		return f, true
	}
	if !strings.HasSuffix(strings.TrimRight(r.text[:q.open], " "), ":") {
		return frame{}, false
	}
	if v < 0 && r.resumes(intro) {
		f := *r.now.last
		f.inherited = true
		return f, true
	}
	if i := r.whoseClause(intro); i >= 0 {
		f := frame{author: -1}
		r.speaks(&f, intro, i)
		return f, true
	}
	if v < 0 {
		if f, ok := r.warned(intro); ok {
			r.address(&f, intro, -1, nil)
			return f, true
		}
	}
	return frame{}, false
}

// copula returns the index of the "was" of "... was that", "... was that he had" or
// "... was:" where a quotation follows at open, -1 if intro does not end so.
func (r *speechReader) copula(intro []item, open int) int {
	last := len(intro) - 1
	if last < 1 || strings.TrimRight(r.text[intro[last].End:open], " :,") != "" {
		return -1
	}
	for i := last; i > 0 && i >= last-6; i-- {
		it := intro[i]
		if it.kind == plainItem && (it.key == "was" || it.key == "is") && (i == last || intro[i+1].key == "that") {
			return i
		}
		if it.kind != pronounItem && it.names() || verbsOfSpeech[it.key] {
			return -1
		}
	}
	return -1
}

// ownerOf reads "X's answer" and "the reply of X", the first in items.
func (r *speechReader) ownerOf(items []item) (frame, bool) {
	for i, it := range items {
		if it.names() && it.owner && it.prep == "" {
			if noun := r.saying(items, i); noun != "" {
				f := frame{author: -1, noun: noun}
				if replies[noun] {
					f.verb = "replied"
				}
				r.speaks(&f, items, i)
				return f, f.speaker != ""
			}
		}
		if it.names() && it.prep == "of" && !it.owner {
			for j := i - 1; j >= 0 && j >= i-4; j-- {
				if items[j].key == "of" && j > 0 && (speechNouns[items[j-1].key] || opinions[items[j-1].key]) {
					f := frame{author: -1, noun: items[j-1].key}
					r.speaks(&f, items, i)
					return f, f.speaker != ""
				}
			}
		}
	}
	return frame{}, false
}

// saying returns the noun of what is said that item i, a possessive, owns.
func (r *speechReader) saying(items []item, i int) string {
	for j := i + 1; j < len(items) && j <= i+3; j++ {
		if isSpeechNoun(items[j].key) {
			return items[j].key
		}
		if items[j].names() || prepositions[items[j].key] {
			return ""
		}
	}
	return ""
}

// withComment reads "X passed it on to Y with the comment that": the quotation is
// what X comments.
func (r *speechReader) withComment(intro []item) (frame, bool) {
	for i := len(intro) - 3; i > 0 && i >= len(intro)-12; i-- {
		if intro[i].key != "with" || !determiners[intro[i+1].key] {
			continue
		}
		noun := i + 2
		for noun+1 < len(intro) && noun < i+4 && !isSpeechNoun(intro[noun].key) {
			noun++
		}
		if !isSpeechNoun(intro[noun].key) || noun+1 < len(intro) && intro[noun+1].key != "that" {
			continue
		}
		s := r.subjectOf(intro[:i])
		if s < 0 {
			return frame{}, false
		}
		f := frame{author: -1, noun: intro[noun].key}
		r.speaks(&f, intro, s)
		to := r.destination(intro[:i], -1)
		if last := intro[i-1]; to == "" && last.names() && last.prep == "to" && !last.owner {
			to = r.addressed(intro, i-1)
		}
		if to != f.speaker {
			f.addressee, f.explicit = to, to != ""
		}
		if f.addressee == "" && slices.ContainsFunc(intro[s:i], func(x item) bool { return x.key == "him" || x.key == "her" }) {
			f.addressee = r.reporter(&f, intro[:s], "him")
		}
		return f, f.speaker != ""
	}
	return frame{}, false
}

// gerund reads "Y recalled X's saying that".
func (r *speechReader) gerund(intro []item) (frame, bool) {
	for i := len(intro) - 2; i > 0; i-- {
		if it := intro[i]; it.names() && it.owner && it.kind != pronounItem && strings.HasSuffix(intro[i+1].key, "ing") && verbsOfSpeech[intro[i+1].key] {
			f := frame{author: -1, verb: "said"}
			r.speaks(&f, intro, i)
			if s := r.subjectOf(intro[:i]); s >= 0 {
				f.addressee, f.explicit = r.whoIs(intro, s), true
			}
			return f, f.speaker != ""
		}
	}
	return frame{}, false
}

// resumes tells whether intro only goes on from the quotation before: "And again,
// four days later:".
func (r *speechReader) resumes(intro []item) bool {
	return r.now.last != nil && len(intro) > 0 && len(intro) <= 6 && resuming[intro[0].key] && !slices.ContainsFunc(intro, item.names)
}

var resuming = lexicon("and again then later further also once elsewhere finally")

// whoseClause returns the index of X in "X, who was not persuaded:", -1 if the
// words before the quotation are no such clause.
func (r *speechReader) whoseClause(intro []item) int {
	for i := len(intro) - 1; i > 0; i-- {
		switch {
		case verbsOfSpeech[intro[i].key] && intro[i].kind == plainItem:
			return -1
		case intro[i].key == "who" && i+1 < len(intro) && auxiliaries[intro[i+1].key]:
			before := intro[i-1]
			if before.names() && before.person && before.kind != pronounItem && strings.Trim(r.text[before.End:intro[i].Start], ", ") == "" {
				return i - 1
			}
			return -1
		}
	}
	return -1
}

// warned reads "X's warning, given on 29 July:", the last of what is said in intro.
func (r *speechReader) warned(intro []item) (frame, bool) {
	for i := len(intro) - 1; i >= 0; i-- {
		if it := intro[i]; it.names() && it.owner && speechNouns[r.saying(intro, i)] {
			f := frame{author: -1, noun: r.saying(intro, i)}
			r.speaks(&f, intro, i)
			return f, f.speaker != ""
		}
	}
	return frame{}, false
}

// nounAfter reads what names the speaker behind a quotation without a verb of
// speech: `"...," was X's comment to Y`, `"...," his telegram ran`. An answer of
// "his" is that of whoever did not speak last.
func (r *speechReader) nounAfter(after []item) (frame, bool) {
	if len(after) > 2 && after[0].key == "the" && mediumNouns[after[1].key] != "" && running[after[2].key] && r.now.person != "" {
		return frame{author: -1, noun: after[1].key, speaker: r.now.person}, true // `"...," the letter ran`
	}
	for i := 0; i < len(after) && i < 3; i++ {
		it := after[i]
		if !it.names() || !it.owner || it.prep != "" {
			continue
		}
		noun := r.saying(after, i)
		if noun == "" || i == 0 && !slices.ContainsFunc(after[i+1:min(len(after), i+4)], func(x item) bool { return running[x.key] }) ||
			i > 0 && !running[after[0].key] {
			return frame{}, false
		}
		f := frame{author: -1, noun: noun}
		r.speaks(&f, after, i)
		if last := r.now.last; it.kind == pronounItem && replies[noun] && last != nil && last.speaker == f.speaker && last.addressee != "" {
			f.speaker = last.addressee
		}
		if replies[noun] {
			f.verb = "replied"
		}
		r.address(&f, after[:min(len(after), 9)], -1, nil)
		return f, f.speaker != ""
	}
	return frame{}, false
}

var running = lexicon("was is came ran runs read reads continued concluded went began")

var calling = lexicon("calling visiting meeting seeing receiving")

var within = lexicon("in at during")

// companion returns Y of "in conversation with Y", "in an interview with Y", "X,
// calling on Y, said".
func (r *speechReader) companion(items []item) string {
	for i, it := range items {
		if it.kind == plainItem && calling[it.key] && i > 0 && items[i-1].names() && i+1 < len(items) {
			j := i + 1
			if items[j].key == "on" || items[j].key == "with" {
				j++
			}
			if j < len(items) && items[j].names() && items[j].person && items[j].kind != pronounItem && !items[j].owner {
				return r.addressed(items, j)
			}
		}
		if it.kind != plainItem || mediumNouns[it.key] != "conversation" || i == 0 || i+2 >= len(items) || items[i+1].key != "with" {
			continue
		}
		if !within[items[i-1].key] && (i == 1 || !within[items[i-2].key]) {
			continue
		}
		for j := i + 2; j < len(items) && j <= i+5; j++ {
			if items[j].names() && items[j].kind != pronounItem && !items[j].owner {
				return r.addressed(items, j)
			}
		}
	}
	return ""
}

// nearestInRole returns the person last named before a role to whom the manifest
// or the text gives it: "the Ambassador", "the British Ambassador" where there are
// several. "" if none is named in the passage.
func (r *speechReader) nearestInRole(it item) string {
	words := wordsOf(r.text[it.Start:it.End])
	of := stateOf(words)
	before, _ := slices.BinarySearchFunc(r.t.Mentions, it.Start, func(m Mention, at int) int { return m.Start - at })
	for _, m := range slices.Backward(r.t.Mentions[max(0, before-40):before]) {
		if r.who.mayHold(m.ID, it.key, of, words) {
			return m.ID
		}
	}
	for _, id := range []string{r.now.person, r.now.parties[0], r.now.parties[1]} {
		if r.who.mayHold(id, it.key, of, words) {
			return id
		}
	}
	return ""
}
