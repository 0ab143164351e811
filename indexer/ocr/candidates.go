package ocr

import "strings"

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
const maxTries = 2000

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
	case r.known[low]:
		return true
	case !general && beginsWithWord(s.printed):
		return false // "Turnbull" is made of words, whatever the machine made of it elsewhere
	case in >= 3*max(printed, 1):
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
		sure := 10.0
		if len(w) != len(s.printed) { // strokes that ran together, "Enghsh"; no name differs so by chance
			sure = 4
		}
		return cost < surest+3 && k.kind != uncommon && r.weight(low)-cost > unknownWeight(s.printed)+sure
	}
	return k.kind < name
}

// beginsWithWord tells whether a printed word up to its rn is a word: "Thorn-eycroft".
func beginsWithWord(printed string) bool {
	i := strings.Index(printed, "rn")
	if i < 0 {
		return false
	}
	k, ok := lookup(strings.ToLower(printed[:i+2]))
	return ok && k.kind == common
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
