package edtf

import (
	"strings"
	"testing"
	"time"
)

func TestParse(t *testing.T) {
	for _, tt := range []struct{ in, earliest, latest string }{
		{"1939-08-23", "1939-08-23", "1939-08-23"},
		{"1939-08", "1939-08-01", "1939-08-31"},
		{"1939", "1939-01-01", "1939-12-31"},
		{"1939-02", "1939-02-01", "1939-02-28"},
		{"1940-02", "1940-02-01", "1940-02-29"},
		{"1900-02", "1900-02-01", "1900-02-28"},
		{"2000-02-29", "2000-02-29", "2000-02-29"},
		{"193X", "1930-01-01", "1939-12-31"},
		{"18XX", "1800-01-01", "1899-12-31"},
		{"00XX", "0001-01-01", "0099-12-31"},
		{"000X", "0001-01-01", "0009-12-31"},
		{"1939-XX", "1939-01-01", "1939-12-31"},
		{"1939-04-XX", "1939-04-01", "1939-04-30"},
		{"1939-XX-XX", "1939-01-01", "1939-12-31"},
		{"1939-21", "1939-03-01", "1939-05-31"},
		{"1939-22", "1939-06-01", "1939-08-31"},
		{"1939-23", "1939-09-01", "1939-11-30"},
		{"1938-24", "1938-12-01", "1939-02-28"},
		{"1939-24", "1939-12-01", "1940-02-29"},
		{"9999-24", "9999-12-01", "9999-12-31"},
		{"1793?", "1793-01-01", "1793-12-31"},
		{"1793-05~", "1793-05-01", "1793-05-31"},
		{"1793-05-02%", "1793-05-02", "1793-05-02"},
		{"1938-12/1939-02", "1938-12-01", "1939-02-28"},
		{"1934/1936", "1934-01-01", "1936-12-31"},
		{"1939-07-21/1939-08-31", "1939-07-21", "1939-08-31"},
		{"1939-08-01/1939-08", "1939-08-01", "1939-08-31"},
		{"../1939", "0001-01-01", "1939-12-31"},
		{"/1939", "0001-01-01", "1939-12-31"},
		{"1939/..", "1939-01-01", "9999-12-31"},
		{"1939-05~/", "1939-05-01", "9999-12-31"},
		{"0001-01-01", "0001-01-01", "0001-01-01"},
		{"9999-12-31", "9999-12-31", "9999-12-31"},
	} {
		v, err := Parse(tt.in)
		if err != nil {
			t.Errorf("Parse(%q): %v", tt.in, err)
			continue
		}
		if got := v.String(); got != tt.in {
			t.Errorf("Parse(%q).String() = %q", tt.in, got)
		}
		if got := v.Earliest().String(); got != tt.earliest {
			t.Errorf("Parse(%q).Earliest() = %s, want %s", tt.in, got, tt.earliest)
		}
		if got := v.Latest().String(); got != tt.latest {
			t.Errorf("Parse(%q).Latest() = %s, want %s", tt.in, got, tt.latest)
		}
	}
}

func TestParseDropsTimeOfDay(t *testing.T) {
	for _, in := range []string{"1939-08-23T14:30", "1939-08-23T14:30:00", "1939-08-23T14:30:00Z", "1939-08-23T14:30:00.5+02:00"} {
		v, err := Parse(in)
		if err != nil || v.String() != "1939-08-23" {
			t.Errorf("Parse(%q) = %v, %v, want 1939-08-23", in, v, err)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	for _, tt := range []struct{ in, says string }{
		{"", "empty"},
		{"0000", "no year 0"},
		{"0000-01-01", "no year 0"},
		{"XXXX", "more than two digits"},
		{"-0043", "four digits"},
		{"39", "four digits"},
		{"19390823", "four digits"},
		{"1939-8", "two digits"},
		{"1939-00", "no month 00"},
		{"1939-13", "no month 13"},
		{"1939-20", "no month 20"},
		{"1939-25", "no month 25"},
		{"1939-02-29", "no day 29"},
		{"1900-02-29", "no day 29"},
		{"1939-04-31", "no day 31"},
		{"1939-22-01", "behind a season"},
		{"1939-XX-01", "month that is not specified"},
		{"193X-01", "year that is not specified"},
		{"1939-08-23-01", "too many parts"},
		{"1939-08T12:00", "not a whole day"},
		{"1939-08-23Tnoon", "not a time of day"},
		{"1940/1939", "ends before it begins"},
		{"/", "neither end"},
		{"../..", "neither end"},
		{"1939/1940/1941", "four digits"},
		{"19３９", "four digits"},
		{"[1939,1940]", "four digits"},
	} {
		v, err := Parse(tt.in)
		if err == nil {
			t.Errorf("Parse(%q) = %v, want an error", tt.in, v)
		} else if !strings.Contains(err.Error(), tt.says) {
			t.Errorf("Parse(%q): %q does not say %q", tt.in, err, tt.says)
		}
	}
}

func TestParseRange(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"1939-05..1939-08", "1939-05-01..1939-08-31"},
		{" 1939-05 .. 1939-08-02 ", "1939-05-01..1939-08-02"},
		{"1939-08..", "1939-08-01.."},
		{"..1939", "..1939-12-31"},
		{"../1939", "..1939-12-31"},
		{"1939-05/1939-08", "1939-05-01..1939-08-31"},
		{"193X", "1930-01-01..1939-12-31"},
		{"1939-08-23", "1939-08-23..1939-08-23"},
	} {
		got, err := ParseRange(tt.in)
		if err != nil || got.String() != tt.want {
			t.Errorf("ParseRange(%q) = %v, %v, want %s", tt.in, got, err, tt.want)
		}
	}
	for _, in := range []string{"", "..", "1939-09..1939-08", "x..y", "1939..0000", "...."} {
		if got, err := ParseRange(in); err == nil {
			t.Errorf("ParseRange(%q) = %v, want an error", in, got)
		}
	}
}

func TestOverlapsWithin(t *testing.T) {
	for _, tt := range []struct {
		a, b             string
		overlaps, within bool
	}{
		{"1939-08-23", "1939-08", true, true},
		{"1939-08", "1939-08-23", true, false},
		{"1939-08", "1939-09", false, false},
		{"1939-08-31", "1939-08-31/1939-09-02", true, true},
		{"1939", "193X", true, true},
		{"../1939", "1938/..", true, false},
	} {
		a, b := parse(t, tt.a), parse(t, tt.b)
		if got := a.Overlaps(b); got != tt.overlaps {
			t.Errorf("%s overlaps %s = %v", tt.a, tt.b, got)
		}
		if got := a.Within(b); got != tt.within {
			t.Errorf("%s within %s = %v", tt.a, tt.b, got)
		}
	}
	if (Range{}).Overlaps(Range{First, Last}) || (Range{}).Within(Range{First, Last}) {
		t.Error("the empty range overlaps, or lies within, all days")
	}
}

func TestBetween(t *testing.T) {
	a, b := parse(t, "1938-12").From, parse(t, "1939-02").From
	if v, err := Between(a, b); err != nil || v.String() != "1938-12/1939-02" {
		t.Errorf("Between = %v, %v", v, err)
	}
	if v, err := Between(a, a); err != nil || v.String() != "1938-12" {
		t.Errorf("Between the same = %v, %v", v, err)
	}
	if v, err := Between(b, a); err == nil {
		t.Errorf("Between(%v, %v) = %v, want an error", b, a, v)
	}
}

// TestDayOf walks every day that there is against the standard library.
func TestDayOf(t *testing.T) {
	at := time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC)
	for d := First; d <= Last; d++ {
		if got := DayOf(at.Year(), int(at.Month()), at.Day()); got != d {
			t.Fatalf("DayOf(%s) = %d, want %d", at.Format(time.DateOnly), got, d)
		}
		if d.Weekday() != at.Weekday() {
			t.Fatalf("%s is a %v, want %v", at.Format(time.DateOnly), d.Weekday(), at.Weekday())
		}
		at = at.AddDate(0, 0, 1)
	}
	if got := Last.String(); got != "9999-12-31" {
		t.Errorf("Last = %s", got)
	}
}

func TestParseDay(t *testing.T) {
	if d, err := ParseDay("1939-08-23"); err != nil || d.String() != "1939-08-23" {
		t.Errorf("ParseDay = %v, %v", d, err)
	}
	for _, in := range []string{"1939-08", "1939-08-23/1939-08-24", "1939-08-23?", "1939-08-XX", "soon"} {
		if d, err := ParseDay(in); err == nil {
			t.Errorf("ParseDay(%q) = %v, want an error", in, d)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"1939-08-23", "193X", "1939-24~", "../1939", "1939-05/", "1939-XX-XX?", "0001/9999", "1939-08-23T10:00Z"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		v, err := Parse(s)
		if err != nil {
			return
		}
		again, err := Parse(v.String())
		if err != nil || again != v {
			t.Errorf("Parse(%q) = %#v, printed %q, which reads %#v, %v", s, v, v.String(), again, err)
		}
		if v.Earliest() > v.Latest() || v.Earliest() < First || v.Latest() > Last {
			t.Errorf("Parse(%q): from %d to %d", s, v.Earliest(), v.Latest())
		}
	})
}

func parse(t *testing.T, s string) Value {
	t.Helper()
	v, err := Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return v
}
