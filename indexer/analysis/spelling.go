package analysis

import (
	"slices"
	"strings"
)

// Spellings returns other spellings of a folded English word, in no order that
// matters: British and American, -ise and -ize, older forms. They are formed by
// rule and need not exist: look each up in the index before use.
//
// The rules and word lists follow the article "American and British English
// spelling differences" of Wikipedia and the tables of VarCon (wordlist.aspell.net),
// the older forms the OED's variant spellings of the 19th and early 20th century.
func Spellings(word string) []string {
	var out []string
	add := func(w string) {
		if w != word && !slices.Contains(out, w) {
			out = append(out, w)
		}
	}
	for _, w := range groups[word] {
		add(w)
	}
	for _, p := range endings {
		for _, ending := range p.inflected {
			swapEnding(word, p.a+ending, p.b+ending, p.least, add)
			swapEnding(word, p.b+ending, p.a+ending, p.least, add)
		}
	}
	for _, pair := range stemPairs {
		swapStem(word, pair[0], pair[1], add)
		swapStem(word, pair[1], pair[0], add)
	}
	doubledL(word, add)
	return out
}

// An endingPair is two spellings of an ending.
type endingPair struct {
	a, b      string
	least     int // letters before the ending
	inflected []string
}

var endings = []endingPair{
	{"is", "iz", 3, []string{"e", "es", "ed", "ing", "er", "ers", "ation", "ations", "ational", "able"}},
	{"ys", "yz", 3, []string{"e", "es", "ed", "ing", "er", "ers"}},
	{"ogue", "og", 3, []string{"", "s"}},
	{"xion", "ction", 3, []string{"", "s"}},
	{"gement", "gment", 2, []string{"", "s"}},
	{"amme", "am", 3, []string{"", "s"}},
	{"wards", "ward", 2, []string{""}},
}

func swapEnding(word, from, to string, least int, add func(string)) {
	if head, ok := strings.CutSuffix(word, from); ok && len(head) >= least {
		add(head + to)
	}
}

// stemPairs are the beginnings of words spelled in two ways.
var stemPairs = stemTable()

func stemTable() [][2]string {
	var out [][2]string
	for w := range strings.FieldsSeq(`arb ard arm behavi cand clam col demean endeav fav ferv flav glam harb hon hum lab misdemean
neighb od parl ranc rig rum savi sav splend succ tum val vap vig`) {
		out = append(out, [2]string{w + "our", w + "or"})
	}
	for w := range strings.FieldsSeq(`calib cent fib lit lust meag met mit och sab scept sepulch somb spect theat`) {
		out = append(out, [2]string{w + "re", w + "er"})
	}
	for _, p := range []string{"defence defense", "offence offense", "pretence pretense", "licence license", "practise practice",
		"despatch dispatch", "enquir inquir", "endorse indorse", "entrust intrust", "grey gray", "sceptic skeptic", "plough plow",
		"mould mold", "cheque check", "gaol jail", "shew show", "manoeuv maneuv", "aeroplane airplane", "encyclopaed encycloped",
		"mediaev mediev", "archaeo archeo", "foetus fetus", "storey story", "tyre tire", "kerb curb", "skilful skillful", "wilful willful",
		"fulfil fulfill", "enrol enroll", "instal install", "instalment installment", "aluminium aluminum", "draught draft",
		"telegramme telegram", "programme program", "reconnoitre reconnoiter", "co-operat cooperat", "to-day today"} {
		a, b, _ := strings.Cut(p, " ")
		out = append(out, [2]string{a, b})
	}
	return out
}

func swapStem(word, from, to string, add func(string)) {
	if tail, ok := strings.CutPrefix(word, from); ok {
		add(to + tail)
		if strings.HasSuffix(from, "re") && strings.HasPrefix(tail, "d") { // centred, centered
			add(to + "e" + tail)
		}
	}
}

// doubledL swaps travelled and traveled: an l after an unstressed vowel is
// doubled in British spelling only. Words of two syllables at least.
func doubledL(word string, add func(string)) {
	for _, ending := range []string{"ed", "ing", "er", "ers", "or", "ors"} {
		head, ok := strings.CutSuffix(word, ending)
		if !ok || len(head) < 5 {
			continue
		}
		if strings.HasSuffix(head, "ll") && vowels(head) >= 2 {
			add(head[:len(head)-1] + ending)
		} else if strings.HasSuffix(head, "l") && vowels(head) >= 2 {
			add(head + "l" + ending)
		}
	}
}

func vowels(word string) int {
	n := 0
	for i := range len(word) {
		if strings.IndexByte("aeiouy", word[i]) >= 0 && (i == 0 || strings.IndexByte("aeiouy", word[i-1]) < 0) {
			n++
		}
	}
	return n
}

// groups are names whose spelling in English changed, or was never settled.
var groups = groupTable(`rumania romania roumania|rumanian romanian roumanian|rumanians romanians roumanians|serbia servia|serbian servian
|tsar czar tzar|tsarist czarist tzarist|tsars czars tzars|moslem muslim|moslems muslims|mohammedan muhammadan|corea korea|corean korean
|esthonia estonia|esthonian estonian|jugoslavia yugoslavia|jugoslav yugoslav|czechoslovakia czecho-slovakia czechoslovak
|hindoo hindu|hindoos hindus|turkestan turkistan|roumelia rumelia|ukraine ukrainia|byelorussia belorussia|byelorussian belorussian
|soviet sovjet|bolshevik bolshevist|bolsheviks bolshevists|rouble ruble|roubles rubles|vodka wodka|fuehrer fuhrer|goering goring
|goebbels gobbels|weizsaecker weizsacker|koestring kostring|koenigsberg konigsberg|muenchen munchen|mueller muller|schroeder schroder`)

func groupTable(lines string) map[string][]string {
	m := make(map[string][]string)
	for line := range strings.SplitSeq(lines, "|") {
		words := strings.Fields(line)
		for _, w := range words {
			m[w] = append(m[w], words...)
		}
	}
	return m
}

// letterPairs are ways in which transliterations of Russian (Library of
// Congress, BGN, French and German) write the same sound.
var letterPairs = [][]string{
	{"skii", "sky", "ski", "skiy", "skij"}, {"ii", "y", "i", "iy"}, {"yan", "ian", "jan"}, {"ya", "ia", "ja"}, {"yu", "iu", "ju"},
	{"ye", "e", "ie", "je"}, {"ov", "off", "ow", "of"}, {"ev", "eff", "ew", "eev"}, {"ts", "tz", "c"}, {"kh", "h", "ch"}, {"zh", "j"},
	{"ch", "tch", "tsch"}, {"sh", "sch"}, {"u", "ou"}, {"v", "w"}, {"ks", "x"}, {"ay", "ai", "aj"}, {"ey", "ei", "ej"}, {"oy", "oi", "oj"},
	{"k", "c"}, {"f", "ph"}, {"i", "j", "y"},
}

// customs are how whole words of other languages are written, for the English way: German, with and without k for c, and
// French for names from the Slavic, and Polish.
var customs = []*strings.Replacer{
	strings.NewReplacer("tsch", "ch", "sch", "sh", "ow", "ov", "ew", "ev", "w", "v", "j", "y", "z", "ts"),
	strings.NewReplacer("tsch", "ch", "sch", "sh", "ow", "ov", "ew", "ev", "w", "v", "j", "y", "k", "c"),
	strings.NewReplacer("k", "c"),
	strings.NewReplacer("tch", "ch", "ch", "sh", "ou", "u", "off", "ov", "eff", "ev", "j", "zh"),
	strings.NewReplacer("cz", "ch", "sz", "sh", "w", "v", "j", "y", "ie", "e"),
}

// maxTransliterations bounds the forms that Transliterations returns.
const maxTransliterations = 256

// longestName is the number of bytes beyond which a word is no name: it has no transliterations, which grow with the square of its length.
const longestName = 40

// Transliterations returns other ways to write a folded name that may be
// transliterated from Russian: mikoian for mikoyan, souritz for suritz. At most
// two places differ, or all by the custom of a language and one more (woroschilow, voroshilov). They need not exist: look each up in the index before use.
// A word longer than any name has none.
func Transliterations(word string) []string {
	if len(word) > longestName {
		return nil
	}
	var out []string
	add := func(words ...string) {
		for _, v := range words {
			if v != word && !slices.Contains(out, v) {
				out = append(out, v)
			}
		}
	}
	once := transliterate(word)
	add(once...)
	for _, c := range customs {
		if w := c.Replace(word); w != word {
			add(w)
			add(transliterate(w)...)
		}
	}
	for _, w := range once {
		add(transliterate(w)...)
	}
	return out[:min(len(out), maxTransliterations)]
}

// transliterate returns the forms of word that differ in one place.
func transliterate(word string) []string {
	var out []string
	for _, ways := range letterPairs {
		for _, from := range ways {
			for at := 0; ; {
				i := strings.Index(word[at:], from)
				if i < 0 {
					break
				}
				at += i
				for _, to := range ways {
					if w := word[:at] + to + word[at+len(from):]; to != from && w != word && !slices.Contains(out, w) && len(out) < maxTransliterations {
						out = append(out, w)
					}
				}
				at++
			}
		}
	}
	return out
}
