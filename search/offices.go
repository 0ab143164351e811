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
	actor string
	noun  string // ambassador, delegation
	parts []part // what may stand beside the noun
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

// maxOffice is the number of words that a reader may call an office by.
const maxOffice = 9

// A called is what a noun of office, as a reader may type it, stands for.
type called struct {
	nouns []string // of offices as they are printed, the nearest first
	state string   // the only one that has such an office, in its adjective; "" for others
}

// officeNouns are the nouns of office that a person may be called by, folded. Each stands for itself, too.
var officeNouns = func() map[string]called {
	table := map[string]called{
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
		table[noun] = called{}
	}
	for noun, c := range table {
		table[noun] = called{append([]string{noun}, c.nouns...), c.state}
	}
	return table
}()

// bodyNouns are the nouns of bodies, folded, with those that stand for one another; of persons, the plural.
var bodyNouns = func() map[string]called {
	table := map[string]called{}
	for _, line := range []string{
		"delegation delegations mission missions deputation delegates envoys emissaries representatives negotiators",
		"ministry office commissariat department",
		"embassy legation",
	} {
		nouns := strings.Fields(line)
		for _, noun := range nouns {
			table[noun] = called{nouns: nouns[:1]}
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

// mayBeSaid are words that an office may be printed or typed with and without.
var mayBeSaid = map[string]bool{
	"acting": true, "former": true, "late": true, "new": true, "then": true, "people": true, "affairs": true, "affair": true, "daffaires": true, "extraordinary": true,
	"union": true, "republic": true, "empire": true, // of a state that is told
}

// An officeReader reads what a manifest tells of offices. It keeps the stems that stand for what it met.
type officeReader struct {
	actors       map[string]*corpus.Actor   // by id, the states among them
	like, places map[string]map[string]bool // by folded word
	states       map[string]map[string]bool // by id
}

// newOffices returns the offices that a manifest tells of: the roles of persons who act for a state, with the ranks that
// are a form of their name, and the names of bodies.
func newOffices(actors []corpus.Actor, byID map[string]*corpus.Actor) offices {
	out := offices{}
	r := officeReader{actors: byID, like: map[string]map[string]bool{}, places: map[string]map[string]bool{}, states: map[string]map[string]bool{}}
	add := func(o *office) {
		if o != nil {
			out[o.noun] = append(out[o.noun], o)
		}
	}
	for i := range actors {
		switch a := &actors[i]; a.Kind {
		case corpus.Person:
			for role := range strings.SplitSeq(a.Role, ";") {
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
	}
	return out
}

// personal returns the office that a role of a person tells of, as far as its first comma or date; nil if it tells of none or the person acts for no state.
func (r *officeReader) personal(a *corpus.Actor, role string) *office {
	state := r.actors[a.Country]
	if state == nil {
		return nil
	}
	for _, end := range []string{",", " until ", " from ", " since "} {
		role, _, _ = strings.Cut(role, end)
	}
	words := officeWords(role)
	at := slices.IndexFunc(words, func(w officeWord) bool { return officeNouns[w.term].nouns != nil })
	if at < 0 {
		return nil
	}
	o := &office{actor: a.ID, noun: words[at].term}
	o.parts = append(o.parts, part{any: r.stateWords(state), state: true})
	of := -1 // the last word of what the office is of
	for i, w := range words {
		switch {
		case i == at:
		case w.where:
			o.parts = append(o.parts, part{any: r.placeWords(w.term), place: analysis.Stem(w.term)})
		case mayBeSaid[w.term] || o.parts[0].any[analysis.Stem(w.term)] || len(analysis.Places(w.term)) > 0:
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

// body returns what a name of a body says of it; nil if it does not name the body by a noun and a power, or has a place or date.
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
		p := part{any: r.likeWords(w.term), needed: !mayBeSaid[w.term]}
		if len(analysis.Places(w.term)) > 0 || blocs[w.term] {
			p.any, p.state, powers = r.placeWords(w.term), !w.where, true
		}
		if w.where {
			p.place = analysis.Stem(w.term)
		}
		o.parts = append(o.parts, p)
	}
	if !powers {
		return nil
	}
	return o
}

// stateWords returns the stems of the words that a state or its people are called by.
func (r *officeReader) stateWords(state *corpus.Actor) map[string]bool {
	if out, ok := r.states[state.ID]; ok {
		return out
	}
	out := map[string]bool{}
	r.states[state.ID] = out
	for _, name := range append([]string{state.Name}, state.Forms...) {
		terms := analysis.Terms(name)
		for _, term := range terms {
			if len(terms) == 1 || len(analysis.Places(term)) > 0 {
				maps.Copy(out, r.placeWords(term))
			}
		}
	}
	return out
}

// leastPlace and leastLike are the weights from which one word stands for another in an office.
const (
	leastPlace = 0.6
	leastLike  = 0.9
)

// placeWords returns the stems of what a folded name of a power or place may be called, itself among them.
func (r *officeReader) placeWords(name string) map[string]bool {
	return standsFor(r.places, name, analysis.Places, leastPlace)
}

// likeWords returns the stems of a folded word and what is as good as it.
func (r *officeReader) likeWords(word string) map[string]bool {
	return standsFor(r.like, word, analysis.Synonyms, leastLike)
}

// standsFor returns the stems of a word and of what is told of it with a weight of least or more, by known if it is there.
func standsFor(known map[string]map[string]bool, word string, told func(string) []analysis.Synonym, least float64) map[string]bool {
	if out, ok := known[word]; ok {
		return out
	}
	out := map[string]bool{analysis.Stem(word): true}
	for _, s := range told(word) {
		if s.Weight >= least && !s.IsExpression() {
			out[s.Stem] = true
		}
	}
	known[word] = out
	return out
}

// An officeWord is a word of an office as it is printed or typed.
type officeWord struct {
	term  string // folded
	where bool   // behind in, at or to
	from  int    // index of the typed word that it is of
}

// officeWords returns the words of a text that say something of an office.
func officeWords(text string) []officeWord {
	return readOffice(strings.Fields(text), nil)
}

// readOffice appends the words that say something of an office to dst.
func readOffice(words []string, dst []officeWord) []officeWord {
	where := false
	for i, w := range words {
		for _, t := range analysis.Terms(w) {
			switch t {
			case "in", "at", "to":
				where = true
			case "of", "for":
				where = false
			case "the", "and", "d":
			default:
				dst = append(dst, officeWord{term: t, where: where, from: i})
			}
		}
	}
	return dst
}

// described returns the actor whose office the folded words at the beginning are, and how many of them are: the longest
// reading that only one actor answers to. "" and 0 if there is none.
func (n *names) described(words []string) (string, int) {
	words = words[:min(len(words), maxOffice)]
	if !slices.ContainsFunc(words, isOfficeNoun) || isOfficeStop(words[0]) {
		return "", 0
	}
	var buffer [2 * maxOffice]officeWord
	read := readOffice(words, buffer[:0])
	for end := len(read); end > 0; end-- {
		if end < len(read) && read[end].from == read[end-1].from {
			continue // within a compound
		}
		if id := n.holder(read[:end]); id != "" {
			return id, read[end-1].from + 1
		}
	}
	return "", 0
}

// isOfficeNoun says whether a folded word is a noun of office, or one may be a part of it.
func isOfficeNoun(word string) bool {
	return officeNouns[word].nouns != nil || bodyNouns[word].nouns != nil || strings.Contains(word, "-")
}

// isOfficeStop says whether no office begins with a word.
func isOfficeStop(word string) bool {
	terms := analysis.Terms(word)
	return len(terms) == 0 || analysis.IsStop(terms[0])
}

// holder returns the only actor whose office all the words are; "" if there is none, or several.
func (n *names) holder(words []officeWord) string {
	for i, w := range words {
		for _, c := range []called{officeNouns[w.term], bodyNouns[w.term]} {
			for _, noun := range c.nouns {
				found := ""
				for _, o := range n.offices[noun] {
					switch {
					case o.actor == found || !o.is(words, i, c.state):
					case found != "":
						return ""
					default:
						found = o.actor
					}
				}
				if found != "" {
					return found
				}
			}
		}
	}
	return ""
}

// is says whether the office is what words call it, of which that at index noun is its noun; only a state that has such an office is meant, if one is told.
func (o *office) is(words []officeWord, noun int, state string) bool {
	var met [16]bool
	if len(o.parts) > len(met) || len(words) < 2 && state == "" && !aloneOffice[words[0].term] {
		return false
	}
	if state != "" && !slices.ContainsFunc(o.parts, func(p part) bool { return p.state && p.any[analysis.Stem(state)] }) {
		return false
	}
	for i, w := range words {
		if i == noun {
			continue
		}
		found := false
		for _, t := range append(analysis.Combined(w.term), w.term) {
			stem := analysis.Stem(t)
			for j, p := range o.parts {
				if p.any[stem] && p.fits(w, stem) {
					met[j], found = true, true
				}
			}
		}
		if !found && !mayBeSaid[w.term] {
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

// fits says whether a word stands where one that says this part may: a state not behind in, at or to, and a place there, unless it has its own name.
func (p part) fits(w officeWord, stem string) bool {
	return w.where && !p.state || !w.where && (p.place == "" || p.place == stem)
}

// power returns the only state that a folded name of a capital or of a ministry's street stands for, and that is not called so itself; "" if
// there is none.
func (n *names) power(word string) string {
	stem := analysis.Stem(word)
	found := ""
	for _, id := range slices.Sorted(maps.Keys(n.states)) {
		own := n.states[id]
		switch {
		case own[stem]:
			return "" // the name of a state, or an adjective
		case !slices.ContainsFunc(analysis.Places(word), func(s analysis.Synonym) bool { return s.Weight >= leastPlace && own[s.Stem] }):
		case found != "":
			return ""
		default:
			found = id
		}
	}
	return found
}

// ownWords returns the stems of the names of a state and of the adjective made of them.
func ownWords(state *corpus.Actor) map[string]bool {
	out := map[string]bool{}
	for _, name := range append([]string{state.Name}, state.Forms...) {
		for _, t := range analysis.Terms(name) {
			if len(analysis.Places(t)) > 0 {
				out[analysis.Stem(t)] = true
			}
		}
	}
	return out
}
