package annotate

import "strings"

// verbsOfSpeech introduce or follow quoted words, in the forms that do so:
// "said", "replied", "recorded", "which reads".
var verbsOfSpeech = lexicon(`said says say saying told tells tell telling asked asks ask asking answered answers answering replied
	replies reply replying responded responds responding stated states stating declared declares declaring wrote writes
	write writing reported reports reporting recorded records recording noted notes noting remarked remarks remarking
	observed observes observing added adds adding continued continues continuing repeated repeats repeating emphasized
	emphasised emphasizes emphasizing emphasising stressed stresses stressing insisted insists insisting warned warn warns
	warning admitted admits admitting confirmed confirms confirming complained complains complaining explained explains
	explaining argued argues arguing maintained maintains maintaining asserted asserts asserting claimed claims claiming
	suggested suggests suggesting proposed proposes proposing demanded demands demanding requested requests requesting
	urged urges urging informed informs inform informing assured assures assuring telegraphed telegraphing wired wiring cabled
	cabling instructed instructs instructing announced announces announcing proclaimed proclaims exclaimed exclaims
	exclaiming cried cries inquired enquired inquires concluded concludes concluding commented comments commenting
	mentioned mentions mentioning expressed expresses express expressing described describes describing called calls
	calling termed terms quoted quotes quoting reads read reading ran runs showed revealed reveals conveyed conveys
	transmitted transmitting communicated communicates advised advises advising indicated indicates indicating believed
	believes considered considers considering thought thinks feeling felt feels summarized summarised summarizes defined
	define defines referred refers referring related relates testified testifies testify recalled recalls recalling
	remembered predicted predicts acknowledged acknowledges affirmed affirms avowed averred denied denies objected objects
	retorted rejoined interjected whispered shouted murmured pleaded protested protests promised ordered orders directed
	directs decreed provided provides resolved stipulated stipulates put puts begged begs lamented laments sees saw
	heard spoke speaks declares enjoined exhorted counselled counseled informed apprised dispatched despatched
	communicating published publishes printed held holds minuted confided confides boasted boasts conceded concedes
	contended contends cautioned cautions countered counters vowed vows swore threatened hinted hints intimated
	joked grumbled scribbled jotted opined ventured deplored remonstrated pronounced
	agreed agrees decided recommended ruled found shouting reminded reminds scrawled entered disclosed thanked understand confessed protested expostulated volunteered ejaculated`)

// weakVerbs are verbs of speech only if nothing better stands in the sentence,
// as they more often tell of something else.
var weakVerbs = lexicon(`showed read ran runs put puts sees saw provided provides resolved considered considers considering terms orders
	records notes reports states calls called defined define defines thought believed feeling felt feels directed printed
	published publishes recalled considering heard thinks describes described spoke speaks referred refers related relates indicated
	indicates summarized summarised summarizes proposed proposes proposing dispatched despatched requested requests requesting
	demanded demands suggested reveals revealed quoted reading writing reporting recording noting notes telling saying promised denied
	conveyed conveys transmitted transmitting express held holds threatened hinted hints counters ventured deplored
	agreed agrees decided recommended ruled found entered thanked`)

// spokenVerbs are said of words of mouth.
var spokenVerbs = lexicon(`said says say saying told tells tell asked asks asking answered answers replied replies responded responds stated
	states declared declares remarked remarks added adds continued continues repeated repeats exclaimed cried inquired
	enquired insisted warned complained explained assured retorted rejoined interjected whispered shouted admitted
	emphasized emphasised stressed confirmed referred related commented mentioned spoke shouted urged demanded heard suggested maintained
	recorded observed rejoined confessed volunteered protested remonstrated`)

// mediumNouns name what words are written or spoken in, and the medium of the
// contract that each is; the noun itself where the contract has no other word.
var mediumNouns = map[string]string{
	"telegram": "telegram", "telegrams": "telegram", "telegramme": "telegram", "cable": "telegram", "cablegram": "telegram",
	"letter": "letter", "letters": "letter", "epistle": "letter",
	"report": "report", "reports": "report", "dispatch": "report", "despatch": "report", "dispatches": "report", "despatches": "report",
	"memorandum": "memorandum", "memoranda": "memorandum", "memorial": "memorial", "aide": "memorandum",
	"note": "note", "notes": "note",
	"instruction": "instruction", "instructions": "instruction", "directive": "instruction", "order": "instruction",
	"treaty": "treaty", "pact": "treaty", "convention": "treaty", "protocol": "treaty", "agreement": "treaty",
	"speech": "speech", "address": "speech", "sermon": "speech", "oration": "speech", "lecture": "speech",
	"conversation": "conversation", "conversations": "conversation", "talk": "conversation", "talks": "conversation",
	"meeting": "conversation", "interview": "conversation", "audience": "conversation", "record": "conversation", "minute": "conversation", "minutes": "conversation",
	"statement": "conversation", "remark": "conversation", "remarks": "conversation",
	"newspaper": "press", "editorial": "press", "article": "press", "communique": "press",
	"petition": "petition", "resolution": "resolution", "resolutions": "resolution", "proclamation": "proclamation", "draft": "draft", "diary": "diary", "journal": "diary",
	"law": "law", "statute": "law", "decree": "decree", "constitution": "constitution", "testimony": "testimony",
	"declaration": "declaration", "circular": "circular", "pamphlet": "pamphlet", "message": "message", "appeal": "appeal", "affidavit": "affidavit",
	"manifesto": "manifesto", "charter": "charter", "advertisement": "press",
}

// capitals stand for their governments, which are not spoken to by word of mouth.
var capitals = lexicon(`washington london paris berlin moscow vienna rome tokyo peking beijing nanking petersburg petrograd warsaw prague budapest belgrade
	bucharest sofia athens constantinople istanbul ankara cairo madrid lisbon brussels copenhagen stockholm oslo helsinki berne bern ottawa canberra
	wellington pretoria delhi jerusalem teheran tehran baghdad damascus jakarta saigon hanoi seoul havana bonn`)

// wordings are nouns of quoted words that say nothing of their medium: "in these words", "the following language".
var wordings = lexicon("words language terms lines passage passages sentence sentences expression expressions")

// presentVerbs are what one says of an author whose text lies open: "Rhodes says".
var presentVerbs = lexicon("says writes states argues maintains asserts claims notes remarks observes declares adds concludes suggests explains insists contends thinks believes sees describes calls")

// offices are the nouns of office and role that name a person without his name:
// "the German Ambassador", "the State Secretary".
var offices = lexicon(`ambassador ambassadors minister secretary commissar chancellor president premier attache envoy consul
	charge representative delegate chief director governor general marshal admiral king queen emperor bishop pope
	commissioner chairman head translator interpreter counsellor counselor deputy spokesman foreign state prime chairman
	senator congressman judge mayor colonel captain professor editor superintendent leader dictator fuhrer`)

// personNouns end the descriptions that resolve to a person by his role.
var personNouns = lexicon(`ambassador minister secretary commissar chancellor president premier attache envoy consul affaires
	representative delegate director governor general marshal admiral king queen emperor bishop pope commissioner chairman
	counsellor counselor spokesman dictator`)

// bodyNouns end the names of bodies that can speak: "the Soviet delegation".
var bodyNouns = lexicon(`government governments delegation delegations mission ministry embassy embassies committee council congress
	parliament cabinet party commission board court department assembly legislature society staff office press agency
	delegates officials legation court league union convention senate house conference company synod presbytery`)

// demonyms are adjectives and people of a state, by their first word's end: see isDemonym.
var demonyms = map[string]string{
	"soviet": "soviet union", "soviets": "soviet union", "russian": "russia", "russians": "russia", "german": "germany", "germans": "germany",
	"british": "britain", "english": "britain", "englishmen": "britain", "french": "france", "frenchmen": "france", "frenchman": "france", "englishman": "britain", "dutchman": "netherlands", "irishman": "ireland", "italian": "italy", "italians": "italy",
	"japanese": "japan", "polish": "poland", "poles": "poland", "rumanian": "rumania", "rumanians": "rumania", "romanian": "romania", "romanians": "romania",
	"turkish": "turkey", "turks": "turkey", "czech": "czechoslovakia", "czechs": "czechoslovakia", "american": "united states", "americans": "united states",
	"spanish": "spain", "spaniards": "spain", "chinese": "china", "austrian": "austria", "austrians": "austria", "hungarian": "hungary", "hungarians": "hungary",
	"finnish": "finland", "finns": "finland", "dutch": "netherlands", "belgian": "belgium", "belgians": "belgium", "swedish": "sweden", "swedes": "sweden",
	"norwegian": "norway", "norwegians": "norway", "danish": "denmark", "danes": "denmark", "swiss": "switzerland", "portuguese": "portugal", "greek": "greece", "greeks": "greece",
	"bulgarian": "bulgaria", "bulgarians": "bulgaria", "serbian": "serbia", "serbs": "serbia", "yugoslav": "yugoslavia", "yugoslavs": "yugoslavia",
	"ukrainian": "ukraine", "ukrainians": "ukraine", "lithuanian": "lithuania", "latvian": "latvia", "estonian": "estonia", "prussian": "prussia",
	"prussians": "prussia", "australian": "australia", "australians": "australia", "canadian": "canada", "canadians": "canada", "indian": "india",
	"indians": "india", "irish": "ireland", "scottish": "scotland", "mexican": "mexico", "mexicans": "mexico", "brazilian": "brazil", "egyptian": "egypt",
	"indonesian": "indonesia", "indonesians": "indonesia", "malayan": "malaya", "korean": "korea", "koreans": "korea", "vietnamese": "vietnam", "thai": "thailand",
	"african": "africa", "africans": "africa", "european": "europe", "europeans": "europe", "asian": "asia", "israeli": "israel", "persian": "persia",
	"nazi": "germany", "nazis": "germany", "ottoman": "ottoman empire", "roman": "rome", "romans": "rome",
}

// isDemonym tells whether a word (folded) is an adjective or people of a state.
func isDemonym(key string) bool { return demonyms[key] != "" }

// calendarWords are capitalised words of the calendar.
var calendarWords = lexicon(`january february march april may june july august september october november december
	monday tuesday wednesday thursday friday saturday sunday jan feb apr jun jul aug sept oct nov dec easter christmas`)

// singularMale, singularFemale and plural personal pronouns that stand for who speaks or is spoken to.
var pronouns = map[string]rune{"he": 'm', "him": 'm', "his": 'm', "himself": 'm', "she": 'f', "her": 'f', "they": 'p', "them": 'p', "their": 'p', "who": 'r', "whom": 'r', "it": 'n'}

// prepositions make what follows them something else than the subject.
var prepositions = lexicon(`of to with by from at in on for after before against about between among toward towards into upon over under
	through during without within via near behind beyond concerning regarding despite like unlike including following
	except per around than`)

// articles and other determiners stand between a preposition and its noun.
var determiners = lexicon("the a an this that these those its their his her our your my both some any all each every another such same")

// functionWords are never part of a name, even where a sentence begins with them.
var functionWords = lexicon(`a an the this that these those as when while where after before since until till because if though although
	whereas unless once whether and or but nor so yet for then thus hence therefore however moreover furthermore nevertheless
	nonetheless meanwhile indeed also again still even only just now here there finally first second third later soon earlier
	in on at by to of from with without within into upon over under during despite besides instead about above below between
	among against through throughout according following concerning regarding not no yes all both each every some many most
	much more such other another one two three four five six seven eight nine ten what which who whom whose why how it its he
	she they we i you his her their our my your him them us me is was were be been are had has have did does do will would shall should
	can could may might must let although perhaps certainly similarly likewise consequently accordingly additionally overall
	initially eventually ultimately recently yesterday today tomorrow see cf ibid note north south east west northern southern eastern western unlike like`)

// isFinite guesses a verb that makes the name before it a subject: "was", "had", "argued".
func isFinite(key string) bool {
	return auxiliaries[key] || verbsOfSpeech[key] || directVerbs[key] || strings.HasSuffix(key, "ed") && len(key) > 4
}

var auxiliaries = lexicon("was were is had has did would could should might went came took made left found began became seems seemed knew thought kept led")

// hasWord tells whether any of the words of s is in set.
func hasWord(words []word, set map[string]bool) bool {
	for _, w := range words {
		if set[w.key] {
			return true
		}
	}
	return false
}

// trimDeterminer cuts "the", "a", "an" from the front of a printed name.
func trimDeterminer(s string) string {
	for _, d := range []string{"the ", "The ", "a ", "A ", "an ", "An "} {
		s = strings.TrimPrefix(s, d)
	}
	return s
}
