package web

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
)

// hostileValues are what no parameter expects.
var hostileValues = []string{
	"", " ", "0", "-1", "1", "101", "1e9", "99999999999999999999", "NaN", "true", "null", "[]", "{}", "'", `"`, `"""`, "(", ")))", "~", "*", "?", "\\", "/", "//", "%", "%00", "%ff",
	"\x00", "\xff\xfe", "\r\nX-Injected: 1", "\u202e", "\ufeff", "\U0010ffff", "../../etc/passwd", "<script>alert(1)</script>", "' OR 1=1 --", "${jndi:x}", "{{.}}",
	"a*", "*a", "a~9", "a AND", "NOT", "actor:", "actor:nobody", "date:", "date:9999..0001", "NEAR", `"a b"~999999`, strings.Repeat("(", 3000), strings.Repeat("a ", 900), strings.Repeat("a ", 1900),
	strings.Repeat("é", 1999), strings.Repeat("x", 5001), "1939-13-45", "0000", "-9999", "9999999-01", "../1939", "1939/..", "193X", "XXXX", "1939?", "AAAAAAAAAAA", "ZIRwL51wq54j",
	"leem", "paragraph", "csv", "json", "tei", "date", "exact", "political base", "GK 362", "=cmd|' /C calc'!A0", "the",
}

// Every parameter of every endpoint is given every hostile value, over the shipped
// corpus: no fault of the server, and no answer that the document does not describe.
func TestHostileParameters(t *testing.T) {
	t.Parallel() // it takes long
	h, _ := overShipped(t)
	asked := 0
	try := func(e *endpoint, r *http.Request) {
		asked++
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code >= 500 {
			t.Errorf("%s %s = %d: %s", r.Method, clip(r.URL.String()), w.Code, w.Body)
		}
		if w.Header().Get("X-Injected") != "" {
			t.Errorf("%s %s put a header into the answer", r.Method, clip(r.URL.String()))
		}
		checkAnswer(t, r, w)
	}
	for _, e := range endpoints() {
		for _, p := range e.params {
			for _, value := range hostileValues {
				try(e, hostileRequest(e, p, value))
			}
			if p.in == "" {
				double := hostileRequest(e, p, "1")
				double.URL.RawQuery += "&" + p.name + "=2"
				try(e, double)
			}
		}
		for _, raw := range []string{"%", "a=%zz", "&&&=", ";", "unknown=1", "q=1;size=2", strings.Repeat("kind=heading&", 300)} {
			r := hostileRequest(e, parameter{name: "none"}, "")
			r.URL.RawQuery = raw
			try(e, r)
		}
	}
	t.Logf("%d requests", asked)
}

// hostileRequest gives a value to one parameter, and what is needed to the others.
func hostileRequest(e *endpoint, p parameter, value string) *http.Request {
	id, body := "leem/p001", ""
	query := url.Values{}
	switch {
	case p.in == "path":
		id = value
	case p.in == "body":
		body = value
	case p.name != "none":
		query.Set(p.name, value)
	}
	if e.body > 0 && body == "" {
		body = "base"
	}
	if e.name == "quote" && p.name != "text" {
		query.Set("text", "base")
	}
	r := httptest.NewRequest(e.method, "/", strings.NewReader(body))
	r.URL = &url.URL{Path: strings.ReplaceAll(e.path, "{id}", id), RawQuery: query.Encode()}
	if e.body > 0 {
		r.Header.Set("Content-Type", "text/plain")
	}
	return r
}

// Bodies that are not what they say, or too large, are refused with a problem.
func TestHostileBodies(t *testing.T) {
	h, _ := overShipped(t)
	tests := []struct {
		path, media, body string
		status            int
	}{
		{"/api/v1/quote", "application/json", `{`, 400},
		{"/api/v1/quote", "application/json", `[]`, 400},
		{"/api/v1/quote", "application/json", `null`, 400},
		{"/api/v1/quote", "application/json", `{"text": {"a": 1}}`, 400},
		{"/api/v1/quote", "application/json", `{"text": ["a", "b"]}`, 400},
		{"/api/v1/quote", "application/json", `{"text": "a", "more": "b"}`, 400},
		{"/api/v1/quote", "application/json", strings.Repeat("[", 20_000), 400},
		{"/api/v1/quote", "application/json", `{"text": 7}`, 200},
		{"/api/v1/quote", "application/x-www-form-urlencoded", `text=%zz`, 400},
		{"/api/v1/quote", "application/x-www-form-urlencoded", `text=political+base`, 200},
		{"/api/v1/quote", "text/plain; charset=utf-8", "political base", 200},
		{"/api/v1/quote", "text/plain", "", 400},
		{"/api/v1/quote", "image/png", "x", 415},
		{"/api/v1/quote", "", "x", 415},
		{"/api/v1/quote", "text/plain", strings.Repeat("x ", 60_000), 413},
		{"/api/v1/quote", "text/plain", strings.Repeat("x ", 6_000), 400},
		{"/api/v1/batch", "application/json", `{"queries": []}`, 400},
		{"/api/v1/batch", "application/json", `{"queries": "base"}`, 200},
		{"/api/v1/batch", "application/json", `{"queries": ["base", "\"open", "kind:chapter"], "kind": "paragraph"}`, 200},
		{"/api/v1/batch", "text/plain", strings.Repeat("base\n", 101), 400},
		{"/api/v1/batch", "text/plain", strings.Repeat("base\n", 100), 200},
		{"/api/v1/batch", "text/plain", strings.Repeat("x", 2<<20), 413},
	}
	for _, test := range tests {
		r := httptest.NewRequest(http.MethodPost, test.path, strings.NewReader(test.body))
		r.Header.Set("Content-Type", test.media)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		checkAnswer(t, r, w)
		if w.Code != test.status {
			t.Errorf("POST %s %s %s = %d, want %d: %.300s", test.path, test.media, clip(test.body), w.Code, test.status, w.Body)
		}
	}
}

// FuzzAPI asks any endpoint with any query and body.
func FuzzAPI(f *testing.F) {
	f.Add(0, "q=a&size=3&kind=heading", "")
	f.Add(3, "size=2&format=csv", `{"queries": ["a", "b"]}`)
	f.Add(5, "text=%22", "")
	f.Add(6, "", "a\nb")
	table := endpoints()
	h := New(Config{}, newFake(), quiet())
	f.Fuzz(func(t *testing.T, which int, raw, body string) {
		e := table[uint(which)%uint(len(table))]
		r := httptest.NewRequest(e.method, "/", strings.NewReader(body))
		r.URL = &url.URL{Path: strings.ReplaceAll(e.path, "{id}", "hale/p01"), RawQuery: raw}
		r.Header.Set("Content-Type", []string{"application/json", "text/plain", "application/x-www-form-urlencoded"}[uint(which)%3])
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code >= 500 {
			t.Fatalf("%s %s = %d: %s", e.method, r.URL, w.Code, w.Body)
		}
		checkAnswer(t, r, w)
	})
}
