// Package lru keeps the values used last, up to so many bytes of memory. Start at New.
package lru

import (
	"math"
	"sync"

	"github.com/hashicorp/golang-lru/v2/simplelru"
)

// A Cache keeps the values used last, up to so many bytes. It is safe for concurrent use.
type Cache[K comparable, V any] struct {
	mu     sync.Mutex
	order  *simplelru.LRU[K, weighed[V]]
	weight int // bytes of all that is kept
	most   int // bytes
}

type weighed[V any] struct {
	value  V
	weight int // bytes
}

// New returns an empty Cache. It has no bound but that on bytes.
func New[K comparable, V any](most int) *Cache[K, V] {
	order, err := simplelru.NewLRU[K, weighed[V]](math.MaxInt, nil)
	if err != nil {
		panic(err) // only a size below 1 is refused
	}
	return &Cache[K, V]{order: order, most: most}
}

// Get returns the value kept under a key.
func (c *Cache[K, V]) Get(key K) (value V, ok bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	w, ok := c.order.Get(key)
	return w.value, ok
}

// Put keeps a value of so many bytes, unless it is larger than all may be together, and
// lets go of those not used for longest. A value that is there already stays.
func (c *Cache[K, V]) Put(key K, value V, weight int) {
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

// Clear lets go of everything.
func (c *Cache[K, V]) Clear() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.order.Purge()
	c.weight = 0
}

// Len is the number of values kept, Weight the bytes of all of them.
func (c *Cache[K, V]) Len() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.order.Len()
}

// Weight is described at Len.
func (c *Cache[K, V]) Weight() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.weight
}
