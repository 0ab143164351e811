package search

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"ibid/corpus"
)

// answering answers with the query as the version of the index, once it is let go.
type answering struct {
	begun atomic.Int64
	ended atomic.Int64 // by their context
	let   chan struct{}
}

func (a *answering) search(ctx context.Context, r Request) (*Result, error) {
	a.begun.Add(1)
	select {
	case <-a.let:
		return &Result{Index: r.Query}, nil
	case <-ctx.Done():
		a.ended.Add(1)
		return nil, context.Cause(ctx)
	}
}

// wait waits until n callers wait for the only request under way.
func wait(t *testing.T, a *answers, n int) {
	t.Helper()
	for range 10_000 {
		a.mu.Lock()
		for _, q := range a.asked {
			if q.waiting == n {
				a.mu.Unlock()
				return
			}
		}
		a.mu.Unlock()
		time.Sleep(time.Millisecond)
	}
	t.Fatalf("there never were %d callers waiting", n)
}

// Many who ask the same at once are answered by one search, also when the one who
// asked first goes away; who asks later is answered by none.
func TestAnswersOnce(t *testing.T) {
	s := &answering{let: make(chan struct{})}
	a := newAnswers(1<<20, s.search)
	first, leave := context.WithCancelCause(context.Background())
	gone := errors.New("gone")
	left := make(chan error)
	go func() {
		_, err := a.get(first, Request{Query: "x"})
		left <- err
	}()
	wait(t, a, 1)
	var others sync.WaitGroup
	for range 8 {
		others.Go(func() {
			if r, err := a.get(context.Background(), Request{Query: "x"}); err != nil || r.Index != "x" {
				t.Errorf("one of many = %v, %v", r, err)
			}
		})
	}
	wait(t, a, 9)
	leave(gone)
	if err := <-left; !errors.Is(err, gone) {
		t.Errorf("who went away is told %v", err)
	}
	close(s.let)
	others.Wait()
	if r, err := a.get(context.Background(), Request{Query: "x", Size: 10, Match: Similar}); err != nil || r.Index != "x" {
		t.Errorf("asked again = %v, %v", r, err)
	}
	if n := s.begun.Load(); n != 1 {
		t.Errorf("%d searches for ten who asked the same", n)
	}
}

// When nobody waits any more the search is stopped, and who asks then begins anew.
func TestAnswersAllLeave(t *testing.T) {
	s := &answering{let: make(chan struct{})}
	a := newAnswers(1<<20, s.search)
	ctx, leave := context.WithCancel(context.Background())
	var left sync.WaitGroup
	for range 3 {
		left.Go(func() {
			if _, err := a.get(ctx, Request{Query: "x"}); !errors.Is(err, context.Canceled) {
				t.Errorf("who went away is told %v", err)
			}
		})
	}
	wait(t, a, 3)
	leave()
	left.Wait()
	close(s.let)
	if r, err := a.get(context.Background(), Request{Query: "x"}); err != nil || r.Index != "x" {
		t.Errorf("who asks afterwards = %v, %v", r, err)
	}
	if n := s.begun.Load(); n != 2 {
		t.Errorf("%d searches, want the one that was left and another", n)
	}
}

// Errors and answers of files not verified yet are not kept; a panic is an error.
func TestAnswersNotKept(t *testing.T) {
	asked := map[string]int{}
	a := newAnswers(1<<20, func(_ context.Context, r Request) (*Result, error) {
		asked[r.Query]++
		switch r.Query {
		case "error":
			return nil, ErrStaleCursor
		case "panic":
			panic("no such passage")
		}
		return &Result{Unverified: r.Query == "unverified"}, nil
	})
	for _, q := range []string{"error", "panic", "unverified", "whole"} {
		for range 2 {
			r, err := a.get(context.Background(), Request{Query: q})
			if (err != nil) != (q == "error" || q == "panic") || (r == nil) != (err != nil) {
				t.Errorf("%s = %v, %v", q, r, err)
			}
		}
	}
	if want := map[string]int{"error": 2, "panic": 2, "unverified": 2, "whole": 1}; !reflect.DeepEqual(asked, want) {
		t.Errorf("searches %v, want %v", asked, want)
	}
	if len(a.asked) != 0 {
		t.Errorf("%d requests are still under way", len(a.asked))
	}
}

// Requests with different answers have different keys.
func TestAnswerKey(t *testing.T) {
	filters := func(g Group, values ...string) Filters { return Filters{g: values} }
	requests := []Request{
		{}, {Query: "a"}, {Query: "a", Size: 20}, {Query: "a", Cursor: "a"}, {Cursor: "a"}, {Query: "a", Sort: ByDate}, {Query: "a", Match: Exact}, {Query: "a", From: "1939"},
		{Query: "a", To: "1939"}, {Query: "a", To: "1939", Within: true}, {Query: "a", Bare: true}, {Query: "1:a"}, {Filters: filters(GroupActor, "a")},
		{Filters: filters(GroupSpeaker, "a")}, {Filters: filters(GroupActor, "a", "b")}, {Filters: filters(GroupActor, "a1:b")},
		{Filters: Filters{GroupActor: {"a"}, GroupSpeaker: {"b"}}}, {Filters: Filters{GroupActor: {"b"}, GroupSpeaker: {"a"}}},
	}
	seen := map[string]Request{}
	for _, r := range requests {
		key := answerKey(&r)
		if other, ok := seen[key]; ok {
			t.Errorf("%+v and %+v have the same key", r, other)
		}
		seen[key] = r
	}
	if a, b := (Request{Filters: Filters{GroupActor: nil}}), (Request{Size: 10, Match: Similar}); answerKey(&a) != answerKey(&b) || answerKey(&a) != answerKey(&requests[0]) {
		t.Error("what is left out and what it stands for have different keys")
	}
}

// fill puts texts of 64 bytes into every part of a value, and three elements into every list and map.
func fill(v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(strings.Repeat("x", 64))
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 3, 3))
		for i := range 3 {
			fill(v.Index(i))
		}
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		for i := range 3 {
			key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
			key.SetString(fmt.Sprintf("%064d", i))
			fill(value)
			v.SetMapIndex(key, value)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i))
		}
	}
}

// bytesOf walks all that a value refers to and adds up its bytes; an independent count of weight.
func bytesOf(v reflect.Value) int {
	n := 0
	switch v.Kind() {
	case reflect.String:
		n += v.Len()
	case reflect.Slice:
		n += v.Cap() * int(v.Type().Elem().Size())
		for i := range v.Len() {
			n += bytesOf(v.Index(i))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Field(i); !constant[f.Type()] {
				n += bytesOf(f)
			}
		}
	case reflect.Array:
		for i := range v.Len() {
			n += bytesOf(v.Index(i))
		}
	case reflect.Map:
		for it := v.MapRange(); it.Next(); {
			n += int(v.Type().Elem().Size()) + int(v.Type().Key().Size()) + bytesOf(it.Value())
			if !constant[v.Type().Key()] {
				n += bytesOf(it.Key())
			}
		}
	}
	return n
}

// constant are the types of texts that stand in the program.
var constant = map[reflect.Type]bool{
	reflect.TypeFor[Layer](): true, reflect.TypeFor[Group](): true, reflect.TypeFor[corpus.Kind](): true, reflect.TypeFor[corpus.Nature](): true, reflect.TypeFor[corpus.CitationKind](): true,
}

// The weight of an answer is about what it takes: no part of it is forgotten.
func TestResultWeight(t *testing.T) {
	full := new(Result)
	fill(reflect.ValueOf(full).Elem())
	for _, values := range full.Facets {
		for i := range values {
			values[i] = FacetValue{} // their texts are the index's
		}
	}
	before := full.Hits[1].Fragments[1][1].Text
	full.detach()
	if got := full.Hits[1].Fragments[1][1].Text; got != before {
		t.Errorf("a fragment is %q once it is detached", got)
	}
	if got, want := full.weight(), bytesOf(reflect.ValueOf(*full)); got < want || float64(got) > 1.25*float64(want) {
		t.Errorf("weight %d of %d bytes", got, want)
	}
}

// However many answers are given, those kept take no more than is allowed, and the last
// stays.
func TestAnswersBound(t *testing.T) {
	asked := 0
	a := newAnswers(10_000, func(_ context.Context, r Request) (*Result, error) {
		asked++
		return &Result{Index: strings.Repeat("x", r.Size*100)}, nil
	})
	for i := range 300 {
		r := Request{Query: fmt.Sprint(i), Size: 1 + i%50}
		for range 2 {
			if _, err := a.get(context.Background(), r); err != nil {
				t.Fatal(err)
			}
		}
		if a.kept.Weight() > 10_000 {
			t.Fatalf("%d bytes are kept of 10,000", a.kept.Weight())
		}
	}
	if asked != 300 {
		t.Errorf("%d searches for 300 requests asked twice", asked)
	}
	before := a.kept.Len()
	if _, err := a.get(context.Background(), Request{Query: "large", Size: 100}); err != nil {
		t.Fatal(err)
	}
	if before == 0 || a.kept.Len() != before {
		t.Error("an answer too large to be kept drove out those that were")
	}
	if a.kept.Clear(); a.kept.Weight() != 0 || a.kept.Len() != 0 {
		t.Error("something is left after clear")
	}
}
