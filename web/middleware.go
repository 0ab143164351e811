package web

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"github.com/gin-gonic/gin"
)

// maxAddress is the longest address answered, in bytes of path and query. It is
// what most proxies let through, and far beyond any query a person types.
const maxAddress = 8 << 10

// maxBody is how much of a body is read before it is refused, in bytes.
const maxBody = 1 << 10

const (
	keyID     = "ibid.request"
	keyStart  = "ibid.start"
	keyClient = "ibid.client"
	keyServer = "ibid.server"
)

var safeID = regexp.MustCompile(`^[A-Za-z0-9._-]{1,64}$`)

// identify gives the request an id: the client's own if it is harmless in a log.
func (s *server) identify(c *gin.Context) {
	id := c.GetHeader("X-Request-Id")
	if !safeID.MatchString(id) {
		id = newID()
	}
	c.Set(keyID, id)
	c.Set(keyStart, time.Now())
	c.Set(keyClient, c.Request.Context())
	c.Header("X-Request-Id", id)
}

func newID() string {
	var b [8]byte
	rand.Read(b[:]) // never fails, see crypto/rand
	return hex.EncodeToString(b[:])
}

func requestID(c *gin.Context) string { return c.GetString(keyID) }

// logAccess writes one line for each request. What readers search for is their
// own affair: the query is not logged.
func (s *server) logAccess(c *gin.Context) {
	c.Next()
	s.log.Info("request",
		"id", requestID(c),
		"method", c.Request.Method,
		"path", c.Request.URL.Path,
		"status", c.Writer.Status(),
		"bytes", max(c.Writer.Size(), 0),
		"ms", float64(time.Since(c.GetTime(keyStart)).Microseconds())/1000)
}

// policy allows what the pages need and nothing else; no inline script or style.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; " +
	"font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

func (s *server) secure(c *gin.Context) {
	h := c.Writer.Header()
	h.Set("Content-Security-Policy", policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()")
}

// recoverPanic answers a panic with a problem; the stack goes to the log only.
// An answer that was already begun is cut off, so that nobody takes it for whole.
func (s *server) recoverPanic(c *gin.Context) {
	defer func() {
		cause := recover()
		if cause == nil {
			return
		}
		if cause == http.ErrAbortHandler {
			panic(cause)
		}
		s.log.Error("panic", "id", requestID(c), "cause", fmt.Sprint(cause), "stack", string(debug.Stack()))
		if c.Writer.Written() {
			panic(http.ErrAbortHandler)
		}
		s.fail(c, fmt.Errorf("panic: %v", cause))
	}()
	c.Next()
}

// limitRequest refuses overlong addresses, and bodies of more than most bytes.
func (s *server) limitRequest(most int) gin.HandlerFunc {
	return func(c *gin.Context) {
		if len(c.Request.URL.Path)+len(c.Request.URL.RawQuery) > maxAddress {
			s.fail(c, errTooLong)
			return
		}
		if c.Request.ContentLength > int64(most) {
			s.fail(c, errTooLarge)
			return
		}
		c.Request.Body = http.MaxBytesReader(c.Writer, c.Request.Body, int64(most))
	}
}

// takeTurn lets so many requests in at once and turns the others away after a
// short wait, so that a crowd gets a clear answer and not a slow one. Exports
// have turns of their own: one that is read slowly takes none from a search.
func (s *server) takeTurn(turns chan struct{}) gin.HandlerFunc {
	return func(c *gin.Context) {
		select {
		case turns <- struct{}{}:
		default:
			wait, cancel := context.WithTimeout(c.Request.Context(), s.cfg.Wait)
			defer cancel()
			select {
			case turns <- struct{}{}:
			case <-wait.Done():
				s.fail(c, errBusy)
				return
			}
		}
		defer func() { <-turns }()
		c.Next()
	}
}

// pin gives the request a server over one index, which stays open until it is answered.
func (s *server) pin(c *gin.Context) {
	from, ok := s.index.(exchanged)
	if !ok {
		return
	}
	index, release, err := from.Acquire()
	if err != nil {
		s.fail(c, err)
		return
	}
	defer release()
	c.Set(keyServer, &server{s.site, index})
	c.Next()
}

// pinned is the server of a request.
func (s *server) pinned(c *gin.Context) *server {
	if own, ok := c.Value(keyServer).(*server); ok {
		return own
	}
	return s
}

// revalidate answers 304 to a client that has this very answer: an answer is
// given by program, index, address and host.
func (s *server) revalidate(c *gin.Context) {
	tag := s.pinned(c).etag(c)
	h := c.Writer.Header()
	h.Set("Cache-Control", "no-cache")
	if matchesTag(c.GetHeader("If-None-Match"), tag) {
		h.Set("ETag", tag)
		c.AbortWithStatus(http.StatusNotModified)
		return
	}
	h.Set("ETag", tag) // fail takes it away again
}

func (s *server) etag(c *gin.Context) string {
	sum := sha256.New()
	fmt.Fprintf(sum, "%s\n%s\n%s\n%s\n%s", s.cfg.Build, s.assets.digest, s.index.Version(), s.base(c.Request), c.Request.URL.RequestURI())
	if c.FullPath() == "/" { // the receipt of a search names the day
		fmt.Fprintf(sum, "\n%s", time.Now().Format(time.DateOnly))
	}
	return `W/"` + hex.EncodeToString(sum.Sum(nil)[:12]) + `"`
}

// matchesTag compares weakly, as If-None-Match is to be read (RFC 9110, 13.1.2).
func matchesTag(header, tag string) bool {
	if strings.TrimSpace(header) == "*" {
		return true
	}
	for known := range strings.SplitSeq(header, ",") {
		if strings.TrimPrefix(strings.TrimSpace(known), "W/") == strings.TrimPrefix(tag, "W/") {
			return true
		}
	}
	return false
}

// allowOrigins lets any page read the API: it has no cookies and nothing private.
func (s *server) allowOrigins(c *gin.Context) {
	c.Header("Access-Control-Allow-Origin", "*")
	c.Header("Access-Control-Expose-Headers", "Content-Disposition, ETag, Link, Retry-After, Server-Timing, X-Request-Id, X-Ibid-Index, X-Ibid-Query, X-Ibid-Total")
	c.Header("Cross-Origin-Resource-Policy", "cross-origin")
}

func (s *server) preflight(c *gin.Context) {
	methods := "GET, HEAD, OPTIONS"
	if takesBody(c.Request.URL.Path) {
		methods = "GET, HEAD, POST, OPTIONS"
	}
	c.Header("Access-Control-Allow-Methods", methods)
	c.Header("Access-Control-Allow-Headers", "Content-Type, If-None-Match, X-Request-Id")
	c.Header("Access-Control-Max-Age", "86400")
	c.Header("Allow", methods)
	c.Status(http.StatusNoContent)
}

// takesBody says whether an address of the API answers POST.
func takesBody(path string) bool {
	return slices.ContainsFunc(endpoints(), func(e *endpoint) bool { return e.body > 0 && e.path == path })
}

// clientGone says that nobody waits for the answer any more. It asks the context
// the request came with: that of its handler is also done when the handler is.
func clientGone(c *gin.Context) bool {
	ctx, ok := c.Value(keyClient).(context.Context)
	return ok && errors.Is(ctx.Err(), context.Canceled)
}

// limit gives the request d for its answer.
func limit(c *gin.Context, d time.Duration) context.CancelFunc {
	ctx, cancel := context.WithTimeout(c.Request.Context(), d)
	c.Request = c.Request.WithContext(ctx)
	return cancel
}

// timing tells the client how long the answer took to make, in milliseconds.
func timing(c *gin.Context) {
	ms := float64(time.Since(c.GetTime(keyStart)).Microseconds()) / 1000
	c.Header("Server-Timing", fmt.Sprintf("app;dur=%.2f", ms))
}

var safeHost = regexp.MustCompile(`^[A-Za-z0-9.\-\[\]:]{1,255}$`)

// base is the address of this server as readers know it, without a slash at its end.
func (s *server) base(r *http.Request) string {
	if s.cfg.BaseURL != "" {
		return strings.TrimRight(s.cfg.BaseURL, "/")
	}
	scheme := "http"
	if r.TLS != nil {
		scheme = "https"
	}
	host := r.Host
	if !safeHost.MatchString(host) {
		host = "localhost"
	}
	return scheme + "://" + host
}

// isGone says that the client went away or that the time was up.
func isGone(err error) bool {
	return errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
}
