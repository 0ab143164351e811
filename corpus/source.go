package corpus

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"
)

// maxFiles bounds how many files the folder of a source may hold.
const maxFiles = 200_000

// readSource reads the file or folder of a source. The same files give the same
// bytes.
func readSource(fsys fs.FS, name string) ([]byte, error) {
	info, err := fs.Stat(fsys, name)
	if err != nil {
		return nil, err
	}
	if info.IsDir() {
		return packFolder(fsys, name, maxSource)
	}
	data, err := readFile(fsys, name, maxSource)
	if err != nil {
		return nil, err
	}
	if ext := strings.ToLower(path.Ext(name)); ext == ".gz" || ext == ".tgz" {
		return unzip(data, maxSource)
	}
	return data, nil
}

// unzip unpacks gzip to at most limit bytes.
func unzip(data []byte, limit int64) ([]byte, error) {
	z, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, errors.New("it is no gzip file, as its name says; unpack or rename it")
	}
	out, err := io.ReadAll(io.LimitReader(z, limit+1))
	if err != nil {
		return nil, fmt.Errorf("it is damaged: %w; pack it anew", err)
	}
	if int64(len(out)) > limit {
		return nil, fmt.Errorf("it is larger than %d MB when unpacked", limit>>20)
	}
	return out, nil
}

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
