package eval

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// A Doc is a document of a test collection.
type Doc struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	Text  string `json:"text"`
}

// ReadDocs calls each for the documents of a collection, one JSON object a line
// with the keys id (or _id, as BEIR has it), title and text. It stops at the
// first error, which names the file and the line.
func ReadDocs(r io.Reader, file string, each func(Doc) error) error {
	seen := map[string]bool{}
	return eachLine(r, file, func(line string) error {
		var d struct {
			Doc
			Other string `json:"_id"`
		}
		if err := json.Unmarshal([]byte(line), &d); err != nil {
			return err
		}
		d.ID = cmp.Or(d.ID, d.Other)
		switch {
		case d.ID == "":
			return errors.New("the document has no id")
		case seen[d.ID]:
			return fmt.Errorf("the id %s stands twice", d.ID)
		}
		seen[d.ID] = true
		return each(d.Doc)
	})
}
