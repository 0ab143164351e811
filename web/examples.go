package web

import (
	"context"
	"net/url"

	"ibid/corpus"
	"ibid/search"
)

// examples are three searches that this corpus answers well: two who speak to
// each other, a document that is quoted, the person most named in a phase.
func (s *server) examples(ctx context.Context, cat *catalog) ([]ref, error) {
	var out []ref
	for _, p := range s.index.Pairs(1) {
		query := url.Values{"speaker": {p.From}, "addressee": {p.To}}
		out = append(out, ref{Text: "What " + cat.actor(p.From).Text + " told " + cat.actor(p.To).Text, URL: "/?" + query.Encode()})
	}
	quoted, err := s.index.Calendar(ctx, search.CalendarRequest{Kind: search.CitedDocument, Sort: search.CalendarByQuoted, Size: 1})
	if err != nil {
		return nil, err
	}
	for _, d := range quoted.Documents {
		out = append(out, ref{Text: d.ID, URL: "/?" + url.Values{"q": {d.ID}}.Encode()})
	}
	named, err := s.mostNamed(ctx)
	if err != nil || named == "" {
		return out, err
	}
	query, text := url.Values{"q": {cat.actor(named).Text}}, cat.actor(named).Text
	if n := len(cat.manifest.Phases); n > 0 {
		phase := cat.manifest.Phases[n-1]
		query.Set("phase", phase.ID)
		text += ": " + phase.Label
	}
	return append(out, ref{Text: text, URL: "/?" + query.Encode()}), nil
}

// mostNamed is the person most active, else whoever is; "" if there is no actor.
func (s *server) mostNamed(ctx context.Context) (string, error) {
	for _, kind := range []search.ActorKind{search.ActorKind(corpus.Person), ""} {
		most, err := s.index.Actors(ctx, search.ActorsRequest{Kind: kind, Often: true, Size: 1, Bare: true})
		if err != nil {
			return "", err
		}
		if len(most.Actors) > 0 {
			return most.Actors[0].ID, nil
		}
	}
	return "", nil
}
