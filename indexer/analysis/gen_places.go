//go:build ignore

package main

import (
	"slices"
	"strings"
)

// What a name that stands for another counts.
const (
	capitalOf = 0.5 // Warsaw for Poland, and the other way round
	seatIn    = 0.4 // Whitehall for London, for Britain
	regionOf  = 0.4 // Estonia for Baltic, and the other way round
	people    = 0.7 // Polish for Poland
	mostly    = 0.3 // share of the uses of a word in which it is a name, at least
	mostOne   = 12  // states of one region (Baltic, Scandinavian); of more (European) the name says little
)

// Synsets that places are told by: their first words.
const (
	nationalCapital = "national_capital" // what the capitals of states are instances of
	country         = "country"          // above all kinds of states
)

// A gazetteer has what WordNet says of places.
type gazetteer struct {
	synsets    map[string]synset
	asName     map[string]float64  // by folded word: the share of its uses in which it is a name
	adjectives map[string][]string // by synset of a state or region
	namesakes  map[string][]string // by name: the places called so

	isAdjective map[string]bool // folded adjectives made of names
}

// ties returns what WordNet says of states, their capitals and the adjectives made of their names.
func (g *gazetteer) ties() edges {
	synsets, table := g.synsets, edges{}
	tie := func(from, to []string, weight float64) {
		for _, a := range from {
			for _, b := range to {
				table.add(a, b, weight)
			}
		}
	}
	for _, s := range synsets {
		if s.isA(nationalCapital, synsets) {
			city := g.names(s)
			seats := g.seatsIn(s)
			states := g.statesOf(s)
			for _, id := range states {
				state, adjectives := g.names(synsets[id]), g.adjectives[id]
				for _, of := range [][]string{state, adjectives} {
					tie(city, of, capitalOf)
					tie(of, city, capitalOf)
					tie(seats, of, seatIn)
				}
				for _, other := range states {
					weight := people
					if other != id {
						weight = capitalOf
					}
					tie(state, g.adjectives[other], weight)
					tie(g.adjectives[other], state, weight)
				}
			}
			tie(seats, city, seatIn)
		}
		for _, id := range s.along("@i") {
			if region := g.region(synsets[id]); len(region) > 0 {
				tie(g.names(s), region, regionOf)
				tie(region, g.names(s), regionOf)
			}
		}
	}
	return table
}

func newGazetteer(synsets map[string]synset, shares map[string]float64) *gazetteer {
	g := &gazetteer{synsets: synsets, asName: map[string]float64{}, adjectives: map[string][]string{}, namesakes: map[string][]string{}, isAdjective: map[string]bool{}}
	for id, s := range synsets {
		for _, w := range s.words {
			if lemma := strings.ToLower(w); lemma != w {
				g.asName[lemma] += shares[lemma+" "+id]
			}
			if len(s.along("@i")) > 0 {
				g.namesakes[w] = append(g.namesakes[w], id)
			}
		}
	}
	for _, s := range synsets {
		if s.adjective {
			for _, name := range g.names(s) {
				g.isAdjective[name] = true
			}
		}
		for _, p := range s.pointers {
			if s.adjective && p.symbol == `\` {
				g.adjectives[p.synset] = append(g.adjectives[p.synset], g.names(s)...)
			}
		}
	}
	return g
}

// statesOf returns the synsets of the state that a capital is part of, of the state that this is part of
// (England, the United Kingdom), and of those that have a name of theirs: the Soviet Union, which was called Russia, too;
// Great Britain, an island by which the kingdom is called.
func (g *gazetteer) statesOf(city synset) []string {
	var out []string
	add := func(id string) {
		if !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	for _, id := range city.along("#p") {
		add(id)
		for _, wider := range g.synsets[id].along("#p") {
			if g.synsets[wider].isA(country, g.synsets) {
				add(wider)
			}
		}
	}
	for _, id := range out {
		for _, name := range g.synsets[id].words {
			for _, other := range g.namesakes[name] {
				if g.synsets[other].isA(country, g.synsets) || len(g.adjectives[other]) > 0 && g.synsets[other].isA("island", g.synsets) {
					add(other)
				}
			}
		}
	}
	return out
}

// seatsIn returns the names of the parts of a capital that governments are called by: its fortresses and streets.
func (g *gazetteer) seatsIn(city synset) []string {
	var out []string
	for _, id := range city.along("%p") {
		if strings.Contains(g.synsets[id].gloss, "government") {
			out = append(out, g.names(g.synsets[id])...)
		}
	}
	return out
}

// region returns the adjective of the region that the states of a kind are in (a Baltic state, a
// Scandinavian country); none of kinds that have many states, or that are not told by a name.
func (g *gazetteer) region(kind synset) []string {
	if len(kind.along("~i")) > mostOne {
		return nil
	}
	var out []string
	for _, w := range kind.words {
		name, rest, _ := strings.Cut(w, "_")
		if lemma := strings.ToLower(name); slices.Contains(stateKinds, strings.ToLower(rest)) && g.isAdjective[lemma] && !slices.Contains(out, lemma) {
			out = append(out, lemma)
		}
	}
	return out
}

// stateKinds are the words for states after the name of a region.
var stateKinds = []string{"state", "republic", "country", "nation"}

// isA says whether a synset is an instance of one that has a word, or of a kind of it.
func (s synset) isA(word string, synsets map[string]synset) bool {
	for _, id := range slices.Concat(s.along("@i"), s.along("@")) {
		if above := synsets[id]; slices.Contains(above.words, word) || above.isA(word, synsets) {
			return true
		}
	}
	return false
}

// names returns the names of one word in a synset, folded, that are used as names often enough: turkey is
// also a bird, and what readers type has no capitals.
func (g *gazetteer) names(s synset) []string {
	var out []string
	for _, w := range s.words {
		lemma := strings.ToLower(w)
		if lemma != w && !strings.ContainsAny(w, "_.-'") && len(w) > 3 && g.asName[lemma] >= mostly {
			out = append(out, lemma)
		}
	}
	return out
}
