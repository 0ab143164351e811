// Package schema is what the writer of an index (indexer) and its reader
// (search) must agree on: the fields of a passage in the segment, the columns
// beside it, the layout of an index folder and its manifest.
//
// # An index folder
//
//	CURRENT                     name of the generation that answers, and a line end
//	LOCK                        held by the one writer
//	gen-4f1c09ab72d5-83ae01c2/  a generation: written once, never changed
//	    manifest.json           format, version, counts, size and SHA-256 of each file below
//	    manifest.sha256         SHA-256 of manifest.json
//	    corpus.yaml             copy of the corpus manifest
//	    passages.zap            bleve segment: dictionaries, postings and the passages themselves
//	    text.bin, stem.bin      how often each passage has each term (see Occurrences)
//	    positions.bin           where each term of the text stands
//	    columns.bin             groups, facet values, dates and lengths by passage (see Columns)
//	    dictionary.bin          what passages are packed with (see Store)
//	    words.txt               stem, then its words with their occurrences (see Words)
//	    register.bin            documents and actors, with the passages that tell of them (see Register)
//	    telling.bin             the stems by which passages are likened to each other (see Telling)
//
// A generation is one segment of bleve's zap format, without the rest of a
// bleve index: passages have their ordinal in reading order as document number,
// which bleve's own Builder does not keep, and opening takes no lock, so that a
// folder on a read-only disk can be served.
package schema

import (
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"

	"ibid/corpus"
	"ibid/indexer/analysis"
)

// FormatVersion names the format of a generation. It changes with every change
// after which an older program would read an index wrongly, or this one an
// older index; that includes the analyzers.
const FormatVersion = "ibid-8"

// The fields of a passage in the segment.
const (
	FieldText    = "text"    // exact terms of the reading
	FieldStem    = "stem"    // stems of the reading
	FieldHeading = "heading" // stems of the heading it stands under and of its document's title
	FieldName    = "name"    // single-word names of the actors it mentions, and of speaker and addressee
	FieldPage    = "page"    // printed labels of its pages, lower case
	FieldNote    = "note"    // number of a footnote
	FieldCite    = "cite"    // ids of citations, normalised by CiteKey
	FieldSource  = "_source" // stored only: the passage; see Store
)

// Facets are the fields that have a column beside their postings. Their terms
// are values as they stand.
var Facets = []string{"kind", "source", "section", "phase", "actor", "speaker", "addressee", "collection", "medium"}

// keywordFields are the fields whose values are matched as a whole.
var keywordFields = append([]string{FieldName, FieldPage, FieldNote, FieldCite}, Facets...)

// A Record is a passage with what the index holds of it beside its own words.
type Record struct {
	Passage *corpus.Passage
	Heading string   // the heading it stands under
	Names   []string // single-word names of its actors, folded
}

// Clean makes every text of p valid UTF-8 in normal form C: bleve stops reading
// a field at the first invalid byte, without an error.
func Clean(p *corpus.Passage) *corpus.Passage {
	c := *p
	c.Text = cleanText(p.Text)
	c.Printed = strings.ToValidUTF8(p.Printed, "\uFFFD")
	return &c
}

func cleanText(s string) string {
	return norm.NFC.String(strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "\uFFFD"))
}

// keywords returns the values of keywordFields.
func (r *Record) keywords() map[string][]string {
	p := r.Passage
	k := map[string][]string{FieldName: r.Names}
	for _, f := range Facets {
		k[f] = Values(p, f)
	}
	for _, page := range p.Pages {
		k[FieldPage] = append(k[FieldPage], strings.ToLower(page))
	}
	if p.Kind == corpus.Footnote && p.Footnote > 0 {
		k[FieldNote] = []string{strconv.Itoa(p.Footnote)}
	}
	for _, c := range p.Citations {
		k[FieldCite] = append(k[FieldCite], CiteKey(c.ID))
	}
	for f, values := range k {
		k[f] = distinct(values)
	}
	return k
}

// Values returns the distinct values that p has of a facet; never "".
func Values(p *corpus.Passage, facet string) []string {
	var out []string
	switch facet {
	case "kind":
		out = []string{string(p.Kind)}
	case "source":
		out = []string{p.Source}
	case "section":
		out = []string{p.Section}
	case "phase":
		out = append(out, p.Phase...)
	case "actor":
		for _, a := range p.Actors {
			out = append(out, a.ID)
		}
		out = append(out, Speaker(p), Addressee(p)) // who speaks or is spoken to takes part, named in the words or not
	case "speaker":
		out = []string{Speaker(p)}
	case "addressee":
		out = []string{Addressee(p)}
	case "medium":
		out = []string{p.Medium}
	case "collection":
		for _, c := range p.Citations {
			if c.Kind == corpus.CitesDocument {
				siglum, _ := SplitCite(c.ID)
				out = append(out, siglum)
			}
		}
	}
	return distinct(out)
}

// Speaker returns who says the passage: its own speaker or its document's sender.
func Speaker(p *corpus.Passage) string {
	if p.Speaker == "" && p.Document != nil {
		return p.Document.From
	}
	return p.Speaker
}

// Addressee returns to whom the passage is said: its own addressee or its document's.
func Addressee(p *corpus.Passage) string {
	if p.Addressee == "" && p.Document != nil {
		return p.Document.To
	}
	return p.Addressee
}

// CiteKey is the form in which ids of citations are compared: lower case, one space between words.
func CiteKey(id string) string { return strings.ToLower(strings.Join(strings.Fields(id), " ")) }

// SplitCite splits the id of a document citation into siglum and number: "GK 279" is GK, 279.
func SplitCite(id string) (siglum, number string) {
	i := strings.LastIndexByte(id, ' ')
	if i < 0 {
		return id, ""
	}
	return id[:i], id[i+1:]
}

// DocumentNumber returns the number in the id of a document citation, 0 where it is
// none, as "12a".
func DocumentNumber(id string) int {
	_, number := SplitCite(id)
	n, err := strconv.Atoi(number)
	if err != nil {
		return 0
	}
	return n
}

// distinct returns values in their order without empty and repeated ones.
func distinct(values []string) []string {
	var out []string
next:
	for _, v := range values {
		if v == "" {
			continue
		}
		for _, o := range out {
			if o == v {
				continue next
			}
		}
		out = append(out, v)
	}
	return out
}

// NameWords returns the words by which an actor is called alone: the family
// name of a person ("Weizsäcker, Ernst von" gives weizsacker), a name or form of
// one word of any actor ("USSR"). They are folded.
func NameWords(a *corpus.Actor) []string {
	var out []string
	for _, form := range append([]string{a.Name}, a.Forms...) {
		words := analysis.Terms(form)
		if a.Kind == corpus.Person {
			family, _, _ := strings.Cut(form, ",")
			words = analysis.Terms(family)
			if len(words) > 1 {
				words = words[len(words)-1:] // "V. Molotov", "Count Schulenburg"
			}
		}
		if len(words) == 1 && len(words[0]) > 1 && !analysis.IsStop(words[0]) {
			out = append(out, words[0])
		}
	}
	return distinct(out)
}
