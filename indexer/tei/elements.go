package tei

import (
	"strconv"
	"strings"

	"ibid/indexer/block"
)

// A role is what an element does to the text around and in it.
type role uint8

const (
	inline    role = iota // text of the block around it
	part                  // a block of its own, or in a group a stretch set off by white space
	heading               // a heading; in a group a part
	group                 // what is in it makes one block: a list, a table, the closing of a letter
	division              // a division of the text: its heading names a section
	enclosure             // a document in a document
	note                  // a footnote
	breaking              // a point of the text that white space stands for: lb, cb
	pageBreak             //
	furniture             // kept out of the reading
	header                // the header of the file
	body                  // the text of a file
)

// roles are those of the elements of TEI P5; one that is not listed is inline.
var roles = map[string]role{
	"p": part, "ab": part, "item": part, "row": part, "cell": part, "label": part, "l": part, "speaker": part, "stage": part,
	"titlePart": part, "byline": part, "docAuthor": part, "docDate": part, "docEdition": part, "docImprint": part, "imprimatur": part,
	"dateline": part, "salute": part, "signed": part, "trailer": part, "argument": part, "epigraph": part, "figDesc": part,
	"quote": part, "bibl": part, "biblStruct": part, "address": group, "addrLine": part, "sp": part,
	"head": heading, "opener": group, "closer": group, "list": group, "table": group, "lg": group, "listBibl": group, "listPerson": group,
	"person": part, "docTitle": group, "castList": group, "castItem": part, "postscript": part,
	"div": division, "div0": division, "div1": division, "div2": division, "div3": division, "div4": division, "div5": division,
	"div6": division, "div7": division, "front": division, "back": division, "text": division, "group": division, "titlePage": division,
	"attachment": enclosure, "floatingText": enclosure,
	"note": note, "lb": breaking, "cb": breaking, "space": breaking, "milestone": breaking, "pb": pageBreak,
	"fw": furniture, "teiHeader": header, "body": body,
}

// chunk is how many bytes a list or table may have before the next item or row
// begins another block: a page of an index is not one passage. A page of print
// has about 2500.
const chunk = 1200

// An element is an open element.
type element struct {
	name    string
	role    role
	attrs   map[string]string
	parent  *element // nil for the root
	line    int      // where its tag begins
	section string   // that of the text before it
	at      place    // where its text begins
	capture *capture // what takes its text, nil if nothing does
	opened  bool     // enclosure, division: it is on reader.docs
	aside   bool     // note, furniture: it has a stretch of its own
	grouped bool     // it counts in reader.grouped
}

// in tells whether an element of one of the names is open around e.
func (e *element) in(names ...string) bool {
	for p := e.parent; p != nil; p = p.parent {
		for _, n := range names {
			if p.name == n {
				return true
			}
		}
	}
	return false
}

// attr returns the first of the attributes that is given.
func (e *element) attr(names ...string) string {
	for _, n := range names {
		if v := e.attrs[n]; v != "" {
			return v
		}
	}
	return ""
}

// isDocument tells whether a division is a document of an edition.
func (e *element) isDocument() bool {
	return e.role == division && (e.attrs["type"] == "document" || e.attrs["type"] == "letter")
}

// isEnclosure tells whether an element is a document in a document.
func (e *element) isEnclosure() bool {
	switch e.role {
	case enclosure:
		return true
	case division:
		return e.attrs["type"] == "enclosure" || e.attrs["type"] == "attachment"
	}
	return false
}

// isFurniture tells whether an element stands in the margin or is not what is printed.
func (e *element) isFurniture() bool {
	switch e.name {
	case "seg":
		return e.attrs["type"] == "margin"
	case "corr", "reg", "expan": // the edition prints the other of the two
		return e.parent != nil && e.parent.name == "choice"
	case "rdg":
		return e.parent != nil && (e.parent.name == "app" || e.parent.name == "rdgGrp")
	}
	return e.role == furniture
}

// isInlineNote tells whether a note stands in the running text, without a
// marker: the file number above a telegram.
func (e *element) isInlineNote() bool {
	return e.role == note && (e.attrs["rend"] == "inline" || e.attrs["place"] == "inline")
}

// roleOf is the role of an element where it stands: some set their text off
// only in certain places. A quotation is a part where it is set as a block, an
// entry of a list of works where there is such a list.
func roleOf(e *element) role {
	inside := false
	switch e.name {
	case "quote":
		inside = !strings.Contains(e.attrs["rend"], "block")
	case "bibl", "biblStruct":
		inside = e.parent == nil || e.parent.name != "listBibl"
	case "label":
		inside = e.parent == nil || e.parent.name != "list"
	}
	if inside {
		return inline
	}
	return roles[e.name]
}

// enter does what the beginning of an element does.
func (r *reader) enter(e *element) {
	switch {
	case e.role == header, r.inHeader(e):
		r.enterHeader(e)
		return
	case e.isFurniture():
		e.aside = true
		r.stretches = append(r.stretches, &stretch{kind: block.Paragraph, furniture: true})
		return
	}
	switch e.role {
	case part, heading:
		r.boundary(e)
	case group:
		r.boundary(e)
		r.grouped++
		e.grouped = true
	case division, enclosure, body:
		r.boundary(nil)
		r.enterDivision(e)
	case note:
		r.enterNote(e)
	case breaking:
		if e.attrs["break"] != "no" {
			r.gap()
		}
	case pageBreak:
		if e.attrs["break"] != "no" {
			r.gap()
		}
		r.page = e.attrs["n"]
		r.out.Pages = append(r.out.Pages, r.page)
	}
	if e.role == heading || e.name == "dateline" {
		r.top().mark(e)
	}
	e.at = r.top().here()
	r.watch(e)
}

// leave does what the end of an element does.
func (r *reader) leave(e *element) {
	if r.inHeader(e) || e.role == header {
		r.leaveHeader(e)
		return
	}
	r.told(e)
	if e.aside {
		r.leaveAside(e)
	}
	switch e.role {
	case part, heading:
		if e.name == "cell" || e.name == "item" || e.name == "label" {
			r.top().endCell()
		}
		r.boundary(nil)
	case group:
		r.grouped--
		r.boundary(nil)
	case division, enclosure, body:
		r.boundary(nil)
		r.leaveDivision(e)
	case note:
		if e.isInlineNote() && !e.aside {
			r.boundaryOfNote(e)
		}
	}
}

// boundary ends the block before it. In a note it is white space; in a group
// too, until the group is long and e, which begins, may begin another block.
func (r *reader) boundary(e *element) {
	switch {
	case len(r.stretches) > 1:
		r.gap()
	case r.grouped == 0:
		r.flush()
	case e != nil && e.name != "cell" && r.top().size >= chunk:
		r.flush()
	default:
		r.gap()
	}
}

func (r *reader) enterDivision(e *element) {
	if len(r.stretches) > 1 {
		return // in a note nothing is divided
	}
	switch {
	case e.isDocument():
		r.openDocument(e)
	case e.role == body && r.letter != nil:
		r.openLetter(e)
	case e.isEnclosure() && len(r.docs) > 0:
		r.openEnclosure(e)
	}
}

func (r *reader) leaveDivision(e *element) {
	if e.opened {
		r.closeDocument()
	}
	r.section = e.section
}

// enterNote begins a footnote, or a block of the running text for a note that
// stands there. A footnote has its own lines; the words around it go on behind.
func (r *reader) enterNote(e *element) {
	if e.isInlineNote() {
		r.boundaryOfNote(e)
		return
	}
	e.aside = true
	if len(r.stretches) < maxNotes {
		r.stretches = append(r.stretches, newStretch(block.Footnote, e.attrs["n"]))
	} else {
		e.aside = false // notes in notes in notes: text of the innermost
		r.gap()
	}
}

// maxNotes bounds how deep notes may lie in notes.
const maxNotes = 8

// boundaryOfNote sets a note of the running text off: as a block between
// blocks, by white space in one.
func (r *reader) boundaryOfNote(e *element) {
	if e.parent != nil && (e.parent.role == division || e.parent.role == enclosure || e.parent.role == body) {
		r.boundary(nil)
		return
	}
	r.gap()
}

// leaveAside ends a footnote or furniture.
func (r *reader) leaveAside(e *element) {
	done := r.top()
	r.stretches = r.stretches[:len(r.stretches)-1]
	done.close()
	if done.furniture {
		r.out.Furniture = append(r.out.Furniture, done.lines...)
		return
	}
	if len(done.lines) == 0 {
		return
	}
	outer := r.top()
	p := pending{block: r.blockOf(done), notes: done.notes, at: outer.here(), label: done.label}
	p.block.Number = noteNumber(done.label)
	outer.notes = append(outer.notes, p)
}

// noteNumber is the number of a note label, 0 for one that is no plain number ("*", "8a").
func noteNumber(label string) int {
	n, err := strconv.Atoi(strings.Trim(label, " [].)"))
	if err != nil || n < 0 || n > 99999 {
		return 0
	}
	return n
}
