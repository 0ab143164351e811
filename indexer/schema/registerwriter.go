package schema

import (
	"cmp"
	"encoding/json"
	"io"
	"maps"
	"slices"
	"strings"

	"ibid/corpus"
	"ibid/indexer/analysis"
)

// WriteTo writes the file. Nothing can be added afterwards.
func (w *RegisterWriter) WriteTo(out io.Writer) (int64, error) {
	w.tie()
	cited := slices.SortedFunc(maps.Values(w.cited), compareCited)
	f := fileWriter{table: table{Passages: int(w.passages), Cited: len(cited)}}
	if err := w.putActors(&f); err != nil {
		return 0, err
	}
	if err := w.putDocuments(&f, cited); err != nil {
		return 0, err
	}
	w.putPairs(&f)
	putStrings(&f, "heading", w.headings)
	census, err := json.Marshal(w.census.Census)
	if err != nil {
		return 0, err
	}
	put(&f, "census", census)
	return f.writeTo(registerMagic, out)
}

// tie makes one of a document that is cited and printed: cited by the id of a
// source as siglum, and the number that the document has in that source.
func (w *RegisterWriter) tie() {
	numbered := make(map[string]*documentSum)
	for _, d := range w.printed {
		if n := d.Edited.Number; n != "" {
			numbered[CiteKey(d.Source+" "+n)] = d
		}
	}
	for _, id := range slices.Sorted(maps.Keys(w.cited)) {
		if d := numbered[CiteKey(id)]; d != nil {
			c := w.cited[id]
			d.quoted, d.in = together(d.quoted, c.quoted), together(d.in, c.in)
			w.byID[id] = d
			delete(w.cited, id)
		}
	}
}

// together merges two lists of passages in their order.
func together(a, b []uint32) []uint32 {
	return slices.Compact(slices.Sorted(slices.Values(slices.Concat(a, b))))
}

func compareCited(a, b *documentSum) int {
	return cmp.Or(cmp.Compare(a.Collection, b.Collection), cmp.Compare(DocumentNumber(a.ID), DocumentNumber(b.ID)), cmp.Compare(a.ID, b.ID))
}

func (w *RegisterWriter) putActors(f *fileWriter) error {
	all := slices.SortedFunc(maps.Values(w.actors), func(a, b *actorSum) int {
		return cmp.Or(cmp.Compare(analysis.Fold(a.name), analysis.Fold(b.name)), cmp.Compare(a.id, b.id))
	})
	keys := make(map[string]uint32, len(all))
	for i, a := range all {
		a.place = uint32(i)
		keys[a.id] = a.place
	}
	if err := putRecords(f, "actor", all, func(a *actorSum) any { return ActorRecord{a.id, a.name, countedForms(a.forms)} }); err != nil {
		return err
	}
	putStrings(f, "called", collect(all, func(a *actorSum) string { return spacedWords(append([]string{a.name}, a.called...)...) }))
	put(f, "kind", collect(all, func(a *actorSum) uint32 { return uint32(max(slices.Index(ActorKinds, a.kind), 0)) }))
	put(f, "mentions", collect(all, func(a *actorSum) uint32 { return a.mentions }))
	put(f, "passages", collect(all, func(a *actorSum) uint32 { return a.passages }))
	putLists(f, "said", collect(all, func(a *actorSum) []uint32 { return a.said }))
	putLists(f, "told", collect(all, func(a *actorSum) []uint32 { return a.told }))
	putLists(f, "named", collect(all, func(a *actorSum) []uint32 { return a.named }))
	putKeys(f, "actor.key", "actor.of", keys)
	return nil
}

func (w *RegisterWriter) putDocuments(f *fileWriter, cited []*documentSum) error {
	all := slices.Concat(cited, w.printed)
	for i, d := range all {
		d.place = uint32(i)
	}
	if err := putRecords(f, "document", all, func(d *documentSum) any { return d.DocumentRecord }); err != nil {
		return err
	}
	putStrings(f, "words", collect(all, w.wordsOf))
	put(f, "earliest", collect(all, func(d *documentSum) int32 { return dayOf(d.Date).From }))
	put(f, "latest", collect(all, func(d *documentSum) int32 { return dayOf(d.Date).To }))
	put(f, "from", collect(all, func(d *documentSum) uint32 { return w.placeOf(d.From) }))
	put(f, "to", collect(all, func(d *documentSum) uint32 { return w.placeOf(d.To) }))
	put(f, "first", collect(all, func(d *documentSum) uint32 { return d.first }))
	put(f, "end", collect(all, func(d *documentSum) uint32 { return d.end }))
	putLists(f, "quoted", collect(all, func(d *documentSum) []uint32 { return d.quoted }))
	putLists(f, "cited", collect(all, func(d *documentSum) []uint32 { return d.in }))
	w.putGroups(f, all, len(cited))
	keys := make(map[string]uint32, 2*len(all))
	for _, d := range all {
		keys[strings.ToLower(d.ID)] = d.place
	}
	other := func(key string, place uint32) { // its own id comes first
		if _, taken := keys[key]; !taken {
			keys[key] = place
		}
	}
	for _, id := range slices.Sorted(maps.Keys(w.byID)) { // what is cited by another id, too
		other(strings.ToLower(id), w.byID[id].place)
	}
	for _, id := range slices.Sorted(maps.Keys(keys)) {
		other(strings.ReplaceAll(id, " ", "-"), keys[id])
	}
	putKeys(f, "key", "key.of", keys)
	return nil
}

// putGroups writes the media, collections and sources, and which of them each document has.
func (w *RegisterWriter) putGroups(f *fileWriter, all []*documentSum, cited int) {
	media, sigla := []string{""}, []string(nil)
	for i, d := range all {
		media = append(media, d.Medium)
		if i < cited {
			sigla = append(sigla, d.Collection)
		}
	}
	slices.Sort(media)
	slices.Sort(sigla)
	media, sigla = slices.Compact(media), slices.Compact(sigla)
	index := func(list []string, value string) uint32 { return uint32(max(slices.Index(list, value), 0)) }
	put(f, "medium", collect(all, func(d *documentSum) uint32 { return index(media, d.Medium) }))
	put(f, "group", collect(all, func(d *documentSum) uint32 {
		if int(d.place) < cited {
			return index(sigla, d.Collection)
		}
		return index(w.sources, d.Source)
	}))
	putStrings(f, "media", media)
	putStrings(f, "collections", sigla)
	putStrings(f, "sources", w.sources)
}

func (w *RegisterWriter) putPairs(f *fileWriter) {
	type pair struct{ from, to, count uint32 }
	var all []pair
	for p, n := range w.pairs {
		all = append(all, pair{p[0].place, p[1].place, n})
	}
	slices.SortFunc(all, func(a, b pair) int {
		return cmp.Or(cmp.Compare(b.count, a.count), cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to))
	})
	put(f, "pair.from", collect(all, func(p pair) uint32 { return p.from }))
	put(f, "pair.to", collect(all, func(p pair) uint32 { return p.to }))
	put(f, "pair.count", collect(all, func(p pair) uint32 { return p.count }))
}

// placeOf is 1 + the place of an actor, 0 for "".
func (w *RegisterWriter) placeOf(id string) uint32 {
	if id == "" {
		return 0
	}
	if a, ok := w.actors[id]; ok {
		return 1 + a.place
	}
	return 0 // one of whom no passage is left
}

// wordsOf are the words by which a document is found: of its id, title and correspondents.
func (w *RegisterWriter) wordsOf(d *documentSum) string {
	parts := []string{d.ID}
	for _, id := range []string{d.From, d.To} {
		if a := w.actors[id]; a != nil {
			parts = append(parts, a.name)
		}
	}
	if d.Edited != nil {
		parts = append(parts, d.Edited.Title, d.Edited.Number, d.Edited.Place)
	}
	return spacedWords(parts...)
}

func spacedWords(texts ...string) string {
	var words []string
	for _, s := range texts {
		words = append(words, analysis.Terms(s)...)
	}
	return " " + strings.Join(distinct(words), " ") + " "
}

// dayOf is the stretch of an EDTF date, nothing where it has none.
func dayOf(date string) Interval {
	for _, i := range Intervals(&corpus.Passage{Date: date}) {
		return i
	}
	return Interval{}
}

// countedForms lists printed forms, the commonest first.
func countedForms(forms map[string]int) []FormCount {
	out := []FormCount{}
	for f, n := range forms {
		out = append(out, FormCount{f, n})
	}
	slices.SortFunc(out, func(a, b FormCount) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Form, b.Form))
	})
	return out
}

func collect[T, V any](list []T, value func(T) V) []V {
	out := make([]V, len(list))
	for i, item := range list {
		out[i] = value(item)
	}
	return out
}

func putRecords[T any](f *fileWriter, name string, list []T, record func(T) any) error {
	texts := make([]string, len(list))
	for i, item := range list {
		data, err := json.Marshal(record(item))
		if err != nil {
			return err
		}
		texts[i] = string(data)
	}
	putStrings(f, name, texts)
	return nil
}

func putStrings(f *fileWriter, name string, list []string) {
	at, data := []uint32{0}, []byte(nil)
	for _, s := range list {
		data = append(data, s...)
		at = append(at, uint32(len(data)))
	}
	put(f, name+".at", at)
	put(f, name, data)
}

func putLists(f *fileWriter, name string, lists [][]uint32) {
	at, of := []uint32{0}, slices.Concat(lists...)
	for _, l := range lists {
		at = append(at, at[len(at)-1]+uint32(len(l)))
	}
	put(f, name+".at", at)
	put(f, name+".of", of)
}

// putKeys writes the keys in order, and what each is the key of.
func putKeys(f *fileWriter, name, of string, keys map[string]uint32) {
	sorted := slices.Sorted(maps.Keys(keys))
	putStrings(f, name, sorted)
	put(f, of, collect(sorted, func(k string) uint32 { return keys[k] }))
}
