package web

import (
	"bytes"
	"encoding/json"
	"flag"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/invopop/jsonschema"
	"github.com/pb33f/libopenapi"
	validator "github.com/pb33f/libopenapi-validator"
)

var update = flag.Bool("update", false, "rewrite golden files")

// The descriptions in the OpenAPI document are the comments of the Go types.
func TestFieldTexts(t *testing.T) {
	var r jsonschema.Reflector
	for pkg, dir := range map[string]string{"corpus": "../corpus", "search": "../search", "web": "."} {
		if err := r.AddGoComments("ibid/web", dir); err != nil {
			t.Fatalf("comments of %s: %v", pkg, err)
		}
	}
	schemas, _ := schemasOf(append([]any{Problem{}}, resultsOf(endpoints())...))
	texts := map[string]string{}
	for key, text := range r.CommentMap {
		parts := strings.Split(key, ".")
		if _, ok := schemas[parts[1]]; ok && text != "" {
			texts[key] = strings.Join(strings.Fields(text), " ")
		}
	}
	want, err := json.MarshalIndent(texts, "", "\t")
	if err != nil {
		t.Fatal(err)
	}
	want = append(want, '\n')
	if *update {
		if err := os.WriteFile("fields.json", want, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if !bytes.Equal(want, fieldTexts) {
		t.Error("fields.json is not what the comments say; go test -run TestFieldTexts -update ./web")
	}
	if len(texts) < 100 {
		t.Errorf("only %d texts", len(texts))
	}
}

// documentOnce is the validator over the document that is served.
var documentOnce = sync.OnceValues(func() (validator.Validator, []error) {
	doc, err := libopenapi.NewDocument(newAPIDocument("test").body)
	if err != nil {
		return nil, []error{err}
	}
	return validator.NewValidator(doc)
})

func documentValidator(t testing.TB) validator.Validator {
	t.Helper()
	v, errs := documentOnce()
	if len(errs) > 0 {
		t.Fatalf("the OpenAPI document cannot be read: %v", errs)
	}
	return v
}

func TestOpenAPIDocument(t *testing.T) {
	if ok, errs := documentValidator(t).ValidateDocument(); !ok {
		for _, err := range errs {
			t.Errorf("%s: %s", err.Message, err.Reason)
			for _, cause := range err.SchemaValidationErrors {
				t.Errorf("  %s at %s", cause.Reason, cause.KeywordLocation)
			}
		}
	}
	w := get(t, newFake(), "/api/v1/openapi.json")
	var doc struct {
		OpenAPI string
		Paths   map[string]map[string]struct{ OperationID string }
	}
	if err := json.Unmarshal(w.Body.Bytes(), &doc); err != nil || !strings.HasPrefix(doc.OpenAPI, "3.1") {
		t.Fatalf("%d, %v: version %q", w.Code, err, doc.OpenAPI)
	}
	if strings.Contains(w.Body.String(), "$defs") {
		t.Error("a schema refers to what is not in the document")
	}
	if again := get(t, newFake(), "/api/v1/openapi.json", "If-None-Match", w.Header().Get("ETag")); again.Code != http.StatusNotModified {
		t.Errorf("asked again: %d", again.Code)
	}
}

// The document has every route of the API and no other.
func TestOpenAPIRoutes(t *testing.T) {
	documented := map[string]bool{"GET /api/v1/openapi.json": true}
	for _, e := range endpoints() {
		documented[e.method+" "+e.route()] = true
	}
	srv := &server{&site{cfg: Config{}.withDefaults(), log: quiet(), views: nil}, newFake()}
	srv.assets = readAssets(files)
	for _, route := range srv.routes().Routes() {
		if !strings.HasPrefix(route.Path, "/api/") || route.Method == http.MethodHead || route.Method == http.MethodOptions {
			continue
		}
		key := route.Method + " " + route.Path
		if !documented[key] {
			t.Errorf("%s is not in the table", key)
		}
		delete(documented, key)
	}
	for _, key := range slices.Sorted(maps.Keys(documented)) {
		t.Errorf("%s is in the table and has no route", key)
	}
}

// checkAnswer fails where an answer of the API is not what the document says.
func checkAnswer(t testing.TB, r *http.Request, w *httptest.ResponseRecorder) {
	t.Helper()
	if !strings.HasPrefix(r.URL.Path, "/api/") || r.Method == http.MethodHead || r.Method == http.MethodOptions || w.Header().Get("Content-Encoding") != "" {
		return
	}
	e := endpointOf(r)
	if e == nil {
		return // no such address or method; openapi.json itself
	}
	answer := w.Result()
	switch kind, _, _ := strings.Cut(answer.Header.Get("Content-Type"), ";"); {
	case w.Code != http.StatusOK || strings.HasSuffix(kind, "json"):
		checkBody(t, r, e.path, answer, w.Body.Bytes())
	case kind == "application/jsonl":
		answer.Header.Set("Content-Type", "application/json")
		for line := range bytes.Lines(w.Body.Bytes()) {
			if r.URL.Query().Get("meta") == "yes" && bytes.HasPrefix(line, []byte(`{"meta":`)) {
				continue
			}
			checkBody(t, r, "/api/v1/passages/{id}", answer, line)
		}
	case !slices.ContainsFunc(e.media, func(media string) bool { return strings.HasPrefix(media, kind) }):
		t.Errorf("%s %s answers as %s, which is not documented", r.Method, clip(r.URL.String()), kind)
	}
}

// checkBody compares an answer with what the document says of a path.
func checkBody(t testing.TB, r *http.Request, path string, answer *http.Response, body []byte) {
	t.Helper()
	asked := r.Clone(r.Context())
	asked.URL.Path, asked.URL.RawPath = strings.ReplaceAll(path, "{id}", "x"), ""
	answer.Body = io.NopCloser(bytes.NewReader(body))
	ok, errs := documentValidator(t).ValidateHttpResponse(asked, answer)
	if ok {
		return
	}
	for _, err := range errs {
		t.Errorf("%s %s = %d is not as documented: %s: %s", r.Method, clip(r.URL.String()), answer.StatusCode, err.Message, err.Reason)
		for _, cause := range err.SchemaValidationErrors {
			t.Errorf("  %s at %s", cause.Reason, cause.FieldPath)
		}
	}
	t.Logf("%.500s", body)
}

// endpointOf is the row of the table that answers a request, nil if there is none.
func endpointOf(r *http.Request) *endpoint {
	for _, e := range endpoints() {
		prefix, _, hasID := strings.Cut(e.path, "{id}")
		if e.method == r.Method && (r.URL.Path == e.path || hasID && strings.HasPrefix(r.URL.Path, prefix)) {
			return e
		}
	}
	return nil
}

// A response that the document does not describe is noticed: the checks of all
// other tests rest on that.
func TestAnswersAreChecked(t *testing.T) {
	for name, body := range map[string]string{
		"no JSON": `{`, "a key is missing": `{"q": "x"}`, "a list is null": `{"q": "x", "suggestions": null}`,
		"a key too many": `{"q": "x", "suggestions": [], "more": 1}`, "a wrong type": `{"q": 1, "suggestions": []}`,
	} {
		w := httptest.NewRecorder()
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		w.WriteHeader(http.StatusOK)
		w.WriteString(body)
		answer := w.Result()
		if ok, _ := documentValidator(t).ValidateHttpResponse(httptest.NewRequest(http.MethodGet, "/api/v1/suggest", nil), answer); ok {
			t.Errorf("an answer in which %s passes: %s", name, body)
		}
	}
	w := httptest.NewRecorder()
	w.WriteHeader(http.StatusTeapot)
	if ok, _ := documentValidator(t).ValidateHttpResponse(httptest.NewRequest(http.MethodGet, "/api/v1/suggest", nil), w.Result()); ok {
		t.Error("a status that is not documented passes")
	}
}

// Every example of the table answers, over the shipped corpus, and finds something.
func TestExamples(t *testing.T) {
	h, _ := overShipped(t)
	page := ask(t, h, http.MethodGet, "/api").Body.String()
	for _, e := range endpoints() {
		if !strings.Contains(page, e.path) {
			t.Errorf("the page about the API leaves out %s", e.path)
		}
		for _, x := range e.examples {
			r := httptest.NewRequest(e.method, x.address, strings.NewReader(x.body))
			r.Header.Set("Content-Type", "application/json")
			w := httptest.NewRecorder()
			h.ServeHTTP(w, r)
			checkAnswer(t, r, w)
			if w.Code != http.StatusOK || w.Body.Len() < 100 || strings.HasPrefix(w.Body.String(), `{"total":0`) || strings.Contains(w.Body.String(), `"verdict":"none"`) {
				t.Errorf("%s %s = %d: %.300s", e.method, x.address, w.Code, w.Body)
			}
		}
	}
}
