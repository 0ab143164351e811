package search

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/RoaringBitmap/roaring/v2"

	"ibid/indexer/analysis"
	"ibid/indexer/schema"
	"ibid/search/query"
)

// liftPhrase is what a phrase counts beside its words, in units of their idf.
const liftPhrase = 1.0

// quorums are the shares of the weight (idf) of plain words that a passage must
// have to be a hit, so that totals mean something: of two words the rarer one.
// Where fewer than enough hits have so much, less will do. Of many words the
// weight of the rarest, decisive, is asked for: a passage that answers a long
// question has few of its words, and those often.
// Over the tuning topics a quorum of 0.4 alone gave nDCG@10 0.899, of 0.2 0.922.
var quorums = [...]float64{0.4, 0.2, 0}

const decisive = 3

// typedShare is what counts of the weight that a word as typed has more than all its forms.
const typedShare = 0.5

// enough is the number of hits that readers look through; fewer than few, and
// passages that have only synonyms of the words follow them.
const (
	enough = 20
	few    = 10
)

// A search is one request under way.
type search struct {
	*reader
	ix          *Index
	ctx         context.Context
	request     Request
	words       map[string]*word
	phrases     map[string]foundPhrase
	tree        query.Node      // as read with the words of the index
	leaves      []*leaf         // what is scored, in the order of the query
	faint       []*leaf         // stop words that order the first hits
	below       *roaring.Bitmap // passages that have only synonyms of the words
	marks       marker
	forms       []Form
	corrections []Correction
	unknown     []string
	typed       map[string]bool               // stems of the words of the query
	read        map[string][]analysis.Synonym // see synonyms
	told        map[string]told               // what is told of several of them, by stem: of which it is the nearest
	joined      map[string][]string           // by word of the query: the compounds it makes with the word before or behind it, if the index has them
	located     map[string]bool               // words of the query that tell where, not who: talks in Moscow
	brevity     float64                       // what synonyms count, by the length of the query
	alike       map[string][]string           // by unknown field: those most like it
	nearest     map[string][]candidate        // see closest
	respellings int                           // words that respelled was asked for
	idioms      int                           // expressions met
	turned      int                           // words that meant was asked for, of which no table has an expression
	inflections map[string][]string           // see formsIn
	steps       int
}

// A leaf is a part of the query that is scored.
type leaf struct {
	idf     float64
	docs    *roaring.Bitmap
	sources []source
	word    *word                    // nil for phrases and hints
	lacks   float64                  // of its score: what a passage without it keeps; 0 for all
	idiom   int                      // the expression that it is of, from 1, whose leaves stand side by side; 0 of none
	part    int                      // of the words of the expression, from 1; 0 of the expression itself
	parts   int                      // words of the expression
	lift    func(doc uint32) float64 // of a hint: 0 to 1; nil for words and phrases
}

func (ix *Index) newSearch(ctx context.Context, r Request) *search {
	return &search{
		reader: ix.reader(), ix: ix, ctx: ctx, request: r, below: roaring.New(), brevity: 1,
		words: make(map[string]*word), phrases: make(map[string]foundPhrase),
		typed: make(map[string]bool), told: make(map[string]told), read: make(map[string][]analysis.Synonym), located: make(map[string]bool),
		joined: make(map[string][]string), nearest: make(map[string][]candidate), inflections: make(map[string][]string),
	}
}

// stopped is what check panics with when the context is done; guard's caller sees the context's error.
type stopped struct{ err error }

// check ends the search if its context is done. It looks every 256 steps.
func (s *search) check() {
	if s.steps++; s.steps&255 == 0 {
		if err := context.Cause(s.ctx); err != nil {
			panic(stopped{err})
		}
	}
}

// matchAll returns the passages that a whole query matches: a clause alone is
// plain words, too.
func (s *search) matchAll(n query.Node) *roaring.Bitmap {
	n = s.readNames(n)
	s.tree, s.brevity = n, brevity(n)
	var terms []string
	for _, w := range query.Words(n) {
		for _, t := range analysis.Terms(w) {
			s.typed[analysis.Stem(t)] = true
			terms = append(terms, t)
		}
	}
	s.findNearest(terms)
	s.joinWords(n)
	switch n.(type) {
	case query.Word, query.Hint:
		n = query.Plain{Nodes: []query.Node{n}}
	}
	return s.match(n, true)
}

// brevity is what synonyms count in a query of so many words that are no stop words: 1 up to
// briefQuery, and less with the square of their number down to leastBrevity, since a long question
// meets its answer in some of its own words.
func brevity(n query.Node) float64 {
	words := 0
	for _, w := range query.Words(n) {
		if !isStop(w) {
			words++
		}
	}
	share := min(1, briefQuery/float64(max(words, 1)))
	return max(share*share, leastBrevity)
}

// match returns the passages that a node matches. What stands in it is scored
// and marked, unless it is excluded by a Not. The bitmap must not be changed.
func (s *search) match(n query.Node, scored bool) *roaring.Bitmap {
	switch n := n.(type) {
	case query.Plain:
		return s.plain(n, scored)
	case query.And:
		return s.all(n.Nodes, scored)
	case query.Or:
		out := roaring.New()
		for _, c := range n.Nodes {
			out.Or(s.match(c, scored))
		}
		return out
	case query.Not:
		return roaring.AndNot(s.ix.everything, s.match(n.Node, false))
	case query.Word:
		return s.scoreWord(s.word(n.Text), scored)
	case query.Prefix:
		return s.scoreWord(s.prefix(n.Text, n.End), scored)
	case query.Fuzzy:
		return s.scoreWord(s.fuzzy(n.Text), scored)
	case query.Phrase:
		return s.matchPhrase(n, scored)
	case query.Field:
		return s.field(n)
	case query.Hint:
		return s.hint(n, scored).docs
	}
	return s.ix.everything
}

// all returns what every node matches. Exclusions come last: they cost least then.
func (s *search) all(nodes []query.Node, scored bool) *roaring.Bitmap {
	out := s.ix.everything
	var excluded []query.Node
	for _, n := range nodes {
		if not, ok := n.(query.Not); ok {
			excluded = append(excluded, not.Node)
			continue
		}
		out = roaring.And(out, s.match(n, scored))
	}
	for _, n := range excluded {
		out = roaring.AndNot(out, s.match(n, false))
	}
	return out
}

func (s *search) scoreWord(w *word, scored bool) *roaring.Bitmap {
	if scored && !w.docs.IsEmpty() {
		s.leaves = append(s.leaves, &leaf{idf: w.idf, docs: w.docs, sources: w.sources, word: w})
		s.scoreTyped(w)
		s.marks.addWord(w)
	}
	return w.docs
}

// scoreTyped scores the word as typed by how much rarer it is than its forms.
func (s *search) scoreTyped(w *word) {
	if w.exact.docs == nil || w.exact.docs.IsEmpty() {
		return
	}
	if more := (s.idf(w.exact.docs) - w.idf) * typedShare; more > 0 {
		s.leaves = append(s.leaves, &leaf{idf: more, docs: w.exact.docs, sources: []source{{postings: w.exact, weight: 1}}})
	}
}

func (s *search) matchPhrase(n query.Phrase, scored bool) *roaring.Bitmap {
	var terms []string
	var words []*word
	for _, w := range n.Words {
		terms = append(terms, analysis.Terms(w)...)
	}
	if len(terms) == 0 {
		return s.ix.everything
	}
	var found foundPhrase
	if n.Slop > 0 && len(terms) > 1 {
		for _, w := range n.Words {
			if found := s.word(w); len(analysis.Terms(w)) > 0 {
				words = append(words, found)
			}
		}
		found = s.near(words, n.Slop)
	} else {
		found = s.phrase(terms)
	}
	docs := found.docs
	if !scored {
		return docs
	}
	idf := 0.0
	for _, t := range terms {
		if p := s.term("text", t); !p.docs.IsEmpty() && !analysis.IsStop(t) {
			idf += s.idf(p.docs)
		}
	}
	idf = max(idf, s.idf(docs)) * liftPhrase
	s.leaves = append(s.leaves, &leaf{idf: idf, docs: docs, sources: []source{{postings: found.postings(), weight: 1}}})
	s.marks.addPhrase(terms, words, n.Slop)
	return docs
}

// A clause is a part of a Plain that counts towards its quorum.
type clause struct {
	docs   *roaring.Bitmap
	weight float64
	akin   []*roaring.Bitmap // passages with near synonyms, of each
}

// plain matches words side by side. Fields, phrases, operators and exclusions
// hold for every hit; of the words and hints a quorum must match, or, if no
// passage has it, any. Stop words count only where there is nothing else.
func (s *search) plain(n query.Plain, scored bool) *roaring.Bitmap {
	var must []query.Node
	var may, hinted []clause // of words, of hints
	persons := 0
	stops := onlyStops(n.Nodes)
	expressions, within := s.findIdioms(n.Nodes)
	for _, e := range expressions {
		may = append(may, s.idiomClause(e, scored))
	}
	for i, c := range n.Nodes {
		switch c := c.(type) {
		case query.Word:
			if within[i] {
				continue
			}
			if i > 0 && isLocative(n.Nodes[i-1]) {
				s.located[c.Text] = true
			}
			if stops || !isStop(c.Text) && !isInitial(n.Nodes, i) {
				may = append(may, s.clause(s.word(c.Text), nil, scored))
				may = append(may, s.parts(c.Text, scored)...)
			} else if scored {
				s.faintly(c.Text)
			}
		case query.Prefix, query.Fuzzy:
			docs := s.match(c, scored)
			may = append(may, clause{docs: docs, weight: s.idf(docs)})
		case query.Hint:
			if s.isPerson(c.Field) {
				persons++
			}
			h := s.hint(c, scored)
			hinted = append(hinted, h.clauses...)
		default:
			must = append(must, c)
		}
	}
	if scored {
		s.speech(n.Nodes)
	}
	if scored && persons == 1 && len(may) == 1 {
		s.wantWord(may[0])
	}
	may = append(may, hinted...)
	out := s.all(must, scored)
	may = slices.DeleteFunc(may, func(c clause) bool { return c.docs.IsEmpty() })
	switch {
	case len(may) == 0 && (len(must) > 0 || len(n.Nodes) == 0):
		return out
	case len(may) == 0:
		return roaring.New()
	case len(must) > 0 && hasPhrase(must):
		return out // the words lift what has the phrase
	}
	found := s.quorum(may, out)
	if scored && len(may) > 1 {
		if more := inOtherWords(may, out); !more.IsEmpty() {
			found = roaring.Or(found, more)
		}
	}
	if scored && s.count(found) < few {
		found = s.fill(found, may, out)
	}
	return found
}

// wantWord lowers what has the person who is named and nothing of the one word beside the name: appeasing Hitler.
func (s *search) wantWord(c clause) {
	docs := roaring.FastOr(append(slices.Clip(c.akin), c.docs)...)
	if !docs.IsEmpty() {
		s.leaves = append(s.leaves, &leaf{docs: docs, lacks: lacksWord, lift: fully})
	}
}

// inOtherWords returns the passages within some that have every clause, in its words or in near synonyms, and one in synonyms only: trade
// negotiations for commercial talks, however many passages have talks.
func inOtherWords(clauses []clause, within *roaring.Bitmap) *roaring.Bitmap {
	synonyms := make([]*roaring.Bitmap, len(clauses))
	for i, c := range clauses {
		synonyms[i] = roaring.FastOr(c.akin...)
	}
	out := roaring.FastOr(synonyms...) // few, whereas a word may be in most passages
	out.And(within)
	for i, c := range clauses {
		inWords := roaring.And(out, c.docs)
		out.And(synonyms[i])
		out.Or(inWords)
	}
	return out
}

// fill adds to what was found the passages within some that have synonyms of
// the words only; they rank below.
func (s *search) fill(found *roaring.Bitmap, clauses []clause, within *roaring.Bitmap) *roaring.Bitmap {
	var akin []*roaring.Bitmap
	for _, c := range clauses {
		akin = append(akin, c.akin...)
	}
	more := roaring.FastOr(akin...)
	more.And(within)
	more.AndNot(found)
	if more.IsEmpty() {
		return found
	}
	s.below.Or(more)
	return roaring.Or(found, more)
}

// clause makes a clause of a word; also holds the passages where it is taken as given.
func (s *search) clause(w *word, also *roaring.Bitmap, scored bool) clause {
	docs := s.scoreWord(w, scored)
	if also != nil {
		docs = roaring.Or(docs, also)
	}
	return clause{docs, w.idf, w.akin}
}

// isLocative says whether a node is a preposition of places.
func isLocative(n query.Node) bool {
	w, ok := n.(query.Word)
	return ok && slices.Contains(locatives, strings.ToLower(w.Text))
}

var locatives = []string{"in", "at", "near", "around", "outside"}

// faintly notes a stop word or an initial that tells a little: who remembers a sentence
// remembers its pronouns and prepositions, too. See rescore.
func (s *search) faintly(text string) {
	if terms := analysis.Terms(text); len(terms) == 1 && (analysis.IsFaint(terms[0]) || !analysis.IsStop(terms[0])) {
		if p := s.term(schema.FieldText, terms[0]); !p.docs.IsEmpty() {
			s.faint = append(s.faint, &leaf{idf: s.idf(p.docs) * faintShare, docs: p.docs, sources: []source{{postings: p, weight: 1}}})
		}
	}
}

// isInitial says whether a word among others is an initial of a name, as of D. C. Watt: a letter that is no word of the language beside another,
// or before a word with a capital. Beside other words it says little by itself; of Plan Z the letter says what plan.
func isInitial(nodes []query.Node, at int) bool {
	return isOneLetter(nodes, at) && (isOneLetter(nodes, at-1) || isOneLetter(nodes, at+1) || isCapital(nodes, at+1))
}

func isOneLetter(nodes []query.Node, at int) bool {
	word := wordAt(nodes, at)
	return utf8.RuneCountInString(word) == 1 && strings.IndexFunc(word, unicode.IsLetter) == 0 && !isStop(word)
}

func isCapital(nodes []query.Node, at int) bool {
	first, _ := utf8.DecodeRuneInString(wordAt(nodes, at))
	return unicode.IsUpper(first)
}

// wordAt returns the word at an index, as typed; "" if there is none.
func wordAt(nodes []query.Node, at int) string {
	if at < 0 || at >= len(nodes) {
		return ""
	}
	switch n := nodes[at].(type) {
	case query.Word:
		return n.Text
	case query.Hint:
		return n.Words[0]
	}
	return ""
}

func isStop(word string) bool {
	terms := analysis.Terms(word)
	return len(terms) == 0 || len(terms) == 1 && analysis.IsStop(terms[0])
}

// onlyStops says whether no node but stop words and initials says what is looked for.
func onlyStops(nodes []query.Node) bool {
	for i, n := range nodes {
		switch n := n.(type) {
		case query.Word:
			if !isStop(n.Text) && !isInitial(nodes, i) {
				return false
			}
		case query.Not:
		default:
			return false
		}
	}
	return true
}

func hasPhrase(nodes []query.Node) bool {
	return slices.ContainsFunc(nodes, func(n query.Node) bool { _, ok := n.(query.Phrase); return ok })
}

// quorum returns the passages within some whose matching clauses have enough of
// the weight of all.
func (s *search) quorum(clauses []clause, within *roaring.Bitmap) *roaring.Bitmap {
	bitmaps := make([]*roaring.Bitmap, len(clauses))
	for i, c := range clauses {
		bitmaps[i] = c.docs
	}
	any := roaring.FastOr(bitmaps...)
	any.And(within)
	if len(clauses) == 1 {
		return any
	}
	slices.SortStableFunc(clauses, func(a, b clause) int { return cmp.Compare(b.weight, a.weight) })
	total := 0.0
	for _, c := range clauses[:min(len(clauses), decisive)] {
		total += c.weight
	}
	for _, share := range quorums {
		if out := s.atLeast(clauses, any, share*total); s.count(out) >= enough {
			return out
		}
	}
	return any
}

// atLeast returns the passages of any whose clauses, the heaviest first, weigh at least need. Every
// set of clauses that cannot be left out is an intersection of bitmaps, so two or
// three clauses cost no look at single passages.
func (s *search) atLeast(clauses []clause, any *roaring.Bitmap, need float64) *roaring.Bitmap {
	const slack = 1e-9
	out := roaring.New()
	rest := 0.0
	for _, c := range clauses {
		rest += c.weight
	}
	// clauses that suffice alone
	for len(clauses) > 0 && clauses[0].weight >= need-slack {
		out.Or(clauses[0].docs)
		rest -= clauses[0].weight
		clauses = clauses[1:]
	}
	out.And(any)
	if len(clauses) == 0 || rest < need-slack {
		return out
	}
	its := make([]*roaring.Bitmap, len(clauses))
	for i, c := range clauses {
		its[i] = c.docs
	}
	for it := roaring.AndNot(any, out).Iterator(); it.HasNext(); {
		s.check()
		doc, sum := it.Next(), 0.0
		for i := range its {
			if its[i].Contains(doc) {
				if sum += clauses[i].weight; sum >= need-slack {
					out.Add(doc)
					break
				}
			}
		}
	}
	return out
}
