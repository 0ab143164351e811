package schema

import (
	"errors"
	"fmt"
	"os"

	"github.com/go-json-experiment/json" // reads a passage in a third of the time of encoding/json
	"github.com/klauspost/compress/s2"

	"ibid/corpus"
)

// A Store packs passages for the segment and unpacks them: their JSON form without what is empty, packed
// by S2 with a dictionary of some passages, since one alone is too short to be packed well. Against
// Snappy, as the segment has it, that takes half the bytes, and some microseconds of reading.
// It is safe for concurrent use.
type Store struct {
	data []byte
	dict *s2.Dict
}

// A dictionary is at most so long, and at most such a part of the passages it is made of.
const (
	dictionarySize = 48 << 10 // bytes
	dictionaryPart = 16
)

// maxStored bounds a stored passage, in bytes before it is packed: more is damage.
const maxStored = 1 << 30

var errStored = errors.New("it is no stored passage")

// NewStore makes a store whose dictionary is taken from passages like those that it will pack.
func NewStore(like []*corpus.Passage) (*Store, error) {
	var all [][]byte
	total := 0
	for _, p := range like {
		data, err := encodePassage(p)
		if err != nil {
			return nil, err
		}
		all, total = append(all, data), total+len(data)
	}
	room := min(dictionarySize, total/dictionaryPart)
	var dictionary []byte
	for i := 0; i < len(all) && len(dictionary) < room; i += max(1, total/max(room, 1)) {
		dictionary = append(dictionary, all[i][:min(len(all[i]), room-len(dictionary))]...)
	}
	return newStore(dictionary), nil
}

// newStore returns a store with a dictionary, without one where that is too short to be of use.
func newStore(dictionary []byte) *Store {
	return &Store{data: dictionary, dict: s2.MakeDict(dictionary, nil)}
}

// WriteFile writes the dictionary.
func (s *Store) WriteFile(path string) error { return os.WriteFile(path, s.data, 0o644) }

// OpenStore reads the dictionary of a store.
func OpenStore(path string) (*Store, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	if len(data) > s2.MaxDictSize {
		return nil, fmt.Errorf("%s is no dictionary: it has %d bytes", DictionaryName, len(data))
	}
	return newStore(data), nil
}

// Encode returns what Decode reads.
func (s *Store) Encode(p *corpus.Passage) ([]byte, error) {
	data, err := encodePassage(p)
	if err != nil {
		return nil, err
	}
	if s.dict == nil {
		return s2.EncodeBetter(nil, data), nil
	}
	return s.dict.EncodeBetter(nil, data), nil
}

// Decode reads a passage, and tells the bytes that it takes unpacked. Its lists are never nil.
func (s *Store) Decode(packed []byte) (p *corpus.Passage, size int, err error) {
	if n, err := s2.DecodedLen(packed); err != nil || n > maxStored || n > 1<<16+1<<10*len(packed) {
		return nil, 0, errStored
	}
	var data []byte
	if s.dict == nil {
		data, err = s2.Decode(nil, packed)
	} else {
		data, err = s.dict.Decode(nil, packed)
	}
	if err != nil {
		return nil, 0, err
	}
	p, err = decodePassage(data)
	return p, len(data), err
}

// A stored passage is its JSON form without what is empty, and without the print where that
// is the reading. It is half as long as the whole form and read faster.
type stored struct {
	Passage corpus.Passage `json:",inline"`
	AsRead  bool           `json:"as_read"` // Printed is Text
}

// encodePassage returns what decodePassage reads.
func encodePassage(p *corpus.Passage) ([]byte, error) {
	s := stored{Passage: *p}
	for _, l := range lists(&s.Passage) {
		l.dropEmpty()
	}
	if p.Printed == p.Text {
		s.Passage.Printed, s.AsRead = "", true
	}
	return json.Marshal(&s, json.OmitZeroStructFields(true))
}

func decodePassage(data []byte) (*corpus.Passage, error) {
	s := new(stored)
	if err := json.Unmarshal(data, s); err != nil {
		return nil, err
	}
	if s.AsRead {
		s.Passage.Printed = s.Passage.Text
	}
	for _, l := range lists(&s.Passage) {
		l.fillEmpty()
	}
	return &s.Passage, nil
}

// lists are those that are never null in the JSON form of a passage.
func lists(p *corpus.Passage) [10]emptiable {
	return [...]emptiable{
		of(&p.Phase), of(&p.Pages), of(&p.Lines), of(&p.Repairs), of(&p.Dates), of(&p.Actors), of(&p.Citations), of(&p.Notes), of(&p.Quotations), of(&p.Marks),
	}
}

// An emptiable is a list whose elements do not matter.
type emptiable interface {
	dropEmpty()
	fillEmpty()
}

type listOf[T any] struct{ list *[]T }

func of[T any](list *[]T) emptiable { return listOf[T]{list} }

func (l listOf[T]) dropEmpty() {
	if len(*l.list) == 0 {
		*l.list = nil
	}
}

func (l listOf[T]) fillEmpty() {
	if *l.list == nil {
		*l.list = []T{}
	}
}
