package ocr

import (
	"math"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

var (
	// "Stalin' s": the apostrophe before the s of a possessive, set apart.
	strayPossessive = regexp.MustCompile(`(\p{L}\p{Ll}+)(['’] | ['’]|/ )s\b`)
	// "states/ power": a slash with a space after it only, read for the apostrophe of a plural.
	slashPossessive = regexp.MustCompile(`(\p{L}\p{Ll}+s)/ \p{Ll}{3}`)
	// "Nazi -Soviet", "Nazi- Soviet": a space beside the hyphen of a compound.
	strayHyphen = regexp.MustCompile(`(\p{L}+)( -|- )(\p{L}+)`)
	// "(neo- )realists": a space inside the bracket.
	strayBracket = regexp.MustCompile(`\((\p{L}+-) \)\p{L}`)
	// "Dukes(p. 3", "Watt(1974": a bracket with a reference in it, close to the name before it.
	lostBracketSpace = regexp.MustCompile(`(\p{Lu}\p{Ll}+)\((?:pp?\. ?\d|no\. ?\d|[12]\d\d\d[),;])`)
	// "will...take": an ellipsis without space between two words.
	dotsBetween = regexp.MustCompile(`(\p{Ll}{2,})(\.\.\.)(\p{L}{2,})`)
	dotsSpaced  = regexp.MustCompile(`\p{Ll}\.\.\. \p{L}`)
	// A sign that is no punctuation, close behind a word: "favored·".
	signAfter = regexp.MustCompile(`\p{Ll}{3,}([·•^§¬~|])(?:[ ,.;\n]|$)`)
)

// countHabits counts how the source prints ellipses and years in brackets.
func (r *Reader) countHabits(raw string) {
	r.openDots += len(dotsSpaced.FindAllStringIndex(raw, -1))
	r.tightDots += len(dotsBetween.FindAllStringIndex(raw, -1))
	r.years += len(namedYear.FindAllStringIndex(raw, -1))
	for _, m := range signAfter.FindAllStringSubmatch(raw, -1) {
		sign, _ := utf8.DecodeRuneInString(m[1])
		r.marks[sign]++
	}
}

// straySpaces finds spaces that the machine saw beside an apostrophe, a hyphen
// or a bracket inside a word.
func (r *Reader) straySpaces(text string) []edit {
	var edits []edit
	for _, m := range strayPossessive.FindAllStringSubmatchIndex(text, -1) {
		word := text[m[2]:m[3]]
		edits = append(edits, edit{m[2], m[1], word + "'s", ruleStray, 0.95})
	}
	for _, m := range slashPossessive.FindAllStringSubmatchIndex(text, -1) {
		edits = append(edits, edit{m[2], m[3] + 1, text[m[2]:m[3]] + "'", ruleMark, 0.8})
	}
	for _, m := range strayHyphen.FindAllStringSubmatchIndex(text, -1) {
		compound := strings.ToLower(text[m[2]:m[3]] + "-" + text[m[6]:m[7]])
		if r.compounds[compound] > 0 {
			edits = append(edits, edit{m[2], m[7], text[m[2]:m[3]] + "-" + text[m[6]:m[7]], ruleStray, 0.95})
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
		if lastEnd >= 0 && lastEnd+1 == start && text[lastEnd] == ' ' && r.isBroken(last, w) {
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
	if a == "" || !unicode.IsLower(first) || strings.ContainsFunc(a+b, unicode.IsDigit) {
		return false
	}
	head, tail := strings.ToLower(a), strings.ToLower(bareWord(b))
	if r.isHalf(head) == r.isHalf(tail) && !r.isHalf(head) || len(head+tail) < 5 || !r.isWord(head+tail) {
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
		last, lastStart, lastEnd = w, start, end
	})
	return edits
}

// Words that follow a preposition: pronouns and determiners.
var governed = wordSet("us me him them you it the this that these those his her its our their your my a an which whom what all any each every some no")

// Prepositions that the machine may tie to the word before them.
var prepositions = []string{"on", "in", "of", "to", "at", "by", "for", "from", "with", "upon", "into", "over"}

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
	for _, m := range lostBracketSpace.FindAllStringSubmatchIndex(text, -1) {
		edits = append(edits, edit{m[2], m[3] + 1, text[m[2]:m[3]] + " (", ruleLost, 0.9})
	}
	if r.tightDots <= 2 && r.openDots >= 5 { // the source sets a space after an ellipsis
		for _, m := range dotsBetween.FindAllStringSubmatchIndex(text, -1) {
			edits = append(edits, edit{m[2], m[7], text[m[2]:m[5]] + " " + text[m[6]:m[7]], ruleLost, 0.7})
		}
	}
	for _, m := range signAfter.FindAllStringSubmatchIndex(text, -1) {
		sign, _ := utf8.DecodeRuneInString(text[m[2]:])
		if r.marks[sign] <= 2 {
			edits = append(edits, edit{m[0], m[3], text[m[0]:m[2]], ruleMark, 0.85})
		}
	}
	return edits
}
