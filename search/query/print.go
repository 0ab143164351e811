package query

import (
	"strconv"
	"strings"
)

// String prints the clauses side by side.
func (n Plain) String() string { return join(n.Nodes, " ") }

// String prints the operands with AND between them.
func (n And) String() string { return join(n.Nodes, " AND ") }

// String prints the operands with OR between them.
func (n Or) String() string { return join(n.Nodes, " OR ") }

// String prints NOT before the operand.
func (n Not) String() string {
	if _, ok := n.Node.(Not); ok {
		return "NOT (" + n.Node.String() + ")"
	}
	return "NOT " + operand(n.Node)
}

// String prints the word as typed.
func (n Word) String() string { return n.Text }

// String prints the word with its star.
func (n Prefix) String() string { return n.Text + "*" + n.End }

// String prints the word with its tilde.
func (n Fuzzy) String() string { return n.Text + "~" }

// String prints the words in straight quotation marks, and the distance if there is one.
func (n Phrase) String() string {
	s := `"` + strings.Join(n.Words, " ") + `"`
	if n.Slop > 0 {
		s += "~" + strconv.Itoa(n.Slop)
	}
	return s
}

// String prints name:value, the value in quotation marks where it needs them.
func (n Field) String() string {
	if strings.ContainsFunc(n.Value, endsValue) || bareValue(n.Name, []rune(n.Value)) != n.Value {
		return n.Name + `:"` + n.Value + `"`
	}
	return n.Name + ":" + n.Value
}

// String prints the words and what was recognised in them, in braces.
func (n Hint) String() string {
	return "{" + strings.Join(n.Words, " ") + " = " + n.Field.String() + "}"
}

// join prints operands with a separator between them.
func join(nodes []Node, separator string) string {
	parts := make([]string, len(nodes))
	for i, n := range nodes {
		parts[i] = operand(n)
	}
	return strings.Join(parts, separator)
}

// operand prints a node so that it stays one inside another: in parentheses if
// it has parts of its own.
func operand(n Node) string {
	switch n.(type) {
	case Plain, And, Or:
		return "(" + n.String() + ")"
	}
	return n.String()
}
