package edtf

import (
	"fmt"
	"time"
)

// A Day is a day of the proleptic Gregorian calendar, counted from 1 January of
// the year 1, which is 1. Days compare and subtract as numbers. The zero value is no day.
type Day int

// The first and the last day that a date can mean. The open and unknown ends of
// intervals are taken to reach them.
const (
	First Day = 1
	Last  Day = 3652059
)

// DayOf returns the day of a year (1 to 9999), month (1 to 12) and day of the
// month. A day of the month beyond its end runs on into the next month.
func DayOf(year, month, day int) Day {
	y, m := year, month+9 // counted from March, so that a leap day ends the year
	if month > 2 {
		m = month - 3
	} else {
		y--
	}
	return Day(365*y + y/4 - y/100 + y/400 + (153*m+2)/5 + day - 306)
}

// Civil returns the year, month and day of the month of d.
func (d Day) Civil() (year, month, day int) {
	t := time.Date(1, 1, int(d), 0, 0, 0, 0, time.UTC)
	return t.Year(), int(t.Month()), t.Day()
}

// Weekday returns the day of the week.
func (d Day) Weekday() time.Weekday { return time.Weekday(((int(d) % 7) + 7) % 7) }

// Date returns d as a date of day precision.
func (d Day) Date() Date {
	y, m, day := d.Civil()
	return Date{Year: y, Month: m, Day: day}
}

// String prints d as an ISO day, "1939-08-23"; "" for the zero value.
func (d Day) String() string {
	if d == 0 {
		return ""
	}
	y, m, day := d.Civil()
	return fmt.Sprintf("%04d-%02d-%02d", y, m, day)
}

// ParseDay reads an ISO day. A month, a year or an interval is an error.
func ParseDay(s string) (Day, error) {
	v, err := Parse(s)
	if err != nil {
		return 0, err
	}
	if v.Interval || v.From.Day <= 0 || v.From.Qualifier != Certain {
		return 0, fmt.Errorf("date %q: it is not a day; write it as 1939-08-23", s)
	}
	return v.Earliest(), nil
}

// DaysIn returns how many days a month (1 to 12) has; 31 for any other.
func DaysIn(year, month int) int {
	switch month {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}

// Earliest returns the first day the value may mean; First where its start is
// open or unknown, 0 for the zero value.
func (v Value) Earliest() Day {
	if v.FromEnd != Dated {
		return First
	}
	return v.From.Earliest()
}

// Latest returns the last day the value may mean, inclusive; Last where its end
// is open or unknown, 0 for the zero value.
func (v Value) Latest() Day {
	if v.ToEnd != Dated {
		return Last
	}
	return v.To.Latest()
}

// Earliest returns the first day of d. A qualifier does not widen it.
func (d Date) Earliest() Day {
	switch {
	case d == Date{}:
		return 0
	case d.Month >= Spring:
		return DayOf(d.Year, 3+3*(d.Month-Spring), 1)
	default:
		return DayOf(d.Year, max(d.Month, 1), max(d.Day, 1))
	}
}

// Latest returns the last day of d, inclusive. A qualifier does not widen it.
func (d Date) Latest() Day {
	switch {
	case d == Date{}:
		return 0
	case d.Digits == 1:
		return DayOf(d.Year/10*10+9, 12, 31)
	case d.Digits == 2:
		return DayOf(d.Year/100*100+99, 12, 31)
	case d.Month == Winter:
		return min(DayOf(d.Year+1, 3, 1)-1, Last)
	case d.Month >= Spring:
		return DayOf(d.Year, 6+3*(d.Month-Spring), 1) - 1
	case d.Month <= 0:
		return DayOf(d.Year, 12, 31)
	case d.Day <= 0:
		return DayOf(d.Year, d.Month, DaysIn(d.Year, d.Month))
	}
	return DayOf(d.Year, d.Month, d.Day)
}
