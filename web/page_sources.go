package web

import (
	"cmp"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"ibid/corpus"
	"ibid/corpus/cite"
	"ibid/search"
)

// sourcesOnPage are listed at once.
const sourcesOnPage = 50

// sourcesView lists the works in the corpus, page by page.
type sourcesView struct {
	layout
	Q       string
	Total   int // that pass the words
	All     int // in the corpus
	Sources []aboutSource
	Pages   pageTurn
}

// maxPage is beyond the last page of any shelf.
const maxPage = 1_000_000

var sourcesParams = parameters{
	{name: "q", text: "Words that each begin a word of the title, the authors or the id."},
	{name: "page", least: 1, most: maxPage, fallback: "1", text: "Which page of the list."},
}

func (s *server) sourcesPage(c *gin.Context) (*view, error) {
	cat := s.catalog()
	a, err := sourcesParams.read(c.Request.URL.Query(), cat)
	if err != nil {
		return nil, err
	}
	counts, err := s.index.Census()
	if err != nil {
		return nil, err
	}
	found := cat.sourcesNamed(a.text("q"))
	v := sourcesView{layout: s.layout(c, "Sources", "sources"), Q: a.text("q"), Total: len(found), All: len(cat.manifest.Sources)}
	page := cmp.Or(a.number("page"), 1)
	from := min((page-1)*sourcesOnPage, len(found))
	shown := found[from:min(from+sourcesOnPage, len(found))]
	for _, source := range shown {
		v.Sources = append(v.Sources, cat.aboutSource(source, counts))
	}
	if len(shown) == 0 && page > 1 {
		return nil, &paramError{Name: "page", Message: "The list has no page " + strconv.Itoa(page) + "; it ends before."}
	}
	v.Pages = pageTurn{First: from + 1, Last: from + len(shown), Total: len(found)}
	st := state{}.with("q", v.Q)
	if page > 1 {
		v.Robots = "noindex"
		v.Pages.Begin, v.Pages.Previous = st.at("/sources"), st.with("page", pageNumber(page-1)).at("/sources")
	}
	if from+len(shown) < len(found) {
		v.Pages.Next = st.with("page", pageNumber(page+1)).at("/sources")
	}
	if v.Q != "" {
		v.Robots = "noindex"
	}
	return &view{Template: "sources", Page: v}, nil
}

// pageNumber is the parameter of a page, "" for the first.
func pageNumber(n int) string {
	if n == 1 {
		return ""
	}
	return strconv.Itoa(n)
}

// sourcesNamed are the sources of which words each begin a word of title, authors or id, in the
// order of the manifest.
func (c *catalog) sourcesNamed(words string) []*corpus.Source {
	var out []*corpus.Source
	for i := range c.manifest.Sources {
		s := &c.manifest.Sources[i]
		r := s.Reference
		if words == "" || search.Begin(words, strings.Join([]string{s.ID, cite.TrimTitle(r.Title), authors(r), r.ContainerTitle, r.Volume, r.Issued}, " ")) {
			out = append(out, s)
		}
	}
	return out
}

func (c *catalog) aboutSource(s *corpus.Source, counts *search.Census) aboutSource {
	r := s.Reference
	return aboutSource{Ref: c.source(s.ID), Authors: authors(r), Facts: facts(r), Passages: counts.BySource[s.ID], Search: searchFor(search.GroupSource, s.ID), DOI: r.DOI, Web: r.URL}
}
