package query

import (
	"slices"
	"strings"
)

// A Vocabulary is what Understand knows of a corpus: the names its manifest and
// its index give to actors, collections, works and whatever else a reader may
// type as plain words. The zero value knows only dates, pages and notes. It
// must not be changed while Understand uses it.
type Vocabulary struct {
	DefaultYear int // of a date typed without a year; 0 if the corpus has none

	// Respelled returns the names that a folded word may be another spelling of, the nearest first. The first that a name of
	// the vocabulary begins with is taken for it. Nil takes words as they are.
	Respelled func(word string) []string

	// Described returns the id of the actor whom the typed words from at on, and before end, begin with a description of, and how many
	// of them it has: Soviet envoy in Paris. Nil knows none.
	Described func(words []string, at, end int) (id string, n int)

	// Power returns the id of the state that a typed capital or seat of government stands for where it acts, "" of others. Nil knows none.
	Power func(word string) string

	persons map[string]bool  // ids of those added by AddPerson
	names   map[string]entry // by folded words, joined by one space
	sigla   map[string]string
	titles  map[string]string // siglum by the folded words that a title begins with; see AddCollection
	first   map[string]bool   // words that a name begins with
	longest int               // words of the longest name
}

// An entry is what a name stands for.
type entry struct {
	field     Field
	rank      rank
	ambiguous bool // stands for several things of its rank, so for none
}

// A rank says which of two things of the same name it stands for: the greater.
type rank int

const (
	author rank = iota // of a work, named without its year
	family             // of a person, without the given name
	whole
)

// AddName makes names stand for a field, in any case of letters, with or
// without accents. A name that stands for two things stands for neither.
func (v *Vocabulary) AddName(f Field, names ...string) {
	for _, name := range names {
		v.add(f, name, whole)
	}
}

// AddPerson adds an actor by a name written "Family, Given" and by other forms
// of it. The family name alone, with or without its particle, stands for the
// actor too, unless another has it.
func (v *Vocabulary) AddPerson(id, name string, forms ...string) {
	f := Field{Name: "actor", Value: id}
	if v.persons == nil {
		v.persons = map[string]bool{}
	}
	v.persons[id] = true
	v.AddName(f, forms...)
	last, given, _ := strings.Cut(name, ",")
	v.add(f, given+" "+last, whole)
	v.add(f, last, family)
	if words := strings.Fields(given); len(words) > 0 && isParticle(words[len(words)-1]) {
		v.add(f, words[len(words)-1]+" "+last, family)
	}
}

// isParticle says whether a word of a name belongs before the family name.
func isParticle(word string) bool {
	switch strings.ToLower(word) {
	case "von", "van", "de", "di", "da", "du", "del", "della", "zu", "zum", "der", "den", "le", "la":
		return true
	}
	return false
}

// AddCollection adds a collection of documents: its siglum before a number is a
// citation; the siglum and the titles alone stand for the whole collection.
// A title printed "Name (Translation)" is known by either part, and before a
// number by what stands before its first "of", "on" or the like.
func (v *Vocabulary) AddCollection(siglum string, titles ...string) {
	if v.sigla == nil {
		v.sigla = map[string]string{}
	}
	v.sigla[fold(siglum)] = siglum
	f := Field{Name: "cite", Value: siglum}
	for _, title := range titles {
		name, translation, _ := strings.Cut(strings.TrimSuffix(title, ")"), "(")
		v.AddName(f, title, name, translation)
		for _, t := range []string{title, name, translation} {
			v.addTitle(siglum, foldAll(wordsOf([]rune(t))))
		}
	}
}

// addTitle makes the words of a title, and the first of them, a sign of citations.
func (v *Vocabulary) addTitle(siglum string, words []string) {
	if v.titles == nil {
		v.titles = map[string]string{}
	}
	if len(words) > 1 {
		v.titles[strings.Join(words, " ")] = siglum
	}
	if i := slices.IndexFunc(words, startsQualifier); i > 1 {
		v.titles[strings.Join(words[:i], " ")] = siglum
	}
}

// startsQualifier says whether what a title begins with may be cited alone before this word.
func startsQualifier(word string) bool {
	switch word {
	case "of", "on", "for", "in", "from", "concerning", "relating", "and", "to":
		return true
	}
	return false
}

// title returns the siglum of the longest title at the beginning of the folded
// words, and how many words it has; 0 if there is none.
func (v *Vocabulary) title(words []string) (string, int) {
	const longest = 16
	for n := min(longest, len(words)); n > 1; n-- {
		if siglum, ok := v.titles[strings.Join(words[:n], " ")]; ok {
			return siglum, n
		}
	}
	return "", 0
}

// AddWork adds a work by the id that citations of it have, which is author and
// year as a rule ("Watt 1974"). The author alone, or an id without a year,
// stands for the work unless anything else has the name.
func (v *Vocabulary) AddWork(id string) {
	f := Field{Name: "cite", Value: id}
	if i := strings.LastIndexByte(id, ' '); i > 0 {
		if _, ok := year(strings.TrimRight(id[i+1:], "abcdef")); ok { // 1974a
			v.add(f, id, whole)
			id = id[:i]
		}
	}
	v.add(f, id, author)
}

func (v *Vocabulary) add(f Field, name string, r rank) {
	words := foldAll(wordsOf([]rune(name)))
	if len(words) == 0 {
		return
	}
	key := strings.Join(words, " ")
	old, known := v.names[key]
	switch {
	case !known || r > old.rank:
		if v.names == nil {
			v.names, v.first = map[string]entry{}, map[string]bool{}
		}
		v.first[words[0]] = true
		v.names[key] = entry{field: f, rank: r}
		v.longest = max(v.longest, len(words))
	case r == old.rank && old.field != f:
		old.ambiguous = true
		v.names[key] = old
	}
}

func foldAll(words []string) []string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = fold(w)
	}
	return out
}

// name returns what the longest name at the beginning of the folded words
// stands for, and how many words it has; 0 if there is none.
func (v *Vocabulary) name(words []string) (Field, int) {
	if len(words) == 0 || !v.first[words[0]] {
		return Field{}, 0
	}
	for n := min(v.longest, len(words)); n > 0; n-- {
		if e, ok := v.names[strings.Join(words[:n], " ")]; ok && !e.ambiguous {
			return e.field, n
		}
	}
	return Field{}, 0
}
