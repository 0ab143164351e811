package ocr

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode"
)

// Clean articles are set anew in lines of 72 letters, words broken at one line
// end in thirty, now with their hyphen, now without. Nearly all have to be made
// whole, and next to nothing else may be joined.
func TestSplitsOfOtherArticles(t *testing.T) {
	rng := rand.New(rand.NewPCG(1939, 8))
	broken, whole, wrong, words := 0, 0, 0, 0
	for _, source := range jnhSources(t) {
		var blocks [][]Line
		var want []string
		for _, lines := range source {
			text := strings.Join(strings.Fields(printOfLines(lines)), " ")
			blocks = append(blocks, setInLines(text, rng, &broken))
			want = append(want, text)
		}
		r := New(blocks, Options{})
		for i, lines := range blocks {
			w, n := compareSplits(t, r.Read(lines), lines, want[i])
			whole += w
			wrong += n
			words += len(strings.Fields(want[i]))
		}
	}
	t.Logf("%d of %d broken words made whole, %d wrong joins in %d words", whole, broken, wrong, words)
	if whole*100 < broken*97 {
		t.Errorf("%d of %d broken words made whole, want 97 %%", whole, broken)
	}
	if wrong*10000 > words {
		t.Errorf("%d wrong joins in %d words", wrong, words)
	}
}

func printOfLines(lines []Line) string {
	var b strings.Builder
	for _, l := range lines {
		b.WriteString(l.Text + " ")
	}
	return b.String()
}

// setInLines breaks text into lines and one word in thirty lines.
func setInLines(text string, rng *rand.Rand, broken *int) []Line {
	var lines []Line
	add := func(s string) { lines = append(lines, Line{Number: len(lines) + 1, Seq: len(lines), Text: s}) }
	line := ""
	for _, w := range strings.Fields(text) {
		if len(line)+len(w) < 72 {
			line = strings.TrimPrefix(line+" "+w, " ")
			continue
		}
		if lower(w) && len(w) > 4 && rng.IntN(8) == 0 {
			at := 2 + rng.IntN(len(w)-4)
			hyphen := ""
			if rng.IntN(4) == 0 {
				hyphen = "-"
			}
			add(strings.TrimPrefix(line+" "+w[:at]+hyphen, " "))
			line = w[at:]
			*broken++
			continue
		}
		add(line)
		line = w
	}
	add(line)
	return lines
}

func lower(w string) bool {
	return !strings.ContainsFunc(w, func(c rune) bool { return !unicode.IsLower(c) || c > unicode.MaxASCII })
}

// compareSplits counts the broken words made whole and the joins that are wrong:
// each repair of a line join has to give the words that were set.
func compareSplits(t *testing.T, r *Reading, lines []Line, want string) (whole, wrong int) {
	t.Helper()
	if r.Text == want {
		for _, p := range r.Repairs {
			if strings.Contains(p.Printed, "|") {
				whole++
			}
		}
		return whole, 0
	}
	for _, p := range r.Repairs {
		if !strings.Contains(p.Printed, "|") {
			continue
		}
		if strings.Contains(" "+want+" ", around(r.Text, p)) {
			whole++
		} else {
			t.Logf("line %q: %q -> %q", lines[0].Text, p.Printed, p.Reading)
			wrong++
		}
	}
	return whole, wrong
}

// around returns a repaired word with a little of what stands around it.
func around(text string, p Repair) string {
	start, end := p.Start, p.End
	for start > 0 && text[start-1] != ' ' {
		start--
	}
	for end < len(text) && text[end] != ' ' {
		end++
	}
	return text[start:end]
}
