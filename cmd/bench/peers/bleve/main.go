// Command ibid-bench-bleve measures bleve with its own facets and highlighter on the
// passages and queries of ibid's bench: ibid-bench-bleve FOLDER SECONDS.
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/custom"
	"github.com/blevesearch/bleve/v2/analysis/lang/en"
	"github.com/blevesearch/bleve/v2/analysis/token/lowercase"
	"github.com/blevesearch/bleve/v2/analysis/tokenizer/whitespace"
	"github.com/blevesearch/bleve/v2/mapping"
	"github.com/blevesearch/bleve/v2/search/query"
)

type passage struct {
	ID      string   `json:"id"`
	Terms   string   `json:"terms"`
	Text    string   `json:"text"`
	Kind    string   `json:"kind"`
	Source  string   `json:"source"`
	Phase   string   `json:"phase"`
	Actors  []string `json:"actors"`
	Speaker string   `json:"speaker"`
	Medium  string   `json:"medium"`
	Day     int      `json:"day"`
	Year    int      `json:"year"`
}

type benchQuery struct {
	Class string   `json:"class"`
	Words []string `json:"words"`
	Actor string   `json:"actor"`
	From  int      `json:"from"`
	To    int      `json:"to"`
}

// built and latency are the shapes of the bench.
type built struct {
	Seconds float64 `json:"seconds"`
	CPU     float64 `json:"cpu"`
	Bytes   int64   `json:"bytes"`
	Text    int64   `json:"text"`
	PeakOwn int64   `json:"own"`
	Count   int     `json:"count"`
}

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: ibid-bench-bleve FOLDER SECONDS")
		os.Exit(2)
	}
	seconds, err := strconv.ParseFloat(os.Args[2], 64)
	if err == nil {
		err = run(os.Args[1], time.Duration(seconds*float64(time.Second)))
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "ibid-bench-bleve:", err)
		os.Exit(1)
	}
}

func run(dir string, most time.Duration) error {
	path := filepath.Join(dir, "bleve")
	made, err := build(dir, path)
	if err != nil {
		return err
	}
	var queries []benchQuery
	if err := readJSON(filepath.Join(dir, "queries.json"), &queries); err != nil {
		return err
	}
	begun := time.Now()
	ix, err := bleve.OpenUsing(path, map[string]any{"read_only": true, "bolt_timeout": "2s"})
	if err != nil {
		return err
	}
	defer ix.Close()
	if _, err := ix.Search(request(queries[0], true)); err != nil {
		return err
	}
	r := newResult(made, time.Since(begun).Seconds())
	if err := r.classes(ix, queries); err != nil {
		return err
	}
	for _, clients := range []int{1, 2, 8} {
		rate, err := throughput(ix, queries, clients, most)
		if err != nil {
			return err
		}
		r.Throughput[strconv.Itoa(clients)] = rate
	}
	r.Own, r.Resident = status("RssAnon"), status("VmRSS")
	return writeJSON(filepath.Join(dir, "result-bleve.json"), r)
}

// indexMapping has the text twice, as it stands and stemmed, as ibid has.
func indexMapping() (*mapping.IndexMappingImpl, error) {
	m := bleve.NewIndexMapping()
	for name, filters := range map[string][]string{"exact": nil, "stem": {lowercase.Name, en.SnowballStemmerName}} {
		filter := []any{}
		for _, f := range filters {
			filter = append(filter, f)
		}
		if err := m.AddCustomAnalyzer(name, map[string]any{"type": custom.Name, "tokenizer": whitespace.Name, "token_filters": filter}); err != nil {
			return nil, err
		}
	}
	d := bleve.NewDocumentStaticMapping()
	exact, stem := bleve.NewTextFieldMapping(), bleve.NewTextFieldMapping()
	exact.Analyzer, exact.Store, exact.DocValues, exact.IncludeInAll, exact.IncludeTermVectors = "exact", true, false, false, true
	stem.Name, stem.Analyzer, stem.Store, stem.DocValues, stem.IncludeInAll, stem.IncludeTermVectors = "stem", "stem", false, false, false, false
	d.AddFieldMappingsAt("terms", exact, stem)
	for _, f := range []string{"kind", "source", "phase", "actors", "speaker", "medium", "year"} {
		k := bleve.NewKeywordFieldMapping()
		k.Store, k.IncludeInAll, k.IncludeTermVectors = false, false, false
		d.AddFieldMappingsAt(f, k)
	}
	day := bleve.NewNumericFieldMapping()
	day.Store, day.IncludeInAll, day.DocValues = false, false, false
	d.AddFieldMappingsAt("day", day)
	m.DefaultMapping = d
	m.StoreDynamic, m.IndexDynamic, m.DocValuesDynamic = false, false, false
	m.ScoringModel = "bm25"
	return m, nil
}

// build builds once; what it came to stays beside the index.
func build(dir, path string) (made built, err error) {
	note := path + ".json"
	if err := readJSON(note, &made); err == nil {
		return made, nil
	}
	if err := os.RemoveAll(path); err != nil {
		return made, err
	}
	m, err := indexMapping()
	if err != nil {
		return made, err
	}
	begun, cpu := time.Now(), processTime()
	b, err := bleve.NewBuilder(path, m, map[string]any{"batchSize": 1000, "buildPathPrefix": dir})
	if err != nil {
		return made, err
	}
	if err := each(filepath.Join(dir, "peers.jsonl"), func(p *passage) error {
		made.Count++
		made.Text += int64(len(p.Text))
		made.PeakOwn = max(made.PeakOwn, sometimes(made.Count))
		return b.Index(p.ID, map[string]any{
			"terms": p.Terms, "kind": p.Kind, "source": p.Source, "phase": p.Phase, "actors": p.Actors, "speaker": p.Speaker,
			"medium": p.Medium, "year": strconv.Itoa(p.Year), "day": float64(p.Day),
		})
	}); err != nil {
		return made, errors.Join(err, b.Close())
	}
	if err := b.Close(); err != nil {
		return made, err
	}
	made.Seconds, made.CPU = time.Since(begun).Seconds(), (processTime() - cpu).Seconds()
	if made.Bytes, err = folderSize(path); err != nil {
		return made, err
	}
	return made, writeJSON(note, made)
}

func sometimes(n int) int64 {
	if n%500 != 0 {
		return 0
	}
	return status("RssAnon")
}

func each(name string, visit func(*passage) error) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	for d := json.NewDecoder(bufio.NewReaderSize(f, 1<<20)); ; {
		p := new(passage)
		err := d.Decode(p)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err == nil {
			err = visit(p)
		}
		if err != nil {
			return err
		}
	}
}

// request makes bleve's request of a query. Plain rows of words are not bleve's.
func request(q benchQuery, full bool) *bleve.SearchRequest {
	r := bleve.NewSearchRequestOptions(filtered(words(q), q), 10, 0, false)
	if !full {
		return r
	}
	for _, f := range []string{"kind", "source", "phase", "actors", "speaker", "medium", "year"} {
		r.AddFacet(f, bleve.NewFacetRequest(f, 200))
	}
	r.Highlight = bleve.NewHighlightWithStyle("html")
	r.Highlight.AddField("terms")
	return r
}

func words(q benchQuery) query.Query {
	var terms []query.Query
	for _, w := range q.Words {
		t := bleve.NewTermQuery(w)
		t.SetField("terms")
		terms = append(terms, t)
	}
	switch q.Class {
	case "any of 3", "filtered":
		return bleve.NewDisjunctionQuery(terms...)
	case "phrase":
		return query.NewPhraseQuery(q.Words, "terms")
	case "prefix":
		p := bleve.NewPrefixQuery(q.Words[0])
		p.SetField("terms")
		return p
	case "fuzzy":
		f := bleve.NewFuzzyQuery(q.Words[0])
		f.SetField("terms")
		f.SetFuzziness(1)
		return f
	}
	if len(terms) == 1 {
		return terms[0]
	}
	return bleve.NewConjunctionQuery(terms...)
}

func filtered(q query.Query, of benchQuery) query.Query {
	all := []query.Query{q}
	if of.Actor != "" {
		t := bleve.NewTermQuery(of.Actor)
		t.SetField("actors")
		all = append(all, t)
	}
	if of.From > 0 {
		from, to, yes := float64(of.From), float64(of.To), true
		n := bleve.NewNumericRangeInclusiveQuery(&from, &to, &yes, &yes)
		n.SetField("day")
		all = append(all, n)
	}
	if len(all) == 1 {
		return q
	}
	return bleve.NewConjunctionQuery(all...)
}

// throughput asks full requests from so many clients at once.
func throughput(ix bleve.Index, queries []benchQuery, clients int, most time.Duration) (float64, error) {
	runtime.GC()
	var next, done atomic.Int64
	var failed atomic.Pointer[error]
	var wait sync.WaitGroup
	begun := time.Now()
	for range clients {
		wait.Go(func() {
			for time.Since(begun) < most && failed.Load() == nil {
				q := queries[int(next.Add(1)-1)%len(queries)]
				if q.Class == "plain" || q.Class == "fuzzy" { // which other engines do not have
					continue
				}
				if _, err := ix.Search(request(q, true)); err != nil {
					failed.Store(&err)
					return
				}
				done.Add(1)
			}
		})
	}
	wait.Wait()
	if err := failed.Load(); err != nil {
		return 0, *err
	}
	return float64(done.Load()) / time.Since(begun).Seconds(), nil
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
			if n, err := strconv.ParseInt(strings.Fields(value)[0], 10, 64); err == nil {
				return n * 1024
			}
		}
	}
	return 0
}

func readJSON(name string, v any) error {
	data, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	return json.Unmarshal(data, v)
}

func writeJSON(name string, v any) error {
	data, err := json.MarshalIndent(v, "", " ")
	if err != nil {
		return err
	}
	return os.WriteFile(name, append(data, '\n'), 0o644)
}
