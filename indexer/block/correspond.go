package block

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Correspondents reads sender and recipient from the title that an edition
// gives a letter or telegram. It returns "" for both where the title is not
// plainly of that form. It reads
//
//	Mr. Seward to Mr. Adams.
//	12. Sir George Pearce, Minister for External Affairs, to Mr J. A. Lyons
//	Memorandum From the Assistant (Kissinger) to President Nixon
//	LETTER, BOWEN TO MCMAHON
//
// A wrong sender is worse than none: what begins with a word for a piece of
// writing and has neither "from" or "by" nor a comma behind it ("Address to
// Parliament") names no sender. Of several "to" that with a comma before it
// parts the two: "Mr. Casey, Minister to the United States, to Department ..."
//
// number is that of the document, "" if it has none: editions print it amid the
// title ("Lord Cranborne, U.K. Secretary of State 171 for Dominion Affairs"), where it is no part of a name.
func Correspondents(title, number string) (from, to string) {
	title = strings.Join(withoutNumber(strings.Fields(numberBefore.ReplaceAllString(title, "")), number), " ")
	if at := fromWord.FindStringIndex(title); at != nil && isWriting(title[:at[0]]) {
		title = title[at[1]:]
	} else if kind, rest, ok := strings.Cut(title, ", "); ok && isWriting(kind) && !toWord.MatchString(kind) {
		title = rest
	} else if isWriting(title) {
		return "", ""
	}
	places := toWord.FindAllStringIndex(title, -1)
	for _, comma := range []bool{true, false} {
		for _, at := range places {
			from, to = trimName(title[:at[0]]), trimName(title[at[1]:])
			if strings.HasPrefix(title[at[0]:], ",") == comma && isName(from, comma) && isName(to, comma) {
				return from, to
			}
		}
	}
	return "", ""
}

var (
	numberBefore = regexp.MustCompile(`^\s*(?:No\.\s*)?\[?\d+[a-z]?\]?[.:]?\s+`)
	fromWord     = regexp.MustCompile(`\s(?i:from|by)\s`)
	datedBehind  = regexp.MustCompile(`(?:^|[,;]?\s)(?:(?:dated|on|of),?\s)?(?:(?:January|February|March|April|May|June|July|August|September|October|November|December)\s\d{1,2}|\d{1,2}\s(?:January|February|March|April|May|June|July|August|September|October|November|December))(?:,?\s\d{4})?\.?$`)
	toWord       = regexp.MustCompile(`,?\s(?i:to)\s`)
	writing      = regexp.MustCompile(`(?i)^(the |an? |extracts? (from|of) )?([\p{L}-]+ ){0,3}?(` +
		`address|advice|agenda|agreement|aide|announcement|article|brief|cable|cablegram|circular|communiqu[eé]|conversation|declaration|despatch|dispatch|draft|` +
		`editorial|instructions?|introduction|invitation|letter|memoranda|memorandum|message|minutes?|notes?|notification|outline|paper|petition|proclamation|proposals?|` +
		`protocol|reply|report|resolution|review|speech|statement|submission|summary|talk|telegram|teleprinter|transcript|treaty|visit)s?\b`)
)

// withoutNumber leaves out the number of the document, where it has two digits or more and "No."
// does not stand before it.
func withoutNumber(words []string, number string) []string {
	if len(number) < 2 || strings.Trim(number, "0123456789") != "" {
		return words
	}
	var out []string
	for i, w := range words {
		if w == number && i > 0 && !strings.HasPrefix(strings.ToLower(words[i-1]), "no") {
			continue
		}
		out = append(out, w)
	}
	return out
}

// isWriting tells whether a title begins with a word for a piece of writing,
// up to three words before it ("Draft Cabinet Submission").
func isWriting(s string) bool { return writing.MatchString(strings.TrimSpace(s) + " ") }

// trimName takes the article and the closing stop off a name: "the Secretary of
// State." is "Secretary of State". The stop of an abbreviation stays ("Jr.").
func trimName(s string) string {
	s = strings.Trim(datedBehind.ReplaceAllString(strings.TrimSpace(s), ""), ",;: ")
	if strings.HasSuffix(s, ".") {
		last := s[strings.LastIndexAny(s[:len(s)-1], " .")+1:]
		if utf8.RuneCountInString(last) > 3 || strings.ToUpper(last) == last && len(last) > 3 {
			s = s[:len(s)-1]
		}
	}
	for _, article := range []string{"The ", "the "} {
		s = strings.TrimPrefix(s, article)
	}
	return s
}

// isName tells whether s can be the name or office of a correspondent: it
// begins with a capital. Without a comma before "to" each word must have one,
// small words of names and offices apart, since the title may be a sentence.
func isName(s string, comma bool) bool {
	first, _ := utf8.DecodeRuneInString(s)
	if !unicode.IsUpper(first) || len(s) > 200 {
		return false
	}
	if last := s[strings.LastIndexByte(s, ',')+1:]; isWriting(last) {
		return false // "GORTON, STATEMENT TO THE HOUSE"
	}
	if comma {
		return true
	}
	for _, w := range strings.Fields(s) {
		c, _ := utf8.DecodeRuneInString(strings.TrimLeft(w, `("'“‘[`))
		if unicode.IsLetter(c) && !unicode.IsUpper(c) && !smallWords[strings.Trim(w, ".,;:()")] {
			return false
		}
	}
	return true
}

// smallWords stand in names and offices without a capital.
var smallWords = map[string]bool{"a": true, "ad": true, "al": true, "and": true, "at": true, "d'affaires": true, "d’affaires": true, "da": true, "de": true,
	"del": true, "der": true, "des": true, "di": true, "dos": true, "du": true, "en": true, "et": true, "for": true, "in": true, "interim": true, "la": true, "le": true,
	"of": true, "on": true, "the": true, "to": true, "van": true, "von": true, "y": true, "zu": true}
