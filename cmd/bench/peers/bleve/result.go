package main

import (
	"fmt"
	"runtime"
	"slices"
	"time"

	"github.com/blevesearch/bleve/v2"
	"golang.org/x/sys/unix"
)

type result struct {
	Engine     string             `json:"engine"`
	Build      built              `json:"build"`
	Open       float64            `json:"open"`
	Bare       map[string]latency `json:"bare"`
	Full       map[string]latency `json:"full"`
	Throughput map[string]float64 `json:"throughput"`
	Own        int64              `json:"own"`
	Resident   int64              `json:"resident"`
	Hits       map[string][]int   `json:"hits"`
}

type latency struct {
	P50  float64 `json:"p50"`
	P95  float64 `json:"p95"`
	P99  float64 `json:"p99"`
	Mean float64 `json:"mean"`
	CPU  struct {
		P50 float64 `json:"p50"`
		P95 float64 `json:"p95"`
	} `json:"cpu"`
}

func newResult(made built, open float64) *result {
	return &result{Engine: "bleve", Build: made, Open: open, Bare: map[string]latency{}, Full: map[string]latency{}, Throughput: map[string]float64{}, Hits: map[string][]int{}}
}

// rounds is the number of times that each query is asked; the first is not counted.
const rounds = 2

type times struct{ clock, cpu []time.Duration }

// classes measures the queries one after the other, bare and full.
func (r *result) classes(ix bleve.Index, queries []benchQuery) error {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	for _, full := range []bool{false, true} {
		taken := map[string]*times{"all": new(times)}
		for round := range rounds {
			for _, q := range queries {
				if q.Class == "plain" {
					continue
				}
				cpu, begun := threadTime(), time.Now()
				answer, err := ix.Search(request(q, full))
				if err != nil {
					return fmt.Errorf("query %v: %w", q, err)
				}
				took, used := time.Since(begun), threadTime()-cpu
				switch {
				case round > 0:
					if taken[q.Class] == nil {
						taken[q.Class] = new(times)
					}
					for _, t := range []*times{taken[q.Class], taken["all"]} {
						t.clock, t.cpu = append(t.clock, took), append(t.cpu, used)
					}
				case !full && q.Class != "fuzzy": // ibid's fuzzy words are not bleve's
					r.Hits[q.Class] = append(r.Hits[q.Class], int(answer.Total))
				}
			}
		}
		into := r.Bare
		if full {
			into = r.Full
		}
		for class, t := range taken {
			into[class] = t.summarize()
		}
	}
	return nil
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

func share(sorted []time.Duration, of float64) float64 {
	return sorted[min(int(of*float64(len(sorted))), len(sorted)-1)].Seconds() * 1000
}

// threadTime returns the processor time that the thread has taken.
func threadTime() time.Duration {
	var t unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_THREAD_CPUTIME_ID, &t); err != nil {
		return 0
	}
	return time.Duration(t.Nano())
}

// processTime returns the processor time that the process has taken.
func processTime() time.Duration {
	var t unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_PROCESS_CPUTIME_ID, &t); err != nil {
		return 0
	}
	return time.Duration(t.Nano())
}
