package search

import "testing"

func TestBegin(t *testing.T) {
	for _, tt := range []struct {
		words, text string
		want        bool
	}{
		{"", "Letters", true},
		{"let", "Letters of a consul", true},
		{"cons let", "Letters of a Consul", true},
		{"etters", "Letters", false},
		{"letters 18", "Letters, 1870", true},
		{"muller", "Müller, Anna", true},
		{"letters war", "Letters of a consul", false},
	} {
		if got := Begin(tt.words, tt.text); got != tt.want {
			t.Errorf("Begin(%q, %q) = %v", tt.words, tt.text, got)
		}
	}
}
