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
// and passes on the others. Reads and writes may run at the same time.
type lineGuard struct {
	in   *bufio.Reader
	rest []byte // of the line that is passed on

	mu  sync.Mutex
	out io.Writer
}

func newLineGuard(in io.Reader, out io.Writer) *lineGuard {
	return &lineGuard{in: bufio.NewReaderSize(in, 64<<10), out: out}
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
				g.rest = append(bytes.TrimRight(line, "\r\n"), '\n')
			}
		}
		if err != nil && len(g.rest) == 0 {
			if errors.Is(err, io.EOF) {
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
	_, err = g.Write(append(answer, '\n'))
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
	return g.out.Write(b)
}

// Close leaves the streams open: they are the caller's.
func (g *lineGuard) Close() error { return nil }
