package web

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"net/http"
	"path"
	"regexp"
	"strings"

	"github.com/gin-gonic/gin"

	"ibid/corpus/cite"
	"ibid/search"
)

// A layout is what every page has around its own content.
type layout struct {
	Title   string // of the tab, without the name of the corpus
	Corpus  string // title of the corpus
	Nav     string // which entry of the navigation is this page: search, sources, documents, actors, about, help
	ReadURL string // of the one source, or of the list of sources
	Version string // of the index
	Query   string // in the search box of the masthead
	Base    string // address of the server
	Meta    []metaTag
	LinkedData
	Robots string // "noindex" for a page that search engines should leave alone
}

// A metaTag is one of the citation_* tags that reference managers read.
type metaTag struct{ Name, Content string }

// LinkedData describes the page to crawlers, in schema.org's terms.
type LinkedData struct{ JSONLD any }

// A view is a page that was decided: a template and its struct.
type view struct {
	Template string // name of the file without .html
	Page     any    // a struct that embeds layout
	Type     string // media type, HTML if ""
	Redirect string // instead of a page
}

// pages are the parsed templates, each with the layout, by name.
type pages map[string]*template.Template

// plainDay is a date in EDTF that HTML has too, for programs that read <time>: not "193X" or an interval.
var plainDay = regexp.MustCompile(`^\d{4}(-(0[1-9]|1[0-2])(-\d\d)?)?$`)

// pageNames are the templates that are pages; those with a leading underscore are parts.
var pageNames = []string{"search", "passage", "source", "sources", "documents", "document", "edited", "actors", "actor", "about", "help", "quote", "api", "problem", "opensearch"}

func parsePages(files embed.FS, assets *assets) pages {
	funcs := template.FuncMap{
		"asset": assets.url,
		"date":  readableDate,
		"thin":  thousands,
		"plural": func(n int, one, many string) string {
			if n == 1 {
				return "1 " + one
			}
			return thousands(n) + " " + many
		},
		"percent":       func(x float64) string { return fmt.Sprintf("%d %%", int(x*100+1e-6)) }, // never 100 % of what is not the same
		"join":          func(items []string) string { return strings.Join(items, ", ") },
		"pages":         pageRange,
		"layer":         layerName,
		"documentFacts": documentFacts,
		"plainDay":      plainDay.MatchString,
	}
	out := pages{}
	for _, name := range pageNames {
		t := template.New("_layout.html").Funcs(funcs)
		if name == "opensearch" {
			t = template.New("opensearch.html").Funcs(funcs)
		}
		out[name] = template.Must(t.ParseFS(files, "templates/_*.html", "templates/"+name+".html"))
	}
	return out
}

// page serves what h decides, with errors as a page.
func (s *server) page(h func(*server, *gin.Context) (*view, error)) gin.HandlerFunc {
	return func(c *gin.Context) {
		s := s.pinned(c)
		cancel := limit(c, s.cfg.Timeout)
		defer cancel()
		v, err := h(s, c)
		if err != nil {
			s.fail(c, err)
			return
		}
		if v.Redirect != "" {
			c.Redirect(http.StatusSeeOther, v.Redirect)
			return
		}
		body, err := s.pages.render(v)
		if err != nil {
			s.fail(c, err)
			return
		}
		kind := v.Type
		if kind == "" {
			kind = "text/html; charset=utf-8"
		}
		timing(c)
		c.Data(http.StatusOK, kind, body)
	}
}

// render runs a template into memory, so that a fault in it never sends half a page.
func (p pages) render(v *view) ([]byte, error) {
	t := p[v.Template]
	if t == nil {
		return nil, fmt.Errorf("no template %q", v.Template)
	}
	var buf bytes.Buffer
	if err := t.Execute(&buf, v.Page); err != nil {
		return nil, fmt.Errorf("template %s: %w", v.Template, err)
	}
	return buf.Bytes(), nil
}

// layout fills what all pages share.
func (s *server) layout(c *gin.Context, title, nav string) layout {
	cat := s.catalog()
	l := layout{
		Title: title, Nav: nav,
		Corpus:  cat.manifest.Title,
		Version: cat.version,
		Base:    s.base(c.Request),
		ReadURL: "/sources",
	}
	if len(cat.manifest.Sources) == 1 {
		l.ReadURL = sourceURL(cat.manifest.Sources[0].ID)
	}
	return l
}

type problemView struct {
	layout
	Problem  Problem
	Kinds    []problemKindView // all kinds, on the page about one
	Try      []ref             // what may have been meant
	Echo     string            // the query that could not be read
	Before   string            // of it, what stands before the column
	At       string            // and from there on
	ShowHelp bool
}

type problemKindView struct {
	Slug, Title, Detail string
	Status              int
}

// failPage answers with a page that helps on. It needs nothing of the index that may fail.
func (s *server) failPage(c *gin.Context, p Problem) {
	page := problemView{layout: s.layout(c, p.Title, ""), Problem: p}
	page.Robots = "noindex"
	page.Query = clipQuery(c.Query("q"))
	page.ShowHelp = p.Parameter == "q"
	if p.Column > 0 {
		page.Echo = page.Query
		page.Before, page.At = splitAt(page.Query, p.Column)
	}
	if p.Status == http.StatusNotFound {
		page.Try = s.guesses(c.Request.URL.Path)
	}
	body, err := s.pages.render(&view{Template: "problem", Page: page})
	if err != nil {
		s.log.Error("error page", "id", requestID(c), "err", err)
		c.String(p.Status, "%s\n%s\n", p.Title, p.Detail)
		return
	}
	c.Data(p.Status, "text/html; charset=utf-8", body)
}

func clipQuery(q string) string {
	runes := []rune(strings.ToValidUTF8(q, "\uFFFD"))
	return string(runes[:min(len(runes), maxQuery)])
}

// splitAt cuts s before its column-th character, counted from 1.
func splitAt(s string, column int) (before, at string) {
	runes := []rune(s)
	i := min(max(column-1, 0), len(runes))
	return string(runes[:i]), string(runes[i:])
}

// likeOnes of the documents with neighbouring ids are compared with an unknown one.
const likeOnes = 200

// guesses are the documents, actors and sources whose id looks like the end of an address.
func (s *server) guesses(address string) []ref {
	names := map[string]ref{}
	for id, a := range s.catalog().actors {
		names[id] = ref{Text: cite.ActorName(a.Name, a.Kind), URL: "/actor/" + escapePath(id)}
	}
	wanted, isDocument := strings.CutPrefix(address, "/document/")
	if !isDocument {
		wanted = path.Base(address)
	}
	for _, d := range s.index.DocumentsLike(wanted, likeOnes) {
		names[d.Slug] = ref{Text: d.ID, URL: documentURL(d.ID)}
	}
	for id := range s.catalog().sources {
		names[id] = *s.catalog().source(id)
	}
	keys := make([]string, 0, len(names))
	for key := range names {
		keys = append(keys, key)
	}
	var out []ref
	for _, key := range near(wanted, keys, 5) {
		out = append(out, names[key])
	}
	return out
}

// problemPage explains a kind of problem; its address is the problem's type.
func (s *server) problemPage(c *gin.Context) (*view, error) {
	for _, kind := range kinds {
		if kind.slug == c.Param("slug") {
			page := problemView{layout: s.layout(c, kind.title, "")}
			page.Problem = Problem{Title: kind.title, Status: kind.status, Detail: kind.detail}
			for _, k := range kinds {
				page.Kinds = append(page.Kinds, problemKindView{k.slug, k.title, k.detail, k.status})
			}
			return &view{Template: "problem", Page: page}, nil
		}
	}
	return nil, search.ErrNotFound
}

type openSearchView struct{ Base, Corpus string }

func (s *server) openSearch(c *gin.Context) (*view, error) {
	return &view{
		Template: "opensearch",
		Type:     "application/opensearchdescription+xml; charset=utf-8",
		Page:     openSearchView{s.base(c.Request), s.index.Manifest().Title},
	}, nil
}
