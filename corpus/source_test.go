package corpus

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"io"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

func zipped(t *testing.T, data []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	if _, err := z.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestReadSource(t *testing.T) {
	fsys := folder(good)
	fsys["a.txt.gz"] = &fstest.MapFile{Data: zipped(t, []byte("Packed."))}
	fsys["bad.gz"] = &fstest.MapFile{Data: []byte("Text.")}
	fsys["cut.gz"] = &fstest.MapFile{Data: zipped(t, []byte("Packed."))[:12]}
	fsys["docs/2.md"] = &fstest.MapFile{Data: []byte("two")}
	fsys["docs/in/1.md"] = &fstest.MapFile{Data: []byte("one")}
	fsys["docs/.hidden.md"] = &fstest.MapFile{Data: []byte("no")}
	fsys["docs/x.png"] = &fstest.MapFile{Data: []byte("no")}
	for _, tt := range []struct{ path, want, fault string }{
		{"a.txt.gz", "Packed.", ""},
		{"one.txt", "Text.\n", ""},
		{"bad.gz", "", "no gzip file"},
		{"cut.gz", "", "damaged"},
		{"dir", "", "no file whose name ends in .md"},
	} {
		data, err := readAll(fsys, tt.path, maxSource)
		if string(data) != tt.want || (err == nil) != (tt.fault == "") || err != nil && !strings.Contains(err.Error(), tt.fault) {
			t.Errorf("open(%q) = %q, %v, want %q, %s", tt.path, data, err, tt.want, tt.fault)
		}
	}
	data, err := readAll(fsys, "docs", maxSource)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for r := tar.NewReader(bytes.NewReader(data)); ; {
		h, err := r.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, h.Name+"="+string(text))
	}
	if want := []string{"2.md=two", "in/1.md=one"}; !slices.Equal(got, want) {
		t.Errorf("the folder holds %q, want %q", got, want)
	}
	again, err := readAll(fsys, "docs", maxSource)
	if err != nil || !bytes.Equal(data, again) {
		t.Errorf("the same folder gives other bytes, %v", err)
	}
}

// readAll reads what open opens.
func readAll(fsys fs.FS, name string, limit int64) ([]byte, error) {
	in, err := open(fsys, name, limit)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	data, err := io.ReadAll(in)
	if err != nil {
		return nil, err
	}
	return data, nil
}

func TestOpenBound(t *testing.T) {
	fsys := fstest.MapFS{"bomb.gz": {Data: zipped(t, make([]byte, 1<<20))}, "long": {Data: make([]byte, 1<<20)}}
	for name, want := range map[string]string{"bomb.gz": "when unpacked", "long": "larger than 0 MB"} {
		if _, err := readAll(fsys, name, 1<<16); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("reading %s behind its limit = %v, want %q", name, err, want)
		}
		if data, err := readAll(fsys, name, 1<<20); err != nil || len(data) != 1<<20 {
			t.Errorf("reading %s to the limit = %d bytes, %v", name, len(data), err)
		}
	}
}

// What no text unpacks to is refused long before it fills the memory; a plain text is held
// whole, so it may be less long than an edition.
func TestOpenBomb(t *testing.T) {
	bomb := zipped(t, make([]byte, 40<<20))
	fsys := fstest.MapFS{"bomb.gz": {Data: bomb}, "long.txt": {Data: make([]byte, 65<<20)}}
	if _, err := readAll(fsys, "bomb.gz", maxSource); err == nil || !strings.Contains(err.Error(), "more than 16 MB, as no text") {
		t.Errorf("%d bytes that unpack to 40 MB: %v", len(bomb), err)
	}
	c := &Corpus{Manifest: &Manifest{}, sources: fsys}
	if _, err := c.ReadSource(Source{ID: "long", Path: "long.txt", Format: Text}); err == nil || !strings.Contains(err.Error(), "larger than 64 MB") {
		t.Errorf("a text of 65 MB: %v", err)
	}
	if data, err := c.ReadSource(Source{ID: "long", Path: "long.txt", Format: TEI}); err != nil || len(data) != 65<<20 {
		t.Errorf("an edition of 65 MB: %d bytes, %v", len(data), err)
	}
}

func TestFields(t *testing.T) {
	source := `  - {id: one, path: one.txt, format: text, first_page: "1", sections: {I: spring}}`
	for manifest, want := range map[string]string{
		`  - {id: one, path: dir, format: markdown, sections: {I: spring}, fields: {title: title, archive: refs.reference}}`: "",
		`  - {id: one, path: dir, format: markdown, sections: {I: spring}, fields: {titel: title}}`:                          `field "titel" is not known; did you mean "title"?`,
		`  - {id: one, path: dir, format: markdown, sections: {I: spring}, fields: {title: ""}}`:                             "names no key",
		`  - {id: one, path: one.txt, format: text, sections: {I: spring}, fields: {title: title}}`:                          "format: markdown",
		`  - {id: one, path: l.jsonl, format: text, sections: {I: spring}, fields: {pages: pages, url: link}}`:               "",
		`  - {id: one, path: l.jsonl, format: text, sections: {I: spring}, fields: {title: title}}`:                          "which key tells the pages",
		`  - {id: one, path: l.jsonl, format: text, sections: {I: spring}, fields: {pages: pages, order: n}}`:                `field "order" is not known`,
	} {
		fsys := folder(strings.Replace(good, source, manifest, 1))
		fsys["l.jsonl"] = &fstest.MapFile{Data: []byte("{}")}
		_, err := Load(fsys, "demo")
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("Load with %s = %v, want %q", manifest, err, want)
		}
	}
}
