package web

import (
	"net/http"
	"slices"

	"ibid/corpus"
	"ibid/search"
	"ibid/search/export"
)

// Bounds of what is asked in one go.
const (
	maxQueries   = 100     // of a batch
	maxBatchBody = 1 << 20 // bytes: a hundred of the longest queries
	maxQuoteBody = 64 << 10
	maxContext   = 200 // characters on each side of a line of a concordance
)

// endpoints is the table of the API.
func endpoints() []*endpoint {
	return slices.Concat(searchEndpoints(), textEndpoints(), resourceEndpoints())
}

func searchEndpoints() []*endpoint {
	return []*endpoint{{
		method: http.MethodGet, path: "/api/v1/search", name: "search", title: "Search",
		text:   "Hits with fragments, facets and a histogram of dates. A filter given twice means either value; different filters mean both.",
		params: append(slices.Clone(searchParams), facetsParam), result: search.Result{}, paged: true, answer: searchAnswer,
		examples: []exampleQuery{
			{finds: "a phrase, three hits", address: "/api/v1/search?q=%22political+base%22&size=3"},
			{finds: "footnotes and headings, by place", address: "/api/v1/search?kind=footnote&kind=heading&sort=position"},
			{finds: "what May 1939 is said of, dates within that month only", address: "/api/v1/search?from=1939-05&to=1939-05&dates=within"},
		},
	}, {
		method: http.MethodGet, path: "/api/v1/export", name: "export", title: "Export the passages of a search",
		text: "Every passage that matches, without a limit, hit by hit. size, cursor and facets are accepted and not used, so that the address of a search " +
			"exports it. X-Ibid-Total has the number of hits, X-Ibid-Query the search, X-Ibid-Index the version of the index; with meta=yes the export says so inside, too: " +
			"in a first object with the key meta (jsonl), in rows before the header that begin with # (csv), in comment (bibtex), in each record (ris, csl) or the header (tei).",
		params: slices.Concat(searchParams, parameters{facetsParam, {name: "format", allowed: export.Names(), fallback: "jsonl", text: "Format of the export."},
			{name: "meta", allowed: []string{"yes", "no"}, text: "Whether it says inside what it is an export of. Left out, JSON lines and CSV do not, the others do."}, bomParam}),
		media: exportMedia(), long: true, answer: exportAnswer,
		examples: []exampleQuery{
			{finds: "all passages as JSON lines", address: "/api/v1/export"},
			{finds: "quotations of a search as a table that Excel opens by itself", address: "/api/v1/export?q=base&kind=quotation&format=csv&bom=yes"},
			{finds: "citations for a reference manager", address: "/api/v1/export?q=base&format=ris"},
		},
	}, {
		method: http.MethodGet, path: "/api/v1/concordance", name: "concordance", title: "Concordance",
		text: "One line for each match, with the words left and right of it.",
		params: slices.Concat(parameters{queryParam, {name: "size", least: 1, most: maxSize, fallback: "50", text: "Lines on a page."}, cursorParam, matchParam,
			{name: "context", least: 1, most: maxContext, fallback: "60", text: "Characters on each side."},
			{name: "lines", allowed: lineSorts, fallback: string(search.LinesByPosition),
				text: "Order of the lines: by place, or by the words left or right of the match."},
			formatParam, bomParam}, rangeParams, filterParams),
		result: search.Concordance{}, media: []string{mediaCSV}, paged: true, answer: concordanceAnswer,
		examples: []exampleQuery{{finds: "a word in its contexts, sorted by what follows", address: "/api/v1/concordance?q=base&lines=right"}},
	}, {
		method: http.MethodPost, path: "/api/v1/batch", name: "batch", title: "Many searches in one table",
		text: "Answers up to 100 queries, each with the filters of the address. A query that cannot be read has a problem of its own; the others are answered. " +
			"As plain text, one query a line.",
		params: slices.Concat(parameters{{name: "queries", in: "body", many: true, times: maxQueries, longest: maxQuery, required: true, text: "The queries, in the language of /help."},
			sizeParam, sortParam, matchParam, formatParam, bomParam}, rangeParams, filterParams),
		body: maxBatchBody, result: Batch{}, media: []string{mediaCSV}, answer: batchAnswer,
		examples: []exampleQuery{
			{finds: "three searches, two hits of each", address: "/api/v1/batch?size=2", body: `{"queries": ["political base", "GK 362", "kind:footnote treaty"]}`},
			{finds: "the same as a table", address: "/api/v1/batch?size=2&format=csv", body: `{"queries": ["political base", "GK 362"]}`},
		},
	}, {
		method: http.MethodGet, path: "/api/v1/suggest", name: "suggest", title: "Complete what a reader is typing",
		text:   "Actors, documents, headings and words.",
		params: parameters{{name: "q", longest: maxQuery, text: "What has been typed so far."}}, result: Suggestions{}, answer: suggestAnswer,
		examples: []exampleQuery{{finds: "what begins with mol", address: "/api/v1/suggest?q=mol"}},
	}}
}

var facetsParam = parameter{name: "facets", allowed: []string{"yes", "no"}, fallback: "yes", text: "Whether to count facets and the histogram; without them an answer is faster."}

// Excel takes a CSV file without a byte order mark for one in the code page of its
// country; programs take the mark for a part of the first name.
var bomParam = parameter{name: "bom", allowed: []string{"yes", "no"}, fallback: "no", text: "Whether a table begins with a byte order mark, by which Excel knows UTF-8."}

var formatParam = parameter{name: "format", allowed: []string{"json", "csv"}, fallback: "json", text: "JSON, or a table for a spreadsheet."}

func exportMedia() []string {
	var out []string
	for _, f := range export.Formats {
		out = append(out, f.Media)
	}
	return out
}

func textEndpoints() []*endpoint {
	text := parameter{name: "text", longest: search.MaxQuote, required: true, text: "The words that are to be found, 5,000 characters at most."}
	check := endpoint{
		method: http.MethodGet, path: "/api/v1/quote", name: "quote", title: "Check a quotation",
		text: "Whether the corpus has a stretch of text word for word (exact), with differences, which are shown (near), or not (none), and where. " +
			"An ellipsis stands for any words.",
		params: parameters{text}, result: search.QuoteReport{}, answer: quoteAnswer,
		examples: []exampleQuery{{finds: "four words", address: "/api/v1/quote?text=the+necessary+political+base"}},
	}
	post := check
	post.method, post.name, post.title = http.MethodPost, "quoteLong", "Check a long quotation"
	post.text = "As GET, for a text too long for an address. As plain text, the body is the text."
	post.body = maxQuoteBody
	text.in = "body"
	post.params = parameters{text}
	post.examples = []exampleQuery{{finds: "four words", address: "/api/v1/quote", body: `{"text": "the necessary political base"}`}}
	return []*endpoint{&check, &post}
}

func resourceEndpoints() []*endpoint {
	id := func(text string) parameters {
		return parameters{{name: "id", in: "path", required: true, text: text + " Its slashes may stand as they are or as %2F."}}
	}
	return []*endpoint{{
		method: http.MethodGet, path: "/api/v1/passages/{id}", name: "passage", title: "A passage", missing: true,
		params: id("Permanent id of a passage, as hits have it."), result: corpus.Passage{}, answer: passageAnswer,
	}, {
		method: http.MethodGet, path: "/api/v1/documents", name: "documents", title: "The calendar of documents",
		text: "Documents that the sources cite by collection and number, and documents of editions that the sources print in full. years counts by the year of their dates those " +
			"that pass all but from and to.",
		params: append(slices.Clone(documentParams), formatParam, bomParam),
		result: Documents{}, media: []string{mediaCSV}, paged: true, answer: documentsAnswer,
		examples: []exampleQuery{
			{finds: "by date", address: "/api/v1/documents"},
			{finds: "those of May 1939", address: "/api/v1/documents?from=1939-05&to=1939-05"},
			{finds: "as a table, by number", address: "/api/v1/documents?format=csv&sort=number"},
		},
	}, {
		method: http.MethodGet, path: "/api/v1/documents/{id}", name: "document", title: "A document", missing: true,
		text:   "Of one that a source prints in full, passages has its text with its notes, and cite how to cite it.",
		params: id("Siglum and number, as GK-279, or the id of a document of an edition, as frus1936v03/d12."), result: WholeDocument{}, answer: documentAnswer,
	}, {
		method: http.MethodGet, path: "/api/v1/actors", name: "actors", title: "The authority file",
		text: "Persons, states and bodies, with what the corpus has of each; and speakers and recipients whom the authority file does not have, as printed. " +
			"A page is shorter than size where the lists of its actors are long.",
		params: actorParams, result: Actors{}, paged: true, answer: actorsAnswer,
		examples: []exampleQuery{
			{finds: "all actors", address: "/api/v1/actors"},
			{finds: "the ten most active persons", address: "/api/v1/actors?kind=person&sort=activity&size=10"},
		},
	}, {
		method: http.MethodGet, path: "/api/v1/actors/{id}", name: "actor", title: "An actor", missing: true,
		params: id("Id of the authority file, or a name as printed for one it does not have."), result: Actor{}, answer: actorAnswer,
	}, {
		method: http.MethodGet, path: "/api/v1/sources", name: "sources", title: "The sources, collections and phases",
		result: Sources{}, answer: sourcesAnswer,
		examples: []exampleQuery{{finds: "all sources", address: "/api/v1/sources"}},
	}}
}
