package analysis

import (
	_ "embed" // the table is part of the binary
	"strings"
	"sync"
)

// The table has a line for each name of a power, people, place or office, folded, with the names that writers
// put for it and the weight of each in hundredths:
//
//	warsaw poland72 polish72
//
// It is made with synonyms.txt; see SYNONYMS.md.
//
//go:embed places.txt
var placeTable string

var places = sync.OnceValue(func() map[string][]Synonym {
	out := map[string][]Synonym{}
	for line := range strings.Lines(placeTable) {
		name, rest, _ := strings.Cut(line, " ")
		out[name] = parseSynonyms(rest)
	}
	return out
})

// Places returns the names that stand for a folded name of a power, people, place or office: the state for
// its capital (Warsaw refuses) and the other way round, the adjective for the state, Gdansk for Danzig.
func Places(name string) []Synonym {
	if out, ok := places()[name]; ok {
		return out
	}
	return places()[umlauts.Replace(name)] // Muenchen
}

// umlauts are how German vowels are written where there is no type for them, as Fold leaves them.
var umlauts = strings.NewReplacer("ae", "a", "oe", "o", "ue", "u")
