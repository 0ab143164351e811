package search

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"

	"ibid/indexer/analysis"
	"ibid/indexer/schema"
)

// An ActorKind is a kind of actors to ask for.
type ActorKind string

// OtherActors are those whom no authority file knows, as printed. The other kinds are corpus.ActorKind.
const OtherActors ActorKind = "other"

// ActorsRequest asks for actors. The zero value asks for the first hundred by name.
type ActorsRequest struct {
	Words  string    // each must begin a word of the name or of a further form
	Letter string    // "a" to "z": the name begins so; "#": with none of these; "" for any
	Kind   ActorKind // "" for all
	Often  bool      // the most active first: named, speaking or spoken to; else by name
	Size   int       // 0 means 100
	Cursor string    // Next or Previous of another page
	Bare   bool      // leave out the lists of passages; totals are told
}

// Actors are a page of actors, and counts of all that pass the request.
type Actors struct {
	Actors         []ActorEntry
	Total          int
	Offset         int // actors before the page
	Next, Previous string
	Letters        map[string]int    // by first letter, of all that pass but for Letter
	Kinds          map[ActorKind]int // of all that pass but for Kind
}

// maxListed bounds the passages that one actor is told with, maxPage those of a page.
const (
	maxListed = 1000
	maxPage   = 20_000
)

// Actors lists those of the authority file, and speakers that it does not have. A
// page is shorter than asked where the passages of its actors are many. It returns
// ErrStaleCursor for a cursor of another request or index.
func (ix *Index) Actors(ctx context.Context, r ActorsRequest) (a *Actors, err error) {
	err = ix.guard(ctx, func() error {
		a, err = ix.listActors(r)
		return err
	})
	return a, err
}

func (ix *Index) listActors(r ActorsRequest) (*Actors, error) {
	if r.Size == 0 {
		r.Size = 100
	}
	mark := ix.markOf("actors", r.Words, r.Letter, r.Kind, r.Often)
	offset, err := readCursor(r.Cursor, mark, ix.register.Actors)
	if err != nil {
		return nil, err
	}
	out := &Actors{Actors: []ActorEntry{}, Offset: offset, Letters: make(map[string]int), Kinds: make(map[ActorKind]int)}
	keys := ix.siftActors(&r, out)
	slices.Sort(keys)
	out.Total = len(keys)
	listed := 0
	for _, key := range keys[min(offset, len(keys)):min(offset+r.Size, len(keys))] {
		most := maxListed
		if r.Bare {
			most = 0
		}
		entry, err := ix.actor(int(uint32(key)), most)
		if err != nil {
			return nil, err
		}
		listed += len(entry.Said) + len(entry.WasTold) + len(entry.Mentioned)
		if listed > maxPage && len(out.Actors) > 0 {
			break
		}
		out.Actors = append(out.Actors, *entry)
	}
	out.Previous, _ = turns(mark, offset, r.Size, out.Total)
	_, out.Next = turns(mark, offset, len(out.Actors), out.Total)
	return out, nil
}

// siftActors counts those who pass, and gives those wanted: what they are sorted by, then their place.
func (ix *Index) siftActors(r *ActorsRequest, out *Actors) []uint64 {
	reg, words := ix.register, spaced(analysis.Terms(clip(r.Words)))
	var keys []uint64
	for i := range reg.Actors {
		if !hasAll(reg.Called.View(i), words) {
			continue
		}
		kind, letter := kindOf(reg.Kind[i]), letterOf(reg.Called.View(i))
		inKind, inLetter := r.Kind == "" || r.Kind == kind, r.Letter == "" || r.Letter == letter
		if inLetter {
			out.Kinds[kind]++
		}
		if inKind {
			out.Letters[letter]++
		}
		if !inKind || !inLetter {
			continue
		}
		key := uint64(i)
		if r.Often {
			active := reg.Mentions[i] + uint32(len(reg.Said.Of(i))+len(reg.Told.Of(i)))
			key |= uint64(^active) << 32
		}
		keys = append(keys, key)
	}
	return keys
}

func kindOf(index uint32) ActorKind {
	if index == 0 {
		return OtherActors
	}
	return ActorKind(schema.ActorKinds[index])
}

// letterOf is the first letter of words that each have a space before them.
func letterOf(called string) string {
	if len(called) > 1 && called[1] >= 'a' && called[1] <= 'z' {
		return called[1:2]
	}
	return "#"
}

// actor is the entry at a place of the register, with so many passages of each sort at most.
func (ix *Index) actor(i, most int) (*ActorEntry, error) {
	reg := ix.register
	var r schema.ActorRecord
	if err := json.Unmarshal(reg.Actor.Bytes(i), &r); err != nil {
		return nil, &internalError{fmt.Sprintf("actor %d cannot be read: %v", i, err)}
	}
	said, told, named := reg.Said.Of(i), reg.Told.Of(i), reg.Named.Of(i)
	a := &ActorEntry{ID: r.ID, Name: r.Name, Forms: orEmpty(r.Forms), Mentions: int(reg.Mentions[i]), Passages: int(reg.Passages[i]),
		SaidTotal: len(said), WasToldTotal: len(told), MentionedTotal: len(named), URL: "/actor/" + url.PathEscape(r.ID)}
	if known, ok := ix.names.actors[r.ID]; ok {
		a.Kind, a.Country, a.Role = known.Kind, known.Country, known.Role
	}
	var err error
	if a.Said, err = ix.ids(firstOf(said, most)); err != nil {
		return nil, err
	}
	if a.WasTold, err = ix.ids(firstOf(told, most)); err != nil {
		return nil, err
	}
	a.Mentioned, err = ix.ids(firstOf(named, most))
	return a, err
}

// actorPlace finds an actor by id, or by name as printed.
func (ix *Index) actorPlace(id string) (int, bool) {
	k := ix.register.ActorKey.Index(id)
	if k < 0 {
		return 0, false
	}
	return int(ix.register.ActorOf[k]), true
}

// Actor returns the entry of an actor by id, or ErrNotFound.
func (ix *Index) Actor(id string) (a *ActorEntry, err error) {
	err = ix.guard(context.Background(), func() error {
		i, ok := ix.actorPlace(id)
		if !ok {
			return fmt.Errorf("actor %q: %w", clip(id), ErrNotFound)
		}
		a, err = ix.actor(i, maxListed)
		return err
	})
	return a, err
}

// HasActor says whether there is an actor with an id; no once the index is closed.
func (ix *Index) HasActor(id string) (known bool) {
	err := ix.guard(context.Background(), func() error {
		_, known = ix.actorPlace(id)
		return nil
	})
	return err == nil && known
}

// A Pair is two actors of whom the first speaks to the second.
type Pair struct {
	From, To string // ids, or names as printed
	Count    int    // passages in which he does: quotations, and passages of documents from one to the other
}

// Pairs returns the n who speak to each other most, the most frequent first; none once the index is closed.
func (ix *Index) Pairs(n int) []Pair {
	out := []Pair{}
	err := ix.guard(context.Background(), func() error {
		reg := ix.register
		for i := range min(n, len(reg.PairFrom)) {
			from, err := ix.actor(int(reg.PairFrom[i]), 0)
			if err != nil {
				return err
			}
			to, err := ix.actor(int(reg.PairTo[i]), 0)
			if err != nil {
				return err
			}
			out = append(out, Pair{From: from.ID, To: to.ID, Count: int(reg.PairCount[i])})
		}
		return nil
	})
	if err != nil {
		return nil
	}
	return out
}

// Values returns the values that passages have of a group that is a facet, sorted; none once the index is closed.
func (ix *Index) Values(g Group) []string {
	out := []string{}
	err := ix.guard(context.Background(), func() error {
		values := ix.columns.Facet[string(g)].Values
		for i := range values.Len() {
			out = append(out, values.At(i))
		}
		return nil
	})
	if err != nil {
		return nil
	}
	return out
}
