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
	if p.is(j, "c ca circa") {
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
	if !p.is(next, "s") || !p.at(next).glued {
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

var (
	beforeNumber = wordSet("p pp no nos page pages number numbers vol vols col cols ch chapter art article § # $ £ fig plate table " +
		"folio fol f ff line lines room suite order model some nearly over than least almost only exactly these those")
	beforeYear = wordSet("in of by since until till from to before after during through throughout year years anno d early late mid " +
		"about around circa between and the winter summer spring autumn fall a ( [ as for")
	weakBeforeYear = wordSet("by and a as for the about around ( [")
	beforeCount    = wordSet("all with had has have were at were killed took")
)

// isBareYear reports whether the number at j, of four digits and without a
// month, is a year and not a count, page or catalogue number. From 1600 on most numbers
// are years unless a word before or after says otherwise; an earlier one wants
// a word before it that goes with a year.
func (p *dateParser) isBareYear(i, j, year int) bool {
	before := p.at(i - 1)
	if before.text == "." {
		before = p.at(i - 2)
		if !beforeNumber[before.lower] {
			before = lexeme{}
		}
	}
	if beforeNumber[before.lower] || beforeCount[before.lower] || p.at(j).glued && p.is(j-1, "- / . : , # – $ £") {
		return false
	}
	if (year < 1600 || year == 2000) && !beforeYear[before.lower] || (year < 1400 || year == 2000) && weakBeforeYear[before.lower] {
		return false
	}
	if p.is(i-1, "my your our his their telegram despatch dispatch") || p.is(j+1, ".") && (j == 0 || p.ls[j-1].sentence != p.ls[j].sentence) {
		return false // "your 1872", and "1872." alone: the number of a telegram, a cell of a table
	}
	if p.at(i-2).kind == lexNumber && p.is(i-1, "of by x to and") && len(p.at(i-2).text) != 4 || p.is(j+1, "by x") && p.at(j+2).kind == lexNumber {
		return false // "41 of 1238", "1540 by 1100 yards"
	}
	after := p.at(j + 1)
	if second := p.at(j + 2); after.glued && after.text == "/" && second.kind == lexNumber {
		if _, _, ok := p.secondYear(year, j+1); !ok {
			return false
		}
	}
	if after.glued && after.text == "-" && p.at(j+2).kind == lexWord || p.is(j+1, "% :") && p.at(j+2).kind == lexNumber {
		return false
	}
	return !countedThings[after.lower] && !p.isImprint(j)
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
	"kilometres kilometers km lb lbs bushels barrels bales workers voters children students pupils volunteers")

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
