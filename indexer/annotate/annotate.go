// Package annotate finds what a scholarly text names: citations, dates, actors
// and quotations with who said what to whom, when, by what medium and where it
// is published. Its rules are about scholarly English and hold for any article;
// what only an editor knows (actors, sigla, default year) comes in the manifest.
// Each rule states in a comment the turn of phrase that it reads.
package annotate

import "ibid/corpus"

// Annotate fills the annotations of texts, the blocks of one source in reading
// order. It changes nothing else in them.
func Annotate(m *corpus.Manifest, texts []*Text) {
	Names(m, texts)
	Speech(m, texts)
}

// Names fills what texts name: citations, dates and actors.
func Names(m *corpus.Manifest, texts []*Text) {
	Citations(m, texts)
	Dates(m, texts)
	Actors(m, texts)
}

// Speech fills who says what to whom. It needs Names, and takes "me" and the "I" of "I said" for the Writer of a text.
func Speech(m *corpus.Manifest, texts []*Text) {
	Quotations(m, texts)
	Statements(texts)
}
