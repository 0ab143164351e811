package web

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"ibid/corpus"
	"ibid/corpus/cite"
	"ibid/corpus/edtf"
)

// readRange checks the two ends of a date range; each is EDTF, an ISO day, or "".
func readRange(from, to string) (string, string, error) {
	from, to = strings.TrimSpace(from), strings.TrimSpace(to)
	for _, end := range []struct{ name, value string }{{"from", from}, {"to", to}} {
		if end.value == "" {
			continue
		}
		if _, err := edtf.Parse(end.value); err != nil {
			return "", "", &paramError{Name: end.name, Message: fmt.Sprintf(
				"Give %s as a date like 1939, 1939-08 or 1939-08-23; %q is not one (%v).", end.name, clip(end.value), err)}
		}
	}
	if from == "" && to == "" {
		return "", "", nil
	}
	if _, err := edtf.ParseEnds(from, to); err != nil {
		return "", "", &paramError{Name: "from", Message: fmt.Sprintf("From %s to %s is no range: %v. Let from be the earlier date.", from, to, err)}
	}
	return from, to, nil
}

// readableDate prints EDTF in words: "20 May 1939", "1930s". What cannot be read
// is given back as it is.
func readableDate(s string) string { return cite.PlainDate(s) }

// dateURL searches for passages of a date.
func dateURL(d corpus.Date) string {
	v := url.Values{"from": {d.Earliest}, "to": {d.Latest}}
	return "/?" + v.Encode()
}

// dateSearch searches for passages of a date in EDTF; it is "" for what is none.
func dateSearch(date string) string {
	d, err := edtf.Parse(date)
	if err != nil {
		return ""
	}
	return state{}.with("from", d.Earliest().String()).with("to", d.Latest().String()).url()
}

// spanWords names the days from one date to another, as shortly as they allow: "May
// 1939", "1939", "1930s", "1931-1945", or what readableDate makes of them.
func spanWords(from, to string) string {
	if from == to {
		return readableDate(from)
	}
	span, err := edtf.ParseEnds(from, to)
	if err != nil {
		return from + " – " + to
	}
	y1, m1, d1 := span.First.Civil()
	y2, m2, d2 := span.Last.Civil()
	switch {
	case strings.ContainsAny(from+to, "~?%X/") || y1 < 1 || d1 != 1 || d2 != edtf.DaysIn(y2, m2):
		return readableDate(from + "/" + to)
	case m1 != 1 || m2 != 12:
		from, to = fmt.Sprintf("%04d-%02d", y1, m1), fmt.Sprintf("%04d-%02d", y2, m2)
	case y1%10 == 0 && y1%100 != 0 && y2 == y1+9: // "1900s" would be a century
		return readableDate(fmt.Sprintf("%03dX", y1/10))
	default:
		from, to = fmt.Sprintf("%04d", y1), fmt.Sprintf("%04d", y2)
	}
	if from == to {
		return readableDate(from)
	}
	return readableDate(from + "/" + to)
}

func dateTitle(d corpus.Date) string {
	title := readableDate(d.EDTF)
	if d.Relative {
		title += ", from its context"
	}
	return title
}

// thousands groups the digits of n by thin spaces.
func thousands(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "\u202f" + s[i:]
	}
	return s
}

// pageRange prints page labels: "p. 213", "pp. 213–214".
func pageRange(labels []string) string {
	switch len(labels) {
	case 0:
		return ""
	case 1:
		return "p. " + labels[0]
	}
	return "pp. " + labels[0] + "–" + labels[len(labels)-1]
}
