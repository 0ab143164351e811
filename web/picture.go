package web

import (
	"cmp"
	"fmt"
	"slices"
	"unicode/utf8"
)

// A picture shows who speaks to whom: speakers left, those spoken to right, and a
// band for each pair, as wide as they have quotations. Sizes are those of its SVG.
type picture struct {
	Width, Height int
	LeftX, RightX int // where the names end and begin
	Left, Right   []pictureName
	Bands         []band
}

type pictureName struct {
	Y    int // of its middle
	Text string
}

type band struct {
	Path  string
	Width int
	Title string
	URL   string // of the quotations
}

const (
	pictureRow   = 25
	pictureInner = 170 // between the names
	pictureTop   = 24  // for the heads of the columns
	longestName  = 28  // characters
	nameLetter   = 8   // width of one, at most on average
	widestBand   = 14
)

// newPicture lays out pairs, which come by count. Those spoken to stand near those
// who speak to them, so that few bands cross. It is nil without pairs.
func newPicture(pairs []pairView) *picture {
	if len(pairs) == 0 {
		return nil
	}
	speakers := order(pairs, func(p pairView) string { return p.From.Text }, func(pairView) float64 { return 0 })
	row := places(speakers)
	heard := order(pairs, func(p pairView) string { return p.To.Text }, func(p pairView) float64 { return float64(row[p.From.Text]) })
	left, right := nameWidth(speakers), nameWidth(heard)
	out := &picture{Width: left + pictureInner + right, Height: pictureTop + pictureRow*max(len(speakers), len(heard)),
		LeftX: left, RightX: left + pictureInner}
	out.Left, out.Right = out.names(speakers), out.names(heard)
	at := places(heard)
	for _, p := range pairs {
		y1, y2 := out.Left[row[p.From.Text]].Y, out.Right[at[p.To.Text]].Y
		x1, x2 := out.LeftX+8, out.RightX-8
		mid := (x1 + x2) / 2
		out.Bands = append(out.Bands, band{
			Path:  fmt.Sprintf("M%d %dC%d %d %d %d %d %d", x1, y1, mid, y1, mid, y2, x2, y2),
			Width: max(2, widestBand*p.Count/pairs[0].Count),
			URL:   p.URL,
			Title: p.From.Text + " to " + p.To.Text + ": " + count(p.Count, "passage", "passages"),
		})
	}
	return out
}

// order lists names by the average of place over their pairs, then by how much
// they have, then by name.
func order(pairs []pairView, name func(pairView) string, place func(pairView) float64) []string {
	sum, total := map[string]float64{}, map[string]int{}
	var names []string
	for _, p := range pairs {
		n := name(p)
		if total[n] == 0 {
			names = append(names, n)
		}
		total[n] += p.Count
		sum[n] += place(p) * float64(p.Count)
	}
	slices.SortFunc(names, func(a, b string) int {
		return cmp.Or(cmp.Compare(sum[a]/float64(total[a]), sum[b]/float64(total[b])), cmp.Compare(total[b], total[a]), cmp.Compare(a, b))
	})
	return names
}

func places(names []string) map[string]int {
	out := map[string]int{}
	for i, name := range names {
		out[name] = i
	}
	return out
}

// nameWidth is room for the longest of names.
func nameWidth(names []string) int {
	longest := len("Spoken to")
	for _, name := range names {
		longest = max(longest, min(utf8.RuneCountInString(name), longestName))
	}
	return longest * nameLetter
}

// names spreads names over the height of the picture.
func (p *picture) names(names []string) []pictureName {
	var out []pictureName
	for i, name := range names {
		if utf8.RuneCountInString(name) > longestName {
			name = string([]rune(name)[:longestName-1]) + "…"
		}
		out = append(out, pictureName{Y: pictureTop + (2*i+1)*(p.Height-pictureTop)/(2*len(names)), Text: name})
	}
	return out
}
