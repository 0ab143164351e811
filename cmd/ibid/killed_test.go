package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ibid/corpus"
	"ibid/indexer"
	"ibid/search"
)

// The shelf that builds are killed on has sources of about so many passages in all, which
// makes several parts of a segment.
const (
	killSources  = 4
	killPassages = 2200
)

// A killShelf is a corpus of which one source changes from build to build.
type killShelf struct{ corpus, index string }

func newKillShelf(t *testing.T) killShelf {
	t.Helper()
	s := killShelf{t.TempDir(), filepath.Join(t.TempDir(), "index")}
	manifest := "id: kill\ntitle: Kill\nsources:\n"
	random := rand.New(rand.NewPCG(1, 2))
	words := make([]string, 2000)
	for i := range words {
		words[i] = word(random)
	}
	for i := range killSources {
		manifest += fmt.Sprintf("  - {id: s%d, path: s%d.txt, format: text}\n", i, i)
		var text strings.Builder
		for range killPassages / killSources {
			text.WriteString("The ")
			for n := range 90 {
				fmt.Fprintf(&text, "%s%c", words[random.IntN(len(words))], " \n"[n/11%2*(n%11/10)])
			}
			text.WriteString("end.\n\n")
		}
		write(t, filepath.Join(s.corpus, fmt.Sprintf("s%d.txt", i)), text.String())
	}
	manifest += "  - {id: changing, path: changing.txt, format: text}\n"
	write(t, filepath.Join(s.corpus, corpus.ManifestName), manifest)
	return s
}

func word(r *rand.Rand) string {
	out := make([]byte, 3+r.IntN(7))
	for i := range out {
		out[i] = "etaoinshrdlucmfwyp"[min(r.IntN(18), r.IntN(18))]
	}
	return string(out)
}

// change gives the shelf another version: its source tells which.
func (s killShelf) change(t *testing.T, version int) {
	write(t, filepath.Join(s.corpus, "changing.txt"), fmt.Sprintf("This is the text of version%d and of no other.\n", version))
}

// answers opens what stands in the index folder, and returns which of two versions answers, after
// a comparison of all its files with their sums.
func (s killShelf) answers(t *testing.T, versions ...int) int {
	t.Helper()
	ix, err := search.Open(s.index, search.Verified())
	if err != nil {
		t.Fatalf("the index cannot be opened: %v", err)
	}
	defer ix.Close()
	all, err := ix.Search(context.Background(), search.Request{Bare: true})
	if err != nil || all.Total < killPassages {
		t.Fatalf("the index finds %d passages, %v", all.Total, err)
	}
	for _, v := range versions {
		r, err := ix.Search(context.Background(), search.Request{Query: fmt.Sprintf("version%d", v), Match: search.Exact})
		if err != nil {
			t.Fatal(err)
		}
		if r.Total == 1 {
			return v
		}
	}
	t.Fatalf("the index is none of versions %v", versions)
	return 0
}

// stages are what a build leaves in the index folder on its way: files that stand
// there when it has come so far.
var stages = []string{"*/*.new", "gen-*/part-*.run", "gen-*/part-*2.zap", "gen-*/passages.zap", "gen-*/words.txt", "gen-*/manifest.json"}

// A build that is killed, wherever it has come to, leaves an index that answers: the old
// one, or the new one if that was whole. The next build takes away what was left.
func TestBuildKilledAnywhere(t *testing.T) {
	s := newKillShelf(t)
	s.change(t, 0)
	if status, _, stderr := ibid(t, "index", "--corpus", s.corpus, "--index", s.index); status != statusDone {
		t.Fatal(stderr)
	}
	answering, halves := s.answers(t, 0), 0
	random := rand.New(rand.NewPCG(3, uint64(time.Now().UnixNano())))
	for i, stage := range append(stages, stages[1:3]...) {
		version := i + 1
		s.change(t, version)
		s.killAt(t, stage, time.Duration(random.IntN(40))*time.Millisecond)
		left, _ := filepath.Glob(filepath.Join(s.index, "gen-*"))
		halves += len(left) - 1
		answering = s.answers(t, answering, version)
		t.Logf("killed at %s: version %d of %d answers, %d half a generation", stage, answering, version, len(left)-1)
	}
	if halves == 0 {
		t.Error("no build was killed half way: the test shows nothing")
	}
	s.change(t, 99)
	if status, _, stderr := ibid(t, "index", "--corpus", s.corpus, "--index", s.index); status != statusDone {
		t.Fatal(stderr)
	}
	s.answers(t, 99)
	for pattern, want := range map[string]int{"gen-*": 1, "gen-*/part-*": 0, "*/*.new": 0, "*.new": 0} {
		if left, _ := filepath.Glob(filepath.Join(s.index, pattern)); len(left) != want {
			t.Errorf("after a whole build %d files %s are left: %v", len(left), pattern, left)
		}
	}
	if _, err := indexer.Verify(context.Background(), s.index); err != nil {
		t.Error(err)
	}
}

// killAt starts a build in a process of its own, and kills it some time after it has come to a stage.
func (s killShelf) killAt(t *testing.T, stage string, later time.Duration) {
	t.Helper()
	cmd := program("index", "--corpus", s.corpus, "--index", s.index)
	before, _ := filepath.Glob(filepath.Join(s.index, stage))
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() {
		_ = cmd.Wait() // killed, or done before the kill: both are tried
		close(ended)
	}()
	for reached := false; !reached; {
		select {
		case <-ended:
			return
		case <-time.After(time.Millisecond):
			now, _ := filepath.Glob(filepath.Join(s.index, stage))
			reached = len(now) > len(before)
		}
	}
	time.Sleep(later)
	if err := cmd.Process.Kill(); err != nil && !strings.Contains(err.Error(), os.ErrProcessDone.Error()) {
		t.Fatal(err)
	}
	<-ended
}
