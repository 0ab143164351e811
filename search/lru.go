package search

import (
	"math"
	"sync"

	"github.com/hashicorp/golang-lru/v2/simplelru"
)

// An lru keeps the values used last, up to so many bytes. It is safe for concurrent use.
type lru[K comparable, V any] struct {
	mu     sync.Mutex
	order  *simplelru.LRU[K, weighed[V]]
	weight int // bytes of all that is kept
	most   int // bytes
}

type weighed[V any] struct {
	value  V
	weight int // bytes
}

// newLRU returns an empty lru. It has no bound but that on bytes.
func newLRU[K comparable, V any](most int) *lru[K, V] {
	order, err := simplelru.NewLRU[K, weighed[V]](math.MaxInt, nil)
	if err != nil {
		panic(err) // only a size below 1 is refused
	}
	return &lru[K, V]{order: order, most: most}
}

func (c *lru[K, V]) get(key K) (value V, ok bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	w, ok := c.order.Get(key)
	return w.value, ok
}

// put keeps a value of so many bytes, unless it is larger than all may be together, and
// lets go of those not used for longest. A value that is there already stays.
func (c *lru[K, V]) put(key K, value V, weight int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if weight > c.most || c.order.Contains(key) {
		return
	}
	c.order.Add(key, weighed[V]{value, weight})
	for c.weight += weight; c.weight > c.most; {
		_, last, _ := c.order.RemoveOldest()
		c.weight -= last.weight
	}
}

// clear lets go of everything.
func (c *lru[K, V]) clear() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.order.Purge()
	c.weight = 0
}
