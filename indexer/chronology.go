package indexer

import (
	"cmp"
	"fmt"
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
	Date     string `json:"date"`      // EDTF, as the source dates it
	Passage  string `json:"passage"`   // id of the passage that cites it
	Line     int    `json:"line"`      // 1-based line of the citation
	Before   string `json:"before"`    // the nearest document in order with a smaller number, "" if none
	BeforeOn string `json:"before_on"` // its date
	After    string `json:"after"`     // the nearest document in order with a larger number, "" if none
	AfterOn  string `json:"after_on"`
	ByDate   string `json:"by_date"` // where its date would put it: "after GK 413"
}

func (d Disorder) String() string {
	place := "its neighbours by number are " + neighbour(d.Before, d.BeforeOn) + " and " + neighbour(d.After, d.AfterOn)
	return fmt.Sprintf("%s is dated %s, but %s: either the date is wrong, and should lie between theirs, or the number, and should stand %s",
		d.Document, d.Date, place, d.ByDate)
}

func neighbour(id, on string) string {
	if id == "" {
		return "none"
	}
	return id + " (" + on + ")"
}

// A dated is a document number with the day that the source dates it to.
type dated struct {
	siglum   string
	number   int
	edtf     string
	earliest edtf.Day
	passage  string
	line     int
}

func (d dated) id() string { return fmt.Sprintf("%s %d", d.siglum, d.number) }

// chronology finds the documents of each collection whose dates do not rise
// with their numbers: those outside the longest run that does.
func chronology(m *corpus.Manifest, passages []*corpus.Passage) []Disorder {
	var out []Disorder
	for _, col := range m.Collections {
		docs := datedDocuments(col.Siglum, passages)
		kept := longestRising(docs)
		for i, d := range docs {
			if !kept[i] {
				out = append(out, disorder(docs, kept, i, d))
			}
		}
	}
	return out
}

// exactDay returns the first day of a date of at most three days ("26 or 27
// August"); a longer one says too little of the order of documents.
func exactDay(date string) (edtf.Day, bool) {
	v, err := edtf.Parse(date)
	if err != nil {
		return 0, false
	}
	r := v.Range()
	return r.First, r.First != 0 && r.Last >= r.First && r.Last-r.First < 3
}

// datedDocuments lists the documents of a collection by number, one entry for
// each date that the source gives one.
func datedDocuments(siglum string, passages []*corpus.Passage) []dated {
	var docs []dated
	seen := map[string]bool{}
	for _, p := range passages {
		if p.Kind == corpus.Quotation {
			continue // its citations stand in the passage that holds it
		}
		for _, c := range p.Citations {
			number, ok := strings.CutPrefix(c.ID, siglum+" ")
			n, err := strconv.Atoi(number)
			day, known := exactDay(c.Date)
			if !ok || err != nil || !known || seen[c.ID+"@"+c.Date] {
				continue
			}
			seen[c.ID+"@"+c.Date] = true
			docs = append(docs, dated{siglum, n, c.Date, day, p.ID, c.Line})
		}
	}
	slices.SortStableFunc(docs, func(a, b dated) int {
		return cmp.Or(cmp.Compare(a.number, b.number), cmp.Compare(a.earliest, b.earliest))
	})
	return docs
}

// longestRising marks a longest run of documents whose dates never fall:
// patience sorting, in time n log n (Fredman 1975).
func longestRising(docs []dated) []bool {
	var tops []int                   // tops[k]: the document with the earliest date that ends a run of k+1
	before := make([]int, len(docs)) // the document before it in its run, -1 for the first
	for i, d := range docs {
		k, _ := slices.BinarySearchFunc(tops, d, func(top int, d dated) int {
			if docs[top].earliest <= d.earliest {
				return -1
			}
			return 1
		})
		before[i] = -1
		if k > 0 {
			before[i] = tops[k-1]
		}
		tops = append(tops[:k], append([]int{i}, tops[min(k+1, len(tops)):]...)...)
	}
	kept := make([]bool, len(docs))
	if len(tops) == 0 {
		return kept
	}
	for i := tops[len(tops)-1]; i >= 0; i = before[i] {
		kept[i] = true
	}
	return kept
}

func disorder(docs []dated, kept []bool, i int, d dated) Disorder {
	out := Disorder{Document: d.id(), Date: d.edtf, Passage: d.passage, Line: d.line, ByDate: "before all others"}
	for j, other := range docs {
		switch {
		case !kept[j]:
		case j < i:
			out.Before, out.BeforeOn = other.id(), other.edtf
		case out.After == "":
			out.After, out.AfterOn = other.id(), other.edtf
		}
		if kept[j] && other.earliest <= d.earliest {
			out.ByDate = "after " + other.id()
		}
	}
	return out
}
