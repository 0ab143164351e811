package search_test

import (
	"slices"
	"strings"
	"testing"

	"ibid/corpus"
	"ibid/search"
)

// TestRelated: words that the article does not have find those that it says instead, and the answer says
// which; the shallower layers do not have them.
func TestRelated(t *testing.T) {
	ix := shipped(t)
	for query, want := range map[string]string{
		"emissaries": "delegates", // synonyms by the company they keep
		"booty":      "spoils",
		"mistrust":   "suspicion",
		"Warsaw":     "poland", // a capital for its state
		"Tokyo":      "japan",
		"Turk":       "turkey", // hardly related, but there is nothing nearer
		"Muenchen":   "munich",
		"Baltikum":   "baltic",
	} {
		r := find(t, ix, search.Request{Query: query})
		found := slices.IndexFunc(r.Query.Forms, func(f search.Form) bool { return f.Form == want })
		if found < 0 || r.Query.Forms[found].Layer != search.Similar {
			t.Errorf("%q has the forms %v, want %s of the layer similar", query, r.Query.Forms, want)
		}
		for _, layer := range []search.Layer{search.Exact, search.Stem, search.Variant} {
			if got := find(t, ix, search.Request{Query: query, Match: layer}); got.Total > 0 {
				t.Errorf("%q finds %d with match=%s", query, got.Total, layer)
			}
		}
	}
}

// TestExpressions: an expression of several words is looked for as what it means, in any form of its words, and
// found by a word that means it.
func TestExpressions(t *testing.T) {
	ix := shipped(t)
	for query, want := range map[string]search.Form{
		"duplicity":               {Word: "duplicity", Form: "double game", Layer: search.Similar},
		"calling off the mission": {Word: "calling off", Form: "canceled", Layer: search.Similar},
		"double-game":             {Word: "double game", Form: "double game", Layer: search.Exact},
		"hidden clauses":          {Word: "hidden clauses", Form: "secret protocol", Layer: search.Similar}, // as secret clauses
		"dragging of feet":        {Word: "dragging of feet", Form: "delay", Layer: search.Similar},         // as foot dragging
		"cat's-paw":               {Word: "cat paw", Form: "chestnuts", Layer: search.Similar},              // as cats paw
	} {
		r := find(t, ix, search.Request{Query: query})
		if !slices.ContainsFunc(r.Query.Forms, func(f search.Form) bool {
			return f.Word == want.Word && f.Form == want.Form && f.Layer == want.Layer && f.Count > 0
		}) {
			t.Errorf("%q has the forms %v, want %v", query, r.Query.Forms, want)
		}
	}
	for _, f := range find(t, ix, search.Request{Query: "calling off the mission", Match: search.Stem}).Query.Forms {
		if f.Layer == search.Similar {
			t.Errorf("%v with match=stem", f)
		}
	}
	for _, f := range find(t, ix, search.Request{Query: "behind closed doors"}).Query.Forms {
		if f.Word != "behind closed doors" {
			t.Errorf("%v: a word of an expression is looked for as if it were misspelled", f)
		}
	}
	if q := find(t, ix, search.Request{Query: "cat's-paw"}).Query; len(q.Unknown) > 0 || len(q.Corrections) > 0 {
		t.Errorf("cat's-paw is an expression, and told as unknown: %v, %v", q.Unknown, q.Corrections)
	}
	hit := find(t, ix, search.Request{Query: "duplicity"}).Hits[0]
	if len(hit.Fragments) == 0 || !strings.Contains(marked(hit.Fragments[0]), "double game/similar") {
		t.Errorf("duplicity finds %v", hit.Fragments)
	}
}

// TestBelongsElsewhere: what is told of two words of a query stands for the one to which it is nearer.
func TestBelongsElsewhere(t *testing.T) {
	ix := shipped(t)
	has := func(query, word string) bool {
		return slices.ContainsFunc(find(t, ix, search.Request{Query: query}).Query.Forms, func(f search.Form) bool {
			return f.Word == word && f.Form == "negotiations"
		})
	}
	if !has("breakdown", "breakdown") || has("breakdown of the talks", "breakdown") || !has("breakdown of the talks", "talks") {
		t.Error("negotiations: of a breakdown alone, but of talks in the breakdown of the talks")
	}
}

// TestExpressionOrWords: an expression is read as a whole or word by word, whichever says more of a passage. That military missions are
// military delegations hides no passage that tells of a military plan and a mission; but the words of an expression that means
// something else are looked for in no synonyms.
func TestExpressionOrWords(t *testing.T) {
	ix := shipped(t)
	r := find(t, ix, search.Request{Query: "military missions"})
	for _, want := range []search.Form{{Word: "military missions", Form: "military mission"}, {Word: "missions", Form: "delegation"}} {
		if !slices.ContainsFunc(r.Query.Forms, func(f search.Form) bool { return f.Word == want.Word && f.Form == want.Form }) {
			t.Errorf("military missions has no form %v: %v", want, r.Query.Forms)
		}
	}
	for _, want := range []string{"leem/n16", "leem/p034"} { // a military mission; military negotiations and a delegation
		if !slices.Contains(ids(r), want) {
			t.Errorf("military missions finds %v, not %s", ids(r), want)
		}
	}
}

// TestSounds: a name written as it sounds is found.
func TestSounds(t *testing.T) {
	ix := shipped(t)
	for query, want := range map[string]string{"Dracks": "drax", "Weitsacker": "weizsacker", "Chekoslovakia": "czechoslovakia"} {
		r := find(t, ix, search.Request{Query: query})
		if len(r.Query.Corrections) != 1 || !slices.Contains(r.Query.Corrections[0].Tried, want) {
			t.Errorf("%q: corrections %v, want %s", query, r.Query.Corrections, want)
		}
	}
}

// TestOtherForms: a word that the article has only in a form that its stem does not have, with a prefix, in one word or in two, or as
// a number in the other way, is found, and told at the layer it belongs to.
func TestOtherForms(t *testing.T) {
	ix := shipped(t)
	for query, want := range map[string]search.Form{
		"memoranda":          {Form: "memorandum", Layer: search.Stem},
		"collectivesecurity": {Form: "collective security", Layer: search.Variant},
		"counter proposals":  {Form: "counterproposals", Layer: search.Variant},
		"8-point":            {Form: "eight", Layer: search.Variant},
		"insincerity":        {Form: "sincerity", Layer: search.Similar},
		"neo-realists":       {Form: "neorealists", Layer: search.Exact}, // (neo-)realists
		"Woroschilow":        {Form: "voroshilov", Layer: search.Variant},
		"Anglo-French":       {Form: "british and french", Layer: search.Variant},
	} {
		forms := find(t, ix, search.Request{Query: query}).Query.Forms
		if !slices.ContainsFunc(forms, func(f search.Form) bool { return f.Form == want.Form && f.Layer == want.Layer && f.Count > 0 }) {
			t.Errorf("%q has the forms %v, want %v", query, forms, want)
		}
	}
}

// TestWithoutPrefix: what is found for a word without its prefix is told, since it may mean the contrary.
func TestWithoutPrefix(t *testing.T) {
	r := find(t, shipped(t), search.Request{Query: "insincerity"})
	if len(r.Query.Corrections) != 1 || !slices.Equal(r.Query.Corrections[0].Tried, []string{"sincerity"}) {
		t.Errorf("insincerity: corrections %v, want sincerity", r.Query.Corrections)
	}
}

// TestNamesRespelled: a name in another spelling, or misspelt, is read as the actor, as deep as the request allows.
func TestNamesRespelled(t *testing.T) {
	ix := shipped(t)
	for _, tt := range []struct {
		query string
		match search.Layer
		want  string
	}{
		{"Molotow to Schulenberg", "", "{Molotow = speaker:molotov} to {Schulenberg = to:schulenburg}"},
		{"Ribentrop visit", "", "{Ribentrop = actor:ribbentrop} visit"},
		{"Weisäcker", "", "{Weisäcker = actor:weizsacker}"},
		{"Litwinow", search.Variant, "{Litwinow = actor:litvinov}"},
		{"Ribentrop visit", search.Variant, "Ribentrop visit"},
		{"Litwinow", search.Stem, "Litwinow"},
		{"negotiator", "", "negotiator"},
	} {
		r := find(t, ix, search.Request{Query: tt.query, Match: tt.match})
		if r.Query.Understood != tt.want {
			t.Errorf("%q with match=%s is understood as %s, want %s", tt.query, tt.match, r.Query.Understood, tt.want)
		}
		if again := find(t, ix, search.Request{Query: r.Query.Understood, Match: tt.match}); again.Query.Understood != tt.want || again.Total != r.Total {
			t.Errorf("%s finds %d and is understood as %s, %q finds %d", tt.want, again.Total, again.Query.Understood, tt.query, r.Total)
		}
	}
}

// TestInOtherWords: a passage that has every word of a query in a synonym is a hit, whatever else has one of the words itself.
func TestInOtherWords(t *testing.T) {
	r := find(t, shipped(t), search.Request{Query: "commercial talks"})
	for _, h := range r.Hits[:5] {
		for _, f := range h.Fragments {
			if text := marked(f); strings.Contains(text, "conomic negotiations/similar") {
				return
			}
		}
	}
	t.Errorf("commercial talks does not find economic negotiations among the first: %v", r.Hits)
}

// TestOwnWords: who names a document, a day or a person wants the words of that document, of that day or of that person before what mentions
// them, and of two persons what the one said to the other.
func TestOwnWords(t *testing.T) {
	ix := shipped(t)
	for query, want := range map[string]func(h search.Hit) bool{
		"SPE no. 287":  func(h search.Hit) bool { return h.ID == "leem/p050" }, // two more cite it, one of them later
		"22 Aug. 1939": func(h search.Hit) bool { return h.ID == "leem/p053" },
		"Molotov and Schulenburg": func(h search.Hit) bool {
			return h.Speaker == "molotov" && h.Addressee == "schulenburg" || h.Speaker == "schulenburg" && h.Addressee == "molotov"
		},
	} {
		if hits := find(t, ix, search.Request{Query: query}).Hits; !want(hits[0]) {
			t.Errorf("%s: %v is first", query, ids(&search.Result{Hits: hits}))
		}
	}
}

// TestQuotedDay: a paragraph has the day of what it quotes, though it does not name it, before those that have the other words and another day.
func TestQuotedDay(t *testing.T) {
	hits := find(t, shipped(t), search.Request{Query: "14 Aug military talks"}).Hits
	if found := ids(&search.Result{Hits: hits[:4]}); !slices.ContainsFunc(found, func(id string) bool { return id == "leem/p052" }) {
		t.Errorf("first are %v, not the paragraph with what was said on that day", found)
	}
}

// TestNamedFirst: who names a person or a date wants passages that have it, before those that have more of the other words.
func TestNamedFirst(t *testing.T) {
	ix := shipped(t)
	for query, person := range map[string]string{"Astakhov's contacts and reports as Soviet representative in Berlin": "astakhov", "Hitler's personal part in the rapprochement": "hitler"} {
		hits := find(t, ix, search.Request{Query: query, Size: 4}).Hits
		n := 0
		for _, h := range hits {
			if slices.ContainsFunc(h.Actors, func(m corpus.Mention) bool { return m.ID == person }) {
				n++
			}
		}
		if n < 3 {
			t.Errorf("%q: %d of the first four hits mention %s, want three", query, n, person)
		}
	}
}

// TestPersonAndWord: who names a person and one word wants passages that tell of the word, before those that have the person alone.
func TestPersonAndWord(t *testing.T) {
	hits := find(t, shipped(t), search.Request{Query: "appeasing Hitler"}).Hits
	if !slices.ContainsFunc(hits[0].Fragments, func(f search.Fragment) bool { return strings.Contains(marked(f), "appeasement") }) {
		t.Errorf("first is %s, which tells of no appeasement", hits[0].ID)
	}
}
