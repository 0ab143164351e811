package search

import (
	"cmp"
	"context"
	"slices"
	"sort"
	"strings"

	"github.com/blevesearch/vellum/levenshtein"

	"ibid/corpus/cite"
	"ibid/indexer/analysis"
	"ibid/search/query"
)

// Suggest completes what a reader is typing: actors and documents by any word of
// their name, headings, then words of the readings, at most n in all. It
// returns none where nothing fits, the index is closed or ctx is done. Where nothing
// begins as typed, the words are tried that nearly do.
func (ix *Index) Suggest(ctx context.Context, q string, n int) []Suggestion {
	out := []Suggestion{}
	typed := analysis.Terms(clip(q))
	if len(typed) == 0 || n <= 0 {
		return out
	}
	err := ix.guard(ctx, func() error {
		part := max(n/3, 1) // so that each kind has its place
		actors, err := ix.suggestActors(typed, part)
		if err != nil {
			return err
		}
		documents, err := ix.suggestDocuments(typed, part)
		if err != nil {
			return err
		}
		out = append(append(out, actors...), documents...)
		out = append(out, ix.suggestHeadings(typed, max(part/2, 1))...)
		out = append(out, ix.suggestWords(q, typed, n)...)
		if len(out) == 0 {
			out, err = ix.suggestNear(ctx, q, typed, n)
		}
		return err
	})
	if err != nil {
		return []Suggestion{}
	}
	return firstOf(out, n)
}

func firstOf[T any](s []T, n int) []T { return s[:min(n, len(s))] }

// completes says whether each word typed begins a word of name, the last one
// perhaps unfinished.
func completes(name, typed []string) bool {
	for _, t := range typed {
		if !slices.ContainsFunc(name, func(w string) bool { return strings.HasPrefix(w, t) }) {
			return false
		}
	}
	return true
}

func byCount(a, b Suggestion) int {
	return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Text, b.Text))
}

// suggestActors are the n most named of the actors of the authority file that are called so.
func (ix *Index) suggestActors(typed []string, n int) ([]Suggestion, error) {
	r, words := ix.register, spaced(typed)
	var keys []uint64 // the count, complemented, then the place
	for i := range r.Actors {
		if r.Kind[i] != 0 && hasAll(r.Called.View(i), words) {
			keys = append(keys, uint64(^r.Passages[i])<<32|uint64(i))
		}
	}
	slices.Sort(keys)
	var out []Suggestion
	for _, key := range firstOf(keys, n) {
		a, err := ix.actor(int(uint32(key)), 0)
		if err != nil {
			return nil, err
		}
		out = append(out, Suggestion{Text: a.Name, Kind: "actor", Label: a.Role, Query: "actor:" + a.ID, Count: a.Passages})
	}
	return out, nil
}

// suggestDocuments completes a siglum and the beginning of a number.
func (ix *Index) suggestDocuments(typed []string, n int) ([]Suggestion, error) {
	typed = slices.DeleteFunc(slices.Clone(typed), func(w string) bool { return w == "no" || w == "nos" })
	if len(typed) == 0 {
		return nil, nil
	}
	r, want := ix.register, strings.Join(typed, " ")
	var places []uint32
	for k := sort.Search(r.Key.Len(), func(k int) bool { return r.Key.View(k) >= want }); k < r.Key.Len() && len(places) < maxScanned; k++ {
		if !strings.HasPrefix(r.Key.View(k), want) {
			break
		}
		if int(r.KeyOf[k]) < r.Cited {
			places = append(places, r.KeyOf[k])
		}
	}
	slices.Sort(places)
	var out []Suggestion
	for _, i := range firstOf(slices.Compact(places), n) {
		d, err := ix.document(int(i))
		if err != nil {
			return nil, err
		}
		out = append(out, Suggestion{Text: d.ID, Kind: "document", Label: cite.PlainDate(d.Date), Query: `cite:"` + d.ID + `"`, Count: len(d.Quotations) + len(d.CitedIn)})
	}
	return out, nil
}

func (ix *Index) suggestHeadings(typed []string, n int) []Suggestion {
	var out []Suggestion
	for i := range ix.register.Heading.Len() {
		h := ix.register.Heading.At(i)
		if len(out) < n && completes(analysis.Terms(h), typed) {
			out = append(out, Suggestion{Text: h, Kind: "heading", Label: "", Query: query.PlainText(h), Count: 1})
		}
	}
	return out
}

// suggestWords completes the last word typed with those in most passages.
func (ix *Index) suggestWords(q string, typed []string, n int) []Suggestion {
	last := typed[len(typed)-1]
	if len(last) < 2 || strings.HasSuffix(q, " ") {
		return nil
	}
	var out []Suggestion
	scanned := 0
	ix.reader().prefixTerms(last, func(term string, docs int) bool {
		if term != last && !analysis.IsStop(term) {
			words := append(slices.Clone(typed[:len(typed)-1]), term)
			out = append(out, Suggestion{Text: term, Kind: "word", Query: strings.Join(words, " "), Count: docs})
		}
		scanned++
		return scanned < maxScanned
	})
	slices.SortFunc(out, byCount)
	return firstOf(out, n)
}

// suggestNear completes the last word typed as if it were mistyped: with the actors called
// by words that nearly begin so, then with those words.
func (ix *Index) suggestNear(ctx context.Context, q string, typed []string, n int) ([]Suggestion, error) {
	last := typed[len(typed)-1]
	if len(last) < minNear || len(last) > maxNearTyped || strings.HasSuffix(q, " ") {
		return nil, nil
	}
	s := ix.newSearch(ctx, Request{})
	words := s.nearlyBegun(last)
	var out []Suggestion
	for _, w := range firstOf(words, nearNames) {
		actors, err := ix.suggestActors(append(slices.Clone(typed[:len(typed)-1]), w.Text), 1)
		if err != nil {
			return nil, err
		}
		if len(actors) > 0 && !slices.ContainsFunc(out, func(s Suggestion) bool { return s.Query == actors[0].Query }) {
			out = append(out, actors[0])
		}
	}
	for _, w := range firstOf(words, n) {
		w.Query = strings.Join(append(slices.Clone(typed[:len(typed)-1]), w.Text), " ")
		out = append(out, w)
	}
	return out, nil
}

// Bounds of what is suggested for a mistyped beginning.
const (
	minNear      = 4  // letters
	maxNearTyped = 24 // letters
	nearNames    = 3  // words by which actors are looked for
)

// nearlyBegun returns the words of the text of which a beginning is one edit from what is
// typed, those with its first letter first, then those in most passages.
func (s *search) nearlyBegun(typed string) []Suggestion {
	dfa, err := automata[1]().BuildDfa(typed, 1)
	if err != nil {
		return nil // too long for the recogniser
	}
	var out []Suggestion
	s.accepted(begun{dfa}, func(word string, docs int) {
		if !analysis.IsStop(word) && !strings.ContainsAny(word, "0123456789") {
			out = append(out, Suggestion{Text: word, Kind: "word", Count: docs})
		}
	})
	slices.SortFunc(out, func(a, b Suggestion) int {
		if one, other := a.Text[0] == typed[0], b.Text[0] == typed[0]; one != other {
			if one {
				return -1
			}
			return 1
		}
		return byCount(a, b)
	})
	return out
}

// begun accepts what begins with something that an automaton accepts. It does not embed
// it: vellum asks whatever can tell distances for that of the whole word.
type begun struct{ dfa *levenshtein.DFA }

const accepted = -1 // the state behind such a beginning

// Start is that of the automaton.
func (b begun) Start() int { return b.dfa.Start() }

// IsMatch says whether a beginning was accepted.
func (b begun) IsMatch(s int) bool { return s == accepted || b.dfa.IsMatch(s) }

// CanMatch says whether a beginning was or may yet be accepted.
func (b begun) CanMatch(s int) bool { return s == accepted || b.dfa.CanMatch(s) }

// WillAlwaysMatch says whether a beginning was accepted.
func (b begun) WillAlwaysMatch(s int) bool { return b.IsMatch(s) }

// Accept takes the next byte.
func (b begun) Accept(s int, c byte) int {
	if b.IsMatch(s) {
		return accepted
	}
	return b.dfa.Accept(s, c)
}
