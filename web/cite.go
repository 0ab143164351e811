package web

import "ibid/corpus"

// A citeBox gives the citation of a passage or source in the forms that
// readers take away.
type citeBox struct {
	Note    string
	Formats []citeFormat
}

type citeFormat struct{ ID, Name, Text string }

func (s *server) citeBox(cat *catalog, p *corpus.Passage) citeBox {
	return citeBox{Note: cat.reference(p)}
}
