package web

import "fmt"

// A pageTurn says which part of a list a page shows, and leads to the others.
type pageTurn struct {
	First, Last, Total int // from 1
	Previous, Next     string
	Begin              string // address of the first page, "" on it
}

func newPageTurn(st state, path string, offset, shown, total int, previous, next string) pageTurn {
	t := pageTurn{First: offset + 1, Last: offset + shown, Total: total}
	if previous != "" {
		t.Previous, t.Begin = st.with("cursor", previous).at(path), st.at(path)
	}
	if next != "" {
		t.Next = st.with("cursor", next).at(path)
	}
	return t
}

// Several says whether there is more than this page.
func (t pageTurn) Several() bool { return t.Previous != "" || t.Next != "" }

// Words say which part this is: "101–200 of 4,050".
func (t pageTurn) Words() string {
	return fmt.Sprintf("%s–%s of %s", thousands(t.First), thousands(t.Last), thousands(t.Total))
}
