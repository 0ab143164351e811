package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"ibid/corpus"
	"ibid/search"
)

func TestFrontPage(t *testing.T) {
	doc := page(t, newFake(), "/", http.StatusOK)
	has(t, doc, "h1", "The Harbour Papers")
	has(t, doc, ".examples a", "What Brandt told Clark")
	has(t, doc, ".examples a", "HP 12")
	has(t, doc, "label[for=q]", "Words")
	has(t, doc, "nav[aria-label=Main] a[aria-current=page]", "Search")
	if got := attr(t, doc, ".skip", "href"); got != "#main" {
		t.Errorf("the skip link leads to %s", got)
	}
}

func TestSearchPageShowsHits(t *testing.T) {
	doc := page(t, newFake(), "/?q=harbour", http.StatusOK)
	has(t, doc, "#results-h", "3 passages")
	has(t, doc, "article.card.quotation .voices", "Brandt → to Clark")
	has(t, doc, "article.card.quotation .facts", "3 May 1901")
	has(t, doc, "article.card.quotation .facts", "letter")
	has(t, doc, `article.card.quotation .facts a[href="/document/HP-12"]`, "HP 12")
	has(t, doc, "article.card.quotation .reference", "Hale, p. 11")
	has(t, doc, "article.card mark", "harbour")
	has(t, doc, `article.card h3 a[href="/passage/hale/q01?q=harbour"]`, "")
	has(t, doc, ".take .note", "“harbour” in The Harbour Papers (3 passages). ibid, index v1, ")
	has(t, doc, ".take .note", "http://example.com/?q=harbour")
	has(t, doc, ".take dl", "Understood asharbour")
	has(t, doc, ".take dl", "Found3 passages")
	has(t, page(t, newFake(), "/?q=%22harbour%22", http.StatusOK), ".take .note", `"harbour" in The Harbour Papers`)
	if got := attr(t, doc, "#q", "value"); got != "harbour" {
		t.Errorf("the box says %q", got)
	}
}

func TestConcordancePage(t *testing.T) {
	doc := page(t, newFake(), "/?q=harbour&view=concordance&lines=right&kind=paragraph", http.StatusOK)
	has(t, doc, "#results-h", "1 line in 1 passage")
	has(t, doc, ".kwic li .left", "told Clark, \"the")
	has(t, doc, `.kwic li a.key[href="/passage/hale/p01?q=harbour"] mark`, "harbour")
	has(t, doc, ".kwic li .right", "is closed")
	has(t, doc, ".kwic li .at", "Hale, p. 11-12")
	has(t, doc, ".views a[aria-current]", "concordance")
	has(t, doc, `.views a[href="/?kind=paragraph&q=harbour"]`, "list")
	has(t, doc, ".sorts a[aria-current]", "words after")
	has(t, doc, `.sorts a[href="/?kind=paragraph&lines=left&q=harbour&view=concordance"]`, "words before")
	has(t, doc, `input[type=hidden][name=view][value=concordance]`, "")
	has(t, doc, `input[type=hidden][name=lines][value=right]`, "")
	hasNot(t, doc, ".card")
	if got := attr(t, page(t, newFake(), "/?q=harbour&view=concordance&size=2", http.StatusOK), ".pages a[rel=next]", "href"); got != "/?cursor=next-page&q=harbour&size=2&view=concordance" {
		t.Errorf("the next lines are %s", got)
	}
	has(t, page(t, newFake(), "/?view=concordance", http.StatusOK), ".nothing", "type some")
	page(t, newFake(), "/?q=harbour&view=picture", http.StatusBadRequest)
	page(t, newFake(), "/?q=harbour&view=concordance&lines=up", http.StatusBadRequest)
}

func TestFragmentsSayWhereTheyAreCut(t *testing.T) {
	piece := func(s string) search.Fragment { return search.Fragment{{Text: s}} }
	got := cutFrom("one two three four", []search.Fragment{piece("two"), piece("four")})
	if len(got) != 2 || !got[0].Before || !got[0].After || got[1].Before || got[1].After {
		t.Errorf("%+v", got)
	}
}

func TestFacetsThatNarrow(t *testing.T) {
	result := &search.Result{Total: 5, Facets: map[search.Group][]search.FacetValue{
		search.GroupKind:    {{Value: "paragraph", Count: 5}},
		search.GroupMedium:  {{Value: "letter", Count: 2}},
		search.GroupSpeaker: {{Value: "brandt", Count: 5, Selected: true}},
		search.GroupSource:  {},
	}}
	var got []search.Group
	for _, f := range facets(result) {
		got = append(got, f.Group)
	}
	if want := []search.Group{search.GroupSpeaker, search.GroupMedium}; !slices.Equal(got, want) {
		t.Errorf("the facets are %v, want %v", got, want)
	}
}

func TestPictureOfWhoSpeaksToWhom(t *testing.T) {
	ann, ben, cid := &ref{Text: "Ann"}, &ref{Text: "Ben"}, &ref{Text: "Cid of the " + strings.Repeat("very ", 9) + "long name"}
	p := newPicture([]pairView{{From: ann, To: cid, Count: 4}, {From: ben, To: ann, Count: 2}, {From: ann, To: ben, Count: 1}})
	if len(p.Left) != 2 || len(p.Right) != 3 || p.Left[0].Text != "Ann" || p.Right[2].Text != "Ann" {
		t.Errorf("%+v", p)
	}
	if b := p.Bands[0]; b.Width != widestBand || b.Path != "M80 42C157 42 157 36 234 36" || p.Bands[2].Width != 3 {
		t.Errorf("%+v", p.Bands)
	}
	if name := p.Right[0].Text; utf8.RuneCountInString(name) != longestName || !strings.HasSuffix(name, "…") {
		t.Errorf("a long name is shown as %q", name)
	}
	if newPicture(nil) != nil {
		t.Error("a picture of nothing")
	}
}

func TestSearchPageOneHit(t *testing.T) {
	doc := page(t, newFake(), "/?q=kept", http.StatusOK)
	has(t, doc, "#results-h", "1 passage")
	has(t, doc, "article.card .kind", "Footnote 1")
}

func TestSearchPageNarrows(t *testing.T) {
	doc := page(t, newFake(), "/?q=harbour&kind=quotation&sort=date&section=I", http.StatusOK)
	has(t, doc, "#results-h", "1 passage")
	has(t, doc, ".chips", "Kind of passage: quotation")
	if got := attr(t, doc, ".chips a", "href"); got != "/?q=harbour&section=I&sort=date" {
		t.Errorf("the chip leads to %s", got)
	}
	has(t, doc, `.facets input[name=kind][value=quotation][checked]`, "")
	has(t, doc, `.facets input[name=kind][value=paragraph]`, "")
	has(t, doc, `input[type=hidden][name=section][value=I]`, "")
	has(t, doc, `input[type=hidden][name=sort][value=date]`, "")
	hasNot(t, doc, `input[type=hidden][name=kind]`)
	has(t, doc, ".sorts a[aria-current]", "date")
}

func TestEveryControlHasALabel(t *testing.T) {
	for _, address := range []string{"/?q=harbour", "/passage/hale/p01", "/documents"} {
		doc := page(t, newFake(), address, http.StatusOK)
		doc.Find("input:not([type=hidden])").Each(func(_ int, input *selection) {
			id, _ := input.Attr("id")
			if input.Closest("label").Length() == 0 && doc.Find(`label[for="`+id+`"]`).Length() == 0 {
				t.Errorf("%s: input %q has no label", address, id)
			}
		})
	}
}

func TestSearchPageTimeline(t *testing.T) {
	doc := page(t, newFake(), "/?q=harbour", http.StatusOK)
	has(t, doc, ".timeline a title", "May 1901: 3 passages")
	if got := attr(t, doc, ".timeline a", "href"); got != "/?from=1901-05-01&q=harbour&to=1901-05-31" {
		t.Errorf("the bar leads to %s", got)
	}
	doc = page(t, newFake(), "/?q=harbour&from=1901-05&to=1901-06", http.StatusOK)
	has(t, doc, ".range", "May 1901 to June 1901")
	has(t, doc, ".chips", "Dates: May 1901 to June 1901")
}

func TestSearchPageCorrects(t *testing.T) {
	doc := page(t, newFake(), "/?q=harbur", http.StatusOK)
	has(t, doc, ".correction", "No passage has harbur; searched for harbour instead.")
	if got := attr(t, doc, ".correction a", "href"); got != "/?match=exact&q=harbur" {
		t.Errorf("the literal word is searched for by %s", got)
	}
	doc = page(t, newFake(), "/?q=harbour&match=exact", http.StatusOK)
	has(t, doc, ".understood", "Words in other forms were left out.")
}

func TestSearchPageWithoutHits(t *testing.T) {
	doc := page(t, newFake(), "/?q=kept&kind=heading", http.StatusOK)
	has(t, doc, "#results-h", "Nothing found")
	has(t, doc, ".nothing", "without kind of passage: 1 passage")
	hasNot(t, doc, ".take")
	has(t, page(t, newFake(), "/?q=har+xyzzy", http.StatusOK), `.nothing a[href="/?q=harbour"]`, "harbour")
}

func TestSearchPagesOfResults(t *testing.T) {
	doc := page(t, newFake(), "/?size=2", http.StatusOK)
	if got := attr(t, doc, ".pages a[rel=next]", "href"); got != "/?cursor=next-page&size=2" {
		t.Errorf("the next page is %s", got)
	}
	has(t, page(t, newFake(), "/?size=2&cursor=next-page", http.StatusOK), ".pages a", "From the beginning")
}

// Whatever comes from a source, a manifest or a query is text.
func TestMarkupIsText(t *testing.T) {
	const evil = `"><script>alert(1)</script>`
	f := newFake()
	f.manifest.Title = evil
	f.manifest.Sources[0].Reference.Title = evil
	f.manifest.Actors[0].Name = evil
	f.manifest.Phases[0].Label = evil
	for _, address := range []string{"/", "/?q=" + url.QueryEscape("<script>alert(1)</script>"), "/passage/hale/p02", "/passage/hale/p02?view=print",
		"/passage/hale/q01", "/source/hale", "/documents", "/document/HP-12", "/actors", "/actor/brandt", "/about", "/help"} {
		doc := page(t, f, address, http.StatusOK)
		doc.Find("script").Each(func(_ int, script *selection) {
			if kind, _ := script.Attr("type"); kind == "module" && script.AttrOr("src", "") != "" && script.Text() == "" || kind == "application/ld+json" {
				return
			}
			t.Errorf("%s: a script of the corpus came through: %s", address, script.Text())
		})
		hasNot(t, doc, "b:contains(bold)")
	}
	has(t, page(t, newFake(), "/passage/hale/p02", http.StatusOK), ".text .here", "<script>alert(1)</script> & <b>bold</b> שלום longlong")
}

func TestPassagePage(t *testing.T) {
	doc := page(t, newFake(), "/passage/hale/p01?q=harbour", http.StatusOK)
	has(t, doc, ".text p.here mark", "harbour")
	has(t, doc, ".matches", "1 match")
	has(t, doc, `.back a[href="/?q=harbour"]`, "Back")
	has(t, doc, `.text a.actor[href="/actor/brandt"]`, "Brandt")
	has(t, doc, `.text a.date[href="/?from=1901-05-03&to=1901-05-03"]`, "3 May 1901")
	has(t, doc, `.text a.cite[href="/document/HP-12"]`, "HP no. 12")
	has(t, doc, `.named a[href="/actor/clark"]`, "Clark")
	has(t, doc, ".similar h3", "Hale, p. 12")
	has(t, doc, "#permanent", "http://example.com/passage/hale/p01")
	has(t, doc, `.where a[href="/source/hale#p01"]`, "Letters about a Harbour")
	has(t, doc, `.where a[href="/api/v1/passages/hale/p01"]`, "JSON")
	has(t, doc, `.neighbours a[rel=next]`, "Paragraph")
}

func TestPassageOfAnEditedDocument(t *testing.T) {
	f := newFake()
	f.passages[3].Document = &corpus.EditedDocument{ID: "hale/d1", Number: "12", Title: "To the <b>harbour</b>", Date: "1901-05-03", Archive: "Box 7"}
	has(t, page(t, f, "/passage/hale/p02", http.StatusOK), ".where .edited", "Document 12, To the <b>harbour</b>, 3 May 1901. Box 7")
}

func TestNotesAndCallersLeadToEachOther(t *testing.T) {
	for _, address := range []string{"/passage/hale/p01", "/source/hale"} {
		doc := page(t, newFake(), address, http.StatusOK)
		has(t, doc, `sup#ref-n01 a[href="#n01"]`, "1")
		has(t, doc, `p.footnote#n01 a.number[href="#ref-n01"]`, "1")
		text := strings.Join(strings.Fields(doc.Find("#p01").Text()), " ")
		if !strings.Contains(text, `ships,"1 and left`) {
			t.Errorf("%s: the caller stands elsewhere: %s", address, text)
		}
	}
}

func TestPassagePagePrint(t *testing.T) {
	doc := page(t, newFake(), "/passage/hale/p01?view=print", http.StatusOK)
	has(t, doc, ".switch a[aria-current]", "print")
	has(t, doc, ".lines mark.repair", "har")
	has(t, doc, ".lines mark.repair", "carne")
	has(t, doc, ".lines li[value='7'] mark", "carne")
	has(t, doc, "#repair-1", "word broken at the end of a line")
	has(t, doc, "#repair-1", "99 %")
	has(t, doc, "#repair-2", "taken out")
	has(t, doc, "#repair-3", "80 %")
}

func TestQuotationPage(t *testing.T) {
	doc := page(t, newFake(), "/passage/hale/q01", http.StatusOK)
	has(t, doc, "h1", "Brandt to Clark, 3 May 1901")
	has(t, doc, ".text p.here .said", "the harbour is closed to all ships,")
	has(t, doc, ".text p.here", "told Clark")
	if n := strings.Count(doc.Find(".text").Text(), "the harbour is closed"); n != 1 {
		t.Errorf("the words of the quotation are printed %d times", n)
	}
	has(t, doc, ".passage-head", "from a document")
}

func TestFootnotePage(t *testing.T) {
	doc := page(t, newFake(), "/passage/hale/n01", http.StatusOK)
	has(t, doc, "p.here", "Clark kept the letter.")
	has(t, doc, "p.nearby", "Brandt told")
}

func TestSourcePage(t *testing.T) {
	doc := page(t, newFake(), "/source/hale", http.StatusOK)
	has(t, doc, "h1", "Letters about a Harbour")
	has(t, doc, ".authors", "Ada Hale")
	has(t, doc, "#page-11", "11")
	has(t, doc, "#h01 #page-11", "11")
	has(t, doc, "#p01 #page-12", "12")
	hasNot(t, doc, "#p02 .page-break")
	has(t, doc, "#q01", "")
	if got := attr(t, doc, `meta[name="citation_title"]`, "content"); got != "Letters about a Harbour" {
		t.Errorf("citation_title = %q", got)
	}
	has(t, doc, `script[type="application/ld+json"]`, `"ScholarlyArticle"`)
}

func TestLongSourceIsReadInParts(t *testing.T) {
	f := newFake()
	for i := range partSize {
		p := *f.passages[0]
		p.ID, p.Kind = "hale/x"+thousands(i), corpus.Paragraph
		f.passages = append(f.passages, &p)
	}
	doc := page(t, f, "/source/hale?part=2", http.StatusOK)
	has(t, doc, ".pages", "Part 2 of 2")
	has(t, doc, ".whole", "I. The harbour")
	page(t, f, "/source/hale?part=3", http.StatusBadRequest)
	has(t, page(t, f, "/source/hale?at=x"+thousands(partSize-1), http.StatusOK), ".pages", "Part 2 of 2")
}

func TestDocumentPages(t *testing.T) {
	doc := page(t, newFake(), "/documents?sort=number", http.StatusOK)
	has(t, doc, ".gap", "HP 10–11 are not cited")
	has(t, doc, "th[aria-sort]", "Document")
	has(t, page(t, newFake(), "/documents", http.StatusOK), "tbody tr:first-child", "3 May 1901")
	doc = page(t, newFake(), "/document/HP-12", http.StatusOK)
	has(t, doc, "h1", "HP 12")
	has(t, doc, ".card-list", "3 May 1901")
	has(t, doc, ".card.quotation .fragment", "the harbour is closed")
	has(t, doc, `.neighbours a[href="/document/HP-9"]`, "HP 9")
	page(t, newFake(), "/documents?collection=XX", http.StatusBadRequest)
	page(t, newFake(), "/documents?sort=colour", http.StatusBadRequest)
}

func TestActorPages(t *testing.T) {
	doc := page(t, newFake(), "/actors", http.StatusOK)
	has(t, doc, "table.actors th", "Brandt, Otto")
	has(t, doc, `.pairs a[href="/?addressee=clark&speaker=brandt"]`, "1")
	has(t, doc, ".picture text.from", "Brandt")
	has(t, doc, `.picture a[href="/?addressee=clark&speaker=brandt"] title`, "Brandt to Clark: 1 passage")
	doc = page(t, newFake(), "/actor/brandt", http.StatusOK)
	has(t, doc, "h1", "Otto Brandt")
	has(t, doc, `.reference a[href="/actor/norland"]`, "Norland")
	has(t, doc, ".card.quotation .fragment", "the harbour is closed")
	has(t, doc, ".card-list", "Speaks toClark 1")
}

func TestAboutPage(t *testing.T) {
	doc := page(t, newFake(), "/about", http.StatusOK)
	has(t, doc, ".card-list", "Paragraphs2")
	has(t, doc, "section", "3 places are read otherwise than printed")
	has(t, doc, "section", "2 of 3 paragraphs and footnotes name no date")
	has(t, doc, `#main details a[href="/passage/hale/p02"]`, "hale/p02")
	has(t, doc, ".repairs", "confused letters180 %80 %")
	has(t, doc, "code", "v1")
}

func TestHelpPage(t *testing.T) {
	doc := page(t, newFake(), "/help", http.StatusOK)
	if doc.Find("dl.examples a").Length() < 20 {
		t.Errorf("the help page has %d examples", doc.Find("dl.examples a").Length())
	}
	doc.Find("dl.examples a").Each(func(_ int, a *selection) {
		page(t, newFake(), a.AttrOr("href", ""), http.StatusOK)
	})
}

// No page but those of the server itself leads to an address it does not have.
func TestLinksLeadSomewhere(t *testing.T) {
	t.Parallel() // it takes long
	f := newFake()
	seen := map[string]bool{}
	todo := []string{"/", "/?q=harbour"}
	for len(todo) > 0 && len(seen) < 300 {
		address, _, _ := strings.Cut(todo[0], "#")
		todo = todo[1:]
		if address == "" || seen[address] || !strings.HasPrefix(address, "/") {
			continue
		}
		seen[address] = true
		w := get(t, f, address)
		if w.Code != http.StatusOK {
			t.Errorf("a page links to %s, which answers %d", address, w.Code)
			continue
		}
		if !strings.HasPrefix(w.Header().Get("Content-Type"), "text/html") {
			continue
		}
		page(t, f, address, http.StatusOK).Find("a[href], link[href]").Each(func(_ int, a *selection) {
			href := a.AttrOr("href", "")
			if !slices.ContainsFunc([]string{"/", "#", "http://", "https://", "?"}, func(begin string) bool { return strings.HasPrefix(href, begin) }) {
				t.Errorf("%s links to %q, which is no address", address, href)
			}
			todo = append(todo, href)
		})
	}
	if len(seen) < 40 {
		t.Errorf("only %d addresses were found", len(seen))
	}
}
