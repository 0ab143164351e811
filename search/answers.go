package search

import (
	"context"
	"fmt"
	"maps"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unsafe"

	"ibid/corpus"
	"ibid/search/lru"
)

// answers are the answers of one index: those given last, and those that are being
// found, each once however many ask for it. An index never changes and its answers go
// with it, so that none of another version is ever given. An answer of an index whose
// files are not verified yet is not kept, nor is an error.
type answers struct {
	search func(context.Context, Request) (*Result, error)
	kept   *lru.Cache[string, *Result]

	mu    sync.Mutex
	asked map[string]*asking
}

// An asking is a request under way and those who wait for its answer.
type asking struct {
	done    chan struct{}
	waiting int                // when nobody waits any more, it is stopped
	stop    context.CancelFunc // of the search
	result  *Result            // when it is done
	err     error
}

func newAnswers(bytes int, search func(context.Context, Request) (*Result, error)) *answers {
	return &answers{search: search, kept: lru.New[string, *Result](bytes), asked: make(map[string]*asking)}
}

// get returns the answer to a request. One who stops waiting does not stop the search
// for others who wait for it.
func (a *answers) get(ctx context.Context, r Request) (*Result, error) {
	if err := context.Cause(ctx); err != nil {
		return nil, err
	}
	key := answerKey(&r)
	if kept, ok := a.kept.Get(key); ok {
		return kept.shared(), nil
	}
	q := a.join(ctx, r, key)
	select {
	case <-q.done:
		return q.result.shared(), q.err
	case <-ctx.Done():
		a.leave(key, q)
		return nil, context.Cause(ctx)
	}
}

// join waits for the answer with others, or begins to look for it.
func (a *answers) join(ctx context.Context, r Request, key string) *asking {
	a.mu.Lock()
	defer a.mu.Unlock()
	q, ok := a.asked[key]
	if !ok {
		q = &asking{done: make(chan struct{})}
		ctx, q.stop = context.WithCancel(context.WithoutCancel(ctx))
		a.asked[key] = q
		go a.find(ctx, r, key, q)
	}
	q.waiting++
	return q
}

// leave waits no longer.
func (a *answers) leave(key string, q *asking) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if q.waiting--; q.waiting > 0 {
		return
	}
	q.stop()
	if a.asked[key] == q { // who asks now begins anew
		delete(a.asked, key)
	}
}

// find looks for the answer, for all who wait.
func (a *answers) find(ctx context.Context, r Request, key string, q *asking) {
	defer func() {
		if fault := recover(); fault != nil {
			q.result, q.err = nil, &internalError{fmt.Sprintf("%v\n%s", fault, debug.Stack())}
		}
		a.mu.Lock()
		defer a.mu.Unlock()
		if a.asked[key] == q {
			delete(a.asked, key)
		}
		q.stop()
		close(q.done)
	}()
	q.result, q.err = a.search(ctx, r)
	if q.err == nil && !q.result.Unverified {
		q.result.detach()
		a.kept.Put(key, q.result, len(key)+q.result.weight())
	}
}

// answerKey names what a request asks for: it is the same for requests that have the same answer
// by their parameters alone, without a look at the query.
func answerKey(r *Request) string {
	size, match := r.Size, r.Match
	if size == 0 {
		size = 10
	}
	if match == "" {
		match = Similar
	}
	var key []byte
	add := func(parts ...string) {
		for _, p := range parts {
			key = append(strconv.AppendInt(key, int64(len(p)), 10), ':')
			key = append(key, p...)
		}
	}
	key = fmt.Appendf(key, "%d %t %t ", size, r.Within, r.Bare)
	add(r.Query, r.Cursor, string(r.Sort), string(match), r.From, r.To)
	for _, g := range slices.Sorted(maps.Keys(r.Filters)) {
		if values := r.Filters[g]; len(values) > 0 {
			add(string(g), strconv.Itoa(len(values)))
			add(values...)
		}
	}
	return string(key)
}

// shared is r for one of those who share it: what is appended to its lists is seen by nobody else.
func (r *Result) shared() *Result {
	if r == nil {
		return nil
	}
	one := *r
	one.Hits, one.Histogram, one.Without = slices.Clip(r.Hits), slices.Clip(r.Histogram), slices.Clip(r.Without)
	return &one
}

// detach copies the fragments, so that they do not hold the whole texts they are cut from.
func (r *Result) detach() {
	for _, h := range r.Hits {
		for _, f := range h.Fragments {
			var text strings.Builder
			for _, p := range f {
				text.WriteString(p.Text)
			}
			rest := text.String()
			for i := range f {
				n := len(f[i].Text)
				f[i].Text, rest = rest[:n], rest[n:]
			}
		}
	}
}

// weight estimates the bytes that a result takes: its lists and the strings in them. Lists of a
// passage (dates, mentions, citations) are counted for each hit, though hits of several answers may share
// them. Names and values of facets are those of the index and not counted.
func (r *Result) weight() int {
	n := int(unsafe.Sizeof(*r)) + texts(r.Index, r.Query.Q, r.Query.Understood, r.Next)
	n += list(r.Query.Corrections) + list(r.Query.Forms) + list(r.Query.Unknown) + texts(r.Query.Unknown...)
	for _, c := range r.Query.Corrections {
		n += list(c.Tried) + texts(c.Word) + texts(c.Tried...)
	}
	for _, f := range r.Query.Forms {
		n += texts(f.Word, f.Form)
	}
	n += mapBytes(len(r.Query.Near))
	for field, near := range r.Query.Near {
		n += texts(field) + list(near) + texts(near...)
	}
	n += list(r.Hits)
	for i := range r.Hits {
		n += r.Hits[i].weight()
	}
	n += mapBytes(len(r.Facets))
	for _, values := range r.Facets {
		n += list(values)
	}
	n += list(r.Histogram) + list(r.Without)
	for _, b := range r.Histogram {
		n += texts(b.From, b.To)
	}
	return n
}

func (h *Hit) weight() int {
	n := texts(h.ID, h.Source, h.Section, h.Title, h.URL, h.Reference, h.Speaker, h.Addressee, h.Medium, h.Date, h.Within)
	n += list(h.Phase) + list(h.Pages) + list(h.Lines) + list(h.Quotations)
	n += texts(h.Phase...) + texts(h.Pages...) + texts(h.Quotations...)
	n += list(h.Fragments) + list(h.Dates) + list(h.Actors) + list(h.Citations)
	for _, f := range h.Fragments {
		n += list(f)
		for _, p := range f {
			n += texts(p.Text)
		}
	}
	for _, d := range h.Dates {
		n += texts(d.Printed, d.EDTF, d.Earliest, d.Latest)
	}
	for _, m := range h.Actors {
		n += texts(m.ID, m.Printed)
	}
	for _, c := range h.Citations {
		n += citationTexts(c)
	}
	return n
}

func citationTexts(c corpus.Citation) int {
	return texts(c.ID, string(c.Kind), c.Printed, c.Locator, c.Through, c.Date)
}

// list returns the bytes of the array behind a slice.
func list[T any](s []T) int {
	var one T
	return cap(s) * int(unsafe.Sizeof(one))
}

// texts returns the bytes of strings, in the sizes that memory is given out in.
func texts(all ...string) int {
	n := 0
	for _, s := range all {
		n += (len(s) + 15) &^ 15
	}
	return n
}

// mapBytes returns about the bytes of a map of so many lists.
func mapBytes(entries int) int { return 48 + 56*entries }
