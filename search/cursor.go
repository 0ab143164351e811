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
	h := fnv.New64a()
	write := func(parts ...string) {
		for _, p := range parts {
			fmt.Fprintf(h, "%d:%s", len(p), p)
		}
	}
	write(ix.Version(), r.Query, string(r.Sort), string(r.Match), r.From, r.To, fmt.Sprint(r.Within))
	groups := make([]string, 0, len(r.Filters))
	for g, values := range r.Filters {
		sorted := slices.Clone(values)
		slices.Sort(sorted)
		groups = append(groups, fmt.Sprintf("%s=%q", g, sorted))
	}
	slices.Sort(groups)
	write(strings.Join(groups, "&"))
	return h.Sum64()
}
