package web

import (
	"cmp"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"ibid/search"
)

// Bounds of parameters.
const (
	maxQuery  = 2000 // of q, in characters, as in search/query
	maxSize   = 100  // hits on a page of results
	maxValues = 50   // of one filter
	maxValue  = 200  // of any other parameter, in bytes
)

var (
	groups = []search.Group{search.GroupKind, search.GroupSource, search.GroupSection, search.GroupPhase, search.GroupActor,
		search.GroupSpeaker, search.GroupAddressee, search.GroupCollection, search.GroupCite, search.GroupMedium}
	sorts      = []string{string(search.ByRelevance), string(search.ByDate), string(search.ByPosition)}
	layers     = []string{string(search.Exact), string(search.Stem), string(search.Variant), string(search.Similar)}
	dateModes  = []string{"overlap", "within"}
	singleOnes = []string{"q", "size", "cursor", "sort", "match", "from", "to", "dates"}
)

// readRequest reads the parameters of a search. Empty ones count as left out, as
// a form sends them. It returns a *paramError for one that cannot be read.
func readRequest(v url.Values, cat *catalog) (search.Request, error) {
	r := search.Request{Query: strings.TrimSpace(v.Get("q")), Cursor: v.Get("cursor")}
	if err := checkShape(v); err != nil {
		return r, err
	}
	var err error
	if r.Size, err = readSize(v.Get("size")); err != nil {
		return r, err
	}
	order, err := oneOf("sort", v.Get("sort"), sorts)
	if err != nil {
		return r, err
	}
	layer, err := oneOf("match", v.Get("match"), layers)
	if err != nil {
		return r, err
	}
	mode, err := oneOf("dates", v.Get("dates"), dateModes)
	if err != nil {
		return r, err
	}
	r.Sort, r.Match, r.Within = search.Sort(order), search.Layer(layer), mode == "within"
	if r.From, r.To, err = readRange(v.Get("from"), v.Get("to")); err != nil {
		return r, err
	}
	r.Filters, err = readFilters(v, cat)
	return r, err
}

// checkShape refuses what no parameter may be: several values for one that
// takes one, invalid UTF-8, control characters, great length.
func checkShape(v url.Values) error {
	for _, name := range singleOnes {
		if len(v[name]) > 1 {
			return &paramError{Name: name, Message: fmt.Sprintf("Give %s once; it stands %d times in the address.", name, len(v[name]))}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(v)) {
		for _, value := range v[name] {
			if err := checkValue(name, value); err != nil {
				return err
			}
		}
	}
	return nil
}

func checkValue(name, value string) error {
	if !utf8.ValidString(value) {
		return &paramError{Name: name, Message: "The value is not valid UTF-8. Send text as UTF-8, percent-encoded."}
	}
	if strings.ContainsRune(value, 0) {
		return &paramError{Name: name, Message: "Leave out the NUL character; no text contains one."}
	}
	if name == "q" {
		if n := utf8.RuneCountInString(value); n > maxQuery {
			return &paramError{Name: name, Message: fmt.Sprintf("Shorten the query to %d characters; it has %d.", maxQuery, n)}
		}
		return nil
	}
	if len(value) > maxValue && name != "cursor" {
		return &paramError{Name: name, Message: fmt.Sprintf("Shorten the value to %d bytes; it has %d.", maxValue, len(value))}
	}
	return nil
}

func readSize(s string) (int, error) {
	if s == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 || n > maxSize {
		return 0, &paramError{Name: "size", Message: fmt.Sprintf("Give a size from 1 to %d; %q is not one.", maxSize, clip(s))}
	}
	return n, nil
}

func oneOf(name, value string, allowed []string) (string, error) {
	if value == "" || slices.Contains(allowed, value) {
		return value, nil
	}
	return "", &paramError{Name: name, Allowed: allowed,
		Message: fmt.Sprintf("%q is no value of %s. Use %s.", clip(value), name, orList(allowed))}
}

// readFilters reads the filters; values of a group with a known list must be on it,
// since a silent empty answer would mislead.
func readFilters(v url.Values, cat *catalog) (search.Filters, error) {
	filters := search.Filters{}
	for _, group := range groups {
		values := slices.DeleteFunc(slices.Clone(v[string(group)]), func(s string) bool { return strings.TrimSpace(s) == "" })
		if len(values) > maxValues {
			return nil, &paramError{Name: string(group), Message: fmt.Sprintf("Give %s at most %d times; it stands %d times in the address.", group, maxValues, len(values))}
		}
		known, err := cat.values(group)
		if err != nil {
			return nil, err
		}
		for i, value := range values {
			values[i] = strings.TrimSpace(value)
			if known != nil && !slices.Contains(known, values[i]) {
				return nil, unknownValue(group, values[i], known)
			}
		}
		if len(values) > 0 {
			slices.Sort(values)
			filters[group] = slices.Compact(values)
		}
	}
	return filters, nil
}

// unknownValue names all values where they are few, and those near the one given.
func unknownValue(group search.Group, value string, known []string) error {
	e := &paramError{Name: string(group), Near: near(value, known, 3)}
	if len(known) <= 20 {
		e.Allowed = known
	}
	e.Message = fmt.Sprintf("This corpus has no %s %q.", group, clip(value))
	switch {
	case len(e.Near) > 0:
		e.Message += fmt.Sprintf(" Did you mean %s?", orList(e.Near))
	case len(e.Allowed) > 0:
		e.Message += fmt.Sprintf(" It has %s.", andList(e.Allowed))
	case group == search.GroupActor:
		e.Message += " All are listed under /actors."
	}
	return e
}

// refuseUnknown refuses names that the API does not have: a misspelt filter
// that filters nothing would mislead a script.
func refuseUnknown(v url.Values, allowed ...string) error {
	for _, name := range slices.Sorted(maps.Keys(v)) {
		if slices.Contains(allowed, name) {
			continue
		}
		e := &paramError{Name: clip(name), Allowed: allowed, Near: near(name, allowed, 2)}
		e.Message = fmt.Sprintf("There is no parameter %q here.", clip(name))
		if len(e.Near) > 0 {
			e.Message += fmt.Sprintf(" Did you mean %s?", orList(e.Near))
		} else if len(allowed) > 0 {
			e.Message += fmt.Sprintf(" Use %s.", orList(allowed))
		}
		return e
	}
	return nil
}

// searchNames are the parameters of a search.
func searchNames(more ...string) []string {
	names := slices.Clone(singleOnes)
	for _, group := range groups {
		names = append(names, string(group))
	}
	return append(names, more...)
}

// near gives the n values most like one that is unknown: those that contain it
// or are a few edits away, best first.
func near(value string, known []string, n int) []string {
	type candidate struct {
		value string
		far   int
	}
	var found []candidate
	folded := strings.ToLower(clip(value))
	for _, k := range known {
		far := edits(folded, strings.ToLower(k))
		if len(folded) >= 3 && strings.Contains(strings.ToLower(k), folded) {
			far = 1
		}
		if far <= 1+len(folded)/4 {
			found = append(found, candidate{k, far})
		}
	}
	slices.SortStableFunc(found, func(a, b candidate) int { return cmp.Compare(a.far, b.far) })
	var out []string
	for _, c := range found[:min(n, len(found))] {
		out = append(out, c.value)
	}
	return out
}

// edits is the Levenshtein distance of two short strings, in bytes.
func edits(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, diagonal+1)
		}
	}
	return row[len(b)]
}

// clip shortens a reader's text for repeating it in a message.
func clip(s string) string {
	const most = 60
	s = strings.ToValidUTF8(s, "\uFFFD")
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	return string([]rune(s)[:most-1]) + "…"
}

func orList(items []string) string  { return list(items, "or") }
func andList(items []string) string { return list(items, "and") }

func list(items []string, word string) string {
	switch n := len(items); n {
	case 0:
		return ""
	case 1:
		return items[0]
	default:
		return strings.Join(items[:n-1], ", ") + " " + word + " " + items[n-1]
	}
}
