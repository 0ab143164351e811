// Command loadtest starts an ibid server on a free loopback port, asks it many
// searches from this second process, and reports throughput, latency, faults and
// the growth of the server's memory. It never asks another machine, and stops
// after -n requests or -most, whichever is first. It reads /proc, so it wants Linux.
//
//	go build -o bin/ibid ./cmd/ibid && go run ./cmd/loadtest
//
// The exit status is 1 if a request failed, memory grew by more than a tenth, or a
// crowd was not turned away in time.
package main

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

type config struct {
	Program string        // ibid
	Queries string        // file of topics: the fourth column of each line is a query
	N       int           // requests in all
	Clients int           // at once
	Crowd   int           // at once, to be turned away
	Most    time.Duration // of the whole
	Answers string        // memory that the server may keep answers in
}

func main() {
	var cfg config
	flag.StringVar(&cfg.Program, "ibid", "bin/ibid", "the program to start")
	flag.StringVar(&cfg.Queries, "queries", "search/eval/testdata/pact1939/topics.tsv", "topics, with the query in the fourth column")
	flag.IntVar(&cfg.N, "n", 200_000, "requests in all")
	flag.IntVar(&cfg.Clients, "clients", 4, "clients at once")
	flag.IntVar(&cfg.Crowd, "crowd", 2000, "clients at once in a crowd, which is to be turned away")
	flag.DurationVar(&cfg.Most, "most", 10*time.Minute, "time for the whole")
	flag.StringVar(&cfg.Answers, "answers", "0", "`bytes` that the server may keep answers in: without any, each request is worked out")
	flag.Parse()
	if err := run(cfg, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "loadtest:", err)
		os.Exit(1)
	}
}

// turns is how often searches with facets and without take turns, so that a noisy
// machine is as noisy to both.
const turns = 10

func run(cfg config, out io.Writer) error {
	queries, err := readQueries(cfg.Queries)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.Background(), cfg.Most)
	defer cancel()
	srv, err := start(ctx, cfg.Program, cfg.Answers)
	if err != nil {
		return err
	}
	defer srv.stop()

	warm := load{server: srv, queries: queries, n: cfg.N / 20, clients: cfg.Clients}
	warm.run(ctx)
	before := srv.memory()
	fmt.Fprintf(out, "memory after %d requests: %d MB\n", warm.n, before>>20)
	facets := load{server: srv, queries: queries, n: cfg.N / 2 / turns, clients: cfg.Clients}
	plain := load{server: srv, queries: queries, n: cfg.N / 2 / turns, clients: cfg.Clients, more: "&facets=no"}
	for range turns {
		facets.run(ctx)
		plain.run(ctx)
	}
	facets.report(out, "with facets")
	plain.report(out, "without facets")
	after := srv.memory()
	fmt.Fprintf(out, "memory after %d requests: %d MB\n", warm.n+turns*(facets.n+plain.n), after>>20)
	crowd := load{server: srv, queries: queries, n: 10 * cfg.Crowd, clients: cfg.Crowd}
	crowd.run(ctx)
	crowd.report(out, fmt.Sprintf("crowd of %d", cfg.Crowd))

	faults := warm.faults.Load() + facets.faults.Load() + plain.faults.Load() + crowd.faults.Load()
	switch {
	case ctx.Err() != nil:
		return fmt.Errorf("stopped after %v, before the end", cfg.Most)
	case faults > 0:
		return fmt.Errorf("%d requests failed", faults)
	case warm.away()+facets.away()+plain.away() > 0:
		return errors.New("requests were turned away with few clients")
	case crowd.away() > 0 && ms(crowd.busy, 0.99) > 5000:
		return fmt.Errorf("one in a hundred of a crowd waited %.0f ms to be turned away", ms(crowd.busy, 0.99))
	case float64(after) > 1.1*float64(before)+8<<20:
		return fmt.Errorf("memory grew from %d to %d bytes", before, after)
	}
	return nil
}

func readQueries(name string) ([]string, error) {
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	var out []string
	for line := range strings.Lines(string(text)) {
		if cells := strings.Split(strings.TrimSpace(line), "\t"); len(cells) >= 4 && !strings.HasPrefix(line, "#") {
			out = append(out, cells[3])
		}
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("%s has no queries", name)
	}
	return out, nil
}

// A server is an ibid that serves the shipped corpus.
type server struct {
	command *exec.Cmd
	address string
	dir     string
}

// start starts the program and waits for the line with its address.
func start(ctx context.Context, program, answers string) (*server, error) {
	dir, err := os.MkdirTemp("", "ibid-load")
	if err != nil {
		return nil, err
	}
	s := &server{dir: dir, command: exec.CommandContext(ctx, program, "serve", "--quiet", "--addr", "127.0.0.1:0", "--answers", answers, "--index", dir+"/index")}
	said, err := s.command.StderrPipe()
	if err != nil {
		return nil, err
	}
	if err := s.command.Start(); err != nil {
		return nil, err
	}
	lines := bufio.NewReader(said)
	for {
		line, err := lines.ReadString('\n')
		if err != nil {
			s.stop()
			return nil, fmt.Errorf("%s did not say where it serves: %w", program, err)
		}
		if _, address, ok := strings.Cut(strings.TrimSpace(line), " at http://"); ok {
			s.address = "http://" + strings.TrimSuffix(address, "/")
			break
		}
	}
	go io.Copy(io.Discard, lines) // ends with the server
	return s, nil
}

func (s *server) stop() {
	// A server that is gone already need not be stopped, and its exit status says nothing.
	_ = s.command.Process.Signal(os.Interrupt)
	_ = s.command.Wait()
	os.RemoveAll(s.dir)
}

// memory is the anonymous memory of the server in bytes, 0 where that is not known.
func (s *server) memory() int {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.command.Process.Pid))
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(status)) {
		if fields := strings.Fields(line); len(fields) == 3 && fields[0] == "RssAnon:" {
			if kB, err := strconv.Atoi(fields[1]); err == nil {
				return kB << 10
			}
		}
	}
	return 0
}

// A load is a number of requests of some clients, each of whom asks again as soon
// as it is answered.
type load struct {
	server  *server
	queries []string
	n       int // of one run
	clients int
	more    string // further parameters

	took   time.Duration
	faults atomic.Int64
	mu     sync.Mutex
	good   []time.Duration // answered with 200
	busy   []time.Duration // turned away with 503 and Retry-After
}

// run makes n requests; what several runs measure is added up.
func (l *load) run(ctx context.Context) {
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: l.clients}, Timeout: 30 * time.Second}
	defer client.CloseIdleConnections()
	begun := time.Now()
	var next atomic.Int64
	var clients sync.WaitGroup
	for range l.clients {
		clients.Go(func() {
			for ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= l.n {
					return
				}
				l.ask(ctx, client, i)
			}
		})
	}
	clients.Wait()
	l.took += time.Since(begun)
}

// ask asks one search. Every query comes with each of ten sizes, so that no two
// requests in a row are the same.
func (l *load) ask(ctx context.Context, client *http.Client, i int) {
	address := fmt.Sprintf("%s/api/v1/search?size=%d&q=%s%s", l.server.address, 1+i/len(l.queries)%10, url.QueryEscape(l.queries[i%len(l.queries)]), l.more)
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		panic(err) // the address is made above
	}
	begun := time.Now()
	answer, err := client.Do(r)
	if err != nil {
		l.faults.Add(1)
		return
	}
	_, err = io.Copy(io.Discard, answer.Body)
	answer.Body.Close()
	took := time.Since(begun)
	l.mu.Lock()
	defer l.mu.Unlock()
	switch {
	case err == nil && answer.StatusCode == http.StatusOK:
		l.good = append(l.good, took)
	case err == nil && answer.StatusCode == http.StatusServiceUnavailable && answer.Header.Get("Retry-After") != "":
		l.busy = append(l.busy, took)
	default:
		l.faults.Add(1)
	}
}

// away is how many were turned away.
func (l *load) away() int { return len(l.busy) }

func (l *load) report(out io.Writer, name string) {
	slices.Sort(l.good)
	slices.Sort(l.busy)
	faults := int(l.faults.Load())
	fmt.Fprintf(out, "%s: %d requests, %d clients, %.0f answers/s, p50 %.1f ms, p99 %.1f ms; %d failed, %d turned away",
		name, len(l.good)+len(l.busy)+faults, l.clients, float64(len(l.good))/l.took.Seconds(), ms(l.good, 0.5), ms(l.good, 0.99), faults, len(l.busy))
	if len(l.busy) > 0 {
		fmt.Fprintf(out, " (p50 %.0f ms, p99 %.0f ms)", ms(l.busy, 0.5), ms(l.busy, 0.99))
	}
	fmt.Fprintln(out)
}

// ms is a quantile of sorted times in milliseconds, 0 if there are none.
func ms(sorted []time.Duration, q float64) float64 {
	if len(sorted) == 0 {
		return 0
	}
	return float64(sorted[int(q*float64(len(sorted)-1))].Microseconds()) / 1000
}
