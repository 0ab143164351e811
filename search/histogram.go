package search

import (
	"slices"
	"sort"

	"github.com/RoaringBitmap/roaring/v2"

	"ibid/corpus/edtf"
	"ibid/indexer/schema"
)

// maxBars bounds the bars of a histogram.
const maxBars = 240

// A grain is a length of time that a bar stands for.
type grain struct {
	days  int // about
	start func(d edtf.Day) edtf.Day
	next  func(start edtf.Day) edtf.Day
}

var grains = []grain{
	{1, func(d edtf.Day) edtf.Day { return d }, func(d edtf.Day) edtf.Day { return d + 1 }},
	{30, func(d edtf.Day) edtf.Day { y, m, _ := d.Civil(); return edtf.DayOf(y, m, 1) }, func(d edtf.Day) edtf.Day { return nextMonth(d, 1) }},
	{365, yearStart(1), func(d edtf.Day) edtf.Day { return nextMonth(d, 12) }},
	{3652, yearStart(10), func(d edtf.Day) edtf.Day { return nextMonth(d, 120) }},
	{36524, yearStart(100), func(d edtf.Day) edtf.Day { return nextMonth(d, 1200) }},
}

func yearStart(years int) func(edtf.Day) edtf.Day {
	return func(d edtf.Day) edtf.Day {
		y, _, _ := d.Civil()
		return edtf.DayOf(max(y-y%years, 1), 1, 1)
	}
}

// nextMonth returns the first day of the month so many months after that of d,
// which is the first of its month; a day past the calendar for the last.
func nextMonth(d edtf.Day, months int) edtf.Day {
	y, m, _ := d.Civil()
	if y == 1 && months >= 120 {
		y = 0 // the first decade and century begin with the year 1
	}
	m += months - 1
	y += m / 12
	if y > 9999 {
		return edtf.Last + 1
	}
	return edtf.DayOf(y, m%12+1, 1)
}

// dayLimit is the number of days up to which bars are days; longer ranges have months, and so on.
const dayLimit = 62

// histogram counts the hits of docs by time: a hit counts in each bar that a
// date of it overlaps. The grain follows the range asked for
// or, without one, the days between which nine in ten of the dates begin.
func (s *search) histogram(docs *roaring.Bitmap, asked *edtf.Range) []Bar {
	spans := s.spans(docs, asked)
	if len(spans) == 0 {
		return []Bar{}
	}
	low, high := limits(spans)
	size := firstGrain(spans, asked)
	for ; ; size++ {
		bars, ok := cutBars(grains[size], low, high)
		if !ok && size < len(grains)-1 {
			continue
		}
		out := s.countBars(spans, bars, asked)
		if len(out) <= 2*maxBars || size == len(grains)-1 {
			return out
		}
	}
}

// A span is a date of a passage, cut to the range asked for.
type span struct {
	doc      uint32
	from, to int32
}

// spans returns the dates of docs that touch the range, by passage and first day.
func (s *search) spans(docs *roaring.Bitmap, asked *edtf.Range) []span {
	c := s.ix.columns
	low, high := int32(edtf.First), int32(edtf.Last)
	if asked != nil {
		low, high = int32(asked.First), int32(asked.Last)
	}
	var out []span
	for it := docs.Iterator(); it.HasNext(); {
		s.check()
		doc, begin := it.Next(), len(out)
		for i := c.DateAt[doc]; i < c.DateAt[doc+1]; i++ {
			if from, to := max(c.Earliest[i], low), min(c.Latest[i], high); from <= to {
				out = append(out, span{doc, from, to})
			}
		}
		sortSpans(out[begin:])
	}
	return out
}

func sortSpans(spans []span) {
	if len(spans) > 1 {
		slices.SortFunc(spans, func(a, b span) int { return int(a.from - b.from) })
	}
}

// longSpan is the length in days above which a date, as one with an open end,
// makes no bars of its own: it counts in those that other dates make.
const longSpan = 20 * 366

// limits returns the first and the last day for which there are bars.
func limits(spans []span) (low, high edtf.Day) {
	for _, long := range []bool{false, true} {
		low, high = edtf.Last, edtf.First
		for _, sp := range spans {
			if long || sp.to-sp.from <= longSpan {
				low, high = min(low, edtf.Day(sp.from)), max(high, edtf.Day(sp.to))
			}
		}
		if low <= high {
			break
		}
	}
	return low, high
}

// sampled is the number of dates that decide the grain.
const sampled = 1000

// firstGrain returns the index of the grain that fits the dates or the range.
func firstGrain(spans []span, asked *edtf.Range) int {
	var starts []int32
	for i := 0; i < len(spans); i += 1 + len(spans)/sampled {
		starts = append(starts, spans[i].from)
	}
	slices.Sort(starts)
	length := int(starts[len(starts)*19/20]-starts[len(starts)/20]) + 1
	if asked != nil && asked.First > edtf.First && asked.Last < edtf.Last {
		length = int(asked.Last-asked.First) + 1
	}
	size := 0
	for size < len(grains)-1 && (size == 0 && length > dayLimit || size > 0 && length/grains[size].days > maxBars) {
		size++
	}
	return size
}

type bar struct{ first, last edtf.Day }

// cutBars cuts the time from low to high into bars. It reports false if they are too many to count.
func cutBars(g grain, low, high edtf.Day) ([]bar, bool) {
	var bars []bar
	for start := g.start(low); start <= high; {
		next := g.next(start)
		bars = append(bars, bar{start, min(next-1, edtf.Last)})
		start = next
		if len(bars) > 100*maxBars {
			return bars, false
		}
	}
	return bars, true
}

// countBars counts the hits of spans in bars, and returns those that have any,
// cut to the range. As for facets, a quotation does not count in a bar in which
// the passage that holds it counts.
func (s *search) countBars(spans []span, bars []bar, asked *edtf.Range) []Bar {
	at := barIndex(bars)
	group, flags := s.ix.columns.Group, s.ix.columns.Flags
	changes := make([]int, len(bars)+1) // of the count, from bar to bar
	held := make([]uint32, len(bars))   // 1 + the group whose holder counts in the bar, of the last such
	for i := 0; i < len(spans); {
		doc, last := spans[i].doc, -1
		g, holder := group[doc]+1, flags[doc]&schema.FlagQuotation == 0
		for ; i < len(spans) && spans[i].doc == doc; i++ {
			from, to := max(at(edtf.Day(spans[i].from)), last+1, 0), min(at(edtf.Day(spans[i].to)), len(bars)-1)
			for b := from; b <= to; b++ {
				if held[b] == g {
					continue
				}
				changes[b]++
				changes[b+1]--
				if holder {
					held[b] = g
				}
			}
			last = max(last, to)
		}
	}
	var out []Bar
	n := 0
	for i, b := range bars {
		if n += changes[i]; n == 0 {
			continue
		}
		if asked != nil {
			b = bar{max(b.first, asked.First), min(b.last, asked.Last)}
		}
		out = append(out, Bar{From: b.first.String(), To: b.last.String(), Count: n})
	}
	return out
}

// tableDays is the number of days up to which the bar of a day is looked up in a table.
const tableDays = 400_000

// barIndex returns a function that tells in which bar a day is: -1 before the
// first, their number behind the last.
func barIndex(bars []bar) func(edtf.Day) int {
	first, last := bars[0].first, bars[len(bars)-1].last
	inside := func(d edtf.Day) int {
		return sort.Search(len(bars), func(i int) bool { return bars[i].last >= d })
	}
	if days := int(last-first) + 1; days <= tableDays {
		table := make([]uint16, days)
		for i, b := range bars {
			for d := b.first; d <= b.last; d++ {
				table[d-first] = uint16(i)
			}
		}
		inside = func(d edtf.Day) int { return int(table[d-first]) }
	}
	return func(d edtf.Day) int {
		switch {
		case d < first:
			return -1
		case d > last:
			return len(bars)
		}
		return inside(d)
	}
}
