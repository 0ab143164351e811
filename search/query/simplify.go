package query

// Simplify returns a tree that asks for the same with fewer nodes: groups in
// groups of their own kind are opened, a Not of a Not and operands that repeat
// one before them are dropped, and what has one part is that part. Words side by
// side may repeat ("20 May to 20 June"). Parse returns trees that are simple.
func Simplify(n Node) Node {
	switch n := n.(type) {
	case Plain:
		return Plain{simplifyEach(n.Nodes, opensPlain)}.collapsed()
	case And:
		nodes := distinct(simplifyEach(n.Nodes, func(c Node) bool { _, ok := c.(And); return ok }))
		return one(nodes, And{nodes})
	case Or:
		nodes := distinct(simplifyEach(n.Nodes, func(c Node) bool { _, ok := c.(Or); return ok }))
		return one(nodes, Or{nodes})
	case Not:
		inner := Simplify(n.Node)
		if again, ok := inner.(Not); ok {
			return again.Node
		}
		return Not{inner}
	}
	return n
}

// opensPlain says whether the parts of n may stand among the words around it:
// parentheses are common in plain text. What excludes must stay inside them.
func opensPlain(n Node) bool {
	p, ok := n.(Plain)
	for _, c := range p.Nodes {
		if _, not := c.(Not); not {
			return false
		}
	}
	return ok
}

// simplifyEach returns nodes simplified, the parts of those that open in their place.
func simplifyEach(nodes []Node, opens func(Node) bool) []Node {
	var out []Node
	for _, n := range nodes {
		if n = Simplify(n); opens(n) {
			out = append(out, Children(n)...)
		} else {
			out = append(out, n)
		}
	}
	return out
}

// distinct returns nodes without those that print like one before them.
func distinct(nodes []Node) []Node {
	var out []Node
	seen := map[string]bool{}
	for _, n := range nodes {
		if key := operand(n); !seen[key] {
			seen[key] = true
			out = append(out, n)
		}
	}
	return out
}

// one returns the one node of nodes, or n.
func one(nodes []Node, n Node) Node {
	if len(nodes) == 1 {
		return nodes[0]
	}
	return n
}
