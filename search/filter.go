package search

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"

	"ibid/corpus/edtf"
	"ibid/indexer/analysis"
	"ibid/indexer/schema"
	"ibid/search/query"
)

// A RequestError says what is wrong with a parameter of a request other than the query.
type RequestError struct {
	Parameter string // as in the API
	Message   string // a sentence that says what to do
}

func (e *RequestError) Error() string { return e.Message }

// fieldGroups are the groups that fields of the query language ask for.
var fieldGroups = map[string]Group{
	"actor": GroupActor, "speaker": GroupSpeaker, "to": GroupAddressee, "cite": GroupCite, "phase": GroupPhase,
	"kind": GroupKind, "section": GroupSection, "medium": GroupMedium, "source": GroupSource,
}

// field returns the passages that have what a field asks for. A value that the
// index does not know matches nothing and is told.
func (s *search) field(f query.Field) *roaring.Bitmap {
	switch f.Name {
	case "date":
		r, err := edtf.ParseRange(f.Value)
		if err != nil {
			s.addUnknown(f)
			return roaring.New()
		}
		return s.dated(r, false, s.ix.everything)
	case "page":
		return s.known(f.String(), s.anyTerm(schema.FieldPage, query.Pages(strings.ToLower(f.Value))))
	case "note":
		return s.known(f.String(), s.anyTerm(schema.FieldNote, []string{strings.TrimLeft(f.Value, "0")}))
	}
	docs := s.value(fieldGroups[f.Name], f.Value)
	if docs.IsEmpty() {
		s.addUnknown(f)
	}
	return docs
}

// known tells what matches nothing.
func (s *search) known(what string, docs *roaring.Bitmap) *roaring.Bitmap {
	if docs.IsEmpty() && !slices.Contains(s.unknown, what) {
		s.unknown = append(s.unknown, what)
	}
	return docs
}

func (s *search) anyTerm(field string, terms []string) *roaring.Bitmap {
	bitmaps := make([]*roaring.Bitmap, len(terms))
	for i, t := range terms {
		bitmaps[i] = s.term(field, t).docs
	}
	return roaring.FastOr(bitmaps...)
}

// value returns the passages with a value of a group, given by id or by a name
// that readers know it by.
func (s *search) value(g Group, value string) *roaring.Bitmap {
	if g == GroupCite {
		return s.cited(value)
	}
	return s.anyTerm(string(g), s.ix.resolve(g, value))
}

// cited returns the passages that cite something: by id ("GK 279", "Watt 1974") or
// another writing of it, by siglum alone, or by author alone.
func (s *search) cited(value string) *roaring.Bitmap {
	key := schema.CiteKey(value)
	for _, writing := range []string{key, schema.CiteKey(citeID(value))} {
		if docs := s.term(schema.FieldCite, writing).docs; !docs.IsEmpty() {
			return docs
		}
	}
	var out []*roaring.Bitmap
	terms := s.dict(schema.FieldCite).AutomatonIterator(nil, []byte(key+" "), []byte(key+"!"))
	for range maxScanned {
		e, err := terms.Next()
		if err != nil {
			panic(err)
		}
		if e == nil {
			break
		}
		out = append(out, s.term(schema.FieldCite, e.Term).docs)
	}
	return roaring.FastOr(out...)
}

// numbered is a name and a number, with what may stand between them.
var numbered = regexp.MustCompile(`^(.*?\D)(?:\s+(?:nos?|nr|doc)\.?)?\s*(\d+)$`)

// citeID returns the id of a citation that is written as in an address or in
// print: "GK 279" for "GK-279", "GK_279", "GK+279", "GK279" and "GK no. 279".
func citeID(value string) string {
	id := strings.Join(strings.FieldsFunc(value, func(r rune) bool { return strings.ContainsRune(" \t-_+", r) }), " ")
	return numbered.ReplaceAllString(id, "$1 $2")
}

// resolve returns the values of a group that a reader means: the value itself,
// or, without regard to case and accents, those that have it as id or name.
func (ix *Index) resolve(g Group, value string) []string {
	values := ix.columns.Facet[string(g)].Values
	if values.Index(value) >= 0 {
		return []string{value}
	}
	want := foldName(value)
	var out []string
	for i := range values.Len() {
		v := values.At(i)
		if foldName(v) == want || slices.Contains(ix.names.calls(g, v), want) {
			out = append(out, v)
		}
	}
	return out
}

// calls returns the folded names by which readers may ask for a value.
func (n *names) calls(g Group, value string) []string {
	var out []string
	switch g {
	case GroupActor, GroupSpeaker, GroupAddressee:
		a, ok := n.actors[value]
		if !ok {
			return nil
		}
		out = append(schema.NameWords(a), foldName(a.Name))
		if family, given, ok := strings.Cut(a.Name, ","); ok {
			out = append(out, foldName(family), foldName(given+" "+family))
		}
		for _, f := range a.Forms {
			out = append(out, foldName(f))
		}
	case GroupPhase, GroupSource, GroupCollection:
		out = []string{foldName(n.label(g, value))}
	}
	return out
}

func foldName(s string) string { return strings.Join(analysis.Terms(s), " ") }

// checkRequest returns a *RequestError for a request that cannot be answered.
func checkRequest(r *Request) error {
	switch {
	case r.Size == 0:
		r.Size = 10
	case r.Size < 1 || r.Size > 100:
		return &RequestError{"size", fmt.Sprintf("The size %d is not between 1 and 100; ask for 1 to 100 hits a page.", r.Size)}
	}
	if _, ok := layerDepth[r.Match]; !ok {
		return &RequestError{"match", fmt.Sprintf("There is no match %q; use exact, stem, variant or similar.", r.Match)}
	}
	switch r.Sort {
	case "", ByRelevance, ByDate, ByPosition:
	default:
		return &RequestError{"sort", fmt.Sprintf("There is no sort %q; use relevance, date or position.", r.Sort)}
	}
	values := 0
	for g, of := range r.Filters {
		if !slices.Contains(filterGroups, g) {
			return &RequestError{string(g), fmt.Sprintf("There is no filter %q.", g)}
		}
		values += len(of)
	}
	if values > maxFilterValues {
		return &RequestError{"filter", fmt.Sprintf("There are %d filter values; give at most %d.", values, maxFilterValues)}
	}
	return nil
}

// maxFilterValues bounds the values of all filters of a request.
const maxFilterValues = 200

var filterGroups = []Group{GroupKind, GroupSource, GroupSection, GroupPhase, GroupActor, GroupSpeaker, GroupAddressee, GroupCollection, GroupCite, GroupMedium}

// dateRange reads the ends of the range of a request; ok is false if there are none.
func (r *Request) dateRange() (out edtf.Range, ok bool, err error) {
	if r.From == "" && r.To == "" {
		return out, false, nil
	}
	for _, end := range []struct{ name, value string }{{"from", r.From}, {"to", r.To}} {
		if end.value == "" {
			continue
		}
		if _, err := edtf.Parse(end.value); err != nil {
			return out, false, &RequestError{end.name, fmt.Sprintf("%q is no date; write 1939-05-20, 1939-05 or 1939.", clip(end.value))}
		}
	}
	out, err = edtf.ParseEnds(r.From, r.To)
	if err != nil {
		return out, false, &RequestError{"from", fmt.Sprintf("The range from %s to %s ends before it begins; swap its ends.", clip(r.From), clip(r.To))}
	}
	return out, true, nil
}

func clip(s string) string {
	if r := []rune(s); len(r) > 40 {
		return string(r[:40]) + "..."
	}
	return s
}

// A filter is one condition of a request that facets may leave out.
type filter struct {
	group Group // "" for the date range
	docs  *roaring.Bitmap
}

// filters returns the conditions of the request except the date range.
func (s *search) filters() []filter {
	var out []filter
	for _, g := range filterGroups {
		values := s.request.Filters[g]
		if len(values) == 0 {
			continue
		}
		docs := roaring.New()
		for _, v := range values {
			docs.Or(s.known(string(g)+":"+v, s.value(g, v)))
		}
		out = append(out, filter{g, docs})
	}
	return out
}

// yearCost is the number of passages whose dates can be looked at in the time that it takes to add a year up.
const yearCost = 500

// dated returns the passages of some with a date that overlaps r, or lies within it.
// Where they are many, those of whole years are looked up.
func (s *search) dated(r edtf.Range, within bool, of *roaring.Bitmap) *roaring.Bitmap {
	if of.GetCardinality() < uint64(yearCost*s.ix.columns.Years.Len()) {
		return s.scanDates(r, within, of)
	}
	sure, maybe, err := s.ix.columns.Years.Touching(r.First, r.Last)
	if err != nil {
		panic(err)
	}
	if within {
		sure, maybe = nil, append(sure, maybe...) // a date of the year may go beyond
	}
	certain := roaring.FastOr(sure...)
	certain.And(of)
	open := roaring.FastOr(maybe...)
	open.And(of)
	open.AndNot(certain)
	certain.Or(s.scanDates(r, within, open))
	return certain
}

// scanDates is dated by a look at the dates of each passage.
func (s *search) scanDates(r edtf.Range, within bool, of *roaring.Bitmap) *roaring.Bitmap {
	c := s.ix.columns
	first, last := int32(r.First), int32(r.Last)
	out := roaring.New()
	var found []uint32
	s.each(of, func(docs []uint32) {
		found = found[:0]
		for _, doc := range docs {
			for i := c.DateAt[doc]; i < c.DateAt[doc+1]; i++ {
				from, to := c.Earliest[i], c.Latest[i]
				if within && first <= from && to <= last || !within && from <= last && first <= to {
					found = append(found, doc)
					break
				}
			}
		}
		out.AddMany(found)
	})
	return out
}

// leastFit is the fit below which a date named in plain words does not lift a
// passage: "20 May 1939" does not lift every mention of 1939.
const leastFit = 0.05

// dateFit rates how well the best date of a passage answers to a range: 1 for
// the same days, 0.7 for a date within it, less for one that reaches beyond.
func (ix *Index) dateFit(doc uint32, r edtf.Range) float64 {
	c := ix.columns
	best := 0.0
	for i := c.DateAt[doc]; i < c.DateAt[doc+1]; i++ {
		from, to := max(c.Earliest[i], int32(r.First)), min(c.Latest[i], int32(r.Last))
		if from > to {
			continue
		}
		shared := float64(to-from) + 1
		own := float64(c.Latest[i]-c.Earliest[i]) + 1
		asked := float64(r.Last-r.First) + 1
		best = max(best, 0.7*shared/own+0.3*shared/(own+asked-shared))
	}
	return best
}
