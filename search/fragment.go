package search

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"ibid/corpus"
)

// Sizes of fragments in bytes, and how many of a passage are shown.
const (
	fragmentAim  = 240
	fragmentMax  = 360
	maxFragments = 3
)

// fragments returns the stretches of a text that show best what matched, in
// their order; the beginning where nothing did. A fragment is cut at the ends of
// sentences where they are near, else between words, never in a mark nor in one of
// the places, which are of names, dates and citations.
func fragments(text string, marks []mark, places []corpus.Place) []Fragment {
	if len(text) <= fragmentMax {
		return []Fragment{orWhole(pieces(text, 0, len(text), marks))}
	}
	borders := sentences(text)
	if len(marks) == 0 {
		return []Fragment{orWhole(pieces(text, 0, beginning(text, borders, places), nil))}
	}
	for _, m := range marks {
		places = append(places, corpus.Place{Start: m.start, End: m.end})
	}
	var windows [][2]int
	rest := slices.Clone(marks)
	shown := make(map[int]bool)
	for len(windows) < maxFragments {
		first, last, gain := bestWindow(rest, shown)
		if gain <= 0 {
			break
		}
		for _, m := range rest[first : last+1] {
			shown[m.what] = true
		}
		start, end := stretch(text, borders, places, rest[first].start, rest[last].end)
		windows = append(windows, [2]int{start, end})
		rest = slices.DeleteFunc(rest, func(m mark) bool { return m.start < end && m.end > start })
	}
	return cutAll(text, windows, marks)
}

// beginning is where the first sentences of a text end, or some of the words of a
// first sentence that is too long.
func beginning(text string, borders []int, places []corpus.Place) int {
	_, end := stretch(text, borders, places, 0, 1)
	if end < fragmentAim/2 && borders[min(1, len(borders)-1)] > fragmentMax {
		_, end = outside(places, 0, wordBefore(text, fragmentAim, end))
		end = trimSpace(text, 0, end)
	}
	return end
}

func orWhole(f Fragment) Fragment {
	if f == nil {
		return Fragment{}
	}
	return f
}

// cutAll makes fragments of windows, joining those that overlap.
func cutAll(text string, windows [][2]int, marks []mark) []Fragment {
	slices.SortFunc(windows, func(a, b [2]int) int { return a[0] - b[0] })
	var joined [][2]int
	for _, w := range windows {
		if n := len(joined) - 1; n >= 0 && w[0] <= joined[n][1] {
			joined[n][1] = max(joined[n][1], w[1])
			continue
		}
		joined = append(joined, w)
	}
	var out []Fragment
	for _, w := range joined {
		out = append(out, pieces(text, w[0], w[1], marks))
	}
	return out
}

// bestWindow returns the run of marks, not longer than a fragment, that shows
// most: each part of the query counts by its weight, less if it was shown
// before, a repetition little; of equal runs the tighter.
func bestWindow(marks []mark, shown map[int]bool) (first, last int, gain float64) {
	for i := range marks {
		value := 0.0
		seen := make(map[int]bool, 4)
		for j := i; j < len(marks) && (j == i || marks[j].end-marks[i].start <= fragmentAim); j++ {
			m := marks[j]
			switch {
			case seen[m.what]:
				value += 0.1 * m.weight
			case shown[m.what]:
				value += 0.2 * m.weight
			default:
				value += m.weight + 0.01
			}
			seen[m.what] = true
			tight := value - 0.0005*float64(m.end-marks[i].start)
			if tight > gain+1e-9 {
				first, last, gain = i, j, tight
			}
		}
	}
	if len(shown) > 0 && gain < 0.5*marksWeight(marks) && allShown(marks, shown) {
		return 0, 0, 0 // a further fragment would only repeat
	}
	return first, last, gain
}

func marksWeight(marks []mark) float64 {
	most := 0.0
	for _, m := range marks {
		most = max(most, m.weight)
	}
	return most
}

func allShown(marks []mark, shown map[int]bool) bool {
	return !slices.ContainsFunc(marks, func(m mark) bool { return !shown[m.what] })
}

// stretch widens [start, end) to a fragment: to whole sentences if that is not
// too long, else to whole words on both sides.
func stretch(text string, borders []int, places []corpus.Place, start, end int) (int, int) {
	i, _ := slices.BinarySearch(borders, start+1)
	from := borders[max(i-1, 0)]
	j, _ := slices.BinarySearch(borders, end)
	to := borders[min(j, len(borders)-1)]
	if to-from <= fragmentMax {
		for to-from < fragmentAim/2 && j+1 < len(borders) && borders[j+1]-from <= fragmentMax { // a short sentence takes the next with it
			j++
			to = borders[j]
		}
		from, to = outside(places, from, to) // "v. Ribbentrop" is no end of a sentence
		return from, trimSpace(text, from, to)
	}
	spare := max(fragmentAim-(end-start), 0)
	if start-from > spare/2 {
		from = wordAfter(text, start-spare/2, start)
	}
	if to-end > spare-spare/2 {
		to = wordBefore(text, end+spare-spare/2, end)
	}
	from, to = outside(places, from, to)
	return from, trimSpace(text, from, to)
}

// outside moves the borders of a stretch out of the places they fall in.
func outside(places []corpus.Place, from, to int) (int, int) {
	for moved := true; moved; {
		moved = false
		for _, p := range places {
			if p.Start < from && from < p.End {
				from, moved = p.Start, true
			}
			if p.Start < to && to < p.End {
				to, moved = p.End, true
			}
		}
	}
	return from, to
}

// named returns where the names, dates and citations of a passage stand.
func named(p *corpus.Passage) []corpus.Place {
	var out []corpus.Place
	for _, m := range p.Actors {
		out = append(out, m.Place)
	}
	for _, d := range p.Dates {
		out = append(out, d.Place)
	}
	for _, c := range p.Citations {
		out = append(out, c.Place)
	}
	return out
}

func trimSpace(text string, from, to int) int {
	return from + len(strings.TrimRightFunc(text[from:to], unicode.IsSpace))
}

// wordAfter returns the beginning of the first word at or after i, at most limit.
func wordAfter(text string, i, limit int) int {
	for i = max(i, 0); i < limit; i++ {
		if wordStart(text, i) {
			return i
		}
	}
	return limit
}

// wordBefore returns the end of the last word at or before i, at least limit.
func wordBefore(text string, i, limit int) int {
	for i = min(i, len(text)); i > limit; i-- {
		if i == len(text) || text[i] == ' ' {
			return i
		}
	}
	return limit
}

func wordStart(text string, i int) bool { return i == 0 || text[i-1] == ' ' && text[i] != ' ' }

// wordBorder says whether no word runs over byte i.
func wordBorder(text string, i int) bool {
	if i <= 0 || i >= len(text) {
		return true
	}
	before, _ := utf8.DecodeLastRuneInString(text[:i])
	after, _ := utf8.DecodeRuneInString(text[i:])
	return !inWord(before) || !inWord(after)
}

func inWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) }

// sentences returns the bytes where sentences begin, and the end of the text.
// A sentence ends with a stop, question or exclamation mark, closing quotation
// marks and brackets after it, before a space and a capital, a digit or an
// opening mark; not after an initial or an abbreviation ("no.", "Mr.").
func sentences(text string) []int {
	out := []int{0}
	for i := 0; i < len(text); i++ {
		if c := text[i]; c != '.' && c != '?' && c != '!' {
			continue
		}
		end := i + 1
		for end < len(text) {
			r, n := utf8.DecodeRuneInString(text[end:])
			if !strings.ContainsRune(".?!\"')]\u201d\u2019\u00bb", r) {
				break
			}
			end += n
		}
		if end+1 >= len(text) || text[end] != ' ' || text[i] == '.' && abbreviated(text[:i]) {
			i = end - 1
			continue
		}
		if next, _ := utf8.DecodeRuneInString(text[end+1:]); unicode.IsUpper(next) || unicode.IsDigit(next) || strings.ContainsRune("\"'(\u201c\u2018[", next) {
			out = append(out, end+1)
		}
		i = end - 1
	}
	return append(out, len(text))
}

var abbreviations = map[string]bool{
	"no": true, "nos": true, "p": true, "pp": true, "vol": true, "vols": true, "mr": true, "mrs": true, "dr": true, "st": true, "cf": true, "ed": true,
	"eds": true, "op": true, "cit": true, "ibid": true, "ch": true, "fn": true, "nr": true, "col": true, "gen": true, "prof": true, "rev": true, "jr": true,
	"e.g": true, "i.e": true, "etc": true, "viz": true, "doc": true, "sir": false, "capt": true, "lt": true, "hon": true, "messrs": true, "fig": true, "art": true,
}

// abbreviated says whether a text ends with an abbreviation or an initial, its stop left off.
func abbreviated(text string) bool {
	word := text[strings.LastIndexAny(text, " ([\"'")+1:]
	if r, n := utf8.DecodeLastRuneInString(word); n > 0 && n == len(word) && unicode.IsUpper(r) {
		return true
	}
	return len(word) > 2 && word[len(word)-2] == '.' || abbreviations[strings.ToLower(word)]
}
