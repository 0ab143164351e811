package ocr

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf8"
)

// The rules, as Repair.Rule names them.
const (
	ruleMarker   = "note-marker"  // a footnote marker or label, taken out
	ruleSplit    = "split-word"   // a word broken over two lines, its hyphen lost or kept
	ruleCompound = "compound"     // a compound broken at its hyphen
	ruleStray    = "stray-space"  // a space that the machine saw inside a word
	ruleLost     = "lost-space"   // a space that the machine missed
	ruleMark     = "stray-mark"   // a speck read as a mark, a mark read as another
	ruleLetters  = "letters"      // letters taken for others; the print is no word
	ruleRealWord = "letters-word" // letters taken for others; the print is another word
	ruleMissing  = "missing-letter"
	ruleYear     = "year"     // a year whose 1 was taken for part of the bracket
	ruleDigits   = "digits"   // letters and brackets taken for digits, or the other way round
	ruleInitial  = "initial"  // a bracket read for the J of an initial
	ruleSequence = "sequence" // a label told by the order it stands in
)

// Options is what the corpus tells of a source before it is read.
type Options struct {
	Names    []string // forms of names that the corpus knows: never repaired, and good evidence for a repair
	Sigla    []string // signs of collections: likewise
	Language string   // BCP 47; "" is English. In other languages only what needs no word list is repaired
	Clean    bool     // people transcribed the text, no machine: only words broken at a hyphen are made whole
}

// A Reader reads the blocks of one source. It is not safe for concurrent use.
type Reader struct {
	english    bool
	clean      bool
	words      map[string]int  // words that stand whole within a line, in lower case, with their counts
	forms      map[string]int  // the same words as printed, capitals kept
	compounds  map[string]int  // words with a hyphen inside, in lower case
	spaced     map[string]int  // the same compounds printed with a space instead: "trade credit"
	hangs      map[string]bool // first parts, in lower case, with the hyphen inside a bracket: "(neo-)realist"
	apart      map[string]int  // "au fait": words that a line join parts somewhere, with how often they stand so within a line
	known      map[string]bool // words of the names and sigla that the corpus knows, in lower case
	total      int             // words counted
	splitRate  float64         // share of line ends that break a word and lose the hyphen
	hyphenates bool            // it divides words at line ends, not only compounds at their hyphen
	careful    bool            // next to nothing is damaged: see learnDamage
	years      int             // years printed in brackets after a name: "Watt (1974"
	slashes    int             // "state/ s"
	openDots   int             // "word... word"
	tightDots  int             // "word...word"
	marks      map[rune]int    // signs that stand at the end of a word though they are no punctuation
	fixes      map[string]fix  // what the letters of a printed word were found to read
}

// New learns the words and habits of a source from all its blocks.
func New(blocks [][]Line, opt Options) *Reader {
	r := &Reader{
		english:   opt.Language == "" || opt.Language == "en" || strings.HasPrefix(opt.Language, "en-"),
		clean:     opt.Clean,
		words:     map[string]int{},
		forms:     map[string]int{},
		compounds: map[string]int{},
		spaced:    map[string]int{},
		hangs:     map[string]bool{},
		apart:     map[string]int{},
		known:     map[string]bool{},
		marks:     map[rune]int{},
		fixes:     map[string]fix{},
	}
	for _, n := range append(append([]string{}, opt.Names...), opt.Sigla...) {
		eachWord(n, func(w string, _, _ int) { r.known[strings.ToLower(bareWord(w))] = true })
	}
	drafts := make([]*draft, len(blocks))
	for i, lines := range blocks {
		drafts[i] = newDraft(lines)
		r.countWords(drafts[i].raw)
		if !r.clean {
			r.countHabits(drafts[i].raw)
		}
	}
	r.learnSplitRate(drafts)
	if r.clean {
		return r
	}
	for _, d := range drafts {
		r.countSpaced(d.raw)
	}
	r.learnDamage()
	return r
}

// Read makes the reading of one block's lines. Each step works on what the ones
// before it have made.
func (r *Reader) Read(lines []Line) *Reading {
	d := newDraft(lines)
	d.apply(r.joins(d.text))
	d.joinLines()
	if r.clean {
		return d.reading()
	}
	d.apply(r.straySpaces(d.text))
	if r.english {
		d.apply(r.brokenWords(d.text))
		d.apply(r.letters(d.text))
		d.apply(r.runTogether(d.text))
	}
	d.apply(r.marksAndSpaces(d.text))
	d.apply(r.numbers(d.text))
	d.apply(r.labels(d.text))
	return d.reading()
}

// countWords counts the words that stand whole within a line: a word beside a
// line join may be half of one.
func (r *Reader) countWords(raw string) {
	eachWord(raw, func(w string, start, end int) {
		if start > 0 && raw[start-1] == '\n' || end < len(raw) && raw[end] == '\n' {
			return
		}
		bare := bareWord(w)
		low := strings.ToLower(bare)
		r.words[low]++
		r.forms[bare]++
		r.total++
		if strings.Contains(low, "-") {
			r.compounds[low]++
			for _, part := range strings.Split(low, "-") {
				r.words[part]++
			}
		}
	})
}

// countSpaced counts how often compounds of this source, and words that a line
// join parts somewhere, are printed as two words within a line.
func (r *Reader) countSpaced(raw string) {
	last, lastEnd := "", -1
	var key []byte
	eachWord(raw, func(w string, start, end int) {
		low := strings.ToLower(bareWord(w))
		if lastEnd >= 0 && lastEnd+1 == start && raw[lastEnd] == ' ' {
			key = append(append(append(key[:0], last...), '-'), low...)
			if r.compounds[string(key)] > 0 {
				r.spaced[string(key)]++
			}
			key[len(last)] = ' '
			if _, ok := r.apart[string(key)]; ok {
				r.apart[string(key)]++
			}
		}
		last, lastEnd = low, end
	})
}

// learnSplitRate measures how often this source breaks a word at a line end
// without a hyphen, by the breaks that leave no doubt: a half that is no word;
// and likewise whether it divides words at hyphens of its own. It notes the words
// that line joins part.
func (r *Reader) learnSplitRate(drafts []*draft) {
	broken, ends, hyphens, divided := 0, 0, 0, 0
	for _, d := range drafts {
		for at := strings.IndexByte(d.raw, '\n'); at >= 0; {
			ends++
			b, ok := breakAt(d.raw, at)
			switch {
			case !ok:
			case b.link != "":
				hyphens++
				if r.plainBreak(b) && !prefixes[b.head] {
					divided++
				}
			default:
				r.apart[b.head+" "+b.tail] = 0
				if r.plainBreak(b) {
					broken++
				}
			}
			next := strings.IndexByte(d.raw[at+1:], '\n')
			if next < 0 {
				break
			}
			at += 1 + next
		}
	}
	r.splitRate = math.Max(float64(broken)/float64(ends+1), 1.0/(1<<14))
	r.hyphenates = hyphens < 8 || divided*5 > hyphens
}

// prefixes make compounds with a hyphen though they are no words.
var prefixes = map[string]bool{
	"anti": true, "co": true, "inter": true, "non": true, "post": true, "pre": true, "re": true, "semi": true,
	"sub": true, "trans": true, "ultra": true, "un": true, "vice": true,
}

// learnDamage tells whether a source is read or copied with care: of 5,000 words
// or more, fewer than one in 3,000 is damaged, line joins aside. Where damage is
// that rare, a doubtful repair is as likely to be wrong as right: see surely.
func (r *Reader) learnDamage() {
	if r.total < 5000 || !r.english {
		return
	}
	damaged := 0
	for w, n := range r.forms {
		if f := r.fixOf(w); f.reading != "" && f.rule == ruleLetters {
			damaged += n
		}
	}
	r.careful = damaged*3000 < r.total
}

// surely is the confidence that a repair of letters has to have in a source read with care.
const surely = 0.9

func (r *Reader) plainBreak(b lineBreak) bool {
	return (!r.isWord(b.head) || !r.isWord(b.tail)) && r.isWord(b.head+b.tail) && len(b.head+b.tail) > 3
}

// isWord tells whether a word in lower case is one of this source, of the
// corpus, or of general English.
func (r *Reader) isWord(low string) bool {
	if r.words[low] > 0 || r.known[low] {
		return true
	}
	_, ok := lookup(low)
	return ok
}

// The word counts of general English are of about 2^38.5 words.
const englishLog = 38.5

// unknownLog is what a word that no list has counts for: names and foreign
// words occur that are on none.
const unknownLog = 9

// weight returns the base 2 logarithm of how often we would expect a word in
// lower case in a corpus of 2^38.5 words, by general English and by its count
// in this source, whichever is more.
func (r *Reader) weight(low string) float64 {
	n := englishWeight(low)
	if c := r.words[low]; c > 0 {
		n = math.Max(n, englishLog+math.Log2(float64(c)/float64(r.total+1000)))
	} else if r.known[low] {
		n = math.Max(n, 20)
	}
	return n
}

// englishWeight is the weight of a word by general English alone. A word
// without a count is given what words of its kind most often have.
func englishWeight(low string) float64 {
	w, ok := lookup(low)
	switch {
	case !ok:
		return unknownLog
	case w.log > 0:
		return float64(w.log) + 0.5
	}
	return [...]float64{common: 17, uncommon: 15, rare: 12, name: 14, rareName: 11}[w.kind]
}

// eachWord calls f with each stretch of letters, digits and the signs that
// stand inside words: apostrophe and hyphen between letters.
func eachWord(s string, f func(w string, start, end int)) {
	start := -1
	for at := 0; at <= len(s); {
		c, size := rune(-1), 1
		if at < len(s) {
			c, size = utf8.DecodeRuneInString(s[at:])
		}
		inside := unicode.IsLetter(c) || unicode.IsDigit(c) || unicode.Is(unicode.Mn, c)
		if !inside && start >= 0 && isLink(c) {
			next, _ := utf8.DecodeRuneInString(s[min(at+size, len(s)):])
			inside = unicode.IsLetter(next)
		}
		if inside && start < 0 {
			start = at
		}
		if !inside && start >= 0 {
			f(s[start:at], start, at)
			start = -1
		}
		at += size
	}
}

// isLink tells whether c joins two parts of a word.
func isLink(c rune) bool { return c == '\'' || c == '’' || c == '-' || c == '‐' }

// bareWord returns a word without its possessive ending.
func bareWord(w string) string {
	for _, s := range []string{"'s", "’s", "'S", "’S"} {
		if cut, ok := strings.CutSuffix(w, s); ok {
			return cut
		}
	}
	return w
}
