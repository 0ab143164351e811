package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"ibid/corpus"
	"ibid/corpus/edtf"
	"ibid/indexer/analysis"
)

// The files of the steps.
const (
	passagesName = "passages.jsonl"
	peersName    = "peers.jsonl"
	queriesName  = "queries.json"
	builtName    = "built.json"
	indexName    = "index"
)

// What the passages have beside their words: numbers of values, as a library of
// editions has them. Few values are common, most are rare (Zipf).
const (
	actorCount   = 300
	sourceCount  = 500
	phaseCount   = 8
	mediumCount  = 12
	firstYear    = 1860
	yearCount    = 77
	perDocument  = 8 // passages of a document, which share sender, addressee, date and medium
	meanWords    = 95
	garbledWords = 0.004 // words with a letter misread, so that the vocabulary grows as that of machine reading does
)

// A peerPassage is a passage as other engines get it: its words as ibid has
// them, with a space between, and the values of six facets.
type peerPassage struct {
	ID      string   `json:"id"`
	Terms   string   `json:"terms"`
	Text    string   `json:"text"`
	Kind    string   `json:"kind"`
	Source  string   `json:"source"`
	Phase   string   `json:"phase"`
	Actors  []string `json:"actors"` // those mentioned, sender and addressee
	Speaker string   `json:"speaker"`
	Medium  string   `json:"medium"`
	Day     int      `json:"day"`  // day of its date, as edtf.Day counts
	Year    int      `json:"year"` // year of its date
}

// A maker makes passages one by one.
type maker struct {
	rand      *rand.Rand
	sentences []string
	actor     *rand.Zipf
	source    *rand.Zipf
	medium    *rand.Zipf
	document  corpus.EditedDocument
	in        struct{ source, phase, medium string }
	day       edtf.Day
	made      int
}

func newMaker(sentences []string, seed uint64) *maker {
	r := rand.New(rand.NewPCG(seed, 0x1b1d))
	return &maker{
		rand: r, sentences: sentences,
		actor: rand.NewZipf(r, 1.3, 4, actorCount-1), source: rand.NewZipf(r, 1.1, 20, sourceCount-1), medium: rand.NewZipf(r, 1.5, 1, mediumCount-1),
	}
}

// next makes the next passage.
func (m *maker) next() *corpus.Passage {
	if m.made%perDocument == 0 {
		m.newDocument()
	}
	m.made++
	text := m.text()
	p := &corpus.Passage{
		ID: fmt.Sprintf("%s/p%02d", m.document.ID, (m.made-1)%perDocument+1), Kind: corpus.Paragraph, Source: m.in.source,
		Phase: []string{m.in.phase}, Pages: []string{fmt.Sprint(m.made / 4 % 900)}, Lines: [][2]int{{m.made, m.made + 9}},
		Text: text, Printed: text, Document: &m.document, Medium: m.in.medium,
	}
	if m.rand.IntN(5) == 0 {
		p.Kind = corpus.Footnote
	}
	for range m.rand.IntN(5) {
		p.Actors = append(p.Actors, corpus.Mention{ID: m.anActor()})
	}
	return p
}

func (m *maker) anActor() string { return fmt.Sprintf("actor%03d", m.actor.Uint64()) }

func (m *maker) newDocument() {
	m.day = edtf.DayOf(firstYear+m.rand.IntN(yearCount), 1+m.rand.IntN(12), 1+m.rand.IntN(28))
	year, _, _ := m.day.Civil()
	m.in.source = fmt.Sprintf("volume%03d", m.source.Uint64())
	m.in.medium = fmt.Sprintf("medium%02d", m.medium.Uint64())
	m.in.phase = fmt.Sprintf("phase%d", (year-firstYear)*phaseCount/yearCount)
	m.document = corpus.EditedDocument{
		ID: fmt.Sprintf("%s/d%d", m.in.source, m.made/perDocument), Title: m.sentence(), Date: m.day.String(), From: m.anActor(), To: m.anActor(),
	}
}

func (m *maker) sentence() string { return m.sentences[m.rand.IntN(len(m.sentences))] }

// text puts sentences together, and misreads some words.
func (m *maker) text() string {
	want := int(meanWords * math.Exp(0.45*m.rand.NormFloat64()-0.1))
	var words []string
	for len(words) < max(want, 8) {
		words = append(words, strings.Fields(m.sentence())...)
	}
	for i, w := range words {
		if m.rand.Float64() < garbledWords && len(w) > 3 {
			at := 1 + m.rand.IntN(len(w)-2)
			words[i] = w[:at] + string(rune('a'+m.rand.IntN(26))) + w[at+1:]
		}
	}
	return strings.ToValidUTF8(strings.Join(words, " "), "")
}

// peer returns p as other engines get it.
func peer(p *corpus.Passage, terms []string, day edtf.Day) peerPassage {
	year, _, _ := day.Civil()
	out := peerPassage{
		ID: p.ID, Terms: strings.Join(terms, " "), Text: p.Text, Kind: string(p.Kind), Source: p.Source, Phase: p.Phase[0],
		Speaker: p.Document.From, Medium: p.Medium, Day: int(day), Year: year, Actors: []string{p.Document.From},
	}
	for _, a := range append(p.Actors, corpus.Mention{ID: p.Document.To}) {
		if !slices.Contains(out.Actors, a.ID) {
			out.Actors = append(out.Actors, a.ID)
		}
	}
	return out
}

// makePassages writes the passages and the queries.
func makePassages(cfg config) error {
	pool, err := sentences(cfg.Sources)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(cfg.Dir, 0o755); err != nil {
		return err
	}
	ours, err := newLines(filepath.Join(cfg.Dir, passagesName))
	if err != nil {
		return err
	}
	theirs, err := newLines(filepath.Join(cfg.Dir, peersName))
	if err != nil {
		return err
	}
	m, v := newMaker(pool, cfg.Seed), newVocabulary(cfg)
	for range cfg.N {
		p := m.next()
		terms := analysis.Terms(p.Text)
		v.add(p, terms)
		ours.add(p)
		theirs.add(peer(p, terms, m.day))
	}
	if err := ours.close(); err != nil {
		return err
	}
	if err := theirs.close(); err != nil {
		return err
	}
	return writeJSON(filepath.Join(cfg.Dir, queriesName), v.queries(cfg))
}

// lines is a file of JSON values, one a line.
type lines struct {
	file *os.File
	w    *bufio.Writer
	enc  *json.Encoder
	err  error
}

func newLines(name string) (*lines, error) {
	f, err := os.Create(name)
	if err != nil {
		return nil, err
	}
	w := bufio.NewWriterSize(f, 1<<20)
	return &lines{file: f, w: w, enc: json.NewEncoder(w)}, nil
}

func (l *lines) add(v any) {
	if l.err == nil {
		l.err = l.enc.Encode(v)
	}
}

// close returns the first error of the file.
func (l *lines) close() error {
	if l.err == nil {
		l.err = l.w.Flush()
	}
	if err := l.file.Close(); l.err == nil {
		l.err = err
	}
	return l.err
}

func writeJSON(name string, v any) error {
	data, err := json.MarshalIndent(v, "", " ")
	if err != nil {
		return err
	}
	return os.WriteFile(name, append(data, '\n'), 0o644)
}

func readJSONFile(name string, v any) error {
	data, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	return json.Unmarshal(data, v)
}
