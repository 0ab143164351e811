package plain

import (
	"bytes"
	"errors"
	"strings"
	"unicode"

	"ibid/indexer/block"
)

// errUTF16 is the answer to a file in another encoding than UTF-8, which would
// otherwise read as letters with a NUL between them.
var errUTF16 = errors.New("the source is UTF-16: save it as UTF-8")

// split returns the non-blank lines of src and the number of all its lines. A
// line ends with "\n" or "\r\n", or with "\r" in a file that has no "\n". A form
// feed divides a line as it divides pages; its parts keep the number of the line.
func split(src []byte) ([]line, int, error) {
	if bytes.HasPrefix(src, []byte("\xff\xfe")) || bytes.HasPrefix(src, []byte("\xfe\xff")) {
		return nil, 0, errUTF16
	}
	end := byte('\n')
	if bytes.IndexByte(src, '\n') < 0 && bytes.IndexByte(src, '\r') >= 0 {
		end = '\r'
	}
	var s splitter
	bom := len(src)
	src = bytes.TrimPrefix(src, []byte("\xef\xbb\xbf"))
	s.column = bom - len(src)
	for len(src) > 0 {
		l := src
		if i := bytes.IndexByte(src, end); i >= 0 {
			l, src = src[:i], src[i+1:]
		} else {
			src = nil
		}
		s.number++
		s.add(l)
		s.column = 0
	}
	return s.lines, s.number, nil
}

// A splitter gathers non-blank lines.
type splitter struct {
	lines  []line
	number int // 1-based number of the line at hand
	column int // bytes of that line that are no part of it (a byte order mark)
	gap    int
	feeds  int
	seq    int
}

// add adds the parts of one line of the file.
func (s *splitter) add(raw []byte) {
	found := false
	for {
		part := raw
		i := bytes.IndexByte(raw, '\f')
		if i >= 0 {
			part = raw[:i]
		}
		if s.addPart(string(part)) {
			found = true
		}
		if i < 0 {
			break
		}
		s.feeds++
		s.column += i + 1
		raw = raw[i+1:]
	}
	if found {
		s.seq++
	} else {
		s.gap++
	}
}

// addPart adds a part of a line, and reports whether there is text in it.
func (s *splitter) addPart(part string) bool {
	left := strings.TrimLeftFunc(part, isBlank)
	if left == "" {
		return false
	}
	indent := len(part) - len(left)
	printed := strings.TrimRightFunc(left, isBlank)
	size := len(printed)
	printed = strings.ToValidUTF8(printed, "\uFFFD")
	s.lines = append(s.lines, line{
		Line: block.Line{
			Number: s.number, Seq: s.seq, Column: s.column + indent, Text: printed,
			RunsOn: len(left) == len(strings.TrimRightFunc(left, isBlank)),
		},
		gap: s.gap, feeds: s.feeds, indent: indent, size: size, width: width(printed),
	})
	s.gap, s.feeds = 0, 0
	return true
}

// isBlank reports whether r prints nothing.
func isBlank(r rune) bool {
	return unicode.IsSpace(r) || r == 0 || r == '\uFEFF' || r == '\u200B'
}
