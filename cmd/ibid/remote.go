package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"ibid/search"
)

// Bounds of asking a server.
const (
	remoteTimeout = 30 * time.Second // for one answer
	maxAnswer     = 64 << 20         // bytes of one
)

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
	return &remote{base: base, client: &http.Client{Timeout: remoteTimeout}}, nil
}

func (s *remote) Close() error {
	s.client.CloseIdleConnections()
	return nil
}

// Search asks for a page of hits. What the server says is wrong with a query or a
// parameter is a usageError.
func (s *remote) Search(ctx context.Context, r search.Request) (*search.Result, error) {
	values := url.Values(parameters(r))
	for name, value := range map[string]string{"q": r.Query, "cursor": r.Cursor} {
		if value != "" {
			values.Set(name, value)
		}
	}
	values.Set("size", strconv.Itoa(r.Size))
	address := s.base.JoinPath("api/v1/search")
	address.RawQuery = values.Encode()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address.String(), nil)
	if err != nil {
		return nil, err
	}
	req.Header.Set("Accept", "application/json")
	resp, err := s.client.Do(req)
	if err != nil {
		return nil, s.unreached(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer+1))
	switch {
	case err != nil:
		return nil, s.unreached(err)
	case len(body) > maxAnswer:
		return nil, fmt.Errorf("%s answers with more than %d bytes; is it ibid?", s.base, maxAnswer)
	case resp.StatusCode != http.StatusOK:
		return nil, s.problem(resp, body)
	}
	var result search.Result
	if err := json.Unmarshal(body, &result); err != nil || result.Index == "" {
		return nil, fmt.Errorf("%s does not answer as ibid does; check the address", s.base)
	}
	return &result, nil
}

// unreached says what to do where there is no answer. The error of package http
// repeats the whole address, which is left out.
func (s *remote) unreached(err error) error {
	var tried *url.Error
	if errors.As(err, &tried) {
		if tried.Timeout() {
			return fmt.Errorf("%s did not answer within %s; make the query narrower, or try again", s.base, remoteTimeout)
		}
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
