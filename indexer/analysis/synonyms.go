package analysis

import (
	"cmp"
	_ "embed" // the table is part of the binary
	"slices"
	"strings"
)

//go:generate go run gen.go gen_moby.go gen_places.go

// The table has a line for each stem, sorted, with the stems of the words that
// WordNet relates to its words and the weight of each in tenths:
//
//	treati pact9 agreement2 agre2 accord2
//
// A plural with a meaning of its own (talks) has a line as it stands, too.
// It is searched where it lies: it costs neither time at the start nor memory.
// SYNONYMS.md names its source.
//
//go:embed synonyms.txt
var synonymTable string

// A Synonym is the stem of words that mean much the same as others, or that are
// made of one word with them (refuse, refusal).
type Synonym struct {
	Stem   string
	Weight float64 // 0 to 1: how likely both are meant in the one sense that they share
}

// Synonyms returns the synonyms of a folded word, the nearest first; at most
// three dozen. It knows no names.
func Synonyms(word string) []Synonym {
	stem := Stem(word)
	out := synonymsAt(stem)
	if word == stem {
		return out
	}
	for _, s := range synonymsAt(word) {
		if i := slices.IndexFunc(out, func(o Synonym) bool { return o.Stem == s.Stem }); i >= 0 {
			out[i].Weight = max(out[i].Weight, s.Weight)
		} else {
			out = append(out, s)
		}
	}
	slices.SortStableFunc(out, func(a, b Synonym) int { return cmp.Compare(b.Weight, a.Weight) })
	return out
}

// synonymsAt returns what the line of a stem or plural says.
func synonymsAt(key string) []Synonym {
	lo, hi := 0, len(synonymTable) // the line, if any, begins in [lo, hi)
	for lo < hi {
		start := strings.LastIndexByte(synonymTable[:(lo+hi)/2], '\n') + 1
		line, _, _ := strings.Cut(synonymTable[start:], "\n")
		head, rest, _ := strings.Cut(line, " ")
		switch {
		case head == key:
			return parseSynonyms(rest)
		case head < key:
			lo = start + len(line) + 1
		default:
			hi = start
		}
	}
	return nil
}

func parseSynonyms(line string) []Synonym {
	var out []Synonym
	for s := range strings.FieldsSeq(line) {
		last := len(s) - 1
		out = append(out, Synonym{Stem: s[:last], Weight: float64(s[last]-'0') / 10})
	}
	return out
}
