package annotate

import (
	"slices"
	"strings"
	"unicode/utf8"

	"ibid/corpus"
)

// A Directory is the persons of large authority files, ready for look-up. It is
// made once and used for all sources, also by several goroutines at a time.
type Directory struct {
	persons  []corpus.Listed
	given    []*namesake      // of each person, index by index
	family   []string         // of each person, folded
	families map[string][]int // family name, folded -> persons
	names    map[string][]int // name or form as it stands, in lower case -> persons
	tags     map[string]int   // "source#tag" -> person
}

// NewDirectory makes a directory of persons.
func NewDirectory(persons []corpus.Listed) *Directory {
	d := &Directory{persons: persons, families: map[string][]int{}, names: map[string][]int{}, tags: map[string]int{}}
	for i := range persons {
		p := &persons[i]
		family, who := nameOf(&p.Actor)
		d.given, d.family = append(d.given, who), append(d.family, family)
		d.families[family] = append(d.families[family], i)
		for _, form := range append([]string{p.Name}, p.Forms...) {
			key := strings.ToLower(form)
			if !slices.Contains(d.names[key], i) {
				d.names[key] = append(d.names[key], i)
			}
		}
		for _, tag := range p.Tags {
			d.tags[tag] = i
		}
	}
	return d
}

// nameOf takes a person's name apart: the family name, folded, and what tells
// the person from others of that name.
func nameOf(a *corpus.Actor) (string, *namesake) {
	alone := authority{families: map[string][]*namesake{}, bySound: map[string]string{}, names: map[string]bool{}, sequences: map[string][]sequence{}}
	alone.addPerson(a)
	family, _, _ := strings.Cut(a.Name, ",")
	for key, persons := range alone.families {
		if key == fold(family) {
			return key, persons[0]
		}
	}
	for key, persons := range alone.families {
		return key, persons[0]
	}
	return "", &namesake{id: a.ID}
}

// earliestBefore is how many years before the first year that an authority file
// tells of a person a source can name that person: the years are most often
// those of an office.
const earliestBefore = 40

// A Naming is what a source shows of the persons that it names.
type Naming struct {
	Source string            // id
	Tags   map[string]string // tag of a name -> name, as the edition lists its persons; "" if it gives none
	Latest int               // latest year of its documents; 0 if not told
}

// Cast returns m with the persons of the directory added that a source names
// unmistakably: in full, with a given name that the directory has, or by a tag
// of the edition. With each come those who share the family name, so that the
// family name alone stays open between them. Nobody is added who by the years of
// the directory lived later. Texts need their readings only; the time is linear
// in their length and in the bearers of the names met.
func (d *Directory) Cast(m *corpus.Manifest, n Naming, texts []*Text) *corpus.Manifest {
	if d == nil || len(d.persons) == 0 {
		return m
	}
	met := map[int]bool{}
	for tag, name := range n.Tags {
		if i, ok := d.byTag(n.Source, tag, name); ok {
			met[i] = true
		}
	}
	for _, t := range texts {
		if t.Reading != nil {
			d.inFull(t, func(i int) { met[i] = met[i] || d.livedBy(i, n.Latest) })
		}
	}
	cast := map[int]bool{}
	for i, yes := range met {
		if !yes {
			continue
		}
		for _, j := range d.families[d.family[i]] {
			cast[j] = cast[j] || j == i || d.livedBy(j, n.Latest)
		}
	}
	return d.with(m, cast)
}

// with returns m with persons added, in the order of the directory.
func (d *Directory) with(m *corpus.Manifest, cast map[int]bool) *corpus.Manifest {
	out := *m
	out.Actors = slices.Clone(m.Actors)
	for i := range d.persons {
		if cast[i] {
			out.Actors = append(out.Actors, d.persons[i].Actor)
		}
	}
	return &out
}

// byTag returns the person that a tag of a source names: by the address of the
// tag, else by the name that the edition gives, if one person only has it.
func (d *Directory) byTag(source, tag, name string) (int, bool) {
	if i, ok := d.tags[strings.ToLower(source+"#"+tag)]; ok {
		return i, true
	}
	if is := d.names[strings.ToLower(name)]; len(is) == 1 {
		return is[0], true
	}
	return 0, false
}

// Tagged returns the id of the person that a tag of a source names, "" if none does.
func (d *Directory) Tagged(source, tag, name string) string {
	if d == nil {
		return ""
	}
	if i, ok := d.byTag(source, tag, name); ok {
		return d.persons[i].ID
	}
	return ""
}

// Actors returns the persons of the directory by id.
func (d *Directory) Actors() map[string]*corpus.Actor {
	out := map[string]*corpus.Actor{}
	if d != nil {
		for i := range d.persons {
			out[d.persons[i].ID] = &d.persons[i].Actor
		}
	}
	return out
}

// livedBy tells whether a source of a year can name a person.
func (d *Directory) livedBy(i, year int) bool {
	return year == 0 || d.persons[i].First == 0 || d.persons[i].First-earliestBefore <= year
}

// inFull calls found with each person whom t names in full: "Henry A.
// Kissinger", "H. A. Kissinger", "Kissinger, Henry".
func (d *Directory) inFull(t *Text, found func(int)) {
	text, words := t.Reading.Text, t.words()
	for i := range words {
		if !words[i].caps {
			continue
		}
		for n := 3; n >= 1; n-- {
			if i+n > len(words) {
				continue
			}
			key := joinKeys(words[i:i+n], " ")
			bearers := d.families[key]
			if key == "" || len(bearers) == 0 {
				continue
			}
			if i+n < len(words) && words[i+n].caps && words[i+n].gap == " " && !titles[words[i+n].key] {
				break // "Charles Francis Adams" is no Francis
			}
			before := prefixOf(text, words, i)
			for _, p := range bearers {
				if before.full(d.given[p]) || givenBehind(words, i+n, d.given[p]) {
					found(p)
				}
			}
			break
		}
	}
}

// full tells whether what is printed before a family name names p in full: by
// p's first given name, by another that is not common ("Sumner Welles" is
// Benjamin Sumner), or by two of p's initials; and by nothing that is not p's.
func (f prefix) full(p *namesake) bool {
	if f.contradicts(p) {
		return false
	}
	initials := 0
	for _, g := range f.given {
		g = strings.TrimPrefix(g, "?")
		switch at := slices.Index(p.given, g); {
		case utf8.RuneCountInString(g) > 2 && (at == 0 || at > 0 && !corpus.IsGivenName(g)):
			return true
		case utf8.RuneCountInString(g) <= 2 && p.bears(g):
			initials++
		}
	}
	return initials >= 2
}

// givenBehind tells whether a comma and a given name of p follow a family name
// that ends before word i, as in a list of persons.
func givenBehind(words []word, i int, p *namesake) bool {
	return i < len(words) && words[i].gap == ", " && words[i].caps && utf8.RuneCountInString(words[i].key) > 2 && slices.Index(p.given, words[i].key) == 0
}
