package web

import (
	"bytes"
	"encoding/json"

	"github.com/gin-gonic/gin"

	"ibid/search"
	"ibid/search/query"
)

func encode(value any) ([]byte, error) {
	var buf bytes.Buffer
	e := json.NewEncoder(&buf)
	e.SetEscapeHTML(false) // browsers are told not to sniff
	err := e.Encode(value)
	return buf.Bytes(), err
}

func searchAnswer(s *server, c *gin.Context, a args) (any, error) {
	r, err := a.request()
	if err != nil {
		return nil, err
	}
	r.Bare = a.text("facets") == "no"
	return s.index.Search(c.Request.Context(), r)
}

func concordanceAnswer(s *server, c *gin.Context, a args) (any, error) {
	r, err := a.request()
	if err != nil {
		return nil, err
	}
	if r.Size == 0 {
		r.Size = defaultLines
	}
	out, err := s.index.KWIC(c.Request.Context(), search.KWICRequest{Request: r, Context: a.number("context"), Lines: search.LineSort(a.text("lines"))})
	if err != nil {
		return nil, err
	}
	if a.text("format") == "csv" {
		return nil, s.sendCSV(c, a, "concordance", lineColumnsCSV, lineRowsCSV(out.Lines))
	}
	return out, nil
}

// defaultLines is the number of lines of a concordance on a page.
const defaultLines = 50

func quoteAnswer(s *server, c *gin.Context, a args) (any, error) {
	return s.index.QuoteCheck(c.Request.Context(), a.text("text"))
}

// Batch answers a list of queries.
type Batch struct {
	Index   string        `json:"index"`   // version of the index that answered
	Answers []BatchAnswer `json:"answers"` // one for each query, in the order asked
}

// A BatchAnswer answers one query of a list.
type BatchAnswer struct {
	Q          string       `json:"q"`
	Understood string       `json:"understood"` // the query tree, printed in the query language
	Total      int          `json:"total"`
	Hits       []search.Hit `json:"hits"`
	Problem    *Problem     `json:"problem,omitempty"` // of a query that cannot be read; the others are answered
}

func batchAnswer(s *server, c *gin.Context, a args) (any, error) {
	r, err := a.request()
	if err != nil {
		return nil, err
	}
	r.Bare = true
	out := Batch{Index: s.index.Version(), Answers: []BatchAnswer{}}
	for _, q := range a["queries"] {
		r.Query = q
		result, err := s.index.Search(c.Request.Context(), r)
		if as[*query.Error](err) {
			p := explain(err)
			p.Request = requestID(c)
			out.Answers = append(out.Answers, BatchAnswer{Q: q, Hits: []search.Hit{}, Problem: &p})
			continue
		}
		if err != nil {
			return nil, err
		}
		out.Answers = append(out.Answers, BatchAnswer{Q: q, Understood: result.Query.Understood, Total: result.Total, Hits: result.Hits})
	}
	if a.text("format") == "csv" {
		return nil, s.sendCSV(c, a, "batch", batchColumnsCSV, batchRowsCSV(out.Answers))
	}
	return out, nil
}
