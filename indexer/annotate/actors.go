package annotate

import "ibid/corpus"

// Actors fills Mentions of each text: every place where a person, state or body
// of the authority file is named.
func Actors(m *corpus.Manifest, texts []*Text) {
}
