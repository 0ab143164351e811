package plain

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"ibid/corpus"
)

// withoutBylines takes the names of the author out of the headings found: those
// between the title and the body, and those that sign the text above its notes.
// They head nothing, though they are set as headings are. lines are the body lines.
func (t *text) withoutBylines(found []heading, lines []int) []heading {
	found = t.withoutSignature(found, lines)
	if len(found) == 0 || found[0].first != lines[0] || found[0].title == "" {
		return found
	}
	t.cutByline(&found[0])
	byline := func(h heading) bool { return h.title != "" && t.isByline(t.textOf(h)) }
	end := 1
	for end < len(found) && found[end].title != "" && t.follows(found[end-1], found[end], lines) {
		named := byline(found[end]) || nameWords(found[end].title) != nil && t.headsNothing(found, end, lines)
		named = named && !endsSmall(t.lines[found[end-1].end].Text)
		if !named && !(end > 1 && institution.MatchString(t.textOf(found[end]))) {
			break
		}
		end++
	}
	if slices.ContainsFunc(found[end:], byline) {
		return found // the sections are named after persons
	}
	return slices.Delete(found, 1, end)
}

// headsNothing reports whether found[i] is no section whatever it says: a numbered
// one or an introduction begins behind it, or there is no other section.
func (t *text) headsNothing(found []heading, i int, lines []int) bool {
	if i+1 < len(found) && found[i+1].title == "" && t.follows(found[i], found[i+1], lines) {
		return true
	}
	return !slices.ContainsFunc(found[i+1:], func(h heading) bool { return h.title != "" || !isNotesHeading(t.textOf(h)) })
}

// withoutSignature leaves out the titles directly above the heading of the notes.
func (t *text) withoutSignature(found []heading, lines []int) []heading {
	for i := len(found) - 1; i > 1; i-- {
		if found[i].title != "" || !isNotesHeading(t.textOf(found[i])) {
			continue
		}
		first := i
		for first > 1 && found[first-1].title != "" && t.follows(found[first-1], found[first], lines) {
			first--
		}
		found = slices.Delete(found, first, i)
		i = first
	}
	return found
}

// cutByline takes the last line off a title in which the author's name is set
// close below: only where "by" or the editor tells that it is one, since titles
// of several lines end in names as well.
func (t *text) cutByline(title *heading) {
	last := t.lines[title.end].Text
	if title.end > title.first && !endsSmall(t.lines[title.end-1].Text) && (saysBy(last) && t.isByline(last) || t.namesAuthor(last)) {
		title.end--
	}
}

// follows reports whether no body stands between the headings a and b.
func (t *text) follows(a, b heading, lines []int) bool {
	at, ok := slices.BinarySearch(lines, a.end)
	return ok && at+1 < len(lines) && lines[at+1] == b.first
}

// textOf returns the lines of a heading as one.
func (t *text) textOf(h heading) string {
	var parts []string
	for i := h.first; i <= h.end; i++ {
		if t.lines[i].role == body {
			parts = append(parts, t.lines[i].Text)
		}
	}
	return strings.Join(parts, " ")
}

var (
	by          = regexp.MustCompile(`^(?:BY|By|by)\s+`)
	degrees     = regexp.MustCompile(`(?:,\s*(?:\p{Lu}\p{L}{0,3}\.\s?)+)+$`) // ", LL.D. F.R.S.", ", Jr."
	between     = regexp.MustCompile(`,\s*(?:and\s|AND\s)?|\s(?:and|AND|&)\s`)
	institution = regexp.MustCompile(`(?i)\b(?:university|college|institut[eo]?|school|academy|museum|professor|lecturer|reader in|fellow|librarian|archivist)\b`)
	abbreviated = regexp.MustCompile(`^(?:U\.\s?S\.|U\.\s?N\.|U\.\s?K\.|U\.\s?S\.\s?S\.\s?R\.)`)
)

func saysBy(s string) bool { return by.MatchString(s) }

// isByline reports whether s names the author: "JEROME DOWD", "By G. P. Gooch,
// M.A.", "A. J. GRANT AND HAROLD TEMPERLEY". That a line is a name and no title is
// told by "by", the manifest, a given name or initials; but one letter before one word
// may number a section ("A. ORIGINS").
func (t *text) isByline(s string) bool {
	if t.namesAuthor(s) {
		return true
	}
	s = strings.Trim(s, "*_†‡§ ")
	told := saysBy(s)
	s = degrees.ReplaceAllString(by.ReplaceAllString(s, ""), "")
	if abbreviated.MatchString(s) {
		return false
	}
	for _, name := range between.Split(s, -1) {
		words := nameWords(name)
		if words == nil {
			return false
		}
		initials := 0
		for initials < len(words) && utf8.RuneCountInString(words[initials]) == 1 {
			initials++
		}
		told = told || corpus.IsGivenName(words[0]) || initials > 1 || initials == 1 && len(words) > 2
	}
	return told
}

// namesAuthor reports whether s is a name with the family name of an author that
// the manifest names.
func (t *text) namesAuthor(s string) bool {
	s = by.ReplaceAllString(strings.Trim(s, "*_†‡§ "), "")
	for _, name := range between.Split(degrees.ReplaceAllString(s, ""), -1) {
		words := nameWords(name)
		if words != nil && slices.ContainsFunc(t.authors, func(author string) bool {
			known := nameWords(author)
			return known != nil && known[len(known)-1] == words[len(words)-1] && (len(words) == 1 || len(known) == 1 || firstRune(words[0]) == firstRune(known[0]))
		}) {
			return true
		}
	}
	return false
}

// nameWords returns the words of s in lower case, initials apart ("g", "p",
// "gooch"); nil if s has not the form of a name: two to six words with a
// capital, particles among them, the last a whole word.
func nameWords(s string) []string {
	fields := strings.Fields(strings.ReplaceAll(s, ".", ". "))
	if len(fields) < 2 || len(fields) > 6 {
		return nil
	}
	words := make([]string, len(fields))
	for i, w := range fields {
		w = strings.TrimSuffix(w, ".")
		last := i == len(fields)-1
		lower := strings.ToLower(w)
		if strings.ContainsFunc(w, notInName) || !startsCapital(w) && (last || !particles[lower]) || utf8.RuneCountInString(w) < 2 && last || smallWords[lower] {
			return nil
		}
		words[i] = lower
	}
	return words
}

// notInName reports whether r stands in no name.
func notInName(r rune) bool { return !unicode.IsLetter(r) && !strings.ContainsRune("'’-", r) }

var (
	particles  = map[string]bool{"von": true, "van": true, "der": true, "den": true, "de": true, "di": true, "da": true, "del": true, "della": true, "du": true, "la": true, "le": true, "zu": true, "ten": true, "ter": true}
	smallWords = map[string]bool{"the": true, "an": true, "of": true, "in": true, "on": true, "to": true, "for": true, "from": true, "at": true,
		"and": true, "or": true, "with": true, "by": true, "under": true, "his": true, "her": true, "its": true, "as": true}
)

// endsSmall reports whether s ends with a word that wants another behind it: a
// title that runs on in the next line.
func endsSmall(s string) bool {
	words := strings.Fields(strings.ToLower(s))
	return len(words) > 0 && (smallWords[words[len(words)-1]] || particles[words[len(words)-1]])
}
