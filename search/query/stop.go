package query

import (
	"strings"
	"unicode"
)

// stopWords are the English stop words of the Snowball project
// (https://snowballstem.org/algorithms/english/stop.txt), which holds the
// question words too, without its contractions: those are cut before the
// apostrophe here. "Us" and "it" in capitals may be names and are no stop words.
var stopWords = wordSet(`
	i me my myself we us our ours ourselves you your yours yourself yourselves
	he him his himself she her hers herself it its itself they them their theirs themselves
	what which who whom whose this that these those
	am is are was were be been being have has had having do does did doing
	will would shall should can could may might must ought
	a an the and but if or because as until while of at by for with about against between
	into through during before after above below to from up down in out on off over under
	again further then once here there when where why how
	all any both each few more most other some such no nor not only own same so than too very
	don doesn didn isn aren wasn weren hasn haven hadn won wouldn shouldn couldn mustn let`)

func wordSet(list string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(list) {
		set[w] = true
	}
	return set
}

// IsStop says whether a word carries so little meaning that it should weigh
// nothing beside words that carry some. A query of nothing but stop words is
// still a query.
func IsStop(word string) bool {
	if len(word) > 1 && strings.IndexFunc(word, func(r rune) bool { return !unicode.IsUpper(r) }) < 0 {
		return false
	}
	head, _, _ := strings.Cut(fold(word), "'")
	return stopWords[head]
}

// Content returns the words that are no stop words; all of them if all are.
func Content(words []string) []string {
	var out []string
	for _, w := range words {
		if !IsStop(w) {
			out = append(out, w)
		}
	}
	if len(out) == 0 {
		return words
	}
	return out
}
