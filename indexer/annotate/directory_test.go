package annotate

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"ibid/corpus"
	"ibid/indexer/ocr"
)

func listing(id, name string, first int, tags ...string) corpus.Listed {
	return corpus.Listed{Actor: corpus.Actor{ID: id, Name: name, Kind: corpus.Person}, First: first, Tags: tags}
}

// cleanTexts makes clean texts of paragraphs.
func cleanTexts(paragraphs ...string) []*Text {
	var texts []*Text
	for i, p := range paragraphs {
		line := []ocr.Line{{Number: i + 1, Seq: i, Text: p}}
		r := ocr.New([][]ocr.Line{line}, ocr.Options{Clean: true})
		texts = append(texts, &Text{Kind: corpus.Paragraph, Reading: r.Read(line), CalledIn: -1})
	}
	return texts
}

// TestDirectory: persons of a large authority file are found where they are named
// in full or by a tag, and a name that several bear is left open.
func TestDirectory(t *testing.T) {
	d := NewDirectory([]corpus.Listed{
		listing("welles", "Welles, Benjamin Sumner", 1892),
		listing("fseward", "Seward, Frederick William", 1830),
		listing("francis", "Francis, Charles Spencer", 1853),
		listing("jsmith", "Smith, John", 1900), listing("psmith", "Smith, Peter", 1900), listing("jasmith", "Smith, Jane", 1900),
		listing("estaing", "Giscard d’Estaing, Valéry", 1926),
		listing("modern", "Franklin, Benjamin", 1990),
		listing("kissinger", "Kissinger, Henry A.", 1923, "vol3#p_kha1"),
		listing("quiet", "Quiet, Ann", 0),
	})
	for _, tt := range []struct {
		paragraphs []string
		tags       map[string]string
		want       string // mentions, "paragraph:id" in order
	}{
		{[]string{"Sumner Welles spoke first.", "Then Welles left."}, nil, "0:welles 1:welles"},
		{[]string{"I wrote to William H. Seward of it, and Seward replied."}, nil, ""},
		{[]string{"The son, Frederick W. Seward, was hurt; his father William H. Seward too."}, nil, "0:fseward"},
		{[]string{"Mr. Charles Francis Adams called."}, nil, ""},
		{[]string{"John Smith came, and Smith spoke.", "Smith was not there."}, nil, "0:jsmith 0:jsmith 1:jsmith"},
		{[]string{"John Smith came, and Peter Smith spoke.", "Smith was not there."}, nil, "0:jsmith 0:psmith"},
		{[]string{"J. Smith came to see Peter Smith."}, nil, "0:psmith"},
		{[]string{"Valéry Giscard d’Estaing was told."}, nil, "0:estaing"},
		{[]string{"Benjamin Franklin flew a kite."}, nil, ""},
		{[]string{"Kissinger thought otherwise."}, nil, ""},
		{[]string{"Kissinger thought otherwise."}, map[string]string{"p_KHA1": ""}, "0:kissinger"},
		{[]string{"The room was quiet. Quiet reigned."}, nil, ""},
		{[]string{"Quiet, Ann, secretary of legation."}, nil, "0:quiet"},
	} {
		texts := cleanTexts(tt.paragraphs...)
		m := d.Cast(&corpus.Manifest{}, Naming{Source: "vol3", Tags: tt.tags, Latest: 1940}, texts)
		Annotate(m, texts)
		var got []string
		for i, text := range texts {
			for _, mention := range text.Mentions {
				got = append(got, fmt.Sprintf("%d:%s", i, mention.ID))
			}
		}
		if strings.Join(got, " ") != tt.want {
			t.Errorf("%q names %q, want %q", tt.paragraphs, got, tt.want)
		}
	}
	if m := (*Directory)(nil).Cast(&corpus.Manifest{ID: "m"}, Naming{}, nil); m.ID != "m" {
		t.Errorf("no directory changes the manifest to %+v", m)
	}
}

// BenchmarkDirectory shows that the time is that of the text, whatever the file lists.
func BenchmarkDirectory(b *testing.B) {
	text := cleanTexts(strings.Repeat("In the morning Mr. Person 7 told Given777 Family777 of it. ", 2000))
	for _, n := range []int{100, 10_000, 100_000} {
		var persons []corpus.Listed
		for i := range n {
			persons = append(persons, listing(fmt.Sprint("p", i), fmt.Sprintf("Family%d, Given%d", i, i), 1900))
		}
		d := NewDirectory(persons)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				if m := d.Cast(&corpus.Manifest{}, Naming{Latest: 1940}, text); n > 777 && !slices.ContainsFunc(m.Actors, func(a corpus.Actor) bool { return a.ID == "p777" }) {
					b.Fatal("the person named is not found")
				}
			}
		})
	}
}
