package plain

import (
	"slices"
	"strings"
)

// Notes called by signs (*, †, (a)) begin anew on each page and have no number.

// signs are the signs of notes, in the order in which printers use them.
var signs = []string{"*", "†", "‡", "§", "‖", "||", "¶"}

// readSign reads the sign at the start of a note: one or two of signs, or a
// small letter in round brackets. A star that a second one answers on the same
// line stands for italics, not for a note.
func readSign(s string) (string, bool) {
	if len(s) > 3 && s[0] == '(' && s[2] == ')' && s[1] >= 'a' && s[1] <= 'z' && s[3] == ' ' {
		return s[:3], true
	}
	for _, sign := range signs {
		rest, ok := strings.CutPrefix(s, sign)
		if !ok {
			continue
		}
		token := sign
		if again, ok := strings.CutPrefix(rest, sign); ok {
			token, rest = sign+sign, again
		}
		text := strings.TrimLeft(rest, " ")
		if text == "" || strings.HasPrefix(text, sign) || sign == "*" && text == rest && strings.Contains(rest, "*") {
			return "", false
		}
		return token, true
	}
	return "", false
}

// takeSigns finds the notes with signs. One stands at the foot of its page,
// behind a blank line, a rule or another note, with the body's caller on the same
// page. The first page may have one without a caller: the author's note, called
// in a title that the source may not hold.
func (t *text) takeSigns() {
	found := t.signsBehind()
	for k := range t.pages {
		p := &t.pages[k]
		stop := p.first
		for stop < p.end && t.lines[stop].role != note {
			stop++
		}
		i := t.firstSign(p, k, stop)
		for i < stop {
			sign, _ := readSign(t.lines[i].Text)
			f := footnote{first: i, sign: sign, label: len(sign), caller: -1}
			for i++; i < stop; i++ {
				if s, ok := readSign(t.lines[i].Text); ok && (t.lines[i].gap > 0 || s != sign) {
					break
				}
			}
			t.fill(&f, i)
			found = append(found, f)
		}
	}
	if len(found) > 0 {
		t.notes = append(t.notes, found...)
		slices.SortStableFunc(t.notes, func(a, b footnote) int { return a.first - b.first })
	}
}

// signsBehind takes the notes with signs that stand behind numbered ones out of
// their lines: a line that begins with a sign which the body of its page calls,
// or on the first page, which may have an author's note.
func (t *text) signsBehind() []footnote {
	var found []footnote
	for n := range t.notes {
		numbered := &t.notes[n]
		k := t.lines[numbered.first].page
		for at := len(numbered.lines) - 1; at > 0; at-- {
			i := numbered.lines[at]
			sign, ok := readSign(t.lines[i].Text)
			if !ok || sign[0] == '(' || t.lines[i].page != k || k > 0 && !t.callsSign(&t.pages[k], sign) {
				continue
			}
			found = append(found, footnote{first: i, lines: numbered.lines[at:], sign: sign, label: len(sign), caller: -1})
			numbered.lines = numbered.lines[:at:at]
		}
	}
	return found
}

// callsSign reports whether the body of a page calls a note by sign.
func (t *text) callsSign(p *page, sign string) bool {
	for i := p.first; i < p.end; i++ {
		if l := &t.lines[i]; l.role == body && signAt(l.Text, sign, 0) >= 0 {
			return true
		}
	}
	return false
}

// firstSign returns the line that begins the notes with signs of page p, stop if it has none.
func (t *text) firstSign(p *page, k, stop int) int {
	loose := t.looseLines(p)
	below := 0
	if stop < p.end {
		below = loose[stop-p.first]
	}
	called := map[string]bool{} // the signs that the body calls above line i
	for i := p.first; i < stop; i++ {
		l := &t.lines[i]
		sign, ok := readSign(l.Text)
		if ok && i > p.first && (l.gap > 0 || t.layout.dense || t.lines[i-1].role != body) && loose[i-p.first]-below <= 2 &&
			(called[sign] || k == 0 && sign[0] != '(' && t.signsFrom(i, stop) <= 2) {
			return i
		}
		if l.role == body {
			noteSigns(called, l.Text)
		}
	}
	return stop
}

// signsFrom counts the lines of [i, stop) that begin with a sign, up to 3: so
// many are a list, not an author's note.
func (t *text) signsFrom(i, stop int) int {
	n := 0
	for ; i < stop && n < 3; i++ {
		if _, ok := readSign(t.lines[i].Text); ok {
			n++
		}
	}
	return n
}

// noteSigns adds to called the signs that a line calls.
func noteSigns(called map[string]bool, s string) {
	for _, sign := range signs {
		if !strings.Contains(s, sign) {
			continue
		}
		for _, sign := range []string{sign, sign + sign} {
			if !called[sign] && signAt(s, sign, 0) >= 0 {
				called[sign] = true
			}
		}
	}
	for i := 0; i+3 <= len(s); i++ {
		if s[i] == '(' && s[i+2] == ')' && s[i+1] >= 'a' && s[i+1] <= 'z' && i > 0 {
			called[s[i:i+3]] = true
		}
	}
}

// signAt returns where s, from byte at on, calls a note with sign: behind other
// text, and not as part of a longer sign. -1 if it does not.
func signAt(s, sign string, at int) int {
	for at < len(s) {
		i := strings.Index(s[at:], sign)
		if i < 0 {
			return -1
		}
		i += at
		end := i + len(sign)
		if i > 0 && !strings.HasPrefix(s[end:], sign[:1]) && !strings.HasSuffix(s[:i], sign[:1]) &&
			!(sign == "*" && openItalics(s[:i], s[end:])) {
			return i
		}
		at = end
	}
	return -1
}

// openItalics reports whether a star between before and behind begins or ends italics.
func openItalics(before, behind string) bool {
	if strings.Contains(before, "*") {
		return true
	}
	return strings.Contains(behind, "*") && (before == "" || strings.HasSuffix(before, " ") || strings.HasSuffix(before, "("))
}
