package web

import (
	"github.com/gin-gonic/gin"

	"ibid/search/query"
)

type helpView struct {
	layout
	Manual     []query.Section
	Parameters []string
}

func (s *server) helpPage(c *gin.Context) (*view, error) {
	v := helpView{layout: s.layout(c, "How to ask", "help"), Manual: query.Manual, Parameters: searchNames()}
	return &view{Template: "help", Page: v}, nil
}
