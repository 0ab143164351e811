package query

import "slices"

// Simplify returns a tree that asks for the same with fewer nodes: groups in
// groups of their own kind are opened, a Not of a Not and parts that repeat
// one before them are dropped, and what has one part is that part.
func Simplify(n Node) Node {
	switch n := n.(type) {
	case Plain:
		return Plain{simplified(n.Nodes, func(c Node) []Node {
			if p, ok := c.(Plain); ok {
				return p.Nodes
			}
			return []Node{c}
		})}.collapsed()
	case And:
		return single(And{simplified(n.Nodes, func(c Node) []Node {
			if a, ok := c.(And); ok {
				return a.Nodes
			}
			return []Node{c}
		})})
	case Or:
		return single(Or{simplified(n.Nodes, func(c Node) []Node {
			if o, ok := c.(Or); ok {
				return o.Nodes
			}
			return []Node{c}
		})})
	case Not:
		inner := Simplify(n.Node)
		if again, ok := inner.(Not); ok {
			return again.Node
		}
		return Not{inner}
	}
	return n
}

// simplified returns nodes simplified, each opened, without repetitions.
func simplified(nodes []Node, open func(Node) []Node) []Node {
	var out []Node
	seen := map[string]bool{}
	for _, n := range nodes {
		for _, part := range open(Simplify(n)) {
			if key := operand(part); !seen[key] {
				seen[key] = true
				out = append(out, part)
			}
		}
	}
	return slices.Clip(out)
}

// single returns the one part of n, or n.
func single(n Node) Node {
	if c := Children(n); len(c) == 1 {
		return c[0]
	}
	return n
}
