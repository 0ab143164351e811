package web

import (
	"fmt"
	"iter"
	"net/http"

	"github.com/gin-gonic/gin"

	"ibid/search/export"
)

// exportAPI streams every passage that matches. A fault before the first is a
// problem; one after it cuts the answer off, so that nobody takes it for whole.
func (s *server) exportAPI(c *gin.Context) (any, error) {
	values := c.Request.URL.Query()
	if err := refuseUnknown(values, searchNames("format")...); err != nil {
		return nil, err
	}
	format, err := readFormat(values.Get("format"))
	if err != nil {
		return nil, err
	}
	cat := s.catalog()
	r, err := readRequest(values, cat)
	if err != nil {
		return nil, err
	}
	cancel := limit(c, s.cfg.Export)
	defer cancel()
	next, stop := iter.Pull2(s.index.Export(c.Request.Context(), r))
	defer stop()
	first, err, ok := next()
	if ok && err != nil {
		return nil, err
	}
	c.Header("Content-Type", format.Media)
	c.Header("Content-Disposition", fmt.Sprintf("attachment; filename=%q", "ibid-"+cat.manifest.ID+"."+format.Extension))
	c.Header("X-Ibid-Index", cat.version)
	c.Header("Link", fmt.Sprintf("<%s>; rel=\"canonical\"", s.base(c.Request)+newState(r).url()))
	c.Status(http.StatusOK)
	out := format.Open(c.Writer, cat.manifest, nil)
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

// cutOff ends an answer that was begun and cannot be finished.
func (s *server) cutOff(c *gin.Context, err error) {
	if !isGone(err) {
		s.log.Error("export broken off", "id", requestID(c), "err", err)
	}
	panic(http.ErrAbortHandler)
}

func readFormat(name string) (export.Format, error) {
	if name == "" {
		name = "jsonl"
	}
	format, ok := export.ByName(name)
	if !ok {
		_, err := oneOf("format", name, export.Names())
		return format, err
	}
	return format, nil
}
