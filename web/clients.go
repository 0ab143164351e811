package web

import (
	"net/netip"
	"strconv"

	"github.com/gin-gonic/gin"
	lru "github.com/hashicorp/golang-lru/v2"
	"golang.org/x/time/rate"
)

// maxClients is how many clients are told apart; who was heard of least lately is
// forgotten first. 10,000 take about 2 MB.
const maxClients = 10_000

// clients count what each client asks. It is safe for concurrent use.
type clients struct {
	rate  rate.Limit
	burst int
	known *lru.Cache[netip.Prefix, *rate.Limiter]
}

// newClients returns nil for a rate of 0, which is no limit.
func newClients(perSecond float64, burst int) *clients {
	if perSecond <= 0 {
		return nil
	}
	known, err := lru.New[netip.Prefix, *rate.Limiter](maxClients)
	if err != nil {
		panic(err) // only for a size below 1
	}
	return &clients{rate.Limit(perSecond), burst, known}
}

// wait is the number of seconds after which a client may ask again, 0 if now.
func (cs *clients) wait(address netip.Addr) int {
	client := networkOf(address)
	limiter, ok := cs.known.Get(client)
	if !ok {
		limiter = rate.NewLimiter(cs.rate, cs.burst)
		if before, found, _ := cs.known.PeekOrAdd(client, limiter); found {
			limiter = before
		}
	}
	if limiter.Allow() {
		return 0
	}
	return max(1, int(1/float64(cs.rate)+0.5))
}

// networkOf is what counts as one client: an IPv4 address, or the /64 network that
// a household has of IPv6.
func networkOf(address netip.Addr) netip.Prefix {
	address = address.Unmap().WithZone("")
	bits := 32
	if address.Is6() {
		bits = 64
	}
	client, err := address.Prefix(bits)
	if err != nil {
		return netip.Prefix{} // of an address that could not be read: all of these are one client
	}
	return client
}

// limitRate turns away a client that asks too often. The machine itself may ask as
// it likes, unless it is a proxy that says for whom it asks.
func (s *server) limitRate(c *gin.Context) {
	if s.clients == nil {
		return
	}
	address, err := netip.ParseAddr(c.ClientIP())
	if err == nil && address.Unmap().IsLoopback() {
		return
	}
	if wait := s.clients.wait(address); wait > 0 {
		c.Header("Retry-After", strconv.Itoa(wait))
		s.fail(c, errTooMany)
	}
}
