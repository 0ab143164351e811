//go:build ignore

package main

import (
	"bufio"
	"iter"
	"log"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"ibid/indexer/analysis"
)

// WordNet's database, as far as it is used here.
type wordnet struct {
	synsets     map[string]synset          // by part of speech and offset
	shares      map[string]float64         // by lemma and synset; see readShares
	uses        map[string]float64         // in the tagged texts, by lemma
	parts       map[string]string          // letters of the parts of speech, by word
	irregular   map[string][]string        // lemmas, by a form of theirs (wrote)
	irregularOf map[string][]string        // forms, by lemma
	forms       map[string]map[string]bool // of a word in other parts of speech (refuse, refusal), both ways
}

type synset struct {
	words     []string // as printed: May_Day, well-to-do
	adjective bool
	pointers  []pointer
	gloss     string // definitions and, between quotation marks, examples
}

type pointer struct {
	symbol   string
	synset   string
	from, to int // numbers of the words it holds between, from 1; 0 for all
}

func readWordNet() *wordnet {
	wn := &wordnet{
		synsets: map[string]synset{}, shares: map[string]float64{}, uses: map[string]float64{},
		parts: map[string]string{}, irregular: map[string][]string{}, irregularOf: map[string][]string{}, forms: map[string]map[string]bool{},
	}
	counts := readCounts()
	for key, n := range counts {
		lemma, _, _ := strings.Cut(key, " ")
		wn.uses[lemma] += n
	}
	for _, pos := range []string{"noun", "verb", "adj", "adv"} {
		wn.readSynsets(pos)
		wn.readShares(counts, pos)
		lines(pos+".exc", func(line string) {
			f := strings.Fields(line)
			wn.irregular[f[0]] = append(wn.irregular[f[0]], f[1:]...)
			for _, lemma := range f[1:] {
				if !slices.Contains(analysis.Bases(f[0]), lemma) {
					wn.irregularOf[lemma] = append(wn.irregularOf[lemma], f[0])
				}
			}
		})
	}
	for _, s := range wn.synsets {
		for _, w := range s.words {
			if 'A' <= w[0] && w[0] <= 'Z' && s.adjective {
				ofNames[joined(strings.ToLower(w))] = true
			}
		}
	}
	wn.readForms()
	return wn
}

// bases returns the words that a word is a form of by rule: those that have the parts of speech that have such forms.
func (wn *wordnet) bases(word string) []string {
	parts := "nv"
	switch {
	case strings.HasSuffix(word, "ed") || strings.HasSuffix(word, "ing"):
		parts = "v"
	case strings.HasSuffix(word, "er") || strings.HasSuffix(word, "est"):
		parts = "a"
	}
	return slices.DeleteFunc(analysis.Bases(word), func(base string) bool { return !strings.ContainsAny(wn.parts[base], parts) })
}

// lemma returns the word itself, or what it is a form of if it is no word that dictionaries have.
func (wn *wordnet) lemma(word string) string {
	if bases := wn.bases(word); wn.parts[word] == "" && len(bases) > 0 {
		return bases[0]
	}
	return word
}

// spelled returns a word and its other spellings that dictionaries have.
func (wn *wordnet) spelled(word string) []string {
	others := slices.DeleteFunc(analysis.Spellings(word), func(w string) bool { return wn.parts[w] == "" })
	return append([]string{word}, others...)
}

// readForms reads which words are derived of which. Only those that begin with the same letter are forms of one word: what WordNet calls
// derived also holds between trade and monger.
func (wn *wordnet) readForms() {
	for _, s := range wn.synsets {
		for _, p := range s.pointers {
			if p.from == 0 || !strings.Contains(`+\<`, p.symbol) {
				continue
			}
			a, b := joined(s.words[p.from-1]), joined(wn.synsets[p.synset].words[p.to-1])
			if a != b && isWord(a) && isWord(b) && !strings.Contains(a+b, "_") && a[0] == b[0] {
				wn.addForm(a, b)
				wn.addForm(b, a)
			}
		}
	}
}

// addDoctrines makes forms of one word of those of the heads that are doctrines and of who holds them: WordNet has realism, but not neorealism.
func (wn *wordnet) addDoctrines(heads iter.Seq[string]) {
	for head := range heads {
		if doctrine, ok := strings.CutSuffix(head, "ism"); ok && len(doctrine) > 3 {
			wn.addForm(head, doctrine+"ist")
			wn.addForm(doctrine+"ist", head)
		}
	}
}

// sign returns what is written before the weight of a word told: = of an irregular form of the same word, + of one that is derived of it, of
// either in any form.
func (wn *wordnet) sign(a, b string) string {
	for _, base := range append([]string{a}, wn.irregular[a]...) {
		if a != b && (base == b || slices.Contains(wn.irregularOf[base], b)) {
			return "="
		}
	}
	for _, a := range append([]string{a}, append(wn.bases(a), wn.irregular[a]...)...) {
		if a == b || wn.forms[a][b] || slices.Contains(wn.irregularOf[a], b) {
			return "+"
		}
	}
	return ""
}

func (wn *wordnet) addForm(a, b string) {
	if wn.forms[a] == nil {
		wn.forms[a] = map[string]bool{}
	}
	wn.forms[a][b] = true
}

// joined is a word without hyphens, as it is folded.
func joined(word string) string { return strings.ReplaceAll(word, "-", "") }

func lines(name string, each func(line string)) {
	f, err := os.Open(filepath.Join(*folder, name))
	if err != nil {
		log.Fatal(err)
	}
	defer f.Close()
	sc := bufio.NewScanner(f)
	sc.Buffer(nil, 1<<20)
	for sc.Scan() {
		if line := sc.Text(); !strings.HasPrefix(line, " ") { // the licence
			each(line)
		}
	}
	if err := sc.Err(); err != nil {
		log.Fatal(err)
	}
}

var letterOf = map[string]string{"noun": "n", "verb": "v", "adj": "a", "adv": "r"}

// readCounts returns how often each sense was met in the texts that WordNet's
// makers tagged, by lemma, part of speech and number of the sense.
func readCounts() map[string]float64 {
	counts := map[string]float64{}
	lines("cntlist.rev", func(line string) {
		f := strings.Fields(line)
		lemma, lex, ok := strings.Cut(f[0], "%")
		n, err := strconv.Atoi(f[2])
		if !ok || err != nil {
			log.Fatalf("cntlist.rev: %q", line)
		}
		pos := map[byte]string{'1': "n", '2': "v", '3': "a", '4': "r", '5': "a"}[lex[0]]
		counts[lemma+" "+pos+" "+f[1]] += float64(n)
	})
	return counts
}

// readShares adds the share that each sense has of the uses of its word in its
// part of speech, times the root of the share that this has of all uses: what
// a reader means by refuse is seldom the noun. A sense that was not met counts
// as half a use, the further down the less.
func (wn *wordnet) readShares(counts map[string]float64, pos string) {
	p := letterOf[pos]
	lines("index."+pos, func(line string) {
		f := strings.Fields(line)
		n, err := strconv.Atoi(f[2])
		if err != nil {
			log.Fatalf("index.%s: %q", pos, line)
		}
		wn.parts[joined(f[0])] += p
		weights, total := make([]float64, n), 0.0
		for i := range n {
			weights[i] = counts[f[0]+" "+p+" "+strconv.Itoa(i+1)] + 0.5/float64(i+1)
			total += weights[i]
		}
		for i, offset := range f[len(f)-n:] {
			wn.shares[f[0]+" "+p+offset] = weights[i] / total * math.Sqrt(min(1, (total+1)/(wn.uses[f[0]]+1)))
		}
	})
}

func (wn *wordnet) readSynsets(pos string) {
	lines("data."+pos, func(line string) {
		line, gloss, _ := strings.Cut(line, " | ")
		f := strings.Fields(line)
		n, err := strconv.ParseInt(f[3], 16, 0)
		if err != nil {
			log.Fatalf("data.%s: %q", pos, line)
		}
		s := synset{adjective: pos == "adj", gloss: gloss}
		for i := range int(n) {
			word, _, _ := strings.Cut(f[4+2*i], "(") // a marker of where an adjective stands
			s.words = append(s.words, word)
		}
		rest := f[4+2*n:]
		count, _ := strconv.Atoi(rest[0])
		for i := range count {
			p := rest[1+4*i:]
			from, _ := strconv.ParseInt(p[3][:2], 16, 0)
			to, _ := strconv.ParseInt(p[3][2:], 16, 0)
			s.pointers = append(s.pointers, pointer{p[0], p[2] + p[1], int(from), int(to)})
		}
		wn.synsets[letterOf[pos]+f[0]] = s
	})
}

// along returns the synsets that pointers of a kind lead to.
func (s synset) along(symbol string) []string {
	var out []string
	for _, p := range s.pointers {
		if p.symbol == symbol {
			out = append(out, p.synset)
		}
	}
	return out
}
