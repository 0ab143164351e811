package main

import (
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/mattn/go-isatty"
	"github.com/schollz/progressbar/v3"
	"github.com/spf13/cobra"

	"ibid/corpus"
	"ibid/indexer"
)

// buildFlags adds the flags of commands that are made for building an index.
func (p *places) buildFlags(cmd *cobra.Command) {
	p.Memory = indexer.DefaultMemory
	cmd.Flags().BoolVar(&p.Strict, "strict", false, "stop at a source that cannot be read (default: leave it out and say so)")
	cmd.Flags().Var(&p.Memory, "memory", "`bytes` of memory that a build takes at most, as 512MiB or 2GiB")
}

// builder makes what builds the index of a corpus and tells of it on stderr.
func (p *places) builder(c *corpus.Corpus, dir string, stderr io.Writer) *indexer.Builder {
	return &indexer.Builder{Corpus: c, Dir: dir, Strict: p.Strict, Memory: int64(p.Memory), Progress: progress(stderr),
		LeftOut: func(_ string, err error) { fmt.Fprintf(stderr, "ibid: left out: %v\n", err) },
		Notice:  func(message string) { fmt.Fprintf(stderr, "ibid: %s\n", message) }}
}

// A size is a number of bytes, as a flag of at least minMemory.
type size int64

// minMemory is the least that a build is given: less is a slip of the pen.
const minMemory = 64 << 20

func (s *size) String() string { return sizeText(int64(*s)) }

func (s *size) Type() string { return "bytes" }

// Set reads "512MiB", "2GiB", "1G" or a number of bytes.
func (s *size) Set(text string) error {
	n, err := parseSize(text)
	if err == nil && n < minMemory {
		err = fmt.Errorf("a build needs at least %d MiB", minMemory>>20)
	}
	if err == nil {
		*s = size(n)
	}
	return err
}

// A room is a number of bytes, as a flag that may be 0.
type room int64

func (r *room) String() string { return sizeText(int64(*r)) }

func (r *room) Type() string { return "bytes" }

// Set reads what that of size does, and 0.
func (r *room) Set(text string) error {
	n, err := parseSize(text)
	if err == nil {
		*r = room(n)
	}
	return err
}

func sizeText(n int64) string {
	if n == 0 {
		return "0"
	}
	if mib := n >> 20; mib%1024 != 0 {
		return strconv.FormatInt(mib, 10) + "MiB"
	}
	return strconv.FormatInt(n>>30, 10) + "GiB"
}

// parseSize reads "512MiB", "2GiB", "1G" or a number of bytes, not below 0.
func parseSize(text string) (int64, error) {
	digits := strings.TrimRight(strings.ToUpper(strings.TrimSpace(text)), "IB")
	shift := 0
	for unit, n := range map[string]int{"K": 10, "M": 20, "G": 30, "T": 40} {
		if rest, ok := strings.CutSuffix(digits, unit); ok {
			digits, shift = strings.TrimSpace(rest), n
		}
	}
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil || n < 0 || n > 1<<62>>shift {
		return 0, fmt.Errorf("give bytes, as 512MiB or 2GiB")
	}
	return n << shift, nil
}

// progress returns a function that tells on stderr how far a build has come: by a
// bar on a terminal, once the work has taken a second; elsewhere by a line every
// ten seconds.
func progress(stderr io.Writer) func(indexer.Progress) {
	f, ok := stderr.(*os.File)
	if !ok || !isatty.IsTerminal(f.Fd()) {
		return (&teller{out: stderr, told: time.Now()}).tell
	}
	begun := time.Now()
	var bar *progressbar.ProgressBar
	step := ""
	return func(p indexer.Progress) {
		if time.Since(begun) < time.Second {
			return
		}
		if p.Step != step {
			step = p.Step
			bar = progressbar.NewOptions(p.Total, progressbar.OptionSetWriter(stderr), progressbar.OptionClearOnFinish(),
				progressbar.OptionThrottle(100*time.Millisecond), progressbar.OptionShowCount(), progressbar.OptionShowIts(),
				progressbar.OptionSetPredictTime(true), progressbar.OptionShowBytes(p.Step == indexer.Reading))
		}
		bar.ChangeMax(p.Total)
		bar.Describe(fmt.Sprintf("%s (%d passages)", p.Step, p.Passages))
		// A bar that cannot be drawn is no reason to stop indexing.
		_ = bar.Set(p.Done)
	}
}

// tellEvery is how often a line is written where no bar can be drawn.
const tellEvery = 10 * time.Second

// A teller writes lines about a build.
type teller struct {
	out   io.Writer
	told  time.Time // when the last line was written, or the work began
	step  string
	begun time.Time // the step
	first int       // what was done when the step was first told of
}

func (t *teller) tell(p indexer.Progress) {
	now := time.Now()
	if p.Step != t.step {
		t.step, t.begun, t.first = p.Step, now, p.Done
	}
	if now.Sub(t.told) < tellEvery {
		return
	}
	t.told = now
	fmt.Fprintln(t.out, progressLine(p, p.Done-t.first, now.Sub(t.begun)))
}

// progressLine words how far a step has come that did some in a time: "reading:
// 12 of 40 MB, 8123 passages, 3.1 MB a second, about 9s left".
func progressLine(p indexer.Progress, did int, took time.Duration) string {
	count := fmt.Sprintf("%d of %d passages", p.Done, p.Total)
	rate := float64(did) / max(took.Seconds(), 0.001)
	speed := fmt.Sprintf("%.0f passages a second", rate)
	if p.Step == indexer.Reading {
		count = fmt.Sprintf("%.0f of %.0f MB, %d passages", float64(p.Done)/1e6, float64(p.Total)/1e6, p.Passages)
		speed = fmt.Sprintf("%.1f MB a second", rate/1e6)
	}
	line := fmt.Sprintf("%s: %s, %s", p.Step, count, speed)
	if rate > 0 && p.Total >= p.Done {
		left := time.Duration(float64(p.Total-p.Done) / rate * float64(time.Second))
		line += fmt.Sprintf(", about %s left", left.Round(time.Second))
	}
	return line
}
