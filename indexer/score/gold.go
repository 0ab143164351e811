package score

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Gold is what an editor found in a source by reading. A nil list is a key that
// was not judged.
type Gold struct {
	Source     string // id of the source in the manifest
	Blocks     []Block
	Notes      []Note
	Repairs    []Repair
	Citations  []Citation
	Dates      []Date
	Quotations []Quotation
	Mentions   []Mention

	text text
}

// A Block is a heading or paragraph.
type Block struct {
	Kind    string   `json:"kind"` // "heading" or "paragraph"
	Section string   `json:"section"`
	Pages   []string `json:"pages"`
	Lines   [][2]int `json:"lines"`
	Doubt   string   `json:"doubt"`
}

// A Note is a footnote.
type Note struct {
	Number int      `json:"number"` // 0 for one without a number
	Label  string   `json:"label"`  // as printed
	Pages  []string `json:"pages"`
	Lines  [][2]int `json:"lines"`
	Caller *Caller  `json:"caller"` // nil if it is not called
	Doubt  string   `json:"doubt"`
}

// A Caller is the marker that calls a footnote.
type Caller struct {
	Line    int    `json:"line"`
	Printed string `json:"printed"`
}

// A Repair is a place where the print is not what was written.
type Repair struct {
	Kind    string `json:"kind"` // "split" or "ocr"
	Line    int    `json:"line"`
	Printed string `json:"printed"` // a word broken over two lines as "Ger|many"
	Reading string `json:"reading"` // alternatives
	Doubt   string `json:"doubt"`
}

// A Citation is a reference to a document or work.
type Citation struct {
	Kind    string `json:"kind"` // "document" or "work"
	Line    int    `json:"line"`
	ID      string `json:"id"`      // alternatives
	Locator string `json:"locator"` // alternatives
	Through string `json:"through"` // alternatives
	Doubt   string `json:"doubt"`
}

// A Date is a date named in the text.
type Date struct {
	Line     int    `json:"line"`
	Printed  string `json:"printed"`
	EDTF     string `json:"edtf"` // alternatives
	Relative bool   `json:"relative"`
	Doubt    string `json:"doubt"`
}

// A Quotation is quoted words.
type Quotation struct {
	Lines     [][2]int `json:"lines"`
	First     string   `json:"first"`     // its first words, as many as tell it from others
	Last      string   `json:"last"`      // its last words
	Nature    string   `json:"nature"`    // as corpus.Nature; alternatives
	Speaker   string   `json:"speaker"`   // alternatives
	Addressee string   `json:"addressee"` // alternatives
	Medium    string   `json:"medium"`    // alternatives
	Date      string   `json:"date"`      // EDTF; alternatives
	Citations []string `json:"citations"` // ids, each with its alternatives
	Doubt     string   `json:"doubt"`
}

// A Mention is a place where an actor is named.
type Mention struct {
	Kind    string `json:"kind"` // "person", "state" or "body"
	Line    int    `json:"line"`
	ID      string `json:"id"` // alternatives
	Printed string `json:"printed"`
	Doubt   string `json:"doubt"`
}

// Read reads the gold in folder dir and holds it against the text that it
// judges: an entry that names a blank line, or words that its line does not
// print, is an error that names file and line.
func Read(dir string) (Gold, error) {
	var g Gold
	var about struct{ Source, Text string }
	name := filepath.Join(dir, "gold.json")
	data, err := os.ReadFile(name)
	if err != nil {
		return g, fmt.Errorf("read gold: %w", err)
	}
	if err := decode(data, &about); err != nil {
		return g, fmt.Errorf("read gold: %s: %w", name, err)
	}
	if about.Source == "" || about.Text == "" {
		return g, fmt.Errorf("read gold: %s: it must name source and text", name)
	}
	g.Source = about.Source
	if g.text, err = readText(filepath.Join(dir, filepath.FromSlash(about.Text))); err != nil {
		return g, fmt.Errorf("read gold: text: %w", err)
	}
	return g, errors.Join(
		readList(dir, "blocks.jsonl", &g.Blocks, g.text.checkBlock),
		readList(dir, "notes.jsonl", &g.Notes, g.text.checkNote),
		readList(dir, "repairs.jsonl", &g.Repairs, g.text.checkRepair),
		readList(dir, "citations.jsonl", &g.Citations, g.text.checkCitation),
		readList(dir, "dates.jsonl", &g.Dates, g.text.checkDate),
		readList(dir, "quotations.jsonl", &g.Quotations, g.text.checkQuotation),
		readList(dir, "mentions.jsonl", &g.Mentions, g.text.checkMention),
	)
}

// readList reads a file of one JSON object a line; a file that is not there leaves list nil.
func readList[T any](dir, name string, list *[]T, check func(T) error) error {
	name = filepath.Join(dir, name)
	data, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read gold: %w", err)
	}
	*list = []T{}
	lines := bufio.NewScanner(bytes.NewReader(data))
	lines.Buffer(nil, 1<<20)
	for n := 1; lines.Scan(); n++ {
		if len(bytes.TrimSpace(lines.Bytes())) == 0 {
			continue
		}
		var entry T
		err := decode(lines.Bytes(), &entry)
		if err == nil {
			err = check(entry)
		}
		if err != nil {
			return fmt.Errorf("read gold: %s:%d: %w", name, n, err)
		}
		*list = append(*list, entry)
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("read gold: %s: %w", name, err)
	}
	return nil
}

// decode reads one JSON value strictly: an unknown key is an error.
func decode(data []byte, v any) error {
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(v); err != nil {
		return err
	}
	if d.More() {
		return errors.New("more than one JSON value")
	}
	return nil
}

// oneOf is an error unless value is one of the allowed.
func oneOf(key, value string, allowed ...string) error {
	for _, a := range allowed {
		if value == a {
			return nil
		}
	}
	return fmt.Errorf("%s is %q; it must be %s", key, value, strings.Join(allowed, " or "))
}
