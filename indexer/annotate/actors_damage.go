package annotate

import (
	"slices"
	"strings"
	"unicode/utf8"

	"ibid/corpus"
)

// familyAt returns the family name that begins at word i and how many words it
// takes, 0 if none does. It reads, in this order: the name as the authority file
// has it; another transliteration of it; a name broken by a stray space
// ("W eizsacker"); a name that the machine or the printer damaged.
func (a *authority) familyAt(text string, words []word, i int) (family string, n int) {
	w := words[i]
	if !w.caps {
		return "", 0
	}
	for n := 3; n >= 1; n-- {
		if i+n > len(words) {
			continue
		}
		key := joinKeys(words[i:i+n], " ")
		if _, ok := a.families[key]; ok && key != "" && !a.isPlainWord(words, i, key) {
			return key, n
		}
	}
	if a.count[w.key] > 0 && a.names[w.key] {
		return "", 0 // it is another name
	}
	if f, ok := a.bySound[soundKey(w.key)]; ok && !a.common[w.key] && !corpus.IsGivenName(w.key) {
		return f, 1
	}
	if i+1 < len(words) && !words[i+1].caps && words[i+1].gap == " " {
		if f := a.joined(words[i], words[i+1]); f != "" {
			return f, 2
		}
	}
	if f := a.damaged(words, i); f != "" {
		return f, 1
	}
	return "", 0
}

// joinKeys returns the keys of words with sep between, "" if more than a space or hyphen parts two of them.
func joinKeys(words []word, sep string) string {
	if len(words) == 1 {
		return words[0].key
	}
	keys := make([]string, len(words))
	for j, w := range words {
		apostrophe := (w.gap == "'" || w.gap == "’") && j > 0 && len(words[j-1].text) == 1 // "D'Abernon"
		if j > 0 && w.gap != " " && w.gap != "-" && !apostrophe {
			return ""
		}
		keys[j] = w.key
	}
	return strings.Join(keys, sep)
}

// isPlainWord tells whether a family name that is also a word of the language
// ("Seeds", "Grey") stands where a capital says nothing: at the start of a
// sentence, in a source that prints the word small elsewhere.
func (a *authority) isPlainWord(words []word, i int, key string) bool {
	return a.common[key] && startsSentence(words, i) && (i+1 == len(words) || !verbsOfSpeech[words[i+1].key])
}

// joined returns the family name that a capital and the small word after it
// make: "W eizsacker", "Molo tov".
func (a *authority) joined(first, second word) string {
	key := first.key + second.key
	if _, ok := a.families[key]; ok && utf8.RuneCountInString(key) >= 5 && !a.common[first.key] {
		return key
	}
	if f, ok := a.bySound[soundKey(key)]; ok && utf8.RuneCountInString(first.text) == 1 {
		return f
	}
	return ""
}

// damaged returns the one family name of which word i is a damaged print. A
// capitalised word counts as damaged only if it is no word that the source
// prints small, no author it cites, no given name, not part of a longer name and
// no name that it prints more than twice, and if one family name is clearly nearest.
func (a *authority) damaged(words []word, i int) string {
	w := words[i]
	if utf8.RuneCountInString(w.text) < 4 || a.common[w.key] || a.authors[w.key] || corpus.IsGivenName(w.key) ||
		titles[w.key] || offices[w.key] || calendarWords[w.key] || isDemonym(w.key) {
		return ""
	}
	if i+1 < len(words) && words[i+1].caps && words[i+1].gap == " " && !calendarWords[words[i+1].key] {
		return ""
	}
	near, ok := a.near[w.key]
	if !ok {
		near = a.nearest(w.key)
		a.near[w.key] = near
	}
	limit := damageLimit(near.name)
	speaks := i+1 < len(words) && verbsOfSpeech[words[i+1].key] // "Weiszacker said" is a name also where a sentence begins
	if a.count[w.key] > 2 || startsSentence(words, i) && !speaks {
		limit = min(limit, 0.5)
	}
	if near.name == "" || near.damage > limit || near.second-near.damage < 0.5 && !a.samePersons(near.name, w.key, near.second) {
		return ""
	}
	return near.name
}

// A neighbour is the family name nearest to a printed word, with its damage and
// that of the second nearest.
type neighbour struct {
	name           string
	damage, second float64
}

func (a *authority) nearest(key string) neighbour {
	near := neighbour{damage: 9, second: 9}
	for family := range a.families {
		if strings.Contains(family, " ") || derives(key, family) {
			continue
		}
		d := damage(key, family)
		switch {
		case d < near.damage, d == near.damage && family < near.name:
			near = neighbour{family, d, near.damage}
		case d < near.second:
			near.second = d
		}
	}
	return near
}

// samePersons tells whether all family names as near to key as d name one person:
// spellings of one name.
func (a *authority) samePersons(name, key string, d float64) bool {
	for family, persons := range a.families {
		if family != name && damage(key, family) <= d {
			if len(persons) != 1 || len(a.families[name]) != 1 || persons[0].id != a.families[name][0].id {
				return false
			}
		}
	}
	return true
}

// damagedPlace returns the state or body of which word i is a damaged print: one
// confusion of letters at most, as names of states lie close to other words ("Russia", "Prussia").
func (a *authority) damagedPlace(words []word, i int) string {
	w := words[i]
	if i+1 < len(words) && words[i+1].gap == "-" { // "Franco-Russian"
		return ""
	}
	if !w.caps || utf8.RuneCountInString(w.text) < 6 || a.common[w.key] || a.names[w.key] || a.authors[w.key] || isDemonym(w.key) {
		return ""
	}
	for _, s := range a.places {
		if s.caps && utf8.RuneCountInString(s.keys[0]) >= 6 && damage(w.key, s.keys[0]) <= 0.5 {
			return s.actor
		}
	}
	return ""
}

// derives tells whether word is made from the name: "Stalinist", "Hitlerite",
// or the name from the word.
func derives(word, name string) bool {
	for _, suffix := range []string{"ist", "ists", "ism", "ite", "ites", "ian", "ians", "esque", "n", "ns", "an", "ic"} {
		if word == name+suffix || strings.TrimSuffix(name, "e")+suffix == word {
			return true
		}
	}
	return false
}

// damageLimit is the damage up to which a print is still read as name. A lost or
// added letter costs 1, a confusion of like letters 0.4.
func damageLimit(name string) float64 {
	switch n := utf8.RuneCountInString(name); {
	case n >= 8:
		return 1.5
	case n >= 5:
		return 1
	default:
		return 0.4
	}
}

// look-alikes of machine reading: each group is confused with the others.
var lookAlikes = []string{"il1tjf", "ceo", "aou", "nurh", "bh", "gq9", "s5", "o0", "z2", "vyu", "kh", "ec", "ae", "ft", "dl"}

// mergers are letters that a machine reads as others: "rn" for "m".
var mergers = [][2]string{{"m", "rn"}, {"m", "in"}, {"m", "ni"}, {"m", "nn"}, {"rm", "nn"}, {"w", "vv"}, {"d", "cl"},
	{"h", "li"}, {"u", "ii"}, {"n", "ri"}, {"k", "lc"}, {"b", "lo"}, {"nn", "im"}, {"m", "iii"}}

// damage returns what it costs to make print from name: the edit distance with
// transpositions, in which confusions of like letters and doubled letters are
// cheap. A different first letter that is no look-alike rules the name out.
func damage(print, name string) float64 {
	p, n := []rune(print), []rune(name)
	if len(p) == 0 || len(n) == 0 || len(p) > len(n)+3 || len(n) > len(p)+3 || len(p) > 40 {
		return 9
	}
	if p[0] != n[0] && substitution(p[0], n[0]) >= 1 && !merges(p, n) {
		return 9
	}
	cost := make([][]float64, len(p)+1)
	for i := range cost {
		cost[i] = make([]float64, len(n)+1)
		for j := range cost[i] {
			cost[i][j] = stepCost(cost, p, n, i, j)
		}
	}
	return cost[len(p)][len(n)]
}

// stepCost is the cheapest way to make p[:i] from n[:j].
func stepCost(cost [][]float64, p, n []rune, i, j int) float64 {
	if i == 0 || j == 0 {
		return float64(i + j)
	}
	best := min(cost[i-1][j]+addition(p, i), cost[i][j-1]+addition(n, j), cost[i-1][j-1]+substitution(p[i-1], n[j-1]))
	if i > 1 && j > 1 && p[i-1] == n[j-2] && p[i-2] == n[j-1] {
		best = min(best, cost[i-2][j-2]+1)
	}
	for _, m := range mergers {
		for _, way := range [2][2]string{{m[0], m[1]}, {m[1], m[0]}} {
			a, b := len(way[0]), len(way[1])
			if i >= a && j >= b && string(p[i-a:i]) == way[0] && string(n[j-b:j]) == way[1] {
				best = min(best, cost[i-a][j-b]+0.4)
			}
		}
	}
	return best
}

// addition is the cost of the letter before i: a doubled letter is half an error.
func addition(s []rune, i int) float64 {
	if i > 1 && s[i-1] == s[i-2] {
		return 0.5
	}
	return 1
}

func substitution(a, b rune) float64 {
	if a == b {
		return 0
	}
	if slices.ContainsFunc(lookAlikes, func(g string) bool { return strings.ContainsRune(g, a) && strings.ContainsRune(g, b) }) {
		return 0.4
	}
	return 1
}

// merges tells whether one of the words begins with letters that are read as the first of the other.
func merges(p, n []rune) bool {
	for _, m := range mergers {
		for _, way := range [2][2]string{{m[0], m[1]}, {m[1], m[0]}} {
			if strings.HasPrefix(string(p), way[0]) && strings.HasPrefix(string(n), way[1]) {
				return true
			}
		}
	}
	return false
}
