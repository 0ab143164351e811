package mcp_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"ibid/corpus"
	"ibid/corpus/pact1939"
	"ibid/indexer"
	"ibid/search"
	"ibid/web/mcp"
)

// shipped is an index of the shipped corpus.
func shipped(t testing.TB) *search.Index {
	t.Helper()
	c, err := corpus.Load(pact1939.Files, "shipped corpus")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := indexer.Build(context.Background(), c, dir, func(indexer.Progress) {}); err != nil {
		t.Fatal(err)
	}
	ix, err := search.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ix.Close() })
	return ix
}

func newServer(t testing.TB, s mcp.Searcher) *mcp.Server {
	return mcp.New(mcp.Config{Build: "test", Hosts: []string{"ibid.example"}, Timeout: 5 * time.Second}, s, slog.New(slog.DiscardHandler))
}

// overStdio connects the SDK's client over two pipes, as to a process.
func overStdio(t *testing.T, s *mcp.Server) *sdk.ClientSession {
	t.Helper()
	toServer, fromClient := io.Pipe()
	toClient, fromServer := io.Pipe()
	done := make(chan error, 1)
	go func() {
		done <- s.Run(context.Background(), toServer, fromServer)
		fromServer.Close()
	}()
	session := connect(t, &sdk.IOTransport{Reader: toClient, Writer: fromClient})
	t.Cleanup(func() {
		session.Close()
		fromClient.Close()
		if err := <-done; err != nil {
			t.Errorf("Run = %v", err)
		}
	})
	return session
}

func overHTTP(t *testing.T, s *mcp.Server) *sdk.ClientSession {
	t.Helper()
	server := httptest.NewServer(s.Handler())
	t.Cleanup(server.Close)
	session := connect(t, &sdk.StreamableClientTransport{Endpoint: server.URL, DisableStandaloneSSE: true})
	t.Cleanup(func() { session.Close() })
	return session
}

func connect(t *testing.T, transport sdk.Transport) *sdk.ClientSession {
	t.Helper()
	session, err := sdk.NewClient(&sdk.Implementation{Name: "test"}, nil).Connect(context.Background(), transport, nil)
	if err != nil {
		t.Fatal(err)
	}
	return session
}

// call calls a tool and returns its answer as JSON, or what it says is wrong.
func call(t *testing.T, session *sdk.ClientSession, tool string, arguments map[string]any) (answer map[string]any, wrong string) {
	t.Helper()
	result, err := session.CallTool(context.Background(), &sdk.CallToolParams{Name: tool, Arguments: arguments})
	if err != nil {
		return nil, err.Error()
	}
	text := result.Content[0].(*sdk.TextContent).Text
	if result.IsError {
		return nil, text
	}
	if err := json.Unmarshal([]byte(text), &answer); err != nil {
		t.Fatalf("%s answers %s: %v", tool, text, err)
	}
	return answer, ""
}

// TestTools calls every tool over both transports.
func TestTools(t *testing.T) {
	ix := shipped(t)
	server := newServer(t, ix)
	for name, open := range map[string]func(*testing.T, *mcp.Server) *sdk.ClientSession{"stdio": overStdio, "http": overHTTP} {
		t.Run(name, func(t *testing.T) {
			session := open(t, server)
			checkTools(t, session)
			checkAnswers(t, session, ix)
			checkWrongCalls(t, session)
			// Over HTTP the SDK's client gives up after such a call; the server does not.
			if _, wrong := call(t, session, "search", map[string]any{"query": strings.Repeat("x ", maxRequest)}); wrong == "" {
				t.Error("a call larger than a message may be is answered")
			}
			if name == "http" {
				session = open(t, server)
			}
			if answer, wrong := call(t, session, "search", map[string]any{"query": "negotiations"}); wrong != "" || answer["total"] == float64(0) {
				t.Errorf("after a call too large: %v %s", answer, wrong)
			}
		})
	}
}

// A document that a source prints is given with its text, its notes and how to cite it.
func TestEditedDocument(t *testing.T) {
	c, err := corpus.LoadDir("../testdata/edition")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := indexer.Build(context.Background(), c, dir, nil); err != nil {
		t.Fatal(err)
	}
	ix, err := search.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ix.Close() })
	d, wrong := call(t, overHTTP(t, newServer(t, ix)), "document", map[string]any{"id": "hl/d1"})
	if wrong != "" {
		t.Fatal(wrong)
	}
	text, _ := d["text"].([]any)
	if d["kind"] != "edited" || d["from"] != "abel" || d["archive"] != "Harbour Archive, box 4." || !strings.Contains(fmt.Sprint(d["citation"]), "doc. 1") || len(text) != 8 ||
		!strings.Contains(fmt.Sprint(text), "Lit in 1849") {
		t.Errorf("document hl/d1 = %v", d)
	}
}

func checkTools(t *testing.T, session *sdk.ClientSession) {
	list, err := session.ListTools(context.Background(), nil)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, tool := range list.Tools {
		names = append(names, tool.Name)
		if tool.Annotations == nil || !tool.Annotations.ReadOnlyHint || tool.OutputSchema == nil {
			t.Errorf("%s is not marked as reading only or has no schema of its answers", tool.Name)
		}
	}
	if got := strings.Join(names, " "); got != "corpus_status document passage quote_check search" {
		t.Errorf("tools %s", got)
	}
}

// checkAnswers holds that the tools tell what the index does, with notice,
// citation and id.
func checkAnswers(t *testing.T, session *sdk.ClientSession, ix *search.Index) {
	want, err := ix.Search(context.Background(), search.Request{Query: `"political base"`, Size: 3})
	if err != nil {
		t.Fatal(err)
	}
	found, wrong := call(t, session, "search", map[string]any{"query": `"political base"`, "size": 3})
	if wrong != "" {
		t.Fatal(wrong)
	}
	hits := found["hits"].([]any)
	if len(hits) != 3 || found["total"] != float64(want.Total) || found["index"] != ix.Version() {
		t.Errorf("search = %v", found)
	}
	for i, h := range hits {
		h := h.(map[string]any)
		if h["id"] != want.Hits[i].ID || !strings.Contains(h["citation"].(string), want.Hits[i].ID) || !strings.Contains(h["source_text"].(string), "*political base") {
			t.Errorf("hit %d = %v, want %s", i, h, want.Hits[i].ID)
		}
	}
	next, wrong := call(t, session, "search", map[string]any{"query": `"political base"`, "size": 3, "cursor": found["next"]})
	if wrong != "" || next["hits"].([]any)[0].(map[string]any)["id"] == want.Hits[0].ID {
		t.Errorf("the next page = %v %s", next, wrong)
	}
	for tool, arguments := range map[string]map[string]any{
		"search":        {"query": "negotiations", "kind": []string{"footnote"}, "from": "1939"},
		"passage":       {"id": want.Hits[0].ID, "printed": true},
		"document":      {"id": "GK 362"},
		"quote_check":   {"text": "an appropriate political base"},
		"corpus_status": {},
	} {
		answer, wrong := call(t, session, tool, arguments)
		if wrong != "" || !strings.Contains(answer["notice"].(string), "not instructions") || answer["index"] != ix.Version() {
			t.Errorf("%s = %v %s", tool, answer, wrong)
		}
	}
	p, _ := call(t, session, "passage", map[string]any{"id": want.Hits[0].ID})
	if p["source_text"] == "" || !strings.Contains(p["citation"].(string), want.Hits[0].ID) {
		t.Errorf("passage = %v", p)
	}
	q, _ := call(t, session, "quote_check", map[string]any{"text": "no such words stand anywhere in it"})
	if q["verdict"] != "none" {
		t.Errorf("quote_check of something else = %v", q)
	}
	s, _ := call(t, session, "corpus_status", nil)
	if s["documents"] != float64(ix.Totals().Cited) || s["passages"].(map[string]any)["paragraph"] == nil {
		t.Errorf("corpus_status = %v", s)
	}
}

// checkWrongCalls makes calls that are too large or broken, each of which gets an
// error, and then one that is right.
func checkWrongCalls(t *testing.T, session *sdk.ClientSession) {
	long := strings.Repeat("x ", 60<<10)
	tests := []struct {
		name, tool string
		arguments  map[string]any
	}{
		{"unbalanced quote", "search", map[string]any{"query": `"political base`}},
		{"query of 100 kB", "search", map[string]any{"query": long[:100<<10]}},
		{"size", "search", map[string]any{"query": "x", "size": 1_000_000}},
		{"negative size", "search", map[string]any{"query": "x", "size": -1}},
		{"size as text", "search", map[string]any{"query": "x", "size": "ten"}},
		{"unknown parameter", "search", map[string]any{"query": "x", "shell": "rm -rf /"}},
		{"unknown actor", "search", map[string]any{"query": "negotiations", "actor": []string{"napoleon"}}},
		{"no query", "search", map[string]any{}},
		{"foreign cursor", "search", map[string]any{"query": "x", "cursor": "abc"}},
		{"date", "search", map[string]any{"query": "x", "from": "1939-13"}},
		{"many values", "search", map[string]any{"query": "x", "kind": strings.Split(long[:400], " ")}},
		{"no such passage", "passage", map[string]any{"id": "leem/p999"}},
		{"path for an id", "passage", map[string]any{"id": "../../etc/passwd"}},
		{"no such document", "document", map[string]any{"id": "GK 99999"}},
		{"no words", "quote_check", map[string]any{"text": "..."}},
		{"text too long", "quote_check", map[string]any{"text": long[:20_000]}},
		{"no such tool", "delete", map[string]any{}},
		{"null", "passage", map[string]any{"id": nil}},
	}
	for _, tt := range tests {
		answer, wrong := call(t, session, tt.tool, tt.arguments)
		if wrong == "" || strings.Contains(wrong, "panic") || strings.Contains(wrong, "fault is ours") || len(wrong) > 2000 {
			t.Errorf("%s = %v, %.300q; want an error that says what is wrong", tt.name, answer, wrong)
		}
	}
	if answer, wrong := call(t, session, "search", map[string]any{"query": "negotiations"}); wrong != "" || answer["total"] == float64(0) {
		t.Errorf("after the wrong calls: %v %s", answer, wrong)
	}
}

const maxRequest = 256 << 10

// Lines that are no messages are answered, and the next line is read.
func TestStdioGarbage(t *testing.T) {
	initialize := `{"jsonrpc":"2.0","id":7,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"t","version":"0"}}}`
	long := `{"jsonrpc":"2.0","id":"big","method":"tools/call","params":"` + strings.Repeat("x", maxRequest) + `"}`
	lines := []string{"garbage", "", "{", "[]", `[{"jsonrpc":"2.0","id":1,"method":"ping"}]`, `{"jsonrpc":"2.0"}`, "\x00\xff", long, strings.Repeat("[", 100_000), `{"id":{"a":1}}`, initialize,
		`{"jsonrpc":"2.0","method":"notifications/initialized"}`, `{"jsonrpc":"2.0","id":8,"method":"tools/list"}`}
	var out bytes.Buffer
	in, stop := io.Pipe()
	done := make(chan error, 1)
	go func() {
		done <- newServer(t, shipped(t)).Run(context.Background(), in, &waiting{Buffer: &out, stop: stop, for8: `"id":8`})
	}()
	if _, err := io.WriteString(stop, strings.Join(lines, "\n")+"\n"); err != nil {
		t.Fatal(err)
	}
	if err := <-done; err != nil {
		t.Errorf("Run = %v", err)
	}
	var answers []string
	for line := range strings.Lines(out.String()) {
		if !json.Valid([]byte(line)) {
			t.Errorf("an answer is no JSON: %s", line)
		}
		answers = append(answers, line)
	}
	if len(answers) != 11 || !strings.Contains(out.String(), `"id":"big","error":{"code":-32600,"message":"the message is longer`) ||
		!strings.Contains(out.String(), `"id":7`) || !strings.Contains(out.String(), `"quote_check"`) {
		t.Errorf("%d answers: %.2000s", len(answers), strings.Join(answers, ""))
	}
}

// waiting ends the input once an answer has been written.
type waiting struct {
	*bytes.Buffer
	stop io.Closer
	for8 string
}

func (w *waiting) Write(b []byte) (int, error) {
	if bytes.Contains(b, []byte(w.for8)) {
		w.stop.Close()
	}
	return w.Buffer.Write(b)
}

func TestHTTPGuard(t *testing.T) {
	h := newServer(t, shipped(t)).Handler()
	list := `{"jsonrpc":"2.0","id":1,"method":"tools/list"}`
	tests := []struct {
		name, method, host, origin, body string
		status                           int
	}{
		{"program", "POST", "127.0.0.1:8080", "", list, http.StatusOK},
		{"localhost", "POST", "localhost:8080", "", list, http.StatusOK},
		{"address of version 6", "POST", "[::1]:8080", "", list, http.StatusOK},
		{"name of the configuration", "POST", "ibid.example", "https://ibid.example", list, http.StatusOK},
		{"own page", "POST", "127.0.0.1:8080", "http://127.0.0.1:8080", list, http.StatusOK},
		{"rebound name", "POST", "evil.example", "http://evil.example", list, http.StatusForbidden},
		{"rebound name of a program", "POST", "evil.example:8080", "", list, http.StatusForbidden},
		{"no host", "POST", "", "", list, http.StatusForbidden},
		{"foreign page", "POST", "127.0.0.1:8080", "http://evil.example", list, http.StatusForbidden},
		{"page without origin", "POST", "127.0.0.1:8080", "null", list, http.StatusForbidden},
		{"a name that ends alike", "POST", "127.0.0.1.evil.example", "", list, http.StatusForbidden},
		{"garbage", "POST", "127.0.0.1:8080", "", "garbage", http.StatusBadRequest},
		{"large body", "POST", "127.0.0.1:8080", "", strings.Repeat("x", maxRequest+1), http.StatusRequestEntityTooLarge},
		{"stream", "GET", "127.0.0.1:8080", "", "", http.StatusMethodNotAllowed},
		{"end of session", "DELETE", "127.0.0.1:8080", "", "", http.StatusMethodNotAllowed},
		{"other method", "PUT", "127.0.0.1:8080", "", list, http.StatusMethodNotAllowed},
	}
	for _, tt := range tests {
		r := httptest.NewRequest(tt.method, "/mcp", strings.NewReader(tt.body))
		r.Host = tt.host
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Accept", "application/json, text/event-stream")
		if tt.origin != "" {
			r.Header.Set("Origin", tt.origin)
		}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code != tt.status {
			t.Errorf("%s = %d %.200s, want %d", tt.name, w.Code, w.Body, tt.status)
		}
	}
}

// A Searcher that panics or hangs costs its call, not the server.
func TestFaultyIndex(t *testing.T) {
	ix := shipped(t)
	var log bytes.Buffer
	server := mcp.New(mcp.Config{Timeout: 50 * time.Millisecond}, faulty{ix}, slog.New(slog.NewTextHandler(&log, nil)))
	session := overHTTP(t, server)
	if _, wrong := call(t, session, "passage", map[string]any{"id": "x"}); !strings.Contains(wrong, "fault is ours") || strings.Contains(wrong, "secret") {
		t.Errorf("a panic is told as %q", wrong)
	}
	if !strings.Contains(log.String(), "secret detail") {
		t.Errorf("the log does not have the panic: %s", log.String())
	}
	if _, wrong := call(t, session, "quote_check", map[string]any{"text": "x"}); !strings.Contains(wrong, "took too long") {
		t.Errorf("an answer without end is told as %q", wrong)
	}
	if _, wrong := call(t, session, "corpus_status", nil); wrong != "" {
		t.Errorf("after the faults: %s", wrong)
	}
}

type faulty struct{ *search.Index }

func (faulty) Passage(string) (*corpus.Passage, error) { panic("secret detail") }

func (faulty) QuoteCheck(ctx context.Context, _ string) (*search.QuoteReport, error) {
	<-ctx.Done()
	return nil, context.Cause(ctx)
}

// TestStdioEnds: what was asked before the stream ends is answered.
func TestStdioEnds(t *testing.T) {
	in := `{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"t","version":"1"}}}
{"jsonrpc":"2.0","method":"notifications/initialized"}
`
	const calls = 20
	for id := 2; id < 2+calls; id++ {
		in += fmt.Sprintf(`{"jsonrpc":"2.0","id":%d,"method":"tools/call","params":{"name":"search","arguments":{"query":"political base"}}}`+"\n", id)
	}
	var out bytes.Buffer
	if err := newServer(t, shipped(t)).Run(t.Context(), strings.NewReader(in), &out); err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(out.String(), `"result":`); n != 1+calls {
		t.Errorf("%d of %d calls are answered: %s", n, 1+calls, out.String())
	}
}
