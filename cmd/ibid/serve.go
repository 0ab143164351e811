package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/spf13/cobra"

	"ibid/web"
)

// Limits of the server on one connection, so that slow clients cannot hold it.
const (
	headerTimeout   = 5 * time.Second
	readTimeout     = 15 * time.Second
	writeTimeout    = 5 * time.Minute // an export of a large corpus takes its time
	idleTimeout     = 2 * time.Minute
	shutdownTimeout = 10 * time.Second
)

// serveConfig are the flags of `ibid serve`.
type serveConfig struct {
	places
	Addr    string // host:port; port 0 takes a free one
	LogJSON bool
	Quiet   bool
}

func newServe() *cobra.Command {
	var cfg serveConfig
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Serve the search page and the API, building the index first if it is stale",
		Example: `  ibid serve
  ibid serve --addr 127.0.0.1:9000 --corpus my-edition --index /var/lib/ibid`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return serve(cmd.Context(), cfg, cmd.ErrOrStderr())
		},
	}
	cfg.places.flags(cmd)
	cmd.Flags().StringVar(&cfg.Addr, "addr", "127.0.0.1:8080", "`address` to listen on, as host:port")
	cmd.Flags().BoolVar(&cfg.LogJSON, "log-json", false, "write the log as JSON lines")
	cmd.Flags().BoolVar(&cfg.Quiet, "quiet", false, "log warnings and errors only, not each request")
	return cmd
}

// serve listens, opens the index and answers until ctx is done; then it lets
// the requests under way finish.
func serve(ctx context.Context, cfg serveConfig, stderr io.Writer) error {
	log := newLogger(cfg, stderr)
	listener, err := net.Listen("tcp", cfg.Addr)
	if err != nil {
		return fmt.Errorf("cannot listen on %s: %w; choose another address with --addr", cfg.Addr, err)
	}
	defer listener.Close()
	index, err := cfg.open(ctx, stderr)
	if err != nil {
		return err
	}
	defer index.Close()
	server := &http.Server{
		Handler:           web.New(web.Config{Build: release + revision()}, index, log),
		ReadHeaderTimeout: headerTimeout,
		ReadTimeout:       readTimeout,
		WriteTimeout:      writeTimeout,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    web.MaxHeaderBytes,
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
	stopped := make(chan error, 1)
	go func() { stopped <- server.Serve(listener) }()
	fmt.Fprintf(stderr, "ibid serves %s at http://%s/\n", index.Manifest().Title, listener.Addr())
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
