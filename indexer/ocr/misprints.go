package ocr

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// veryCommon tells whether a word is among the thousand most common. Only for
// these a letter is supplied: an old spelling of a rarer word may lack one.
func veryCommon(k word) bool { return k.kind == common && k.log >= 26 }

// shortened has what is left of each very common long word when it loses a
// letter other than the first.
var shortened = sync.OnceValue(func() map[string]bool {
	out := map[string]bool{}
	englishWords.each(func(key []byte, value byte) {
		if len(key) <= 7 || !veryCommon(wordOf(value)) {
			return
		}
		for i := 1; i < len(key); i++ {
			out[string(key[:i])+string(key[i+1:])] = true
		}
	})
	return out
})

// missingLetter finds the very common word that a long word lacks one letter
// of, "Alhough", if that is the only word it may be.
func (r *Reader) missingLetter(printed, low string) fix {
	if len(low) < 7 || r.words[low] > 1 || !shortened()[low] {
		return fix{}
	}
	found := ""
	for _, w := range oneLetterMore(low) {
		k, ok := lookup(w)
		if !ok || w == found {
			continue
		}
		if found != "" || !veryCommon(k) {
			return fix{}
		}
		found = w
	}
	if found == "" {
		return fix{}
	}
	return fix{printed[:1] + found[1:], ruleMissing, 0.8}
}

// oneLetterMore returns low with each letter put in behind each of its letters.
func oneLetterMore(low string) []string {
	var out []string
	for i := 1; i < len(low); i++ {
		for c := byte('a'); c <= 'z'; c++ {
			out = append(out, low[:i]+string(c)+low[i:])
		}
	}
	return out
}

// lostLetter is the cost of a letter lost, as in confusion.
const lostLetter = 11

// lackedLetter returns the greatest weight of the common words that one letter
// more makes of a word.
func (r *Reader) lackedLetter(low string) float64 {
	best := 0.0
	for _, w := range oneLetterMore(low) {
		if k, ok := lookup(w); ok && k.kind <= uncommon {
			best = max(best, r.weight(w))
		}
	}
	return best
}

// realWord decides about a word that is one, but a rare one, in general or in
// this source, where the machine may have taken rn for m: "tum" stands where "in turn" and "turn to" are
// turns of phrase and "in tum" is none.
func (r *Reader) realWord(text, printed string, start, end int) fix {
	switch {
	case printed == "m":
		return r.loneM(text, printed, start, end)
	case strings.ToLower(printed) != printed || !strings.Contains(printed, "m"):
		return fix{}
	}
	k, ok := lookup(printed)
	inCompound := start > 0 && text[start-1] == '-' || end < len(text) && text[end] == '-'
	if !ok || r.known[printed] || inCompound {
		return fix{}
	}
	for i := range len(printed) {
		if printed[i] != 'm' {
			continue
		}
		w := printed[:i] + "rn" + printed[i+1:]
		full, ok := lookup(w)
		rarer := full.log-k.log >= 6 || full.log > k.log && r.words[w] > r.words[printed]
		if !ok || full.kind != common || full.log < 25 || !rarer {
			continue
		}
		before, after := wordBefore(text, start), wordAfter(text, end)
		if pairLog(before, printed) > 0 || pairLog(printed, after) > 0 {
			continue
		}
		if pairLog(before, w) > 0 || pairLog(w, after) > 0 {
			return fix{w, ruleRealWord, 0.85}
		}
	}
	return fix{}
}

// loneM reads a single m before a name or determiner as "in": the strokes of
// "in" run together. A source that uses m as a sign of its own is left alone.
func (r *Reader) loneM(text, printed string, start, end int) fix {
	if r.words["m"] > 3 || start < 2 || text[start-1] != ' ' || end+1 >= len(text) || text[end] != ' ' {
		return fix{}
	}
	before, _ := utf8.DecodeLastRuneInString(text[:start-1])
	after := wordAfter(text, end)
	next, _ := utf8.DecodeRuneInString(text[end+1:])
	if !unicode.IsLower(before) || !governed[after] && !(unicode.IsUpper(next) && len(after) > 1) {
		return fix{}
	}
	return fix{"in", ruleLetters, 0.85}
}

// wordBefore returns the word, in lower case, that a space parts from byte start.
func wordBefore(text string, start int) string {
	if start == 0 || text[start-1] != ' ' {
		return ""
	}
	i := strings.LastIndexFunc(text[:start-1], func(c rune) bool { return !unicode.IsLetter(c) })
	return strings.ToLower(text[i+1 : start-1])
}

// wordAfter returns the word, in lower case, that a space parts from byte end.
func wordAfter(text string, end int) string {
	if end >= len(text) || text[end] != ' ' {
		return ""
	}
	rest := text[end+1:]
	if i := strings.IndexFunc(rest, func(c rune) bool { return !unicode.IsLetter(c) }); i >= 0 {
		rest = rest[:i]
	}
	return strings.ToLower(rest)
}
