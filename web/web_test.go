package web

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// selection is what goquery hands to Each.
type selection = goquery.Selection

func quiet() *slog.Logger { return slog.New(slog.NewTextHandler(io.Discard, nil)) }

// get asks a server over f and returns the answer.
func get(t *testing.T, f *fake, address string, header ...string) *httptest.ResponseRecorder {
	t.Helper()
	return ask(t, New(Config{}, f, quiet()), http.MethodGet, address, header...)
}

func ask(t *testing.T, h http.Handler, method, address string, header ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest(method, address, nil)
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	checkAnswer(t, r, w)
	return w
}

// page asks for a page, checks its status and parses it.
func page(t *testing.T, f *fake, address string, status int) *goquery.Document {
	t.Helper()
	w := get(t, f, address)
	if w.Code != status {
		t.Fatalf("GET %s = %d, want %d\n%s", address, w.Code, status, w.Body)
	}
	if got := w.Header().Get("Content-Type"); got != "text/html; charset=utf-8" {
		t.Fatalf("GET %s has the type %q", address, got)
	}
	doc, err := goquery.NewDocumentFromReader(w.Body)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// has fails unless some element of the selector contains the text.
func has(t *testing.T, doc *goquery.Document, selector, text string) {
	t.Helper()
	found := doc.Find(selector)
	if found.Length() == 0 {
		t.Errorf("nothing matches %s", selector)
		return
	}
	all := strings.Join(strings.Fields(found.Text()), " ")
	if !strings.Contains(all, text) {
		t.Errorf("%s says %q, want %q in it", selector, all, text)
	}
}

func hasNot(t *testing.T, doc *goquery.Document, selector string) {
	t.Helper()
	if n := doc.Find(selector).Length(); n != 0 {
		t.Errorf("%d elements match %s, want none", n, selector)
	}
}

func attr(t *testing.T, doc *goquery.Document, selector, name string) string {
	t.Helper()
	value, ok := doc.Find(selector).First().Attr(name)
	if !ok {
		t.Errorf("%s has no %s", selector, name)
	}
	return value
}

// TestMain gives the tests over the shipped corpus a folder for its index.
func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "ibid-web")
	if err != nil {
		panic(err)
	}
	shippedDir = dir
	code := m.Run()
	os.RemoveAll(dir)
	os.Exit(code)
}
