package plain

import (
	"strings"
	"testing"
)

// sectionsOf returns the headings and the sections of paragraphs of a source.
func sectionsOf(t *testing.T, src string, opt Options) string {
	t.Helper()
	got, err := Read([]byte(src), opt)
	if err != nil {
		t.Fatal(err)
	}
	if err := checkSource([]byte(src), got); err != nil {
		t.Errorf("%q: %v", src, err)
	}
	var out []string
	for _, l := range strings.Split(outline(got), "\n") {
		l, _, _ = strings.Cut(l, " p. ")
		if l != "" {
			out = append(out, l)
		}
	}
	return strings.Join(out, "; ")
}

func TestBylines(t *testing.T) {
	body := "\n\n" + long + long
	const front = "heading -; paragraph -; paragraph -"
	tests := []struct{ name, src, author, want string }{
		{"a given name", "The Slave Trade in Africa\n\nJEROME DOWD" + body + "\nTHE DESERT" + body, "", front + "; heading THE DESERT; paragraph THE DESERT"},
		{"the manifest's author", "The Slave Trade in Africa\n\nFERENC DEAK" + body + "\nTHE DESERT" + body, "Ferenc Deák; Ferenc Deak", front + "; heading THE DESERT; paragraph THE DESERT"},
		{"no other section", "The Slave Trade in Africa\n\nFERENC DEAK" + body, "", front},
		{"an introduction behind it", "The Slave Trade in Africa\n\nFERENC DEAK\n\nINTRODUCTION" + body, "", "heading -; paragraph -; heading INTRODUCTION; paragraph INTRODUCTION"},
		{"not told", "The Slave Trade in Africa\n\nSIERRA LEONE" + body + "\nTHE DESERT" + body, "",
			"heading -; heading SIERRA LEONE; paragraph SIERRA LEONE; heading THE DESERT; paragraph THE DESERT"},
		{"initials", "THE ORIGINS OF THE WAR\n\nG. P. GOOCH, M.A., LL.D." + body, "", front},
		{"initials close together", "THE ORIGINS OF THE WAR\n\nG.P. GOOCH" + body, "", front},
		{"by", "The Origins of the War\n\nBy Ferenc Deak" + body, "", front},
		{"two", "The Origins of the War\n\nA. J. GRANT AND HAROLD TEMPERLEY" + body, "", front},
		{"with a post", "The Origins of the War\n\nHAROLD TEMPERLEY\n\nUNIVERSITY OF CAMBRIDGE" + body, "", "heading -; paragraph -; paragraph -; paragraph -"},
		{"close below, told by the manifest", "The Origins of the War\nHAROLD TEMPERLEY" + body, "H. W. V. Temperley", front},
		{"close below, not told", "The Policy of Sir\nEDWARD GREY" + body, "", "heading -; paragraph -"},
		{"sections behind it", "The Origins of the War\n\nHAROLD TEMPERLEY" + body + "\nTHE CRISIS OF JULY" + body, "", front + "; heading THE CRISIS OF JULY; paragraph THE CRISIS OF JULY"},
		{"sections named after persons", "Three Chancellors\n\nOTTO VON BISMARCK" + body + "\nBERNHARD VON BÜLOW" + body, "",
			"heading -; heading OTTO VON BISMARCK; paragraph OTTO VON BISMARCK; heading BERNHARD VON BÜLOW; paragraph BERNHARD VON BÜLOW"},
		{"a title that goes on", "The Life and Times of\n\nJOHN MILTON" + body, "", "heading -; heading JOHN MILTON; paragraph JOHN MILTON"},
		{"a section", "The Origins of the War\n\nTHE CRISIS OF JULY" + body, "", "heading -; heading THE CRISIS OF JULY; paragraph THE CRISIS OF JULY"},
		{"an abbreviation", "The Origins of the War\n\nU.S. POLICY" + body + "\nTHE CRISIS" + body, "", "heading -; heading U.S. POLICY; paragraph U.S. POLICY; heading THE CRISIS; paragraph THE CRISIS"},
		{"a letter that numbers", "The Origins of the War\n\nA. BACKGROUND" + body + "\nB. OUTCOME" + body, "", "heading -; heading A. BACKGROUND; paragraph A. BACKGROUND; heading B. OUTCOME; paragraph B. OUTCOME"},
		{"a signature above the notes", "The Tarik\n\n" + strings.TrimSuffix(long, "\n") + "[1]" + "\n\nA.O. Stafford\n\nFOOTNOTES:\n\n[1] See that.\n", "",
			"heading -; paragraph -; footnote -; paragraph -; heading FOOTNOTES"},
	}
	for _, tt := range tests {
		var opt Options
		if tt.author != "" {
			opt.Authors = strings.Split(tt.author, "; ")
		}
		if got := sectionsOf(t, tt.src, opt); got != tt.want {
			t.Errorf("%s: Read(%q) =\n%s\nwant\n%s", tt.name, tt.src, got, tt.want)
		}
	}
}
