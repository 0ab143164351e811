package annotate

import (
	"slices"
	"strconv"
	"strings"

	"ibid/corpus"
)

// dated finds the citations of works that print their year: "Watt (1974)",
// "(Watt 1974, p. 158; Watt 1989, p. 111)", "Watt (1974; 1989, chapter XIV)".
func (c *citer) dated(s *citeScan) {
	for i := 0; i < len(s.ls); i++ {
		a, ok := c.authors(s, i)
		if !ok || s.taken[i] {
			continue
		}
		found := c.yearInBrackets(s, i, a)
		if found == nil {
			found = c.yearBehindTitle(s, i, a)
		}
		if found == nil {
			found = c.yearBeside(s, i, a)
		}
		if found != nil {
			s.add(found...)
			i = found[len(found)-1].to - 1
		} else if s.at(i).kind == lexWord && a.to > i+1 && !c.startsInside(s, i, a) {
			i = a.to - 1
		}
	}
}

// startsInside reports whether a name that begins later in the same words may
// still be cited: "Europe, Watt and Roberts (1989)", "Poland and Watt (1974)".
func (c *citer) startsInside(s *citeScan, i int, a authors) bool {
	for j := i + 1; j < a.to; j++ {
		if s.is(j, ", and &") {
			return true
		}
	}
	return false
}

// yearInBrackets reads "Watt (1974)", "Roberts (1989, 1992)", "Gromyko (1981,
// chapter XI)", "Walt (1987), p. 17".
func (c *citer) yearInBrackets(s *citeScan, i int, a authors) []cited {
	if !s.is(a.to, "( [") {
		return nil
	}
	found := c.yearList(s, i, a.to+1, a)
	if len(found) == 0 {
		return nil
	}
	last := &found[len(found)-1]
	switch {
	case s.is(last.to, ") ]"):
		last.to++
	case !s.is(last.to, ";"): // "Haslam (1984; also Roberts 1995)"
		return nil
	}
	located := slices.ContainsFunc(found, func(f cited) bool { return f.locator != "" })
	if s.is(last.to, ",") && last.locator == "" {
		if locator, next, ok := s.locator(last.to+1, false); ok {
			last.locator, last.to, located = locator, next, true
		}
	}
	if !located && !c.isScholar(s, i, a) {
		if !c.isActor(s, i, a) {
			s.weak = append(s.weak, found...)
		}
		return nil
	}
	return found
}

// yearBehindTitle reads "(Walpole, Life of Lord John Russell (1889), vol. ii, p.
// 181)": between author and year stands a title, capitals with small words among them.
func (c *citer) yearBehindTitle(s *citeScan, i int, a authors) []cited {
	if !s.is(a.to, ",") || !s.opensCitation(i) || c.isActor(s, i, a) {
		return nil
	}
	j, great, small := a.to+1, 0, 0
	for j < a.to+16 && s.at(j).kind == lexWord {
		switch {
		case capitalised(s.at(j).text):
			great++
		case titleSmall[s.at(j).lower] && great > 0:
			small++
		default:
			return nil
		}
		j++
	}
	if !s.is(j, "(") || great < 2 || great < 3 && small == 0 {
		return nil
	}
	year, next, ok := s.year(j + 1)
	if !ok || !s.is(next, ")") {
		return nil
	}
	f := cited{from: i, to: next + 1, kind: corpus.CitesWork, author: a.first, year: year}
	if locator, next, ok := s.locator(f.to, s.is(f.to, ",")); ok {
		f.locator, f.to = locator, next
	}
	return []cited{f}
}

// yearBeside reads "(Walt, 1987)", "(Tucker 1990, 1992)" within brackets, and
// in running text or a note "cited from G. Roberts 1989, p. 147".
func (c *citer) yearBeside(s *citeScan, i int, a authors) []cited {
	at := a.to
	if s.is(at, ",") {
		at++
	}
	if s.at(at).kind != lexNumber || !s.opensCitation(i) {
		return nil
	}
	found := c.yearList(s, i, at, a)
	if len(found) == 0 {
		return nil
	}
	end := found[len(found)-1].to
	located := slices.ContainsFunc(found, func(f cited) bool { return f.locator != "" })
	if c.isActor(s, i, a) && !(located && s.open[i] >= 0) { // "(Metternich 1880, p. 4)" cites his memoirs
		return nil
	}
	if s.open[i] < 0 && !located {
		return nil
	}
	if s.open[i] >= 0 && !located && !s.is(end, ") ] ; ,") {
		return nil
	}
	if s.note && s.is(i-1, "(") && s.is(a.to, ",") && !located && s.isTitleEnd(i-2) {
		return nil // "A Brief View of a Society (Andover, 1815)" names a place
	}
	return found
}

// yearList reads years with their locators: "1974; 1989, chapter XIV". The
// first citation has the author in its span.
func (c *citer) yearList(s *citeScan, from, i int, a authors) []cited {
	var found []cited
	for {
		year, next, ok := s.year(i)
		if !ok {
			return found
		}
		f := cited{from: from, to: next, kind: corpus.CitesWork, author: a.first, year: year}
		at := next
		if s.is(at, ", :") {
			at++
		}
		if locator, end, ok := s.locator(at, at > next); ok {
			f.locator, f.to = locator, end
		}
		found = append(found, f)
		if !s.is(f.to, ", ; and &") {
			return found
		}
		i = f.to + 1
		if s.is(i, "and &") {
			i++
		}
		from = i
	}
}

// year reads the year of a publication, "1989" or "1989a". "(990)" is 1990
// with its 1 misread as part of the bracket.
func (s *citeScan) year(i int) (string, int, bool) {
	l := s.at(i)
	if l.kind != lexNumber {
		return "", 0, false
	}
	n, year := l.number, l.text
	if len(year) == 3 && n >= 800 && s.is(i-1, "(") && s.is(i+1, ") ,") {
		n, year = n+1000, "1"+year
	}
	if len(year) != 4 || n < 1450 || n > 2100 {
		return "", 0, false
	}
	next := i + 1
	if w := s.at(next); w.glued && w.kind == lexWord {
		if len(w.text) != 1 || w.lower > "f" {
			return "", 0, false
		}
		year, next = year+w.lower, next+1
	}
	if s.is(next, "- – — /") && s.at(next+1).kind == lexNumber {
		// "(1869-1940)" is a life; "Beloff 1947-49, p. 3" a work in volumes.
		if len(s.at(next+1).text) != 2 || !s.is(next+2, ",") || !s.is(next+3, "p pp vol vols") {
			return "", 0, false
		}
		next += 2
	}
	return year, next, true
}

// isScholar reports whether the name before a year in brackets is an author
// and not an event, place or person of the story. A full name is one; a family
// name alone wants a word before it that introduces a work, another citation
// beside it, or a verb behind the bracket ("Kolasky (1990) views"). Of "is" and
// "was" only the first counts: scholars are spoken of in the present, events
// ("Versailles (1919) was") in the past.
func (c *citer) isScholar(s *citeScan, i int, a authors) bool {
	if c.isActor(s, i, a) || s.is(i-1, "the a an this that at since until during") {
		return false
	}
	if a.full || s.note || s.is(i-1, "see also cf by like including according compare per") {
		return true
	}
	if s.is(i-1, "in from to after before of") {
		return s.is(i-2, "cited quoted as see also view argument according owing work works study analysis account")
	}
	if s.is(i-1, "lord sir professor prof dr") || s.is(i-1, ".") && s.is(i-2, "prof dr") {
		return true
	}
	before := i - 1
	for s.is(before, ", and & ;") && before > i-3 {
		before--
	}
	if before >= 0 && before < i-1 && s.taken[before] {
		return true
	}
	shut := a.to
	for shut < len(s.ls) && !s.is(shut, ") ]") {
		shut++
	}
	shut = s.pastAside(shut)
	verb := s.at(shut + 1)
	return verb.kind == lexWord && !capitalised(verb.text) && (!smallWords[verb.lower] || s.is(shut+1, "has had is does did said"))
}

// pastAside skips the aside between a name and its verb: "Watt (1974) by contrast
// argues", "too", "for his part", ", however,".
func (s *citeScan) pastAside(i int) int {
	j := i + 1
	comma := s.is(j, ",")
	if comma {
		j++
	}
	switch {
	case s.is(j, "too also again however likewise"):
		j++
	case s.is(j, "by in") && s.is(j+1, "contrast turn"):
		j += 2
	case s.is(j, "for on") && s.is(j+1, "his her their the") && s.is(j+2, "part contrary"):
		j += 3
	default:
		return i
	}
	if comma && s.is(j, ",") {
		j++
	}
	return j - 1
}

// isActor reports whether the authors include a name of the authority file.
func (c *citer) isActor(s *citeScan, i int, a authors) bool {
	return c.notAuthors[strings.ToLower(a.first)] || c.notAuthors[strings.ToLower(s.slice(i, a.to))]
}

// opensCitation reports whether a citation may begin at lexeme i: behind the
// opening bracket, a semicolon, another citation, or a word that introduces one.
func (s *citeScan) opensCitation(i int) bool {
	if i == 0 {
		return s.note
	}
	before := s.at(i - 1)
	switch {
	case before.text == "(" || before.text == "[" || s.taken[i-1]:
		return true
	case before.text == ";":
		return s.open[i] >= 0 || s.note
	case before.text == ",":
		return s.taken[max(i-2, 0)] || s.is(i-2, "see also cf e.g g")
	case before.text == ".":
		return s.note && s.at(i-2).sentence != s.at(i).sentence || s.is(i-2, "cf g")
	}
	return s.is(i-1, "see also cf from compare and") || s.is(i-1, "in by") && s.is(i-2, "cited quoted printed reprinted reproduced discussed as")
}

const locatorWords = "p pp page pages pg chapter chapters chap chaps ch chs vol vols volume section sections sec § part pt book bk n nn note notes fn fol f folio col cols art line lines appendix table plate"

// locator reads where in a work a citation points: "p. 156", "pp. 145-6, 150",
// "particularly chapter VI", "vol. II, p. 5". With bare, figures alone do:
// "Watt 1974: 158". It returns the locator as the reading has it.
func (s *citeScan) locator(i int, bare bool) (string, int, bool) {
	if s.is(i, ",") {
		i++
	}
	for s.is(i, "particularly especially esp see at") {
		i++
		if s.is(i, ".") {
			i++
		}
	}
	start, end := i, i
	for {
		next, ok := s.oneLocator(i, bare && end == start)
		if !ok {
			break
		}
		end, i = next, next
		if !s.is(i, ",") {
			break
		}
		i++
	}
	if end == start {
		return "", 0, false
	}
	return strings.Join(strings.Fields(s.slice(start, end)), " "), end, true
}

// bareVolume reads a volume by its figure only, which a page must follow: the "II" of "II, p. 47".
func (s *citeScan) bareVolume(i int) (int, bool) {
	l := s.at(i)
	figure := l.kind == lexWord && isRoman(l.text) || l.kind == lexNumber && len(l.text) < 3
	return i + 1, figure && s.is(i+1, ",") && s.is(i+2, "p pp")
}

// oneLocator reads "p. 156", "chapter XIV", "pp. 145-6 and 150", "n. 8", and a volume.
func (s *citeScan) oneLocator(i int, bare bool) (int, bool) {
	if next, ok := s.bareVolume(i); ok {
		return next, true
	}
	if s.is(i, locatorWords) {
		i++
		if s.is(i, ".") && s.at(i).glued {
			i++
		}
	} else if !bare || s.at(i).number > 1499 || s.at(i).kind != lexNumber {
		return 0, false
	}
	i, ok := s.figure(i)
	if !ok {
		return 0, false
	}
	for {
		j := i
		if s.is(j, ", and &") {
			j++
		}
		if s.is(j, "and &") {
			j++
		}
		next, ok := s.figure(j)
		roman := isRoman(s.at(i-1).text) && isRoman(s.at(j).text) && s.is(j-1, "and &")
		if j == i || !ok || s.at(j).kind != lexNumber && !roman || len(s.at(j).text) == 4 || s.is(next, "of") {
			break
		}
		i = next
	}
	if s.is(i, "ff f n passim") && !s.is(i-1, ",") {
		i++
		if s.is(i, ".") && s.is(i-1, "ff f n") && s.at(i+1).kind == lexNumber {
			i += 2
		} else if s.is(i, ".") && s.is(i-1, "ff") && s.at(i).glued {
			i++
		}
	}
	return i, true
}

// figure reads a page or chapter number, or a range of two: "156", "XIV",
// "145-6", also one in which the machine took digits for letters ("lln").
func (s *citeScan) figure(i int) (int, bool) {
	next, ok := s.oneFigure(i)
	if !ok {
		return 0, false
	}
	if s.is(next, "- – —") {
		if end, ok := s.oneFigure(next + 1); ok {
			return end, true
		}
	}
	return next, true
}

func (s *citeScan) oneFigure(i int) (int, bool) {
	l := s.at(i)
	switch {
	case l.kind == lexNumber:
		i++
		for s.at(i).kind == lexWord && s.at(i).glued {
			i++
		}
		return i, true
	case l.kind != lexWord:
		return 0, false
	case isRoman(l.text) || strings.Trim(l.lower, "ivxlc") == "":
		return i + 1, true
	case strings.Trim(l.text, "lIiOoSnLZBg") == "" && len(l.text) <= 4:
		return i + 1, true
	}
	n, err := strconv.Atoi(l.text)
	return i + 1, err == nil && n > 0
}

// undated finds the citations that print no year: an author with a page
// ("Dukes, p. 311", "Dallin (p. 275)"), a known title with a page, a known
// author alone within a bracket of citations ("Gromyko, p. 357; Sipols").
func (c *citer) undated(s *citeScan) {
	c.titled(s)
	if s.note {
		c.noteStyle(s)
	}
	for i := 0; i < len(s.ls); i++ {
		if s.taken[i] {
			continue
		}
		if f, ok := c.sameWork(s, i); ok {
			s.add(f)
			continue
		}
		a, ok := c.authors(s, i)
		if !ok {
			continue
		}
		f, ok := c.authorAndPage(s, i, a)
		if !ok {
			f, ok = c.authorAlone(s, i, a)
		}
		if ok {
			s.add(f)
			c.cited[f.author] = true
			i = f.to - 1
		}
	}
}

// authorAndPage reads "Dukes, p. 311", "Dallin (p. 275)", "Dukes(p. 316)", "Dukes, II, p. 3".
func (c *citer) authorAndPage(s *citeScan, i int, a authors) (cited, bool) {
	f := cited{from: i, kind: corpus.CitesWork, author: a.first}
	at := a.to
	bracket := s.is(at, "(")
	if bracket || s.is(at, ",") {
		at++
	}
	if s.is(at, "op loc") && s.is(at+1, ".") {
		for s.is(at, "op loc cit .") {
			at++
		}
		if s.note && !bracket && s.opensCitation(i) && s.is(at-1, ".") {
			f.to = at // "Watt, op. cit."
		}
		if s.is(at, ",") {
			at++
		}
	}
	locator, next, ok := s.locator(at, false)
	if !ok && f.to > 0 {
		return f, true
	}
	if _, volume := s.bareVolume(at); !ok || !volume && !s.is(at, "p pp page pages chapter chap ch particularly especially esp") {
		return f, false
	}
	if bracket {
		if !s.is(next, ")") {
			return f, false
		}
		next++
	} else if at == a.to || !s.opensCitation(i) {
		return f, false
	}
	f.locator, f.to = locator, next
	return f, !s.is(i-1, "the")
}

// authorAlone reads a known author who is one of several citations in a bracket.
func (c *citer) authorAlone(s *citeScan, i int, a authors) (cited, bool) {
	known := (len(c.years[a.first]) > 0 || c.weak[a.first]) && !c.isActor(s, i, a)
	if !known || s.open[i] < 0 || !s.is(i-1, "; ,") || !s.is(a.to, "; )") || !s.bracketCites(s.open[i]) {
		return cited{}, false
	}
	return cited{from: i, to: a.to, kind: corpus.CitesWork, author: a.first}, true
}

// bracketCites reports whether a citation stands in the bracket that opens at lexeme i.
func (s *citeScan) bracketCites(i int) bool {
	return slices.ContainsFunc(s.found, func(f cited) bool { return s.open[f.from] == i })
}

const ibidID = "ibid."

// sameWork reads "ibid.", "Ibid., p. 12", "_Ibid._, 288", "ibid., no. 325".
func (c *citer) sameWork(s *citeScan, i int) (cited, bool) {
	if !s.is(i, "ibid ibidem") {
		return cited{}, false
	}
	next := i + 1
	for s.is(next, ". _") && s.at(next).glued {
		next++
	}
	f := cited{from: i, to: next, kind: corpus.CitesWork, id: ibidID}
	at := next
	if s.is(at, ",") {
		at++
	}
	if s.is(at, "no nos") && s.at(at+2).kind == lexNumber {
		f.locator, f.to = "no. "+s.at(at+2).text, at+3
		return f, true
	}
	if locator, end, ok := s.locator(at, at > next); ok {
		f.locator, f.to = locator, end
	}
	return f, true
}
