package annotate

import "ibid/corpus/edtf"

// An era is what the text before a date tells of its time. It is a plain value:
// the era at a footnote's marker is kept for the footnote.
type era struct {
	defaultYear int // of the manifest
	heading     int // year named in the heading of the section; 0 if none or several

	writing   edtf.Date // date of the document, in an edition
	passage   reached   // last date of the passage that names its year
	narrative reached   // last such date that opens a sentence, in the section
	named     int       // last year named or resolved
	source    int       // last year anywhere before that was so named

	day    edtf.Day    // the day that "the next day" leans on; 0 if none
	month  edtf.Date   // the month that "the same month" and "the 12th" lean on
	winter map[int]int // year of each season last named with its year
	ahead  int         // year of a date that follows in the same sentence; 0 if none

	monthAhead int // month of the next date of the same sentence; 0 if none
}

// reached is a year, and the month in it where the print gives one.
type reached struct{ year, month int }

// yearOf returns the year of a month whose print gives none. The nearest
// context decides: the passage, the narrative, the document, the sentence's
// other dates, the heading, the manifest, and at last whatever year came before.
func (e *era) yearOf(month int) int {
	switch {
	case e.passage.year > 0:
		return e.passage.follow(month)
	case e.narrative.year > 0:
		return e.narrative.follow(month)
	case e.writing.Year > 0:
		return nearest(e.writing, month)
	case e.ahead > 0:
		return e.ahead
	case e.beside(month) > 0:
		return e.beside(month)
	case e.heading > 0:
		return e.heading
	case e.defaultYear > 0:
		return e.defaultYear
	}
	return e.source
}

// beside returns the year of a month that is the last month told of or stands
// next to it, 0 if it is neither: "December 31 ... The following day ... on
// January 5".
func (e *era) beside(month int) int {
	if e.month.Year == 0 {
		return 0
	}
	switch month - e.month.Month {
	case -1, 0, 1:
		return e.month.Year
	case -11: // not 11: stories go on, and look back farther than a month
		return e.month.Year + 1
	}
	return 0
}

// follow returns the year of a month told after r: "in November 1938 ... in
// January" has passed into the next year.
func (r reached) follow(month int) int {
	if r.month-month >= 7 {
		return r.year + 1
	}
	return r.year
}

// nearest returns the year that brings a month nearest to the date of a
// document: a letter of January speaks of the December before it.
func nearest(d edtf.Date, month int) int {
	switch {
	case d.Month < 1 || d.Month > 12:
		return d.Year
	case month-d.Month > 6:
		return d.Year - 1
	case d.Month-month >= 7:
		return d.Year + 1
	}
	return d.Year
}

// value returns the date from a point, or from the first to the second where
// it is an interval. It reports false if no context gives a year, or the
// calendar has no such day.
func (e *era) value(from, to point, interval bool) (edtf.Value, bool) {
	if !interval {
		to = from
	}
	if from.lean == upright {
		from.lean = to.lean
	}
	if from.year == 0 && to.year > 0 { // "between March 10 and July 23, 1939"
		from.year = to.year
		if from.firstMonth() > to.firstMonth() {
			from.year--
		}
	}
	if from.year == 0 {
		from.year = e.yearFor(from)
	}
	if from.year <= 0 {
		return edtf.Value{}, false
	}
	if to.year == 0 {
		to.year = from.year
		if interval && to.firstMonth() < from.firstMonth() {
			to.year++
		}
	}
	first, _, ok := from.bounds()
	_, last, ok2 := to.bounds()
	if !ok || !ok2 {
		return edtf.Value{}, false
	}
	v, err := edtf.Between(first, last)
	return v, err == nil
}

// yearFor returns the year of a point that prints none: of a month by yearOf, of a
// season from where it was last named in full. A winter told of without a year
// is the one that has ended in the year of the context, or lasts in it.
func (e *era) yearFor(pt point) int {
	if pt.lean != upright {
		return e.yearLeaning(pt)
	}
	if pt.month < edtf.Spring {
		return e.yearOf(pt.month)
	}
	if year := e.winter[pt.month]; year > 0 {
		return year
	}
	// "In the spring they would visit the cities" may mean every spring: without a
	// year close by, or an editor's default, it is left alone.
	if e.passage.year == 0 && e.writing.Year == 0 && e.defaultYear == 0 {
		return 0
	}
	year := e.yearOf(pt.firstMonth())
	if year > 0 && pt.month == edtf.Winter && (e.month.Year != year || e.month.Month < 5) {
		year--
	}
	return year
}

// yearLeaning returns the year that "December last" or "May of that year" tells.
func (e *era) yearLeaning(pt point) int {
	if e.named == 0 && e.writing.Year == 0 {
		return e.yearOf(pt.firstMonth())
	}
	base, month := e.named, e.month.Month
	if e.writing.Year > 0 && (pt.lean == lastOne || pt.lean == nextOne) {
		base, month = e.writing.Year, e.writing.Month
	}
	switch {
	case pt.lean == lastOne && month > 0 && pt.firstMonth() > month, pt.lean == yearBefore:
		return base - 1
	case pt.lean == nextOne && pt.firstMonth() < month, pt.lean == yearAfter:
		return base + 1
	}
	return base
}

// firstMonth returns the month in which a point begins, 1 for a year.
func (pt point) firstMonth() int {
	if pt.month >= edtf.Spring {
		return 3 + 3*(pt.month-edtf.Spring)
	}
	return max(pt.month, 1)
}

// bounds returns the first and last date of a point with a year. Where one
// date says it all ("1939-08", "193X") both are that date.
func (pt point) bounds() (first, last edtf.Date, ok bool) {
	d := edtf.Date{Year: max(pt.year, 1), Digits: pt.digits, Month: pt.month, Day: pt.day}
	switch {
	case pt.about && pt.doubt:
		d.Qualifier = edtf.Both
	case pt.about:
		d.Qualifier = edtf.Approximate
	case pt.doubt:
		d.Qualifier = edtf.Uncertain
	}
	switch {
	case pt.day > 0:
		return d, d, pt.day <= edtf.DaysIn(pt.year, pt.month)
	case pt.month >= edtf.Spring:
		d.Month = pt.firstMonth()
		end := d
		if end.Month += 2; end.Month > 12 {
			end.Year, end.Month = end.Year+1, end.Month-12
		}
		return d, end, true
	case pt.part == whole:
		return d, d, true
	case pt.month > 0:
		from, to := pt.part.days(edtf.DaysIn(pt.year, pt.month))
		first, last = d, d
		first.Day, last.Day = from, to
		return first, last, true
	}
	return pt.partOfYears(d)
}

// days returns the part of a month of n days, inclusive.
func (p part) days(n int) (from, to int) {
	switch p {
	case early:
		return 1, 10
	case middle:
		return 11, 20
	case late:
		return 21, n
	case firstHalf:
		return 1, 15
	case secondHalf:
		return 16, n
	case firstWeek:
		return 1, 7
	case secondWeek:
		return 8, 14
	case thirdWeek:
		return 15, 21
	case lastWeek:
		return n - 6, n
	}
	return 1, n
}

// partOfYears returns a part of a year, decade or century: thirds, of which the
// middle of a decade is its years 4 to 6 and that of a century its years 34 to 66.
func (pt point) partOfYears(d edtf.Date) (first, last edtf.Date, ok bool) {
	d.Digits = 0
	first, last = d, d
	thirds := map[part][2]int{early: {0, 3}, middle: {4, 6}, late: {7, 9}, firstHalf: {0, 4}, secondHalf: {5, 9}}
	switch pt.digits {
	case 0:
		thirds = map[part][2]int{early: {1, 4}, middle: {5, 8}, late: {9, 12}, firstHalf: {1, 6}, secondHalf: {7, 12}}
	case 2:
		thirds = map[part][2]int{early: {0, 33}, middle: {34, 66}, late: {67, 99}, firstHalf: {0, 49}, secondHalf: {50, 99}}
	}
	bounds, ok := thirds[pt.part]
	if !ok {
		return first, last, false
	}
	if pt.digits == 0 {
		first.Month, last.Month = bounds[0], bounds[1]
		return first, last, true
	}
	first.Year, last.Year = max(pt.year+bounds[0], 1), pt.year+bounds[1]
	return first, last, true
}
