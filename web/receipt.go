package web

import (
	"fmt"
	"strings"
	"time"

	"ibid/search"
)

// A receipt lets a search be cited and repeated: what was asked for and how it
// was read, what answered and when.
type receipt struct {
	Query      string
	Understood string
	Filters    []chip
	Forms      string // which forms of words were left out, "" for none
	Found      string // "36 passages; 8 without a date left out"
	Index      string
	Date       string
	Address    string
	Citation   string // all of it in one sentence
}

func (p *searchView) receipt(result *search.Result, r search.Request, st state, now time.Time) *receipt {
	out := &receipt{
		Query: r.Query, Understood: result.Query.Understood, Filters: p.Chips,
		Found: count(result.Total, "passage", "passages"), Index: result.Index,
		Date: readableDate(now.Format(time.DateOnly)), Address: p.Base + st.url(),
	}
	if result.Unverified {
		out.Index += " (not verified yet)"
	}
	if p.Exact {
		out.Forms = "only " + layerName(r.Match)
	}
	if result.Undated > 0 {
		out.Found += "; " + count(result.Undated, "match", "matches") + " without a date left out"
	}
	parts := []string{p.Corpus}
	if r.Query != "" {
		parts[0] = inQuotes(r.Query) + " in " + p.Corpus
	}
	for _, chip := range p.Chips {
		parts = append(parts, strings.ToLower(chip.Group)+": "+chip.Text)
	}
	out.Citation = fmt.Sprintf("%s (%s). ibid, index %s, %s. %s", strings.Join(parts, "; "), out.Found, out.Index, out.Date, out.Address)
	return out
}

// inQuotes sets a query off; one that has quotation marks of its own stays as it is.
func inQuotes(q string) string {
	if strings.ContainsAny(q, `"“”„`) {
		return q
	}
	return "“" + q + "”"
}

// count says how many: "1 passage", "12 passages".
func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return thousands(n) + " " + many
}
