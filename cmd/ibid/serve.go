package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"

	"ibid/search"
	"ibid/web"
	"ibid/web/mcp"
)

// Limits of the server on one connection, so that slow clients cannot hold it.
const (
	headerTimeout   = 5 * time.Second
	readTimeout     = 15 * time.Second
	writeTimeout    = 5 * time.Minute // an export of a large corpus takes its time
	idleTimeout     = 2 * time.Minute
	shutdownTimeout = 10 * time.Second
)

// followEvery is how often the index folder is looked at for a newer index.
const followEvery = 2 * time.Second

// serveConfig are the flags of `ibid serve`.
type serveConfig struct {
	places
	Addr    string // host:port; port 0 takes a free one
	BaseURL string
	Rate    float64
	Proxies []string
	LogJSON bool
	Quiet   bool
	Verify  bool
	Answers room // bytes of answers kept
}

// keptAnswers is what is kept of answers if nothing else is said: some thousand pages.
const keptAnswers = 32 << 20

// options are those with which an index is opened.
func (cfg *serveConfig) options() []search.Option {
	opts := []search.Option{search.Answers(int64(cfg.Answers))}
	if cfg.Verify {
		opts = append(opts, search.Verified())
	}
	return opts
}

func newServe() *cobra.Command {
	var cfg serveConfig
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Serve the search page and the API, building the index first if it is stale",
		Long: `Serve answers readers at /, programs at /api/v1/ and assistants at /mcp. It builds the index
first if there is none or it is stale. When "ibid index" puts a newer one in its place, the
server takes that over without dropping a request.

It listens on this machine only; with --addr :8080 others reach it too. Then each of them may
ask --rate requests a second in the long run, and twenty seconds' worth of them at once.
Behind a proxy, name the proxy and the address that readers use.`,
		Example: `  ibid serve
  ibid serve --addr 127.0.0.1:9000 --corpus my-edition --index /var/lib/ibid
  ibid serve --base-url https://sources.example.org --proxy 127.0.0.1`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return serve(cmd.Context(), cfg, cmd.ErrOrStderr())
		},
	}
	cfg.places.flags(cmd)
	cfg.buildFlags(cmd)
	f := cmd.Flags()
	f.StringVar(&cfg.Addr, "addr", "127.0.0.1:8080", "`address` to listen on, as host:port")
	f.StringVar(&cfg.BaseURL, "base-url", "", "`address` that readers use, as https://sources.example.org (default: the one they ask)")
	f.Float64Var(&cfg.Rate, "rate", 20, "`number` of requests a second that one client may make, 0 for any; this machine itself may always")
	f.StringArrayVar(&cfg.Proxies, "proxy", nil, "believe the X-Forwarded-For of this `address` or network; may be given again")
	f.BoolVar(&cfg.LogJSON, "log-json", false, "write the log as JSON lines")
	cfg.Answers = keptAnswers
	f.Var(&cfg.Answers, "answers", "`bytes` of memory for answers that are kept and given again to who asks the same, as 64MiB; 0 keeps none")
	f.BoolVar(&cfg.Verify, "verify", false, "compare a large index with its sums before it answers (default: meanwhile; one under 100 MB always before)")
	f.BoolVar(&cfg.Quiet, "quiet", false, "log warnings and errors only, not each request")
	return cmd
}

// check refuses flags that cannot be meant.
func (cfg *serveConfig) check() error {
	if u, err := url.Parse(cfg.BaseURL); cfg.BaseURL != "" && (err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" || u.RawQuery != "" || u.Fragment != "" || u.User != nil) {
		return usageError{fmt.Errorf("--base-url %q is no address; write https://sources.example.org", cfg.BaseURL)}
	}
	if !(cfg.Rate >= 0) || math.IsInf(cfg.Rate, 0) {
		return usageError{fmt.Errorf("--rate %v: give a number of requests a second, or 0", cfg.Rate)}
	}
	for _, p := range cfg.Proxies {
		_, err := netip.ParseAddr(p)
		_, err2 := netip.ParsePrefix(p)
		if err != nil && err2 != nil {
			return usageError{fmt.Errorf("--proxy %q: give an address or a network, as 127.0.0.1 or 10.0.0.0/8", p)}
		}
	}
	return nil
}

// handler answers readers, programs and assistants from an index.
func (cfg *serveConfig) handler(live *search.Live, log *slog.Logger) http.Handler {
	build := release + revision()
	var hosts []string
	if u, err := url.Parse(cfg.BaseURL); err == nil && cfg.BaseURL != "" {
		hosts = []string{u.Hostname()}
	}
	return web.New(web.Config{Build: build, BaseURL: cfg.BaseURL, Rate: cfg.Rate, Proxies: cfg.Proxies,
		MCP: mcp.New(mcp.Config{Build: build, Hosts: hosts}, live, log).Handler()}, live, log)
}

// serve listens, opens the index and answers until ctx is done; then it lets
// the requests under way finish.
func serve(ctx context.Context, cfg serveConfig, stderr io.Writer) error {
	if err := cfg.check(); err != nil {
		return err
	}
	log := newLogger(cfg, stderr)
	listener, err := net.Listen("tcp", cfg.Addr)
	if wrong := new(net.AddrError); errors.As(err, &wrong) {
		return usageError{fmt.Errorf("--addr %q: %w; write host:port, as 127.0.0.1:8080 or :8080", cfg.Addr, wrong)}
	}
	if err != nil {
		return fmt.Errorf("cannot listen on %s: %w; choose another address with --addr", cfg.Addr, err)
	}
	defer listener.Close()
	b, err := cfg.corpusBuilder(stderr)
	if err != nil {
		return err
	}
	index, err := openBuilt(ctx, b, cfg.options()...)
	if err != nil {
		return err
	}
	live := search.NewLive(index)
	server := &http.Server{
		Handler:           cfg.handler(live, log),
		ReadHeaderTimeout: headerTimeout,
		ReadTimeout:       readTimeout,
		WriteTimeout:      writeTimeout,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    web.MaxHeaderBytes,
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
	var work errgroup.Group
	following, unfollow := context.WithCancel(ctx)
	work.Go(func() error {
		follow(following, live, b.Dir, log, cfg.options()...)
		return nil
	})
	work.Go(func() error {
		defer unfollow()
		return listen(ctx, server, listener, log)
	})
	fmt.Fprintf(stderr, "ibid serves %s at http://%s/\n", index.Manifest().Title, reachable(listener.Addr()))
	return errors.Join(work.Wait(), live.Close())
}

// listen answers until ctx is done, and then those who are still being answered.
func listen(ctx context.Context, server *http.Server, listener net.Listener, log *slog.Logger) error {
	stopped := make(chan error, 1)
	go func() { stopped <- server.Serve(listener) }()
	select {
	case err := <-stopped:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	log.Info("stopping", "wait", shutdownTimeout.String())
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownTimeout)
	defer cancel()
	if err := server.Shutdown(last); err != nil && !errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("stop: %w", err)
	}
	return nil
}

// follow takes over what "ibid index" puts in the index folder, until ctx is done.
// A folder that cannot be read is logged once; the index of the moment answers on.
func follow(ctx context.Context, live *search.Live, dir string, log *slog.Logger, opts ...search.Option) {
	tick := time.NewTicker(followEvery)
	defer tick.Stop()
	told := ""
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		exchanged, err := live.Refresh(dir, opts...)
		switch {
		case err != nil && err.Error() != told:
			told = err.Error()
			log.Warn("the newer index is not taken over", "err", err)
		case exchanged:
			told = ""
			log.Info("index exchanged", "version", live.Version())
		}
	}
}

// reachable is an address at which this machine reaches a listener.
func reachable(a net.Addr) string {
	if tcp, ok := a.(*net.TCPAddr); ok && tcp.IP.IsUnspecified() {
		return net.JoinHostPort("localhost", strconv.Itoa(tcp.Port))
	}
	return a.String()
}

func newLogger(cfg serveConfig, w io.Writer) *slog.Logger {
	opts := &slog.HandlerOptions{Level: slog.LevelInfo}
	if cfg.Quiet {
		opts.Level = slog.LevelWarn
	}
	if cfg.LogJSON {
		return slog.New(slog.NewJSONHandler(w, opts))
	}
	return slog.New(slog.NewTextHandler(w, opts))
}
