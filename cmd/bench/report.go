package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"text/tabwriter"
	"time"
)

// engines are those whose results are told, in this order.
var engines = []string{"ibid", "bleve", "xapian", "sqlite"}

// report prints the results that are in the folder.
func report(cfg config, out io.Writer) error {
	var results []result
	for _, name := range engines {
		var r result
		err := readJSONFile(filepath.Join(cfg.Dir, fmt.Sprintf(resultName, name)), &r)
		switch {
		case os.IsNotExist(err):
			continue
		case err != nil:
			return err
		}
		results = append(results, r)
	}
	if len(results) == 0 {
		return fmt.Errorf("there are no results in %s", cfg.Dir)
	}
	fmt.Fprintf(out, "%s, %s, %d processors, %s\n", time.Now().Format(time.DateOnly), processor(), runtime.NumCPU(), runtime.Version())
	fmt.Fprintf(out, "%d passages, %.1f MB of text, match %q\n", results[0].Build.Count, megabytes(results[0].Build.Text), cfg.Match)
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	tellBuild(w, results)
	fmt.Fprintln(w, "\nreq/s: full requests a second of the classes that all engines have, by number of clients")
	if m := results[0].Mixed; len(m) > 0 {
		fmt.Fprintf(w, "ibid, all classes: %.1f / %.1f / %.1f requests a second of 1, 2 and 8 clients\n", m["1"], m["2"], m["8"])
	}
	if k := results[0].Kept; k.P50 > 0 {
		fmt.Fprintf(w, "\nNo answers were kept. Where they are, one asked for again takes %.4f / %.4f / %.4f ms.\n", k.P50, k.P95, k.P99)
	}
	tellLatency(w, "full: hits, facets, histogram, ten fragments; ms p50 / p95 / p99", results, func(r result) map[string]latency { return r.Full })
	tellLatency(w, "bare: total and the ten best (ibid with their fragments); ms p50 / p95 / p99", results, func(r result) map[string]latency { return r.Bare })
	tellHits(w, results)
	return w.Flush()
}

func tellBuild(w io.Writer, results []result) {
	fmt.Fprint(w, "\nengine\tbuild/s\tbuild/cpu s\tpeak own MB\tsize MB\tof text\topen s\town MB\tresident MB\treq/s 1\t2\t8\n")
	for _, r := range results {
		b := r.Build
		fmt.Fprintf(w, "%s\t%.0f\t%s\t%.0f\t%.1f\t%.2f\t%.3f\t%.0f\t%.0f\t%.1f\t%.1f\t%.1f\n", r.Engine, float64(b.Count)/max(b.Seconds, 1e-9), rate(b.Count, b.CPU),
			megabytes(b.PeakOwn), megabytes(b.Bytes),
			float64(b.Bytes)/float64(results[0].Build.Text), r.Open, megabytes(r.Own), megabytes(r.Resident), r.Throughput["1"], r.Throughput["2"], r.Throughput["8"])
	}
}

// rate returns passages a second of the processor, "-" where that was not told.
func rate(count int, seconds float64) string {
	if seconds <= 0 {
		return "-"
	}
	return fmt.Sprintf("%.0f", float64(count)/seconds)
}

func tellLatency(w io.Writer, title string, results []result, of func(result) map[string]latency) {
	fmt.Fprintf(w, "\n%s\nclass\thits p50 / p95", title)
	for _, r := range results {
		fmt.Fprintf(w, "\t%s", r.Engine)
	}
	fmt.Fprintln(w)
	for _, class := range append(slices.Clone(classes), "all") {
		hits := slices.Clone(results[0].Hits[class])
		slices.Sort(hits)
		row := class + "\t"
		if len(hits) > 0 {
			row += fmt.Sprintf("%d / %d", hits[len(hits)/2], hits[len(hits)*19/20])
		}
		for _, r := range results {
			l, ok := of(r)[class]
			if !ok {
				row += "\t-"
				continue
			}
			row += fmt.Sprintf("\t%.2f / %.2f / %.2f", l.P50, l.P95, l.P99)
			if l.CPU.P95 > 0 {
				row += fmt.Sprintf(" (cpu %.2f / %.2f)", l.CPU.P50, l.CPU.P95)
			}
		}
		fmt.Fprintln(w, row)
	}
}

// tellHits compares the numbers of hits with those of ibid, query by query.
func tellHits(w io.Writer, results []result) {
	for _, r := range results[1:] {
		var parts []string
		for _, class := range classes {
			theirs, ours := r.Hits[class], results[0].Hits[class]
			if len(theirs) == 0 {
				continue
			}
			same := 0
			for i := range min(len(theirs), len(ours)) {
				if theirs[i] == ours[i] {
					same++
				}
			}
			parts = append(parts, fmt.Sprintf("%s %d of %d", class, same, len(theirs)))
		}
		fmt.Fprintf(w, "\nqueries with as many hits as ibid, %s: %s\n", r.Engine, strings.Join(parts, ", "))
	}
}

func megabytes(n int64) float64 { return float64(n) / 1e6 }

// processor returns the name of the processor, where /proc tells.
func processor() string {
	data, err := os.ReadFile("/proc/cpuinfo")
	if err != nil {
		return runtime.GOARCH
	}
	for line := range strings.SplitSeq(string(data), "\n") {
		if name, ok := strings.CutPrefix(line, "model name"); ok {
			return strings.TrimSpace(strings.TrimLeft(name, "\t :"))
		}
	}
	return runtime.GOARCH
}
