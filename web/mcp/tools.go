package mcp

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/google/jsonschema-go/jsonschema"
	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"ibid/corpus"
	"ibid/corpus/cite"
	"ibid/search"
)

// addTool adds a tool for reading whose schema is made of its types.
func addTool[In, Out any](s *Server, name, title, description string, call func(*Server, context.Context, In) (Out, error)) {
	no := false
	in, err := jsonschema.For[In](nil)
	if err != nil {
		panic(err) // only for types that have no schema
	}
	for property, schema := range in.Properties {
		bound(property, schema)
	}
	sdk.AddTool(s.mcp, &sdk.Tool{Name: name, Title: title, Description: description, InputSchema: in,
		Annotations: &sdk.ToolAnnotations{Title: title, ReadOnlyHint: true, IdempotentHint: true, DestructiveHint: &no, OpenWorldHint: &no}},
		answer(s, name, call))
}

// bound sets the bounds of a property, so that a call beyond them is refused
// before anything is done for it.
func bound(property string, schema *jsonschema.Schema) {
	most := 200
	switch property {
	case "query":
		most = 2000
	case "text":
		most = search.MaxQuote
	case "size":
		low, high := 0.0, float64(maxSize)
		schema.Minimum, schema.Maximum = &low, &high
		return
	}
	switch {
	case schema.Type == "string":
		schema.MaxLength = &most
	case schema.Items != nil:
		values := maxValues
		schema.MaxItems, schema.Items.MaxLength = &values, &most
	}
}

// searchIn are the parameters of the tool search, as those of the API.
type searchIn struct {
	Query      string   `json:"query" jsonschema:"what to search for; empty for everything that the filters let through"`
	Size       int      `json:"size,omitempty" jsonschema:"number of hits, 1 to 50; 10 if left out"`
	Cursor     string   `json:"cursor,omitempty" jsonschema:"next of the answer before, for more hits of the same search"`
	Sort       string   `json:"sort,omitempty" jsonschema:"relevance (the default), date or position"`
	Match      string   `json:"match,omitempty" jsonschema:"deepest layer of word forms: exact, stem, variant or similar (the default)"`
	Kind       []string `json:"kind,omitempty" jsonschema:"only these kinds of passage: heading, paragraph, footnote, quotation"`
	Source     []string `json:"source,omitempty" jsonschema:"only these sources, by id"`
	Phase      []string `json:"phase,omitempty" jsonschema:"only these phases, by id"`
	Actor      []string `json:"actor,omitempty" jsonschema:"only passages that name one of these actors, by id"`
	Speaker    []string `json:"speaker,omitempty" jsonschema:"only words of these speakers, by id"`
	Addressee  []string `json:"addressee,omitempty" jsonschema:"only words to these addressees, by id"`
	Collection []string `json:"collection,omitempty" jsonschema:"only passages that cite one of these collections, by siglum"`
	Cite       []string `json:"cite,omitempty" jsonschema:"only passages that cite one of these, as GK 279"`
	Medium     []string `json:"medium,omitempty" jsonschema:"only words of this medium, as telegram"`
	From       string   `json:"from,omitempty" jsonschema:"earliest date, EDTF or ISO"`
	To         string   `json:"to,omitempty" jsonschema:"latest date, EDTF or ISO"`
}

type searchOut struct {
	Notice      string              `json:"notice"`
	Index       string              `json:"index"`
	Understood  string              `json:"understood"`
	Corrections []search.Correction `json:"corrections"`
	Unknown     []string            `json:"unknown"` // names and filter values that the corpus does not have
	Total       int                 `json:"total"`
	Undated     int                 `json:"undated"`
	Hits        []hit               `json:"hits"`
	Next        string              `json:"next"`
}

// A hit is a passage at a glance.
type hit struct {
	ID         string   `json:"id"`
	Citation   string   `json:"citation"`
	Reference  string   `json:"reference"`
	Kind       string   `json:"kind"`
	Title      string   `json:"title"`
	URL        string   `json:"url"` // path of its page
	Pages      []string `json:"pages"`
	Speaker    string   `json:"speaker"`
	Addressee  string   `json:"addressee"`
	Date       string   `json:"date"`
	SourceText string   `json:"source_text"` // the fragments, the matches between asterisks
}

func (s *Server) search(ctx context.Context, in searchIn) (searchOut, error) {
	r := search.Request{Query: strings.TrimSpace(in.Query), Size: in.Size, Cursor: in.Cursor, Sort: search.Sort(in.Sort), Match: search.Layer(in.Match),
		From: in.From, To: in.To, Bare: true, Filters: search.Filters{}}
	for group, values := range map[search.Group][]string{search.GroupKind: in.Kind, search.GroupSource: in.Source, search.GroupPhase: in.Phase,
		search.GroupActor: in.Actor, search.GroupSpeaker: in.Speaker, search.GroupAddressee: in.Addressee,
		search.GroupCollection: in.Collection, search.GroupCite: in.Cite, search.GroupMedium: in.Medium} {
		if len(values) > 0 {
			r.Filters[group] = values
		}
	}
	result, err := s.index.Search(ctx, r)
	if err != nil {
		return searchOut{}, err
	}
	if len(result.Query.Unknown) > 0 && result.Total == 0 {
		return searchOut{}, callError(fmt.Sprintf("this corpus does not have %s; corpus_status lists what it has, and plain words always work",
			strings.Join(result.Query.Unknown, ", ")))
	}
	out := searchOut{Notice: notice, Index: result.Index, Understood: result.Query.Understood, Corrections: result.Query.Corrections, Unknown: result.Query.Unknown,
		Total: result.Total, Undated: result.Undated, Hits: []hit{}, Next: result.Next}
	for _, h := range result.Hits {
		found, err := s.hit(h.ID)
		if err != nil {
			return searchOut{}, err
		}
		found.Title, found.SourceText = h.Title, marked(h.Fragments)
		out.Hits = append(out.Hits, found)
	}
	return out, nil
}

// hit returns a passage at a glance, with the beginning of its text.
func (s *Server) hit(id string) (hit, error) {
	p, err := s.index.Passage(id)
	if err != nil {
		return hit{}, err
	}
	m := s.index.Manifest()
	text, _ := cut(p.Text, 500)
	speaker, addressee, date := p.Said()
	return hit{ID: p.ID, Citation: cite.Note(m, p), Reference: cite.Short(m, p), Kind: string(p.Kind), URL: search.PassageURL(p.ID),
		Pages: orEmpty(p.Pages), Speaker: speaker, Addressee: addressee, Date: date, SourceText: text}, nil
}

// marked joins fragments, the matches between asterisks.
func marked(fragments []search.Fragment) string {
	var out []string
	for _, f := range fragments {
		var b strings.Builder
		for _, p := range f {
			if p.Match {
				b.WriteString("*" + p.Text + "*")
			} else {
				b.WriteString(p.Text)
			}
		}
		out = append(out, b.String())
	}
	text, _ := cut(strings.Join(out, " ... "), maxText)
	return text
}

// cut returns at most n characters of a text, and whether it had more.
func cut(text string, n int) (string, bool) {
	if utf8.RuneCountInString(text) <= n {
		return text, false
	}
	return string([]rune(text)[:n]) + " [...]", true
}

type passageIn struct {
	ID      string `json:"id" jsonschema:"permanent id of the passage, as leem/p014"`
	Printed bool   `json:"printed,omitempty" jsonschema:"also give the text exactly as the file prints it, before repairs"`
}

type passageOut struct {
	Notice     string   `json:"notice"`
	Index      string   `json:"index"`
	ID         string   `json:"id"`
	Citation   string   `json:"citation"`
	Reference  string   `json:"reference"`
	Kind       string   `json:"kind"`
	URL        string   `json:"url"`
	Source     string   `json:"source"`
	Section    string   `json:"section"`
	Phase      []string `json:"phase"`
	Pages      []string `json:"pages"`
	Lines      [][]int  `json:"lines"`
	SourceText string   `json:"source_text"`
	Printed    string   `json:"printed,omitempty"`
	Truncated  bool     `json:"truncated"`
	Nature     string   `json:"nature"`
	Speaker    string   `json:"speaker"`
	Addressee  string   `json:"addressee"`
	Medium     string   `json:"medium"`
	Date       string   `json:"date"`
	Dates      []string `json:"dates"`
	Actors     []string `json:"actors"`
	Cites      []string `json:"cites"`
	Notes      []string `json:"notes"`
	Within     string   `json:"within"`
	Quotations []string `json:"quotations"`

	Document *corpus.EditedDocument `json:"document,omitempty"` // of an edition
}

func (s *Server) passage(_ context.Context, in passageIn) (passageOut, error) {
	p, err := s.index.Passage(in.ID)
	if err != nil {
		return passageOut{}, err
	}
	m := s.index.Manifest()
	speaker, addressee, date := p.Said()
	out := passageOut{Notice: notice, Index: s.index.Version(), ID: p.ID, Citation: cite.Note(m, p), Reference: cite.Short(m, p), Kind: string(p.Kind),
		URL: search.PassageURL(p.ID), Source: p.Source, Section: p.Section, Phase: orEmpty(p.Phase), Pages: orEmpty(p.Pages), Lines: [][]int{},
		Nature: string(p.Nature), Speaker: speaker, Addressee: addressee, Medium: p.Medium, Date: date, Document: p.Document,
		Notes: first(p.Notes), Within: p.Within, Quotations: first(p.Quotations)}
	out.SourceText, out.Truncated = cut(p.Text, maxText)
	if in.Printed {
		out.Printed, _ = cut(p.Printed, maxText)
	}
	for _, r := range first(p.Lines) {
		out.Lines = append(out.Lines, []int{r[0], r[1]})
	}
	out.Dates = distinct(p.Dates, func(d corpus.Date) string { return d.EDTF })
	out.Actors = distinct(p.Actors, func(a corpus.Mention) string { return a.ID })
	out.Cites = distinct(p.Citations, func(c corpus.Citation) string { return strings.TrimSpace(c.ID + " " + c.Locator) })
	return out, nil
}

type documentIn struct {
	ID string `json:"id" jsonschema:"collection and number, as GK 279, or the id of a document of an edition, as frus1936v03/d12"`
}

type documentOut struct {
	Notice     string `json:"notice"`
	Index      string `json:"index"`
	ID         string `json:"id"`
	Collection string `json:"collection"` // siglum and title
	Date       string `json:"date"`
	Medium     string `json:"medium"`
	From       string `json:"from"`
	To         string `json:"to"`
	URL        string `json:"url"`
	Quotations []hit  `json:"quotations"`
	CitedIn    []hit  `json:"cited_in"`
	More       bool   `json:"more"` // there are more quotations or citing passages than given

	Kind     string         `json:"kind"` // cited, or edited: a source prints it in full
	Title    string         `json:"title,omitempty"`
	Place    string         `json:"place,omitempty"`
	Archive  string         `json:"archive,omitempty"`
	Citation string         `json:"citation,omitempty"` // of one that a source prints: how to cite it
	Text     []documentPart `json:"text,omitempty"`     // likewise: its passages in reading order, notes among them
	TextCut  bool           `json:"text_cut,omitempty"` // the text is longer than an answer holds
}

// A documentPart is a passage of a document of an edition.
type documentPart struct {
	ID   string `json:"id"`
	Kind string `json:"kind"`
	Text string `json:"source_text"`
}

// maxHeld is the number of passages of each kind given for a document.
const maxHeld = 30

func (s *Server) document(_ context.Context, in documentIn) (documentOut, error) {
	d, err := s.index.Document(strings.TrimSpace(in.ID))
	if err != nil {
		return documentOut{}, err
	}
	out := documentOut{Notice: notice, Index: s.index.Version(), ID: d.ID, Collection: d.Collection, Date: d.Date, Medium: d.Medium, From: d.From, To: d.To,
		URL: d.URL, Quotations: []hit{}, CitedIn: []hit{}, More: len(d.Quotations) > maxHeld || len(d.CitedIn) > maxHeld}
	for _, c := range s.index.Manifest().Collections {
		if c.Siglum == d.Collection {
			out.Collection += ": " + c.Title
		}
	}
	for _, list := range []struct {
		ids []string
		to  *[]hit
	}{{d.Quotations, &out.Quotations}, {d.CitedIn, &out.CitedIn}} {
		for _, id := range list.ids[:min(len(list.ids), maxHeld)] {
			h, err := s.hit(id)
			if err != nil {
				return documentOut{}, err
			}
			*list.to = append(*list.to, h)
		}
	}
	out.Kind, out.Title, out.Place, out.Archive = string(d.Kind), d.Title, d.Place, d.Archive
	if d.Kind != search.EditedDocument {
		return out, nil
	}
	return out, s.addText(&out)
}

// addText adds the passages of a document that a source prints, as many as an answer holds.
func (s *Server) addText(out *documentOut) error {
	passages, err := s.index.DocumentPassages(out.ID)
	if err != nil {
		return err
	}
	length := 0
	for i, p := range passages {
		if i == 0 {
			out.Citation = cite.Note(s.index.Manifest(), &corpus.Passage{ID: out.ID, Source: p.Source, Document: p.Document, Pages: p.Pages})
		}
		if length += utf8.RuneCountInString(p.Text); length > maxText {
			out.TextCut = true
			return nil
		}
		if p.Kind != corpus.Quotation { // whose words are those of the passage that holds it
			out.Text = append(out.Text, documentPart{p.ID, string(p.Kind), p.Text})
		}
	}
	return nil
}

type quoteIn struct {
	Text string `json:"text" jsonschema:"the quotation to check, at most 5000 characters"`
}

type quoteOut struct {
	Notice  string              `json:"notice"`
	Index   string              `json:"index"`
	Verdict string              `json:"verdict"` // exact, near or none
	Matches []search.QuoteMatch `json:"matches"`
	More    bool                `json:"more"`
}

func (s *Server) quoteCheck(ctx context.Context, in quoteIn) (quoteOut, error) {
	r, err := s.index.QuoteCheck(ctx, in.Text)
	if err != nil {
		return quoteOut{}, err
	}
	return quoteOut{Notice: notice, Index: r.Index, Verdict: string(r.Verdict), Matches: r.Matches, More: r.More}, nil
}

type statusIn struct{}

type statusOut struct {
	Notice      string         `json:"notice"`
	Program     string         `json:"program"`
	Index       string         `json:"index"`
	Corpus      string         `json:"corpus"`
	Title       string         `json:"title"`
	Passages    map[string]int `json:"passages"` // by kind, as a search for all counts them
	Sources     []named        `json:"sources"`
	Phases      []named        `json:"phases"`
	Collections []named        `json:"collections"`
	Actors      []named        `json:"actors"` // the most named ones
	ActorCount  int            `json:"actor_count"`
	Documents   int            `json:"documents"`
}

// A named is an id with what it stands for.
type named struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Count int    `json:"count,omitempty"`
}

func (s *Server) status(ctx context.Context, _ statusIn) (statusOut, error) {
	m := s.index.Manifest()
	all, err := s.index.Search(ctx, search.Request{Size: 1})
	if err != nil {
		return statusOut{}, err
	}
	totals := s.index.Totals()
	out := statusOut{Notice: notice, Program: "ibid " + s.cfg.Build, Index: s.index.Version(), Corpus: m.ID, Title: m.Title, Passages: map[string]int{},
		Sources: []named{}, Phases: []named{}, Collections: []named{}, Actors: []named{}, Documents: totals.Cited + totals.Edited, ActorCount: totals.Actors}
	for _, v := range all.Facets[search.GroupKind] {
		out.Passages[v.Value] = v.Count
	}
	for _, source := range first(m.Sources) {
		out.Sources = append(out.Sources, named{ID: source.ID, Name: cite.Note(m, &corpus.Passage{ID: source.ID, Source: source.ID})})
	}
	for _, p := range first(m.Phases) {
		out.Phases = append(out.Phases, named{ID: p.ID, Name: p.Label})
	}
	for _, c := range first(m.Collections) {
		out.Collections = append(out.Collections, named{ID: c.Siglum, Name: c.Title})
	}
	actors, err := s.index.Actors(ctx, search.ActorsRequest{Often: true, Size: maxListed, Bare: true})
	if err != nil {
		return statusOut{}, err
	}
	for _, a := range actors.Actors {
		if a.Mentions > 0 {
			out.Actors = append(out.Actors, named{ID: a.ID, Name: a.Name, Count: a.Mentions})
		}
	}
	slices.SortStableFunc(out.Actors, func(a, b named) int { return b.Count - a.Count })
	return out, nil
}

// first returns as much of a list as an answer holds.
func first[T any](list []T) []T { return orEmpty(list[:min(len(list), maxListed)]) }

func orEmpty[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// distinct returns the values of a list, each once, none of them empty.
func distinct[T any](list []T, value func(T) string) []string {
	out := []string{}
	for _, item := range list {
		if v := value(item); v != "" && !slices.Contains(out, v) && len(out) < maxListed {
			out = append(out, v)
		}
	}
	return out
}
