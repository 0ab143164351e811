package search_test

import (
	"context"
	"testing"

	"ibid/corpus"
	"ibid/indexer"
	"ibid/search"
)

// The passages of these tests are made up: a small article "Doe" on a treaty of
// 1911 between two invented countries.

func manifest() *corpus.Manifest {
	return &corpus.Manifest{
		ID: "treaty", Title: "The Treaty", DefaultYear: 1911,
		Sources: []corpus.Source{
			{ID: "doe", Path: "doe.txt", Format: corpus.Text, Reference: corpus.Reference{Title: "The Treaty of Ostra", Author: []corpus.Name{{Family: "Doe", Given: "Jane"}}}},
			{ID: "roe", Path: "roe.txt", Format: corpus.Text, Reference: corpus.Reference{Title: "Ostra Again"}},
		},
		Collections: []corpus.Collection{{Siglum: "OD", Title: "Ostran Documents"}, {Siglum: "WB", Title: "White Book"}},
		Phases: []corpus.Phase{
			{ID: "spring", Label: "Spring", From: "1911-03-01", To: "1911-05-31"},
			{ID: "summer", Label: "Summer", From: "1911-06-01", To: "1911-08-31"},
		},
		Actors: []corpus.Actor{
			{ID: "lindqvist", Name: "Lindqvist, Åke", Kind: corpus.Person, Country: "ostra", Forms: []string{"A. Lindqvist", "Lindquist"}},
			{ID: "weizsal", Name: "Weizsäl, Karl von", Kind: corpus.Person, Country: "norland"},
			{ID: "petrovsky", Name: "Petrovsky, Ivan", Kind: corpus.Person, Country: "ostra"},
			{ID: "ostra", Name: "Ostra", Kind: corpus.State, Forms: []string{"Ostran Republic", "O.R."}},
			{ID: "norland", Name: "Norland", Kind: corpus.State, Forms: []string{"Kingdom of Norland"}},
		},
		Words: [][]string{{"Kielce", "Keltz"}},
	}
}

func date(printed, edtf, from, to string) corpus.Date {
	return corpus.Date{Printed: printed, EDTF: edtf, Earliest: from, Latest: to}
}

func day(printed, iso string) corpus.Date { return date(printed, iso, iso, iso) }

func who(id, printed string) corpus.Mention { return corpus.Mention{ID: id, Printed: printed} }

func od(n string) corpus.Citation {
	return corpus.Citation{ID: "OD " + n, Kind: corpus.CitesDocument, Printed: "OD no. " + n}
}

func passages() []*corpus.Passage {
	p := func(id string, kind corpus.Kind, section, page, text string) *corpus.Passage {
		return &corpus.Passage{ID: id, Kind: kind, Source: id[:3], Section: section, Pages: []string{page}, Text: text, Printed: text}
	}
	h1 := p("doe/h01", corpus.Heading, "I", "10", "I. The Railway Question")
	p1 := p("doe/p001", corpus.Paragraph, "I", "10", `On 3 May 1911 Lindqvist told Weizsäl: "We hold that a common customs basis must be made before any railway treaty can be signed; without such a customs basis no treaty will stand" (OD no. 12). The conversation was short, and the minister left.`)
	p1.Phase, p1.Dates, p1.Actors, p1.Citations = []string{"spring"}, []corpus.Date{day("3 May 1911", "1911-05-03")}, []corpus.Mention{who("lindqvist", "Lindqvist"), who("weizsal", "Weizsäl")}, []corpus.Citation{od("12")}
	q1 := p("doe/q001", corpus.Quotation, "I", "10", "We hold that a common customs basis must be made before any railway treaty can be signed; without such a customs basis no treaty will stand")
	q1.Within, q1.Phase, q1.Nature, q1.Speaker, q1.Addressee, q1.Medium, q1.Date, q1.Citations = p1.ID, []string{"spring"}, corpus.OfDocument, "lindqvist", "weizsal", "conversation", "1911-05-03", []corpus.Citation{od("12")}
	p2 := p("doe/p002", corpus.Paragraph, "I", "11", `The phrase 'customs basis' returned. Some say that Lindqvist meant it as a sign; the customs basis, others say, was an excuse. We cannot tell.`)
	p2.Actors = []corpus.Mention{who("lindqvist", "Lindqvist")}
	q2 := p("doe/q002", corpus.Quotation, "I", "11", "customs basis")
	q2.Within, q2.Nature = p2.ID, corpus.OfTerm
	p3 := p("doe/p003", corpus.Paragraph, "I", "11", `In June 1911 the negotiations on non-aggression began. The negotiators of the O.R. negotiated in Kielce over the organisation of the line; the organ of the party was silent. Petrovskii asked for co-operation in defence.`)
	p3.Phase, p3.Dates, p3.Actors = []string{"summer"}, []corpus.Date{date("June 1911", "1911-06", "1911-06-01", "1911-06-30")}, []corpus.Mention{who("ostra", "O.R."), who("petrovsky", "Petrovskii")}
	n1 := p("doe/n01", corpus.Footnote, "I", "11", "See Smith 1950, p. 4, who doubts the defense of Ostra. On the railway see OD no. 14.")
	n1.Footnote, n1.Actors, n1.Citations = 1, []corpus.Mention{who("ostra", "Ostra")}, []corpus.Citation{{ID: "Smith 1950", Kind: corpus.CitesWork, Printed: "Smith 1950"}, od("14")}
	p4 := p("doe/p004", corpus.Paragraph, "I", "12", `Weizsäl wrote to Berlin on 20 June 1911: "The Ostran railway is lost to us." He added: "Norland must wait." (OD no. 15, no. 16)`)
	p4.Phase, p4.Dates, p4.Actors, p4.Citations = []string{"summer"}, []corpus.Date{day("20 June 1911", "1911-06-20")}, []corpus.Mention{who("weizsal", "Weizsäl"), who("norland", "Norland")}, []corpus.Citation{od("15"), od("16")}
	q3 := p("doe/q003", corpus.Quotation, "I", "12", "The Ostran railway is lost to us.")
	q3.Within, q3.Phase, q3.Nature, q3.Speaker, q3.Medium, q3.Date = p4.ID, []string{"summer"}, corpus.OfDocument, "weizsal", "telegram", "1911-06-20"
	q4 := p("doe/q004", corpus.Quotation, "I", "12", "Norland must wait.")
	q4.Within, q4.Phase, q4.Nature, q4.Speaker, q4.Medium, q4.Date, q4.Actors, q4.Citations = p4.ID, []string{"summer"}, corpus.OfDocument, "weizsal", "telegram", "1911-06-20", []corpus.Mention{who("norland", "Norland")}, []corpus.Citation{od("16")}
	p5 := p("doe/p005", corpus.Paragraph, "", "13", `The decision to negotiate was taken in the winter of 1910-11, before the year 1911 had begun. A decision of negotiate is no phrase.`)
	p5.Dates = []corpus.Date{date("the winter of 1910-11", "1910-12/1911-02", "1910-12-01", "1911-02-28"), date("1911", "1911", "1911-01-01", "1911-12-31")}
	h2 := p("roe/h01", corpus.Heading, "A", "1", "Sources <b>and</b> method")
	r1 := p("roe/p001", corpus.Paragraph, "A", "1", `<script>alert("x")</script> Markup & quotes are text. The archive of Norland holds the despatch of 4 July 1911; its colour is grey.`)
	r1.Dates, r1.Actors = []corpus.Date{day("4 July 1911", "1911-07-04")}, []corpus.Mention{who("norland", "Norland")}
	r2 := p("roe/p002", corpus.Paragraph, "A", "2", "To be or not to be is a line of stop words. The University of Ostra is not the universe.")
	r2.Actors = []corpus.Mention{who("ostra", "Ostra")}
	return []*corpus.Passage{h1, p1, q1, p2, q2, p3, n1, p4, q3, q4, p5, h2, r1, r2}
}

// open writes passages to an index in a folder of its own and opens it.
func open(t testing.TB, m *corpus.Manifest, passages []*corpus.Passage) *search.Index {
	t.Helper()
	dir := t.TempDir()
	if err := indexer.Write(context.Background(), dir, m, passages, "0123456789abcdef", nil); err != nil {
		t.Fatalf("Write: %v", err)
	}
	ix, err := search.Open(dir)
	if err != nil {
		t.Fatalf("Open: %v", err)
	}
	t.Cleanup(func() {
		if err := ix.Close(); err != nil {
			t.Errorf("Close: %v", err)
		}
	})
	return ix
}

func fixture(t testing.TB) *search.Index {
	t.Helper()
	return open(t, manifest(), passages())
}

// find searches and fails the test on an error.
func find(t testing.TB, ix *search.Index, r search.Request) *search.Result {
	t.Helper()
	res, err := ix.Search(context.Background(), r)
	if err != nil {
		t.Fatalf("Search(%+v): %v", r, err)
	}
	return res
}

func ids(r *search.Result) []string {
	out := []string{}
	for _, h := range r.Hits {
		out = append(out, h.ID)
	}
	return out
}
