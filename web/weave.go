package web

import (
	"slices"
	"strings"

	"ibid/corpus"
	"ibid/search"
)

// A run is a stretch of a passage for a page: text that may be a link, or a
// marker that stands between words (a note's number, a page that begins, the
// start of a quotation). Everything in it is plain text; the template escapes.
type run struct {
	Pieces []search.Piece
	Class  string // what the link is: actor, date or cite; "" for plain text
	URL    string
	Title  string

	Note *noteRef // instead of text
	Page string   // instead of text: label of the page that begins here
	ID   string   // instead of text: anchor of a quotation that begins here
}

// A noteRef is the number of a footnote where the text calls it.
type noteRef struct {
	ID     string // of the footnote
	Anchor string // of the footnote on this page
	Back   string // anchor of the caller itself
	Label  string // "12", or "*" for one without a number
}

// A span is bytes [Start, End) of a reading that lead somewhere.
type span struct {
	Start, End int
	class      string
	url, title string
}

// A marker stands before byte At of a reading.
type marker struct {
	At  int
	run run
}

// weave lays links and markers over a reading with its matches. Spans that
// overlap an earlier one are left out. marked must spell out text; where it does
// not, the text stands without matches.
func weave(text string, marked search.Fragment, spans []span, markers []marker) []run {
	if spell(marked) != text {
		marked = search.Fragment{{Text: text}}
	}
	spans = disjoint(spans)
	slices.SortStableFunc(markers, func(a, b marker) int { return a.At - b.At })
	var out []run
	at := 0
	for _, cut := range cuts(text, spans, markers) {
		for len(markers) > 0 && markers[0].At <= at {
			out = append(out, markers[0].run)
			markers = markers[1:]
		}
		if cut > at {
			out = append(out, textRun(marked, spans, at, cut))
			at = cut
		}
	}
	for _, m := range markers {
		out = append(out, m.run)
	}
	return out
}

func spell(f search.Fragment) string {
	var b strings.Builder
	for _, p := range f {
		b.WriteString(p.Text)
	}
	return b.String()
}

// disjoint sorts spans and drops those that begin inside another.
func disjoint(spans []span) []span {
	slices.SortStableFunc(spans, func(a, b span) int {
		if a.Start != b.Start {
			return a.Start - b.Start
		}
		return b.End - a.End
	})
	var out []span
	end := 0
	for _, s := range spans {
		if s.Start >= end && s.End > s.Start {
			out = append(out, s)
			end = s.End
		}
	}
	return out
}

// cuts are the bytes where a run ends, in order, the end of the text last.
func cuts(text string, spans []span, markers []marker) []int {
	at := []int{len(text)}
	for _, s := range spans {
		at = append(at, s.Start, s.End)
	}
	for _, m := range markers {
		at = append(at, min(max(m.At, 0), len(text)))
	}
	slices.Sort(at)
	return slices.Compact(at)
}

// textRun is bytes [start, end) with the matches in them and the link over them.
func textRun(marked search.Fragment, spans []span, start, end int) run {
	r := run{Pieces: slicePieces(marked, start, end)}
	for _, s := range spans {
		if s.Start <= start && end <= s.End {
			r.Class, r.URL, r.Title = s.class, s.url, s.title
		}
	}
	return r
}

func slicePieces(f search.Fragment, start, end int) []search.Piece {
	var out []search.Piece
	at := 0
	for _, p := range f {
		from, to := max(start, at), min(end, at+len(p.Text))
		if from < to {
			out = append(out, search.Piece{Text: p.Text[from-at : to-at], Match: p.Match, Layer: p.Layer})
		}
		at += len(p.Text)
	}
	return out
}

// links finds the actors, dates and citations of a passage in its reading. The
// index gives them in order but not where they stand, so each is looked for
// after the one before it of its sort.
func (c *catalog) links(p *corpus.Passage) []span {
	var out []span
	f := finder{text: p.Text}
	for _, cited := range p.Citations {
		if s, ok := f.next(cited.Printed); ok {
			to := c.citation(cited)
			s.class, s.url, s.title = "cite", to.URL, to.Text
			out = append(out, s)
		}
	}
	f.at = 0
	for _, d := range p.Dates {
		if s, ok := f.next(d.Printed); ok {
			s.class, s.url, s.title = "date", dateURL(d), dateTitle(d)
			out = append(out, s)
		}
	}
	f.at = 0
	for _, m := range p.Actors {
		if s, ok := f.next(m.Printed); ok {
			to := c.actor(m.ID)
			s.class, s.url, s.title = "actor", to.URL, to.name()
			out = append(out, s)
		}
	}
	return out
}

func (r *ref) name() string {
	if r.Full != "" {
		return r.Full
	}
	return r.Text
}

// A finder looks for texts one after the other.
type finder struct {
	text string
	at   int
}

// next finds s as whole words at or after the last find, else from the beginning.
func (f *finder) next(s string) (span, bool) {
	if s == "" {
		return span{}, false
	}
	for _, from := range []int{f.at, 0} {
		for at := from; ; {
			i := strings.Index(f.text[at:], s)
			if i < 0 {
				break
			}
			start, end := at+i, at+i+len(s)
			if !inWord(f.text, start) && !inWord(f.text, end) {
				f.at = end
				return span{Start: start, End: end}, true
			}
			at = end
		}
	}
	return span{}, false
}

// inWord says that byte i stands between two letters or digits.
func inWord(text string, i int) bool {
	return i > 0 && i < len(text) && alnum(text[i-1]) && alnum(text[i])
}

// alnum counts every byte of a letter beyond ASCII as one.
func alnum(b byte) bool {
	return b >= '0' && b <= '9' || b >= 'A' && b <= 'Z' || b >= 'a' && b <= 'z' || b >= 0x80
}
