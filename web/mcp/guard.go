package mcp

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
)

// allowed refuses requests that a page of a foreign site could make a browser
// send. A name that its owner lets point to this machine (DNS rebinding) shows in
// Host: only addresses, localhost and the names of the configuration are
// answered. A page shows in Origin: only one of the same host is.
func (s *Server) allowed(r *http.Request) error {
	host := hostName(r.Host)
	if !s.known(host) {
		return fmt.Errorf("this server is not called %q; ask it by its address, or start it with --base-url", host)
	}
	origin := r.Header.Get("Origin")
	if origin == "" {
		return nil // no browser
	}
	u, err := url.Parse(origin)
	if err != nil || u.Host == "" || hostName(u.Host) != host {
		return errors.New("requests of pages of another site are not answered")
	}
	return nil
}

func (s *Server) known(host string) bool {
	return host == "localhost" || net.ParseIP(host) != nil || slices.Contains(s.cfg.Hosts, host)
}

// hostName returns a host without port and brackets, in lower case.
func hostName(host string) string {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	return strings.ToLower(strings.Trim(host, "[]"))
}

// A lineGuard stands between a stream of lines and the protocol, which ends at
// the first line that it cannot read: it answers such lines with an error itself
// and passes on the others. The protocol gives up what it is asked when the stream
// ends: the guard tells it of the end once all calls are answered. Reads and writes
// may run at the same time.
type lineGuard struct {
	in       *bufio.Reader
	rest     []byte        // of the line that is passed on
	patience time.Duration // for answers behind the end

	mu       sync.Mutex
	out      io.Writer
	open     int           // calls that were passed on and are not answered
	answered chan struct{} // holds one value where a call was answered since it was read from
}

func newLineGuard(in io.Reader, out io.Writer, patience time.Duration) *lineGuard {
	return &lineGuard{in: bufio.NewReaderSize(in, 64<<10), out: out, patience: patience, answered: make(chan struct{}, 1)}
}

// Read gives the next lines that are messages.
func (g *lineGuard) Read(b []byte) (int, error) {
	for len(g.rest) == 0 {
		line, whole, err := g.line()
		switch {
		case !whole:
			err = errors.Join(err, g.refuse(line, jsonrpc.CodeInvalidRequest, fmt.Sprintf("the message is longer than %d bytes; send less", maxRequest)))
		case len(bytes.TrimSpace(line)) == 0:
		default:
			if !message(line) {
				err = errors.Join(err, g.refuse(line, jsonrpc.CodeParseError, "the line is no JSON-RPC message"))
			} else {
				g.count(line)
				g.rest = append(bytes.TrimRight(line, "\r\n"), '\n')
			}
		}
		if err != nil && len(g.rest) == 0 {
			if errors.Is(err, io.EOF) {
				g.settle()
				return 0, io.EOF
			}
			return 0, err
		}
	}
	n := copy(b, g.rest)
	g.rest = g.rest[n:]
	return n, nil
}

// message says whether a line is one message of the protocol and nothing else.
func message(line []byte) bool {
	if !json.Valid(line) { // one value, where DecodeMessage reads the first of several
		return false
	}
	_, err := jsonrpc.DecodeMessage(line)
	return err == nil
}

// line reads a line; of one that is too long only the beginning, whole is false then.
func (g *lineGuard) line() (line []byte, whole bool, err error) {
	whole = true
	for {
		part, err := g.in.ReadSlice('\n')
		if len(line)+len(part) <= maxRequest {
			line = append(line, part...)
		} else {
			whole = false
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return line, whole, err
		}
	}
}

// refuse answers a line with an error, under its id where that can be told.
func (g *lineGuard) refuse(line []byte, code int64, message string) error {
	type problem struct {
		Code    int64  `json:"code"`
		Message string `json:"message"`
	}
	answer, err := json.Marshal(struct {
		Version string          `json:"jsonrpc"`
		ID      json.RawMessage `json:"id"`
		Error   problem         `json:"error"`
	}{"2.0", messageID(line), problem{code, message}})
	if err != nil {
		return err
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	_, err = g.out.Write(append(answer, '\n')) // no answer to what was passed on
	return err
}

// messageID returns the id of a message of which only the beginning may be
// there: the value of the key "id" of its outermost object, null if none is met.
func messageID(line []byte) json.RawMessage {
	d := json.NewDecoder(bytes.NewReader(line))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return json.RawMessage("null")
	}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			break
		}
		var value json.RawMessage
		if err := d.Decode(&value); err != nil {
			break
		}
		if key == "id" && len(value) > 0 && value[0] != '{' && value[0] != '[' {
			return value
		}
	}
	return json.RawMessage("null")
}

// Write writes a message; messages of both sides do not mix.
func (g *lineGuard) Write(b []byte) (int, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	n, err := g.out.Write(b)
	g.note(b)
	return n, err
}

// count takes note of a message that is passed on.
func (g *lineGuard) count(line []byte) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.note(line)
}

// note counts the calls that are open. g.mu is held.
func (g *lineGuard) note(line []byte) {
	m, err := jsonrpc.DecodeMessage(line)
	if err != nil {
		return
	}
	switch m := m.(type) {
	case *jsonrpc.Request:
		if m.IsCall() {
			g.open++
		}
	case *jsonrpc.Response:
		g.open--
		select {
		case g.answered <- struct{}{}:
		default:
		}
	}
}

// settle waits until no call is open, but no longer than its patience: one that was
// cancelled is never answered.
func (g *lineGuard) settle() {
	late := time.NewTimer(g.patience)
	defer late.Stop()
	for {
		g.mu.Lock()
		open := g.open
		g.mu.Unlock()
		if open <= 0 {
			return
		}
		select {
		case <-g.answered:
		case <-late.C:
			return
		}
	}
}

// Close leaves the streams open: they are the caller's.
func (g *lineGuard) Close() error { return nil }
