package annotate

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// A word is a run of letters and digits in a reading. Apostrophes and hyphens
// part words, so that "Molotov's" and "Nazi-Germany" begin with the name.
type word struct {
	Span
	text string
	key  string // folded: lower case, without diacritics
	gap  string // what stands between the word before and this one
	caps bool   // begins with a capital
}

// wordsOf returns the words of text in order.
func wordsOf(text string) []word {
	var out []word
	start, last := -1, 0
	flush := func(end int) {
		if start >= 0 {
			w := text[start:end]
			r, _ := utf8.DecodeRuneInString(w)
			out = append(out, word{Span{start, end}, w, fold(w), text[last:start], unicode.IsUpper(r)})
			start, last = -1, end
		}
	}
	for i, r := range text {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r) {
			if start < 0 {
				start = i
			}
			continue
		}
		flush(i)
	}
	flush(len(text))
	return out
}

// words returns the words of the reading of t. Between those of two cells or
// items stands a mark that no name goes over.
func (t *Text) words() []word {
	words := wordsOf(t.Reading.Text)
	k := 0
	for _, end := range t.Ends {
		for k < len(words) && words[k].Start < end {
			k++
		}
		if k > 0 && k < len(words) {
			words[k].gap = "; "
		}
	}
	return words
}

// letters that have no decomposition but a common plain spelling.
var plainLetters = strings.NewReplacer("ß", "ss", "ø", "o", "ł", "l", "đ", "d", "æ", "ae", "œ", "oe", "ſ", "s")

// fold returns s in lower case without diacritics.
func fold(s string) string {
	plain := true
	for i := 0; i < len(s) && plain; i++ {
		plain = s[i] < utf8.RuneSelf
	}
	s = strings.ToLower(s)
	if plain {
		return s
	}
	var b strings.Builder
	for _, r := range norm.NFD.String(plainLetters.Replace(s)) {
		if !unicode.Is(unicode.Mn, r) {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// spellings of one sound in the usual transliterations from the Cyrillic
// (British, American, French, German) and of umlauts: Mikoian, Mikoyan; Maiski,
// Maisky; Suritz, Souritz; Litvinov, Litvinoff; Weizsaecker.
var sounds = strings.NewReplacer(
	"tsch", "ch", "tch", "ch", "sch", "sh", "kh", "h", "ck", "k", "ph", "f", "tz", "ts", "ou", "u",
	"ae", "a", "oe", "o", "ue", "u", "ff", "v", "w", "v", "yi", "i", "iy", "i", "ij", "i", "y", "i", "j", "i")

// soundKey returns a key that is equal for two transliterations of a name. name is folded.
func soundKey(name string) string {
	s := sounds.Replace(name)
	var b strings.Builder
	var last rune
	for _, r := range s {
		if r != last {
			b.WriteRune(r)
		}
		last = r
	}
	return b.String()
}

// startsSentence tells whether word i begins a sentence, where a capital says nothing.
func startsSentence(words []word, i int) bool {
	if i == 0 {
		return true
	}
	gap := words[i].gap
	prev := words[i-1]
	if strings.ContainsAny(gap, "!?:") || strings.ContainsAny(gap, `"“‘`) {
		return true
	}
	dot := strings.Contains(gap, ".")
	return dot && utf8.RuneCountInString(prev.text) > 1 && !shortForms[prev.key]
}

// shortForms that a full stop follows inside a sentence.
var shortForms = lexicon(`no nos p pp vol vols ch chap dr mr mrs ms st jr sr prof gen col capt lt maj adm sgt rev hon
	gov sen rep pres mme mlle messrs cf ed eds tr trans ibid op cit loc fn ff al etc eg ie vs viz approx jan feb mar apr
	jun jul aug sep sept oct nov dec fol fols esp repr art sec par ya yu`)

// lexicon returns the words of s as a set.
func lexicon(s string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(s) {
		set[w] = true
	}
	return set
}
