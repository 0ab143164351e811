package annotate

import "ibid/corpus/edtf"

var smallNumbers = map[string]int{"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6,
	"seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12}

// relative reads a date that leans on another one.
func (p *dateParser) relative(i int) (finding, bool) {
	for _, rule := range []func(int) (finding, bool){p.sameDay, p.partOfMonth, p.dayBefore, p.spanLater, p.instant, p.bareDay, p.spoken} {
		if f, ok := rule(i); ok {
			f.from = i
			return f, true
		}
	}
	return finding{}, false
}

const timesOfDay = "day evening night morning afternoon"

// sameDay reads "the same day", "that evening", "that very day", "the next
// day", "the following morning", "the day following", "on the morrow", "the
// previous day", and the like of months and years.
func (p *dateParser) sameDay(i int) (finding, bool) {
	j := i
	for p.is(j, "the that very") {
		j++
	}
	if j > i && p.is(j, "morrow") && !p.is(j+1, "of") {
		return finding{to: j + 1, relative: shiftDays(1)}, true
	}
	if j > i && p.is(j, timesOfDay) && p.is(j+1, "following") && p.clauseEnds(j+2) {
		return finding{to: j + 2, relative: shiftDays(1)}, true
	}
	if j == i && !p.is(j, "next") {
		return finding{}, false
	}
	shift := 0
	switch {
	case p.is(j, "same selfsame"):
		j++
	case p.is(j, "next following"):
		shift, j = 1, j+1
	case p.is(j, "previous preceding"):
		shift, j = -1, j+1
	case !p.is(i, "that"):
		return finding{}, false
	}
	if p.is(j+1, "when on of which") || p.at(j+1).glued && p.is(j+1, "-") {
		return finding{}, false // "that day when", "the next day of": the words behind say which
	}
	switch {
	case p.is(j, timesOfDay):
		return finding{to: j + 1, relative: shiftDays(shift)}, true
	case p.is(j, "week") && shift == 0:
		return finding{to: j + 1, relative: sameWeek}, true
	case p.is(j, "month"):
		return finding{to: j + 1, relative: shiftMonths(shift)}, true
	case p.is(j, "year"):
		return finding{to: j + 1, relative: shiftYears(shift)}, true
	}
	return finding{}, false
}

// partOfMonth reads "the end of the month", "the middle of that month".
func (p *dateParser) partOfMonth(i int) (finding, bool) {
	limit := map[string]part{"beginning": early, "middle": middle, "end": late, "close": late}[p.at(i).lower]
	if limit == whole || !p.is(i+1, "of") || !p.is(i+2, "the that") {
		return finding{}, false
	}
	j := i + 3
	if p.is(j, "same") {
		j++
	}
	if !p.is(j, "month") || p.is(j+1, "of") {
		return finding{}, false
	}
	return finding{to: j + 1, relative: func(e *era) (edtf.Value, bool) {
		pt := point{year: e.month.Year, month: e.month.Month, part: limit}
		if pt.year == 0 || pt.month == 0 {
			return edtf.Value{}, false
		}
		return e.value(pt, pt, false)
	}}, true
}

// dayBefore reads "the day before", "the evening before" and "the day after"
// where nothing follows that would say before or after what.
func (p *dateParser) dayBefore(i int) (finding, bool) {
	if !p.is(i, "the") || !p.is(i+1, timesOfDay) || !p.is(i+2, "before after") || !p.clauseEnds(i+3) {
		return finding{}, false
	}
	shift := 1
	if p.is(i+2, "before") {
		shift = -1
	}
	return finding{to: i + 3, relative: shiftDays(shift)}, true
}

func (p *dateParser) clauseEnds(i int) bool {
	return p.is(i, ". , ; : ) ? ! — –") || i >= len(p.ls)
}

// spanLater reads "two days later", "a week earlier", "a month after", and "a
// day after the meeting of April 17", which leans on the date that follows.
// "On July 24, a day after the proposal was accepted" names no day but July 24.
func (p *dateParser) spanLater(i int) (finding, bool) {
	n, isWord := smallNumbers[p.at(i).lower]
	if !isWord {
		n = p.at(i).number
	}
	if n < 1 || n > 99 || p.at(i).glued && p.is(i-1, ". , : -") {
		return finding{}, false
	}
	unit, j := p.at(i+1).lower, i+2
	sign := 0
	switch {
	case p.is(j, "later afterwards afterward thereafter hence"):
		sign = 1
	case p.is(j, "earlier previously"):
		sign = -1
	case p.is(j, "after before") && (unit == "day" || unit == "days" || p.clauseEnds(j+1)):
		sign = 1
		if p.is(j, "before") {
			sign = -1
		}
		if p.is(j+1, "that this") && p.clauseEnds(j+2) {
			j++
		} else if !p.clauseEnds(j + 1) {
			return p.spanFrom(i, j+1, sign*n)
		}
	}
	if sign == 0 {
		return finding{}, false
	}
	f := finding{to: j + 1}
	switch unit {
	case "day", "days":
		f.relative = shiftDays(sign * n)
	case "week", "weeks":
		f.relative = shiftDays(sign * n * 7)
	case "month", "months":
		f.relative = shiftMonths(sign * n)
	case "year", "years":
		f.relative = shiftYears(sign * n)
	default:
		return finding{}, false
	}
	return f, true
}

// spanFrom reads the date that "a day after" leans on: the day that follows in
// the same sentence before a comma.
func (p *dateParser) spanFrom(i, j, days int) (finding, bool) {
	if p.is(i-1, ",") {
		if _, _, ok := p.month(i - 3); ok {
			return finding{}, false
		}
	}
	for k := j; k < len(p.ls) && k < j+14 && p.at(k).kind != lexMark; k++ {
		pt, _, ok := p.point(k)
		if found := p.days(k); len(found) == 1 {
			pt, ok = found[0].start, !found[0].interval
		}
		if ok && pt.day > 0 {
			return finding{to: j, relative: func(e *era) (edtf.Value, bool) {
				v, ok := e.value(pt, pt, false)
				if !ok {
					return edtf.Value{}, false
				}
				return edtf.At((v.Earliest() + edtf.Day(days)).Date()), true
			}}, true
		}
	}
	return finding{}, false
}

// instant reads "the 12th instant", "your letter of the 3rd ult.", "5th
// proximo", "the 16th idem": a day in the month of the letter, the one before it, or the next.
func (p *dateParser) instant(i int) (finding, bool) {
	day, next, ok := p.day(i)
	if !ok || p.at(i).kind != lexNumber {
		return finding{}, false
	}
	shift := 0
	switch {
	case p.is(next, "idem"):
		return finding{to: next + 1, relative: dayOfMonth(day)}, true
	case p.is(next, "instant inst"):
	case p.is(next, "ultimo ult"):
		shift = -1
	case p.is(next, "proximo prox"):
		shift = 1
	default:
		return finding{}, false
	}
	return finding{to: next + 1, relative: dayOfLetter(day, shift)}, true
}

// bareDay reads "on the 12th", "of the 3rd": a day of the month that is spoken
// of. A word behind it ("the 8th Congress") shows that it is no day.
func (p *dateParser) bareDay(i int) (finding, bool) {
	day, next, ok := p.day(i)
	if !ok || p.at(i).kind != lexNumber || next != i+2 || !p.is(i-1, "the") || !p.is(i-2, "on of since until till by from dated to") {
		return finding{}, false
	}
	if after := p.at(next); after.kind == lexNumber || after.kind == lexWord && (!smallWords[after.lower] || p.is(next, "of")) {
		return finding{}, false
	}
	return finding{to: next, relative: dayOfMonth(day)}, true
}

// spoken reads "yesterday", "last night", "this morning", "last month" in a
// document of an edition, whose date they lean on.
func (p *dateParser) spoken(i int) (finding, bool) {
	switch {
	case p.is(i, "yesterday"):
		return finding{to: i + 1, relative: fromWriting(-1)}, true
	case p.is(i, "tomorrow"):
		return finding{to: i + 1, relative: fromWriting(1)}, true
	case p.is(i, "last") && p.is(i+1, "night evening"):
		return finding{to: i + 2, relative: fromWriting(-1)}, true
	case p.is(i, "this") && p.is(i+1, "morning afternoon evening"):
		return finding{to: i + 2, relative: fromWriting(0)}, true
	case p.is(i, "last this next") && p.is(i+1, "month"):
		shift := map[string]int{"last": -1, "next": 1}[p.at(i).lower]
		return finding{to: i + 2, relative: func(e *era) (edtf.Value, bool) {
			return monthAfter(e.writing.Year, e.writing.Month, shift)
		}}, true
	}
	return finding{}, false
}

func fromWriting(days int) func(*era) (edtf.Value, bool) {
	return func(e *era) (edtf.Value, bool) {
		if e.writing.Day <= 0 {
			return edtf.Value{}, false
		}
		return edtf.At((e.writing.Earliest() + edtf.Day(days)).Date()), true
	}
}

// shiftDays counts days from the day the narrative has reached.
func shiftDays(n int) func(*era) (edtf.Value, bool) {
	return func(e *era) (edtf.Value, bool) {
		day := e.day + edtf.Day(n)
		if e.day == 0 || day < edtf.First || day > edtf.Last {
			return edtf.Value{}, false
		}
		return edtf.At(day.Date()), true
	}
}

// sameWeek returns Monday to Sunday of the week the narrative has reached.
func sameWeek(e *era) (edtf.Value, bool) {
	if e.day < 7 || e.day > edtf.Last-7 {
		return edtf.Value{}, false
	}
	monday := e.day - (edtf.Day(e.day.Weekday())+6)%7
	v, err := edtf.Between(monday.Date(), (monday + 6).Date())
	return v, err == nil
}

func shiftMonths(n int) func(*era) (edtf.Value, bool) {
	return func(e *era) (edtf.Value, bool) { return monthAfter(e.month.Year, e.month.Month, n) }
}

func monthAfter(year, month, n int) (edtf.Value, bool) {
	if year == 0 || month < 1 || month > 12 {
		return edtf.Value{}, false
	}
	m := year*12 + month - 1 + n
	if m < 12 || m >= 10000*12 {
		return edtf.Value{}, false
	}
	return edtf.At(edtf.Date{Year: m / 12, Month: m%12 + 1}), true
}

func shiftYears(n int) func(*era) (edtf.Value, bool) {
	return func(e *era) (edtf.Value, bool) {
		year := e.named + n
		if e.named == 0 || year < 1 || year > 9999 {
			return edtf.Value{}, false
		}
		return edtf.At(edtf.Date{Year: year}), true
	}
}

// dayOfMonth returns a day of the month that the narrative has reached.
func dayOfMonth(day int) func(*era) (edtf.Value, bool) {
	return func(e *era) (edtf.Value, bool) {
		base := e.month
		if base.Year == 0 {
			base = e.writing
		}
		return dayIn(base, day, 0)
	}
}

// dayOfLetter returns a day of the month, counted from that in which the letter
// was written: of the document, in an edition; else of a month that follows in
// the sentence ("dated the 31st ult., which reached him on the 12th of June"),
// else the one that the narrative has reached.
func dayOfLetter(day, shift int) func(*era) (edtf.Value, bool) {
	return func(e *era) (edtf.Value, bool) {
		switch {
		case e.writing.Month > 0:
			return dayIn(e.writing, day, shift)
		case e.monthAhead > 0:
			return dayIn(edtf.Date{Year: e.yearOf(e.monthAhead), Month: e.monthAhead}, day, shift)
		}
		return dayIn(e.month, day, shift)
	}
}

// dayIn returns a day of the month that comes shift months after base.
func dayIn(base edtf.Date, day, shift int) (edtf.Value, bool) {
	v, ok := monthAfter(base.Year, base.Month, shift)
	if !ok || day > edtf.DaysIn(v.From.Year, v.From.Month) {
		return edtf.Value{}, false
	}
	return edtf.At(edtf.Date{Year: v.From.Year, Month: v.From.Month, Day: day}), true
}
