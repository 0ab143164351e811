package tei

import (
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"ibid/indexer/block"
)

// A document is a document or enclosure under reading, and what its tags tell.
type document struct {
	block.Document
	element   *element
	enclosed  bool
	of        string   // identifier of the document: its own or, enclosed, that of the document around it
	heads     []string // its headings, in order
	begun     bool     // text other than headings and notes of the running text has come
	office    [2]string
	person    [2]string // sender, recipient
	personID  [2]string
	signed    string
	signedID  string
	archive   []string
	date      *machineDate // the first that its dateline gives
	firstDate *machineDate
}

// The two ends of a letter, indexes of office and person.
const (
	sender = iota
	recipient
)

// openDocument begins the document that a division is.
func (r *reader) openDocument(e *element) {
	d := &document{element: e}
	d.Number = e.attrs["n"]
	d.ID = r.freeID(e.attr("id", "n"))
	if lo, hi := e.attr("doc-dateTime-min"), e.attr("doc-dateTime-max"); lo != "" || hi != "" {
		d.firstDate = readDate(map[string]string{"notBefore": lo, "notAfter": hi}, e.line)
	}
	r.openAny(d)
	r.out.Documents = append(r.out.Documents, &d.Document)
	r.read = append(r.read, d)
}

// openLetter begins the document that a whole file is, by the correspondence
// description of its header. Divisions in it are parts of the letter.
func (r *reader) openLetter(e *element) {
	d := r.letter
	r.letter = nil
	d.element = e
	root := r.open[0]
	for _, o := range r.open {
		if o.name == "TEI" {
			root = o
		}
	}
	d.ID = r.freeID(root.attrs["id"])
	d.Number = e.attrs["n"]
	if r.title != "" {
		d.heads = []string{r.title}
	}
	r.openAny(d)
	r.out.Documents = append(r.out.Documents, &d.Document)
	r.read = append(r.read, d)
}

// openEnclosure begins a document in a document.
func (r *reader) openEnclosure(e *element) {
	d := &document{element: e, enclosed: true}
	if outer, _ := r.document(); outer != nil {
		d.of = outer.ID
	}
	r.openAny(d)
	r.read = append(r.read, d)
}

func (r *reader) openAny(d *document) {
	d.element.opened = true
	if !d.enclosed {
		d.of = d.ID
	}
	r.docs = append(r.docs, d)
}

// freeID makes an identifier that can stand in an address and is not taken yet.
// A document that the edition gives none has one by its place, in a form that
// the identifiers of editions do not have.
func (r *reader) freeID(id string) string {
	var b strings.Builder
	for _, c := range id {
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', c == '_', c == '.', c == '-':
			b.WriteRune(c)
		default:
			b.WriteByte('-')
		}
	}
	id = b.String()
	if id == "" || len(id) > 100 {
		id = fmt.Sprintf("doc-%d", len(r.out.Documents)+1)
		if outer, _ := r.document(); outer != nil {
			r.inner[outer]++
			id = fmt.Sprintf("%s.%d", outer.ID, r.inner[outer])
		}
	} else if id[0] >= '0' && id[0] <= '9' {
		id = "d" + id // @n without @xml:id
	}
	free := id
	for r.ids[free] > 0 {
		r.ids[id]++
		free = fmt.Sprintf("%s-%d", id, r.ids[id])
	}
	r.ids[free]++
	return free
}

// document returns the document that the running text stands in and, in an
// enclosure, the innermost one; nil where there is none.
func (r *reader) document() (doc, enclosed *block.Document) {
	for _, d := range r.docs {
		if d.enclosed {
			enclosed = &d.Document
		} else {
			doc, enclosed = &d.Document, nil
		}
	}
	return doc, enclosed
}

// closeDocument puts together what the tags of the innermost document told.
func (r *reader) closeDocument() {
	d := r.docs[len(r.docs)-1]
	r.docs = r.docs[:len(r.docs)-1]
	d.Title = strings.Join(d.heads, " ")
	d.Archive = strings.Join(d.archive, " ")
	ends := [2]string{}
	for i := range ends {
		ends[i] = d.person[i]
		if ends[i] == "" {
			ends[i] = d.office[i]
		}
	}
	if d.person[recipient] == "" && d.office[recipient] == "" && strings.Contains(d.person[sender], "; ") && toBetween.MatchString(d.Title) {
		r.out.Problems = append(r.out.Problems, block.Problem{Line: d.element.line, Document: d.of,
			Message: fmt.Sprintf("%q are tagged as senders and nobody as recipient, while the heading says \"to\"", d.person[sender])})
	}
	told := [2]string{}
	told[sender], told[recipient] = block.Correspondents(d.Title, d.Number)
	for i, other := range [2]int{recipient, sender} {
		// Where one is tagged, the heading must name it where the rule reads it.
		if ends[i] == "" && (ends[other] == "" || strings.Contains(ends[other], told[other]) || strings.Contains(told[other], ends[other])) {
			ends[i] = told[i]
		}
	}
	if ends[sender] == "" && d.signed != "" {
		ends[sender], d.personID[sender] = d.signed, d.signedID
	}
	d.From, d.To, d.FromID, d.ToID = ends[sender], ends[recipient], d.personID[sender], d.personID[recipient]
	if d.date == nil {
		d.date = d.firstDate
	}
}

var toBetween = regexp.MustCompile(`\s[Tt]o\s`)

// A capture takes the text of an element.
type capture struct {
	text  strings.Builder
	level int // len(reader.stretches) in its element: notes in it are no part of it
}

// maxCapture bounds what is kept of an element's text: a title or name is short.
const maxCapture = 4096

// maxCaptures bounds how many elements within each other are captured.
const maxCaptures = 16

// capture adds text to the elements that take it.
func (r *reader) capture(s string) {
	for _, c := range r.captures {
		if room := maxCapture - c.text.Len(); c.level == len(r.stretches) && room > 0 {
			c.text.WriteString(s[:min(room, len(s))])
		}
	}
}

func (r *reader) capturing(e *element) {
	if len(r.captures) < maxCaptures {
		e.capture = &capture{level: len(r.stretches)}
		r.captures = append(r.captures, e.capture)
	}
}

// captured returns the text of an element that ends, white space made single.
func (r *reader) captured(e *element) string {
	if e.capture == nil {
		return ""
	}
	r.captures = r.captures[:len(r.captures)-1]
	s := strings.ToValidUTF8(e.capture.text.String(), "")
	e.capture = nil
	return strings.Join(strings.Fields(s), " ")
}

// watch begins to capture the text of an element that tells something.
func (r *reader) watch(e *element) {
	switch e.name {
	case "head", "persName", "orgName", "gloss", "rs", "name", "placeName", "date", "signed":
		r.capturing(e)
	case "note":
		if e.attrs["type"] == "source" {
			r.capturing(e)
		}
	case "p", "list", "table", "quote", "lg":
		if d := r.innermost(); d != nil && len(r.stretches) == 1 {
			d.begun = true
		}
	}
}

func (r *reader) innermost() *document {
	if len(r.docs) == 0 {
		return nil
	}
	return r.docs[len(r.docs)-1]
}

// told takes up what an element that ends has told.
func (r *reader) told(e *element) {
	captured := e.capture != nil
	text := r.captured(e)
	if !captured {
		return
	}
	d := r.innermost()
	switch e.name {
	case "head":
		r.toldHead(e, d, text)
	case "persName", "orgName", "gloss", "rs", "name":
		r.tag(e)
		r.toldName(e, d, text)
	case "placeName":
		r.tag(e)
		if d != nil && d.Place == "" && text != "" && e.in("dateline") && r.ofDocument(e) {
			d.Place = strings.TrimRight(text, ",. ")
		}
	case "date":
		r.toldDate(e, d, text)
	case "signed":
		if d != nil && d.signed == "" && r.ofDocument(e) {
			d.signed = strings.TrimRight(text, ",. ")
		}
	case "note":
		if d != nil && text != "" {
			d.archive = append(d.archive, text)
		}
	}
}

// ofDocument tells whether an element speaks of the document that it stands in
// and not of one that is quoted, listed or noted there.
func (r *reader) ofDocument(e *element) bool {
	if len(r.stretches) > 1 {
		return false
	}
	d := r.innermost()
	for p := e.parent; p != nil && (d == nil || p != d.element); p = p.parent {
		switch p.name {
		case "quote", "list", "table", "figure", "floatingText":
			return false
		}
	}
	return true
}

// toldHead takes a heading as the title of its document, or as the section that
// the division is.
func (r *reader) toldHead(e *element, d *document, text string) {
	if text == "" || len(r.stretches) > 1 || e.parent == nil {
		return
	}
	switch {
	case d != nil && len(d.heads) > 0 && d.element.role == body:
		// the header has given the title
	case d != nil && (e.parent == d.element || e.parent.parent == d.element && (e.parent.name == "opener" || e.parent.role == body)):
		if !d.begun {
			d.heads = append(d.heads, text)
		}
	case d == nil && e.parent.role == division:
		r.section = sectionLabel(text)
	}
}

// toldName takes a name as a correspondent, as the signature or as an entry of
// the list of persons.
func (r *reader) toldName(e *element, d *document, text string) {
	if id := e.attrs["id"]; id != "" && text != "" && e.name != "gloss" {
		r.out.Persons[id] = trimStop(text)
	}
	if d == nil || text == "" || !r.ofDocument(e) {
		return
	}
	kind := e.attr("type", "role")
	end := -1
	switch {
	case kind == "from" || kind == "sender":
		end = sender
	case kind == "to" || kind == "addressee" || kind == "recipient":
		end = recipient
	case e.in("signed") && d.signedID == "":
		d.signedID = reference(e)
	}
	if end < 0 || !e.in("head", "opener", "closer", "dateline") {
		return
	}
	if e.name == "gloss" {
		d.office[end] = join(d.office[end], text)
		return
	}
	if d.person[end] == "" {
		d.personID[end] = reference(e)
	}
	d.person[end] = join(d.person[end], text)
}

// trimStop takes the comma or stop off a name; the stop of an initial stays ("Francis, David R.").
func trimStop(name string) string {
	name = strings.TrimRight(name, ",; ")
	whole, stopped := strings.CutSuffix(name, ".")
	if last := whole[strings.LastIndexByte(whole, ' ')+1:]; stopped && utf8.RuneCountInString(last) > 2 {
		return strings.TrimRight(whole, ",. ")
	}
	return name
}

// join adds another of several senders or recipients.
func join(list, name string) string {
	name = strings.TrimRight(name, ",; ")
	if list == "" || list == name {
		return name
	}
	return list + "; " + name
}

// reference is the identifier that a tag points to: "#p_KHA1" is "p_KHA1", an
// address its last part.
func reference(e *element) string {
	id, _, _ := strings.Cut(e.attr("ref", "corresp", "key", "sameAs", "nymRef"), " ")
	id = id[strings.LastIndexAny(id, "#/:")+1:]
	return id
}

// tag keeps a name that the edition tags with an identifier, for the block.
func (r *reader) tag(e *element) {
	s, id := r.top(), reference(e)
	if id == "" || e.name == "gloss" || e.at.of != s {
		return
	}
	if here := s.here(); here.line > e.at.line || here.col > e.at.col || len(s.lines) > 0 && e.at == (place{of: s}) {
		s.names = addTagged(s.names, tagged{from: e.at, to: here, value: id})
	}
}

// addTagged adds a tagged stretch in place of those inside it.
func addTagged(list []tagged, t tagged) []tagged {
	for len(list) > 0 {
		last := list[len(list)-1]
		if last.to.line < t.from.line || last.to.line == t.from.line && last.to.col <= t.from.col {
			break
		}
		list = list[:len(list)-1]
	}
	return append(list, t)
}

// sectionLabel is the label of a section by its heading: its number where it
// has one ("II. After Munich"), else the heading, cut at 80 bytes.
func sectionLabel(head string) string {
	first, rest, _ := strings.Cut(head, " ")
	number, stopped := strings.CutSuffix(first, ".")
	if stopped && rest != "" && number != "" && strings.Trim(number, "IVXLCDM") == "" {
		return number
	}
	head = strings.TrimRight(head, ".:")
	if len(head) <= 80 {
		return head
	}
	cut := strings.LastIndexByte(head[:81], ' ')
	if cut <= 0 {
		return strings.ToValidUTF8(head[:80], "")
	}
	return head[:cut]
}

// inHeader tells whether an element stands in the header of its file.
func (r *reader) inHeader(e *element) bool {
	for p := e; p != nil; p = p.parent {
		if p.role == header {
			return true
		}
	}
	return false
}

// enterHeader and leaveHeader read the correspondence description of a letter:
// correspAction of type sent and received with name, place and date.
func (r *reader) enterHeader(e *element) {
	switch e.name {
	case "correspDesc":
		r.letter = &document{}
	case "persName", "orgName", "name", "placeName", "settlement", "date":
		if r.letter != nil && e.in("correspAction") {
			r.capturing(e)
		}
	case "teiHeader":
		r.boundary(nil)
		r.title = ""
	case "title":
		if e.parent.name == "titleStmt" && r.title == "" {
			r.capturing(e)
		}
	}
}

func (r *reader) leaveHeader(e *element) {
	captured := e.capture != nil
	text := r.captured(e)
	if e.name == "title" && captured {
		r.title = text
	}
	d := r.letter
	if d == nil || !captured {
		return
	}
	action := e.parent
	for action != nil && action.name != "correspAction" {
		action = action.parent
	}
	if action == nil {
		return
	}
	end := sender
	switch action.attrs["type"] {
	case "sent":
	case "received":
		end = recipient
	default:
		return
	}
	switch e.name {
	case "date":
		if m := readDate(e.attrs, e.line); m != nil && end == sender && d.firstDate == nil {
			m.printed = text
			d.firstDate = m
		}
	case "placeName", "settlement":
		if end == sender && d.Place == "" {
			d.Place = text
		}
	default:
		if text == "" {
			return
		}
		if d.person[end] == "" {
			d.personID[end] = reference(e)
		}
		d.person[end] = join(d.person[end], text)
	}
}
