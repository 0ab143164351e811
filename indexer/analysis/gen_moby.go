//go:build ignore

package main

import (
	"bufio"
	"log"
	"math"
	"os"
	"strings"
)

// A thesaurus has lists of words of about one meaning, without saying which sense of a word
// is meant or how near any two are.
type thesaurus struct {
	words []string         // every word listed
	stems []string         // of words
	ids   map[string]int32 // index in words
	lists [][]int32        // of indices; the first word is the head
	in    [][]int32        // by word: the lists that have it
}

// readMoby reads a file of the Moby Thesaurus: a list a line, words between commas, the head first.
func readMoby(path string) *thesaurus {
	f, err := os.Open(path)
	if err != nil {
		log.Fatal(err)
	}
	defer f.Close()
	t := &thesaurus{ids: map[string]int32{}}
	sc := bufio.NewScanner(f)
	sc.Buffer(nil, 1<<20)
	for sc.Scan() {
		t.addList(strings.Split(sc.Text(), ","))
	}
	if err := sc.Err(); err != nil {
		log.Fatal(err)
	}
	return t
}

// addList adds a list, of which it keeps the words that have a stem.
func (t *thesaurus) addList(words []string) {
	var list []int32
	seen := map[int32]bool{}
	for _, w := range words {
		w = strings.TrimSpace(w)
		stem := stemOf(w)
		if stem == "" {
			continue
		}
		id, ok := t.ids[w]
		if !ok {
			id = int32(len(t.words))
			t.ids[w] = id
			t.words, t.stems = append(t.words, w), append(t.stems, stem)
			t.in = append(t.in, nil)
		}
		if !seen[id] {
			seen[id] = true
			list = append(list, id)
			t.in[id] = append(t.in[id], int32(len(t.lists)))
		}
	}
	t.lists = append(t.lists, list)
}

// norms returns for each word the root of the sum of what its lists count: a list of n words counts 1/n.
func (t *thesaurus) norms() []float64 {
	out := make([]float64, len(t.words))
	for w, lists := range t.in {
		for _, l := range lists {
			out[w] += 1 / float64(len(t.lists[l]))
		}
		out[w] = math.Sqrt(out[w])
	}
	return out
}

// addThesaurus adds to e how near words are by the company they keep: the cosine of the sets of lists
// that have them, times weight. Two words that are always listed together are one in meaning.
// Of the words of one stem (envoy, envoi) each counts by its share of their uses.
func (e edges) addThesaurus(t *thesaurus, uses, ofStem map[string]float64, weight float64) {
	norms := t.norms()
	for w, stem := range t.stems {
		norms[w] /= math.Pow((uses[t.words[w]]+0.5)/(ofStem[stem]+0.5), 0.25)
	}
	shared := make([]float64, len(t.words))
	for a, lists := range t.in {
		var met []int32
		for _, l := range lists {
			for _, b := range t.lists[l] {
				if shared[b] == 0 {
					met = append(met, b)
				}
				shared[b] += 1 / float64(len(t.lists[l]))
			}
		}
		for _, b := range met {
			near := weight * shared[b] / norms[a] / norms[b]
			shared[b] = 0
			if near >= leastTold {
				e.add(t.stems[a], t.stems[b], near)
			}
		}
	}
}
