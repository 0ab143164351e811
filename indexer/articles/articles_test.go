package articles

import (
	"encoding/json"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"ibid/corpus/edtf"
)

var fields = map[string]string{"id": "id", "title": "about.title", "from": "authors.name", "date": "year", "number": "n",
	"section": "volume", "url": "link", "language": "lang", "first_page": "first", "pages": "pages"}

// all reads every article of a text.
func all(text string) ([]*Article, error) {
	var out []*Article
	for a, err := range Read(strings.NewReader(text), Options{Fields: fields}) {
		if err != nil {
			return out, err
		}
		out = append(out, a)
	}
	return out, nil
}

func TestRead(t *testing.T) {
	got, err := all("\ufeff" + `{"id": "JSTOR:1", "about": {"title": "On  Comets"}, "authors": [{"name": "A. Abel"}, {"name": "B. Dorn"}], "year": 1677, "n": 7, "volume": 12, "link": "https://example.org", "lang": "la", "first": "203", "pages": ["One\n", "", "Two\fhalf"]}

{"id": "jstor 1", "year": "987", "pages": "Text", "authors": null}
{"about": {"title": "Plate"}, "year": "about 1700", "pages": []}`)
	if err != nil || len(got) != 3 {
		t.Fatalf("Read = %d articles, %v", len(got), err)
	}
	a := got[0]
	if d := a.Document; d.ID != "jstor-1" || d.Title != "On Comets" || d.From != "A. Abel; B. Dorn" || d.Date != "1677" || d.Number != "7" || d.URL != "https://example.org" || d.File != "line 1" {
		t.Errorf("document %+v", d)
	}
	if a.Section != "12" || a.Language != "la" || a.FirstPage != "203" || a.Pages != 3 || string(a.Text) != "One\n\f\fTwo\nhalf\n" {
		t.Errorf("article %+v with text %q", a, a.Text)
	}
	if b := got[1]; b.Document.ID != "jstor-1-2" || b.Document.Date != "0987" || b.Line != 3 || string(b.Text) != "Text\n" || b.Pages != 1 {
		t.Errorf("article %+v with text %q", b, b.Text)
	}
	if c := got[2]; c.Document.ID != "line4" || c.Document.Date != "" || len(c.Problems) != 1 || !strings.Contains(c.Problems[0].Message, `"about 1700"`) {
		t.Errorf("article %+v", c)
	}
}

func TestReadFaults(t *testing.T) {
	for text, want := range map[string]string{
		"{\"pages\": \"a\"}\n{\"pages\": ":   "line 2: the line is no JSON",
		"[1]":                                "line 1: the line is no JSON object",
		"<xml/>":                             "line 1: the line is no JSON",
		`{"pages": ""}`:                      `neither text under "pages" nor a title`,
		`{"pages": 12, "text": "x"} {"a":1}`: "more than one JSON object",
		`{"text": "x"}`:                      `neither text under "pages"`,
		`{"pages": ` + strings.Repeat("[", 50_000) + strings.Repeat("]", 50_000) + "}": "no JSON",
	} {
		if _, err := all(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Read(%.40q) = %v, want %q", text, err, want)
		}
	}
	broken := io.MultiReader(strings.NewReader("{\"pages\": \"a\"}\n{\"pa"), iotest.ErrReader(errors.New("the disk is gone")))
	n := 0
	for _, err := range Read(broken, Options{Fields: fields}) {
		if n++; n == 2 && (err == nil || !strings.Contains(err.Error(), "line 2: the disk is gone")) {
			t.Errorf("a reader that breaks off gives %v", err)
		}
	}
}

// FuzzRead: any line is an article whose text is that of its pages, or an error
// with a line, never both; identifiers can stand in addresses and are given once.
func FuzzRead(f *testing.F) {
	f.Add(`{"id": "a", "year": 1700, "pages": ["x", "y"]}` + "\n" + `{"id": "a", "pages": "z"}`)
	f.Add(`{"id": {"x": ["-"]}, "pages": [["deep", null, 3], true]}`)
	f.Add("\n\r\n{}")
	f.Fuzz(func(t *testing.T, text string) {
		got, err := all(text)
		if err != nil && !strings.HasPrefix(err.Error(), "line ") {
			t.Errorf("an error without a line: %v", err)
		}
		lines := strings.Split(text, "\n")
		seen := map[string]bool{}
		for _, a := range got {
			if id := a.Document.ID; id == "" || seen[id] || strings.Trim(id, "abcdefghijklmnopqrstuvwxyz0123456789-_") != "" {
				t.Errorf("the identifier %q is empty, comes twice or cannot stand in an address", id)
			}
			seen[a.Document.ID] = true
			if a.Document.Date != "" {
				if _, err := edtf.Parse(a.Document.Date); err != nil {
					t.Errorf("the date %q is none: %v", a.Document.Date, err)
				}
			}
			if feeds := strings.Count(string(a.Text), "\f"); feeds != max(a.Pages-1, 0) {
				t.Errorf("%d pages have %d form feeds between them", a.Pages, feeds)
			}
			var line struct{ Pages []string }
			if json.Unmarshal([]byte(strings.TrimPrefix(lines[a.Line-1], "\ufeff")), &line) == nil && len(line.Pages) > 0 {
				if want := squeeze(strings.Join(line.Pages, " ")); squeeze(string(a.Text)) != want {
					t.Errorf("the text is %q, the pages have %q", a.Text, want)
				}
			}
		}
	})
}

// squeeze is s without white space.
func squeeze(s string) string { return strings.Join(strings.Fields(s), "") }
