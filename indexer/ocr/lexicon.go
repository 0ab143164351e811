package ocr

import (
	_ "embed" // the lexicons are part of the binary
	"encoding/binary"
	"sort"
)

//go:generate go run gen.go

// The lexicons are front-coded lists that are searched where they lie: they
// cost neither time at the start nor memory. LEXICON.md names their sources.
//
//go:embed words.lex
var wordsData string

//go:embed pairs.lex
var pairsData string

var (
	englishWords = lexicon(wordsData)
	englishPairs = lexicon(pairsData)
)

const blockSize = 16 // keys of a block; as in gen.go

// The kinds of word: how general a word list has to be to have it. A name is
// written with a capital only.
const (
	common = iota
	uncommon
	rare
	name
	rareName
)

// A lexicon is a sorted list of lower-case keys with one byte each: the number
// of keys, the start of each block in the body (both uint32, little endian),
// then the body: for each key the bytes it shares with the one before it (0
// at the start of a block), the count of its other bytes, these, and its byte.
type lexicon string

// A word is what the lexicon tells of one: its kind, and the base 2 logarithm
// of its count in the Google Books corpus, 0 if it was not counted.
type word struct{ kind, log int }

// lookup returns what the general English lexicon knows of a word in lower case.
func lookup(w string) (word, bool) {
	b, ok := englishWords.find(w)
	if !ok {
		return word{}, false
	}
	return wordOf(b), true
}

// wordOf reads the byte that the words lexicon has for a word.
func wordOf(b byte) word { return word{kind: int(b >> 5), log: int(b & 31)} }

// pairLog returns the base 2 logarithm of how often the words a and b follow
// each other in general English, 0 where that is seldom or was not counted.
func pairLog(a, b string) int {
	n, _ := englishPairs.find(a + " " + b)
	return int(n)
}

func (l lexicon) uint32(i int) int {
	return int(binary.LittleEndian.Uint32([]byte(l[4*i : 4*i+4])))
}

// find returns the byte of a key.
func (l lexicon) find(key string) (byte, bool) {
	blocks := (l.uint32(0) + blockSize - 1) / blockSize
	body := l[4+4*blocks:]
	block := sort.Search(blocks, func(i int) bool {
		at := l.uint32(1 + i)
		return string(body[at+2:at+2+int(body[at+1])]) > key
	}) - 1
	if block < 0 {
		return 0, false
	}
	at, end := l.uint32(1+block), len(body)
	if block+1 < blocks {
		end = l.uint32(2 + block)
	}
	return body[at:end].scan(key)
}

// scan looks for key in one block. It keeps in same how many bytes of key the
// last entry agreed with, so no entry has to be put together.
func (l lexicon) scan(key string) (byte, bool) {
	for same, at := 0, 0; at < len(l); {
		shared, n := int(l[at]), int(l[at+1])
		rest := string(l[at+2 : at+2+n])
		value := l[at+2+n]
		at += 3 + n
		if shared > same {
			continue // differs from key where the entry before it did
		}
		if shared < same {
			return 0, false // the entries have passed key
		}
		agree := 0
		for agree < n && shared+agree < len(key) && rest[agree] == key[shared+agree] {
			agree++
		}
		same = shared + agree
		if agree == n && same == len(key) {
			return value, true
		}
	}
	return 0, false
}

// each calls f with every key and its byte, in order.
func (l lexicon) each(f func(key []byte, value byte)) {
	blocks := (l.uint32(0) + blockSize - 1) / blockSize
	body := l[4+4*blocks:]
	var key []byte
	for at := 0; at < len(body); {
		shared, n := int(body[at]), int(body[at+1])
		key = append(key[:shared], body[at+2:at+2+n]...)
		f(key, body[at+2+n])
		at += 3 + n
	}
}
