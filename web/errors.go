package web

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"ibid/search"
	"ibid/search/query"
)

// Errors of this package, each with a row in kinds.
var (
	errNoRoute  = errors.New("no such address")
	errMethod   = errors.New("method not allowed")
	errTooLong  = errors.New("address too long")
	errTooLarge = errors.New("body too large")
	errBusy     = errors.New("no slot became free")
	errTooMany  = errors.New("too many requests of one client")
	errMedia    = errors.New("media type of the body is not read here")
)

// A paramError is a parameter that cannot be read.
type paramError struct {
	Name    string
	Message string   // a sentence that says what to do
	Allowed []string // all values, where they are few
	Near    []string // values that may have been meant
}

func (e *paramError) Error() string { return e.Message }

// A problemKind is a row of the one table that gives errors a status.
type problemKind struct {
	slug   string // names the type: /problems/{slug}, which never changes
	title  string
	status int
	match  func(error) bool
	detail string // what to do, where the error itself does not say it to readers
}

func is(target error) func(error) bool {
	return func(err error) bool { return errors.Is(err, target) }
}

func either(a, b func(error) bool) func(error) bool {
	return func(err error) bool { return a(err) || b(err) }
}

func as[T error](err error) bool {
	var t T
	return errors.As(err, &t)
}

// kinds are tried in order; the last takes what no other knows.
var kinds = []problemKind{
	{"bad-query", "The query cannot be read", http.StatusBadRequest, as[*query.Error], ""},
	{"bad-parameter", "A parameter cannot be read", http.StatusBadRequest, either(as[*paramError], as[*search.RequestError]), ""},
	{"stale-cursor", "The index changed; start again", http.StatusConflict, is(search.ErrStaleCursor),
		"The index changed since the cursor was given, or the cursor is of another search. Leave out cursor and start again from the first page."},
	{"not-found", "There is nothing here", http.StatusNotFound, is(search.ErrNotFound),
		"No item of this corpus has that id. Look for it with the search, or in the lists of documents and actors."},
	{"no-such-address", "There is no such address", http.StatusNotFound, is(errNoRoute),
		"Check the address, or begin at the search page. The addresses of the API begin with /api/v1/."},
	{"method-not-allowed", "This address is only for reading", http.StatusMethodNotAllowed, is(errMethod),
		"Ask with GET or HEAD."},
	{"address-too-long", "The address is too long", http.StatusRequestURITooLong, is(errTooLong),
		fmt.Sprintf("Shorten the query: an address may have up to %d bytes.", maxAddress)},
	{"body-too-large", "The body is too large", http.StatusRequestEntityTooLarge, is(errTooLarge),
		"Send parameters in the address and no body; to /api/v1/quote and /api/v1/batch send less at a time."},
	{"slow-body", "The body came too slowly", http.StatusRequestTimeout, is(os.ErrDeadlineExceeded),
		"Send the body at once, or a part of it at a time."},
	{"unsupported-media", "The body is of a kind that is not read here", http.StatusUnsupportedMediaType, is(errMedia),
		"Send JSON, a form or plain text, and say which in Content-Type."},
	{"too-many-requests", "You ask too often", http.StatusTooManyRequests, is(errTooMany),
		"Wait for the seconds that Retry-After gives, then ask more slowly. To read everything, use one export instead of many searches."},
	{"timeout", "The answer took too long", http.StatusServiceUnavailable, is(context.DeadlineExceeded),
		"Make the query narrower, for instance with fewer wildcards, and try again."},
	{"busy", "The server is busy", http.StatusServiceUnavailable, is(errBusy),
		"Try again in a second."},
	{"index-closed", "The index is being exchanged", http.StatusServiceUnavailable, is(search.ErrClosed),
		"Try again in a second."},
	{"index-damaged", "The index is damaged", http.StatusServiceUnavailable, is(search.ErrUnusable),
		"A file of the index is not as it was written, so nothing is answered from it. Whoever keeps the server builds it anew with ibid index --force."},
	{"internal", "Something went wrong here", http.StatusInternalServerError, func(error) bool { return true },
		"The fault is ours and has been logged. Try again; if it happens again, report the request id."},
}

// A Problem is what a reader is told of an error, as RFC 9457 has it.
type Problem struct {
	Type      string   `json:"type"` // /problems/{slug}
	Title     string   `json:"title"`
	Status    int      `json:"status"`
	Detail    string   `json:"detail"`
	Column    int      `json:"column,omitempty"` // 1-based, of q
	Parameter string   `json:"parameter,omitempty"`
	Allowed   []string `json:"allowed,omitempty"`
	Near      []string `json:"near,omitempty"`
	Request   string   `json:"request"` // id of the request, as in the log
}

// explain turns an error into what a reader is told.
func explain(err error) Problem {
	kind := kindOf(err)
	p := Problem{Type: "/problems/" + kind.slug, Title: kind.title, Status: kind.status, Detail: kind.detail}
	var unread *query.Error
	var param *paramError
	var request *search.RequestError
	switch {
	case errors.As(err, &unread):
		p.Detail, p.Column, p.Parameter = sentence(unread.Message), unread.Column, "q"
	case errors.As(err, &param):
		p.Detail, p.Parameter, p.Allowed, p.Near = sentence(param.Message), param.Name, param.Allowed, param.Near
	case errors.As(err, &request):
		p.Detail, p.Parameter = sentence(request.Message), request.Parameter
	}
	return p
}

func kindOf(err error) problemKind {
	for _, kind := range kinds {
		if kind.match(err) {
			return kind
		}
	}
	return kinds[len(kinds)-1]
}

// sentence gives s a capital and a full stop.
func sentence(s string) string {
	s = strings.TrimSpace(s)
	if s == "" {
		return s
	}
	if last := s[len(s)-1]; last != '.' && last != '?' && last != '!' {
		s += "."
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// fail answers with a problem: as a page to a browser, as problem+json to a program.
func (s *server) fail(c *gin.Context, err error) {
	c.Abort()
	if clientGone(c) && !errors.Is(err, os.ErrDeadlineExceeded) {
		c.Status(statusClientGone)
		return
	}
	p := explain(err)
	p.Request = requestID(c)
	if p.Status >= http.StatusInternalServerError {
		s.log.Error("request failed", "id", p.Request, "path", c.Request.URL.Path, "err", err)
	}
	c.Header("Cache-Control", "no-store")
	c.Writer.Header().Del("ETag")
	if strings.HasPrefix(c.Request.URL.Path, "/api/") {
		s.allowOrigins(c) // unknown addresses and methods, too
	}
	if p.Status == http.StatusServiceUnavailable {
		c.Header("Retry-After", strconv.Itoa(retryAfter))
	}
	if wantsPage(c.Request) {
		s.failPage(c, p)
		return
	}
	body, err := json.Marshal(p)
	if err != nil {
		panic(err) // a problem has only texts and numbers
	}
	c.Data(p.Status, "application/problem+json", body)
}

// statusClientGone is logged for a reader who went away before the answer, as nginx does.
const statusClientGone = 499

// retryAfter is how many seconds a turned away client should wait.
const retryAfter = 1

// wantsPage says whether a problem goes to a person.
func wantsPage(r *http.Request) bool {
	return !strings.HasPrefix(r.URL.Path, "/api/") && r.URL.Path != "/mcp"
}

func (s *server) unknownAddress(c *gin.Context) { s.fail(c, errNoRoute) }

// unknownMethod is also asked for unknown addresses below one that takes OPTIONS.
func (s *server) unknownMethod(c *gin.Context) {
	if c.Request.Method == http.MethodGet || c.Request.Method == http.MethodHead {
		c.Writer.Header().Del("Allow")
		s.fail(c, errNoRoute)
		return
	}
	s.fail(c, errMethod)
}
