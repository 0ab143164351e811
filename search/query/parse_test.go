package query

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
)

// tree prints a node with every part in brackets, so that a test sees its shape.
func tree(n Node) string {
	many := func(name string, nodes []Node) string {
		parts := make([]string, len(nodes))
		for i, c := range nodes {
			parts[i] = tree(c)
		}
		return name + "[" + strings.Join(parts, " ") + "]"
	}
	switch n := n.(type) {
	case Plain:
		return many("plain", n.Nodes)
	case And:
		return many("and", n.Nodes)
	case Or:
		return many("or", n.Nodes)
	case Not:
		return "not[" + tree(n.Node) + "]"
	case Phrase:
		return fmt.Sprintf("%q~%d", n.Words, n.Slop)
	case Field:
		return fmt.Sprintf("%s=%q", n.Name, n.Value)
	case Hint:
		return fmt.Sprintf("hint[%s %q]", tree(n.Field), n.Words)
	}
	return n.String()
}

var parseTests = []struct{ in, want string }{
	// plain words
	{"", "plain[]"},
	{"  \t\n ", "plain[]"},
	{"?!... -- ***", "plain[]"},
	{"molotov", "molotov"},
	{"political base", "plain[political base]"},
	{"Molotov's non-aggression pact", "plain[Molotov's non-aggression pact]"},
	{"chargé d’affaires", "plain[chargé d’affaires]"},
	{"the states' rights", "plain[the states rights]"},
	{"'political base'", "plain[political base]"},
	{"What did Stalin want?", "plain[What did Stalin want]"},
	{"GK 362", "plain[GK 362]"},
	{"GK no. 279, p.211", "plain[GK no 279 p 211]"},
	{"U.S.S.R. and U.S.-Soviet talks", "plain[U.S.S.R and U.S Soviet talks]"},
	{"1938/39 20.5.1939 1,000", "plain[1938/39 20.5.1939 1,000]"},
	{"http://x.org/y?z=1", "plain[http x org y z 1]"},
	{"foo:bar", "plain[foo bar]"},
	{"Note: the talks failed", "plain[Note the talks failed]"},
	{"note:see", "plain[note see]"},
	{"[sic] {sic} a/b", "plain[sic sic a b]"},
	{"nego\u00adtiations", "negotiations"},
	{"\ufeffpact\u200f", "pact"},
	{"a\x00b\xff\xfec", "plain[a b c]"},
	{"😀 ❤️", "plain[]"},
	{"שלום عالم", "plain[שלום عالم]"},
	{"條約", "條約"},
	{"cafe\u0301", "cafe\u0301"},
	{"1) first, 2) second", "plain[1 first 2 second]"},
	{":-( sad", "sad"},

	// phrases
	{`"political base"`, `["political" "base"]~0`},
	{`“political base”`, `["political" "base"]~0`},
	{`„political base“`, `["political" "base"]~0`},
	{`«political base»`, `["political" "base"]~0`},
	{`“political base"`, `["political" "base"]~0`},
	{`"d'affaires, AND so on"`, `["d'affaires" "AND" "so" "on"]~0`},
	{`"a b"~5 c`, `plain[["a" "b"]~5 c]`},
	{`"a b"~`, `["a" "b"]~5`},
	{`"" a`, "a"},
	{`12" gun`, "plain[12 gun]"},
	{`political base"`, "plain[political base]"},
	{`political base "`, "plain[political base]"},
	{`he said "`, "plain[he said]"},

	// operators
	{"a AND b", "and[a b]"},
	{"a OR b", "or[a b]"},
	{"a and b or c not d", "plain[a and b or c not d]"},
	{"a b AND c OR d", "or[and[plain[a b] c] d]"},
	{"a AND (b OR c)", "and[a or[b c]]"},
	{"a NOT b", "plain[a not[b]]"},
	{"a AND NOT b", "and[a not[b]]"},
	{"a -b", "plain[a not[b]]"},
	{`-"a b" -(c d)`, `plain[not[["a" "b"]~0] not[plain[c d]]]`},
	{"-actor:molotov", `not[actor="molotov"]`},
	{"a - b -- c–d", "plain[a b c d]"},
	{"NOT NOT a", "not[a]"},
	{"NOT (NOT a)", "a"},
	{"a AND", "a"},
	{"OR a", "a"},
	{"a AND OR b", "or[a b]"},
	{"a OR AND b", "or[a b]"},
	{"NOT", "not"},
	{"AND OR", "plain[and or]"},
	{"a () b", "plain[a b]"},
	{"Watt (1974, p. 156) on trade", "plain[Watt 1974 p 156 on trade]"},
	{"a (b -c)", "plain[a plain[b not[c]]]"},
	{"(a AND b) AND (a AND c)", "and[a b c]"},
	{"(a b", "plain[a b]"},
	{"a) OR b", "or[a b]"},
	{"-()", "plain[]"},

	// word forms
	{"negot*", "negot*"},
	{"negot* talks", "plain[negot* talks]"},
	{"**bold** *", "bold"},
	{"ne*ot", "ne*ot"},
	{"n*ot ne*o*t", "plain[n ot ne o t]"},
	{"ribentrop~", "ribentrop~"},
	{"ribentrop~2 x", "plain[ribentrop~ x]"},
	{"1939~", "1939"},

	// fields
	{"actor:molotov", `actor="molotov"`},
	{`actor:"von Ribbentrop" pact`, `plain[actor="von Ribbentrop" pact]`},
	{"Actor:Molotov,", `actor="Molotov"`},
	{`cite:“GK 362”`, `cite="GK 362"`},
	{"date:1939-05..1939-08", `date="1939-05..1939-08"`},
	{"date:1939-08..", `date="1939-08.."`},
	{`date:"20 May"`, `date="20 May"`},
	{"date:193X,", `date="193X"`},
	{"kind:footnote", `kind="footnote"`},
	{"note:11 page:211", `plain[note="11" page="211"]`},
	{"actor: molotov", "plain[actor molotov]"},
	{`actor:"" x`, "plain[actor x]"},
	{"(actor:a OR to:b)", `or[actor="a" to="b"]`},
	{"{GK 362 = cite:\"GK 362\"} talks", `plain[hint[cite="GK 362" ["GK" "362"]] talks]`},
	{"{GK 362 = x}", "plain[GK 362 x]"},
}

func TestParse(t *testing.T) {
	for _, tt := range parseTests {
		n, err := Parse(tt.in)
		if err != nil {
			t.Errorf("Parse(%q) = error %v, want %v", tt.in, err, tt.want)
			continue
		}
		if got := tree(n); got != tt.want {
			t.Errorf("Parse(%q) = %v, want %v", tt.in, got, tt.want)
		}
	}
}

func TestParseErrors(t *testing.T) {
	tests := []struct {
		in     string
		column int
		what   string // part of the message
	}{
		{`"political base`, 1, "not closed"},
		{`é “political base`, 3, "not closed"},
		{`actor:"von Ribbentrop`, 7, "not closed"},
		{"a n* b", 3, "letters before the star"},
		{"kind:letter", 6, "heading, paragraph, footnote or quotation"},
		{"x date:1939-13", 8, "1939-05-20"},
		{"date:soon", 6, "1939-05..1939-08"},
		{"actor:(a OR b)", 7, "actor:a OR actor:b"},
		{`"a b"~99`, 6, "at most 50"},
		{strings.Repeat("(", 65) + "a", 65, "parentheses"},
		{"x " + strings.Repeat("b (a ", 17), 1, "parentheses"},
		{strings.Repeat("x", 4001), 4001, "4000 characters"},
		{strings.Repeat("é", 1<<20), 4001, "4000 characters"},
		{strings.Repeat("a ", 513), 1025, "512 words"},
		{`"` + strings.Repeat("a ", 65) + `"`, 1, "64 words"},
	}
	for _, tt := range tests {
		_, err := Parse(tt.in)
		var e *Error
		if !errors.As(err, &e) {
			t.Errorf("Parse(%.40q) = error %v, want an *Error", tt.in, err)
			continue
		}
		if e.Column != tt.column || !strings.Contains(e.Message, tt.what) {
			t.Errorf("Parse(%.40q) = %d %q, want column %d and %q", tt.in, e.Column, e.Message, tt.column, tt.what)
		}
	}
}

// checkPrinted checks that n, printed and parsed again, is n.
func checkPrinted(t *testing.T, n Node) {
	t.Helper()
	again, err := Parse(n.String())
	if err != nil {
		t.Fatalf("Parse(%q) = error %v; printed from %s", n.String(), err, tree(n))
	}
	if !reflect.DeepEqual(again, n) {
		t.Fatalf("Parse(%q) = %s, want %s", n.String(), tree(again), tree(n))
	}
}

func FuzzParse(f *testing.F) {
	for _, tt := range parseTests {
		f.Add(tt.in)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n, err := Parse(s)
		var e *Error
		if err != nil {
			if !errors.As(err, &e) || e.Column < 1 || e.Column > len([]rune(s))+1 || e.Message == "" {
				t.Fatalf("Parse(%q) = error %#v", s, err)
			}
			return
		}
		if len(n.String()) < MaxRunes {
			checkPrinted(t, n)
		}
	})
}

func TestPlainText(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{`what is "boundary layer`, "what is boundary layer"},
		{"heat -transfer AND (NOT flow) actor:x", "heat transfer and not flow actor x"},
		{"the author's non-aggression 1938/39, U.S.S.R.*", "the author's non-aggression 1938/39 U.S.S.R"},
		{"\x00\xff", ""},
		{strings.Repeat("a ", 2*MaxClauses), strings.TrimSpace(strings.Repeat("a ", MaxClauses))},
		{strings.Repeat("x", 2*MaxRunes) + " a", ""},
	} {
		got := PlainText(tt.in)
		if got != tt.want {
			t.Errorf("PlainText(%.60q) = %.60q, want %.60q", tt.in, got, tt.want)
		}
		if _, err := Parse(got); err != nil {
			t.Errorf("Parse(PlainText(%.60q)) gives %v", tt.in, err)
		}
	}
}
