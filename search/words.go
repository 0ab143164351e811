package search

import (
	"math"
	"slices"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"

	"ibid/indexer/analysis"
	"ibid/indexer/schema"
)

// Weights of the layers: what an occurrence of a form counts beside one of the
// word as typed. See search/eval/testdata for what they do to ranking.
const (
	weightStem    = 0.5
	weightForm    = 0.8 // likewise, where no passage has the word as typed: appeasement for appeasing
	weightVariant = 0.6
	weightSimilar = 0.7
	weightDerived = 0.4 // another word made of it, in passages that have the word, too
	weightSynonym = 0.6 // times how near it is; see analysis.Synonyms
	weightName    = 0.4 // an actor of that name is mentioned, whatever the words
)

// Bounds of the forms of one word.
const (
	maxPrefixForms = 128
	maxFuzzyForms  = 50
	maxForms       = 20     // told to the reader
	mostSynonyms   = 0.6    // of an occurrence: what all synonyms in a passage count for together
	nearSynonym    = 0.55   // a word as near as this stands for a word that has few passages; any for one that has none, though in a passage all that are less near count for together as synonyms do
	alikeSynonym   = 0.9    // a synonym as near as this stands for a word in headings
	leastRelated   = 0.5    // what is less near stands for a word that no passage has only where nothing nearer does
	tellingSynonym = 3.0    // idf of a synonym that stands for a word no passage has, as much as the word; a commoner one counts less
	sharedSynonym  = 0.5    // of how near it is: what a passage with a synonym counts among those that have a word, when its idf is taken
	mostRelated    = 20_000 // passages that all synonyms of a word that occurs may have: lists longer than what is left of it are not read
	briefQuery     = 4      // words of a query whose synonyms count in full; see brevity
	leastBrevity   = 0.2
	maxCorrections = 16 // words of one query that similar ones are looked for; each takes about 1 ms
)

// A word is a word of the query with the forms it is looked for in.
type word struct {
	typed   string
	sources []source
	docs    *roaring.Bitmap  // passages that have it in any form
	marks   map[string]Layer // terms of the text that are forms of it
	phrases []phraseForm     // forms of several words
	idf     float64
	others  float64  // passages that have only synonyms of it, each as far as it counts for the idf
	exact   postings // of the word as typed

	counts   map[string]int    // occurrences of terms, of those that are known
	synonyms map[string]bool   // terms of the text that are synonyms of it
	related  map[string]bool   // terms of the text that lift what has the word, or stand for it
	alike    []string          // stems of synonyms that are as good as it, the nearest first
	akin     []*roaring.Bitmap // passages with near synonyms, of each; not in docs unless the index does not know the word
}

// A source is a list of occurrences that count for a word.
type source struct {
	postings
	weight   float64
	presence bool // counts once, however often it occurs
	synonym  bool // counts up to mostSynonyms, with all others
}

// A phraseForm is a form of several words.
type phraseForm struct {
	terms []string
	layer Layer
}

var layerDepth = map[Layer]int{Exact: 0, Stem: 1, Variant: 2, Similar: 3, "": 3}

func (s *search) deep(l Layer) bool { return layerDepth[s.request.Match] >= layerDepth[l] }

// word looks up a word in its forms down to the layer asked for. Words the
// index does not know are looked for in similar ones, and told.
func (s *search) word(text string) *word {
	if w, ok := s.words[text]; ok {
		return w
	}
	w := newWord(text)
	s.words[text] = w
	terms := analysis.Terms(text)
	joined := strings.Join(terms, "")
	if len(terms) == 0 {
		return w
	}
	if len(terms) > 1 {
		w.addPhrase(s, terms, Exact, 1)
	}
	s.addForms(w, joined)
	if s.deep(Variant) {
		s.addNations(w, terms)
	}
	if s.deep(Similar) {
		related := s.related(w, joined)
		s.addNearest(w, related)
		if w.docs.IsEmpty() && len(related) == 0 && len(s.corrections) < maxCorrections {
			s.addSimilar(w, joined) // a word of the thesaurus is not misspelled
		}
		if w.docs.IsEmpty() && len(s.corrections) < maxCorrections {
			s.addBare(w, joined)
		}
	}
	s.finish(w)
	return w
}

// addNearest adds the words related to a word; of those related to one that no passage has, the hardly related only where there are no others.
func (s *search) addNearest(w *word, related []analysis.Synonym) {
	if w.docs.IsEmpty() {
		s.addRelated(w, slices.DeleteFunc(slices.Clone(related), func(r analysis.Synonym) bool { return r.Weight < leastRelated }))
	}
	if len(w.akin) == 0 {
		s.addRelated(w, related)
	}
}

// inOne returns the terms of a word as one, as compounds are indexed.
func inOne(word string) string { return strings.Join(analysis.Terms(word), "") }

func newWord(typed string) *word {
	return &word{typed: typed, docs: roaring.New(), marks: make(map[string]Layer), counts: make(map[string]int), synonyms: make(map[string]bool), related: make(map[string]bool)}
}

// addForms adds a term, its stem, its variants and the actors called so.
func (s *search) addForms(w *word, term string) {
	if !s.deep(Stem) {
		w.addTerm(s, term, Exact, 1)
		return
	}
	stem := analysis.Stem(term)
	w.addTerm(s, term, Exact, 1-weightStem)
	w.exact = s.term(schema.FieldText, term)
	if w.exact.docs.IsEmpty() {
		w.addStem(s, stem, Stem, weightForm)
	} else {
		w.addStem(s, stem, Stem, weightStem)
	}
	if w.docs.IsEmpty() {
		s.addIrregular(w, term)
	}
	if s.deep(Variant) {
		s.addVariants(w, term, stem)
	}
}

// addIrregular adds the forms of a word that its stem does not have: memorandum of memoranda. Those of a word that
// the index has as typed count as derived words; see related.
func (s *search) addIrregular(w *word, term string) {
	for _, r := range s.synonyms(term) {
		if !r.Irregular {
			continue
		}
		for _, f := range s.ix.words.Of(r.Stem) {
			if r.Means(f.Word) {
				w.addTerm(s, f.Word, Stem, weightStem)
			}
		}
	}
}

// addVariants adds other spellings of a term and the other names of those it names.
func (s *search) addVariants(w *word, term, stem string) {
	variants := append(analysis.Spellings(term), s.numbers(term)...)
	if !s.has(schema.FieldText, term) || len(s.ix.names.called[term]) > 0 || s.has(schema.FieldName, term) {
		if len(term) >= 5 {
			variants = append(variants, analysis.Transliterations(term)...)
		}
	}
	for _, v := range variants {
		if s.has(schema.FieldText, v) && analysis.Stem(v) != stem {
			w.addStem(s, analysis.Stem(v), Variant, weightVariant)
		}
	}
	for _, adjective := range analysis.Combined(term) {
		w.addStem(s, analysis.Stem(adjective), Variant, weightVariant)
	}
	for _, joined := range s.joined[w.typed] {
		w.addStem(s, analysis.Stem(joined), Variant, weightVariant)
	}
	if w.docs.IsEmpty() {
		s.addSplit(w, term)
	}
	for _, form := range s.ix.names.called[term] {
		terms := analysis.Terms(form)
		switch {
		case len(terms) == 1 && analysis.Stem(terms[0]) != stem && s.has(schema.FieldText, terms[0]):
			w.addTerm(s, terms[0], Variant, weightVariant)
		case len(terms) > 1:
			w.addPhrase(s, terms, Variant, weightVariant)
		}
	}
	if p := s.term(schema.FieldName, term); !p.docs.IsEmpty() {
		w.add(source{postings: p, weight: weightName, presence: true})
	}
}

// numbers returns the other ways to write a number; a word that the index has is not looked for in figures, of which dates are full.
func (s *search) numbers(term string) []string {
	return slices.DeleteFunc(analysis.Numbers(term), func(v string) bool {
		return strings.Trim(v, "0123456789") == "" && s.has(schema.FieldText, term)
	})
}

func (w *word) add(src source) {
	if src.docs.IsEmpty() {
		return
	}
	w.sources = append(w.sources, src)
	w.docs.Or(src.docs)
}

// addTerm adds the occurrences of a term of the text.
func (w *word) addTerm(s *search, term string, layer Layer, weight float64) {
	if _, ok := w.marks[term]; ok || !s.has(schema.FieldText, term) {
		return
	}
	w.marks[term] = layer
	w.add(source{postings: s.term(schema.FieldText, term), weight: weight})
}

// addStem adds the occurrences of all words of a stem.
func (w *word) addStem(s *search, stem string, layer Layer, weight float64) {
	fresh := false
	for _, f := range s.ix.words.Of(stem) {
		if _, ok := w.marks[f.Word]; !ok {
			w.marks[f.Word], w.counts[f.Word] = layer, f.Count
			fresh = true
		}
	}
	if fresh || layer == Stem {
		w.add(source{postings: s.term(schema.FieldStem, stem), weight: weight})
	}
}

// addPhrase adds the occurrences of a form of several words.
func (w *word) addPhrase(s *search, terms []string, layer Layer, weight float64) {
	found := s.phrase(terms)
	if found.docs.IsEmpty() {
		return
	}
	w.phrases = append(w.phrases, phraseForm{terms, layer})
	w.add(source{postings: found.postings(), weight: weight})
}

// prefix looks up the words that begin with text and close with end: those in most
// passages, at most maxPrefixForms.
func (s *search) prefix(text, end string) *word {
	w := newWord(text + "*" + end)
	prefix, end := inOne(text), inOne(end)
	type found struct {
		term string
		docs int
	}
	var all []found
	scanned := 0
	if prefix != "" {
		s.prefixTerms(prefix, func(term string, docs int) bool {
			scanned++
			if len(term) >= len(prefix)+len(end) && strings.HasSuffix(term, end) {
				all = append(all, found{term, docs})
			}
			return scanned < 100*maxPrefixForms
		})
	}
	slices.SortStableFunc(all, func(a, b found) int { return b.docs - a.docs })
	for _, f := range all[:min(len(all), maxPrefixForms)] {
		w.addTerm(s, f.term, Exact, 1)
	}
	s.finish(w)
	return w
}

// addBare adds what a word is made of without its prefix, for one that the index has in no other way, and tells it: who looks for
// insincerity finds where sincerity is in doubt.
func (s *search) addBare(w *word, term string) {
	bare := analysis.WithoutPrefix(term)
	if bare == "" {
		return
	}
	if w.addStem(s, analysis.Stem(bare), Similar, weightSimilar); w.docs.IsEmpty() {
		return
	}
	tried := Correction{Word: w.typed, Tried: []string{bare}}
	if i := slices.IndexFunc(s.corrections, func(c Correction) bool { return c.Word == w.typed }); i >= 0 {
		s.corrections[i] = tried
	} else {
		s.corrections = append(s.corrections, tried)
	}
}

// fuzzy looks up the words close to text.
func (s *search) fuzzy(text string) *word {
	w := newWord(text + "~")
	term := inOne(text)
	w.addTerm(s, term, Exact, 1)
	for _, c := range s.close(term, maxFuzzyForms) {
		w.addTerm(s, c.term, Similar, weightSimilar)
	}
	s.finish(w)
	return w
}

// addSimilar adds the words of the index that the reader may have meant.
func (s *search) addSimilar(w *word, term string) {
	c := Correction{Word: w.typed, Tried: []string{}}
	found := s.closest(term)
	for _, similar := range found {
		c.Tried = append(c.Tried, similar.term)
		w.addTerm(s, similar.term, Similar, weightSimilar)
		if p := s.term(schema.FieldName, similar.term); len(found) == 1 && !p.docs.IsEmpty() {
			w.add(source{postings: p, weight: weightName, presence: true})
		}
		if stem := analysis.Stem(similar.term); len(s.ix.words.Of(stem)) > 1 {
			w.addStem(s, stem, Similar, weightSimilar*weightStem)
		}
	}
	s.corrections = append(s.corrections, c)
}

// finish sets what follows from the forms of a word, and tells them.
func (s *search) finish(w *word) {
	w.idf = s.idfOf(float64(w.docs.GetCardinality()) + w.others)
	s.tell(w)
}

// idf is the weight of passages that are few.
func (s *search) idf(docs *roaring.Bitmap) float64 { return s.idfOf(float64(docs.GetCardinality())) }

// idfOf is the weight of n passages: ln(1 + (N-n+0.5)/(n+0.5)), Robertson and Spärck Jones as in Lucene.
func (s *search) idfOf(n float64) float64 {
	all := float64(s.ix.columns.Passages)
	return math.Log(1 + (all-n+0.5)/(n+0.5))
}

// tell lists the forms of a word for the reader, the shallowest and commonest first.
func (s *search) tell(w *word) {
	var forms []Form
	for term, layer := range w.marks {
		forms = append(forms, Form{Word: w.typed, Form: term, Layer: layer, Count: s.occurrences(w, term)})
	}
	for term := range w.synonyms {
		forms = append(forms, Form{Word: w.typed, Form: term, Layer: Similar, Count: s.occurrences(w, term)})
	}
	for _, p := range w.phrases {
		forms = append(forms, Form{Word: w.typed, Form: strings.Join(p.terms, " "), Layer: p.layer, Count: s.phrase(p.terms).counts.total()})
	}
	slices.SortFunc(forms, func(a, b Form) int {
		if d := layerDepth[a.Layer] - layerDepth[b.Layer]; d != 0 {
			return d
		}
		if d := b.Count - a.Count; d != 0 {
			return d
		}
		return strings.Compare(a.Form, b.Form)
	})
	s.forms = append(s.forms, forms[:min(len(forms), maxForms)]...)
}

// occurrences returns how often a form of a word occurs in the readings.
func (s *search) occurrences(w *word, term string) int {
	if n, ok := w.counts[term]; ok {
		return n
	}
	return s.ix.occurrences(term)
}

// occurrences counts how often a term occurs in the readings.
func (ix *Index) occurrences(term string) int { return ix.text.Of(term).Total() }
