package annotate

import (
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"ibid/corpus"
)

// An authority is the authority file of a manifest, ready for look-up, with what
// the source at hand shows about its names.
type authority struct {
	sequences map[string][]sequence     // full forms, by the key of their first word
	families  map[string][]*namesake    // persons, by family name (folded)
	bySound   map[string]string         // sound key of a family name -> family name
	places    []sequence                // one-word names of states and bodies, for names damaged in print
	names     map[string]bool           // every word of every name
	common    map[string]bool           // words that the source prints in lower case
	count     map[string]int            // capitalised words of the source
	authors   map[string]bool           // family names of cited authors
	near      map[string]neighbour      // printed word -> nearest family name, as far as asked
	named     map[string]map[string]int // family name -> id of a bearer -> how often the texts so far named him
	shared    map[string]bool           // family names that another person, one not in the authority file, bears too
}

// A sequence is a form of several words, or of one.
type sequence struct {
	keys  []string
	caps  bool // the first word begins with a capital
	actor string
}

// A namesake is one of the persons who bear a family name.
type namesake struct {
	id     string
	given  []string // folded; without titles and particles
	titles map[string]bool
}

func newAuthority(m *corpus.Manifest, texts []*Text) *authority {
	a := &authority{
		sequences: map[string][]sequence{}, families: map[string][]*namesake{}, bySound: map[string]string{},
		names: map[string]bool{}, common: map[string]bool{}, count: map[string]int{},
		authors: map[string]bool{}, near: map[string]neighbour{}, shared: map[string]bool{}, named: map[string]map[string]int{},
	}
	for i := range m.Actors {
		a.add(&m.Actors[i])
	}
	a.addKnights(m)
	a.observe(texts)
	return a
}

// add enters an actor's name and forms.
func (a *authority) add(actor *corpus.Actor) {
	if actor.Kind == corpus.Person {
		a.addPerson(actor)
		return
	}
	for _, form := range append([]string{actor.Name}, actor.Forms...) {
		if s := a.addSequence(form, actor.ID); len(s.keys) == 1 {
			a.places = append(a.places, s)
		}
	}
}

// addKnights enters "Sir Samuel" for the one person whose forms have "Sir Samuel
// Hoare": English knights and baronets go by title and given name.
func (a *authority) addKnights(m *corpus.Manifest) {
	knights := map[string]string{} // "sir samuel" -> id; "" if there are several
	for _, actor := range m.Actors {
		for _, form := range actor.Forms {
			words := wordsOf(form)
			if actor.Kind != corpus.Person || len(words) < 3 || words[0].key != "sir" && words[0].key != "dame" || len(words[1].text) < 3 {
				continue
			}
			name := form[:words[1].End]
			if id, seen := knights[name]; seen && id != actor.ID {
				knights[name] = ""
			} else {
				knights[name] = actor.ID
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(knights)) {
		if knights[name] != "" {
			a.addSequence(name, knights[name])
		}
	}
}

// addSequence enters a form to be found word by word.
func (a *authority) addSequence(form, id string) sequence {
	words := wordsOf(form)
	if len(words) == 0 {
		return sequence{}
	}
	s := sequence{caps: words[0].caps, actor: id}
	for _, w := range words {
		s.keys = append(s.keys, w.key)
		a.names[w.key] = true
	}
	a.sequences[s.keys[0]] = append(a.sequences[s.keys[0]], s)
	return s
}

// addPerson enters "Family, Given" under the family name; what else stands in
// the name and in the forms before the family name (given names, initials,
// titles) tells the person from others. A form without the family name, as a
// pseudonym, is found as it stands; one word more is another spelling of the
// family name.
func (a *authority) addPerson(actor *corpus.Actor) {
	family, given, _ := strings.Cut(actor.Name, ",")
	if !strings.Contains(actor.Name, ",") { // "Given Family", "Nicholas I", or the family name alone
		family = strings.TrimSpace(family)
		if i := strings.LastIndexByte(family, ' '); i >= 0 && isRoman(family[i+1:]) {
			a.addSequence(family, actor.ID)
			family = family[:i]
		} else if i >= 0 {
			family, given = family[i+1:], family[:i]
		}
	}
	p := &namesake{id: actor.ID, titles: map[string]bool{}}
	p.learn(given)
	p.learnTitles(actor.Role)
	key := a.addFamily(family, p)
	for _, form := range actor.Forms {
		words := wordsOf(form)
		switch {
		case len(words) == 0:
		case len(words) == 1:
			a.addFamily(form, p)
		case words[len(words)-1].key == key:
			p.learn(form[:words[len(words)-1].Start])
		default:
			a.addSequence(form, actor.ID)
		}
	}
}

// addFamily enters p under a family name, particles left out, and returns its key.
func (a *authority) addFamily(family string, p *namesake) string {
	var parts []string
	for _, w := range wordsOf(family) {
		if !particles[w.key] || w.caps {
			parts = append(parts, w.key)
			a.names[w.key] = true
		}
	}
	key := strings.Join(parts, " ")
	if key == "" {
		return ""
	}
	if !slices.ContainsFunc(a.families[key], func(n *namesake) bool { return n.id == p.id }) {
		a.families[key] = append(a.families[key], p)
	}
	if len(parts) == 1 && utf8.RuneCountInString(key) >= 5 {
		a.bySound[soundKey(key)] = key
	}
	return key
}

// learn takes the given names, initials and titles out of what stands before a family name.
func (p *namesake) learn(s string) {
	p.learnTitles(s)
	for _, w := range wordsOf(s) {
		if w.caps && !titles[w.key] && !particles[w.key] {
			p.given = append(p.given, w.key)
		}
	}
}

// learnTitles takes the titles out of a description.
func (p *namesake) learnTitles(s string) {
	for _, w := range wordsOf(s) {
		if titles[w.key] {
			p.titles[w.key] = true
		}
	}
}

// observe counts the words of the source and notes the family names that its
// citations give to authors and that other persons bear ("G. Roberts" beside an
// actor Roberts with another given name).
func (a *authority) observe(texts []*Text) {
	for _, t := range texts {
		if t.Reading == nil {
			continue
		}
		words := wordsOf(t.Reading.Text)
		for i, w := range words {
			if !w.caps {
				a.common[w.key] = true
				continue
			}
			a.count[w.key]++
			for _, p := range a.families[w.key] {
				if prefixOf(t.Reading.Text, words, i).contradicts(p) {
					a.shared[w.key] = true
				}
			}
		}
		for _, c := range t.Citations {
			if c.Kind != corpus.CitesWork {
				continue
			}
			for _, w := range wordsOf(c.ID) {
				a.authors[w.key] = true
			}
		}
	}
}

// matches tells whether the words from i on are the form, only spaces, hyphens,
// dots and apostrophes between them, and where it ends.
func (s sequence) matches(words []word, i int) (end int, ok bool) {
	if i+len(s.keys) > len(words) || s.caps && !words[i].caps {
		return 0, false
	}
	for j, k := range s.keys {
		w := words[i+j]
		if w.key != k || j > 0 && strings.Trim(w.gap, " -.'’") != "" {
			return 0, false
		}
	}
	return words[i+len(s.keys)-1].End, true
}
