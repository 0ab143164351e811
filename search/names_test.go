package search

import (
	"slices"
	"testing"

	"ibid/corpus"
)

func TestOffices(t *testing.T) {
	n := newNames(&corpus.Manifest{Actors: []corpus.Actor{
		{ID: "soviet-union", Name: "Soviet Union", Kind: "state", Forms: []string{"USSR"}},
		{ID: "germany", Name: "Germany", Kind: "state"},
	}})
	soviet := n.offices(&corpus.Actor{ID: "x", Country: "soviet-union", Role: "Foreign Minister until 3 May 1939"})
	for _, want := range []string{"Soviet Foreign Minister", "Foreign Minister of the USSR", "Foreign Minister of the Soviet Union"} {
		if !slices.Contains(soviet, want) {
			t.Errorf("offices are %q, want %q among them", soviet, want)
		}
	}
	german := n.offices(&corpus.Actor{ID: "y", Country: "germany", Role: "Ambassador in Moscow; recalled"})
	for _, want := range []string{"german Ambassador in Moscow", "german Ambassador to Moscow"} {
		if !slices.Contains(german, want) {
			t.Errorf("offices are %q, want %q among them", german, want)
		}
	}
	for _, a := range []corpus.Actor{{ID: "z", Role: "Ambassador"}, {ID: "z", Country: "germany"}, {ID: "z", Country: "nowhere", Role: "Ambassador"}} {
		if got := n.offices(&a); got != nil {
			t.Errorf("an actor without office or known state has offices %q", got)
		}
	}
}
