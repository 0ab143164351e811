package ocr

import (
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A lineBreak is a line join with a letter on both sides, or a letter and a
// hyphen before it.
type lineBreak struct {
	start, end int    // bytes of the text from the first letter of head to the last of tail
	headText   string // the letters before, as printed
	tailText   string // the letters after
	head, tail string // the same in lower case
	link       string // the hyphen printed between; "" if none
	bracketed  bool   // the hyphen closes a bracket: "(neo-)"
}

// breakAt reads the line join at byte at of text, "\n". It reports false where
// no word can go over the join.
func breakAt(text string, at int) (lineBreak, bool) {
	b := lineBreak{}
	headEnd := at
	if strings.HasSuffix(text[:at], ")") {
		b.bracketed = true
		headEnd--
	}
	for _, h := range []string{"-", "‐", "¬", "\u00ad"} {
		if strings.HasSuffix(text[:headEnd], h) {
			b.link = h
			headEnd -= len(h)
			break
		}
	}
	b.start = headEnd
	for b.start > 0 {
		c, size := utf8.DecodeLastRuneInString(text[:b.start])
		if !unicode.IsLetter(c) && !(b.link != "" && unicode.IsDigit(c)) {
			break
		}
		b.start -= size
	}
	if b.start > 0 && (strings.IndexByte("'/0123456789", text[b.start-1]) >= 0 || strings.HasSuffix(text[:b.start], "’")) {
		return b, false
	}
	b.end = at + 1
	for b.end < len(text) {
		c, size := utf8.DecodeRuneInString(text[b.end:])
		if !unicode.IsLetter(c) && !(b.link != "" && unicode.IsDigit(c)) {
			break
		}
		b.end += size
	}
	b.headText, b.tailText = text[b.start:headEnd], text[at+1:b.end]
	b.head, b.tail = strings.ToLower(b.headText), strings.ToLower(b.tailText)
	return b, b.head != "" && b.tail != ""
}

// joins finds the words that a line join breaks.
func (r *Reader) joins(text string) []edit {
	var edits []edit
	for at := strings.IndexByte(text, '\n'); at >= 0; {
		if b, ok := breakAt(text, at); ok {
			if e, ok := r.join(text, b); ok {
				edits = append(edits, e)
			}
		}
		next := strings.IndexByte(text[at+1:], '\n')
		if next < 0 {
			break
		}
		at += 1 + next
	}
	return edits
}

func (r *Reader) join(text string, b lineBreak) (edit, bool) {
	if b.bracketed {
		return r.joinBracketed(text, b)
	}
	if b.link != "" {
		return r.joinHyphen(b)
	}
	if !r.english || r.clean {
		return edit{}, false
	}
	return r.joinPlain(text, b)
}

// joinHyphen reads "More-|over" as one word and "non-|aggression" as a
// compound that keeps its hyphen. A hyphen before "and" or "or" is suspended:
// "pre- and post-war".
func (r *Reader) joinHyphen(b lineBreak) (edit, bool) {
	whole := edit{start: b.start, end: b.end, reading: b.headText + b.tailText, rule: ruleSplit, confidence: 0.97}
	kept := edit{start: b.start, end: b.end, reading: b.headText + "-" + b.tailText, rule: ruleCompound, confidence: 0.95}
	first, _ := utf8.DecodeRuneInString(b.tailText)
	if (b.link == "\u00ad" || b.link == "¬") && unicode.IsLower(first) {
		return whole, true // these signs stand for nothing but a broken word
	}
	switch b.tail {
	case "and", "or", "to", "und", "et":
		return edit{}, false
	}
	if !unicode.IsLower(first) && !(len(b.head) > 1 && allUpper(b.headText+b.tailText)) || strings.ContainsFunc(b.headText, unicode.IsDigit) {
		return kept, true
	}
	joined, compound := b.head+b.tail, b.head+"-"+b.tail
	switch {
	case r.compounds[compound] > r.words[joined] || !r.hyphenates:
		return kept, true
	case r.isWord(joined) && r.weight(joined) > unknownLog+4:
		return whole, true
	case r.isWholeWord(b.head) && r.isWholeWord(b.tail):
		kept.confidence = 0.7
		return kept, true
	}
	whole.confidence = 0.8
	return whole, true
}

// isWholeWord tells whether a word in lower case stands on its own in general
// English: prefixes that make compounds count, other fragments do not.
func (r *Reader) isWholeWord(low string) bool {
	w, ok := lookup(low)
	return ok && len(low) > 2 && (w.kind == common || w.log >= 20)
}

// joinBracketed reads "(neo-)|realists" as one compound if the source prints
// that compound elsewhere, and "(Neo)|realists", which has lost its hyphen: inside
// the bracket where the source prints it so elsewhere, behind it otherwise.
func (r *Reader) joinBracketed(text string, b lineBreak) (edit, bool) {
	if b.start == 0 || text[b.start-1] != '(' || !r.hasCompound(b.head, b.tail) {
		return edit{}, false
	}
	reading := "(" + b.headText + "-)" + b.tailText
	if b.link == "" && !r.hangs[b.head] {
		reading = "(" + b.headText + ")-" + b.tailText
	}
	return edit{start: b.start - 1, end: b.end, reading: reading, rule: ruleCompound, confidence: 0.8}, true
}

// hasCompound tells whether the source prints the compound, or another number
// of it, with a hyphen.
func (r *Reader) hasCompound(head, tail string) bool {
	c := head + "-" + tail
	return r.compounds[c] > 0 || r.compounds[c+"s"] > 0 || r.compounds[strings.TrimSuffix(c, "s")] > 0
}

// joinPlain decides about two stretches of letters with nothing between them
// but the line join: "Ger|many" is one word, "military|political" a compound
// that has lost its hyphen, "no|more" two words. It compares how often we would
// expect the one word, broken just here, with the two words in a row.
func (r *Reader) joinPlain(text string, b lineBreak) (edit, bool) {
	first, _ := utf8.DecodeRuneInString(b.tailText)
	if !unicode.IsLower(first) && !allUpper(b.headText+b.tailText) {
		return edit{}, false
	}
	if b.start > 0 && text[b.start-1] == '-' && r.isWholeWord(b.tail) || r.tailGoesOn(text, b) {
		return edit{}, false
	}
	e := edit{start: b.start, end: b.end}
	joined := b.head + b.tail
	if r.isWord(joined) && len(joined) > 3 && !r.foreignPhrase(b) {
		// A word of n letters can be broken in about three places.
		broken := r.weight(joined) + math.Log2(r.splitRate/3)
		if stranded(text, b) {
			broken += 3
		}
		if margin := broken - r.pairWeight(b.head, b.tail); margin > 2 && !foreign(text, b.start, b.end) {
			e.reading, e.rule, e.confidence = b.headText+b.tailText, ruleSplit, sureness(margin)
			return e, true
		}
	}
	compound := b.head + "-" + b.tail
	if n := r.compounds[compound]; n > r.spaced[compound] && r.splitRate > 1.0/1024 && pairLog(b.head, b.tail) == 0 {
		e.reading, e.rule, e.confidence = b.headText+"-"+b.tailText, ruleCompound, 0.85
		return e, true
	}
	return edit{}, false
}

// foreignPhrase tells whether the halves are rather two words of a foreign phrase
// that a list has as one word as well: "au|fait", "tu|quoque".
func (r *Reader) foreignPhrase(b lineBreak) bool {
	w, ok := lookup(b.head + b.tail)
	_, head := lookup(b.head)
	return ok && head && w.kind >= rare && w.log == 0 && r.words[b.head+b.tail] == 0
}

// tailGoesOn tells whether more than the ending of a possessive is printed close
// behind the second half: "Charge|d'Affaires", "FILE|S5".
func (r *Reader) tailGoesOn(text string, b lineBreak) bool {
	rest := text[b.end:]
	if rest == "" || isFigure(rest[0]) {
		return rest != ""
	}
	c, size := utf8.DecodeRuneInString(rest)
	if c != '\'' && c != '’' {
		return false
	}
	next, width := utf8.DecodeRuneInString(rest[size:])
	after, _ := utf8.DecodeRuneInString(rest[size+width:])
	return unicode.IsLetter(next) && (unicode.ToLower(next) != 's' || unicode.IsLetter(after))
}

// stranded tells whether the second half, as a word, would be a preposition with
// nothing to govern: in "more|over, he said".
func stranded(text string, b lineBreak) bool {
	return slices.Contains(prepositions, b.tail) && b.end < len(text) && strings.IndexByte(",;.", text[b.end]) >= 0
}

// seldom is the weight of a pair of words that are not among the most frequent
// pairs: the least count on that list, and some way below.
const seldom = 15

// pairsPerWord is how much higher the counts of pairs lie than those of words,
// as powers of 2: "in turn" and "to turn" together count 2^4 times "turn".
const pairsPerWord = 5

// pairWeight returns the base 2 logarithm of how often we would expect two
// words in a row, in the corpus that weight speaks of: by general English and by
// how often the source prints them so, whichever is more.
func (r *Reader) pairWeight(a, b string) float64 {
	w := math.Min(englishWeight(a)+englishWeight(b)-englishLog, seldom)
	if n := pairLog(a, b); n > 0 {
		w = float64(n - pairsPerWord)
	}
	if n := r.apart[a+" "+b]; n > 0 {
		w = math.Max(w, englishLog+math.Log2(float64(n)/float64(r.total+1000)))
	}
	return w
}

// sureness turns a margin in powers of 2 into a confidence.
func sureness(margin float64) float64 {
	return math.Round(100*math.Min(0.99, 1-math.Exp2(-margin)/2)) / 100
}

func allUpper(s string) bool {
	return strings.ToUpper(s) == s && strings.ToLower(s) != s
}
