package search

import (
	"cmp"
	"context"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"ibid/corpus"
	"ibid/corpus/cite"
	"ibid/indexer/analysis"
	"ibid/indexer/schema"
)

// A LineSort is an order of the lines of a concordance.
type LineSort string

// The orders of lines: by place in the sources, or by the words left or right of the match,
// the one beside it first, or the second or third one first. What is alike there is sorted
// by the other side.
const (
	LinesByPosition LineSort = "position"
	LinesByLeft     LineSort = "left"
	LinesByLeft2    LineSort = "left2"
	LinesByLeft3    LineSort = "left3"
	LinesByRight    LineSort = "right"
	LinesByRight2   LineSort = "right2"
	LinesByRight3   LineSort = "right3"
)

// LineSorts are the orders of lines, in the order they are offered.
var LineSorts = []LineSort{LinesByPosition, LinesByLeft, LinesByLeft2, LinesByLeft3, LinesByRight, LinesByRight2, LinesByRight3}

// Bounds of a concordance.
const (
	maxLines    = 20_000 // lines gathered for sorting; more matches than that are told by More
	kwicContext = 60     // runes on each side where a request does not say
)

// A KWICRequest asks for a concordance: one line per match. Query, Match,
// filters and range are those of a search; Size is lines a page; Sort is not used.
type KWICRequest struct {
	Request
	Context int      // runes on each side; 0 means 60, at most 200
	Lines   LineSort // "" means LinesByPosition
}

// A Concordance is one page of lines.
type Concordance struct {
	Index string     `json:"index"`
	Query Understood `json:"query"`
	Total int        `json:"total"` // lines
	More  bool       `json:"more"`  // there are more than could be gathered; narrow the query
	Lines []Line     `json:"lines"`
	Next  string     `json:"next"` // cursor of the next page, "" on the last
}

// A Line is one match in its context.
type Line struct {
	Passage   string `json:"passage"` // id
	Title     string `json:"title"`
	Reference string `json:"reference"`
	URL       string `json:"url"`
	Left      string `json:"left"`
	Match     string `json:"match"`
	Right     string `json:"right"`
	Layer     Layer  `json:"layer"`

	doc   uint32
	mark  mark
	left  []string // words before the match, folded, the nearest first
	right []string // words behind it
}

// KWIC answers a request for a concordance. Words of a quotation are given
// once, as words of the passage that holds it where that matches. The errors are those of Search.
func (ix *Index) KWIC(ctx context.Context, r KWICRequest) (out *Concordance, err error) {
	tree, err := ix.understand(&r.Request)
	if err != nil {
		return nil, err
	}
	if err := checkKWIC(&r); err != nil {
		return nil, err
	}
	offset, err := ix.lineOffset(&r)
	if err != nil {
		return nil, err
	}
	err = ix.guard(ctx, func() error {
		s := ix.newSearch(ctx, r.Request)
		m, err := s.find(tree)
		if err != nil {
			return err
		}
		out = &Concordance{Index: ix.Version(), Lines: []Line{}}
		lines, more, err := s.lines(m)
		if err != nil {
			return err
		}
		sortLines(lines, r.Lines)
		out.Total, out.More = len(lines), more
		for _, l := range lines[min(offset, len(lines)):min(offset+r.Size, len(lines))] {
			if err := s.fillLine(&l, r.Context); err != nil {
				return err
			}
			out.Lines = append(out.Lines, l)
		}
		if next := offset + len(out.Lines); next < len(lines) {
			out.Next = ix.lineCursor(&r, next)
		}
		out.Query = s.understood()
		return nil
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

func checkKWIC(r *KWICRequest) error {
	switch {
	case r.Context == 0:
		r.Context = kwicContext
	case r.Context < 0 || r.Context > 200:
		return &RequestError{"context", fmt.Sprintf("The context %d is not between 1 and 200; ask for 1 to 200 characters.", r.Context)}
	}
	if r.Lines == "" || slices.Contains(LineSorts, r.Lines) {
		return nil
	}
	return &RequestError{"lines", fmt.Sprintf("There is no order of lines %q; use position, left, left2, left3, right, right2 or right3.", clip(string(r.Lines)))}
}

// lines gathers the matches of what was found, with the keys they are sorted by.
func (s *search) lines(m *matching) (out []Line, more bool, err error) {
	holder, held := uint32(math.MaxUint32), false
	for it := m.docs.Iterator(); it.HasNext(); {
		s.check()
		doc := it.Next()
		quotation := s.ix.columns.Flags[doc]&schema.FlagQuotation != 0
		if group := s.ix.columns.Group[doc]; group != holder {
			holder, held = group, !quotation
		}
		if quotation && held {
			continue
		}
		c, err := s.ix.cachedPassage(doc)
		if err != nil {
			return nil, false, err
		}
		for _, mk := range s.marks.marks(c.passage, c.tokens()) {
			if len(out) == maxLines {
				return out, true, nil
			}
			out = append(out, lineOf(doc, c.passage, mk))
		}
	}
	return out, false, nil
}

// Lines are sorted by so many words on each side, looked for in so many bytes.
const (
	keyWords = 4
	keyBytes = 160
)

func lineOf(doc uint32, p *corpus.Passage, mk mark) Line {
	from := wordAfter(p.Text, mk.start-keyBytes, mk.start)
	to := wordBefore(p.Text, mk.end+keyBytes, mk.end)
	before := analysis.Terms(p.Text[from:mk.start])
	slices.Reverse(before)
	return Line{doc: doc, mark: mk, Layer: mk.layer, left: firstOf(before, keyWords), right: firstOf(analysis.Terms(p.Text[mk.end:to]), keyWords)}
}

// sortLines sorts lines, which were gathered in order of position.
func sortLines(lines []Line, order LineSort) {
	side := strings.TrimRight(string(order), "23")
	first := 0
	if n := len(order) - 1; n >= 0 && (order[n] == '2' || order[n] == '3') {
		first = int(order[n] - '1')
	}
	slices.SortStableFunc(lines, func(a, b Line) int {
		switch LineSort(side) {
		case LinesByLeft:
			return cmp.Or(compareFrom(first, a.left, b.left), slices.Compare(a.right, b.right))
		case LinesByRight:
			return cmp.Or(compareFrom(first, a.right, b.right), slices.Compare(a.left, b.left))
		}
		return 0
	})
}

// compareFrom compares words from one of them on, then those before it.
func compareFrom(first int, a, b []string) int {
	x, y := min(first, len(a)), min(first, len(b))
	return cmp.Or(slices.Compare(a[x:], b[y:]), slices.Compare(a[:x], b[:y]))
}

// fillLine sets what a reader sees of a line.
func (s *search) fillLine(l *Line, context int) error {
	p, err := s.ix.passage(l.doc)
	if err != nil {
		return err
	}
	l.Passage, l.Title, l.Reference, l.URL = p.ID, s.ix.title(l.doc, p), cite.Short(s.ix.manifest, p), PassageURL(p.ID)
	l.Match = p.Text[l.mark.start:l.mark.end]
	l.Left = lastRunes(p.Text[:l.mark.start], context)
	l.Right = firstRunes(p.Text[l.mark.end:], context)
	return nil
}

// lastRunes returns at most the last n runes of s, from a word's beginning.
func lastRunes(s string, n int) string {
	i := len(s)
	for ; n > 0 && i > 0; n-- {
		_, size := utf8.DecodeLastRuneInString(s[:i])
		i -= size
	}
	for i > 0 && i < len(s) && !wordBorder(s, i) {
		_, size := utf8.DecodeRuneInString(s[i:])
		i += size
	}
	return s[i:]
}

// firstRunes returns at most the first n runes of s, up to a word's end.
func firstRunes(s string, n int) string {
	i := 0
	for ; n > 0 && i < len(s); n-- {
		_, size := utf8.DecodeRuneInString(s[i:])
		i += size
	}
	for i > 0 && i < len(s) && !wordBorder(s, i) {
		_, size := utf8.DecodeLastRuneInString(s[:i])
		i -= size
	}
	return s[:i]
}

func (ix *Index) lineCursor(r *KWICRequest, offset int) string {
	data := binary.BigEndian.AppendUint64(nil, ix.lineFingerprint(r))
	return base64.RawURLEncoding.EncodeToString(binary.AppendUvarint(data, uint64(offset)))
}

func (ix *Index) lineFingerprint(r *KWICRequest) uint64 {
	as := r.Request
	as.Sort = Sort("kwic " + string(r.Lines))
	return ix.fingerprint(&as)
}

func (ix *Index) lineOffset(r *KWICRequest) (int, error) {
	return readCursor(r.Cursor, ix.lineFingerprint(r), maxLines)
}
