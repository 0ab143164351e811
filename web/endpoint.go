package web

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"
)

// An endpoint is an address of the API. The routes, the reading of parameters,
// the OpenAPI document and the page about the API are all made of the table in
// endpoints.go: what is documented is what is served.
type endpoint struct {
	method   string // GET, which stands for HEAD too, or POST
	path     string // as in OpenAPI: "/api/v1/passages/{id}"
	name     string // operationId
	title    string // what it gives, in a few words
	text     string // more of it, in sentences; "" if there is none
	params   parameters
	body     int            // most bytes of a body; 0 for an address that takes none
	result   any            // zero value of what it answers as JSON; nil if it answers none
	media    []string       // further media types of its answer
	missing  bool           // the id of its path may be unknown
	paged    bool           // it takes a cursor
	long     bool           // it may take the time and the turn of an export
	examples []exampleQuery // tested
	answer   func(*server, *gin.Context, args) (any, error)
}

// An exampleQuery is an address that answers with 200.
type exampleQuery struct {
	finds   string
	address string // path and query
	body    string // JSON of a POST
}

// answer serves an endpoint, with errors as problems.
func (s *server) answer(e *endpoint) gin.HandlerFunc {
	return func(c *gin.Context) {
		s := s.pinned(c)
		most := s.cfg.Timeout
		if e.long {
			most = s.cfg.Export
		}
		cancel := limit(c, most)
		defer cancel()
		value, err := e.ask(s, c)
		if err != nil {
			s.fail(c, err)
			return
		}
		if value == nil {
			return // written already
		}
		body, err := encode(value)
		if err != nil {
			s.fail(c, err)
			return
		}
		c.Header("X-Ibid-Index", s.index.Version())
		timing(c)
		c.Data(http.StatusOK, "application/json; charset=utf-8", body)
	}
}

// ask reads the parameters and answers.
func (e *endpoint) ask(s *server, c *gin.Context) (any, error) {
	values, err := url.ParseQuery(c.Request.URL.RawQuery)
	if err != nil {
		return nil, &paramError{Name: "", Message: "The address has a broken percent-encoding. Encode each value, for instance with curl --data-urlencode."}
	}
	if e.body > 0 {
		if err := e.readBody(c.Request, values); err != nil {
			return nil, err
		}
	}
	if err := refuseUnknown(values, e.params.names()...); err != nil {
		return nil, err
	}
	a, err := e.params.read(values, s.catalog())
	if err != nil {
		return nil, err
	}
	return e.answer(s, c, a)
}

// readBody adds the parameters of a body to those of the address: a JSON object
// or a form with them, or plain text that is the one parameter of the body, a
// line for each value where it may have several.
func (e *endpoint) readBody(r *http.Request, values url.Values) error {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		if as[*http.MaxBytesError](err) {
			return errTooLarge
		}
		return fmt.Errorf("read body: %w", err)
	}
	if len(body) == 0 {
		return nil
	}
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil {
		return errMedia
	}
	var sent url.Values
	switch kind {
	case "application/json":
		sent, err = readJSON(body)
	case "application/x-www-form-urlencoded":
		if sent, err = url.ParseQuery(string(body)); err != nil {
			err = &paramError{Name: "body", Message: "The form has a broken percent-encoding."}
		}
	case "text/plain":
		sent = e.readText(string(body))
	default:
		return errMedia
	}
	for name, more := range sent {
		values[name] = append(values[name], more...)
	}
	return err
}

// readJSON reads an object of texts, numbers and lists of texts.
func readJSON(body []byte) (url.Values, error) {
	var object map[string]any
	if err := json.Unmarshal(body, &object); err != nil {
		return nil, &paramError{Name: "body", Message: fmt.Sprintf("The body is no JSON object: %v.", err)}
	}
	out := url.Values{}
	for _, name := range slices.Sorted(maps.Keys(object)) {
		list, ok := object[name].([]any)
		if !ok {
			list = []any{object[name]}
		}
		for _, item := range list {
			switch item := item.(type) {
			case string:
				out.Add(name, item)
			case float64:
				out.Add(name, fmt.Sprint(item))
			default:
				return nil, &paramError{Name: clip(name), Message: fmt.Sprintf("Give %s as a text or a list of texts.", clip(name))}
			}
		}
	}
	return out, nil
}

func (e *endpoint) readText(text string) url.Values {
	for _, p := range e.params {
		switch {
		case p.in == "body" && p.many:
			return url.Values{p.name: strings.FieldsFunc(text, func(r rune) bool { return r == '\n' || r == '\r' })}
		case p.in == "body":
			return url.Values{p.name: {text}}
		}
	}
	return nil
}

// pathID is the id at the end of an address; it may contain slashes.
func pathID(c *gin.Context) string { return strings.TrimPrefix(c.Param("id"), "/") }

// route is the path as gin writes it.
func (e *endpoint) route() string { return strings.ReplaceAll(e.path, "{id}", "*id") }

// statuses are the problems that the endpoint may answer with, by status.
func (e *endpoint) statuses() []int {
	out := []int{http.StatusBadRequest, http.StatusRequestURITooLong, http.StatusRequestEntityTooLarge, http.StatusTooManyRequests,
		http.StatusInternalServerError, http.StatusServiceUnavailable}
	if e.missing {
		out = append(out, http.StatusNotFound)
	}
	if e.paged {
		out = append(out, http.StatusConflict)
	}
	if e.body > 0 {
		out = append(out, http.StatusRequestTimeout, http.StatusUnsupportedMediaType)
	}
	slices.Sort(out)
	return out
}
