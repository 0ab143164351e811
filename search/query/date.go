package query

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"ibid/corpus/edtf"
)

// ReadRange reads the value of a date field: EDTF, two dates with ".." between,
// or a date as people type it ("20 May 1939", "early August 1939"). A date
// without a year takes defaultYear; with 0 that is an error. The error says
// what to write.
func ReadRange(value string, defaultYear int) (edtf.Range, error) {
	if r, err := edtf.ParseRange(value); err == nil {
		return r, nil
	}
	if v, ok := readDate(value, defaultYear); ok {
		return v.Range(), nil
	}
	if from, to, ok := strings.Cut(value, ".."); ok {
		_, errFrom := ReadRange(from, defaultYear)
		_, errTo := ReadRange(to, defaultYear)
		if errFrom == nil && errTo == nil && !strings.Contains(to, "..") {
			return edtf.Range{}, fmt.Errorf("the range from %s to %s ends before it begins; swap its ends", from, to)
		}
	}
	return edtf.Range{}, fmt.Errorf("the date %q cannot be read; write it as 1939-05-20, 1939-05, \"20 May 1939\" or 1939-05..1939-08", value)
}

// readDate reads a date or interval in words that is all of the value.
func readDate(value string, defaultYear int) (edtf.Value, bool) {
	words := wordsOf([]rune(value))
	r := reader{words: words, folded: foldAll(words), v: &Vocabulary{DefaultYear: defaultYear}}
	r.year = r.contextYear()
	v, n := r.longestDate(0)
	return v, n > 0 && n == len(words)
}

// date reads a date or interval at word at. The year that the noPart
// corpus is about says nothing when it stands alone, so it is no date.
func (r *reader) date(at int) (Field, int) {
	if !beginsDate(r.word(at)) {
		return Field{}, 0
	}
	v, n := r.longestDate(at)
	if n == 0 || n == 1 && v == edtf.At(edtf.Date{Year: r.v.DefaultYear}) {
		return Field{}, 0
	}
	return Field{Name: "date", Value: v.String()}, n
}

func (r *reader) longestDate(at int) (edtf.Value, int) {
	v, n := r.interval(at)
	if p, m := r.point(at); m > n {
		return p, m
	}
	return v, n
}

// IsDateWord says whether a word of a date tells when by itself: a month, a season, early or late, or what is written in figures.
// Words such as first, third, mid, end or week do not.
func IsDateWord(word string) bool {
	word = fold(word)
	month, _ := monthNumber(word)
	_, isSeason := seasons[word]
	head, tail, _ := strings.Cut(word, "-") // mid-August
	part, _ := monthNumber(tail)
	return month > 0 || isSeason || foreignMonths[word] > 0 || word == "early" || word == "late" || parts[head] != noPart && part > 0 || strings.ContainsAny(word, "0123456789")
}

// IsYear says whether a word of a date is a year in figures.
func IsYear(word string) bool {
	_, ok := year(fold(word))
	return ok
}

// beginsDate says whether a date can begin with a word: most words are done with here.
func beginsDate(word string) bool {
	if beginsWithDigit(word) || word == "between" || word == "from" {
		return true
	}
	month, _ := monthNumber(word)
	_, isSeason := seasons[word]
	head, _, _ := strings.Cut(word, "-")
	_, isOrdinal := ordinals[head]
	return month > 0 || isSeason || parts[head] != noPart || isOrdinal || word == "last"
}

func beginsWithDigit(word string) bool { return word != "" && word[0] >= '0' && word[0] <= '9' }

// contextYear returns the first year typed in the run, else the default year. A
// year of publication is part of the name of a work and tells nothing.
func (r *reader) contextYear() int {
	for i := 0; i < len(r.folded); i++ {
		if _, n := r.v.name(r.folded[i:]); n > 0 {
			i += n - 1
		} else if y, ok := year(r.folded[i]); ok {
			return y
		} else if v, n := r.numeric(i); n > 0 {
			return v.From.Year
		}
	}
	return r.v.DefaultYear
}

// interval reads two dates and what joins them: between May and August 1939,
// from 10 March to 20 May, late July to late August. A year told at the second
// date holds for the first, or the year before it: December to January 1939.
func (r *reader) interval(at int) (edtf.Value, int) {
	joints := []string{"to", "until", "till", "through"}
	first := at
	switch r.word(at) {
	case "between":
		joints, first = []string{"and"}, at+1
	case "from":
		first = at + 1
	}
	_, n := r.point(first)
	joint := first + n
	if n == 0 || !slices.Contains(joints, r.word(joint)) {
		return edtf.Value{}, 0
	}
	to, m := r.point(joint + 1)
	if m == 0 {
		return edtf.Value{}, 0
	}
	other := *r
	for _, other.year = range []int{to.From.Year, to.From.Year - 1} {
		from, _ := other.point(first)
		if v, err := edtf.Between(from.From, to.To); err == nil && !from.IsZero() {
			return v, joint + 1 + m - at
		}
	}
	return edtf.Value{}, 0
}

// point reads the longest single date at word at: a day, a month or a part of
// one, a season, a year, a decade, or days of one month.
func (r *reader) point(at int) (edtf.Value, int) {
	var best edtf.Value
	length := 0
	for _, form := range []func(int) (edtf.Value, int){r.numeric, r.numbers, r.dayMonth, r.monthDay, r.partMonth, r.stretch, r.season, r.decade, r.bareYear} {
		if v, n := form(at); n > length {
			best, length = v, n
		}
	}
	return best, length
}

// numeric reads a date in one word: 1939-05-03, 1939-05, 1938/1939, 1938-39, 20.5.1939.
func (r *reader) numeric(at int) (edtf.Value, int) {
	word := r.word(at)
	if len(word) <= 4 || !beginsWithDigit(word) {
		return edtf.Value{}, 0
	}
	if v, err := edtf.Parse(strings.ToUpper(wholeYears(word))); err == nil && isNumber(word[:4]) {
		return v, 1
	}
	parts := strings.FieldsFunc(word, func(c rune) bool { return c == '.' || c == '/' })
	if len(parts) != 3 {
		return edtf.Value{}, 0
	}
	y, ok := r.fullYear(parts[2])
	day, err1 := strconv.Atoi(parts[0])
	month, err2 := strconv.Atoi(parts[1])
	if !ok || err1 != nil || err2 != nil {
		return edtf.Value{}, 0
	}
	if month > 12 { // 5/20/1939: the American order
		day, month = month, day
	}
	return days(y, month, day, day, 1)
}

// numbers reads a date in three words: 23. 8. 1939, 20. V. 1939. The year is whole: 10, 11, 12 are as often numbers of documents.
func (r *reader) numbers(at int) (edtf.Value, int) {
	day, isDay := dayNumber(r.word(at))
	month, isMonth := romanMonth(r.word(at + 1))
	if n, err := strconv.Atoi(r.word(at + 1)); err == nil {
		month, isMonth = n, true
	}
	y, isYear := year(r.word(at + 2))
	if !isDay || !isMonth || !isYear {
		return edtf.Value{}, 0
	}
	return days(y, month, day, day, 3)
}

// romanMonth reads a month in Roman numerals, as dates on documents have it.
func romanMonth(word string) (int, bool) {
	i := slices.Index([]string{"i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"}, word)
	return i + 1, i >= 0
}

// wholeYears writes two years that share their century, 1938-39 or 1938/39, as
// an interval of EDTF. Of two digits up to 12 the second number is a month: 1938-09.
func wholeYears(word string) string {
	from, to, ok := strings.Cut(strings.Replace(word, "/", "-", 1), "-")
	_, isYear := year(from)
	switch {
	case !ok || !isYear:
	case len(to) == 2 && to > "12" && to > from[2:]:
		return from + "/" + from[:2] + to
	case len(to) == 1 && to > from[3:]: // 1938/9
		return from + "/" + from[:3] + to
	}
	return word
}

// dayMonth reads 20 May 1939, 20th of May, third of May, 10-12 August, 17 to 21 August, 20 mai.
func (r *reader) dayMonth(at int) (edtf.Value, int) {
	first, last, ok := dayNumbers(r.word(at))
	next := at + 1
	if !ok {
		if first, next = r.dayInWords(at); first == 0 || r.word(next) != "of" {
			return edtf.Value{}, 0
		}
		last = first
	}
	if to, _, ok := dayNumbers(r.word(next + 1)); ok && to > first && slices.Contains([]string{"to", "until", "and"}, r.word(next)) {
		last, next = to, next+2
	}
	if r.word(next) == "of" {
		next++
	}
	month, _ := monthNumber(r.word(next))
	if month == 0 {
		month = foreignMonths[r.word(next)]
	}
	y, next := r.yearAt(next + 1)
	return days(y, month, first, last, next-at)
}

// monthDay reads May 20, 1939, May the 20th, May the twentieth, August 10-12, August 17 to 21.
func (r *reader) monthDay(at int) (edtf.Value, int) {
	month, _ := monthNumber(r.word(at))
	next := at + 1
	if r.word(next) == "the" {
		if day, behind := r.dayInWords(next + 1); day > 0 {
			y, behind := r.yearAt(behind)
			return days(y, month, day, day, behind-at)
		}
		next++
	}
	first, last, ok := dayNumbers(r.word(next))
	if !ok {
		return edtf.Value{}, 0
	}
	next++
	if to, _, ok := dayNumbers(r.word(next + 1)); ok && to > first && r.word(next) == "to" {
		if month, _ := monthNumber(r.word(next + 2)); month == 0 { // not "March 10 to 20 May"
			last, next = to, next+2
		}
	}
	y, next := r.yearAt(next)
	return days(y, month, first, last, next-at)
}

// dayInWords reads the number of a day in words at word at (third, twenty-third, twenty third) and returns it and the index
// behind it; 0 if there is none.
func (r *reader) dayInWords(at int) (day, next int) {
	if n := ordinals[strings.ReplaceAll(r.word(at), "-", " ")]; n > 0 {
		return n, at + 1
	}
	if n := ordinals[r.word(at)+" "+r.word(at+1)]; n > 0 {
		return n, at + 2
	}
	return 0, at
}

// ordinals are the numbers of days in words, with the first word of those of two (0).
var ordinals = ordinalTable()

func ordinalTable() map[string]int {
	table := map[string]int{"twenty": 0, "thirty": 0}
	ones := strings.Fields(`first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth
		sixteenth seventeenth eighteenth nineteenth twentieth`)
	for i, word := range ones {
		table[word] = i + 1
		if i < 9 {
			table["twenty "+word] = 21 + i
		}
	}
	table["thirtieth"], table["thirty first"] = 30, 31
	return table
}

// days returns days first to last of a month as a value of n words; 0 words if there are no such days.
func days(y, month, first, last, n int) (edtf.Value, int) {
	if y == 0 || month < 1 || month > 12 || first < 1 || last < first || last > edtf.DaysIn(y, month) {
		return edtf.Value{}, 0
	}
	v, err := edtf.Between(edtf.Date{Year: y, Month: month, Day: first}, edtf.Date{Year: y, Month: month, Day: last})
	if err != nil {
		return edtf.Value{}, 0
	}
	return v, n
}

// A part is a third of a month, or of a year or decade in the same proportion.
type part int

const (
	noPart part = iota
	early
	mid
	late
)

var parts = map[string]part{
	"early": early, "beginning": early, "start": early,
	"mid": mid, "middle": mid,
	"late": late, "end": late,
}

// partAt reads the word for a part at word at (early, mid-, the end of) and
// returns the word it belongs to and the index behind that.
func (r *reader) partAt(at int) (part, string, int) {
	word := r.word(at)
	if head, tail, ok := strings.Cut(word, "-"); ok && parts[head] != noPart {
		return parts[head], tail, at + 1
	}
	p := parts[word]
	if p == noPart {
		return noPart, word, at + 1
	}
	next := at + 1
	for slices.Contains([]string{"of", "in", "the"}, r.word(next)) {
		next++
	}
	return p, r.word(next), next + 1
}

// partMonth reads early August 1939, mid-August, August 1939, August. May and
// March alone are months only with a capital; abbreviations only with a year.
func (r *reader) partMonth(at int) (edtf.Value, int) {
	p, word, next := r.partAt(at)
	month, full := monthNumber(word)
	if month == 0 {
		return edtf.Value{}, 0
	}
	y, end := r.yearAt(next)
	typed := []rune(r.words[at])
	if p == noPart && end == next && (!full || isVerb(word) && !unicode.IsUpper(typed[0])) {
		return edtf.Value{}, 0
	}
	switch p {
	case early:
		return days(y, month, 1, 10, end-at)
	case mid:
		return days(y, month, 11, 20, end-at)
	case late:
		return days(y, month, 21, edtf.DaysIn(max(y, 1), month), end-at)
	}
	if y == 0 {
		return edtf.Value{}, 0
	}
	return edtf.At(edtf.Date{Year: y, Month: month}), end - at
}

// stretch reads the first half of July 1939, the last days of August, the second week of May.
func (r *reader) stretch(at int) (edtf.Value, int) {
	which, unit := r.word(at), r.word(at+1)
	next := at + 3
	if r.word(at+2) != "of" {
		return edtf.Value{}, 0
	}
	if r.word(next) == "the" {
		next++
	}
	month, full := monthNumber(r.word(next))
	y, end := r.yearAt(next + 1)
	if !full || y == 0 {
		return edtf.Value{}, 0
	}
	whole := edtf.DaysIn(y, month)
	switch n := ordinals[which]; {
	case unit == "half" && n == 1:
		return days(y, month, 1, 15, end-at)
	case unit == "half" && n == 2:
		return days(y, month, 16, whole, end-at)
	case unit == "days" && n == 1:
		return days(y, month, 1, 7, end-at)
	case unit == "week" && n >= 1 && n <= 4:
		return days(y, month, 7*n-6, 7*n, end-at)
	case which == "last" && (unit == "days" || unit == "week"):
		return days(y, month, whole-6, whole, end-at)
	}
	return edtf.Value{}, 0
}

func isVerb(month string) bool { return month == "may" || month == "march" }

// seasons are their first and last months; winter ends in the next year.
var seasons = map[string][2]int{"spring": {3, 5}, "summer": {6, 8}, "autumn": {9, 11}, "fall": {9, 11}, "winter": {12, 14}}

// season reads summer 1939, summer of 1939, winter 1938-39.
func (r *reader) season(at int) (edtf.Value, int) {
	months, ok := seasons[r.word(at)]
	if !ok {
		return edtf.Value{}, 0
	}
	next := at + 1
	if r.word(next) == "of" {
		next++
	}
	y, end := r.yearAt(next)
	if v, n := r.numeric(next); n > 0 && v.Interval && v.From.Month == 0 {
		y, end = v.From.Year, next+1
	}
	if end == next {
		end = at + 1
	}
	if y == 0 || end == at+1 && !r.isSeasonAlone(at) {
		return edtf.Value{}, 0
	}
	last := edtf.Date{Year: y + (months[1]-1)/12, Month: (months[1]-1)%12 + 1}
	v, err := edtf.Between(edtf.Date{Year: y, Month: months[0]}, last)
	if err != nil {
		return edtf.Value{}, 0
	}
	return v, end - at
}

// isSeasonAlone says whether the word at index i, which may also be a verb, is a
// season without a year: behind "in", "the" or the like, or before another
// season (spring and summer 1939).
func (r *reader) isSeasonAlone(i int) bool {
	if slices.Contains([]string{"in", "the", "during", "that", "this", "early", "late"}, r.word(i-1)) {
		return true
	}
	_, another := seasons[r.word(i+2)]
	return another && slices.Contains([]string{"and", "or", "to"}, r.word(i+1))
}

// decade reads 1930s, mid-1930s, the late 1930s.
func (r *reader) decade(at int) (edtf.Value, int) {
	p, word, next := r.partAt(at)
	digits, plural := strings.CutSuffix(word, "s")
	y, ok := year(digits)
	if !ok || !plural || y%10 != 0 {
		return edtf.Value{}, 0
	}
	ends := map[part][2]int{early: {0, 3}, mid: {4, 6}, late: {7, 9}}
	e, partial := ends[p]
	if !partial {
		return edtf.At(edtf.Date{Year: y, Digits: 1}), next - at
	}
	v, err := edtf.Between(edtf.Date{Year: y + e[0]}, edtf.Date{Year: y + e[1]})
	if err != nil {
		return edtf.Value{}, 0
	}
	return v, next - at
}

func (r *reader) bareYear(at int) (edtf.Value, int) {
	y, ok := year(r.word(at))
	if !ok {
		return edtf.Value{}, 0
	}
	return edtf.At(edtf.Date{Year: y}), 1
}

// yearAt reads a year at word at, with "of" before it, and returns it and the
// index behind it; without one, the year of the context and at.
func (r *reader) yearAt(at int) (int, int) {
	for next := at; next <= at+1; next++ {
		if y, ok := year(r.word(next)); ok {
			return y, next + 1
		}
		if y, ok := r.fullYear(r.word(next)); ok && r.word(next) > lastDay {
			return y, next + 1 // Nov. '38
		}
		if r.word(next) != "of" {
			break
		}
	}
	return r.year, at
}

// lastDay is the greatest number of two digits that is not a year by itself.
const lastDay = "31"

// fullYear reads a year, or the last two digits of one, which is in the century that the corpus is about.
func (r *reader) fullYear(word string) (int, bool) {
	if y, ok := year(word); ok {
		return y, true
	}
	if len(word) != 2 || !isNumber(word) || r.v.DefaultYear == 0 {
		return 0, false
	}
	y, err := strconv.Atoi(word)
	return r.v.DefaultYear/100*100 + y, err == nil
}

// year reads a year of four digits that sources of history have: 1000 to 2099.
func year(word string) (int, bool) {
	if len(word) != 4 || !isNumber(word) || word < "1000" || word > "2099" {
		return 0, false
	}
	y, err := strconv.Atoi(word)
	return y, err == nil
}

// dayNumbers reads the number of a day, or of two: 20, 20th, 10-12.
func dayNumbers(word string) (first, last int, ok bool) {
	from, to, isRange := strings.Cut(word, "-")
	if !isRange {
		to = from
	}
	first, ok1 := dayNumber(from)
	last, ok2 := dayNumber(to)
	return first, last, ok1 && ok2
}

func dayNumber(s string) (int, bool) {
	digits := strings.TrimRight(s, "stndrh")
	if suffix := s[len(digits):]; suffix != "" && !slices.Contains([]string{"st", "nd", "rd", "th"}, suffix) {
		return 0, false
	}
	n, err := strconv.Atoi(digits)
	return n, err == nil && len(digits) <= 2 && n >= 1 && n <= 31
}

var months = monthTable("january february march april may june july august september october november december")

// foreignMonths are the names of months in German, French, Italian and Spanish, folded, which a number of a day stands before.
var foreignMonths = foreignTable(`januar jaenner janner janvier gennaio enero|februar feber fevrier febbraio febrero|maerz marz mars marzo|avril aprile abril
	|mai maggio mayo|juni juin giugno junio|juli juillet luglio julio|aout agosto|septembre settembre septiembre|oktober octobre ottobre octubre
	|novembre noviembre|dezember decembre dicembre diciembre`)

func foreignTable(names string) map[string]int {
	table := map[string]int{}
	for i, month := range strings.Split(names, "|") {
		for _, name := range strings.Fields(month) {
			table[name] = i + 1
		}
	}
	return table
}

// A month is one of the twelve by a name of it.
type month struct {
	number int
	full   bool // written in full
}

// monthTable gives each month its name and its first three letters; sept is the one other abbreviation.
func monthTable(names string) map[string]month {
	table := map[string]month{"sept": {number: 9}}
	for i, name := range strings.Fields(names) {
		table[name[:3]] = month{number: i + 1}
		table[name] = month{number: i + 1, full: true}
	}
	return table
}

// monthNumber returns the number of a month, 0 for another word, and whether
// its name is written in full.
func monthNumber(word string) (int, bool) {
	m := months[word]
	return m.number, m.full
}
