package search

import (
	"cmp"
	"slices"
	"strings"

	"ibid/search/query"
)

// Bounds of what is told where nothing was found.
const (
	maxNear    = 3      // values like one that the index does not know
	maxNamed   = 50_000 // values it is compared with
	maxDropped = 6      // parts of a query left out by turns
)

// addUnknown notes a field whose value the index does not know, with the values most like it.
func (s *search) addUnknown(f query.Field) {
	name := f.String()
	if slices.Contains(s.unknown, name) {
		return
	}
	s.unknown = append(s.unknown, name)
	g, ok := fieldGroups[f.Name]
	if !ok || g == GroupCite {
		return
	}
	if near := s.ix.nearValues(g, f.Value); len(near) > 0 {
		if s.alike == nil {
			s.alike = make(map[string][]string)
		}
		for _, v := range near {
			s.alike[name] = append(s.alike[name], query.Field{Name: f.Name, Value: v}.String())
		}
	}
}

// nearValues returns the values of a group that are called most like a value, best first.
func (ix *Index) nearValues(g Group, value string) []string {
	type candidate struct {
		value string
		far   int
	}
	want := foldName(value)
	if want == "" {
		return nil
	}
	var found []candidate
	values := ix.columns.Facet[string(g)].Values
	for i := range min(values.Len(), maxNamed) {
		v := values.At(i)
		far := unlike(want, foldName(v))
		for _, called := range ix.names.calls(g, v) {
			far = min(far, unlike(want, called))
		}
		if far <= 1+len(want)/4 {
			found = append(found, candidate{v, far})
		}
	}
	slices.SortFunc(found, func(a, b candidate) int { return cmp.Or(cmp.Compare(a.far, b.far), cmp.Compare(a.value, b.value)) })
	var out []string
	for _, c := range firstOf(found, maxNear) {
		out = append(out, c.value)
	}
	return out
}

// unlike counts the letters in which two folded names differ; 1 where a word of four
// letters or more is a name by itself and a word of the other.
func unlike(a, b string) int {
	for _, pair := range [][2]string{{a, b}, {b, a}} {
		if len(pair[0]) > 3 && slices.Contains(strings.Fields(pair[1]), pair[0]) {
			return 1
		}
	}
	if abs(len(a)-len(b)) > 1+len(a)/4 {
		return len(a) + len(b)
	}
	return distance([]rune(a), []rune(b))
}

func abs(n int) int { return max(n, -n) }

// A rest is a query without one of its parts.
type rest struct {
	without string // the part, as it prints
	query   query.Node
}

// rests returns what is left of a query without each of the parts that all hits must have.
func rests(n query.Node) []rest {
	children := query.Children(n)
	_, all := n.(query.And)
	_, plain := n.(query.Plain)
	if len(children) < 2 || !all && !plain {
		return nil
	}
	var out []rest
	for i, c := range children {
		switch c.(type) {
		case query.Word, query.Prefix, query.Fuzzy, query.Hint:
			if plain {
				continue // it hides nothing
			}
		}
		left := slices.Delete(slices.Clone(children), i, i+1)
		if all {
			out = append(out, rest{c.String(), query.Simplify(query.And{Nodes: left})})
		} else {
			out = append(out, rest{c.String(), query.Simplify(query.Plain{Nodes: left})})
		}
	}
	return firstOf(out, maxDropped)
}

// dropped tells for each part of the query that hides passages what is found without it.
func (s *search) dropped(m *matching) []Lifted {
	var out []Lifted
	for _, r := range rests(s.tree) {
		less := s.ix.newSearch(s.ctx, s.request)
		docs := less.narrow(less.matchAll(r.query), m.filters, "", nil)
		if m.asked != nil {
			docs = less.dated(*m.asked, s.request.Within, docs)
		}
		if n := less.count(docs); n > 0 {
			out = append(out, Lifted{Filter: "q", Part: r.without, Rest: r.query.String(), Total: n})
		}
	}
	return out
}
