package web

import (
	"ibid/corpus"
	"ibid/search"
)

// groupNames are the headings of the filters.
var groupNames = map[search.Group]string{
	search.GroupKind:       "Kind of passage",
	search.GroupSource:     "Source",
	search.GroupSection:    "Section",
	search.GroupPhase:      "Phase",
	search.GroupActor:      "Actor",
	search.GroupSpeaker:    "Speaker",
	search.GroupAddressee:  "Spoken to",
	search.GroupCollection: "Cites collection",
	search.GroupCite:       "Cites",
	search.GroupMedium:     "Medium",
}

var kindNames = map[string]string{
	string(corpus.Heading):   "Heading",
	string(corpus.Paragraph): "Paragraph",
	string(corpus.Footnote):  "Footnote",
	string(corpus.Quotation): "Quotation",
}

var natureNames = map[corpus.Nature]string{
	corpus.OfDocument:    "from a document",
	corpus.OfScholarship: "by a historian",
	corpus.OfTerm:        "a term",
}

var manyNatures = map[corpus.Nature]string{
	corpus.OfDocument:    "from documents",
	corpus.OfScholarship: "by historians",
	corpus.OfTerm:        "single terms",
}

var sortNames = map[search.Sort]string{
	search.ByRelevance: "relevance",
	search.ByDate:      "date",
	search.ByPosition:  "place in the source",
}

var actorKindNames = map[corpus.ActorKind]string{
	corpus.Person: "Persons",
	corpus.State:  "States",
	corpus.Body:   "Bodies",
	"":            "Others, as printed",
}

// layerName says how a form was found.
func layerName(l search.Layer) string {
	switch l {
	case search.Exact:
		return "as typed"
	case search.Stem:
		return "same stem"
	case search.Variant:
		return "another spelling"
	case search.Similar:
		return "similar word"
	}
	return string(l)
}
