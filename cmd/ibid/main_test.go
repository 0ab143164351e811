package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"golang.org/x/sync/errgroup"

	"ibid/corpus"
)

// asProgram makes the test binary behave as ibid, so that tests can start and
// kill a real process without building another one.
const asProgram = "IBID_TEST_AS_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		main()
		return
	}
	os.Exit(m.Run())
}

// program returns a command that runs ibid in a process of its own.
func program(args ...string) *exec.Cmd {
	cmd := exec.Command(os.Args[0], args...)
	cmd.Env = append(os.Environ(), asProgram+"=1")
	return cmd
}

// ibid runs a command line within the test.
func ibid(t *testing.T, args ...string) (status int, stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	status = run(context.Background(), args, &out, &errs)
	return status, out.String(), errs.String()
}

// sharedIndex is an index of the shipped corpus that tests only read.
func sharedIndex(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "index")
	if status, _, stderr := ibid(t, "index", "--index", dir); status != statusDone {
		t.Fatalf("ibid index: %s", stderr)
	}
	return dir
}

func TestWrongUse(t *testing.T) {
	tests := []struct {
		args []string
		want string // on standard error
	}{
		{nil, "no command given"},
		{[]string{"sreve"}, `there is no command "sreve"`},
		{[]string{"serve", "--port", "80"}, "unknown flag: --port"},
		{[]string{"serve", "now"}, `takes no argument, got "now"`},
		{[]string{"help", "sreve"}, `there is no command "sreve"`},
		{[]string{"man", "sreve", "now"}, `there is no command "sreve now"`},
		{[]string{"completion"}, "no command given"},
		{[]string{"completion", "csh"}, `there is no command "csh"`},
		{[]string{"search"}, "search needs a query"},
		{[]string{"search", "x", "--size", "0"}, "give a number from 1 to 100"},
		{[]string{"search", "x", "--size", "-1"}, "give a number from 1 to 100"},
		{[]string{"search", "x", "--sort", "best"}, "write relevance, date or position"},
		{[]string{"search", "x", "--match", "loose"}, "write exact, stem, variant or similar"},
		{[]string{"search", "x", "--dates", "near"}, "write overlap or within"},
		{[]string{"search", "x", "--format", "xml"}, `unknown format "xml"`},
		{[]string{"export", "--format", "xml"}, `unknown format "xml"`},
		{[]string{"check", "--format", "xml"}, `unknown format "xml"`},
	}
	for _, tt := range tests {
		status, stdout, stderr := ibid(t, tt.args...)
		if status != statusWrongUse || stdout != "" || !strings.Contains(stderr, tt.want) {
			t.Errorf("ibid %q = status %d, stdout %q, stderr %q; want status 2, nothing, %q", tt.args, status, stdout, stderr, tt.want)
		}
	}
}

func TestHelpHasExamples(t *testing.T) {
	for _, name := range []string{"serve", "index", "search", "quote", "export", "check", "eval", "mcp", "man", "version"} {
		status, stdout, _ := ibid(t, name, "--help")
		if status != statusDone || !strings.Contains(stdout, "Examples:\n  ibid "+name) {
			t.Errorf("ibid %s --help = status %d, %q; want an example", name, status, stdout)
		}
	}
}

// A fullDisk takes nothing.
type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, syscall.ENOSPC }

// TestNothingIsLostSilently: what could not be written is a failure, help too.
func TestNothingIsLostSilently(t *testing.T) {
	for _, args := range [][]string{{"--help"}, {"search", "--help"}, {"help", "search"}, {"--version"}, {"version"}, {"man"}, {"completion", "bash"}, {"search", "x", "--format", "json", "--index", sharedIndex(t)}} {
		var stderr bytes.Buffer
		if status := run(t.Context(), args, fullDisk{}, &stderr); status != statusFailed || strings.Count(stderr.String(), "\n") != 1 {
			t.Errorf("%q on a full disk: status %d, %q", args, status, stderr.String())
		}
	}
}

func TestVersion(t *testing.T) {
	status, stdout, _ := ibid(t, "version")
	changelog, err := os.ReadFile("../../CHANGELOG.md")
	if err != nil {
		t.Fatal(err)
	}
	if _, short, _ := ibid(t, "--version"); short != stdout {
		t.Errorf("ibid --version prints %q, ibid version %q", short, stdout)
	}
	if status != statusDone || !strings.HasPrefix(stdout, "ibid "+release) || !strings.Contains(string(changelog), "## "+release) {
		t.Errorf("ibid version = status %d, %q; want release %s, as in CHANGELOG.md", status, stdout, release)
	}
}

func TestFaultyCorpus(t *testing.T) {
	empty := t.TempDir()
	typo := t.TempDir()
	write(t, filepath.Join(typo, corpus.ManifestName), "id: x\ntitel: X\n")
	blank := t.TempDir()
	write(t, filepath.Join(blank, corpus.ManifestName), "id: x\ntitle: X\nsources: [{id: a, path: a.txt, format: text}]\n")
	write(t, filepath.Join(blank, "a.txt"), "\n \n")
	tests := []struct{ name, corpus, want string }{
		{"no such folder", filepath.Join(empty, "nowhere"), "there is no such folder"},
		{"no manifest", empty, "there is no corpus.yaml in this folder"},
		{"typo", typo, `corpus.yaml:2: unknown key "titel"; did you mean "title"?`},
		{"blank source", blank, `source "a"`},
	}
	for _, tt := range tests {
		for _, command := range []string{"index", "serve", "check"} {
			args := []string{command, "--corpus", tt.corpus}
			if command != "check" {
				args = append(args, "--index", filepath.Join(t.TempDir(), "index"))
			}
			if command == "serve" {
				args = append(args, "--addr", "127.0.0.1:0")
			}
			status, stdout, stderr := ibid(t, args...)
			if status != statusFailed || stdout != "" || !strings.Contains(stderr, tt.want) {
				t.Errorf("%s: ibid %s = status %d, stdout %q, stderr %q; want status 1, %q", tt.name, command, status, stdout, stderr, tt.want)
			}
		}
	}
}

// An index that is empty, half written or of another version is built anew; one
// of another corpus is left alone.
func TestFaultyIndex(t *testing.T) {
	t.Run("empty folder", func(t *testing.T) { searchesAfter(t, t.TempDir()) })
	t.Run("half written", func(t *testing.T) {
		dir := sharedIndex(t)
		truncateLargest(t, dir)
		searchesAfter(t, dir)
	})
	t.Run("flipped bit", func(t *testing.T) {
		dir := sharedIndex(t)
		for _, args := range [][]string{{"search", "political"}, {"index"}} {
			flip(t, filepath.Join(dir, "gen-*", "columns.bin"))
			status, _, stderr := ibid(t, append(args, "--index", dir)...)
			if status != statusDone || !strings.Contains(stderr, "columns.bin is not as it was written") {
				t.Errorf("ibid %s on a damaged index = status %d, %q; want it built anew and told", args[0], status, stderr)
			}
			if status, _, stderr = ibid(t, "check", dir); status != statusDone {
				t.Errorf("after ibid %s the index is still damaged: %s", args[0], stderr)
			}
		}
	})
	t.Run("no pointer", func(t *testing.T) {
		dir := sharedIndex(t)
		if err := os.Remove(filepath.Join(dir, "CURRENT")); err != nil {
			t.Fatal(err)
		}
		searchesAfter(t, dir)
	})
	t.Run("other corpus", func(t *testing.T) {
		other := t.TempDir()
		write(t, filepath.Join(other, corpus.ManifestName), "id: other\ntitle: X\nsources: [{id: a, path: a.txt, format: text}]\n")
		write(t, filepath.Join(other, "a.txt"), "A short text.\n")
		dir := filepath.Join(t.TempDir(), "index")
		if status, _, stderr := ibid(t, "index", "--corpus", other, "--index", dir); status != statusDone {
			t.Fatal(stderr)
		}
		status, _, stderr := ibid(t, "search", "text", "--index", dir)
		if status != statusFailed || !strings.Contains(stderr, `holds corpus "other", not "pact1939"`) {
			t.Errorf("search on the index of another corpus = status %d, %q", status, stderr)
		}
	})
}

// A read-only index that is up to date is searched; one that would have to be
// built anew is refused with what to do.
func TestReadOnlyIndex(t *testing.T) {
	dir := sharedIndex(t)
	readOnly(t, dir)
	if status, stdout, stderr := ibid(t, "search", `"political base"`, "--index", dir); status != statusDone || stdout == "" {
		t.Errorf("search in a read-only index = status %d, %q", status, stderr)
	}
	empty := t.TempDir()
	readOnly(t, empty)
	if os.Geteuid() == 0 {
		t.Skip("the superuser may write anywhere: a read-only folder cannot be tried here")
	}
	if status, _, stderr := ibid(t, "index", "--index", filepath.Join(empty, "index")); status != statusFailed || !strings.Contains(stderr, "--index") {
		t.Errorf("index in a read-only folder = status %d, %q; want what to do", status, stderr)
	}
}

// TestStartedTogether: of commands that find no index one builds it, and the others wait
// for that.
func TestStartedTogether(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "index")
	var work errgroup.Group
	for range 4 {
		work.Go(func() error {
			out, err := program("search", `"political base"`, "--index", dir).CombinedOutput()
			if err != nil || !strings.Contains(string(out), "*political base*") {
				return fmt.Errorf("%w: %s", err, out)
			}
			return nil
		})
	}
	if err := work.Wait(); err != nil {
		t.Error(err)
	}
}

// A build that is killed at any moment leaves an index that the next start can use.
func TestKilledWhileIndexing(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "index")
	for range 6 {
		cmd := program("index", "--force", "--index", dir)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		waitForBuild(t, dir)
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = cmd.Wait() // killed, or done before the kill: both are tried
	}
	searchesAfter(t, dir)
	if status, _, stderr := ibid(t, "index", "--force", "--index", dir); status != statusDone {
		t.Fatal(stderr)
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	left := slices.DeleteFunc(entries, func(e os.DirEntry) bool { return !strings.HasPrefix(e.Name(), "gen-") })
	if len(left) != 1 {
		t.Errorf("after a whole build %d generations are left, want 1", len(left))
	}
}

// waitForBuild waits until a build has begun to write, or gives up after a while.
func waitForBuild(t *testing.T, dir string) {
	t.Helper()
	before, _ := filepath.Glob(filepath.Join(dir, "gen-*", "*"))
	for range 2000 {
		now, err := filepath.Glob(filepath.Join(dir, "gen-*", "*"))
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(now, before) {
			return
		}
	}
}

func searchesAfter(t *testing.T, dir string) {
	t.Helper()
	status, stdout, stderr := ibid(t, "search", `"political base"`, "--index", dir)
	if status != statusDone || !strings.Contains(stdout, "*political base*") {
		t.Errorf("search = status %d, stdout %q, stderr %q; want passages", status, stdout, stderr)
	}
}

func TestExport(t *testing.T) {
	status, stdout, stderr := ibid(t, "export", "--format", "jsonl", "--index", sharedIndex(t))
	if status != statusDone || stderr != "" {
		t.Fatalf("export = status %d, %q", status, stderr)
	}
	keys := []string{"id", "kind", "source", "section", "phase", "pages", "lines", "text", "printed", "repairs", "dates", "actors", "citations",
		"footnote", "caller", "notes", "within", "quotations", "nature", "speaker", "addressee", "medium", "date"}
	kinds := map[string]int{}
	covered := map[int]bool{}
	for line := range strings.Lines(stdout) {
		var object map[string]json.RawMessage
		var p corpus.Passage
		if err := json.Unmarshal([]byte(line), &object); err != nil {
			t.Fatalf("%v in %s", err, line)
		}
		if err := json.Unmarshal([]byte(line), &p); err != nil {
			t.Fatalf("%v in %s", err, line)
		}
		for _, key := range keys {
			if _, ok := object[key]; !ok {
				t.Errorf("%s lacks %q", p.ID, key)
			}
		}
		kinds[string(p.Kind)]++
		for _, r := range p.Lines {
			for n := r[0]; n <= r[1]; n++ {
				covered[n] = true
			}
		}
	}
	for _, kind := range []string{"heading", "paragraph", "footnote", "quotation"} {
		if kinds[kind] == 0 {
			t.Errorf("no passage of kind %s", kind)
		}
	}
	source, err := os.ReadFile("../../corpus/pact1939/leem.txt")
	if err != nil {
		t.Fatal(err)
	}
	var missing []string
	n := 0
	for line := range strings.Lines(string(source)) {
		n++
		if strings.TrimSpace(line) != "" && !covered[n] {
			missing = append(missing, strings.TrimSpace(line))
		}
	}
	if len(missing) != 1 { // the running head
		t.Errorf("in no passage: %q", missing)
	}
}

func TestSearch(t *testing.T) {
	dir := sharedIndex(t)
	status, stdout, stderr := ibid(t, "search", `"political base"`, "--index", dir, "--format", "jsonl", "--size", "1")
	if status != statusDone {
		t.Fatal(stderr)
	}
	if !strings.Contains(stdout, `"GK 362"`) {
		t.Errorf("the first hit is %s, want that of GK 362", stdout)
	}
	if status, _, _ := ibid(t, "search", "--match", "exact", "zzzzzz", "--index", dir); status != statusFailed {
		t.Errorf("a search that finds nothing has status %d, want 1", status)
	}
	if status, _, stderr := ibid(t, "search", `"political base`, "--index", dir); status != statusWrongUse || !strings.Contains(stderr, "column 1") {
		t.Errorf("an unbalanced quote has status %d, %q; want 2 and the column", status, stderr)
	}
}

func write(t *testing.T, path, content string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

// flip changes a bit of the one file that a pattern names.
func flip(t *testing.T, pattern string) {
	t.Helper()
	paths, err := filepath.Glob(pattern)
	if err != nil || len(paths) != 1 {
		t.Fatalf("%s names %q, %v", pattern, paths, err)
	}
	data, err := os.ReadFile(paths[0])
	if err != nil {
		t.Fatal(err)
	}
	data[len(data)/2] ^= 1
	write(t, paths[0], string(data))
}

// truncateLargest cuts the largest file under dir in half, as a crash or a full disk might.
func truncateLargest(t *testing.T, dir string) {
	t.Helper()
	var largest string
	var size int64
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err == nil && info.Size() > size {
			largest, size = path, info.Size()
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(largest, size/2); err != nil {
		t.Fatal(err)
	}
}

// readOnly takes the right to write from dir and all in it until the test ends.
func readOnly(t *testing.T, dir string) {
	t.Helper()
	set := func(file, folder os.FileMode) {
		err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
			if err != nil {
				return err
			}
			if d.IsDir() {
				return os.Chmod(path, folder)
			}
			return os.Chmod(path, file)
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	set(0o444, 0o555)
	t.Cleanup(func() { set(0o644, 0o755) })
}
