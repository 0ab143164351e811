package web

import (
	"strings"

	"ibid/corpus"
)

// describeSource gives what reference managers (citation_* tags, as Google
// Scholar reads them) and crawlers (JSON-LD of schema.org) are told of a source.
func (c *catalog) describeSource(base string, source *corpus.Source) ([]metaTag, LinkedData) {
	return sourceTags(source, base+sourceURL(source.ID)), LinkedData{withContext(sourceData(source, base))}
}

// describePassage does so for a passage, as a part of its source.
func (c *catalog) describePassage(base string, p *corpus.Passage) ([]metaTag, LinkedData) {
	source := c.sources[p.Source]
	if source == nil {
		return nil, LinkedData{}
	}
	data := map[string]any{
		"@type":    "CreativeWork",
		"name":     c.title(p),
		"url":      base + passageURL(p.ID),
		"isPartOf": sourceData(source, base),
	}
	if p.Kind == corpus.Quotation {
		data["@type"] = "Quotation"
		data["text"] = p.Text
		if speaker := c.actor(p.Speaker); speaker != nil {
			data["spokenByCharacter"] = map[string]any{"@type": "Person", "name": speaker.name()}
		}
	}
	if len(p.Pages) > 0 {
		data["pagination"] = strings.Join(p.Pages, ", ")
	}
	return sourceTags(source, base+passageURL(p.ID)), LinkedData{withContext(data)}
}

func withContext(data map[string]any) map[string]any {
	data["@context"] = "https://schema.org"
	return data
}

func sourceTags(source *corpus.Source, url string) []metaTag {
	r := source.Reference
	var tags []metaTag
	add := func(name, content string) {
		if content != "" {
			tags = append(tags, metaTag{"citation_" + name, content})
		}
	}
	add("title", r.Title)
	for _, n := range r.Author {
		add("author", fullName(n))
	}
	add("publication_date", strings.ReplaceAll(r.Issued, "-", "/"))
	add("journal_title", r.ContainerTitle)
	add("volume", r.Volume)
	add("issue", r.Issue)
	first, last, _ := strings.Cut(r.Page, "-")
	add("firstpage", first)
	add("lastpage", last)
	add("doi", r.DOI)
	add("issn", r.ISSN)
	add("language", r.Language)
	add("publisher", r.Publisher)
	if len(tags) > 0 {
		add("public_url", url)
	}
	return tags
}

// schemaTypes are schema.org's names for types of CSL.
var schemaTypes = map[string]string{"article-journal": "ScholarlyArticle", "article": "Article", "article-newspaper": "NewsArticle",
	"book": "Book", "chapter": "Chapter", "thesis": "Thesis", "report": "Report"}

func sourceData(source *corpus.Source, base string) map[string]any {
	r := source.Reference
	data := map[string]any{"@type": "CreativeWork", "url": base + sourceURL(source.ID)}
	if kind := schemaTypes[r.Type]; kind != "" {
		data["@type"] = kind
	}
	set := func(name, value string) {
		if value != "" {
			data[name] = value
		}
	}
	set("name", r.Title)
	set("datePublished", r.Issued)
	set("pagination", r.Page)
	set("inLanguage", r.Language)
	set("issn", r.ISSN)
	if r.DOI != "" {
		data["sameAs"] = "https://doi.org/" + r.DOI
	}
	if r.ContainerTitle != "" {
		data["isPartOf"] = map[string]any{"@type": "Periodical", "name": r.ContainerTitle}
	}
	var people []any
	for _, n := range r.Author {
		people = append(people, map[string]any{"@type": "Person", "name": fullName(n)})
	}
	if people != nil {
		data["author"] = people
	}
	return data
}
