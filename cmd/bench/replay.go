package main

import (
	"context"
	"fmt"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"ibid/search"
)

// A result is what one engine came to; peers write the same.
type result struct {
	Engine     string             `json:"engine"`
	Build      built              `json:"build"`
	Open       float64            `json:"open"`       // seconds, the first answer included
	Bare       map[string]latency `json:"bare"`       // by class: total and the ten best
	Full       map[string]latency `json:"full"`       // with facets, histogram and fragments
	Kept       latency            `json:"kept"`       // full, asked again where answers are kept; ibid only
	Throughput map[string]float64 `json:"throughput"` // full requests a second of the classes that all engines have, by number of clients
	Mixed      map[string]float64 `json:"mixed"`      // of all classes; ibid only
	Own        int64              `json:"own"`        // bytes of memory of its own, the most seen in the run
	Resident   int64              `json:"resident"`   // bytes, files that are mapped included, at the end
	Hits       map[string][]int   `json:"hits"`       // by class, in the order of the queries
}

// latency sums up times in milliseconds.
type latency struct {
	P50  float64  `json:"p50"`
	P95  float64  `json:"p95"`
	P99  float64  `json:"p99"`
	Mean float64  `json:"mean"`
	CPU  struct { // of the processors, by all threads, where it is told
		P50 float64 `json:"p50"`
		P95 float64 `json:"p95"`
	} `json:"cpu"`
}

// times are those of the queries of a class.
type times struct{ clock, cpu []time.Duration }

const resultName = "result-%s.json"

// replay opens the index and asks it the queries.
func replay(cfg config) error {
	var queries []benchQuery
	if err := readJSONFile(filepath.Join(cfg.Dir, queriesName), &queries); err != nil {
		return err
	}
	r := result{Engine: "ibid", Bare: map[string]latency{}, Full: map[string]latency{}, Throughput: map[string]float64{}, Mixed: map[string]float64{}, Hits: map[string][]int{}}
	if err := readJSONFile(filepath.Join(cfg.Dir, builtName), &r.Build); err != nil {
		return err
	}
	requests := make([]search.Request, len(queries))
	for i := range queries {
		requests[i] = queries[i].request(search.Layer(cfg.Match))
	}
	stop := make(chan struct{})
	own := watchOwn(stop)
	begun := time.Now()
	dir := filepath.Join(cfg.Dir, indexName)
	ix, err := search.Open(dir) // no answer is kept: every request is worked out
	if err != nil {
		return err
	}
	defer ix.Close()
	if _, err := ix.Search(context.Background(), requests[0]); err != nil {
		return err
	}
	r.Open = time.Since(begun).Seconds()
	if err := r.classes(ix, queries, requests); err != nil {
		return err
	}
	var shared []search.Request
	for i := range queries {
		if !queries[i].ours() {
			shared = append(shared, requests[i])
		}
	}
	for _, clients := range []int{1, 2, 8} {
		if r.Throughput[fmt.Sprint(clients)], err = throughput(ix, shared, clients, cfg.Clients); err != nil {
			return err
		}
		if r.Mixed[fmt.Sprint(clients)], err = throughput(ix, requests, clients, cfg.Clients); err != nil {
			return err
		}
	}
	close(stop)
	r.Own, r.Resident = <-own, status("VmRSS")
	if r.Kept, err = askedAgain(dir, requests); err != nil {
		return err
	}
	return writeJSON(filepath.Join(cfg.Dir, fmt.Sprintf(resultName, r.Engine)), r)
}

// rounds is the number of times that each query is asked; the first is not counted.
const rounds = 4

// classes measures the queries one after the other, bare and full.
func (r *result) classes(ix *search.Index, queries []benchQuery, requests []search.Request) error {
	for _, bare := range []bool{true, false} {
		taken := map[string]*times{"all": new(times)}
		for _, class := range classes {
			taken[class] = new(times)
		}
		for round := range rounds {
			for i, q := range requests {
				q.Bare = bare
				cpu, begun := processTime(), time.Now()
				answer, err := ix.Search(context.Background(), q)
				if err != nil {
					return fmt.Errorf("query %q: %w", q.Query, err)
				}
				took, used, class := time.Since(begun), processTime()-cpu, queries[i].Class
				if round > 0 {
					for _, t := range []*times{taken[class], taken["all"]} {
						t.clock, t.cpu = append(t.clock, took), append(t.cpu, used)
					}
				} else if bare {
					r.Hits[class] = append(r.Hits[class], answer.Total)
				}
			}
		}
		into := r.Full
		if bare {
			into = r.Bare
		}
		for class, t := range taken {
			if len(t.clock) > 0 {
				into[class] = t.summarize()
			}
		}
	}
	return nil
}

// keptBytes has room for every answer of the queries.
const keptBytes = 1 << 30

// askedAgain measures what answers cost that were given before and kept.
func askedAgain(dir string, requests []search.Request) (latency, error) {
	ix, err := search.Open(dir, search.Verified(), search.Answers(keptBytes))
	if err != nil {
		return latency{}, err
	}
	defer ix.Close()
	var t times
	for round := range rounds {
		for _, q := range requests {
			cpu, begun := processTime(), time.Now()
			if _, err := ix.Search(context.Background(), q); err != nil {
				return latency{}, err
			}
			if round > 0 {
				t.clock, t.cpu = append(t.clock, time.Since(begun)), append(t.cpu, processTime()-cpu)
			}
		}
	}
	return t.summarize(), nil
}

func (t *times) summarize() latency {
	slices.Sort(t.clock)
	slices.Sort(t.cpu)
	l := latency{P50: share(t.clock, 0.50), P95: share(t.clock, 0.95), P99: share(t.clock, 0.99)}
	for _, d := range t.clock {
		l.Mean += d.Seconds() * 1000 / float64(len(t.clock))
	}
	l.CPU.P50, l.CPU.P95 = share(t.cpu, 0.50), share(t.cpu, 0.95)
	return l
}

// share returns in milliseconds what such a share of sorted times does not exceed.
func share(sorted []time.Duration, of float64) float64 {
	return sorted[min(int(of*float64(len(sorted))), len(sorted)-1)].Seconds() * 1000
}

// throughput asks full requests from so many clients at once, each the next query.
func throughput(ix *search.Index, requests []search.Request, clients int, most time.Duration) (float64, error) {
	runtime.GC()
	var next, done atomic.Int64
	var failed atomic.Pointer[error]
	var wait sync.WaitGroup
	begun := time.Now()
	for range clients {
		wait.Go(func() {
			for time.Since(begun) < most && failed.Load() == nil {
				q := requests[int(next.Add(1)-1)%len(requests)]
				if _, err := ix.Search(context.Background(), q); err != nil {
					failed.Store(&err)
					return
				}
				done.Add(1)
			}
		})
	}
	wait.Wait()
	if err := failed.Load(); err != nil {
		return 0, *err
	}
	return float64(done.Load()) / time.Since(begun).Seconds(), nil
}
