package search

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"ibid/indexer/analysis"
)

// A quoteWord is a word of a text that is compared word for word.
type quoteWord struct {
	core   string // its letters, with plain apostrophes and hyphens
	bare   string // core as it is indexed: lower case, without marks and hyphens
	gap    string // punctuation up to the next word, without quotation marks and white space
	joined bool   // broken over two lines: whether its hyphen belongs to it is not known
	recase bool   // first of its stretch, or as "[T]he": its first letter may have another case
	skip   bool   // an ellipsis follows
	last   bool   // last of its stretch: the punctuation after it makes no difference

	start, end int // bytes of the word, [start, end)
	from, to   int // the same with the punctuation that is tied to it
}

// A quoteText is a text with its words.
type quoteText struct {
	text  string
	words []quoteWord
}

// quoteWords cuts a text into words.
func quoteWords(text string) quoteText {
	var words []quoteWord
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		if !isLetter(r) {
			i += n
			continue
		}
		w := readWord(text, i)
		words = append(words, w)
		i = w.end
	}
	for i := range words {
		tie(text, words, i)
	}
	return quoteText{text, words}
}

// readWord reads the word that begins at byte i. An apostrophe or hyphen between
// letters belongs to it, a hyphen before a line's end does not, nor does the
// bracket in "[T]he", which says that an editor changed the case. A character of
// a script without spaces is a word of its own.
func readWord(text string, i int) quoteWord {
	w := quoteWord{start: i}
	var core strings.Builder
	if r, n := utf8.DecodeRuneInString(text[i:]); isAlone(r) {
		w.core, w.bare, w.end = string(r), string(r), i+n
		return w
	}
	for i < len(text) {
		r, n := utf8.DecodeRuneInString(text[i:])
		next, _ := utf8.DecodeRuneInString(text[i+n:])
		switch {
		case isAlone(r):
			n = 0
		case isLetter(r):
			core.WriteRune(r)
			w.end = i + n
		case r == '\u00ad':
		case isSingleQuote(r) && isLetter(next):
			core.WriteByte('\'')
		case isHyphen(r) && isLetter(next):
			core.WriteByte('-')
		case isHyphen(r) && lineEnd(text, i+n) > 0:
			n = lineEnd(text, i+n) - i
			w.joined = true
		case r == ']' && isLetter(next) && w.start > 0 && text[w.start-1] == '[':
			w.recase = true
		default:
			n = 0
		}
		if n == 0 {
			break
		}
		i += n
	}
	w.core = norm.NFKC.String(core.String())
	w.bare = analysis.Fold(strings.ReplaceAll(w.core, "-", ""))
	return w
}

// lineEnd returns where the word goes on that is broken at a line's end at byte
// i, 0 if it does not.
func lineEnd(text string, i int) int {
	rest := strings.TrimLeft(text[i:], " \t\r")
	if !strings.HasPrefix(rest, "\n") {
		return 0
	}
	rest = strings.TrimLeft(rest, " \t\r\n")
	if r, _ := utf8.DecodeRuneInString(rest); !unicode.IsLower(r) {
		return 0
	}
	return len(text) - len(rest)
}

// tie sets what stands between word i and the next.
func tie(text string, words []quoteWord, i int) {
	w := &words[i]
	if i == 0 {
		w.from, w.recase = w.start, true
	}
	if i == len(words)-1 {
		w.to, w.last = w.end, true
		return
	}
	next := &words[i+1]
	between := text[w.end:next.start]
	w.to, next.from = next.start, next.start
	if at := strings.LastIndexFunc(between, unicode.IsSpace); at >= 0 {
		_, n := utf8.DecodeRuneInString(between[at:])
		w.to, next.from = w.end+len(strings.TrimRightFunc(between[:at], unicode.IsSpace)), w.end+at+n
	}
	w.gap = punctuation(between)
	if strings.Contains(w.gap, "..") {
		w.skip, w.last, next.recase = true, true, true
	}
}

// punctuation returns what of the characters between two words counts. Square
// brackets are an editor's and do not.
func punctuation(between string) string {
	var b strings.Builder
	for _, r := range between {
		switch {
		case unicode.IsSpace(r) || unicode.IsControl(r) || r == '\u00ad' || isSingleQuote(r) || strings.ContainsRune("\"“”„‟«»‹›`´[]", r):
		case isHyphen(r) || r == '\u2014' || r == '\u2015':
			if !strings.HasSuffix(b.String(), "-") { // "--" is a dash too
				b.WriteByte('-')
			}
		case r == '…':
			b.WriteString("...")
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// same says how much a word of the text and one of a source differ: 0 if they
// are the same, slightCost for case, marks, hyphens or punctuation, wordCost for
// another word.
func (w *quoteWord) same(source *quoteWord) int {
	if w.bare != source.bare {
		return wordCost
	}
	if !w.sameLetters(source) || w.gap != source.gap && !w.last {
		return slightCost
	}
	return 0
}

func (w *quoteWord) sameLetters(source *quoteWord) bool {
	a, b := w.core, source.core
	if w.joined || source.joined {
		a, b = strings.ReplaceAll(a, "-", ""), strings.ReplaceAll(b, "-", "")
	}
	if a == b {
		return true
	}
	return w.recase && otherCase(a) == otherCase(b)
}

// otherCase returns a word with its first letter in lower case.
func otherCase(word string) string {
	r, n := utf8.DecodeRuneInString(word)
	return string(unicode.ToLower(r)) + word[n:]
}

func isLetter(r rune) bool {
	return r != unicode.ReplacementChar && (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r))
}

// isAlone says whether r is written without spaces between words.
func isAlone(r rune) bool {
	return r >= 0x0e00 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

func isHyphen(r rune) bool { return r == '-' || '\u2010' <= r && r <= '\u2013' }

func isSingleQuote(r rune) bool {
	return r == '\'' || '\u2018' <= r && r <= '\u201b' || r == '\u02bc'
}
