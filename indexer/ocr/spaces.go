package ocr

import (
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

var (
	// "Stalin' s": the apostrophe before the s of a possessive, set apart.
	strayPossessive = regexp.MustCompile(`(\p{L}\p{Ll}+)(?:['’] | ['’] ?|/ )s\b`)
	// "states/ power": a slash with a space after it only, read for the apostrophe of a plural.
	slashPossessive = regexp.MustCompile(`(\p{L}\p{Ll}+s)/ \p{Ll}{3}`)
	// "state/ s": the same in the singular, where there is no doubt.
	slashForApostrophe = regexp.MustCompile(`\p{Ll}/ s\b`)
	// "Nazi -Soviet", "Nazi- Soviet": a space beside the hyphen of a compound.
	strayHyphen = regexp.MustCompile(`(\p{L}+)( -|- )(\p{L}+)`)
	// "(neo- )realists": a space inside the bracket.
	strayBracket = regexp.MustCompile(`\((\p{L}+-) \)\p{L}`)
	// "(p. 3", "(1974)": a bracket with a reference in it.
	bracketReference = regexp.MustCompile(`^\((?:pp?\. ?\d|no\. ?\d|[12]\d\d\d[),;])`)
	// A name close to the bracket after it: "Dukes(p. 3".
	closeName = regexp.MustCompile(`\p{Lu}\p{Ll}+$`)
	// "will...take": an ellipsis without space between two words.
	dotsBetween = regexp.MustCompile(`(\p{Ll}{2,})(\.\.\.)(\p{L}{2,})`)
	dotsSpaced  = regexp.MustCompile(`\p{Ll}\.\.\. \p{L}`)
	// A sign that is no punctuation, close behind a word: "favored·".
	signAfter = regexp.MustCompile(`[A-Za-z]+[a-z]([·•¬])(?:[ ,.;\n]|$)`)
)

// signs are those that signAfter knows.
const signs = "·•¬"

// countHabits counts how the source prints ellipses and years in brackets.
func (r *Reader) countHabits(raw string) {
	if strings.Contains(raw, "...") {
		r.openDots += len(dotsSpaced.FindAllStringIndex(raw, -1))
		r.tightDots += len(dotsBetween.FindAllStringIndex(raw, -1))
	}
	if strings.Contains(raw, "/ s") {
		r.slashes += len(slashForApostrophe.FindAllStringIndex(raw, -1))
	}
	eachBracket(raw, func(at int) {
		if end := strings.Index(raw[at:min(at+maxWord, len(raw))], "-)"); end > 1 {
			r.hangs[strings.ToLower(raw[at+1:at+end])] = true
		}
		if isNamedYear(raw, at, year) {
			r.years++
		}
	})
	if !strings.ContainsAny(raw, signs) {
		return
	}
	for _, m := range signAfter.FindAllStringSubmatch(raw, -1) {
		sign, _ := utf8.DecodeRuneInString(m[1])
		r.marks[sign]++
	}
}

// anyOf tells whether text has one of the parts.
func anyOf(text string, parts ...string) bool {
	return slices.ContainsFunc(parts, func(p string) bool { return strings.Contains(text, p) })
}

// straySpaces finds spaces that the machine saw beside an apostrophe, a hyphen
// or a bracket inside a word.
func (r *Reader) straySpaces(text string) []edit {
	var edits []edit
	if anyOf(text, "' s", "’ s", " '", " ’", "/ s") {
		for _, m := range strayPossessive.FindAllStringSubmatchIndex(text, -1) {
			mark := "'"
			if strings.Contains(text[m[3]:m[1]], "’") {
				mark = "’"
			}
			edits = append(edits, edit{m[2], m[1], text[m[2]:m[3]] + mark + "s", ruleStray, 0.95})
		}
	}
	if r.slashes > 0 && strings.Contains(text, "s/ ") { // the source shows elsewhere that a slash stands for an apostrophe
		for _, m := range slashPossessive.FindAllStringSubmatchIndex(text, -1) {
			edits = append(edits, edit{m[2], m[3] + 1, text[m[2]:m[3]] + "'", ruleMark, 0.8})
		}
	}
	if anyOf(text, " -", "- ") {
		edits = append(edits, r.strayHyphens(text)...)
	}
	return edits
}

func (r *Reader) strayHyphens(text string) []edit {
	var edits []edit
	for _, m := range strayHyphen.FindAllStringSubmatchIndex(text, -1) {
		reading := text[m[2]:m[3]] + "-" + text[m[6]:m[7]]
		if r.compounds[strings.ToLower(reading)] > 0 {
			edits = append(edits, edit{m[2], m[7], reading, ruleStray, 0.95})
		}
	}
	for _, m := range strayBracket.FindAllStringSubmatchIndex(text, -1) {
		edits = append(edits, edit{m[0], m[3] + 2, "(" + text[m[2]:m[3]] + ")", ruleStray, 0.95})
	}
	return edits
}

// brokenWords finds words that the machine saw a space in, "W eizsacker": two
// stretches of letters of which one is no word, but both together are. Such a
// break is about 2^12 times rarer than a space, and the margin is kept wide.
func (r *Reader) brokenWords(text string) []edit {
	var edits []edit
	last, lastStart, lastEnd := "", 0, -1
	eachWord(text, func(w string, start, end int) {
		if lastEnd >= 0 && lastEnd+1 == start && text[lastEnd] == ' ' && r.isBroken(last, w) && !inFormula(text, lastStart) {
			edits = append(edits, edit{lastStart, end, last + w, ruleStray, 0.9})
			last = ""
			return
		}
		last, lastStart, lastEnd = w, start, end
	})
	return edits
}

func (r *Reader) isBroken(a, b string) bool {
	first, _ := utf8.DecodeRuneInString(b)
	if a == "" || !unicode.IsLower(first) || len(b) == 1 && b != "s" || strings.ContainsFunc(a+b, unicode.IsDigit) {
		return false
	}
	head, tail := strings.ToLower(a), strings.ToLower(bareWord(b))
	if !r.isHalf(head) && (!r.isHalf(tail) || tail == "s") || len(head+tail) < 5 || !r.isWord(head+tail) {
		return false
	}
	return r.weight(head+tail)-12 > math.Min(englishWeight(head)+englishWeight(tail)-englishLog, seldom)+6
}

// isHalf tells whether a stretch of letters in lower case cannot stand alone.
func (r *Reader) isHalf(low string) bool {
	if len(low) == 1 {
		return low != "a" && low != "i" && low != "o"
	}
	return !r.isWord(low)
}

// runTogether finds two words that the machine saw no space between: "fallon
// us". The print is no word, its end is a preposition, what goes before is a
// common word, and what follows is a word that such a preposition governs.
func (r *Reader) runTogether(text string) []edit {
	if !r.english {
		return nil
	}
	var edits []edit
	last, lastStart, lastEnd := "", 0, -1
	eachWord(text, func(w string, start, end int) {
		if lastEnd >= 0 && lastEnd+1 == start && text[lastEnd] == ' ' && governed[w] {
			if cut := r.parted(last); cut > 0 {
				edits = append(edits, edit{lastStart, lastEnd, last[:cut] + " " + last[cut:], ruleLost, 0.8})
			}
		}
		if cut := r.partedSmall(w); cut > 0 {
			edits = append(edits, edit{start, end, w[:cut] + " " + w[cut:], ruleLost, 0.9})
		}
		last, lastStart, lastEnd = w, start, end
	})
	return edits
}

// Words that follow a preposition: pronouns and determiners.
var governed = wordSet("us me him them you it the this that these those his her its our their your my a an which whom what all any each every some no")

// Prepositions that the machine may tie to the word before them.
var prepositions = []string{"on", "in", "of", "to", "at", "by", "for", "from", "with", "upon", "into", "over"}

// partedSmall returns where w parts into a preposition or conjunction and a
// determiner, "ofthe", 0 if nowhere.
func (r *Reader) partedSmall(w string) int {
	if len(w) < 5 || len(w) > 10 || r.known[w] {
		return 0
	}
	for _, tail := range determiners {
		head, ok := strings.CutSuffix(w, tail)
		if !ok || head != "and" && head != "that" && head != "as" && !slices.Contains(prepositions, head) {
			continue
		}
		if k, found := lookup(w); !found || k.kind >= rare {
			return len(head)
		}
	}
	return 0
}

// Determiners that the machine may tie to the word before them.
var determiners = []string{"the", "this", "that", "these", "those", "his", "their", "its"}

// parted returns where w parts into a common word and a preposition, 0 if nowhere.
func (r *Reader) parted(w string) int {
	if len(w) < 6 || strings.ToLower(w) != w || r.words[w] > 1 || r.known[w] {
		return 0
	}
	if k, ok := lookup(w); ok && k.kind < name {
		return 0
	}
	for _, p := range prepositions {
		head, ok := strings.CutSuffix(w, p)
		if k, found := lookup(head); ok && found && len(head) >= 4 && k.kind == common && k.log >= 24 {
			return len(head)
		}
	}
	return 0
}

func wordSet(list string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(list) {
		set[w] = true
	}
	return set
}

// marksAndSpaces finds lost spaces beside brackets and ellipses, and specks
// that were read as a sign behind a word.
func (r *Reader) marksAndSpaces(text string) []edit {
	var edits []edit
	eachBracket(text, func(at int) {
		if !bracketReference.MatchString(text[at:min(at+12, len(text))]) {
			return
		}
		if m := closeName.FindStringIndex(text[max(0, at-40):at]); m != nil {
			start := max(0, at-40) + m[0]
			edits = append(edits, edit{start, at + 1, text[start:at] + " (", ruleLost, 0.9})
		}
	})
	if r.tightDots <= 2 && r.openDots >= 5 && strings.Contains(text, "...") { // the source sets a space after an ellipsis
		for _, m := range dotsBetween.FindAllStringSubmatchIndex(text, -1) {
			edits = append(edits, edit{m[2], m[7], text[m[2]:m[5]] + " " + text[m[6]:m[7]], ruleLost, 0.7})
		}
	}
	if !strings.ContainsAny(text, signs) {
		return edits
	}
	for _, m := range signAfter.FindAllStringSubmatchIndex(text, -1) {
		sign, _ := utf8.DecodeRuneInString(text[m[2]:])
		if r.marks[sign] <= 2 {
			edits = append(edits, edit{m[0], m[3], text[m[0]:m[2]], ruleMark, 0.85})
		}
	}
	return edits
}
