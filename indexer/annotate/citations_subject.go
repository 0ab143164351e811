package annotate

import (
	"slices"
	"strings"

	"ibid/corpus"
)

// listed notes the works of a list of references: "Nish, Ian, The Origins of the
// War (London, 1985)", "NISH, I. H. 1985. Origins". They are no citations; they tell who
// wrote what in which year.
func (c *citer) listed(s *citeScan, section string) {
	if !listSections[strings.ToLower(section)] {
		return
	}
	for i := range s.ls {
		family, ok := s.entry(i)
		if !ok {
			continue
		}
		for j := i + 2; j < i+maxEntry; j++ {
			if _, another := s.entry(j); another && s.at(j-1).text == "." && s.at(j-1).glued && j > i+4 {
				break // the next entry
			}
			if year, next, ok := s.year(j); ok && (s.is(next, ") . , :") || next == len(s.ls)) && !s.is(j-1, "- –") {
				if !slices.Contains(c.wrote[year], family) {
					c.wrote[year] = append(c.wrote[year], family)
				}
				break
			}
		}
	}
}

// maxEntry bounds how many lexemes an entry of a list of references has up to its year.
const maxEntry = 60

var listSections = map[string]bool{"references": true, "bibliography": true, "sources": true, "works cited": true, "list of references": true}

// entry reads the author that begins an entry: "Nish, Ian" or "Nish, I.".
func (s *citeScan) entry(i int) (string, bool) {
	l, given := s.at(i), s.at(i+2)
	begins := i == 0 || s.at(i-1).sentence != l.sentence || s.is(i-1, "and &")
	if !begins || l.kind != lexWord || !capitalised(l.text) || len(l.text) < 3 || notNames[l.lower] || !s.is(i+1, ",") || given.kind != lexWord || !isNamePiece(given.text) {
		return "", false
	}
	family := l.text
	if strings.ToUpper(family) == family {
		family = family[:1] + strings.ToLower(family[1:])
	}
	return family, true
}

// bySubject finds the citations whose author is the subject of the sentence and whose
// bracket has the year only: "Nish argues that ... (1985, p. 291)". The source must know one
// author of that year in the sentence, by another citation or its list of references.
func (c *citer) bySubject(s *citeScan) {
	for i := range s.ls {
		if !s.is(i, "(") || s.taken[i] || s.taken[min(i+1, len(s.ls)-1)] {
			continue
		}
		year, _, ok := s.year(i + 1)
		if !ok {
			continue
		}
		author, at := c.subjectOf(s, i, year)
		if author == "" {
			continue
		}
		found := c.yearList(s, i+1, i+1, authors{first: author})
		if len(found) == 0 || !s.is(found[len(found)-1].to, ")") {
			continue
		}
		located := slices.ContainsFunc(found, func(f cited) bool { return f.locator != "" })
		if c.notAuthors[strings.ToLower(author)] && !located || citesBetween(s, at, i) {
			continue
		}
		s.add(found...)
	}
}

// subjectOf returns the one author of a work of year who is a subject in the
// sentence before lexeme i, and where he stands; "" if there is none or several.
func (c *citer) subjectOf(s *citeScan, i int, year string) (author string, at int) {
	for j := i - 1; j >= max(0, i-maxLookBack) && s.at(j).sentence == s.at(i).sentence; j-- {
		for _, name := range c.wrote[year] {
			if name != author && s.isSubjectAt(j, name) {
				if author != "" {
					return "", 0
				}
				author, at = name, j
			}
		}
	}
	return author, at
}

// isSubjectAt reports whether a name stands at lexeme j as a subject: before a verb or a
// comma and behind no preposition, or as the owner of a view ("in Nish's view").
func (s *citeScan) isSubjectAt(j int, name string) bool {
	words := strings.Fields(name)
	for k, w := range words {
		text := s.at(j + k).text
		if owner := possessor(text); k == len(words)-1 && owner == w {
			return true
		}
		if text != w {
			return false
		}
	}
	next := s.at(j + len(words))
	verb := next.kind == lexWord && !capitalised(next.text) && !smallWords[next.lower] || s.is(j+len(words), ", has had is was does did and")
	return verb && !s.is(j-1, "of by to from with unlike like against in on at for between under after before than contra - –")
}

// citesBetween reports whether a work is cited between lexemes from and to.
func citesBetween(s *citeScan, from, to int) bool {
	return slices.ContainsFunc(s.found, func(f cited) bool { return f.kind == corpus.CitesWork && f.from > from && f.to <= to })
}
