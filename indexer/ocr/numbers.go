package ocr

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

const months = `January|February|March|April|May|June|July|August|September|October|November|December`

// Where these patterns are tried, what comes before them has been looked at;
// they are anchored, since most of a text has nothing for them.
var (
	// "(1974)": a year in brackets.
	year = regexp.MustCompile(`^\(1\d\d\d[),;]`)
	// "(990)": the 1 of a year taken for part of the bracket.
	cutYear = regexp.MustCompile(`^\([6-9]\d\d[),;]`)
	// A name, perhaps a possessive, before a year.
	nameBefore = regexp.MustCompile(`\p{Lu}\p{Ll}+(?:['’]s)?,?[ \n]$`)
	// What announces a number: "p. ", "no. ".
	locator = regexp.MustCompile(`(?:^|[^\pL])(pp?|[Nn]os?|[Vv]ol)\. ?$`)
	// "pp. 140-L Gromyko": the 1 and the semicolon that end a range taken for an L.
	rangeEnd = regexp.MustCompile(`pp?\. ?(\d+-L) \p{Lu}\p{Ll}`)
	// "l939", "19l4", "193S": a letter in a year. "168l" may be pounds.
	letterYear = regexp.MustCompile(`^(?:[lI][5-9]\d\d|1[5-9][lIOoSZ]\d|1[5-9]\d[OoSZ])$`)
	// "lOth", "2lst": letters in an ordinal.
	letterOrdinal = regexp.MustCompile(`^([\dlIO]{1,3})(st|nd|rd|th)$`)
	// "p. l11", "no. 1O0", "p. 1S6": letters in a number. "I" and "II" may be
	// Roman, a letter behind a number may be part of it.
	letterNumber = regexp.MustCompile(`^(?:[\dlIOo]*\d[\dlIOo]*|\d+[SZ]\d+|l+)$`)
	// "August l6", "l6 August", "May l": letters in the day of a month.
	letterDay   = regexp.MustCompile(`^(?:[123lI][\dlIOo]|l)$`)
	monthBefore = regexp.MustCompile(`(?:^|[^\pL])(?:` + months + `) $`)
	monthAfter  = regexp.MustCompile(`^ (?:` + months + `)(?:[^\pL]|$)`)
	// "World War Il": l in a Roman number, which follows a word with a capital.
	letterRoman = regexp.MustCompile(`^(?:I+l[Il]?|l[Il]+)$`)
	capitalWord = regexp.MustCompile(`\p{Lu}\p{Ll}+ $`)
	// "p. lln": "1)" taken for n, with the figures before it.
	closedNumber = regexp.MustCompile(`^[\dlI]+n$`)
	// "A. ]. P. Taylor": a bracket for the J of an initial.
	initialJ = regexp.MustCompile(`(?:^|[ (\n])(\])\. ?(?:\p{Lu}\.|\p{Lu}\p{Ll})`)
	// "(j) ...; (ii)": labels of an enumeration.
	label = regexp.MustCompile(`\(([ivxlj1IJ]{1,4})\)`)
)

// numbers finds figures taken for letters or brackets, and the other way round.
func (r *Reader) numbers(text string) []edit {
	var edits []edit
	eachBracket(text, func(at int) {
		if e, ok := r.bracketNumber(text, at); ok {
			edits = append(edits, e)
		}
	})
	eachWord(text, func(w string, start, end int) {
		if strings.ContainsAny(w, "lIOoSZ") && strings.Trim(w, "0123456789lIOoSZnstrdh") == "" {
			if e, ok := letterFigure(text, w, start, end); ok {
				edits = append(edits, e)
			}
		}
	})
	if strings.Contains(text, "-L ") {
		for _, m := range rangeEnd.FindAllStringSubmatchIndex(text, -1) {
			edits = append(edits, edit{m[2], m[3], text[m[2]:m[3]-1] + "1;", ruleDigits, 0.75})
		}
	}
	return append(edits, initials(text)...)
}

// eachBracket calls f with the place of each opening round bracket.
func eachBracket(text string, f func(at int)) {
	for at := strings.IndexByte(text, '('); at >= 0; {
		f(at)
		next := strings.IndexByte(text[at+1:], '(')
		if next < 0 {
			return
		}
		at += 1 + next
	}
}

// isNamedYear tells whether the bracket at byte at holds a year after a name,
// as in "Watt (1974)", by a pattern for the year.
func isNamedYear(text string, at int, year *regexp.Regexp) bool {
	return year.MatchString(text[at:min(at+8, len(text))]) && nameBefore.MatchString(text[max(0, at-40):at])
}

// bracketNumber reads "Kolasky (990)" as a year where the source gives years in
// brackets after names, and "no. 1(0" as 100 where the bracket makes no sense.
func (r *Reader) bracketNumber(text string, at int) (edit, bool) {
	if r.years >= 3 && isNamedYear(text, at, cutYear) {
		end := at + len("(990")
		if text[end] == ')' {
			end++
		}
		return edit{at, end, "(1" + text[at+1:end], ruleYear, 0.9}, true
	}
	start, end := at, at+1
	for start > 0 && isFigure(text[start-1]) {
		start--
	}
	for end < len(text) && isFigure(text[end]) {
		end++
	}
	if start == at || end == at+1 || !locator.MatchString(text[max(0, start-8):start]) || !unbalanced(text, at) {
		return edit{}, false
	}
	return edit{start, end, text[start:at] + "0" + text[at+1:end], ruleDigits, 0.85}, true
}

func isFigure(c byte) bool { return c >= '0' && c <= '9' }

// letterFigure reads a word of figures and letters of the same shape as a
// number where it stands as one.
func letterFigure(text, w string, start, end int) (edit, bool) {
	e := edit{start: start, end: end, rule: ruleDigits, confidence: 0.9}
	if m := letterOrdinal.FindStringSubmatch(w); m != nil {
		n := figures(m[1])
		e.reading = n + m[2]
		return e, e.reading != w && ordinalEnding(n) == m[2]
	}
	if letterYear.MatchString(w) {
		e.reading = figures(w)
		return e, true
	}
	if isRoman(text, w, start, end) {
		e.reading = strings.ReplaceAll(w, "l", "I")
		return e, true
	}
	if isDay(text, w, start, end) {
		e.reading = figures(w)
		return e, true
	}
	if !locator.MatchString(text[max(0, start-8):start]) {
		return e, false
	}
	switch {
	case letterNumber.MatchString(w):
		e.reading, e.confidence = figures(w), 0.85
		return e, true
	case closedNumber.MatchString(w) && end == len(text) && openBrackets(text) > 0:
		e.reading, e.confidence = figures(w[:len(w)-1])+"1).", 0.5
		return e, true
	}
	return e, false
}

// isRoman tells whether a word stands where a Roman number does, "World War Il",
// and is not the Italian article, "Il Duce".
func isRoman(text, w string, start, end int) bool {
	if w == "Ill" || !letterRoman.MatchString(w) || !capitalWord.MatchString(text[max(0, start-30):start]) {
		return false
	}
	next, _ := utf8.DecodeRuneInString(strings.TrimLeft(text[end:min(len(text), end+8)], " "))
	return !unicode.IsUpper(next)
}

// isDay tells whether a word stands where the day of a month does. A single l
// does so only after the month.
func isDay(text, w string, start, end int) bool {
	if !letterDay.MatchString(w) {
		return false
	}
	return monthBefore.MatchString(text[max(0, start-12):start]) ||
		len(w) > 1 && strings.ContainsAny(w, "0123456789") && monthAfter.MatchString(text[end:min(len(text), end+12)])
}

var letterFigures = strings.NewReplacer("l", "1", "I", "1", "O", "0", "o", "0", "S", "5", "Z", "2")

// figures returns the number that letters of the same shape were read for.
func figures(s string) string { return letterFigures.Replace(s) }

// ordinalEnding returns the ending of the ordinal of a number in figures, "" if
// it begins with a nought.
func ordinalEnding(n string) string {
	last := n[len(n)-1]
	switch {
	case n[0] == '0':
		return ""
	case len(n) > 1 && n[len(n)-2] == '1' || last == '0' || last > '3':
		return "th"
	}
	return map[byte]string{'1': "st", '2': "nd", '3': "rd"}[last]
}

// unbalanced tells whether the bracket at byte at, in a number, opens inside
// another that then is not closed: "(SPE no. 41, no. 1(0). A", but not
// "vol. 12(3)" nor "(vol. 12(3))".
func unbalanced(text string, at int) bool {
	if openBrackets(text[max(0, at-300):at]) <= 0 {
		return false
	}
	rest := text[at:min(len(text), at+300)]
	end := strings.IndexByte(rest, ')')
	if end < 0 {
		return true
	}
	after := strings.IndexAny(rest[end+1:], "()")
	return after < 0 || rest[end+1+after] == '('
}

// openBrackets returns how many more round brackets open than close.
func openBrackets(text string) int {
	return strings.Count(text, "(") - strings.Count(text, ")")
}

// initials reads "]. P." as "J. P." where no bracket is open.
func initials(text string) []edit {
	if !strings.Contains(text, "].") {
		return nil
	}
	var edits []edit
	depth, counted := 0, 0
	for _, m := range initialJ.FindAllStringSubmatchIndex(text, -1) {
		depth += strings.Count(text[counted:m[2]], "[") - strings.Count(text[counted:m[2]], "]")
		counted = m[3]
		if depth <= 0 {
			depth = 0
			edits = append(edits, edit{m[2], m[2] + 2, "J.", ruleInitial, 0.95})
		} else {
			depth--
		}
	}
	return edits
}

// labels finds labels of an enumeration that are out of order: before "(ii)"
// stands "(i)", not "(j)" or "(l)".
func (r *Reader) labels(text string) []edit {
	if !strings.Contains(text, "(ii)") {
		return nil
	}
	var edits []edit
	all := label.FindAllStringSubmatchIndex(text, -1)
	for i := 0; i+1 < len(all); i++ {
		first, second := text[all[i][2]:all[i][3]], text[all[i+1][2]:all[i+1][3]]
		if second == "ii" && len(first) == 1 && first != "i" && strings.Contains("jl1IJ", first) {
			edits = append(edits, edit{all[i][0], all[i][1], "(i)", ruleSequence, 0.95})
		}
	}
	return edits
}
