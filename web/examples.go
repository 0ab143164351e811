package web

import (
	"net/url"

	"ibid/search"
)

// examples are three searches that this corpus answers well: two who speak to
// each other, a document that is quoted, the person most named in a phase.
func (s *server) examples(cat *catalog) []ref {
	documents := s.index.Documents()
	var out []ref
	if from, to, ok := pair(documents); ok {
		query := url.Values{"speaker": {from}, "addressee": {to}}
		out = append(out, ref{Text: "What " + cat.actor(from).Text + " told " + cat.actor(to).Text, URL: "/?" + query.Encode()})
	}
	if d, ok := mostQuoted(documents); ok {
		out = append(out, ref{Text: d.ID, URL: "/?" + url.Values{"q": {d.ID}}.Encode()})
	}
	if id, ok := mostNamed(s.index.Actors()); ok && len(cat.manifest.Phases) > 0 {
		phase := cat.manifest.Phases[len(cat.manifest.Phases)-1]
		query := url.Values{"q": {cat.actor(id).Text}, "phase": {phase.ID}}
		out = append(out, ref{Text: cat.actor(id).Text + ": " + phase.Label, URL: "/?" + query.Encode()})
	} else if ok {
		out = append(out, ref{Text: cat.actor(id).Text, URL: "/?" + url.Values{"q": {cat.actor(id).Text}}.Encode()})
	}
	return out
}

// pair is who speaks to whom in most documents.
func pair(documents []search.DocumentEntry) (from, to string, ok bool) {
	counts := map[[2]string]int{}
	best := [2]string{}
	for _, d := range documents {
		if d.From == "" || d.To == "" || len(d.Quotations) == 0 {
			continue
		}
		key := [2]string{d.From, d.To}
		counts[key]++
		if counts[key] > counts[best] || best[0] == "" {
			best = key
		}
	}
	return best[0], best[1], best[0] != ""
}

func mostQuoted(documents []search.DocumentEntry) (search.DocumentEntry, bool) {
	var best search.DocumentEntry
	for _, d := range documents {
		if best.ID == "" || len(d.Quotations) > len(best.Quotations) {
			best = d
		}
	}
	return best, best.ID != ""
}

// mostNamed is the person mentioned most, else whoever is.
func mostNamed(actors []search.ActorEntry) (string, bool) {
	var best search.ActorEntry
	for _, a := range actors {
		person, bestPerson := a.Kind == "person", best.Kind == "person"
		if best.ID == "" || person && !bestPerson || person == bestPerson && a.Mentions > best.Mentions {
			best = a
		}
	}
	return best.ID, best.ID != ""
}
