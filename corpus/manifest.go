package corpus

import "strings"

// A Manifest is what only an editor knows of a corpus: the file corpus.yaml
// beside the sources. See Load for how it is read and checked.
type Manifest struct {
	ID          string       `yaml:"id"`
	Title       string       `yaml:"title"`
	Description string       `yaml:"description,omitempty"`  // a sentence or two for the front page
	DefaultYear int          `yaml:"default_year,omitempty"` // the year of a date whose context gives none; 0 if none
	Sources     []Source     `yaml:"sources"`
	Collections []Collection `yaml:"collections,omitempty"`
	Phases      []Phase      `yaml:"phases,omitempty"`
	Actors      []Actor      `yaml:"actors,omitempty"`
	Authorities []Authority  `yaml:"authorities,omitempty"`
	Words       [][]string   `yaml:"words,omitempty"` // groups of words that readers of this corpus treat as one
}

// A Format names the reader of a source file.
type Format string

// The formats of source files.
const (
	Text     Format = "text"
	TEI      Format = "tei"
	Markdown Format = "markdown"
)

// A Source is one work in the corpus.
type Source struct {
	ID string `yaml:"id"`
	// Path is relative to the folder of the sources (the corpus folder, if no other
	// is named), slash-separated, and never leaves it. A file whose name ends in .gz
	// is unpacked. A source of format markdown may be a folder or a tar archive of
	// files, one for each document; one of format text whose name ends in .jsonl
	// holds one article a line (see Source.Articles).
	Path      string            `yaml:"path"`
	Format    Format            `yaml:"format"`
	FirstPage string            `yaml:"first_page,omitempty"` // printed label of the page the file begins on
	Language  string            `yaml:"language,omitempty"`   // BCP 47; "en" if left out
	Reference Reference         `yaml:"reference,omitempty"`
	Sections  map[string]string `yaml:"sections,omitempty"` // label of a section as printed -> id of a phase
	// Fields says what the front matter of a Markdown file, or a line of articles,
	// tells: name of what is told (FieldNames, ArticleFields) -> key that tells it. A
	// key inside another is written with a dot between, also through lists.
	Fields map[string]string `yaml:"fields,omitempty"`
}

// FieldNames are what the front matter of a Markdown file can tell of its document.
var FieldNames = []string{"title", "date", "number", "order", "from", "to", "place", "archive", "section"}

// ArticleFields are what a line of articles can tell of its article. Pages leads
// to its text, a list of pages or one string, and must be named.
var ArticleFields = []string{"pages", "id", "title", "date", "number", "from", "to", "place", "archive", "section", "url", "language", "first_page"}

// Articles tells whether the source is a file of JSON lines, one article a line,
// by its format and name.
func (s Source) Articles() bool {
	name := strings.TrimSuffix(strings.ToLower(s.Path), ".gz")
	return s.Format == Text && (strings.HasSuffix(name, ".jsonl") || strings.HasSuffix(name, ".ndjson"))
}

// An Authority is a file of persons, beside those that the manifest lists: JSON
// lines, one person a line, packed with gzip if its name ends in .gz.
type Authority struct {
	Path   string            `yaml:"path"`   // as Source.Path
	Fields map[string]string `yaml:"fields"` // name of what is told (PersonFields) -> key that tells it, as Source.Fields
}

// PersonFields are what a line of an authority file can tell of a person. ID and
// name must be named. Years leads to values in which years of the person's life
// or office stand, in whatever words; tags to addresses of tagged names
// (".../VOLUME/persons#p_KHA1": the tag p_KHA1 in the source VOLUME).
var PersonFields = []string{"id", "name", "forms", "role", "country", "years", "tags"}

// A Reference describes a source in the names of CSL-JSON.
type Reference struct {
	Type           string `yaml:"type,omitempty" json:"type,omitempty"` // of CSL 1.0.2
	Title          string `yaml:"title,omitempty" json:"title,omitempty"`
	Author         []Name `yaml:"author,omitempty" json:"author,omitempty"`
	Editor         []Name `yaml:"editor,omitempty" json:"editor,omitempty"`
	ContainerTitle string `yaml:"container-title,omitempty" json:"container-title,omitempty"`
	Volume         string `yaml:"volume,omitempty" json:"volume,omitempty"`
	Issue          string `yaml:"issue,omitempty" json:"issue,omitempty"`
	Page           string `yaml:"page,omitempty" json:"page,omitempty"`
	Issued         string `yaml:"issued,omitempty" json:"-"` // EDTF; printed as a CSL date by corpus/cite
	Publisher      string `yaml:"publisher,omitempty" json:"publisher,omitempty"`
	PublisherPlace string `yaml:"publisher-place,omitempty" json:"publisher-place,omitempty"`
	DOI            string `yaml:"DOI,omitempty" json:"DOI,omitempty"`
	ISSN           string `yaml:"ISSN,omitempty" json:"ISSN,omitempty"`
	URL            string `yaml:"URL,omitempty" json:"URL,omitempty"`
	Language       string `yaml:"language,omitempty" json:"language,omitempty"`
}

// A Name is a person's name in a Reference.
type Name struct {
	Family  string `yaml:"family,omitempty" json:"family,omitempty"`
	Given   string `yaml:"given,omitempty" json:"given,omitempty"`
	Literal string `yaml:"literal,omitempty" json:"literal,omitempty"`
}

// A Collection is a published collection of documents that the sources cite by
// siglum and number.
type Collection struct {
	Siglum string `yaml:"siglum"` // "GK"
	Title  string `yaml:"title"`
	Issued int    `yaml:"issued,omitempty"` // year
	Marker string `yaml:"marker,omitempty"` // what may stand between siglum and number, as "no."
}

// A Phase is a stretch of the story.
type Phase struct {
	ID    string `yaml:"id"`
	Label string `yaml:"label"`
	From  string `yaml:"from"` // ISO day, inclusive
	To    string `yaml:"to"`   // ISO day, inclusive
}

// An ActorKind says what an actor is.
type ActorKind string

// The kinds of actor.
const (
	Person ActorKind = "person"
	State  ActorKind = "state"
	Body   ActorKind = "body" // a government, ministry, embassy, party, agency, delegation
)

// An Actor is an entry of the authority file: a person, state or body.
type Actor struct {
	ID      string    `yaml:"id"`
	Name    string    `yaml:"name"` // preferred name; "Family, Given" for a person
	Kind    ActorKind `yaml:"kind"`
	Country string    `yaml:"country,omitempty"` // id of the state a person or body acts for
	Role    string    `yaml:"role,omitempty"`
	Forms   []string  `yaml:"forms,omitempty"` // further forms of the name that sources print; OCR damage is not listed here
}
