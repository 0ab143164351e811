package query

import (
	"slices"
	"strings"
)

// Words of telling, by the turns of phrase that they make.
var (
	// tellings take the person told right behind them: Molotov told Schulenburg.
	tellings = wordSet(`tell tells told telling ask asks asked asking inform informs informed informing assure assures assured assuring
		warn warns warned warning answer answers answered answering notify notified remind reminded advise advised instruct instructed
		instructing promise promised address addressed wire wired cable cabled telegraph telegraphed`)
	// sayings are other words of saying, and what is said or written; the person
	// told stands behind a "to": said to Schulenburg, a letter to Potemkin.
	sayings = wordSet(`say says said saying speak speaks spoke speaking talk talked talking write writes wrote written writing report reports
		reported reporting reply replies replied replying respond responds responded state states stated stating declare declared confirm
		confirmed explain explained explaining mention mentioned propose proposed suggest suggested complain complained hand handed send sends sent
		sending transmit transmitted convey conveyed
		letter letters telegram telegrams despatch despatches dispatch dispatches note notes message messages memorandum statement
		statements remark remarks word words reply response answer instruction instructions proposal offer assurance warning`)
)

func wordSet(text string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(text) {
		m[w] = true
	}
	return m
}

// maxBetween bounds the words between two people of whom one speaks to the other.
const maxBetween = 4

// direct reads who speaks to whom from actors among words, and makes their hints
// speaker and to: "Molotov told Schulenburg", "letter from A to B", "A to B",
// "A was told by B", "what did A say", "a letter to B".
func direct(nodes []Node) {
	last := -1
	for i := range nodes {
		if !isActor(nodes[i]) {
			continue
		}
		between := plainWords(nodes[last+1 : i])
		onlyWords := len(between) == i-last-1
		if n := len(between); n > 0 && isArticle(between[n-1]) { // to the German ambassador
			between = between[:n-1]
		}
		switch {
		case last >= 0 && onlyWords && len(between) <= maxBetween && speaks(between):
			if slices.Contains(between, "by") {
				setField(nodes, last, "to")
				setField(nodes, i, "speaker")
			} else {
				setField(nodes, last, "speaker")
				setField(nodes, i, "to")
			}
		case toldBefore(between):
			setField(nodes, i, "to")
		case i+1 < len(nodes) && isSaying(nodes[i+1]):
			setField(nodes, i, "speaker")
		}
		last = i
	}
}

func isArticle(word string) bool { return word == "the" || word == "a" || word == "an" }

func isActor(n Node) bool {
	h, ok := n.(Hint)
	return ok && (h.Field.Name == "actor" || h.Field.Name == "speaker" || h.Field.Name == "to")
}

// speaks says whether the words between two people make one speak to the other.
func speaks(between []string) bool {
	if len(between) == 1 && between[0] == "to" {
		return true
	}
	for i, w := range between {
		rest := between[i+1:]
		if tellings[w] && (len(rest) == 0 || rest[0] == "by" || rest[0] == "to") || sayings[w] && len(rest) > 0 && (rest[len(rest)-1] == "to" || rest[len(rest)-1] == "by") {
			return true
		}
	}
	return false
}

// toldBefore says whether the words before a person make it the one spoken to.
func toldBefore(before []string) bool {
	n := len(before)
	return n > 0 && tellings[before[n-1]] || n > 1 && before[n-1] == "to" && (sayings[before[n-2]] || tellings[before[n-2]])
}

func isSaying(n Node) bool {
	w, ok := n.(Word)
	return ok && (tellings[fold(w.Text)] || sayings[fold(w.Text)])
}

// plainWords returns the words at the end of nodes, folded.
func plainWords(nodes []Node) []string {
	var out []string
	for _, n := range nodes {
		w, ok := n.(Word)
		if !ok {
			out = nil
			continue
		}
		out = append(out, fold(w.Text))
	}
	return out
}

// setField makes the hint of an actor one of a speaker or addressee, unless it is one already.
func setField(nodes []Node, at int, name string) {
	if h := nodes[at].(Hint); h.Field.Name == "actor" {
		h.Field.Name = name
		nodes[at] = h
	}
}
