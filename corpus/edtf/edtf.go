// Package edtf reads and prints the date notation of ISO 8601-2 (EDTF,
// https://www.loc.gov/standards/datetime/) as far as historians' sources need
// it, and tells the earliest and latest day that a date may mean. Finding dates
// in running text is left to indexer/annotate. Start at Parse, or at ParseRange
// for what a reader types.
//
// Read are, of levels 0 and 1:
//
//	1939-08-23  1939-08  1939       day, month, year
//	1939-22                         season: 21 spring, 22 summer, 23 autumn, 24 winter
//	193X  19XX  1939-XX  1939-08-XX unspecified digits at the right
//	1939? 1939~ 1939%               uncertain, approximate, both
//	1939-05/1939-08                 interval, both ends included
//	../1939  1939/..  /1939  1939/  open, and unknown, start and end
//	1939-08-23T14:30:00Z            a time of day, which is dropped
//
// Years run from 0001 to 9999 of the proleptic Gregorian calendar. The year 0,
// years before Christ and sets of dates (level 2) are refused.
package edtf

import (
	"fmt"
	"strings"
)

// A Qualifier says how sure a date is: '?' uncertain, '~' approximate, '%' both, 0 neither.
type Qualifier byte

// The qualifiers of a date.
const (
	Certain     Qualifier = 0
	Uncertain   Qualifier = '?'
	Approximate Qualifier = '~'
	Both        Qualifier = '%'
)

// Unspecified stands for a month or day printed XX.
const Unspecified = -1

// The seasons, in the place of a month. A season is three months of the north;
// winter begins in December of its year and ends with February of the next.
const (
	Spring = 21
	Summer = 22
	Autumn = 23
	Winter = 24
)

// A Date is a point in time with its precision. The zero value is no date.
type Date struct {
	Year      int // 1 to 9999; of a decade or century its first year, or 1 where that would be year 0
	Digits    int // digits of the year that are not specified: 0, 1 (193X) or 2 (19XX)
	Month     int // 1 to 12, a season (21 to 24), Unspecified, or 0 for a year
	Day       int // 1 to 31, Unspecified, or 0 for a month, season or year
	Qualifier Qualifier
}

// An End says what stands at one end of an interval.
type End int

// The kinds of end.
const (
	Dated   End = iota // a date
	Open               // "..": it goes on
	Unknown            // nothing: it ended, nobody knows when
)

// A Value is what EDTF can say: a date, or an interval of two. Values are
// comparable with ==. The zero value is no date and prints as "".
type Value struct {
	From, To       Date // the same date unless Interval
	Interval       bool
	FromEnd, ToEnd End // Dated unless Interval
}

// At returns the value that is the one date d.
func At(d Date) Value { return Value{From: d, To: d} }

// Between returns the interval from the first to the second date, or the one
// date if they are the same. It returns an error if the first is the later.
func Between(from, to Date) (Value, error) {
	if from == to {
		return At(from), nil
	}
	v := Value{From: from, To: to, Interval: true}
	if v.Earliest() > v.Latest() {
		return Value{}, fmt.Errorf("interval %s ends before it begins", v)
	}
	return v, nil
}

// IsZero reports whether v is no date.
func (v Value) IsZero() bool { return v == Value{} }

// Parse reads a date or interval. The error says what is wrong with which part.
func Parse(s string) (Value, error) {
	from, to, isInterval := strings.Cut(s, "/")
	if !isInterval {
		d, err := parseDate(s)
		if err != nil {
			return Value{}, fmt.Errorf("date %q: %w", s, err)
		}
		return At(d), nil
	}
	v, err := parseInterval(from, to)
	if err != nil {
		return Value{}, fmt.Errorf("date %q: %w", s, err)
	}
	return v, nil
}

func parseInterval(from, to string) (Value, error) {
	v := Value{Interval: true}
	var err error
	if v.From, v.FromEnd, err = parseEnd(from); err != nil {
		return Value{}, err
	}
	if v.To, v.ToEnd, err = parseEnd(to); err != nil {
		return Value{}, err
	}
	if v.FromEnd != Dated && v.ToEnd != Dated {
		return Value{}, fmt.Errorf("neither end of the interval is a date")
	}
	if v.Earliest() > v.Latest() {
		return Value{}, fmt.Errorf("the interval ends before it begins")
	}
	return v, nil
}

func parseEnd(s string) (Date, End, error) {
	switch s {
	case "":
		return Date{}, Unknown, nil
	case "..":
		return Date{}, Open, nil
	}
	d, err := parseDate(s)
	return d, Dated, err
}

// parseDate reads one date, with or without a time of day behind it.
func parseDate(s string) (Date, error) {
	if s == "" {
		return Date{}, fmt.Errorf("it is empty; write a date as 1939-08-23, 1939-08 or 1939")
	}
	s, err := cutTime(s)
	if err != nil {
		return Date{}, err
	}
	var d Date
	if q := s[len(s)-1]; q == '?' || q == '~' || q == '%' {
		d.Qualifier = Qualifier(q)
		s = s[:len(s)-1]
	}
	parts := strings.Split(s, "-")
	if len(parts) > 3 {
		return Date{}, fmt.Errorf("%q has too many parts; write a date as 1939-08-23", s)
	}
	if d.Year, d.Digits, err = parseYear(parts[0]); err != nil {
		return Date{}, err
	}
	if len(parts) > 1 {
		if d.Month, err = parseTwo("month", parts[1]); err != nil {
			return Date{}, err
		}
	}
	if len(parts) > 2 {
		if d.Day, err = parseTwo("day", parts[2]); err != nil {
			return Date{}, err
		}
	}
	return d, d.check(len(parts))
}

// cutTime drops the time of day from "1939-08-23T14:30:00+02:00".
func cutTime(s string) (string, error) {
	day, clock, found := strings.Cut(s, "T")
	if !found {
		return s, nil
	}
	if len(day) != len("1939-08-23") {
		return "", fmt.Errorf("a time of day follows %q, which is not a whole day", day)
	}
	if len(clock) < len("14:30") || strings.Trim(clock, "0123456789:.,+-Z") != "" {
		return "", fmt.Errorf("%q is not a time of day; leave it out or write 14:30:00", clock)
	}
	return day, nil
}

func parseYear(s string) (year, digits int, err error) {
	if len(s) != 4 {
		return 0, 0, fmt.Errorf("year %q does not have four digits", s)
	}
	number := strings.TrimRight(s, "X")
	digits = 4 - len(number)
	if digits > 2 {
		return 0, 0, fmt.Errorf("year %q leaves more than two digits open", s)
	}
	for _, c := range []byte(number) {
		if c < '0' || c > '9' {
			return 0, 0, fmt.Errorf("year %q is not a number; write four digits", s)
		}
		year = year*10 + int(c-'0')
	}
	for range digits {
		year *= 10
	}
	if year == 0 && digits == 0 {
		return 0, 0, fmt.Errorf("there is no year 0")
	}
	return max(year, 1), digits, nil
}

// parseTwo reads the two digits, or XX, of a month or day.
func parseTwo(what, s string) (int, error) {
	if s == "XX" {
		return Unspecified, nil
	}
	if len(s) != 2 || s[0] < '0' || s[0] > '9' || s[1] < '0' || s[1] > '9' {
		return 0, fmt.Errorf("%s %q does not have two digits", what, s)
	}
	n := int(s[0]-'0')*10 + int(s[1]-'0')
	if n == 0 {
		return 0, fmt.Errorf("there is no %s 00; leave it out where it is not known", what)
	}
	return n, nil
}

// check reports a date whose parts do not go together; parts is how many were printed.
func (d Date) check(parts int) error {
	switch {
	case d.Digits > 0 && parts > 1:
		return fmt.Errorf("a month stands behind a year that is not specified")
	case d.Month > 12 && (d.Month < Spring || d.Month > Winter):
		return fmt.Errorf("there is no month %02d", d.Month)
	case d.Month > 12 && parts > 2:
		return fmt.Errorf("a day stands behind a season")
	case d.Month == Unspecified && d.Day > 0:
		return fmt.Errorf("a day stands behind a month that is not specified")
	case d.Day > 0 && d.Day > DaysIn(d.Year, d.Month):
		return fmt.Errorf("%04d-%02d has no day %d", d.Year, d.Month, d.Day)
	}
	return nil
}

// String prints the value so that Parse reads the same value from it.
func (v Value) String() string {
	if !v.Interval {
		return v.From.String()
	}
	return v.FromEnd.print(v.From) + "/" + v.ToEnd.print(v.To)
}

func (e End) print(d Date) string {
	switch e {
	case Open:
		return ".."
	case Unknown:
		return ""
	}
	return d.String()
}

// String prints the date; "" for the zero value.
func (d Date) String() string {
	if d == (Date{}) {
		return ""
	}
	var b strings.Builder
	switch year := d.Year; d.Digits {
	case 0:
		fmt.Fprintf(&b, "%04d", year)
	case 1:
		fmt.Fprintf(&b, "%03dX", year/10)
	default:
		fmt.Fprintf(&b, "%02dXX", year/100)
	}
	printTwo(&b, d.Month)
	printTwo(&b, d.Day)
	if d.Qualifier != Certain {
		b.WriteByte(byte(d.Qualifier))
	}
	return b.String()
}

func printTwo(b *strings.Builder, n int) {
	switch {
	case n == Unspecified:
		b.WriteString("-XX")
	case n > 0:
		fmt.Fprintf(b, "-%02d", n)
	}
}
