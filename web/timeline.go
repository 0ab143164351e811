package web

import (
	"context"
	"strings"

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

// timeline shows the time of the corpus's phases where the busiest stretch is in
// it, or else the stretch that has nearly all hits, so that a date far off ("since
// 1918") does not squeeze the story into a corner; what lies before and after is
// named beside it. bars answer r, which asks for no dates; where they are years,
// and what is left of them few, r is asked again for that stretch, which has finer ones.
func (s *server) timeline(ctx context.Context, cat *catalog, r search.Request, bars []search.Bar, address func(from, to string) string) (*timeline, error) {
	low, high := cat.focus(bars)
	shown := bars[low:high]
	if n := len(shown); n > 0 && n < len(bars) && n <= fewYears && strings.HasSuffix(shown[0].From, "-01-01") && strings.HasSuffix(shown[0].To, "-12-31") {
		r.From, r.To, r.Cursor, r.Size = shown[0].From, shown[n-1].To, "", 1
		finer, err := s.index.Search(ctx, r)
		if err != nil {
			return nil, err
		}
		shown = finer.Histogram
	}
	t := newTimeline(shown, address)
	if t != nil && low > 0 {
		t.Before = &ref{Text: "earlier, from " + the(barLabel(bars[0])), URL: address("", bars[low-1].To)}
	}
	if t != nil && high < len(bars) {
		t.After = &ref{Text: "later, to " + the(barLabel(bars[len(bars)-1])), URL: address(bars[high].From, "")}
	}
	return t, nil
}

// the gives a decade its article: "the 1660s".
func the(label string) string {
	if strings.HasSuffix(label, "0s") {
		return "the " + label
	}
	return label
}

// fewYears can be shown by month.
const fewYears = 12

// focus chooses bars [low, high) to show.
func (c *catalog) focus(bars []search.Bar) (low, high int) {
	from, to := "", ""
	for _, p := range c.manifest.Phases {
		if from == "" || p.From < from {
			from = p.From
		}
		to = max(to, p.To)
	}
	low, high = 0, len(bars)
	busiest, most := 0, 0
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
	if from == "" || busiest < most {
		return crowd(bars)
	}
	return low, high
}

// crowd is the bars without the outermost, a fiftieth of the hits at either end,
// where they take more than half of the time; otherwise it is all of them.
func crowd(bars []search.Bar) (low, high int) {
	total := 0
	for _, b := range bars {
		total += b.Count
	}
	spare := total / 50
	low, high = 0, len(bars)
	for n := 0; low < high && n+bars[low].Count <= spare; low++ {
		n += bars[low].Count
	}
	for n := 0; high > low && n+bars[high-1].Count <= spare; high-- {
		n += bars[high-1].Count
	}
	if low == high || 2*days(bars[low:high]) > days(bars) {
		return 0, len(bars)
	}
	return low, high
}

// days are those from the first bar to the last.
func days(bars []search.Bar) int {
	from, err := edtf.ParseDay(bars[0].From)
	to, err2 := edtf.ParseDay(bars[len(bars)-1].To)
	if err != nil || err2 != nil {
		return 0
	}
	return int(to-from) + 1
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

// barLabel names a stretch of time: a day, a month, a year, a decade, or from-to.
func barLabel(b search.Bar) string { return spanWords(b.From, b.To) }

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
