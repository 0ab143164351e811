package query

import (
	"slices"
	"strconv"
	"strings"

	"ibid/corpus/edtf"
)

// Understand returns n with what it recognises in plain words as Hints: dates,
// citations, pages, notes and sections, and the names of v. Of several readings
// of a place the longest holds, and no word is part of two. Of actors it tells who
// speaks to whom where the words do (see direct). Date fields in words
// become EDTF; phrases, other fields and what a Not excludes are left as they are. Understanding the printed result
// again gives the same.
func Understand(n Node, v Vocabulary) Node {
	switch n := n.(type) {
	case Word:
		if nodes := v.understand([]string{n.Text}); len(nodes) == 1 {
			return nodes[0]
		}
	case Field:
		return v.understandDate(n)
	case Plain:
		return Plain{v.understandSides(n.Nodes)}.collapsed()
	case And:
		return And{v.understandEach(n.Nodes)}
	case Or:
		return Or{v.understandEach(n.Nodes)}
	case Not:
		return Not{v.understandDates(n.Node)}
	}
	return n
}

// understandDates returns n with its date fields as EDTF and nothing else changed.
func (v *Vocabulary) understandDates(n Node) Node {
	each := func(nodes []Node) []Node {
		out := make([]Node, len(nodes))
		for i, c := range nodes {
			out[i] = v.understandDates(c)
		}
		return out
	}
	switch n := n.(type) {
	case Field:
		return v.understandDate(n)
	case Plain:
		return Plain{each(n.Nodes)}
	case And:
		return And{each(n.Nodes)}
	case Or:
		return Or{each(n.Nodes)}
	case Not:
		return Not{v.understandDates(n.Node)}
	}
	return n
}

// understandDate returns a date field that was typed in words as EDTF.
func (v *Vocabulary) understandDate(f Field) Field {
	if _, err := edtf.ParseRange(f.Value); f.Name != "date" || err == nil {
		return f
	}
	if value, ok := readDate(f.Value, v.DefaultYear); ok {
		f.Value = value.String()
	}
	return f
}

func (v *Vocabulary) understandEach(nodes []Node) []Node {
	out := make([]Node, len(nodes))
	for i, n := range nodes {
		out[i] = Understand(n, *v)
	}
	return out
}

// understandSides reads each run of words among nodes side by side.
func (v *Vocabulary) understandSides(nodes []Node) []Node {
	var out []Node
	var run []string
	for _, n := range nodes {
		if w, ok := n.(Word); ok {
			run = append(run, w.Text)
			continue
		}
		out = append(out, v.understand(run)...)
		out = append(out, Understand(n, *v))
		run = nil
	}
	out = append(out, v.understand(run)...)
	direct(out)
	return out
}

// collapsed returns the one node of n, or n.
func (n Plain) collapsed() Node {
	if len(n.Nodes) == 1 {
		return n.Nodes[0]
	}
	return n
}

// understand reads a run of plain words.
func (v *Vocabulary) understand(run []string) []Node {
	r := reader{words: run, folded: foldAll(run), v: v}
	r.year = r.contextYear()
	var out []Node
	for at := 0; at < len(run); {
		f, n := r.read(at)
		if n == 0 {
			out = append(out, Word{run[at]})
			n = 1
		} else {
			out = append(out, Hint{Field: f, Words: slices.Clone(run[at : at+n])})
		}
		at += n
	}
	return out
}

// A reader recognises things in a run of plain words.
type reader struct {
	words  []string // as typed
	folded []string
	v      *Vocabulary
	year   int    // of a date without one; 0 if there is none
	siglum string // of the citation just read: "SPE 318, 337"
}

// read returns what begins at word at and how many words it has; 0 for nothing.
// Of readings of the same length the first here holds.
func (r *reader) read(at int) (Field, int) {
	var best Field
	length := 0
	for _, reading := range []func(int) (Field, int){r.citation, r.place, r.date, r.name, r.described} {
		if f, n := reading(at); n > length {
			best, length = f, n
		}
	}
	if r.siglum = ""; best.Name == "cite" {
		siglum, _, _ := strings.Cut(best.Value, " ")
		r.siglum = r.v.sigla[fold(siglum)]
	}
	return best, length
}

// name reads a name of the vocabulary, or a siglum alone, which must be typed in
// its own case: many are words in small letters.
func (r *reader) name(at int) (Field, int) {
	f, n := r.v.name(r.folded[at:])
	if n == 0 && r.v.sigla[r.folded[at]] == r.words[at] {
		return Field{Name: "cite", Value: r.words[at]}, 1
	}
	if n == 0 && r.v.Respelled != nil {
		return r.respelled(at)
	}
	return f, n
}

// Of a run of words the first are read for actors who are not named, since each may be compared with thousands; a description has so many words at most.
const (
	mostDescribed    = 64
	longestDescribed = 9
)

// described reads an actor who is not named: by office, state, place. No person's name is part of it.
func (r *reader) described(at int) (Field, int) {
	id, n := "", 0
	if r.v.Described != nil && at < mostDescribed {
		end := at
		for end < min(len(r.words), at+longestDescribed) && !r.isPerson(end) {
			end++
		}
		id, n = r.v.Described(r.words, at, end)
	}
	if n == 0 && r.v.Power != nil && r.acts(at) {
		if id = r.v.Power(r.words[at]); id != "" {
			n = 1
		}
	}
	return Field{Name: "actor", Value: id}, n
}

// isPerson says whether a person's name begins at a word.
func (r *reader) isPerson(at int) bool {
	f, n := r.v.name(r.folded[at:])
	return n > 0 && f.Name == "actor" && r.v.persons[f.Value]
}

// acts says whether the words tell that word at does or has something, as a power and no place: Warsaw refused, Moscow's mistrust.
func (r *reader) acts(at int) bool {
	if strings.HasSuffix(foldLetters(strings.ToLower(r.words[at])), "'s") {
		return true
	}
	return at == 0 && deeds[r.word(1)]
}

// deeds are what powers do, in forms that are no nouns and tell of nothing done to them.
var deeds = func() map[string]bool {
	set := map[string]bool{}
	for verb := range strings.FieldsSeq(`accepts agrees agreed announces announced asks awaits believes believed breaks broke chooses chose complains complained considers decides decided
		declares declared declines denies did does fears feared feels felt finds found gives gave had has hesitates hesitated hopes hoped insists insisted intends intended invites keeps
		kept knows knew learns learnt makes made mistrusts negotiates opposes opposed prefers preferred pretends pretended promises promised proposes ratifies refuses refused rejects
		replied says said seeks sees saw sends sent signs sought suspects suspected takes tells thinks thought threatens threatened told took tries tried understands understood wants
		wanted warns will withdraws withdrew would yielded yields could might must should cannot`) {
		set[verb] = true
	}
	return set
}()

// respelled reads the name of an actor that begins with a word spelled in another way.
func (r *reader) respelled(at int) (Field, int) {
	for _, word := range r.v.Respelled(r.folded[at]) {
		words := slices.Clone(r.folded[at:])
		words[0] = word
		if f, n := r.v.name(words); n > 0 && f.Name == "actor" {
			return f, n
		}
	}
	return Field{}, 0
}

// word returns the folded word at index i, "" outside the run.
func (r *reader) word(i int) string {
	if i < 0 || i >= len(r.folded) {
		return ""
	}
	return r.folded[i]
}

// numberMarks may stand between a siglum and a number.
var numberMarks = []string{"no", "nos", "nr", "number", "numbers", "num", "doc", "docs", "document", "documents"}

// citation reads a siglum and a number: GK 362, SPE no. 100, GK-362, GK362. The
// siglum goes on to hold for numbers that follow: SPE no. 246, no. 255 and 267.
func (r *reader) citation(at int) (Field, int) {
	siglum, next := r.sign(at)
	if siglum == "" {
		return r.furtherNumber(at)
	}
	if _, ok := year(r.word(next)); ok && next > at+1 {
		return Field{}, 0 // behind a title, which has two words or more: when it was issued
	}
	for slices.Contains(numberMarks, r.word(next)) {
		next++
	}
	number := r.word(next)
	if next == at { // GK-362, GK362
		number = strings.TrimLeft(strings.TrimPrefix(r.word(at), fold(siglum)), "-")
	}
	if !isNumber(number) {
		return Field{}, 0
	}
	return citeField(siglum, number), next + 1 - at
}

// sign returns the siglum or title of a collection at word at, as its siglum, and the index of the word behind it, which
// is at itself where the number is joined to the siglum. A siglum that is also a
// stop word must be typed in its own case.
func (r *reader) sign(at int) (string, int) {
	word := r.word(at)
	if s, ok := r.v.sigla[word]; ok {
		return s, at + 1
	}
	if siglum, n := r.v.title(r.folded[at:]); n > 0 {
		return siglum, at + n // God Krizisa no. 362
	}
	letters := strings.TrimRight(word, "0123456789")
	if s, ok := r.v.sigla[strings.TrimSuffix(letters, "-")]; ok && letters != word {
		return s, at
	}
	return "", at
}

// furtherNumber reads the next number of a list of citations. Without a mark it
// must not look like a year.
func (r *reader) furtherNumber(at int) (Field, int) {
	next, marked := at, false
	if r.word(next) == "and" {
		next++
	}
	for slices.Contains(numberMarks, r.word(next)) {
		next, marked = next+1, true
	}
	number := r.word(next)
	if r.siglum == "" || !isNumber(number) || !marked && len(number) > 3 {
		return Field{}, 0
	}
	return citeField(r.siglum, number), next + 1 - at
}

func citeField(siglum, number string) Field {
	number = strings.TrimLeft(number, "0")
	return Field{Name: "cite", Value: strings.TrimSpace(siglum + " " + number)}
}

// place reads a place in a source: p. 211, pages 211-213, note 11, section IV.
func (r *reader) place(at int) (Field, int) {
	value := r.word(at + 1)
	switch r.word(at) {
	case "p", "pp", "pg", "page", "pages":
		if isPage(value) {
			return Field{Name: "page", Value: value}, 2
		}
	case "n", "nn", "fn", "note", "footnote":
		if isNumber(value) {
			return Field{Name: "note", Value: value}, 2
		}
	case "section", "sect":
		if isRoman(value) || isNumber(value) {
			return Field{Name: "section", Value: strings.ToUpper(value)}, 2
		}
	}
	return Field{}, 0
}

// isPage says whether a word is a page label or a range of two: 211, xiv, 211-213.
func isPage(word string) bool {
	from, to, isRange := strings.Cut(word, "-")
	return (isNumber(from) || isRoman(from)) && (!isRange || isNumber(to))
}

func isRoman(word string) bool { return word != "" && strings.Trim(word, "ivxlc") == "" }

// Pages returns the page labels that the value of a page field asks for: one,
// or each of a range of numbers of at most 100 pages ("211-213", "211-13").
func Pages(value string) []string {
	from, to, _ := strings.Cut(value, "-")
	if len(to) < len(from) {
		to = from[:len(from)-len(to)] + to
	}
	first, err1 := strconv.Atoi(from)
	last, err2 := strconv.Atoi(to)
	if err1 != nil || err2 != nil || last <= first || last-first >= 100 {
		return []string{value}
	}
	var out []string
	for n := first; n <= last; n++ {
		out = append(out, strconv.Itoa(n))
	}
	return out
}
