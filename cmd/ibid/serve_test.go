package main

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"ibid/corpus"
)

// startServer serves the shipped corpus on a free port until the test ends and
// returns its address.
func startServer(t *testing.T, args ...string) string {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	errs, w := io.Pipe()
	done := make(chan int, 1)
	args = append([]string{"serve", "--addr", "127.0.0.1:0", "--quiet", "--index", filepath.Join(t.TempDir(), "index")}, args...)
	go func() {
		done <- run(ctx, args, io.Discard, w)
		w.Close()
	}()
	t.Cleanup(func() {
		stop()
		if status := <-done; status != statusDone {
			t.Errorf("ibid serve ended with status %d", status)
		}
	})
	lines := bufio.NewReader(errs)
	line, err := lines.ReadString('\n')
	if err != nil {
		t.Fatalf("ibid serve: %q, %v", line, err)
	}
	go io.Copy(io.Discard, lines) // ends with the pipe
	_, address, ok := strings.Cut(strings.TrimSpace(line), " at ")
	if !ok {
		t.Fatalf("ibid serve said %q", line)
	}
	return strings.TrimSuffix(address, "/")
}

// answer asks the server and returns status, content type and body.
func answer(t *testing.T, address string) (int, string, string) {
	t.Helper()
	resp, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, resp.Header.Get("Content-Type"), string(body)
}

// TestServe asks a real server what a historian and a script would.
func TestServe(t *testing.T) {
	server := startServer(t)
	tests := []struct {
		name, query string
		total       func(n int) bool
		first       string // a citation of the first hit, "" if any
	}{
		{"phrase", `q="political base"`, func(n int) bool { return n == 5 }, "GK 362"},
		{"actor", `q="political base"&actor=schulenburg`, func(n int) bool { return 0 < n && n < 5 }, "GK 362"},
		{"phase", `q="political base"&phase=august`, func(n int) bool { return n == 0 }, ""},
		{"dates", `q="political base"&from=1939-05-20&to=1939-05-20`, func(n int) bool { return 0 < n && n < 5 }, "GK 362"},
		{"citation", `q="political base"&cite=GK 362`, func(n int) bool { return 0 < n && n < 5 }, "GK 362"},
		{"kind", `q=negotiations&kind=footnote`, func(n int) bool { return n > 0 }, ""},
		{"two kinds", `kind=footnote&kind=heading`, func(n int) bool { return n == 26 }, ""},
		{"markup", `q=<xyzzy onload="plugh()">`, func(n int) bool { return n == 0 }, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			values, err := url.ParseQuery(tt.query)
			if err != nil {
				t.Fatal(err)
			}
			status, _, body := answer(t, server+"/api/v1/search?"+values.Encode())
			var result struct {
				Total int
				Hits  []struct{ Citations []struct{ ID string } }
			}
			if err := json.Unmarshal([]byte(body), &result); err != nil || status != http.StatusOK {
				t.Fatalf("status %d, %v: %s", status, err, body)
			}
			if !tt.total(result.Total) {
				t.Errorf("%s: total %d", tt.query, result.Total)
			}
			if tt.first != "" && (len(result.Hits[0].Citations) == 0 || result.Hits[0].Citations[0].ID != tt.first) {
				t.Errorf("%s: the first hit cites %v, want %s", tt.query, result.Hits[0].Citations, tt.first)
			}
		})
	}
}

// TestServeBrokenRequests checks that each is answered with a problem that says what to do.
func TestServeBrokenRequests(t *testing.T) {
	server := startServer(t)
	tests := []struct {
		name, path string
		status     int
	}{
		{"unknown filter value", "/api/v1/search?actor=nobody", http.StatusBadRequest},
		{"unbalanced quote", "/api/v1/search?q=%22political+base", http.StatusBadRequest},
		{"query of a megabyte", "/api/v1/search?q=" + strings.Repeat("x", 1<<20), http.StatusRequestURITooLong},
		{"negative size", "/api/v1/search?size=-1", http.StatusBadRequest},
		{"bad date", "/api/v1/search?from=1939-13", http.StatusBadRequest},
		{"foreign cursor", "/api/v1/search?cursor=abc", http.StatusConflict},
		{"no such passage", "/api/v1/passages/leem/p999", http.StatusNotFound},
		{"no such path", "/api/v1/nothing", http.StatusNotFound},
	}
	for _, tt := range tests {
		status, contentType, body := answer(t, server+tt.path)
		var problem struct{ Type, Title, Detail string }
		if err := json.Unmarshal([]byte(body), &problem); err != nil || status != tt.status || !strings.HasPrefix(contentType, "application/problem+json") ||
			problem.Type == "" || problem.Title == "" || problem.Detail == "" {
			t.Errorf("%s = %d %s %.200s; want status %d and a problem", tt.name, status, contentType, body, tt.status)
		}
	}
}

// TestServeAddressTaken says what to do where another server has the address.
func TestServeAddressTaken(t *testing.T) {
	server := startServer(t)
	status, _, stderr := ibid(t, "serve", "--addr", strings.TrimPrefix(server, "http://"))
	if status != statusFailed || !strings.Contains(stderr, "choose another address with --addr") {
		t.Errorf("serve on a taken address = %d, %q", status, stderr)
	}
}

// TestServeMCP asks the server as an assistant does.
func TestServeMCP(t *testing.T) {
	transport := &sdk.StreamableClientTransport{Endpoint: startServer(t) + "/mcp", DisableStandaloneSSE: true}
	session, err := sdk.NewClient(&sdk.Implementation{Name: "test"}, nil).Connect(context.Background(), transport, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer session.Close()
	result, err := session.CallTool(context.Background(), &sdk.CallToolParams{Name: "search", Arguments: map[string]any{"query": `"political base"`}})
	if err != nil || result.IsError || !strings.Contains(result.Content[0].(*sdk.TextContent).Text, "leem/q039") {
		t.Errorf("search = %v, %v", result, err)
	}
}

// TestServeTakesOver builds a newer index beside the one that is served: the
// server takes it over, and no request fails meanwhile.
func TestServeTakesOver(t *testing.T) {
	dir, index := t.TempDir(), t.TempDir()
	manifest := "id: x\ntitle: X\nsources: [{id: a, path: a.txt, format: text}]\n"
	write(t, filepath.Join(dir, corpus.ManifestName), manifest)
	write(t, filepath.Join(dir, "a.txt"), "The harbour was closed on the first day of the strike.\n")
	server := startServer(t, "--corpus", dir, "--index", index)
	write(t, filepath.Join(dir, "a.txt"), "The lighthouse was closed on the first day of the strike.\n")
	if status, _, stderr := ibid(t, "index", "--corpus", dir, "--index", index); status != statusDone {
		t.Fatal(stderr)
	}
	for deadline := time.Now().Add(30 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		status, _, body := answer(t, server+"/api/v1/search?q=lighthouse")
		if status != http.StatusOK || time.Now().After(deadline) {
			t.Fatalf("the newer index is not taken over: %d %s", status, body)
		}
		if strings.Contains(body, `"total":1`) {
			break
		}
	}
}

// TestServeFlags refuses what cannot be meant.
func TestServeFlags(t *testing.T) {
	for _, args := range [][]string{{"--base-url", "sources.example.org"}, {"--base-url", "ftp://x"}, {"--rate", "-1"}, {"--rate", "NaN"}, {"--proxy", "localhost"}, {"--addr", "8080"}, {"--addr", "127.0.0.1:99999"}} {
		if status, _, stderr := ibid(t, append([]string{"serve"}, args...)...); status != statusWrongUse || !strings.Contains(stderr, args[0]) {
			t.Errorf("serve %v = %d, %q", args, status, stderr)
		}
	}
}

func TestReachable(t *testing.T) {
	for in, want := range map[string]string{"[::]:80": "localhost:80", "0.0.0.0:80": "localhost:80", "127.0.0.1:80": "127.0.0.1:80", "[::1]:80": "[::1]:80"} {
		if got := reachable(net.TCPAddrFromAddrPort(netip.MustParseAddrPort(in))); got != want {
			t.Errorf("reachable(%s) = %s, want %s", in, got, want)
		}
	}
}
