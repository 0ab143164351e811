package mcp_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"strings"
	"sync"
	"testing"
	"time"
)

// A sink keeps what is written to it and says when a text was.
type sink struct {
	mu   sync.Mutex
	out  bytes.Buffer
	want string
	met  chan struct{}
	once sync.Once
}

func (s *sink) Write(b []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.out.Write(b)
	if bytes.Contains(s.out.Bytes(), []byte(s.want)) {
		s.once.Do(func() { close(s.met) })
	}
	return len(b), nil
}

// FuzzStdio holds that whatever lines come before, a right call after them is
// answered, and that only JSON is written.
func FuzzStdio(f *testing.F) {
	server := newServer(f, shipped(f))
	const after = "\n" + `{"jsonrpc":"2.0","id":"fuzz-init","method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"t","version":"0"}}}` +
		"\n" + `{"jsonrpc":"2.0","method":"notifications/initialized"}` + "\n" + `{"jsonrpc":"2.0","id":"fuzz-ping","method":"ping"}` + "\n"
	for _, s := range []string{"", "garbage", `{"jsonrpc":"2.0","id":1,"method":"tools/list"}`, `{"jsonrpc":"2.0","id":1,"result":{}}`, `[1]`, `{"jsonrpc":"1.0"}`,
		`{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"search","arguments":{"query":"x"}}}`, `{"jsonrpc":"2.0","id":1,"error":{}}`,
		`{"jsonrpc":"2.0","id":1.5,"method":"ping"}`, `{"jsonrpc":"2.0","id":1,"id":2,"method":"ping"} {}`, `{"jsonrpc":"2.0","method":""}`,
		`{"jsonrpc":"2.0","id":1,"method":"ping"}` + "\n" + `{"jsonrpc":"2.0","id":1,"method":"ping"}`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if strings.Contains(text, "fuzz-") || strings.Contains(text, "initialize") {
			return
		}
		in, feed := io.Pipe()
		out := &sink{want: `"fuzz-ping"`, met: make(chan struct{})}
		done := make(chan error, 1)
		go func() { done <- server.Run(context.Background(), in, out) }()
		go io.WriteString(feed, text+after)
		select {
		case <-out.met:
		case err := <-done:
			t.Fatalf("Run ended with %v after %q", err, text)
		case <-time.After(20 * time.Second):
			t.Fatalf("no answer after %q", text)
		}
		feed.Close()
		if err := <-done; err != nil {
			t.Fatalf("Run = %v after %q", err, text)
		}
		out.mu.Lock()
		defer out.mu.Unlock()
		for line := range strings.Lines(out.out.String()) {
			if !json.Valid([]byte(line)) {
				t.Fatalf("%q is answered with %q", text, line)
			}
		}
	})
}
