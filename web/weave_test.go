package web

import (
	"slices"
	"strings"
	"testing"

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
		if r.Quoted {
			text = "{" + text + "}"
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
		links   []span
		quoted  []corpus.Place
		markers []marker
		want    string
	}{
		{"plain", "one two", nil, nil, nil, nil, "one two"},
		{"a match in a link", "one two three", marked("one two three", "two"), []span{link(0, 7)}, nil, nil, "[one *two*] three"},
		{"a match over a link's end", "one two three", marked("one two three", "two thr"), []span{link(0, 7)}, nil, nil, "[one *two*]* thr*ee"},
		{"overlapping links", "one two three", nil, []span{link(4, 13), link(0, 7)}, nil, nil, "[one two] three"},
		{"a note in a link", "one two", nil, []span{link(0, 7)}, nil, []marker{note(3)}, "[one]^1^[ two]"},
		{"notes at both ends", "one", nil, nil, nil, []marker{note(0), note(3)}, "^1^one^1^"},
		{"marks of another text", "one", search.Fragment{{Text: "two", Match: true}}, nil, nil, nil, "one"},
		{"words of a quotation in a link", "one two three", nil, []span{link(0, 7)}, []corpus.Place{{Start: 4, End: 13}}, nil, "[one ]{[two]}{ three}"},
		{"nothing", "", nil, nil, nil, nil, ""},
	}
	for _, test := range tests {
		if got := show(weave(test.text, test.marked, test.links, test.quoted, test.markers)); got != test.want {
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
		runs := weave(text, marked(text, q), []span{{Start: start, End: end, url: "/x"}}, []corpus.Place{{Start: start, End: (start + end) / 2}}, []marker{{at, run{Page: "9"}}})
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

func TestQuotedIn(t *testing.T) {
	holder := &corpus.Passage{
		Text:  `He said "we hope" and again "we hope," he wrote, "that the ships come." No ship came.`,
		Marks: []corpus.Mark{{At: 0, Line: 3}, {At: 28, Line: 4}, {At: 50, Line: 6}, {At: 72, Line: 8}},
	}
	tests := []struct {
		text  string
		lines []int
		want  []string
	}{
		{"we hope", []int{3}, []string{"we hope"}},
		{"we hope, that the ships come.", []int{4, 6}, []string{"we hope,", "that the ships come."}},
		{"we hope ... that the ships", []int{4, 6}, []string{"we hope", "that the ships"}},
		{"nothing of it", []int{4}, nil},
		{"", nil, nil},
	}
	for _, test := range tests {
		q := &corpus.Passage{Text: test.text}
		for _, line := range test.lines {
			q.Marks = append(q.Marks, corpus.Mark{Line: line})
		}
		var got []string
		for _, at := range quotedIn(holder, q) {
			got = append(got, holder.Text[at.Start:at.End])
			if len(test.lines) > 0 && test.lines[0] == 4 && at.Start < 28 {
				t.Errorf("%q is found on the wrong line, at %d", test.text, at.Start)
			}
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%q stands at %q, want %q", test.text, got, test.want)
		}
	}
}

func FuzzQuotedIn(f *testing.F) {
	f.Add("we hope that", "hope that")
	f.Add("", "x")
	f.Fuzz(func(t *testing.T, holder, quotation string) {
		at := 0
		for _, place := range quotedIn(&corpus.Passage{Text: holder}, &corpus.Passage{Text: quotation}) {
			if place.Start < at || place.End <= place.Start || !strings.Contains(quotation, holder[place.Start:place.End]) {
				t.Errorf("%v of %q in %q", place, quotation, holder)
			}
			at = place.End
		}
	})
}

// Lines have the numbers of the source file, and a repair is marked where the
// reading has it.
func TestPrintLines(t *testing.T) {
	p := &corpus.Passage{
		Text: "the ship that came", Printed: "the sbip tbat\ncarne",
		Marks: []corpus.Mark{{At: 0, Line: 10, Page: "7"}, {At: 14, Line: 13}},
		Repairs: []corpus.Repair{{Line: 10, Printed: "b", Reading: "h", Rule: "confused-letters", Place: corpus.Place{Start: 10, End: 11}},
			{Line: 13, Printed: "rn", Reading: "m", Rule: "confused-letters", Place: corpus.Place{Start: 16, End: 17}}},
	}
	lines, repairs := printLines(p)
	if len(lines) != 2 || lines[0].Number != 10 || lines[0].Page != "7" || lines[1].Number != 13 || len(repairs) != 2 {
		t.Fatalf("%+v, %+v", lines, repairs)
	}
	if parts := lines[0].Parts; len(parts) != 3 || parts[0].Text != "the sbip t" || parts[1].Repair != 1 || parts[2].Text != "at" {
		t.Errorf("%+v", lines[0].Parts)
	}
	p.Marks = p.Marks[:1]
	if lines, _ := printLines(p); lines[0].Number != 0 || lines[1].Parts[0].Text != "carne" {
		t.Errorf("lines without marks: %+v", lines)
	}
}

func TestTimelineKeepsToTheStory(t *testing.T) {
	f := newFake()
	cat := newCatalog("v", f)
	server := &server{&site{}, f}
	address := func(from, to string) string { return from + ".." + to }
	draw := func(bars []search.Bar) *timeline {
		t.Helper()
		line, err := server.timeline(t.Context(), cat, search.Request{}, bars, address)
		if err != nil {
			t.Fatal(err)
		}
		return line
	}
	bars := []search.Bar{{From: "1850-01-01", To: "1850-01-31", Count: 1}, {From: "1901-02-01", To: "1901-02-28", Count: 5}, {From: "1901-03-01", To: "1901-03-31", Count: 10}}
	line := draw(bars)
	if len(line.Columns) != 2 || line.Before == nil || line.Before.URL != "..1850-01-31" || line.After != nil {
		t.Errorf("%+v", line)
	}
	if c := line.Columns[1]; c.Height != timelineHeight || c.Label != "March 1901" || c.URL != "1901-03-01..1901-03-31" || c.Left+c.Full > timelineWidth {
		t.Errorf("%+v", c)
	}
	bars[0].Count = 50
	if line := draw(bars); len(line.Columns) != 3 || line.Before != nil {
		t.Errorf("the busiest time is not shown: %+v", line)
	}
	line.addUndated(3)
	if u := line.Undated; u == nil || u.Count != 3 || u.Height != 28 || u.Y+u.Height != timelineHeight {
		t.Errorf("undated: %+v", u)
	}
	line.addUndated(1000)
	if line.Undated.Height != timelineHeight {
		t.Errorf("a tall bar of undated: %+v", line.Undated)
	}
	if line := newTimeline(nil, address); line != nil {
		t.Errorf("no bars make %+v", line)
	}
}

// Without phases the timeline shows the time that has nearly all hits.
func TestTimelineLeavesOutWhatIsFarOff(t *testing.T) {
	bars := []search.Bar{{From: "1106-01-01", To: "1106-12-31", Count: 1}, {From: "1935-01-01", To: "1935-12-31", Count: 60},
		{From: "1936-01-01", To: "1936-12-31", Count: 90}, {From: "2078-01-01", To: "2078-12-31", Count: 1}}
	if low, high := crowd(bars); low != 1 || high != 3 {
		t.Errorf("bars %d to %d", low, high)
	}
	if low, high := crowd(bars[1:3]); low != 0 || high != 2 {
		t.Errorf("of two years, bars %d to %d", low, high)
	}
	if low, high := crowd(nil); low != 0 || high != 0 {
		t.Errorf("of none, bars %d to %d", low, high)
	}
}
