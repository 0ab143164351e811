package web

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"ibid/corpus"
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

var monthNames = []string{"", "January", "February", "March", "April", "May", "June", "July",
	"August", "September", "October", "November", "December"}

var seasonNames = map[int]string{edtf.Spring: "spring", edtf.Summer: "summer", edtf.Autumn: "autumn", edtf.Winter: "winter"}

// readableDate prints EDTF in words: "20 May 1939", "21-31 July 1939", "1930s".
// What cannot be read is given back as it is.
func readableDate(s string) string {
	v, err := edtf.Parse(s)
	if err != nil {
		return s
	}
	if !v.Interval {
		return dateWords(v.From)
	}
	switch {
	case v.FromEnd != edtf.Dated && v.ToEnd != edtf.Dated:
		return s
	case v.FromEnd != edtf.Dated:
		return "until " + dateWords(v.To)
	case v.ToEnd == edtf.Open:
		return "since " + dateWords(v.From)
	case v.ToEnd == edtf.Unknown:
		return "from " + dateWords(v.From)
	}
	return intervalWords(v.From, v.To)
}

func dateWords(d edtf.Date) string {
	words := yearWords(d)
	if d.Month > 0 && d.Month <= 12 {
		words = monthNames[d.Month] + " " + words
	} else if name := seasonNames[d.Month]; name != "" {
		words = name + " " + words
	}
	if d.Day > 0 {
		words = strconv.Itoa(d.Day) + " " + words
	}
	switch d.Qualifier {
	case edtf.Uncertain:
		return words + " (uncertain)"
	case edtf.Approximate:
		return "about " + words
	case edtf.Both:
		return "about " + words + " (uncertain)"
	}
	return words
}

func yearWords(d edtf.Date) string {
	switch d.Digits {
	case 1:
		return strconv.Itoa(d.Year/10*10) + "s"
	case 2:
		return strconv.Itoa(d.Year/100*100) + "s"
	}
	return strconv.Itoa(d.Year)
}

// intervalWords leaves out what the first date shares with the second.
func intervalWords(from, to edtf.Date) string {
	plain := from.Qualifier == edtf.Certain && to.Qualifier == edtf.Certain && from.Digits == 0 && to.Digits == 0
	sameYear := plain && from.Year == to.Year
	switch {
	case sameYear && from.Month == to.Month && from.Day > 0 && to.Day > 0:
		return fmt.Sprintf("%d–%s", from.Day, dateWords(to))
	case sameYear && from.Day > 0 && to.Day > 0:
		return fmt.Sprintf("%d %s – %s", from.Day, monthNames[from.Month], dateWords(to))
	case sameYear && from.Day == 0 && to.Day == 0 && from.Month > 0 && from.Month <= 12 && to.Month > 0:
		return fmt.Sprintf("%s – %s", monthNames[from.Month], dateWords(to))
	}
	return dateWords(from) + " – " + dateWords(to)
}

// dateURL searches for passages of a date.
func dateURL(d corpus.Date) string {
	v := url.Values{"from": {d.Earliest}, "to": {d.Latest}}
	return "/?" + v.Encode()
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
