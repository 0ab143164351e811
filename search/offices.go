package search

import (
	"maps"
	"slices"
	"strings"

	"ibid/corpus"
	"ibid/indexer/analysis"
)

// An office is what readers call a person or body by who leave the name out: "British ambassador in Moscow", "the envoy in Paris",
// "Reich chancellor", "chief of the British mission", "Anglo-French delegates".
type office struct {
	actor  string
	noun   string // ambassador, delegation
	person bool
	parts  []part // what may stand beside the noun
}

// A part is what one word or several of the same meaning say of an office: for whom, where, of what.
type part struct {
	any    map[string]bool // stems
	needed bool            // without it the office is another: foreign, of a foreign minister
	state  bool            // whose it is
	place  string          // its stem, of where it is held; other names of it stand behind in, at or to only
}

// offices are those of a corpus by their nouns.
type offices map[string][]*office

// An alias is what a noun of office, as a reader may type it, stands for.
type alias struct {
	nouns []string // of offices as they are printed, itself first
	state string   // the only one that has such an office, in its adjective; "" for others
}

// officeNouns are the nouns of office that a person may be called by, folded. Each stands for itself, too.
var officeNouns = func() map[string]alias {
	table := map[string]alias{
		"envoy": {nouns: []string{"ambassador", "charge", "minister"}}, "emissary": {nouns: []string{"ambassador", "envoy", "charge"}},
		"plenipotentiary": {nouns: []string{"ambassador", "envoy"}}, "ambassador": {nouns: []string{"envoy", "plenipotentiary"}},
		"polpred": {nouns: []string{"ambassador", "plenipotentiary"}, state: "soviet"}, "narkom": {nouns: []string{"commissar", "minister"}, state: "soviet"},
		"commissar": {nouns: []string{"minister"}, state: "soviet"}, "minister": {nouns: []string{"commissar", "secretary"}}, "secretary": {nouns: []string{"minister"}},
		"chief": {nouns: []string{"head", "leader"}}, "head": {nouns: []string{"chief", "leader"}}, "leader": {nouns: []string{"head", "chief"}},
		"kanzler": {nouns: []string{"chancellor"}, state: "german"}, "reichskanzler": {nouns: []string{"chancellor"}, state: "german"},
		"fuhrer": {nouns: []string{"chancellor", "leader"}, state: "german"}, "duce": {nouns: []string{"premier", "leader"}, state: "italian"},
		"kaiser": {nouns: []string{"emperor"}, state: "german"}, "emperor": {nouns: []string{"kaiser", "tsar"}},
		"tsar": {nouns: []string{"emperor"}, state: "russian"}, "czar": {nouns: []string{"tsar", "emperor"}, state: "russian"},
		"translator": {nouns: []string{"interpreter"}}, "interpreter": {nouns: []string{"translator"}},
		"counselor": {nouns: []string{"counsellor"}}, "counsellor": {nouns: []string{"counselor"}},
	}
	for noun := range strings.FieldsSeq(`charge premier chancellor president attache consul governor commissioner representative delegate director chairman
		general admiral marshal colonel captain commander king queen regent pope spokesman viceroy`) {
		table[noun] = alias{}
	}
	for noun, c := range table {
		table[noun] = alias{append([]string{noun}, c.nouns...), c.state}
	}
	return table
}()

// bodyNouns are the nouns of bodies, folded, with those that stand for one another; of persons, the plural.
var bodyNouns = func() map[string]alias {
	table := map[string]alias{}
	for _, line := range []string{
		"delegation delegations mission missions deputation delegates envoys emissaries representatives negotiators",
		"ministry office commissariat department",
		"embassy legation",
	} {
		nouns := strings.Fields(line)
		for _, noun := range nouns {
			table[noun] = alias{nouns: nouns[:1]}
		}
	}
	return table
}()

// aloneOffice are nouns of office that say enough by themselves where only one person of a corpus holds such an office, and that mean little else.
var aloneOffice = map[string]bool{
	"chancellor": true, "premier": true, "president": true, "king": true, "queen": true, "emperor": true, "kaiser": true, "tsar": true, "czar": true, "pope": true,
	"admiral": true, "attache": true, "viceroy": true, "regent": true,
}

// blocs are the names of several powers together.
var blocs = map[string]bool{"allied": true, "western": true, "axis": true, "entente": true}

// Words that an office may be printed or typed with and without: before its noun, and behind a word that says something of it.
var (
	mayStandBefore = map[string]bool{
		"acting": true, "former": true, "late": true, "new": true, "then": true, "people": true, "imperial": true, "royal": true, "permanent": true,
	}
	mayStandBehind = map[string]bool{"affairs": true, "affair": true, "republic": true, "empire": true, "kingdom": true}
)

// others are words before an office that make it another's: deputy foreign minister.
var others = map[string]bool{"deputy": true, "vice": true, "assistant": true, "under": true}

// An officeReader reads what a manifest tells of offices. It keeps the stems that stand for what it met.
type officeReader struct {
	actors       map[string]*corpus.Actor   // by id, the states among them
	like, places map[string]map[string]bool // by folded word
	states       map[string]map[string]bool // by id
}

// readOffices notes the offices that a manifest tells of: the roles of persons who act for a state, with the ranks that
// are a form of their name, and the names of bodies; and the words that such offices have.
func (n *names) readOffices(actors []corpus.Actor) {
	n.offices, n.officeStems = offices{}, map[string]bool{}
	n.longStates, n.seats = map[string]bool{}, map[string]string{}
	r := officeReader{actors: n.actors, like: map[string]map[string]bool{}, places: map[string]map[string]bool{}, states: map[string]map[string]bool{}}
	for i := range actors {
		if a := &actors[i]; a.Kind == corpus.State {
			n.addState(a, r.stateWords(a))
		}
	}
	for i := range actors {
		for _, o := range r.read(&actors[i]) {
			n.offices[o.noun] = append(n.offices[o.noun], o)
			for _, p := range o.parts {
				for stem := range p.any {
					n.officeStems[stem] = true
				}
			}
		}
	}
}

// addState notes the names of several words of a state, and its seats.
func (n *names) addState(a *corpus.Actor, words map[string]bool) {
	for stem := range words {
		if strings.Contains(stem, " ") {
			n.longStates[stem] = true
		}
	}
	for seat := range analysis.Seats {
		if words[analysis.Stem(seat)] {
			if _, known := n.seats[seat]; known {
				n.seats[seat] = "" // of two states, so of neither
			} else {
				n.seats[seat] = a.ID
			}
		}
	}
}

// read returns the offices of an actor.
func (r *officeReader) read(a *corpus.Actor) []*office {
	var out []*office
	add := func(o *office) {
		if o != nil {
			out = append(out, o)
		}
	}
	switch a.Kind {
	case corpus.Person:
		for _, role := range roles(a.Role) {
			add(r.personal(a, role))
		}
		family, _, _ := strings.Cut(a.Name, ",")
		for _, form := range a.Forms {
			if rank, ok := strings.CutSuffix(form, " "+family); ok { // Admiral Drax
				add(r.personal(a, rank))
			}
		}
	case corpus.Body:
		for _, form := range append([]string{a.Name}, a.Forms...) {
			add(r.body(a, form))
		}
	}
	return out
}

// roles returns the offices that a role tells of, each as far as its first comma or date. An "and" before another noun of office begins the next.
func roles(role string) []string {
	var out []string
	for part := range strings.SplitSeq(role, ";") {
		for _, end := range []string{",", " until ", " from ", " since "} {
			part, _, _ = strings.Cut(part, end)
		}
		for {
			before, behind, joined := strings.Cut(part, " and ")
			if !joined || !slices.ContainsFunc(officeWords(before), isNoun) || !slices.ContainsFunc(officeWords(behind), isNoun) {
				out = append(out, part)
				break
			}
			out, part = append(out, before), behind
		}
	}
	return out
}

func isNoun(w officeWord) bool { return officeNouns[w.term].nouns != nil }

// personal returns the office that a role of a person tells of; nil if it tells of none or the person acts for no state.
func (r *officeReader) personal(a *corpus.Actor, role string) *office {
	state := r.actors[a.Country]
	words := officeWords(role)
	at := slices.IndexFunc(words, isNoun)
	if at < 0 || state == nil {
		return nil
	}
	o := &office{actor: a.ID, noun: words[at].term, person: true}
	o.parts = append(o.parts, part{any: r.stateWords(state), state: true})
	of := -1 // the last word of what the office is of
	for i, w := range words {
		switch {
		case i == at:
		case w.where:
			o.parts = append(o.parts, part{any: r.placeWords(w.term), place: analysis.Stem(w.term)})
		case mayBeSaid(words, i, at) || o.parts[0].any[w.stem], i > at && w.term == "state": // Secretary of State
			o.parts = append(o.parts, part{any: r.likeWords(w.term)})
		case i < at:
			o.parts = append(o.parts, part{any: r.likeWords(w.term), needed: true})
		default:
			o.parts = append(o.parts, part{any: r.likeWords(w.term)})
			of = len(o.parts) - 1
		}
	}
	if of >= 0 {
		o.parts[of].needed = true
	}
	return o
}

// body returns what a name of a body says of it; nil if it does not name the body by a noun and a power, nor acts for a state, or has a date.
func (r *officeReader) body(a *corpus.Actor, name string) *office {
	words := officeWords(name)
	at := slices.IndexFunc(words, func(w officeWord) bool { return bodyNouns[w.term].nouns != nil })
	if at < 0 || strings.Contains(name, ",") {
		return nil
	}
	o := &office{actor: a.ID, noun: bodyNouns[words[at].term].nouns[0]}
	powers := false
	for i, w := range words {
		if i == at {
			continue
		}
		p := part{any: r.likeWords(w.term), needed: !mayStandBehind[w.term]}
		if analysis.IsPower(w.term) || blocs[w.term] {
			p.any, p.state, powers = r.placeWords(w.term), !w.where, true
		}
		if w.where {
			p.place = analysis.Stem(w.term)
		}
		o.parts = append(o.parts, p)
	}
	if state := r.actors[a.Country]; !powers && state != nil && len(o.parts) > 0 { // Foreign Office
		o.parts = append(o.parts, part{any: r.stateWords(state), state: true})
		powers = true
	}
	if !powers {
		return nil
	}
	return o
}

// stateWords returns the stems of the words that a state or its people are called by, and its names of several words whole.
func (r *officeReader) stateWords(state *corpus.Actor) map[string]bool {
	if out, ok := r.states[state.ID]; ok {
		return out
	}
	out := map[string]bool{}
	r.states[state.ID] = out
	for _, name := range append([]string{state.Name}, state.Forms...) {
		var terms []string
		for _, w := range officeWords(name) {
			terms = append(terms, w.term)
		}
		for _, term := range terms {
			if len(terms) == 1 || analysis.IsPower(term) {
				maps.Copy(out, r.placeWords(term))
			}
		}
		if len(terms) > 1 && len(terms) <= longestState {
			out[strings.Join(terms, " ")] = true
		}
	}
	return out
}

// longestState is the number of words of the longest name of a state that is read as one.
const longestState = 4

// leastPlace and leastLike are the weights from which one word stands for another in an office.
const (
	leastPlace = 0.6
	leastLike  = 0.9
)

// placeWords returns the stems of what a folded name of a power or place may be called, itself among them, but by no person's name.
func (r *officeReader) placeWords(name string) map[string]bool {
	return standsFor(r.places, name, analysis.Places, func(s analysis.Synonym) bool { return s.Weight >= leastPlace && analysis.IsPower(s.Word) })
}

// likeWords returns the stems of a folded word and what is as good as it.
func (r *officeReader) likeWords(word string) map[string]bool {
	return standsFor(r.like, word, analysis.Synonyms, func(s analysis.Synonym) bool { return s.Weight >= leastLike && !s.IsExpression() })
}

// standsFor returns the stems of a word and of what is told of it that is good, by known if it is there.
func standsFor(known map[string]map[string]bool, word string, told func(string) []analysis.Synonym, good func(analysis.Synonym) bool) map[string]bool {
	if out, ok := known[word]; ok {
		return out
	}
	out := map[string]bool{analysis.Stem(word): true}
	for _, s := range told(word) {
		if good(s) {
			out[s.Stem] = true
		}
	}
	known[word] = out
	return out
}

// An officeWord is a word of an office as it is printed or typed.
type officeWord struct {
	term   string // folded; of a state of several words all of them
	stem   string
	where  bool // behind in, at or to
	joined bool // behind and
	from   int  // index of the typed word that it is of
}

// officeWords returns the words of a text that say something of an office.
func officeWords(text string) []officeWord {
	return readOffice(strings.Fields(text), nil)
}

// readOffice appends the words that say something of an office to dst.
func readOffice(words []string, dst []officeWord) []officeWord {
	where, joined := false, false
	for i, w := range words {
		for _, t := range analysis.Terms(w) {
			switch t {
			case "in", "at", "to":
				where = true
			case "of", "for":
				where = false
			case "and":
				joined = true
			case "the", "d":
			default:
				dst = append(dst, officeWord{term: t, stem: analysis.Stem(t), where: where, joined: joined, from: i})
				joined = false
			}
		}
	}
	return dst
}

// described returns the actor whose office the typed words from at to end are, and how many of them are: the longest
// reading that only one actor answers to, and that what stands beside it does not contradict. "" and 0 if there is none.
func (n *names) described(words []string, at, end int) (string, int) {
	here := words[at:end]
	if len(here) == 0 || isOfficeStop(here[0]) || !slices.ContainsFunc(here, isOfficeNoun) || at > 0 && n.isOthers(words[at-1]) {
		return "", 0
	}
	read := n.readLong(readOffice(here, nil))
	known := slices.IndexFunc(read, func(w officeWord) bool { return !n.mayBeOf(w) })
	if known >= 0 {
		read = read[:known]
	}
	for last := len(read); last > 0; last-- {
		if last < len(read) && read[last].from == read[last-1].from {
			continue // within a compound
		}
		id := n.holder(read[:last])
		if id == "" {
			continue
		}
		length := read[last-1].from + 1
		if n.goesOn(words[at+length:]) || last == 1 && aloneOffice[read[0].term] && !standsAlone(words[at], words[at+length:]) {
			return "", 0
		}
		return id, length
	}
	return "", 0
}

// readLong returns the words with the names of states of several words as one.
func (n *names) readLong(read []officeWord) []officeWord {
	var out []officeWord
	for i := 0; i < len(read); {
		w, length := read[i], 1
		for long := min(longestState, len(read)-i); long > 1; long-- {
			var terms []string
			for _, part := range read[i : i+long] {
				terms = append(terms, part.term)
			}
			if name := strings.Join(terms, " "); n.longStates[name] {
				w.term, w.stem, w.from, length = name, name, read[i+long-1].from, long
				break
			}
		}
		out = append(out, w)
		i += length
	}
	return out
}

// isOthers says whether the office behind a word is not who holds it: deputy, or of a power that was not read with it.
func (n *names) isOthers(word string) bool {
	terms := analysis.Terms(word)
	if len(terms) == 0 {
		return false
	}
	last := terms[len(terms)-1]
	return others[last] || analysis.IsPower(last)
}

// mayBeOf says whether a word may be one of an office.
func (n *names) mayBeOf(w officeWord) bool {
	return officeNouns[w.term].nouns != nil || bodyNouns[w.term].nouns != nil || mayStandBefore[w.term] || mayStandBehind[w.term] || w.term == "daffaires" || w.term == "extraordinary" ||
		slices.ContainsFunc(w.stems(), func(stem string) bool { return n.officeStems[stem] })
}

// stems returns the stems that a word may be met by: its own, those of the adjectives that the first part of a compound stands for (anglo), those of
// the words of a state's name.
func (w officeWord) stems() []string {
	out := []string{w.stem}
	for _, t := range analysis.Combined(w.term) {
		out = append(out, analysis.Stem(t))
	}
	if strings.Contains(w.term, " ") {
		for t := range strings.FieldsSeq(w.term) {
			out = append(out, analysis.Stem(t))
		}
	}
	return out
}

// goesOn says whether the words behind an office say more of it: of what, where.
func (n *names) goesOn(behind []string) bool {
	if len(behind) == 0 {
		return false
	}
	switch strings.ToLower(behind[0]) {
	case "of", "for":
		return true
	case "in", "at", "to":
		next := slices.IndexFunc(behind[1:], func(w string) bool { return !strings.EqualFold(w, "the") })
		if next < 0 {
			return false
		}
		terms := analysis.Terms(behind[1+next])
		return len(terms) > 0 && len(analysis.Places(terms[0])) > 0
	}
	return false
}

// standsAlone says whether a title is no part of somebody's name: it has an 's, or a stop word or nothing stands behind it.
func standsAlone(title string, behind []string) bool {
	return len(behind) == 0 || isStop(behind[0]) || strings.HasSuffix(strings.ReplaceAll(strings.ToLower(title), "\u2019", "'"), "'s")
}

// isOfficeNoun says whether a typed word is a noun of office, or has one as a part.
func isOfficeNoun(word string) bool {
	return slices.ContainsFunc(analysis.Terms(word), func(t string) bool { return officeNouns[t].nouns != nil || bodyNouns[t].nouns != nil })
}

// isOfficeStop says whether no office begins with a word.
func isOfficeStop(word string) bool {
	terms := analysis.Terms(word)
	return len(terms) == 0 || analysis.IsStop(terms[0])
}

// holder returns the only actor whose office all the words are; "" if there is none, or several. Who holds it by the noun as typed goes before all
// who hold one that it stands for.
func (n *names) holder(words []officeWord) string {
	for i, w := range words {
		for _, a := range []alias{officeNouns[w.term], bodyNouns[w.term]} {
			if a.nouns == nil {
				continue
			}
			for _, nouns := range [][]string{a.nouns[:1], a.nouns[1:]} {
				if id, found := n.only(nouns, words, i, a.state); found {
					return id
				}
			}
		}
	}
	return ""
}

// only returns the actor who has an office of one of the nouns that the words are; "" if several do. False if none does.
func (n *names) only(nouns []string, words []officeWord, noun int, state string) (string, bool) {
	found := ""
	for _, name := range nouns {
		for _, o := range n.offices[name] {
			switch {
			case o.actor == found || !o.answersTo(words, noun, state):
			case found != "":
				return "", true
			default:
				found = o.actor
			}
		}
	}
	return found, found != ""
}

// mostParts is the number of parts that an office is known by at most.
const mostParts = 16

// answersTo says whether the office is what words call it, of which that at index noun is its noun; only a state that has such an office is meant, if one is told.
func (o *office) answersTo(words []officeWord, noun int, state string) bool {
	if len(o.parts) > mostParts || len(words) < 2 && state == "" && !aloneOffice[words[0].term] {
		return false
	}
	if state != "" && !slices.ContainsFunc(o.parts, func(p part) bool { return p.state && p.any[analysis.Stem(state)] }) {
		return false
	}
	var met [mostParts]bool
	for i, w := range words {
		if i == noun {
			continue
		}
		if w.joined && o.person && i > 0 {
			return false
		}
		found := false
		for _, stem := range w.stems() {
			for j, p := range o.parts {
				if p.any[stem] && p.mayStand(w, stem) {
					met[j], found = true, true
				}
			}
		}
		if !found && !mayBeSaid(words, i, noun) {
			return false
		}
	}
	for j, p := range o.parts {
		if p.needed && !met[j] {
			return false
		}
	}
	return true
}

// mayBeSaid says whether the word at i says nothing that the office must have.
func mayBeSaid(words []officeWord, i, noun int) bool {
	term := words[i].term
	switch {
	case i < noun:
		return mayStandBefore[term]
	case i == noun+1:
		return term == "daffaires" || term == "extraordinary" || term == "general" && words[noun].term == "consul"
	}
	return mayStandBehind[term]
}

// mayStand says whether a word may stand where one that says this part does: a state not behind in, at or to, and a place there, unless it has its own name.
func (p part) mayStand(w officeWord, stem string) bool {
	return w.where && !p.state || !w.where && (p.place == "" || p.place == stem)
}

// power returns the only state that a typed name of a capital or seat of government stands for; "" if there is none.
func (n *names) power(word string) string {
	if terms := analysis.Terms(word); len(terms) == 1 {
		return n.seats[terms[0]]
	}
	return ""
}
