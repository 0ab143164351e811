package query

import (
	"strings"
	"testing"
)

func TestManual(t *testing.T) {
	var all []string
	texts := ""
	for _, s := range Manual {
		if s.ID == "" || s.Title == "" || s.Text == "" {
			t.Errorf("section %q lacks an id, title or text", s.ID)
		}
		for _, e := range s.Examples {
			n, err := Parse(e.Query)
			if err != nil {
				t.Errorf("example %q: %v", e.Query, err)
				continue
			}
			want := e.Tree
			if want == "" {
				want = e.Query
			}
			if n.String() != want {
				t.Errorf("example %q prints as %q, want %q", e.Query, n, want)
			}
			if e.Finds == "" {
				t.Errorf("example %q does not say what it finds", e.Query)
			}
			all = append(all, e.Query)
			texts += e.Query + " " + e.Finds + "\n"
		}
	}
	examples := strings.Join(all, "\n")
	for _, name := range Fields {
		if !strings.Contains(examples, name+":") {
			t.Errorf("the manual has no example of the field %s", name)
		}
	}
	for name := range operators {
		if !strings.Contains(examples, " "+name+" ") {
			t.Errorf("the manual has no example of %s", name)
		}
	}
	for _, kind := range Kinds {
		if !strings.Contains(texts, kind) {
			t.Errorf("the manual does not tell of the kind %s", kind)
		}
	}
	for _, sign := range []string{" -", "(", "*", "~", `"~`, ".."} {
		if !strings.Contains(examples, sign) {
			t.Errorf("the manual has no example of %s", sign)
		}
	}
}

// The limits are told in numbers; this test fails when a number changes.
func TestManualLimits(t *testing.T) {
	if MaxRunes != 4000 || MaxClauses != 512 || MaxPhrase != 64 || MaxDepth != 16 || DefaultSlop != 5 || MinPrefix != 2 {
		t.Error("a limit changed; say so in the manual")
	}
}
