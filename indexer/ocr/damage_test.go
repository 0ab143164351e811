package ocr

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// TestDamageMade damages clean text as machines do, one word in fifty, and asks
// how much of it is made good again, and at what cost to words that were whole.
func TestDamageMade(t *testing.T) {
	blocks := dafpSource(t, "volume-09.tar.gz")
	rnd := rand.New(rand.NewPCG(9, 9))
	damaged := make([][]Line, len(blocks))
	done := make([]map[string]string, len(blocks)) // of each block, damaged words and what they were
	for i, lines := range blocks {
		done[i] = map[string]string{}
		for _, l := range lines {
			words := strings.Split(l.Text, " ")
			for k, w := range words {
				if rnd.IntN(50) == 0 {
					if bad := damage(w, rnd); bad != w {
						done[i][strings.Trim(bad, `.,;:'"()`)] = strings.Trim(w, `.,;:'"()`)
						words[k] = bad
					}
				}
			}
			l.Text = strings.Join(words, " ")
			damaged[i] = append(damaged[i], l)
		}
	}
	r := New(damaged, Options{})
	all, right, wrong, harm := 0, 0, 0, 0
	for i, lines := range damaged {
		all += len(done[i])
		for _, p := range r.Read(lines).Repairs {
			if !changesWord(p) {
				continue
			}
			was, ok := done[i][p.Printed]
			switch {
			case ok && was == p.Reading:
				right++
			case ok:
				wrong++
				t.Logf("%q -> %q, was %q", p.Printed, p.Reading, was)
			case p.Confidence > 0:
				harm++
			}
		}
	}
	t.Logf("%d damaged, %d made good, %d made worse, %d others changed", all, right, wrong, harm)
	if right*10 < all*9 || right < 40*(wrong+harm) {
		t.Errorf("%d of %d damaged words made good, %d made worse, %d others changed", right, all, wrong, harm)
	}
}

// damage takes strokes of a word of six letters or more for others.
func damage(w string, rnd *rand.Rand) string {
	if len(strings.Trim(w, `.,;:'"()-`)) < 6 || strings.ContainsAny(w, "-/0123456789") {
		return w
	}
	shapes := [][2]string{{"rn", "m"}, {"m", "rn"}, {"in", "m"}, {"nn", "rm"}, {"e", "c"}, {"h", "li"}, {"l", "1"}, {"u", "n"}, {"cl", "d"}, {"o", "0"}}
	for range 8 {
		s := shapes[rnd.IntN(len(shapes))]
		if i := strings.Index(w[1:], s[0]); i >= 0 {
			return w[:i+1] + s[1] + w[i+1+len(s[0]):]
		}
	}
	return w
}
