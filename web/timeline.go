package web

import (
	"fmt"
	"strconv"

	"ibid/corpus/edtf"
	"ibid/search"
)

// A timeline is a histogram as an SVG: one column for each bar, in units of the
// viewBox. Bars without hits have no column, but keep their place.
type timeline struct {
	Width, Height int
	Columns       []column
	Ticks         []tick
	Most          int // count of the tallest column
	From, To      string
	Table         []column // the columns that have hits, for a table
	Undated       int      // hits without a date, while a range is asked for
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

// A tick names a place on the axis.
type tick struct {
	X     int
	Label string
}

const (
	timelineWidth  = 720
	timelineHeight = 96
	widestColumn   = 48 // of few bars
)

// newTimeline lays bars out; address gives the search narrowed to a range.
func newTimeline(bars []search.Bar, address func(from, to string) string) *timeline {
	if len(bars) == 0 {
		return nil
	}
	t := &timeline{Width: timelineWidth, Height: timelineHeight, From: bars[0].From, To: bars[len(bars)-1].To}
	for _, b := range bars {
		t.Most = max(t.Most, b.Count)
	}
	if t.Most == 0 {
		return nil
	}
	step := float64(timelineWidth) / float64(len(bars))
	gap := 0
	if step >= 5 {
		gap = 1
	}
	for i, b := range bars {
		left, right := int(float64(i)*step), int(float64(i+1)*step)
		c := column{Left: left, Full: max(right-left, 1), From: b.From, To: b.To, Count: b.Count,
			Label: barLabel(b), URL: address(b.From, b.To)}
		c.Height = columnHeight(b.Count, t.Most)
		c.Width, c.Y = min(max(right-left-gap, 1), widestColumn), timelineHeight-c.Height
		c.X = left + (right-left-c.Width)/2
		t.Columns = append(t.Columns, c)
		if b.Count > 0 {
			t.Table = append(t.Table, c)
		}
	}
	t.Ticks = ticks(t.Columns)
	return t
}

// columnHeight grows with the count; what is there is always seen.
func columnHeight(count, most int) int {
	if count == 0 {
		return 0
	}
	return max(3, count*timelineHeight/most)
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

// ticks names the first, the last and a few columns between.
func ticks(columns []column) []tick {
	const most = 5
	every := max(1, (len(columns)+most-1)/most)
	var out []tick
	for i := 0; i < len(columns); i += every {
		out = append(out, tick{columns[i].Left, columns[i].Label})
	}
	return out
}
