package main

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"ibid/corpus"
	"ibid/corpus/edtf"
	"ibid/indexer/analysis"
	"ibid/search"
)

// The classes of queries. In plain the three words stand side by side, as readers
// type them: a passage needs not have all. Peers have no such query.
const (
	classTerm     = "term"
	classAny      = "any of 3"
	classAll      = "all of 3"
	classPhrase   = "phrase"
	classPrefix   = "prefix"
	classFuzzy    = "fuzzy"
	classFiltered = "filtered"
	classDated    = "date range"
	classPlain    = "plain"
)

var classes = []string{classTerm, classAny, classAll, classPhrase, classPrefix, classFuzzy, classFiltered, classDated, classPlain}

// A benchQuery is one query, for every engine.
type benchQuery struct {
	Class string   `json:"class"`
	Words []string `json:"words"`           // of a prefix its letters
	Actor string   `json:"actor,omitempty"` // of classFiltered
	From  int      `json:"from,omitempty"`  // first day; 0 for no range
	To    int      `json:"to,omitempty"`    // last day, inclusive
}

// ours says whether q is of a class that not every engine has.
func (q *benchQuery) ours() bool { return q.Class == classFuzzy || q.Class == classPlain }

// request makes the request that the server would make of q.
func (q *benchQuery) request(match search.Layer) search.Request {
	r := search.Request{Size: 10, Match: match}
	switch q.Class {
	case classAny, classFiltered:
		r.Query = strings.Join(q.Words, " OR ")
	case classAll:
		r.Query = strings.Join(q.Words, " AND ")
	case classPhrase:
		r.Query = `"` + strings.Join(q.Words, " ") + `"`
	case classPrefix:
		r.Query = q.Words[0] + "*"
	case classFuzzy:
		r.Query = q.Words[0] + "~"
	default:
		r.Query = strings.Join(q.Words, " ")
	}
	if q.Actor != "" {
		r.Filters = search.Filters{search.GroupActor: {q.Actor}}
	}
	if q.From > 0 {
		r.From, r.To = edtf.Day(q.From).String(), edtf.Day(q.To).String()
	}
	return r
}

// sampledPassages is the number of passages that words of queries are drawn from.
const sampledPassages = 4000

// A vocabulary counts in how many passages each word is, and keeps some passages.
type vocabulary struct {
	docs   map[string]int
	sample [][]string // words of passages
	rand   *rand.Rand
	every  int
	seen   int
}

func newVocabulary(cfg config) *vocabulary {
	return &vocabulary{docs: make(map[string]int), rand: rand.New(rand.NewPCG(cfg.Seed, 0x9e1)), every: max(cfg.N/sampledPassages, 1)}
}

func (v *vocabulary) add(_ *corpus.Passage, terms []string) {
	if v.seen%v.every == 0 {
		v.sample = append(v.sample, terms)
	}
	v.seen++
	seen := make(map[string]bool, len(terms))
	for _, t := range terms {
		if !seen[t] {
			seen[t] = true
			v.docs[t]++
		}
	}
}

// The 120 commonest words are asked for in phrases only.
const commonest = 120

// queries draws the queries of each class. Words of a term come by turns from
// three bands: those in up to a thousandth of the passages, up to a hundredth, and more. The
// others are drawn from passages, so that a word is asked for as often as it is used.
func (v *vocabulary) queries(cfg config) []benchQuery {
	p := v.pools()
	var out []benchQuery
	for i := range cfg.Queries {
		actor := fmt.Sprintf("actor%03d", v.rand.IntN(40))
		from, years := edtf.DayOf(firstYear+v.rand.IntN(yearCount-20), 1, 1), 1+v.rand.IntN(5)
		band := p.bands[i%3]
		out = append(out,
			benchQuery{Class: classTerm, Words: []string{band[v.rand.IntN(len(band))]}},
			benchQuery{Class: classAny, Words: p.words(3)},
			benchQuery{Class: classAll, Words: p.words(3)},
			benchQuery{Class: classPhrase, Words: p.phrase(2 + i%2)},
			benchQuery{Class: classPrefix, Words: []string{p.prefix()}},
			benchQuery{Class: classFuzzy, Words: []string{p.misspelled()}},
			benchQuery{Class: classFiltered, Words: p.words(2), Actor: actor, From: int(from), To: int(from) + 20*365},
			benchQuery{Class: classDated, Words: p.words(1), From: int(from), To: int(from) + years*365},
			benchQuery{Class: classPlain, Words: p.words(3)},
		)
	}
	return out
}

// pools are the words to draw from.
type pools struct {
	*vocabulary
	sorted []string // all words in order, for prefixes
	bands  [3][]string
	common map[string]bool
}

func (v *vocabulary) pools() *pools {
	p := &pools{vocabulary: v, common: make(map[string]bool)}
	for w := range v.docs {
		p.sorted = append(p.sorted, w)
	}
	slices.Sort(p.sorted)
	byCount := slices.Clone(p.sorted)
	slices.SortStableFunc(byCount, func(a, b string) int { return v.docs[b] - v.docs[a] })
	for _, w := range byCount[:min(commonest, len(byCount))] {
		p.common[w] = true
	}
	for _, w := range p.sorted {
		switch n := v.docs[w]; {
		case !p.asked(w) || n < 3:
		case n <= v.seen/1000:
			p.bands[0] = append(p.bands[0], w)
		case n <= v.seen/100:
			p.bands[1] = append(p.bands[1], w)
		default:
			p.bands[2] = append(p.bands[2], w)
		}
	}
	for i := range p.bands { // a small vocabulary may lack a band
		if len(p.bands[i]) == 0 {
			p.bands[i] = byCount
		}
	}
	return p
}

// asked says whether a word is one that is asked for: four letters or more, none of them a digit, and not
// one of the commonest; nor one that the query language understands.
func (p *pools) asked(w string) bool {
	return len(w) > 3 && len(w) < 30 && strings.Trim(w, "abcdefghijklmnopqrstuvwxyz") == "" && !p.common[w] && !analysis.IsStop(w) && !slices.Contains(understood, w)
}

// understood are words that make dates of words beside them.
var understood = []string{"january", "february", "march", "april", "june", "july", "august", "september", "october", "november", "december", "note", "notes", "page", "pages", "winter", "spring", "summer", "autumn", "early", "late"}

// words draws different words of one passage.
func (p *pools) words(n int) []string {
	for {
		var out []string
		passage := p.sample[p.rand.IntN(len(p.sample))]
		for range 20 {
			if w := passage[p.rand.IntN(len(passage))]; len(out) < n && p.asked(w) && !slices.Contains(out, w) {
				out = append(out, w)
			}
		}
		if len(out) == n {
			return out
		}
	}
}

// phrase draws words that stand side by side, at least one of them asked for.
func (p *pools) phrase(n int) []string {
	for {
		passage := p.sample[p.rand.IntN(len(p.sample))]
		at := p.rand.IntN(max(len(passage)-n, 1))
		if out := passage[at:min(at+n, len(passage))]; len(out) == n && slices.ContainsFunc(out, p.asked) {
			return out
		}
	}
}

// prefix draws the beginning of a word: 4 letters, or as many as it takes for no more
// than 100 words to begin so, since ibid looks for the 128 commonest only.
func (p *pools) prefix() string {
	for {
		w := p.words(1)[0]
		for n := 4; n < len(w); n++ {
			from, _ := slices.BinarySearch(p.sorted, w[:n])
			to, _ := slices.BinarySearch(p.sorted, w[:n]+"\xff")
			if to-from <= 100 {
				return w[:n]
			}
		}
	}
}

// misspelled draws a word with a wrong letter.
func (p *pools) misspelled() string {
	for {
		w := p.words(1)[0]
		if len(w) < 6 {
			continue
		}
		at := 1 + p.rand.IntN(len(w)-2)
		return w[:at] + string(rune('a'+p.rand.IntN(26))) + w[at+1:]
	}
}
