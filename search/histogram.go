package search

import (
	"slices"
	"sort"

	"github.com/RoaringBitmap/roaring/v2"

	"ibid/corpus/edtf"
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

// histogram counts the groups of docs by time: a group counts in each bar that
// a date of one of its passages overlaps. Bars without groups are left out. The
// grain follows the range asked for or, without one, the days between which
// nine in ten of the dates lie.
func (s *search) histogram(docs *roaring.Bitmap, asked *edtf.Range) []Bar {
	spans := s.spans(docs, asked)
	if len(spans) == 0 {
		return []Bar{}
	}
	bars := barsFor(spans, asked)
	changes := make([]int, len(bars)+1) // of the count, from bar to bar
	for i := 0; i < len(spans); {
		g, last := spans[i].group, -1
		for ; i < len(spans) && spans[i].group == g; i++ {
			from, to := touched(bars, spans[i])
			if from = max(from, last+1); from <= to {
				changes[from]++
				changes[to+1]--
				last = to
			}
		}
	}
	out := make([]Bar, 0, len(bars))
	n := 0
	for i, b := range bars {
		if n += changes[i]; n > 0 {
			out = append(out, Bar{From: b.first.String(), To: b.last.String(), Count: n})
		}
	}
	return out
}

// A span is a date of a passage of a group, cut to the range asked for.
type span struct {
	group    uint32
	from, to int32
}

// spans returns the dates of docs that touch the range, by group and first day.
func (s *search) spans(docs *roaring.Bitmap, asked *edtf.Range) []span {
	c := s.ix.columns
	low, high := int32(edtf.First), int32(edtf.Last)
	if asked != nil {
		low, high = int32(asked.First), int32(asked.Last)
	}
	var out []span
	begin := 0 // of the group at hand
	for it := docs.Iterator(); it.HasNext(); {
		s.check()
		doc := it.Next()
		if len(out) > begin && out[begin].group != c.Group[doc] {
			sortSpans(out[begin:])
			begin = len(out)
		}
		for i := c.DateAt[doc]; i < c.DateAt[doc+1]; i++ {
			if from, to := max(c.Earliest[i], low), min(c.Latest[i], high); from <= to {
				out = append(out, span{c.Group[doc], from, to})
			}
		}
	}
	sortSpans(out[begin:])
	return out
}

func sortSpans(spans []span) {
	if len(spans) > 1 {
		slices.SortFunc(spans, func(a, b span) int { return int(a.from - b.from) })
	}
}

type bar struct{ first, last edtf.Day }

// barsFor returns the bars that the spans touch, in order, cut to the range.
func barsFor(spans []span, asked *edtf.Range) []bar {
	starts := make([]int32, len(spans))
	for i, sp := range spans {
		starts[i] = sp.from
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
	for {
		bars, ok := cutBars(spans, grains[size], asked)
		if ok || size == len(grains)-1 {
			return bars
		}
		size++
	}
}

// touched returns the first and the last bar that a span overlaps; the first is
// greater if there is none.
func touched(bars []bar, sp span) (first, last int) {
	first = sort.Search(len(bars), func(i int) bool { return int32(bars[i].last) >= sp.from })
	last = sort.Search(len(bars), func(i int) bool { return int32(bars[i].first) > sp.to }) - 1
	return first, last
}

// longSpan is the length in days above which a date, as one with an open end, makes no bars of
// its own: it counts in those that other dates make.
const longSpan = 20 * 366

// cutBars cuts the time of the spans into bars, leaving out stretches that no
// span touches, and the bars to the range asked for. It reports false if there are too many.
func cutBars(spans []span, g grain, asked *edtf.Range) ([]bar, bool) {
	low, high := edtf.First, edtf.Last
	if asked != nil {
		low, high = asked.First, asked.Last
	}
	sorted := slices.DeleteFunc(slices.Clone(spans), func(sp span) bool { return sp.to-sp.from > longSpan })
	if len(sorted) == 0 {
		sorted = slices.Clone(spans)
	}
	sortSpans(sorted)
	var bars []bar
	covered := edtf.Day(0)
	for _, sp := range sorted {
		start := max(g.start(edtf.Day(sp.from)), covered)
		for start <= edtf.Day(sp.to) {
			next := g.next(start)
			bars = append(bars, bar{max(start, low), min(next-1, high)})
			start, covered = next, next
			if len(bars) > 2*maxBars {
				return bars, false
			}
		}
	}
	return bars, true
}
