package schema

import (
	"fmt"

	"github.com/blevesearch/mmap-go"

	"ibid/corpus"
)

// A Register holds what a whole index says of documents and actors, so that no
// reader has to sum it up. It is a file of columns like Columns, mapped and not
// read, about 500 bytes a document and 4 bytes for each passage that tells of an actor.
//
// Documents are known by their place: first those that the sources cite, by
// collection and number, then those that the sources print (of editions), in
// reading order. Actors are known by their place by folded name.
type Register struct {
	Documents int // of both sorts
	Cited     int // the first so many are those cited
	Actors    int

	Document    Strings // a DocumentRecord as JSON
	Words       Strings // folded words of id, title and correspondents, each with a space before it and one at the end
	Earliest    []int32 // first day of its date, 0 for none
	Latest      []int32
	From, To    []uint32 // 1 + the actor, 0 for none
	Medium      []uint32 // index into Media
	Group       []uint32 // index into Collections, for those printed into Sources
	First, End  []uint32 // of those printed: passages [First, End), of other documents among them none
	Quoted      Lists    // quotations from it
	CitedIn     Lists    // paragraphs and footnotes that cite it
	Media       Strings  // sorted, the first is ""
	Collections Strings  // sigla, sorted
	Sources     Strings  // in the order of the manifest
	Key         Strings  // ids in lower case, also with hyphens for spaces, sorted
	KeyOf       []uint32 // the document of each key

	Actor    Strings  // an ActorRecord as JSON
	Called   Strings  // folded words of name and forms, as Words
	Kind     []uint32 // index into ActorKinds
	Mentions []uint32
	Passages []uint32 // paragraphs, footnotes and headings that name the actor
	Said     Lists    // passages of what the actor says
	Told     Lists    // passages of what is said to the actor
	Named    Lists    // paragraphs and footnotes that name the actor
	ActorKey Strings  // ids, sorted
	ActorOf  []uint32 // the actor of each key

	PairFrom, PairTo, PairCount []uint32 // actors of whom the first speaks to the second, the most frequent first

	Heading Strings // distinct headings in reading order, the first MaxHeadings
	Census  []byte  // a Census as JSON
	data    mmap.MMap
}

// ActorKinds are the kinds of actors; the first is that of those whom no authority file knows.
var ActorKinds = []corpus.ActorKind{"", corpus.Person, corpus.State, corpus.Body}

// MaxHeadings bounds the headings that a register keeps.
const MaxHeadings = 2000

// A DocumentRecord is what a register tells of a document beside its columns.
type DocumentRecord struct {
	ID         string                 `json:"id"`
	Collection string                 `json:"collection,omitempty"` // of one cited
	Source     string                 `json:"source,omitempty"`     // of one printed
	Date       string                 `json:"date,omitempty"`       // EDTF
	Medium     string                 `json:"medium,omitempty"`
	From       string                 `json:"from,omitempty"` // actor id, or name as printed
	To         string                 `json:"to,omitempty"`
	Edited     *corpus.EditedDocument `json:"edited,omitempty"` // of one printed
}

// An ActorRecord is what a register tells of an actor beside its columns.
type ActorRecord struct {
	ID    string      `json:"id"`
	Name  string      `json:"name"`
	Forms []FormCount `json:"forms"` // as printed, the commonest first
}

// A FormCount is a printed form of a name and how often it occurs.
type FormCount struct {
	Form  string `json:"form"`
	Count int    `json:"count"`
}

// Lists are lists of passages in a mapped file.
type Lists struct{ at, of []uint32 }

// Of returns list i. It belongs to the mapped file: never change it.
func (l Lists) Of(i int) []uint32 { return l.of[l.at[i]:l.at[i+1]] }

// View returns string i without copying it; it is valid while the file is open.
func (s Strings) View(i int) string { return s.view(i) }

// Bytes returns the bytes of string i; they belong to the mapped file: never change them.
func (s Strings) Bytes(i int) []byte { return s.data[s.at[i]:s.at[i+1]] }

const registerMagic = "ibidreg1"

// OpenRegister maps the register in a file. Close it when nobody uses it any more.
func OpenRegister(path string) (*Register, error) {
	data, err := mapped(path)
	if err != nil {
		return nil, err
	}
	r, err := parseRegister(data)
	if err != nil {
		_ = data.Unmap()
		return nil, fmt.Errorf("read register: %w", err)
	}
	r.data = data
	return r, nil
}

// Close unmaps the file: every slice and view of it is invalid then.
func (r *Register) Close() error {
	if r.data == nil {
		return nil
	}
	return r.data.Unmap()
}

func parseRegister(data []byte) (*Register, error) {
	t, c, err := parseTable(data, registerMagic)
	if err != nil {
		return nil, err
	}
	r := &Register{
		Document: stringsOf(c, "document"), Words: stringsOf(c, "words"), Earliest: column[int32](c, "earliest"), Latest: column[int32](c, "latest"),
		From: column[uint32](c, "from"), To: column[uint32](c, "to"), Medium: column[uint32](c, "medium"), Group: column[uint32](c, "group"),
		First: column[uint32](c, "first"), End: column[uint32](c, "end"), Quoted: listsOf(c, "quoted"), CitedIn: listsOf(c, "cited"),
		Media: stringsOf(c, "media"), Collections: stringsOf(c, "collections"), Sources: stringsOf(c, "sources"),
		Key: stringsOf(c, "key"), KeyOf: column[uint32](c, "key.of"),
		Actor: stringsOf(c, "actor"), Called: stringsOf(c, "called"), Kind: column[uint32](c, "kind"), Mentions: column[uint32](c, "mentions"), Passages: column[uint32](c, "passages"),
		Said: listsOf(c, "said"), Told: listsOf(c, "told"), Named: listsOf(c, "named"),
		ActorKey: stringsOf(c, "actor.key"), ActorOf: column[uint32](c, "actor.of"),
		PairFrom: column[uint32](c, "pair.from"), PairTo: column[uint32](c, "pair.to"), PairCount: column[uint32](c, "pair.count"),
		Heading: stringsOf(c, "heading"), Census: column[byte](c, "census"),
	}
	r.Documents, r.Cited, r.Actors = r.Document.Len(), t.Cited, r.Actor.Len()
	if c.bad || !r.whole() {
		return nil, errColumns
	}
	return r, nil
}

// whole says whether the columns have as many values as there are documents and actors.
func (r *Register) whole() bool {
	for _, n := range []int{r.Words.Len(), len(r.Earliest), len(r.Latest), len(r.From), len(r.To), len(r.Medium), len(r.Group),
		len(r.First), len(r.End), r.Quoted.len(), r.CitedIn.len()} {
		if n != r.Documents {
			return false
		}
	}
	for _, n := range []int{r.Called.Len(), len(r.Kind), len(r.Mentions), len(r.Passages), r.Said.len(), r.Told.len(), r.Named.len(), r.ActorKey.Len(), len(r.ActorOf)} {
		if n != r.Actors {
			return false
		}
	}
	return r.Cited <= r.Documents && r.Key.Len() == len(r.KeyOf) && len(r.PairFrom) == len(r.PairTo) && len(r.PairTo) == len(r.PairCount)
}

func (l Lists) len() int { return max(len(l.at)-1, 0) }

func stringsOf(r *columnReader, name string) Strings {
	s := Strings{at: column[uint32](r, name+".at"), data: column[byte](r, name)}
	if len(s.at) == 0 || !ascending(s.at, len(s.data)) {
		r.bad = true
		return Strings{}
	}
	return s
}

func listsOf(r *columnReader, name string) Lists {
	l := Lists{at: column[uint32](r, name+".at"), of: column[uint32](r, name+".of")}
	if len(l.at) == 0 || !ascending(l.at, len(l.of)) {
		r.bad = true
		return Lists{}
	}
	return l
}

// ascending says whether places never go back and end at end.
func ascending(at []uint32, end int) bool {
	for i := 1; i < len(at); i++ {
		if at[i] < at[i-1] {
			return false
		}
	}
	return at[0] == 0 && int(at[len(at)-1]) == end
}
