package corpus

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"
)

// maxFiles bounds how many files the folder of a source may hold.
const maxFiles = 200_000

// OpenSource opens a source of the manifest: its file, unpacked as it is read if
// the name ends in .gz or .tgz, or a tar archive of its folder. The same files
// give the same bytes. Reading fails behind 64 MB of plain text, 1 GB of an edition or 16 GB
// of JSON lines, which are never held whole, and where a packed file unpacks to more than text can. Errors name the source and say what to do.
func (c *Corpus) OpenSource(s Source) (io.ReadCloser, error) {
	limit := int64(maxSource)
	switch {
	case s.Articles():
		limit = maxArticles
	case s.Format == Text:
		limit = maxText
	}
	what := fmt.Sprintf("source %q: %s", s.ID, s.Path)
	in, err := open(c.sources, s.Path, limit)
	if err != nil {
		return nil, fmt.Errorf("%s: %s", what, cause(err))
	}
	return &namedReader{in, what}, nil
}

// ReadSource returns the bytes that OpenSource gives.
func (c *Corpus) ReadSource(s Source) ([]byte, error) {
	in, err := c.OpenSource(s)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	return io.ReadAll(in)
}

// A namedReader names the source in the errors of reading it.
type namedReader struct {
	io.ReadCloser
	what string
}

func (r *namedReader) Read(p []byte) (int, error) {
	n, err := r.ReadCloser.Read(p)
	if err != nil && err != io.EOF {
		err = fmt.Errorf("%s: %s", r.what, cause(err))
	}
	return n, err
}

// Digest returns a digest of the manifest, of every source and of every authority
// file: the same for the same bytes, another for any change.
func (c *Corpus) Digest() (string, error) {
	h := sha256.New()
	fmt.Fprintf(h, "%d:%s", len(c.raw), c.raw)
	for _, s := range c.Manifest.Sources {
		sum, err := c.SourceDigest(s)
		if err != nil {
			return "", err
		}
		fmt.Fprintf(h, "%q %s\n", s.ID, sum)
	}
	sum, err := c.AuthorityDigest()
	if err != nil {
		return "", err
	}
	h.Write([]byte(sum))
	return hex.EncodeToString(h.Sum(nil)), nil
}

// SourceDigest returns a digest of the files of a source as they lie in the
// folder: of a packed one, of the packed bytes. Of a source that cannot be read it is
// one of the fault, which reading the source tells.
func (c *Corpus) SourceDigest(s Source) (string, error) {
	sum, err := digest(c.sources, s.Path)
	if err != nil {
		fault := sha256.Sum256([]byte("cannot be read: " + cause(err)))
		return hex.EncodeToString(fault[:]), nil
	}
	return sum, nil
}

// SourceSize estimates how many bytes OpenSource gives, for progress and for the
// memory that reading takes: packed text of a language unpacks to about five
// times its size.
func (c *Corpus) SourceSize(s Source) int64 {
	var n int64
	err := fs.WalkDir(c.sources, s.Path, func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err == nil {
			n += info.Size()
		}
		return err
	})
	if err != nil {
		return 0 // it cannot be read, as reading it will tell
	}
	if isPacked(s.Path) {
		n *= 5
	}
	return n
}

func isPacked(name string) bool {
	ext := strings.ToLower(path.Ext(name))
	return ext == ".gz" || ext == ".tgz"
}

func digest(fsys fs.FS, name string) (string, error) {
	info, err := fs.Stat(fsys, name)
	if err != nil {
		return "", err
	}
	var in io.Reader
	if info.IsDir() {
		data, err := packFolder(fsys, name, maxSource)
		if err != nil {
			return "", err
		}
		in = bytes.NewReader(data)
	} else {
		f, err := openFile(fsys, name)
		if err != nil {
			return "", err
		}
		defer f.Close()
		in = f
	}
	h := sha256.New()
	if _, err := io.Copy(h, in); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// open opens a file, unpacked if it is packed, or packs a folder. Reading fails
// behind limit bytes.
func open(fsys fs.FS, name string, limit int64) (io.ReadCloser, error) {
	info, err := fs.Stat(fsys, name)
	if err != nil {
		return nil, err
	}
	if info.IsDir() {
		data, err := packFolder(fsys, name, limit)
		return io.NopCloser(bytes.NewReader(data)), err
	}
	f, err := openFile(fsys, name)
	if err != nil {
		return nil, err
	}
	if !isPacked(name) {
		return &bounded{f, f, limit, limit, "it is larger than %d MB", nil}, nil
	}
	z, err := gzip.NewReader(f)
	if err != nil {
		f.Close()
		return nil, errors.New("it is no gzip file, as its name says; unpack or rename it")
	}
	tooLarge := "it is larger than %d MB when unpacked"
	if most := max(sureSize, maxUnpacked*info.Size()); most < limit {
		limit, tooLarge = most, "it unpacks to more than %d MB, as no text of its size does; make it anew"
	}
	return &bounded{z, f, limit, limit, tooLarge, func(err error) error {
		return fmt.Errorf("it is damaged: %w; pack it anew", err)
	}}, nil
}

func openFile(fsys fs.FS, name string) (fs.File, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() {
		f.Close()
		return nil, errors.Join(err, errors.New("it is not a file"))
	}
	return f, nil
}

// A bounded reader gives at most limit bytes and fails where there are more.
type bounded struct {
	in          io.Reader
	file        io.Closer
	left, limit int64
	tooLarge    string            // with the limit in MB
	wrap        func(error) error // says what an error of in means; nil if nothing
}

func (b *bounded) Read(p []byte) (int, error) {
	n, err := b.in.Read(p)
	if b.left -= int64(n); b.left < 0 {
		return 0, fmt.Errorf(b.tooLarge, b.limit>>20)
	}
	if err != nil && err != io.EOF && b.wrap != nil {
		err = b.wrap(err)
	}
	return n, err
}

func (b *bounded) Close() error { return b.file.Close() }

// packFolder makes a tar archive of the Markdown files of a folder and its
// folders, by name, of at most limit bytes. Hidden files are left out; nothing
// but name and content goes into the archive, so that it does not change with
// times and owners.
func packFolder(fsys fs.FS, dir string, limit int64) ([]byte, error) {
	var out bytes.Buffer
	w := tar.NewWriter(&out)
	files := 0
	err := fs.WalkDir(fsys, dir, func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case strings.HasPrefix(d.Name(), ".") && name != dir && d.IsDir():
			return fs.SkipDir
		case d.IsDir(), strings.HasPrefix(d.Name(), "."), !isMarkdown(d.Name()):
			return nil
		}
		if files++; files > maxFiles {
			return fmt.Errorf("it holds more than %d files", maxFiles)
		}
		data, err := readFile(fsys, name, limit-int64(out.Len()))
		if err != nil {
			return fmt.Errorf("%s: %s", name, cause(err))
		}
		inside := strings.TrimPrefix(strings.TrimPrefix(name, dir), "/")
		if err := w.WriteHeader(&tar.Header{Typeflag: tar.TypeReg, Name: inside, Size: int64(len(data)), Mode: 0o644}); err != nil {
			return err
		}
		_, err = w.Write(data)
		return err
	})
	if err != nil {
		return nil, err
	}
	if files == 0 {
		return nil, errors.New("the folder holds no file whose name ends in .md")
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

func isMarkdown(name string) bool {
	ext := strings.ToLower(path.Ext(name))
	return ext == ".md" || ext == ".markdown"
}
