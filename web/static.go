package web

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"net/http"
	"path"

	"github.com/gin-gonic/gin"

	"ibid/search"
)

// assets are the static files, each at an address with a digest of all of them,
// so that a browser may keep it for ever and modules may import each other.
type assets struct {
	digest string
	files  map[string][]byte
}

var mediaTypes = map[string]string{
	".css": "text/css; charset=utf-8",
	".js":  "text/javascript; charset=utf-8",
	".svg": "image/svg+xml",
	".txt": "text/plain; charset=utf-8",

	".woff2": "font/woff2",
}

func readAssets(fs embed.FS) *assets {
	a := &assets{files: map[string][]byte{}}
	entries, err := fs.ReadDir("static")
	if err != nil {
		panic(err) // embedded
	}
	sum := sha256.New()
	for _, entry := range entries { // sorted by name
		body, err := fs.ReadFile("static/" + entry.Name())
		if err != nil {
			panic(err) // embedded
		}
		a.files[entry.Name()] = body
		fmt.Fprintf(sum, "%s %d\n", entry.Name(), len(body))
		sum.Write(body)
	}
	a.digest = hex.EncodeToString(sum.Sum(nil)[:8])
	return a
}

// url is the address of a file. A template that names another does not execute.
func (a *assets) url(name string) (string, error) {
	if a.files[name] == nil {
		return "", fmt.Errorf("no static file %q", name)
	}
	return "/static/" + a.digest + "/" + name, nil
}

func (s *server) static(c *gin.Context) {
	name := c.Param("name")
	body := s.assets.files[name]
	if body == nil {
		s.fail(c, search.ErrNotFound)
		return
	}
	if c.Param("hash") == s.assets.digest {
		c.Header("Cache-Control", "public, max-age=31536000, immutable")
	} else {
		c.Header("Cache-Control", "no-cache") // a page of an older program
	}
	c.Data(http.StatusOK, mediaTypes[path.Ext(name)], body)
}

func (s *server) favicon(c *gin.Context) {
	c.Header("Cache-Control", "public, max-age=86400")
	c.Data(http.StatusOK, mediaTypes[".svg"], s.assets.files["icon.svg"])
}
