package annotate

import (
	"strings"
	"unicode/utf8"
)

// An authors is the name of an author, or of several, as a citation prints it:
// "Watt", "A. J. P. Taylor", "Fleron, Jr., Hoffmann and Laird eds."
type authors struct {
	first string // family name of the first
	to    int    // lexeme behind the last
	full  bool   // with initials, a given name, a second author or "eds."
}

// Bounds that no citation reaches; they keep the work linear on a text that is
// all names.
const (
	maxAuthors   = 12
	maxNameWords = 16 // lexemes of one name
	maxLookBack  = 80 // lexemes before a citation or date
)

// authors reads the authors that begin at lexeme i.
func (c *citer) authors(s *citeScan, i int) (authors, bool) {
	family, next, pieces, ok := c.author(s, i)
	if !ok {
		return authors{}, false
	}
	a := authors{first: family, to: next, full: pieces > 1}
	for range maxAuthors {
		j := a.to
		if s.is(j, ",") {
			j++
		}
		if s.is(j, "and & with") {
			j++
		} else if j == a.to || !c.listGoesOn(s, j) {
			break
		}
		if _, next, _, ok = c.author(s, j); !ok {
			break
		}
		a.to, a.full = next, true
	}
	a.to = s.pastEditors(a.to)
	return a, true
}

// listGoesOn reports whether the name at j, behind a comma, is one of a list of
// authors: more names follow, the last after "and".
func (c *citer) listGoesOn(s *citeScan, j int) bool {
	for range 8 {
		_, next, _, ok := c.author(s, j)
		if !ok {
			return false
		}
		if j = next; s.is(j, ",") {
			j++
		}
		if s.is(j, "and &") {
			_, _, _, ok := c.author(s, j+1)
			return ok
		}
		if j == next {
			return false
		}
	}
	return false
}

// pastEditors skips "et al.", "eds.", "(ed.)", "trans."
func (s *citeScan) pastEditors(i int) int {
	for {
		j := i
		if s.is(j, ",") {
			j++
		}
		switch {
		case s.is(j, "et") && s.is(j+1, "al"):
			j += 2
		case s.is(j, "ed eds editor editors trans"):
			j++
		case s.is(j, "(") && s.is(j+1, "ed eds trans") && (s.is(j+2, ")") || s.is(j+3, ")")):
			j += 2
		default:
			return i
		}
		for s.is(j, ". )") && (s.at(j).glued || s.is(j, ")")) {
			j++
		}
		i = j
	}
}

// author reads one name: initials, given names and particles, then the family
// name, with "Jr." behind it. pieces counts the parts that are capitalised.
func (c *citer) author(s *citeScan, i int) (family string, next, pieces int, ok bool) {
	first := i
	var particles []string
	for i < first+maxNameWords {
		l := s.at(i)
		if l.kind != lexWord || i < len(s.taken) && s.taken[i] {
			return "", 0, 0, false
		}
		if nameParticles[l.lower] && i+1 < len(s.ls) && (pieces > 0 || i == first || len(particles) > 0) &&
			(capitalised(s.at(i+1).text) || nameParticles[s.at(i+1).lower]) {
			particles = append(particles, l.text)
			i++
			continue
		}
		if owner := possessor(l.text); owner != "" && s.is(i+1, "(") && capitalised(owner) && !notNames[strings.ToLower(owner)] {
			return owner, i + 1, pieces + 2, true // "Tucker's (1990) book"
		}
		if !isNamePiece(l.text) || notNames[l.lower] && s.at(i+1).text != "." {
			return "", 0, 0, false
		}
		pieces++
		if initial := utf8.RuneCountInString(l.text) == 1; initial || l.lower == "ya" || l.lower == "yu" {
			i++
			if s.is(i, ".") && s.at(i).glued {
				i++
			}
			for s.is(i, "-") && s.at(i).glued {
				i++
			}
			particles = nil
			continue
		}
		end := s.hyphenated(i)
		if c.goesOn(s, end) {
			i, particles = end, nil
			continue
		}
		if titleNouns[strings.ToLower(s.slice(i, end))] { // "Foreign Relations, 1886, p. 316" is a work without author
			return s.slice(first, end), end, pieces, pieces > 1
		}
		family = strings.TrimSpace(strings.Join(particles, " ") + " " + s.slice(i, end))
		if whole := s.slice(first, end); i > first && c.families[strings.ToLower(whole)] {
			family = whole // "Bethmann Hollweg", as the authority file has it
		}
		return family, s.pastSuffix(end), pieces, true
	}
	return "", 0, 0, false
}

// goesOn reports whether another part of the same name stands at i.
func (c *citer) goesOn(s *citeScan, i int) bool {
	l := s.at(i)
	if nameParticles[l.lower] && !capitalised(l.text) {
		next := s.at(i + 1)
		return isNamePiece(next.text) && !notNames[next.lower] || nameParticles[next.lower] && c.goesOn(s, i+1)
	}
	return l.kind == lexWord && !l.glued && isNamePiece(l.text) && !notNames[l.lower] && !s.taken[i] && !isSuffix(l.lower)
}

// possessor returns "Tucker" for "Tucker's", "" for a word that is no possessive.
func possessor(s string) string {
	for _, end := range []string{"'s", "’s"} {
		if owner, ok := strings.CutSuffix(s, end); ok {
			return owner
		}
	}
	return ""
}

// hyphenated returns where a word with its hyphened parts ends: "Lloyd-Jones".
func (s *citeScan) hyphenated(i int) int {
	i++
	for s.is(i, "- –") && s.at(i).glued && s.at(i+1).glued && isNamePiece(s.at(i+1).text) {
		i += 2
	}
	return i
}

// pastSuffix skips ", Jr." and "III".
func (s *citeScan) pastSuffix(i int) int {
	j := i
	if s.is(j, ",") {
		j++
	}
	if !isSuffix(s.at(j).lower) {
		return i
	}
	if j++; s.is(j, ".") && s.at(j).glued {
		j++
	}
	return j
}

func isSuffix(lower string) bool {
	return lower == "jr" || lower == "sr" || lower == "ii" || lower == "iii"
}

// isNamePiece reports whether a word can be part of a name: a capital, then
// small letters somewhere ("McNeal", "O'Neill"), or one letter; no possessive.
func isNamePiece(s string) bool {
	if !capitalised(s) || isPossessive(s) {
		return false
	}
	return utf8.RuneCountInString(s) == 1 || strings.ToUpper(s) != s
}

// titleNouns end the title of a work that is cited as an author is.
var titleNouns = wordSet("relations papers documents directory history gazette times journal review magazine correspondence records annals " +
	"chronicle register transactions proceedings memoirs observations exercises letters works affairs studies quarterly bulletin digest " +
	"encyclopaedia encyclopedia dictionary yearbook almanac debates statutes manual handbook guide atlas abstract herald tribune")

var nameParticles = wordSet("von van der den de di da del della du la le zu ter ten af av bin ibn al el")

// notNames are capitalised words that are no part of an author's name: words
// that open a sentence or a citation, and words for events and things that
// carry a year ("the Munich Agreement (1938)").
var notNames = wordSet("a an the this that these those he she it they we i you his her its their our my in on at by of for from to with " +
	"and but or nor so yet as if when while where since until after before during although though however moreover further " +
	"furthermore also thus hence still then there here see cf compare like unlike both even only such according contrast " +
	"ante infra supra indeed instead among between many most some several all each every no not nor one two three first second third finally " +
	"again especially particularly e.g viz namely ibid op loc cit p pp vol vols no nos ch chap chapter section part book " +
	"page pages note notes footnote table figure appendix article art doc document documents introduction conclusion " +
	"january february march april may june july august september october november december jan feb mar apr jun jul aug sept sep oct nov dec " +
	"monday tuesday wednesday thursday friday saturday sunday spring summer autumn fall winter " +
	"agreement treaty pact act acts war wars conference congress plan revolution crisis convention constitution decree battle " +
	"declaration protocol law laws resolution report commission committee party union council government army navy empire kingdom " +
	"republic ministry office embassy parliament league nations nation assembly peace alliance bill edict charter " +
	"concordat armistice campaign siege massacre uprising rebellion insurrection coup election elections memorandum letter telegram speech " +
	"press university college society institute museum library archives archive company corporation court case cases " +
	"street avenue river mountain island county state states province district volume series edition ed eds new north south east west " +
	"president prime minister ambassador secretary king queen emperor prince princess duke earl lord lady count baron pope bishop " +
	"general marshal admiral colonel captain major professor doctor sir mr mrs dr st saint " +
	"london york oxford cambridge paris berlin moscow vienna rome washington chicago boston philadelphia princeton stanford munich " +
	"leipzig geneva brussels amsterdam leiden petersburg leningrad warsaw prague budapest madrid tokyo peking beijing toronto " +
	"edinburgh dublin sydney melbourne canberra hamburg frankfurt stuttgart bonn zurich basel harmondsworth ithaca berkeley baltimore " +
	"europe asia africa america american british french german soviet russian italian polish english christmas easter")
