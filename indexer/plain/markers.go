package plain

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A style is the way in which a note is labelled or called.
type style uint8

const (
	paren    style = iota // 12) Text
	bracket               // [12] Text
	round                 // (12) Text
	dot                   // 12. Text
	bare                  // 12 Text, also raised: ¹² Text
	styles   = iota
	absorbed = bare + 1 // a caller only: 1l, the bracket read as a letter
)

// An opening is the label that a note may begin with.
type opening struct {
	token   string
	style   style
	end     int  // byte of the line where the label ends
	letters bool // nothing but letters, and no sign, make it a label
}

// readOpening reads the label at the start of a line: figures, or letters that
// the machine reads for figures, with the signs of a style; text must follow.
func readOpening(s string) (opening, bool) {
	at := 0
	if s != "" && (s[0] == '[' || s[0] == '(') {
		at = 1
	}
	end := at
	for end < len(s) && end-at < 4 && isFigure(s[end]) {
		end++
	}
	token, raised := s[at:end], false
	if at == 0 && end == 0 {
		token, end = raisedFigures(s)
		raised = token != ""
	}
	if token == "" || len(token) > 4 || end >= len(s) {
		return opening{}, false
	}
	rest := s[end:]
	hasDigit := strings.ContainsAny(token, "0123456789")
	o := opening{token: token, end: end}
	switch {
	case raised:
		o.style = bare
	case at == 1 && s[0] == '[' && rest[0] == ']':
		o.style, o.end = bracket, end+1
	case at == 1 && s[0] == '(' && rest[0] == ')' && hasDigit:
		o.style, o.end = round, end+1
	case at == 0 && rest[0] == ')':
		o.style, o.end = paren, end+1
	case at == 0 && hasDigit && strings.HasPrefix(rest, ". "):
		o.style, o.end = dot, end+1
	case at == 0 && hasDigit && (rest[0] == ' ' || startsCapital(rest)) && len(token) < 4:
		o.style = bare
	case at == 0 && len(token) < 3 && rest[0] == ' ' && startsCapital(rest[1:]):
		o.style, o.letters = bare, true // it may as well be a word
	default:
		return opening{}, false
	}
	return o, strings.TrimSpace(s[o.end:]) != ""
}

// opensNote reports whether s begins with the label of a note, in any style or sign.
func opensNote(s string) bool {
	if o, ok := readOpening(s); ok && !o.letters {
		return true
	}
	_, ok := readSign(s)
	return ok
}

const raised = "⁰¹²³⁴⁵⁶⁷⁸⁹"

// raisedFigures reads raised figures at the start of s, and where they end.
func raisedFigures(s string) (string, int) {
	var b strings.Builder
	end := 0
	for i, r := range s {
		k := strings.IndexRune(raised, r)
		if k < 0 || b.Len() == 3 {
			break
		}
		b.WriteByte(byte('0' + utf8.RuneCountInString(raised[:k])))
		end = i + utf8.RuneLen(r)
	}
	return b.String(), end
}

// misread lists for each figure the letters and signs that machines read for it.
var misread = [10]string{
	"OoQD", "lIi|!J", "Zz", "", "A", "Ss", "bG", "T", "B", "gq",
}

// isFigure reports whether c is a figure or is read for one.
func isFigure(c byte) bool {
	return c >= '0' && c <= '9' || figureOf[c] >= 0
}

// figureOf gives the figure that a letter is read for, -1 if none.
var figureOf = func() (of [256]int8) {
	for c := range of {
		of[c] = -1
	}
	for figure, letters := range misread {
		for i := range len(letters) {
			of[letters[i]] = int8(figure)
		}
	}
	return of
}()

const impossible = 100.0

// cost returns how much has to be misread for token to stand for n: nothing for
// the same figures, little for a letter that looks like the figure, more for
// another figure. Both must have the same length.
func cost(token string, n int) float64 {
	var buf [12]byte
	want := strconv.AppendInt(buf[:0], int64(n), 10)
	if len(want) != len(token) {
		return impossible
	}
	sum := 0.0
	for i := range want {
		c := token[i]
		switch {
		case c == want[i]:
		case figureOf[c] == int8(want[i]-'0'):
			sum += 0.5
		case c >= '0' && c <= '9':
			sum += 2
		default:
			sum += 2.5
		}
	}
	return sum
}

// decode returns the number that token most likely stands for; 0 if none.
func decode(token string) int {
	n := 0
	for i := range len(token) {
		c := token[i]
		switch {
		case c >= '0' && c <= '9':
			n = n*10 + int(c-'0')
		case figureOf[c] >= 0:
			n = n*10 + int(figureOf[c])
		default:
			return 0
		}
	}
	return n
}

// A call is a place in the body that may call a note.
type call struct {
	line       int // index into text.lines
	start, end int // bytes of its text
	token      string
	style      style
	doubt      float64 // how unlike a caller it stands
	note       int     // index into text.notes that it calls, -1 if none
}

// readCalls appends the places in line i, whose text is s, that may call a
// note. A caller is a number close upon a word, stop or quotation mark. Behind a
// blank it is a caller only in doubt, so is a number that opens or fills a line.
func readCalls(calls []call, i int, s string) []call {
	open := 0 // round brackets not closed: a number before their end belongs to them
	add := func(k call, ok bool) {
		if ok {
			k.line = i
			calls = append(calls, k)
		}
	}
	for at := 0; at < len(s); {
		switch c := s[at]; {
		case c == '(' || c == '[':
			k, ok := bracketed(s, at)
			if add(k, ok); ok {
				at = k.end
				continue
			}
			if c == '(' {
				open++
			}
		case c == ')':
			open = max(0, open-1)
		case c == '!' || c == '|' || !isWordByte(c):
		default:
			end := wordEnd(s, at)
			for _, from := range markersIn(s, at, end, open) {
				add(attached(s, from, end, open))
			}
			at = end
			if at < len(s) && s[at] == ')' {
				open = max(0, open-1)
				at++
			}
			continue
		}
		at++
	}
	return calls
}

// wordEnd returns the end of the letters and figures that begin at byte at.
func wordEnd(s string, at int) int {
	for k, r := range s[at:] {
		if !unicode.IsLetter(r) && !unicode.IsNumber(r) && r != '|' {
			return max(at+k, at+1)
		}
	}
	return len(s)
}

// markersIn returns where in the word s[at:end] a marker may begin: at the
// figures that end it; or where letters alone may be misread figures, at the
// word itself, at a capital that ends it, or, before a closing bracket that no
// bracket opened, at its last letter or two.
func markersIn(s string, at, end, open int) []int {
	from := end
	for from > at && end-from < 3 && isDigit(s[from-1]) {
		from--
	}
	if from < end && (from == at || !isDigit(s[from-1])) {
		if from > at && isFigure(s[from-1]) && end-from < 3 && end < len(s) && s[end] == ')' {
			return []int{from, from - 1}
		}
		return []int{from}
	}
	if k := strings.IndexAny(s[at:end], raised); k >= 0 {
		return []int{at + k}
	}
	if from < end {
		return nil
	}
	var out []int
	switch {
	case end-at <= 3 && allFigures(s[at:end]):
		out = append(out, at)
	case end-at >= 2 && s[end-1] >= 'A' && s[end-1] <= 'Z' && s[end-2] >= 'a' && s[end-2] <= 'z' && isFigure(s[end-1]):
		out = append(out, end-1)
	}
	if end < len(s) && s[end] == ')' && open == 0 {
		for k := end - 1; k > at && k >= end-2 && isFigure(s[k]); k-- {
			if !slices.Contains(out, k) {
				out = append(out, k)
			}
		}
	}
	return out
}

func allFigures(s string) bool {
	for i := range len(s) {
		if !isFigure(s[i]) {
			return false
		}
	}
	return true
}

// bracketed reads "[12]" or "(12)" at byte at.
func bracketed(s string, at int) (call, bool) {
	end := at + 1
	for end < len(s) && end-at <= 4 && isFigure(s[end]) {
		end++
	}
	if end == at+1 || end >= len(s) || s[end] != ']' && s[end] != ')' || (s[at] == '[') != (s[end] == ']') {
		return call{}, false
	}
	k := call{start: at, end: end + 1, token: s[at+1 : end], style: bracket, note: -1}
	if s[at] == '(' {
		k.style = round
		if at > 0 && s[at-1] == ' ' {
			k.doubt = 0.5
		}
	}
	return k, true
}

// attached reads a caller in style paren, bare or absorbed at s[at:end], where
// open round brackets are not closed yet.
func attached(s string, at, end, open int) (call, bool) {
	if token, n := raisedFigures(s[at:]); token != "" {
		return call{start: at, end: at + n, token: token, style: bare, note: -1}, true
	}
	k := call{start: at, end: end, token: s[at:end], style: bare, note: -1}
	before := lastRune(s[:at])
	if before == '^' && onlyDigits(k.token) { // raised, in print that knows no raised figures
		k.start--
		if k.end < len(s) && s[k.end] == '^' {
			k.end++
		}
		k.doubt = doubtBefore(s, k.start, lastRune(s[:k.start]))
		return k, k.doubt < 3
	}
	closes := end < len(s) && s[end] == ')'
	switch {
	case closes && open == 0 && before != ' ' && before != 0:
		k.style, k.end = paren, end+1
		if !onlyDigits(k.token) && unicode.IsLetter(before) {
			k.doubt = 0.3
		}
	case !onlyDigits(k.token):
		if k.doubt = doubtLetters(s, at, k.token, before); k.doubt >= 3 {
			return call{}, false
		}
		k.style = absorbed
	}
	if k.end < len(s) && (s[k.end] == '%' || s[k.end] == '/') {
		return call{}, false
	}
	k.doubt += doubtBefore(s, at, before) + doubtBehind(s, k.end)
	return k, k.doubt < 3
}

// doubtLetters returns how unlike a caller letters at byte at are that may be
// misread figures. They stand close upon a stop, and are no initial behind
// another; upon a word only a capital does, where its last letters are small.
func doubtLetters(s string, at int, token string, before rune) float64 {
	capital := token[0] >= 'A' && token[0] <= 'Z'
	switch {
	case unicode.IsLower(before) && len(token) == 1 && capital:
		return 0.9
	case before == 0 || !strings.ContainsRune(`.?!"”,;:'’)`, before):
		return 3
	case len(token) >= 2:
		return 0.5
	case before == '.' && at >= 2 && s[at-2] >= 'A' && s[at-2] <= 'Z':
		return 3
	}
	return 0.9
}

// doubtBefore returns how unlike a caller a number at byte at is, from what stands before it.
func doubtBefore(s string, at int, before rune) float64 {
	switch {
	case before == 0:
		return 1 // it opens the line
	case before == ' ':
		if endsSentence(strings.TrimRight(s[:at], " ")) {
			return 1
		}
		return 1.5
	case unicode.IsLetter(before):
		return 0
	case strings.ContainsRune(`.,:`, before) && at >= 2 && isDigit(s[at-2]):
		return 0.8 // it may be a decimal, but also a year and a stop
	case strings.ContainsRune(`.?!"”’'*_,;:)]`, before):
		return 0
	case before == '—' || before == '…':
		return 0.3
	}
	return 3
}

// doubtBehind returns how unlike a caller a number is that ends at byte end.
func doubtBehind(s string, end int) float64 {
	if end < len(s) && (s[end] == '.' || s[end] == ',' || s[end] == '-' || s[end] == ':') {
		if end+1 < len(s) && isDigit(s[end+1]) {
			return 2
		}
		return 0.2
	}
	return 0
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// onlyDigits reports whether token is figures only.
func onlyDigits(token string) bool {
	for i := range len(token) {
		if !isDigit(token[i]) {
			return false
		}
	}
	return true
}

func isWordByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || isDigit(c) || c >= utf8.RuneSelf
}

// lastRune returns the last rune of s, 0 if it is empty.
func lastRune(s string) rune {
	if s == "" {
		return 0
	}
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}
