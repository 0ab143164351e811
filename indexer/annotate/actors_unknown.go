package annotate

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"ibid/corpus"
)

// An UnknownName is a name that looks like a person's or body's and is not in
// the authority file.
type UnknownName struct {
	Name  string // as first printed
	Lines []int  // 1-based lines of the source file on which it stands, ascending
}

// UnknownNames returns, by name, what in texts looks like the name of a person
// or body and is neither in the authority file nor the author of a cited work:
// two capitalised words or more side by side, a capitalised word behind a title
// or before a verb of speech. It is a list for an editor to look through, and
// leans towards naming too much. Actors and Citations have to be filled.
func UnknownNames(m *corpus.Manifest, texts []*Text) []UnknownName {
	a := newAuthority(m, texts)
	found := map[string]*UnknownName{}
	for _, t := range texts {
		if t.Reading == nil || t.Kind == corpus.Heading {
			continue
		}
		words := t.words()
		for i := 0; i < len(words); i++ {
			end := nameAt(words, i, a.common, nil)
			if end <= i {
				continue
			}
			if a.isUnknown(t, words, i, end) {
				name := t.Reading.Text[words[i].Start:words[end-1].End]
				key := fold(name)
				if found[key] == nil {
					found[key] = &UnknownName{Name: name}
				}
				if line := t.Reading.LineAt(words[i].Start); !slices.Contains(found[key].Lines, line) {
					found[key].Lines = append(found[key].Lines, line)
				}
			}
			i = end - 1
		}
	}
	var out []UnknownName
	for _, u := range found {
		slices.Sort(u.Lines)
		out = append(out, *u)
	}
	slices.SortFunc(out, func(x, y UnknownName) int { return cmp.Compare(x.Name, y.Name) })
	return out
}

// isUnknown tells whether words [i, end) are a name worth an editor's look.
func (a *authority) isUnknown(t *Text, words []word, i, end int) bool {
	span := Span{words[i].Start, words[end-1].End}
	m, _ := slices.BinarySearchFunc(t.Mentions, span.End, func(m Mention, at int) int { return m.Start - at })
	if m > 0 && span.Start < t.Mentions[m-1].End || isReference(t, span) {
		return false
	}
	for _, w := range words[i:end] {
		if a.authors[w.key] || a.names[w.key] || strings.Trim(w.text, "0123456789") == "" {
			return false
		}
	}
	if end-i >= 2 {
		return !startsSentence(words, i) || !a.common[words[i].key]
	}
	if utf8.RuneCountInString(words[i].text) < 4 || startsSentence(words, i) {
		return false
	}
	return i > 0 && titles[words[i-1].key] && words[i].gap == " " || end < len(words) && !words[end].caps && verbsOfSpeech[words[end].key] && words[end].gap == " "
}
