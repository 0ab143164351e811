package cite

import (
	"fmt"
	"time"

	"ibid/corpus/edtf"
)

// PlainDate prints an EDTF date as a footnote has it: "20 May 1939", "August
// 1939", "1930s", "21-31 August 1939", "about 1793". What is no EDTF is
// returned as it is, on one line.
func PlainDate(s string) string {
	if s == "" {
		return ""
	}
	v, err := edtf.Parse(s)
	if err != nil {
		return oneLine(s)
	}
	switch {
	case !v.Interval:
		return plain(v.From)
	case v.FromEnd != edtf.Dated:
		return "until " + plain(v.To)
	case v.ToEnd != edtf.Dated:
		return "from " + plain(v.From)
	}
	return plainInterval(v.From, v.To)
}

func plainInterval(from, to edtf.Date) string {
	certain := from.Qualifier == edtf.Certain && to.Qualifier == edtf.Certain
	switch {
	case certain && from.Day > 0 && to.Day > 0 && from.Year == to.Year && from.Month == to.Month:
		return fmt.Sprintf("%d-%s", from.Day, plain(to))
	case certain && from.Month == 0 && to.Month == 0 && from.Digits == 0 && to.Digits == 0:
		return fmt.Sprintf("%d-%d", from.Year, to.Year)
	}
	return plain(from) + " to " + plain(to)
}

var seasonNames = map[int]string{edtf.Spring: "spring", edtf.Summer: "summer", edtf.Autumn: "autumn", edtf.Winter: "winter"}

func plain(d edtf.Date) string {
	s := fmt.Sprint(d.Year)
	switch {
	case d.Digits == 1:
		s = fmt.Sprintf("%d0s", d.Year/10)
	case d.Digits == 2:
		s = fmt.Sprintf("%d00s", d.Year/100)
	case d.Month >= edtf.Spring:
		s = seasonNames[d.Month] + " " + s
	case d.Month > 0:
		s = time.Month(d.Month).String() + " " + s
		if d.Day > 0 {
			s = fmt.Sprintf("%d %s", d.Day, s)
		}
	}
	switch d.Qualifier {
	case edtf.Approximate:
		return "about " + s
	case edtf.Uncertain:
		return s + " (?)"
	case edtf.Both:
		return "about " + s + " (?)"
	}
	return s
}
