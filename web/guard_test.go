package web

import (
	"bytes"
	"compress/gzip"
	"net/http"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"ibid/search"
)

// The policy forbids inline script and style: a template that had some would
// look right in a test and be dead in a browser.
func TestTemplatesHaveNothingInline(t *testing.T) {
	entries, err := files.ReadDir("templates")
	if err != nil {
		t.Fatal(err)
	}
	inline := regexp.MustCompile(`(?i)<style|\sstyle=|\son[a-z]+=|javascript:|<script(?:>|\s+[^>]*>[^<\s])`)
	names := map[string]bool{}
	for _, entry := range entries {
		body, err := files.ReadFile("templates/" + entry.Name())
		if err != nil {
			t.Fatal(err)
		}
		names[strings.TrimSuffix(entry.Name(), ".html")] = true
		text := strings.ReplaceAll(string(body), `<script type="application/ld+json">{{.}}</script>`, "") // data, not script
		if found := inline.FindString(text); found != "" {
			t.Errorf("%s has %q", entry.Name(), found)
		}
		if strings.Contains(text, "//cdn") || regexp.MustCompile(`(?:src|href)="https?://`).MatchString(strings.ReplaceAll(text, `href="https://doi.org/`, "")) {
			t.Errorf("%s loads from another host", entry.Name())
		}
	}
	for _, name := range pageNames {
		if !names[name] {
			t.Errorf("page %s has no template", name)
		}
	}
}

// Every template executes against its page struct: a field that is missing is an
// error here, not on a reader's screen. The pages with all their branches are
// asked for elsewhere; this finds a page that nobody asks for.
func TestEveryTemplateExecutes(t *testing.T) {
	structs := map[string]any{
		"search": searchView{}, "passage": passageView{Passage: newFake().passages[1], Source: &ref{}}, "source": sourceView{}, "sources": sourcesView{},
		"documents": documentsView{}, "document": documentView{Document: &newFake().documents()[0]}, "edited": editedView{Source: &ref{}, Document: &newFake().documents()[0]}, "actors": actorsView{},
		"actor": actorView{Actor: &newFake().actors()[0]}, "about": aboutView{Counts: &search.Census{}}, "help": helpView{}, "quote": quoteView{Report: &search.QuoteReport{}}, "api": apiView{},
		"problem": problemView{}, "opensearch": openSearchView{},
	}
	all := parsePages(files, readAssets(files))
	for _, name := range pageNames {
		if structs[name] == nil {
			t.Errorf("template %s has no page struct in this test", name)
			continue
		}
		if _, err := all.render(&view{Template: name, Page: structs[name]}); err != nil {
			t.Error(err)
		}
		if page := reflect.TypeOf(structs[name]); name != "opensearch" {
			for i := range page.NumField() {
				if _, shared := reflect.TypeFor[layout]().FieldByName(page.Field(i).Name); shared {
					t.Errorf("%s.%s hides the field of that name that every page has", page, page.Field(i).Name)
				}
			}
		}
	}
}

// A first visit stays under 100 kB on the wire, scripts and styles included.
func TestWeight(t *testing.T) {
	f := newFake()
	total := 0
	weigh := func(body []byte) {
		var buf bytes.Buffer
		w := gzip.NewWriter(&buf)
		if _, err := w.Write(body); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		total += buf.Len()
	}
	weigh(get(t, f, "/").Body.Bytes())
	for name, body := range readAssets(files).files {
		if !strings.Contains(name, "-ext") && !strings.HasSuffix(name, ".txt") { // letters that most pages have not; the licence of the face
			weigh(body)
		}
		w := get(t, f, "/static/"+readAssets(files).digest+"/"+name)
		if w.Code != http.StatusOK || !strings.Contains(w.Header().Get("Cache-Control"), "immutable") || !bytes.Equal(w.Body.Bytes(), body) {
			t.Errorf("%s = %d, %q", name, w.Code, w.Header().Get("Cache-Control"))
		}
	}
	if total > 75_000 {
		t.Errorf("the first visit weighs %d bytes without hits", total)
	}
	if w := get(t, f, "/static/old/ibid.css"); w.Code != http.StatusOK || w.Header().Get("Cache-Control") != "no-cache" {
		t.Errorf("the style sheet of an older page = %d, %q", w.Code, w.Header().Get("Cache-Control"))
	}
	if w := get(t, f, "/static/x/none.css"); w.Code != http.StatusNotFound {
		t.Errorf("a static file that is not there = %d", w.Code)
	}
}
