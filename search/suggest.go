package search

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"ibid/corpus/cite"
	"ibid/indexer/analysis"
	"ibid/indexer/schema"
)

// Suggest completes what a reader is typing: actors and documents by any word of
// their name, headings, then words of the readings, at most n in all. It
// returns none where nothing fits, the index is closed or ctx is done.
func (ix *Index) Suggest(ctx context.Context, q string, n int) []Suggestion {
	out := []Suggestion{}
	typed := analysis.Terms(clip(q))
	if len(typed) == 0 || n <= 0 {
		return out
	}
	err := ix.guard(ctx, func() error {
		s, err := ix.summary()
		if err != nil {
			return err
		}
		part := max(n/3, 1) // so that each kind has its place
		out = append(out, firstOf(s.suggestActors(typed), part)...)
		out = append(out, firstOf(s.suggestDocuments(typed), part)...)
		out = append(out, firstOf(s.suggestHeadings(typed), max(part/2, 1))...)
		out = append(out, ix.suggestWords(q, typed, n)...)
		return nil
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

func (s *summary) suggestActors(typed []string) []Suggestion {
	var out []Suggestion
	for i, a := range s.actors {
		if a.Kind != "" && completes(s.actorWords[i], typed) {
			out = append(out, Suggestion{Text: a.Name, Kind: "actor", Label: a.Role, Query: "actor:" + a.ID, Count: a.Passages})
		}
	}
	slices.SortFunc(out, byCount)
	return out
}

// suggestDocuments completes a siglum and the beginning of a number.
func (s *summary) suggestDocuments(typed []string) []Suggestion {
	var out []Suggestion
	typed = slices.DeleteFunc(slices.Clone(typed), func(w string) bool { return w == "no" || w == "nos" })
	if len(typed) == 0 {
		return nil
	}
	want := strings.Join(typed, " ")
	for _, d := range s.documents {
		if strings.HasPrefix(strings.ToLower(d.ID), want) {
			out = append(out, Suggestion{Text: d.ID, Kind: "document", Label: cite.PlainDate(d.Date), Query: `cite:"` + d.ID + `"`, Count: len(d.Quotations) + len(d.CitedIn)})
		}
	}
	return out
}

func (s *summary) suggestHeadings(typed []string) []Suggestion {
	var out []Suggestion
	for _, h := range s.headings {
		if completes(analysis.Terms(h), typed) {
			out = append(out, Suggestion{Text: h, Kind: "heading", Label: "", Query: h, Count: 1})
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

// headingList lists the distinct headings in reading order, at most maxScanned.
func (ix *Index) headingList() ([]string, error) {
	var list []string
	for it := ix.headings.Iterator(); it.HasNext() && len(list) < maxScanned; {
		p, err := ix.passage(it.Next())
		if err != nil {
			return nil, err
		}
		if !slices.Contains(list, p.Text) {
			list = append(list, p.Text)
		}
	}
	return list, nil
}

// actorWordsOf lists by actor the words of its name and forms.
func actorWordsOf(names *names, actors []ActorEntry) [][]string {
	out := make([][]string, len(actors))
	for i, a := range actors {
		out[i] = analysis.Terms(a.Name)
		if known, ok := names.actors[a.ID]; ok {
			out[i] = append(out[i], schema.NameWords(known)...)
			for _, f := range known.Forms {
				out[i] = append(out[i], analysis.Terms(f)...)
			}
		}
	}
	return out
}
