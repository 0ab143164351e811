package eval

import (
	"errors"
	"flag"
	"math"
	"os"
	"reflect"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func TestReadTopics(t *testing.T) {
	const in = "# a comment\n\na1\tname\ttune\tJane Roe\n" +
		`{"id": "a2", "category": "date", "split": "held", "query": "in May"}` + "\n" + `{"_id": "a4", "text": "of BEIR"}` + "\na3\tonly a query\n"
	got, err := ReadTopics(strings.NewReader(in), "t")
	want := []Topic{{"a1", "name", Tune, "Jane Roe"}, {"a2", "date", Held, "in May"}, {"a4", "", "", "of BEIR"}, {"a3", "", "", "only a query"}}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("ReadTopics = %v, %v, want %v", got, err, want)
	}
	if n := len(Select(got, Tune)); n != 1 {
		t.Errorf("Select(tune) has %d topics, want 1", n)
	}
}

func TestReadErrors(t *testing.T) {
	topics := func(s string) error { _, err := ReadTopics(strings.NewReader(s), "f"); return err }
	qrels := func(s string) error { _, err := ReadQrels(strings.NewReader(s), "f"); return err }
	run := func(s string) error { _, err := ReadRun(strings.NewReader(s), "f"); return err }
	docs := func(s string) error { return ReadDocs(strings.NewReader(s), "f", func(Doc) error { return nil }) }
	tests := []struct {
		read func(string) error
		in   string
		want string
	}{
		{topics, "", "f: there are no topics"},
		{topics, "a b c", "f: line 1: a topic has the columns"},
		{topics, "a\tc\ttest\tq", `the split "test" must be tune or held`},
		{topics, "\na\tq\na\tq", "f: line 3: topic a stands twice"},
		{topics, "a\t ", "line 1"},
		{topics, "{", "f: line 1: unexpected end"},
		{qrels, "#\n", "f: there are no judgements"},
		{qrels, "a s", "f: line 1: a judgement has four columns"},
		{qrels, "a s 1-2 x", `the grade "x" must be a number`},
		{qrels, "a s 2-1 1", `the lines "2-1" must be ranges`},
		{qrels, "a s 5-6,4-9 1", "must be ranges in order"},
		{qrels, "a s 0-1 1", "must be ranges"},
		{qrels, "a s 1-2 1\na s 1-2 2", "f: line 2: s 1-2 is judged twice for topic a"},
		{run, "a Q0 p 1 2.0", "f: line 1: a hit has six columns"},
		{run, "a Q0 p first 2.0 x", "must be numbers"},
		{docs, `{"text": "x"}`, "f: line 1: the document has no id"},
		{docs, "{\"id\": \"x\"}\n{\"id\": \"x\"}", "f: line 2: the id x stands twice"},
		{docs, "no", "f: line 1: invalid character"},
	}
	for _, tt := range tests {
		if err := tt.read(tt.in); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("reading %q: error %v, want %q", tt.in, err, tt.want)
		}
	}
}

func TestReadDocs(t *testing.T) {
	var got []Doc
	in := "{\"id\": \"1\", \"title\": \"T\", \"text\": \"x\"}\n{\"_id\": \"2\", \"text\": \"y\", \"metadata\": {}}\n"
	err := ReadDocs(strings.NewReader(in), "d", func(d Doc) error { got = append(got, d); return nil })
	want := []Doc{{"1", "T", "x"}, {"2", "", "y"}}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("ReadDocs = %v, %v, want %v", got, err, want)
	}
}

func TestStandsFor(t *testing.T) {
	tests := []struct {
		passage, judged string
		want            bool
	}{
		{"10-19", "10-19", true},
		{"12-13", "10-19", true},             // a quotation in the paragraph
		{"10-19", "12-13", true},             // a sentence of the paragraph
		{"19-30", "10-19", false},            // a neighbour that begins on its last line
		{"15-24", "10-19", true},             // half of it
		{"16-24", "10-19", false},            // 4 of 9 lines
		{"40-44", "10-19,40-44", true},       // the part after a page break
		{"20-39", "10-19,40-44", false},      // a note between the parts
		{"10-12,40-42", "1-10,42-60", false}, // 2 of 6 lines
	}
	for _, tt := range tests {
		a, errA := parseLines(tt.passage)
		b, errB := parseLines(tt.judged)
		if err := errors.Join(errA, errB); err != nil {
			t.Fatal(err)
		}
		if got := standsFor(a, b); got != tt.want {
			t.Errorf("standsFor(%s, %s) = %v, want %v", tt.passage, tt.judged, got, tt.want)
		}
	}
}

// smallJudge judges topic q: item A lines 1-10 grade 3, B lines 11-20 grade 2,
// C lines 21-30 grade 1, D lines 31-40 grade 0.
func smallJudge(t *testing.T) *Judge {
	t.Helper()
	judgements, err := ReadQrels(strings.NewReader("q s 1-10 3\nq s 11-20 2\nq s 21-30 1\nq s 31-40 0\nz s 1-10 0\nd 0 doc7 1\n"), "qrels")
	if err != nil {
		t.Fatal(err)
	}
	return NewJudge(judgements, []Passage{
		{"A", "s", [][2]int{{1, 10}}},
		{"a", "s", [][2]int{{3, 4}}}, // a quotation in A
		{"B", "s", [][2]int{{11, 20}}},
		{"C", "s", [][2]int{{21, 30}}},
		{"D", "s", [][2]int{{31, 40}}},
		{"AB", "s", [][2]int{{1, 20}}}, // both in one
		{"U", "s", [][2]int{{50, 60}}}, // unjudged
		{"T", "t", [][2]int{{1, 10}}},  // another source
	})
}

// The expected values are worked out by hand. With the discounts 1/log2(2) = 1,
// 1/log2(3) = 0.63093 and 1/log2(4) = 0.5 the ideal order A B C gives
// 3 + 2*0.63093 + 0.5 = 4.76186.
func TestScore(t *testing.T) {
	tests := []struct {
		ids  string
		k    int
		want Scores
	}{
		{"A B C", 10, Scores{NDCG: 1, RR: 1, BestFirst: 1, Success: 1, Recall: 1}},
		{"B A C", 10, Scores{NDCG: (2 + 3*0.63093 + 0.5) / 4.76186, RR: 1, Success: 1, Recall: 1}},
		{"a A B", 10, Scores{NDCG: (3 + 2*0.5) / 4.76186, RR: 1, BestFirst: 1, Success: 1, Recall: 2. / 3}}, // the quotation counts, its paragraph no more
		{"U D A", 10, Scores{NDCG: 3 * 0.5 / 4.76186, RR: 1. / 3, Success: 1, Recall: 1. / 3, Unjudged: 1. / 3}},
		{"U T A", 2, Scores{RR: 1. / 3, Unjudged: 1}},                                                   // k = 2: found too late
		{"AB C", 10, Scores{NDCG: (3 + 0.63093) / 4.76186, RR: 1, BestFirst: 1, Success: 1, Recall: 1}}, // one gain for two items
		{"A B", 1, Scores{NDCG: 1, RR: 1, BestFirst: 1, Success: 1, Recall: 1. / 3}},                    // the ideal is cut too
		{"", 10, Scores{}},
	}
	for _, tt := range tests {
		got, ok := smallJudge(t).score("q", strings.Fields(tt.ids), tt.k)
		if !ok || !near(got, tt.want) {
			t.Errorf("score(%q, k=%d) = %+v, want %+v", tt.ids, tt.k, got, tt.want)
		}
	}
}

func near(a, b Scores) bool {
	x, y := reflect.ValueOf(a), reflect.ValueOf(b)
	for i := range x.NumField() {
		if math.Abs(x.Field(i).Float()-y.Field(i).Float()) > 1e-4 {
			return false
		}
	}
	return true
}

func TestWholeDocument(t *testing.T) {
	got, ok := smallJudge(t).score("d", []string{"doc1", "doc7"}, 10)
	if want := (Scores{NDCG: 0.63093, RR: 0.5, Success: 1, Recall: 1, Unjudged: 0.5}); !ok || !near(got, want) {
		t.Errorf("score = %+v, want %+v", got, want)
	}
}

func TestReadQrels(t *testing.T) {
	got, err := ReadQrels(strings.NewReader("query-id\tcorpus-id\tscore\n# x\na d1 2\na 0 d2 -1\na s 3-4,6 1\n"), "q")
	want := []Judgement{{"a", "d1", nil, 2}, {"a", "d2", nil, 0}, {"a", "s", [][2]int{{3, 4}, {6, 6}}, 1}}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("ReadQrels = %v, %v, want %v", got, err, want)
	}
}

func TestTopicWithoutRelevant(t *testing.T) {
	e := Evaluate([]Topic{{ID: "z"}, {ID: "q"}}, smallJudge(t), Run{Ranked: map[string][]string{"z": {"A"}, "q": {"A"}}}, 10)
	if len(e.Topics) != 1 || e.Topics[0].Topic.ID != "q" {
		t.Errorf("Evaluate scored %v, want topic q only", e.Topics)
	}
}

func TestUncovered(t *testing.T) {
	j := smallJudge(t)
	delete(j.passages, "C")
	got := j.Uncovered([]Topic{{ID: "q"}, {ID: "d"}})
	if len(got) != 1 || got[0].String() != "s 21-30" {
		t.Errorf("Uncovered = %v, want lines 21-30", got)
	}
}

func TestRuns(t *testing.T) {
	topics := []Topic{{ID: "q", Query: "one"}, {ID: "z", Query: "none"}}
	run, err := RunTopics(topics, "my engine", func(query string) ([]string, error) {
		if query == "one" {
			return []string{"A", "B", "A"}, nil
		}
		return nil, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if err := WriteRun(&b, topics, run); err != nil {
		t.Fatal(err)
	}
	if want := "q Q0 A 1 2 my-engine\nq Q0 B 2 1 my-engine\n"; b.String() != want {
		t.Errorf("WriteRun = %q, want %q", b.String(), want)
	}
	again, err := ReadRun(strings.NewReader(b.String()), "r")
	if err != nil || !reflect.DeepEqual(again.Ranked["q"], []string{"A", "B"}) {
		t.Errorf("ReadRun = %v, %v", again, err)
	}
	shuffled, err := ReadRun(strings.NewReader("q Q0 x 3 1.5 t\nq Q0 y 1 9 t\nq Q0 z 2 1.5 t\n"), "r")
	if err != nil || !reflect.DeepEqual(shuffled.Ranked["q"], []string{"y", "z", "x"}) {
		t.Errorf("ReadRun = %v, %v, want y z x", shuffled, err)
	}
	_, err = RunTopics(topics, "", func(string) ([]string, error) { return nil, errors.New("closed") })
	if err == nil || !strings.Contains(err.Error(), `topic q, "one": closed`) {
		t.Errorf("RunTopics error = %v", err)
	}
}

func TestReport(t *testing.T) {
	j := smallJudge(t)
	topics := []Topic{{"q", "name", Tune, "one"}, {"d", "date", Held, "two"}}
	before := Evaluate(topics, j, Run{Tag: "old", Ranked: map[string][]string{"q": {"B", "A"}, "d": {"doc7"}}}, 10)
	after := Evaluate(topics, j, Run{Tag: "new", Ranked: map[string][]string{"q": {"A", "B", "C"}, "d": {"U", "doc7"}}}, 10)
	var b strings.Builder
	for _, write := range []func() error{
		func() error { return Report(&b, after) },
		func() error { return Compare(&b, before, after) },
	} {
		if err := write(); err != nil {
			t.Fatal(err)
		}
		b.WriteString("\n")
	}
	golden(t, "testdata/report.golden", b.String())
}

func golden(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs (run with -update to rewrite):\n%s", path, got)
	}
}
