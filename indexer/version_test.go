package indexer

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"ibid/corpus"
	"ibid/corpus/pact1939"
)

// TestReadingVersion fails when the shipped corpus gives other passages under
// the same readingVersion: an index made by an older program would then pass
// for an up-to-date one. Raise readingVersion and write the new line to the file.
func TestReadingVersion(t *testing.T) {
	c, err := corpus.Load(pact1939.Files, "shipped corpus")
	if err != nil {
		t.Fatal(err)
	}
	h := sha256.New()
	for _, source := range c.Manifest.Sources {
		data, err := c.ReadSource(source)
		if err != nil {
			t.Fatal(err)
		}
		passages, err := Read(c.Manifest, source, data)
		if err != nil {
			t.Fatal(err)
		}
		if err := json.NewEncoder(h).Encode(passages); err != nil {
			t.Fatal(err)
		}
	}
	got := readingVersion + " " + hex.EncodeToString(h.Sum(nil)) + "\n"
	want, err := os.ReadFile(filepath.Join("testdata", "reading.version"))
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("passages and version are now\n%stestdata/reading.version has\n%s", got, want)
	}
}
