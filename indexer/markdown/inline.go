package markdown

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A marker is a place in the text of a line that may call a footnote.
type marker struct {
	start, end int    // bytes of the text
	label      string // "12", or "^12" for one that is surely a marker
}

// inline takes the markup out of a line: emphasis, links, code, escapes and
// tags. It returns the text and the markers that may call notes.
func inline(s string) (string, []marker) {
	s = comment.ReplaceAllString(tag.ReplaceAllString(s, " "), " ")
	p := &inliner{in: s, closing: lastClosing(s)}
	for p.at < len(s) {
		p.step()
	}
	return p.finish()
}

var (
	comment = regexp.MustCompile(`<!--.*?-->`)
	tag     = regexp.MustCompile(`</?[a-zA-Z][a-zA-Z0-9]*(\s+[a-zA-Z-]+(\s*=\s*("[^"]*"|'[^']*'))?)*\s*/?>`)
	// A marker in brackets, perhaps linked to its note: [12], [2](#f2), [^a].
	bracketed = regexp.MustCompile(`^\[(\^?)([0-9]{1,4}|[^\]\s\[]{1,32})\](\(#[^()\s]*\))?`)
	link      = regexp.MustCompile(`^!?\[([^\[\]]*)\]\([^()\s]*(\s+"[^"]*")?\)`)
	autolink  = regexp.MustCompile(`^<((https?|ftp|mailto):[^<>\s]*)>`)
	// A marker at the end of a title.
	endMarker = regexp.MustCompile(`\s*\[\^?\d{1,4}\]$`)
)

// lastClosing returns the byte of the last asterisk that may close emphasis: one
// behind a character that is no white space. It returns -1 if there is none.
func lastClosing(s string) int {
	for i := len(s) - 1; i > 0; i-- {
		if s[i] == '*' && s[i-1] != ' ' && s[i-1] != '\t' && s[i-1] != '*' {
			return i
		}
	}
	return -1
}

// An inliner reads one line.
type inliner struct {
	in      string
	at      int
	out     []byte
	markers []marker
	starred bool // between two single asterisks
	closing int  // byte of the last asterisk that may close emphasis, -1 if none
}

func (p *inliner) step() {
	rest := p.in[p.at:]
	switch rest[0] {
	case '\\':
		if len(rest) > 1 && strings.IndexByte("\\`*_{}[]()#+-.!<>|~\"'&", rest[1]) >= 0 {
			p.put(rest[1:2], 2)
			return
		}
		if len(rest) == 1 { // a hard line break
			p.at++
			return
		}
	case '[':
		if m := bracketed.FindStringSubmatch(rest); m != nil && (m[1] != "" || m[3] != "" || digits(m[2]) == len(m[2]) && !strings.HasPrefix(rest[len(m[0]):], "(")) {
			kept := "[" + m[1] + m[2] + "]"
			p.markers = append(p.markers, marker{start: len(p.out), end: len(p.out) + len(kept), label: m[1] + m[2]})
			p.put(kept, len(m[0]))
			return
		}
		if p.link(rest) {
			return
		}
	case '!':
		if p.link(rest) {
			return
		}
	case '<':
		if m := autolink.FindStringSubmatch(rest); m != nil {
			p.put(m[1], len(m[0]))
			return
		}
	case '`':
		p.at++
		return
	case '_', '*':
		if p.emphasis(rest) {
			return
		}
	}
	_, size := utf8.DecodeRuneInString(rest)
	p.put(rest[:size], size)
}

// link reads a link or image, which is its text.
func (p *inliner) link(rest string) bool {
	m := link.FindStringSubmatch(rest)
	if m == nil {
		return false
	}
	inner, _ := inline(m[1])
	p.put(inner, len(m[0]))
	return true
}

// emphasis takes out a run of "_" or "*". An underscore inside a word is text; so
// is a single asterisk that stands alone or has no partner in the line, which
// may be a note of the print.
func (p *inliner) emphasis(rest string) bool {
	n := len(rest) - len(strings.TrimLeft(rest, rest[:1]))
	before, _ := utf8.DecodeLastRuneInString(p.in[:p.at])
	after, _ := utf8.DecodeRuneInString(rest[n:])
	if p.at == 0 {
		before = ' '
	}
	if n == len(rest) {
		after = ' '
	}
	switch {
	case n > 3 || isSpace(before) && isSpace(after):
		return false
	case rest[0] == '_' && isWord(before) && isWord(after):
		return false
	case rest[0] == '*' && n == 1 && p.starred && !isSpace(before):
		p.starred = false
	case rest[0] == '*' && n == 1 && !p.starred && !isSpace(after) && p.at < p.closing:
		p.starred = true
	case rest[0] == '*' && n == 1:
		return false
	}
	p.at += n
	return true
}

func (p *inliner) put(s string, taken int) {
	p.out = append(p.out, s...)
	p.at += taken
}

// finish makes cells of a table words of a line and trims the text.
func (p *inliner) finish() (string, []marker) {
	for i, c := range p.out {
		if c == '|' || c == '\t' {
			p.out[i] = ' '
		}
	}
	text := strings.TrimRightFunc(string(p.out), isSpace)
	cut := len(text) - len(strings.TrimLeftFunc(text, isSpace))
	text = text[cut:]
	for i := range p.markers {
		p.markers[i].start -= cut
		p.markers[i].end -= cut
	}
	return text, p.markers
}

func isSpace(c rune) bool { return unicode.IsSpace(c) || c == '\ufeff' }

func isWord(c rune) bool { return unicode.IsLetter(c) || unicode.IsDigit(c) }
