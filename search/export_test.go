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
