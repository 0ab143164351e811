package main

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"strings"
	"testing"
)

// mayImport lists, for each package of the project, the packages of the project
// and the libraries that it may import beside the standard library. A library
// stands for the packages under it.
var mayImport = map[string][]string{
	"ibid/corpus":           {"ibid/corpus/edtf", "github.com/goccy/go-yaml", "github.com/agnivade/levenshtein"},
	"ibid/corpus/edtf":      {},
	"ibid/corpus/cite":      {"ibid/corpus", "ibid/corpus/edtf"},
	"ibid/corpus/pact1939":  {},
	"ibid/indexer/analysis": {"github.com/blevesearch/bleve/v2", "github.com/kljensen/snowball", "golang.org/x/text"},
	"ibid/indexer/block":    {},
	"ibid/indexer/plain":    {"ibid/corpus", "ibid/corpus/edtf", "ibid/indexer/block"},
	"ibid/indexer/tei":      {"ibid/corpus", "ibid/corpus/edtf", "ibid/indexer/block"},
	"ibid/indexer/markdown": {"ibid/corpus", "ibid/corpus/edtf", "ibid/indexer/block", "github.com/goccy/go-yaml"},
	"ibid/indexer/articles": {"ibid/corpus", "ibid/corpus/edtf", "ibid/indexer/block"},
	"ibid/indexer/ocr":      {},
	"ibid/indexer/annotate": {"ibid/corpus", "ibid/corpus/edtf", "ibid/indexer/ocr", "golang.org/x/text"},
	"ibid/indexer/score":    {"ibid/corpus", "ibid/corpus/edtf"},
	"ibid/indexer/schema": {"ibid/corpus", "ibid/corpus/edtf", "ibid/indexer/analysis", "github.com/blevesearch", "golang.org/x/text",
		"github.com/go-json-experiment/json", "github.com/klauspost/compress", "github.com/RoaringBitmap/roaring"},
	"ibid/indexer": {"ibid/corpus", "ibid/corpus/edtf", "ibid/indexer/annotate", "ibid/indexer/block", "ibid/indexer/ocr", "ibid/indexer/plain", "ibid/indexer/tei", "ibid/indexer/markdown", "ibid/indexer/articles",
		"github.com/klauspost/compress", "ibid/indexer/schema", "ibid/indexer/analysis", "github.com/blevesearch", "github.com/RoaringBitmap/roaring", "github.com/goccy/go-yaml", "github.com/gofrs/flock", "golang.org/x/sync"},
	"ibid/search/query": {"ibid/corpus/edtf"},
	"ibid/search/eval":  {},
	"ibid/search/lru":   {"github.com/hashicorp/golang-lru"},
	"ibid/search": {"ibid/corpus", "ibid/corpus/edtf", "ibid/corpus/cite", "ibid/search/query", "ibid/search/lru", "ibid/indexer/schema", "ibid/indexer/analysis",
		"github.com/blevesearch", "github.com/RoaringBitmap/roaring", "github.com/goccy/go-yaml", "golang.org/x/text"},
	"ibid/search/export": {"ibid/corpus", "ibid/corpus/cite"},
	"ibid/web/mcp":       {"ibid/corpus", "ibid/corpus/cite", "ibid/search", "ibid/search/query", "github.com/modelcontextprotocol/go-sdk", "github.com/google/jsonschema-go"},
	"ibid/cmd/bench":     {"golang.org/x/sys", "ibid/corpus", "ibid/corpus/edtf", "ibid/corpus/pact1939", "ibid/indexer", "ibid/indexer/analysis", "ibid/search"},
	"ibid/cmd/loadtest":  {},
	"ibid/web": {"ibid/corpus", "ibid/corpus/edtf", "ibid/corpus/cite", "ibid/search", "ibid/search/query", "ibid/search/export", "ibid/search/lru", "github.com/gin-gonic/gin",
		"github.com/klauspost/compress", "github.com/andybalholm/brotli", "golang.org/x/sync", "golang.org/x/text", "golang.org/x/time",
		"github.com/invopop/jsonschema", "github.com/hashicorp/golang-lru", "github.com/agnivade/levenshtein"},
}

// TestImports holds the table of ARCHITECTURE.md: packages import only downwards.
func TestImports(t *testing.T) {
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports", "ibid/...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	seen := map[string]bool{}
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p struct {
			ImportPath string
			Imports    []string
		}
		err := dec.Decode(&p)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		seen[p.ImportPath] = true
		if p.ImportPath == "ibid/cmd/ibid" {
			continue
		}
		allowed, ok := mayImport[p.ImportPath]
		if !ok {
			t.Errorf("package %s is not in the table of imports; add it here and to ARCHITECTURE.md", p.ImportPath)
		}
		for _, imported := range p.Imports {
			if !permitted(imported, allowed) {
				t.Errorf("%s imports %s, which the table does not permit", p.ImportPath, imported)
			}
		}
	}
	for p := range mayImport {
		if !seen[p] {
			t.Errorf("the table of imports names %s, which does not exist", p)
		}
	}
}

func permitted(imported string, allowed []string) bool {
	first, _, _ := strings.Cut(imported, "/")
	if first != "ibid" && !strings.Contains(first, ".") {
		return true // standard library
	}
	for _, a := range allowed {
		if imported == a || !strings.HasPrefix(a, "ibid/") && strings.HasPrefix(imported, a+"/") {
			return true
		}
	}
	return false
}
