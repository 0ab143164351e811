package web

import (
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// Every link, filter and reference of every kind of page leads somewhere, and no
// page says what only a program would.
func TestEveryPageIsSound(t *testing.T) {
	t.Parallel() // it takes long
	h, _ := overShipped(t)
	edition := overEdition(t)
	t.Run("article", func(t *testing.T) {
		t.Parallel()
		soundFrom(t, h, everyPage)
	})
	t.Run("shelf", func(t *testing.T) {
		t.Parallel()
		soundFrom(t, edition, append([]string{"/", "/about"}, editionPages...))
	})
}

// mostAlike addresses that differ in values only are asked for.
const mostAlike = 3

// soundFrom walks from some addresses to all kinds of addresses that they link to.
func soundFrom(t *testing.T, h http.Handler, todo []string) {
	given := len(todo)
	seen, alike, anchors := map[string]bool{}, map[string]int{}, map[string]string{}
	ids := map[string]map[string]bool{}
	for i := 0; i < len(todo); i++ {
		address, _, _ := strings.Cut(todo[i], "#")
		if kind := kindOfAddress(address); seen[address] || i >= given && alike[kind] >= mostAlike {
			continue
		} else {
			alike[kind]++
		}
		seen[address] = true
		w := ask(t, h, http.MethodGet, address)
		if w.Code != http.StatusOK && i >= given {
			t.Errorf("a page leads to %s, which answers %d", address, w.Code)
		}
		if !strings.HasPrefix(w.Header().Get("Content-Type"), "text/html") {
			continue
		}
		doc, err := goquery.NewDocumentFromReader(w.Body)
		if err != nil {
			t.Fatal(err)
		}
		ids[address] = soundIDs(t, address, doc)
		soundWords(t, address, doc)
		soundHeadings(t, address, doc)
		for _, to := range leads(t, address, doc) {
			if at, anchor, ok := strings.Cut(to, "#"); ok {
				anchors[at+"#"+anchor] = address
			}
			todo = append(todo, to)
		}
	}
	for to, from := range anchors {
		at, anchor, _ := strings.Cut(to, "#")
		if ids[at] != nil && !ids[at][anchor] {
			t.Errorf("%s leads to %s, where nothing has that id", from, to)
		}
	}
	if len(seen) < given+50 {
		t.Errorf("only %d addresses were found", len(seen))
	}
}

// kindOfAddress is the first part of the path and the names of the parameters.
func kindOfAddress(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	names := []string{strings.SplitN(u.Path, "/", 3)[1]}
	for name := range u.Query() {
		names = append(names, name)
	}
	slices.Sort(names[1:])
	return strings.Join(names, " ")
}

// leads are the addresses on the server itself that a page leads to, also by choosing a filter.
func leads(t *testing.T, address string, doc *goquery.Document) (out []string) {
	base, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	doc.Find("[href], [src]").Each(func(_ int, e *selection) {
		to, err := base.Parse(e.AttrOr("href", e.AttrOr("src", "")))
		if err != nil || strings.ContainsAny(e.AttrOr("href", ""), " {}<>") {
			t.Errorf("%s has the address %q", address, e.AttrOr("href", e.AttrOr("src", "")))
		} else if to.Host == "" {
			anchor := ""
			if to.Fragment != "" {
				anchor = "#" + to.Fragment
			}
			out = append(out, to.RequestURI()+anchor)
		}
	})
	doc.Find(`.facets input[type="checkbox"]`).Each(func(_ int, e *selection) {
		out = append(out, "/?"+url.Values{e.AttrOr("name", ""): {e.AttrOr("value", "")}}.Encode())
	})
	return out
}

// soundIDs says that ids are unique, and that what refers to one finds it.
func soundIDs(t *testing.T, address string, doc *goquery.Document) map[string]bool {
	ids := map[string]bool{}
	doc.Find("[id]").Each(func(_ int, e *selection) {
		id := e.AttrOr("id", "")
		if ids[id] || id == "" || strings.ContainsAny(id, " \t\n") {
			t.Errorf("%s has the id %q twice, or it is none", address, id)
		}
		ids[id] = true
	})
	for _, name := range []string{"for", "aria-labelledby", "aria-describedby", "aria-controls"} {
		doc.Find("[" + name + "]").Each(func(_ int, e *selection) {
			for _, id := range strings.Fields(e.AttrOr(name, "")) {
				if !ids[id] {
					t.Errorf("%s: %s names %q, which is not there", address, name, id)
				}
			}
		})
	}
	return ids
}

var (
	ofPrograms  = regexp.MustCompile(`%!|\{0x|0xc0|map\[|<nil>|\bNaN\b|\[object |\bundefined\b|ZgotmplZ|<no value>`)
	wrongPlural = regexp.MustCompile(`(^|[^\d.,\x{202f}])1 (passages|lines|documents|actors|times|matches|places|rows|more passages)\b`)
)

func soundWords(t *testing.T, address string, doc *goquery.Document) {
	whole, err := doc.Html()
	if err != nil {
		t.Fatal(err)
	}
	if bad := ofPrograms.FindString(whole); bad != "" {
		t.Errorf("%s says %q", address, bad)
	}
	doc.Find("p, li, dd, dt, h1, h2, h3, td, th, label, a, summary, [aria-label], title").Each(func(_ int, e *selection) {
		for _, words := range []string{strings.Join(strings.Fields(e.Text()), " "), e.AttrOr("aria-label", "")} {
			if bad := wrongPlural.FindString(words); bad != "" {
				t.Errorf("%s says %q", address, bad)
			}
		}
	})
	doc.Find("time").Each(func(_ int, e *selection) {
		if at := e.AttrOr("datetime", ""); !plainDay.MatchString(at) {
			t.Errorf("%s has a time of %q", address, at)
		}
	})
	doc.Find("ul, ol, dl, h1, h2, h3, h4, p.lede, p.edited, figure, section, blockquote").Each(func(_ int, e *selection) {
		if text := strings.TrimSpace(e.Text()); text == "" || e.Is("p") && strings.HasPrefix(text, ",") {
			t.Errorf("%s has an element %s of class %q with the text %q", address, goquery.NodeName(e), e.AttrOr("class", ""), text)
		}
	})
}

// soundHeadings says that there is one first heading and that none below skips a level.
func soundHeadings(t *testing.T, address string, doc *goquery.Document) {
	last, firsts := 0, 0
	doc.Find("h1, h2, h3, h4, h5, h6").Each(func(_ int, e *selection) {
		level := int(goquery.NodeName(e)[1] - '0')
		if level > last+1 {
			t.Errorf("%s: %q is a heading of level %d behind one of %d", address, strings.TrimSpace(e.Text()), level, last)
		}
		if last = level; level == 1 {
			firsts++
		}
	})
	if firsts != 1 {
		t.Errorf("%s has %d headings of level 1", address, firsts)
	}
}
