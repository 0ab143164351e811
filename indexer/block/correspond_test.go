package block

import "testing"

func TestCorrespondents(t *testing.T) {
	tests := []struct{ title, from, to string }{
		{"Mr John Curtin, Prime Minister, 166 to Lord Cranborne, U.K. Secretary of State 166 for Dominion Affairs", "Mr John Curtin, Prime Minister", "Lord Cranborne, U.K. Secretary of State for Dominion Affairs"},
		{"The Officer of Squadron No. 166 to the Commander, Wing 165", "Officer of Squadron No. 166", "Commander, Wing 165"},
		{"Mr. Hoppin to Mr. Barrows, United States Consul, Dublin, dated April 27, 1882", "Mr. Hoppin", "Mr. Barrows, United States Consul, Dublin"},
		{"Mr. Fish to Earl Granville on 10 May 1872.", "Mr. Fish", "Earl Granville"},
		{"Inquiry.—Report of Progress to December 15, 1917", "", ""},
		{"Mr. Seward to Mr. Adams.", "Mr. Seward", "Mr. Adams"},
		{"No. 12. Baron Gerolt to Mr. Seward.", "Baron Gerolt", "Mr. Seward"},
		{"The Acting Secretary of State to the Minister in Egypt (Fish)", "Acting Secretary of State", "Minister in Egypt (Fish)"},
		{"Sir George Pearce, Minister for External Affairs, to Mr J. A. Lyons, Prime Minister", "Sir George Pearce, Minister for External Affairs", "Mr J. A. Lyons, Prime Minister"},
		{"Mr R. G. Casey, Minister to the United States, to Department of External Affairs", "Mr R. G. Casey, Minister to the United States", "Department of External Affairs"},
		{"12. Memorandum From the Assistant for National Security (Kissinger) to President Nixon", "Assistant for National Security (Kissinger)", "President Nixon"},
		{"LETTER, BOWEN TO MCMAHON", "BOWEN", "MCMAHON"},
		{"Cablegram From Spender to Harrison", "Spender", "Harrison"},
		{"Submission 542 To Cabinet By O'Sullivan", "", ""},
		{"Cablegram to Jakarta", "", ""},
		{"GORTON, STATEMENT TO HOUSE OF REPRESENTATIVES", "", ""},
		{"Memorandum prepared for delegation to Imperial Conference", "", ""},
		{"The road to war", "", ""},
		{"Editorial Note", "", ""},
		{"", "", ""},
	}
	for _, tt := range tests {
		if from, to := Correspondents(tt.title, "166"); from != tt.from || to != tt.to {
			t.Errorf("Correspondents(%q) = %q, %q, want %q, %q", tt.title, from, to, tt.from, tt.to)
		}
	}
}

func FuzzCorrespondents(f *testing.F) {
	f.Add("Mr. Seward to Mr. Adams.")
	f.Add("LETTER, A. TO .B")
	f.Fuzz(func(t *testing.T, title string) {
		if from, to := Correspondents(title, "12"); (from == "") != (to == "") {
			t.Errorf("Correspondents(%q) = %q, %q: one without the other", title, from, to)
		}
	})
}
