package query

// Children returns the nodes directly below n; nil for a leaf.
func Children(n Node) []Node {
	switch n := n.(type) {
	case Plain:
		return n.Nodes
	case And:
		return n.Nodes
	case Or:
		return n.Nodes
	case Not:
		return []Node{n.Node}
	}
	return nil
}

// Walk calls visit for n and the nodes below it in reading order, and leaves
// out what is below a node for which visit returns false.
func Walk(n Node, visit func(Node) bool) {
	if !visit(n) {
		return
	}
	for _, c := range Children(n) {
		Walk(c, visit)
	}
}

// Words returns the words that n asks for, in reading order, repeated where the
// query repeats them: plain and fuzzy words and those of phrases and hints, not
// prefixes and values of fields, and nothing that a Not excludes.
func Words(n Node) []string {
	var out []string
	Walk(n, func(n Node) bool {
		switch n := n.(type) {
		case Not:
			return false
		case Word:
			out = append(out, n.Text)
		case Fuzzy:
			out = append(out, n.Text)
		case Phrase:
			out = append(out, n.Words...)
		case Hint:
			out = append(out, n.Words...)
		}
		return true
	})
	return out
}

// IsEmpty says whether n asks for nothing: the query had no word, number or field.
func IsEmpty(n Node) bool {
	p, ok := n.(Plain)
	return ok && len(p.Nodes) == 0
}

// depth returns how many nodes with parts of their own lie inside each other in n.
func depth(n Node) int {
	children := Children(n)
	if children == nil {
		return 0
	}
	deepest := 0
	for _, c := range children {
		deepest = max(deepest, depth(c))
	}
	return deepest + 1
}
