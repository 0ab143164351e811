// Package articles reads JSON lines, one article a line with what is known of it
// and its text by pages, as digitisers of journals give them away. It takes a
// line apart; the text is for the reader of plain text (indexer/plain) and what
// the keys mean is for the manifest to tell (Options.Fields).
package articles

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"

	"ibid/corpus"
	"ibid/corpus/edtf"
	"ibid/indexer/block"
)

// Options are what an editor knows of a source.
type Options struct {
	Fields map[string]string // corpus.ArticleFields -> key, as corpus.Source.Fields
}

// An Article is one line of a source.
type Article struct {
	Line      int            // 1-based line of the file
	Document  block.Document // what the line tells of the article
	Section   string         // what the article belongs to, as a volume; "" if not told
	Language  string         // BCP 47; "" if not told
	FirstPage string         // printed label of its first page; "" if not told
	Pages     int            // pages, those without text too
	Text      []byte         // the pages in order, each but the first after a form feed
	Problems  []block.Problem
}

// maxLine bounds a line, so that a wrong file is an error and not a full memory.
const maxLine = 64 << 20 // bytes

// Read reads a source line by line; only one line is in memory. Blank lines are
// skipped. It ends with an error, which names the line, where one is no JSON
// object, is too long or tells no text and no title, or in fails.
func Read(in io.Reader, opt Options) iter.Seq2[*Article, error] {
	return func(yield func(*Article, error) bool) {
		lines := bufio.NewReaderSize(in, 1<<16)
		ids := map[string]int{}
		for n := 1; ; n++ {
			line, err := readLine(lines)
			if err == io.EOF && len(line) == 0 {
				return
			}
			if err != nil && err != io.EOF {
				yield(nil, fmt.Errorf("line %d: %w", n, err))
				return
			}
			if len(strings.TrimSpace(string(line))) > 0 {
				a, err := read(line, n, opt, ids)
				if err != nil {
					yield(nil, fmt.Errorf("line %d: %w", n, err))
					return
				}
				if !yield(a, nil) {
					return
				}
			}
			if err == io.EOF {
				return
			}
		}
	}
}

// readLine reads a line of at most maxLine bytes.
func readLine(in *bufio.Reader) ([]byte, error) {
	var line []byte
	for {
		part, err := in.ReadSlice('\n')
		line = append(line, part...)
		switch {
		case len(line) > maxLine:
			return nil, fmt.Errorf("it is longer than %d MB; is this a file of JSON lines?", maxLine>>20)
		case !errors.Is(err, bufio.ErrBufferFull):
			return line, err
		}
	}
}

// read makes an article of a line.
func read(line []byte, n int, opt Options, ids map[string]int) (*Article, error) {
	record, err := corpus.ParseRecord([]byte(strings.TrimPrefix(string(line), "\ufeff")))
	if err != nil {
		return nil, err
	}
	told := func(field string) string {
		if opt.Fields[field] == "" {
			return ""
		}
		return strings.Join(record.Values(opt.Fields[field]), "; ")
	}
	a := &Article{Line: n, Section: told("section"), Language: told("language"), FirstPage: told("first_page")}
	pages := record.Raw(opt.Fields["pages"])
	a.Pages, a.Text = len(pages), joinPages(pages)
	a.Document = block.Document{
		ID: identifier(told("id"), n, ids), Number: told("number"), Title: told("title"), From: told("from"), To: told("to"),
		Place: told("place"), Archive: told("archive"), URL: told("url"), File: "line " + strconv.Itoa(n),
	}
	if date := told("date"); date != "" {
		if a.Document.Date = dateOf(date); a.Document.Date == "" {
			a.Problems = append(a.Problems, block.Problem{Line: n, Document: a.Document.ID, Message: fmt.Sprintf("the date %q is not read; write it as 1751 or 1751-05-28", date)})
		}
	}
	if len(strings.TrimSpace(string(a.Text))) == 0 && a.Document.Title == "" {
		return nil, fmt.Errorf("the article has neither text under %q nor a title; correct the manifest's fields or the line", opt.Fields["pages"])
	}
	return a, nil
}

// joinPages puts pages together with form feeds. A form feed inside a page
// would begin another and reads as a line end.
func joinPages(pages []string) []byte {
	var out []byte
	for i, p := range pages {
		if i > 0 {
			out = append(out, '\f')
		}
		out = append(out, strings.ReplaceAll(p, "\f", "\n")...)
		if len(p) > 0 && !strings.HasSuffix(p, "\n") {
			out = append(out, '\n')
		}
	}
	return out
}

// dateOf reads a date in EDTF or as a year, "" if it is none. A year before 1000
// has its zeros.
func dateOf(s string) string {
	if year, err := strconv.Atoi(s); err == nil && year > 0 && year < 10_000 {
		s = fmt.Sprintf("%04d", year)
	}
	if _, err := edtf.Parse(s); err != nil {
		return ""
	}
	return s
}

// identifier makes an identifier that can stand in addresses of the one that a
// line gives, or of the number of the line; one that came before has "-2" and so
// on behind it.
func identifier(told string, n int, ids map[string]int) string {
	id := strings.Trim(strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9', r == '_':
			return r
		}
		return '-'
	}, strings.ToLower(told)), "-_")
	if id == "" {
		id = "line" + strconv.Itoa(n)
	}
	for base := id; ids[id] > 0; {
		ids[base]++
		id = base + "-" + strconv.Itoa(ids[base])
	}
	ids[id]++
	return id
}
