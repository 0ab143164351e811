package search

import (
	"cmp"
	"context"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"ibid/corpus"
	"ibid/indexer/analysis"
	"ibid/indexer/schema"
)

// A summary is what the whole index says of documents, actors and headings.
type summary struct {
	documents  []DocumentEntry
	bySlug     map[string]*DocumentEntry // by lower-case slug and id
	actors     []ActorEntry
	byActor    map[string]*ActorEntry
	actorWords [][]string // words of the names of each of actors, folded
	pairs      []Pair
	headings   []string // in reading order
}

// summarize reads every passage once.
func (ix *Index) summarize() (*summary, error) {
	b := summaryBuilder{ix: ix, documents: make(map[string]*documentBuilder), actors: make(map[string]*actorBuilder), pairs: make(map[[2]string]int)}
	for doc := range uint32(ix.columns.Passages) {
		p, _, err := ix.decode(doc)
		if err != nil {
			return nil, err
		}
		b.add(p)
	}
	s := b.finish()
	s.actorWords = actorWordsOf(ix.names, s.actors)
	var err error
	s.headings, err = ix.headingList()
	return s, err
}

type summaryBuilder struct {
	ix        *Index
	documents map[string]*documentBuilder
	actors    map[string]*actorBuilder
	pairs     map[[2]string]int
}

type documentBuilder struct {
	entry DocumentEntry
	told  int // how much is told of it by the quotation that told most
}

type actorBuilder struct {
	entry ActorEntry
	forms map[string]int
}

func (b *summaryBuilder) add(p *corpus.Passage) {
	for _, c := range p.Citations {
		if c.Kind == corpus.CitesDocument {
			b.document(c.ID).add(p)
		}
	}
	b.addActors(p)
}

func (b *summaryBuilder) document(id string) *documentBuilder {
	d, ok := b.documents[id]
	if !ok {
		siglum, number := schema.SplitCite(id)
		n, err := strconv.Atoi(number)
		if err != nil {
			n = 0 // numbers that are no numbers ("12a") sort by their text
		}
		slug := Slug(id)
		d = &documentBuilder{entry: DocumentEntry{ID: id, Slug: slug, Collection: siglum, Number: n, Quotations: []string{}, CitedIn: []string{}, URL: "/document/" + url.PathEscape(slug)}}
		b.documents[id] = d
	}
	return d
}

// Slug returns the id of a document as it stands in addresses: "GK-279".
func Slug(id string) string { return strings.ReplaceAll(id, " ", "-") }

// add tells a document of a passage that cites it. The quotation that tells most
// of when, by whom, to whom and how it was written speaks for the document.
func (d *documentBuilder) add(p *corpus.Passage) {
	if p.Kind != corpus.Quotation {
		if !slices.Contains(d.entry.CitedIn, p.ID) {
			d.entry.CitedIn = append(d.entry.CitedIn, p.ID)
		}
		return
	}
	if !slices.Contains(d.entry.Quotations, p.ID) {
		d.entry.Quotations = append(d.entry.Quotations, p.ID)
	}
	told := 0
	for _, s := range []string{p.Date, p.Date, p.Speaker, p.Addressee, p.Medium} {
		if s != "" {
			told++
		}
	}
	if told > d.told {
		d.told = told
		d.entry.Date, d.entry.From, d.entry.To, d.entry.Medium = p.Date, p.Speaker, p.Addressee, p.Medium
	}
}

func (b *summaryBuilder) actor(id string) *actorBuilder {
	a, ok := b.actors[id]
	if !ok {
		a = &actorBuilder{forms: make(map[string]int), entry: ActorEntry{ID: id, Name: id, Forms: []FormCount{}, Said: []string{}, WasTold: []string{}, Mentioned: []string{}, URL: "/actor/" + url.PathEscape(id)}}
		if known, ok := b.ix.names.actors[id]; ok {
			a.entry.Name, a.entry.Kind, a.entry.Country, a.entry.Role = known.Name, known.Kind, known.Country, known.Role
		}
		b.actors[id] = a
	}
	return a
}

func (b *summaryBuilder) addActors(p *corpus.Passage) {
	from, to := schema.Speaker(p), schema.Addressee(p)
	if from != "" {
		a := b.actor(from)
		a.entry.Said = append(a.entry.Said, p.ID)
	}
	if to != "" {
		a := b.actor(to)
		a.entry.WasTold = append(a.entry.WasTold, p.ID)
	}
	if from != "" && to != "" {
		b.pairs[[2]string{from, to}]++
	}
	if p.Kind == corpus.Quotation {
		return // its mentions are also those of the passage that holds it
	}
	var seen []string
	for _, m := range p.Actors {
		a := b.actor(m.ID)
		a.entry.Mentions++
		a.forms[m.Printed]++
		if !slices.Contains(seen, m.ID) {
			seen = append(seen, m.ID)
			a.entry.Passages++
			if p.Kind != corpus.Heading {
				a.entry.Mentioned = append(a.entry.Mentioned, p.ID)
			}
		}
	}
}

func (b *summaryBuilder) finish() *summary {
	s := &summary{bySlug: make(map[string]*DocumentEntry), byActor: make(map[string]*ActorEntry)}
	for _, d := range b.documents {
		s.documents = append(s.documents, d.entry)
	}
	slices.SortFunc(s.documents, func(a, b DocumentEntry) int {
		return cmp.Or(cmp.Compare(a.Collection, b.Collection), cmp.Compare(a.Number, b.Number), cmp.Compare(a.ID, b.ID))
	})
	for i := range s.documents {
		d := &s.documents[i]
		s.bySlug[strings.ToLower(d.Slug)], s.bySlug[strings.ToLower(d.ID)] = d, d
	}
	for id := range b.ix.names.actors {
		b.actor(id) // those the corpus does not mention, too
	}
	for _, a := range b.actors {
		a.entry.Forms = countedForms(a.forms)
		s.actors = append(s.actors, a.entry)
	}
	slices.SortFunc(s.actors, func(a, b ActorEntry) int {
		return cmp.Or(cmp.Compare(analysis.Fold(a.Name), analysis.Fold(b.Name)), cmp.Compare(a.ID, b.ID))
	})
	for i := range s.actors {
		s.byActor[s.actors[i].ID] = &s.actors[i]
	}
	for pair, n := range b.pairs {
		s.pairs = append(s.pairs, Pair{From: pair[0], To: pair[1], Count: n})
	}
	slices.SortFunc(s.pairs, func(a, b Pair) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To))
	})
	return s
}

// countedForms lists printed forms, the commonest first.
func countedForms(forms map[string]int) []FormCount {
	out := []FormCount{}
	for f, n := range forms {
		out = append(out, FormCount{f, n})
	}
	slices.SortFunc(out, func(a, b FormCount) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Form, b.Form))
	})
	return out
}

// headingOf returns the heading that a passage stands under, "" if its section has none before it.
func (ix *Index) headingOf(doc uint32, p *corpus.Passage) string {
	at := ix.headings.PreviousValue(doc)
	if at < 0 {
		return ""
	}
	h, err := ix.passage(uint32(at))
	if err != nil || h.Source != p.Source || h.Section != p.Section {
		return "" // the passage itself was read: its title is not worth failing for
	}
	return h.Text
}

// whole returns the summary, made at first use.
func (ix *Index) whole() (s *summary, err error) {
	err = ix.guard(context.Background(), func() error {
		s, err = ix.summary()
		return err
	})
	return s, err
}

// Documents returns the calendar: every document that the corpus cites, by
// collection and number; none once the index is closed. It is shared: do not change it.
func (ix *Index) Documents() []DocumentEntry {
	s, err := ix.whole()
	if err != nil {
		return nil
	}
	return s.documents
}

// Document returns the entry of a document by its id ("GK 279") or slug
// ("GK-279"), or ErrNotFound. It is shared: do not change it.
func (ix *Index) Document(id string) (*DocumentEntry, error) {
	s, err := ix.whole()
	if err != nil {
		return nil, err
	}
	for _, writing := range []string{strings.TrimSpace(id), citeID(id)} {
		if d, ok := s.bySlug[strings.ToLower(writing)]; ok {
			return d, nil
		}
	}
	return nil, fmt.Errorf("document %q: %w", clip(id), ErrNotFound)
}

// Actors returns everyone in the authority file, and speakers that it does not
// have, by name; none once the index is closed. They are shared: do not change them.
func (ix *Index) Actors() []ActorEntry {
	s, err := ix.whole()
	if err != nil {
		return nil
	}
	return s.actors
}

// A Pair is two actors of whom the first speaks to the second.
type Pair struct {
	From, To string // ids, or names as printed
	Count    int    // passages in which he does: quotations, and passages of documents from one to the other
}

// Pairs returns who speaks to whom, the most frequent first; none once the index
// is closed. They are shared: do not change them.
func (ix *Index) Pairs() []Pair {
	s, err := ix.whole()
	if err != nil {
		return nil
	}
	return s.pairs
}

// Actor returns the entry of an actor by id, or ErrNotFound. It is shared: do not change it.
func (ix *Index) Actor(id string) (*ActorEntry, error) {
	s, err := ix.whole()
	if err != nil {
		return nil, err
	}
	if a, ok := s.byActor[id]; ok {
		return a, nil
	}
	return nil, fmt.Errorf("actor %q: %w", clip(id), ErrNotFound)
}
