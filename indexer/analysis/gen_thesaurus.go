//go:build ignore

package main

import (
	"cmp"
	"log"
	"os"
	"regexp"
	"slices"
	"strings"

	"ibid/indexer/analysis"
)

// A thesaurus has what is near and what is related to each word.
type thesaurus []entry

type entry struct {
	word          string
	near, related []string
}

var entryLine = regexp.MustCompile(`^[a-z]+:( [a-z]+)*( ;( [a-z]+)+)?$`)

// readThesaurus reads a file with lines such as "refuse: decline reject ; resist deny", sorted. Lines that begin with # are comments.
func readThesaurus(path string) thesaurus { return readEntries(path, entryLine, strings.Fields) }

func readEntries(path string, form *regexp.Regexp, items func(list string) []string) thesaurus {
	text, err := os.ReadFile(path)
	if err != nil {
		log.Fatal(err)
	}
	var out thesaurus
	last := ""
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSuffix(line, "\n")
		if strings.HasPrefix(line, "#") {
			continue
		}
		if !form.MatchString(line) {
			log.Fatalf("%s: no entry: %q", path, line)
		}
		word, rest, _ := strings.Cut(line, ":")
		if word <= last {
			log.Fatalf("%s: %q stands after %q", path, word, last)
		}
		last = word
		before, behind, _ := strings.Cut(rest, ";")
		out = append(out, entry{underscored(word), items(before), items(behind)})
	}
	return out
}

var expressionLine = regexp.MustCompile(`^[a-z]+( [a-z]+){1,3}:( [a-z ]+(, [a-z ]+)*)?( ; [a-z ]+(, [a-z ]+)*)?$`)

// readExpressions reads a file with lines such as "step down: resign, stand down ; retire", sorted. An expression of several
// words is written with underscores in what it returns: step_down.
func readExpressions(path string) thesaurus {
	return readEntries(path, expressionLine, func(list string) []string {
		var out []string
		for e := range strings.SplitSeq(list, ",") {
			if e = strings.TrimSpace(e); e != "" {
				out = append(out, underscored(e))
			}
		}
		return out
	})
}

func underscored(expression string) string { return strings.ReplaceAll(expression, " ", "_") }

// each calls visit with every word of the thesaurus and each that is near or related, which weighs the more the further in front it stands.
func (t thesaurus) each(visit func(a, b string, weight float64)) {
	for _, e := range t {
		for i, w := range e.near {
			visit(e.word, w, near+inPlace(i, len(e.near)))
		}
		for i, w := range e.related {
			visit(e.word, w, related+inPlace(i, len(e.related)))
		}
	}
}

// together returns what several writers say of the same words: between the highest weight that one of them gives a word and the mean of
// all who have an entry for the head.
func together(writers ...thesaurus) edges {
	highest, sum, entries := edges{}, edges{}, map[string]float64{}
	for _, t := range writers {
		for _, e := range t {
			entries[e.word]++
		}
		t.each(func(a, b string, weight float64) {
			highest.add(a, b, weight)
			if sum[a] == nil {
				sum[a] = map[string]float64{}
			}
			sum[a][b] += weight
		})
	}
	for a, bs := range highest {
		for b, weight := range bs {
			bs[b] = weight + inMean*(sum[a][b]/entries[a]-weight)
		}
	}
	return highest
}

// inPlace is what the ith of n words counts more than the middle one.
func inPlace(i, n int) float64 { return place * (1 - 2*float64(i)/float64(max(n-1, 1))) }

// inOneForm returns the same, every expression in the form that has an entry: what is told of spheres of influence is told of a sphere of
// influence. Of two forms that have one it is the base.
func (t thesaurus) inOneForm() thesaurus {
	all := func(expressions []string) (out []string) {
		for _, e := range expressions {
			out = append(out, t.formOf(e))
		}
		return out
	}
	var out thesaurus
	for _, e := range t {
		out = append(out, entry{t.formOf(e.word), all(e.near), all(e.related)})
	}
	return out
}

// formOf returns an expression with the bases of those of its words with which it has an entry.
func (t thesaurus) formOf(expression string) string {
	words := strings.Split(expression, "_")
	if len(words) == 1 {
		return expression
	}
	for i, word := range words {
		for _, base := range analysis.Bases(word) {
			changed := slices.Clone(words)
			changed[i] = base
			if other := strings.Join(changed, "_"); t.has(other) {
				return t.formOf(other)
			}
		}
	}
	return expression
}

// has says whether a word has an entry.
func (t thesaurus) has(word string) bool {
	_, ok := slices.BinarySearchFunc(t, word, func(e entry, word string) int { return cmp.Compare(e.word, word) })
	return ok
}
