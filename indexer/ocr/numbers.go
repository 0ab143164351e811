package ocr

import (
	"regexp"
	"strings"
)

var (
	// "Watt (1974)": a year in brackets after a name.
	namedYear = regexp.MustCompile(`\p{Lu}\p{Ll}+(?:['’]s)?,? \(1\d\d\d[),;]`)
	// "Kolasky (990)": the 1 of the year taken for part of the bracket.
	cutYear = regexp.MustCompile(`\p{Lu}\p{Ll}+(?:['’]s)?,?[ \n](\([6-9]\d\d)[),;]`)
	// "no. 1(0": a bracket inside a number.
	bracketInNumber = regexp.MustCompile(`\d+\(\d+`)
	// "pp. 140-L Gromyko": the 1 and the semicolon that end a range taken for an L.
	rangeEnd = regexp.MustCompile(`pp?\. ?\d+(-L) \p{Lu}\p{Ll}`)
	// "p. l11", "no. 1O0": letters in a number that a locator announces.
	locator = regexp.MustCompile(`\b(?:pp?|[Nn]os?|[Vv]ol)\. ?([\dlIOo]*\d[\dlIOo]*|l+)([^\pL\d]|$)`)
	// "p. lln" at the end: "1)" taken for n, with the figures before it.
	closedLocator = regexp.MustCompile(`\bpp?\. ?([\dlI]+n)$`)
	// "l939", "19l4": letters in a year.
	letterYear = regexp.MustCompile(`\b[1lI][5-9][\dlIOo][\dlIOo]\b`)
	// "A. ]. P. Taylor": a bracket for the J of an initial.
	initialJ = regexp.MustCompile(`(?:^|[ (\n])(\])\. ?(?:\p{Lu}\.|\p{Lu}\p{Ll})`)
	// "(j) ...; (ii)": labels of an enumeration.
	label = regexp.MustCompile(`\(([ivxlj1IJ]{1,4})\)`)
)

// numbers finds figures taken for letters or brackets, and the other way round.
func (r *Reader) numbers(text string) []edit {
	var edits []edit
	if r.years >= 3 { // the source gives years in brackets after names
		for _, m := range cutYear.FindAllStringSubmatchIndex(text, -1) {
			edits = append(edits, edit{m[2], m[3], "(1" + text[m[2]+1:m[3]], ruleYear, 0.9})
		}
	}
	for _, m := range bracketInNumber.FindAllStringIndex(text, -1) {
		if unbalanced(text, m[0]) {
			edits = append(edits, edit{m[0], m[1], strings.ReplaceAll(text[m[0]:m[1]], "(", "0"), ruleDigits, 0.85})
		}
	}
	for _, m := range rangeEnd.FindAllStringSubmatchIndex(text, -1) {
		edits = append(edits, edit{m[2], m[3], "-1;", ruleDigits, 0.75})
	}
	for _, m := range locator.FindAllStringSubmatchIndex(text, -1) {
		edits = append(edits, edit{m[2], m[3], figures(text[m[2]:m[3]]), ruleDigits, 0.85})
	}
	if m := closedLocator.FindStringSubmatchIndex(text); m != nil && openBrackets(text) > 0 {
		edits = append(edits, edit{m[2], m[3], figures(text[m[2]:m[3]-1]) + "1).", ruleDigits, 0.5})
	}
	for _, m := range letterYear.FindAllStringIndex(text, -1) {
		edits = append(edits, edit{m[0], m[1], figures(text[m[0]:m[1]]), ruleDigits, 0.9})
	}
	return append(edits, initials(text)...)
}

var letterFigures = strings.NewReplacer("l", "1", "I", "1", "O", "0", "o", "0")

// figures returns the number that letters of the same shape were read for.
func figures(s string) string { return letterFigures.Replace(s) }

// unbalanced tells whether the bracket in the number at byte at opens inside
// another that then is not closed: "(SPE no. 41, no. 1(0). A", but not
// "vol. 12(3)" nor "(vol. 12(3))".
func unbalanced(text string, at int) bool {
	if openBrackets(text[max(0, at-300):at]) <= 0 {
		return false
	}
	rest := text[at+strings.IndexByte(text[at:], '('):]
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
