package ocr

import (
	"strings"
	"testing"
)

// read makes the reading of lines in a source that also has the words of vocabulary.
func read(opt Options, vocabulary string, lines ...string) *Reading {
	var block []Line
	for i, l := range lines {
		block = append(block, Line{Number: i + 1, Seq: i, Text: l})
	}
	blocks := [][]Line{block}
	for _, v := range strings.Split(vocabulary, "\n") {
		var lines []Line
		for _, l := range strings.Split(v, "|") {
			lines = append(lines, Line{Text: l})
		}
		blocks = append(blocks, lines)
	}
	return New(blocks, opt).Read(block)
}

func TestJoins(t *testing.T) {
	// Enough breaks to show that this source loses its hyphens.
	const habit = "\nA conse|quence of the govern|ment and the demo|cracies of the conti|nent was\nThe negotiations of Germany with trade-credit and non-aggression, neo-realist"
	for _, c := range []struct{ lines, want string }{
		{"The nego|tiations began", "The negotiations began"},
		{"It was More-|over a case", "It was Moreover a case"},
		{"the non-|aggression pact", "the non-aggression pact"},
		{"a trade|credit negotiation", "a trade-credit negotiation"},
		{"there is no|more of it", "there is no more of it"},
		{"he went in|to the house", "he went in to the house"},
		{"it should be|come one of them", "it should become one of them"},
		{"the Soviet|Union and Nazi|Germany", "the Soviet Union and Nazi Germany"},
		{"the pre-|and post-war years", "the pre- and post-war years"},
		{"in 1938-|39 and Nazi-|Soviet", "in 1938-39 and Nazi-Soviet"},
		{"the (neo-)|realists said", "the (neo-)realists said"},
		{"the demo\u00ad|cracies said", "the democracies said"},
		{"he said -|and left", "he said - and left"},
		{"Stalin's|own view", "Stalin's own view"},
		{"encore beaucoup de propriétaires prélèvent-ils quelque|chose sur leur ration", "encore beaucoup de propriétaires prélèvent-ils quelque chose sur leur ration"},
		{"the INTRO|DUCTION here", "the INTRODUCTION here"},
	} {
		if got := read(Options{}, habit, strings.Split(c.lines, "|")...).Text; got != c.want {
			t.Errorf("%q reads %q, want %q", c.lines, got, c.want)
		}
	}
}

func TestWords(t *testing.T) {
	const vocabulary = `in Germany and Germany and Germany the German, German and German view of Potemkin and Weizsacker
Watt (1974) and Watt (1979) and Roberts (1989) with a state/ s view of Nazi-Soviet matters
it is so... that one... or this... and more... to come... again`
	for _, c := range []struct{ print, want string }{
		{"a rapprochement 'wIth Ge~any. And so", "a rapprochement with Germany. And so"},
		{"the other Gennan concerns in this", "the other German concerns in this"},
		{"his letter to Vladimir Poternkin on May 12", "his letter to Vladimir Potemkin on May 12"},
		{"we can exchange opmlOns more concretely", "we can exchange opinions more concretely"},
		{"they will have to tum to the old path", "they will have to turn to the old path"},
		{"a fat rumbling tum", "a fat rumbling tum"},
		{"that W eizsacker' s words with me", "that Weizsacker's words with me"},
		{"the burden must fallon us while it lasts", "the burden must fall on us while it lasts"},
		{"the end ofthe war andthe rest onto this", "the end of the war and the rest onto this"},
		{"in modem times as in modern history of the modern world", "in modern times as in modern history of the modern world"},
		{"he bought a new modem for it", "he bought a new modem for it"},
		{"Mr Fallon is here", "Mr Fallon is here"},
		{"the offer was, even m Berlin, new", "the offer was, even in Berlin, new"},
		{"a length of 5 m the men said", "a length of 5 m the men said"},
		{"it wil1...take some effort", "it will... take some effort"},
		{"other states/ power and the Nazi -Soviet pact", "other states' power and the Nazi-Soviet pact"},
		{"the favored· option of the men", "the favored option of the men"},
		{"Weiszacker and Weizasacker and Seed said", "Weiszacker and Weizasacker and Seed said"},
		{"the lndian and the Govemment of Mclntosh", "the Indian and the Government of McIntosh"},
		{"Alhough the main object was trade", "Although the main object was trade"},
		{"a COlumbia man and NOthing more", "a Columbia man and Nothing more"},
		{"it was seen frorn the first by Itahan captains", "it was seen from the first by Italian captains"},
		{"the song of Arcas, the hunter of the story", "the song of Arcas, the hunter of the story"},
		{"McDonald, LaSalle and DeGaulle at RIO", "McDonald, LaSalle and DeGaulle at RIO"},
	} {
		if got := read(Options{}, vocabulary, c.print).Text; got != c.want {
			t.Errorf("%q reads %q, want %q", c.print, got, c.want)
		}
	}
}

func TestNumbers(t *testing.T) {
	const vocabulary = "Watt (1974) and Watt (1979) and Roberts (1989)"
	for _, c := range []struct{ print, want string }{
		{"Kolasky (990) views it", "Kolasky (1990) views it"},
		{"all of the men (990) were there", "all of the men (990) were there"},
		{"(SPE no. 41, no. 1(0). A report", "(SPE no. 41, no. 100). A report"},
		{"vol. 12(3), 1997", "vol. 12(3), 1997"},
		{"(see vol. 12(3), 1997)", "(see vol. 12(3), 1997)"},
		{"(Roberts 1989, pp. 140-L Gromyko, p. 357)", "(Roberts 1989, pp. 140-1; Gromyko, p. 357)"},
		{"showed (Roberts 1989, p. lln", "showed (Roberts 1989, p. 111)."},
		{"A. ]. P. Taylor (1961) and ]. C. Dukes", "A. J. P. Taylor (1961) and J. C. Dukes"},
		{"[the editor]. He said", "[the editor]. He said"},
		{"(j) after Munich; (ii) from March; (iii) from July", "(i) after Munich; (ii) from March; (iii) from July"},
		{"in l939 and 19l4 on the lOth and 2lst", "in 1939 and 1914 on the 10th and 21st"},
		{"on August l6 and l7 May, May l, and May I say so", "on August 16 and 17 May, May 1, and May I say so"},
		{"p. 1S6 and no. 12B in 193S", "p. 156 and no. 12B in 1935"},
		{"after World War Il and Nicholas lI, Il Duce", "after World War II and Nicholas II, Il Duce"},
		{"p. l1 and no. 1O5, vol. I, 168l of silver", "p. 11 and no. 105, vol. I, 168l of silver"},
		{"According to Dukes(p. 316), this", "According to Dukes (p. 316), this"},
	} {
		if got := read(Options{}, vocabulary, c.print).Text; got != c.want {
			t.Errorf("%q reads %q, want %q", c.print, got, c.want)
		}
	}
}

func TestNamesOfTheCorpusStand(t *testing.T) {
	const vocabulary = "Schulenbern and Schulenbern and Schulenbern and Schulenbern and Schulenbern said the same to all of us"
	const print = "then Schulenbem told us of it"
	if got := read(Options{}, vocabulary, print).Text; !strings.Contains(got, "Schulenbern") {
		t.Errorf("%q reads %q", print, got)
	}
	if got := read(Options{Names: []string{"Graf Schulenbem"}}, vocabulary, print).Text; got != print {
		t.Errorf("%q reads %q though the corpus knows the name", print, got)
	}
	const damaged = "then Schulenburrn told us"
	if got := read(Options{Names: []string{"Schulenburm"}}, "", damaged).Text; got != "then Schulenburm told us" {
		t.Errorf("%q reads %q with the name known", damaged, got)
	}
}

func TestOtherLanguages(t *testing.T) {
	got := read(Options{Language: "de"}, "", "Die Verhand-", "lungen im Gennan und Ger", "many waren").Text
	if want := "Die Verhandlungen im Gennan und Ger many waren"; got != want {
		t.Errorf("reads %q, want %q", got, want)
	}
}

func TestLexicon(t *testing.T) {
	for _, c := range []struct {
		word string
		want bool
	}{
		{"the", true}, {"germany", true}, {"a", true}, {"zyzzyva", true}, {"honour", true}, {"honor", true},
		{"gennan", false}, {"", false}, {"zzzzzz", false}, {"\xff", false}, {"themm", false},
	} {
		if _, got := lookup(c.word); got != c.want {
			t.Errorf("lookup(%q) = %v, want %v", c.word, got, c.want)
		}
	}
	if k, _ := lookup("germany"); k.kind != name {
		t.Errorf("germany is of kind %d, want a name", k.kind)
	}
	if pairLog("in", "turn") == 0 || pairLog("in", "tum") != 0 {
		t.Error("the pairs do not tell turn from tum")
	}
}

// Every key of a lexicon is found, with its own byte, and what is before the
// first and behind the last is not.
func TestLexiconHoldsWhatItLists(t *testing.T) {
	for _, l := range []lexicon{englishWords, englishPairs} {
		last, n := "", 0
		l.each(func(key []byte, value byte) {
			k := string(key)
			if k <= last {
				t.Fatalf("%q stands behind %q", k, last)
			}
			last = k
			n++
			if got, ok := l.find(k); !ok || got != value {
				t.Fatalf("find(%q) = %d, %v, want %d", k, got, ok, value)
			}
			if _, ok := l.find(k + "\x00"); ok {
				t.Fatalf("find(%q with a byte more) found it", k)
			}
		})
		if n != l.uint32(0) {
			t.Errorf("%d keys, the lexicon says %d", n, l.uint32(0))
		}
	}
}
