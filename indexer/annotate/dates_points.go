package annotate

import "ibid/corpus/edtf"

// point reads one date at lexeme i: a date in figures, a month with or without
// day and year, a season, a year, decade or century, with "early", "the end of"
// and the like before it.
func (p *dateParser) point(i int) (point, int, bool) {
	if pt, next, ok := p.figures(i); ok {
		return pt, next, true
	}
	limit, j := p.limit(i)
	if pt, next, ok := p.monthPoint(i, j, limit); ok {
		return pt, next, true
	}
	if pt, next, ok := p.season(j, limit != whole); ok {
		return pt, next, true
	}
	return p.years(i, j, limit)
}

// limit reads what limits a date to a part of it: "early", "mid-", "late in",
// "the end of", "the first half of", "the last week of".
func (p *dateParser) limit(i int) (part, int) {
	j, first := i, whole
	switch {
	case p.is(j, "early"):
		first = early
	case p.is(j, "mid middle"):
		first = middle
	case p.is(j, "late"):
		first = late
	case p.is(j, "beginning start opening outset"):
		first = early
	case p.is(j, "end close ending"):
		first = late
	}
	if first != whole {
		noun := p.is(j, "beginning start opening outset end close ending")
		k := j + 1
		for p.is(k, "- of in the days part") {
			k++
		}
		if noun && !p.is(j+1, "of") {
			return whole, i
		}
		return first, k
	}
	return p.fraction(i, j)
}

// fraction reads "first half of", "second week of", "last days of".
func (p *dateParser) fraction(i, j int) (part, int) {
	if !p.is(j+2, "of in") {
		return whole, i
	}
	k := j + 3
	for p.is(k, "the") {
		k++
	}
	which := p.at(j).lower
	switch {
	case p.is(j+1, "half"):
		if f, ok := map[string]part{"first": firstHalf, "former": firstHalf, "second": secondHalf, "latter": secondHalf}[which]; ok {
			return f, k
		}
	case p.is(j+1, "week"):
		if f, ok := map[string]part{"first": firstWeek, "second": secondWeek, "third": thirdWeek, "last": lastWeek, "final": lastWeek}[which]; ok {
			return f, k
		}
	case p.is(j+1, "days part"):
		if f, ok := map[string]part{"first": early, "early": early, "last": late, "latter": late, "closing": late, "final": late}[which]; ok {
			return f, k
		}
	}
	return whole, i
}

// monthPoint reads "[limit] August [23][, 1939]".
func (p *dateParser) monthPoint(i, j int, limit part) (point, int, bool) {
	k := j
	for weekdays[p.at(k).lower] && capitalised(p.at(k).text) {
		k++
		for p.is(k, ", .") {
			k++
		}
	}
	month, next, ok := p.month(k)
	if !ok {
		return point{}, 0, false
	}
	pt := point{month: month, part: limit}
	if limit == whole {
		dayAt := next
		for p.is(dayAt, "the") {
			dayAt++
		}
		if day, after, ok := p.day(dayAt); ok && day <= edtf.DaysIn(2000, month) && !p.monthStarts(after) && p.at(dayAt).kind == lexNumber {
			pt.day, next = p.newStyle(day, after)
		}
	}
	if pt.year, next = p.yearBehind(next); pt.year == 0 {
		pt.lean, next = p.leanBehind(next)
		if pt.lean == upright && pt.day == 0 && p.is(i-1, "last") {
			pt.lean = lastOne
		}
	}
	if pt.day == 0 && pt.year == 0 && pt.lean == upright && !p.isBareMonth(i, k, next, limit) {
		return point{}, 0, false
	}
	pt.doubt = p.is(next, "?") && p.at(next).glued && pt.year > 0 && p.is(next+1, ") ]")
	return pt, next, true
}

var (
	beforeMonth = wordSet("in during of by since until till throughout from before after between through around about for " +
		"last next this that past previous following same late early mid")
	possessives = wordSet("his her its their our my your")
)

// isBareMonth reports whether the name of a month at k, without day or year,
// is a date. Most names can be nothing else; "May" and "March" are also verbs
// and "August", "April" and "June" also given names, so these want a word
// before them that goes with a month ("in May", "until March", "the March
// speech"), or a neighbour that is a month ("May and June").
func (p *dateParser) isBareMonth(i, k, next int, limit part) bool {
	name := p.at(k).lower
	before := p.at(i - 1)
	if limit != whole || beforeMonth[before.lower] {
		return !(name == "may" && p.is(next, "be have not") && limit == whole)
	}
	if shortMonths[name] > 0 {
		return false
	}
	if _, _, ok := p.month(p.pastTie(next)); ok && p.pastTie(next) > next {
		return true
	}
	if p.is(i-1, ", and or to – -") {
		if _, _, ok := p.month(i - 2); ok {
			return true
		}
	}
	after := p.at(next)
	if name == "may" || name == "march" {
		attributive := before.lower == "the" || possessives[before.lower] || isPossessive(before.text)
		return attributive && after.kind == lexWord && !capitalised(after.text) && !smallWords[after.lower] && !p.is(next, "on upon through be have not")
	}
	if before.lower == "the" || isPossessive(before.text) {
		return true
	}
	return !(after.kind == lexWord && capitalised(after.text))
}

// pastTie skips ", and", "and", "to" and dashes between two months.
func (p *dateParser) pastTie(i int) int {
	for p.is(i, ", and or to – - / until late early mid") {
		i++
	}
	return i
}

func isPossessive(s string) bool {
	n := len(s)
	return n > 2 && (s[n-2:] == "'s" || s[n-2:] == "s'") || n > 4 && s[n-4:] == "’s"
}

// season reads "winter of 1938-39", "the summer of 1939", "spring 1939", and
// "the winter" alone where a word before it makes it a time.
func (p *dateParser) season(i int, limited bool) (point, int, bool) {
	season := seasons[p.at(i).lower]
	if season == 0 {
		return point{}, 0, false
	}
	j := i + 1
	for p.is(j, "of ,") {
		j++
	}
	year, next, ok := p.yearNumber(j)
	if ok {
		if second, after, ok := p.secondYear(year, next); ok && second == year+1 {
			next = after
		}
		return point{month: season, year: year}, next, true
	}
	if how, next := p.leanBehind(i + 1); how != upright && p.is(i+1, "of") {
		return point{month: season, lean: how}, next, true
	}
	named := p.is(i-1, "the this that last next") && (p.is(i-2, "in during since until by throughout over before after of from") || limited) ||
		p.is(i-1, "in during until since last this") && !p.is(i+1, "of")
	if !named || p.is(i+1, "of") || p.at(i).lower == "fall" && !p.is(i-2, "in during") {
		return point{}, 0, false
	}
	if after := p.at(i + 1); after.kind == lexWord && !smallWords[after.lower] && p.at(i).lower != "winter" && p.at(i).lower != "summer" {
		return point{}, 0, false // "in spring water"
	}
	return point{month: season}, i + 1, true
}

// secondYear reads the end of a span of years: "-39", "–1939", "/39" behind first.
func (p *dateParser) secondYear(first, i int) (year, next int, ok bool) {
	l := p.at(i + 1)
	if !p.is(i, "- – — /") || l.kind != lexNumber || !l.glued && p.at(i).glued {
		return 0, 0, false
	}
	switch len(l.text) {
	case 1:
		if p.is(i, "/") {
			return 0, 0, false // "1940/8" is a file
		}
		year = first/10*10 + l.number
	case 2:
		year = first/100*100 + l.number
		if year < first && first%100 > 90 {
			year += 100
		}
	case 4:
		year = l.number
	}
	if n := p.at(i + 2); n.kind == lexWord && n.glued {
		return 0, 0, false
	}
	return year, i + 2, year > first && year <= 2100
}

// years reads a year, a span of years, a decade ("1930s") or a century
// ("eighteenth century") with its limit.
func (p *dateParser) years(i, j int, limit part) (point, int, bool) {
	about := false
	if p.is(j, "c ca circa") && !p.is(j-1, "&") {
		about = true
		j++
		for p.is(j, ".") {
			j++
		}
	}
	if pt, next, ok := p.decade(j); ok {
		pt.part = limit
		return pt, next, true
	}
	if pt, next, ok := p.century(j); ok {
		pt.part = limit
		return pt, next, true
	}
	year, next, ok := p.yearNumber(j)
	if !ok || !about && !p.isBareYear(i, j, year) {
		return point{}, 0, false
	}
	pt := point{year: year, part: limit, about: about || p.is(j-1, "about around circa approximately")}
	pt.doubt = p.is(next, "?") && p.at(next).glued && p.is(next+1, ") ]")
	return pt, next, true
}

// decade reads "1930s", "1930's".
func (p *dateParser) decade(i int) (point, int, bool) {
	l := p.at(i)
	if l.kind != lexNumber || len(l.text) != 4 || l.number < 1000 || l.number > 2100 || l.number%10 != 0 {
		return point{}, 0, false
	}
	next := i + 1
	if p.is(next, "' ’") && p.at(next).glued {
		next++
	}
	if p.at(next).text != "s" || !p.at(next).glued {
		return point{}, 0, false
	}
	return point{year: l.number, digits: 1}, next + 1, true
}

// century reads "eighteenth century", "18th century", "XVIIIth century".
func (p *dateParser) century(i int) (point, int, bool) {
	n, next := ordinals[p.at(i).lower], i+1
	if p.is(i, "twenty") && p.is(i+1, "-") && p.is(i+2, "first") {
		n, next = 21, i+3
	}
	if l := p.at(i); l.kind == lexNumber && setSuffix[p.at(i+1).lower] && p.at(i+1).glued {
		n, next = l.number, i+2
	}
	if p.is(next, "-") {
		next++
	}
	if n < 10 || n > 21 || !p.is(next, "century") {
		return point{}, 0, false
	}
	return point{year: (n - 1) * 100, digits: 2}, next + 1, true
}

// isBareYear reports whether the number at j, of four digits and without a
// month, is a year and not a count, page or catalogue number. From 1600 on most numbers
// are years unless a word before or after says otherwise; an earlier one, and one
// much later than its document, wants a word before it that goes with a year.
func (p *dateParser) isBareYear(i, j, year int) bool {
	if p.isNumbered(i, j) || p.isCount(i, j, year) || p.isCell(j) {
		return false
	}
	before := p.at(i - 1)
	if before.text == "." {
		before = lexeme{}
	}
	if (year < 1600 || year == 2000) && !beforeYear[before.lower] || (year < 1400 || year == 2000) && p.isWeak(i, j) {
		return false
	}
	if p.isAhead(year) && !p.looksAhead(i, j, year) {
		return false
	}
	after := p.at(j + 1)
	if second := p.at(j + 2); after.glued && after.text == "/" && second.kind == lexNumber {
		if _, _, ok := p.secondYear(year, j+1); !ok || p.isFile(i) {
			return false
		}
	}
	return !p.isImprint(j)
}

var (
	beforeNumber = wordSet("p pp no nos page pages number numbers vol vols col cols ch chapter art article § # $ £ fig plate table " +
		"folio fol f ff line lines room suite order model some nearly over than least almost only exactly these those my your our his their " +
		"telegram telegrams cablegram cablegrams despatch despatches dispatch dispatches minute minutes section sections rept")
	beforeYear = wordSet("in of by since until till from to before after during through throughout year years anno d early late mid " +
		"about around circa between and the winter summer spring autumn fall a ( [ as for")
	weakBeforeYear = wordSet("by and a as for the about around to between ( [")
	beforeCount    = wordSet("all with had has have were at were killed took")
	amounts        = wordSet("party total sum number maximum minimum medium average mean population establishment strength rate depth height length " +
		"distance weight cost price power magnifier crew garrison staff group quantity excess loss crowd membership tonnage value " +
		"penalty gravity proportion catalogue square battery engines product result foot only levy fine salary income revenue bounty reward debt ransom")
)

// isNumbered reports whether a word or mark before the number at j, which begins
// a date at i, makes it the number of a thing: "minute 2024", "your 1872", "nos
// 1435 and 1436", "Minute No. (1401)", "Department's 2064, February 14".
func (p *dateParser) isNumbered(i, j int) bool {
	if p.at(j).glued && p.is(j-1, "- / . : , # – $ £") {
		return true
	}
	if p.is(j+1, ".") && (j == 0 || p.ls[j-1].sentence != p.ls[j].sentence) {
		return true // "1872." alone: the number of a telegram, a cell of a table
	}
	k := i - 1
	for range 8 { // back over the numbers of a list
		tie := k
		if p.is(tie, "and & or") && p.is(tie-1, ",") {
			tie--
		}
		if n := p.at(tie - 1); !p.is(k, ", and & or") || n.kind != lexNumber || len(n.text) != 4 {
			break
		}
		k = tie - 2
	}
	if p.is(k, "( [") && k == i-1 {
		k--
		if day, _, ok := p.day(k); ok && day == p.at(k).number { // "Sept. 26 (1403)"
			_, _, month := p.month(k - 1)
			_, _, short := p.month(k - 2)
			return month || short && p.is(k-1, ".")
		}
		if !p.is(k, ".") || !p.is(k-1, "no nos") {
			return false
		}
	}
	if p.is(k, ".") {
		k--
	}
	if beforeNumber[p.at(k).lower] && !(k < i-1 && p.is(k, "our his their")) || p.is(k, "in") && p.at(k-1).kind == lexNumber && p.is(k-2, "inclosure enclosure") {
		return true
	}
	_, _, month := p.month(j + 2)
	return isPossessive(p.at(k).text) && p.is(j+1, ",") && month
}

// isCount reports whether the number at j, which begins a date at i, counts or
// measures something: "41 of 1238", "1540 by 1100 yards", "1106 to 1103",
// "0900 to 1100", "593 out of 1160", "a party of 2000", "1500 men".
func (p *dateParser) isCount(i, j, year int) bool {
	if beforeCount[p.at(i-1).lower] {
		return true
	}
	two := p.at(i - 2)
	if p.is(i-1, "of by x to and") && two.kind == lexNumber && (len(two.text) != 4 || two.text[0] == '0' || year < 1400 && !p.is(i-3, "from between")) {
		return true
	}
	if p.is(i-1, "of") && p.is(i-2, "out") || p.is(i-1, "to") && p.is(i-2, "is are") && p.at(i-3).kind == lexNumber {
		return true
	}
	if p.is(i-1, "of") && amounts[two.lower] && (year < 1500 || year == 2000 || p.isAhead(year)) {
		return true
	}
	after := p.at(j + 1)
	if p.is(j+1, "by x") && p.at(j+2).kind == lexNumber || after.glued && after.text == "-" && p.at(j+2).kind == lexWord {
		return true
	}
	if p.is(j+1, "and or ,") && p.at(j+2).kind == lexNumber && countedThings[p.at(j+3).lower] { // "1084 and 1085 seconds"
		return true
	}
	return p.is(j+1, "% :") && p.at(j+2).kind == lexNumber || countedThings[after.lower]
}

// isCell reports whether the number at j is one of a row of numbers in a table: the
// cells beside it are numbers too and not the years beside it.
func (p *dateParser) isCell(j int) bool {
	before, after := p.at(j-2), p.at(j+2)
	return p.is(j-1, "|") && p.is(j+1, "|") && p.is(j-3, "|") && p.is(j+3, "|") && before.kind == lexNumber && after.kind == lexNumber &&
		before.number != p.at(j).number-1 && after.number != p.at(j).number+1
}

// isWeak reports whether the word before a number below 1400 goes with counts
// as often as with years. "From" makes a year of it only with "to".
func (p *dateParser) isWeak(i, j int) bool {
	if p.is(i-1, "to") && p.at(i-2).kind == lexNumber && p.is(i-3, "from") {
		return false
	}
	if p.is(i-1, "from") {
		return !p.is(j+1, "to till until onward onwards on - –")
	}
	return weakBeforeYear[p.at(i-1).lower]
}

// A document seldom speaks of years far after its own: behind nearAhead years a
// word must say so, and behind farAhead years a number is none.
const nearAhead, farAhead = 30, 100

// isAhead reports whether a year is later than a text speaks of without ado. Notes
// are written by editors later than their document.
func (p *dateParser) isAhead(year int) bool {
	if p.note || p.writing == 0 {
		return year > 2030
	}
	return year > p.writing+nearAhead
}

var beforeAhead = wordSet("in by since until till before after beyond during through throughout year years from to between the probably perhaps say about fy of than as")

// looksAhead reports whether what stands before the year at j, whose date begins at
// i, makes it one to come: "by 1995", "the year 2000", "late in 1998", "1995 or 1996".
func (p *dateParser) looksAhead(i, j, year int) bool {
	if !p.note && p.writing > 0 && year > p.writing+farAhead {
		return false
	}
	last := i - 1
	for p.is(last, ", and or ( – — - / &") && last > i-4 {
		last--
	}
	if n := p.at(last).number; last < i-1 && n < year && n >= year-10 {
		return true
	}
	return i < j || beforeAhead[p.at(i-1).lower]
}

// isFile reports whether the number before a slash at i is that of a file: the
// signature of a series stands before it ("A1209, 1961/94").
func (p *dateParser) isFile(i int) bool {
	k := i - 1
	if p.is(k, ",") {
		k--
	}
	return p.at(k).kind == lexNumber && p.at(k).glued && p.at(k-1).kind == lexWord
}

// isImprint reports whether the year at j closes the description of a book: a
// page or volume follows ("1802, pp. 79-94"), or it stands in brackets behind a
// place and a title ("... the Society\" (Andover, 1815)").
func (p *dateParser) isImprint(j int) bool {
	k := j + 1
	for p.is(k, "_ ) \" ”") {
		k++
	}
	if p.is(k, ",") && p.is(k+1, "p pp vol vols") && p.is(k+2, ".") {
		return true
	}
	if !p.is(j+1, ") ]") || !p.is(j-1, ",") {
		return false
	}
	for i := j - 2; i >= 0 && i > j-14; i-- {
		if l := p.at(i); l.text == "(" {
			return p.is(i-1, "\" ” _") || p.is(i-1, ", .") && p.is(i-2, "\" ” _")
		} else if l.kind == lexWord && !capitalised(l.text) && l.lower != "and" {
			return false
		}
	}
	return false
}

var countedThings = wordSet("men women people persons soldiers troops officers prisoners copies pages words tons miles feet yards acres pounds " +
	"dollars francs marks roubles rubles votes slaves inhabitants families houses ships horses times years days hours degrees volumes " +
	"items documents million thousand hundred percent per guns tanks aircraft planes men-of-war cases members souls miles metres meters " +
	"kilometres kilometers km lb lbs seconds grain grains parts plates trials l fathoms toises leagues inches ounces square cubic bushels barrels bales workers voters children students pupils volunteers")

// figures reads a date in figures: "1939-05-03", "3.5.1939", "3/V/1939", "3. V. 1939".
func (p *dateParser) figures(i int) (point, int, bool) {
	a := p.at(i)
	if a.kind != lexNumber || a.glued && p.is(i-1, "- / . , : #") {
		return point{}, 0, false
	}
	if pt, next, ok := p.isoFigures(i); ok {
		return pt, next, true
	}
	sep := p.at(i + 1).text
	if len(a.text) > 2 || sep != "." && sep != "/" && sep != "-" || !p.at(i+1).glued || p.at(i+3).text != sep {
		return point{}, 0, false
	}
	month := p.at(i + 2).number
	roman := p.at(i+2).kind == lexWord
	if roman {
		month = romanMonths[p.at(i+2).text]
	}
	year, next, ok := p.yearNumber(i + 4)
	if !ok || !roman && !(p.at(i+2).glued && p.at(i+4).glued) && sep != "." {
		return point{}, 0, false
	}
	day := a.number
	if !roman && month > 12 && day <= 12 && sep == "/" { // "5/23/1939" can only be American
		day, month = month, day
	}
	return checked(point{year: year, month: month, day: day}, next)
}

// isoFigures reads "1939-05-03".
func (p *dateParser) isoFigures(i int) (point, int, bool) {
	for k := 1; k <= 4; k++ {
		if !p.at(i + k).glued {
			return point{}, 0, false
		}
	}
	if len(p.at(i).text) != 4 || p.at(i+1).text != "-" || p.at(i+3).text != "-" || len(p.at(i+2).text) != 2 || len(p.at(i+4).text) != 2 {
		return point{}, 0, false
	}
	return checked(point{year: p.at(i).number, month: p.at(i + 2).number, day: p.at(i + 4).number}, i+5)
}

func checked(pt point, next int) (point, int, bool) {
	ok := pt.year > 0 && pt.month >= 1 && pt.month <= 12 && pt.day >= 1 && pt.day <= edtf.DaysIn(pt.year, pt.month)
	return pt, next, ok
}
