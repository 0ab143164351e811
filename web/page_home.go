package web

import (
	"cmp"
	"context"
	"slices"

	"ibid/corpus"
	"ibid/search"
)

// An entrance is what stands in place of hits before anything is asked: ways in.
type entrance struct {
	Sources   []aboutSource
	More      int             // sources that are not named
	Contents  []contentsEntry // of the only source
	Pairs     []pairView      // who speaks to whom most
	Documents []documentRow   // quoted most, in order of time
	Lists     []choice        // all passages, in one order or another
}

// Of each way in so many are shown.
const (
	waysIn      = 6
	fewHeadings = 12
)

// entrance gathers from answers that the index gives quickly, however much it holds.
func (s *server) entrance(ctx context.Context, cat *catalog) (*entrance, error) {
	e := &entrance{}
	for _, source := range cat.manifest.Sources {
		if len(e.Sources) == waysIn {
			e.More = len(cat.manifest.Sources) - waysIn
			break
		}
		r := source.Reference
		e.Sources = append(e.Sources, aboutSource{Ref: cat.source(source.ID), Authors: authors(r), Facts: facts(r)})
	}
	e.Pairs = cat.pairViews(s.index.Pairs(waysIn))
	var err error
	if len(cat.manifest.Sources) == 1 {
		if e.Contents, err = s.headings(ctx, cat.manifest.Sources[0].ID); err != nil {
			return nil, err
		}
	}
	if e.Documents, err = s.mostQuoted(ctx, cat); err != nil {
		return nil, err
	}
	for _, order := range []search.Sort{search.ByPosition, search.ByDate} {
		e.Lists = append(e.Lists, choice{Text: sortNames[order], URL: state{}.with("sort", string(order)).url()})
	}
	return e, nil
}

// headings are those of a source that has few.
func (s *server) headings(ctx context.Context, source string) ([]contentsEntry, error) {
	answer, err := s.index.Search(ctx, search.Request{Size: fewHeadings, Sort: search.ByPosition, Bare: true,
		Filters: search.Filters{search.GroupKind: {string(corpus.Heading)}, search.GroupSource: {source}}})
	if err != nil || answer.Total > fewHeadings {
		return nil, err
	}
	var out []contentsEntry
	for _, hit := range answer.Hits {
		e := contentsEntry{Text: hit.Title, URL: sourceURL(source) + "#" + anchor(source, hit.ID)}
		if len(hit.Pages) > 0 {
			e.Page = hit.Pages[0]
		}
		out = append(out, e)
	}
	return out, nil
}

// mostQuoted are the documents that the sources quote most, in order of time.
func (s *server) mostQuoted(ctx context.Context, cat *catalog) ([]documentRow, error) {
	list, err := s.index.Calendar(ctx, search.CalendarRequest{Kind: search.CitedDocument, Sort: search.CalendarByQuoted})
	if err != nil {
		return nil, err
	}
	quoted := slices.DeleteFunc(list.Documents, func(d search.DocumentEntry) bool { return len(d.Quotations) == 0 || d.From == "" })
	quoted = quoted[:min(len(quoted), waysIn)]
	slices.SortStableFunc(quoted, func(a, b search.DocumentEntry) int { return cmp.Compare(firstDay(a.Date), firstDay(b.Date)) })
	var out []documentRow
	for _, d := range quoted {
		out = append(out, cat.documentRow(d))
	}
	return out, nil
}
