package schema

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"github.com/klauspost/compress/s2"

	"ibid/corpus"
)

// fill puts something into every field that a value has.
func fill(v reflect.Value, n *int) {
	*n++
	switch v.Kind() {
	case reflect.String:
		v.SetString(fmt.Sprintf("text <%d> é", *n))
	case reflect.Int:
		v.SetInt(int64(*n))
	case reflect.Float64:
		v.SetFloat(float64(*n) / 8)
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), n)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		fill(v.Index(0), n)
		fill(v.Index(1), n)
	case reflect.Array:
		for i := range v.Len() {
			fill(v.Index(i), n)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i), n)
		}
	}
}

// samples are passages with everything, with nothing, and some between.
func samples() []*corpus.Passage {
	n, full := 0, new(corpus.Passage)
	fill(reflect.ValueOf(full).Elem(), &n)
	same := *full
	same.Printed, same.Caller, same.Dates = same.Text, nil, []corpus.Date{}
	unprinted := same
	unprinted.Printed = ""
	return []*corpus.Passage{full, {}, &same, &unprinted, {ID: "a/p1", Kind: corpus.Paragraph, Text: "A text.", Printed: "A\ntext.", Lines: [][2]int{{0, 0}}, Actors: []corpus.Mention{{}}}}
}

// A passage is read as it was stored; its empty lists are lists.
func TestStoredPassage(t *testing.T) {
	for _, like := range [][]*corpus.Passage{nil, samples()[:1], slices.Repeat(samples(), 300)} {
		made, err := NewStore(like)
		if err != nil {
			t.Fatal(err)
		}
		name := filepath.Join(t.TempDir(), DictionaryName)
		if err := made.WriteFile(name); err != nil {
			t.Fatal(err)
		}
		store, err := OpenStore(name)
		if err != nil {
			t.Fatal(err)
		}
		storedAsRead(t, store)
	}
}

func storedAsRead(t *testing.T, store *Store) {
	for i, p := range samples() {
		before, err := json.Marshal(p)
		if err != nil {
			t.Fatal(err)
		}
		data, err := store.Encode(p)
		if err != nil {
			t.Fatal(err)
		}
		if after, err := json.Marshal(p); err != nil || string(after) != string(before) {
			t.Errorf("passage %d is changed by storing it", i)
		}
		got, _, err := store.Decode(data)
		if err != nil {
			t.Fatal(err)
		}
		want := *p
		v := reflect.ValueOf(&want).Elem()
		for f := range v.NumField() {
			if f := v.Field(f); f.Kind() == reflect.Slice && f.IsNil() {
				f.Set(reflect.MakeSlice(f.Type(), 0, 0))
			}
		}
		if !reflect.DeepEqual(got, &want) {
			t.Errorf("passage %d is read as %+v, want %+v, from %s", i, got, &want, data)
		}
	}
}

// What is no stored passage is an error; what is one is stored again as it was read.
func FuzzDecodePassage(f *testing.F) {
	store, err := NewStore(slices.Repeat(samples(), 300))
	if err != nil {
		f.Fatal(err)
	}
	for _, p := range samples() {
		packed, err := store.Encode(p)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(packed)
	}
	f.Add(s2.Encode(nil, []byte(`{"id":"a","as_read":true,"text":"x","printed":"y"}`)))
	f.Fuzz(func(t *testing.T, packed []byte) {
		p, _, err := store.Decode(packed)
		if err != nil {
			return
		}
		again, err := store.Encode(p)
		if err != nil {
			t.Fatalf("%+v cannot be stored: %v", p, err)
		}
		if q, _, err := store.Decode(again); err != nil || !reflect.DeepEqual(p, q) {
			t.Errorf("%+v is read again as %+v, %v", p, q, err)
		}
	})
}
