//go:build ignore

package main

import (
	"bufio"
	"cmp"
	"log"
	"os"
	"slices"
	"strconv"
	"strings"

	"ibid/indexer/analysis"
)

// What a name that stands for another counts.
const (
	capitalOf = 0.5 // Warsaw for Poland, and the other way round
	people    = 0.7 // Polish for Poland
	mostly    = 0.3 // share of the uses of a word in which it is a name, at least
)

// nationalCapital is the synset that the capitals of states are instances of.
const nationalCapital = "national_capital"

// writePlaces writes what WordNet says of states, their capitals and the adjectives made of their names.
func writePlaces(path string, synsets map[string]synset, shares map[string]float64) {
	asName := map[string]float64{} // share of the uses of a word in which it is a name
	for id, s := range synsets {
		for _, w := range s.words {
			if lemma := strings.ToLower(w); lemma != w {
				asName[lemma] += shares[lemma+" "+id]
			}
		}
	}
	adjectives := map[string][]string{} // by synset of the state
	for _, s := range synsets {
		for _, p := range s.pointers {
			if s.adjective && p.symbol == `\` {
				adjectives[p.synset] = append(adjectives[p.synset], names(s, asName)...)
			}
		}
	}
	table := edges{}
	tie := func(from, to []string, weight float64) {
		for _, a := range from {
			for _, b := range to {
				if b := analysis.Stem(b); analysis.Stem(a) != b {
					table.add(a, b, weight)
				}
			}
		}
	}
	for _, s := range synsets {
		if !s.isCapital(synsets) {
			continue
		}
		city := names(s, asName)
		for _, id := range s.along("#p") {
			state := names(synsets[id], asName)
			tie(city, state, capitalOf)
			tie(city, adjectives[id], capitalOf)
			tie(state, city, capitalOf)
			tie(adjectives[id], city, capitalOf)
			tie(state, adjectives[id], people)
			tie(adjectives[id], state, people)
		}
	}
	table.writeNames(path)
}

func (s synset) isCapital(synsets map[string]synset) bool {
	return slices.ContainsFunc(s.along("@i"), func(id string) bool {
		return slices.Contains(synsets[id].words, nationalCapital)
	})
}

// names returns the names of one word in a synset, folded, that are used as names often enough: turkey is
// also a bird, and what readers type has no capitals.
func names(s synset, asName map[string]float64) []string {
	var out []string
	for _, w := range s.words {
		lemma := strings.ToLower(w)
		if lemma != w && !strings.ContainsAny(w, "_.-'") && len(w) > 3 && asName[lemma] >= mostly {
			out = append(out, lemma)
		}
	}
	return out
}

// writeNames writes a line for each name: "warsaw poland5 polish5".
func (e edges) writeNames(path string) {
	f, err := os.Create(path)
	if err != nil {
		log.Fatal(err)
	}
	w := bufio.NewWriter(f)
	for _, a := range sorted(e) {
		w.WriteString(a)
		told := sorted(e[a])
		slices.SortStableFunc(told, func(x, y string) int { return cmp.Compare(e[a][y], e[a][x]) })
		for _, b := range told {
			w.WriteString(" " + b + strconv.Itoa(int(e[a][b]*10+0.5)))
		}
		w.WriteByte('\n')
	}
	if err := cmp.Or(w.Flush(), f.Close()); err != nil {
		log.Fatal(err)
	}
}
