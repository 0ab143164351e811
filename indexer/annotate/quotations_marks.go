package annotate

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A stretch stands between quotation marks. Its Span lies inside the marks;
// open and end enclose them, [open, end).
type stretch struct {
	Span
	open, end int
	single    bool   // between single marks
	nested    bool   // inside another stretch
	more      []Span // further parts, where the narrator interrupts
	gaps      []Span // the narrator's words between the parts
	continued bool   // goes on with the quotation that the paragraph before left open
	block     bool   // a whole paragraph set off without marks
	unclosed  bool   // its closing mark is lost, or stands in a later paragraph
}

// A mark is a quotation mark, or an apostrophe that may be one.
type mark struct {
	Span
	single            bool
	canOpen, canClose bool // what the characters around it allow; both for a mark with space on either side
}

// marksOf returns the quotation marks of text in order. Two single marks side by
// side are one double mark, and a doubled double mark is one.
func marksOf(text string) []mark {
	var out []mark
	for i, r := range text {
		single, ok := isMark(r)
		if !ok {
			continue
		}
		m := mark{Span: Span{i, i + utf8.RuneLen(r)}, single: single}
		if n := len(out); n > 0 && out[n-1].End == i && out[n-1].single == single {
			prev, _ := utf8.DecodeRuneInString(text[out[n-1].Start:])
			if directed(prev) == directed(r) { // not a closing mark before an opening one
				out[n-1].End, out[n-1].single = m.End, false
				continue
			}
		}
		out = append(out, m)
	}
	for i := range out {
		out[i].look(text)
	}
	return slices.DeleteFunc(out, func(m mark) bool { return m.single && isApostrophe(text, m) })
}

// isMark tells whether r is a quotation mark, and whether a single one.
func isMark(r rune) (single, ok bool) {
	switch r {
	case '"', '“', '”', '„', '‟', '«', '»', '″':
		return false, true
	case '\'', '‘', '’', '‚', '‛', '`', '‹', '›':
		return true, true
	}
	return false, false
}

// directed says which way a curly mark turns: 1 opens, -1 closes, 0 either.
func directed(r rune) int {
	switch r {
	case '„', '‚', '«', '‹', '‘', '‛', '“', '‟', '`':
		return 1
	case '”', '’', '»', '›':
		return -1
	}
	return 0
}

// look decides from the neighbours what a mark may be.
func (m *mark) look(text string) {
	before, _ := utf8.DecodeLastRuneInString(text[:m.Start])
	after, _ := utf8.DecodeRuneInString(text[m.End:])
	spaceBefore := m.Start == 0 || unicode.IsSpace(before) || strings.ContainsRune("([{-–—/\"“'‘„«", before)
	spaceAfter := m.End == len(text) || unicode.IsSpace(after) || strings.ContainsRune(".,;:!?)]}-–—/\"”'’»", after)
	m.canOpen = spaceBefore && m.End < len(text)
	m.canClose = spaceAfter && m.Start > 0
	r, _ := utf8.DecodeRuneInString(text[m.Start:])
	switch {
	case m.canOpen && m.canClose:
		wordBefore := m.Start > 0 && !unicode.IsSpace(before)
		wordAfter := m.End < len(text) && !unicode.IsSpace(after)
		if wordBefore != wordAfter { // `-"to`, `."-`
			m.canOpen, m.canClose = wordAfter, wordBefore
		}
	case !m.canOpen && !m.canClose: // a letter on either side
		m.canOpen, m.canClose = true, true
	}
	switch {
	case r == '”' || r == '’':
		m.canOpen, m.canClose = false, true
	case r == '‘' || r == '„' || r == '‚' || r == '`':
		m.canOpen, m.canClose = true, false
	}
}

// elided are words that an apostrophe shortens at their front.
var elided = lexicon("tis twas em til till cause round neath gainst twere twill bout cept")

// isApostrophe tells whether a single mark is an apostrophe: between letters
// ("Stalin's", also with a stray space, "Stalin' s"), before a shortened word
// ('tis) or decade ('30s).
func isApostrophe(text string, m mark) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:m.Start])
	after, n := utf8.DecodeRuneInString(text[m.End:])
	if isWordRune(before) && isWordRune(after) {
		return true
	}
	rest := text[m.End:]
	if isWordRune(before) && (rest == " s" || len(rest) > 2 && rest[:2] == " s" && !isWordRune(rune(rest[2]))) {
		return true
	}
	if !isWordRune(before) && isWordRune(after) {
		end := n
		for end < len(rest) && isWordRune(rune(rest[end])) {
			end++
		}
		return elided[strings.ToLower(rest[:end])] || decade.MatchString(rest)
	}
	return false
}

var decade = regexp.MustCompile(`^[0-9]{2}(?:s\b|[^0-9])`)

func isWordRune(r rune) bool {
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r))
}

// A bounder finds the bounds of quotations in the texts of one source.
type bounder struct {
	primary bool // the source quotes with single marks, and with double marks inside those
	open    bool // the paragraph before ended inside a quotation
}

// newBounder looks at how the source quotes: British print puts single marks
// outside, American double ones.
func newBounder(texts []*Text) *bounder {
	double, single := 0, 0
	for _, t := range texts {
		if t.Reading == nil {
			continue
		}
		for _, m := range marksOf(t.Reading.Text) {
			switch {
			case !m.single:
				double++
			case m.canOpen && !m.canClose:
				single += 2
			}
		}
	}
	return &bounder{primary: single > 6 && single > 2*double}
}

// bounds returns the quoted stretches of t in order, outer before inner.
// following is the reading of the next paragraph, "" if there is none.
func (b *bounder) bounds(t *Text, following string) []stretch {
	text := t.Reading.Text
	marks := marksOf(text)
	doubles := b.doubles(t, marks, following)
	out := append(doubles, b.singles(text, marks, doubles)...)
	slices.SortFunc(out, func(x, y stretch) int {
		if x.open != y.open {
			return x.open - y.open
		}
		return y.end - x.end
	})
	out = slices.DeleteFunc(out, func(q stretch) bool { return q.Start >= q.End })
	end := 0
	for i := range out {
		out[i].nested = out[i].open < end
		end = max(end, out[i].end)
	}
	return joinInterrupted(text, out)
}

// doubles pairs the double marks. A mark whose partner the machine lost is
// paired by evidence: see lostClose and lostOpen.
func (b *bounder) doubles(t *Text, marks []mark, following string) []stretch {
	text := t.Reading.Text
	var out []stretch
	var open *mark
	depth := 0
	wasOpen := b.open && t.Kind != "footnote"
	resume := 0 // where a recovered quotation may begin
	add := func(start, openAt, end, endAt int) *stretch {
		out = append(out, stretch{Span: trimSpan(text, Span{start, end}), open: openAt, end: endAt})
		resume = endAt
		return &out[len(out)-1]
	}
	var ds []mark
	for _, m := range marks {
		if !m.single {
			ds = append(ds, m)
		}
	}
	for i, m := range ds {
		switch {
		case open == nil && m.canOpen:
			open = &ds[i]
		case open == nil:
			if start, ok := lostOpen(text, resume, m.Start, wasOpen && len(out) == 0); ok {
				add(start, start, m.Start, m.End).continued = wasOpen && len(out) == 1
			}
			resume = m.End
		case depth > 0 && m.canClose:
			depth--
		case m.canClose:
			q := add(open.End, open.Start, m.Start, m.End)
			q.continued = wasOpen && len(out) == 1 && open.Start == 0
			open = nil
		case twoCloseNext(ds, i):
			depth++
		default: // a second opening mark: the closing one before it is lost
			if end, ok := lostClose(t, open.End, m.Start); ok {
				add(open.End, open.Start, end, end).unclosed = true
			}
			open = &ds[i]
		}
	}
	if t.Kind != "footnote" {
		b.open = false
	}
	if open == nil {
		return out
	}
	goesOn := strings.HasPrefix(following, `"`) || strings.HasPrefix(following, "“") || closesFirst(following)
	end, ok := lostClose(t, open.End, len(text))
	if !ok || goesOn {
		end = len(text)
	}
	if ok || goesOn || introduces(text[:open.Start]) {
		q := add(open.End, open.Start, end, end)
		q.continued = wasOpen && len(out) == 1 && open.Start == 0
		q.unclosed = true
		b.open = b.open || goesOn && t.Kind != "footnote"
	}
	return out
}

// closesFirst tells whether the first double mark of text closes a quotation.
func closesFirst(text string) bool {
	for _, m := range marksOf(text) {
		if !m.single {
			return m.canClose && !m.canOpen
		}
	}
	return false
}

// twoCloseNext tells whether two marks that only close follow mark i: then i
// opens a quotation inside the open one.
func twoCloseNext(ds []mark, i int) bool {
	return i+2 < len(ds) && ds[i+1].canClose && !ds[i+1].canOpen && ds[i+2].canClose && !ds[i+2].canOpen
}

// lostClose finds where a quotation that opens before start and has no closing
// mark before limit ends: before the first citation in brackets, at the first
// call of a footnote after a full stop, or at the last sentence end.
func lostClose(t *Text, start, limit int) (int, bool) {
	text := t.Reading.Text
	first, _ := slices.BinarySearchFunc(t.Citations, start+1, func(c Citation, at int) int { return c.Start - at })
	for _, c := range t.Citations[first:] {
		if c.End > limit {
			break
		}
		if i := strings.LastIndexByte(text[start:c.Start], '('); i > 0 && !strings.Contains(text[start+i:c.Start], ")") {
			return start + len(strings.TrimRight(text[start:start+i], " ")), true
		}
	}
	for _, c := range callsIn(t, start+1, limit) {
		if strings.ContainsAny(text[c.At-1:c.At], `.!?`) {
			return c.At, true
		}
	}
	last := -1
	for _, m := range sentenceEnd.FindAllStringIndex(text[start:limit], -1) {
		last = start + m[0] + 1
	}
	return last, last > 0
}

// callsIn returns the calls of footnotes in bytes [start, end) of t.
func callsIn(t *Text, start, end int) []Call {
	at := func(c Call, at int) int { return c.At - at }
	lo, _ := slices.BinarySearchFunc(t.Calls, start, at)
	hi, _ := slices.BinarySearchFunc(t.Calls, max(start, end), at)
	return t.Calls[lo:hi]
}

var sentenceEnd = regexp.MustCompile(`[.!?](?:\s+[A-Z]|\s*$)`)

// lostOpen finds where a quotation that closes at end and has no opening mark
// begins: at the start of a paragraph that goes on with one, or after the last
// "said," "as follows:" before it. Nothing before from is looked at.
func lostOpen(text string, from, end int, continues bool) (int, bool) {
	if continues {
		return 0, true
	}
	best := -1
	for _, m := range introduction.FindAllStringSubmatchIndex(text[from:end], -1) {
		best = from + m[2]
	}
	return best, best >= 0
}

// introduction is a verb of speech before a comma or colon, and a capital after it.
var introduction = regexp.MustCompile(`\b(?:said|says|replied|answered|wrote|writes|stated|declared|reads?|added|asked|follows|remarked|` +
	`responded|recorded|reported|emphasized|continued)(?:\s+[a-z]+){0,2}\s*[,:]\s+(\p{Lu}|\.\.\.)`)

// introduces tells whether text ends as if a quotation came next.
func introduces(text string) bool {
	s := strings.TrimRight(text, " ")
	if strings.HasSuffix(s, ":") {
		return true
	}
	words := wordsOf(s[max(0, len(s)-80):])
	return len(words) > 0 && hasWord(words[max(0, len(words)-4):], verbsOfSpeech)
}

// singles pairs the single marks that are not apostrophes. Where double marks
// are the rule a single pair lies inside or outside of them and inside one
// sentence, and an opening mark without partner is a speck.
func (b *bounder) singles(text string, marks []mark, doubles []stretch) []stretch {
	var ms []mark
	for _, m := range marks {
		if m.single {
			ms = append(ms, m)
		}
	}
	var out []stretch
	for i := 0; i < len(ms); i++ {
		if !ms[i].canOpen || ms[i].End >= len(text) || text[ms[i].End] == ' ' {
			continue
		}
		j := b.partner(text, ms, i, doubles)
		if j < 0 {
			continue
		}
		out = append(out, stretch{Span: trimSpan(text, Span{ms[i].End, ms[j].Start}), open: ms[i].Start, end: ms[j].End, single: true})
		i = j
	}
	return out
}

// partner returns the index of the mark that closes single mark i, -1 if none
// does. The apostrophe of a plural ("the workers' party") closes only if no
// better mark follows closely.
func (b *bounder) partner(text string, ms []mark, i int, doubles []stretch) int {
	limit := b.limit(text, ms[i].Start, doubles)
	plural := -1
	for j := i + 1; j < len(ms) && ms[j].Start < limit; j++ {
		if ms[j].canOpen && !ms[j].canClose {
			break
		}
		if !ms[j].canClose || b.primary && insideDouble(ms[j].Start, doubles, ms[i].Start) {
			continue
		}
		if isPluralPossessive(text, ms[j]) {
			if plural < 0 {
				plural = j
			}
			continue
		}
		if plural >= 0 && ms[j].Start-ms[plural].Start > 60 && !b.primary {
			break
		}
		return j
	}
	return plural
}

// limit is how far a single quotation that opens at start may reach.
func (b *bounder) limit(text string, start int, doubles []stretch) int {
	limit := len(text)
	next := after(doubles, start)
	if next > 0 && start < doubles[next-1].end {
		limit = doubles[next-1].end
	}
	if next < len(doubles) && !b.primary {
		limit = min(limit, doubles[next].open)
	}
	if b.primary {
		return limit
	}
	if m := sentenceEnd.FindStringIndex(text[start:limit]); m != nil {
		limit = min(limit, start+m[0]+1)
	}
	return limit
}

// insideDouble tells whether at lies inside a double quotation that opens after start.
func insideDouble(at int, doubles []stretch, start int) bool {
	i := after(doubles, at)
	return i > 0 && doubles[i-1].open > start && doubles[i-1].Start <= at && at < doubles[i-1].End
}

// after returns the index of the first of qs, which are by open, that opens behind byte at.
func after(qs []stretch, at int) int {
	i, _ := slices.BinarySearchFunc(qs, at+1, func(q stretch, at int) int { return q.open - at })
	return i
}

// isPluralPossessive tells whether a mark may be the apostrophe of a plural: an
// s before it and a small word after.
func isPluralPossessive(text string, m mark) bool {
	if m.Start == 0 || text[m.Start-1] != 's' || m.End+1 >= len(text) || text[m.End] != ' ' {
		return false
	}
	return text[m.End+1] >= 'a' && text[m.End+1] <= 'z'
}

// trimSpan cuts white space from both ends.
func trimSpan(text string, s Span) Span {
	inside := text[s.Start:s.End]
	s.Start += len(inside) - len(strings.TrimLeftFunc(inside, unicode.IsSpace))
	s.End = max(s.Start, s.End-len(inside)+len(strings.TrimRightFunc(inside, unicode.IsSpace)))
	return s
}

// joinInterrupted makes one quotation of two that only the narrator parts:
// "...," he said, "...". The first breaks off without a full stop and what stands
// between is a short clause of a verb of speech.
func joinInterrupted(text string, qs []stretch) []stretch {
	var out []stretch
	last := -1 // the last quotation that is in no other
	for _, q := range qs {
		if !q.nested && last >= 0 && q.single == out[last].single && interrupts(text, out[last], q) {
			out[last].more = append(out[last].more, q.Span)
			out[last].gaps = append(out[last].gaps, Span{out[last].end, q.open})
			out[last].end = q.end
			continue
		}
		out = append(out, q)
		if !q.nested {
			last = len(out) - 1
		}
	}
	return out
}

// interrupts tells whether the words between two quotations are the narrator's "he said".
func interrupts(text string, a, b stretch) bool {
	if b.open < a.end || b.open-a.end > 240 {
		return false
	}
	between := strings.TrimSpace(brackets.ReplaceAllString(text[a.end:b.open], ""))
	broken := text[a.Start:a.end]
	broken = strings.TrimRight(broken, "\"'”’ ")
	words := wordsOf(between)
	first, _ := utf8.DecodeRuneInString(text[b.Start:])
	most := 10
	if strings.HasSuffix(broken, ",") && strings.HasSuffix(between, ",") && unicode.IsLower(first) {
		most = 35 // "...," he wrote to Cowley, the Ambassador in Paris, on August 24, "..."
	}
	if len(words) < 2 || len(words) > most || !strings.HasSuffix(between, ",") && !strings.HasSuffix(between, ".") && !strings.HasSuffix(between, ";") ||
		strings.ContainsAny(between[:len(between)-1], ".:;()") || !hasWord(words[:min(len(words), 5)], verbsOfSpeech) {
		return false
	}
	if words[0].key == "and" || words[0].key == "while" || words[0].key == "but" {
		return false
	}
	switch {
	case strings.HasSuffix(broken, ","), strings.HasSuffix(broken, "-"), strings.HasSuffix(broken, "—"):
		return strings.HasSuffix(between, ".") || !unicode.IsUpper(first) || !hasWord(words[:1], pronounSet) || !words[0].caps
	case strings.HasSuffix(broken, "?"), strings.HasSuffix(broken, "!"), strings.HasSuffix(broken, "..."):
		return !words[0].caps && !unicode.IsUpper(first)
	}
	return false
}

// brackets hold what the narrator's "he wrote (in 1817)," adds.
var brackets = regexp.MustCompile(`\s*\([^()]{0,40}\)`)

var pronounSet = lexicon("he she they we i")
