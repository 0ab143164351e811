package indexer

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"ibid/corpus"
	"ibid/corpus/edtf"
)

// A Disorder is a document whose number and date contradict those of its
// neighbours: the numbers of such a collection run with time.
type Disorder struct {
	Document string `json:"document"`  // "GK 485"
	Date     string `json:"date"`      // EDTF, as the source dates it, or the span of the phase in which it is cited
	Told     bool   `json:"told"`      // the source dates it; false if only the phase speaks
	Passage  string `json:"passage"`   // id of the passage that cites it
	Line     int    `json:"line"`      // 1-based line of the citation
	Before   string `json:"before"`    // the nearest document in order with a smaller number, "" if none
	BeforeOn string `json:"before_on"` // its date
	After    string `json:"after"`     // the nearest document in order with a larger number, "" if none
	AfterOn  string `json:"after_on"`
	ByNumber string `json:"by_number"` // ISO day that its number would lead one to expect, "" if unknown
	ByDate   string `json:"by_date"`   // where its date would put it: "after GK 413"
	Instead  string `json:"instead"`   // the same number of another collection, which would fit: "SPE 303"; or ""
}

func (d Disorder) String() string {
	told := "is dated " + d.Date
	if !d.Told {
		told = "is cited for " + d.Date
	}
	s := fmt.Sprintf("%s %s, but stands between %s and %s: either the date is wrong", d.Document, told,
		neighbour(d.Before, d.BeforeOn), neighbour(d.After, d.AfterOn))
	if d.ByNumber != "" {
		s += " (by its number about " + d.ByNumber + ")"
	}
	s += ", or the number is (by its date " + d.ByDate + ")"
	if d.Instead != "" {
		s += ", or " + d.Instead + " is meant, which would fit"
	}
	return s
}

func neighbour(id, on string) string {
	if id == "" {
		return "no other"
	}
	return id + " (" + on + ")"
}

// A dated is a document of a collection with the days that the source dates it to.
type dated struct {
	siglum      string // with the volume: "BD XI"
	number      int
	edtf        string
	first, last edtf.Day
	told        bool // by the source itself; else the span of the phase in which it is cited
	passage     string
	line        int
}

func (d dated) id() string { return fmt.Sprintf("%s %d", d.siglum, d.number) }

// chronology finds the documents of each collection whose dates do not rise
// with their numbers.
func chronology(m *corpus.Manifest, passages []*corpus.Passage) []Disorder {
	var odd []dated
	order := map[string][]dated{} // by siglum: the documents that stand in order
	for _, siglum := range series(m, passages) {
		exact, vague := datedDocuments(m, siglum, passages)
		kept := inOrder(exact)
		if !runsWithTime(kept) {
			continue
		}
		for i, d := range exact {
			if kept[i] {
				order[siglum] = append(order[siglum], d)
			} else {
				odd = append(odd, d)
			}
		}
		for _, d := range vague {
			if before, after := neighbours(order[siglum], d.number); before != nil && after != nil && !fits(d, before, after) {
				odd = append(odd, d)
			}
		}
	}
	out := make([]Disorder, len(odd))
	for i, d := range odd {
		out[i] = disorder(m, order, d)
	}
	return out
}

// series lists what numbers its documents by itself: each cited collection, or
// each volume of it ("BD XI"), as the manifest and the passages have them.
func series(m *corpus.Manifest, passages []*corpus.Passage) []string {
	var out []string
	seen := map[string]bool{}
	for _, p := range passages {
		for _, c := range p.Citations {
			if i := strings.LastIndexByte(c.ID, ' '); i > 0 && c.Kind == corpus.CitesDocument && !seen[c.ID[:i]] {
				seen[c.ID[:i]] = true
				out = append(out, c.ID[:i])
			}
		}
	}
	rank := func(s string) int {
		return slices.IndexFunc(m.Collections, func(c corpus.Collection) bool { return c.Siglum == siglumOf(m, s) })
	}
	slices.SortStableFunc(out, func(a, b string) int { return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(a, b)) })
	return out
}

// runsWithTime tells whether the numbers of a collection follow time at all: not
// where more than a third of six documents or more stand out of order.
func runsWithTime(kept []bool) bool {
	odd := 0
	for _, k := range kept {
		if !k {
			odd++
		}
	}
	return len(kept) < 6 || odd*3 <= len(kept)
}

// datedDocuments lists the documents of a collection by number: those dated to
// the day, and those of which only the phase is known in whose section they are
// cited. A document is no older than what it tells: of several dates the latest
// counts. A date of more than three days says too little of the order.
func datedDocuments(m *corpus.Manifest, siglum string, passages []*corpus.Passage) (exact, vague []dated) {
	told, span := map[int]dated{}, map[int]dated{}
	for _, p := range passages {
		if p.Kind == corpus.Quotation {
			continue // its citations stand in the passage that holds it
		}
		for _, c := range p.Citations {
			number, ok := strings.CutPrefix(c.ID, siglum+" ")
			n, err := strconv.Atoi(number)
			if !ok || err != nil {
				continue
			}
			d := dated{siglum: siglum, number: n, edtf: c.Date, passage: p.ID, line: c.Line, told: true}
			if v, err := edtf.Parse(c.Date); err == nil {
				d.first, d.last = v.Range().First, v.Range().Last
			} else if d, ok = phaseSpan(m, p, d); !ok {
				continue
			}
			into := span
			if d.told {
				into = told
			}
			if old, seen := into[n]; !seen || d.last > old.last {
				into[n] = d
			}
		}
	}
	for n, d := range told {
		delete(span, n)
		if d.first != 0 && d.last >= d.first && d.last-d.first < 3 {
			exact = append(exact, d)
		}
	}
	for _, d := range span {
		vague = append(vague, d)
	}
	byNumber := func(a, b dated) int { return cmp.Compare(a.number, b.number) }
	slices.SortFunc(exact, byNumber)
	slices.SortFunc(vague, byNumber)
	return exact, vague
}

// phaseSpan dates d by the one phase of the passage that cites it.
func phaseSpan(m *corpus.Manifest, p *corpus.Passage, d dated) (dated, bool) {
	if len(p.Phase) != 1 {
		return d, false
	}
	for _, phase := range m.Phases {
		if phase.ID != p.Phase[0] {
			continue
		}
		first, errFirst := edtf.ParseDay(phase.From)
		last, errLast := edtf.ParseDay(phase.To)
		d.edtf, d.first, d.last, d.told = phase.From+"/"+phase.To, first, last, false
		return d, errFirst == nil && errLast == nil
	}
	return d, false
}

// inOrder marks a longest run of documents whose dates never fall. Of runs of
// one length it takes that whose dates lie nearest to what the numbers lead one
// to expect. docs are by number; time n log n.
func inOrder(docs []dated) []bool {
	expected := expectedDays(docs, certain(docs))
	best := newRunTree(docs)
	before := make([]int, len(docs))
	last, longest := -1, run{}
	for i, d := range docs {
		r, from := best.upTo(d.first)
		off := int(d.first - expected[i])
		r = run{length: r.length + 1, deviation: r.deviation + max(off, -off), end: i}
		before[i] = from
		best.add(d.first, r)
		if r.better(longest) {
			last, longest = i, r
		}
	}
	kept := make([]bool, len(docs))
	for i := last; i >= 0; i = before[i] {
		kept[i] = true
	}
	return kept
}

// certain marks the documents that every longest run has: the only ones at
// their place in it.
func certain(docs []dated) []bool {
	forward, backward := make([]int, len(docs)), make([]int, len(docs))
	ahead, behind := newRunTree(docs), newRunTree(docs)
	longest := 0
	for i, d := range docs {
		r, _ := ahead.upTo(d.first)
		forward[i] = r.length + 1
		ahead.add(d.first, run{length: forward[i]})
	}
	for i := len(docs) - 1; i >= 0; i-- {
		r, _ := behind.upTo(-docs[i].first)
		backward[i] = r.length + 1
		behind.add(-docs[i].first, run{length: backward[i]})
		longest = max(longest, forward[i]+backward[i]-1)
	}
	at := map[int]int{} // place in the run -> documents that can stand there
	for i := range docs {
		if forward[i]+backward[i]-1 == longest {
			at[forward[i]]++
		}
	}
	out := make([]bool, len(docs))
	for i := range docs {
		out[i] = forward[i]+backward[i]-1 == longest && at[forward[i]] == 1
	}
	return out
}

// expectedDays returns for each document the day that its number leads one to
// expect between the nearest certain ones.
func expectedDays(docs []dated, certain []bool) []edtf.Day {
	var fixed []dated
	for i, d := range docs {
		if certain[i] {
			fixed = append(fixed, d)
		}
	}
	out := make([]edtf.Day, len(docs))
	for i, d := range docs {
		out[i] = expectedDay(fixed, d)
	}
	return out
}

// expectedDay interpolates between the neighbours of d by number; d's own day
// where it has not both.
func expectedDay(fixed []dated, d dated) edtf.Day {
	before, after := neighbours(fixed, d.number)
	if before == nil || after == nil {
		return d.first
	}
	days, numbers := int(after.first-before.first), after.number-before.number
	return before.first + edtf.Day(days*(d.number-before.number)/numbers)
}

// neighbours returns the nearest documents with a smaller and with a larger
// number, nil where there is none. docs are by number.
func neighbours(docs []dated, number int) (before, after *dated) {
	i, found := slices.BinarySearchFunc(docs, number, func(d dated, n int) int { return cmp.Compare(d.number, n) })
	if i > 0 {
		before = &docs[i-1]
	}
	if found {
		i++
	}
	if i < len(docs) {
		after = &docs[i]
	}
	return before, after
}

// fits says whether days of d lie between those of its neighbours.
func fits(d dated, before, after *dated) bool {
	return (before == nil || d.last >= before.first) && (after == nil || d.first <= after.last)
}

func disorder(m *corpus.Manifest, order map[string][]dated, d dated) Disorder {
	docs := order[d.siglum]
	out := Disorder{Document: d.id(), Date: d.edtf, Told: d.told, Passage: d.passage, Line: d.line, ByDate: "before all others"}
	before, after := neighbours(docs, d.number)
	if before != nil {
		out.Before, out.BeforeOn = before.id(), before.edtf
	}
	if after != nil {
		out.After, out.AfterOn = after.id(), after.edtf
	}
	if before != nil && after != nil {
		out.ByNumber = expectedDay(docs, d).String()
	}
	for _, other := range docs {
		if other.first <= d.first {
			out.ByDate = "after " + other.id()
		}
	}
	for _, siglum := range slices.Sorted(maps.Keys(order)) {
		before, after := neighbours(order[siglum], d.number)
		if siglum != d.siglum && before != nil && after != nil && fits(d, before, after) {
			out.Instead = fmt.Sprintf("%s %d", siglum, d.number)
		}
	}
	return out
}

// A run is a rising run of documents.
type run struct {
	length    int
	deviation int // days by which its dates miss what the numbers lead one to expect
	end       int // index of its last document
}

func (r run) better(o run) bool {
	return r.length > o.length || r.length == o.length && r.deviation < o.deviation
}

// A runTree gives the best run that ends on or before a day: a Fenwick tree
// (1994) over the days of the documents.
type runTree struct {
	days []edtf.Day
	runs []run
}

// newRunTree returns an empty tree for the first days of docs, and their
// negatives, which order them backwards.
func newRunTree(docs []dated) *runTree {
	t := &runTree{}
	for _, d := range docs {
		t.days = append(t.days, d.first, -d.first)
	}
	slices.Sort(t.days)
	t.days = slices.Compact(t.days)
	t.runs = make([]run, len(t.days)+1)
	return t
}

// upTo returns the best run that ends on or before day, and the index of its
// last document, -1 if there is none.
func (t *runTree) upTo(day edtf.Day) (run, int) {
	best := run{}
	i, _ := slices.BinarySearch(t.days, day+1)
	for ; i > 0; i -= i & -i {
		if t.runs[i].better(best) {
			best = t.runs[i]
		}
	}
	if best.length == 0 {
		return best, -1
	}
	return best, best.end
}

func (t *runTree) add(day edtf.Day, r run) {
	i, _ := slices.BinarySearch(t.days, day)
	for i++; i < len(t.runs); i += i & -i {
		if r.better(t.runs[i]) {
			t.runs[i] = r
		}
	}
}
