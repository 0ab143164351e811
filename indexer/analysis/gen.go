//go:build ignore

// Gen writes synonyms.txt, irregular.txt and places.txt, the relations between English words and between names that
// package analysis carries. It reads thesaurus*.txt, expressions.txt and names.txt, which are written by hand, and of the
// database of WordNet 3.0 (Debian package wordnet-base) what is derived of what and the capitals of states:
//
//	go run gen*.go -wordnet /usr/share/wordnet
//
// See SYNONYMS.md for the sources, their licences and what the weights mean.
package main

import (
	"bufio"
	"cmp"
	"flag"
	"fmt"
	"iter"
	"log"
	"maps"
	"math"
	"os"
	"slices"
	"strings"

	"ibid/indexer/analysis"
)

// What a word counts that is told of another, from 0 to 1, and how many are told.
const (
	near         = 0.9  // of the thesaurus, before the semicolon
	related      = 0.5  // behind it
	place        = 0.05 // what the first of either counts more, and the last less
	inMean       = 0.1  // how far what several writers say goes from the highest weight to the mean
	backwards    = 0.9  // share of its weight that a word has for one under which it stands
	irregular    = 0.9  // write, wrote
	derived      = 0.7  // refuse, refusal
	twiceDerived = 0.3  // refuse, refusal, refuser
	namesIt      = 0.7  // from which on an entry names an expression that has none
	ofEntry      = 0.9  // share of theirs that it has of what is told of the entry
	named        = 0.75 // share that names have of near and related
	ofNear       = 0.3  // share of its weight that a form of a word told has
	ofStem       = 0.7  // if both are of one stem
	ofForm       = 0.8  // share of theirs that the words told of a form have, where a word itself is not in the thesaurus
	agreement    = 0.5  // see agreed
	alike        = 0.3  // cosine from which words are told of each other that no line has together
	mostAlike    = 0.8  // what that counts at most
	nearest      = 0.98 // at most
	least        = 0.3
	most         = 48 // words
	mostSayings  = 16 // expressions beside them
)

var folder = flag.String("wordnet", "/usr/share/wordnet", "folder of the WordNet database")

func main() {
	log.SetFlags(0)
	flag.Parse()
	wn := readWordNet()
	places := newGazetteer(wn.synsets, wn.shares).ties()
	words := edges{}
	tell := func(a, b string, weight float64) {
		for _, a := range wn.spelled(wn.lemma(a)) {
			heads[a] = true
		}
		for _, a := range wn.spelled(wn.lemma(a)) {
			for _, b := range wn.spelled(wn.lemma(b)) {
				if isWord(a) && isWord(b) && places[a] == nil && places[b] == nil { // china is a name here
					words.add(a, b, weight)
					words.add(b, a, weight*backwards)
				}
			}
		}
	}
	together(readThesaurus("thesaurus.txt"), readThesaurus("thesaurus2.txt"), readThesaurus("thesaurus3.txt")).each(tell)
	readExpressions("expressions.txt").inOneForm().each(tell)
	wn.addDoctrines(maps.Keys(words))
	words = words.agreed().handedOn()
	write("synonyms.txt", table(words, wn).apart(), wn.sign)
	writeIrregular("irregular.txt", words, wn)
	names := readThesaurus("names.txt")
	names.each(func(a, b string, weight float64) {
		places.add(a, b, weight*named)
		if names.has(b) { // an army is not only the Wehrmacht
			places.add(b, a, weight*named)
		}
	})
	write("places.txt", places.apart(), func(_, _ string) string { return "" })
}

// Edges are weights between words.
type edges map[string]map[string]float64

func (e edges) add(a, b string, weight float64) {
	if a == b {
		return
	}
	if e[a] == nil {
		e[a] = map[string]float64{}
	}
	e[a][b] = max(e[a][b], weight)
}

// each calls visit with every pair.
func (e edges) each(visit func(a, b string, weight float64)) {
	for a, bs := range e {
		for b, weight := range bs {
			visit(a, b, weight)
		}
	}
}

// agreed returns the same relations, those weightier whose words have much else in common: by agreement times the cosine between what is told of the
// one and of the other, of what is left to 1. That both are told of a third word is a second opinion. Two words that are not told of each other, but of at least two
// words in common, and in the main of the same, are as near as that cosine.
func (e edges) agreed() edges {
	length := map[string]float64{}
	for a, bs := range e {
		for _, b := range slices.Sorted(maps.Keys(bs)) { // in order: sums of fractions depend on it
			length[a] += bs[b] * bs[b]
		}
	}
	out := edges{}
	for a, bs := range e {
		product, common := map[string]float64{}, map[string]int{}
		for _, c := range slices.Sorted(maps.Keys(bs)) {
			for b, weight := range e[c] {
				product[b] += bs[c] * weight
				common[b]++
			}
		}
		for b, p := range product {
			cosine := p / math.Sqrt(length[a]*length[b])
			if weight, told := bs[b]; told {
				out.add(a, b, min(weight+agreement*(1-weight)*cosine, nearest))
			} else if common[b] > 1 && cosine >= alike {
				out.add(a, b, min(cosine, mostAlike))
			}
		}
		for b, weight := range bs {
			out.add(a, b, min(weight, nearest)) // those with nothing in common
		}
	}
	return out
}

// handedOn returns the same relations, and for an expression without an entry of its own what is told of the entries that name it: of a political
// foundation, which is named as a political basis, a political base.
func (e edges) handedOn() edges {
	out := edges{}
	for a, bs := range e {
		for b, weight := range bs {
			out.add(a, b, weight)
			if !strings.Contains(a, "_") || heads[a] || !heads[b] || weight < namesIt {
				continue
			}
			for c, further := range e[b] {
				out.add(a, c, weight*further*ofEntry)
			}
		}
	}
	return out
}

// table returns the words told of each word of the thesaurus or of WordNet, and of each irregular form.
func table(words edges, wn *wordnet) edges {
	out := edges{}
	for _, heads := range []iter.Seq[string]{maps.Keys(words), maps.Keys(wn.forms)} {
		for head := range heads {
			for _, word := range append(wn.bases(head), head) { // arms are limbs, too
				for b, weight := range told(word, words, wn) {
					out.add(head, b, weight)
				}
			}
		}
	}
	for form, bases := range wn.irregular {
		if !isWord(form) {
			continue
		}
		for _, base := range bases {
			if !isWord(base) || analysis.Stem(base) == analysis.Stem(form) {
				continue
			}
			out.add(form, base, irregular)
			for b, weight := range told(base, words, wn) {
				out.add(form, b, weight)
			}
		}
	}
	return out
}

// heads are the words that have an entry of their own.
var heads = map[string]bool{}

// told returns the words told of a word: those of the thesaurus and their forms, and its own forms. A word without an
// entry of its own has also those of its forms.
func told(head string, words edges, wn *wordnet) map[string]float64 {
	out := map[string]float64{}
	raise := func(word string, weight float64) { out[word] = max(out[word], weight) }
	maps.Copy(out, words[head])
	if !heads[head] {
		for form := range wn.forms[head] {
			for b, weight := range words[form] {
				raise(b, weight*ofForm)
			}
		}
	}
	for b, weight := range maps.Clone(out) {
		for form := range wn.forms[b] {
			share := ofNear
			if analysis.Stem(form) == analysis.Stem(b) {
				share = ofStem
			}
			raise(form, weight*share)
		}
		for _, form := range wn.irregularOf[b] {
			raise(form, weight)
		}
	}
	for _, form := range wn.irregularOf[head] {
		raise(form, irregular)
	}
	for form := range wn.forms[head] {
		raise(form, derived)
		for other := range wn.forms[form] {
			raise(other, twiceDerived)
		}
	}
	return out
}

// apart leaves out what is of the same stem, which the index finds anyway, and what hardly counts.
func (e edges) apart() edges {
	out := edges{}
	for a, bs := range e {
		for b, weight := range bs {
			if weight >= least && analysis.Stem(b) != analysis.Stem(a) {
				out.add(a, b, weight)
			}
		}
	}
	return out
}

// write writes a line for each word: "decide resolve91 rule90 decision+70"; the digits are the weight in hundredths, and before them
// stands the sign of how the words hang together, if any.
func write(path string, e edges, sign func(a, b string) string) {
	f, err := os.Create(path)
	if err != nil {
		log.Fatal(err)
	}
	out := bufio.NewWriter(f)
	pairs := 0
	for _, a := range slices.Sorted(maps.Keys(e)) {
		words := slices.Sorted(maps.Keys(e[a]))
		slices.SortStableFunc(words, func(x, y string) int { return cmp.Compare(e[a][y], e[a][x]) })
		words = firstOf(words)
		out.WriteString(a)
		for _, b := range words {
			fmt.Fprintf(out, " %s%s%02d", b, sign(a, b), int(e[a][b]*100+0.5))
		}
		out.WriteByte('\n')
		pairs += len(words)
	}
	if err := cmp.Or(out.Flush(), f.Close()); err != nil {
		log.Fatal(err)
	}
	log.Printf("%s: %d words, %d pairs", path, len(e), pairs)
}

// firstOf keeps the first of the words and of the expressions.
func firstOf(told []string) []string {
	words, sayings := 0, 0
	return slices.DeleteFunc(told, func(w string) bool {
		if strings.Contains(w, "_") {
			sayings++
			return sayings > mostSayings
		}
		words++
		return words > most
	})
}

// writeIrregular writes a line for each word of an expression that has irregular forms: "give gave given".
func writeIrregular(path string, words edges, wn *wordnet) {
	lines := map[string]string{}
	for expression := range words {
		for word := range strings.SplitSeq(expression, "_") {
			if forms := wn.irregularOf[word]; strings.Contains(expression, "_") && len(word) > 2 && len(forms) > 0 {
				lines[word] = word + " " + strings.Join(forms, " ") + "\n"
			}
		}
	}
	var out strings.Builder
	for _, word := range slices.Sorted(maps.Keys(lines)) {
		out.WriteString(lines[word])
	}
	if err := os.WriteFile(path, []byte(out.String()), 0o666); err != nil {
		log.Fatal(err)
	}
}

// ofNames are the folded adjectives made of names: Polish is not polish.
var ofNames = map[string]bool{}

// isWord says whether the thesaurus takes a word or expression (step_down): no name or stop word.
func isWord(word string) bool {
	return len(word) > 2 && !analysis.IsStop(word) && strings.Trim(word, "abcdefghijklmnopqrstuvwxyz_") == "" && !ofNames[word]
}
