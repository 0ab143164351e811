package web

import (
	"math/rand/v2"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// Readers who come together get what each would get alone: run with -race, nothing that
// pages and API share is written while it is read.
func TestReadersComeTogether(t *testing.T) {
	_, index := overShipped(t)
	addresses := []string{"/", "/?q=harbor", "/?q=%22no+such+words+together%22", "/?q=pact&view=concordance", "/documents", "/documents?view=edited", "/actors", "/about", "/help", "/api", "/quote?text=the+pact"}
	for _, e := range endpoints() {
		for _, x := range e.examples {
			if e.method == http.MethodGet && !strings.Contains(x.address, "/export") { // an export says when it was made
				addresses = append(addresses, x.address)
			}
		}
	}
	for _, a := range index.Manifest().Actors[:5] {
		addresses = append(addresses, "/actor/"+a.ID)
	}
	askTogether(t, addresses, func() http.Handler { h, _ := overShipped(t); return h })
}

// The index of the tests can take it, too: a browser has several requests under way.
func TestReadersOfTestsComeTogether(t *testing.T) {
	addresses := []string{"/", "/?q=harbour", "/passage/hale/p01", "/passage/hale/q01?view=print", "/source/hale", "/documents", "/document/HP-12", "/actors", "/actor/brandt", "/about",
		"/api/v1/search?q=harbour", "/api/v1/passages/hale/p01", "/api/v1/documents", "/api/v1/suggest?q=harb", "/api/v1/concordance?q=harbour"}
	askTogether(t, addresses, func() http.Handler { return New(Config{}, newFake(), quiet()) })
}

// askTogether asks all addresses in turn, then by several readers at once of a handler that has kept nothing yet.
func askTogether(t *testing.T, addresses []string, serve func() http.Handler) {
	t.Helper()
	h, alone := serve(), map[string]string{}
	for _, a := range addresses {
		w := ask(t, h, http.MethodGet, a)
		if w.Code != http.StatusOK {
			t.Errorf("GET %s = %d", a, w.Code)
		}
		alone[a] = w.Body.String()
	}
	h = serve()
	var readers sync.WaitGroup
	for range 4 {
		readers.Go(func() {
			for _, i := range rand.Perm(len(addresses)) {
				if w := ask(t, h, http.MethodGet, addresses[i]); w.Body.String() != alone[addresses[i]] {
					t.Errorf("GET %s gives another answer to several at once: %d", addresses[i], w.Code)
				}
			}
		})
	}
	readers.Wait()
}

// The page of an actor waits for its three searches once: none begins only when another is done.
func TestActorSearchesSideBySide(t *testing.T) {
	f := newFake()
	alone := get(t, f, "/actor/brandt").Body.String()
	var begun atomic.Int32
	all := make(chan struct{})
	f.wait = func() {
		if begun.Add(1) == 3 {
			close(all)
		}
		select {
		case <-all:
		case <-time.After(20 * time.Second):
			t.Error("a search waits for one before it")
		}
	}
	if w := get(t, f, "/actor/brandt"); w.Code != http.StatusOK || w.Body.String() != alone {
		t.Errorf("GET /actor/brandt with searches side by side = %d, and another page than one after the other", w.Code)
	}
}
