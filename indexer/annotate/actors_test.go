package annotate_test

import (
	"slices"
	"strings"
	"testing"

	"ibid/corpus"
	"ibid/indexer/annotate"
)

// TestActors reads the forms of a name that print has, one a line: want is
// "id=printed" for each mention, in order.
func TestActors(t *testing.T) {
	for _, c := range []struct {
		text string
		want []string
	}{
		{`Then Sir Edward Grey met Prince Lichnowsky.`, []string{"grey=Sir Edward Grey", "lichnowsky=Prince Lichnowsky"}},
		{`Then G. von Jagow's note and Jagow' s answer came.`, []string{"jagow=G. von Jagow", "jagow=Jagow"}},
		{`Of Gottlieb von Jagow and Baron von Jagow.`, []string{"jagow=Gottlieb von Jagow", "jagow=Baron von Jagow"}},
		{`Then Sasonov, Sazonoff and Sazonow met.`, []string{"sazonov=Sasonov", "sazonov=Sazonoff", "sazonov=Sazonow"}},
		{`Then Lichnovsky wrote, and Lichnowski answered.`, []string{"lichnowsky=Lichnovsky", "lichnowsky=Lichnowski"}},
		{`Then Buchauan and Buchannan, or B uchanan, came.`, []string{"buchanan=Buchauan", "buchanan=Buchannan", "buchanan=B uchanan"}},
		{`Then Goscben met Lichuowsky.`, []string{"goschen=Goscben", "lichnowsky=Lichuowsky"}},
		{`The German press and a British proposal; Germans, Prussia and the Russians.`, nil},
		{`Great Britain, the British government and Germany's wish.`, []string{"britain=Great Britain", "britain=British government", "germany=Germany"}},
		{`Of Gerrnany and Gennany.`, []string{"germany=Gerrnany", "germany=Gennany"}},
		{`The Franco-Russian alliance.`, nil},
		{`Grey skies were over the grey sea.`, nil},
		{`Over the grey sea Grey wrote.`, []string{"grey=Grey"}},
		{`Of Cambon nothing is known.`, nil},
		{`Of Paul Cambon nothing is known, as Cambon said.`, []string{"cambon-paul=Paul Cambon", "cambon-paul=Cambon"}},
		{`Of J. Cambon nothing is known.`, []string{"cambon-jules=J. Cambon"}},
		{`The historian R. Buchanan disagrees.`, nil},
		{`It was so (Grey 1925, p. 4; Goschen, p. 346).`, nil},
		{`Grey (1925) remembered it.`, nil},
		{`He said that "Grey and Jagow" agreed.`, []string{"grey=Grey", "jagow=Jagow"}},
	} {
		x := annotated(ministries, c.text)[0]
		var got []string
		for _, m := range x.Mentions {
			got = append(got, m.ID+"="+m.Printed)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%q: got %q, want %q", c.text, got, c.want)
		}
	}
}

// TestUnknownNames lists names that the authority file lacks, and no others.
func TestUnknownNames(t *testing.T) {
	texts := annotated(ministries,
		`On Monday Grey met Count Benckendorff and Raymond Poincaré in London. However, the German Ambassador left in July.`,
		`Then Szápáry said nothing, as Albertini (1952, p. 3) shows. Raymond Poincaré wrote to Jagow.`)
	var got []string
	for _, u := range annotate.UnknownNames(ministries, texts) {
		got = append(got, u.Name)
	}
	if want := []string{"Count Benckendorff", "Raymond Poincaré", "Szápáry"}; !slices.Equal(got, want) {
		t.Errorf("UnknownNames = %q, want %q", got, want)
	}
}

// TestNamesWithoutVariants reads the shipped article with an authority file that
// lists no second spelling of a person: damage and transliteration are read by rule.
func TestNamesWithoutVariants(t *testing.T) {
	m, texts := article(t)
	bare := *m
	bare.Actors = slices.Clone(m.Actors)
	for i, a := range bare.Actors {
		if a.Kind == corpus.Person {
			bare.Actors[i].Forms = slices.DeleteFunc(slices.Clone(a.Forms), func(f string) bool { return !strings.Contains(f, " ") })
		}
	}
	count := func() (n int) {
		for _, x := range texts {
			n += len(x.Mentions)
		}
		return n
	}
	want := count()
	annotate.Actors(&bare, texts)
	if got := count(); got != want {
		t.Errorf("without variants %d mentions, with them %d", got, want)
	}
}
