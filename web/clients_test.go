package web

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"testing"
)

// askFrom asks as a client with an address would.
func askFrom(t *testing.T, h http.Handler, remote, forwarded string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, "/api/v1/suggest?q=h", nil)
	r.RemoteAddr = remote
	if forwarded != "" {
		r.Header.Set("X-Forwarded-For", forwarded)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	checkAnswer(t, r, w)
	return w
}

func TestRateLimit(t *testing.T) {
	cfg := Config{Rate: 0.001, Burst: 2, Proxies: []string{"192.0.2.1"}}
	tests := []struct {
		name              string
		remote, forwarded func(i int) string
		limited           bool
	}{
		{"one client", func(i int) string { return fmt.Sprintf("198.51.100.7:%d", 1000+i) }, nil, true},
		{"many clients", func(i int) string { return fmt.Sprintf("198.51.100.%d:1000", i+1) }, nil, false},
		{"one network of IPv6", func(i int) string { return fmt.Sprintf("[2001:db8::%x]:1000", i+1) }, nil, true},
		{"many networks of IPv6", func(i int) string { return fmt.Sprintf("[2001:db8:0:%x::1]:1000", i+1) }, nil, false},
		{"the machine itself", func(int) string { return "127.0.0.1:1000" }, nil, false},
		{"one client behind a proxy", func(int) string { return "192.0.2.1:1000" }, func(int) string { return "203.0.113.9" }, true},
		{"many clients behind a proxy", func(int) string { return "192.0.2.1:1000" }, func(i int) string { return fmt.Sprintf("203.0.113.%d", i) }, false},
		{"one client that feigns to be a proxy", func(int) string { return "198.51.100.8:1000" }, func(i int) string { return fmt.Sprintf("203.0.113.%d", i) }, true},
		{"one client that feigns to be the machine", func(int) string { return "198.51.100.9:1000" }, func(int) string { return "127.0.0.1" }, true},
	}
	for _, test := range tests {
		h := New(cfg, newFake(), quiet())
		limited := false
		for i := range 5 {
			forwarded := ""
			if test.forwarded != nil {
				forwarded = test.forwarded(i)
			}
			w := askFrom(t, h, test.remote(i), forwarded)
			if w.Code == http.StatusTooManyRequests {
				limited = true
				if p := problemOf(t, w); p.Type != "/problems/too-many-requests" || w.Header().Get("Retry-After") != "1000" {
					t.Errorf("%s: %+v, Retry-After %q", test.name, p, w.Header().Get("Retry-After"))
				}
			}
		}
		if limited != test.limited {
			t.Errorf("%s: limited %v, want %v", test.name, limited, test.limited)
		}
	}
}

// As many clients as anyone may feign take a bounded store.
func TestClientsAreForgotten(t *testing.T) {
	cs := newClients(1, 1)
	for i := range maxClients + 500 {
		cs.wait(netip.AddrFrom4([4]byte{10, byte(i >> 16), byte(i >> 8), byte(i)}))
	}
	if n := cs.known.Len(); n != maxClients {
		t.Errorf("%d clients are remembered, want %d", n, maxClients)
	}
}
