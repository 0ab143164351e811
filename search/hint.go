package search

import (
	"slices"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"

	"ibid/corpus"
	"ibid/corpus/edtf"
	"ibid/indexer/analysis"
	"ibid/indexer/schema"
	"ibid/search/query"
)

// What lifts a passage beside its words, in units of the idf of what was recognised.
const (
	liftHint   = 1.0 // a date, citation, page, note or actor named in plain words
	liftSpeech = 0.5 // who speaks, or is spoken to
	liftQuoted = 0.3 // a document named is quoted, not only cited
	liftDated  = 0.4 // a document of a date named is quoted
	liftSaid   = 0.2 // a person named speaks, and is not only mentioned
	liftToWhom = 2.0 // who speaks to whom: their names need not stand in the words
)

// vagueShare is what a word of a date counts for that does not tell when by itself (mid, first, week), or that passages of that day leave out: the year.
const vagueShare = 0.3

// A hinted is what a hint matches.
type hinted struct {
	docs    *roaring.Bitmap
	clauses []clause
}

// hint scores what was recognised in plain words: the words, and the passages
// that have what they stand for. A passage that has it needs none of the words.
func (s *search) hint(h query.Hint, scored bool) hinted {
	addressed := h.Field.Name == "to"
	if h.Field.Name == "speaker" || addressed {
		h.Field.Name = "actor" // who takes part at all; see speech
	}
	unknown := len(s.unknown)
	docs, lift := s.lift(h.Field)
	s.unknown = s.unknown[:unknown] // a hint hides nothing, so there is nothing to tell
	var out hinted
	for _, w := range h.Words {
		if len(h.Words) == 1 || !isStop(w) && (docs.IsEmpty() || !inTitle(w, h.Field)) {
			out.clauses = append(out.clauses, s.clause(s.hintWord(w, h, scored), docs, false))
		}
	}
	if scored && !docs.IsEmpty() {
		s.leaves = append(s.leaves, &leaf{idf: s.idf(docs) * liftHint, docs: docs, lacks: s.lacks(h.Field), lift: lift})
		s.marks.addHint(h)
		if !addressed {
			s.liftOwn(h.Field, docs, lift)
		}
	}
	if len(out.clauses) == 0 && !docs.IsEmpty() {
		out.clauses = []clause{{docs: docs, weight: s.idf(docs)}} // May, which is a stop word
	}
	out.docs = docs
	if len(out.clauses) > 0 {
		out.docs = roaring.Or(docs, s.quorum(slices.Clone(out.clauses), s.ix.everything))
	}
	return out
}

// lacks is what a passage keeps that lacks what is named: a person or a date. Powers and works are also meant where
// they are called by something else.
func (s *search) lacks(f query.Field) float64 {
	if f.Name == "date" || s.isPerson(f) {
		return lacksNamed
	}
	return 0
}

// isPerson says whether a field asks for a person, as who is mentioned, speaks or is spoken to.
func (s *search) isPerson(f query.Field) bool {
	a, ok := s.ix.names.actors[f.Value]
	return ok && a.Kind == corpus.Person && slices.Contains([]string{"actor", "speaker", "to"}, f.Name)
}

// inTitle says whether a word only names the collection of a document that is
// cited by number: the words of its title are not looked for.
func inTitle(word string, f query.Field) bool {
	_, number := schema.SplitCite(f.Value)
	return f.Name == "cite" && number != "" && !slices.ContainsFunc(analysis.Terms(word), func(t string) bool {
		return slices.Contains(analysis.Terms(f.Value), t)
	})
}

// speech lifts, where the words tell who speaks or is spoken to, the quotations
// said so, and the passages that hold them; where they only name two persons, what the one says to the other.
func (s *search) speech(nodes []query.Node) {
	var said *roaring.Bitmap
	var persons []string
	weight := liftSpeech
	for _, n := range nodes {
		h, ok := n.(query.Hint)
		switch {
		case !ok:
		case h.Field.Name == "speaker" || h.Field.Name == "to":
			if docs := s.value(fieldGroups[h.Field.Name], h.Field.Value); said == nil {
				said = docs
			} else {
				said, weight = roaring.And(said, docs), liftToWhom
			}
		case s.isPerson(h.Field):
			persons = append(persons, h.Field.Value)
		}
	}
	switch {
	case said != nil:
		s.liftWords(said, weight, fully)
	case len(persons) == 2:
		s.liftWords(roaring.Or(s.saidTo(persons[0], persons[1]), s.saidTo(persons[1], persons[0])), liftSpeech, fully)
	}
}

// saidTo returns the quotations of what one person says to another.
func (s *search) saidTo(speaker, addressee string) *roaring.Bitmap {
	return roaring.And(s.value(fieldGroups["speaker"], speaker), s.value(fieldGroups["to"], addressee))
}

// liftOwn lifts the own words of what a hint names: what is quoted of a document, what a person says, quotations of a day. Docs and lift are those of its field.
func (s *search) liftOwn(f query.Field, docs *roaring.Bitmap, lift func(doc uint32) float64) {
	switch siglum, _ := schema.SplitCite(f.Value); {
	case f.Name == "cite" && s.ix.names.collections[siglum] != nil:
		s.liftWords(s.quotations(docs), liftQuoted, lift)
	case s.isPerson(f):
		s.liftWords(s.value(fieldGroups["speaker"], f.Value), liftSaid, lift)
	case f.Name == "date":
		s.liftWords(s.quotations(docs), liftDated, lift)
	}
}

// quotations returns the quotations among passages.
func (s *search) quotations(docs *roaring.Bitmap) *roaring.Bitmap {
	out := roaring.New()
	s.each(docs, func(some []uint32) {
		for _, doc := range some {
			if s.ix.columns.Flags[doc]&schema.FlagQuotation != 0 {
				out.Add(doc)
			}
		}
	})
	return out
}

// liftWords lifts passages that have the words of a document or a person, and what holds them as quotations, each as well as it fits: who asks for a
// document or a person wants these before what mentions it.
func (s *search) liftWords(docs *roaring.Bitmap, weight float64, fit func(doc uint32) float64) {
	if docs.IsEmpty() {
		return
	}
	lifted := roaring.Or(docs, s.holders(docs))
	s.leaves = append(s.leaves, &leaf{idf: s.idf(lifted) * weight, docs: lifted, lift: fit})
}

// holders returns the passages that hold quotations among passages, and those that are none themselves.
func (s *search) holders(docs *roaring.Bitmap) *roaring.Bitmap {
	out := roaring.New()
	s.each(docs, func(some []uint32) {
		for _, doc := range some {
			holder, _ := s.ix.bounds(doc)
			out.Add(holder)
		}
	})
	return out
}

// hintWord scores a word of a hint. Words of a hint of several words are marked
// only where they stand together, by the hint; those of an actor's name are parts of it.
func (s *search) hintWord(text string, h query.Hint, scored bool) *word {
	w := s.word(text)
	if scored && !w.docs.IsEmpty() {
		l := &leaf{idf: w.idf, docs: w.docs, sources: w.sources, word: w}
		if len(h.Words) == 1 {
			s.marks.addWord(w)
		} else if h.Field.Name == "actor" {
			l.idf *= s.namePart(h.Field.Value, text)
		} else if h.Field.Name == "date" && (query.IsYear(text) || !query.IsDateWord(text)) {
			l.idf *= vagueShare
		}
		s.leaves = append(s.leaves, l)
	}
	return w
}

// fully is the fit of what is there or not.
func fully(uint32) float64 { return 1 }

// lift returns the passages that have what a field asks for, and how well each does. A passage has the dates of what it quotes, too.
func (s *search) lift(f query.Field) (*roaring.Bitmap, func(uint32) float64) {
	if f.Name != "date" {
		return s.field(f), fully
	}
	r, err := edtf.ParseRange(f.Value)
	if err != nil {
		return roaring.New(), nil
	}
	docs := roaring.New()
	s.each(s.dated(r, false, s.ix.everything), func(some []uint32) {
		for _, doc := range some {
			if s.ix.dateFit(doc, r) >= leastFit {
				docs.Add(doc)
			}
		}
	})
	docs.Or(s.holders(docs))
	return docs, func(doc uint32) float64 {
		first, last := s.ix.bounds(doc)
		fit := s.ix.dateFit(doc, r)
		for quoted := first + 1; doc == first && quoted <= last; quoted++ {
			fit = max(fit, s.ix.dateFit(quoted, r))
		}
		return fit
	}
}

// calledShare is what a word counts for that a person is called by beside the family name: Georges, General, ambassador. A passage that names him has it or not.
const calledShare = 0.3

// namePart is what a word counts for that is part of how an actor is called. Words of a name, and of an office, stand elsewhere for others; a
// word that no name of a body has says more: mission, of what is printed as a delegation.
func (s *search) namePart(id, text string) float64 {
	a, ok := s.ix.names.actors[id]
	switch {
	case !ok:
		return partShare
	case a.Kind == corpus.Person && isFamilyName(a, text):
		return partShare
	case a.Kind == corpus.Person:
		return calledShare
	}
	stem := analysis.Stem(inOne(text))
	for _, name := range append([]string{a.Name}, a.Forms...) {
		if slices.ContainsFunc(analysis.Terms(name), func(t string) bool { return analysis.Stem(t) == stem }) {
			return partShare
		}
	}
	return 1
}

// isFamilyName says whether a typed word is of the family name of a person, or the last of another form of the name.
func isFamilyName(a *corpus.Actor, text string) bool {
	family, _, _ := strings.Cut(a.Name, ",")
	terms := analysis.Terms(text)
	return slices.Contains(schema.NameWords(a), inOne(text)) ||
		len(terms) > 0 && slices.Contains(analysis.Terms(family), terms[len(terms)-1])
}
