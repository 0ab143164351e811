package schema

import (
	"fmt"

	"github.com/blevesearch/bleve/v2/document"
	index "github.com/blevesearch/bleve_index_api"

	"ibid/indexer/analysis"
)

// A Batch makes what the index has of passages that follow each other: a bleve
// document of each, and a run of the occurrences in all.
type Batch struct {
	store     *Store
	run       *RunWriter
	values    map[string]*index.TokenFreq       // of keywords, shared by those who have them
	headings  map[string]index.TokenFrequencies // by heading, likewise
	documents []index.Document
}

// NewBatch returns an empty batch, whose passages are packed by store.
func NewBatch(store *Store) *Batch {
	return &Batch{store: store, run: NewRunWriter(), values: make(map[string]*index.TokenFreq), headings: make(map[string]index.TokenFrequencies)}
}

// Documents are those of the passages that were added.
func (b *Batch) Documents() []index.Document { return b.documents }

// WriteRun writes the run. Nothing can be added after that.
func (b *Batch) WriteRun(path string) error { return b.run.WriteFile(path) }

// Add adds a passage, and returns the number of its words.
func (b *Batch) Add(r *Record) (words int, err error) {
	source, err := b.store.Encode(r.Passage)
	if err != nil {
		return 0, fmt.Errorf("passage %q: %w", r.Passage.ID, err)
	}
	terms, stems, words := b.run.Add(r.Passage.Text)
	d := document.NewDocument(r.Passage.ID)
	d.AddField(document.NewTextFieldCustom(FieldSource, nil, source, index.StoreField, nil))
	d.AddField(&postingsField{FieldText, terms})
	d.AddField(&postingsField{FieldStem, stems})
	if heading := b.heading(r.Heading); len(heading) > 0 {
		d.AddField(&postingsField{FieldHeading, heading})
	}
	keywords := r.keywords()
	for _, field := range keywordFields {
		if values := keywords[field]; len(values) > 0 {
			d.AddField(&postingsField{field, b.keywords(values)})
		}
	}
	d.AddIDField()
	d.VisitFields(func(f index.Field) {
		if f.Name() == "_id" {
			f.Analyze()
		}
	})
	b.documents = append(b.documents, d)
	return words, nil
}

// heading returns the stems of a heading. Many passages that follow each other have the same.
func (b *Batch) heading(text string) index.TokenFrequencies {
	stems, ok := b.headings[text]
	if !ok {
		stems = index.TokenFrequencies{}
		for _, t := range analysis.Stemmed.Analyze([]byte(text)) {
			stems[string(t.Term)] = &index.TokenFreq{Term: t.Term}
		}
		b.headings[text] = stems
	}
	return stems
}

func (b *Batch) keywords(values []string) index.TokenFrequencies {
	out := make(index.TokenFrequencies, len(values))
	for _, v := range values {
		t, ok := b.values[v]
		if !ok {
			t = &index.TokenFreq{Term: []byte(v)}
			b.values[v] = t
		}
		out[v] = t
	}
	return out
}

// A postingsField is a field whose different terms are known. It has no counts and positions in the segment,
// which are kept apart (see Occurrences), so that the terms can be shared by all passages of a batch.
type postingsField struct {
	name  string
	terms index.TokenFrequencies
}

func (f *postingsField) Name() string             { return f.name }
func (f *postingsField) ArrayPositions() []uint64 { return nil }
func (f *postingsField) Options() index.FieldIndexingOptions {
	return index.IndexField | index.SkipFreqNorm
}
func (f *postingsField) Analyze()                                         {}
func (f *postingsField) Value() []byte                                    { return nil }
func (f *postingsField) NumPlainTextBytes() uint64                        { return 0 }
func (f *postingsField) Size() int                                        { return 0 }
func (f *postingsField) EncodedFieldType() byte                           { return 't' }
func (f *postingsField) AnalyzedLength() int                              { return 0 }
func (f *postingsField) AnalyzedTokenFrequencies() index.TokenFrequencies { return f.terms }
