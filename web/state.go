package web

import (
	"net/url"
	"slices"
	"strconv"

	"ibid/search"
)

// A state is a search as an address: every state of the search page has one, and
// the same search always the same. Its methods leave the state as it is.
type state url.Values

// newState writes a request as parameters, without the cursor.
func newState(r search.Request) state {
	v := url.Values{}
	set := func(name, value string) {
		if value != "" {
			v.Set(name, value)
		}
	}
	set("q", r.Query)
	set("sort", string(r.Sort))
	set("match", string(r.Match))
	set("from", r.From)
	set("to", r.To)
	if r.Size > 0 {
		v.Set("size", strconv.Itoa(r.Size))
	}
	if r.Within {
		v.Set("dates", "within")
	}
	for group, values := range r.Filters {
		v[string(group)] = slices.Clone(values)
	}
	return state(v)
}

func (s state) clone() state {
	out := state{}
	for name, values := range s {
		out[name] = slices.Clone(values)
	}
	return out
}

// with sets a parameter; "" takes it away.
func (s state) with(name, value string) state {
	out := s.clone()
	delete(out, name)
	if value != "" {
		out[name] = []string{value}
	}
	return out
}

// dropping takes a value out of a filter.
func (s state) dropping(name, value string) state {
	out := s.clone()
	out[name] = slices.DeleteFunc(out[name], func(v string) bool { return v == value })
	if len(out[name]) == 0 {
		delete(out, name)
	}
	return out
}

// only keeps the parameters named.
func (s state) only(names ...string) state {
	out := state{}
	for _, name := range names {
		if s[name] != nil {
			out[name] = slices.Clone(s[name])
		}
	}
	return out
}

func (s state) without(names ...string) state {
	out := s.clone()
	for _, name := range names {
		delete(out, name)
	}
	return out
}

// at is the state as an address under path.
func (s state) at(path string) string {
	if len(s) == 0 {
		return path
	}
	return path + "?" + url.Values(s).Encode()
}

func (s state) url() string { return s.at("/") }
