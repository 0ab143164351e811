package analysis

import (
	"slices"
	"strings"
	"testing"
)

func TestSynonyms(t *testing.T) {
	tests := []struct{ word, want string }{
		{"treaty", "pact"}, {"treaties", "pact"}, {"talks", "negoti"}, {"negotiations", "talk"}, {"fired", "dismiss"},
		{"dismissal", "fire"}, {"failing", "failur"}, {"help", "assist"}, {"attack", "assault"}, {"sincerity", "earnest"},
		{"emissaries", "deleg"}, {"booty", "spoil"}, {"newspapers", "news"}, {"mistrust", "suspicion"}, {"aeroplane", "airplan"},
	}
	for _, tt := range tests {
		if !slices.ContainsFunc(Synonyms(tt.word), func(s Synonym) bool { return s.Stem == tt.want }) {
			t.Errorf("Synonyms(%q) = %v, want %s among them", tt.word, Synonyms(tt.word), tt.want)
		}
	}
	for _, name := range []string{"", "german", "soviet", "xyzzy", "\n", " "} {
		if found := Synonyms(name); len(found) > 0 {
			t.Errorf("Synonyms(%q) = %v, want none", name, found)
		}
	}
}

func TestPlaces(t *testing.T) {
	tests := []struct{ name, want string }{
		{"warsaw", "poland"}, {"poland", "warsaw"}, {"tokyo", "japan"}, {"japanese", "tokyo"}, {"hungary", "hungarian"}, {"london", "england"},
	}
	for _, tt := range tests {
		if tt.want = Stem(tt.want); !slices.ContainsFunc(Places(tt.name), func(s Synonym) bool { return s.Stem == tt.want }) {
			t.Errorf("Places(%q) = %v, want %s among them", tt.name, Places(tt.name), tt.want)
		}
	}
	for _, word := range []string{"", "male", "nice", "stalin", "house"} { // Malé is a capital, but male is mostly another word
		if found := Places(word); len(found) > 0 {
			t.Errorf("Places(%q) = %v, want none", word, found)
		}
	}
}

// TestSynonymTable: the table is sorted, so that it can be searched, and its
// stems and weights are what they are said to be.
func TestSynonymTable(t *testing.T) {
	last := ""
	for line := range strings.Lines(synonymTable) {
		head, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		if head <= last {
			t.Fatalf("%q stands after %q", head, last)
		}
		last = head
		for _, s := range parseSynonyms(rest) {
			if s.Stem == head || len(s.Stem) == 0 || s.Weight < 0.1 || s.Weight > 0.9 {
				t.Errorf("%s has synonym %+v", head, s)
			}
		}
	}
	if last < "z" {
		t.Errorf("the table ends with %q", last)
	}
}

func BenchmarkSynonyms(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Synonyms("negotiations")
	}
}
