package plain

import (
	"strings"
	"unicode"
)

// A heading is a block of lines that heads a section.
type heading struct {
	first, end int    // indexes into text.lines
	numeral    string // printed number of the section, "" if it has none
	value      int    // of numeral
	roman      bool
	word       string // printed word that labels it: "Appendix", "Conclusion"
	title      string // of a heading without number or word
	label      string // label of its section, as solved; "" if it begins none
}

// headingWords head a section that has no number.
var headingWords = map[string]bool{
	"abstract": true, "acknowledgement": true, "acknowledgements": true, "acknowledgment": true, "acknowledgments": true,
	"afterword": true, "appendix": true, "appendices": true, "bibliography": true, "conclusion": true, "conclusions": true,
	"endnotes": true, "epilogue": true, "footnotes": true, "foreword": true, "index": true, "introduction": true,
	"notes": true, "postscript": true, "preface": true, "prologue": true, "references": true, "summary": true,
	"works cited": true,
}

// findHeadings marks the headings among the body lines and solves the labels of
// their sections.
func (t *text) findHeadings() {
	var found []heading
	lines := t.bodyLines()
	for k := 0; k < len(lines); k++ {
		h, n, ok := t.readHeading(lines, k)
		if !ok {
			continue
		}
		found = append(found, h)
		k += n - 1
	}
	for i := range t.lines {
		t.lines[i].heading = 0
	}
	// A title with nothing behind it heads nothing: it is the author's signature.
	end := len(lines)
	for n := len(found); n > 1 && found[n-1].title != "" && found[n-1].end == lines[end-1]; n-- {
		for end > 0 && lines[end-1] >= found[n-1].first {
			end--
		}
		found = found[:n-1]
	}
	t.headings = solveLabels(t.withoutBylines(found, lines))
	for k, h := range t.headings {
		for i := h.first; i <= h.end; i++ {
			if t.lines[i].role == body {
				t.lines[i].heading = k + 1
			}
		}
	}
}

// bodyLines returns the indexes of the lines that are body.
func (t *text) bodyLines() []int {
	var out []int
	for i := range t.lines {
		if t.lines[i].role == body {
			out = append(out, i)
		}
	}
	return out
}

// readHeading reads a heading that begins at lines[k] and returns of how many
// lines it is. A heading stands apart: the text before it ends a sentence, a
// blank line or page break stands before it, and the text behind it begins one.
func (t *text) readHeading(lines []int, k int) (heading, int, bool) {
	l := &t.lines[lines[k]]
	if k > 0 && l.gap == 0 && !t.layout.dense && l.page == t.lines[lines[k-1]].page {
		return heading{}, 0, false
	}
	if len(l.Text) > 160 {
		return heading{}, 0, false
	}
	n := t.headingLines(lines, k)
	text := make([]string, n)
	for i := range text {
		text[i] = t.lines[lines[k+i]].Text
	}
	h, sure, ok := parseHeading(strings.Join(text, " "))
	if k > 0 && h.title != "" && !sure && !strings.Contains(h.title, " ") && h.title != strings.ToUpper(h.title) {
		return heading{}, 0, false // a word alone is a title only above all
	}
	if !ok || !sure && (!t.apart(lines, k, n) || h.title != "" && !t.centred(lines, k, n) && !t.aboveAll(lines, k, n)) {
		return heading{}, 0, false
	}
	if k > 0 && !sure && t.lines[lines[k-1]].heading == 0 && !endsSentence(t.lines[lines[k-1]].Text) && t.lines[lines[k-1]].width*10 > t.layout.measure*7 {
		return heading{}, 0, false
	}
	h.first, h.end = lines[k], lines[k+n-1]
	for i := range n {
		t.lines[lines[k+i]].heading = -1 // if its number can be solved
	}
	return h, n, true
}

// headingLines returns how many lines the heading at lines[k] would have: those
// set close below it. Where body may be set as close, only a short second line
// that runs on from the first is taken.
func (t *text) headingLines(lines []int, k int) int {
	n := 1
	if t.layout.dense {
		if k+2 < len(lines) {
			second, third := &t.lines[lines[k+1]], &t.lines[lines[k+2]]
			if startsSmall(second.Text) && second.width < t.layout.measure*6/10 && !endsSentence(second.Text) && startsCapital(third.Text) {
				n++
			}
		}
		return n
	}
	for k+n < len(lines) && n < 5 {
		next := &t.lines[lines[k+n]]
		if next.gap > 0 || next.page != t.lines[lines[k]].page || lines[k+n] != lines[k+n-1]+1 {
			break
		}
		n++
	}
	return n
}

// apart reports whether a blank line stands behind lines [k, k+n), and then the
// beginning of a sentence; or, at the end of the body, the notes.
func (t *text) apart(lines []int, k, n int) bool {
	if k+n >= len(lines) {
		return lines[k+n-1]+1 < len(t.lines)
	}
	next := &t.lines[lines[k+n]]
	if next.gap == 0 && !t.layout.dense && next.page == t.lines[lines[k]].page {
		return false
	}
	return !startsSmall(next.Text)
}

// aboveAll reports whether lines [k, k+n) begin the source and the heading of
// its first section follows: then they are the title, however long.
func (t *text) aboveAll(lines []int, k, n int) bool {
	if k > 0 || n > 3 || n >= len(lines) {
		return false
	}
	h, _, ok := parseHeading(t.lines[lines[n]].Text)
	return ok && (h.value == 1 || h.word != "")
}

// centred reports whether the lines [k, k+n) are short enough for a title, and,
// in double spaced print, where each line stands alone, very short. Of lines in
// capitals any width will do: body is not set so.
func (t *text) centred(lines []int, k, n int) bool {
	if t.layout.dense || k > 0 && !endsSentence(t.lines[lines[k-1]].Text) && t.lines[lines[k-1]].heading == 0 {
		return false
	}
	limit := t.layout.measure
	if t.pages[t.lines[lines[k]].page].spaced {
		limit = limit * 6 / 10
	}
	capitals := true
	for i := range n {
		l := &t.lines[lines[k+i]]
		inCapitals := l.Text == strings.ToUpper(l.Text)
		if !inCapitals && l.width > limit {
			return false
		}
		capitals = capitals && inCapitals
	}
	return n <= 3 && (capitals || t.lines[lines[k+n-1]].width*10 < t.layout.measure*9)
}

// parseHeading reads the text of a heading. sure says that its form alone tells
// it. The forms, the stars of a note or of Markdown aside:
//
//	II. Title of a Section      roman or arabic number, stop, title
//	Chapter II  Part 3          the word, number, title if any
//	Appendix: Title             a heading word, title if any
//	# Title                     Markdown
//	TITLE IN CAPITALS           capitals only
//	Title of a Section          each longer word a capital, no stop
func parseHeading(s string) (h heading, sure, ok bool) {
	if rest := strings.TrimLeft(s, "#"); rest != s && strings.HasPrefix(rest, " ") {
		h, _, ok := parseHeading(strings.TrimSpace(rest))
		if !ok {
			h = heading{title: strings.TrimSpace(rest)}
		}
		return h, true, true
	}
	s = strings.Trim(s, "*_ †")
	if s == "" {
		return h, false, false
	}
	if h, ok := wordHeading(s); ok {
		return h, false, true
	}
	if h, ok := numberHeading(s); ok {
		return h, false, true
	}
	if len(strings.Fields(s)) > 16 || !unicode.IsUpper(firstRune(s)) && !startsCapital(s) || !isTitle(strings.TrimRight(s, ".:")) {
		return h, false, false
	}
	capitals := s == strings.ToUpper(s) && len(letters(s)) >= 4
	if capitals || isTitle(s) {
		return heading{title: strings.TrimRight(s, ".:")}, false, true
	}
	return h, false, false
}

// wordHeading reads "Appendix: Title", "Chapter II", "Notes".
func wordHeading(s string) (heading, bool) {
	words := strings.Fields(s)
	first := strings.ToLower(strings.TrimRight(words[0], ".:"))
	if first == "chapter" || first == "part" || first == "section" || first == "book" {
		if len(words) > 1 && len(words) < 14 && !strings.HasSuffix(s, ",") {
			numeral := strings.Trim(words[1], ".:,")
			if _, ok := parseLabel(numeral); ok {
				return heading{word: words[0] + " " + numeral}, true
			}
		}
		return heading{}, false
	}
	if strings.HasSuffix(strings.ToLower(s), "works cited") && len(words) == 2 {
		return heading{word: s}, true
	}
	if !headingWords[first] || !unicode.IsUpper(firstRune(s)) || len(words) > 20 {
		return heading{}, false
	}
	label := strings.TrimRight(words[0], ".:")
	if len(words) == 1 {
		return heading{word: label}, true
	}
	if len(words) > 1 && len(strings.TrimRight(words[1], ".:")) == 1 && first == "appendix" { // Appendix A
		return heading{word: label + " " + strings.TrimRight(words[1], ".:")}, true
	}
	if strings.HasSuffix(words[0], ":") || strings.HasSuffix(words[0], ".") {
		return heading{word: label}, true
	}
	return heading{}, false
}

// numberHeading reads "II. Title" and "2. Title", also with the numeral alone.
// Machines read the strokes of roman numerals as l, 1 or |.
func numberHeading(s string) (heading, bool) {
	end := strings.IndexAny(s, ". ")
	if end < 0 {
		end = len(s)
	}
	numeral := s[:end]
	if end == 0 || end > 7 {
		return heading{}, false
	}
	rest := strings.TrimLeft(s[end:], ". ")
	stop := strings.HasPrefix(s[end:], ".")
	if rest != "" && !isTitleLine(rest) || !stop && rest != "" && len(numeral) < 2 && numeral != "I" {
		return heading{}, false
	}
	mended := strings.NewReplacer("l", "I", "1", "I", "|", "I").Replace(numeral)
	if n := parseRoman(strings.ToLower(mended)); n > 0 && mended == strings.ToUpper(mended) && n < 60 &&
		!onlyDigits(numeral) {
		return heading{numeral: numeral, value: n, roman: true}, true
	}
	if n := decode(numeral); onlyDigits(numeral) && n > 0 && n < 60 && stop && rest != "" {
		return heading{numeral: numeral, value: n}, true
	}
	return heading{}, false
}

// isTitleLine reports whether s reads as the title behind a section's number: it
// begins with a capital, is no more than 24 words and does not end as a
// sentence of several words does.
func isTitleLine(s string) bool {
	words := strings.Fields(s)
	if !startsCapital(s) || len(words) > 24 || strings.HasSuffix(s, ",") || strings.HasSuffix(s, ";") {
		return false
	}
	return !(endsWithStop(s) && len(words) > 8)
}

// solveLabels solves the numbers of sections as a sequence: a numeral that is
// misread by a stroke or two between its neighbours is what the sequence wants.
// A numeral that no sequence explains heads nothing. Headings without number
// or word begin a section only in a source without numbered ones, and not
// before all others: there they are the title.
func solveLabels(found []heading) []heading {
	numbered := map[bool]int{} // by roman
	for _, h := range found {
		if h.numeral != "" {
			numbered[h.roman]++
		}
	}
	last := map[bool]int{}
	out := found[:0]
	for i, h := range found {
		switch {
		case h.numeral != "":
			n, ok := solveNumber(found, i, last[h.roman])
			if !ok || numbered[h.roman] < 2 && n != 1 {
				continue
			}
			last[h.roman] = n
			h.label = label{n: n, roman: h.roman, upper: h.roman}.String()
		case h.word != "":
			h.label = h.word
		case numbered[true]+numbered[false] < 2 && i > 0:
			h.label = h.title
		}
		out = append(out, h)
	}
	return out
}

// solveNumber returns the number of found[i], when last is the one before it.
func solveNumber(found []heading, i, last int) (int, bool) {
	h := found[i]
	want := last + 1
	switch {
	case h.value == want:
		return want, true
	case h.value == 1:
		return 1, true // a new part begins
	case last == 0:
		return h.value, h.roman
	}
	next := 0
	for _, g := range found[i+1:] {
		if g.numeral != "" && g.roman == h.roman {
			next = g.value
			break
		}
	}
	near := !h.roman || strokes(h.value, want) <= 2
	if near && (h.value <= last || next == want+1 || next == h.value) {
		return want, true
	}
	return h.value, h.value > last && h.value <= last+3
}

// strokes returns by how many letters the roman numerals of a and b differ.
func strokes(a, b int) int {
	x, y := roman(a), roman(b)
	for x != "" && y != "" && x[0] == y[0] {
		x, y = x[1:], y[1:]
	}
	return max(len(x), len(y))
}
