package indexer

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"
	"unicode/utf8"

	"ibid/corpus"
	"ibid/indexer/articles"
	"ibid/indexer/block"
	"ibid/indexer/markdown"
	"ibid/indexer/plain"
	"ibid/indexer/tei"
)

// A piece is what of a source is read at a time: all of it, or one of its articles.
type piece struct {
	blocks   *block.Source
	language string // BCP 47; "" for English
}

// pieces reads a source into pieces, in order. It ends with an error, which names
// the source, where the source cannot be read.
func pieces(source corpus.Source, in io.Reader) iter.Seq2[*piece, error] {
	return func(yield func(*piece, error) bool) {
		if source.Articles() {
			readArticles(source, in, yield)
			return
		}
		blocks, err := readBlocks(source, in)
		if err != nil {
			yield(nil, fmt.Errorf("source %q: %w", source.ID, err))
			return
		}
		yield(&piece{blocks: blocks, language: source.Language}, nil)
	}
}

func readBlocks(source corpus.Source, in io.Reader) (*block.Source, error) {
	if source.Format == corpus.TEI {
		return tei.Read(in, tei.Options{FirstPage: source.FirstPage})
	}
	data, err := io.ReadAll(in)
	if err != nil {
		return nil, err
	}
	switch source.Format {
	case corpus.Text:
		return readText(source, data)
	case corpus.Markdown:
		if !markdown.IsArchive(data) {
			if err := notText(data); err != nil {
				return nil, fmt.Errorf("%s: %w", source.Path, err)
			}
		}
		return markdown.Read(data, markdown.Options{Fields: source.Fields})
	default:
		return nil, fmt.Errorf("format %q has no reader in this version; write text, tei or markdown", source.Format)
	}
}

// readText reads a plain text. One that is TEI, or of another encoding, is read as it stands and reported.
func readText(source corpus.Source, data []byte) (*block.Source, error) {
	if err := notText(data); err != nil {
		return nil, fmt.Errorf("%s: %w", source.Path, err)
	}
	blocks, err := plain.Read(data, plain.Options{FirstPage: source.FirstPage, Authors: authorsOf(source.Reference)})
	if err != nil {
		return nil, err
	}
	if isXML(data) {
		blocks.Problems = append(blocks.Problems, block.Problem{Line: 1, Message: "the file is XML and is read as plain text, tags and all; if it is TEI, write format: tei, else take the text out"})
	}
	if line := notUTF8(data); line > 0 {
		blocks.Problems = append(blocks.Problems, block.Problem{Line: line, Message: "here the file is not UTF-8, and letters are lost; save it as UTF-8"})
	}
	return blocks, nil
}

// authorsOf returns the names of the authors of a source, as a title page prints them.
func authorsOf(r corpus.Reference) []string {
	var names []string
	for _, a := range r.Author {
		names = append(names, strings.TrimSpace(a.Given+" "+a.Family+" "+a.Literal))
	}
	return names
}

// notUTF8 returns the 1-based line of the first byte that is not UTF-8, 0 if all are.
func notUTF8(data []byte) int {
	if utf8.Valid(data) {
		return 0
	}
	line := 1
	for text := range bytes.Lines(data) {
		if !utf8.Valid(text) {
			break
		}
		line++
	}
	return line
}

// readArticles reads a file of articles, each a document.
func readArticles(source corpus.Source, in io.Reader, yield func(*piece, error) bool) {
	some := false
	for a, err := range articles.Read(in, articles.Options{Fields: source.Fields}) {
		var p *piece
		if err == nil {
			p, err = readArticle(source, a)
		}
		if err != nil {
			yield(nil, fmt.Errorf("source %q: %w", source.ID, err))
			return
		}
		if !yield(p, nil) {
			return
		}
		some = true
	}
	if !some {
		yield(nil, fmt.Errorf("source %q: %w", source.ID, plain.ErrEmpty))
	}
}

// readArticle reads the text of an article. One that has only a title is reported.
func readArticle(source corpus.Source, a *articles.Article) (*piece, error) {
	blocks, err := plain.Read(a.Text, plain.Options{FirstPage: a.FirstPage, Authors: strings.Split(a.Document.From, "; ")})
	switch {
	case errors.Is(err, plain.ErrEmpty):
		blocks = &block.Source{Problems: []block.Problem{{Line: a.Line, Document: a.Document.ID, Message: "the article holds no text"}}}
	case err != nil:
		return nil, fmt.Errorf("line %d: %w", a.Line, err)
	}
	blocks.Documents = []*block.Document{&a.Document}
	blocks.Problems = append(blocks.Problems, a.Problems...)
	for i := range blocks.Blocks {
		blocks.Blocks[i].Doc = &a.Document
		if a.Section != "" {
			blocks.Blocks[i].Section = a.Section
		}
	}
	language := a.Language
	if language == "" {
		language = source.Language
	}
	return &piece{blocks: blocks, language: language}, nil
}
