package search

import (
	"context"
	"slices"
	"strings"

	"ibid/corpus/edtf"
	"ibid/indexer/analysis"
	"ibid/indexer/schema"
)

// A DocumentKind says what the corpus has of a document.
type DocumentKind string

// The kinds of document.
const (
	CitedDocument  DocumentKind = "cited"  // the sources cite it by collection and number
	EditedDocument DocumentKind = "edited" // a source prints it
)

// A CalendarSort is an order of documents.
type CalendarSort string

// The orders of documents. What is not told comes last; those that are equal come by number.
const (
	CalendarByDate   CalendarSort = "date"
	CalendarByNumber CalendarSort = "number" // of the collection; in an edition the order of reading
	CalendarByFrom   CalendarSort = "from"
	CalendarByTo     CalendarSort = "to"
	CalendarByMedium CalendarSort = "medium"
	CalendarByCited  CalendarSort = "cited"  // how often, the most often first
	CalendarByQuoted CalendarSort = "quoted" // likewise
)

// A CalendarRequest asks for documents. The zero value asks for the first hundred by date.
type CalendarRequest struct {
	Words       string       // each must begin a word of its id, title, place or correspondents
	Kind        DocumentKind // "" for both
	Collections []string     // sigla: cited documents of one of these
	Sources     []string     // ids: edited documents of one of these, beside those of Collections
	Speaker     string       // sender: an actor id, a name as printed, or words that each begin a word of the name
	Addressee   string       // likewise
	From, To    string       // EDTF or ISO: the document's date overlaps this range; "" for open
	Sort        CalendarSort // "" for CalendarByDate
	Size        int          // 0 means 100
	Cursor      string       // Next or Previous of another page
}

// A Calendar is a page of documents, and counts of all that pass the request.
type Calendar struct {
	Documents      []DocumentEntry
	Total          int
	Offset         int          // documents before the page
	Next, Previous string       // cursors, "" where there is no page
	Cited, Edited  int          // of all that pass but for Kind, Collections and Sources
	Groups         []GroupCount // collections and sources of these
	Years          map[int]int  // of all that pass but for From and To: documents by the years of their dates, ten at most of each
	Undated        int          // likewise
}

// A GroupCount counts the documents of a collection or source.
type GroupCount struct {
	Kind  DocumentKind
	Value string // siglum, or id of the source
	Count int
}

// Calendar lists documents, cited and edited ones. It returns ErrStaleCursor for
// a cursor of another request or index, and an error for a date that cannot be read.
func (ix *Index) Calendar(ctx context.Context, r CalendarRequest) (c *Calendar, err error) {
	err = ix.guard(ctx, func() error {
		c, err = ix.calendar(r)
		return err
	})
	return c, err
}

func (ix *Index) calendar(r CalendarRequest) (*Calendar, error) {
	if r.Size == 0 {
		r.Size = 100
	}
	mark := ix.markOf("calendar", r.Words, r.Kind, r.Collections, r.Sources, r.Speaker, r.Addressee, r.From, r.To, r.Sort)
	offset, err := readCursor(r.Cursor, mark, ix.register.Documents)
	if err != nil {
		return nil, err
	}
	sift, err := ix.sift(&r)
	if err != nil {
		return nil, err
	}
	c := &Calendar{Documents: []DocumentEntry{}, Offset: offset}
	keys := sift.keys(c)
	slices.Sort(keys)
	c.Total = len(keys)
	end := min(offset+r.Size, len(keys))
	for _, key := range keys[min(offset, end):end] {
		d, err := ix.document(int(uint32(key)))
		if err != nil {
			return nil, err
		}
		c.Documents = append(c.Documents, *d)
	}
	c.Previous, c.Next = turns(mark, offset, r.Size, c.Total)
	return c, nil
}

// A documentSift tells which documents a request wants, by columns of the register.
type documentSift struct {
	*schema.Register
	request *CalendarRequest
	words   []string // each with a space before it
	from    []bool   // actors asked for as senders; nil for any
	to      []bool
	dates   *edtf.Range // nil for any
	group   [2][]bool   // collections and sources asked for
	grouped bool
}

func (ix *Index) sift(r *CalendarRequest) (*documentSift, error) {
	s := &documentSift{Register: ix.register, request: r, from: ix.whoIs(r.Speaker), to: ix.whoIs(r.Addressee)}
	for _, w := range analysis.Terms(clip(r.Words)) {
		s.words = append(s.words, " "+w)
	}
	if r.From != "" || r.To != "" {
		days, err := edtf.ParseEnds(r.From, r.To)
		if err != nil {
			return nil, err
		}
		s.dates = &days
	}
	s.grouped = len(r.Collections)+len(r.Sources) > 0
	s.group = [2][]bool{chosen(s.Collections, r.Collections), chosen(s.Sources, r.Sources)}
	return s, nil
}

func chosen(all schema.Strings, values []string) []bool {
	out := make([]bool, all.Len())
	for i := range out {
		out[i] = slices.Contains(values, all.View(i))
	}
	return out
}

// whoIs marks the actors that are called so: the one with that id, else all of
// whose names each word begins one; nil for "".
func (ix *Index) whoIs(name string) []bool {
	if strings.TrimSpace(name) == "" {
		return nil
	}
	out := make([]bool, ix.register.Actors)
	if i, ok := ix.actorPlace(strings.TrimSpace(name)); ok {
		out[i] = true
		return out
	}
	words := spaced(analysis.Terms(clip(name)))
	for i := range out {
		out[i] = len(words) > 0 && hasAll(ix.register.Called.View(i), words)
	}
	return out
}

func spaced(words []string) []string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = " " + w
	}
	return out
}

// hasAll says whether each of words, with a space before it, begins a word of text.
func hasAll(text string, words []string) bool {
	for _, w := range words {
		if !strings.Contains(text, w) {
			return false
		}
	}
	return true
}

// keys counts the documents that pass, and gives those wanted: what they are sorted
// by, then their place.
func (s *documentSift) keys(c *Calendar) []uint64 {
	c.Years = make(map[int]int)
	counts := [2][]int{make([]int, s.Collections.Len()), make([]int, s.Sources.Len())}
	var out []uint64
	for i := range s.Documents {
		kind := 0
		if i >= s.Cited {
			kind = 1
		}
		if !s.passes(i) {
			continue
		}
		inKind := s.request.Kind == "" || (s.request.Kind == EditedDocument) == (kind == 1)
		inGroup := !s.grouped || s.group[kind][s.Group[i]]
		inDates := s.dates == nil || s.Earliest[i] > 0 && s.dates.Overlaps(edtf.Range{First: edtf.Day(s.Earliest[i]), Last: edtf.Day(s.Latest[i])})
		if inKind && inGroup {
			s.countYears(c, i)
		}
		if inDates {
			counts[kind][s.Group[i]]++
		}
		if inKind && inGroup && inDates {
			out = append(out, s.key(i)<<32|uint64(i))
		}
	}
	c.count(s, counts)
	return out
}

// passes says whether a document has the words and the correspondents asked for.
func (s *documentSift) passes(i int) bool {
	who := func(wanted []bool, actor uint32) bool { return wanted == nil || actor > 0 && wanted[actor-1] }
	return who(s.from, s.From[i]) && who(s.to, s.To[i]) && hasAll(s.Words.View(i), s.words)
}

// maxYears bounds the years in which one document counts.
const maxYears = 10

func (s *documentSift) countYears(c *Calendar, i int) {
	if s.Earliest[i] <= 0 {
		c.Undated++
		return
	}
	first, _, _ := edtf.Day(s.Earliest[i]).Civil()
	last, _, _ := edtf.Day(s.Latest[i]).Civil()
	for year := first; year <= min(last, first+maxYears-1); year++ {
		c.Years[year]++
	}
}

// key is what a document is sorted by.
func (s *documentSift) key(i int) uint64 {
	const last = 1<<32 - 1
	told := func(value uint32) uint64 {
		if value == 0 {
			return last
		}
		return uint64(value)
	}
	switch s.request.Sort {
	case "", CalendarByDate:
		return told(uint32(s.Earliest[i]))
	case CalendarByFrom:
		return told(s.From[i])
	case CalendarByTo:
		return told(s.To[i])
	case CalendarByMedium:
		return told(s.Medium[i])
	case CalendarByCited:
		return last - uint64(len(s.CitedIn.Of(i)))
	case CalendarByQuoted:
		return last - uint64(len(s.Quoted.Of(i)))
	}
	return 0
}

// count lists the collections and sources that have documents.
func (c *Calendar) count(s *documentSift, counts [2][]int) {
	for i, n := range counts[0] {
		c.Cited += n
		if n > 0 {
			c.Groups = append(c.Groups, GroupCount{CitedDocument, s.Collections.At(i), n})
		}
	}
	for i, n := range counts[1] {
		c.Edited += n
		if n > 0 {
			c.Groups = append(c.Groups, GroupCount{EditedDocument, s.Sources.At(i), n})
		}
	}
}
