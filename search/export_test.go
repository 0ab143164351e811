package search

import "testing"

// SetVerifiedSize sets for a test from which size on an index is verified while it answers.
func SetVerifiedSize(t *testing.T, bytes int64) {
	before := verifiedSize
	verifiedSize = bytes
	t.Cleanup(func() { verifiedSize = before })
}

// Decoded returns how many passages were read from the segment since ix was opened.
func Decoded(ix *Index) int64 { return ix.decoded.Load() }

// SetBesideFrom sets for a test from how many passages on facets are counted beside the hits.
func SetBesideFrom(t *testing.T, passages uint64) {
	before := besideFrom
	besideFrom = passages
	t.Cleanup(func() { besideFrom = before })
}
