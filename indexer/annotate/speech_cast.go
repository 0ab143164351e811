package annotate

import (
	"slices"
	"strings"
	"unicode/utf8"

	"ibid/corpus"
)

// A cast is who the manifest and the text so far name: it tells persons from
// bodies and resolves roles ("the German Ambassador") to persons.
type cast struct {
	actors   map[string]*corpus.Actor
	states   map[string]string   // folded form of a state -> its id
	common   map[string]bool     // words that the source prints small
	families map[string][]string // folded family name -> ids of the persons who bear it
	authors  map[string]bool     // last names of the authors that the source cites, folded
	inside   map[string]bool     // words that the source prints with a capital inside a sentence
	places   map[string]bool     // words that the source names places with: see isPlace
	held     []holding           // roles that the text gave to persons, in order
}

// A role is an office, the state that it is held for and the place where.
// Empty parts are not told.
type role struct {
	noun, of, place string
	words           []word // as printed
}

// A holding is a role that the text says an actor has: "Schulenburg, the German Ambassador in Moscow".
type holding struct {
	role
	actor string
}

func newCast(m *corpus.Manifest, texts []*Text) *cast {
	c := &cast{actors: map[string]*corpus.Actor{}, states: map[string]string{}, common: map[string]bool{}, families: map[string][]string{}, authors: map[string]bool{},
		inside: map[string]bool{}, places: map[string]bool{}}
	for _, t := range texts {
		if t.Reading == nil {
			continue
		}
		words := t.words()
		for i, w := range words {
			if !w.caps {
				c.common[w.key] = true
			}
			if w.caps && w.gap == " " && i > 0 && !words[i-1].caps {
				c.inside[w.key] = true
			}
			if placed := i > 0 && w.gap == " " && w.caps && whereabouts[words[i-1].key]; placed && (i+1 == len(words) || words[i+1].key != "s") {
				c.places[w.key] = true
			}
		}
		for _, cit := range t.Citations {
			if words := wordsOf(authorName(cit.ID)); cit.Kind == corpus.CitesWork && len(words) > 0 {
				c.authors[words[len(words)-1].key] = true
			}
		}
	}
	for i := range m.Actors {
		a := &m.Actors[i]
		c.actors[a.ID] = a
		if a.Kind == corpus.Person {
			family, _, _ := strings.Cut(a.Name, ",")
			c.families[fold(family)] = append(c.families[fold(family)], a.ID)
		}
		if a.Kind != corpus.State {
			continue
		}
		for _, form := range append([]string{a.Name}, a.Forms...) {
			c.states[fold(form)] = a.ID
		}
	}
	return c
}

// isAuthor tells whether name ends with the name of an author that the source cites.
func (c *cast) isAuthor(name string) bool {
	words := wordsOf(name)
	return len(words) > 0 && c.authors[words[len(words)-1].key]
}

// whereabouts stand before the names of places and never before those of persons
// alone; parts of the world ("Upper Egypt") may stand between.
var whereabouts = lexicon("in into throughout near northern southern eastern western north south east west upper lower central")

// isPlace tells whether words are a name that the source elsewhere has somebody
// in: "America", after "in America". A title or given name makes it a person's.
func (c *cast) isPlace(words []word) bool {
	for _, w := range words {
		if titles[w.key] || corpus.IsGivenName(w.key) || utf8.RuneCountInString(w.text) == 1 {
			return false
		}
	}
	return c.places[words[len(words)-1].key]
}

// isPerson tells whether id is a person of the authority file, or no actor of it at all.
func (c *cast) isPerson(id string) bool {
	a := c.actors[id]
	return a == nil || a.Kind == corpus.Person
}

// stateID returns the id of the state an adjective belongs to, "" if the manifest has none.
func (c *cast) stateID(demonym string) string {
	name := demonyms[demonym]
	if id := c.states[name]; id != "" {
		return id
	}
	for _, other := range otherNames[name] {
		if id := c.states[other]; id != "" {
			return id
		}
	}
	return ""
}

// otherNames are names under which an authority file may have the states of demonyms.
var otherNames = map[string][]string{
	"britain":       {"great britain", "united kingdom", "england"},
	"england":       {"great britain", "britain", "united kingdom"},
	"soviet union":  {"ussr", "russia"},
	"russia":        {"soviet union", "russian empire"},
	"united states": {"united states of america", "america", "usa"},
	"germany":       {"german empire", "german reich"},
	"turkey":        {"ottoman empire", "porte"},
	"austria":       {"austria-hungary", "austria hungary"},
	"hungary":       {"austria-hungary", "austria hungary"},
}

// hold notes that the text gives actor a role.
func (c *cast) hold(r role, actor string) { c.held = append(c.held, holding{r, actor}) }

// inRole returns the person who has role r: the last to whom the text gave it,
// else the only one to whom the manifest gives it; "" if none is told. A role
// without its state and place is not enough ("the Minister").
func (c *cast) inRole(r role) string {
	if r.of == "" && r.place == "" {
		return ""
	}
	for _, h := range slices.Backward(c.held[max(0, len(c.held)-200):]) {
		if h.noun == r.noun && agree(h.of, r.of) && agree(h.place, r.place) {
			return h.actor
		}
	}
	var held, wholly []string // by noun and place; by every word that is printed
	for id, a := range c.actors {
		if a.Kind != corpus.Person || a.Role == "" || !c.actsFor(a, r.of) {
			continue
		}
		words := keysOf(wordsOf(a.Role))
		if !words[r.noun] || r.place != "" && !words[r.place] {
			continue
		}
		if held = append(held, id); r.isIn(words) {
			wholly = append(wholly, id)
		}
	}
	switch {
	case len(held) == 1:
		return held[0]
	case len(wholly) == 1:
		return wholly[0]
	}
	return ""
}

// isIn tells whether all words of a printed role but determiners and adjectives
// of states are among words: of "the Austrian Foreign Minister", "foreign" and "minister".
func (r role) isIn(words map[string]bool) bool {
	for _, w := range r.words {
		if !words[w.key] && !determiners[w.key] && !isDemonym(w.key) && !isAdjective(w.key) {
			return false
		}
	}
	return true
}

// lastWoman returns the last person named before byte at whose name or role is a
// woman's, for "she": "" if there is none.
func (c *cast) lastWoman(mentions []Mention, at int) string {
	before, _ := slices.BinarySearchFunc(mentions, at, func(m Mention, at int) int { return m.Start - at })
	for _, m := range slices.Backward(mentions[max(0, before-60):before]) {
		a := c.actors[m.ID]
		if a == nil || a.Kind != corpus.Person {
			continue
		}
		if hasWord(wordsOf(a.Name+" "+a.Role+" "+strings.Join(a.Forms, " ")), womens) {
			return m.ID
		}
	}
	return ""
}

// womens are titles and given names of women.
var womens = lexicon(`queen empress princess duchess countess baroness lady dame mrs miss mme madame mademoiselle frau fraulein signora tsarina
	tsaritsa victoria elizabeth mary anne anna maria catherine katharine margaret alexandra alexandrine eugenie isabella charlotte
	caroline sophia louise wilhelmina juliana eleanor alice bertha clara rosa emma jane sarah ruth helen harriet susan lucretia
	lucy martha rachel rebecca hannah abigail dorothy agnes edith florence gertrude beatrice angela indira golda`)

func keysOf(words []word) map[string]bool {
	keys := map[string]bool{}
	for _, w := range words {
		keys[w.key] = true
	}
	return keys
}

// mayHold tells whether the manifest gives a person the office that is printed as
// words, or the text one of its noun, for the state of an adjective if one is told.
func (c *cast) mayHold(id, noun, demonym string, words []word) bool {
	a := c.actors[id]
	if a == nil || a.Kind != corpus.Person || !c.actsFor(a, demonym) {
		return false
	}
	return role{words: words}.isIn(keysOf(wordsOf(a.Role))) ||
		slices.ContainsFunc(c.held[max(0, len(c.held)-200):], func(h holding) bool { return h.actor == id && h.noun == noun })
}

// only returns the one person to whom the manifest gives an office of two words
// or more ("foreign secretary"), "" if there are none or several.
func (c *cast) only(office string) string {
	found := ""
	for id, a := range c.actors {
		if a.Kind != corpus.Person || !strings.Contains(office, " ") || !strings.Contains(fold(a.Role), office) {
			continue
		}
		if found != "" {
			return ""
		}
		found = id
	}
	return found
}

// actsFor tells whether a acts for the state that an adjective names.
func (c *cast) actsFor(a *corpus.Actor, demonym string) bool {
	return demonym == "" || a.Country != "" && c.stateID(demonym) == a.Country
}

// agree tells whether two parts of a role may be the same: equal or one untold.
func agree(a, b string) bool { return a == "" || b == "" || a == b }

// roleAt reads a role at word i: "the German Ambassador", "the new British
// Ambassador", "German commercial attache". It returns the word after its noun
// of office, and that noun.
func roleAt(words []word, i int) (end int, noun string) {
	j := i
	for j < len(words) && j-i < 5 {
		if j > i && words[j].gap != " " && words[j].gap != " '" {
			return i, ""
		}
		w := words[j]
		switch {
		case personNouns[w.key] && (j > i || w.caps):
			for j+1 < len(words) && words[j+1].gap == " " && personNouns[words[j+1].key] {
				j++
			}
			if stateOf(words[i:j+1]) == "" && !determiners[words[i].key] {
				return i, ""
			}
			return j + 1, words[j].key
		case j == i && (w.key == "the" || w.key == "an" || w.key == "a"), isDemonym(w.key), w.caps && j > i, offices[w.key], isAdjective(w.key), w.key == "commercial", w.key == "local", w.key == "official", w.key == "acting", w.key == "d":
			j++
		default:
			return i, ""
		}
	}
	return i, ""
}

// stateOf returns the adjective of a state among words, "" if there is none.
func stateOf(words []word) string {
	for _, w := range words {
		if isDemonym(w.key) {
			return w.key
		}
	}
	return ""
}

// placeAfter returns the place that "in" or "at" adds to a role.
func placeAfter(words []word, i int) string {
	if i+1 < len(words) && (words[i].key == "in" || words[i].key == "at" || words[i].key == "to") && words[i+1].caps {
		return words[i+1].key
	}
	return ""
}

// appositions joins a name and the role printed beside it, "Schulenburg, the
// German Ambassador in Moscow,": the text gives him the role, and the role is no
// name of its own. "The German Ambassador, Schulenburg," and a role in brackets
// after a name are read alike.
func (s *scene) appositions(who *cast) {
	for i := range s.items {
		it := &s.items[i]
		if it.kind != roleItem {
			continue
		}
		near := s.besides(i)
		if near < 0 {
			continue
		}
		words := wordsOf(s.text[it.Start:min(len(s.text), it.End+40)])
		n := len(wordsOf(s.text[it.Start:it.End]))
		who.hold(role{noun: it.key, of: stateOf(words[:n]), place: placeAfter(words, n)}, s.items[near].id)
		it.kind, it.id = plainItem, ""
	}
	for i := range s.items {
		if it := &s.items[i]; it.kind == roleItem && it.id == "" && !isServant(s.text[it.Start:it.End]) {
			words := wordsOf(s.text[it.Start:min(len(s.text), it.End+40)])
			n := len(wordsOf(s.text[it.Start:it.End]))
			it.id = who.inRole(role{noun: it.key, of: stateOf(words[:n]), place: placeAfter(words, n), words: words[:n]})
		}
	}
}

// isServant tells whether a role is somebody's: "his ambassador".
func isServant(printed string) bool {
	return strings.HasPrefix(fold(printed), "his ") || strings.HasPrefix(fold(printed), "their ")
}

// servant returns the one person of a country to whom the manifest gives an office
// at a place: "his ambassador in London". "" if there are none or several.
func (c *cast) servant(country, noun, place string) string {
	found := ""
	for id, a := range c.actors {
		words := keysOf(wordsOf(a.Role))
		if a.Kind != corpus.Person || country == "" || a.Country != country || !words[noun] || place != "" && !words[place] {
			continue
		}
		if found != "" {
			return ""
		}
		found = id
	}
	return found
}

// besides returns the index of the name to which role i is set in apposition, -1 if there is none.
func (s *scene) besides(i int) int {
	it := s.items[i]
	if i > 0 {
		prev := s.items[i-1]
		gap := s.text[prev.End:it.Start]
		if prev.kind == actorItem && prev.person && (strings.HasPrefix(gap, ", ") || strings.Contains(gap, "(")) && !strings.Contains(gap, ".") {
			return i - 1
		}
	}
	if i+1 < len(s.items) {
		next := s.items[i+1]
		if gap := s.text[it.End:next.Start]; next.kind == actorItem && next.person && (gap == " " || gap == ", ") {
			return i + 1
		}
	}
	return -1
}
