package plain

import (
	"errors"
	"strings"
	"testing"
	"time"

	"ibid/indexer/block"
)

// long is body text of one line; its sentences end with it.
const long = "The delegates met again in the old hall, and nobody could say what the other side wanted from them.\n"

func TestRead(t *testing.T) {
	tests := []struct{ name, src, first, want string }{
		{"one line", "Word", "", "paragraph - p.  1-1\n"},
		{"paragraphs by blank lines", "One two\nthree.\n\nFour five\n\nsix.\n", "", "paragraph - p.  1-2\nparagraph - p.  4-6\n"},
		{"number on a form feed page", "Cut off in the\n\f8\n\nmiddle.\n\n", "7",
			"paragraph - p. 7+8 1-1,4-4\nfurniture p. 8 2\n"},
		{"roman labels", "Cut off in the\n\fmiddle of it\n\fhere.\n", "ix", "paragraph - p. ix+x+xi 1-3\n"},
		{"roman, then arabic", "Of the\n\fxii\n\npreface to\n\f1\n\nthe\n\f2\n\nbook.\n", "xi",
			"paragraph - p. xi+xii+1+2 1-1,4-4,7-7,10-10\nfurniture p. xii 2\nfurniture p. 1 5\nfurniture p. 2 8\n"},
		{"a page is missing", "Cut off in the\n\f4\n\nmiddle of\n\f7\n\nit and\n\f8\n\nhere.\n", "3",
			"paragraph - p. 3+4+7+8 1-1,4-4,7-7,10-10\nfurniture p. 4 2\nfurniture p. 7 5\nfurniture p. 8 8\n"},
		{"numbers at the foot", "Cut off in the\n12\n\fmiddle of\n13\n\fit here.\n14\n", "",
			"paragraph - p. 12+13+14 1-1,3-3,5-5\nfurniture p. 12 2\nfurniture p. 13 4\nfurniture p. 14 6\n"},
		{"note at the foot", "Text called1 here\n\n1 See that.\n\fand on.\n", "5",
			"paragraph - p. 5+6 1-1,4-4 calls 1 at 1 \"1\"\nfootnote - p. 5 3-3 number 1\n"},
		{"note on the page after its caller", "Text called1 here\n\fand on.\n\n1 See that.\n", "5",
			"paragraph - p. 5+6 1-2 calls 1 at 1 \"1\"\nfootnote - p. 6 4-4 number 1\n"},
		{"signs", "A hall* and a tower† stood.\n\n* See there.\n† See here.\n", "",
			"paragraph - p.  1-1 calls 0 at 1 \"*\" calls 0 at 1 \"†\"\nfootnote - p.  3-3 number 0\nfootnote - p.  4-4 number 0\n"},
		{"letters", "A hall (a) and a tower (b) stood.\n\n(a) See there.\n(b) See here.\n", "",
			"paragraph - p.  1-1 calls 0 at 1 \"(a)\" calls 0 at 1 \"(b)\"\nfootnote - p.  3-3 number 0\nfootnote - p.  4-4 number 0\n"},
		{"a list is no notes", "We saw:\n\n* one\n* two\n* three\n", "", "paragraph - p.  1-1\nparagraph - p.  3-5\n"},
		{"endnotes", "Text called[1] here.\n\nMore words.[2]\n\nNOTES\n\n[1] See that.\n\nAnd more.\n\n[2] See this.\n\nBibliography\n\nA book.\n", "",
			"paragraph - p.  1-1 calls 1 at 1 \"[1]\"\nfootnote - p.  7-9 number 1\nparagraph - p.  3-3 calls 2 at 3 \"[2]\"\n" +
				"footnote - p.  11-11 number 2\nheading NOTES p.  5-5\nheading Bibliography p.  13-13\nparagraph Bibliography p.  15-15\n"},
		{"numbered sections, one misread", "I. The First\n\n" + long + "\nIl. The Second\nand More\n\n" + long + "\nIII. The Third\n\n" + long, "",
			"heading I p.  1-1\nparagraph I p.  3-3\nheading II p.  5-6\nparagraph II p.  8-8\nheading III p.  10-10\nparagraph III p.  12-12\n"},
		{"initials are no section", "I. The First\n\n" + long + "\nV. M. Molotov said so, and\n" + long, "",
			"heading I p.  1-1\nparagraph I p.  3-3\nparagraph I p.  5-6\n"},
		{"running heads", strings.Repeat(long, 8) + "An end.\n\fThe Old Hall\n\n" + long + "\f\nThe Old Hall\n\n" + long + "\fThe Old Hall\n\n" + long, "1",
			"paragraph - p. 1 1-9\nparagraph - p. 2+3+4 12-12,16-16,19-19\nfurniture p. 2 10\nfurniture p. 3 14\nfurniture p. 4 17\n"},
		{"parts of a line", "One\ftwo\n", "1", "paragraph - p. 1+2 1-1\n"},
		{"carriage returns only", "One\rtwo.\r\rThree.", "", "paragraph - p.  1-2\nparagraph - p.  4-4\n"},
		{"byte order mark, NUL and bad UTF-8", "\xef\xbb\xbfOne\x00\n\x00\ntwo\xff.\r\n", "", "paragraph - p.  1-3\n"},
	}
	for _, tt := range tests {
		got, err := Read([]byte(tt.src), Options{FirstPage: tt.first})
		if err != nil {
			t.Errorf("%s: Read: %v", tt.name, err)
			continue
		}
		if text := outline(got); text != tt.want {
			t.Errorf("%s: Read(%q) =\n%swant\n%s", tt.name, tt.src, text, tt.want)
		}
		if err := checkSource([]byte(tt.src), got); err != nil {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
}

func TestReadErrors(t *testing.T) {
	for _, src := range []string{"", "\n\n", " \t\r\n\f\n", "\xef\xbb\xbf", "\x00\x00"} {
		if _, err := Read([]byte(src), Options{}); !errors.Is(err, ErrEmpty) {
			t.Errorf("Read(%q): error %v, want ErrEmpty", src, err)
		}
	}
	if _, err := Read([]byte("\xff\xfeO\x00"), Options{}); !errors.Is(err, errUTF16) {
		t.Errorf("Read of UTF-16: error %v, want %v", err, errUTF16)
	}
	for _, first := range []string{"p. 3", "0", "-1", "iix", "123456", "Xi"} {
		if _, err := Read([]byte("Word"), Options{FirstPage: first}); err == nil || !strings.Contains(err.Error(), first) {
			t.Errorf("Read with first page %q: error %v, want one that names it", first, err)
		}
	}
}

// TestReadHostile reads large input that invites quadratic work. It asserts no
// time: a reader that is not linear shows by the test not ending.
func TestReadHostile(t *testing.T) {
	const n = 20_000
	for _, src := range []string{
		strings.Repeat("word1) ", n), strings.Repeat("1) a\n", n), strings.Repeat("1 A\nb1\n", n), strings.Repeat("b*\n\n* a\n", n),
		strings.Repeat("*", n), strings.Repeat("a*b ", n), strings.Repeat("(a) b\n", n), strings.Repeat("\f1\n", n),
		strings.Repeat("I. A\n\n", n), strings.Repeat("l", n), strings.Repeat("[1] ", n), strings.Repeat("(", n),
		"NOTES\n" + strings.Repeat("1. A\n", n), strings.Repeat("x.1\n", n) + "NOTES\n" + strings.Repeat("1. A\n", n),
	} {
		began := time.Now()
		got, err := Read([]byte(src), Options{})
		if err != nil {
			t.Errorf("Read(%.20q...): %v", src, err)
			continue
		}
		if err := checkSource([]byte(src), got); err != nil {
			t.Errorf("Read(%.20q...): %v", src, err)
		}
		t.Logf("%.20q: %v", src, time.Since(began).Round(time.Millisecond))
	}
}

func TestReadCalls(t *testing.T) {
	tests := []struct{ line, want string }{
		{"in three sections.ll The first", "ll"},
		{"perspectives.Z) One perspective", "Z)"},
		{"hypothesesS) - put emphasis", "S)"},
		{"the policy.\"lO) His record", "lO)"},
		{"(GK no. 137),7) and the", "7)"},
		{"were William Burling1 of Long Island", "1"},
		{"was sold in 1642.3 Slaves", "3"},
		{"end of it.¹² And", "¹²"},
		{"as he[12] said", "[12]"},
		{"(GK no. 388) and (SPE 12)", ""},
		{"paid 25% of 1642, in 1814-15", ""},
		{"the U.S. and J.S Mill", ""},
	}
	for _, tt := range tests {
		var got []string
		for _, k := range readCalls(nil, 0, tt.line) {
			if k.doubt < 1 {
				got = append(got, tt.line[k.start:k.end])
			}
		}
		found := len(got) == 0 && tt.want == ""
		for _, g := range got {
			found = found || g == tt.want
		}
		if !found {
			t.Errorf("readCalls(%q) = %q, want %q", tt.line, got, tt.want)
		}
	}
}

func TestCost(t *testing.T) {
	tests := []struct {
		token string
		n     int
		want  float64
	}{
		{"12", 12, 0}, {"l2", 12, 0.5}, {"lO", 10, 1}, {"S", 5, 0.5}, {"g", 9, 0.5}, {"13", 12, 2}, {"7", 12, impossible}, {"x", 3, 2.5},
	}
	for _, tt := range tests {
		if got := cost(tt.token, tt.n); got != tt.want {
			t.Errorf("cost(%q, %d) = %v, want %v", tt.token, tt.n, got, tt.want)
		}
	}
}

func TestLabel(t *testing.T) {
	for _, s := range []string{"1", "203", "i", "xiv", "XL", "cdxliv"} {
		l, ok := parseLabel(s)
		if !ok || l.String() != s {
			t.Errorf("parseLabel(%q) = %q, %v, want itself", s, l, ok)
		}
	}
	if got := (label{n: 9, roman: true}).plus(2).String(); got != "xi" {
		t.Errorf("two pages behind ix is %q, want xi", got)
	}
}

func TestSolveLabels(t *testing.T) {
	tests := []struct{ printed, want string }{
		{"I II III IV V", "I II III IV V"},
		{"I III III IV", "I II III IV"},
		{"I Il III lV", "I II III IV"},
		{"I II I II", "I II I II"},
		{"I L II", "I II"},
		{"1 2 3", "1 2 3"},
		{"II III", "II III"},
	}
	for _, tt := range tests {
		var found []heading
		for _, numeral := range strings.Fields(tt.printed) {
			h, ok := numberHeading(numeral + ". A Title")
			if !ok {
				t.Errorf("numberHeading(%q): none", numeral)
			}
			found = append(found, h)
		}
		var got []string
		for _, h := range solveLabels(found) {
			got = append(got, h.label)
		}
		if s := strings.Join(got, " "); s != tt.want {
			t.Errorf("solveLabels(%s) = %s, want %s", tt.printed, s, tt.want)
		}
	}
}

// TestRunsOn: a line without the blank that closes the others is marked.
func TestRunsOn(t *testing.T) {
	got, err := Read([]byte("the rumors about Ger\nmany and its \nplans. \n"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	var runs []bool
	for _, l := range got.Blocks[0].Lines {
		runs = append(runs, l.RunsOn)
	}
	if len(runs) != 3 || !runs[0] || runs[1] || runs[2] || got.Blocks[0].Kind != block.Paragraph {
		t.Errorf("RunsOn = %v, want true, false, false", runs)
	}
}
