package ocr

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A confusion is what a machine takes for what: it printed from where the page
// has to. The cost is in powers of 2: how much rarer than a right reading.
type confusion struct {
	from, to string
	cost     float64
	initial  bool // only at the start of a word
}

// The confusions of Roman type, by the shapes that touch or break: strokes that
// run together (rn and m), bowls that close or open (e and c), and the signs
// that stand for a blot. Those between letters that merely resemble each other
// cost more. Figures and capitals inside a word cost little: they tell that
// something is wrong by themselves.
var confusions = []confusion{
	{from: "rn", to: "m", cost: 6}, {from: "m", to: "rn", cost: 6},
	{from: "nn", to: "rm", cost: 7}, {from: "rm", to: "nn", cost: 8},
	{from: "in", to: "m", cost: 7}, {from: "m", to: "in", cost: 7},
	{from: "ni", to: "m", cost: 8}, {from: "m", to: "ni", cost: 8},
	{from: "ln", to: "m", cost: 8}, {from: "vv", to: "w", cost: 4},
	{from: "cl", to: "d", cost: 7}, {from: "d", to: "cl", cost: 7},
	{from: "li", to: "h", cost: 7}, {from: "h", to: "li", cost: 8}, {from: "lr", to: "h", cost: 8},
	{from: "ii", to: "n", cost: 8}, {from: "ii", to: "u", cost: 8}, {from: "n", to: "ii", cost: 9}, {from: "u", to: "ii", cost: 9},
	{from: "ri", to: "n", cost: 10}, {from: "n", to: "ri", cost: 10}, {from: "tb", to: "th", cost: 5},
	{from: "l", to: "i", cost: 7}, {from: "i", to: "l", cost: 7},
	{from: "e", to: "c", cost: 7}, {from: "c", to: "e", cost: 6},
	{from: "h", to: "b", cost: 8}, {from: "b", to: "h", cost: 7},
	{from: "u", to: "n", cost: 8}, {from: "n", to: "u", cost: 8},
	{from: "l", to: "t", cost: 8}, {from: "t", to: "l", cost: 8}, {from: "f", to: "t", cost: 8},
	{from: "U", to: "ll", cost: 4}, {from: "ii", to: "h", cost: 8},
	{from: "I", to: "l", cost: 4}, {from: "I", to: "i", cost: 4}, {from: "l", to: "I", cost: 5, initial: true},
	{from: "Mcl", to: "McI", cost: 4, initial: true},
	{from: "1", to: "l", cost: 2}, {from: "1", to: "i", cost: 2}, {from: "1", to: "I", cost: 3, initial: true},
	{from: "0", to: "o", cost: 2}, {from: "0", to: "O", cost: 2, initial: true}, {from: "5", to: "s", cost: 3}, {from: "6", to: "b", cost: 4},
	{from: "|", to: "l", cost: 2}, {from: "|", to: "i", cost: 2}, {from: "|", to: "I", cost: 3, initial: true},
	{from: "~", to: "rm", cost: 4}, {from: "~", to: "m", cost: 4}, {from: "~", to: "rn", cost: 4},
	{from: "~", to: "nn", cost: 4}, {from: "~", to: "w", cost: 4}, {from: "~", to: "in", cost: 5},
	{from: "~", to: "ni", cost: 5}, {from: "~", to: "n", cost: 5}, {from: "~", to: "r", cost: 5}, {from: "~", to: "ti", cost: 6},
}

// byFirst has the confusions by the byte that from begins with.
var byFirst = func() (index [256][]confusion) {
	for _, c := range confusions {
		index[c.from[0]] = append(index[c.from[0]], c)
	}
	return index
}()

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
		if f.reading == "" || inFormula(text, start) || looksWhole(printed) && foreign(text, start, end) {
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
	eachWord(lastWords(text[max(0, start-60):start]), count)
	eachWord(firstWords(text[end:min(len(text), end+60)]), count)
	return plain < other
}

// lastWords leaves out a word that the start of s may have cut.
func lastWords(s string) string { return s[strings.IndexByte(s, ' ')+1:] }

// firstWords leaves out a word that the end of s may have cut.
func firstWords(s string) string { return s[:strings.LastIndexByte(s, ' ')+1] }

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
		if damaged && k.kind != rare && k.kind != rareName && (k.log >= 24 || len(low) > 4 && k.log >= 16) { // a capital inside a word: "wIth"
			return fix{printed[:1] + low[1:], ruleLetters, 0.95}
		}
		return fix{}
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

// candidates is the search for words that a printed word may be a misreading of.
type candidates struct {
	reader      *Reader
	printed     string
	damaged     bool
	best        string
	score, cost float64 // of the best
	second      float64 // score of the next best
	tried       int     // search steps
}

// limits of the search: a word that shows its damage may have more of it.
func (s *candidates) limits() (steps int, cost float64) {
	switch {
	case s.damaged:
		return 3, 19
	case len(s.printed) >= 8:
		return 2, 15
	}
	return 1, 9
}

// maxTries bounds the search in words with many letters that may be confused.
const maxTries = 5000

// search tries every confusion from byte at on.
func (s *candidates) search(w string, at, steps int, cost float64) {
	maxSteps, maxCost := s.limits()
	if s.tried++; s.tried > maxTries {
		return
	}
	if steps > 0 {
		s.try(w, cost)
	}
	if steps == maxSteps {
		return
	}
	for i := at; i < len(w); i++ {
		for _, c := range byFirst[w[i]] {
			if cost+c.cost > maxCost || c.initial && i > 0 || !strings.HasPrefix(w[i:], c.from) {
				continue
			}
			s.search(w[:i]+c.to+w[i+len(c.from):], i+len(c.to), steps+1, cost+c.cost)
		}
	}
}

// try scores a candidate: a word of the source or of English that is common enough.
func (s *candidates) try(w string, cost float64) {
	low := strings.ToLower(w)
	if low == strings.ToLower(s.printed) || strings.ContainsAny(low, "0123456789|~") || !s.allowed(w, cost) {
		return
	}
	score := s.reader.weight(low) - cost
	reading := w
	if s.damaged {
		reading = w[:1] + strings.ToLower(w[1:])
	}
	switch {
	case strings.EqualFold(reading, s.best):
		if score > s.score {
			s.best, s.score, s.cost = reading, score, cost
		} else if score == s.score && s.reader.forms[reading] > s.reader.forms[s.best] {
			s.best = reading // "0ctober", not "october"
		}
	case s.best == "":
		s.best, s.score, s.cost, s.second = reading, score, cost, -100
	case score > s.score:
		s.best, s.score, s.cost, s.second = reading, score, cost, s.score
	default:
		s.second = max(s.second, score)
	}
}

// surest is the cost up to which a confusion is one of strokes that run
// together, not one of letters that look alike.
const surest = 6

// allowed tells whether a candidate has the evidence it needs.
// A capital at the start makes the printed word a name as like as not: then the
// candidate has to stand elsewhere in the source, more often than the printed
// form, or differ by the surest confusions only.
func (s *candidates) allowed(w string, cost float64) bool {
	r, low := s.reader, strings.ToLower(w)
	printed, in := r.words[strings.ToLower(s.printed)], r.words[low]
	k, general := lookup(low)
	capital := w[0] >= 'A' && w[0] <= 'Z'
	switch {
	case printed > 2 && in < 8*printed, printed == 2 && in == 0:
		return false // printed too often to be a slip
	case general && k.kind >= name && !capital && !s.damaged:
		return false // a name has a capital
	case r.known[low] || in >= 3*max(printed, 1):
		return true
	case !general:
		return in > 0 && (s.damaged || cost <= surest && strings.Contains(s.printed, "rn"))
	case capital && strings.HasSuffix(s.printed, "e") && strings.HasSuffix(low, "c"):
		return false // "Academie" is French
	case s.damaged && k.kind != rare && k.kind != rareName:
		return true
	case capital && cost <= surest:
		return k.kind == common || k.kind == name && k.log >= 18 || in > 0
	case k.kind == rare || k.kind == rareName || k.log < 18:
		return in > printed
	case capital: // a long word that differs in little from a frequent one
		return cost < surest+3 && k.kind != uncommon && r.weight(low)-cost > unknownWeight(s.printed)+10
	}
	return k.kind < name
}

// margin is how much more likely the best candidate is than a word we do not
// know: the longer a word, the less likely it is only by chance like another.
func (s *candidates) margin() float64 {
	unknown := unknownWeight(s.printed)
	if s.damaged {
		unknown = max(0, unknown-8)
	}
	return s.score - unknown
}

// unknownWeight is the weight of one given word that no list has, by its length:
// each letter more leaves it 2^3.5 times fewer places among the words there are.
func unknownWeight(printed string) float64 {
	return max(0, 33-3.5*float64(len(printed)))
}

// missingLetter finds the very common word that a long word lacks one letter
// of: "Alhough". Rarer words are left alone: an old spelling may lack a letter.
func (r *Reader) missingLetter(printed, low string) fix {
	if len(low) < 7 || r.words[low] > 1 {
		return fix{}
	}
	found := ""
	for i := 1; i < len(low); i++ {
		for c := byte('a'); c <= 'z'; c++ {
			w := low[:i] + string(c) + low[i:]
			k, ok := lookup(w)
			if !ok || w == found {
				continue
			}
			if found != "" || k.kind != common || k.log < 26 {
				return fix{} // two words, or one too rare
			}
			found = w
		}
	}
	if found == "" {
		return fix{}
	}
	return fix{printed[:1] + found[1:], ruleMissing, 0.8}
}

// lostLetter is the cost of a letter lost, as in confusion.
const lostLetter = 11

// lackedLetter returns the greatest weight of the common words that one letter
// more makes of a word.
func (r *Reader) lackedLetter(low string) float64 {
	best := 0.0
	for i := 1; i < len(low); i++ {
		for c := byte('a'); c <= 'z'; c++ {
			w := low[:i] + string(c) + low[i:]
			if k, ok := lookup(w); ok && k.kind <= uncommon {
				best = max(best, r.weight(w))
			}
		}
	}
	return best
}

// realWord decides about a word that is one, but a rare one, where the machine
// may have taken rn for m: "tum" stands where "in turn" and "turn to" are
// turns of phrase and "in tum" is none.
func (r *Reader) realWord(text, printed string, start, end int) fix {
	if strings.ToLower(printed) != printed || !strings.Contains(printed, "m") {
		return r.loneM(text, printed, start, end)
	}
	if printed == "m" {
		return r.loneM(text, printed, start, end)
	}
	k, ok := lookup(printed)
	inCompound := start > 0 && text[start-1] == '-' || end < len(text) && text[end] == '-'
	if !ok || k.log > 20 || r.known[printed] || inCompound {
		return fix{}
	}
	for i := range len(printed) {
		if printed[i] != 'm' {
			continue
		}
		w := printed[:i] + "rn" + printed[i+1:]
		if full, ok := lookup(w); !ok || full.kind != common || full.log < 25 || full.log < k.log+6 {
			continue
		}
		before, after := wordBefore(text, start), wordAfter(text, end)
		if pairLog(before, w) > pairLog(before, printed) || pairLog(w, after) > pairLog(printed, after) {
			return fix{w, ruleRealWord, 0.85}
		}
	}
	return fix{}
}

// loneM reads a single m before a name or determiner as "in": the strokes of
// "in" run together. A source that uses m as a sign of its own is left alone.
func (r *Reader) loneM(text, printed string, start, end int) fix {
	if printed != "m" || r.words["m"] > 3 || start < 2 || text[start-1] != ' ' || end+1 >= len(text) || text[end] != ' ' {
		return fix{}
	}
	before, _ := utf8.DecodeLastRuneInString(text[:start-1])
	after := wordAfter(text, end)
	next, _ := utf8.DecodeRuneInString(text[end+1:])
	if !unicode.IsLower(before) || !governed[after] && !(unicode.IsUpper(next) && len(after) > 1) {
		return fix{}
	}
	return fix{"in", ruleLetters, 0.85}
}

// wordBefore returns the word, in lower case, that a space parts from byte start.
func wordBefore(text string, start int) string {
	if start == 0 || text[start-1] != ' ' {
		return ""
	}
	i := strings.LastIndexFunc(text[:start-1], func(c rune) bool { return !unicode.IsLetter(c) })
	return strings.ToLower(text[i+1 : start-1])
}

// wordAfter returns the word, in lower case, that a space parts from byte end.
func wordAfter(text string, end int) string {
	if end >= len(text) || text[end] != ' ' {
		return ""
	}
	rest := text[end+1:]
	if i := strings.IndexFunc(rest, func(c rune) bool { return !unicode.IsLetter(c) }); i >= 0 {
		rest = rest[:i]
	}
	return strings.ToLower(rest)
}
