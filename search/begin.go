package search

import (
	"strings"

	"ibid/indexer/analysis"
)

// Begin says whether each of some words begins a word of a text, without regard to case and
// accents, as in the lists of actors and documents.
func Begin(words, text string) bool {
	return hasAll(" "+strings.Join(analysis.Terms(text), " "), spaced(analysis.Terms(clip(words))))
}
