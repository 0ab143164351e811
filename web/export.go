package web

import (
	"fmt"
	"iter"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/gin-gonic/gin"

	"ibid/search"
	"ibid/search/export"
)

// exportAnswer streams every passage that matches. A fault before the first is a
// problem; one after it cuts the answer off, so that nobody takes it for whole.
func exportAnswer(s *server, c *gin.Context, a args) (any, error) {
	r, err := a.request()
	if err != nil {
		return nil, err
	}
	r.Size, r.Cursor = 0, ""
	name := a.text("format")
	if name == "" {
		name = "jsonl"
	}
	format, _ := export.ByName(name) // the parameter is read by the names of export
	meta, err := s.exportMeta(c, r)
	if err != nil {
		return nil, err
	}
	next, stop := iter.Pull2(s.index.Export(c.Request.Context(), r))
	defer stop()
	first, err, ok := next()
	if ok && err != nil {
		return nil, err
	}
	s.exportHeaders(c, r, format, meta)
	if c.Request.Method == http.MethodHead {
		return nil, nil
	}
	if said := a.text("meta"); said == "no" || said == "" && (name == "jsonl" || name == "csv") {
		meta = nil // it holds passages and nothing else; the headers tell the rest
	}
	if name == "csv" && a.text("bom") == "yes" {
		if _, err := c.Writer.WriteString(export.BOM); err != nil {
			s.cutOff(c, err)
		}
	}
	out := format.Open(c.Writer, s.index.Manifest(), meta)
	for p := first; ok; p, err, ok = next() {
		if err == nil {
			err = out.Write(p)
		}
		if err != nil {
			s.cutOff(c, err)
		}
	}
	if err := out.Close(); err != nil {
		s.cutOff(c, err)
	}
	return nil, nil
}

// exportMeta says what an export is of.
func (s *server) exportMeta(c *gin.Context, r search.Request) (*export.Meta, error) {
	counted := r
	counted.Size, counted.Bare = 1, true
	result, err := s.index.Search(c.Request.Context(), counted)
	if err != nil {
		return nil, err
	}
	filters := map[string][]string(newState(r).without("q"))
	return &export.Meta{Corpus: s.index.Manifest().Title, Index: s.index.Version(), Query: r.Query, Understood: result.Query.Understood,
		Filters: filters, Total: result.Total, Date: time.Now().UTC().Truncate(time.Second)}, nil
}

func (s *server) exportHeaders(c *gin.Context, r search.Request, format export.Format, meta *export.Meta) {
	c.Header("Content-Type", format.Media)
	c.Header("Content-Disposition", fmt.Sprintf("attachment; filename=%q", "ibid-"+s.index.Manifest().ID+"."+format.Extension))
	c.Header("Date", meta.Date.UTC().Format(http.TimeFormat))
	c.Header("X-Ibid-Index", meta.Index)
	c.Header("X-Ibid-Total", strconv.Itoa(meta.Total))
	c.Header("X-Ibid-Query", url.Values(newState(r)).Encode())
	c.Header("Link", fmt.Sprintf("<%s>; rel=\"canonical\"", s.base(c.Request)+newState(r).url()))
	timing(c)
	c.Status(http.StatusOK)
}

// cutOff ends an answer that was begun and cannot be finished.
func (s *server) cutOff(c *gin.Context, err error) {
	switch {
	case isGone(err):
	case as[*net.OpError](err): // the reader went away, or reads too slowly
		s.log.Info("export not read to its end", "id", requestID(c))
	default:
		s.log.Error("export broken off", "id", requestID(c), "err", err)
	}
	panic(http.ErrAbortHandler)
}
