package analysis

import (
	"cmp"
	"math"
	"os"
	"slices"
	"strings"
	"testing"
)

func TestSynonyms(t *testing.T) {
	tests := []struct{ word, want string }{
		{"treaty", "pact"}, {"treaties", "pact"}, {"talks", "negoti"}, {"negotiations", "talk"}, {"fired", "dismiss"},
		{"dismissal", "dismiss"}, {"failing", "failur"}, {"help", "assist"}, {"attack", "assault"}, {"sincerity", "earnest"},
		{"emissaries", "deleg"}, {"booty", "spoil"}, {"mistrust", "suspicion"}, {"aeroplane", "aircraft"},
		{"gossip", "rumor"}, {"loans", "credit"}, {"jailed", "imprison"}, {"clandestine", "secret"}, {"newspapers", "press"},
		{"wrote", "write"}, {"write", "wrote"}, {"men", "man"}, {"found", "discov"}, {"admirals", "command"}, {"decide", "decis"},
	}
	for _, tt := range tests {
		if !slices.ContainsFunc(Synonyms(tt.word), func(s Synonym) bool { return s.Stem == tt.want }) && Stem(tt.word) != tt.want {
			t.Errorf("Synonyms(%q) = %v, want %s among them", tt.word, Synonyms(tt.word), tt.want)
		}
	}
	for _, name := range []string{"", "german", "soviet", "xyzzy", "\n", " "} {
		if found := Synonyms(name); len(found) > 0 {
			t.Errorf("Synonyms(%q) = %v, want none", name, found)
		}
	}
}

// TestToldWords measures how well the words told of a word agree with testdata/synonyms.tsv, by stems: nDCG of the first ten, where a
// word of much the same meaning gains 3 and one that may be taken along 1; and the share of the former that are among the first eight.
// Forms of the word itself, which that file leaves out, count as misses.
func TestToldWords(t *testing.T) {
	text, err := os.ReadFile("testdata/synonyms.tsv")
	if err != nil {
		t.Fatal(err)
	}
	var ndcg, recall, n float64
	for line := range strings.Lines(string(text)) {
		f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if strings.HasPrefix(line, "#") || len(f) != 3 {
			continue
		}
		gains, told := map[string]float64{}, map[string]bool{}
		for _, w := range strings.Fields(f[2]) {
			gains[Stem(w)] = 1
		}
		near := 0.0
		for _, w := range strings.Fields(f[1]) {
			gains[Stem(w)] = 3
		}
		delete(gains, Stem(f[0]))
		var ideal []float64
		for _, gain := range gains {
			ideal = append(ideal, gain)
			if gain == 3 {
				near++
			}
		}
		if near == 0 {
			continue
		}
		slices.SortFunc(ideal, func(a, b float64) int { return cmp.Compare(b, a) })
		var got []float64
		found := 0.0
		for _, s := range Synonyms(f[0]) {
			gain, ok := gains[s.Stem]
			if told[s.Stem] {
				continue // another word of a stem that was told
			}
			told[s.Stem] = true
			if got = append(got, gain); len(got) <= 8 && ok && gain == 3 {
				found++
			}
		}
		ndcg += discounted(got) / discounted(ideal)
		recall += found / near
		n++
	}
	t.Logf("%.0f words: nDCG@10 %.3f, recall@8 %.3f", n, ndcg/n, recall/n)
	if n < 650 || ndcg/n < 0.6 || recall/n < 0.7 {
		t.Errorf("of %.0f words nDCG@10 %.3f and recall@8 %.3f, want 0.6 and 0.7", n, ndcg/n, recall/n)
	}
}

// discounted is the discounted cumulative gain of the first ten (Järvelin and Kekäläinen, 2002).
func discounted(gains []float64) float64 {
	sum := 0.0
	for i, gain := range gains[:min(len(gains), 10)] {
		sum += gain / math.Log2(float64(i+2))
	}
	return sum
}

// TestSynonymsApart: words of one stem, or of which one looks like a form of the other, have lines of their own.
func TestSynonymsApart(t *testing.T) {
	tests := []struct{ word, not string }{
		{"admirals", "admir"}, {"admirals", "esteem"}, {"officer", "bureau"}, {"news", "novel"}, {"hoped", "jump"}, {"caring", "truck"},
	}
	for _, tt := range tests {
		if slices.ContainsFunc(Synonyms(tt.word), func(s Synonym) bool { return s.Stem == tt.not }) {
			t.Errorf("Synonyms(%q) has %s", tt.word, tt.not)
		}
	}
}

func TestMeans(t *testing.T) {
	for _, tt := range []struct {
		synonym, word string
		want          bool
	}{
		{"credit", "credits", true}, {"credit", "credit", true}, {"credit", "creditor", false}, {"periodical", "period", false},
		{"periodical", "periodicals", true}, {"deny", "denied", true}, {"delay", "delaying", true}, {"said", "said", true}, {"", "", true},
	} {
		if got := (Synonym{Word: tt.synonym}).Means(tt.word); got != tt.want {
			t.Errorf("%q means %q: %v, want %v", tt.synonym, tt.word, got, tt.want)
		}
	}
}

func TestBases(t *testing.T) {
	tests := []struct{ word, want string }{
		{"loans", "loan"}, {"taxes", "taxe tax"}, {"treaties", "treaty treatie"}, {"ties", "tie"}, {"princess", ""}, {"postmen", "postman"},
		{"hoped", "hope hop"}, {"hopped", "hopp hop hoppe"}, {"called", "call cal calle"}, {"arranged", "arrange arrang"}, {"singing", "sing singe"},
		{"carried", "carry carrie"}, {"happiest", "happy happie"}, {"bigger", "bigg big bigge"}, {"released", "releas release"}, {"agreed", "agre agree"},
		{"", ""}, {"s", ""}, {"ed", ""}, {"king", ""}, {"bed", ""}, {"men", "man"}, {"peace", ""}, {"été", ""},
	}
	for _, tt := range tests {
		if got := strings.Join(Bases(tt.word), " "); got != tt.want {
			t.Errorf("Bases(%q) = %q, want %q", tt.word, got, tt.want)
		}
	}
}

// checkSynonyms: the nearest come first, none twice, none is the word itself.
func checkSynonyms(t *testing.T, word string) {
	t.Helper()
	seen, last := map[string]bool{}, 1.0
	for _, s := range Synonyms(word) {
		if s.Word == "" || s.Stem != Stem(s.Word) || s.Stem == Stem(word) || seen[s.Word] || s.Weight <= 0 || s.Weight > last || !s.Means(s.Word) {
			t.Errorf("Synonyms(%q) has %+v", word, s)
		}
		seen[s.Word], last = true, s.Weight
	}
}

// TestExpression: expressions are known in any form of their words, the longest first.
func TestExpression(t *testing.T) {
	tests := []struct{ words, want string }{
		{"step down", "step down"}, {"stepped down last", "step down"}, {"gave way", "give way"}, {"giving birth to", "give birth"}, {"balance of power in", "balance of power"},
		{"stepped the down", "step down"}, {"cat paw", "cats paw"},
		{"step", ""}, {"stepped", ""}, {"down stepped", ""}, {"step x down", ""}, {"", ""},
	}
	for _, tt := range tests {
		words := strings.Fields(tt.words)
		got, n := Expression(words)
		articles := strings.Count(tt.words, "the ")
		if got != tt.want || n != len(strings.Fields(tt.want))+articles {
			t.Errorf("Expression(%q) = %q of %d words, want %q", tt.words, got, n, tt.want)
		}
	}
}

// FuzzExpression: what is taken for an expression has synonyms, and is no longer than what was typed.
func FuzzExpression(f *testing.F) {
	for _, words := range []string{"stepped down", "in the lurch", "gave gave gave way", "", "_ _", "step\xff down", "refuse the a offer", "lead a a a a a way"} {
		f.Add(words)
	}
	f.Fuzz(func(t *testing.T, text string) {
		words := strings.Fields(text)
		e, n := Expression(words)
		own := len(strings.Fields(e))
		articles := max(own-1, 0) // may stand between its words
		if (e == "") != (n == 0) || n > len(words) || n < own || n > own+articles || e != "" && len(Synonyms(e)) == 0 {
			t.Errorf("Expression(%q) = %q, %d", words, e, n)
		}
	})
}

func FuzzSynonyms(f *testing.F) {
	for _, word := range []string{"loans", "jailed", "wider", "axes", "wrote", "", "s", "ies", "\n", "war\n", "ward ", "\xff"} {
		f.Add(word)
	}
	f.Fuzz(checkSynonyms)
}

func TestPlaces(t *testing.T) {
	tests := []struct{ name, want string }{
		{"warsaw", "poland"}, {"poland", "warsaw"}, {"tokyo", "japan"}, {"japanese", "tokyo"}, {"hungary", "hungarian"}, {"london", "england"},
		{"london", "british"}, {"moscow", "soviet"}, {"estonia", "baltic"}, {"kremlin", "soviet"}, {"prague", "czechoslovakia"}, {"danzig", "gdansk"}, {"wehrmacht", "german"},
	}
	for _, tt := range tests {
		if tt.want = Stem(tt.want); !slices.ContainsFunc(Places(tt.name), func(s Synonym) bool { return s.Stem == tt.want }) {
			t.Errorf("Places(%q) = %v, want %s among them", tt.name, Places(tt.name), tt.want)
		}
	}
	for _, word := range []string{"", "male", "nice", "treaty", "house"} { // Malé is a capital, but male is mostly another word
		if found := Places(word); len(found) > 0 {
			t.Errorf("Places(%q) = %v, want none", word, found)
		}
	}
}

// TestSynonymTable: the table is sorted, so that it can be searched, and its
// stems and weights are what they are said to be, also for the forms of its words.
func TestSynonymTable(t *testing.T) {
	last := ""
	for line := range strings.Lines(synonymTable) {
		head, rest, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		if head <= last {
			t.Fatalf("%q stands after %q", head, last)
		}
		last = head
		if told := len(parseSynonyms(rest)); told == 0 || told > 48+16 || len(Synonyms(head)) != told {
			t.Errorf("%s has %d synonyms in the table, %d by the function", head, told, len(Synonyms(head)))
		}
		for _, ending := range []string{"", "s", "ed", "er"} {
			checkSynonyms(t, head+ending)
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

func BenchmarkSynonymsOfForm(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Synonyms("negotiated")
	}
}
