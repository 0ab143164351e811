package search

import (
	"strings"
	"testing"

	"ibid/corpus"
)

// someone is a manifest whose persons and bodies are called by office.
func someone() *names {
	return newNames(&corpus.Manifest{Actors: []corpus.Actor{
		{ID: "soviet-union", Name: "Soviet Union", Kind: corpus.State, Forms: []string{"USSR", "Soviet government"}},
		{ID: "germany", Name: "Germany", Kind: corpus.State, Forms: []string{"Nazi Germany"}},
		{ID: "britain", Name: "Britain", Kind: corpus.State, Forms: []string{"Great Britain", "British government"}},
		{ID: "france", Name: "France", Kind: corpus.State},
		{ID: "minister", Name: "Minister", Kind: corpus.Person, Country: "soviet-union", Role: "Foreign Minister until 3 May 1939"},
		{ID: "trader", Name: "Trader", Kind: corpus.Person, Country: "soviet-union", Role: "People's Commissar for Foreign Trade"},
		{ID: "polpred", Name: "Polpred", Kind: corpus.Person, Country: "soviet-union", Role: "Ambassador in London"},
		{ID: "other", Name: "Other", Kind: corpus.Person, Country: "soviet-union", Role: "Ambassador in Paris; recalled"},
		{ID: "charge", Name: "Charge", Kind: corpus.Person, Country: "soviet-union", Role: "chargé d'affaires in Berlin"},
		{ID: "chancellor", Name: "Chancellor", Kind: corpus.Person, Country: "germany", Role: "Chancellor of the German Reich"},
		{ID: "count", Name: "Count", Kind: corpus.Person, Country: "germany", Role: "Ambassador in Moscow"},
		{ID: "seller", Name: "Seller", Kind: corpus.Person, Country: "germany", Role: "commercial attaché in Moscow"},
		{ID: "writer", Name: "Writer", Kind: corpus.Person, Country: "germany", Role: "deputy head of the foreign ministry's press department"},
		{ID: "sir", Name: "Sir", Kind: corpus.Person, Country: "britain", Role: "Ambassador in Moscow"},
		{ID: "sailor", Name: "Sailor", Kind: corpus.Person, Country: "britain", Role: "head of the British delegation at the talks", Forms: []string{"Admiral Sailor"}},
		{ID: "soldier", Name: "Soldier", Kind: corpus.Person, Country: "france", Role: "General; head of the French military mission"},
		{ID: "nobody", Name: "Nobody", Kind: corpus.Person, Country: "france", Role: "conducted the trade negotiations"},
		{ID: "stateless", Name: "Stateless", Kind: corpus.Person, Role: "Ambassador in Rome"},
		{ID: "joint", Name: "British and French delegation", Kind: corpus.Body},
		{ID: "french", Name: "French delegation", Kind: corpus.Body, Country: "france"},
		{ID: "ministry", Name: "French Ministry for Foreign Affairs", Kind: corpus.Body, Country: "france"},
		{ID: "embassy", Name: "Soviet Embassy in Paris", Kind: corpus.Body, Country: "soviet-union"},
		{ID: "congress", Name: "Party Congress, March 1939", Kind: corpus.Body, Country: "soviet-union"},
	}})
}

func TestDescribed(t *testing.T) {
	n := someone()
	for _, c := range []struct {
		words string
		id    string
		read  int // words
	}{
		{"soviet foreign minister resigns", "minister", 3},
		{"foreign minister of the ussr", "minister", 5},
		{"foreign commissar", "minister", 2}, // only one power has commissars
		{"commissar for foreign affairs", "minister", 4},
		{"foreign minister", "minister", 2}, // the only one here
		{"soviet trade commissar", "trader", 3},
		{"commissar for foreign trade", "trader", 4},
		{"german ambassador in moscow", "count", 4},
		{"german ambassador to the soviet union", "count", 6},
		{"german envoy", "count", 2},
		{"british ambassador question", "sir", 2}, // not Polpred, who is where the British are
		{"envoy in paris asked", "other", 3},
		{"soviet ambassador in britain", "polpred", 4},
		{"soviet charge d'affaires", "charge", 3},
		{"soviet envoy in berlin", "charge", 4},
		{"reich chancellor letter", "chancellor", 2},
		{"chancellor of the reich", "chancellor", 4},
		{"german chancellor", "chancellor", 2},
		{"fuhrer", "chancellor", 1},
		{"chancellor letter", "chancellor", 1},
		{"trade attache", "seller", 2},
		{"british admiral", "sailor", 2},
		{"chief of the british mission", "sailor", 5},
		{"head of the british delegation", "sailor", 5},
		{"french general", "soldier", 2},
		{"anglo-french mission", "joint", 2},
		{"british and french envoys", "joint", 4},
		{"british and french", "", 0},
		{"french delegates", "french", 2},
		{"french foreign office", "ministry", 3},
		{"soviet legation in paris", "embassy", 4},
		{"soviet ambassador", "", 0}, // there are two
		{"ambassador in moscow", "", 0},
		{"ambassador in rome", "", 0}, // of no state
		{"german minister", "", 0},
		{"german head", "", 0},
		{"french negotiations", "", 0},
		{"general atmosphere", "", 0},
		{"the german ambassador", "", 0}, // begins at the next word
		{"mission to moscow", "", 0},
		{"party congress", "", 0},
		{"", "", 0},
	} {
		words := strings.Fields(c.words)
		if id, read := n.described(words); id != c.id || read != c.read {
			t.Errorf("%q is read as %q of %d words, want %q of %d", c.words, id, read, c.id, c.read)
		}
	}
}

func TestPower(t *testing.T) {
	n := someone()
	for word, want := range map[string]string{
		"moscow": "soviet-union", "berlin": "germany", "reich": "germany", "london": "britain", "paris": "france", "wilhelmstrasse": "germany",
		"germany": "", "german": "", "ussr": "", "warsaw": "", "count": "", "": "",
	} {
		if got := n.power(word); got != want {
			t.Errorf("%q stands for %q, want %q", word, got, want)
		}
	}
}

func FuzzDescribed(f *testing.F) {
	n := someone()
	f.Add("german ambassador in moscow")
	f.Add("anglo-french mission's chargé d'affaires of the of the")
	f.Fuzz(func(t *testing.T, text string) {
		words := strings.Fields(text)
		id, read := n.described(words)
		if (id == "") != (read == 0) || read > len(words) || id != "" && n.actors[id] == nil {
			t.Fatalf("%q is read as %q of %d words", text, id, read)
		}
		if again, same := n.described(words[:read]); again != id || same != read {
			t.Fatalf("%q is read as %q of %d words, and by itself as %q of %d", text, id, read, again, same)
		}
	})
}
