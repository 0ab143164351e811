package annotate

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"ibid/corpus"
)

// published finds works by their imprint or journal: "Nazi-Soviet Relations (New
// York: Didier, 1948), p. 3", "D. C. Watt, How War Came (London: Heinemann,
// 1989), p. 111", "\"A Title,\" Journal of History, vol. 8, no. 4, 1997, pp. 289-95".
func (c *citer) published(s *citeScan) {
	for i := range s.ls {
		if s.is(i, "(") && !s.taken[i] {
			if year, close, ok := s.imprint(i); ok {
				c.addTitled(s, i, close+1, year)
			}
		}
		if s.is(i, "\" “") && !s.taken[i] {
			c.article(s, i)
		}
	}
}

// imprint reads "(New York: Didier, 1948)": place, colon, publisher, year; and
// behind a title in marks or capitals also "(Philadelphia, 1847)".
func (s *citeScan) imprint(open int) (year string, close int, ok bool) {
	colon, places := false, true
	for j := open + 1; j < len(s.ls) && j < open+24; j++ {
		l := s.ls[j]
		switch {
		case l.text == ":":
			colon = true
		case l.text == ")":
			year, next, ok := s.year(j - 1)
			bare := places && s.is(j-2, ",") && s.isTitleEnd(open-1)
			return year, j, ok && next == j && (colon || bare)
		case s.is(j, "( ;"):
			return "", 0, false
		case l.kind == lexWord && !capitalised(l.text):
			places = false
		}
	}
	return "", 0, false
}

// isTitleEnd reports whether a title ends with lexeme i: a closing mark, or a
// capitalised word with another before it.
func (s *citeScan) isTitleEnd(i int) bool {
	if s.is(i, ", .") {
		i--
	}
	if s.is(i, "\" ” _") {
		return true
	}
	l := s.at(i)
	return s.note && l.kind == lexWord && capitalised(l.text) && s.ls[i].sentence == s.at(i-1).sentence && capitalised(s.at(i-1).text)
}

// addTitled adds the work whose title ends before its imprint at lexeme i.
func (c *citer) addTitled(s *citeScan, i, end int, year string) {
	from := s.segmentStart(i)
	f := cited{from: from, kind: corpus.CitesWork, year: year, to: end}
	title := from
	if a, ok := c.authors(s, from); ok && s.is(a.to, ",") {
		f.author, title = a.first, a.to+1
	} else if title = s.titleStart(i); title > from {
		f.from = title
		if at, a, ok := c.authorBefore(s, title); ok {
			f.from, f.author = at, a.first
		}
	}
	words := s.slice(title, i)
	if words == "" || !capitalised(strings.TrimLeft(words, "\"“'‘_")) {
		return
	}
	f.title = trimTitle(words)
	if locator, next, ok := s.locator(end, s.is(end, ",")); ok {
		f.locator, f.to = locator, next
	}
	s.add(f)
}

// titleStart returns where the title begins that ends before lexeme i: at its
// opening mark, or where its capitals begin.
func (s *citeScan) titleStart(i int) int {
	j := i - 1
	if s.is(j, ", .") {
		j--
	}
	if closing := s.at(j).text; closing == "\"" || closing == "”" || closing == "_" {
		opening := map[string]string{"\"": "\"", "”": "“", "_": "_"}[closing]
		for j--; j >= max(0, i-maxLookBack) && !s.taken[j]; j-- {
			if s.is(j, opening) {
				return j
			}
		}
		return i
	}
	start := i
	for j = i - 1; j >= max(0, i-maxLookBack) && !s.taken[j] && s.ls[j].sentence == s.ls[i].sentence; j-- {
		l := s.ls[j]
		small := titleSmall[l.lower] || l.kind == lexNumber || s.is(j, ", : - – '")
		if !small && !(l.kind == lexWord && capitalised(l.text)) || s.is(j, "See Cf see cf") {
			break
		}
		if !small {
			start = j
		}
	}
	return start
}

// titleSmall are the small words that a title in capitals leaves uncapitalised.
var titleSmall = wordSet("a an the of and in on for to at by from with de la le les du des et der die das und von zur y i v")

// segmentStart returns where the citation begins whose middle is lexeme i:
// behind a semicolon, bracket, sentence end or a word that introduces it.
func (s *citeScan) segmentStart(i int) int {
	far := max(0, i-maxLookBack)
	for i > far && !s.taken[i-1] && s.ls[i-1].sentence == s.ls[i].sentence && !s.is(i-1, "; (") {
		if s.is(i-1, "see also cf from compare") && capitalised(strings.TrimLeft(s.at(i).text, "\"“")) {
			break
		}
		i--
	}
	for s.is(i, "see also cf compare , . e.g but in for a the") && !capitalised(s.at(i).text) || s.is(i, "see cf also compare") {
		i++
	}
	return i
}

// article reads a quoted title with the journal, volume, year and pages behind it.
func (c *citer) article(s *citeScan, open int) {
	shut := open + 1
	for shut < len(s.ls) && !s.is(shut, "\" ”") {
		shut++
	}
	if shut >= len(s.ls) || shut-open < 3 || shut-open > 40 || !s.is(shut-1, ",") && !s.is(shut+1, ",") {
		return
	}
	year, end, volume := "", 0, false
	for j := shut + 1; j < len(s.ls) && j < shut+30 && !s.is(j, "; : \" “"); j++ {
		l := s.ls[j]
		if l.kind == lexWord && !capitalised(l.text) && !titleSmall[l.lower] && !s.is(j, locatorWords+" no nos") && !l.glued {
			return // running text, not the name of a journal
		}
		volume = volume || s.is(j, "vol") || s.is(j, "no") && s.is(j+1, ".")
		if y, next, ok := s.year(j); ok && volume {
			year, end = y, next
			break
		}
	}
	if year == "" || !capitalised(s.at(shut+1).text) && !capitalised(s.at(shut+2).text) {
		return
	}
	for s.is(end, ") , :") {
		end++
	}
	f := cited{from: open, to: end, kind: corpus.CitesWork, year: year, title: trimTitle(s.slice(open, shut))}
	if locator, next, ok := s.locator(end, true); ok {
		f.locator, f.to = locator, next
	} else {
		for s.is(f.to-1, ", :") {
			f.to--
		}
	}
	if from, a, ok := c.authorBefore(s, open); ok {
		f.from, f.author = from, a.first
	}
	s.add(f)
}

// authorBefore reads the author whose name and comma stand right before lexeme i.
func (c *citer) authorBefore(s *citeScan, i int) (int, authors, bool) {
	if !s.is(i-1, ",") {
		return 0, authors{}, false
	}
	for from := max(0, i-12); from < i-1; from++ {
		if from > 0 && !s.opensCitation(from) && s.at(from-1).sentence == s.at(from).sentence {
			continue
		}
		if a, ok := c.authors(s, from); ok && a.to == i-1 {
			return from, a, true
		}
	}
	return 0, authors{}, false
}

// trimTitle takes quotation marks, italics and end marks off a title.
func trimTitle(s string) string {
	return strings.Join(strings.Fields(strings.Trim(s, "\"“”'‘’_.,;: ")), " ")
}

// titled finds later mentions of a known title with a page: "Nazi-Soviet Relations, p. 4".
func (c *citer) titled(s *citeScan) {
	titles := slices.SortedFunc(maps.Keys(c.titles), func(a, b string) int { return cmp.Or(len(b)-len(a), cmp.Compare(a, b)) })
	for _, title := range titles {
		for at := 0; ; {
			k := strings.Index(s.text[at:], title)
			if k < 0 {
				break
			}
			start, end := at+k, at+k+len(title)
			at = end
			from, to := s.lexemeAt(start), s.lexemeAt(end)
			if from < 0 || s.taken[from] {
				continue
			}
			for s.is(to, "\" ” _ ,") {
				to++
			}
			if locator, next, ok := s.locator(to, false); ok {
				s.add(cited{from: from, to: next, kind: corpus.CitesWork, title: title, locator: locator})
			}
		}
	}
}

// lexemeAt returns the first lexeme that begins at or after a byte; -1 if it begins before i in one.
func (s *citeScan) lexemeAt(off int) int {
	for i, l := range s.ls {
		if l.start >= off {
			return i
		}
		if l.end > off {
			return -1
		}
	}
	return len(s.ls)
}

// noteStyle reads the citations of a note that gives author and title, or a
// title in marks, with a page and no year: `Moore, "Notes on the History of
// Slavery," p. 5`, `Jellinek, _op. cit._, p. 84`, `"Historical Researches," 181`.
func (c *citer) noteStyle(s *citeScan) {
	for i := 0; i < len(s.ls); i++ {
		if s.taken[i] || !s.opensCitation(i) {
			continue
		}
		f := cited{from: i, kind: corpus.CitesWork}
		at := i
		if a, ok := c.authors(s, i); ok && s.is(a.to, ",") {
			f.author, at = a.first, a.to+1
		}
		end, ok := s.title(at)
		if !ok {
			continue
		}
		f.title = trimTitle(s.slice(at, end))
		if strings.HasPrefix(strings.ToLower(f.title), "op. cit") || strings.HasPrefix(strings.ToLower(f.title), "loc. cit") {
			f.title = ""
		}
		locator, next, ok := s.locator(end, true)
		if !ok || f.author == "" && f.title == "" {
			continue
		}
		f.locator, f.to = locator, next
		if f.author == "" && len(strings.Fields(f.title)) < 2 {
			continue
		}
		s.add(f)
		i = next - 1
	}
}

// title reads a title in quotation marks or underscores, or "op. cit.", with
// the comma behind it, and returns where the locator begins.
func (s *citeScan) title(i int) (end int, ok bool) {
	j := i
	for s.is(j, "_") {
		j++
	}
	if s.is(j, "op loc") {
		for s.is(j, "op loc cit . _") {
			j++
		}
		return s.pastComma(j), true
	}
	closing := map[string]string{"\"": "\"", "“": "”", "_": "_"}[s.at(i).text]
	if closing == "" {
		return 0, false
	}
	for j = i + 1; j < len(s.ls) && j < i+40; j++ {
		if s.is(j, closing) {
			return s.pastComma(j + 1), j > i+1 && capitalised(s.at(i+1).text)
		}
	}
	return 0, false
}

func (s *citeScan) pastComma(i int) int {
	for s.is(i, ", .") {
		i++
	}
	// "Vol. I, pp. 30, 361" is read by the locator; "etc." belongs to the title.
	for s.is(i, "etc") {
		i++
		for s.is(i, ". ,") {
			i++
		}
	}
	return i
}
