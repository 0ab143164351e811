package query

// What a query may measure. A query that exceeds one of these is answered with
// an Error that says so.
const (
	MaxRunes    = 4000 // length
	MaxClauses  = 512  // words, phrases, fields; a pasted page has about as many words
	MaxDepth    = 16   // groups in groups, as the tree has them
	MaxPhrase   = 64   // words of one phrase
	MaxSlop     = 50   // other words between the words of a near phrase
	DefaultSlop = 5    // of "a b"~ without a number
	MinPrefix   = 2    // letters before a star: one letter matches a tenth of the vocabulary
)

// Parse reads a query; the package comment has the grammar. A query without any
// word, number or field is an empty Plain. The error is always an *Error.
func Parse(s string) (Node, error) {
	tokens, err := lex(s)
	if err != nil {
		return nil, err
	}
	p := parser{tokens: balanced(tokens)}
	n, err := p.or(0)
	if err != nil {
		return nil, err
	}
	if n == nil {
		n = strayOperators(tokens)
	}
	return Simplify(n), nil
}

// balanced leaves out the closing parentheses that have no opening one.
func balanced(tokens []token) []token {
	var out []token
	open := 0
	for _, t := range tokens {
		switch {
		case t.kind == openToken:
			open++
		case t.kind == closeToken && open == 0:
			continue
		case t.kind == closeToken:
			open--
		}
		out = append(out, t)
	}
	return out
}

// maxParentheses bounds the recursion: parentheses that group nothing make no depth in the tree.
const maxParentheses = 64

// A parser reads tokens by recursive descent.
type parser struct {
	tokens []token
	at     int
}

// accept steps over the next token if it is of that kind.
func (p *parser) accept(kind tokenKind) bool {
	if p.at < len(p.tokens) && p.tokens[p.at].kind == kind {
		p.at++
		return true
	}
	return false
}

// or reads operands between OR. Each level returns nil if there is nothing in it.
func (p *parser) or(depth int) (Node, error) {
	start := p.at
	var nodes []Node
	for {
		n, err := p.and(depth)
		if err != nil {
			return nil, err
		}
		nodes = add(nodes, n)
		if !p.accept(orToken) {
			return p.collapse(start, nodes, Or{nodes})
		}
	}
}

// and reads operands between AND.
func (p *parser) and(depth int) (Node, error) {
	start := p.at
	var nodes []Node
	for {
		n, err := p.side(depth)
		if err != nil {
			return nil, err
		}
		nodes = add(nodes, n)
		if !p.accept(andToken) {
			return p.collapse(start, nodes, And{nodes})
		}
	}
}

// side reads clauses that stand side by side.
func (p *parser) side(depth int) (Node, error) {
	start := p.at
	var nodes []Node
	for p.at < len(p.tokens) {
		switch p.tokens[p.at].kind {
		case andToken, orToken, closeToken:
			return p.collapse(start, nodes, Plain{nodes})
		}
		n, err := p.clause(depth)
		if err != nil {
			return nil, err
		}
		nodes = add(nodes, n)
	}
	return p.collapse(start, nodes, Plain{nodes})
}

// clause reads one clause with the NOT before it; several NOT are one.
func (p *parser) clause(depth int) (Node, error) {
	start := p.at
	negated := false
	for p.accept(notToken) {
		negated = true
	}
	n, err := p.primary(depth)
	if err != nil || n == nil || !negated {
		return n, err
	}
	return Not{n}, p.checkDepth(start, Not{n})
}

// primary reads a leaf or a group. A group that is not closed ends with the query.
func (p *parser) primary(depth int) (Node, error) {
	if p.at >= len(p.tokens) {
		return nil, nil
	}
	t := p.tokens[p.at]
	switch t.kind {
	case leafToken:
		p.at++
		return t.node, nil
	case openToken:
		if depth == maxParentheses {
			return nil, tooDeep(t.column)
		}
		p.at++
		n, err := p.or(depth + 1)
		p.accept(closeToken)
		return n, err
	}
	return nil, nil // an operator without an operand: the caller goes on with it
}

// add appends n unless it is nil.
func add(nodes []Node, n Node) []Node {
	if n == nil {
		return nodes
	}
	return append(nodes, n)
}

// collapse returns nil for no nodes, the node itself for one, and many, the
// tree of all of them, for more; start is the token that it begins with.
func (p *parser) collapse(start int, nodes []Node, many Node) (Node, error) {
	switch len(nodes) {
	case 0:
		return nil, nil
	case 1:
		return nodes[0], nil
	}
	return many, p.checkDepth(start, many)
}

// checkDepth returns an Error at token start if n is deeper than MaxDepth.
func (p *parser) checkDepth(start int, n Node) error {
	if depth(n) > MaxDepth {
		return tooDeep(p.tokens[start].column)
	}
	return nil
}

func tooDeep(column int) error {
	return &Error{Column: column, Message: "There are too many groups inside each other here; take some parentheses away."}
}

// strayOperators reads a query of nothing but operators as the words they are.
func strayOperators(tokens []token) Node {
	var nodes []Node
	for _, t := range tokens {
		nodes = add(nodes, t.node)
	}
	return Plain{nodes}
}
