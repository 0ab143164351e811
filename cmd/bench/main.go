// Command bench measures ibid at scale. It makes N synthetic passages out of the
// sentences of given sources, indexes them, replays a fixed mix of queries through
// the search that the server uses, and prints latency, throughput, build rate,
// size and memory:
//
//	go run ./cmd/bench -n 100000 SOURCE...
//
// A source is a file of text, Markdown, XML or JSON lines, or a tar of such files;
// one whose name ends in .gz is unpacked. Without any, the shipped corpus is the
// source, which is small: its words are then commoner than those of a library.
//
// With -peers the same passages and queries are given to bleve with its own facets,
// SQLite FTS5 and Xapian, as far as they are installed (cmd/bench/peers), and the
// numbers of hits are compared.
//
// Each step runs in a process of its own, so that its memory can be told:
//
//	make   passages.jsonl, peers.jsonl and queries.json in the folder -dir
//	build  the index
//	run    the queries, written to result-ibid.json
//
// Passages and queries are the same for the same sources, -n and -seed. It reads
// /proc for memory, so that wants Linux.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/pprof"
	"strconv"
	"time"
)

type config struct {
	N       int           // passages
	Queries int           // of each class
	Seed    uint64        // of passages and queries
	Dir     string        // of all files
	Match   string        // layers of word forms; "" as the server has it
	Peers   bool          // compare with other engines
	Profile string        // file for a CPU profile of the step run; "" for none
	Clients time.Duration // of each measurement of throughput
	Sources []string
}

func main() {
	var cfg config
	var step string
	flag.IntVar(&cfg.N, "n", 10_000, "passages to make")
	flag.IntVar(&cfg.Queries, "queries", 60, "queries of each class")
	flag.Uint64Var(&cfg.Seed, "seed", 1, "seed of passages and queries")
	flag.StringVar(&cfg.Dir, "dir", "", "`folder` for all files, kept; what is there already is used again (default: a temporary one)")
	flag.StringVar(&cfg.Match, "match", "", "deepest layer of word forms: exact, stem, variant or similar (default: as the server has it)")
	flag.BoolVar(&cfg.Peers, "peers", false, "measure bleve, SQLite and Xapian, too")
	flag.DurationVar(&cfg.Clients, "clients", 5*time.Second, "`time` of each measurement of throughput")
	flag.StringVar(&cfg.Profile, "profile", "", "`file` for a CPU profile of -step build or run")
	flag.StringVar(&step, "step", "", "run one `step` only: make, build, run or report")
	flag.Parse()
	cfg.Sources = flag.Args()
	if err := run(cfg, step); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(cfg config, step string) error {
	if cfg.N < 100 || cfg.Queries < 1 {
		return errors.New("give at least 100 passages and one query")
	}
	if cfg.Profile != "" {
		f, err := os.Create(cfg.Profile)
		if err != nil {
			return err
		}
		defer f.Close()
		if err := pprof.StartCPUProfile(f); err != nil {
			return err
		}
		defer pprof.StopCPUProfile()
	}
	switch step {
	case "make":
		return makePassages(cfg)
	case "build":
		return build(cfg)
	case "run":
		return replay(cfg)
	case "report":
		return report(cfg, os.Stdout)
	case "":
		return all(cfg)
	}
	return fmt.Errorf("there is no step %q; write make, build, run or report", step)
}

// all runs the steps, each in a process of its own.
func all(cfg config) error {
	if cfg.Dir == "" {
		dir, err := os.MkdirTemp("", "ibid-bench-")
		if err != nil {
			return err
		}
		defer os.RemoveAll(dir)
		cfg.Dir = dir
	}
	for _, step := range []struct{ name, makes string }{{"make", queriesName}, {"build", builtName}, {"run", ""}} {
		if _, err := os.Stat(filepath.Join(cfg.Dir, step.makes)); err == nil && step.makes != "" {
			continue
		}
		if err := cfg.step(step.name); err != nil {
			return err
		}
	}
	if cfg.Peers {
		if err := runPeers(cfg); err != nil {
			return err
		}
	}
	return report(cfg, os.Stdout)
}

func (cfg config) step(name string) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	args := []string{
		"-step", name, "-n", strconv.Itoa(cfg.N), "-queries", strconv.Itoa(cfg.Queries), "-seed", strconv.FormatUint(cfg.Seed, 10),
		"-dir", cfg.Dir, "-match", cfg.Match, "-clients", cfg.Clients.String(), "--",
	}
	cmd := exec.Command(self, append(args, cfg.Sources...)...)
	cmd.Stdout, cmd.Stderr = os.Stderr, os.Stderr
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("step %s: %w", name, err)
	}
	return nil
}
