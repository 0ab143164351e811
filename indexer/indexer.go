// Package indexer turns a corpus into passages and passages into an index. It
// is the only writer of an index.
//
// Read takes one source from bytes to annotated passages: blocks (a reader per
// format), their reading (indexer/ocr), annotations (indexer/annotate), and
// here the identifiers, links and phases that make passages of them. Build
// reads all sources of a corpus and writes a new generation of the index.
package indexer

import (
	"bytes"
	"strings"

	"ibid/corpus"
	"ibid/corpus/edtf"
	"ibid/indexer/annotate"
	"ibid/indexer/block"
	"ibid/indexer/ocr"
)

// Read turns the bytes of one source into passages in reading order. The same
// bytes and manifest give the same passages. It returns an error where the
// source is empty or its format has no reader. Persons of authority files are
// not looked for.
func Read(m *corpus.Manifest, source corpus.Source, data []byte) ([]*corpus.Passage, error) {
	var out []*corpus.Passage
	r := &reader{manifest: m}
	for p, err := range pieces(source, bytes.NewReader(data)) {
		if err != nil {
			return nil, err
		}
		out = append(out, r.read(source, p).passages...)
	}
	return out, nil
}

// A reader makes passages of blocks, with what all sources share.
type reader struct {
	manifest *corpus.Manifest
	people   *annotate.Directory // persons of authority files; nil if there are none
}

// A reading is a piece of a source at every step from blocks to passages.
type reading struct {
	blocks   *block.Source
	texts    []*annotate.Text
	passages []*corpus.Passage
}

func (r *reader) read(source corpus.Source, p *piece) *reading {
	texts := readTexts(r.manifest, p.language, p.blocks)
	m := r.people.Cast(r.manifest, naming(source.ID, p.blocks), texts)
	annotate.Names(m, texts)
	known := r.actorsByTag(m, source.ID, p.blocks)
	tellWriters(correspondents(m, known, p.blocks, texts), p.blocks, texts)
	annotate.Speech(m, texts)
	applyTags(known, p.blocks, texts)
	ends := correspondents(m, known, p.blocks, texts)
	passages := assemble(source.ID, p.blocks.Blocks, texts, ends)
	tie(m, source, passages)
	return &reading{blocks: p.blocks, texts: texts, passages: passages}
}

// readTexts makes the reading of every block, with the vocabulary of the whole source.
func readTexts(m *corpus.Manifest, language string, src *block.Source) []*annotate.Text {
	lines := make([][]ocr.Line, len(src.Blocks))
	for i := range src.Blocks {
		lines[i] = linesOf(&src.Blocks[i], src.Edition)
	}
	reader := ocr.New(lines, ocr.Options{Names: namesOf(m), Sigla: siglaOf(m), Language: language, Clean: src.Edition})
	texts := make([]*annotate.Text, len(src.Blocks))
	for i := range src.Blocks {
		b := &src.Blocks[i]
		texts[i] = &annotate.Text{Kind: kindOf(b.Kind), Section: b.Section, Reading: reader.Read(lines[i]), CalledIn: -1, Context: dateOf(b)}
	}
	for i := range src.Blocks {
		for _, e := range src.Blocks[i].Ends {
			texts[i].Ends = append(texts[i].Ends, texts[i].Reading.Offset(e.Line, e.At))
		}
		for _, c := range src.Blocks[i].Callers {
			at := texts[i].Reading.Offset(c.Line, c.Start)
			texts[i].Calls = append(texts[i].Calls, annotate.Call{At: at, Note: c.Note})
			if note := texts[c.Note]; note.CalledIn < 0 {
				note.CalledIn, note.CalledAt = i, at
			}
		}
	}
	return texts
}

// linesOf gives the lines of a block with the footnote markers and the label to
// be cut out. An edition that sets markers off by a space ("Mr Forbes [3], Mr
// Coates") loses that space too where a sign follows.
func linesOf(b *block.Block, edition bool) []ocr.Line {
	lines := make([]ocr.Line, len(b.Lines))
	for i, l := range b.Lines {
		lines[i] = ocr.Line{Number: l.Number, Seq: l.Seq, Text: l.Text}
	}
	if b.Label.End > b.Label.Start {
		l := &lines[b.Label.Line]
		l.Cuts = append(l.Cuts, ocr.Cut{Start: b.Label.Start, End: b.Label.End})
	}
	for _, c := range b.Callers {
		if c.Start == c.End {
			continue // a tag, of which nothing is printed
		}
		l := &lines[c.Line]
		start := c.Start
		if edition && c.End < len(l.Text) && strings.IndexByte(",.;:)!?", l.Text[c.End]) >= 0 {
			start = len(strings.TrimRight(l.Text[:start], " "))
		}
		if k := len(l.Cuts) - 1; k >= 0 {
			start = max(start, l.Cuts[k].End)
		}
		l.Cuts = append(l.Cuts, ocr.Cut{Start: start, End: c.End})
	}
	return lines
}

func kindOf(k block.Kind) corpus.Kind {
	switch k {
	case block.Heading:
		return corpus.Heading
	case block.Footnote:
		return corpus.Footnote
	default:
		return corpus.Paragraph
	}
}

// namesOf lists the names of the authority file, in every form it gives.
func namesOf(m *corpus.Manifest) []string {
	var names []string
	for _, a := range m.Actors {
		names = append(append(names, a.Name), a.Forms...)
	}
	return names
}

func siglaOf(m *corpus.Manifest) []string {
	var sigla []string
	for _, c := range m.Collections {
		sigla = append(sigla, c.Siglum)
	}
	return sigla
}

// days counts the days from one ISO day to another, both included; 0 if one is no day.
func days(from, to string) int {
	a, errA := edtf.ParseDay(from)
	b, errB := edtf.ParseDay(to)
	if errA != nil || errB != nil {
		return 0
	}
	return int(b-a) + 1
}
