package search

import (
	"slices"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"

	"ibid/indexer/analysis"
	"ibid/indexer/schema"
)

// related returns what stands for a term in other words, which must not be changed: the other names of a name, but not of a place that the
// index has where the query tells what was there (talks in Moscow), and the synonyms of what is no name in the index.
func (s *search) related(w *word, term string) []analysis.Synonym {
	var out []analysis.Synonym
	if !s.located[w.typed] || w.docs.IsEmpty() {
		out = analysis.Places(term)
	}
	if s.has(schema.FieldName, term) || len(s.ix.names.called[term]) > 0 {
		return out
	}
	if len(out) == 0 {
		return s.synonyms(term)
	}
	return append(slices.Clip(out), s.synonyms(term)...)
}

// synonyms returns the synonyms of a term, read once. They must not be changed.
func (s *search) synonyms(term string) []analysis.Synonym {
	out, ok := s.read[term]
	if !ok {
		out = analysis.Synonyms(term)
		s.read[term] = out
	}
	return out
}

// A told is the word of the query that a synonym is nearest to.
type told struct {
	term   string
	weight float64
}

// nearerBy is how much nearer a synonym must be to one word of a query than to another that it does not stand for both.
const nearerBy = 0.05

// findNearest finds the one of the words of the query that each synonym is nearest to: in the breakdown of talks, negotiations are talks and no breakdown.
func (s *search) findNearest(terms []string) {
	if len(terms) < 2 || !s.deep(Similar) {
		return
	}
	for _, term := range terms {
		if analysis.IsStop(term) {
			continue
		}
		for _, r := range s.synonyms(term) {
			if r.Weight > s.told[r.Stem].weight {
				s.told[r.Stem] = told{term, r.Weight}
			}
		}
	}
}

// belongsElsewhere says whether what is told of a word is told rather of another of the query.
func (s *search) belongsElsewhere(r analysis.Synonym, w *word) bool {
	t := s.told[r.Stem]
	return !r.Derived && t.weight > r.Weight+nearerBy && t.term != inOne(w.typed) && !strings.Contains(w.typed, " ")
}

// addRelated adds the words related to a word that the index has. They lift what has the word, and
// stand for it only where it is rare: see plain. For a word that the index does not have they are what
// is looked for, and count as other words do.
func (s *search) addRelated(w *word, related []analysis.Synonym) {
	known, read := !w.docs.IsEmpty(), 0
	all := w.docs.Clone() // and those with synonyms
	for _, r := range related {
		if r.Weight >= alikeSynonym && !r.IsExpression() && !slices.Contains(w.alike, r.Stem) {
			w.alike = append(w.alike, r.Stem)
		}
		switch {
		case s.belongsElsewhere(r, w):
			continue
		case !known && s.typed[r.Stem]: // it answers the word that it is typed as
			continue
		case known && r.IsExpression() && w.docs.GetCardinality() > needsNoExpression:
			continue
		}
		found := s.formsOf(r, w)
		n := int(found.docs.GetCardinality())
		if n == 0 || known && read+n > mostRelated {
			continue
		}
		read += n
		if known && !s.located[w.typed] {
			before := all.GetCardinality()
			all.Or(found.docs)
			w.others += sharedSynonym * r.Weight * s.brevity * float64(all.GetCardinality()-before)
		}
		weight := s.weightOf(r, found, w, known)
		for _, p := range found.fresh {
			w.sources = append(w.sources, source{postings: p, weight: weight, synonym: known && !r.Derived || !known && r.Weight < nearSynonym})
		}
		if !known || r.Weight >= nearSynonym {
			w.addAkin(found)
		}
	}
	if !known && len(w.akin) > 0 {
		w.docs = roaring.FastOr(w.akin...) // a word of the language that this corpus says otherwise
	}
}

// weightOf is what an occurrence of a related word counts beside one of a word, which the index may have or not.
func (s *search) weightOf(r analysis.Synonym, found relative, w *word, known bool) float64 {
	switch {
	case !known:
		return r.Weight * s.brevity * min(1, s.idf(found.docs)/tellingSynonym)
	case r.Derived:
		return weightDerived
	}
	weight := r.Weight * s.brevity * min(1, s.idf(found.docs)/s.idf(w.docs)) // a common word says little for a rare one
	if !strings.Contains(w.typed, " ") {
		weight *= weightSynonym // of an expression the sense is known
	}
	return weight
}

// A relative is what the index has of a related word or expression.
type relative struct {
	words   []schema.WordCount // its forms
	phrases [][]string         // those of an expression
	docs    *roaring.Bitmap    // must not be changed
	fresh   []postings         // of the forms that are not yet among the sources of the word
}

// formsOf returns the forms of a word or expression that is related to w.
func (s *search) formsOf(r analysis.Synonym, w *word) relative {
	var out relative
	if r.IsExpression() {
		out = s.expressionForms(r, w)
	} else {
		out = s.wordForms(r, w)
	}
	if len(out.fresh) == 1 {
		out.docs = out.fresh[0].docs // without a copy
		return out
	}
	var docs []*roaring.Bitmap
	for _, p := range out.fresh {
		docs = append(docs, p.docs)
	}
	out.docs = roaring.FastOr(docs...)
	return out
}

func (s *search) wordForms(r analysis.Synonym, w *word) (out relative) {
	words := s.ix.words.Of(r.Stem)
	for _, f := range words {
		if !r.Means(f.Word) {
			continue
		}
		out.words = append(out.words, f)
		if !w.related[f.Word] {
			w.related[f.Word] = true
			out.fresh = append(out.fresh, s.term(schema.FieldText, f.Word))
		}
	}
	if len(out.fresh) == len(words) && len(out.fresh) > 1 {
		out.fresh = []postings{s.term(schema.FieldStem, r.Stem)} // all of them: one list
	}
	return out
}

func (s *search) expressionForms(r analysis.Synonym, w *word) (out relative) {
	if !s.haveStems(r.Word) {
		return out
	}
	for _, terms := range s.inflected(strings.Fields(r.Word)) {
		key := strings.Join(terms, " ")
		if w.related[key] {
			continue
		}
		w.related[key] = true
		if found, _ := s.phraseAmong(terms, mostScattered); !found.docs.IsEmpty() {
			out.phrases = append(out.phrases, terms)
			out.fresh = append(out.fresh, found.postings())
		}
	}
	return out
}

// haveStems says whether a passage may have an expression: one that has the stem of each of its words that have no irregular form.
func (s *search) haveStems(expression string) bool {
	var all *roaring.Bitmap
	for word := range strings.FieldsSeq(expression) {
		if analysis.IsStop(word) || len(analysis.Irregular(word)) > 0 {
			continue
		}
		docs := s.term(schema.FieldStem, analysis.Stem(word)).docs
		if all == nil {
			all = docs
		} else if all = roaring.And(all, docs); all.IsEmpty() {
			return false
		}
	}
	return all == nil || !all.IsEmpty()
}

// addAkin adds the passages that have a near synonym in one of its forms.
func (w *word) addAkin(r relative) {
	w.akin = append(w.akin, r.docs)
	for _, f := range r.words {
		if _, ok := w.marks[f.Word]; !ok {
			w.synonyms[f.Word], w.counts[f.Word] = true, f.Count
		}
	}
	for _, terms := range r.phrases {
		w.phrases = append(w.phrases, phraseForm{terms, Similar})
	}
}

// isAkin says whether a passage has a near synonym of the word.
func (w *word) isAkin(doc uint32) bool {
	return slices.ContainsFunc(w.akin, func(docs *roaring.Bitmap) bool { return docs.Contains(doc) })
}
