package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"ibid/corpus"
	"ibid/indexer"
)

// built is what building an index came to, for every engine.
type built struct {
	Seconds float64 `json:"seconds"`
	CPU     float64 `json:"cpu"`   // seconds of the processor, those of all threads
	Bytes   int64   `json:"bytes"` // of the index
	Text    int64   `json:"text"`  // bytes of the texts
	PeakRSS int64   `json:"peak"`  // bytes, files that are mapped included
	PeakOwn int64   `json:"own"`   // bytes of memory of its own, the largest seen
	Count   int     `json:"count"` // passages
}

// build indexes the passages in as much memory as ibid index takes if nothing else is said.
func build(cfg config) error {
	defer indexer.LimitMemory(indexer.DefaultMemory)()
	dir := filepath.Join(cfg.Dir, indexName)
	var text int64
	stop := make(chan struct{})
	own := watchOwn(stop)
	begun, cpu := time.Now(), processTime()
	err := indexer.WriteFrom(context.Background(), dir, benchManifest(), readPassages(filepath.Join(cfg.Dir, passagesName), &text), "bench-"+strconv.Itoa(cfg.N), nil)
	if err != nil {
		return err
	}
	b := built{Seconds: time.Since(begun).Seconds(), CPU: (processTime() - cpu).Seconds(), Text: text, PeakRSS: status("VmHWM"), Count: cfg.N}
	close(stop)
	b.PeakOwn = <-own
	if b.Bytes, err = folderSize(dir); err != nil {
		return err
	}
	return writeJSON(filepath.Join(cfg.Dir, builtName), b)
}

// benchManifest is the manifest of the made passages.
func benchManifest() *corpus.Manifest {
	m := &corpus.Manifest{ID: "bench", Title: "Bench", DefaultYear: firstYear}
	for i := range sourceCount {
		id := fmt.Sprintf("volume%03d", i)
		m.Sources = append(m.Sources, corpus.Source{ID: id, Path: id, Format: corpus.Text, Reference: corpus.Reference{Title: "Volume " + strconv.Itoa(i)}})
	}
	for i := range actorCount {
		id := fmt.Sprintf("actor%03d", i)
		m.Actors = append(m.Actors, corpus.Actor{ID: id, Name: "Family" + id + ", Given", Kind: corpus.Person})
	}
	for i := range phaseCount {
		first, last := firstYear+i*yearCount/phaseCount, firstYear+(i+1)*yearCount/phaseCount-1
		m.Phases = append(m.Phases, corpus.Phase{ID: fmt.Sprintf("phase%d", i), Label: fmt.Sprintf("Phase %d", i+1), From: fmt.Sprintf("%d-01-01", first), To: fmt.Sprintf("%d-12-31", last)})
	}
	return m
}

// readPassages reads passages, and adds up the bytes of their texts.
func readPassages(name string, text *int64) iter.Seq2[*corpus.Passage, error] {
	return func(yield func(*corpus.Passage, error) bool) {
		f, err := os.Open(name)
		if err != nil {
			yield(nil, err)
			return
		}
		defer f.Close()
		for d := json.NewDecoder(bufio.NewReaderSize(f, 1<<20)); ; {
			p := new(corpus.Passage)
			err := d.Decode(p)
			if errors.Is(err, io.EOF) {
				return
			}
			if *text += int64(len(p.Text)); !yield(p, err) || err != nil {
				return
			}
		}
	}
}

func folderSize(dir string) (int64, error) {
	var n int64
	err := filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err == nil {
			n += info.Size()
		}
		return err
	})
	return n, err
}

// status returns a field of /proc/self/status in bytes, 0 where there is none.
func status(field string) int64 {
	data, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	for line := range strings.SplitSeq(string(data), "\n") {
		if value, ok := strings.CutPrefix(line, field+":"); ok {
			n, err := strconv.ParseInt(strings.Fields(value)[0], 10, 64)
			if err == nil {
				return n * 1024
			}
		}
	}
	return 0
}

// watchOwn looks five times a second at the memory that is no mapped file, until stop is
// closed, and then sends the most it saw.
func watchOwn(stop chan struct{}) <-chan int64 {
	out := make(chan int64, 1)
	go func() {
		most := int64(0)
		for tick := time.NewTicker(200 * time.Millisecond); ; {
			select {
			case <-tick.C:
				most = max(most, status("RssAnon"))
			case <-stop:
				out <- max(most, status("RssAnon"))
				return
			}
		}
	}()
	return out
}
