package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"ibid/search"
)

// Bounds of asking a server.
const (
	remoteTimeout = 30 * time.Second // for one answer
	maxAnswer     = 64 << 20         // bytes of one, exports apart
	maxProblem    = 1 << 20          // bytes of a problem that is told
)

// A door is where a command asks: at the index of its places, or at a server that has one.
type door struct {
	places
	Server string // address of the server; "" for the index
}

func (d *door) flags(cmd *cobra.Command) {
	d.places.flags(cmd)
	cmd.Flags().StringVar(&d.Server, "server", "", "ask the server at this `address` instead of an index")
	for _, other := range []string{"corpus", "sources", "index"} {
		cmd.MarkFlagsMutuallyExclusive("server", other)
	}
}

// A finder answers what commands ask: an index, or a server that has one.
type finder interface {
	Search(ctx context.Context, r search.Request) (*search.Result, error)
	KWIC(ctx context.Context, r search.KWICRequest) (*search.Concordance, error)
	QuoteCheck(ctx context.Context, text string) (*search.QuoteReport, error)
	Close() error
}

// finder opens what the flags say is asked: a server, which checks filters itself, or the index.
func (d *door) finder(ctx context.Context, stderr io.Writer, filters search.Filters) (finder, error) {
	if d.Server != "" {
		return newRemote(d.Server)
	}
	return d.openFor(ctx, stderr, filters)
}

// flagGroups refuses flags that exclude each other as wrong use.
func flagGroups(cmd *cobra.Command, _ []string) error {
	if err := cmd.ValidateFlagGroups(); err != nil {
		return usageError{err}
	}
	return nil
}

// A remote asks the API of a running server.
type remote struct {
	base   *url.URL
	client *http.Client
}

// newRemote returns a remote for an address such as "http://127.0.0.1:8080"; one
// without a scheme is asked over http.
func newRemote(address string) (*remote, error) {
	if !strings.Contains(address, "://") {
		address = "http://" + address
	}
	base, err := url.Parse(address)
	if err != nil || base.Host == "" || base.Scheme != "http" && base.Scheme != "https" {
		return nil, usageError{fmt.Errorf("--server %q is no address; write http://127.0.0.1:8080", address)}
	}
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.ResponseHeaderTimeout = remoteTimeout
	return &remote{base: base, client: &http.Client{Transport: transport}}, nil
}

func (s *remote) Close() error {
	s.client.CloseIdleConnections()
	return nil
}

// Search asks for a page of hits. What the server says is wrong with a query or a
// parameter is a usageError.
func (s *remote) Search(ctx context.Context, r search.Request) (*search.Result, error) {
	values := asked(r)
	if r.Bare {
		values.Set("facets", "no")
	}
	result := new(search.Result)
	return result, s.ask(ctx, http.MethodGet, "search", values, "", result)
}

// KWIC asks for a page of a concordance, with the errors of Search.
func (s *remote) KWIC(ctx context.Context, r search.KWICRequest) (*search.Concordance, error) {
	values := asked(r.Request)
	values.Del("sort") // it has an order of lines
	values.Set("lines", string(r.Lines))
	values.Set("context", strconv.Itoa(r.Context))
	result := new(search.Concordance)
	return result, s.ask(ctx, http.MethodGet, "concordance", values, "", result)
}

// QuoteCheck asks whether the corpus has a text, with the errors of Search.
func (s *remote) QuoteCheck(ctx context.Context, text string) (*search.QuoteReport, error) {
	if err := search.CheckQuote(text); err != nil {
		return nil, err
	}
	result := new(search.QuoteReport)
	err := s.ask(ctx, http.MethodPost, "quote", nil, strings.ToValidUTF8(text, "\uFFFD"), result)
	result.Text = text // the server takes white space off its ends
	return result, err
}

// Export copies an export to w and returns the number of hits in it.
func (s *remote) Export(ctx context.Context, w io.Writer, r search.Request, format string, meta bool) (found int, err error) {
	values := asked(r)
	values.Set("format", format)
	values.Set("meta", "no")
	if meta {
		values.Set("meta", "yes")
	}
	resp, err := s.send(ctx, http.MethodGet, "export", values, "")
	if err != nil {
		return 0, err
	}
	defer resp.Body.Close()
	if found, err = strconv.Atoi(resp.Header.Get("X-Ibid-Total")); err != nil {
		return 0, s.stranger()
	}
	_, err = io.Copy(w, remoteBody{resp.Body, s})
	return found, err
}

// asked writes a request as parameters.
func asked(r search.Request) url.Values {
	values := url.Values(parameters(r))
	for name, value := range map[string]string{"q": r.Query, "cursor": r.Cursor} {
		if value != "" {
			values.Set(name, value)
		}
	}
	if r.Size > 0 {
		values.Set("size", strconv.Itoa(r.Size))
	}
	return values
}

// ask sends a request and reads its whole answer into result.
func (s *remote) ask(ctx context.Context, method, path string, values url.Values, body string, result any) error {
	ctx, cancel := context.WithTimeout(ctx, remoteTimeout)
	defer cancel()
	resp, err := s.send(ctx, method, path, values, body)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(remoteBody{resp.Body, s}, maxAnswer+1))
	switch {
	case err != nil:
		return err
	case len(answer) > maxAnswer:
		return fmt.Errorf("%s answers with more than %d bytes; is it ibid?", s.base, maxAnswer)
	case resp.Header.Get("X-Ibid-Index") == "" || json.Unmarshal(answer, result) != nil:
		return s.stranger()
	}
	return nil
}

// send sends a request, whose body is a text, and returns the answer, which is to be
// closed, or the problem that the server tells.
func (s *remote) send(ctx context.Context, method, path string, values url.Values, body string) (*http.Response, error) {
	address := s.base.JoinPath("api/v1", path)
	address.RawQuery = values.Encode()
	req, err := http.NewRequestWithContext(ctx, method, address.String(), strings.NewReader(body))
	if err != nil {
		return nil, err
	}
	if method == http.MethodPost {
		req.Header.Set("Content-Type", "text/plain; charset=utf-8")
	}
	resp, err := s.client.Do(req)
	if err != nil {
		return nil, s.unreached(err)
	}
	if resp.StatusCode == http.StatusOK {
		return resp, nil
	}
	defer resp.Body.Close()
	told, err := io.ReadAll(io.LimitReader(remoteBody{resp.Body, s}, maxProblem))
	if err != nil {
		return nil, err
	}
	return nil, s.problem(resp, told)
}

// A remoteBody says in its errors which server broke off.
type remoteBody struct {
	io.Reader
	of *remote
}

func (b remoteBody) Read(p []byte) (int, error) {
	n, err := b.Reader.Read(p)
	if err != nil && err != io.EOF {
		err = b.of.unreached(err)
	}
	return n, err
}

func (s *remote) stranger() error {
	return fmt.Errorf("%s does not answer as ibid does; check the address", s.base)
}

// unreached says what to do where there is no answer. The error of package http
// repeats the whole address, which is left out.
func (s *remote) unreached(err error) error {
	if timeout, ok := errors.AsType[net.Error](err); ok && timeout.Timeout() || errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("%s did not answer within %s; make the query narrower, or try again", s.base, remoteTimeout)
	}
	if tried, ok := errors.AsType[*url.Error](err); ok {
		err = tried.Err
	}
	return fmt.Errorf("%s cannot be asked: %w; is ibid serve running there?", s.base, err)
}

// problem turns an answer of problem+json into an error.
func (s *remote) problem(resp *http.Response, body []byte) error {
	var p struct {
		Title, Detail, Parameter string
		Column                   int
	}
	media, _, err := mime.ParseMediaType(resp.Header.Get("Content-Type"))
	if err != nil || media != "application/problem+json" || json.Unmarshal(body, &p) != nil {
		return fmt.Errorf("%s answers with %s and not as ibid does; check the address", s.base, resp.Status)
	}
	switch {
	case resp.StatusCode == http.StatusBadRequest && p.Column > 0:
		return usageError{fmt.Errorf("the query cannot be read, column %d: %s", p.Column, p.Detail)}
	case resp.StatusCode == http.StatusBadRequest && p.Parameter != "":
		return usageError{fmt.Errorf("%s: %s", p.Parameter, p.Detail)}
	}
	return fmt.Errorf("%s: %s: %s", s.base, p.Title, p.Detail)
}
