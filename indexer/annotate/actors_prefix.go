package annotate

import (
	"slices"
	"strings"
	"unicode/utf8"

	"ibid/corpus"
)

// titles are the words that stand before a family name and are printed with it:
// of courtesy, rank, nobility and office.
var titles = lexicon(`mr mrs miss ms dr prof professor m mme mlle monsieur madame herr frau fraulein senor signor comrade
	sir lord lady dame baron baroness count countess duke duchess earl viscount marquis marquess prince princess king
	queen emperor tsar czar kaiser sultan shah freiherr graf pope cardinal archbishop bishop father brother sister
	reverend rev rabbi saint st marshal general admiral commodore brigadier colonel major captain lieutenant sergeant
	gen adm col maj capt lt sgt ambassador minister president premier chancellor secretary commissar senator governor
	congressman judge justice reichsminister staatssekretar field`)

// particles stand between given and family name and begin small.
var particles = lexicon("von van der den de di da del della du la le zu zur af av ten ter y und")

// A prefix is what stands before a family name and belongs to it: words from
// first up to the name.
type prefix struct {
	words []word
	given []string // given names and initials
	title []string
}

// prefixOf reads the initials ("V. M."), given names, titles ("General",
// "Baron von") before word i. A capitalised word that may be anything ("Foreign",
// "In") is not taken in: see start.
func prefixOf(text string, words []word, i int) prefix {
	var p prefix
	for j := i - 1; j >= 0 && i-j <= 5; j-- {
		gap := words[j+1].gap
		if strings.Trim(gap, " .’'") != "" || strings.Contains(gap, ". ") && !abbreviates(words[j]) {
			break
		}
		w := words[j]
		switch {
		case particles[w.key] && !w.caps && gap == " ":
		case !w.caps:
			return p
		case titles[w.key] && !(utf8.RuneCountInString(w.text) == 1 && len(p.given) > 0):
			p.title = append(p.title, w.key)
		case isInitial(w, gap), corpus.IsGivenName(w.key):
			p.given = append(p.given, w.key)
		default:
			p.words = words[j+1 : i]
			p.given = append(p.given, "?"+w.key) // a given name only if the authority file says so
			return p
		}
		p.words = words[j:i]
	}
	return p
}

// abbreviates tells whether a full stop after w does not end a sentence.
func abbreviates(w word) bool {
	return utf8.RuneCountInString(w.text) == 1 || shortForms[w.key] || titles[w.key] && len(w.text) <= 3
}

// isInitial tells whether w is the initial of a given name; gap follows it.
func isInitial(w word, gap string) bool {
	return w.caps && utf8.RuneCountInString(w.text) <= 2 && strings.HasPrefix(gap, ".")
}

// contradicts tells whether a given name or initial printed before the family
// name is none of p's: "G. Roberts" is not Roberts, Frederick. Where the
// authority file gives no given name nothing contradicts. Where it gives two or
// more, one that is printed beside another and is not among them does:
// "William H. Seward" is not Seward, Frederick William.
func (f prefix) contradicts(p *namesake) bool {
	if len(p.given) == 0 {
		return false
	}
	told, borne := 0, 0
	for _, g := range f.given {
		if strings.HasPrefix(g, "?") {
			continue
		}
		told++
		if p.bears(g) {
			borne++
		}
	}
	return told > 0 && borne == 0 || borne < told && len(p.given) >= 2
}

// confirms tells whether what is printed before the family name speaks for p:
// a given name, an initial or a title that the authority file gives.
func (f prefix) confirms(p *namesake) bool {
	for _, g := range f.given {
		if p.bears(strings.TrimPrefix(g, "?")) {
			return true
		}
	}
	for _, t := range f.title {
		if p.titles[t] {
			return true
		}
	}
	return false
}

// tells reports whether a given name or initial is printed at all.
func (f prefix) tells() bool {
	for _, g := range f.given {
		if !strings.HasPrefix(g, "?") {
			return true
		}
	}
	return false
}

// bears tells whether g, a given name or initial (folded), fits one of p's.
func (p *namesake) bears(g string) bool {
	for _, have := range p.given {
		switch {
		case have == g, soundKey(have) == soundKey(g):
			return true
		case utf8.RuneCountInString(g) <= 2 && strings.HasPrefix(have, g[:1]),
			utf8.RuneCountInString(have) <= 2 && strings.HasPrefix(g, have[:1]):
			return true
		}
	}
	return false
}

// start returns where the mention begins: at the farthest given name, initial,
// title or particle before word i that belongs to p.
func (f prefix) start(p *namesake, words []word, i int) int {
	first := i - len(f.words)
	if first > 0 && len(f.given) > 0 {
		if g := f.given[len(f.given)-1]; strings.HasPrefix(g, "?") && p.bears(g[1:]) {
			first--
		}
	}
	for first > 0 && words[first].gap == " " && words[first-1].caps && slices.Contains(p.given, words[first-1].key) {
		first-- // a further given name that only the authority file knows for one
	}
	for first < i && particles[words[first].key] && !words[first].caps && words[first].key != "von" && words[first].key != "van" {
		first++ // "minister of la Guardia": a particle that another word governs
	}
	return words[first].Start
}
