package analysis

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/kljensen/snowball/english"
)

// show prints tokens as term@pos[start:end], an extra one with a plus before it.
func show(tokens []Token) string {
	var out []string
	for _, t := range tokens {
		extra := ""
		if t.Extra {
			extra = "+"
		}
		out = append(out, fmt.Sprintf("%s%s@%d[%d:%d]", extra, t.Term, t.Pos, t.Start, t.End))
	}
	return strings.Join(out, " ")
}

func TestTokens(t *testing.T) {
	tests := []struct{ text, want string }{
		{"", ""},
		{" .,;-", ""},
		{"Hello, World", "hello@0[0:5] world@1[7:12]"},
		{"Molotov's words", "molotov@0[0:9] words@1[10:15]"},
		{"the nations' words", "the@0[0:3] nations@1[4:11] words@2[13:18]"},
		{"O\u2019Malley", "omalley@0[0:10]"},
		{"Weizsäcker", "weizsacker@0[0:11]"},
		{"non-aggression pact", "non@0[0:3] aggression@1[4:14] +nonaggression@0[0:14] pact@2[15:19]"},
		{"(neo-)realist", "neo@0[1:4] realist@1[6:13] +neorealist@0[1:13]"},
		{"(neo- )realists", "neo@0[1:4] realists@1[7:15] +neorealists@0[1:15]"},
		{"(re)armament", "re@0[1:3] armament@1[4:12] +rearmament@0[1:12]"},
		{"(see Walt) who", "see@0[1:4] walt@1[5:9] who@2[11:14]"},
		{"(Walt) who", "walt@0[1:5] who@1[7:10]"},
		{"(1974)a", "1974@0[1:5] a@1[6:7]"},
		{"21st-century", "21@0[0:4] +21st@0[0:4] century@1[5:12]"},
		{"a - b", "a@0[0:1] b@1[4:5]"},
		{"1938-39", "1938@0[0:4] 39@1[5:7] +1939@1[5:7]"},
		{"1938\u20131939", "1938@0[0:4] 1939@1[7:11]"},
		{"pp. 12-10", "pp@0[0:2] 12@1[4:6] 10@2[7:9]"},
		{"U.S.S.R. and USSR", "ussr@0[0:7] and@1[9:12] ussr@2[13:17]"},
		{"V. M. Molotov", "v@0[0:1] m@1[3:4] molotov@2[6:13]"},
		{"end.Begin", "end@0[0:3] begin@1[4:9]"},
		{"1,234.5", "1234@0[0:5] 5@1[6:7]"},
		{"8th of August", "8@0[0:3] +8th@0[0:3] of@1[4:6] august@2[7:13]"},
		{"co\u00adoperation", "cooperation@0[0:13]"},
		{"ﬁrst straße Łódź", "first@0[0:6] strasse@1[7:14] lodz@2[15:22]"},
		{"Переговоры 1939", "переговоры@0[0:20] 1939@1[21:25]"},
		{"条約 treaty", "条@0[0:3] 約@1[3:6] treaty@2[7:13]"},
		{"bad\xffbyte", "bad@0[0:3] byte@1[4:8]"},
		{"it's 'quoted'", "it@0[0:4] quoted@1[6:12]"},
		{"no.362,GK", "no@0[0:2] 362@1[3:6] gk@2[7:9]"},
	}
	for _, tt := range tests {
		if got := show(Tokens(tt.text)); got != tt.want {
			t.Errorf("Tokens(%q) = %s, want %s", tt.text, got, tt.want)
		}
	}
}

func FuzzTokens(f *testing.F) {
	for _, s := range []string{"Molotov's non-aggression", "U.S.S.R. 1938-39", "a\u00adb ﬁ 条約 \xff'", "'''s", "x-y-z-1-2", "(neo-)realist (re)armed 3rd-"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		tokens := Tokens(text)
		pos, end := 0, 0
		for _, tok := range tokens {
			if tok.Start < 0 || tok.Start >= tok.End || tok.End > len(text) {
				t.Fatalf("Tokens(%q): offsets of %+v lie outside", text, tok)
			}
			if tok.Term == "" || len(tok.Term) > maxTerm || !utf8.ValidString(tok.Term) {
				t.Fatalf("Tokens(%q): the term of %+v is none", text, tok)
			}
			if tok.Extra {
				continue
			}
			if tok.Pos != pos || tok.Start < end {
				t.Fatalf("Tokens(%q): %+v does not follow position %d, byte %d", text, tok, pos, end)
			}
			if again := Fold(tok.Term); again != tok.Term {
				t.Fatalf("Tokens(%q): %q folds again to %q", text, tok.Term, again)
			}
			pos, end = pos+1, tok.End
		}
	})
}

func TestStem(t *testing.T) {
	same := [][]string{
		{"negotiate", "negotiating", "negotiated", "negotiations", "negotiators"},
		{"organization", "organisation", "organized"},
		{"treaty", "treaties"},
		{"germany", "german", "germans"},
		{"prepared", "preparedness"},
	}
	for _, group := range same {
		for _, w := range group[1:] {
			if Stem(w) != Stem(group[0]) {
				t.Errorf("Stem(%q) = %q, want that of %q, %q", w, Stem(w), group[0], Stem(group[0]))
			}
		}
	}
	for _, pair := range [][2]string{{"organ", "organization"}, {"university", "universe"}, {"general", "generation"}, {"international", "internal"}, {"policy", "police"}, {"secretary", "secret"},
		{"according", "accord"}, {"department", "depart"}, {"officer", "office"}, {"several", "severe"}, {"respective", "respect"}, {"miners", "mineral"}, {"position", "positive"}, {"response", "responsible"}} {
		if Stem(pair[0]) == Stem(pair[1]) {
			t.Errorf("%q and %q have the same stem %q", pair[0], pair[1], Stem(pair[0]))
		}
	}
	for _, w := range []string{"1939", "362", "переговоры", "x1"} {
		if Stem(w) != w {
			t.Errorf("Stem(%q) = %q, want the word itself", w, Stem(w))
		}
	}
}

// TestStemExceptionsAreNeeded: an exception that neither changes the stem nor a comparison with
// another word of the table is one too many.
func TestStemExceptionsAreNeeded(t *testing.T) {
	for word, stem := range apart {
		needed := english.Stem(word, true) != stem
		for other, its := range apart {
			porter := english.Stem(word, true) == english.Stem(other, true)
			needed = needed || porter != (stem == its)
		}
		if !needed {
			t.Errorf("the exception %q: %q changes nothing", word, stem)
		}
	}
}

func TestSpellings(t *testing.T) {
	tests := []struct{ word, want string }{
		{"defence", "defense"}, {"defense", "defence"}, {"organisation", "organization"}, {"realize", "realise"}, {"colour", "color"},
		{"centre", "center"}, {"centred", "centered"}, {"travelled", "traveled"}, {"telegramme", "telegram"}, {"despatch", "dispatch"},
		{"despatches", "dispatches"}, {"rumania", "romania"}, {"servia", "serbia"}, {"honourable", "honorable"}, {"towards", "toward"}, {"judgement", "judgment"},
	}
	for _, tt := range tests {
		if got := Spellings(tt.word); !slices.Contains(got, tt.want) {
			t.Errorf("Spellings(%q) = %q, want one to be %q", tt.word, got, tt.want)
		}
	}
	for _, w := range []string{"four", "called", "filled", "tour", "water"} {
		if got := Spellings(w); len(got) > 0 {
			t.Errorf("Spellings(%q) = %q, want none", w, got)
		}
	}
}

func TestTransliterations(t *testing.T) {
	if got := Transliterations(strings.Repeat("sch", 1000)); got != nil {
		t.Errorf("a word of 3,000 letters has %d transliterations", len(got))
	}
	for _, pair := range [][2]string{{"mikoyan", "mikoian"}, {"maiski", "maisky"}, {"suritz", "surits"}, {"souritz", "suritz"}, {"litvinoff", "litvinov"}, {"molotow", "molotov"}, {"merekalow", "merekalov"}, {"potiomkin", "potjomkin"}} {
		for _, p := range [][2]string{pair, {pair[1], pair[0]}} {
			if got := Transliterations(p[0]); !slices.Contains(got, p[1]) {
				t.Errorf("Transliterations(%q) lacks %q", p[0], p[1])
			}
		}
	}
}

func BenchmarkTokens(b *testing.B) {
	text := strings.Repeat("The negotiations on a non-aggression pact began in Moscow, and Molotov's reply of 20 May 1939 was noted. ", 10)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	var tokens []Token
	for b.Loop() {
		tokens = AppendTokens(tokens[:0], text)
	}
}

// TestCustoms: a name written throughout by the custom of another language is found, in how many letters ever it differs.
func TestCustoms(t *testing.T) {
	for foreign, english := range map[string]string{"woroschilow": "voroshilov", "tschitscherin": "chicherin", "ouchakoff": "ushakov", "kommunist": "communist"} {
		if got := Transliterations(foreign); !slices.Contains(got, english) {
			t.Errorf("Transliterations(%q) lacks %q", foreign, english)
		}
	}
}

func TestNumbers(t *testing.T) {
	for word, want := range map[string][]string{
		"eighteenth": {"18th", "xviii"}, "eighteen": {"18", "xviii"}, "18": {"eighteen", "eighteenth", "xviii"}, "xviii": {"18", "18th", "eighteen", "eighteenth"},
		"twentysecond": {"22nd", "xxii"}, "second": {"2nd"}, "third": {"3rd"}, "eleventh": {"11th", "xi"}, "thirteenth": {"13th", "xiii"},
		"4": {"four", "fourth"}, "iv": nil, "101": nil, "treaty": nil, "": nil,
	} {
		if got := Numbers(word); !slices.Equal(got, want) {
			t.Errorf("Numbers(%q) = %q, want %q", word, got, want)
		}
	}
}

func TestWithoutPrefix(t *testing.T) {
	for word, want := range map[string]string{"insincerity": "sincerity", "counterproposal": "proposal", "undertaking": "taking", "interim": "", "treaty": "", "": ""} {
		if got := WithoutPrefix(word); got != want {
			t.Errorf("WithoutPrefix(%q) = %q, want %q", word, got, want)
		}
	}
}

// TestNationPairs: a compound of nations is written in either order, with either form of an adjective, and with and.
func TestNationPairs(t *testing.T) {
	for typed, want := range map[string]string{
		"anglo french": "british and french", "german soviet": "soviet german", "french british": "anglo french", "russo polish": "polish soviet", "sino japanese": "chinese japanese",
	} {
		if got := NationPairs(strings.Fields(typed)); !slices.ContainsFunc(got, func(p []string) bool { return strings.Join(p, " ") == want }) {
			t.Errorf("NationPairs(%q) = %q, want one to be %q", typed, got, want)
		}
	}
	for _, typed := range []string{"non aggression", "german", "anglo saxony", "british french soviet", "german german"} {
		if got := NationPairs(strings.Fields(typed)); len(got) > 0 {
			t.Errorf("NationPairs(%q) = %q, want none", typed, got)
		}
	}
	for form, words := range combining {
		if nations()[form] {
			t.Errorf("%q is a nation, too", form)
		}
		for _, w := range words {
			if !nations()[w] {
				t.Errorf("%s- stands for %q, which is no nation", form, w)
			}
		}
	}
}
