package search

import (
	"strings"

	"ibid/corpus"
	"ibid/corpus/cite"
	"ibid/indexer/analysis"
	"ibid/indexer/schema"
	"ibid/search/query"
)

// names are what the manifest calls things by.
type names struct {
	actors      map[string]*corpus.Actor
	phases      map[string]*corpus.Phase
	sources     map[string]*corpus.Source
	collections map[string]*corpus.Collection
	called      map[string][]string // folded word -> further forms of the same actor or word group, as typed
	offices     offices
	officeStems map[string]bool   // stems of the words that offices have beside their nouns
	longStates  map[string]bool   // names of states of several words, folded
	seats       map[string]string // folded capital or seat of government -> id of its state, "" of several
}

func newNames(m *corpus.Manifest) *names {
	n := &names{
		actors: make(map[string]*corpus.Actor), phases: make(map[string]*corpus.Phase),
		sources: make(map[string]*corpus.Source), collections: make(map[string]*corpus.Collection),
		called: make(map[string][]string),
	}
	for i := range m.Phases {
		n.phases[m.Phases[i].ID] = &m.Phases[i]
	}
	for i := range m.Sources {
		n.sources[m.Sources[i].ID] = &m.Sources[i]
	}
	for i := range m.Collections {
		n.collections[m.Collections[i].Siglum] = &m.Collections[i]
	}
	for i := range m.Actors {
		a := &m.Actors[i]
		n.actors[a.ID] = a
		words := schema.NameWords(a)
		n.tie(words, words)
		if a.Kind != corpus.Person {
			n.tie(words, append([]string{a.Name}, a.Forms...))
		}
	}
	for _, group := range m.Words {
		n.tie(group, group)
	}
	n.readOffices(m.Actors)
	return n
}

// tie makes each form a further form of each word of one term.
func (n *names) tie(words, forms []string) {
	for _, w := range words {
		key := analysis.Terms(w)
		if len(key) != 1 {
			continue
		}
		for _, f := range forms {
			if analysis.Fold(f) != key[0] {
				n.called[key[0]] = append(n.called[key[0]], f)
			}
		}
	}
}

// vocabulary is what the query language recognises in plain words.
func (n *names) vocabulary(m *corpus.Manifest) query.Vocabulary {
	v := query.Vocabulary{DefaultYear: m.DefaultYear, Described: n.described, Power: n.power}
	for _, a := range m.Actors {
		if a.Kind == corpus.Person {
			v.AddPerson(a.ID, a.Name, a.Forms...)
		} else {
			v.AddName(query.Field{Name: "actor", Value: a.ID}, append([]string{a.Name}, a.Forms...)...)
		}
	}
	for _, c := range m.Collections {
		v.AddCollection(c.Siglum, c.Title)
	}
	return v
}

// maxWorks bounds the works that plain words are compared with.
const maxWorks = 50_000

// addWorks adds the works that the index has citations of to the vocabulary.
func (ix *Index) addWorks() {
	dict, err := ix.segment.Dictionary(schema.FieldCite)
	if err != nil {
		return // then works are found by their words only
	}
	sigla := make(map[string]bool)
	for s := range ix.names.collections {
		sigla[strings.ToLower(s)] = true
	}
	terms := dict.AutomatonIterator(nil, nil, nil)
	for range maxWorks {
		e, err := terms.Next()
		if err != nil || e == nil {
			return
		}
		if siglum, _ := schema.SplitCite(e.Term); !sigla[siglum] {
			ix.vocabulary.AddWork(e.Term)
		}
	}
}

// label returns how a facet value is shown to readers.
func (n *names) label(g Group, value string) string {
	switch g {
	case GroupActor, GroupSpeaker, GroupAddressee:
		if a, ok := n.actors[value]; ok {
			return a.Name
		}
	case GroupPhase:
		if p, ok := n.phases[value]; ok {
			return p.Label
		}
	case GroupSource:
		if s, ok := n.sources[value]; ok && s.Reference.Title != "" {
			return cite.TrimTitle(s.Reference.Title)
		}
	case GroupCollection:
		if c, ok := n.collections[value]; ok {
			return c.Siglum + ": " + c.Title
		}
	case GroupKind, GroupMedium:
		if value != "" {
			return strings.ToUpper(value[:1]) + value[1:]
		}
	}
	return value
}

// short returns the name by which an actor is called in a line: the family name
// of a person, the whole name of others, an unknown name as it stands.
func (n *names) short(id string) string {
	a, ok := n.actors[id]
	if !ok {
		return id
	}
	family, _, inverted := strings.Cut(a.Name, ",")
	if a.Kind == corpus.Person && inverted {
		return family
	}
	return a.Name
}
