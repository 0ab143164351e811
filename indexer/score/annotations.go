package score

import (
	"fmt"
	"strings"
	"unicode"

	"ibid/corpus"
)

// scoreCitations adds the rows of citations, by kind, with locator and the work
// a citation is taken from.
func (s *scorer) scoreCitations() {
	if s.gold.Citations == nil {
		return
	}
	var locators, through []value
	for _, kind := range []corpus.CitationKind{corpus.CitesDocument, corpus.CitesWork} {
		var gold, found []item
		var want []Citation
		var got []corpus.Citation
		for _, c := range s.gold.Citations {
			if c.Kind == string(kind) {
				gold = append(gold, item{c.Line, c.ID, c.ID, c.Doubt != ""})
				want = append(want, c)
			}
		}
		for _, p := range s.blocks {
			for _, c := range p.Citations {
				if c.Kind == kind {
					found = append(found, item{line: c.Line, value: c.ID, shown: p.ID + ": " + c.ID})
					got = append(got, c)
				}
			}
		}
		for _, pr := range s.scoreItems(string(kind)+" citations", gold, found, sameValue) {
			w, g := want[pr.gold], got[pr.found]
			locators = append(locators, newValue(w.Line, g.ID, w.Locator, g.Locator))
			through = append(through, newValue(w.Line, g.ID, w.Through, g.Through))
		}
	}
	s.scoreValues("locators", locators)
	s.scoreValues("cited through", through)
}

// scoreDates adds the row of dates: right if the EDTF is the one of gold.
func (s *scorer) scoreDates() {
	if s.gold.Dates == nil {
		return
	}
	var gold, found []item
	var got []corpus.Date
	for _, d := range s.gold.Dates {
		gold = append(gold, item{d.Line, d.EDTF, fmt.Sprintf("%s (%q)", d.EDTF, d.Printed), d.Doubt != ""})
	}
	for _, p := range s.blocks {
		for _, d := range p.Dates {
			found = append(found, item{line: d.Line, value: d.EDTF, shown: fmt.Sprintf("%s: %s (%q)", p.ID, d.EDTF, d.Printed)})
			got = append(got, d)
		}
	}
	var relative []value
	for _, pr := range s.scoreItems("dates", gold, found, sameValue) {
		d := s.gold.Dates[pr.gold]
		relative = append(relative, newValue(d.Line, d.Printed, relativeness(d.Relative), relativeness(got[pr.found].Relative)))
	}
	s.scoreValues("relative dates", relative)
}

func relativeness(relative bool) string {
	if relative {
		return "relative"
	}
	return ""
}

// scoreMentions adds the rows of mentions by kind of actor. The kind of what
// was found is that which gold gives the actor; actors that gold never names
// make a row of their own.
func (s *scorer) scoreMentions() {
	if s.gold.Mentions == nil {
		return
	}
	gold, found := map[string][]item{}, map[string][]item{}
	kinds := map[string]string{}
	for _, m := range s.gold.Mentions {
		gold[m.Kind] = append(gold[m.Kind], item{m.Line, m.ID, m.ID + " (" + m.Printed + ")", m.Doubt != ""})
		for id := range strings.SplitSeq(m.ID, "|") {
			kinds[id] = m.Kind
		}
	}
	for _, p := range s.blocks {
		for _, m := range p.Actors {
			k := kinds[m.ID]
			found[k] = append(found[k], item{line: m.Line, value: m.ID, shown: p.ID + ": " + m.ID + " (" + m.Printed + ")"})
		}
	}
	s.scoreItems("person mentions", gold["person"], found["person"], sameValue)
	s.scoreItems("state mentions", gold["state"], found["state"], sameValue)
	s.scoreItems("body mentions", gold["body"], found["body"], sameValue)
	s.scoreItems("mentions of actors that gold never names", nil, found[""], sameValue)
}

// scoreQuotations adds the rows of quotations: of all by their bounds, then of
// those of documents by bounds and nature, with what is told of them.
func (s *scorer) scoreQuotations() {
	if s.gold.Quotations == nil {
		return
	}
	var natures []value
	for _, pr := range s.pairQuotations("quotations", func(Quotation) bool { return true }, s.quotations) {
		natures = append(natures, newValue(pr.gold.Lines[0][0], pr.found.ID, pr.gold.Nature, string(pr.found.Nature)))
	}
	s.scoreValues("nature", natures)

	var documents []*corpus.Passage
	for _, p := range s.quotations {
		if p.Nature == corpus.OfDocument {
			documents = append(documents, p)
		}
	}
	ofDocument := func(q Quotation) bool { return q.Doubt != "" || allows(q.Nature, string(corpus.OfDocument)) }
	var speaker, addressee, medium, date, cited []value
	for _, pr := range s.pairQuotations("quotations of documents", ofDocument, documents) {
		q, p, line := pr.gold, pr.found, pr.gold.Lines[0][0]
		speaker = append(speaker, newValue(line, p.ID, q.Speaker, p.Speaker))
		addressee = append(addressee, newValue(line, p.ID, q.Addressee, p.Addressee))
		medium = append(medium, newValue(line, p.ID, q.Medium, p.Medium))
		date = append(date, newValue(line, p.ID, q.Date, p.Date))
		cited = append(cited, citedValue(q, p))
	}
	s.scoreValues("speaker", speaker)
	s.scoreValues("addressee", addressee)
	s.scoreValues("medium", medium)
	s.scoreValues("date of quotation", date)
	s.scoreValues("citation of quotation", cited)
}

// A quotationPair is a quotation of gold and the passage that was found for it.
type quotationPair struct {
	gold  Quotation
	found *corpus.Passage
}

// pairQuotations adds the row of the quotations of gold that are asked for
// against passages, and returns the pairs that are not in doubt.
func (s *scorer) pairQuotations(key string, asked func(Quotation) bool, passages []*corpus.Passage) []quotationPair {
	var gold, found []item
	var want []Quotation
	for _, q := range s.gold.Quotations {
		if asked(q) {
			gold = append(gold, item{q.Lines[0][0], q.First + "\n" + q.Last, q.First + " ... " + q.Last, q.Doubt != ""})
			want = append(want, q)
		}
	}
	for _, p := range passages {
		found = append(found, item{line: firstLine(p), value: p.Text, shown: p.ID + ": " + p.Text})
	}
	var out []quotationPair
	for _, pr := range s.scoreItems(key, gold, found, sameBounds) {
		out = append(out, quotationPair{want[pr.gold], passages[pr.found]})
	}
	return out
}

// sameBounds reports whether the words found begin and end with those of gold;
// marks, spaces and letter case aside.
func sameBounds(gold, found item) bool {
	first, last, _ := strings.Cut(gold.value, "\n")
	text := bare(found.value)
	return strings.HasPrefix(text, bare(first)) && strings.HasSuffix(text, bare(last))
}

// bare returns the letters and digits of s in lower case.
func bare(s string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, s)
}

// citedValue compares what a quotation is cited from: right if all that gold
// asks for is there and nothing that it does not allow.
func citedValue(q Quotation, p *corpus.Passage) value {
	var got []string
	for _, c := range p.Citations {
		got = append(got, c.ID)
	}
	v := value{line: q.Lines[0][0], of: p.ID, want: strings.Join(q.Citations, " and "), got: strings.Join(got, " and "), given: len(got) > 0, right: true}
	used := make([]bool, len(got))
	for _, want := range q.Citations {
		there := false
		for i, id := range got {
			if allows(want, id) {
				used[i], there = true, true
			}
		}
		asked := !allows(want, "")
		v.told = v.told || asked
		v.right = v.right && (there || !asked)
	}
	for _, u := range used {
		v.right = v.right && u
	}
	return v
}
