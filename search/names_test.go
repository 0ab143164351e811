package search

import (
	"fmt"
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
		{ID: "usa", Name: "United States of America", Kind: corpus.State, Forms: []string{"United States"}},
		{ID: "bryan", Name: "Bryan", Kind: corpus.Person, Country: "usa", Role: "Secretary of State"},
		{ID: "wilson", Name: "Wilson", Kind: corpus.Person, Country: "usa", Role: "President"},
		{ID: "double", Name: "Double", Kind: corpus.Person, Country: "france", Role: "Prime Minister and Minister of War"},
		{ID: "consul", Name: "Consul", Kind: corpus.Person, Country: "britain", Role: "Consul-General at Zurich"},
		{ID: "fo", Name: "Foreign Office", Kind: corpus.Body, Country: "britain"},
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
		{"British ambassador's question", "sir", 2}, // not Polpred, who is where the British are
		{"envoy in paris asked", "other", 3},
		{"soviet ambassador in britain", "polpred", 4},
		{"Soviet chargé d'affaires", "charge", 3},
		{"soviet envoy in berlin", "charge", 4},
		{"Reich chancellor’s letter", "chancellor", 2},
		{"chancellor of the reich", "chancellor", 4},
		{"german chancellor", "chancellor", 2},
		{"Führer", "chancellor", 1},
		{"chancellor's letter", "chancellor", 1},
		{"trade attaché", "seller", 2},
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
		{"United States secretary of state", "bryan", 5},
		{"president of the United States", "wilson", 5},
		{"British foreign ministry", "fo", 3},
		{"French prime minister", "double", 3},
		{"French minister of war", "double", 4},
		{"consul in Zürich", "consul", 3},
		{"German ambassador late in 1938", "count", 2},
		{"German ambassador in London", "", 0}, // who is in Moscow here
		{"German ambassador to Poland", "", 0},
		{"ambassador's letter in May", "", 0},
		{"German ambassador in May", "count", 2},
		{"Chancellor of the Exchequer", "", 0},
		{"Chancellor Dollfuss", "", 0},
		{"trader and german ambassador", "", 0},
		{"Churchill ambassador", "", 0},
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
		if id, read := n.described(words, 0, len(words)); id != c.id || read != c.read {
			t.Errorf("%q is read as %q of %d words, want %q of %d", c.words, id, read, c.id, c.read)
		}
	}
}

func TestPower(t *testing.T) {
	n := someone()
	for word, want := range map[string]string{
		"moscow": "soviet-union", "berlin": "germany", "reich": "germany", "london": "britain", "paris": "france", "wilhelmstrasse": "germany",
		"Moscow's": "soviet-union", "germany": "", "german": "", "ussr": "", "warsaw": "", "count": "", "mussolini": "", "hitler": "", "": "",
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
	f.Add("ChArgé   AffAir -")
	f.Fuzz(func(t *testing.T, text string) {
		words := strings.Fields(text)
		id, read := n.described(words, 0, len(words))
		if (id == "") != (read == 0) || read > len(words) || id != "" && n.actors[id] == nil {
			t.Fatalf("%q is read as %q of %d words", text, id, read)
		}
		if again, same := n.described(words[:read], 0, read); id != "" && (again != id || same != read) {
			t.Fatalf("%q is read as %q of %d words, and by itself as %q of %d", text, id, read, again, same)
		}
	})
}

// BenchmarkDescribed: a query of nouns of office over a manifest with many who hold them.
func BenchmarkDescribed(b *testing.B) {
	m := &corpus.Manifest{Actors: []corpus.Actor{{ID: "france", Name: "France", Kind: corpus.State}, {ID: "turkey", Name: "Turkey", Kind: corpus.State}}}
	for i := range 5000 {
		m.Actors = append(m.Actors, corpus.Actor{ID: fmt.Sprint("p", i), Name: fmt.Sprint("Name", i), Kind: corpus.Person, Country: []string{"france", "turkey"}[i%2], Role: "Ambassador in Paris"})
	}
	n := newNames(m)
	words := strings.Fields(strings.Repeat("envoy in turkey of ", 100))
	for b.Loop() {
		for at := range 64 { // as many as query.Understand asks for
			n.described(words, at, len(words))
		}
	}
}
