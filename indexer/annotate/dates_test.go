package annotate

import (
	"fmt"
	"ibid/corpus/edtf"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestDatesOfArticle(t *testing.T) {
	m := twoSigla()
	texts := article(t)
	Citations(m, texts)
	Dates(m, texts)
	var want, got []string
	for _, r := range gold(t, "dates.tsv") {
		want = append(want, strings.TrimSpace(fmt.Sprintf("%d %s %s", r.line, r.fields[0], r.fields[1])))
	}
	for _, text := range texts {
		for _, d := range text.Dates {
			row := fmt.Sprintf("%d %s", d.Line, d.EDTF)
			if d.Relative {
				row += " relative"
			}
			got = append(got, row)
		}
	}
	f1 := score(t, want, got)
	t.Logf("%d found, %d in the gold, F1 %.3f", len(got), len(want), f1)
	if f1 < 0.98 {
		t.Errorf("dates: F1 %.3f, want 0.98", f1)
	}
}

// found lists the dates of one text as "printed = EDTF", a relative one as "printed ~ EDTF".
func datesIn(year int, context string, lines ...string) string {
	m := twoSigla()
	m.DefaultYear = year
	text := &Text{Kind: "paragraph", Reading: readingOf(lines...), CalledIn: -1, Context: context}
	texts := []*Text{text}
	Citations(m, texts)
	Dates(m, texts)
	var out []string
	for _, d := range text.Dates {
		sign := " = "
		if d.Relative {
			sign = " ~ "
		}
		out = append(out, d.Printed+sign+d.EDTF)
	}
	return strings.Join(out, "; ")
}

func TestDates(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		// Days.
		{"English Historical Review, xlvi (1931), 274-9; 12 (1932): pp. 3-4", ""},
		{"in his fourth year (1931), 12 ships sailed", "1931 = 1931"},
		{"On August 23, 1939, it was signed.", "August 23, 1939 = 1939-08-23"},
		{"On Wednesday, 23rd August 1939, it was signed.", "Wednesday, 23rd August 1939 = 1939-08-23"},
		{"on the 8th of August", "8th of August = 1939-08-08"},
		{"on the twenty-third of August, 1939", "twenty-third of August, 1939 = 1939-08-23"},
		{"on 26th or 27th of August", "26th = 1939-08-26; 27th of August = 1939-08-27"},
		{"on 13 and 14 August 1940 they met", "13 = 1940-08-13; 14 August 1940 = 1940-08-14"},
		{"On April 5 and 7, Bonnet raised", "April 5 = 1939-04-05; 7 = 1939-04-07"},
		{"on May 3, 5 and 8, 1940, they met", "May 3 = 1940-05-03; 5 = 1940-05-05; 8, 1940 = 1940-05-08"},
		{"from 12 to 21 August", "12 to 21 August = 1939-08-12/1939-08-21"},
		{"between 12 and 21 August", "12 and 21 August = 1939-08-12/1939-08-21"},
		{"from August 12-21 they talked", "August 12-21 = 1939-08-12/1939-08-21"},
		{"on the night of 23-24 August", "23-24 August = 1939-08-23/1939-08-24"},
		{"from March 10 to July 23, 1939", "March 10 to July 23, 1939 = 1939-03-10/1939-07-23"},
		{"from December 20 to January 3, 1940", "December 20 to January 3, 1940 = 1939-12-20/1940-01-03"},
		{"On 29 February he left.", ""},
		{"On 29 February 1940 he left.", "29 February 1940 = 1940-02-29"},
		{"Berlin, Nov. 5, 1938.", "Nov. 5, 1938 = 1938-11-05"},
		{"Extract from a Letter dated Feb. 11. 1713-14.", "Feb. 11. 1713-14 = 1714-02-11"},
		{"on 11 February 1713/14", "11 February 1713/14 = 1714-02-11"},
		{"on 22 August or no later than August 23", "22 August = 1939-08-22; August 23 = 1939-08-23"},
		{"the 26th of the month of August 1861", "26th of the month of August 1861 = 1861-08-26"},
		{"dated Apr. 18 (5), 1918, and October 3/15, 1895, and 3/15 October 1895", "Apr. 18 (5), 1918 = 1918-04-18; October 3/15, 1895 = 1895-10-15; 3/15 October 1895 = 1895-10-15"},
		{"1872. Have seen him. Your 1972 was received.", ""},
		// Figures.
		{"dated 1939-05-03.", "1939-05-03 = 1939-05-03"},
		{"vom 3.5.1939 an", "3.5.1939 = 1939-05-03"},
		{"the note of 3/V/1939", "3/V/1939 = 1939-05-03"},
		{"on 5/23/1939", "5/23/1939 = 1939-05-23"},
		{"section 3.5.19 and 1,939 men", ""},
		// Months.
		{"in November 1938", "November 1938 = 1938-11"},
		{"Until March, 1939 there", "March, 1939 = 1939-03"},
		{"in early August", "early August = 1939-08-01/1939-08-10"},
		{"in mid-August", "mid-August = 1939-08-11/1939-08-20"},
		{"in late July", "late July = 1939-07-21/1939-07-31"},
		{"late in February 1940", "late in February 1940 = 1940-02-21/1940-02-29"},
		{"from mid-March to late July", "mid-March to late July = 1939-03-11/1939-07-31"},
		{"at the end of August or mid-September", "end of August = 1939-08-21/1939-08-31; mid-September = 1939-09-11/1939-09-20"},
		{"in the first half of May 1940", "first half of May 1940 = 1940-05-01/1940-05-15"},
		{"during May, June, and early July.", "May = 1939-05; June = 1939-06; early July = 1939-07-01/1939-07-10"},
		{"In May he went; his March speech; the August crisis", "May = 1939-05; March = 1939-03; August = 1939-08"},
		{"They may march in May. March on Rome! He may be late. August Bebel and April Smith saw the May Day parade.", "May = 1939-05"},
		{"May I ask? The second point, a march of 12 miles", ""},
		// Years, decades, centuries, seasons.
		{"the Pact of 1939, and the treaty of 1918", "1939 = 1939; 1918 = 1918"},
		{"in 1936, 1938, 1939 respectively", "1936 = 1936; 1938 = 1938; 1939 = 1939"},
		{"in the 1930s and the mid-1930s, by 1933", "1930s = 193X; mid-1930s = 1934/1936; 1933 = 1933"},
		{"the early 1930's", "early 1930's = 1930/1933"},
		{"the years 1711--13; adding 2000 to the bills, above 2000 annually", "1711--13 = 1711/1713"},
		{"the War of 1914-18, in 1938/39, and from 1933 to 1945", "1914-18 = 1914/1918; 1938/39 = 1938/1939; 1933 to 1945 = 1933/1945"},
		{"about 1793, c. 1800, and (1812?)", "1793 = 1793~; c. 1800 = 1800~; 1812 = 1812?"},
		{"in the eighteenth century; the late 19th century", "eighteenth century = 17XX; late 19th century = 1867/1899"},
		{"during the winter of 1938-39; the rumours of the winter. During the winter they", "the winter of 1938-39 = 1938-12/1939-02; the winter = 1938-12/1939-02; the winter = 1938-12/1939-02"},
		{"in the summer of 1939; that spring rain; the fall of France", "the summer of 1939 = 1939-06/1939-08"},
		{"some 1500 men, 1939 copies, p. 1939, no. 1812, $1900", ""},
		{"in 0201 and in the year 0", ""},
		// The year of the context.
		{"In 1938, Hitler went on. In September he spoke.", "1938 = 1938; September = 1938-09"},
		{"In November 1938 he came. In January, he left.", "November 1938 = 1938-11; January = 1939-01"},
		{"In November 1938 he came. In January, he left. In June he returned.", "November 1938 = 1938-11; January = 1939-01; June = 1939-06"},
		{"On December 31 he came. The following day, he called. On January 5 he left.", "December 31 = 1939-12-31; The following day ~ 1940-01-01; January 5 = 1940-01-05"},
		{"The report of March 11 on the situation in 1938", "March 11 = 1939-03-11; 1938 = 1938"},
		// Relative dates.
		{"On August 3, he asked. On the same day Schulenburg repeated it.", "August 3 = 1939-08-03; the same day ~ 1939-08-03"},
		{"On August 19, he said that R. might come on 26 August. It was done on the same day.", "August 19 = 1939-08-19; 26 August = 1939-08-26; the same day ~ 1939-08-19"},
		{"On August 22 he wrote. The pact was concluded the next day.", "August 22 = 1939-08-22; the next day ~ 1939-08-23"},
		{"A day after a meeting with Weizsacker on April 17, he wrote.", "A day after ~ 1939-04-18; April 17 = 1939-04-17"},
		{"On July 24, a day after the proposal was accepted, he came.", "July 24 = 1939-07-24"},
		{"On March 18 he called. By that evening it was known. Two days later it was denied.", "March 18 = 1939-03-18; that evening ~ 1939-03-18; Two days later ~ 1939-03-20"},
		{"On 31 December 1939 he left, and the following day she did.", "31 December 1939 = 1939-12-31; the following day ~ 1940-01-01"},
		{"The day before the war he knew. The same day it was over.", ""},
		{"on the third day (August 14) of the talks", "August 14 = 1939-08-14"},
		{"In 1936 he came. In May of that year he left; in June of the following year he died.", "1936 = 1936; May of that year = 1936-05; June of the following year = 1937-06"},
		{"In 1938 he came. The following year he left.", "1938 = 1938; The following year ~ 1939"},
		{"In May 1936 he came. At the end of the month he left.", "May 1936 = 1936-05; end of the month ~ 1936-05-21/1936-05-31"},
		{"In May 1936, after the spring of that year, and in Room 1936", "May 1936 = 1936-05; the spring of that year = 1936-03/1936-05"},
		// Citations hold no dates.
		{"(Watt 1974, p. 158) and (GK no. 12 March)", ""},
	} {
		if got := datesIn(1939, "", tt.text); got != tt.want {
			t.Errorf("Dates(%q)\n got %s\nwant %s", tt.text, got, tt.want)
		}
	}
}

func TestDatesOfLetters(t *testing.T) {
	for _, tt := range []struct{ context, text, want string }{
		{"1940-01-15", "In December you wrote; in March we shall see.", "December = 1939-12; March = 1940-03"},
		{"1793-05-20", "Your letter of the 12th instant, and that of the 3rd ult., came yesterday.", "12th instant ~ 1793-05-12; 3rd ult ~ 1793-04-03; yesterday ~ 1793-05-19"},
		{"1940-03-30", "our agreement of 4th December last, and in June next", "4th December last = 1939-12-04; June next = 1940-06"},
		{"1940-03-30", "file A1608, 1940/8, AA1973/362; 1 April 1940,6.42 p.m.", "1 April 1940 = 1940-04-01"},
		{"1793-01-02", "On the 28th ultimo I wrote.", "28th ultimo ~ 1792-12-28"},
		{"1936-03-07", "I saw him this morning, and on the 5th, before the 8th Congress.", "this morning ~ 1936-03-07; 5th ~ 1936-03-05"},
		{"", "He wrote of the 12th instant, on the next day, in May.", ""},
		{"no date", "In May.", ""},
	} {
		if got := datesIn(0, tt.context, tt.text); got != tt.want {
			t.Errorf("Dates(%q) in %s\n got %s\nwant %s", tt.text, tt.context, got, tt.want)
		}
	}
}

// Numbers of things, counts and cells of tables are no years, nor is what no document
// could speak of.
func TestNumbersThatAreNoYears(t *testing.T) {
	for _, tt := range []struct{ context, text, want string }{
		{"1918-11-27", "Your 2022, November 24, and 2039, November 26.", "November 24 = 1918-11-24; November 26 = 1918-11-26"},
		{"1918-02-16", "Referring Department's 1964, February 14, 4 p.m.", "February 14 = 1918-02-14"},
		{"1918-02-16", "Stalin's 1917 speech", "1917 = 1917"},
		{"1942-04-01", "See cablegram 1773 of 24 June and War Cabinet minutes 1399, 1416 and 1429.", "24 June = 1942-06-24"},
		{"1942-04-01", "Linlithgow informed Gowrie in cablegram 1160S; in the 1930s", "1930s = 193X"},
		{"1942-04-01", "Minute No. (1701) and Minute No. (1499), and in Constantinople (1453)", "1453 = 1453"},
		{"1950-05-01", "in reply to your 1071 and 1441, repeated to Dixon as nos 1435 and 1436", ""},
		{"1897-02-01", "[Inclosure 1 in 1660.] the 16th of January last", "16th of January last = 1897-01-16"},
		{"1882-02-01", "section 1993 of the Revised Statutes and Nos. 1613 and 1628, of 1881", "1881 = 1881"},
		{"1936-08-20", "466 Aug. 19 (1614) From the Embassy", "Aug. 19 = 1936-08-19"},
		{"1936-08-20", "Cmd. 5072, Ethiopia No. 2 (1936): Dispute; October 4th, 1923 [1922]", "1936 = 1936; October 4th, 1923 = 1923-10-04; 1922 = 1922"},
		{"1949-01-05", "from 0900 to 1100, 19th December, a party of 2000, a total of 2000 rifles", "19th December = 1948-12-19"},
		{"1971-01-05", "593 out of 1660 who in 1971 applied, a crew of 1200 and an establishment of 1141 (locally engaged)", "1971 = 1971"},
		{"1965-05-14", "(NAA: A463, 1965/2040, Bunting to Downer, 13 May 1965) and [NAA:A1209, 1961/94]", "13 May 1965 = 1965-05-13"},
		{"1965-05-14", "in 1914/18 and the year 1939/40", "1914/18 = 1914/1918; 1939/40 = 1939/1940"},
		{"1798-01-01", "the density as 1800 is to 1013, as 1106 to 1103, from 1370 seconds; from 1200 to 1250 they ruled", "1800 = 1800; 1200 to 1250 = 1200/1250"},
		{"1798-01-01", "N. 174. p. 1113, &c 1115; &c. 1798", "1798 = 1798"},
		{"1798-01-01", "| 31 | 834 | 1684 | 79 | 1747 |", "1747 = 1747"},
		{"1798-01-01", "| 1685 | 1686 | 1687 | and | Brest | 4° 25' W | 1680 | 1° 45' W |", "1685 = 1685; 1686 = 1686; 1687 = 1687; 1680 = 1680"},
		{"1798-01-01", "Ray 1860 and Saturn 2042; ready by 1840, or 1841", "1840 = 1840; 1841 = 1841"},
		{"1798-01-01", "in 2042", ""},
		{"1798-01-01", "in 1684 and 1685 seconds, 1000 l. in 1200 l., a gravity of 1026, at the rate only of 1038 French feet; in 1277", "1277 = 1277"},
		{"1980-03-01", "duty free by 1995 (1996 at the latest), as 2005 would be", "1995 = 1995; 1996 = 1996; 2005 = 2005"},
		{"1927-06-01", "in 1942 and beyond 1953", "1942 = 1942; 1953 = 1953"},
		{"", "the number 2064 of 1850, in 2042", "1850 = 1850; 2042 = 2042"},
	} {
		if got := datesIn(0, tt.context, tt.text); got != tt.want {
			t.Errorf("Dates(%q) in %s\n got %s\nwant %s", tt.text, tt.context, got, tt.want)
		}
	}
}

// A note takes the time of the place that calls it, not of the end of its paragraph.
func TestDatesOfNote(t *testing.T) {
	body := &Text{Kind: "paragraph", Reading: readingOf("In May 1936 he came. In June 1938 he left."), CalledIn: -1}
	note := &Text{Kind: "footnote", Reading: readingOf("He had planned it in July."), CalledIn: 0, CalledAt: 20}
	m := twoSigla()
	Dates(m, []*Text{body, note})
	if len(note.Dates) != 1 || note.Dates[0].EDTF != "1936-07" {
		t.Errorf("dates of the note: %v, want 1936-07", note.Dates)
	}
}

func FuzzAnnotations(f *testing.F) {
	f.Add("On August 23, 1939 (GK no. 602; Watt 1974, p. 5), the next day.", 1939)
	f.Add("13 and 14 August-1. 3.5.1939 1938-39 winter of ibid., p. 3 (Roberts (1989", 0)
	f.Add("a day after the 31 of February 9999 from December to GK 1-9", 9999)
	f.Fuzz(func(t *testing.T, s string, year int) {
		if !utf8.ValidString(s) || year < 0 || year > 9999 {
			t.Skip()
		}
		m := twoSigla()
		m.DefaultYear = year
		text := &Text{Kind: "footnote", Reading: readingOf(s), CalledIn: -1}
		Citations(m, []*Text{text})
		Dates(m, []*Text{text})
		reading := text.Reading.Text
		end := 0
		for _, d := range text.Dates {
			v, err := edtf.Parse(d.EDTF)
			if err != nil || v.Earliest().String() != d.Earliest || v.Latest().String() != d.Latest || d.Earliest > d.Latest {
				t.Errorf("date %+v: %v", d, err)
			}
			if d.Start < end || d.End > len(reading) || reading[d.Start:d.End] != d.Printed {
				t.Errorf("date %+v does not stand in %q behind byte %d", d, reading, end)
			}
			end = d.End
		}
		start := 0
		for _, c := range text.Citations {
			if c.Start < start || c.End > len(reading) || reading[c.Start:c.End] != c.Printed || c.ID == "" || c.ID == ibidID {
				t.Errorf("citation %+v does not stand in %q", c, reading)
			}
			start = c.Start
		}
	})
}

// A text that is all names or all days is read in time linear in its length:
// were it quadratic, this test would run for minutes.
func TestLongInput(t *testing.T) {
	for _, unit := range []string{"Aa ", "A. ", "Aa and ", "1 and ", "1939 ", "( ", "\"A, "} {
		text := &Text{Kind: "footnote", Reading: readingOf(strings.Repeat(unit, 60000/len(unit))), CalledIn: -1}
		Citations(twoSigla(), []*Text{text})
		Dates(twoSigla(), []*Text{text})
		if len(text.Citations) > 0 {
			t.Errorf("%q repeated: found citation %+v", unit, text.Citations[0])
		}
	}
}
