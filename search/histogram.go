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
	w := s.dateWindow(asked)
	extent := newExtent()
	s.each(docs, func(some []uint32) {
		for _, doc := range some {
			extent.add(w.spans(doc))
		}
	})
	if extent.count == 0 {
		return []Bar{}
	}
	low, high := extent.limits()
	for size := extent.firstGrain(asked); ; size++ {
		bars, ok := s.ix.barsOf(size, low, high)
		if !ok && size < len(grains)-1 {
			continue
		}
		out := s.countBars(docs, w, bars, asked)
		if len(out) <= 2*maxBars || size == len(grains)-1 {
			return out
		}
	}
}

// A dateWindow is the range of days that is asked for, and the dates of a passage in it.
type dateWindow struct {
	columns   *schema.Columns
	low, high int32
	buffer    []span
}

// A span is a date of a passage, cut to the range asked for.
type span struct{ from, to int32 }

func (s *search) dateWindow(asked *edtf.Range) *dateWindow {
	w := &dateWindow{columns: s.ix.columns, low: int32(edtf.First), high: int32(edtf.Last)}
	if asked != nil {
		w.low, w.high = int32(asked.First), int32(asked.Last)
	}
	return w
}

// spans returns the dates of a passage that touch the range, by first day. They are valid
// until the next call.
func (w *dateWindow) spans(doc uint32) []span {
	c := w.columns
	w.buffer = w.buffer[:0]
	for i := c.DateAt[doc]; i < c.DateAt[doc+1]; i++ {
		if from, to := max(c.Earliest[i], w.low), min(c.Latest[i], w.high); from <= to {
			w.buffer = append(w.buffer, span{from, to})
		}
	}
	if len(w.buffer) > 1 {
		slices.SortFunc(w.buffer, func(a, b span) int { return int(a.from - b.from) })
	}
	return w.buffer
}

// An extent gathers what decides the bars: between which days the dates are, and some
// of the days on which they begin, evenly spread.
type extent struct {
	count     int
	all       span    // from the first to the last day
	short     span    // of the dates that are not long
	starts    []int32 // of every stride-th date
	stride    int
	untilNext int
}

// sampled is the number of dates, or up to twice that, that decide the grain.
const sampled = 1000

func newExtent() *extent {
	none := span{int32(edtf.Last), int32(edtf.First)}
	return &extent{all: none, short: none, stride: 1}
}

func (e *extent) add(spans []span) {
	for _, sp := range spans {
		e.count++
		e.all = span{min(e.all.from, sp.from), max(e.all.to, sp.to)}
		if sp.to-sp.from <= longSpan {
			e.short = span{min(e.short.from, sp.from), max(e.short.to, sp.to)}
		}
		if e.untilNext--; e.untilNext < 0 {
			e.untilNext = e.stride - 1
			e.sample(sp.from)
		}
	}
}

// sample keeps a day; when there are too many, every second one goes.
func (e *extent) sample(day int32) {
	e.starts = append(e.starts, day)
	if len(e.starts) < 2*sampled {
		return
	}
	for i := range sampled {
		e.starts[i] = e.starts[2*i]
	}
	e.starts = e.starts[:sampled]
	e.stride *= 2
	e.untilNext = e.stride - 1
}

// longSpan is the length in days above which a date, as one with an open end,
// makes no bars of its own: it counts in those that other dates make.
const longSpan = 20 * 366

// limits returns the first and the last day for which there are bars.
func (e *extent) limits() (low, high edtf.Day) {
	if e.short.from <= e.short.to {
		return edtf.Day(e.short.from), edtf.Day(e.short.to)
	}
	return edtf.Day(e.all.from), edtf.Day(e.all.to)
}

// firstGrain returns the index of the grain that fits the dates or the range.
func (e *extent) firstGrain(asked *edtf.Range) int {
	starts := e.starts
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

// A barSet is the time between two days as bars of one grain. It is made once for all
// searches whose hits have their dates between the same bars.
type barSet struct {
	bars   []bar
	labels [][2]string // first and last day of each, as text
	at     func(edtf.Day) int
}

// A barKey tells the grain, and where the first and the last bar begin.
type barKey struct {
	grain       int
	first, last edtf.Day
}

// barBytes bounds the bars that an index keeps.
const barBytes = 4 << 20

// barsOf returns the bars from low to high. It reports false if they are too many to count.
func (ix *Index) barsOf(size int, low, high edtf.Day) (*barSet, bool) {
	key := barKey{size, grains[size].start(low), grains[size].start(high)}
	if set, ok := ix.bars.Get(key); ok {
		return set, true
	}
	bars, ok := cutBars(grains[size], low, high)
	set := &barSet{bars: bars, labels: make([][2]string, len(bars)), at: barIndex(bars)}
	for i, b := range bars {
		set.labels[i] = [2]string{b.first.String(), b.last.String()}
	}
	if ok {
		ix.bars.Put(key, set, 100*len(bars)+2*int(bars[len(bars)-1].last-bars[0].first))
	}
	return set, ok
}

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

// countBars counts the hits of docs in bars, and returns those that have any,
// cut to the range. As for facets, a quotation does not count in a bar in which
// the passage that holds it counts.
func (s *search) countBars(docs *roaring.Bitmap, w *dateWindow, set *barSet, asked *edtf.Range) []Bar {
	bars, at := set.bars, set.at
	group, flags := s.ix.columns.Group, s.ix.columns.Flags
	changes := make([]int, len(bars)+1) // of the count, from bar to bar
	held := make([]uint32, len(bars))   // 1 + the group whose holder counts in the bar, of the last such
	s.each(docs, func(some []uint32) {
		for _, doc := range some {
			last, g, holder := -1, group[doc]+1, flags[doc]&schema.FlagQuotation == 0
			for _, sp := range w.spans(doc) {
				from, to := max(at(edtf.Day(sp.from)), last+1, 0), min(at(edtf.Day(sp.to)), len(bars)-1)
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
	})
	var out []Bar
	n := 0
	for i, b := range bars {
		if n += changes[i]; n == 0 {
			continue
		}
		one := Bar{From: set.labels[i][0], To: set.labels[i][1], Count: n}
		if asked != nil && asked.First > b.first {
			one.From = asked.First.String()
		}
		if asked != nil && asked.Last < b.last {
			one.To = asked.Last.String()
		}
		out = append(out, one)
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
