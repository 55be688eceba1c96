package answers_test

import (
	"context"
	"testing"

	"hostwise/app/cli/answers"
	"hostwise/assets"
	"hostwise/calc/catalog"
)

func facts(t *testing.T) *catalog.Catalog {
	t.Helper()
	cat, err := assets.Catalogue()
	if err != nil {
		t.Fatal(err)
	}
	return cat
}

func TestEveryEntryIsWholeAndItsIdItsOwn(t *testing.T) {
	seen, kinds := map[string]bool{}, map[string]int{}
	for _, e := range answers.Of(facts(t)) {
		if e.ID == "" || seen[e.ID] {
			t.Errorf("the id %q is empty or taken", e.ID)
		}
		seen[e.ID] = true
		kinds[e.Kind]++
		if e.Title == "" || e.Text == "" || e.Status == "" || e.Source == "" || e.AsOf == "" {
			t.Errorf("%s lacks a part: %+v", e.ID, e)
		}
	}
	for _, kind := range []string{answers.Answer, answers.Claim, answers.Word, answers.Name, answers.Advice, answers.Cost, answers.Limit,
		answers.Watch, answers.Input} {
		if kinds[kind] == 0 {
			t.Errorf("there is no entry of the kind %q", kind)
		}
	}
}

// Whatever a name hint spells is answered first by that hint, in each of its spellings.
func TestANameIsAnsweredByWhatItMeans(t *testing.T) {
	cat := facts(t)
	for _, hint := range cat.Names[:min(12, len(cat.Names))] {
		for _, spelling := range append([]string{hint.Query}, hint.Also...) {
			found, err := answers.Find(context.Background(), cat, spelling, 3)
			if err != nil {
				t.Fatal(err)
			}
			if len(found.Entries) == 0 || len(found.Entries) > 3 || found.Entries[0].Title != hint.Query {
				t.Errorf("%q is not answered by %q first: %d entries", spelling, hint.Query, len(found.Entries))
			}
			for i, e := range found.Entries {
				for _, other := range found.Entries[:i] {
					if e.ID == other.ID {
						t.Errorf("%q is answered twice by %s", spelling, e.ID)
					}
				}
			}
		}
	}
}
