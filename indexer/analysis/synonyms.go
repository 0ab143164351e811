package analysis

import "strings"

// synonymGroups are words that scholarly English on politics, diplomacy and war
// uses for much the same thing, one group a line; a word may stand in several.
// They are common dictionary synonyms (compare Roget's Thesaurus and WordNet
// 3.1, wordnet.princeton.edu), chosen without regard to any one text.
const synonymGroups = `
treaty pact agreement accord convention
negotiation talk parley conversation discussion
ambassador envoy
dismiss dismissal remove removal replace replacement oust sack fire resign resignation
newspaper press journal gazette
fail failure collapse breakdown deadlock
aid help assistance assist support
war conflict hostilities
border frontier boundary
doubt distrust mistrust suspicion suspect skepticism scepticism disbelief
telegram wire cable dispatch despatch
speech address
meeting interview audience
army troops forces soldiers
attack invasion invade assault aggression
ship vessel boat steamer sea
aim goal purpose objective intention
cause reason explain explanation
trade commerce commercial
leader chief head
government cabinet regime
proposal propose offer suggest suggestion
reply answer response respond
refuse refusal reject rejection decline
accept consent approve approval
visit trip journey travel
friendly amicable friendship
guarantee pledge promise assurance
alliance coalition bloc
occupy seize annex annexation conquest
postpone delay defer
rapid quick swift fast
begin start commence open
end finish terminate
sign signature conclude conclusion
secret clandestine confidential
fear worry anxiety apprehension concern
danger threat menace
delegate representative emissary delegation mission
historian scholar
travel voyage sail
partition division divide
sincere sincerity earnest serious seriousness
rapprochement reconciliation improvement normalization
neutral neutrality
demand insist request
warn warning caution
change shift alter
peace peaceful
tariff duty customs
colony colonial possession
king monarch sovereign
revolt rebellion uprising insurrection
famine hunger starvation
plague epidemic pestilence
book work volume
picture painting portrait
church parish
wage pay salary
poor poverty
law statute act
murder kill assassinate assassination
election vote ballot
`

// synonyms holds by stem the stems of its synonyms.
var synonyms = synonymTable(synonymGroups)

func synonymTable(groups string) map[string][]string {
	m := make(map[string][]string)
	for line := range strings.Lines(groups) {
		words := strings.Fields(line)
		for _, w := range words {
			for _, other := range words {
				if a, b := Stem(w), Stem(other); a != b {
					m[a] = append(m[a], b)
				}
			}
		}
	}
	return m
}

// Synonyms returns the stems of words that mean much the same as those of a stem.
func Synonyms(stem string) []string { return synonyms[stem] }
