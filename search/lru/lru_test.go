package lru

import "testing"

// TestBound: what is kept never weighs more than it may, and what was used last stays.
func TestBound(t *testing.T) {
	c := New[int, string](100)
	for i := range 50 {
		c.Put(i, "v", 30)
		if _, ok := c.Get(0); !ok {
			t.Fatalf("what is used again and again went at value %d", i)
		}
		if c.Weight() > 100 || c.Weight() != 30*c.Len() {
			t.Fatalf("%d values weigh %d", c.Len(), c.Weight())
		}
	}
	if _, ok := c.Get(49); !ok || c.Len() != 3 {
		t.Errorf("%d values are kept, the last one among them: %v", c.Len(), ok)
	}
	c.Put(99, "too large", 101)
	if _, ok := c.Get(99); ok || c.Len() != 3 {
		t.Error("a value too large is kept, or drove out others")
	}
	c.Put(0, "again", 30)
	if v, _ := c.Get(0); v != "v" {
		t.Errorf("a value that was there is now %q", v)
	}
	if c.Clear(); c.Len() != 0 || c.Weight() != 0 {
		t.Error("something is left after Clear")
	}
}
