package search

import (
	"iter"
	"slices"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"

	"ibid/indexer/analysis"
	"ibid/indexer/schema"
	"ibid/search/query"
)

// An idiom is an expression among the words of a query.
type idiom struct {
	word  *word
	parts []string           // the words of the query that it is made of
	told  []analysis.Synonym // what the synonyms say of it
}

// findIdioms returns the expressions among the words of a query that the index has in some way, and which of the nodes are in one.
func (s *search) findIdioms(nodes []query.Node) (idioms []idiom, within map[int]bool) {
	within = make(map[int]bool)
	if !s.deep(Similar) {
		return nil, within
	}
	var terms []string
	var node []int // that each term is of, -1 between those that are no words
	for i, c := range nodes {
		w, ok := c.(query.Word)
		if !ok {
			terms, node = append(terms, ""), append(node, -1)
			continue
		}
		for _, t := range analysis.Terms(w.Text) {
			terms, node = append(terms, t), append(node, i)
		}
	}
	for i := 0; i < len(terms); i++ {
		if i > 0 && node[i] >= 0 && node[i-1] == node[i] {
			continue // within a compound
		}
		whole := func(n int) bool { return i+n == len(terms) || node[i+n] != node[i+n-1] }
		w, told, n := s.meant(terms[i:], whole)
		if w == nil {
			continue
		}
		e := idiom{word: w, told: told}
		for _, at := range slices.Compact(slices.Clone(node[i : i+n])) {
			text := nodes[at].(query.Word).Text
			e.parts = append(e.parts, text)
			within[at] = true
		}
		idioms = append(idioms, e)
		i += n - 1
	}
	return idioms, within
}

// lesserShare is what the lesser of two readings of an expression counts beside the other: as a whole, and word by word.
const lesserShare = 0.3

// idiomClause makes a clause of an expression. It is read as a whole and word by word, since nobody can tell
// which was meant: a passage counts as the better reading does (see scorer.addIdiom), and has it if it has the whole, or each word or a
// near synonym of it; where few have so much, as of words side by side.
func (s *search) idiomClause(e idiom, scored bool) clause {
	first := len(s.leaves)
	c := s.clause(e.word, nil, scored)
	var inWords []clause
	var docs []*roaring.Bitmap
	for _, text := range e.parts {
		if isStop(text) {
			continue
		}
		before := len(s.leaves)
		w := s.partOf(e, text)
		if scored && len(e.parts) > 1 && len(w.marks) == 0 {
			s.scoreShare(w, partShare) // synonyms alone of a word that the index lacks
		} else {
			s.scoreWord(w, scored)
		}
		inWords, docs = append(inWords, s.clause(w, nil, false)), append(docs, w.docs)
		for _, l := range s.leaves[before:] {
			l.part = len(inWords)
		}
		c.akin = append(slices.Clip(c.akin), w.docs)
	}
	s.idioms++
	for _, l := range s.leaves[first:] {
		l.idiom, l.parts = s.idioms, len(inWords)
	}
	if len(inWords) > 1 {
		c.docs = roaring.FastOr(c.docs, allOf(docs), inOtherWords(inWords, s.ix.everything))
		if s.count(c.docs) < few {
			c.docs.Or(s.quorum(inWords, s.ix.everything))
		}
	}
	return c
}

// partOf returns a word of an expression, with the synonyms only that are told of the expression, too: of full powers, a power is an authority and
// no country. Names have theirs, and so has a compound that is a part of it.
func (s *search) partOf(e idiom, text string) *word {
	terms := analysis.Terms(text)
	if len(e.parts) > 1 && len(terms) > 1 || isPlace(inOne(text)) {
		return s.word(text)
	}
	term := inOne(text)
	w := newWord(text)
	if len(terms) > 1 {
		w.addPhrase(s, terms, Exact, 1)
	}
	s.addForms(w, term)
	s.addNearest(w, inSense(s.related(w, term), e.told))
	s.finish(w)
	return w
}

// inSense returns those of the synonyms of a word that stand in what is told of an expression with it, as near synonyms or words of such.
func inSense(synonyms, told []analysis.Synonym) []analysis.Synonym {
	stems := make(map[string]bool)
	for _, r := range told {
		if r.Weight < leastRelated {
			continue
		}
		for t := range strings.FieldsSeq(r.Word) {
			stems[analysis.Stem(t)] = true
		}
	}
	return slices.DeleteFunc(slices.Clone(synonyms), func(r analysis.Synonym) bool { return !r.Derived && !stems[r.Stem] })
}

func isPlace(term string) bool { return len(analysis.Places(term)) > 0 }

// Bounds of what is looked up for an expression.
const (
	maxInflected  = 16   // forms
	mostScattered = 5000 // passages that have all its words: what is said so often is no way of speaking

	needsNoExpression = 30 // passages: a word that more have is not looked for in expressions, too
)

// expression looks up an expression of several words, as typed and in other forms, and what stands for it; nil if the index has nothing of it.
func (s *search) expression(expression string, typed []string, told []analysis.Synonym) *word {
	w := newWord(strings.Join(typed, " "))
	others := slices.DeleteFunc(s.inflected(strings.Fields(expression)), func(terms []string) bool { return slices.Equal(terms, typed) })
	for i, terms := range append([][]string{typed}, others...) {
		layer := Stem
		if i == 0 {
			layer = Exact
		}
		if _, rare := s.phraseAmong(terms, mostScattered); !rare {
			return nil
		}
		w.addPhrase(s, terms, layer, 1)
	}
	s.addRelated(w, told)
	if w.docs.IsEmpty() {
		return nil
	}
	s.finish(w)
	return w
}

// inflected returns an expression in each form that the index may have: every word of it in the forms that occur.
func (s *search) inflected(expression []string) [][]string {
	out := [][]string{nil}
	for _, word := range expression {
		var longer [][]string
		forms := s.formsIn(word)
		if len(forms) == 0 {
			return nil
		}
		for _, form := range forms {
			for _, begin := range out {
				longer = append(longer, append(slices.Clip(begin), form))
			}
		}
		out = longer[:min(len(longer), maxInflected)]
	}
	return out
}

// formsIn returns the forms of a word of an expression that the index has, the word itself first.
func (s *search) formsIn(word string) []string {
	forms, ok := s.inflections[word]
	if !ok {
		forms = s.lookUpForms(word)
		s.inflections[word] = forms
	}
	return forms
}

func (s *search) lookUpForms(word string) []string {
	var out []string
	if s.has(schema.FieldText, word) {
		out = append(out, word)
	}
	if analysis.IsStop(word) {
		return out
	}
	for _, f := range s.ix.words.Of(analysis.Stem(word)) {
		if f.Word != word && analysis.Inflected(f.Word, word) {
			out = append(out, f.Word)
		}
	}
	for _, form := range analysis.Irregular(word) {
		if !slices.Contains(out, form) && s.has(schema.FieldText, form) {
			out = append(out, form)
		}
	}
	return out
}

// Expressions that are typed in a way in which no table has them.
const (
	longestMeant = 3    // words
	mostMeant    = 8    // expressions that one is looked for in, for each word that it may begin with
	mostTurned   = 8    // words of a query that one may begin with
	leastKin     = 0.65 // weight of another part of speech that may stand in it
	inverted     = 0.95 // weight of one with its words the other way round: treaty of Berlin, Berlin treaty
)

// meant returns the expression that words begin with, what is told of it, and how many of the words it has: the longest that a table has, or, where
// there is none or the index has nothing of it, one in the other order or with a nearest synonym for a word (hidden clauses are secret
// clauses), of which the index has something. whole says whether the first n words are what they are by themselves. Nil if there is none.
func (s *search) meant(words []string, whole func(n int) bool) (*word, []analysis.Synonym, int) {
	if expression, n := analysis.Expression(words); n > 0 && whole(n) {
		told := s.synonyms(expression)
		if w := s.expression(expression, words[:n], told); w != nil {
			return w, told, n
		}
	}
	if len(words) == 0 || isNoBound(words[0]) || s.turned == mostTurned {
		return nil, nil, 0
	}
	s.turned++
	tried := 0
	for n := min(len(words), longestMeant); n > 1; n-- {
		typed := words[:n]
		if slices.Contains(typed, "") || isNoBound(words[n-1]) || !whole(n) {
			continue
		}
		for other, weight := range s.otherwise(typed) {
			expression, m := analysis.Expression(other)
			if m != len(other) {
				continue
			}
			if tried++; tried > mostMeant {
				return nil, nil, 0
			}
			told := toldThrough(expression, weight, s.synonyms(expression))
			if w := s.expression(strings.Join(typed, " "), typed, told); w != nil {
				return w, told, n
			}
		}
	}
	return nil, nil, 0
}

// isNoBound says whether an expression neither begins nor ends with a word.
func isNoBound(word string) bool { return word == "" || analysis.IsStop(word) }

// otherwise yields what means as much as an expression, and how much it weighs: the words in the other order, and then either with a nearest synonym or another
// part of speech for one of them.
func (s *search) otherwise(typed []string) iter.Seq2[[]string, float64] {
	return func(yield func([]string, float64) bool) {
		turned := theOtherWay(typed)
		if turned != nil && !yield(turned, inverted) {
			return
		}
		for _, words := range [][]string{typed, turned} {
			for at, word := range words {
				if analysis.IsStop(word) {
					continue
				}
				for _, r := range s.synonyms(word) {
					if r.IsExpression() || r.Weight < alikeSynonym && !(r.Derived && r.Weight >= leastKin) {
						continue
					}
					other := slices.Clone(words)
					other[at] = r.Word
					if !yield(other, r.Weight) {
						return
					}
				}
			}
		}
	}
}

// theOtherWay returns "b a" for "a of b" and the other way round; nil for others.
func theOtherWay(words []string) []string {
	switch {
	case len(words) == 2:
		return []string{words[1], "of", words[0]}
	case len(words) == 3 && words[1] == "of":
		return []string{words[2], words[0]}
	}
	return nil
}

// toldThrough returns what is told of words that mean another expression as much as weight says: that, and what is told of it.
func toldThrough(expression string, weight float64, of []analysis.Synonym) []analysis.Synonym {
	out := []analysis.Synonym{{Word: expression, Stem: expression, Weight: weight}}
	for _, r := range of {
		r.Weight *= weight
		out = append(out, r)
	}
	return out
}
