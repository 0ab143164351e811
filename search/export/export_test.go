package export_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"ibid/corpus"
	"ibid/search/export"
)

func manifest() *corpus.Manifest {
	return &corpus.Manifest{ID: "treaty", Title: "The <Treaty>", Sources: []corpus.Source{
		{ID: "doe", Path: "doe.txt", Format: corpus.Text, Reference: corpus.Reference{Title: "The Treaty & after", Author: []corpus.Name{{Family: "Doe", Given: "Jane"}}}}}}
}

func passages() []*corpus.Passage {
	return []*corpus.Passage{
		{ID: "doe/h01", Kind: corpus.Heading, Source: "doe", Pages: []string{"1"}, Text: "I. <Beginnings>"},
		{ID: "doe/p001", Kind: corpus.Paragraph, Source: "doe", Pages: []string{"1", "2"}, Text: "=SUM(A1), they turned & left. The end.",
			Marks: []corpus.Mark{{At: 0, Line: 3, Page: "1"}, {At: 18, Line: 4, Page: "2"}, {At: 29, Note: "doe/n01"}},
			Repairs: []corpus.Repair{{Printed: "tum|ed", Reading: "turned", Confidence: 0.9, Place: corpus.Place{Start: 15, End: 21}},
				{Printed: "1)", Reading: "", Confidence: 1, Place: corpus.Place{Start: 29, End: 29}}}},
		{ID: "doe/q001", Kind: corpus.Quotation, Source: "doe", Pages: []string{"2"}, Text: "they turned", Within: "doe/p001",
			Nature: corpus.OfDocument, Speaker: "roe", Addressee: "@poe", Date: "1911-05-03", Citations: []corpus.Citation{{ID: "OD 1"}, {ID: "OD 1"}}},
		{ID: "doe/n01", Kind: corpus.Footnote, Source: "doe", Pages: []string{"2"}, Text: "A note\x01 with ]]> and \uFFFE.", Footnote: 1,
			Document: &corpus.EditedDocument{ID: "doe/d1", From: "Moe", To: "Zoe", Date: "1911-06"}},
	}
}

func meta() *export.Meta {
	return &export.Meta{Corpus: "The <Treaty>", Index: "0123", Query: "=turned\n@x{", Understood: "turned", Total: 4,
		Filters: map[string][]string{"kind": {"paragraph", "footnote"}, "from": {"1911"}}, Date: time.Date(2020, 2, 3, 4, 5, 6, 0, time.UTC)}
}

// run exports passages and returns what was written.
func run(t testing.TB, name string, m *export.Meta, list []*corpus.Passage) string {
	t.Helper()
	f, ok := export.ByName(name)
	if !ok {
		t.Fatalf("no format %s", name)
	}
	var b bytes.Buffer
	out := f.Open(&b, manifest(), m)
	for _, p := range list {
		if err := out.Write(p); err != nil {
			t.Fatal(err)
		}
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestJSONL(t *testing.T) {
	for _, line := range strings.Split(strings.TrimSpace(run(t, "jsonl", nil, passages())), "\n") {
		var p corpus.Passage
		if err := json.Unmarshal([]byte(line), &p); err != nil || p.ID == "" {
			t.Errorf("%s: %v", line, err)
		}
	}
	first, _, _ := strings.Cut(run(t, "jsonl", meta(), nil), "\n")
	var got struct{ Meta export.Meta }
	if err := json.Unmarshal([]byte(first), &got); err != nil || got.Meta.Query != "=turned\n@x{" || got.Meta.Total != 4 || got.Meta.Index != "0123" {
		t.Errorf("the first line is %s (%v), want the meta", first, err)
	}
}

func TestCSV(t *testing.T) {
	for _, m := range []*export.Meta{nil, meta()} {
		r := csv.NewReader(strings.NewReader(run(t, "csv", m, passages())))
		r.FieldsPerRecord = -1
		rows, err := r.ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		for m != nil && strings.HasPrefix(rows[0][0], "# ") {
			if rows[0][0] == "# query" && rows[0][1] != "'=turned @x{" {
				t.Errorf("the query stands as %q", rows[0][1])
			}
			rows = rows[1:]
		}
		if rows[0][0] != "id" || len(rows) != 5 || rows[2][17][:2] != "'=" || rows[3][7] != "'@poe" || rows[3][13] != "OD 1" || rows[4][6] != "Moe" || rows[4][9] != "1911-06" {
			t.Errorf("rows %q", rows)
		}
	}
	if got := run(t, "csv", nil, nil); !strings.HasPrefix(got, "id,kind,") || strings.Count(got, "\n") != 1 {
		t.Errorf("an empty table is %q, want its header", got)
	}
}

func TestCell(t *testing.T) {
	for in, want := range map[string]string{"": "", "text": "text", "=1+1": "'=1+1", "-x": "'-x", "@x": "'@x", "\tx": "'\tx", "\nx": "'\nx", "＝1": "'＝1", "été": "été"} {
		if got := export.Cell(in); got != want {
			t.Errorf("Cell(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestReferenceFormats(t *testing.T) {
	if got := run(t, "bibtex", meta(), passages()); strings.Count(got, "@") != 5 || !strings.Contains(got, "% query: =turned (at)x{\n") {
		t.Errorf("BibTeX with a query that looks like an entry: %s", got) // four entries and the addressee "@poe"
	}
	if got := run(t, "ris", meta(), passages()); strings.Count(got, "ER  - \r\n") != 4 || !strings.HasPrefix(got, "TY  - ") ||
		strings.Count(got, "DB  - The <Treaty> (ibid, index 0123)\r\nY2  - 2020/02/03\r\nN1  - Export of ibid; query: =turned @x{; ") != 4 {
		t.Errorf("RIS %q", got)
	}
	for _, list := range [][]*corpus.Passage{nil, passages()} {
		var items []map[string]any
		if err := json.Unmarshal([]byte(run(t, "csl", meta(), list)), &items); err != nil || len(items) != len(list) {
			t.Errorf("CSL-JSON of %d passages: %d items, %v", len(list), len(items), err)
		}
		for _, item := range items {
			custom, ok := item["custom"].(map[string]any)
			if !ok || custom["export"].(map[string]any)["total"] != 4.0 || item["source"] != "The <Treaty> (ibid, index 0123)" {
				t.Errorf("the item %v does not say what it is an export of", item)
			}
		}
	}
}

// TestTEI holds that the document is well formed whatever stands in the passages,
// and that its text, with the repairs, is that of the passages.
func TestTEI(t *testing.T) {
	for _, m := range []*export.Meta{nil, meta()} {
		got := run(t, "tei", m, passages())
		if m != nil && !strings.Contains(got, "<p>query: =turned @x{</p>") {
			t.Errorf("the header does not have the query: %s", got)
		}
		texts, elements := readTEI(t, got)
		for _, p := range passages() {
			want := strings.NewReplacer("\x01", "\uFFFD", "\uFFFE", "\uFFFD").Replace(p.Text)
			if texts[p.ID] != want {
				t.Errorf("%s reads %q, want %q", p.ID, texts[p.ID], want)
			}
		}
		if elements["pb"] != 2 || elements["lb"] != 2 || elements["anchor"] != 1 || elements["choice"] != 1 {
			t.Errorf("elements %v", elements)
		}
	}
}

// readTEI returns the text of each div without sic and bibl, and how often each element occurs.
func readTEI(t *testing.T, document string) (texts map[string]string, elements map[string]int) {
	t.Helper()
	texts, elements = map[string]string{}, map[string]int{}
	id, skipped := "", 0
	d := xml.NewDecoder(strings.NewReader(document))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return texts, elements
		}
		if err != nil {
			t.Fatalf("%v in %s", err, document)
		}
		switch token := token.(type) {
		case xml.StartElement:
			elements[token.Name.Local]++
			if token.Name.Local == "div" {
				for _, a := range token.Attr {
					if a.Name.Local == "n" {
						id = a.Value
					}
				}
			}
			if token.Name.Local == "sic" || token.Name.Local == "bibl" {
				skipped++
			}
		case xml.EndElement:
			if token.Name.Local == "sic" || token.Name.Local == "bibl" {
				skipped--
			}
			if token.Name.Local == "div" {
				id = ""
			}
		case xml.CharData:
			if id != "" && skipped == 0 {
				texts[id] += string(token)
			}
		}
	}
}

// A writer that fails ends the export with its error, in every format.
func TestWriterFails(t *testing.T) {
	for _, f := range export.Formats {
		out := f.Open(broken{}, manifest(), meta())
		var errs []error
		for _, p := range passages() {
			errs = append(errs, out.Write(p))
		}
		if err := errors.Join(append(errs, out.Close())...); !errors.Is(err, errBroken) {
			t.Errorf("%s to a broken writer: %v", f.Name, err)
		}
	}
}

var errBroken = errors.New("disk full")

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, errBroken }
