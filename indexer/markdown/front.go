package markdown

import (
	"errors"
	"fmt"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"

	"ibid/corpus"
)

// maxFront bounds the front matter of a file.
const maxFront = 256 << 10 // bytes

// A front is what the front matter of a file tells, by field name.
type front struct {
	values map[string]string
	lines  map[string]int // 1-based line of the file where the key stands
}

// readFront reads front matter, whose first line is line 2 of the file. Only
// the keys that the options name are taken.
func readFront(lines []string, opt Options) (front, error) {
	f := front{values: map[string]string{}, lines: map[string]int{}}
	raw := strings.Join(lines, "\n")
	if len(opt.Fields) == 0 || strings.TrimSpace(raw) == "" {
		return f, nil
	}
	if len(raw) > maxFront {
		return f, fmt.Errorf("line 2: the front matter is larger than %d kB", maxFront>>10)
	}
	if line := corpus.NestsTooDeep([]byte(raw)); line > 0 {
		return f, fmt.Errorf("line %d: brackets lie in each other here more than 50 deep; close those that are open", line+1)
	}
	tree, err := parser.ParseBytes([]byte(raw), 0)
	if err != nil {
		return f, yamlError(err)
	}
	if len(tree.Docs) == 0 || tree.Docs[0].Body == nil {
		return f, nil
	}
	find := &aliasFinder{}
	ast.Walk(find, tree.Docs[0].Body)
	if find.line > 0 {
		return f, fmt.Errorf("line %d: anchors and aliases (& and *) are not read in front matter; write the value out, or put it in quotes", find.line+1)
	}
	for field, key := range opt.Fields {
		var list []string
		line := gather(tree.Docs[0].Body, strings.Split(key, "."), &list)
		if len(list) > 0 {
			f.values[field], f.lines[field] = strings.Join(list, "; "), line+1
		}
	}
	return f, nil
}

// gather collects the values that a path of keys leads to, through lists, and
// returns the line of the first, 0 if there is none.
func gather(n ast.Node, keys []string, list *[]string) int {
	line := 0
	note := func(l int) {
		if line == 0 {
			line = l
		}
	}
	switch n := n.(type) {
	case *ast.SequenceNode:
		for _, v := range n.Values {
			note(gather(v, keys, list))
		}
	case *ast.MappingNode:
		for _, v := range n.Values {
			note(gather(v, keys, list))
		}
	case *ast.MappingValueNode:
		if len(keys) > 0 && keyOf(n.Key) == keys[0] {
			note(gather(n.Value, keys[1:], list))
		}
	case *ast.TagNode:
		note(gather(n.Value, keys, list))
	default:
		if len(keys) > 0 || n == nil || n.Type() == ast.NullType {
			return 0
		}
		if s := strings.Join(strings.Fields(scalar(n)), " "); s != "" {
			*list = append(*list, s)
			return n.GetToken().Position.Line
		}
	}
	return line
}

func keyOf(n ast.MapKeyNode) string {
	if s, ok := n.(*ast.StringNode); ok {
		return s.Value
	}
	return n.String()
}

// scalar is a value as it is written, without quotes: a number keeps its zeros.
func scalar(n ast.Node) string {
	switch n := n.(type) {
	case *ast.StringNode:
		return n.Value
	case *ast.LiteralNode:
		return n.Value.Value
	}
	return n.GetToken().Value
}

type aliasFinder struct{ line int }

func (f *aliasFinder) Visit(n ast.Node) ast.Visitor {
	if t := n.Type(); (t == ast.AnchorType || t == ast.AliasType) && f.line == 0 {
		f.line = n.GetToken().Position.Line
	}
	return f
}

// yamlError words an error of the YAML library with the line in the file.
func yamlError(err error) error {
	var at interface {
		GetToken() *token.Token
		GetMessage() string
	}
	if !errors.As(err, &at) || at.GetToken() == nil || at.GetToken().Position == nil {
		message, _, _ := strings.Cut(err.Error(), "\n")
		return fmt.Errorf("line 2: the front matter is no YAML: %s", message)
	}
	return fmt.Errorf("line %d: the front matter is no YAML: %s", at.GetToken().Position.Line+1, at.GetMessage())
}
