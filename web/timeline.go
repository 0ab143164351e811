package web

import (
	"fmt"
	"strconv"

	"ibid/corpus/edtf"
	"ibid/search"
)

// A timeline is a histogram as an SVG, in units of its viewBox: one column for
// each bar that has hits, where its time is on the axis.
type timeline struct {
	Width, Height int
	Columns       []column
	Ticks         []string // at equal distances from the first to the last day
	Most          int      // count of the tallest column
	Undated       *column  // hits without a date, as a bar beside the others; nil if there are none
	Before, After *ref     // what lies outside the time shown, nil if nothing does
	Within        string   // the range asked for, in words; "" if none
	Clear         string   // address without the range
}

// A column is one bar of the timeline.
type column struct {
	X, Y, Width, Height int // of what is seen
	Left, Full          int // of what can be clicked: the whole height
	From, To            string
	Label               string // "May 1939"
	Count               int
	URL                 string // the same search in this stretch of time
}

const (
	timelineWidth  = 720
	timelineHeight = 96
	widestColumn   = 48 // of few bars
)

// newTimeline lays bars out in proportion to time, since stretches without hits
// have no bar; address gives the search narrowed to a range. It is nil where
// there is nothing to show.
func newTimeline(bars []search.Bar, address func(from, to string) string) *timeline {
	t := &timeline{Width: timelineWidth, Height: timelineHeight}
	for _, b := range bars {
		t.Most = max(t.Most, b.Count)
	}
	if t.Most == 0 {
		return nil
	}
	first, err := edtf.ParseDay(bars[0].From)
	last, err2 := edtf.ParseDay(bars[len(bars)-1].To)
	if err != nil || err2 != nil || last < first {
		return nil
	}
	scale := timelineWidth / float64(last-first+1)
	for _, b := range bars {
		if b.Count > 0 {
			t.Columns = append(t.Columns, newColumn(b, first, scale, t.Most, len(bars) < 3, address))
		}
	}
	t.Ticks = ticks(first, last)
	return t
}

// focusedTimeline shows the time of the corpus's phases where the busiest stretch
// is in it, so that a date far off ("since 1918") does not squeeze the story into a
// corner; what lies before and after is named beside it.
func (c *catalog) focusedTimeline(bars []search.Bar, focus bool, address func(from, to string) string) *timeline {
	from, to := "", ""
	for _, p := range c.manifest.Phases {
		if from == "" || p.From < from {
			from = p.From
		}
		to = max(to, p.To)
	}
	if !focus || from == "" {
		return newTimeline(bars, address)
	}
	low, high, busiest, most := 0, len(bars), 0, 0
	for i, b := range bars {
		most = max(most, b.Count)
		switch {
		case b.To < from:
			low = i + 1
		case b.From > to:
			high = min(high, i)
		default:
			busiest = max(busiest, b.Count)
		}
	}
	if busiest < most {
		return newTimeline(bars, address)
	}
	t := newTimeline(bars[low:high], address)
	if t != nil && low > 0 {
		t.Before = &ref{Text: "earlier, from " + barLabel(bars[0]), URL: address("", bars[low-1].To)}
	}
	if t != nil && high < len(bars) {
		t.After = &ref{Text: "later, to " + barLabel(bars[len(bars)-1]), URL: address(bars[high].From, "")}
	}
	return t
}

func newColumn(b search.Bar, first edtf.Day, scale float64, most int, few bool, address func(from, to string) string) column {
	c := column{From: b.From, To: b.To, Count: b.Count, Label: barLabel(b), URL: address(b.From, b.To)}
	from, err := edtf.ParseDay(b.From)
	to, err2 := edtf.ParseDay(b.To)
	if err != nil || err2 != nil {
		from, to = first, first
	}
	c.Left = int(float64(from-first) * scale)
	c.Full = max(int(float64(to-first+1)*scale)-c.Left, 2)
	gap := 0
	if c.Full > 4 {
		gap = 1
	}
	c.Width = c.Full - gap
	if few {
		c.Width = min(c.Width, widestColumn)
	}
	c.X = c.Left + (c.Full-c.Width)/2
	c.Height = columnHeight(b.Count, most)
	c.Y = timelineHeight - c.Height
	return c
}

// addUndated counts the hits that have no date: left out while a range is asked
// for, and beside the timeline otherwise. A bar taller than all others is cut off
// at their height.
func (t *timeline) addUndated(n int) {
	if n == 0 {
		return
	}
	height := columnHeight(n, max(n, 1))
	if t.Most > n {
		height = columnHeight(n, t.Most)
	}
	t.Undated = &column{Count: n, Height: height, Y: timelineHeight - height}
}

// columnHeight grows with the count; what is there is always seen.
func columnHeight(count, most int) int {
	if count == 0 {
		return 0
	}
	return max(8, count*timelineHeight/most)
}

// barLabel names a stretch of time: a day, a month, a year, or from-to.
func barLabel(b search.Bar) string {
	if b.From == b.To {
		return readableDate(b.From)
	}
	from, err1 := edtf.ParseDay(b.From)
	to, err2 := edtf.ParseDay(b.To)
	if err1 != nil || err2 != nil {
		return b.From + " – " + b.To
	}
	y, m, d := from.Civil()
	switch {
	case d == 1 && to == edtf.DayOf(y, m, edtf.DaysIn(y, m)):
		return readableDate(fmt.Sprintf("%04d-%02d", y, m))
	case d == 1 && m == 1 && to == edtf.DayOf(y, 12, 31):
		return strconv.Itoa(y)
	}
	return readableDate(b.From + "/" + b.To)
}

// ticks name places at equal distances, as finely as the stretch demands.
func ticks(first, last edtf.Day) []string {
	const most = 4
	span := last - first
	name := func(d edtf.Day) string {
		date := d.Date()
		if span >= 160 {
			date.Day = 0
		}
		if span >= 5*365 {
			date.Month = 0
		}
		return readableDate(date.String())
	}
	if span < most {
		return []string{name(first)}
	}
	var out []string
	for i := range edtf.Day(most + 1) {
		out = append(out, name(first+span*i/most))
	}
	return out
}
