package indexer

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"ibid/corpus"
	"ibid/corpus/pact1939"
)

func checkShipped(t *testing.T) *Report {
	t.Helper()
	c, err := corpus.Load(pact1939.Files, "shipped corpus")
	if err != nil {
		t.Fatal(err)
	}
	report, err := Check(context.Background(), c)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

func TestCheckCountsAddUp(t *testing.T) {
	r := checkShipped(t)
	quotations := 0
	for _, n := range r.Natures {
		quotations += n
	}
	if quotations != r.Counts[corpus.Quotation] || r.Counts[corpus.Footnote] != 20 || r.Pages != 27 {
		t.Errorf("report has %d quotations by nature, %v by kind, %d pages", quotations, r.Counts, r.Pages)
	}
	if len(r.Unplaced) != 1 || !strings.Contains(r.Unplaced[0].Text, "211") {
		t.Errorf("lines in no passage: %v, want the running head", r.Unplaced)
	}
}

// TestCheckFindsFaults gives Check a source with one of each thing to report.
func TestCheckFindsFaults(t *testing.T) {
	c, err := corpus.Load(fstest.MapFS{
		corpus.ManifestName: {Data: []byte(`id: demo
title: Demo
default_year: 1939
sources:
  - {id: s, path: s.txt, format: text, first_page: "1", sections: {IX: war}}
  - {id: latin1, path: latin1.txt, format: text}
  - {id: broken, path: broken.xml, format: tei}
phases: [{id: war, label: War, from: 1939-09-01, to: 1945-05-08}]
collections: [{siglum: GK, title: One}, {siglum: XY, title: Never cited}, {siglum: UV, title: Cited by volume}]
actors: [{id: molotov, name: "Molotov, V.", kind: person}, {id: nobody, name: "Nobody, N.", kind: person}]
`)},
		"latin1.txt": {Data: []byte("A line of letters.\nAnd B\xfclow.\n")},
		"broken.xml": {Data: []byte("<TEI><text>")},
		"s.txt": {Data: []byte(`On May 3 Molotov met Ivan Petrovich Sidorov in the Kremlin and spoke at
some length of the treaty, as the record of their meeting shows
(DGFP no. 12; DBFP, 3rd series, V, no. 12; UV II 4). According to one of those present, "the treaty was
never more than a piece of paper for them."
`)},
	}, "demo")
	if err != nil {
		t.Fatal(err)
	}
	r, err := Check(context.Background(), c)
	if err != nil {
		t.Fatal(err)
	}
	if len(r.UnknownSigla) != 2 || r.UnknownSigla[0].Line != 3 || !strings.HasPrefix(r.UnknownSigla[1].Text, "DBFP") {
		t.Errorf("unknown sigla: %v, want DGFP and DBFP on line 3", r.UnknownSigla)
	}
	if !slices.Equal(r.UnusedSections, []Place{{Source: "s", Text: "IX"}}) {
		t.Errorf("sections that are not there: %v", r.UnusedSections)
	}
	if len(r.Problems) != 1 || r.Problems[0].Source != "latin1" || r.Problems[0].Line != 2 {
		t.Errorf("problems %v, want the line that is not UTF-8", r.Problems)
	}
	if len(r.Unread) != 1 || r.Unread[0].Source != "broken" || !strings.Contains(r.Unread[0].Text, "not well-formed") {
		t.Errorf("unread %v, want the broken source", r.Unread)
	}
	if !slices.Equal(r.UncitedCollections, []string{"GK", "XY"}) || !slices.Equal(r.UnmentionedActors, []string{"nobody"}) {
		t.Errorf("uncited %v, unmentioned %v", r.UncitedCollections, r.UnmentionedActors)
	}
	if !slices.ContainsFunc(r.UnknownNames, func(u UnknownName) bool { return strings.Contains(u.Name, "Sidorov") && u.Lines[0] == 1 }) {
		t.Errorf("unknown names: %v, want Sidorov", r.UnknownNames)
	}
	var text strings.Builder
	if err := r.WriteText(&text); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(text.String(), "DGFP no. 12") || !strings.Contains(text.String(), "s, line 3") {
		t.Errorf("the text report lacks the unknown siglum:\n%s", &text)
	}
	data, err := json.Marshal(r)
	if err != nil || strings.Contains(string(data), "null") {
		t.Errorf("the JSON report has a null list: %v %s", err, data)
	}
}
