package analysis

import (
	"strconv"
	"strings"
	"sync"
)

// lastNumber is the greatest number that Numbers knows in words.
const lastNumber = 100

// A number is one in the ways it is written.
type number struct {
	figures, cardinal, ordinal string // 18 eighteen eighteenth
	roman                      string // xviii; "" up to 10, where (ii) is more often the label of an item, and of one letter
}

// numbers are those up to lastNumber, by each way but ordinal figures.
var numbers = sync.OnceValue(func() map[string]number {
	small := strings.Fields(`one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
		sixteen seventeen eighteen nineteen`)
	smallOrdinals := strings.Fields(`first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth
		fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth`)
	out := make(map[string]number)
	add := func(n int, cardinal, ordinal string) {
		way := number{figures: strconv.Itoa(n), cardinal: cardinal, ordinal: ordinal}
		if r := roman(n); n > 10 && len(r) > 1 {
			way.roman = r
			out[r] = way
		}
		out[way.figures], out[cardinal], out[ordinal] = way, way, way
	}
	for i := range small {
		add(i+1, small[i], smallOrdinals[i])
	}
	for i, ten := range strings.Fields("twenty thirty forty fifty sixty seventy eighty ninety") {
		n := 10 * (i + 2)
		add(n, ten, strings.TrimSuffix(ten, "y")+"ieth")
		for j := range 9 {
			add(n+j+1, ten+small[j], ten+smallOrdinals[j])
		}
	}
	add(lastNumber, "hundred", "hundredth")
	return out
})

// roman returns a number from 1 to 100 in Roman numerals, in small letters.
func roman(n int) string {
	var b strings.Builder
	for _, r := range []struct {
		value int
		sign  string
	}{{100, "c"}, {90, "xc"}, {50, "l"}, {40, "xl"}, {10, "x"}, {9, "ix"}, {5, "v"}, {4, "iv"}, {1, "i"}} {
		for ; n >= r.value; n -= r.value {
			b.WriteString(r.sign)
		}
	}
	return b.String()
}

// Numbers returns the other ways to write a number from 1 to 100 that a folded word is, without hyphens: of eighteenth 18th
// and xviii, of eighteen 18 and xviii, of 18, which 18th is folded to, as well as of xviii all; none of another word.
func Numbers(word string) []string {
	n, ok := numbers()[word]
	if !ok {
		return nil
	}
	var out []string
	for _, way := range []string{n.figures, n.figures + ending(n.figures), n.cardinal, n.ordinal, n.roman} {
		switch {
		case way == "" || way == word:
		case word == n.cardinal && (way == n.ordinal || way == n.figures+ending(n.figures)):
		case word == n.ordinal && (way == n.cardinal || way == n.figures):
		case word == n.figures && way == n.figures+ending(n.figures): // has it
		default:
			out = append(out, way)
		}
	}
	return out
}

// ending returns the ending of an ordinal in figures: st, nd, rd or th.
func ending(figures string) string {
	if len(figures) < 2 || figures[len(figures)-2] != '1' {
		switch figures[len(figures)-1] {
		case '1':
			return "st"
		case '2':
			return "nd"
		case '3':
			return "rd"
		}
	}
	return "th"
}
