package web

import (
	"cmp"
	"context"
	"strings"
	"sync"

	"github.com/gin-gonic/gin"

	"ibid/corpus"
	"ibid/corpus/cite"
	"ibid/search"
)

type actorsView struct {
	layout
	Q, Kind string
	Hidden  []hiddenField
	Total   int    // that pass the request
	All     int    // in the corpus
	Whole   string // address of the whole list in this order
	Kinds   []kindChoice
	Letters []choice // A to Z, and # for the rest; without an address where none begins so
	Sorts   []choice
	Groups  []actorGroup
	Pages   pageTurn
	Pairs   []pairView // who speaks to whom
	Picture *picture   // of the pairs
	JSON    string
}

type kindChoice struct {
	choice
	Count int
}

type actorGroup struct {
	Name  string
	Rows  []actorRow
	Roles bool // some row has a role or a country
}

type actorRow struct {
	ID, Name, URL string
	Role          string
	Country       *ref
	Mentions      int
	Said, WasTold int
}

type pairView struct {
	From, To *ref
	Count    int
	Width    int // of its bar, 1 to 100
	URL      string
}

var (
	actorKinds = []string{string(corpus.Person), string(corpus.State), string(corpus.Body), string(search.OtherActors)}
	actorSorts = []string{"name", "activity"}
	letters    = strings.Split("abcdefghijklmnopqrstuvwxyz#", "")
)

// actorParams are the parameters of the list of actors, on the page and in the API.
var actorParams = parameters{
	{name: "q", text: "Words that each begin a word of the name or of a further form."},
	{name: "letter", allowed: letters, text: "Only actors whose name begins with this letter; # for those that begin with none."},
	{name: "kind", allowed: actorKinds, text: "Only actors of this kind; other for those whom the authority file does not have."},
	{name: "sort", allowed: actorSorts, fallback: "name", text: "Order of the actors: by name, or by how often they are named, speak and are spoken to."},
	{name: "size", least: 1, most: maxDocuments, fallback: "1000", text: "Actors on a page, at most."},
	cursorParam,
}

func (a args) actorsRequest() search.ActorsRequest {
	return search.ActorsRequest{Words: a.text("q"), Letter: a.text("letter"), Kind: search.ActorKind(a.text("kind")),
		Often: a.text("sort") == "activity", Size: a.number("size"), Cursor: a.text("cursor")}
}

func (s *server) actorsPage(c *gin.Context) (*view, error) {
	cat, ctx := s.catalog(), c.Request.Context()
	a, err := actorParams.read(c.Request.URL.Query(), cat)
	if err != nil {
		return nil, err
	}
	r := a.actorsRequest()
	r.Bare = true
	st := state{}
	for _, name := range []string{"q", "letter", "kind", "sort"} {
		st = st.with(name, a.text(name))
	}
	v := actorsView{layout: s.layout(c, "Actors", "actors"), Q: r.Words, Kind: string(r.Kind), All: s.index.Totals().Actors,
		Whole: st.only("sort").at("/actors"), JSON: st.at("/api/v1/actors")}
	if v.All <= rowsOnPage*2 && r.Size == 0 {
		r.Size = v.All // a short list stands on one page
	}
	r.Size = cmp.Or(r.Size, rowsOnPage)
	list, err := s.index.Actors(ctx, r)
	if err != nil {
		return nil, err
	}
	v.Total = list.Total
	v.Pages = newPageTurn(st, "/actors", list.Offset, len(list.Actors), list.Total, list.Previous, list.Next)
	v.choose(list, r, st)
	v.group(cat, list.Actors, st)
	if len(st) == 0 && r.Cursor == "" {
		v.Pairs = cat.pairViews(s.index.Pairs(maxPairs))
		v.Picture = newPicture(v.Pairs)
	} else {
		v.Robots = "noindex"
	}
	return &view{Template: "actors", Page: v}, nil
}

// choose fills what can be chosen: kind, letter and order.
func (v *actorsView) choose(list *search.Actors, r search.ActorsRequest, st state) {
	open, all := st.without("kind"), 0
	for _, n := range list.Kinds {
		all += n
	}
	v.Kinds = []kindChoice{{choice{"All", open.at("/actors"), r.Kind == ""}, all}}
	for _, kind := range actorKinds {
		if n := list.Kinds[search.ActorKind(kind)]; n > 0 || string(r.Kind) == kind {
			v.Kinds = append(v.Kinds, kindChoice{choice{actorKindNames[knownKind(kind)], open.with("kind", kind).at("/actors"), string(r.Kind) == kind}, n})
		}
	}
	for _, letter := range letters {
		l := choice{Text: strings.ToUpper(letter), Current: r.Letter == letter}
		if list.Letters[letter] > 0 {
			l.URL = st.with("letter", letter).at("/actors")
		}
		v.Letters = append(v.Letters, l)
	}
	v.Sorts = []choice{{"name", st.with("sort", "").at("/actors"), !r.Often}, {"how often they occur", st.with("sort", "activity").at("/actors"), r.Often}}
	for _, name := range []string{"kind", "sort"} {
		for _, value := range st[name] {
			v.Hidden = append(v.Hidden, hiddenField{name, value})
		}
	}
}

// knownKind is the kind in the authority file, "" for those whom it does not have.
func knownKind(kind string) corpus.ActorKind {
	if kind == string(search.OtherActors) {
		return ""
	}
	return corpus.ActorKind(kind)
}

// group lists the actors by kind where all stand on one page by name, else as they come.
func (v *actorsView) group(cat *catalog, actors []search.ActorEntry, st state) {
	if v.Pages.Several() || len(st) > 0 {
		if len(actors) > 0 {
			v.Groups = []actorGroup{cat.actorGroup("", actors)}
		}
		return
	}
	for _, kind := range actorKinds {
		var some []search.ActorEntry
		for _, a := range actors {
			if a.Kind == knownKind(kind) {
				some = append(some, a)
			}
		}
		if len(some) > 0 {
			v.Groups = append(v.Groups, cat.actorGroup(actorKindNames[knownKind(kind)], some))
		}
	}
}

func (c *catalog) actorGroup(name string, actors []search.ActorEntry) actorGroup {
	group := actorGroup{Name: name}
	for _, a := range actors {
		row := actorRow{a.ID, a.Name, "/actor/" + escapePath(a.ID), a.Role, c.actor(a.Country), a.Mentions, a.SaidTotal, a.WasToldTotal}
		group.Rows = append(group.Rows, row)
		group.Roles = group.Roles || row.Role != "" || row.Country != nil
	}
	return group
}

// maxPairs are shown in the picture of who speaks to whom.
const maxPairs = 20

// pairViews shows those who speak to each other.
func (c *catalog) pairViews(pairs []search.Pair) []pairView {
	var out []pairView
	for _, p := range pairs {
		v := c.pair(p.From, p.To, p.Count)
		v.Width = max(1, p.Count*100/pairs[0].Count)
		out = append(out, v)
	}
	return out
}

// pair is who speaks to whom in n quotations.
func (c *catalog) pair(from, to string, n int) pairView {
	st := state{}.with("speaker", from).with("addressee", to)
	return pairView{From: c.actor(from), To: c.actor(to), Count: n, URL: st.url()}
}

type actorView struct {
	layout
	Actor    *search.ActorEntry
	Name     string
	Country  *ref
	KindName string
	Said     []card
	WasTold  []card
	Named    []card
	More     actorMore
	Spoke    []tallyRef // to whom, the first of them
	Heard    []tallyRef // from whom, likewise
	Total    int        // passages that name the actor, or in which it speaks or is spoken to
	Timeline *timeline
	Search   string
	JSON     string
}

// actorMore counts what is not shown of each list.
type actorMore struct{ Said, WasTold, Named int }

// namedCards of the passages that name an actor are shown; the search has all.
const namedCards = 8

func (s *server) actorPage(c *gin.Context) (*view, error) {
	a, err := s.index.Actor(pathID(c))
	if err != nil {
		return nil, err
	}
	cat, name := s.catalog(), cite.ActorName(a.Name, a.Kind)
	v := actorView{
		layout: s.layout(c, name, "actors"), Actor: a, Name: name, Country: cat.actor(a.Country),
		KindName: cmp.Or(string(a.Kind), "as printed"),
		Search:   searchFor(search.GroupActor, a.ID), JSON: "/api/v1/actors/" + escapePath(a.ID),
		More: actorMore{max(0, a.SaidTotal-maxCards), max(0, a.WasToldTotal-maxCards), max(0, a.MentionedTotal-namedCards)},
	}
	if v.Said, err = s.cardsOf(cat, "said", a.Said, maxCards); err != nil {
		return nil, err
	}
	if v.WasTold, err = s.cardsOf(cat, "told", a.WasTold, maxCards); err != nil {
		return nil, err
	}
	if v.Named, err = s.cardsOf(cat, "named", a.Mentioned, namedCards); err != nil {
		return nil, err
	}
	ctx := c.Request.Context()
	st := state{"actor": {a.ID}}
	having := func(g search.Group) search.Request {
		return search.Request{Size: 1, Filters: search.Filters{g: {a.ID}}}
	}
	named := having(search.GroupActor)
	results, err := s.searches(ctx, named, having(search.GroupSpeaker), having(search.GroupAddressee))
	if err != nil {
		return nil, err
	}
	v.Total = results[0].Total
	v.Spoke, v.Heard = across(cat, results[1], search.GroupAddressee), across(cat, results[2], search.GroupSpeaker)
	v.Timeline, err = s.timeline(ctx, cat, named, results[0].Histogram, func(from, to string) string {
		return st.with("from", from).with("to", to).url()
	})
	if err != nil {
		return nil, err
	}
	return &view{Template: "actor", Page: v}, nil
}

// mostAcross are named on the other side of an actor's words.
const mostAcross = 12

// across counts those on the other side of all words spoken by an actor, or to it.
func across(cat *catalog, words *search.Result, other search.Group) []tallyRef {
	var out []tallyRef
	for _, v := range words.Facets[other] {
		if v.Count > 0 && len(out) < mostAcross {
			out = append(out, tallyRef{cat.actor(v.Value), v.Count})
		}
	}
	return out
}

// searches answers requests side by side.
func (s *server) searches(ctx context.Context, requests ...search.Request) ([]*search.Result, error) {
	results, errs := make([]*search.Result, len(requests)), make([]error, len(requests))
	var all sync.WaitGroup
	for i, r := range requests {
		all.Go(func() { results[i], errs[i] = s.index.Search(ctx, r) })
	}
	all.Wait()
	return results, cmp.Or(errs...)
}
