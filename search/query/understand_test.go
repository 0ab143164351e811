package query

import (
	"reflect"
	"strings"
	"testing"

	"ibid/corpus/edtf"
)

func testVocabulary() Vocabulary {
	v := Vocabulary{DefaultYear: 1939}
	v.AddPerson("molotov", "Molotov, Vyacheslav", "V. Molotov")
	v.AddPerson("ribbentrop", "Ribbentrop, Joachim von")
	v.AddPerson("weizsacker", "Weizsacker, Baron von")
	v.AddPerson("a-smith", "Smith, Anne")
	v.AddPerson("b-smith", "Smith, Bernard")
	v.AddName(Field{"actor", "soviet-union"}, "Soviet Union", "USSR", "Soviet government")
	v.AddName(Field{"actor", "germany"}, "Germany", "Nazi Germany")
	v.AddCollection("GK", "God Krizisa (Year of Crisis)")
	v.AddCollection("SPE", "Soviet Peace Efforts on the Eve of World War II")
	v.Described = func(words []string, at, end int) (string, int) {
		if end-at > 2 && strings.HasPrefix(strings.ToLower(strings.Join(words[at:end], " ")), "french foreign minister") {
			return "bonnet", 3
		}
		return "", 0
	}
	v.Power = func(word string) string {
		if strings.HasPrefix(strings.ToLower(word), "berlin") {
			return "germany"
		}
		return ""
	}
	v.AddWork("Watt 1974")
	v.AddWork("Dukes 1985")
	v.AddWork("Roe 1980")
	v.AddWork("Roe 1981a")
	v.AddWork("Molotov 1950")
	v.AddWork("Germany") // an id without a year
	return v
}

var understandTests = []struct{ in, want string }{
	{"", ""},
	{"trade talks", "trade talks"},
	// citations
	{"GK 362", `{GK 362 = cite:"GK 362"}`},
	{"gk no. 279 Molotov", `{gk no 279 = cite:"GK 279"} {Molotov = actor:molotov}`},
	{"GK-362 and GK362", `{GK-362 = cite:"GK 362"} and {GK362 = cite:"GK 362"}`},
	{"SPE no. 246, no. 255 and 267", `{SPE no 246 = cite:"SPE 246"} {no 255 = cite:"SPE 255"} {and 267 = cite:"SPE 267"}`},
	{"SPE 318, 337", `{SPE 318 = cite:"SPE 318"} {337 = cite:"SPE 337"}`},
	{"GK 362 1938", `{GK 362 = cite:"GK 362"} {1938 = date:1938}`},
	{"God Krizisa", `{God Krizisa = cite:GK}`},
	{"year of crisis documents", `{year of crisis = cite:GK} documents`},
	{"God Krizisa 1990", `{God Krizisa = cite:GK} {1990 = date:1990}`},
	{"God Krizisa no. 1990", `{God Krizisa no 1990 = cite:"GK 1990"}`},
	{"God Krizisa no. 362", `{God Krizisa no 362 = cite:"GK 362"}`},
	{"GK", "{GK = cite:GK}"},
	{"Year of Crisis, document 504", `{Year of Crisis document 504 = cite:"GK 504"}`},
	{"Soviet Peace Efforts, No. 232", `{Soviet Peace Efforts No 232 = cite:"SPE 232"}`},
	{"Soviet peace efforts in 1939", "Soviet peace efforts in 1939"},
	{"gk papers", "gk papers"},
	{"Watt (1974), p. 156", `{Watt 1974 = cite:"Watt 1974"} {p 156 = page:156}`},
	{"Dukes, p. 311", `{Dukes = cite:"Dukes 1985"} {p 311 = page:311}`},
	{"Roe 1981a and Roe", `{Roe 1981a = cite:"Roe 1981a"} and Roe`},
	{"Molotov 1950", `{Molotov 1950 = cite:"Molotov 1950"}`},
	// who is not named
	{"the French foreign minister, May 1939", "the {French foreign minister = actor:bonnet} {May 1939 = date:1939-05}"},
	{"French foreign minister's letter to Molotov", "{French foreign minister's = speaker:bonnet} letter to {Molotov = to:molotov}"},
	{"what did Molotov say to the French foreign minister", "what did {Molotov = speaker:molotov} say to the {French foreign minister = to:bonnet}"},
	{"Molotov told the French foreign minister", "{Molotov = speaker:molotov} told the {French foreign minister = to:bonnet}"},
	{"a letter to the French foreign minister", "a letter to the {French foreign minister = to:bonnet}"},
	{"Molotov and the French foreign minister", "{Molotov = actor:molotov} and the {French foreign minister = actor:bonnet}"},
	{"Berlin refuses", "{Berlin = actor:germany} refuses"},
	{"Berlin has refused", "{Berlin = actor:germany} has refused"},
	{"Berlin’s patience", "{Berlin’s = actor:germany} patience"},
	{"Berlin was bombed", "Berlin was bombed"},
	{"Berlin archives", "Berlin archives"},
	{"Berlin May 1939", "Berlin {May 1939 = date:1939-05}"},
	{"French Molotov foreign minister", "French {Molotov = actor:molotov} foreign minister"},
	{"patience of Berlin's", "patience of {Berlin's = actor:germany}"},
	{"Berlin Treaty", "Berlin Treaty"}, // a place, as far as the words tell
	{"Berlin", "Berlin"},
	{"visit to Berlin was delayed", "visit to Berlin was delayed"},
	// who speaks to whom
	{"what did Molotov say to Ribbentrop", "what did {Molotov = speaker:molotov} say to {Ribbentrop = to:ribbentrop}"},
	{"Molotov told Ribbentrop of trade", "{Molotov = speaker:molotov} told {Ribbentrop = to:ribbentrop} of trade"},
	{"Molotov was told by Ribbentrop", "{Molotov = to:molotov} was told by {Ribbentrop = speaker:ribbentrop}"},
	{"letter from Molotov to Ribbentrop", "letter from {Molotov = speaker:molotov} to {Ribbentrop = to:ribbentrop}"},
	{"Molotov's letter to Ribbentrop", "{Molotov's = speaker:molotov} letter to {Ribbentrop = to:ribbentrop}"},
	{"letter to Molotov", "letter to {Molotov = to:molotov}"},
	{"Molotov said so", "{Molotov = speaker:molotov} said so"},
	{"Molotov and Ribbentrop", "{Molotov = actor:molotov} and {Ribbentrop = actor:ribbentrop}"},
	{"Molotov visited Ribbentrop", "{Molotov = actor:molotov} visited {Ribbentrop = actor:ribbentrop}"},
	// places
	{"p. 211", "{p 211 = page:211}"},
	{"pages 211-213", "{pages 211-213 = page:211-213}"},
	{"note 11 fn 3", "{note 11 = note:11} {fn 3 = note:3}"},
	{"section iv", "{section iv = section:IV}"},
	{"take note of page", "take note of page"},
	// dates
	{"20 May 1939", "{20 May 1939 = date:1939-05-20}"},
	{"Nov. '38", "{Nov 38 = date:1938-11}"},
	{"Aug. 23rd, '39", "{Aug 23rd 39 = date:1939-08-23}"},
	{"20.5.39", "{20.5.39 = date:1939-05-20}"},
	{"10 11 12", "10 11 12"},
	{"winter 1938/9", "{winter 1938/9 = date:1938-12/1939-02}"},
	{"August 23 25 talks", "{August 23 = date:1939-08-23} 25 talks"},
	{"20.5.101", "20.5.101"},
	{"third of May 1939", "{third of May 1939 = date:1939-05-03}"},
	{"the twenty-third of August", "the {twenty-third of August = date:1939-08-23}"},
	{"twenty third of August 1938", "{twenty third of August 1938 = date:1938-08-23}"},
	{"May the third", "{May the third = date:1939-05-03}"},
	{"23. 8. 1939", "{23 8 1939 = date:1939-08-23}"},
	{"20.V.1939", "{20 V 1939 = date:1939-05-20}"},
	{"23 13 1939", "23 13 1939"},
	{"3 août 1939", "{3 août 1939 = date:1939-08-03}"},
	{"3. März", "{3 März = date:1939-03-03}"},
	{"mars and mai", "mars and mai"},
	{"first days of May 1938", "{first days of May 1938 = date:1938-05-01/1938-05-07}"},
	{"second half of July", "{second half of July = date:1939-07-16/1939-07-31}"},
	{"last week of August", "{last week of August = date:1939-08-25/1939-08-31}"},
	{"first of the conditions", "first of the conditions"},
	{"thirty-second of May", "thirty-second of {May = date:1939-05}"},
	{"May 20", "{May 20 = date:1939-05-20}"},
	{"may 20th, 1938", "{may 20th 1938 = date:1938-05-20}"},
	{"the 3rd of May", "the {3rd of May = date:1939-05-03}"},
	{"early August 1939", "{early August 1939 = date:1939-08-01/1939-08-10}"},
	{"in mid-August", "in {mid-August = date:1939-08-11/1939-08-20}"},
	{"the end of July", "the {end of July = date:1939-07-21/1939-07-31}"},
	{"1939-05-03", "{1939-05-03 = date:1939-05-03}"},
	{"20.5.1939 5/20/1939", "{20.5.1939 = date:1939-05-20} {5/20/1939 = date:1939-05-20}"},
	{"November 1938", "{November 1938 = date:1938-11}"},
	{"Nov 1938 nov", "{Nov 1938 = date:1938-11} nov"},
	{"talks in august", "talks in {august = date:1939-08}"},
	{"what may happen", "what may happen"},
	{"march on", "march on"},
	{"summer 1939", "{summer 1939 = date:1939-06/1939-08}"},
	{"in the summer", "in the {summer = date:1939-06/1939-08}"},
	{"spring offensive", "spring offensive"},
	{"spring and summer of 1938", "{spring = date:1938-03/1938-05} and {summer of 1938 = date:1938-06/1938-08}"},
	{"Aug. 23 – 25 Aug", "{Aug 23 = date:1939-08-23} {25 Aug = date:1939-08-25}"},
	{"winter of 1938-39", "{winter of 1938-39 = date:1938-12/1939-02}"},
	{"1938-39", "{1938-39 = date:1938/1939}"},
	{"mid-1930s", "{mid-1930s = date:1934/1936}"},
	{"1930s and 1930's", "{1930s = date:193X} and {1930's = date:193X}"},
	{"pact 1939", "pact 1939"},
	{"10-12 August", "{10-12 August = date:1939-08-10/1939-08-12}"},
	{"August 17 to 21", "{August 17 to 21 = date:1939-08-17/1939-08-21}"},
	{"17 to 21 August 1938", "{17 to 21 August 1938 = date:1938-08-17/1938-08-21}"},
	{"between May and August 1938", "{between May and August 1938 = date:1938-05/1938-08}"},
	{"December to January 1939", "{December to January 1939 = date:1938-12/1939-01}"},
	{"August 1939 to May 1939", "{August 1939 = date:1939-08} to {May 1939 = date:1939-05}"},
	{"Watt 1974 on 20 May", `{Watt 1974 = cite:"Watt 1974"} on {20 May = date:1939-05-20}`},
	{"Roe on 20 May, in 1938", "Roe on {20 May = date:1938-05-20} in {1938 = date:1938}"},
	{"late July to late August", "{late July to late August = date:1939-07-21/1939-08-31}"},
	{"March 10 to 20 May", "{March 10 to 20 May = date:1939-03-10/1939-05-20}"},
	{"31 June", "31 {June = date:1939-06}"},
	// names
	{"Joachim von Ribbentrop", `{Joachim von Ribbentrop = actor:ribbentrop}`},
	{"von ribbentrop's plan", `{von ribbentrop's = actor:ribbentrop} plan`},
	{"Weizsäcker", `{Weizsäcker = actor:weizsacker}`},
	{"Smith", "Smith"},
	{"Anne Smith", "{Anne Smith = actor:a-smith}"},
	{"Nazi Germany and the Soviet Union", "{Nazi Germany = actor:germany} and the {Soviet Union = actor:soviet-union}"},
	// inside other clauses
	{"Molotov AND Germany", "{Molotov = actor:molotov} AND {Germany = actor:germany}"},
	{`"Molotov" NOT Molotov`, `"Molotov" NOT Molotov`},
	{`date:"early August" date:"3 May 1938" date:1939-08..`, "date:1939-08-01/1939-08-10 date:1938-05-03 date:1939-08.."},
	{`Molotov NOT (Molotov date:"early May" (a OR b))`, "{Molotov = actor:molotov} NOT (Molotov date:1939-05-01/1939-05-10 (a OR b))"},
	{`date:"between May and July" to:x`, "date:1939-05/1939-07 to:x"},
	{`trade "political base" 20 May`, `trade "political base" {20 May = date:1939-05-20}`},
}

func TestUnderstand(t *testing.T) {
	v := testVocabulary()
	for _, tt := range understandTests {
		n, err := Parse(tt.in)
		if err != nil {
			t.Fatalf("Parse(%q) = error %v", tt.in, err)
		}
		got := Understand(n, v)
		if got.String() != tt.want {
			t.Errorf("Understand(%q) = %v, want %v", tt.in, got, tt.want)
		}
		checkPrinted(t, got)
	}
}

func TestUnderstandWithoutYear(t *testing.T) {
	for _, in := range []string{"20 May", "August", "in the summer", "late July to late August"} {
		n, err := Parse(in)
		if err != nil {
			t.Fatal(err)
		}
		if got := Understand(n, Vocabulary{}); got.String() != in {
			t.Errorf("Understand(%q) without a default year = %v, want no hint", in, got)
		}
	}
}

func FuzzUnderstand(f *testing.F) {
	for _, tt := range understandTests {
		f.Add(tt.in)
	}
	v := testVocabulary()
	f.Fuzz(func(t *testing.T, s string) {
		n, err := Parse(s)
		if err != nil {
			return
		}
		got := Understand(n, v)
		if a, b := strings.Join(Words(n), " "), strings.Join(Words(got), " "); a != b {
			t.Fatalf("Understand(%q) has the words %q, want %q", s, b, a)
		}
		if len(got.String()) >= MaxRunes {
			return
		}
		checkPrinted(t, got)
		if again := Understand(got, v); !reflect.DeepEqual(again, got) {
			t.Fatalf("Understand(%q) = %s", got, again)
		}
		Walk(got, func(n Node) bool {
			if h, ok := n.(Hint); ok && h.Field.Name == "date" {
				if _, err := edtf.ParseRange(h.Field.Value); err != nil {
					t.Fatalf("Understand(%q) found the date %q: %v", s, h.Field.Value, err)
				}
			}
			return true
		})
	})
}

func TestSimplify(t *testing.T) {
	a, b, c := Word{"a"}, Word{"b"}, Word{"c"}
	tests := []struct {
		in   Node
		want string
	}{
		{Plain{[]Node{a, Plain{[]Node{b, a}}, c}}, "a b a c"},
		{Plain{[]Node{a, Plain{[]Node{b, Not{c}}}}}, "a (b NOT c)"},
		{And{[]Node{a, And{[]Node{b, And{[]Node{c, a}}}}}}, "a AND b AND c"},
		{Or{[]Node{a, Or{[]Node{b, a}}, And{[]Node{c, c}}}}, "a OR b OR c"},
		{Not{Not{a}}, "a"},
		{Not{Plain{[]Node{a}}}, "NOT a"},
		{Plain{nil}, ""},
	}
	for _, tt := range tests {
		if got := Simplify(tt.in); got.String() != tt.want {
			t.Errorf("Simplify(%s) = %q, want %q", tree(tt.in), got, tt.want)
		}
	}
}

func TestReadRange(t *testing.T) {
	tests := []struct {
		in   string
		year int
		want string // "" for an error
	}{
		{"1939-05..1939-08", 0, "1939-05-01..1939-08-31"},
		{"1939-05/1939-08", 0, "1939-05-01..1939-08-31"},
		{"1939-08..", 0, "1939-08-01.."},
		{"20 May 1939", 0, "1939-05-20..1939-05-20"},
		{"20 May", 1939, "1939-05-20..1939-05-20"},
		{"20 May", 0, ""},
		{"early August 1939", 0, "1939-08-01..1939-08-10"},
		{"between May and August", 1939, "1939-05-01..1939-08-31"},
		{"1939-13", 1939, ""},
		{"next week", 1939, ""},
		{"", 1939, ""},
	}
	for _, tt := range tests {
		got, err := ReadRange(tt.in, tt.year)
		if err != nil && tt.want != "" || err == nil && got.String() != tt.want {
			t.Errorf("ReadRange(%q, %d) = %v, %v, want %q", tt.in, tt.year, got, err, tt.want)
		}
	}
}

func TestPages(t *testing.T) {
	tests := []struct{ in, want string }{
		{"211", "211"}, {"xiv", "xiv"}, {"211-213", "211 212 213"}, {"211-13", "211 212 213"}, {"213-211", "213-211"}, {"1-1000", "1-1000"},
	}
	for _, tt := range tests {
		if got := strings.Join(Pages(tt.in), " "); got != tt.want {
			t.Errorf("Pages(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

func BenchmarkParseUnderstand(b *testing.B) {
	v := testVocabulary()
	b.ReportAllocs()
	for b.Loop() {
		n, err := Parse("what did Molotov tell Schulenburg about the political base on 20 May 1939, GK no. 362")
		if err != nil {
			b.Fatal(err)
		}
		Understand(n, v)
	}
}
