package web

import (
	"cmp"
	"context"
	"iter"
	"maps"
	"reflect"
	"slices"
	"strings"
	"sync"

	"ibid/corpus"
	"ibid/search"
	"ibid/search/query"
)

// fake is an index of a few passages made by hand. It finds passages that
// contain every word of the query and pass the filters.
type fake struct {
	manifest *corpus.Manifest
	passages []*corpus.Passage
	version  string
	fail     error  // what Search returns instead
	wait     func() // called by Search

	mu    sync.Mutex
	asked []search.Request // what Search was asked, in order
}

func newFake() *fake {
	f := &fake{
		version: "v1",
		manifest: &corpus.Manifest{
			ID: "harbour", Title: "The Harbour Papers", Description: "Letters about a harbour.",
			Sources: []corpus.Source{{ID: "hale", Format: corpus.Text, Reference: corpus.Reference{
				Type: "article-journal", Title: "Letters about a Harbour", Author: []corpus.Name{{Family: "Hale", Given: "Ada"}},
				ContainerTitle: "Annals of Ports", Volume: "7", Issued: "1998", Page: "11-14", DOI: "10.1/x"}}},
			Collections: []corpus.Collection{{Siglum: "HP", Title: "Harbour Papers", Issued: 1950}},
			Phases:      []corpus.Phase{{ID: "early", Label: "Before the storm", From: "1901-01-01", To: "1901-06-30"}},
			Actors: []corpus.Actor{
				{ID: "brandt", Name: "Brandt, Otto", Kind: corpus.Person, Country: "norland", Role: "harbour master"},
				{ID: "clark", Name: "Clark, Jane", Kind: corpus.Person},
				{ID: "norland", Name: "Norland", Kind: corpus.State},
			},
		},
		passages: []*corpus.Passage{
			{ID: "hale/h01", Kind: corpus.Heading, Source: "hale", Section: "I", Pages: []string{"11"}, Lines: [][2]int{{1, 1}},
				Text: "I. The harbour", Printed: "I. The harbour", Marks: []corpus.Mark{{Line: 1, Page: "11"}}},
			{ID: "hale/p01", Kind: corpus.Paragraph, Source: "hale", Section: "I", Phase: []string{"early"}, Pages: []string{"11", "12"},
				Lines: [][2]int{{3, 4}, {7, 7}}, Notes: []string{"hale/n01"}, Quotations: []string{"hale/q01"},
				Text:    "On 3 May 1901 Brandt told Clark, \"the harbour is closed to all ships,\" and left (HP no. 12). No ship came.",
				Printed: "On 3 May 1901 Brandt told Clark, \"the har\nbour is closed to all ships,\"1) and left (HP no. 12).\nNo ship carne.",
				Repairs: []corpus.Repair{{Line: 3, Printed: "har|bour", Reading: "harbour", Rule: "split-word", Confidence: 0.99, Place: corpus.Place{Start: 38, End: 45}},
					{Line: 4, Printed: "1)", Reading: "", Rule: "note-marker", Confidence: 1, Place: corpus.Place{Start: 70, End: 70}},
					{Line: 7, Printed: "carne", Reading: "came", Rule: "confused-letters", Confidence: 0.8, Place: corpus.Place{Start: 101, End: 105}}},
				Marks:     []corpus.Mark{{At: 0, Line: 3, Page: "11"}, {At: 41, Line: 4}, {At: 70, Note: "hale/n01"}, {At: 93, Line: 7, Page: "12"}},
				Dates:     []corpus.Date{{Printed: "3 May 1901", EDTF: "1901-05-03", Earliest: "1901-05-03", Latest: "1901-05-03", Line: 3, Place: corpus.Place{Start: 3, End: 13}}},
				Actors:    []corpus.Mention{{ID: "brandt", Printed: "Brandt", Line: 3, Place: corpus.Place{Start: 14, End: 20}}, {ID: "clark", Printed: "Clark", Line: 3, Place: corpus.Place{Start: 26, End: 31}}},
				Citations: []corpus.Citation{{ID: "HP 12", Kind: corpus.CitesDocument, Printed: "HP no. 12", Line: 4, Place: corpus.Place{Start: 81, End: 90}}}},
			{ID: "hale/q01", Kind: corpus.Quotation, Source: "hale", Section: "I", Phase: []string{"early"}, Pages: []string{"11"}, Lines: [][2]int{{3, 4}},
				Within: "hale/p01", Text: "the harbour is closed to all ships,", Printed: "the har\nbour is closed to all ships,",
				Marks:  []corpus.Mark{{At: 0, Line: 3, Page: "11"}, {At: 7, Line: 4}},
				Nature: corpus.OfDocument, Speaker: "brandt", Addressee: "clark", Medium: "letter", Date: "1901-05-03",
				Citations: []corpus.Citation{{ID: "HP 12", Kind: corpus.CitesDocument, Printed: "HP no. 12", Line: 4}}},
			{ID: "hale/p02", Kind: corpus.Paragraph, Source: "hale", Section: "I", Pages: []string{"12"}, Lines: [][2]int{{8, 8}},
				Text: "<script>alert(1)</script> & <b>bold</b> \u05e9\u05dc\u05d5\u05dd " + strings.Repeat("long", 60), Printed: "<script>alert(1)</script> & <b>bold</b>"},
			{ID: "hale/n01", Kind: corpus.Footnote, Source: "hale", Section: "I", Footnote: 1, Pages: []string{"11"}, Lines: [][2]int{{5, 5}},
				Caller: &corpus.Caller{Passage: "hale/p01", Line: 4, Printed: "1)"}, Text: "Clark kept the letter.", Printed: "1) Clark kept the letter."},
		},
	}
	for _, p := range f.passages {
		withoutNulls(p) // once, since requests read them side by side
	}
	return f
}

func (f *fake) Version() string            { return f.version }
func (f *fake) Manifest() *corpus.Manifest { return f.manifest }

// record notes a request; a browser may have several under way.
func (f *fake) record(r search.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.asked = append(f.asked, r)
}

func (f *fake) Search(ctx context.Context, r search.Request) (*search.Result, error) {
	f.record(r)
	if f.wait != nil {
		f.wait()
	}
	if f.fail != nil {
		return nil, f.fail
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	tree, err := query.Parse(r.Query)
	if err != nil {
		return nil, err
	}
	result := &search.Result{Index: f.version, Query: search.Understood{Q: r.Query, Understood: tree.String()},
		Hits: []search.Hit{}, Facets: map[search.Group][]search.FacetValue{}, Histogram: []search.Bar{}}
	if r.Query == "harbur" {
		result.Query.Corrections = []search.Correction{{Word: "harbur", Tried: []string{"harbour"}}}
		r.Query = "harbour"
	}
	kinds := map[corpus.Kind]int{}
	for _, p := range f.passages {
		if !contains(p, query.Words(must(query.Parse(r.Query)))) {
			continue
		}
		kinds[p.Kind]++
		if passes(p, r.Filters) {
			result.Hits = append(result.Hits, f.hit(r, p))
		}
	}
	result.Total = len(result.Hits)
	for _, kind := range []corpus.Kind{corpus.Heading, corpus.Paragraph, corpus.Footnote, corpus.Quotation} {
		if kinds[kind] > 0 {
			result.Facets[search.GroupKind] = append(result.Facets[search.GroupKind], search.FacetValue{Value: string(kind), Label: string(kind),
				Count: kinds[kind], Selected: slices.Contains(r.Filters[search.GroupKind], string(kind))})
		}
	}
	for group, of := range map[search.Group]func(*corpus.Passage) string{
		search.GroupSpeaker: func(p *corpus.Passage) string { return p.Speaker }, search.GroupAddressee: func(p *corpus.Passage) string { return p.Addressee }} {
		counts := map[string]int{}
		for _, hit := range result.Hits {
			p, err := f.Passage(hit.ID)
			if err != nil {
				return nil, err
			}
			if value := of(p); value != "" {
				counts[value]++
			}
		}
		for _, value := range slices.Sorted(maps.Keys(counts)) {
			result.Facets[group] = append(result.Facets[group], search.FacetValue{Value: value, Count: counts[value]})
		}
	}
	result.Histogram = []search.Bar{{From: "1901-04-01", To: "1901-04-30"}, {From: "1901-05-01", To: "1901-05-31", Count: result.Total}}
	if size := cmp.Or(r.Size, 10); len(result.Hits) > size {
		result.Hits, result.Next = result.Hits[:size], "next-page"
	}
	return withoutNulls(result), nil
}

func must(n query.Node, err error) query.Node {
	if err != nil {
		panic(err)
	}
	return n
}

func contains(p *corpus.Passage, words []string) bool {
	for _, w := range words {
		if !strings.Contains(strings.ToLower(p.Text), strings.ToLower(w)) {
			return false
		}
	}
	return true
}

func passes(p *corpus.Passage, filters search.Filters) bool {
	for group, values := range filters {
		has := map[search.Group][]string{search.GroupKind: {string(p.Kind)}, search.GroupSection: {p.Section}, search.GroupPhase: p.Phase,
			search.GroupSpeaker: {p.Speaker}, search.GroupMedium: {p.Medium}, search.GroupSource: {p.Source}, search.GroupAddressee: {p.Addressee}}[group]
		for _, m := range p.Actors {
			if group == search.GroupActor {
				has = append(has, m.ID)
			}
		}
		if !slices.ContainsFunc(values, func(v string) bool { return slices.Contains(has, v) }) {
			return false
		}
	}
	return true
}

func (f *fake) hit(r search.Request, p *corpus.Passage) search.Hit {
	return search.Hit{ID: p.ID, Kind: p.Kind, Source: p.Source, Section: p.Section, Phase: p.Phase, Pages: p.Pages, Lines: p.Lines, Score: 1,
		Title: "Passage " + p.ID, URL: "/passage/" + p.ID, Reference: "Hale, p. " + strings.Join(p.Pages, "-"),
		Fragments: []search.Fragment{marked(p.Text, r.Query)}, Speaker: p.Speaker, Addressee: p.Addressee, Medium: p.Medium, Date: p.Date,
		Footnote: p.Footnote, Dates: p.Dates, Actors: p.Actors, Citations: p.Citations, Quotations: p.Quotations}
}

// marked marks the first occurrence of q.
func marked(text, q string) search.Fragment {
	i := strings.Index(text, q)
	if q == "" || i < 0 {
		return search.Fragment{{Text: text}}
	}
	return search.Fragment{{Text: text[:i]}, {Text: q, Match: true, Layer: search.Exact}, {Text: text[i+len(q):]}}
}

// QuoteCheck finds a text that a passage has as it stands.
func (f *fake) QuoteCheck(_ context.Context, text string) (*search.QuoteReport, error) {
	report := &search.QuoteReport{Index: f.version, Text: text, Words: len(strings.Fields(text)), Verdict: search.QuoteNone}
	for _, p := range f.passages {
		if strings.Contains(p.Text, text) {
			report.Verdict = search.QuoteExact
			report.Matches = append(report.Matches, search.QuoteMatch{Passage: p.ID, Kind: p.Kind, Source: p.Source, Title: "Passage " + p.ID,
				URL: "/passage/" + p.ID, Citation: "Hale, Letters", Verdict: search.QuoteExact, Of: []search.Version{search.OfReading}, Similarity: 1,
				Pieces: []search.QuotePiece{{Kind: search.PieceSame, Text: text}}})
		}
	}
	return withoutNulls(report), nil
}

// KWIC gives one line for each passage that has the query as it stands.
func (f *fake) KWIC(ctx context.Context, r search.KWICRequest) (*search.Concordance, error) {
	if f.fail != nil {
		return nil, f.fail
	}
	if _, err := query.Parse(r.Query); err != nil {
		return nil, err
	}
	out := &search.Concordance{Index: f.version, Query: search.Understood{Q: r.Query, Understood: r.Query}, Lines: []search.Line{}}
	for _, p := range f.passages {
		left, right, ok := strings.Cut(p.Text, r.Query)
		if !ok || r.Query == "" || !passes(p, r.Filters) {
			continue
		}
		hit := f.hit(r.Request, p)
		out.Lines = append(out.Lines, search.Line{Passage: p.ID, Title: hit.Title, Reference: hit.Reference, URL: hit.URL,
			Left: left, Match: r.Query, Right: right, Layer: search.Exact})
	}
	out = withoutNulls(out)
	out.Total = len(out.Lines)
	if r.Size > 0 && r.Cursor == "" && out.Total > r.Size {
		out.Next = "next-page"
	}
	if r.Size > 0 {
		out.Lines = out.Lines[:min(r.Size, out.Total)]
	}
	return out, nil
}

func (f *fake) Passage(id string) (*corpus.Passage, error) {
	for _, p := range f.passages {
		if p.ID == id {
			return p, nil
		}
	}
	return nil, search.ErrNotFound
}

func (f *fake) Passages(source string) ([]*corpus.Passage, error) {
	if source != "hale" {
		return nil, search.ErrNotFound
	}
	return f.passages, nil
}

// documents are two cited ones.
func (f *fake) documents() []search.DocumentEntry {
	return *withoutNulls(&[]search.DocumentEntry{
		{ID: "HP 12", Slug: "HP-12", Kind: search.CitedDocument, Collection: "HP", Number: 12, Date: "1901-05-03", Medium: "letter", From: "brandt", To: "clark",
			Quotations: []string{"hale/q01"}, CitedIn: []string{"hale/p01"}, URL: "/document/HP-12"},
		{ID: "HP 9", Slug: "HP-9", Kind: search.CitedDocument, Collection: "HP", Number: 9, Quotations: []string{}, CitedIn: []string{"hale/p01"}, URL: "/document/HP-9"},
	})
}

// Calendar filters by collection and words of the id, and pages by its cursor "1".
func (f *fake) Calendar(_ context.Context, r search.CalendarRequest) (*search.Calendar, error) {
	if f.fail != nil {
		return nil, f.fail
	}
	out := &search.Calendar{Years: map[int]int{1901: 1}, Undated: 1, Cited: 2, Groups: []search.GroupCount{{Kind: search.CitedDocument, Value: "HP", Count: 2}}}
	all := slices.DeleteFunc(f.documents(), func(d search.DocumentEntry) bool {
		return !strings.Contains(d.ID, r.Words) || len(r.Collections) > 0 && !slices.Contains(r.Collections, d.Collection) || r.Speaker != "" && d.From != r.Speaker
	})
	if r.Sort == search.CalendarByNumber {
		slices.SortFunc(all, func(a, b search.DocumentEntry) int { return cmp.Compare(a.Number, b.Number) })
	}
	out.Total = len(all)
	if r.Cursor == "1" && len(all) > 0 {
		out.Offset, out.Previous, all = 1, "0", all[1:]
	}
	if r.Size == 1 && len(all) > 1 {
		out.Next, all = "1", all[:1]
	}
	out.Documents = all
	return withoutNulls(out), nil
}

func (f *fake) Document(id string) (*search.DocumentEntry, error) {
	for _, d := range f.documents() {
		if d.ID == id || d.Slug == id {
			return withoutNulls(&d), nil
		}
	}
	return nil, search.ErrNotFound
}

func (f *fake) DocumentPassages(id string) ([]*corpus.Passage, error) {
	var out []*corpus.Passage
	for _, p := range f.passages {
		if p.Document != nil && p.Document.ID == id {
			out = append(out, p)
		}
	}
	if out == nil {
		return nil, search.ErrNotFound
	}
	return out, nil
}

func (f *fake) Beside(id string) (before, after *search.DocumentEntry, err error) {
	if all := f.documents(); id == "HP 12" {
		return &all[1], nil, nil
	} else if id == "HP 9" {
		return nil, &all[0], nil
	}
	_, err = f.DocumentPassages(id)
	return nil, nil, err
}

func (f *fake) DocumentsLike(string, int) []search.DocumentEntry { return f.documents() }

func (f *fake) Totals() search.Totals { return search.Totals{Cited: 2, Quoted: 1, Actors: 3} }

func (f *fake) actors() []search.ActorEntry {
	return *withoutNulls(&[]search.ActorEntry{
		{ID: "brandt", Name: "Brandt, Otto", Kind: corpus.Person, Country: "norland", Role: "harbour master", Mentions: 1, Passages: 1, SaidTotal: 1, MentionedTotal: 1,
			Forms: []search.FormCount{{Form: "Brandt", Count: 1}}, Said: []string{"hale/q01"}, Mentioned: []string{"hale/p01"}, URL: "/actor/brandt"},
		{ID: "clark", Name: "Clark, Jane", Kind: corpus.Person, Mentions: 1, Passages: 1, WasToldTotal: 1, WasTold: []string{"hale/q01"}, URL: "/actor/clark"},
		{ID: "norland", Name: "Norland", Kind: corpus.State, URL: "/actor/norland"},
	})
}

func (f *fake) Actors(_ context.Context, r search.ActorsRequest) (*search.Actors, error) {
	out := &search.Actors{Letters: map[string]int{"b": 1, "c": 1, "n": 1}, Kinds: map[search.ActorKind]int{"person": 2, "state": 1}}
	for _, a := range f.actors() {
		if (r.Kind == "" || string(r.Kind) == string(a.Kind)) && strings.Contains(strings.ToLower(a.Name), strings.ToLower(r.Words)) {
			out.Actors = append(out.Actors, a)
		}
	}
	out.Total = len(out.Actors)
	if r.Size == 1 && out.Total > 1 {
		out.Next, out.Actors = "1", out.Actors[:1]
	}
	return withoutNulls(out), nil
}

func (f *fake) Pairs(int) []search.Pair {
	return []search.Pair{{From: "brandt", To: "clark", Count: 1}}
}

func (f *fake) Actor(id string) (*search.ActorEntry, error) {
	for _, a := range f.actors() {
		if a.ID == id {
			return withoutNulls(&a), nil
		}
	}
	return nil, search.ErrNotFound
}

func (f *fake) HasActor(id string) bool {
	_, err := f.Actor(id)
	return err == nil
}

// Values are those of all passages.
func (f *fake) Values(g search.Group) []string {
	var out []string
	for _, p := range f.passages {
		out = append(out, map[search.Group]string{search.GroupSection: p.Section, search.GroupMedium: p.Medium}[g])
	}
	slices.Sort(out)
	return slices.DeleteFunc(slices.Compact(out), func(v string) bool { return v == "" })
}

// Census tells of the passages made by hand.
func (f *fake) Census() (*search.Census, error) {
	rule := func(sure int, confidence float64) *search.RepairCount {
		return &search.RepairCount{Count: 1, Sure: sure, Least: confidence, Sum: confidence}
	}
	return &search.Census{Passages: 5, Pages: 2, BySource: map[string]int{"hale": 5},
		Kinds:   map[corpus.Kind]int{corpus.Heading: 1, corpus.Paragraph: 2, corpus.Footnote: 1, corpus.Quotation: 1},
		Natures: map[corpus.Nature]int{corpus.OfDocument: 1},
		Repairs: map[string]*search.RepairCount{"split-word": rule(1, 0.99), "note-marker": rule(1, 1), "confused-letters": rule(0, 0.8)},
		Dates:   1, Mentions: 2, DocumentCites: 1,
		Undated: search.Found{Count: 2, First: []string{"hale/p02", "hale/n01"}}, NoPhase: search.Found{Count: 1, First: []string{"hale/p02"}}}, nil
}

func (f *fake) Suggest(_ context.Context, q string, n int) []search.Suggestion {
	if !strings.HasPrefix("harbour", q) || n < 1 {
		return nil
	}
	return []search.Suggestion{{Text: "harbour", Kind: "word", Query: "harbour", Count: 2}}
}

func (f *fake) Export(_ context.Context, r search.Request) iter.Seq2[*corpus.Passage, error] {
	return func(yield func(*corpus.Passage, error) bool) {
		if f.fail != nil {
			yield(nil, f.fail)
			return
		}
		for _, p := range f.passages {
			if passes(p, r.Filters) && !yield(p, nil) {
				return
			}
		}
	}
}

func (f *fake) Mark(_ context.Context, r search.Request, p *corpus.Passage) (search.Fragment, error) {
	if _, err := query.Parse(r.Query); err != nil {
		return nil, err
	}
	return marked(p.Text, r.Query), nil
}

func (f *fake) Similar(_ context.Context, id string, n int) ([]search.Hit, error) {
	p, err := f.Passage("hale/p02")
	if err != nil || id == p.ID {
		return nil, err
	}
	return []search.Hit{f.hit(search.Request{}, p)}, nil
}

// A brokenExport fails after the first passage.
type brokenExport struct{ *fake }

func (b brokenExport) Export(context.Context, search.Request) iter.Seq2[*corpus.Passage, error] {
	return func(yield func(*corpus.Passage, error) bool) {
		_ = yield(b.passages[0], nil) && yield(nil, context.DeadlineExceeded)
	}
}

// withoutNulls makes lists of nil slices, at any depth, as an index has them.
func withoutNulls[T any](v *T) *T {
	fillLists(reflect.ValueOf(v).Elem())
	return v
}

func fillLists(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			fillLists(v.Elem())
		}
	case reflect.Slice:
		if v.IsNil() && v.CanSet() {
			v.Set(reflect.MakeSlice(v.Type(), 0, 0))
		}
		for i := range v.Len() {
			fillLists(v.Index(i))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			fillLists(v.Field(i))
		}
	}
}
