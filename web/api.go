package web

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"ibid/search"
)

// api serves h as JSON, with errors as problems.
func (s *server) api(h func(*gin.Context) (any, error)) gin.HandlerFunc {
	return func(c *gin.Context) {
		cancel := limit(c, s.cfg.Timeout)
		defer cancel()
		value, err := h(c)
		if err != nil {
			s.fail(c, err)
			return
		}
		if value == nil {
			return // streamed
		}
		body, err := encode(value)
		if err != nil {
			s.fail(c, err)
			return
		}
		c.Header("X-Ibid-Index", s.index.Version())
		timing(c)
		c.Data(http.StatusOK, "application/json; charset=utf-8", body)
	}
}

func encode(value any) ([]byte, error) {
	var buf bytes.Buffer
	e := json.NewEncoder(&buf)
	e.SetEscapeHTML(false) // browsers are told not to sniff
	err := e.Encode(value)
	return buf.Bytes(), err
}

// pathID is the id at the end of an address; it may contain slashes.
func pathID(c *gin.Context) string { return strings.TrimPrefix(c.Param("id"), "/") }

func (s *server) searchAPI(c *gin.Context) (any, error) {
	values := c.Request.URL.Query()
	if err := refuseUnknown(values, searchNames()...); err != nil {
		return nil, err
	}
	r, err := readRequest(values, s.catalog())
	if err != nil {
		return nil, err
	}
	return s.index.Search(c.Request.Context(), r)
}

func (s *server) passageAPI(c *gin.Context) (any, error) {
	if err := refuseUnknown(c.Request.URL.Query()); err != nil {
		return nil, err
	}
	return s.index.Passage(pathID(c))
}

func (s *server) documentsAPI(c *gin.Context) (any, error) {
	values := c.Request.URL.Query()
	if err := refuseUnknown(values, "collection", "sort"); err != nil {
		return nil, err
	}
	list, err := s.calendar(values)
	if err != nil {
		return nil, err
	}
	return map[string]any{"index": s.index.Version(), "total": len(list.entries), "documents": list.entries}, nil
}

func (s *server) documentAPI(c *gin.Context) (any, error) {
	if err := refuseUnknown(c.Request.URL.Query()); err != nil {
		return nil, err
	}
	return s.index.Document(pathID(c))
}

func (s *server) actorsAPI(c *gin.Context) (any, error) {
	if err := refuseUnknown(c.Request.URL.Query()); err != nil {
		return nil, err
	}
	actors := s.index.Actors()
	return map[string]any{"index": s.index.Version(), "total": len(actors), "actors": actors}, nil
}

func (s *server) actorAPI(c *gin.Context) (any, error) {
	if err := refuseUnknown(c.Request.URL.Query()); err != nil {
		return nil, err
	}
	return s.index.Actor(pathID(c))
}

// maxSuggestions is as many as a reader takes in at a glance.
const maxSuggestions = 8

func (s *server) suggestAPI(c *gin.Context) (any, error) {
	values := c.Request.URL.Query()
	if err := refuseUnknown(values, "q"); err != nil {
		return nil, err
	}
	if err := checkShape(values); err != nil {
		return nil, err
	}
	q := strings.TrimSpace(values.Get("q"))
	list := s.index.Suggest(c.Request.Context(), q, maxSuggestions)
	if list == nil {
		list = []search.Suggestion{}
	}
	return map[string]any{"q": q, "suggestions": list}, nil
}
