package search_test

import (
	"context"
	"errors"
	"reflect"
	"testing"

	"ibid/search"
)

// An answer that is kept is the one that is found, whoever has asked for it before
// and whatever was appended to its lists.
func TestAnswersEqualFound(t *testing.T) {
	dir := t.TempDir()
	writeVersion(t, dir, "a")
	plain, err := search.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer plain.Close()
	keeping, err := search.Open(dir, search.Answers(8<<20))
	if err != nil {
		t.Fatal(err)
	}
	defer keeping.Close()
	for _, r := range []search.Request{
		{}, {Query: "customs basis"}, {Query: "customs", Size: 1}, {Query: `"customs basis" NOT railway`}, {Query: "custms"}, {Query: "lindqvist 3 May 1911", Bare: true},
		{Query: "treaty", Filters: search.Filters{search.GroupActor: {"lindqvist", "nobody"}}}, {Query: "treaty", From: "1911-05", To: "1911-07", Sort: search.ByDate},
		{Query: "customs", Match: search.Exact}, {Query: "nothinglikeit", Filters: search.Filters{search.GroupKind: {"heading"}}},
	} {
		want := find(t, plain, r)
		for range 3 {
			got := find(t, keeping, r)
			if !reflect.DeepEqual(got, want) {
				t.Fatalf("%+v = %+v, want %+v", r, got, want)
			}
			_ = append(got.Hits, search.Hit{ID: "mine"})
			_ = append(got.Histogram, search.Bar{Count: 7})
			got.Hits, got.Facets, got.Total = nil, nil, -1
		}
	}
	if _, err := keeping.Search(context.Background(), search.Request{Query: `"open`}); err == nil {
		t.Error("a query that cannot be read has an answer")
	}
}

// Answers that are kept go with their index: after an exchange the new one answers, and
// after Close none.
func TestAnswersOfVersion(t *testing.T) {
	dir := t.TempDir()
	writeVersion(t, dir, "a")
	first, err := search.Open(dir, search.Answers(1<<20))
	if err != nil {
		t.Fatal(err)
	}
	live, r := search.NewLive(first), search.Request{Query: "customs"}
	for _, version := range []string{"a", "b", "c"} {
		if version != "a" {
			writeVersion(t, dir, version)
			if _, err := live.Refresh(dir, search.Answers(1<<20)); err != nil {
				t.Fatal(err)
			}
		}
		for range 2 {
			if got, err := live.Search(context.Background(), r); err != nil || got.Index != version {
				t.Fatalf("index %s answered %+v, %v", version, got, err)
			}
		}
	}
	if err := live.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := first.Search(context.Background(), r); !errors.Is(err, search.ErrClosed) {
		t.Errorf("the first index answers after its end: %v", err)
	}
}

// Facets and histogram are the same where they are counted beside the hits, and a search
// that is stopped stops both.
func TestCountedBeside(t *testing.T) {
	ix := fixture(t)
	requests := []search.Request{
		{}, {Query: "customs basis"}, {Query: "treaty", Filters: search.Filters{search.GroupActor: {"lindqvist"}}}, {Query: "treaty", From: "1911-05", To: "1911-07"},
		{Query: "customs", Bare: true}, {Query: "nothinglikeit"},
	}
	var want []*search.Result
	for _, r := range requests {
		want = append(want, find(t, ix, r))
	}
	search.SetBesideFrom(t, 0)
	for i, r := range requests {
		for range 20 {
			if got := find(t, ix, r); !reflect.DeepEqual(got, want[i]) {
				t.Fatalf("%+v = %+v, want %+v", r, got, want[i])
			}
		}
	}
	for range 200 {
		ctx, cancel := context.WithCancel(context.Background())
		go cancel()
		if _, err := ix.Search(ctx, requests[1]); err != nil && !errors.Is(err, context.Canceled) {
			t.Fatal(err)
		}
	}
}
