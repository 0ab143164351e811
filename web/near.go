package web

import (
	"cmp"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/agnivade/levenshtein"

	"ibid/search"
)

// CheckFilters refuses a value of a filter that the corpus of an index does not have, as the
// API does. The error is a *search.RequestError.
func CheckFilters(index Valued, filters search.Filters) error {
	for _, group := range slices.Sorted(maps.Keys(filters)) {
		if wrong := checkValues(index, group, filters[group]); wrong != nil {
			return &search.RequestError{Parameter: string(group), Message: wrong.Message}
		}
	}
	return nil
}

// checkValues tells of the first value that a group does not have; nil if it has all, or has no closed list. Of
// actors also those are known who speak or are spoken to and are in no authority file.
func checkValues(index Valued, group search.Group, values []string) *paramError {
	known := valuesOf(index, group)
	for _, value := range values {
		if known != nil && !slices.Contains(known, value) && !(group == search.GroupActor && index.HasActor(value)) {
			return unknownValue(group, value, known)
		}
	}
	return nil
}

// unknownValue names all values where they are few, and those near the one given.
func unknownValue(group search.Group, value string, known []string) *paramError {
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
		far := levenshtein.ComputeDistance(folded, strings.ToLower(k))
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
