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
	Quoted bool // words of the quotation that the page is about

	Note *noteRef // instead of text
	Page string   // instead of text: label of the page that begins here
	ID   string   // anchor of the two, "" for a second of the name; alone: of a quotation that begins here
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

func (s span) covers(start, end int) bool { return s.Start <= start && end <= s.End }

// A marker stands before byte At of a reading.
type marker struct {
	At  int
	run run
}

// weave lays links, markers and the places of a quotation over a reading with its
// matches. Links that overlap an earlier one are left out. marked must spell out
// text; where it does not, the text stands without matches.
func weave(text string, marked search.Fragment, links []span, quoted []corpus.Place, markers []marker) []run {
	if spell(marked) != text {
		marked = search.Fragment{{Text: text}}
	}
	links = disjoint(links)
	slices.SortStableFunc(markers, func(a, b marker) int { return a.At - b.At })
	var out []run
	at := 0
	for _, cut := range cuts(text, links, quoted, markers) {
		for len(markers) > 0 && markers[0].At <= at {
			out = append(out, markers[0].run)
			markers = markers[1:]
		}
		if cut > at {
			out = append(out, textRun(marked, links, quoted, at, cut))
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
func cuts(text string, links []span, quoted []corpus.Place, markers []marker) []int {
	at := []int{len(text)}
	for _, s := range links {
		at = append(at, s.Start, s.End)
	}
	for _, q := range quoted {
		at = append(at, q.Start, q.End)
	}
	for _, m := range markers {
		at = append(at, min(max(m.At, 0), len(text)))
	}
	slices.Sort(at)
	return slices.Compact(at)
}

// textRun is bytes [start, end) with the matches in them and the link over them.
func textRun(marked search.Fragment, links []span, quoted []corpus.Place, start, end int) run {
	r := run{Pieces: slicePieces(marked, start, end)}
	for _, s := range links {
		if s.covers(start, end) {
			r.Class, r.URL, r.Title = s.class, s.url, s.title
		}
	}
	for _, q := range quoted {
		r.Quoted = r.Quoted || q.Start <= start && end <= q.End
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

// links are the citations, dates and actors of a passage where its reading names them.
func (c *catalog) links(p *corpus.Passage) []span {
	var out []span
	add := func(at corpus.Place, class, url, title string) {
		if at.Start >= 0 && at.End <= len(p.Text) && url != "" {
			out = append(out, span{at.Start, at.End, class, url, title})
		}
	}
	for _, cited := range p.Citations {
		to := c.citation(cited)
		add(cited.Place, "cite", to.URL, to.Text)
	}
	for _, d := range p.Dates {
		add(d.Place, "date", dateURL(d), dateTitle(d))
	}
	for _, m := range p.Actors {
		to := c.actor(m.ID)
		add(m.Place, "actor", to.URL, to.name())
	}
	return out
}

func (r *ref) name() string {
	if r.Full != "" {
		return r.Full
	}
	return r.Text
}

// quotedIn is where the words of a quotation stand in the passage that holds it:
// one place, or several where it is interrupted ("We hope," he said, "that ...").
// The lines that both are printed on say where to look, so that of words that
// occur twice the right ones are found.
func quotedIn(holder, q *corpus.Passage) []corpus.Place {
	at, end := onLines(holder, q)
	var out []corpus.Place
	for rest := strings.TrimSpace(q.Text); rest != ""; {
		start, n := longestPrefix(holder.Text[at:end], rest)
		if n > 0 {
			out = append(out, corpus.Place{Start: at + start, End: at + start + n})
			at += start + n
		} else if n = strings.IndexByte(rest, ' '); n < 0 {
			break // a last word that the holder has not: an ellipsis that the reading adds
		}
		rest = strings.TrimSpace(rest[n:])
	}
	return out
}

// onLines are bytes [start, end) of the holder that stand on the printed lines of q.
func onLines(holder, q *corpus.Passage) (start, end int) {
	first, last := lineSpan(q)
	end = len(holder.Text)
	found := false
	for _, m := range holder.Marks {
		switch {
		case m.Line == 0 || m.At > len(holder.Text):
		case m.Line == first:
			start, found = m.At, true
		case found && last > 0 && m.Line > last:
			return start, max(start, m.At)
		}
	}
	return start, end
}

func lineSpan(p *corpus.Passage) (first, last int) {
	for _, m := range p.Marks {
		if m.Line > 0 {
			if first == 0 {
				first = m.Line
			}
			last = m.Line
		}
	}
	return first, last
}

// longestPrefix finds the most words of rest's beginning that text has, one
// after the other: bytes [at, at+n) of text, n 0 if not even the first.
func longestPrefix(text, rest string) (at, n int) {
	for n = len(rest); n > 0; n = strings.LastIndexByte(rest[:n], ' ') {
		if at = strings.Index(text, rest[:n]); at >= 0 {
			return at, n
		}
	}
	return 0, 0
}
