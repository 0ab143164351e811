package web

import (
	"strings"
	"testing"
	"unicode/utf8"

	"ibid/corpus"
	"ibid/search"
)

// show prints runs: [links], *matches*, ^notes^, |pages|.
func show(runs []run) string {
	var b strings.Builder
	for _, r := range runs {
		switch {
		case r.Note != nil:
			b.WriteString("^" + r.Note.Label + "^")
		case r.Page != "":
			b.WriteString("|" + r.Page + "|")
		case r.ID != "":
			b.WriteString("#")
		}
		text := ""
		for _, p := range r.Pieces {
			if p.Match {
				text += "*" + p.Text + "*"
			} else {
				text += p.Text
			}
		}
		if r.URL != "" {
			text = "[" + text + "]"
		}
		b.WriteString(text)
	}
	return b.String()
}

func TestWeave(t *testing.T) {
	link := func(start, end int) span { return span{Start: start, End: end, url: "/x"} }
	note := func(at int) marker { return marker{at, run{Note: &noteRef{Label: "1"}}} }
	tests := []struct {
		name    string
		text    string
		marked  search.Fragment
		spans   []span
		markers []marker
		want    string
	}{
		{"plain", "one two", nil, nil, nil, "one two"},
		{"a match in a link", "one two three", marked("one two three", "two"), []span{link(0, 7)}, nil, "[one *two*] three"},
		{"a match over a link's end", "one two three", marked("one two three", "two thr"), []span{link(0, 7)}, nil, "[one *two*]* thr*ee"},
		{"overlapping links", "one two three", nil, []span{link(4, 13), link(0, 7)}, nil, "[one two] three"},
		{"a note in a link", "one two", nil, []span{link(0, 7)}, []marker{note(3)}, "[one]^1^[ two]"},
		{"notes at both ends", "one", nil, nil, []marker{note(0), note(3)}, "^1^one^1^"},
		{"marks of another text", "one", search.Fragment{{Text: "two", Match: true}}, nil, nil, "one"},
		{"nothing", "", nil, nil, nil, ""},
	}
	for _, test := range tests {
		if got := show(weave(test.text, test.marked, test.spans, test.markers)); got != test.want {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
	}
}

func FuzzWeave(f *testing.F) {
	f.Add("one two three", "two", 0, 7, 5)
	f.Add("é", "", 1, 1, 1)
	f.Fuzz(func(t *testing.T, text, q string, start, end, at int) {
		if start < 0 || end > len(text) || start > end {
			return
		}
		runs := weave(text, marked(text, q), []span{{Start: start, End: end, url: "/x"}}, []marker{{at, run{Page: "9"}}})
		var words strings.Builder
		pages := 0
		for _, r := range runs {
			if r.Page != "" {
				pages++
			}
			for _, p := range r.Pieces {
				words.WriteString(p.Text)
			}
		}
		if words.String() != text || pages != 1 {
			t.Errorf("%q became %q with %d pages", text, words.String(), pages)
		}
	})
}

func TestPlacesOfThePrintInTheReading(t *testing.T) {
	p := &corpus.Passage{
		Text:    "The first words of a para graph. The second words, mended, and the end.",
		Printed: "The first words of a para-\ngraph.3) The second\nwords, rnended, and the end.",
		Lines:   [][2]int{{10, 12}},
	}
	tests := []struct {
		printed string // what begins at the place
		want    string // what begins there in the reading
	}{
		{"The first", "The first"},
		{"3)", ". The second"},
		{" The second", "The second"},
		{"rnended", ", mended"},
		{"end.", " end."},
	}
	for _, test := range tests {
		at := inReading(p, strings.Index(p.Printed, test.printed))
		if !strings.HasPrefix(p.Text[at:], test.want) {
			t.Errorf("%q is at %q in the reading, want %q", test.printed, p.Text[at:], test.want)
		}
	}
	if got := p.Text[:callerAt(p, &corpus.Caller{Line: 11, Printed: "3)"})]; !strings.HasSuffix(got, "graph.") {
		t.Errorf("the note is called after %q", got)
	}
}

func FuzzInReading(f *testing.F) {
	f.Add("one two", "one\ntwo", 4)
	f.Add("", "x", 0)
	f.Fuzz(func(t *testing.T, text, printed string, at int) {
		p := &corpus.Passage{Text: text, Printed: printed, Lines: [][2]int{{1, 3}}}
		if got := inReading(p, at); got < 0 || got > len(text) {
			t.Errorf("byte %d of %q", got, text)
		} else if utf8.ValidString(text) && !utf8.ValidString(text[:got]) {
			t.Errorf("byte %d cuts a letter of %q", got, text)
		}
		if got := callerAt(p, &corpus.Caller{Line: 2, Printed: "1)"}); got < 0 || got > len(text) {
			t.Errorf("the caller is at byte %d of %q", got, text)
		}
	})
}

// The print leaves out blank lines: numbers are given where they are certain.
func TestNumbersOfPrintedLines(t *testing.T) {
	p := &corpus.Passage{Printed: "a\nb Ann\nc\nd", Lines: [][2]int{{10, 16}}, Actors: []corpus.Mention{{ID: "ann", Printed: "Ann", Line: 12}}}
	n := numberLines(p)
	for k, want := range []int{10, 12, 14, 16} {
		if got, ok := n.number(k); !ok || got != want {
			t.Errorf("line %d has the number %d %v, want %d", k, got, ok, want)
		}
	}
	p.Lines = [][2]int{{10, 17}}
	n = numberLines(p)
	if got, ok := n.number(2); ok {
		t.Errorf("line 2 has the number %d; it may be 13 to 16", got)
	}
}

func TestTimelineKeepsToTheStory(t *testing.T) {
	cat := newCatalog("v", newFake())
	address := func(from, to string) string { return from + ".." + to }
	bars := []search.Bar{{From: "1850-01-01", To: "1850-01-31", Count: 1}, {From: "1901-02-01", To: "1901-02-28", Count: 5}, {From: "1901-03-01", To: "1901-03-31", Count: 10}}
	line := cat.focusedTimeline(bars, true, address)
	if len(line.Columns) != 2 || line.Before == nil || line.Before.URL != "..1850-01-31" || line.After != nil {
		t.Errorf("%+v", line)
	}
	if c := line.Columns[1]; c.Height != timelineHeight || c.Label != "March 1901" || c.URL != "1901-03-01..1901-03-31" || c.Left+c.Full > timelineWidth {
		t.Errorf("%+v", c)
	}
	bars[0].Count = 50
	if line := cat.focusedTimeline(bars, true, address); len(line.Columns) != 3 || line.Before != nil {
		t.Errorf("the busiest time is not shown: %+v", line)
	}
	if line := newTimeline(nil, address); line != nil {
		t.Errorf("no bars make %+v", line)
	}
}
