package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ibid/indexer"
)

func TestSize(t *testing.T) {
	for text, want := range map[string]string{
		"512MiB": "512MiB", "2GiB": "2GiB", "1g": "1GiB", "1024 MB": "1GiB", "134217728": "128MiB",
		"": "give bytes", "0": "at least 64 MiB", "-1GiB": "give bytes", "many": "give bytes", "1KiB": "at least 64 MiB", "9999999999GiB": "give bytes", "5TiBx": "give bytes",
	} {
		var s size
		err := s.Set(text)
		if got := s.String(); err == nil && got != want || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("Set(%q) = %s, %v, want %s", text, got, err, want)
		}
	}
}

// What is given for answers may be little or nothing.
func TestRoom(t *testing.T) {
	for text, want := range map[string]string{"0": "0", "0MiB": "0", "64MiB": "64MiB", "1GiB": "1GiB", "": "give bytes", "-1": "give bytes", "all": "give bytes"} {
		var r room
		err := r.Set(text)
		if got := r.String(); err == nil && got != want || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("Set(%q) = %s, %v, want %s", text, got, err, want)
		}
	}
}

func TestProgressLine(t *testing.T) {
	for _, tt := range []struct {
		p    indexer.Progress
		did  int
		want string
	}{
		{indexer.Progress{Step: indexer.Reading, Done: 30e6, Total: 50e6, Passages: 800}, 20e6, "reading: 30 of 50 MB, 800 passages, 2.0 MB a second, about 10s left"},
		{indexer.Progress{Step: indexer.Indexing, Done: 500, Total: 1500}, 500, "indexing: 500 of 1500 passages, 50 passages a second, about 20s left"},
		{indexer.Progress{Step: indexer.Indexing, Total: 9}, 0, "indexing: 0 of 9 passages, 0 passages a second"},
	} {
		if got := progressLine(tt.p, tt.did, 10*time.Second); got != tt.want {
			t.Errorf("progressLine(%+v) = %q, want %q", tt.p, got, tt.want)
		}
	}
}

// TestIndexLeavesOut: a bad source is named and left out; with --strict nothing is built.
func TestIndexLeavesOut(t *testing.T) {
	dir, sources, index := t.TempDir(), t.TempDir(), filepath.Join(t.TempDir(), "index")
	for path, text := range map[string]string{
		filepath.Join(dir, "corpus.yaml"):  "id: two\ntitle: Two\nsources:\n  - {id: good, path: good.txt, format: text}\n  - {id: bad, path: bad.xml, format: tei}\n",
		filepath.Join(sources, "good.txt"): "A text that can be read.\n",
		filepath.Join(sources, "bad.xml"):  "<TEI><text><p>One\n</q></text></TEI>\n",
	} {
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	args := []string{"index", "--corpus", dir, "--sources", sources, "--index", index}
	if status, stdout, stderr := ibid(t, append(args, "--strict")...); status != statusFailed || stdout != "" || !strings.Contains(stderr, `source "bad": line 2`) {
		t.Errorf("index --strict = %d, %q, %q; want status 1 and the source with its line", status, stdout, stderr)
	}
	status, stdout, stderr := ibid(t, args...)
	if status != statusDone || !strings.Contains(stdout, "1 passages") || !strings.Contains(stderr, `left out: source "bad": line 2`) {
		t.Errorf("index = %d, %q, %q; want status 0, a passage and the source that is left out", status, stdout, stderr)
	}
	if status, stdout, _ := ibid(t, "search", "text", "--corpus", dir, "--sources", sources, "--index", index); status != statusDone || !strings.Contains(stdout, "good/p001") {
		t.Errorf("search = %d, %q; want the good source to answer", status, stdout)
	}
}
