package plain

import (
	"math"
	"sort"
	"strings"
)

// usualBreaks is the share of divided words (see divided) where there are too few
// lines to measure it: setters of books divide most words that they can.
const usualBreaks = 0.8

// fill measures how full the body sets its lines, off those that are surely
// inside a paragraph: the sentence runs on from them. Notes are set smaller,
// so more fits on their lines; they have no part in it.
func (d *divider) fill(lines []int) {
	t := d.t
	var widths []int
	var words []string // that begin the lines behind
	for k := 1; k < len(lines); k++ {
		a, b := &t.lines[lines[k-1]], &t.lines[lines[k]]
		if a.heading == 0 && b.heading == 0 && startsSmall(b.Text) && !endsSentence(a.Text) {
			widths = append(widths, a.width)
			words = append(words, firstWord(b.Text))
		}
	}
	d.measure, d.inner, d.breaks = t.layout.measure, t.layout.inner, usualBreaks
	if len(widths) < 40 {
		return
	}
	sorted := append([]int(nil), widths...)
	sort.Ints(sorted)
	d.measure = sorted[len(sorted)*19/20]
	d.inner = spreadOf(sorted[len(sorted)/20:])
	d.breaks = divided(widths, words, float64(d.measure))
}

// divided returns the share of longer words that the setter divided where part
// of them fitted. Were no word divided, the room left on a line would be any
// length up to that of the next word; the rooms longer than a part, a twelfth of
// the measure, tell how many were not.
func divided(widths []int, words []string, measure float64) float64 {
	left, expected := 0.0, 0.0
	for i, w := range widths {
		word := float64(width(words[i]) + int(times[0]))
		if word <= measure/12 {
			continue
		}
		expected += 1 - measure/12/word
		if room := measure - float64(w); room > measure/12 && room <= word {
			left++
		}
	}
	if expected < 5 {
		return usualBreaks
	}
	return min(max(1-left/expected, 0), 0.98)
}

// firstWord returns the first word of s.
func firstWord(s string) string {
	word, _, _ := strings.Cut(s, " ")
	return word
}

// breakEven is the log likelihood ratio above which a paragraph ends: minus the
// log of how many more paragraphs end than other sentences end with a line. Of the
// sentences inside a paragraph about one in twelve, the words of a line, ends with
// one by chance; with six sentences to a paragraph that is two or so to one.
const breakEven = -0.9

// likelihood returns the log of how much more likely lines a and b are if a
// paragraph ends between them than if it goes on.
func (d *divider) likelihood(a, b *line, length int) float64 {
	if !startsCapital(b.Text) || strings.HasPrefix(b.Text, "(") {
		return math.Inf(-1)
	}
	if !endsSentence(a.Text) {
		// The end of a sentence may be misread, but then the line must be very short.
		if float64(a.width) < float64(d.measure)*0.4 && !strings.ContainsAny(a.Text[len(a.Text)-1:], ",;:-") && d.open == 0 {
			return 1
		}
		return math.Inf(-1)
	}
	return d.lastLine(a, b) + d.firstLine(b) + d.sense(b, length)
}

// lastLine judges whether a ends a paragraph by its width. Inside a paragraph a
// line is filled until the next word does not fit, or the part of it that a hyphen
// divides off, about a twelfth of the measure. At the end of a paragraph any width
// is as likely as another.
func (d *divider) lastLine(a, b *line) float64 {
	full := float64(d.measure)
	word := float64(width(firstWord(b.Text)) + int(times[0]))
	part := min(word, full/12)
	// The density of the width inside a paragraph, in measures: the room left is
	// any up to the word, or up to the part.
	inside := (1-d.breaks)*d.over(float64(a.width)+word)*full/word + d.breaks*d.over(float64(a.width)+part)*full/part
	least := 0.2 // lines are left short inside paragraphs too, once in fifty ends of sentences
	if float64(a.width) < 0.8*full {
		least = 0.005
	}
	return -math.Log(max(inside, least))
}

// over returns how likely a line of that natural width is not to fit: type can
// be set closer or wider, by a sixtieth of the measure.
func (d *divider) over(width float64) float64 {
	full := float64(d.measure)
	return normal((width - full) / (full / 60))
}

// firstLine judges whether b begins a paragraph by its width: first lines are set in.
func (d *divider) firstLine(b *line) float64 {
	if d.opening.mean == 0 || float64(b.width) < d.inner.mean-4*d.inner.dev {
		return 0
	}
	return logDensity(float64(b.width), d.opening) - logDensity(float64(b.width), d.inner)
}

// leaning says how much the words that begin a sentence that leans on the one
// before speak against a new paragraph: most a pronoun or connective, less a
// demonstrative, which may sum up the paragraph before ("These views..."). Words
// that turn to the next point speak for one.
var leaning = map[string]float64{
	"he": 1.5, "she": 1.5, "it": 1.5, "they": 1.5, "his": 1.5, "her": 1.5, "its": 1.5, "their": 1.5, "that": 1.5,
	"this": 0.75, "these": 0.75, "those": 0.75, "such": 0.75,
	"thus": 1.5, "hence": 1.5, "therefore": 1.5, "also": 1.5, "but": 1.5, "and": 1.5, "or": 1.5, "so": 1.5, "then": 1.5,
	"indeed": 1.5, "accordingly": 1.5, "consequently": 1.5, "otherwise": 1.5, "yet": 1.5, "nor": 1.5,
	"finally": -1, "furthermore": -1, "moreover": -1, "overall": -1, "meanwhile": -1, "nevertheless": -1, "lastly": -1,
}

// sense judges whether b begins a paragraph by what it says and where it stands:
// not inside a quotation, not behind a line or two, rarely with a word that
// leans on the sentence before, more often with one that turns to the next point,
// or behind a sentence in which the author tells what he is going to do.
func (d *divider) sense(b *line, length int) float64 {
	s := 0.0
	if d.open > 0 {
		s -= 2
	}
	if length <= 2 {
		s--
	}
	if announces(d.said) {
		s++
	}
	word := strings.ToLower(firstWord(strings.TrimLeft(b.Text, closers+"“‘")))
	return s - leaning[strings.TrimRight(word, ",;:")]
}

// announces reports whether the last sentence of said tells what its author
// does next: "I will trace below", "We shall now turn to", "Let us begin with".
func announces(said string) bool {
	said = strings.TrimRight(said, closers+".")
	if i := strings.LastIndexAny(said, ".?!"); i >= 0 {
		said = said[i+1:]
	}
	words := strings.Fields(said)
	for i := 0; i+1 < len(words); i++ {
		switch two := words[i] + " " + words[i+1]; two {
		case "I will", "I shall", "we will", "we shall", "We will", "We shall", "Let us", "let us", "I would", "we turn", "I turn", "We turn":
			return true
		}
	}
	return false
}

// normal is the normal distribution function.
func normal(z float64) float64 { return 0.5 * math.Erfc(-z/math.Sqrt2) }

// logDensity is the log of the normal density of s at x, but for a constant.
func logDensity(x float64, s spread) float64 {
	z := (x - s.mean) / s.dev
	return -z*z/2 - math.Log(s.dev)
}
