package web

import (
	"cmp"
	"slices"

	"github.com/gin-gonic/gin"

	"ibid/corpus"
	"ibid/search"
)

type actorsView struct {
	layout
	Groups  []actorGroup
	Pairs   []pairView // who speaks to whom
	Picture *picture   // of the pairs
	JSON    string
}

type actorGroup struct {
	Name  string
	Rows  []actorRow
	Roles bool // some row has a role or a country
	More  int  // rows that are left out
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

func (s *server) actorsPage(c *gin.Context) (*view, error) {
	cat := s.catalog()
	v := actorsView{layout: s.layout(c, "Actors", "actors"), JSON: "/api/v1/actors"}
	actors := slices.Clone(s.index.Actors())
	slices.SortStableFunc(actors, func(a, b search.ActorEntry) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID))
	})
	for _, kind := range []corpus.ActorKind{corpus.Person, corpus.State, corpus.Body, ""} {
		if group := cat.actorGroup(actors, kind); len(group.Rows) > 0 {
			v.Groups = append(v.Groups, group)
		}
	}
	v.Pairs = cat.pairViews(s.index.Pairs(), maxPairs)
	v.Picture = newPicture(v.Pairs)
	return &view{Template: "actors", Page: v}, nil
}

// maxActors of one kind are listed.
const maxActors = 300

// actorGroup lists the actors of a kind by name. Of those whom no authority file
// knows there may be thousands: those who say and hear most are listed.
func (c *catalog) actorGroup(actors []search.ActorEntry, kind corpus.ActorKind) actorGroup {
	group := actorGroup{Name: actorKindNames[kind]}
	for _, a := range actors {
		if a.Kind == kind {
			row := actorRow{a.ID, a.Name, "/actor/" + escapePath(a.ID), a.Role, c.actor(a.Country), a.Mentions, len(a.Said), len(a.WasTold)}
			group.Rows = append(group.Rows, row)
			group.Roles = group.Roles || row.Role != "" || row.Country != nil
		}
	}
	if group.More = len(group.Rows) - maxActors; group.More <= 0 {
		group.More = 0
		return group
	}
	slices.SortStableFunc(group.Rows, func(a, b actorRow) int {
		return cmp.Compare(b.Mentions+b.Said+b.WasTold, a.Mentions+a.Said+a.WasTold)
	})
	group.Rows = group.Rows[:maxActors]
	slices.SortStableFunc(group.Rows, func(a, b actorRow) int { return cmp.Compare(a.Name, b.Name) })
	return group
}

// maxPairs are shown in the picture of who speaks to whom.
const maxPairs = 20

// pairViews shows the first most of those who speak to each other.
func (c *catalog) pairViews(pairs []search.Pair, most int) []pairView {
	var out []pairView
	for _, p := range pairs[:min(len(pairs), most)] {
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
	Spoke    []tallyRef // to whom, in the quotations shown
	Heard    []tallyRef // from whom
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
	cat := s.catalog()
	v := actorView{
		layout: s.layout(c, natural(a.Name), "actors"), Actor: a, Name: natural(a.Name), Country: cat.actor(a.Country),
		KindName: cmp.Or(string(a.Kind), "as printed"),
		Search:   searchFor(search.GroupActor, a.ID), JSON: "/api/v1/actors/" + escapePath(a.ID),
		More: actorMore{max(0, len(a.Said)-maxCards), max(0, len(a.WasTold)-maxCards), max(0, len(a.Mentioned)-namedCards)},
	}
	if v.Said, err = s.cardsOf(cat, a.Said, maxCards); err != nil {
		return nil, err
	}
	if v.WasTold, err = s.cardsOf(cat, a.WasTold, maxCards); err != nil {
		return nil, err
	}
	if v.Named, err = s.cardsOf(cat, a.Mentioned, namedCards); err != nil {
		return nil, err
	}
	v.Spoke = others(v.Said, func(c card) *ref { return c.Addressee })
	v.Heard = others(v.WasTold, func(c card) *ref { return c.Speaker })
	st := state{"actor": {a.ID}}
	asked := search.Request{Size: 1, Filters: search.Filters{search.GroupActor: {a.ID}}}
	result, err := s.index.Search(c.Request.Context(), asked)
	if err != nil {
		return nil, err
	}
	v.Timeline, err = s.timeline(c.Request.Context(), cat, asked, result.Histogram, func(from, to string) string {
		return st.with("from", from).with("to", to).url()
	})
	if err != nil {
		return nil, err
	}
	return &view{Template: "actor", Page: v}, nil
}

// others counts those on the other side of quotations.
func others(cards []card, side func(card) *ref) []tallyRef {
	counts := map[string]int{}
	refs := map[string]*ref{}
	for _, c := range cards {
		if r := side(c); r != nil {
			counts[r.Text]++
			refs[r.Text] = r
		}
	}
	var out []tallyRef
	for _, t := range tallies(counts) {
		out = append(out, tallyRef{refs[t.Name], t.Count})
	}
	return out
}
