package annotate

import "ibid/corpus"

// Quotations fills Quotations of each text. It uses the citations, dates and
// mentions found before it.
func Quotations(m *corpus.Manifest, texts []*Text) {
}
