// Package search reads an index: it turns a Request into a Result with hits,
// facets, a histogram and fragments, and looks up passages, documents and
// actors. It is the only reader of an index (indexer is the only writer) and
// the only package that knows bleve beside indexer.
//
// Start with Open and Index.Search. A query becomes a tree (search/query), the
// tree bitmaps of passages and the words to score (match.go, hint.go, words.go,
// phrase.go, filter.go), these the best groups (score.go, collect.go), and only
// the groups shown are read and cut into fragments (hit.go, mark.go,
// fragment.go). Facets and histogram count columns (facet.go, histogram.go).
// bleve's dictionaries and posting lists are used as they lie in its segment;
// its query searchers, collectors and highlighters are not.
package search

import (
	"errors"

	"ibid/corpus"
	"ibid/indexer/schema"
)

// ErrNotFound says that no passage, document, actor or source has that id.
var ErrNotFound = errors.New("not found")

// ErrStaleCursor says that a cursor was made by another version of the index or
// for another search, or is no cursor at all; start again without it.
var ErrStaleCursor = errors.New("stale cursor")

// A Layer is a depth of word forms that a query may match.
type Layer string

// The layers, from the shallowest; each includes those before it.
const (
	Exact   Layer = "exact"
	Stem    Layer = "stem"
	Variant Layer = "variant"
	Similar Layer = "similar"
)

// A Sort is an order of hits.
type Sort string

// The orders of hits.
const (
	ByRelevance Sort = "relevance"
	ByDate      Sort = "date"
	ByPosition  Sort = "position"
)

// A Request is one search. The zero value asks for the first ten passages of the corpus.
type Request struct {
	Query   string
	Size    int    // 1 to 100; 0 means 10
	Cursor  string // Result.Next of the page before; "" for the first page
	Sort    Sort   // "" means ByRelevance, or ByPosition where there is no query
	Match   Layer  // deepest layer to use; "" means Similar
	Filters Filters
	From    string // EDTF or ISO, "" for open
	To      string // EDTF or ISO, "" for open
	Within  bool   // dates lie inside From..To, not merely overlap it
	Bare    bool   // leave out facets and histogram
}

// Filters are the values asked for, by group: values of one group mean or, groups mean and.
type Filters map[Group][]string

// A Group is a property to filter by; those in FacetGroups are also counted.
type Group string

// The groups.
const (
	GroupKind       Group = "kind"
	GroupSource     Group = "source"
	GroupSection    Group = "section"
	GroupPhase      Group = "phase"
	GroupActor      Group = "actor"
	GroupSpeaker    Group = "speaker"
	GroupAddressee  Group = "addressee"
	GroupCollection Group = "collection"
	GroupCite       Group = "cite"
	GroupMedium     Group = "medium"
)

// FacetGroups are the groups a result counts, in the order they are shown.
var FacetGroups = []Group{GroupActor, GroupPhase, GroupKind, GroupSpeaker, GroupAddressee, GroupCollection, GroupMedium, GroupSource}

// A Result answers a Request. Its JSON form is that of GET /api/v1/search.
type Result struct {
	Index      string                 `json:"index"`                // version of the index that answered
	Unverified bool                   `json:"unverified,omitempty"` // the files of the index are still being compared with their SHA-256 sums
	Query      Understood             `json:"query"`
	Total      int                    `json:"total"`   // hits: a quotation and the passage that holds it are one
	Undated    int                    `json:"undated"` // hits that match all but the date range and have no date; 0 without a range
	Hits       []Hit                  `json:"hits"`
	Facets     map[Group][]FacetValue `json:"facets"`
	Histogram  []Bar                  `json:"histogram"`
	Next       string                 `json:"next"`              // cursor of the next page, "" on the last
	Without    []Lifted               `json:"without,omitempty"` // where nothing was found: filters that emptied the result
}

// A Lifted filter or part of a query is one without which a search that finds nothing finds something.
type Lifted struct {
	Filter string `json:"filter"`         // a Group, "dates" for the range, or "q" for a part of the query
	Part   string `json:"part,omitempty"` // that part: a phrase, a field, one side of an AND
	Rest   string `json:"rest,omitempty"` // the query without it
	Total  int    `json:"total"`          // what the search finds without it
}

// Understood tells how a query was read.
type Understood struct {
	Q           string       `json:"q"`
	Understood  string       `json:"understood"` // the query tree, printed in the query language
	Corrections []Correction `json:"corrections"`
	Forms       []Form       `json:"forms"`
	Unknown     []string     `json:"unknown"` // fields and filters, as "actor:napoleon", whose value the index does not know: they match nothing

	Near map[string][]string `json:"near,omitempty"` // by field in Unknown: fields with the values most like its own, best first
}

// A Correction is a word that the index does not know and what was searched for instead.
type Correction struct {
	Word  string   `json:"word"`
	Tried []string `json:"tried"` // best first
}

// A Form is a form of a query word that was tried.
type Form struct {
	Word  string `json:"word"`
	Form  string `json:"form"`
	Layer Layer  `json:"layer"`
	Count int    `json:"count"` // occurrences in the index
}

// A Hit is one passage that matched, with what a reader sees of it at a glance.
type Hit struct {
	ID         string            `json:"id"`
	Kind       corpus.Kind       `json:"kind"`
	Source     string            `json:"source"`
	Section    string            `json:"section"`
	Phase      []string          `json:"phase"`
	Pages      []string          `json:"pages"`
	Lines      [][2]int          `json:"lines"`
	Score      float64           `json:"score"` // comparable only with hits of the same result
	Title      string            `json:"title"` // "Molotov to Schulenburg, 20 May 1939", or section and page
	URL        string            `json:"url"`
	Reference  string            `json:"reference"` // "Leem, p. 213"
	Fragments  []Fragment        `json:"fragments"`
	Nature     corpus.Nature     `json:"nature"`
	Speaker    string            `json:"speaker"`
	Addressee  string            `json:"addressee"`
	Medium     string            `json:"medium"`
	Date       string            `json:"date"`
	Footnote   int               `json:"footnote"`
	Within     string            `json:"within"`
	Dates      []corpus.Date     `json:"dates"`
	Actors     []corpus.Mention  `json:"actors"`
	Citations  []corpus.Citation `json:"citations"`
	Quotations []string          `json:"quotations"`
}

// A Fragment is a stretch of a passage as pieces, the matching ones marked.
type Fragment []Piece

// A Piece is plain text, never markup.
type Piece struct {
	Text  string `json:"text"`
	Match bool   `json:"match,omitempty"`
	Layer Layer  `json:"layer,omitempty"` // of a match
}

// A FacetValue is one value of a facet. Count is the total the result would
// have if this value were chosen alone in its group.
type FacetValue struct {
	Value    string `json:"value"`
	Label    string `json:"label"`
	Count    int    `json:"count"`
	Selected bool   `json:"selected"`
}

// A Bar counts the hits that have a date in a stretch of time: a day, month,
// year, decade or century. Bars come in order; those without hits are left out.
type Bar struct {
	From  string `json:"from"` // ISO day, inclusive
	To    string `json:"to"`   // ISO day, inclusive
	Count int    `json:"count"`
}

// A DocumentEntry is one line of the calendar: a document that the corpus cites.
type DocumentEntry struct {
	ID         string       `json:"id"`         // "GK 279"; of an edited one "frus1936v03/d12"
	Slug       string       `json:"slug"`       // "GK-279", as in URLs
	Kind       DocumentKind `json:"kind"`       // cited, or edited: printed by a source
	Collection string       `json:"collection"` // siglum, "" for an edited one
	Source     string       `json:"source"`     // that prints it, "" for a cited one
	Number     int          `json:"number"`     // 0 where it is none
	Label      string       `json:"label"`      // number of an edited one as printed: "12a"
	Title      string       `json:"title"`      // of an edited one
	Date       string       `json:"date"`       // EDTF, "" if not told
	Medium     string       `json:"medium"`
	From       string       `json:"from"` // actor id or name
	To         string       `json:"to"`
	Place      string       `json:"place"`      // of an edited one: where it was written
	Archive    string       `json:"archive"`    // of an edited one: its source note
	Quotations []string     `json:"quotations"` // passage ids
	CitedIn    []string     `json:"cited_in"`   // ids of paragraphs and footnotes
	URL        string       `json:"url"`
}

// An ActorEntry is one actor of the authority file with what the corpus has of it.
type ActorEntry struct {
	ID             string           `json:"id"`
	Name           string           `json:"name"`
	Kind           corpus.ActorKind `json:"kind"`
	Country        string           `json:"country"`
	Role           string           `json:"role"`
	Forms          []FormCount      `json:"forms"` // as printed
	Mentions       int              `json:"mentions"`
	Passages       int              `json:"passages"`  // paragraphs, footnotes and headings that mention it
	Said           []string         `json:"said"`      // ids of quotations and of passages of documents, the first 1,000
	WasTold        []string         `json:"was_told"`  // likewise
	Mentioned      []string         `json:"mentioned"` // ids of paragraphs and footnotes, the first 1,000
	SaidTotal      int              `json:"said_total"`
	WasToldTotal   int              `json:"was_told_total"`
	MentionedTotal int              `json:"mentioned_total"`
	URL            string           `json:"url"`
}

// A FormCount is a printed form of a name and how often it occurs.
type FormCount = schema.FormCount

// A Suggestion completes what a reader is typing.
type Suggestion struct {
	Text  string `json:"text"`
	Kind  string `json:"kind"` // actor, document, word, heading
	Label string `json:"label"`
	Query string `json:"query"` // what to search for
	Count int    `json:"count"`
}
