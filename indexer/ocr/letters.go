package ocr

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A fix is what the letters of a printed word read; "" if it stands.
type fix struct {
	reading    string
	rule       string
	confidence float64
}

// letters finds words with letters taken for others.
func (r *Reader) letters(text string) []edit {
	var edits []edit
	for at := 0; at < len(text); {
		start, end := nextToken(text, at)
		if start < 0 {
			break
		}
		at = end
		printed := bareWord(text[start:end])
		f := r.fixOf(printed)
		if f.reading == "" {
			f = r.realWord(text, printed, start, start+len(printed))
		}
		if r.careful && f.confidence < surely || f.reading == "" || inFormula(text, start) || looksWhole(printed) && foreign(text, start, end) {
			continue
		}
		e := edit{start, start + len(printed), f.reading, f.rule, f.confidence}
		if e.start > 0 && text[e.start-1] == '\'' && f.rule == ruleLetters && strayQuote(text, e.start-1) {
			e.start-- // a speck before a damaged word
		}
		edits = append(edits, e)
	}
	return edits
}

// nextToken returns the next stretch of letters, figures and blots, from at on;
// -1 if there is none.
func nextToken(text string, at int) (start, end int) {
	start = -1
	for i := at; i < len(text); {
		c, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case unicode.IsLetter(c) || unicode.IsDigit(c):
			if start < 0 {
				start = i
			}
			end = i + size
		case start >= 0 && (c == '~' || c == '|' || c == '\'' || c == '’'):
			next, _ := utf8.DecodeRuneInString(text[i+size:])
			if !unicode.IsLetter(next) {
				return start, end
			}
		case start >= 0:
			return start, end
		}
		i += size
	}
	return start, end
}

// inFormula tells whether a word is a command of a formula: "\cdot".
func inFormula(text string, start int) bool { return start > 0 && text[start-1] == '\\' }

// looksWhole tells whether a printed word shows no damage by itself.
func looksWhole(printed string) bool {
	damaged, _ := shape(printed)
	return !damaged
}

// foreign tells whether the words around text[start:end] are not those of an
// English sentence: a title in Latin, a list of names. Letters of a word that
// is on no list tell nothing there.
func foreign(text string, start, end int) bool {
	plain, other := 0, 0
	count := func(w string, _, _ int) {
		if k, ok := lookup(strings.ToLower(bareWord(w))); ok && k.kind == common && k.log >= 20 {
			plain++
		} else if w[0] < '0' || w[0] > '9' {
			other++
		}
	}
	before, after := text[max(0, start-60):start], text[end:min(len(text), end+60)]
	if len(before) == 60 {
		before = before[strings.IndexByte(before, ' ')+1:] // without a word cut in two
	}
	if len(after) == 60 {
		after = after[:strings.LastIndexByte(after, ' ')+1]
	}
	eachWord(before, count)
	eachWord(after, count)
	return plain < other
}

// strayQuote tells whether a quotation mark before a word closes nowhere near.
func strayQuote(text string, at int) bool {
	if at > 0 && text[at-1] != ' ' {
		return false
	}
	rest := text[at+1 : min(at+300, len(text))]
	for i := 0; i < len(rest); i++ {
		if rest[i] != '\'' {
			continue
		}
		if next, _ := utf8.DecodeRuneInString(rest[i+1:]); !unicode.IsLetter(next) {
			return false
		}
	}
	return true
}

// fixOf returns what a printed word reads, from memory if it was met before.
func (r *Reader) fixOf(printed string) fix {
	f, ok := r.fixes[printed]
	if !ok {
		f = r.findFix(printed)
		r.fixes[printed] = f
	}
	return f
}

func (r *Reader) findFix(printed string) fix {
	low := strings.ToLower(printed)
	damaged, ok := shape(printed)
	if !ok || r.known[low] {
		return fix{}
	}
	if k, found := lookup(low); found && !strings.ContainsAny(printed, "01568|~") {
		frequent := k.kind != rare && k.kind != rareName && (k.log >= 24 || len(low) > 4 && k.log >= 16)
		if damaged && frequent { // a capital inside a word: "wIth"
			return fix{printed[:1] + low[1:], ruleLetters, 0.95}
		}
		if damaged || k.log > 0 || low != printed {
			return fix{}
		}
		return r.unheardOf(printed)
	}
	s := candidates{reader: r, printed: printed, damaged: damaged}
	s.search(printed, 0, 0, 0)
	if s.best == "" {
		return r.missingLetter(printed, low)
	}
	margin, needed := s.margin(), 3.0
	if !damaged && s.cost > surest && (len(printed) < 6 || r.words[strings.ToLower(s.best)] == 0) {
		needed = 5
	}
	if !damaged && s.cost > surest { // a letter lost may explain it as well
		s.second = max(s.second, r.lackedLetter(low)-lostLetter)
	}
	if margin < needed || s.score-s.second < 4 {
		return fix{}
	}
	return fix{s.best, ruleLetters, sureness(margin / 2)}
}

// unheardOf decides about a word of the lists that nobody uses, as "frorn": one
// stands there by accident if strokes that run together make it a very common one.
func (r *Reader) unheardOf(printed string) fix {
	s := candidates{reader: r, printed: printed}
	s.search(printed, 0, 0, 0)
	k, ok := lookup(strings.ToLower(s.best))
	if !ok || !veryCommon(k) || s.cost > surest || s.margin() < 5 || s.score-s.second < 4 {
		return fix{}
	}
	return fix{s.best, ruleLetters, sureness(s.margin() / 2)}
}

// maxWord is the length in bytes up to which a word is looked at.
const maxWord = 30

// ordinal is a number with its ending, or an hour, figures perhaps taken for letters: see numbers.
var ordinal = regexp.MustCompile(`^[\dlIO]{1,3}(?:st|nd|rd|th|am|pm)$`)

// shape tells whether letters can be repaired in a printed word at all, and
// whether it shows by itself that it is damaged: a figure, a blot or a capital
// inside. Short words, words in capitals, Roman numerals, ordinals, names like
// McDonald and words with letters outside English are left alone.
func shape(w string) (damaged, ok bool) {
	if len(w) < 3 || len(w) > maxWord {
		return false, false
	}
	small, digits, blots, capitals := 0, 0, 0, 0
	for i := 0; i < len(w); i++ {
		switch c := w[i]; {
		case c >= utf8.RuneSelf || c == '\'':
			return false, false
		case c >= '0' && c <= '9':
			digits++
		case c == '|' || c == '~':
			blots++
		case c >= 'a' && c <= 'z':
			small++
		case i > 0:
			capitals++
		}
	}
	camel := capitals > 0 && w[0] >= 'A' && w[0] <= 'Z' && (strings.HasPrefix(w, "Mc") || strings.HasPrefix(w, "Mac") ||
		strings.ContainsFunc(w[1:], func(c rune) bool { return unicode.IsUpper(c) && c != 'O' && c != 'I' }))
	if small < 2 || camel || capitals > 2 || digits > 1 || strings.Trim(strings.ToLower(w), "ivxlcdm") == "" {
		return false, false
	}
	if ordinal.MatchString(w) {
		return false, false
	}
	if digits > 0 && (len(w) < 4 || w[0] >= '2' && w[0] <= '9' || w[len(w)-1] >= '2' && w[len(w)-1] <= '9') {
		return false, false
	}
	for _, c := range w[1:] { // "opmlOns", "wIth": only capitals of the same shape as the small letter, or I for l
		if capitals > 0 && unicode.IsUpper(c) && !strings.ContainsRune("CIKOPSUVWXZ", c) {
			return false, false
		}
	}
	return digits+blots+capitals > 0, true
}
