package search

import "testing"

// Only a word of letters, four or more, may be a misspelt one; a word of a query language never is.
func TestWhatMayBeMisspelt(t *testing.T) {
	for token, want := range map[string]bool{"electrcity": true, "vrma": true, "gpu": false, "near": false, "4090": false, "h100x": false, "": false, "größe": true} {
		if mendable(token) != want {
			t.Errorf("%q may be misspelt: %t", token, !want)
		}
	}
}
