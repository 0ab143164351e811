package web

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/PuerkitoBio/goquery"

	"ibid/corpus"
	"ibid/indexer"
	"ibid/search"
)

const (
	spell1 = `<script>alert(1)</script>`
	spell2 = `"><img src=x onerror=alert(2)>`
	spell3 = `{{.}} &lt;b&gt; javascript:alert(3) </style></title>`
)

// hostileCorpus has markup wherever an editor or a printer can put text.
var hostileCorpus = fstest.MapFS{
	"corpus.yaml": {Data: []byte(`id: hostile
title: 'Title ` + spell1 + `'
description: 'Description ` + spell2 + `'
default_year: 1901
sources:
  - id: src
    path: src.txt
    format: text
    first_page: "1"
    reference: {type: article-journal, author: [{family: 'Fam` + spell1 + `', given: 'Giv` + spell2 + `'}], title: 'Work ` + spell1 + spell2 + spell3 + `', container-title: '` + spell3 + `', page: 1-2}
    sections: {I: 'ph'}
collections:
  - {siglum: HP, title: 'Papers ` + spell1 + `', marker: no.}
phases:
  - {id: ph, label: 'Phase ` + spell2 + `', from: 1901-01-01, to: 1901-12-31}
actors:
  - {id: brandt, name: 'Brandt` + spell1 + `, Karl', kind: person, role: 'Consul ` + spell2 + `', forms: [Brandt]}
  - {id: clark, name: 'Clark, Ann', kind: person, role: '` + spell3 + `', forms: [Clark]}
`)},
	"src.txt": {Data: []byte(`I. The harbour ` + spell1 + `

On May 3, 1901, Brandt told Clark, "The harbour ` + spell2 + ` is closed ` + spell1 + ` to all." (HP no. 12).1
He went on about ` + spell3 + ` for a while, and the harbour was opened.

1. See HP no. 13 ` + spell1 + spell2 + ` for more of the harbour.
`)},
}

// A corpus full of markup renders as text: no element, attribute or script of a
// page comes from it.
func TestMarkupOfACorpusIsText(t *testing.T) {
	c, err := corpus.Load(hostileCorpus, "hostile corpus")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := indexer.Build(context.Background(), c, dir, func(indexer.Progress) {}); err != nil {
		t.Fatal(err)
	}
	index, err := search.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { index.Close() })
	h := New(Config{}, index, quiet())
	addresses := []string{"/", "/?q=harbour", "/?q=harbour&view=concordance", "/?q=%3Cscript%3E", "/?actor=brandt&phase=ph", "/documents", "/actors", "/about", "/help", "/api", "/quote?text=%3Cscript%3Ealert(1)%3C/script%3E",
		"/document/HP-12", "/actor/brandt", "/actor/clark", "/source/src", "/nothing/%3Cscript%3E", "/?speaker=%22%3E%3Cimg%3E"}
	passages, err := index.Passages("src")
	if err != nil || len(passages) < 3 {
		t.Fatalf("%d passages, %v", len(passages), err)
	}
	for _, p := range passages {
		addresses = append(addresses, passageURL(p.ID)+"?q=harbour", passageURL(p.ID)+"?view=print")
	}
	shown := 0
	for _, address := range addresses {
		w := ask(t, h, http.MethodGet, address)
		doc, err := goquery.NewDocumentFromReader(w.Body)
		if err != nil {
			t.Fatal(err)
		}
		doc.Find("script").Each(func(_ int, s *selection) {
			if s.AttrOr("src", "") == "" && s.AttrOr("type", "") != "application/ld+json" {
				t.Errorf("%s has the script %q", address, s.Text())
			}
		})
		for _, selector := range []string{"img", "[onerror]", "[onclick]", "style", `a[href^="javascript:"]`} {
			if n := doc.Find(selector).Length(); n > 0 {
				t.Errorf("%s has %d of %s", address, n, selector)
			}
		}
		shown += strings.Count(doc.Find("body").Text(), spell1)
	}
	for _, address := range []string{"/source/src", "/actor/clark"} {
		doc, err := goquery.NewDocumentFromReader(ask(t, h, http.MethodGet, address).Body)
		if err != nil {
			t.Fatal(err)
		}
		has(t, doc, "main", spell3)
	}
	if shown < 20 {
		t.Errorf("the markup is shown %d times, want it as text on every page", shown)
	}
}
