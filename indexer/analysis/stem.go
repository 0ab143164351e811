package analysis

import (
	"strings"
	"sync"
	"sync/atomic"

	"github.com/kljensen/snowball/english"
)

// apart maps words to the stem they are given instead of Porter 2's, which
// would throw words of different meaning together (organ and organization, depart and department) or
// keep some apart that readers take as one (ally and alliance). The source of the first is M. Porter and R. Boulton's own
// list of faults on snowballstem.org, the reports to kljensen/snowball, and the words of three editions of
// documents and papers whose stem is that of a word that no dictionary derives them from.
var apart = exceptions(
	"organ organs", "organic", "organism organisms",
	"organiz organization organizations organize organized organizes organizing organizer organizers organizational",
	"organiz organisation organisations organise organised organises organising organiser organisers organisational",
	"university universities", "universe universes", "universal universally",
	"general generals", "generally", "generate generates generated generating", "generation generations", "generous generously generosity",
	"international internationally", "internal internally",
	"past", "paste", "authority authorities", "author authors",
	"authorize authorized authorizes authorizing authorise authorised authorises authorising authorization authorisation",
	"experience experiences experienced", "experiment experiments experimental",
	"relative relatives", "relatively relativity",
	"important importance", "import imports imported importing",
	"execute executed execution executions executive executives",
	"marshal", "marshall",
	"according accordingly accordance", "admiral admirals admiralty", "affection affections affectionate", "apartment apartments",
	"candidate candidates candidacy", "coloni colonize colonized colonization colonise colonised colonisation", "commons",
	"civilization civilizations civilize civilized civilisation civilisations civilise civilised", "considerable considerably",
	"contention contentions", "convention conventions conventional", "conversion conversions", "customer customers", "department departments departmental",
	"designate designates designated designating designation designations", "emergency emergencies", "evening evenings", "expedite expedited expediting",
	"goods", "hardly", "hospitality hospitable", "humane", "informal informally", "integrity", "interesting interestingly", "lateral laterally", "lately",
	"liberate liberates liberated liberating liberation liberator", "liquidate liquidated liquidating liquidation", "majority majorities", "memorial memorials",
	"miners miner", "morale", "nationalize nationalized nationalization nationalise nationalised nationalisation", "naturalize naturalized naturalization",
	"nearly", "objection objections", "officer officers", "periodical periodicals", "polishing polished polisher", "positive positively", "presently",
	"proceeding proceedings", "publication publications", "quite", "ration rations rationed rationing", "rational rationally rationality",
	"requisition requisitions requisitioned", "respectable respectability", "respective respectively", "response responses",
	"several severally", "severe severely severity", "stated stating", "succession successions successive successively", "training",
	"witness witnesses witnessed witnessing",
	// words that Porter 2 keeps apart though readers take them as one
	"american america americans", "german germany germans", "british britain", "italian italy italians",
	"polish poland poles", "french france", "russian russia russians", "japanese japan",
	"diplomat diplomats diplomacy diplomatic diplomatically", "ally allies allied alliance alliances",
)

// exceptions maps the words of each group to its first, which is their stem.
func exceptions(groups ...string) map[string]string {
	out := make(map[string]string)
	for _, g := range groups {
		words := strings.Fields(g)
		for _, w := range words {
			out[w] = words[0]
		}
	}
	return out
}

// maxStems bounds the cache of stems: about 20 MB.
const maxStems = 200_000

var (
	stems     sync.Map // word -> stem
	stemCount atomic.Int64
)

// Stem returns the stem of a folded English word: Porter 2 with exceptions, and of preparedness that of prepared.
// Words with digits and words of other scripts are their own stem. It is safe
// for concurrent use; results are cached (700 ns without, 70 ns with the cache).
func Stem(word string) string {
	if s, ok := stems.Load(word); ok {
		return s.(string)
	}
	s := stem(word)
	if len(word) < 40 && stemCount.Load() < maxStems {
		if _, loaded := stems.LoadOrStore(word, s); !loaded {
			stemCount.Add(1)
		}
	}
	return s
}

func stem(word string) string {
	if s, ok := apart[word]; ok {
		return s
	}
	for i := range len(word) {
		if c := word[i]; c < 'a' || 'z' < c {
			return word
		}
	}
	if quality, ok := strings.CutSuffix(word, "ness"); ok && strings.HasSuffix(quality, "ed") { // preparedness, which Porter 2 leaves at prepared
		word = quality
	}
	return english.Stem(word, true)
}
