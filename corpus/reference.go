package corpus

import (
	"cmp"
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"
)

// cslTypes are the types of CSL 1.0.2, which programs that read CSL-JSON take.
var cslTypes = []string{
	"article", "article-journal", "article-magazine", "article-newspaper", "bill", "book", "broadcast", "chapter", "classic",
	"collection", "dataset", "document", "entry", "entry-dictionary", "entry-encyclopedia", "event", "figure", "graphic",
	"hearing", "interview", "legal_case", "legislation", "manuscript", "map", "motion_picture", "musical_score", "pamphlet",
	"paper-conference", "patent", "performance", "periodical", "personal_communication", "post", "post-weblog", "regulation",
	"report", "review", "review-book", "software", "song", "speech", "standard", "thesis", "treaty", "webpage",
}

// commonTypes are offered where none is like the type that was written.
var commonTypes = []string{"article-journal", "book", "chapter", "collection", "manuscript", "report", "thesis", "document"}

// cslType checks the type of a reference, which may be left out.
func (c *checker) cslType(at string, s Source) {
	if t := s.Reference.Type; t != "" && !slices.Contains(cslTypes, t) {
		c.add(at, "source %q: unknown type %q of its reference; write a type of CSL, as %s", s.ID, t, strings.Join(typesLike(t), ", "))
	}
}

// mostTypes are offered in place of an unknown one.
const mostTypes = 5

// typesLike returns the types that a word was perhaps meant as, the likest first: those
// whose words stand in it ("journalArticle", "phdthesis"), or that are spelt nearly so.
func typesLike(word string) []string {
	word = strings.ToLower(word)
	shared, distance := map[string]int{}, map[string]int{}
	var like []string
	for _, t := range cslTypes {
		for _, part := range strings.FieldsFunc(t, func(r rune) bool { return r == '-' || r == '_' }) {
			if strings.Contains(word, part) {
				shared[t]++
			}
		}
		if distance[t] = levenshtein.ComputeDistance(word, t); shared[t] > 0 || distance[t] <= max(2, len(t)/3) {
			like = append(like, t)
		}
	}
	slices.SortStableFunc(like, func(a, b string) int {
		return cmp.Or(cmp.Compare(shared[b], shared[a]), cmp.Compare(distance[a], distance[b]))
	})
	if len(like) == 0 {
		return commonTypes
	}
	return like[:min(len(like), mostTypes)]
}
