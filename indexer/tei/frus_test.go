package tei

import (
	"compress/gzip"
	"encoding/json"
	"encoding/xml"
	"flag"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"ibid/indexer/block"
)

var long = flag.Bool("long", false, "read all volumes of the sample data, not only some")

const frusDir = "../../../shared/data/frus"

// volumes are the volumes read in every run: one of each age of the edition.
var volumes = []string{"frus1872p2v5", "frus1918Russiav03", "frus1969-76v03"}

// openVolume opens a volume of the sample data, or skips the test.
func openVolume(t testing.TB, name string) io.Reader {
	t.Helper()
	f, err := os.Open(filepath.Join(frusDir, name+".xml.gz"))
	if err != nil {
		t.Skip("the sample volumes of Foreign Relations are not here: ", err)
	}
	t.Cleanup(func() { f.Close() })
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

// A census is what the tags of a volume say, counted without the reader.
type census struct {
	documents, dated, pages, notes, inlineNotes int
	words                                       string // text of <text> without white space, margin numbers left out
}

// takeCensus counts tags by a plain walk over tokens.
func takeCensus(t *testing.T, in io.Reader) census {
	t.Helper()
	var c census
	type open struct {
		name        string
		attrs       map[string]string
		dated, skip bool
	}
	var stack []*open
	var words strings.Builder
	dec := xml.NewDecoder(in)
	for {
		token, err := dec.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			o := &open{name: token.Name.Local, attrs: attributes(token.Attr)}
			if n := len(stack); n > 0 {
				o.skip = stack[n-1].skip
			}
			o.skip = o.skip || o.name == "teiHeader" || o.name == "seg" && o.attrs["type"] == "margin"
			stack = append(stack, o)
			switch {
			case o.name == "pb":
				c.pages++
			case o.name == "div" && o.attrs["type"] == "document":
				c.documents++
			case o.name == "note" && o.attrs["rend"] == "inline":
				c.inlineNotes++
			case o.name == "note":
				c.notes++
			case o.name == "date" && o.attrs["when"]+o.attrs["from"]+o.attrs["notBefore"] != "":
				for i := len(stack) - 1; i >= 0; i-- {
					if stack[i].name == "div" && stack[i].attrs["type"] == "document" {
						if !stack[i].dated {
							stack[i].dated = true
							c.dated++
						}
					}
				}
			}
		case xml.EndElement:
			stack = stack[:len(stack)-1]
		case xml.CharData:
			if n := len(stack); n > 0 && !stack[n-1].skip {
				words.WriteString(letters(string(token)))
			}
		}
	}
	c.words = words.String()
	return c
}

// letters is s without white space.
func letters(s string) string {
	return strings.Map(func(c rune) rune {
		if unicode.IsSpace(c) {
			return -1
		}
		return c
	}, s)
}

// undated are the documents that hold a date by the tags and have none here,
// with the reason. All others have the date of their tags.
var undated = map[string]map[string]string{
	"frus1861": {"d125": "dated in an enclosure only", "d323.2": "a date in a sentence, no dateline", "d329.1": "a date in a sentence, no dateline"},
	"frus1864p4": {"d167": "--11-14: no year", "d382": "0201-10-12: vendor error", "d411": "--06-26: no year",
		"d433": "--09-25: no year", "d435": "--09-30: no year"},
	"frus1872p2v2":      {"d96": "dated in an enclosure only", "d116": "dated in an enclosure only", "d121": "dated in an enclosure only"},
	"frus1882":          {"d191": "dated in an enclosure only"},
	"frus1918Russiav03": {"d187": "dated in an enclosure only"},
	"frus1919Parisv01":  {"d318": "dated in an enclosure only"},
}

// Counts of the reader equal those of the tags and those that the sample data
// state; the dates that do not are named above, one by one.
func TestVolumes(t *testing.T) {
	names := volumes
	stated := statedCounts(t)
	if *long {
		names = nil
		for name := range stated {
			names = append(names, name)
		}
		slices.Sort(names)
	}
	for _, name := range names {
		t.Run(name, func(t *testing.T) {
			src, err := Read(openVolume(t, name), Options{})
			if err != nil {
				t.Fatal(err)
			}
			checkCounts(t, src, takeCensus(t, openVolume(t, name)), stated[name], undated[name])
		})
	}
}

// stated is what volumes.json of the sample data says of a volume.
type stated struct {
	File      string
	Documents int
	Dated     int `json:"documents_with_machine_date"`
	Notes     int
	Pages     int `json:"page_breaks"`
}

func statedCounts(t *testing.T) map[string]stated {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(frusDir, "volumes.json"))
	if err != nil {
		t.Skip("the sample volumes of Foreign Relations are not here: ", err)
	}
	var list []stated
	if err := json.Unmarshal(data, &list); err != nil {
		t.Fatal(err)
	}
	out := map[string]stated{}
	for _, s := range list {
		out[strings.TrimSuffix(s.File, ".xml")] = s
	}
	return out
}

func checkCounts(t *testing.T, src *block.Source, tags census, say stated, undated map[string]string) {
	t.Helper()
	feet, called := 0, map[int]int{}
	for _, b := range src.Blocks {
		if b.Kind == block.Footnote {
			feet++
		}
		for _, c := range b.Callers {
			called[c.Note]++
		}
	}
	dated := 0
	for _, d := range src.Documents {
		if d.Date != "" {
			dated++
			if undated[d.ID] != "" {
				t.Errorf("document %s has the date %s, want none: %s", d.ID, d.Date, undated[d.ID])
			}
		}
	}
	for _, c := range []struct {
		what            string
		got, tags, said int
	}{
		{"documents", len(src.Documents), tags.documents, say.Documents},
		{"dated documents", dated + len(undated), tags.dated, say.Dated},
		{"pages", len(src.Pages), tags.pages, say.Pages},
		{"notes", feet + tags.inlineNotes, tags.notes + tags.inlineNotes, say.Notes},
		{"called notes", len(called) + tags.inlineNotes, tags.notes + tags.inlineNotes, say.Notes},
	} {
		if c.got != c.tags || c.got != c.said {
			t.Errorf("%s: %d, by the tags %d, by volumes.json %d", c.what, c.got, c.tags, c.said)
		}
	}
	if at := differ(readBack(src), tags.words); at != "" {
		t.Errorf("text of the blocks differs from the text of the file: %s", at)
	}
}

// readBack gives the words of all blocks, each note where it is called.
func readBack(src *block.Source) string {
	inner := map[int]bool{}
	for _, b := range src.Blocks {
		for _, c := range b.Callers {
			inner[c.Note] = true
		}
	}
	var out strings.Builder
	var write func(i int)
	write = func(i int) {
		b := src.Blocks[i]
		next := 0
		for n, l := range b.Lines {
			at := 0
			for ; next < len(b.Callers) && b.Callers[next].Line == n; next++ {
				c := b.Callers[next]
				out.WriteString(letters(l.Text[at:c.Start]))
				write(c.Note)
				at = c.Start
			}
			out.WriteString(letters(l.Text[at:]))
		}
	}
	for i := range src.Blocks {
		if !inner[i] {
			write(i)
		}
	}
	return out.String()
}

// differ shows where two strings begin to differ, "" if they do not.
func differ(got, want string) string {
	at := 0
	for at < min(len(got), len(want)) && got[at] == want[at] {
		at++
	}
	if at == len(got) && at == len(want) {
		return ""
	}
	from := max(at-40, 0)
	return got[from:min(at+40, len(got))] + " | " + want[from:min(at+40, len(want))]
}
