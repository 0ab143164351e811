// Package web serves an index to readers: the pages, the API, exports and the
// files they need. It owns routes, parameters, page structs, templates and
// static files, and the one table that turns errors into statuses. It leaves
// searching to a Searcher, the look of citations to corpus/cite and the query
// language to search/query; it never sees the index. Start at New.
//
// Errors follow RFC 9457 (problem details).
package web

import (
	"context"
	"embed"
	"fmt"
	"iter"
	"log/slog"
	"math"
	"net/http"
	"runtime"
	"sync/atomic"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/klauspost/compress/gzhttp"

	"ibid/corpus"
	"ibid/search"
)

// A Searcher is what the pages and the API need of an open index. It is safe
// for concurrent use. What it returns is shared: this package changes none of it.
type Searcher interface {
	// Version names the index; it changes whenever an answer may.
	Version() string
	// Manifest is the manifest the index was built from.
	Manifest() *corpus.Manifest
	// Search answers a request. It returns a *query.Error for a query that
	// cannot be read and search.ErrStaleCursor for a cursor of another index.
	Search(ctx context.Context, r search.Request) (*search.Result, error)
	// KWIC answers a request for a concordance, with the errors of Search.
	KWIC(ctx context.Context, r search.KWICRequest) (*search.Concordance, error)
	// Passage returns search.ErrNotFound if there is none with that id.
	Passage(id string) (*corpus.Passage, error)
	// Passages are all passages of a source in reading order; it returns
	// search.ErrNotFound if there is no such source.
	Passages(source string) ([]*corpus.Passage, error)
	// Calendar lists documents, cited and edited ones.
	Calendar(ctx context.Context, r search.CalendarRequest) (*search.Calendar, error)
	// Document takes "GK 279", "GK-279" or "frus1936v03/d12"; it may return search.ErrNotFound.
	Document(id string) (*search.DocumentEntry, error)
	// DocumentPassages are those of an edited document; search.ErrNotFound for others.
	DocumentPassages(id string) ([]*corpus.Passage, error)
	// Beside are the documents before and after one, nil where there is none.
	Beside(id string) (before, after *search.DocumentEntry, err error)
	// DocumentsLike are some whose ids begin like one that is unknown.
	DocumentsLike(id string, n int) []search.DocumentEntry
	Totals() search.Totals
	Census() (*search.Census, error)
	// Actors lists the authority file with what the corpus has of each.
	Actors(ctx context.Context, r search.ActorsRequest) (*search.Actors, error)
	// Actor may return search.ErrNotFound.
	Actor(id string) (*search.ActorEntry, error)
	HasActor(id string) bool
	// Pairs are the n who speak to each other most.
	Pairs(n int) []search.Pair
	// Values are those that passages have of a facet.
	Values(g search.Group) []string
	// Suggest completes what a reader is typing, n suggestions at most.
	Suggest(ctx context.Context, q string, n int) []search.Suggestion
	// Export yields every passage that matches, without a limit.
	Export(ctx context.Context, r search.Request) iter.Seq2[*corpus.Passage, error]
	// Mark gives the whole text of a passage with the matches of r marked.
	Mark(ctx context.Context, r search.Request, p *corpus.Passage) (search.Fragment, error)
	// QuoteCheck says whether the corpus has a stretch of text.
	QuoteCheck(ctx context.Context, text string) (*search.QuoteReport, error)
	// Similar gives the passages most like one.
	Similar(ctx context.Context, id string, n int) ([]search.Hit, error)
}

// An exchanged Searcher is one whose index may be exchanged for a newer one, as
// search.Live. A request acquires the index once and has all its answers of it.
type exchanged interface {
	Acquire() (index *search.Index, release func(), err error)
}

// MaxHeaderBytes is what an http.Server around the handler should allow for a
// request's headers, in bytes: enough that an overlong query reaches the
// handler and is answered with a problem that says so.
const MaxHeaderBytes = 2 << 20

// A Config is what a server knows beside its index. The zero value is fine.
type Config struct {
	BaseURL     string        // address that readers use, as "https://ibid.example"; "" takes it from each request
	Build       string        // version of the program, shown on the About page
	Concurrency int           // requests answered at once; 0 means 4 for each processor. As many exports run beside them
	Wait        time.Duration // how long one more waits for its turn; 0 means 500 ms
	Timeout     time.Duration // for one answer; 0 means 10 s
	Export      time.Duration // for one export; 0 means 10 min
	Rate        float64       // requests a second that one client may make in the long run; 0 means any number
	Burst       int           // requests it may make at once; 0 means 20 seconds' worth
	Proxies     []string      // addresses or networks of proxies whose X-Forwarded-For is believed
	MCP         http.Handler  // answers /mcp; nil for none
}

func (c Config) withDefaults() Config {
	if c.Concurrency <= 0 {
		c.Concurrency = 4 * runtime.GOMAXPROCS(0)
	}
	if c.Wait <= 0 {
		c.Wait = 500 * time.Millisecond
	}
	if c.Timeout <= 0 {
		c.Timeout = 10 * time.Second
	}
	if c.Export <= 0 {
		c.Export = 10 * time.Minute
	}
	if c.Burst <= 0 {
		c.Burst = int(math.Ceil(20 * c.Rate))
	}
	return c
}

//go:embed templates/*.html static/*
var files embed.FS

// A site is what all requests share.
type site struct {
	cfg     Config
	log     *slog.Logger
	pages   pages
	assets  *assets
	turns   chan struct{}            // one for each request being answered
	exports chan struct{}            // one for each export being sent
	clients *clients                 // nil where any number of requests is welcome
	views   *atomic.Pointer[catalog] // of the index last seen
	api     *apiDocument
}

// A server answers from one index: a request has a server of its own where the
// index may be exchanged (see pinned).
type server struct {
	*site
	index Searcher
}

// New returns the handler that serves s: pages, API and static files. Where s can
// exchange its index, as search.Live, each request is answered from one.
func New(cfg Config, s Searcher, log *slog.Logger) http.Handler {
	cfg = cfg.withDefaults()
	assets := readAssets(files)
	all := &site{
		cfg:     cfg,
		log:     log,
		assets:  assets,
		pages:   parsePages(files, assets),
		turns:   make(chan struct{}, cfg.Concurrency),
		exports: make(chan struct{}, cfg.Concurrency),
		clients: newClients(cfg.Rate, cfg.Burst),
		views:   new(atomic.Pointer[catalog]),
		api:     newAPIDocument(cfg.Build),
	}
	return compress((&server{all, s}).routes())
}

// compress sends answers of more than a kilobyte as gzip to those who take it.
func compress(h http.Handler) http.Handler {
	wrap, err := gzhttp.NewWrapper(gzhttp.MinSize(1024), gzhttp.ContentTypes([]string{
		"text/html", "text/css", "text/csv", "text/javascript", "text/plain", "image/svg+xml",
		"application/json", "application/problem+json", "application/jsonl",
		"application/x-bibtex", "application/x-research-info-systems",
		"application/vnd.citationstyles.csl+json", "application/tei+xml", "application/opensearchdescription+xml",
	}))
	if err != nil {
		panic(err) // only for options that contradict each other
	}
	return wrap(h)
}

func (s *server) routes() *gin.Engine {
	gin.SetMode(gin.ReleaseMode)
	r := gin.New()
	r.RedirectTrailingSlash = false
	r.HandleMethodNotAllowed = true
	r.ContextWithFallback = true
	r.RemoteIPHeaders = []string{"X-Forwarded-For"}
	if err := r.SetTrustedProxies(s.cfg.Proxies); err != nil {
		panic(fmt.Sprintf("web: Config.Proxies: %v", err)) // only for addresses that cannot be read
	}
	r.Use(s.identify, s.logAccess, s.secure, s.recoverPanic)
	r.NoRoute(s.unknownAddress)
	r.NoMethod(s.unknownMethod)

	s.pageRoutes(r)
	s.apiRoutes(r)
	if s.cfg.MCP != nil {
		r.Any("/mcp", s.limitRate, gin.WrapH(s.cfg.MCP))
	}
	s.get(r, "/static/:hash/:name", s.static)
	s.get(r, "/favicon.ico", s.favicon)
	s.get(r, "/healthz", s.healthz)
	s.get(r, "/readyz", s.readyz)
	return r
}

func (s *server) pageRoutes(r *gin.Engine) {
	pages := r.Group("", s.limitRequest(maxBody), s.limitRate, s.takeTurn(s.turns), s.pin, s.revalidate)
	for path, h := range map[string]func(*server, *gin.Context) (*view, error){
		"/":               (*server).searchPage,
		"/passage/*id":    (*server).passagePage,
		"/source/*id":     (*server).sourcePage,
		"/sources":        (*server).sourcesPage,
		"/documents":      (*server).documentsPage,
		"/document/*id":   (*server).documentPage,
		"/actors":         (*server).actorsPage,
		"/actor/*id":      (*server).actorPage,
		"/quote":          (*server).quotePage,
		"/about":          (*server).aboutPage,
		"/help":           (*server).helpPage,
		"/api":            (*server).apiPage,
		"/problems/:slug": (*server).problemPage,
		"/opensearch.xml": (*server).openSearch,
	} {
		s.get(pages, path, s.page(h))
	}
}

// apiRoutes are those of the table of endpoints.
func (s *server) apiRoutes(r *gin.Engine) {
	for _, e := range endpoints() {
		turns, body := s.turns, e.body
		if e.long {
			turns = s.exports
		}
		steps := r.Group("", s.allowOrigins, s.limitRequest(max(body, maxBody)), s.limitRate, s.takeTurn(turns), s.pin)
		if e.method == http.MethodPost {
			steps.POST(e.route(), s.answer(e))
			continue
		}
		s.get(steps.Group("", s.revalidate), e.route(), s.answer(e))
	}
	s.get(r.Group("", s.allowOrigins, s.limitRequest(maxBody)), "/api/v1/openapi.json", s.openAPI)
	r.OPTIONS("/api/v1/*path", s.allowOrigins, s.preflight)
}

// get answers GET and HEAD alike; net/http leaves out the body for HEAD.
func (s *server) get(r gin.IRoutes, path string, h gin.HandlerFunc) {
	r.GET(path, h)
	r.HEAD(path, h)
}

func (s *server) healthz(c *gin.Context) {
	c.Header("Cache-Control", "no-store")
	c.String(http.StatusOK, "ok\n")
}

// readyz says whether a search would be answered.
func (s *server) readyz(c *gin.Context) {
	c.Header("Cache-Control", "no-store")
	if _, err := s.index.Search(c.Request.Context(), search.Request{Size: 1, Bare: true}); err != nil {
		s.log.Error("not ready", "err", err)
		c.String(http.StatusServiceUnavailable, "the index does not answer\n")
		return
	}
	if v, ok := s.index.(interface{ Verified() bool }); ok && !v.Verified() {
		c.String(http.StatusOK, "ready, unverified: the files of the index are still being compared with their sums\n")
		return
	}
	c.String(http.StatusOK, "ready\n")
}
