package web

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/gin-gonic/gin"

	"ibid/corpus"
)

// partSize is how many headings and paragraphs one page of a source shows; a
// longer source is read in parts.
const partSize = 250

type sourceView struct {
	layout
	Source    *corpus.Source
	Name      string
	Authors   string
	Facts     []string        // container, volume, year, pages
	Contents  []contentsEntry // on the first part
	Documents int             // in them
	Body      []passageText
	Notes     []passageText
	Part      int // from 1
	Parts     int
	Pages     string // of the part, "" if they are not told
	First     string // address of the first part
	Earlier   string // address of the part before, "" on the first
	Later     string
	Cite      citeBox
	Permanent string
}

func (s *server) sourcePage(c *gin.Context) (*view, error) {
	cat := s.catalog()
	id := pathID(c)
	o, err := s.outline(c.Request.Context(), cat, id)
	if err != nil {
		return nil, err
	}
	source := cat.sources[id]
	if source == nil {
		return nil, fmt.Errorf("source %q is in the index and not in its manifest", id)
	}
	v := sourceView{layout: s.layout(c, cat.source(id).Text, "sources"), Source: source, Name: cat.source(id).Text}
	v.Authors = authors(source.Reference)
	v.Facts = facts(source.Reference)
	v.Permanent, v.First = v.Base+sourceURL(id), sourceURL(id)
	if err := v.choosePart(c, id, o); err != nil {
		return nil, err
	}
	if v.Part == 1 {
		v.Contents, v.Documents = o.contents, o.documents
	}
	b, first, err := s.part(id, o, v.Part)
	if err != nil {
		return nil, err
	}
	v.lay(cat, b, first)
	if v.Cite, err = cat.citeBox(sourcePassage(source)); err != nil {
		return nil, err
	}
	v.Meta, v.LinkedData = cat.describeSource(v.Base, source)
	return &view{Template: "source", Page: v}, nil
}

// sourcePassage stands for a whole source where one is cited: no page, no words.
func sourcePassage(source *corpus.Source) *corpus.Passage {
	return &corpus.Passage{ID: source.ID, Source: source.ID}
}

// choosePart reads which part to show: by number, or the one that has a passage.
func (v *sourceView) choosePart(c *gin.Context, source string, o *outline) error {
	v.Parts = o.parts()
	v.Part = 1
	if at := c.Query("at"); at != "" {
		if i := slices.Index(o.body, source+"/"+at); i >= 0 {
			v.Part = i/partSize + 1
		}
	}
	if given := c.Query("part"); given != "" {
		n, err := strconv.Atoi(given)
		if err != nil || n < 1 || n > v.Parts {
			return &paramError{Name: "part", Message: fmt.Sprintf("Give a part from 1 to %d; %q is not one.", v.Parts, clip(given))}
		}
		v.Part = n
	}
	if v.Part > 1 {
		v.Earlier = sourceURL(source) + "?part=" + strconv.Itoa(v.Part-1)
	}
	if v.Part < v.Parts {
		v.Later = sourceURL(source) + "?part=" + strconv.Itoa(v.Part+1)
	}
	return nil
}

// lay sets a part, whose first passage is that of the book's body, with its page numbers and notes.
func (v *sourceView) lay(cat *catalog, b *book, first int) {
	layer := &layer{cat: cat, book: b}
	if first > 0 {
		layer.page = lastPage(b.body[first-1])
	}
	if v.Parts > 1 {
		if labels := pagesOf(b.body[first:]); rising(labels) {
			v.Pages = pageRange(ends(labels))
		}
	}
	for i := first; i < len(b.body); i++ {
		text := layer.lay(b.body[i], nil, nil)
		text.Opens = cat.opening(b, i)
		v.Body = append(v.Body, text)
	}
	for _, note := range b.notes {
		v.Notes = append(v.Notes, layer.lay(note, nil, nil))
	}
}

// pagesOf are the labels of the pages that passages stand on, in order.
func pagesOf(list []*corpus.Passage) []string {
	var out []string
	for _, p := range list {
		out = append(out, p.Pages...)
	}
	return slices.Compact(out)
}

// rising says that no page comes before the one printed ahead of it, as where each article
// of a journal begins with page 1. Labels that are no numbers say nothing.
func rising(labels []string) bool {
	last := 0
	for _, label := range labels {
		if n, err := strconv.Atoi(label); err == nil {
			if n < last {
				return false
			}
			last = n
		}
	}
	return true
}

// ends are the first and the last of a list, or the only one.
func ends(list []string) []string {
	if len(list) > 0 && list[0] == list[len(list)-1] {
		return list[:1]
	}
	return slices.Concat(list[:min(len(list), 1)], list[max(0, len(list)-1):])
}

// lastPage is the page that a passage ends on.
func lastPage(p *corpus.Passage) string {
	if len(p.Pages) == 0 {
		return ""
	}
	return p.Pages[len(p.Pages)-1]
}

// authors are those of a reference, or its editors, who are said to be that.
func authors(r corpus.Reference) string {
	names, role := r.Author, ""
	if len(names) == 0 {
		names = r.Editor
		switch len(names) {
		case 0:
		case 1:
			role = " (ed.)"
		default:
			role = " (eds.)"
		}
	}
	var out []string
	for _, n := range names {
		out = append(out, fullName(n))
	}
	return andList(out) + role
}

func fullName(n corpus.Name) string {
	switch {
	case n.Literal != "":
		return n.Literal
	case n.Given == "":
		return n.Family
	}
	return n.Given + " " + n.Family
}

// facts are what the reference says of where a source appeared.
func facts(r corpus.Reference) []string {
	var out []string
	add := func(label, value string) {
		if value != "" {
			out = append(out, label+value)
		}
	}
	add("", r.ContainerTitle)
	add("vol. ", r.Volume)
	add("no. ", r.Issue)
	add("", readableDate(r.Issued))
	if r.Page != "" {
		out = append(out, "pp. "+r.Page)
	}
	add("", r.Publisher)
	add("", r.PublisherPlace)
	return out
}
