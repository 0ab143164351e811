//go:build ignore

// Gen writes words.lex and pairs.lex, the general English that package ocr
// carries. It reads the word lists of SCOWL (Debian package scowl) and the
// frequency lists that SymSpell ships (PyPI package symspellpy, unpacked):
//
//	go run gen.go -scowl /usr/share/dict/scowl -symspell DIR
//
// See LEXICON.md for versions and licences, lexicon.go for the format.
package main

import (
	"bufio"
	"encoding/binary"
	"flag"
	"log"
	"math/bits"
	"os"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
)

const blockSize = 16 // words; as in lexicon.go

// The kinds of word, as in lexicon.go.
const (
	common = iota
	uncommon
	rare
	name
	rareName
)

var (
	scowl    = flag.String("scowl", "/usr/share/dict/scowl", "folder of SCOWL lists")
	symspell = flag.String("symspell", "symspellpy", "folder of SymSpell frequency lists")
)

func main() {
	log.SetFlags(0)
	flag.Parse()
	words := readScowl()
	freq := readCounts(filepath.Join(*symspell, "frequency_dictionary_en_82_765.txt"), 1)
	entries := map[string]byte{}
	for w, kind := range words {
		entries[w] = byte(kind)<<5 | log2(freq[w])
	}
	write("words.lex", entries)

	pairs := map[string]byte{}
	contexts := contextWords(words, freq)
	for pair, n := range readCounts(filepath.Join(*symspell, "frequency_bigramdictionary_en_243_342.txt"), 2) {
		a, b, _ := strings.Cut(pair, " ")
		_, joined := words[a+b]
		if joined || contexts[a] || contexts[b] {
			pairs[pair] = log2(n)
		}
	}
	write("pairs.lex", pairs)
}

// readScowl returns each word up to size 80, each name up to 95, with its kind; possessives are
// left out, a word that also occurs in lower case is no name.
func readScowl() map[string]int {
	words := map[string]int{}
	for _, class := range []string{"words", "upper", "proper-names", "abbreviations"} {
		for _, variety := range []string{"english", "american", "british", "british_z", "australian", "canadian", "british_variant_1", "british_variant_2", "variant_1", "variant_2"} {
			for _, size := range []int{10, 20, 35, 40, 50, 55, 60, 70, 80, 95} {
				if size == 95 && class != "proper-names" {
					continue // words of that size do more harm than good: few know them
				}
				readList(words, variety+"-"+class+"."+strconv.Itoa(size), kindOf(class, size))
			}
		}
	}
	return words
}

func kindOf(class string, size int) int {
	switch {
	case class == "words" && size <= 50:
		return common
	case class == "words" && size <= 70:
		return uncommon
	case class == "words":
		return rare
	case size <= 60:
		return name
	}
	return rareName
}

func readList(words map[string]int, list string, kind int) {
	data, err := os.ReadFile(filepath.Join(*scowl, list))
	if os.IsNotExist(err) {
		return // not every variety has every size
	}
	if err != nil {
		log.Fatal(err)
	}
	for _, line := range strings.Fields(string(data)) {
		var w strings.Builder // the lists are in Latin 1
		for i := range len(line) {
			w.WriteRune(rune(line[i]))
		}
		word := strings.ToLower(w.String())
		if strings.Contains(word, "'") || len(word) > 60 {
			continue
		}
		if old, ok := words[word]; !ok || kind < old {
			words[word] = kind
		}
	}
}

// readCounts reads lines of so many words and a count.
func readCounts(path string, words int) map[string]uint64 {
	f, err := os.Open(path)
	if err != nil {
		log.Fatal(err)
	}
	defer f.Close()
	counts := map[string]uint64{}
	sc := bufio.NewScanner(f)
	for sc.Scan() {
		fields := strings.Fields(strings.TrimPrefix(sc.Text(), "\ufeff"))
		if len(fields) != words+1 {
			continue
		}
		n, err := strconv.ParseUint(fields[words], 10, 64)
		if err != nil {
			log.Fatalf("%s: %v", path, err)
		}
		counts[strings.Join(fields[:words], " ")] = n
	}
	if err := sc.Err(); err != nil {
		log.Fatal(err)
	}
	return counts
}

// contextWords returns the frequent words that a machine may read as another,
// rarer word by taking rn for m: pairs with these decide between the two.
func contextWords(words map[string]int, freq map[string]uint64) map[string]bool {
	out := map[string]bool{}
	for w := range words {
		for i := 0; i+2 <= len(w); i++ {
			if w[i:i+2] != "rn" {
				continue
			}
			other := w[:i] + "m" + w[i+2:]
			if _, ok := words[other]; ok && freq[w] > 2*freq[other] {
				out[w] = true
			}
		}
	}
	return out
}

func log2(n uint64) byte {
	if n == 0 {
		return 0
	}
	return byte(min(bits.Len64(n)-1, 31))
}

// write writes a sorted, front-coded list of keys with one byte each.
func write(path string, entries map[string]byte) {
	keys := make([]string, 0, len(entries))
	for k := range entries {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	var body []byte
	var starts []uint32
	for i, k := range keys {
		shared := 0
		if i%blockSize == 0 {
			starts = append(starts, uint32(len(body)))
		} else {
			for shared < min(len(k), len(keys[i-1])) && k[shared] == keys[i-1][shared] {
				shared++
			}
		}
		body = append(body, byte(shared), byte(len(k)-shared))
		body = append(body, k[shared:]...)
		body = append(body, entries[k])
	}
	out := binary.LittleEndian.AppendUint32(nil, uint32(len(keys)))
	for _, s := range starts {
		out = binary.LittleEndian.AppendUint32(out, s)
	}
	if err := os.WriteFile(path, append(out, body...), 0o644); err != nil {
		log.Fatal(err)
	}
	log.Printf("%s: %d keys", path, len(keys))
}
