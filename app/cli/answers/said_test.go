package answers

import (
	"testing"

	"hostwise/assets"
)

// What is spoken of is there: a phrase for an entry that is gone would lift nothing.
func TestWhatIsSpokenOfIsThere(t *testing.T) {
	cat, err := assets.Catalogue()
	if err != nil {
		t.Fatal(err)
	}
	there := map[string]bool{}
	for _, e := range Of(cat) {
		there[e.ID] = true
	}
	for id, phrases := range spoken {
		if !there[id] {
			t.Errorf("%s is spoken of and is no entry", id)
		}
		for _, said := range phrases {
			if fold(said) == "  " {
				t.Errorf("%s: %q says nothing", id, said)
			}
		}
	}
}
