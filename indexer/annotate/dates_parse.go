package annotate

import (
	"maps"

	"ibid/corpus/edtf"
)

// A part is the part of a month, year, decade or century that a date is limited to.
type part int

const (
	whole part = iota
	early
	middle
	late
	firstHalf
	secondHalf
	firstWeek // the weeks of a month follow one another
	secondWeek
	thirdWeek
	lastWeek
)

// A point is a date as far as the print gives it. Parts that it leaves to the
// context are 0.
type point struct {
	year   int // as printed; of a decade or century its first year
	digits int // 1 for a decade, 2 for a century
	month  int // 1 to 12, or an edtf season
	day    int
	lean   lean
	part   part
	about  bool // "about 1793", "c. 1793"
	doubt  bool // "1793?"
}

// A lean says how the words behind a month tell its year: "December last", "March next",
// "in May of that year", "in June of the following year".
type lean int

const (
	upright lean = iota
	lastOne
	nextOne
	thatYear
	yearAfter
	yearBefore
)

// A finding is a date as the parser meets it: lexemes [from, to).
type finding struct {
	from, to int
	start    point
	end      point // of an interval
	interval bool
	relative func(*era) (edtf.Value, bool) // for a date that leans on another, else nil
}

var months = map[string]int{"january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7,
	"august": 8, "september": 9, "october": 10, "november": 11, "december": 12}

var shortMonths = map[string]int{"jan": 1, "feb": 2, "febr": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7,
	"aug": 8, "sept": 9, "sep": 9, "oct": 10, "nov": 11, "dec": 12}

var romanMonths = map[string]int{"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8,
	"IX": 9, "X": 10, "XI": 11, "XII": 12}

var seasons = map[string]int{"spring": edtf.Spring, "summer": edtf.Summer, "autumn": edtf.Autumn, "fall": edtf.Autumn, "winter": edtf.Winter}

var weekdays = wordSet("monday tuesday wednesday thursday friday saturday sunday mon tues wed thurs fri sat sun")

var ordinals = map[string]int{"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
	"eighth": 8, "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14,
	"fifteenth": 15, "sixteenth": 16, "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20,
	"thirtieth": 30}

// dateParser reads the dates of one text. A lexeme that a citation covers is
// blocked: publication years, page and document numbers are not dates.
type dateParser struct {
	ls      []lexeme
	blocked []bool
	writing int  // year of the document that the text stands in, 0 if not told
	note    bool // the text is a footnote
}

func (p *dateParser) at(i int) lexeme {
	if i < 0 || i >= len(p.ls) || p.blocked[i] {
		return lexeme{kind: lexMark, number: -1}
	}
	return p.ls[i]
}

func (p *dateParser) is(i int, words string) bool {
	return isOneOf(p.at(i).lower, words)
}

// all returns the dates of the text in order, not overlapping.
func (p *dateParser) all() []finding {
	var out []finding
	for i := 0; i < len(p.ls); {
		if found := p.dates(i); len(found) > 0 {
			out = append(out, found...)
			i = max(i+1, found[len(found)-1].to)
			continue
		}
		i++
	}
	return out
}

// dates reads the dates that begin at lexeme i: one, an interval ("late July to
// late August"), or several that share a month or year ("13 and 14 August",
// "April 5 and 7", "1936, 1938, 1939").
func (p *dateParser) dates(i int) []finding {
	if p.blocked[i] || p.ls[i].kind != lexNumber && !dateWords[p.ls[i].lower] {
		return nil
	}
	if f, ok := p.relative(i); ok {
		return []finding{f}
	}
	if found := p.days(i); found != nil {
		return p.extend(found)
	}
	pt, next, ok := p.point(i)
	if !ok {
		return nil
	}
	if pt.month >= edtf.Spring && p.is(i-1, "the") { // "the winter" is a name
		i--
	}
	found := []finding{{from: i, to: next, start: pt}}
	if pt.month > 0 && pt.month <= 12 && pt.day > 0 && pt.year == 0 {
		found = p.moreDays(found)
	}
	return p.extend(found)
}

// dateWords are the words that a date can begin with, figures apart.
var dateWords = func() map[string]bool {
	set := wordSet("early mid middle late beginning start opening outset end close ending first second third last latter former final closing " +
		"next following previous preceding that the this yesterday tomorrow c ca circa twenty thirty")
	for _, names := range []map[string]int{months, shortMonths, seasons, ordinals, smallNumbers} {
		for name := range names {
			set[name] = true
		}
	}
	maps.Copy(set, weekdays)
	return set
}()

// extend makes an interval of a date and the one that "to", "until" or a dash
// ties to it: "from mid-March to late July", "between 1933 and 1939".
func (p *dateParser) extend(found []finding) []finding {
	if len(found) != 1 || found[0].interval || found[0].relative != nil {
		return found
	}
	f := found[0]
	if f.start.grain() == 'y' && f.start.digits == 0 { // "1914-18"
		if year, next, ok := p.secondYear(f.start.year, f.to); ok {
			f.end, f.to, f.interval = point{year: year}, next, true
			return []finding{f}
		}
	}
	tie := f.to
	switch {
	case p.is(tie, "to until till through – — -"):
	case p.is(tie, "and") && p.is(f.from-1, "between"):
	case p.is(tie, "and") && p.is(f.from-1, "the") && p.is(f.from-2, "between"):
	default:
		return found
	}
	next := tie + 1
	for p.is(next, "the") {
		next++
	}
	end, to, ok := p.point(next)
	if days := p.days(next); len(days) == 1 && !days[0].interval {
		end, to, ok = days[0].start, days[0].to, true
	}
	if !ok || f.start.grain() == 'y' && end.grain() != 'y' {
		return found
	}
	if end.grain() == 'y' && f.start.grain() != 'y' { // "from August to 1940" says too little
		return found
	}
	f.end, f.to, f.interval = end, to, true
	return []finding{f}
}

// grain returns 'y' for a year, decade or century, 'm' for a month or season, 'd' for a day.
func (pt point) grain() rune {
	switch {
	case pt.day > 0:
		return 'd'
	case pt.month > 0:
		return 'm'
	}
	return 'y'
}

// days reads days before their month: "8th of August", "the 26th or 27th of
// August", "13 and 14 August 1939", "12 to 21 August", "23-24 August".
func (p *dateParser) days(i int) []finding {
	if !p.is(i-1, "no nos p pp §") && p.at(i-1).text != "$" && p.at(i-1).text != "£" && !(p.is(i-1, ".") && p.is(i-2, "no nos p pp art vol ch")) {
		return p.daysOfMonth(i)
	}
	return nil
}

func (p *dateParser) daysOfMonth(i int) []finding {
	first := i
	for weekdays[p.at(i).lower] && capitalised(p.at(i).text) {
		i++
		for p.is(i, ", . the") {
			i++
		}
	}
	var found []finding
	interval := false
	for range 31 {
		day, next, ok := p.day(i)
		if !ok {
			return nil
		}
		day, next = p.newStyle(day, next)
		found = append(found, finding{from: first, to: next, start: point{day: day}})
		if m, year, end, ok := p.monthBehind(next); ok {
			pt := point{month: m, year: year}
			if year == 0 {
				pt.lean, end = p.leanBehind(end)
			}
			return p.shareMonth(found, interval, pt, end)
		}
		if interval || !p.is(next, ", and or & - – — to / until till through") {
			return nil
		}
		interval = p.is(next, "- – — to / until till through") || p.is(next, "and") && (p.is(first-1, "between") || p.is(first-1, "the") && p.is(first-2, "between"))
		for p.is(next, ", and or & - – — to / until till through the") {
			next++
		}
		first, i = next, next
	}
	return nil
}

// shareMonth gives the month and year behind the last of several days to all of them.
func (p *dateParser) shareMonth(found []finding, interval bool, behind point, end int) []finding {
	last := len(found) - 1
	found[last].to = end
	for i := range found {
		day := found[i].start.day
		found[i].start = behind
		found[i].start.day = day
		if day > edtf.DaysIn(2000, behind.month) {
			return nil
		}
	}
	if !interval {
		return found
	}
	from, to := found[last-1], found[last]
	if from.start.day >= to.start.day {
		return nil
	}
	joined := finding{from: from.from, to: to.to, start: from.start, end: to.start, interval: true}
	return append(found[:last-1], joined)
}

// newStyle reads the second day of a date in both calendars, "3/15 October",
// "Apr. 18 (5)", and returns the Gregorian one, which is the later by 10 to 13 days.
func (p *dateParser) newStyle(day, i int) (int, int) {
	after := i + 1
	if !p.is(i, "/ (") {
		return day, i
	}
	other, next, ok := p.day(after)
	if !ok || p.is(i, "(") && !p.is(next, ")") {
		return day, i
	}
	if p.is(i, "(") {
		next++
	}
	switch shift := other - day; {
	case shift >= 10 && shift <= 13:
		return other, next
	case -shift >= 10 && -shift <= 13:
		return day, next
	}
	return day, i
}

// monthBehind reads "[of] August[[,] [of] 1939]" behind a day.
func (p *dateParser) monthBehind(i int) (month, year, next int, ok bool) {
	for p.is(i, "of day") || p.is(i, "the month present said") && p.at(i-1).kind == lexWord {
		i++ // "the 26th of the month of August", "the 3rd day of May"
	}
	month, next, ok = p.month(i)
	if !ok {
		return 0, 0, 0, false
	}
	year, next = p.yearBehind(next)
	return month, year, next, true
}

// yearBehind reads "[,] [of] 1939" behind a month or day, and as older print
// has it ". 1714" behind a day; year 0 if there is none.
func (p *dateParser) yearBehind(i int) (year, next int) {
	j := i
	for p.is(j, ", of") && j < i+2 {
		j++
	}
	if p.is(j, ".") && p.at(j-1).kind == lexNumber {
		j++
	}
	y, next, ok := p.yearNumber(j)
	if !ok {
		return 0, i
	}
	// "February 1713/14": the year began in March, so the second is ours.
	if p.is(next, "/ -") && p.at(next+1).glued && p.at(next+1).number == (y+1)%100 && len(p.at(next+1).text) == 2 {
		return y + 1, next + 2
	}
	return y, next
}

// leanBehind reads "last", "next", "of that year", "of the following year".
func (p *dateParser) leanBehind(i int) (lean, int) {
	switch {
	case p.is(i, "last ult ultimo") && !p.is(i+1, "year month week night"):
		return lastOne, i + 1
	case p.is(i, "next proximo") && !p.is(i+1, "year month week day to"):
		return nextOne, i + 1
	case !p.is(i, "of"):
		return upright, i
	case p.is(i+1, "that") && p.is(i+2, "year"):
		return thatYear, i + 3
	case !p.is(i+1, "the") || !p.is(i+3, "year"):
		return upright, i
	case p.is(i+2, "same"):
		return thatYear, i + 4
	case p.is(i+2, "following next"):
		return yearAfter, i + 4
	case p.is(i+2, "previous preceding"):
		return yearBefore, i + 4
	}
	return upright, i
}

// moreDays reads the further days of "April 5 and 7", "May 3, 5 and 8, 1939"
// and "August 12-21".
func (p *dateParser) moreDays(found []finding) []finding {
	month := found[0].start.month
	for range 31 {
		last := &found[len(found)-1]
		i := last.to
		tied := p.is(i, "- – — to /")
		if !tied && !p.is(i, ", and or &") {
			break
		}
		for p.is(i, ", and or & - – — to / the") && i < last.to+3 {
			i++
		}
		day, next, ok := p.day(i)
		if !ok || p.monthStarts(next) || p.counted(next) {
			break
		}
		if tied {
			if day <= last.start.day {
				break
			}
			last.end, last.interval = point{month: month, day: day}, true
			last.to = next
			break
		}
		found = append(found, finding{from: i, to: next, start: point{month: month, day: day}})
	}
	last := &found[len(found)-1]
	year, next := p.yearBehind(last.to)
	if year == 0 {
		return found
	}
	last.to = next
	for i := range found {
		found[i].start.year, found[i].end.year = year, year
	}
	return found
}

// counted reports whether the word at i is what a number before it counts, so
// that the number is no day: "April 5 and 7 ships". A number behind a comma or
// "and" is a day only if a mark or a small word follows.
func (p *dateParser) counted(i int) bool {
	l := p.at(i)
	return l.kind == lexWord && !smallWords[l.lower] && !capitalised(l.text)
}

var smallWords = wordSet("a after also although and as at because before but by during for from he his her in into is it its of on or " +
	"over she that the their then they this to toward towards under until was we were when where which while who with without " +
	"had has have did does are not respectively he said told")

// monthStarts reports whether a month follows: the day before it is then its own, not the list's.
func (p *dateParser) monthStarts(i int) bool {
	_, _, _, ok := p.monthBehind(i)
	return ok
}

// day reads a day of the month: "8", "8th", "22nd", "first", "twenty-third".
func (p *dateParser) day(i int) (day, next int, ok bool) {
	l := p.at(i)
	if l.kind == lexNumber {
		if l.number < 1 || l.number > 31 || len(l.text) > 2 || l.glued && p.is(i-1, ". : , $ £") {
			return 0, 0, false
		}
		if suffix := p.at(i + 1); suffix.kind == lexWord && suffix.glued {
			if !setSuffix[suffix.lower] {
				return 0, 0, false
			}
			return l.number, i + 2, true
		}
		if p.is(i+1, ". , :") && p.at(i+1).glued && p.at(i+2).kind == lexNumber && p.at(i+2).glued {
			return 0, 0, false // "5.30", "12:00", "1,500"
		}
		return l.number, i + 1, true
	}
	if p.is(i, "twenty thirty") && p.is(i+1, "-") {
		if n := ordinals[p.at(i+2).lower]; n > 0 && n < 10 {
			return map[string]int{"twenty": 20, "thirty": 30}[l.lower] + n, i + 3, true
		}
	}
	if n := ordinals[l.lower]; n > 0 {
		return n, i + 1, p.is(i+1, "of day") || capitalised(p.at(i+1).text)
	}
	return 0, 0, false
}

var setSuffix = wordSet("st nd rd th d")

// month reads the name of a month beside a day or year, in full or shortened.
func (p *dateParser) month(i int) (month, next int, ok bool) {
	l := p.at(i)
	if l.kind != lexWord || !capitalised(l.text) {
		return 0, 0, false
	}
	if m := months[l.lower]; m > 0 {
		return m, i + 1, true
	}
	if m := shortMonths[l.lower]; m > 0 {
		if p.is(i+1, ".") {
			return m, i + 2, true
		}
		return m, i + 1, true
	}
	return 0, 0, false
}

// yearNumber reads a year of four digits. What may follow and stand before it
// is for the caller to say.
func (p *dateParser) yearNumber(i int) (year, next int, ok bool) {
	l := p.at(i)
	if l.kind != lexNumber || len(l.text) != 4 || l.number < 1000 || l.number > 2100 {
		return 0, 0, false
	}
	if n := p.at(i + 1); n.kind == lexWord && n.glued || l.glued && p.at(i-1).kind == lexWord {
		return 0, 0, false // "A1608"
	}
	if p.is(i+1, ".") && p.at(i+2).kind == lexNumber && p.at(i+2).glued && p.at(i+1).glued {
		return 0, 0, false
	}
	return l.number, i + 1, true
}
