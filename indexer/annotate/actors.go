package annotate

import (
	"cmp"
	"maps"
	"regexp"
	"slices"
	"strings"

	"ibid/corpus"
)

// Actors fills Mentions of each text: every place where a person, state or body
// of the authority file is named. The longest form wins and mentions do not
// overlap. A name inside a citation, or one that a year or page follows as in a
// citation, is an author and no mention; adjectives of a state and pronouns are
// none either. A family name that two persons share is told apart by what stands
// before it (initials, given name, title), by the last full form in the same
// text, or by who is foremost in the texts before, and is otherwise left open.
func Actors(m *corpus.Manifest, texts []*Text) {
	a := newAuthority(m, texts)
	for _, t := range texts {
		t.Mentions = nil
		if t.Reading == nil {
			continue
		}
		for _, c := range longest(a.find(t)) {
			t.Mentions = append(t.Mentions, Mention{Span: c.Span, Mention: corpus.Mention{
				ID: c.actor, Printed: t.Reading.Text[c.Start:c.End], Line: t.Reading.LineAt(c.Start),
			}})
		}
	}
}

// A candidate is a stretch that may name an actor.
type candidate struct {
	Span
	actor string
}

// find returns the stretches of t that name an actor; they may overlap.
func (a *authority) find(t *Text) []candidate {
	text := t.Reading.Text
	words := t.words()
	var out []candidate
	last := map[string]string{} // family name -> id of the person that the text last named unmistakably
	for i := range words {
		for _, e := range a.sequences[words[i].key] {
			if end, ok := e.matches(words, i); ok {
				out = append(out, candidate{Span{words[i].Start, end}, e.actor})
			}
		}
		if family, n := a.familyAt(text, words, i); n > 0 {
			if c, ok := a.person(text, words, i, n, family, last); ok {
				out = append(out, c)
			}
		} else if id := a.damagedPlace(words, i); id != "" {
			out = append(out, candidate{words[i].Span, id})
		}
	}
	return slices.DeleteFunc(out, func(c candidate) bool { return isReference(t, c.Span) })
}

// person decides which of the persons of a family name the words [i, i+n) name,
// and takes in the given names, initials and titles before it.
func (a *authority) person(text string, words []word, i, n int, family string, last map[string]string) (candidate, bool) {
	before := prefixOf(text, words, i)
	var fit []*namesake
	for _, p := range a.families[family] {
		if !before.contradicts(p) {
			fit = append(fit, p)
		}
	}
	open := len(a.families[family]) > 1 || a.shared[family]
	switch {
	case len(fit) == 0:
		return candidate{}, false
	case !open || len(fit) == 1 && (before.confirms(fit[0]) || len(a.families[family]) > 1 && before.tells()):
		last[family] = fit[0].id
	default:
		if confirmed := slices.DeleteFunc(slices.Clone(fit), func(p *namesake) bool { return !before.confirms(p) }); len(confirmed) > 0 {
			fit = confirmed
		}
		known := slices.IndexFunc(fit, func(p *namesake) bool { return p.id == cmp.Or(last[family], a.foremost(family)) })
		if full := onlyFull(fit, before); full >= 0 {
			known = full
		}
		if known < 0 && len(fit) == 1 && before.confirms(fit[0]) {
			known = 0
		}
		if known < 0 {
			return candidate{}, false
		}
		fit = fit[known : known+1]
		last[family] = fit[0].id
	}
	if a.named[family] == nil {
		a.named[family] = map[string]int{}
	}
	a.named[family][fit[0].id]++
	start := before.start(fit[0], words, i)
	return candidate{Span{start, words[i+n-1].End}, fit[0].id}, true
}

// onlyFull returns the index of the one person whom what is printed before the
// family name names in full, -1 if there is none or more than one.
func onlyFull(persons []*namesake, before prefix) int {
	at := -1
	for i, p := range persons {
		if !before.full(p) {
			continue
		}
		if at >= 0 {
			return -1
		}
		at = i
	}
	return at
}

// foremost returns the person of a shared family name whom the texts so far have
// named at least twice as often as any other: the one whom an author goes on to
// call by that name alone. "" if there is none.
func (a *authority) foremost(family string) string {
	if len(a.families[family]) < 2 {
		return ""
	}
	best, second := "", 0
	for _, id := range slices.Sorted(maps.Keys(a.named[family])) {
		switch n := a.named[family][id]; {
		case best == "" || n > a.named[family][best]:
			if best != "" {
				second = a.named[family][best]
			}
			best = id
		case n > second:
			second = n
		}
	}
	if best == "" || a.named[family][best] < 2*second {
		return ""
	}
	return best
}

// afterReference is what follows the author of a cited work: "Stalin (1939)",
// "Stalin, p. 346", "Stalin 1939, p. 4" inside brackets.
var (
	afterReference    = regexp.MustCompile(`^(?:\s*\(\s*(?:1[5-9]|20)\d\d|,?\s*(?:pp?|chap(?:ter)?|vol)\b\.?\s*[0-9IVXLl])`)
	inParenthesesYear = regexp.MustCompile(`^,?\s+(?:1[5-9]|20)\d\d[a-z]?\s*[,;):]`)
)

// isReference tells whether a name is the author of a cited work.
func isReference(t *Text, s Span) bool {
	if overlapsCitation(t.Citations, s) {
		return true
	}
	text := t.Reading.Text
	after := text[s.End:min(len(text), s.End+40)]
	if afterReference.MatchString(after) {
		return true
	}
	before := strings.TrimRight(text[max(0, s.Start-2):s.Start], " ")
	return (strings.HasSuffix(before, "(") || strings.HasSuffix(before, ";")) && inParenthesesYear.MatchString(after)
}

// overlapsCitation tells whether s overlaps one of cs, which are by Start. A
// citation that holds others (a group in brackets) does not reach far back.
func overlapsCitation(cs []Citation, s Span) bool {
	i, _ := slices.BinarySearchFunc(cs, s.End, func(c Citation, at int) int { return c.Start - at })
	for j := i - 1; j >= 0 && j >= i-8; j-- {
		if s.Start < cs[j].End {
			return true
		}
	}
	return false
}

// longest keeps of overlapping candidates the longest, and returns them in order.
func longest(cs []candidate) []candidate {
	slices.SortStableFunc(cs, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End))
	})
	var out []candidate
	for _, c := range cs {
		if len(out) == 0 || out[len(out)-1].End <= c.Start {
			out = append(out, c)
			continue
		}
		if prev := &out[len(out)-1]; c.End-c.Start > prev.End-prev.Start {
			*prev = c
		}
	}
	return out
}
