package web

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	_ "embed" // for fields.json
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"
	"github.com/invopop/jsonschema"

	"ibid/corpus"
	"ibid/search"
)

// fieldTexts are the comments of the Go types that the API answers with, by type
// and field. They are taken from the source by a test, which fails where this file
// no longer says the same: go test -run TestFieldTexts -update ./web
//
//go:embed fields.json
var fieldTexts []byte

// An apiDocument is the OpenAPI 3.1 document of the API
// (https://spec.openapis.org/oas/v3.1.1.html), made from the table of endpoints.
type apiDocument struct {
	body []byte
	etag string
}

// Parts of an OpenAPI document, as far as this one has them.
type (
	openAPI struct {
		OpenAPI    string                          `json:"openapi"`
		Info       openAPIInfo                     `json:"info"`
		Servers    []map[string]string             `json:"servers"`
		Paths      map[string]map[string]operation `json:"paths"`
		Components map[string]any                  `json:"components"`
	}
	openAPIInfo struct {
		Title       string `json:"title"`
		Version     string `json:"version"`
		Description string `json:"description"`
	}
	operation struct {
		OperationID string             `json:"operationId"`
		Summary     string             `json:"summary"`
		Description string             `json:"description,omitempty"`
		Parameters  []openAPIParameter `json:"parameters,omitempty"`
		RequestBody *openAPIBody       `json:"requestBody,omitempty"`
		Responses   map[string]any     `json:"responses"`
	}
	openAPIParameter struct {
		Name        string         `json:"name"`
		In          string         `json:"in"`
		Description string         `json:"description"`
		Required    bool           `json:"required,omitempty"`
		Schema      map[string]any `json:"schema"`
	}
	openAPIBody struct {
		Required bool           `json:"required"`
		Content  map[string]any `json:"content"`
	}
	openAPIResponse struct {
		Description string         `json:"description"`
		Headers     map[string]any `json:"headers,omitempty"`
		Content     map[string]any `json:"content,omitempty"`
	}
)

// newAPIDocument panics where the table cannot be written, which a test would show.
func newAPIDocument(build string) *apiDocument {
	schemas, refs := schemasOf(append([]any{Problem{}}, resultsOf(endpoints())...))
	doc := openAPI{
		OpenAPI: "3.1.1",
		Info: openAPIInfo{"ibid", cmp.Or(build, "0"), "Full-text search of a corpus of sources. Every answer names the index version that gave it (X-Ibid-Index). " +
			"Errors are problem details (RFC 9457), each with a sentence that says what to do. Answers have an ETag and can be asked for again with If-None-Match."},
		Servers:    []map[string]string{{"url": "/"}},
		Paths:      map[string]map[string]operation{},
		Components: map[string]any{"schemas": schemas},
	}
	for _, e := range endpoints() {
		if doc.Paths[e.path] == nil {
			doc.Paths[e.path] = map[string]operation{}
		}
		doc.Paths[e.path][strings.ToLower(e.method)] = e.operation(refs)
	}
	body, err := encode(doc)
	if err != nil {
		panic(err)
	}
	sum := sha256.Sum256(body)
	return &apiDocument{body, `"` + hex.EncodeToString(sum[:12]) + `"`}
}

func resultsOf(table []*endpoint) []any {
	var out []any
	for _, e := range table {
		if e.result != nil {
			out = append(out, e.result)
		}
	}
	return out
}

func (e *endpoint) operation(refs map[reflect.Type]any) operation {
	op := operation{OperationID: e.name, Summary: e.title, Description: e.text, Responses: map[string]any{}}
	var inBody parameters
	for _, p := range e.params {
		if p.in == "body" {
			inBody = append(inBody, p)
			continue
		}
		op.Parameters = append(op.Parameters, openAPIParameter{p.name, cmp.Or(p.in, "query"), p.text, p.required, p.schema()})
	}
	if len(inBody) > 0 {
		op.RequestBody = &openAPIBody{true, inBody.content()}
	}
	content := map[string]any{}
	if e.result != nil {
		content["application/json"] = map[string]any{"schema": refs[reflect.TypeOf(e.result)]}
	}
	for _, media := range e.media {
		kind, _, _ := strings.Cut(media, ";")
		content[kind] = map[string]any{"schema": mediaSchemas[kind]}
	}
	op.Responses["200"] = openAPIResponse{e.title, headerTexts("X-Ibid-Index", "Version of the index that answered."), content}
	if e.method == http.MethodGet {
		op.Responses["304"] = openAPIResponse{Description: "The answer that If-None-Match names is still good."}
	}
	problem := map[string]any{"application/problem+json": map[string]any{"schema": refs[reflect.TypeFor[Problem]()]}}
	for _, status := range e.statuses() {
		response := openAPIResponse{Description: problemTitles(status), Content: problem}
		if status == http.StatusTooManyRequests || status == http.StatusServiceUnavailable {
			response.Headers = headerTexts("Retry-After", "Seconds to wait.")
		}
		op.Responses[fmt.Sprint(status)] = response
	}
	return op
}

// mediaSchemas are the schemas of answers that are no object; a JSON schema says
// little of tables and nothing of JSON lines, each of which is a Passage.
var mediaSchemas = map[string]map[string]any{
	"application/jsonl":                       {"description": "Each line is a Passage; with meta=yes the first is an object with the key meta."},
	"text/csv":                                {"type": "string"},
	"application/x-bibtex":                    {"type": "string"},
	"application/x-research-info-systems":     {"type": "string"},
	"application/vnd.citationstyles.csl+json": {"type": "array", "items": map[string]any{"type": "object"}},
	"application/tei+xml":                     {"type": "string"},
}

func headerTexts(name, text string) map[string]any {
	return map[string]any{name: map[string]any{"description": text, "schema": map[string]any{"type": "string"}}}
}

// problemTitles are the problems that have a status.
func problemTitles(status int) string {
	var titles []string
	for _, kind := range kinds {
		if kind.status == status {
			titles = append(titles, kind.title)
		}
	}
	return strings.Join(titles, ". ") + "."
}

// schema says which values a parameter may have.
func (p *parameter) schema() map[string]any {
	one := map[string]any{"type": "string"}
	switch {
	case p.most > 0:
		one = map[string]any{"type": "integer", "minimum": p.least, "maximum": p.most}
	case len(p.allowed) > 0:
		one["enum"] = p.allowed
	default:
		one["maxLength"] = cmp.Or(p.longest, maxValue)
	}
	if p.many {
		return map[string]any{"type": "array", "items": one, "maxItems": p.mostTimes()}
	}
	switch {
	case p.fallback == "":
	case p.most > 0:
		one["default"] = json.RawMessage(p.fallback)
	default:
		one["default"] = p.fallback
	}
	return one
}

// content are the forms in which the parameters of a body can be sent.
func (ps parameters) content() map[string]any {
	properties, required := map[string]any{}, []string{}
	for _, p := range ps {
		schema := p.schema()
		schema["description"] = p.text
		properties[p.name] = schema
		if p.required {
			required = append(required, p.name)
		}
	}
	object := map[string]any{"schema": map[string]any{"type": "object", "properties": properties, "required": required}}
	return map[string]any{
		"application/json":                  object,
		"application/x-www-form-urlencoded": object,
		"text/plain":                        map[string]any{"schema": map[string]any{"type": "string"}},
	}
}

// closedTypes are string types that have few values; where a field may be empty, "" is one.
var closedTypes = map[reflect.Type][]any{
	reflect.TypeFor[corpus.Kind]():         {corpus.Heading, corpus.Paragraph, corpus.Footnote, corpus.Quotation},
	reflect.TypeFor[corpus.Nature]():       {corpus.OfDocument, corpus.OfScholarship, corpus.OfTerm, ""},
	reflect.TypeFor[corpus.CitationKind](): {corpus.CitesDocument, corpus.CitesWork},
	reflect.TypeFor[corpus.ActorKind]():    {corpus.Person, corpus.State, corpus.Body, ""},
	reflect.TypeFor[corpus.Format]():       {corpus.Text, corpus.TEI, corpus.Markdown},
	reflect.TypeFor[search.Layer]():        {search.Exact, search.Stem, search.Variant, search.Similar, ""},
	reflect.TypeFor[search.Verdict]():      {search.QuoteExact, search.QuoteNear, search.QuoteNone},
	reflect.TypeFor[search.Version]():      {search.OfReading, search.OfPrint},
	reflect.TypeFor[search.PieceKind]():    {search.PieceSame, search.PieceQuery, search.PieceSource, search.PieceOmitted},
}

// schemasOf makes JSON schemas of Go types, and for each type what refers to its schema.
func schemasOf(values []any) (schemas map[string]json.RawMessage, refs map[reflect.Type]any) {
	nullable := map[[2]string]bool{} // type and key of a pointer that may be null
	r := jsonschema.Reflector{
		Anonymous: true,
		Mapper: func(t reflect.Type) *jsonschema.Schema {
			if allowed := closedTypes[t]; allowed != nil {
				return &jsonschema.Schema{Type: "string", Enum: allowed}
			}
			return nil
		},
		LookupComment: func(t reflect.Type, name string) string {
			if t.Kind() != reflect.Struct {
				return ""
			}
			if f, ok := t.FieldByName(name); ok && f.Type.Kind() == reflect.Pointer && !strings.Contains(f.Tag.Get("json"), "omitempty") {
				nullable[[2]string{t.Name(), f.Tag.Get("json")}] = true
			}
			return ""
		},
	}
	if err := json.Unmarshal(fieldTexts, &r.CommentMap); err != nil {
		panic(err)
	}
	schemas, refs = map[string]json.RawMessage{}, map[reflect.Type]any{}
	for _, v := range values {
		for name, schema := range r.Reflect(v).Definitions {
			for pair := schema.Properties.Oldest(); pair != nil; pair = pair.Next() {
				if nullable[[2]string{name, pair.Key}] {
					pair.Value = &jsonschema.Schema{AnyOf: []*jsonschema.Schema{pair.Value, {Type: "null"}}}
				}
			}
			text, err := json.Marshal(schema)
			if err != nil {
				panic(err)
			}
			schemas[name] = bytes.ReplaceAll(text, []byte("#/$defs/"), []byte("#/components/schemas/"))
		}
		t := reflect.TypeOf(v)
		refs[t] = map[string]string{"$ref": "#/components/schemas/" + t.Name()}
	}
	return schemas, refs
}

// openAPI answers with the document.
func (s *server) openAPI(c *gin.Context) {
	c.Header("Cache-Control", "no-cache")
	c.Header("ETag", s.api.etag)
	if matchesTag(c.GetHeader("If-None-Match"), s.api.etag) {
		c.Status(http.StatusNotModified)
		return
	}
	timing(c)
	c.Data(http.StatusOK, "application/json; charset=utf-8", s.api.body)
}

// An apiView is the page about the API.
type apiView struct {
	layout
	Endpoints []endpointView
	Problems  []problemKindView
}

// An endpointView is an address of the API as readers see it.
type endpointView struct {
	ID, Method, Path, Title, Text string
	Parameters                    []parameterView
	Answers                       []string // media types
	Examples                      []exampleView
}

type parameterView struct {
	Name, Text, Fallback, Values string
	Many, Required, InBody       bool
}

// An exampleView is an example as a command of a shell; URL is "" for a POST.
type exampleView struct{ Finds, URL, Command string }

func (s *server) apiPage(c *gin.Context) (*view, error) {
	v := apiView{layout: s.layout(c, "For programs", "help")}
	for _, k := range kinds {
		v.Problems = append(v.Problems, problemKindView{k.slug, k.title, k.detail, k.status})
	}
	for _, e := range endpoints() {
		v.Endpoints = append(v.Endpoints, e.view(v.Base))
	}
	return &view{Template: "api", Page: v}, nil
}

func (e *endpoint) view(base string) endpointView {
	out := endpointView{ID: e.name, Method: e.method, Path: e.path, Title: e.title, Text: e.text}
	for _, p := range e.params {
		out.Parameters = append(out.Parameters, parameterView{Name: p.name, Text: p.text, Fallback: p.fallback, Values: p.values(),
			Many: p.many, Required: p.required, InBody: p.in == "body"})
	}
	if e.result != nil {
		out.Answers = append(out.Answers, "application/json")
	}
	for _, media := range e.media {
		kind, _, _ := strings.Cut(media, ";")
		out.Answers = append(out.Answers, kind)
	}
	for _, x := range e.examples {
		example := exampleView{Finds: x.finds, URL: x.address, Command: "curl '" + base + x.address + "'"}
		if e.method == http.MethodPost {
			example.URL = ""
			example.Command = "curl -H 'Content-Type: application/json' -d '" + x.body + "' '" + base + x.address + "'"
		}
		out.Examples = append(out.Examples, example)
	}
	return out
}

// values says in words which values a parameter may have, "" for any text.
func (p *parameter) values() string {
	switch {
	case p.most > 0:
		return fmt.Sprintf("%d to %d", p.least, p.most)
	case len(p.allowed) > 0:
		return orList(slices.Clone(p.allowed))
	}
	return ""
}
