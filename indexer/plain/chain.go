package plain

// The chain of notes. Labels of notes run 1, 2, 3 through an article, or begin
// anew with each chapter or page. Every line that begins like a note is a
// candidate; the chain is the row of candidates that makes the best sense, by
// what is printed and by what else tells a note: it stands at the foot of its
// page or behind a heading for notes, other notes or a blank line stand before
// it, and the body has a caller of that number.

// A candidate is a line that may begin a note.
type candidate struct {
	opening
	line   int
	page   int
	inEnd  bool    // it stands behind a heading for notes
	weight float64 // what its place says for it or against it
}

// A link is a state of the search for the chain: the last note taken.
type link struct {
	score  float64
	number int
	cand   int
	before *link
}

const (
	beamWidth = 24  // states kept; the work is linear in the candidates
	restart   = 2.5 // cost of beginning anew with note 1
	skipped   = 1.5 // cost of a number that is missing
	taken     = 2.0 // worth of a note
	called    = 1.5 // worth of its caller
)

// chain returns the best row of candidates of one style with their numbers, and its score.
func (t *text) chain(cands []candidate, callers *callerIndex) (*link, float64) {
	beam := []*link{{cand: -1}}
	for c := range cands {
		var grown []*link
		for _, s := range beam {
			grown = t.extend(grown, s, cands, c, callers)
		}
		beam = prune(append(beam, grown...))
	}
	return beam[0], beam[0].score
}

// extend appends the states that follow from s when candidate c is taken.
func (t *text) extend(out []*link, s *link, cands []candidate, c int, callers *callerIndex) []*link {
	cand := &cands[c]
	base := s.score + taken + cand.weight
	if s.cand >= 0 && cands[s.cand].page == cand.page && !cand.inEnd {
		base = s.score + taken // a note stands before it: the place is good
	}
	add := func(n int, penalty float64) {
		misread := cost(cand.token, n)
		if misread >= impossible {
			return
		}
		if cand.letters {
			misread += 0.5
		}
		score := base - misread - penalty - 1
		if callers.has(n, cand) {
			score += called
		}
		if score > s.score {
			out = append(out, &link{score, n, c, s})
		}
	}
	add(s.number+1, 0)
	if n := decode(cand.token); n > s.number+1 && n <= s.number+5 {
		add(n, skipped*float64(n-s.number-1))
	} else if s.number == 0 && n > 1 && (cand.inEnd || n < 500) {
		add(n, skipped) // the numbers of a volume may run on through its articles
	}
	if s.number > 0 {
		add(1, restart)
	}
	return out
}

// prune keeps the best state for each last number, the best states first.
func prune(beam []*link) []*link {
	best := map[int]*link{}
	for _, s := range beam {
		if b := best[s.number]; b == nil || s.score > b.score {
			best[s.number] = s
		}
	}
	out := beam[:0]
	for _, s := range beam {
		if best[s.number] != s {
			continue
		}
		at := len(out)
		out = append(out, s)
		for ; at > 0 && out[at-1].score < s.score; at-- {
			out[at] = out[at-1]
		}
		out[at] = s
	}
	return out[:min(len(out), beamWidth)]
}

// row returns the candidates of a chain in order, as indexes and numbers.
func (s *link) row() (cands, numbers []int) {
	for ; s != nil && s.cand >= 0; s = s.before {
		cands, numbers = append(cands, s.cand), append(numbers, s.number)
	}
	for i, j := 0, len(cands)-1; i < j; i, j = i+1, j-1 {
		cands[i], cands[j] = cands[j], cands[i]
		numbers[i], numbers[j] = numbers[j], numbers[i]
	}
	return cands, numbers
}

// A callerIndex tells which numbers the body may call on a page.
type callerIndex struct {
	byPage map[[2]int]bool // page and number
	all    map[int]bool
}

func (t *text) indexCalls(calls []call) *callerIndex {
	x := &callerIndex{map[[2]int]bool{}, map[int]bool{}}
	for _, k := range calls {
		if n := decode(k.token); n > 0 && k.doubt < 1 {
			x.byPage[[2]int{t.lines[k.line].page, n}] = true
			x.all[n] = true
		}
	}
	return x
}

// has reports whether the body calls note n on the candidate's page or the one
// before it, or anywhere if it is an endnote.
func (x *callerIndex) has(n int, c *candidate) bool {
	if c.inEnd {
		return x.all[n]
	}
	return x.byPage[[2]int{c.page, n}] || x.byPage[[2]int{c.page - 1, n}]
}
