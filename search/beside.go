package search

// besideFrom is the number of passages from which on facets and histogram are counted while the hits
// are rated; for fewer that takes longer than it saves.
var besideFrom uint64 = 8192 // changed by tests only

// A counting is the facets and the histogram of a search, as soon as they are counted.
type counting struct {
	facets    map[Group][]FacetValue
	histogram []Bar
	fault     any // what the counting panicked with, if it did
	done      chan struct{}
}

// startCounting counts facets and histogram of what a request matches, unless they are left out: at
// once, or for many passages beside what the caller does. The caller must wait, whatever happens, since the
// files of the index are in use until then.
func (s *search) startCounting(m *matching) *counting {
	c := &counting{facets: map[Group][]FacetValue{}, histogram: []Bar{}, done: make(chan struct{})}
	switch {
	case s.request.Bare:
		close(c.done)
	case m.docs.GetCardinality() < besideFrom:
		c.count(s, m)
	default:
		beside := *s // has its own steps; of the rest it only reads
		go c.count(&beside, m)
	}
	return c
}

func (c *counting) count(s *search, m *matching) {
	defer close(c.done)
	defer func() { c.fault = recover() }()
	c.facets = s.facets(m.matched, m.filters, m.inRange)
	c.histogram = s.histogram(m.docs, m.asked)
}

// wait waits until nothing is counted any more.
func (c *counting) wait() { <-c.done }

// result returns what was counted. It panics as the counting did.
func (c *counting) result() (map[Group][]FacetValue, []Bar) {
	c.wait()
	if c.fault != nil {
		panic(c.fault)
	}
	return c.facets, c.histogram
}
