package schema

import (
	"slices"

	"ibid/corpus"
)

// A RegisterWriter sums up what passages say of documents, actors and headings, and takes the census.
type RegisterWriter struct {
	sources  []string
	passages uint32 // so far
	cited    map[string]*documentSum
	printed  []*documentSum
	byID     map[string]*documentSum // of printed
	actors   map[string]*actorSum
	pairs    map[[2]*actorSum]uint32
	headings []string
	seen     map[string]bool // of headings
	census   *censusTaker
}

// A documentSum is what the passages so far tell of a document.
type documentSum struct {
	DocumentRecord
	told       int    // how much the quotation tells of it that told most
	first, end uint32 // of one printed: its passages
	quoted, in []uint32
	place      uint32
}

// An actorSum is what the passages so far tell of an actor.
type actorSum struct {
	id, name           string
	kind               corpus.ActorKind
	called             []string // further forms
	forms              map[string]int
	mentions, passages uint32
	said, told, named  []uint32
	place              uint32
}

// NewRegisterWriter returns a writer that knows the actors and sources of a manifest.
func NewRegisterWriter(m *corpus.Manifest) *RegisterWriter {
	w := &RegisterWriter{
		cited: make(map[string]*documentSum), byID: make(map[string]*documentSum), actors: make(map[string]*actorSum),
		pairs: make(map[[2]*actorSum]uint32), seen: make(map[string]bool), census: newCensus(m),
	}
	for i := range m.Sources {
		w.sources = append(w.sources, m.Sources[i].ID)
	}
	for i := range m.Actors {
		a := w.actor(m.Actors[i].ID)
		a.name, a.kind, a.called = m.Actors[i].Name, m.Actors[i].Kind, m.Actors[i].Forms
	}
	return w
}

// Add adds the next passage.
func (w *RegisterWriter) Add(p *corpus.Passage) {
	for _, c := range p.Citations {
		if c.Kind == corpus.CitesDocument {
			w.document(c.ID).cite(p, w.passages)
		}
	}
	if p.Document != nil {
		w.print(p)
	}
	w.addVoices(p)
	if p.Kind != corpus.Quotation { // whose mentions are also those of the passage that holds it
		w.addMentions(p)
	}
	if p.Kind == corpus.Heading && len(w.headings) < MaxHeadings && !w.seen[p.Text] {
		w.seen[p.Text] = true
		w.headings = append(w.headings, p.Text)
	}
	w.census.add(p)
	w.passages++
}

func (w *RegisterWriter) document(id string) *documentSum {
	d, ok := w.cited[id]
	if !ok {
		siglum, _ := SplitCite(id)
		d = &documentSum{DocumentRecord: DocumentRecord{ID: id, Collection: siglum}}
		w.cited[id] = d
	}
	return d
}

// cite tells a document of a passage that cites it. The quotation that tells most
// of when, by whom, to whom and how it was written speaks for the document.
func (d *documentSum) cite(p *corpus.Passage, at uint32) {
	if p.Kind != corpus.Quotation {
		if len(d.in) == 0 || d.in[len(d.in)-1] != at {
			d.in = append(d.in, at)
		}
		return
	}
	if len(d.quoted) == 0 || d.quoted[len(d.quoted)-1] != at {
		d.quoted = append(d.quoted, at)
	}
	told := 0
	for _, s := range []string{p.Date, p.Date, p.Speaker, p.Addressee, p.Medium} {
		if s != "" {
			told++
		}
	}
	if told > d.told {
		d.told = told
		d.Date, d.From, d.To, d.Medium = p.Date, p.Speaker, p.Addressee, p.Medium
	}
}

// print notes that a passage is of a document that its source prints.
func (w *RegisterWriter) print(p *corpus.Passage) {
	d, ok := w.byID[p.Document.ID]
	if !ok {
		d = &documentSum{DocumentRecord: DocumentRecord{ID: p.Document.ID, Source: p.Source, Date: p.Document.Date, From: Speaker(p), To: Addressee(p), Edited: p.Document}, first: w.passages}
		w.byID[d.ID] = d
		w.printed = append(w.printed, d)
	}
	d.end = w.passages + 1
}

func (w *RegisterWriter) actor(id string) *actorSum {
	a, ok := w.actors[id]
	if !ok {
		a = &actorSum{id: id, name: id, forms: make(map[string]int)}
		w.actors[id] = a
	}
	return a
}

// addVoices notes who says a passage and to whom.
func (w *RegisterWriter) addVoices(p *corpus.Passage) {
	from, to := Speaker(p), Addressee(p)
	if from != "" {
		a := w.actor(from)
		a.said = append(a.said, w.passages)
	}
	if to != "" {
		a := w.actor(to)
		a.told = append(a.told, w.passages)
	}
	if from != "" && to != "" {
		w.pairs[[2]*actorSum{w.actor(from), w.actor(to)}]++
	}
}

func (w *RegisterWriter) addMentions(p *corpus.Passage) {
	var seen []string
	for _, m := range p.Actors {
		a := w.actor(m.ID)
		a.mentions++
		a.forms[m.Printed]++
		if slices.Contains(seen, m.ID) {
			continue
		}
		seen = append(seen, m.ID)
		a.passages++
		if p.Kind != corpus.Heading {
			a.named = append(a.named, w.passages)
		}
	}
}
