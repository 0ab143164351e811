// Package tei reads TEI P5 (https://tei-c.org/guidelines/p5/) into blocks:
// editions of documents such as Foreign Relations of the United States, letters
// and articles. What the edition tags it takes from the tags: documents,
// correspondents, dates, notes and their numbers, pages, names. What the words
// say beyond that is left to indexer/annotate.
//
// Start at Read, which goes through the file once. elements.go says what each
// element does, stretch.go makes lines and blocks of text, documents.go keeps
// what the tags tell of a document, dates.go reads and doubts their dates.
//
// No text is lost: what stands in an element that the package does not know is
// text of the block around it. Kept out are the header, running heads (fw),
// page numbers in the margin, and of two encodings of the same words (choice,
// app) the one that is not printed; these are listed as furniture.
package tei

import (
	"bufio"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"ibid/indexer/block"
)

// Options are what an editor knows of a source file. The zero value knows nothing.
type Options struct {
	FirstPage string // printed label of the page on which the text begins, before the first page break
}

// ErrEmpty says that a source holds no text.
var ErrEmpty = errors.New("the source holds no text: its <text> is empty or missing")

// maxDepth bounds how deep elements may lie in each other. The volumes of
// Foreign Relations reach 17.
const maxDepth = 256

// maxToken bounds the bytes of one tag, comment or stretch of text between tags. The longest
// of the volumes of Foreign Relations has 8,000.
const maxToken = 4 << 20

// errToken says that a token is longer than maxToken.
var errToken = fmt.Errorf("a tag, comment or stretch of text without a tag goes on for more than %d MB from here; end it where it should end", maxToken>>20)

// A tokens reader fails in the middle of a token that is too long: the decoder keeps a whole one in memory.
type tokens struct {
	*bufio.Reader
	left int // bytes that the token under reading may still have
}

// ReadByte is what the decoder reads by.
func (t *tokens) ReadByte() (byte, error) {
	if t.left--; t.left < 0 {
		return 0, errToken
	}
	return t.Reader.ReadByte()
}

// Read reads a TEI file into blocks. Every word of the text is in exactly one
// block or in the furniture, on the line of the file where it begins: a word
// that a tag divides over two lines stands on the first. White space within a
// line is a single space. Memory grows with the text and not with the markup.
//
// It returns ErrEmpty if there is no text, and an error with the line if the
// file is not well-formed XML, is no TEI, declares entities of its own (they
// could name other files or unfold without end), nests elements too deep or has a tag,
// comment or stretch of text too long.
func Read(src io.Reader, opt Options) (*block.Source, error) {
	in := bufio.NewReaderSize(src, 64<<10)
	if err := skipMark(in); err != nil {
		return nil, err
	}
	r := &reader{
		in: &tokens{Reader: in}, page: opt.FirstPage, seq: -1, last: -1,
		out: &block.Source{Edition: true, Persons: map[string]string{}},
	}
	r.dec = xml.NewDecoder(r.in)
	r.dec.Entity = xml.HTMLEntity // constants: &mdash; and the like, as older files have them
	r.stretches = []*stretch{newStretch(block.Paragraph, "")}
	if err := r.readAll(); err != nil {
		return nil, err
	}
	r.settleDates()
	if len(r.out.Blocks) == 0 {
		return nil, ErrEmpty
	}
	slices.SortStableFunc(r.out.Problems, func(a, b block.Problem) int { return a.Line - b.Line })
	return r.out, nil
}

// skipMark goes over the byte order mark of UTF-8 and refuses those of UTF-16.
func skipMark(in *bufio.Reader) error {
	head, err := in.Peek(3)
	if err != nil && err != io.EOF {
		return fmt.Errorf("read: %w", err)
	}
	switch s := string(head); {
	case s == "\xef\xbb\xbf":
		_, err = in.Discard(3)
		return err
	case strings.HasPrefix(s, "\xff\xfe"), strings.HasPrefix(s, "\xfe\xff"):
		return errors.New("the file is UTF-16; convert it to UTF-8")
	}
	return nil
}

// A reader goes through a file once.
type reader struct {
	in        *tokens
	dec       *xml.Decoder
	out       *block.Source
	open      []*element // from the root inwards
	stretches []*stretch // the running text and, while one is open, the notes in it
	captures  []*capture
	docs      []*document             // those that are open, an enclosure above its document
	read      []*document             // all, for settleDates
	ids       map[string]int          // identifiers of documents -> how often they came
	inner     map[*block.Document]int // documents in a document that have no identifier
	last      int                     // index of the last block that is no note, -1 before
	letter    *document               // what the header tells of the letter that the file holds
	title     string                  // of the file, by its header
	section   string
	page      string
	line, col int // where the token under reading begins: 1-based line, 0-based byte
	number    int // line on which the last word began
	seq       int // ordinal of that line among those on which words begin
	grouped   int // open elements that make one block of what is in them
}

func (r *reader) readAll() error {
	for {
		line, col := r.dec.InputPos()
		r.line, r.col, r.in.left = line, col-1, maxToken
		token, err := r.dec.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			return r.syntax(err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			err = r.start(t)
		case xml.EndElement:
			r.end()
		case xml.CharData:
			r.text(string(t))
		case xml.Directive:
			err = r.directive(t)
		}
		if err != nil {
			return err
		}
	}
	if r.seq < 0 && r.out.LineCount == 0 && r.ids == nil {
		return fmt.Errorf("the file holds no element <TEI>; a source of format tei is a TEI P5 file")
	}
	r.flush()
	r.out.LineCount, _ = r.dec.InputPos()
	return nil
}

// syntax words an error of the XML decoder.
func (r *reader) syntax(err error) error {
	var bad *xml.SyntaxError
	if errors.As(err, &bad) {
		hint := "correct the file there"
		if strings.HasPrefix(bad.Msg, "invalid character entity") {
			hint = "write the character itself"
		}
		return fmt.Errorf("line %d: not well-formed XML: %.200s; %s", bad.Line, bad.Msg, hint)
	}
	line, _ := r.dec.InputPos()
	if errors.Is(err, errToken) {
		line = r.line
	}
	if strings.Contains(err.Error(), "CharsetReader") {
		return fmt.Errorf("line %d: the file is not in UTF-8, as its first line says; convert it to UTF-8", line)
	}
	return fmt.Errorf("line %d: %w", line, err)
}

var entityDeclaration = regexp.MustCompile(`<!\s*ENTITY`)

func (r *reader) directive(d xml.Directive) error {
	if entityDeclaration.Match(d) || strings.HasPrefix(string(d), "ENTITY") {
		return fmt.Errorf("line %d: the file declares entities of its own, which are not read here; write the characters out and remove the declarations", r.line)
	}
	return nil
}

// rootNames are the elements that a TEI file may begin with.
var rootNames = []string{"TEI", "TEI.2", "teiCorpus", "teiCorpus.2"}

func (r *reader) start(t xml.StartElement) error {
	name := t.Name.Local
	if len(r.open) == 0 {
		if !slices.Contains(rootNames, name) {
			return fmt.Errorf("line %d: the file begins with <%.60s>, not with <TEI>; a source of format tei is a TEI P5 file", r.line, name)
		}
		r.ids, r.inner = map[string]int{}, map[*block.Document]int{}
	}
	if len(r.open) >= maxDepth {
		return fmt.Errorf("line %d: <%.60s> lies in %d other elements; at most %d are read", r.line, name, len(r.open), maxDepth)
	}
	e := &element{name: name, line: r.line, section: r.section, attrs: attributes(t.Attr)}
	if n := len(r.open); n > 0 {
		e.parent = r.open[n-1]
	}
	e.role = roleOf(e)
	r.open = append(r.open, e)
	r.enter(e)
	return nil
}

func (r *reader) end() {
	e := r.open[len(r.open)-1]
	r.leave(e)
	r.open = r.open[:len(r.open)-1]
}

// attributes gives the attributes by local name: xml:id as "id".
func attributes(list []xml.Attr) map[string]string {
	if len(list) == 0 {
		return nil
	}
	m := make(map[string]string, len(list))
	for _, a := range list {
		m[a.Name.Local] = strings.TrimSpace(a.Value)
	}
	return m
}
