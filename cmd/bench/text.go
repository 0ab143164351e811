package main

import (
	"archive/tar"
	"bufio"
	"compress/gzip"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"ibid/corpus/pact1939"
	"ibid/indexer/analysis"
)

// sentences reads the sentences of the sources: 4 to 60 words each, without hyphens, so
// that every engine finds the same words in them.
func sentences(sources []string) ([]string, error) {
	var out []string
	keep := func(text string) { out = appendSentences(out, text) }
	if len(sources) == 0 {
		if err := shippedText(keep); err != nil {
			return nil, err
		}
	}
	for _, name := range sources {
		if err := readSource(name, keep); err != nil {
			return nil, fmt.Errorf("source %s: %w", name, err)
		}
	}
	if len(out) < 100 {
		return nil, fmt.Errorf("the sources have %d sentences; give some with at least 100", len(out))
	}
	return out, nil
}

func shippedText(keep func(string)) error {
	entries, err := pact1939.Files.ReadDir(".")
	if err != nil {
		return err
	}
	for _, e := range entries {
		if filepath.Ext(e.Name()) != ".txt" {
			continue
		}
		data, err := pact1939.Files.ReadFile(e.Name())
		if err != nil {
			return err
		}
		keep(string(data))
	}
	return nil
}

func readSource(name string, keep func(string)) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	r, name := io.Reader(bufio.NewReader(f)), filepath.Base(name)
	if inner, ok := strings.CutSuffix(name, ".gz"); ok {
		z, err := gzip.NewReader(r)
		if err != nil {
			return err
		}
		defer z.Close()
		r, name = z, inner
	}
	return readText(name, r, keep)
}

// readText hands the running text of a file on, by its name.
func readText(name string, r io.Reader, keep func(string)) error {
	switch filepath.Ext(name) {
	case ".tar":
		return readTar(r, keep)
	case ".xml":
		return readXML(r, keep)
	case ".jsonl":
		return readJSON(r, keep)
	}
	data, err := io.ReadAll(r)
	keep(string(data))
	return err
}

func readTar(r io.Reader, keep func(string)) error {
	t := tar.NewReader(r)
	for {
		h, err := t.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if h.Typeflag == tar.TypeReg {
			if err := readText(h.Name, t, keep); err != nil {
				return err
			}
		}
	}
}

// readXML hands on the text of each paragraph.
func readXML(r io.Reader, keep func(string)) error {
	d := xml.NewDecoder(r)
	var text strings.Builder
	for {
		t, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.CharData:
			text.Write(t)
		case xml.EndElement:
			if t.Name.Local == "p" || t.Name.Local == "head" || t.Name.Local == "note" {
				keep(text.String())
				text.Reset()
			}
		}
	}
}

// readJSON hands on the long strings of each value.
func readJSON(r io.Reader, keep func(string)) error {
	d := json.NewDecoder(r)
	for {
		var v any
		err := d.Decode(&v)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		longStrings(v, keep)
	}
}

func longStrings(v any, keep func(string)) {
	switch v := v.(type) {
	case string:
		if len(v) > 200 {
			keep(v)
		}
	case []any:
		for _, x := range v {
			longStrings(x, keep)
		}
	case map[string]any:
		for _, x := range v {
			if _, text := x.(string); !text { // the order of a map is not the same twice
				longStrings(x, keep)
			}
		}
		for _, key := range []string{"text", "body"} {
			longStrings(v[key], keep)
		}
	}
}

var unhyphen = strings.NewReplacer("-\n", "", "-", " ", "\u2010", " ", "\u2011", " ", "\u2012", " ", "\u2013", " ", "\u00ad", "", "\x00", "")

func appendSentences(out []string, text string) []string {
	text = strings.ToValidUTF8(unhyphen.Replace(text), "")
	for _, s := range strings.SplitAfter(strings.Join(strings.Fields(text), " "), ". ") {
		s = strings.TrimSpace(s)
		if words := strings.Count(s, " ") + 1; words < 4 || words > 60 {
			continue
		}
		if plain(s) {
			out = append(out, s)
		}
	}
	return out
}

// plain says whether the tokens of a sentence are its words, with no further forms.
func plain(s string) bool {
	for _, t := range analysis.Tokens(s) {
		if t.Extra {
			return false
		}
	}
	return true
}
