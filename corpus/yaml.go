package corpus

import (
	"bytes"
	"errors"
	"fmt"
	"reflect"
	"strings"

	"github.com/agnivade/levenshtein"
	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// maxBrackets bounds how deep brackets may lie in each other in YAML, whose parser takes
// time that grows with the square of it.
const maxBrackets = 50

// NestsTooDeep returns the 1-based line of YAML on which brackets lie in each other more than
// fifty deep, 0 if they do not. It counts those in quotation marks, too.
func NestsTooDeep(raw []byte) int {
	depth, line := 0, 1
	for _, c := range raw {
		switch c {
		case '\n':
			line++
		case '[', '{':
			if depth++; depth > maxBrackets {
				return line
			}
		case ']', '}':
			depth = max(depth-1, 0)
		}
	}
	return 0
}

// parseManifest reads YAML strictly: an unknown or double key, a value of
// another type, an anchor or alias is a Problem with its line.
func parseManifest(raw []byte, file string) (*Manifest, *ast.File, error) {
	raw = bytes.TrimPrefix(raw, []byte("\ufeff")) // as some editors begin UTF-8
	if line := NestsTooDeep(raw); line > 0 {
		return nil, nil, Problems{{File: file, Line: line, Message: "brackets lie in each other here more than 50 deep; close those that are open"}}
	}
	tree, err := parser.ParseBytes(raw, 0)
	if err != nil {
		return nil, nil, Problems{yamlProblem(err, file)}
	}
	switch {
	case len(tree.Docs) == 0 || tree.Docs[0].Body == nil || tree.Docs[0].Body.Type() == ast.CommentGroupType:
		return nil, nil, Problems{{File: file, Message: "the manifest is empty; it needs at least id, title and sources"}}
	case len(tree.Docs) > 1 && tree.Docs[1].Body != nil:
		return nil, nil, Problems{{File: file, Line: tree.Docs[1].Body.GetToken().Position.Line, Message: "a second document begins behind the line ---, and would not be read; take that line out"}}
	}
	if line := aliasLine(tree); line > 0 {
		return nil, nil, Problems{{File: file, Line: line, Message: "anchors and aliases (& and *) are not read here; write the value out, or put it in quotes"}}
	}
	var m Manifest
	if err := yaml.NewDecoder(bytes.NewReader(raw), yaml.Strict()).Decode(&m); err != nil {
		return nil, nil, Problems{yamlProblem(err, file)}
	}
	return &m, tree, nil
}

// aliasLine returns the 1-based line of the first anchor or alias, 0 if there
// is none. They would let a small file unfold into a huge one.
func aliasLine(tree *ast.File) int {
	find := &aliasFinder{}
	for _, doc := range tree.Docs {
		if doc.Body != nil {
			ast.Walk(find, doc.Body)
		}
	}
	return find.line
}

type aliasFinder struct{ line int }

func (f *aliasFinder) Visit(n ast.Node) ast.Visitor {
	if t := n.Type(); (t == ast.AnchorType || t == ast.AliasType) && f.line == 0 {
		f.line = n.GetToken().Position.Line
	}
	return f
}

// yamlProblem turns an error of the YAML library into a Problem, with the
// nearest known key where a key is unknown.
func yamlProblem(err error, file string) Problem {
	p := Problem{File: file, Message: firstLine(err.Error())}
	var at interface {
		GetToken() *token.Token
		GetMessage() string
	}
	if !errors.As(err, &at) {
		return p
	}
	tok := at.GetToken()
	if tok != nil && tok.Position != nil {
		p.Line = tok.Position.Line
	}
	p.Message = yamlMessage(err, at.GetMessage(), tok)
	return p
}

// yamlMessage says in words of a manifest what the YAML library says in its own.
func yamlMessage(err error, message string, tok *token.Token) string {
	var (
		unknown *yaml.UnknownFieldError
		double  *yaml.DuplicateKeyError
		node    *yaml.UnexpectedNodeTypeError
		value   *yaml.TypeError
	)
	switch {
	case errors.As(err, &unknown):
		return fmt.Sprintf("unknown key %q; %s", unknown.Token.Value, suggest(unknown.Token.Value, knownKeys))
	case tok != nil && (errors.As(err, &double) || strings.HasPrefix(message, "mapping key")):
		return fmt.Sprintf("key %q stands twice here; remove one of them", tok.Value)
	case errors.As(err, &node):
		return fmt.Sprintf("%s stands here where %s is wanted", nodeName(node.Actual), nodeName(node.Expected))
	case errors.As(err, &value) && tok != nil:
		return fmt.Sprintf("%q stands here where %s is wanted", tok.Value, typeName(value.DstType))
	case strings.HasPrefix(message, "found character '\t'"):
		return "a tab stands before the key; indent with spaces"
	}
	return message
}

func nodeName(t ast.NodeType) string {
	switch t {
	case ast.SequenceType:
		return "a list, as [one, two],"
	case ast.MappingType, ast.MappingValueType:
		return "a group of keys with their values"
	case ast.NullType:
		return "nothing"
	}
	return "a single value"
}

func typeName(t reflect.Type) string {
	switch t.Kind() {
	case reflect.Int, reflect.Int64:
		return "a whole number"
	case reflect.Slice:
		return "a list, as [one, two],"
	case reflect.Map, reflect.Struct, reflect.Pointer:
		return "a group of keys with their values"
	}
	return "text"
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return line
}

// knownKeys are the keys of a manifest, for suggestions; a test compares them with the types.
var knownKeys = []string{
	"id", "title", "description", "default_year", "sources", "collections", "phases", "actors", "words",
	"path", "format", "first_page", "language", "reference", "sections", "siglum", "issued", "marker",
	"label", "from", "to", "name", "kind", "country", "role", "forms",
	"type", "author", "editor", "container-title", "volume", "issue", "page", "publisher", "publisher-place",
	"DOI", "ISSN", "URL", "family", "given", "literal", "fields", "authorities",
}

// suggest says which of the known words was probably meant.
func suggest(word string, known []string) string {
	best, bestDistance := "", 3
	for _, k := range known {
		if d := levenshtein.ComputeDistance(strings.ToLower(word), strings.ToLower(k)); d < bestDistance {
			best, bestDistance = k, d
		}
	}
	if best != "" {
		return fmt.Sprintf("did you mean %q?", best)
	}
	return "remove it or see README.md for the keys there are"
}
