// Package pact1939 is the corpus that ibid ships with: one article on the
// origins of the Nazi-Soviet pact of 1939 and its manifest. It holds data only;
// README.md tells where the text comes from and how the manifest was made.
package pact1939

import "embed"

// Files holds corpus.yaml and the sources it names, at the root of the file
// system: it can be loaded like any corpus folder.
//
//go:embed corpus.yaml leem.txt
var Files embed.FS
