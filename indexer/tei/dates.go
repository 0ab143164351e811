package tei

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"ibid/corpus/edtf"
	"ibid/indexer/block"
)

// A machineDate is a date by the attributes of its tag.
type machineDate struct {
	value   edtf.Value
	edtf    string
	fault   string // why it is not believed; "" if it is
	as      string // the attributes, for messages
	printed string // what stands between the tags
	line    int
}

// farOff is how many years a document may lie from the middle one of its
// edition before a date that the print contradicts is not believed: a misprint
// moves the century or decade, while a volume with an appendix of old treaties
// spans decades.
const farOff = 30

// readDate reads the attributes of a date: @when, @from and @to, or @notBefore
// and @notAfter; nil if it has none. Times of day are left out.
func readDate(attrs map[string]string, line int) *machineDate {
	get := func(name string) string {
		v := attrs[name]
		if v == "" {
			v = attrs[name+"-iso"]
		}
		day, _, _ := strings.Cut(v, "T")
		return day
	}
	m := &machineDate{line: line}
	var text string
	switch when, from, to, lo, hi := get("when"), get("from"), get("to"), get("notBefore"), get("notAfter"); {
	case when != "":
		text, m.as = when, "when="+when
	case from != "" || to != "":
		text, m.as = interval(from, to), "from="+from+" to="+to
	case lo != "" || hi != "":
		text, m.as = interval(lo, hi), "notBefore="+lo+" notAfter="+hi
	default:
		return nil
	}
	if strings.HasPrefix(text, "--") {
		m.fault = "the date has no year"
		return m
	}
	v, err := edtf.Parse(text)
	if err != nil {
		m.fault = "it is no date of ISO 8601 (" + err.Error() + ")"
		return m
	}
	m.value, m.edtf = v, v.String()
	if y := m.year(); y < 1000 || y > 2100 {
		m.fault = fmt.Sprintf("a year %d cannot be right", y)
	}
	return m
}

// interval joins two ends, of which one may be missing.
func interval(from, to string) string {
	switch {
	case from == to:
		return from
	case from == "":
		return "../" + to
	case to == "":
		return from + "/.."
	}
	return from + "/" + to
}

// year is the year of the date: that of its beginning, or its end if that is open.
func (m *machineDate) year() int {
	if y := m.value.From.Year; y != 0 {
		return y
	}
	return m.value.To.Year
}

var printedYear = regexp.MustCompile(`\b(1[0-9]{3}|20[0-9]{2})\b`)

// contradicted returns a year that is printed where the tag has another; 0 if
// the print has the year of the tag or none.
func (m *machineDate) contradicted() int {
	other := 0
	for _, s := range printedYear.FindAllString(m.printed, -1) {
		y, _ := strconv.Atoi(s)
		if y == m.value.From.Year || y == m.value.To.Year {
			return 0
		}
		other = y
	}
	return other
}

// toldDate takes up a date that ends: for its document, if it stands in the
// dateline, and for its block.
func (r *reader) toldDate(e *element, d *document, text string) {
	m := readDate(e.attrs, e.line)
	if m == nil {
		return
	}
	m.printed = text
	s := r.top()
	if m.fault == "" && m.contradicted() == 0 && text != "" && e.at.of == s {
		s.dates = addTagged(s.dates, tagged{from: e.at, to: s.here(), value: m.edtf})
	}
	if d != nil && d.date == nil && e.in("dateline") && r.ofDocument(e) {
		d.date = m
		return
	}
	switch printed := m.contradicted(); {
	case m.fault != "":
		r.problem(m, d, m.fault+"; the tag is not used")
	case printed != 0:
		r.problem(m, d, fmt.Sprintf("the print says %d; the tag is not used", printed))
	}
}

func (r *reader) problem(m *machineDate, d *document, what string) {
	p := block.Problem{Line: m.line, Message: fmt.Sprintf("date %q (%s): %s", m.printed, m.as, what)}
	if d != nil {
		p.Document = d.of
	}
	r.out.Problems = append(r.out.Problems, p)
}

// settleDates gives the documents their dates. A date that the print
// contradicts is reported; it is not believed where it lies far from the middle
// of the edition and the printed year nearer.
func (r *reader) settleDates() {
	var years []int
	for _, d := range r.read {
		if d.date != nil && d.date.fault == "" {
			years = append(years, d.date.year())
		}
	}
	slices.Sort(years)
	middle := 0
	if len(years) > 0 {
		middle = years[len(years)/2]
	}
	for _, d := range r.read {
		if d.date != nil {
			r.settle(d, middle)
		}
	}
}

func (r *reader) settle(d *document, middle int) {
	m := d.date
	off, printed := distance(m.year(), middle), m.contradicted()
	switch {
	case m.fault != "":
		r.problem(m, d, m.fault+"; the tag is not used")
		return
	case printed != 0 && off > farOff && distance(printed, middle) < off:
		r.problem(m, d, fmt.Sprintf("the print says %d, and most documents are of about %d; the tag is not used", printed, middle))
		return
	case printed != 0:
		r.problem(m, d, fmt.Sprintf("the print says %d; the tag is used", printed))
	}
	d.Date = m.edtf
}

func distance(a, b int) int { return max(a-b, b-a) }
