package indexer

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"ibid/corpus"
	"ibid/indexer/annotate"
)

// A letter made up for this test.
const letters = `<TEI><text><front><list><item><persName xml:id="p_ED">Dorn, Emil</persName></item></list></front><body>
<pb n="7"/>
<div type="document" xml:id="d12" n="12">
<head>Mrs. Clara Abel to <persName type="to" ref="#p_ED">the Shipowner</persName><note n="1" type="source">Box 4.</note></head>
<dateline>Northport, <date when="1851-03-04">4 March 1851</date></dateline>
<p>The lamp burns oil.<note n="2">Since 1849.</note> It cost us
<date from="1850-01-01" to="1850-12-31">last year</date> forty crowns.
<persName ref="ca">Nobody</persName> complained.</p>
<floatingText><body><head>Mr. Dorn to the Council</head><dateline><date when="1851-02-20">20 February</date></dateline><p>I cannot pay.</p></body></floatingText>
</div>
<div type="document" xml:id="d13" n="13"><head>Answer</head><dateline>Southport, <date when="0185-03-09">9 March 1851</date></dateline><p>No.</p></div>
</body></text></TEI>`

func editionManifest(source corpus.Source) *corpus.Manifest {
	return &corpus.Manifest{
		ID: "harbour", Title: "Harbour", Sources: []corpus.Source{source},
		Phases: []corpus.Phase{{ID: "lamp", Label: "Lamp", From: "1851-03-01", To: "1851-03-31"}},
		Actors: []corpus.Actor{
			{ID: "ca", Name: "Abel, Clara", Kind: corpus.Person, Forms: []string{"Clara Abel"}},
			{ID: "dorn", Name: "Dorn, Emil", Kind: corpus.Person},
		},
	}
}

func TestReadEdition(t *testing.T) {
	source := corpus.Source{ID: "hl", Path: "letters.xml", Format: corpus.TEI}
	m := editionManifest(source)
	passages, err := Read(m, source, []byte(letters))
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	byID := map[string]*corpus.Passage{}
	for _, p := range passages {
		ids = append(ids, p.ID)
		byID[p.ID] = p
	}
	want := []string{"hl/p001", "hl/d12/h01", "hl/d12/n01", "hl/d12/p01", "hl/d12/p02", "hl/d12/n02", "hl/d12/h02", "hl/d12/p03", "hl/d12/p04",
		"hl/d13/h01", "hl/d13/p01", "hl/d13/p02"}
	if !slices.Equal(ids, want) {
		t.Fatalf("ids %q, want %q", ids, want)
	}
	p := byID["hl/d12/p02"]
	if p.Text != "The lamp burns oil. It cost us last year forty crowns. Nobody complained." {
		t.Errorf("text %q", p.Text)
	}
	if p.Speaker != "ca" || p.Addressee != "dorn" || p.Date != "1851-03-04" || !slices.Equal(p.Phase, []string{"lamp"}) || !slices.Equal(p.Pages, []string{"7"}) {
		t.Errorf("passage from %q to %q on %q in %q, pages %q", p.Speaker, p.Addressee, p.Date, p.Phase, p.Pages)
	}
	if d := p.Document; d.ID != "hl/d12" || d.Number != "12" || d.From != "Mrs. Clara Abel" || d.To != "the Shipowner" || d.Archive != "Box 4." {
		t.Errorf("document %+v", d)
	}
	if len(p.Dates) != 1 || p.Dates[0].EDTF != "1850-01-01/1850-12-31" || p.Dates[0].Printed != "last year" || p.Dates[0].Line != 7 {
		t.Errorf("dates %+v", p.Dates)
	}
	if len(p.Actors) != 1 || p.Actors[0].ID != "ca" || p.Actors[0].Printed != "Nobody" || p.Actors[0].Line != 8 {
		t.Errorf("actors %+v", p.Actors)
	}
	if n := byID["hl/d12/n02"]; n.Caller == nil || n.Caller.Passage != p.ID || n.Caller.Line != 6 || n.Caller.Printed != "2" || n.Footnote != 2 {
		t.Errorf("note %+v", n)
	}
	if e := byID["hl/d12/p04"]; e.Speaker != "dorn" && e.Speaker != "Mr. Dorn" || e.Date != "1851-02-20" || len(e.Phase) != 0 || e.Document.Date != "1851-03-04" {
		t.Errorf("enclosure from %q on %q in %q, document of %q", e.Speaker, e.Date, e.Phase, e.Document.Date)
	}
	if a := byID["hl/d13/p02"]; a.Date != "1851-03-09" {
		t.Errorf("a letter whose tag is not believed is of %q, want the printed 1851-03-09", a.Date)
	}
}

// The edition's list of persons ties its tags to the manifest, also by an initial with its stop.
func TestTagsByListOfPersons(t *testing.T) {
	source := corpus.Source{ID: "t", Path: "t.xml", Format: corpus.TEI}
	m := editionManifest(source)
	m.Actors = append(m.Actors, corpus.Actor{ID: "quist", Name: "Quist, Nora Regina", Kind: corpus.Person, Forms: []string{"Quist, Nora R."}},
		corpus.Actor{ID: "quist2", Name: "Quist, Olof", Kind: corpus.Person})
	passages, err := Read(m, source, []byte(`<TEI><text><front><list><item><persName xml:id="p_QNR">Quist, Nora R.</persName>, Consul.</item>
<item><persName xml:id="p_QO">Quist, Olof.</persName></item></list></front><body><div type="document" xml:id="d1"><head>List</head>
<p>Here came <persName corresp="#p_QNR">Quist</persName> and then <persName corresp="#p_QO">Quist</persName>.</p></div></body></text></TEI>`))
	if err != nil {
		t.Fatal(err)
	}
	last := passages[len(passages)-1]
	if len(last.Actors) != 2 || last.Actors[0].ID != "quist" || last.Actors[1].ID != "quist2" {
		t.Errorf("%q names %+v, want quist and quist2", last.Text, last.Actors)
	}
}

// The cells of a table and the items of a list are names of their own, several on a line or not.
func TestNamesOfTable(t *testing.T) {
	source := corpus.Source{ID: "t", Path: "t.xml", Format: corpus.TEI}
	m := editionManifest(source)
	blocks, err := readBlocks(source, strings.NewReader(`<TEI><text><body><div type="document" xml:id="d1"><head>List</head>
<p>The delegates were:</p>
<table><row><cell>Nora Quist</cell> <cell>Olof Berg</cell><cell>Emil</cell> <cell>Dorn</cell></row></table>
<list><item>Hanko</item>
<item>Turku</item><item>Sir Axel
Lund</item></list></div></body></text></TEI>`))
	if err != nil {
		t.Fatal(err)
	}
	texts := readTexts(m, "", blocks)
	annotate.Annotate(m, texts)
	var names, actors []string
	for _, u := range annotate.UnknownNames(m, texts) {
		names = append(names, u.Name)
	}
	for _, text := range texts {
		for _, a := range text.Mentions {
			actors = append(actors, a.Printed)
		}
	}
	if want := []string{"Nora Quist", "Olof Berg", "Sir Axel Lund"}; !slices.Equal(names, want) || !slices.Equal(actors, []string{"Dorn"}) {
		t.Errorf("names %q, want %q; actors %q, want \"Dorn\" alone", names, want, actors)
	}
}

func TestReadMarkdownEdition(t *testing.T) {
	var data bytes.Buffer
	w := tar.NewWriter(&data)
	file := "---\nheading: Abel to Dorn\nwhen: 1851-03-04\nno: 9\n---\nMr Forbes [1], Mr Coates [2] and the re-\narmament.\n\n_\n\n1 Not found.\n\n2 Not printed.\n"
	if err := w.WriteHeader(&tar.Header{Typeflag: tar.TypeReg, Name: "v/9.md", Size: int64(len(file)), Mode: 0o644}); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write([]byte(file)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	source := corpus.Source{ID: "md", Path: "v.tar.gz", Format: corpus.Markdown, Fields: map[string]string{"title": "heading", "date": "when", "number": "no"}}
	passages, err := Read(editionManifest(source), source, data.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	p := passages[1]
	if p.ID != "md/d9/p01" || p.Text != "Mr Forbes, Mr Coates and the rearmament." || p.Speaker != "Abel" && p.Speaker != "ca" || p.Date != "1851-03-04" || len(p.Notes) != 2 {
		t.Errorf("passage %s %q from %q on %q, notes %q", p.ID, p.Text, p.Speaker, p.Date, p.Notes)
	}
	if n := passages[2]; n.ID != "md/d9/n01" || n.Text != "Not found." || n.Caller == nil || n.Caller.Printed != "[1]" || n.Document.File != "v/9.md" {
		t.Errorf("note %+v", n)
	}
}

// A volume of the sample data makes passages with identifiers of their own, and
// every tagged date of a document is that of its passages.
func TestReadVolume(t *testing.T) {
	dir := filepath.Join("..", "..", "shared", "data", "frus")
	data, err := readGzip(filepath.Join(dir, "frus1872p2v5.xml.gz"))
	if err != nil {
		t.Skip("the sample volumes of Foreign Relations are not here: ", err)
	}
	source := corpus.Source{ID: "frus1872p2v5", Format: corpus.TEI}
	passages, err := Read(editionManifest(source), source, data)
	if err != nil {
		t.Fatal(err)
	}
	seen, dated := map[string]bool{}, map[string]bool{}
	for _, p := range passages {
		if seen[p.ID] || strings.TrimSpace(p.Text) == "" {
			t.Errorf("passage %s comes twice or is empty", p.ID)
		}
		seen[p.ID] = true
		if p.Document != nil && p.Document.Date != "" {
			dated[p.Document.ID] = true
		}
	}
	if len(dated) < 95 { // by the tags; the rules read some more
		t.Errorf("%d dated documents, want at least 95", len(dated))
	}
}

func readGzip(name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, err
	}
	return io.ReadAll(z)
}
