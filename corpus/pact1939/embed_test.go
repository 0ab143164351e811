package pact1939_test

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"testing"

	"ibid/corpus"
	"ibid/corpus/pact1939"
)

// Line ends and blank lines of the source are part of what readers cite.
func TestSourceIsKeptByteForByte(t *testing.T) {
	data, err := pact1939.Files.ReadFile("leem.txt")
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(data)
	if got, want := hex.EncodeToString(sum[:]), "fe24c5808a8bb9adf4ca5fb8e862f6b84355e34717b9e865a43e3fe099de6854"; got != want {
		t.Errorf("sha256 of leem.txt = %s, want %s", got, want)
	}
}

// A manifest names actors that its sources name, each under some form.
func TestEveryActorIsNamedInTheSource(t *testing.T) {
	c, err := corpus.Load(pact1939.Files, "pact1939")
	if err != nil {
		t.Fatal(err)
	}
	data, err := c.ReadSource(c.Manifest.Sources[0])
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Join(strings.Fields(string(data)), " ")
	persons := 0
	for _, a := range c.Manifest.Actors {
		family, _, _ := strings.Cut(a.Name, ",")
		if a.Kind == corpus.Person {
			persons++
		}
		named := strings.Contains(text, family)
		for _, f := range a.Forms {
			named = named || strings.Contains(text, f)
		}
		if !named {
			t.Errorf("%s: neither %q nor a form of it stands in the source", a.ID, family)
		}
	}
	if persons != 24 {
		t.Errorf("%d persons, want the 24 that the article names", persons)
	}
}
