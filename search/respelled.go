package search

import (
	"slices"
	"unicode/utf8"

	"ibid/indexer/analysis"
	"ibid/indexer/schema"
	"ibid/search/query"
)

// leastRespelled is the number of letters under which a word that the index does not have is not taken for a name.
const leastRespelled = 5

// readNames returns a query with the words that the index does not have as the actors they are other spellings of.
func (s *search) readNames(n query.Node) query.Node {
	if !s.deep(Variant) || !slices.ContainsFunc(query.Words(n), s.isStrange) {
		return n
	}
	v := s.ix.vocabulary
	v.Respelled = s.respelled
	return query.Understand(n, v)
}

// isStrange says whether a word may be a name in another spelling: the text has it in no form.
func (s *search) isStrange(word string) bool {
	term := inOne(word)
	return utf8.RuneCountInString(term) >= leastRespelled && !s.has(schema.FieldText, term) && len(s.ix.words.Of(analysis.Stem(term))) == 0
}

// respelled returns the words of the text that a word is another spelling of, the nearest first; none of one that the text has,
// nor of more than maxCorrections words.
func (s *search) respelled(word string) []string {
	if s.respellings == maxCorrections || !s.isStrange(word) {
		return nil
	}
	s.respellings++
	term := inOne(word)
	var out []string
	for _, t := range analysis.Transliterations(term) {
		if s.has(schema.FieldText, t) {
			out = append(out, t)
		}
	}
	if len(out) > 0 || !s.deep(Similar) || len(analysis.Places(term)) > 0 || len(analysis.Synonyms(term)) > 0 {
		return out
	}
	for _, c := range s.closest(term) {
		out = append(out, c.term)
	}
	return out
}
