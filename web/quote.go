package web

import (
	"errors"

	"github.com/gin-gonic/gin"

	"ibid/search"
)

// A quoteView is the page on which a quotation is checked.
type quoteView struct {
	layout
	Text   string
	Fault  string              // what to do where the text cannot be checked
	Report *search.QuoteReport // nil before a text is given
}

// quotePage checks the text of the address, if there is one.
func (s *server) quotePage(c *gin.Context) (*view, error) {
	v := quoteView{layout: s.layout(c, "Check a quotation", "quote")}
	a, err := parameters{{name: "text", longest: search.MaxQuote}}.read(c.Request.URL.Query(), s.catalog())
	if err != nil {
		return nil, err
	}
	if v.Text = a.text("text"); v.Text == "" {
		return &view{Template: "quote", Page: v}, nil
	}
	v.Robots = "noindex"
	v.Report, err = s.index.QuoteCheck(c.Request.Context(), v.Text)
	var request *search.RequestError
	if errors.As(err, &request) {
		v.Fault, err = sentence(request.Message), nil
	}
	return &view{Template: "quote", Page: v}, err
}
