package annotate

import (
	"strconv"
	"strings"

	"ibid/corpus"
)

// documents finds the citations of documents: a siglum of the manifest and one
// or more numbers, "GK no. 279", "SPE 318, 337", "GK no. 303 and no. 304",
// "SPE nos. 5-7", "DGFP, D, VI, no. 215".
func (c *citer) documents(s *citeScan) {
	for i := 0; i < len(s.ls); i++ {
		for k := range c.collections {
			after, ok := s.siglum(i, c.collections[k].Siglum)
			if !ok {
				continue
			}
			found := s.documentList(i, after, &c.collections[k])
			s.add(found...)
			if len(found) > 0 {
				i = found[len(found)-1].to - 1
				break
			}
		}
	}
}

// siglum reports whether the siglum stands at lexeme i as a word of its own.
func (s *citeScan) siglum(i int, siglum string) (after int, ok bool) {
	start := s.ls[i].start
	if siglum == "" || s.ls[i].glued && s.at(i-1).kind != lexMark {
		return 0, false
	}
	if !strings.HasPrefix(s.text[start:], siglum) {
		return s.stopped(i, siglum)
	}
	end := start + len(siglum)
	for after = i; after < len(s.ls) && s.ls[after].start < end; after++ {
		if s.ls[after].end > end {
			return 0, false
		}
	}
	return after, true
}

// stopped reads a siglum of capitals that is printed with a stop behind each:
// "F.O." or "F. O." for FO. The last stop may be lost.
func (s *citeScan) stopped(i int, siglum string) (after int, ok bool) {
	for n := range len(siglum) {
		if c := siglum[n]; c < 'A' || c > 'Z' || s.at(i).text != siglum[n:n+1] {
			return 0, false
		}
		i++
		switch {
		case s.is(i, ".") && s.at(i).glued:
			i++
		case n == 0 || n+1 < len(siglum):
			return 0, false
		}
	}
	return i, true
}

// documentList reads the numbers behind a siglum. Each makes a citation; the
// first has the siglum in its span.
func (s *citeScan) documentList(from, i int, col *corpus.Collection) []cited {
	volume, i := s.volume(i, col)
	name := col.Siglum + volume
	i, marked := s.marker(i, col)
	first, next, ok := s.documentNumber(i)
	if !ok || volume != "" && !marked && !s.numbered(i, next) {
		return s.byPage(from, i, name)
	}
	found := []cited{{from: from, to: next, kind: corpus.CitesDocument, id: name + " " + first}}
	if strings.Contains(first, "/") {
		return s.filed(found)
	}
	found = s.throughRange(found, name, first)
	for {
		last := &found[len(found)-1]
		if locator, next, ok := s.locator(last.to, false); ok {
			last.locator, last.to = locator, next
		}
		tie := last.to
		j := tie
		referred := false // "GK no. 25; see also no. 27"
		for s.is(j, ", ; and or & also see cf") && j < tie+4 {
			referred = referred || s.is(j, "see cf")
			j++
		}
		at, marked := s.marker(j, col)
		number, next, ok := s.documentNumber(at)
		if j == tie || !ok || !marked && (referred || !s.continues(tie, at, next)) {
			return found
		}
		found = append(found, cited{from: j, to: next, kind: corpus.CitesDocument, id: name + " " + number})
		found = s.throughRange(found, name, number)
	}
}

// numbered tells whether number [i, next) stands beside the volume before it as
// that of a document, though nothing marks it: "BD XI, 45", "DDF, 3rd series, XI 167".
func (s *citeScan) numbered(i, next int) bool {
	for i > 0 && s.is(i-1, ", :") {
		i--
	}
	after := s.at(next)
	return isRoman(s.at(i-1).text) && (after.kind == lexMark || s.is(next, "and or &"))
}

// filed adds to the shelfmark of an archive, "FO 371/23066", what says where in
// the volume the document is: ", C 6529/15/18", ", no. 641".
func (s *citeScan) filed(found []cited) []cited {
	f := &found[0]
	if !s.is(f.to, ",") {
		return found
	}
	i := f.to + 1
	if l := s.at(i); l.kind == lexWord && len(l.text) == 1 && capitalised(l.text) {
		if number, next, ok := s.documentNumber(i + 1); ok && strings.Contains(number, "/") {
			f.locator, f.to = l.text+" "+number, next
			return found
		}
	}
	if at, marked := s.marker(i, &corpus.Collection{}); marked {
		if number, next, ok := s.documentNumber(at); ok {
			f.locator, f.to = "no. "+number, next
		}
	}
	return found
}

// byPage reads "GK, p. 386": a collection cited by page only.
func (s *citeScan) byPage(from, i int, name string) []cited {
	locator, next, ok := s.locator(i, false)
	if !ok {
		return nil
	}
	return []cited{{from: from, to: next, kind: corpus.CitesDocument, id: name, locator: locator}}
}

// volume reads the series and volume between siglum and number: ", D, VII,",
// ", 3rd series, vol. VI,", "pt. ii,", and returns them as " D VII". Where no number
// with a marker, or right beside a Roman numeral, follows there was none.
func (s *citeScan) volume(i int, col *corpus.Collection) (string, int) {
	var parts []string
	j := i
	for {
		k := j
		named := false // "vol. ii"
		for s.is(k, ", : series ser vol volume pt part .") {
			named = named || s.is(k, "vol volume pt part")
			k++
		}
		l := s.at(k)
		switch {
		case l.kind == lexWord && (isRoman(l.text) || named && isRoman(strings.ToUpper(l.text)) || len(l.text) == 1 && capitalised(l.text)):
			if named {
				l.text = strings.ToUpper(l.text)
			}
			parts = append(parts, l.text)
			j = k + 1
			continue
		case l.kind == lexNumber && s.at(k+1).glued && setSuffix[s.at(k+1).lower]:
			parts = append(parts, l.text)
			j = k + 2
			continue
		case l.kind == lexNumber && l.number >= 1700 && l.number <= 2100 && len(parts) == 0 && s.volumeFollows(k+1):
			parts = append(parts, l.text) // "FRUS 1939, III"
			j = k + 1
			continue
		case l.kind == lexNumber && k > j && s.is(k-1, "vol volume ."):
			if s.is(k-1, "vol volume") || s.is(k-2, "vol volume") {
				parts = append(parts, l.text)
				j = k + 1
				continue
			}
		}
		if len(parts) == 0 {
			return "", i
		}
		at, marked := s.marker(k, col)
		if _, next, ok := s.documentNumber(at); ok && (marked || s.numbered(at, next)) {
			return " " + strings.Join(parts, " "), k
		}
		if _, _, ok := s.locator(k, false); ok {
			return " " + strings.Join(parts, " "), k
		}
		return "", i
	}
}

// volumeFollows tells whether a Roman numeral stands at i, behind a comma, bracket or "vol.".
func (s *citeScan) volumeFollows(i int) bool {
	for s.is(i, ", ) vol volume .") {
		i++
	}
	return isRoman(s.at(i).text)
}

// marker skips what stands between siglum and number: "no.", "nos", "doc.",
// "document no.", the marker of the manifest.
func (s *citeScan) marker(i int, col *corpus.Collection) (next int, marked bool) {
	for s.is(i, ",") || s.is(i, ":") {
		i++
	}
	own := strings.Fields(strings.ToLower(strings.TrimRight(col.Marker, ".")))
	for {
		switch {
		case s.is(i, "no nos nr nrs n№ № number numbers doc docs document documents item items #"):
		case len(own) == 1 && s.at(i).lower == own[0]:
		default:
			return i, marked
		}
		i, marked = i+1, true
		for s.is(i, ". ° º") {
			i++
		}
	}
}

// documentNumber reads the number of a document: "279", "215a", or the shelfmark
// "371/23066". A day of a month and a figure with a point in it are none.
func (s *citeScan) documentNumber(i int) (number string, next int, ok bool) {
	l := s.at(i)
	if l.kind != lexNumber || l.number < 1 {
		return "", 0, false
	}
	number, next = strconv.Itoa(l.number), i+1
	if w := s.at(next); w.kind == lexWord && w.glued {
		if len(w.text) > 1 || w.lower > "f" {
			return "", 0, false // "8th", "1930s"
		}
		number, next = number+w.lower, next+1
	}
	if n := s.at(next); s.is(next, ". :") && n.glued && s.at(next+1).kind == lexNumber && s.at(next+1).glued {
		return "", 0, false
	}
	for s.is(next, "/") && s.at(next).glued && s.at(next+1).kind == lexNumber && s.at(next+1).glued {
		number, next = number+"/"+s.at(next+1).text, next+2
	}
	return number, next, true
}

// continues reports whether a number without a marker goes on a list of
// documents: no month, year or counted thing, and what follows is a mark or
// another link of the list.
func (s *citeScan) continues(tie, at, next int) bool {
	if n := s.at(at).number; n >= 1500 && n <= 2100 {
		return false
	}
	if s.is(tie, ";") && !s.is(next, ", ; ) ]") {
		return false
	}
	after := s.at(next)
	return after.kind == lexMark || s.is(next, "and or")
}

// A range of more documents than this is taken for a misprint and not spelt out.
const maxDocumentRange = 50

// throughRange spells out a range: "nos. 5-7" is 5, 6 and 7, "320-2" is 320 to 322.
func (s *citeScan) throughRange(found []cited, name, first string) []cited {
	last := &found[len(found)-1]
	from, err := strconv.Atoi(first)
	if err != nil || !s.is(last.to, "- – —") || !(s.at(last.to).glued && s.at(last.to+1).glued) {
		return found
	}
	number, next, ok := s.documentNumber(last.to + 1)
	end, err := strconv.Atoi(number)
	if !ok || err != nil {
		return found
	}
	if len(number) < len(first) {
		if end, err = strconv.Atoi(first[:len(first)-len(number)] + number); err != nil {
			return found
		}
	}
	if end <= from || end-from > maxDocumentRange {
		return found
	}
	tail := last.to + 1
	for n := from + 1; n <= end; n++ {
		found = append(found, cited{from: tail, to: next, kind: corpus.CitesDocument, id: name + " " + strconv.Itoa(n)})
	}
	return found
}

// isRoman reports whether a word is a numeral of capitals: "XIV".
func isRoman(s string) bool { return s != "" && strings.Trim(s, "IVXLC") == "" }
