package analysis

import "strings"

// The words of English that carry no content of their own: articles, pronouns,
// prepositions, conjunctions, auxiliaries and question words. After the list of
// snowballstem.org, without words that name things.
var stopWords = set(`a about above after again against all also although am among an and any are as at be because
been before being below between both but by can cannot could did do does doing done down during each either else etc
ever few for from further had has have having he hence her here hers herself him himself his how however i if in into is it
its itself just may me might more most much must my myself neither no nor not now of off on once only onto or other ought our ours
ourselves out over own per same shall she should since so some such than that the their theirs them themselves then
there these they this those though through thus to too toward towards under until up upon us very via was we were what
when where whether which while who whom whose why will with within without would yet you your yours yourself`)

// IsStop says whether a folded word carries no content of its own.
func IsStop(word string) bool { return stopWords[word] }

// Of the stop words, those that are in every text or only put a question.
var commonest = set(`a an and are as at be but by for if in into is it no not of on or such that the their then there
these they this to was will with what which who whom whose why when where how do does did doing done can`)

// IsFaint says whether a folded word is a stop word that still helps to tell one
// sentence from another, as a pronoun or preposition does.
func IsFaint(word string) bool { return stopWords[word] && !commonest[word] }

func set(words string) map[string]bool {
	m := make(map[string]bool)
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}
