package search

import (
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"slices"
	"strings"
)

// maxDepth is the number of hits that can be paged through: beyond any corpus this
// index is made for. A page far down costs as much as sorting all hits once, so
// one who wants them all does better with Export.
const maxDepth = 10_000_000

// A cursor is the base64 of 8 bytes that depend on index and request, then the
// number of hits before the page. An index never changes, so the order of its
// hits does not either.
func (ix *Index) cursor(r *Request, offset int) string {
	if offset >= maxDepth {
		return ""
	}
	data := binary.BigEndian.AppendUint64(nil, ix.fingerprint(r))
	data = binary.AppendUvarint(data, uint64(offset))
	return base64.RawURLEncoding.EncodeToString(data)
}

// offset reads the cursor of a request.
func (ix *Index) offset(r *Request) (int, error) {
	return readCursor(r.Cursor, ix.fingerprint(r), maxDepth)
}

// readCursor returns the number of hits before a page, below limit; 0 for no cursor.
func readCursor(cursor string, fingerprint uint64, limit int) (int, error) {
	if cursor == "" {
		return 0, nil
	}
	data, err := base64.RawURLEncoding.Strict().DecodeString(cursor)
	if err == nil && len(data) > 8 && binary.BigEndian.Uint64(data) == fingerprint {
		if offset, n := binary.Uvarint(data[8:]); n == len(data)-8 && offset < uint64(limit) {
			return int(offset), nil
		}
	}
	return 0, fmt.Errorf("%w: the index changed, or the cursor is not of this search; start again without it", ErrStaleCursor)
}

// fingerprint is a hash of the index and of what decides which hits a request has, in which order.
func (ix *Index) fingerprint(r *Request) uint64 {
	groups := make([]string, 0, len(r.Filters))
	for g, values := range r.Filters {
		sorted := slices.Clone(values)
		slices.Sort(sorted)
		groups = append(groups, fmt.Sprintf("%s=%q", g, sorted))
	}
	slices.Sort(groups)
	return ix.markOf(r.Query, r.Sort, r.Match, r.From, r.To, r.Within, strings.Join(groups, "&"))
}

// markOf is a hash of the index and of values that print themselves.
func (ix *Index) markOf(values ...any) uint64 {
	h := fnv.New64a()
	for _, v := range append([]any{ix.Version()}, values...) {
		p := fmt.Sprintf("%v", v)
		fmt.Fprintf(h, "%d:%s", len(p), p)
	}
	return h.Sum64()
}

// turns are the cursors of the pages before and after one of a list, "" where there is none.
func turns(mark uint64, offset, size, total int) (previous, next string) {
	at := func(offset int) string {
		data := binary.BigEndian.AppendUint64(nil, mark)
		return base64.RawURLEncoding.EncodeToString(binary.AppendUvarint(data, uint64(offset)))
	}
	if offset > 0 {
		previous = at(max(0, offset-size))
	}
	if offset+size < total {
		next = at(offset + size)
	}
	return previous, next
}
