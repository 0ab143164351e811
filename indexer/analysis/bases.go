package analysis

import "strings"

// Bases returns what a folded word is a form of by the rules of English
// spelling, the likeliest first: hoped is of hope, hopped of hop, called of
// call, taxes of tax. Which of them are words it does not know; irregular forms
// (wrote) it leaves alone.
func Bases(word string) []string {
	var out []string
	add := func(stem, ending string) {
		if len(stem)+len(ending) > 2 {
			out = append(out, stem+ending)
		}
	}
	ends := func(ending string) (string, bool) { return strings.CutSuffix(word, ending) }
	if stem, ok := ends("men"); ok {
		add(stem, "man")
	} else if stem, ok := ends("s"); ok && !strings.HasSuffix(stem, "s") {
		if y, ok := ends("ies"); ok {
			add(y, "y")
		}
		add(stem, "")
		if e, ok := strings.CutSuffix(stem, "e"); ok && hisses(e) {
			add(e, "")
		}
	} else {
		for _, ending := range []string{"ed", "ing", "est", "er"} {
			if stem, ok := ends(ending); ok {
				uninflected(stem, ending, add)
				break
			}
		}
	}
	return out
}

// hisses says whether a word takes -es.
func hisses(word string) bool {
	return word != "" && strings.IndexByte("sxzho", word[len(word)-1]) >= 0
}

// uninflected adds the bases of a form that ends with -ed, -ing, -er or -est.
func uninflected(stem, ending string, add func(stem, ending string)) {
	n := len(stem)
	if n < 2 {
		return
	}
	last, second := stem[n-1], stem[n-2]
	switch {
	case last == 'i' && ending != "ing": // carried, happiest
		add(stem[:n-1], "y")
		add(stem, "e")
	case last == second: // called, planned
		add(stem, "")
		add(stem[:n-1], "")
		add(stem, "e")
	case n > 2 && !vowel(last) && last != 'w' && last != 'x' && last != 'y' && vowel(second) && !vowel(stem[n-3]), // hoped is not hopped
		ending == "ed" && (strings.HasSuffix(stem, "ng") || strings.HasSuffix(stem, "th")): // arranged, bathed
		add(stem, "e")
		add(stem, "")
	default:
		add(stem, "")
		add(stem, "e")
	}
}

func vowel(c byte) bool { return strings.IndexByte("aeiouy", c) >= 0 }

// prefixes are what words are made with that mean something without them, too; the longest of those that begin alike first.
var prefixes = strings.Fields("anti counter neo non pre post pro pseudo quasi re semi sub super ultra over under inter co ex mis dis un in im il ir")

// leastBare is the letters that a word has without its prefix at least.
const leastBare = 5

// WithoutPrefix returns what is left of a folded word without a prefix that it may have, "" without one: of insincerity sincerity.
// Whether that is a word it does not know.
func WithoutPrefix(word string) string {
	for _, p := range prefixes {
		if bare, ok := strings.CutPrefix(word, p); ok {
			if len(bare) < leastBare {
				return ""
			}
			return bare
		}
	}
	return ""
}
