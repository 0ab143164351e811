// Package corpus is the domain of ibid: the manifest of a corpus and what it
// names (sources, collections, phases, actors), and the passages an indexer
// makes of a source. It also loads and checks a corpus folder.
//
// It leaves the reading of sources to the packages under indexer and knows no
// search library. Start with Manifest and Passage; the meaning of each field is
// fixed by the contract that other programs rely on (see README.md, "For scripts").
package corpus
