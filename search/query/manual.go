package query

// A Section is a part of the manual.
type Section struct {
	ID       string // for anchors
	Title    string
	Text     string // sentences, without markup
	Examples []Example
}

// An Example is a query with what it finds. Tree is how Parse prints it where
// that differs from the query.
type Example struct {
	Query string
	Finds string
	Tree  string
}

// Manual is the documentation of the query language, in the order in which a
// reader should meet it. Its examples use the names of no particular corpus
// beyond those that make them easy to try on the shipped one.
var Manual = []Section{
	{
		ID: "words", Title: "Plain words",
		Text: "Type what you would write in a letter. Passages that have more of the words, rarer ones, and closer together come first; of the first ones, those that are like the best or stand beside it, since they tell of the same matter. " +
			"Other forms of a word, other spellings and words that mean much the same are found too, after the word itself; where a word does not occur, what stands for it does: a capital for its state, a name written as it sounds. An expression of several words counts as what it means, or word by word, whichever says more of a passage. " +
			"Capitals, accents and punctuation make no difference.",
		Examples: []Example{
			{Query: "trade and credit negotiations", Finds: "passages with these words or forms of them, best first"},
			{Query: "Why did the military talks fail?", Finds: "what is asked for: words such as why, did and the weigh nothing", Tree: "Why did the military talks fail"},
			{Query: "called off the visit", Finds: "canceled and postponed visits, too"},
			{Query: "Anglo-French mission", Finds: "British and French, French-British and Anglo-French missions"},
			{Query: "counter proposals", Finds: "also counterproposals; and collectivesecurity finds collective security"},
			{Query: "eighteenth century", Finds: "the 18th century, too"},
			{Query: "chargé d’affaires", Finds: "the same as charge d'affaires"},
		},
	},
	{
		ID: "recognised", Title: "Dates, citations, pages and names in plain words",
		Text: "A date, a citation, a page, a footnote, a name from the list of actors, or what stands for one there (an office, a mission or ministry in other words, a capital that does something), is recognised among plain words and lifts the passages that have it. " +
			"It hides no others, but passages without the person or date that is named come later, and a person's own words, a document's and those of a day before what only mentions them. The line \"understood as\" above the results shows in braces what was recognised.",
		Examples: []Example{
			{Query: "GK 362", Finds: "passages that cite document 362 of the collection GK first"},
			{Query: "SPE no. 246, no. 255", Finds: "passages that cite either document", Tree: "SPE no 246 no 255"},
			{Query: "Year of Crisis 279", Finds: "passages that cite document 279 of the collection of this title first"},
			{Query: "20 May 1939", Finds: "passages on that day, however their text writes it"},
			{Query: "early August talks", Finds: "passages on the 1st to 10th of August of the corpus's year"},
			{Query: "between 5 and 15 May", Finds: "passages on a day of that time"},
			{Query: "third of May", Finds: "the same as 3 May, 3. 5. 1939 with the year, or 3. Mai"},
			{Query: "second half of July", Finds: "passages on the 16th to 31st; also the first or last days or week of a month"},
			{Query: "p. 211", Finds: "passages on printed page 211", Tree: "p 211"},
			{Query: "note 11", Finds: "footnote 11"},
			{Query: "von Ribbentrop's proposal", Finds: "passages that mention Ribbentrop, under any form of the name"},
			{Query: "Molotow to Schulenberg", Finds: "what Molotov said to Schulenburg: names in other spellings, and misspelt ones, are read as the actors they name"},
			{Query: "Molotov and Schulenburg", Finds: "what the one says to the other, and then what mentions both"},
			{Query: "British ambassador in Moscow", Finds: "passages that mention who held this office, as the list of actors has it, if it was one person"},
			{Query: "envoy in Paris", Finds: "the same in other words; Reich chancellor, French general, foreign commissar are read so, too"},
			{Query: "Anglo-French envoys", Finds: "passages that mention the British and French delegation"},
			{Query: "Warsaw refuses", Finds: "passages that mention Poland: a capital that acts is its state, and a place elsewhere (visit to Warsaw)"},
		},
	},
	{
		ID: "phrases", Title: "Phrases and words near each other",
		Text: "Words in double quotation marks, straight or curly, are found in that order and in that form only. " +
			"A tilde and a number behind the phrase finds the words in any order and form with at most so many other words between them; without a number, five.",
		Examples: []Example{
			{Query: `"political base"`, Finds: "these two words side by side"},
			{Query: "“collective security”", Finds: "curly quotation marks do as well", Tree: `"collective security"`},
			{Query: `"Poland troops"~8`, Finds: "both words with at most eight words between them"},
		},
	},
	{
		ID: "operators", Title: "AND, OR, NOT and parentheses",
		Text: "In capitals, AND asks for both sides, OR for either, NOT or a hyphen before a word leaves out passages that have it. " +
			"Words side by side belong together before AND, and AND before OR; parentheses say otherwise. In small letters they are ordinary words.",
		Examples: []Example{
			{Query: "credit AND Schnurre", Finds: "passages with both"},
			{Query: "Rumania OR Poland", Finds: "passages with one of them or both"},
			{Query: "alliance NOT military", Finds: "passages with alliance and without military"},
			{Query: "alliance -military", Finds: "the same", Tree: "alliance NOT military"},
			{Query: "(letter OR telegram) AND Astakhov", Finds: "passages with Astakhov and one of the first two"},
		},
	},
	{
		ID: "forms", Title: "Parts of words and doubtful spellings",
		Text: "A star behind at least two letters stands for any ending, or, with letters after it, for what stands between. A tilde at the end of a word also finds words that differ from it in a letter or two, " +
			"for spellings you are not sure of and letters that were misread. Words that do not occur, and that the thesaurus does not know, are treated so without a tilde.",
		Examples: []Example{
			{Query: "negot*", Finds: "negotiate, negotiation, negotiator ..."},
			{Query: "neg*tions", Finds: "negotiations and other words that begin and end so"},
			{Query: "Weizsaker~", Finds: "Weizsacker and what is close to it"},
		},
	},
	{
		ID: "fields", Title: "Fields",
		Text: "A field, a colon and a value directly behind it ask for a property of the passage and hide all others. " +
			"A value of several words stands in quotation marks.",
		Examples: []Example{
			{Query: "actor:molotov", Finds: "passages that mention this actor, by name or identifier"},
			{Query: `speaker:"von Ribbentrop"`, Finds: "quotations of his words"},
			{Query: "to:astakhov", Finds: "quotations of words addressed to him"},
			{Query: `cite:"GK 362"`, Finds: "passages that cite this document"},
			{Query: "cite:SPE", Finds: "passages that cite any document of this collection"},
			{Query: "phase:august", Finds: "passages of this phase of the story"},
			{Query: "kind:footnote trade", Finds: "trade in footnotes; also heading, paragraph, quotation"},
			{Query: "section:III", Finds: "passages of this section"},
			{Query: "page:211-213", Finds: "passages on these printed pages"},
			{Query: "medium:letter", Finds: "quotations from letters; also conversation, speech, telegram, report, memorandum, note, treaty, press"},
			{Query: "note:11", Finds: "footnote 11"},
			{Query: "source:leem", Finds: "passages of this source, by identifier or title"},
		},
	},
	{
		ID: "dates", Title: "Dates in a field",
		Text: "The field date takes a day, month or year in the notation EDTF, two of them with two points between for all from the first to the second, " +
			"or a date in words in quotation marks. Either end may be left open. Passages without a date are not found by it.",
		Examples: []Example{
			{Query: "date:1939-05-20", Finds: "passages on that day"},
			{Query: "date:1939-05..1939-08", Finds: "passages from May to August 1939"},
			{Query: "date:1939-08..", Finds: "passages from August 1939 on"},
			{Query: `date:"early August 1939" Poland`, Finds: "Poland, in the first ten days of that month"},
			{Query: "date:193X", Finds: "passages on the 1930s"},
		},
	},
	{
		ID: "limits", Title: "What a query may measure",
		Text: "A query has at most 4,000 characters, 512 words and clauses, 64 words in one phrase, and groups 16 deep. " +
			"A query that cannot be read is answered with the column in which reading stopped and what to do.",
	},
}
