package web

import (
	"net/url"
	"strings"

	"golang.org/x/sync/singleflight"

	"ibid/corpus"
	"ibid/corpus/cite"
	"ibid/search"
	"ibid/search/lru"
)

// A catalog is what the pages look up again and again of one version of the
// index: names by id, and outlines of sources. It is built once for each version and
// goes with it; safe for concurrent use.
type catalog struct {
	version  string
	manifest *corpus.Manifest
	index    Searcher

	actors  map[string]*corpus.Actor
	phases  map[string]*corpus.Phase
	sources map[string]*corpus.Source
	shared  map[string]int // how many persons have a family name

	outlines  *lru.Cache[string, *outline] // by source
	outlining singleflight.Group           // those that are being made
}

// catalog returns the one of the index that answers now.
func (s *server) catalog() *catalog {
	version := s.index.Version()
	if c := s.views.Load(); c != nil && c.version == version && c.index == s.index {
		return c
	}
	c := newCatalog(version, s.index)
	s.views.Store(c)
	return c
}

func newCatalog(version string, index Searcher) *catalog {
	m := index.Manifest()
	c := &catalog{
		version: version, manifest: m, index: index,
		actors:  map[string]*corpus.Actor{},
		phases:  map[string]*corpus.Phase{},
		sources: map[string]*corpus.Source{},
		shared:  map[string]int{},

		outlines: lru.New[string, *outline](outlineBytes),
	}
	for i := range m.Actors {
		a := &m.Actors[i]
		c.actors[a.ID] = a
		if family, _, ok := strings.Cut(a.Name, ","); ok && a.Kind == corpus.Person {
			c.shared[family]++
		}
	}
	for i := range m.Phases {
		c.phases[m.Phases[i].ID] = &m.Phases[i]
	}
	for i := range m.Sources {
		c.sources[m.Sources[i].ID] = &m.Sources[i]
	}
	return c
}

// A Valued knows the values of filters, as an index does.
type Valued interface {
	Manifest() *corpus.Manifest
	Values(search.Group) []string
	HasActor(id string) bool
}

// valuesOf returns all values of a group, or nil for a group without a closed list.
func valuesOf(index Valued, group search.Group) []string {
	m, out := index.Manifest(), []string{}
	switch group {
	case search.GroupKind:
		out = []string{string(corpus.Heading), string(corpus.Paragraph), string(corpus.Footnote), string(corpus.Quotation)}
	case search.GroupSource:
		for _, s := range m.Sources {
			out = append(out, s.ID)
		}
	case search.GroupPhase:
		for _, p := range m.Phases {
			out = append(out, p.ID)
		}
	case search.GroupActor:
		for _, a := range m.Actors {
			out = append(out, a.ID)
		}
	case search.GroupCollection:
		for _, k := range m.Collections {
			out = append(out, k.Siglum)
		}
	case search.GroupSection, search.GroupMedium:
		return index.Values(group)
	default:
		return nil
	}
	return out
}

// A ref is something named, with the page about it.
type ref struct {
	Text string
	URL  string // "" where there is no page
	Full string // longer name, "" where Text is all there is
}

// actor names an actor id, or a name as printed: by the family name where that is enough.
func (c *catalog) actor(id string) *ref {
	if id == "" {
		return nil
	}
	a := c.actors[id]
	if a == nil {
		r := &ref{Text: id}
		if c.index.HasActor(id) { // one who speaks or hears, and is in no authority file
			r.URL = "/actor/" + escapePath(id)
		}
		return r
	}
	r := &ref{Text: cite.ActorName(a.Name, a.Kind), URL: "/actor/" + url.PathEscape(id)}
	if family, _, ok := strings.Cut(a.Name, ","); ok && a.Kind == corpus.Person && c.shared[family] == 1 {
		r.Full, r.Text = r.Text, family
	}
	return r
}

func (c *catalog) phase(id string) *ref {
	r := &ref{Text: id, URL: "/?phase=" + url.QueryEscape(id)}
	if p := c.phases[id]; p != nil {
		r.Text = p.Label
	}
	return r
}

func (c *catalog) phaseRefs(ids []string) []*ref {
	var out []*ref
	for _, id := range ids {
		out = append(out, c.phase(id))
	}
	return out
}

func (c *catalog) source(id string) *ref {
	r := &ref{Text: id, URL: sourceURL(id)}
	if s := c.sources[id]; s != nil && s.Reference.Title != "" {
		r.Text = cite.TrimTitle(s.Reference.Title)
	}
	return r
}

// citation leads to the document, or to every passage that cites the work.
func (c *catalog) citation(cited corpus.Citation) *ref {
	if cited.Kind == corpus.CitesDocument {
		return &ref{Text: cited.ID, URL: documentURL(cited.ID)}
	}
	return &ref{Text: cited.ID, URL: "/?cite=" + url.QueryEscape(cited.ID)}
}

// Addresses of pages.
func passageURL(id string) string { return "/passage/" + escapePath(id) }
func sourceURL(id string) string  { return "/source/" + escapePath(id) }
func documentURL(id string) string {
	return "/document/" + escapePath(strings.ReplaceAll(id, " ", "-"))
}

// escapePath escapes each part of a path and keeps the slashes.
func escapePath(path string) string {
	parts := strings.Split(path, "/")
	for i, part := range parts {
		parts[i] = url.PathEscape(part)
	}
	return strings.Join(parts, "/")
}

// anchor is the id of a passage on the page of its source.
func anchor(source, id string) string { return strings.TrimPrefix(id, source+"/") }

// A tally counts one value.
type tally struct {
	Name  string
	URL   string // "" where there is no page
	Count int
}
