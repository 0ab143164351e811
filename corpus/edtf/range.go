package edtf

import (
	"fmt"
	"strings"
)

// A Range is a stretch of days, both ends included. The zero value is empty.
type Range struct{ First, Last Day }

// Range returns the days from v.Earliest to v.Latest.
func (v Value) Range() Range { return Range{v.Earliest(), v.Latest()} }

// Overlaps reports whether r and o have a day in common.
func (r Range) Overlaps(o Range) bool {
	return !r.empty() && !o.empty() && r.First <= o.Last && o.First <= r.Last
}

// Within reports whether every day of r lies in o. An empty range lies in none.
func (r Range) Within(o Range) bool {
	return !r.empty() && o.First <= r.First && r.Last <= o.Last
}

func (r Range) empty() bool { return r.First == 0 || r.First > r.Last }

// Overlaps reports whether v and o may mean the same day.
func (v Value) Overlaps(o Value) bool { return v.Range().Overlaps(o.Range()) }

// Within reports whether every day v may mean lies in o.
func (v Value) Within(o Value) bool { return v.Range().Within(o.Range()) }

// ParseRange reads a range as a reader types it: EDTF ("1939-08",
// "1939-05/1939-08"), or two dates with ".." between, either of which may be
// left out ("1939-05..1939-08", "1939-08..", "..1939").
func ParseRange(s string) (Range, error) {
	s = strings.TrimSpace(s)
	from, to, found := strings.Cut(s, "..")
	if !found || strings.Contains(s, "/") {
		v, err := Parse(s)
		return v.Range(), err
	}
	return ParseEnds(strings.TrimSpace(from), strings.TrimSpace(to))
}

// ParseEnds reads a range from its two ends, each EDTF or "" for an open end:
// from the earliest day of the first to the latest day of the second. The
// error says which end is wrong; two empty ends are an error.
func ParseEnds(from, to string) (Range, error) {
	r := Range{First, Last}
	if from == "" && to == "" {
		return Range{}, fmt.Errorf("range without a date; write it as 1939-05..1939-08")
	}
	if from != "" {
		v, err := Parse(from)
		if err != nil {
			return Range{}, fmt.Errorf("start of the range: %w", err)
		}
		r.First = v.Earliest()
	}
	if to != "" {
		v, err := Parse(to)
		if err != nil {
			return Range{}, fmt.Errorf("end of the range: %w", err)
		}
		r.Last = v.Latest()
	}
	if r.First > r.Last {
		return Range{}, fmt.Errorf("range %s..%s ends before it begins; put the earlier date first", from, to)
	}
	return r, nil
}

// String prints the range as "1939-05-01..1939-08-31"; an end at First or Last
// is left out.
func (r Range) String() string {
	if r.empty() {
		return ""
	}
	var from, to string
	if r.First > First {
		from = r.First.String()
	}
	if r.Last < Last {
		to = r.Last.String()
	}
	return from + ".." + to
}
