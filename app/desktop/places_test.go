package desktop

import (
	"context"
	"strings"
	"testing"

	"hostwise/app/cli/answers"
	"hostwise/app/desktop/help"
	"hostwise/app/desktop/ui"
	"hostwise/app/desktop/ui/uitest"
	"hostwise/calc"
)

// landmarks are words that stand on the screen at a place and nowhere on the way to it.
var landmarks = map[string]string{
	"guide": "question", "guide start": "Weekend experiment", "guide all": "All inputs",
	"results answer": "What would change it", "results whatif": "Move a slider", "results whatif/sweep": "Sweep",
	"results winmap": "A place on the map", "results setups": "How it feels", "results setups/search": "Cheapest set-ups",
	"results setups/budget": "Most calls for a budget", "results memory": "Requests at once", "results costs": "Within your rules",
	"results assumptions": "Defaults", "results numbers": "Copy the list", "results next": "Test the quota",
	"results tornado": "Back", "results break-even": "Back", "results over-time": "Back", "results capacity": "Back",
	"results quality-cost": "Back", "compare": "Two cases", "library": "New case", "facts": "Measured speed",
	"facts prices": "Add a price", "facts models": "parameters and context as published", "facts devices": "Add a device",
	"facts precisions": "how weights are stored", "facts accuracy": "How accurate is this?", "facts recheck": "recheck",
	"settings": "Back up now",
}

// TestEveryAnswerOfHelpLeadsToAPlaceThatIsThere goes where the buttons of all answers go, in the real window.
func TestEveryAnswerOfHelpLeadsToAPlaceThatIsThere(t *testing.T) {
	w := open(t, saved(t))
	library, err := answers.NewLibrary(context.Background(), w.session.Catalogue())
	if err != nil {
		t.Fatal(err)
	}
	been := map[string]bool{}
	for _, e := range library.Entries() {
		at, ok := help.PlaceOf(e)
		key := strings.TrimSpace(at.Page + " " + at.At)
		if !ok || been[key] || strings.HasPrefix(e.ID, "inputs/") { // each of those is its own question, of which the guide has tests
			continue
		}
		been[key] = true
		w.goTo(ui.PageHelp, "")
		w.goTo(at.Page, at.At)
		want := landmarks[key]
		switch in := calc.LookupInput(at.At); {
		case in != nil:
			want = in.Question
			if in.AskedWith != "" {
				want = calc.InputAt(in.AskedWith).Question
			}
		case strings.Contains(at.At, "/") && at.Page == ui.PageFacts:
			want = "Copy this fact" // a row of a table under its own id, open beside the table
		case want == "":
			t.Errorf("%s leads to %q, of which the test knows no landmark", e.ID, key)
			continue
		}
		if !strings.Contains(uitest.Screen(w.win), want) {
			t.Errorf("%s leads to %q, and %q is not on the screen:\n%s", e.ID, key, want, uitest.Screen(w.win))
		}
	}
	for key := range landmarks {
		if !been[key] && key != "guide" && key != "facts" {
			t.Logf("no answer leads to %s", key)
		}
	}
}
