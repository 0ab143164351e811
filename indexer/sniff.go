package indexer

import (
	"bytes"
	"errors"
	"unicode/utf8"
)

// signatures are how files begin that are no plain text, with what to do.
var signatures = []struct{ begins, fault string }{
	{"%PDF-", "it is a PDF and no text; take its text out, for instance with pdftotext"},
	{"PK\x03\x04", "it is a zip archive (as .docx, .odt and .epub are) and no text; save it as plain text in UTF-8"},
	{"\xd0\xcf\x11\xe0", "it is a file of Microsoft Office and no text; save it as plain text in UTF-8"},
	{"{\\rtf", "it is RTF and no plain text; save it as plain text in UTF-8"},
	{"\xff\xfe", "it is UTF-16; save it as UTF-8"},
	{"\xfe\xff", "it is UTF-16; save it as UTF-8"},
	{"\x1f\x8b", "it is packed with gzip; unpack it, or give it a name that ends in .gz"},
}

// Shares of the characters of a file above which it is no text, in percent. A text in Latin-1 or
// Windows-1252 has up to a tenth of letters that are not UTF-8, random bytes have a half of
// control characters and such letters.
const (
	mostNULs     = 1
	mostUnlikely = 30
)

// notText says why bytes are plainly no text, and what to do; nil if they may be one.
func notText(data []byte) error {
	for _, s := range signatures {
		if bytes.HasPrefix(data, []byte(s.begins)) {
			return errors.New(s.fault)
		}
	}
	all, nuls, controls, foreign := 0, 0, 0, 0
	for rest := data; len(rest) > 0; all++ {
		r, size := utf8.DecodeRune(rest)
		switch {
		case r == 0:
			nuls++
		case r == utf8.RuneError && size == 1:
			foreign++
		case isControl(r):
			controls++
		}
		rest = rest[size:]
	}
	switch {
	case nuls*100 > all*mostNULs, (nuls+controls)*100 > all*mostUnlikely:
		return errors.New("it is no text: it has NUL bytes or control characters as programs, pictures and packed files do; give a file of plain text in UTF-8")
	case (nuls+controls+foreign)*100 > all*mostUnlikely:
		return errors.New("it is no text in UTF-8; save it as that, or give another file if it is none")
	}
	return nil
}

// isControl says that a character is none that texts have: tab, the ends of lines and pages,
// and the end of a file of DOS are some.
func isControl(r rune) bool {
	return r < ' ' && r != '\t' && r != '\n' && r != '\v' && r != '\f' && r != '\r' && r != 0x1a || r == 0x7f
}

// isXML says that a file begins as XML, or as TEI without a declaration.
func isXML(data []byte) bool {
	data = bytes.TrimLeft(bytes.TrimPrefix(data, []byte("\ufeff")), " \t\r\n")
	return bytes.HasPrefix(data, []byte("<?xml")) || bytes.HasPrefix(data, []byte("<TEI"))
}
