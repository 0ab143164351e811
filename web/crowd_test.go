package web

import (
	"math/rand/v2"
	"net/http"
	"strings"
	"sync"
	"testing"
)

// Readers who come together get what each would get alone: run with -race, nothing that
// pages and API share is written while it is read.
func TestReadersComeTogether(t *testing.T) {
	h, index := overShipped(t)
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
	alone := map[string]string{}
	for _, a := range addresses {
		w := ask(t, h, http.MethodGet, a)
		if w.Code != http.StatusOK {
			t.Errorf("GET %s = %d", a, w.Code)
		}
		alone[a] = w.Body.String()
	}
	h, _ = overShipped(t) // nothing is kept yet
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
