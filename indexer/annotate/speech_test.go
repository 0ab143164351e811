package annotate_test

import (
	"strings"
	"testing"

	"ibid/corpus"
	"ibid/indexer/annotate"
	"ibid/indexer/ocr"
)

// ministries is a small authority file of the July crisis.
var ministries = &corpus.Manifest{
	DefaultYear: 1914,
	Collections: []corpus.Collection{{Siglum: "BD", Title: "British Documents", Marker: "no."}},
	Actors: []corpus.Actor{
		{ID: "grey", Name: "Grey, Edward", Kind: corpus.Person, Country: "britain", Role: "Foreign Secretary", Forms: []string{"Sir Edward Grey"}},
		{ID: "goschen", Name: "Goschen, Edward", Kind: corpus.Person, Country: "britain", Role: "Ambassador in Berlin"},
		{ID: "buchanan", Name: "Buchanan, George", Kind: corpus.Person, Country: "britain", Role: "Ambassador in St Petersburg"},
		{ID: "jagow", Name: "Jagow, Gottlieb von", Kind: corpus.Person, Country: "germany", Role: "State Secretary"},
		{ID: "lichnowsky", Name: "Lichnowsky, Karl", Kind: corpus.Person, Country: "germany", Role: "Ambassador in London"},
		{ID: "sazonov", Name: "Sazonov, Sergei", Kind: corpus.Person, Country: "russia", Role: "Foreign Minister"},
		{ID: "cambon-paul", Name: "Cambon, Paul", Kind: corpus.Person, Country: "france", Role: "Ambassador in London"},
		{ID: "cambon-jules", Name: "Cambon, Jules", Kind: corpus.Person, Country: "france", Role: "Ambassador in Berlin"},
		{ID: "britain", Name: "Britain", Kind: corpus.State, Forms: []string{"Great Britain", "British government"}},
		{ID: "germany", Name: "Germany", Kind: corpus.State, Forms: []string{"German government"}},
		{ID: "russia", Name: "Russia", Kind: corpus.State},
		{ID: "france", Name: "France", Kind: corpus.State},
		{ID: "foreign-office", Name: "Foreign Office", Kind: corpus.Body, Country: "britain"},
	},
}

// annotated returns paragraphs, annotated with the manifest.
func annotated(m *corpus.Manifest, paragraphs ...string) []*annotate.Text {
	var texts []*annotate.Text
	for _, p := range paragraphs {
		texts = append(texts, &annotate.Text{Kind: corpus.Paragraph, Reading: &ocr.Reading{Text: p}, CalledIn: -1})
	}
	annotate.Annotate(m, texts)
	return texts
}

// A body that the manifest lacks is named from its article on, and not with the clause before it.
func TestBodiesNotKnown(t *testing.T) {
	for text, want := range map[string]string{
		`Being unable to concur in the contention that the Supreme Court decided, "We have done all that lies in our power."`: "Supreme Court",
		`At the same time the National Commission proposed, "We have done all that lies in our power."`:                       "National Commission",
		`The message advised that the Home Government had stated, "We have done all that lies in our power."`:                 "Home Government",
	} {
		texts := annotated(ministries, text)
		if q := texts[0].Quotations; len(q) != 1 || q[0].Speaker != want {
			t.Errorf("%s\n is said by %+v, want %q", text, q, want)
		}
	}
}

// TestWhoTellsWhom reads one turn of phrase a line: the last quotation of text is
// said by speaker to addressee, in medium, on date.
func TestWhoTellsWhom(t *testing.T) {
	for _, c := range []struct{ text, speaker, addressee, medium, date string }{
		{`On July 27 Grey told Lichnowsky, "We have done all that lies in our power" (BD no. 176).`, "grey", "lichnowsky", "conversation", "1914-07-27"},
		{`On July 27, Grey said to the German Ambassador in London: "We have done all that lies in our power."`, "grey", "lichnowsky", "conversation", "1914-07-27"},
		{`"We have done all," said Grey, "that lies in our power" (BD no. 176).`, "grey", "", "conversation", ""},
		{`"We have done all that lies in our power," Sir Edward Grey told Lichnowsky on July 28.`, "grey", "lichnowsky", "conversation", "1914-07-28"},
		{`In a telegram to Goschen of July 29, Grey wrote, "You must inform the Chancellor that his proposal cannot be entertained" (BD no. 303).`, "grey", "goschen", "telegram", "1914-07-29"},
		{`On July 30 Grey telegraphed to Goschen that "his proposal cannot for a moment be entertained" (BD no. 303).`, "grey", "goschen", "telegram", "1914-07-30"},
		{`On July 30 Goschen received a telegram from Grey, which read, "The proposal cannot be entertained for a moment" (BD no. 303).`, "grey", "goschen", "telegram", "1914-07-30"},
		{`Grey called on Paul Cambon. "You have come," said the Frenchman, "to tell me what you have always told me."`, "cambon-paul", "grey", "conversation", ""},
		{`It was, wrote Goschen, "the gravest hour in the history of the country" (BD no. 677).`, "goschen", "", "", ""},
		{`The Foreign Secretary minuted that "the proposal is of no use to anybody at all" (BD no. 125).`, "grey", "", "", ""},
		{`Goschen reported that Jagow had told him: "We cannot answer before we have seen the Emperor" (BD no. 383).`, "jagow", "goschen", "conversation", ""},
		{`According to Buchanan, "Russia cannot allow her neighbour to be crushed by force of arms" (BD no. 125).`, "buchanan", "", "", ""},
		{`Sazonov met Buchanan on July 24. "Russia will at any rate have to mobilise," he said (BD no. 101).`, "sazonov", "buchanan", "conversation", "1914-07-24"},
		{`Sazonov met Buchanan on July 24. Buchanan asked what Russia would do. Sazonov replied, "Russia will at any rate have to mobilise" (BD no. 101).`, "sazonov", "buchanan", "conversation", "1914-07-24"},
		{`Goschen's report of July 31 reads, "The Chancellor was very much agitated by the news" (BD no. 677).`, "goschen", "", "report", "1914-07-31"},
		{`On August 1 Goschen reported to the Foreign Office: "The State Secretary was very much agitated by the news" (BD no. 677).`, "goschen", "foreign-office", "report", "1914-08-01"},
		{`Jagow handed Goschen a memorandum, which stated, "The Imperial Government will respect the integrity of the kingdom" (BD no. 293).`, "jagow", "goschen", "memorandum", ""},
		{`Grey was told by Lichnowsky that "the Imperial Government accepts the mediation in principle" (BD no. 176).`, "lichnowsky", "grey", "conversation", ""},
		{`The warning was given by Grey to Lichnowsky in these words: "There would be no question of our intervention otherwise" (BD no. 286).`, "grey", "lichnowsky", "", ""},
		{`When Buchanan pressed him for an answer, Sazonov exclaimed, "Russia cannot allow this under any circumstances" (BD no. 170).`, "sazonov", "buchanan", "conversation", ""},
		{`In reply to Goschen's question, Jagow declared, "We cannot answer before we have seen the Emperor" (BD no. 383).`, "jagow", "goschen", "conversation", ""},
		{`Jagow refused to answer. He added, "We have not yet seen the Emperor on the matter" (BD no. 383).`, "jagow", "", "conversation", ""},
		{`The Foreign Secretary was cautious. As Grey put it to Paul Cambon, "We are not free to take part in it" (BD no. 367).`, "grey", "cambon-paul", "", ""},
		{`Writing to Grey on July 25, Buchanan warned, "We shall have to choose between two courses" (BD no. 125).`, "buchanan", "grey", "letter", "1914-07-25"},
		{`On July 29 the German Ambassador, Lichnowsky, was warned by Grey: "The situation will be altered at once" (BD no. 286).`, "grey", "lichnowsky", "conversation", "1914-07-29"},
		{`Grey instructed Buchanan to "urge the greatest caution upon the government there" (BD no. 112).`, "grey", "buchanan", "instruction", ""},
		{`In his speech to the Commons on August 3, Grey declared, "We are going to suffer terribly in this war" (BD no. 500).`, "grey", "Commons", "speech", "1914-08-03"},
		{`Albertini noted that Sazonov had said to Buchanan on July 24 that "Russia would at any rate have to mobilise" (Albertini 1952, p. 294).`, "sazonov", "buchanan", "conversation", "1914-07-24"},
		{`Grey sent Goschen instructions on July 28 to say that "so long as direct exchange of views is possible I would suspend every other suggestion" (BD no. 218).`, "grey", "goschen", "instruction", "1914-07-28"},
		{`Grey met Lichnowsky. Sazonov's resignation followed on July 30. He told the Council: "The measures were neither necessary nor safe at all."`, "sazonov", "Council", "conversation", "1914-07-30"},
		{`On July 30 Buchanan had an audience. He reported that Sazonov was "in despair about the news" (BD no. 302).`, "buchanan", "", "report", "1914-07-30"},
		{`Poincaré told Sazonov on July 21 that "France would fulfil all the obligations of the alliance" (BD no. 101).`, "Poincaré", "sazonov", "conversation", "1914-07-21"},
		{`In an interview with Buchanan on July 25, Sazonov observed: "Russia does not aspire to anything there" (BD no. 125).`, "sazonov", "buchanan", "conversation", "1914-07-25"},
		{`Goschen called on Jagow on July 27. The State Secretary assured him that "the Emperor would do his best" (BD no. 185).`, "jagow", "goschen", "conversation", "1914-07-27"},
		{`"It is a great mistake," Lichnowsky wrote to Jagow on July 29, "to believe that the war can be localised" (BD no. 301).`, "lichnowsky", "jagow", "letter", "1914-07-29"},
		{`Asked by Goschen whether he would respect the treaty, Jagow answered that "he must consult the Emperor before he could say" (BD no. 383).`, "jagow", "goschen", "conversation", ""},
		{`Buchanan's telegram of July 24 to Grey quotes Sazonov as saying that "Austria's conduct was both provocative and immoral" (BD no. 101).`, "sazonov", "", "conversation", "1914-07-24"},
		{`Sazonov was no less firm: "We shall not be crushed a second time" (BD no. 490).`, "sazonov", "", "", ""},
		{`Jagow's answer, as Goschen reported it to London, was that "he must consult the Emperor before he could answer" (BD no. 383).`, "jagow", "", "conversation", ""},
		{`The reply of Sazonov was that "it was too late to stop the operations now in progress" (BD no. 465).`, "sazonov", "", "", ""},
		{`"Then I have no more doubt as to the true cause of it," was Sazonov's retort to Buchanan (BD no. 378).`, "sazonov", "buchanan", "conversation", ""},
		{`Grey passed it on to Goschen with the comment that "it left him where he was before" (BD no. 277).`, "grey", "goschen", "", ""},
		{`To Goschen he telegraphed on July 29: "Hold your hand until you hear from me again" (BD no. 102).`, "", "goschen", "telegram", "1914-07-29"},
		{`In conversation with Lichnowsky on July 24, Grey called it "the most formidable document I had ever seen addressed to a State" (BD no. 91).`, "grey", "lichnowsky", "conversation", "1914-07-24"},
		{`Jagow called on Goschen. He assured the Ambassador that "there was nothing to be anxious about" (BD no. 27).`, "jagow", "goschen", "conversation", ""},
		{`Telegraphing from Berlin on July 29, Goschen warned that "the moderate elements will be swept aside" (BD no. 218).`, "goschen", "", "telegram", "1914-07-29"},
		{`Grey's answer, which Goschen carried to Berlin, spoke of "the unwisdom of contemplating the use of force at all" (BD no. 35).`, "grey", "", "", ""},
		{`Asked by Goschen whether there had been foreknowledge, Jagow denied that there was "any prior agreement between the two" (BD no. 99).`, "jagow", "goschen", "", ""},
		{`"In what position would we find ourselves then?" Jagow demanded on July 31 (BD no. 99).`, "jagow", "", "conversation", "1914-07-31"},
		{`Goschen recalled Jagow's saying that "nothing could now be done to stop it at all" (BD no. 99).`, "jagow", "goschen", "conversation", ""},
		{`In the words of Sazonov, "Russia cannot allow this under any circumstances" (BD no. 170).`, "sazonov", "", "", ""},
		{`Grey gave Lichnowsky to understand on July 29 that "it would not be practicable to stand aside" (BD no. 286).`, "grey", "lichnowsky", "", "1914-07-29"},
		{`On July 26 Grey left London, and Jagow, calling on Goschen the next day, could only say that "nobody had foreseen such a thing" (BD no. 185).`, "jagow", "goschen", "conversation", "1914-07-27"},
		{`The memorandum from the German government to Britain of August 1 ran: "Orders for mobilisation have been issued this afternoon" (BD no. 400).`, "germany", "britain", "memorandum", "1914-08-01"},
	} {
		texts := annotated(ministries, c.text)
		qs := texts[0].Quotations
		if len(qs) == 0 {
			t.Errorf("no quotation in %q", c.text)
			continue
		}
		q := qs[len(qs)-1]
		if q.Nature != corpus.OfDocument {
			t.Errorf("%q: nature %q, want document", c.text, q.Nature)
		}
		for _, k := range [][3]string{{"speaker", q.Speaker, c.speaker}, {"addressee", q.Addressee, c.addressee}, {"medium", q.Medium, c.medium}, {"date", q.Date, c.date}} {
			if k[1] != k[2] {
				t.Errorf("%q: %s %q, want %q", c.text, k[0], k[1], k[2])
			}
		}
		if strings.Contains(c.text, "(BD") && len(q.Citations) != 1 {
			t.Errorf("%q: citations %v, want the one in brackets", c.text, q.Citations)
		}
	}
}

// TestNatureOfQuotation tells terms and the words of historians from documents.
func TestNatureOfQuotation(t *testing.T) {
	for text, want := range map[string]corpus.Nature{
		`The so-called "blank cheque" was given in early July.`: corpus.OfTerm,
		`It was hardly a "free hand" at all.`:                   corpus.OfTerm,
		`He spoke of the 'balance of power' again.`:             corpus.OfTerm,
		`As Fischer argues, "the German leaders bear a considerable share of the responsibility" (Fischer 1967, p. 88).`: corpus.OfScholarship,
		`Fischer (1967, p. 88) maintains that "the German leaders bear a considerable share of the responsibility."`:     corpus.OfScholarship,
		`The share of responsibility was "considerable and beyond all serious doubt" (Fischer 1967, p. 88).`:             corpus.OfScholarship,
		`Grey told Lichnowsky that "the situation will be altered at once" (Fischer 1967, p. 88).`:                       corpus.OfDocument,
		`Grey spoke of "grave consequences" (BD no. 286).`:                                                               corpus.OfDocument,
		`See also "The Origins of a War: A Bibliography," Journal of Some History, vol. 8, no. 4, 1997, pp. 289-295.`:    corpus.OfTerm,
		`Jagow's answer was that "the whole matter no longer concerns the Imperial Government" (BD no. 18).`:             corpus.OfDocument,
	} {
		qs := annotated(ministries, text)[0].Quotations
		if len(qs) != 1 || qs[0].Nature != want {
			t.Errorf("%q: %+v, want one %s", text, qs, want)
		}
	}
}

// TestBounds finds the bounds of quotations in sound and damaged print. The
// words of each, several parts joined by a bar, stand in order.
func TestBounds(t *testing.T) {
	for _, c := range []struct {
		text string
		want []string
	}{
		{`He said, "One thing." Then he left.`, []string{"One thing."}},
		{`He said, “One thing.” Then he left.`, []string{"One thing."}},
		{`He said, «One thing.» Then he left.`, []string{"One thing."}},
		{`He said, „One thing.“ Then he left.`, []string{"One thing."}},
		{`He said, " One thing ... " (BD no. 1).`, []string{"One thing ..."}},
		{`"One thing," he said, "and another" (BD no. 1).`, []string{"One thing,|and another"}},
		{`"One thing," he said. He went on, "And another."`, []string{"One thing,", "And another."}},
		{`He called it "one thing" and "another thing" at once.`, []string{"one thing", "another thing"}},
		{`He said, "The words 'one thing' are clear." So be it.`, []string{"The words 'one thing' are clear.", "one thing"}},
		{`He said, ''One thing.'' Then he left.`, []string{"One thing."}},
		{`He said, ""One thing."" Then he left.`, []string{"One thing."}},
		{`He said, "One thing is certain (BD no. 1). Then he left, and said, "Good" (BD no. 2).`, []string{"One thing is certain", "Good"}},
		{`He said, One thing is certain" (BD no. 1). Then he left.`, []string{"One thing is certain"}},
		{`The states' power and Stalin' s own, the 1930s, the '30s, 'tis all.`, nil},
		{`The 'principles' whereas others, in the allies' view, failed.`, []string{"principles"}},
		{`The 'workers' party' was small.`, []string{"workers' party"}},
		{`A speck 'with nothing to close it. The allies' view.`, nil},
	} {
		var got []string
		x := annotated(ministries, c.text)[0]
		for _, q := range x.Quotations {
			var parts []string
			for _, s := range q.Spans {
				parts = append(parts, x.Reading.Text[s.Start:s.End])
			}
			got = append(got, strings.Join(parts, "|"))
		}
		if strings.Join(got, "¶") != strings.Join(c.want, "¶") {
			t.Errorf("%q: got %q, want %q", c.text, got, c.want)
		}
	}
}

// TestNobodyNamed leaves the speaker open where the print names none, though the
// passage is about somebody.
func TestNobodyNamed(t *testing.T) {
	for _, text := range []string{
		`Grey was ill. His brother said, "He has not been well for several weeks."`,
		`Grey was ill. A clerk in the department said, "He has not been well for several weeks."`,
	} {
		if q := annotated(ministries, text)[0].Quotations[0]; q.Speaker != "" {
			t.Errorf("%q: speaker %q, want none", text, q.Speaker)
		}
	}
}

// TestDisplayed reads a quotation set off as a block: whose words it gives is told
// before the colon, and the citation in brackets behind it is not part of it.
func TestDisplayed(t *testing.T) {
	texts := annotated(ministries, `Grey saw Cambon. On July 24 Buchanan reported to the Foreign Office that Sazonov had told him:`,
		`Russia does not aspire to anything there, and will be content with little. (BD no. 125)`)
	qs := texts[1].Quotations
	if len(qs) != 1 {
		t.Fatalf("%d quotations, want 1", len(qs))
	}
	words := texts[1].Reading.Text[qs[0].Spans[0].Start:qs[0].Spans[0].End]
	if qs[0].Speaker != "sazonov" || qs[0].Addressee != "buchanan" || len(qs[0].Citations) != 1 || !strings.HasSuffix(words, "little.") {
		t.Errorf("speaker %q, addressee %q, %d citations, words %q", qs[0].Speaker, qs[0].Addressee, len(qs[0].Citations), words)
	}
}

// "I" and "me" are the writer of the document where it is known; the notes of
// editors and texts without a writer have none.
func TestFirstPerson(t *testing.T) {
	for _, c := range []struct{ text, writer, speaker, addressee string }{
		{`Jagow told me, "We have done all that lies in our power."`, "goschen", "jagow", "goschen"},
		{`Jagow said to me: "We have done all that lies in our power."`, "goschen", "jagow", "goschen"},
		{`Mr. White told me: "We have done all that lies in our power."`, "Mr. Adams", "Mr. White", "Mr. Adams"},
		{`Jagow came to-day. "We have done all that lies in our power," he told me.`, "goschen", "jagow", "goschen"},
		{`Jagow came to-day. I told him, "We have done all that lies in our power."`, "goschen", "goschen", ""},
		{`I told Jagow, "We have done all that lies in our power."`, "goschen", "goschen", "jagow"},
		{`I then said to Jagow, "We have done all that lies in our power."`, "goschen", "goschen", "jagow"},
		{`Jagow came to-day. I note that his words are, "We have done all that lies in our power."`, "goschen", "jagow", ""},
		{`Jagow told me, "We have done all that lies in our power."`, "", "jagow", ""},
		{`Under Article I Jagow said, "We have done all that lies in our power."`, "goschen", "jagow", ""},
	} {
		texts := []*annotate.Text{{Kind: corpus.Paragraph, Reading: &ocr.Reading{Text: c.text}, CalledIn: -1, Writer: c.writer}}
		annotate.Annotate(ministries, texts)
		quotations := texts[0].Quotations
		if len(quotations) == 0 {
			t.Errorf("%s\n has no quotation", c.text)
			continue
		}
		if q := quotations[len(quotations)-1]; q.Speaker != c.speaker || q.Addressee != c.addressee {
			t.Errorf("%s by %q\n got %q to %q\nwant %q to %q", c.text, c.writer, q.Speaker, q.Addressee, c.speaker, c.addressee)
		}
	}
}
