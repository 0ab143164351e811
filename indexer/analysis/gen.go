//go:build ignore

// Gen writes synonyms.txt and places.txt, the relations between English words and between names of
// states that package analysis carries. It reads the database of WordNet 3.0 (Debian package
// wordnet-base) and the Moby Thesaurus II:
//
//	go run gen.go gen_moby.go gen_places.go -wordnet /usr/share/wordnet -moby words.txt
//
// See SYNONYMS.md for the sources, their licences and what the weights mean.
package main

import (
	"bufio"
	"cmp"
	"flag"
	"log"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"ibid/indexer/analysis"
)

// How much a relation counts beside that of two words of one synset, and the
// bounds of the table.
const (
	derived   = 0.9 // refuse, refusal; a further step costs as much again
	pertains  = 0.7 // parliamentary, parliament
	similar   = 0.5 // adjectives of one cluster; verbs of one group; a quality and its adjective
	broader   = 0.4 // a word and the next more general one
	company   = 0.9 // words of the thesaurus that are always listed together; see addThesaurus
	leastTold = 0.25
	most      = 16  // words told of one stem
	tooMany   = 40  // narrower synsets beyond which a general one says nothing of them
	unmet     = 0.5 // a word that the tagged texts do not have: most are rare
)

var (
	folder = flag.String("wordnet", "/usr/share/wordnet", "folder of the WordNet database")
	moby   = flag.String("moby", "words.txt", "file of the Moby Thesaurus")
)

// A sense is a word in one of its meanings.
type sense struct {
	lemma string
	share float64 // of the uses of the word; see readShares
}

type pointer struct {
	symbol   string
	synset   string
	from, to int // numbers of the words it holds between, from 1; 0 for all
}

type synset struct {
	words     []string
	adjective bool
	pointers  []pointer
}

func main() {
	log.SetFlags(0)
	flag.Parse()
	synsets := map[string]synset{} // by part of speech and offset
	shares := map[string]float64{} // by lemma and synset
	counts := readCounts()
	uses, ofStem := map[string]float64{}, map[string]float64{}
	for key, n := range counts {
		lemma, _, _ := strings.Cut(key, " ")
		uses[lemma] += n
		ofStem[stemOf(lemma)] += n
	}
	for _, pos := range []string{"noun", "verb", "adj", "adv"} {
		readSynsets(synsets, pos)
		readShares(shares, counts, uses, pos)
	}
	for key := range shares {
		lemma, _, _ := strings.Cut(key, " ")
		shares[key] *= math.Pow((uses[lemma]+1)/(ofStem[stemOf(lemma)]+1), 0.25) // meanness says little of mean
	}
	for _, s := range synsets {
		for _, w := range s.words {
			if 'A' <= w[0] && w[0] <= 'Z' && s.adjective {
				ofNames[analysis.Stem(strings.ToLower(w))] = true
			}
		}
	}
	writePlaces("places.txt", synsets, shares)
	direct, forms := relations(synsets, shares)
	table := closure(direct, forms)
	near := edges{}
	near.addThesaurus(readMoby(*moby), uses, ofStem, company)
	table.join(near, forms)
	table.weigh(uses)
	write("synonyms.txt", table)
}

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
func readShares(shares, counts, uses map[string]float64, pos string) {
	p := letterOf[pos]
	lines("index."+pos, func(line string) {
		f := strings.Fields(line)
		n, err := strconv.Atoi(f[2])
		if err != nil {
			log.Fatalf("index.%s: %q", pos, line)
		}
		weights, total := make([]float64, n), 0.0
		for i := range n {
			weights[i] = counts[f[0]+" "+p+" "+strconv.Itoa(i+1)] + 0.5/float64(i+1)
			total += weights[i]
		}
		for i, offset := range f[len(f)-n:] {
			shares[f[0]+" "+p+offset] = weights[i] / total * math.Sqrt(min(1, (total+1)/(uses[f[0]]+1)))
		}
	})
}

func readSynsets(synsets map[string]synset, pos string) {
	lines("data."+pos, func(line string) {
		line, _, _ = strings.Cut(line, " | ")
		f := strings.Fields(line)
		n, err := strconv.ParseInt(f[3], 16, 0)
		if err != nil {
			log.Fatalf("data.%s: %q", pos, line)
		}
		s := synset{adjective: pos == "adj"}
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
		synsets[letterOf[pos]+f[0]] = s
	})
}

type edges map[string]map[string]float64 // by stem, of stems

func (e edges) add(a, b string, weight float64) {
	if a == b {
		return
	}
	if e[a] == nil {
		e[a] = map[string]float64{}
	}
	e[a][b] = max(e[a][b], weight)
}

// relations returns what WordNet says of two words directly, and apart from it
// the forms of one word in another part of speech.
func relations(synsets map[string]synset, shares map[string]float64) (direct, forms edges) {
	direct, forms = edges{}, edges{}
	for id, s := range synsets {
		mine := senses(s, id, shares)
		relate(direct, mine, mine, 1)
		for _, p := range s.pointers {
			other := synsets[p.synset]
			theirs := senses(other, p.synset, shares)
			switch {
			case p.symbol == "+" || p.symbol == "<":
				form(forms, s.words[p.from-1], other.words[p.to-1], derived)
			case p.symbol == `\`:
				form(forms, s.words[p.from-1], other.words[p.to-1], pertains)
			case p.symbol == "&" || p.symbol == "$" || p.symbol == "=":
				relate(direct, mine, theirs, similar)
			case p.symbol == "@":
				for _, id := range general(synsets, p.synset) {
					theirs := senses(synsets[id], id, shares)
					relate(direct, mine, theirs, broader)
					relate(direct, theirs, mine, broader)
				}
			}
		}
	}
	return direct, forms
}

// general returns a more general synset, or where that has no single word
// (written agreement) those above it; none where it has too many below it.
func general(synsets map[string]synset, id string) []string {
	s := synsets[id]
	if narrower := len(s.along("~")); narrower > tooMany {
		return nil
	}
	if slices.ContainsFunc(s.words, func(w string) bool { return stemOf(w) != "" }) {
		return []string{id}
	}
	var out []string
	for _, above := range s.along("@") {
		out = append(out, general(synsets, above)...)
	}
	return out
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

func senses(s synset, id string, shares map[string]float64) []sense {
	var out []sense
	for _, w := range s.words {
		if stemOf(w) != "" {
			out = append(out, sense{w, shares[strings.ToLower(w)+" "+id]})
		}
	}
	return out
}

// relate adds a relation: the geometric mean of how likely either word is meant so.
func relate(e edges, a, b []sense, weight float64) {
	for _, x := range a {
		for _, y := range b {
			together := weight * math.Sqrt(x.share*y.share)
			e.add(stemOf(x.lemma), stemOf(y.lemma), together)
			if stem := stemOf(x.lemma); x.lemma == stem+"s" && stem != stemOf(y.lemma) { // talks are not only several of a talk
				e.add(x.lemma, stemOf(y.lemma), min(weight, 2*together))
			}
		}
	}
}

// form adds that two words are forms of one, if they begin alike: what WordNet
// calls derived also holds between trade and monger.
func form(e edges, a, b string, weight float64) {
	if len(a) < 3 || len(b) < 3 || a[:3] != b[:3] {
		weight *= similar
	}
	if x, y := stemOf(a), stemOf(b); x != "" && y != "" {
		e.add(x, y, weight)
		e.add(y, x, weight)
	}
}

// ofNames are the stems of adjectives made of names: Polish is not polish.
var ofNames = map[string]bool{}

// stemOf returns the stem of a lemma; "" for names, several words, stop words and what is no word.
func stemOf(lemma string) string {
	lemma = strings.ReplaceAll(lemma, "-", "")
	if len(lemma) < 3 || analysis.IsStop(lemma) {
		return ""
	}
	for i := range len(lemma) {
		if c := lemma[i]; c < 'a' || 'z' < c {
			return ""
		}
	}
	if stem := analysis.Stem(lemma); !ofNames[stem] {
		return stem
	}
	return ""
}

// closure adds to what WordNet says the forms of words before and after it:
// fired, dismiss, dismissal.
func closure(direct, forms edges) edges {
	out := edges{}
	for a, bs := range forms {
		for b, w := range bs {
			out.add(a, b, w)
		}
	}
	for a, bs := range direct {
		for b, w := range bs {
			out.add(a, b, w)
			for c, f := range forms[b] {
				out.add(a, c, w*f)
			}
			for c, f := range forms[a] {
				out.add(c, b, w*f)
			}
		}
	}
	return out
}

// join adds relations, and the forms of the words they lead to.
func (e edges) join(near, forms edges) {
	for a, bs := range near {
		for b, w := range bs {
			e.add(a, b, w)
			for c, f := range forms[b] {
				e.add(a, c, w*f*pertains)
			}
		}
	}
}

// weigh lowers words that the tagged texts do not have.
func (e edges) weigh(uses map[string]float64) {
	met := map[string]bool{}
	for lemma := range uses {
		met[stemOf(lemma)] = true
	}
	for _, bs := range e {
		for b := range bs {
			if !met[b] {
				bs[b] *= unmet
			}
		}
	}
}

// write writes a line for each stem: "refus decline4 reject5 refusal9"; the digit
// is the weight in tenths.
func write(path string, e edges) {
	f, err := os.Create(path)
	if err != nil {
		log.Fatal(err)
	}
	w := bufio.NewWriter(f)
	stems, pairs := 0, 0
	for _, a := range sorted(e) {
		bs := e[a]
		var told []string
		for b, weight := range bs {
			if weight >= leastTold {
				told = append(told, b)
			}
		}
		slices.SortFunc(told, func(x, y string) int { return cmp.Or(cmp.Compare(bs[y], bs[x]), cmp.Compare(x, y)) })
		if len(told) == 0 {
			continue
		}
		w.WriteString(a)
		for _, b := range told[:min(len(told), most)] {
			w.WriteString(" " + b + strconv.Itoa(min(9, int(bs[b]*10+0.5))))
			pairs++
		}
		w.WriteByte('\n')
		stems++
	}
	if err := cmp.Or(w.Flush(), f.Close()); err != nil {
		log.Fatal(err)
	}
	log.Printf("%s: %d stems, %d pairs", path, stems, pairs)
}

func sorted[T any](e map[string]T) []string {
	var out []string
	for a := range e {
		out = append(out, a)
	}
	slices.Sort(out)
	return out
}
