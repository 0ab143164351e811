package search

import (
	"cmp"
	"slices"
	"strings"

	"ibid/corpus"
	"ibid/corpus/edtf"
	"ibid/indexer/analysis"
	"ibid/indexer/schema"
	"ibid/search/query"
)

// A marker finds in the text of a passage what matched the query. The zero value finds nothing.
type marker struct {
	words   []*word
	phrases []phraseForm
	nears   []nearForm
	hints   []query.Field

	terms  map[string][]termMark // what each term of the words is marked as, made when first needed
	starts map[string][]int      // phrases that begin with a term
}

// A termMark is what a term is marked as for one word of the query.
type termMark struct {
	layer  Layer
	weight float64
	what   int
}

type nearForm struct {
	words []*word
	slop  int
}

// A mark is a stretch of a text that matched: bytes [start, end).
type mark struct {
	start, end int
	layer      Layer
	weight     float64 // the idf of what matched
	what       int     // which part of the query, to tell repetition from variety
}

func (m *marker) addWord(w *word) {
	if !slices.Contains(m.words, w) {
		m.words = append(m.words, w)
		m.phrases = append(m.phrases, w.phrases...)
	}
}

// addPhrase adds a phrase, or with slop words that stand near each other.
func (m *marker) addPhrase(terms []string, words []*word, slop int) {
	if words != nil {
		m.nears = append(m.nears, nearForm{words, slop})
		return
	}
	m.phrases = append(m.phrases, phraseForm{terms, Exact})
}

func (m *marker) addHint(h query.Hint) {
	m.hints = append(m.hints, h.Field)
	if len(h.Words) < 2 {
		return
	}
	var terms []string
	for _, w := range h.Words {
		terms = append(terms, analysis.Terms(w)...)
	}
	m.phrases = append(m.phrases, phraseForm{terms, Exact})
}

// prepare makes the tables of terms.
func (m *marker) prepare() {
	m.terms, m.starts = make(map[string][]termMark), make(map[string][]int)
	for i, w := range m.words {
		for term, layer := range w.marks {
			m.terms[term] = append(m.terms[term], termMark{layer, w.idf, i})
		}
		for term := range w.synonyms {
			if _, ok := w.marks[term]; !ok {
				m.terms[term] = append(m.terms[term], termMark{Similar, w.idf * weightSynonym, i})
			}
		}
	}
	for i, f := range m.phrases {
		if len(f.terms) > 0 {
			m.starts[f.terms[0]] = append(m.starts[f.terms[0]], i)
		}
	}
}

// marks returns what matched in the text of p, which has the tokens, in order
// and not overlapping.
func (m *marker) marks(p *corpus.Passage, tokens []analysis.Token) []mark {
	if m.terms == nil {
		m.prepare()
	}
	var out []mark
	for at, t := range tokens {
		for _, is := range m.terms[t.Term] {
			out = append(out, mark{t.Start, t.End, is.layer, is.weight, is.what})
		}
		for _, i := range m.starts[t.Term] {
			if end, ok := phraseEnd(tokens, at, m.phrases[i].terms); ok {
				out = append(out, mark{t.Start, end, m.phrases[i].layer, phraseWeight, len(m.words) + i})
			}
		}
	}
	for i, n := range m.nears {
		out = append(out, nearMarks(tokens, n, len(m.words)+len(m.phrases)+i)...)
	}
	for i, f := range m.hints {
		for _, printed := range hintPrinted(p, f) {
			layer := Exact
			if f.Name == "actor" { // where the name asked for does not stand in it
				layer = Variant
			}
			out = append(out, printedMarks(p.Text, printed, layer, -1-i)...)
		}
	}
	return merge(trimPossessives(p.Text, out))
}

// phraseWeight is the weight of a phrase or a thing recognised, which is rarer
// than its words.
const phraseWeight = 8

// phraseEnd returns where the terms end that stand one after the other from a token on, if they do.
func phraseEnd(tokens []analysis.Token, at int, terms []string) (end int, ok bool) {
	first, last := tokens[at], tokens[at]
	for i := 1; i < len(terms); i++ {
		if at = tokenAt(tokens, at, first.Pos+i, terms[i]); at < 0 {
			return 0, false
		}
		last = tokens[at]
	}
	return last.End, true
}

// tokenAt returns the index of the token with a term at a position, searching
// from index i on; -1 if there is none. Extra tokens make positions repeat.
func tokenAt(tokens []analysis.Token, i, pos int, term string) int {
	for i = max(i-4, 0); i < len(tokens) && tokens[i].Pos <= pos+4; i++ {
		if tokens[i].Pos == pos && tokens[i].Term == term {
			return i
		}
	}
	return -1
}

// nearMarks returns the words of the stretches that hold all of them.
func nearMarks(tokens []analysis.Token, n nearForm, what int) []mark {
	type place struct {
		occurrence
		token analysis.Token
		layer Layer
	}
	var all []place
	for _, t := range tokens {
		for i, w := range n.words {
			if layer, ok := w.marks[t.Term]; ok {
				all = append(all, place{occurrence{t.Pos, i}, t, layer})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b place) int { return a.pos - b.pos })
	var out []mark
	for left := range all {
		seen := make(map[int]bool)
		for right := left; right < len(all) && all[right].pos-all[left].pos+1-len(n.words) <= n.slop; right++ {
			if seen[all[right].word] = true; len(seen) < len(n.words) {
				continue
			}
			for _, p := range all[left : right+1] {
				out = append(out, mark{p.token.Start, p.token.End, p.layer, phraseWeight, what})
			}
			break
		}
	}
	return out
}

// hintPrinted returns how a passage prints what a field asks for.
func hintPrinted(p *corpus.Passage, f query.Field) []string {
	var out []string
	switch f.Name {
	case "cite":
		key := schema.CiteKey(f.Value)
		for _, c := range p.Citations {
			if schema.CiteKey(c.ID) == key {
				out = append(out, c.Printed)
			}
		}
	case "actor":
		for _, a := range p.Actors {
			if a.ID == f.Value {
				out = append(out, a.Printed)
			}
		}
	case "date":
		r, err := edtf.ParseRange(f.Value)
		if err != nil {
			return nil
		}
		for _, d := range p.Dates {
			from, errFrom := edtf.ParseDay(d.Earliest)
			to, errTo := edtf.ParseDay(d.Latest)
			if errFrom == nil && errTo == nil && (edtf.Range{First: from, Last: to}).Within(r) {
				out = append(out, d.Printed)
			}
		}
	}
	return out
}

// printedMarks returns where a printed form stands as whole words.
func printedMarks(text, printed string, layer Layer, what int) []mark {
	var out []mark
	if printed = strings.TrimSpace(printed); printed == "" {
		return nil
	}
	for at := 0; ; {
		i := strings.Index(text[at:], printed)
		if i < 0 {
			return out
		}
		start, end := at+i, at+i+len(printed)
		if wordBorder(text, start) && wordBorder(text, end) {
			out = append(out, mark{start, end, layer, phraseWeight, what})
		}
		at = end
	}
}

// trimPossessives takes the 's off marked words: Molotov's is marked Molotov.
func trimPossessives(text string, marks []mark) []mark {
	for i, m := range marks {
		for _, s := range []string{"'s", "\u2019s"} {
			if strings.HasSuffix(text[m.start:m.end], s) && m.end-m.start > len(s) {
				marks[i].end -= len(s)
			}
		}
	}
	return marks
}

// merge sorts marks and joins those that overlap; the shallower layer and the
// greater weight hold.
func merge(marks []mark) []mark {
	slices.SortFunc(marks, func(a, b mark) int {
		return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(b.end, a.end), cmp.Compare(layerDepth[a.layer], layerDepth[b.layer]), cmp.Compare(b.weight, a.weight))
	})
	var out []mark
	for _, m := range marks {
		if n := len(out) - 1; n >= 0 && m.start < out[n].end {
			last := &out[n]
			last.end = max(last.end, m.end)
			if layerDepth[m.layer] < layerDepth[last.layer] {
				last.layer = m.layer
			}
			if m.weight > last.weight {
				last.weight, last.what = m.weight, m.what
			}
			continue
		}
		out = append(out, m)
	}
	return out
}

// pieces cuts text[start:end) into pieces at the marks.
func pieces(text string, start, end int, marks []mark) Fragment {
	var out Fragment
	at := start
	for _, m := range marks {
		from, to := max(m.start, start), min(m.end, end)
		if from >= to {
			continue
		}
		if from > at {
			out = append(out, Piece{Text: text[at:from]})
		}
		out = append(out, Piece{Text: text[from:to], Match: true, Layer: m.layer})
		at = to
	}
	if at < end {
		out = append(out, Piece{Text: text[at:end]})
	}
	return out
}
