package help

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"hostwise/app/desktop/session/sessiontest"
	"hostwise/app/desktop/ui"
	"hostwise/app/desktop/ui/uitest"
	"hostwise/calc"
)

const ask = "A model's name, an error, a question, a word …"

func show(t *testing.T) (fyne.Window, *Page, *string) {
	t.Helper()
	w := uitest.Show(t, nil, 1216, 690)
	went := ""
	shell := ui.Detached()
	shell.Window = w
	shell.Go = func(page, at string) { went = strings.TrimSpace(page + " " + at) }
	p := New(sessiontest.New(t), shell, func() { went = "keys" })
	w.SetContent(p.Content())
	p.Shown()
	return w, p, &went
}

func TestAModelsTagIsAnsweredByWhatItIs(t *testing.T) {
	w, _, _ := show(t)
	uitest.Type(t, w, ask, "ollama run deepseek-r1:70b")
	texts := uitest.Texts(w.Content())
	first := strings.Join(texts[:min(len(texts), len(examples)+8)], " ")
	if !strings.Contains(first, "Llama") {
		t.Errorf("the first answer does not say that it is a Llama distill:\n%s", first)
	}
}

func TestAWordGivesAnswersWithTheirStatusAndSource(t *testing.T) {
	w, p, _ := show(t)
	uitest.Type(t, w, ask, "free")
	if len(p.results.Objects) == 0 {
		t.Fatal("no answer")
	}
	uitest.Sees(t, w, "best first")
	screen := uitest.Screen(w)
	known := false
	for _, status := range []string{"confirmed", "likely", "speculation", "false"} {
		known = known || strings.Contains(screen, status)
	}
	if !known {
		t.Error("no answer says how sure it is")
	}
}

func TestAMisspeltWordSaysWhatWasLookedFor(t *testing.T) {
	w, _, _ := show(t)
	uitest.Type(t, w, ask, "qantization")
	uitest.Sees(t, w, "looking for")
}

func TestNothingIsSaidToBeNothing(t *testing.T) {
	w, _, _ := show(t)
	uitest.Type(t, w, ask, "xqzzyv")
	uitest.Sees(t, w, "Nothing is known of these words")
	uitest.Type(t, w, ask, " ")
	uitest.Sees(t, w, "asked most")
}

func TestAnAnswerLeadsToItsPlace(t *testing.T) {
	w, _, went := show(t)
	for _, c := range []struct{ typed, button, place string }{
		{"How much memory does R1 671B need?", "Results: memory", "results memory"},
		{"How accurate are the numbers here?", "Facts: how accurate is this?", "facts accuracy"},
		{"Can I see amounts in euros?", "Guide: Currency", "guide currency.code"},
		{"Is own hosting cheaper than an API?", "Results: win map", "results winmap"},
		{"What if prices change?", "Facts: what to recheck", "facts recheck"},
	} {
		uitest.Type(t, w, ask, c.typed)
		uitest.Press(t, w, c.button)
		if *went != c.place {
			t.Errorf("%s: went to %q, want %q", c.typed, *went, c.place)
		}
	}
}

func TestEveryPlaceIsNamedAndAnEntryThatIsNamedIsThere(t *testing.T) {
	_, p, _ := show(t)
	ids := map[string]bool{}
	for _, e := range p.all {
		ids[e.ID] = true
		at, ok := PlaceOf(e)
		if ok && (at.Page == "" || at.Name == "") {
			t.Errorf("%s leads to %+v", e.ID, at)
		}
		if !ok && e.Page != "" && e.Page != ui.PageHelp {
			t.Errorf("%s matters on %q and leads nowhere", e.ID, e.Page)
		}
	}
	for id, name := range byEntry {
		if !ids[id] {
			t.Errorf("there is no answer %q", id)
		}
		if name != "model" && places[name].Page == "" && calc.LookupInput(name) == nil {
			t.Errorf("%s leads to %q, which is neither a place nor an input", id, name)
		}
	}
}

func TestAnExampleCanBePressed(t *testing.T) {
	w, p, _ := show(t)
	uitest.Press(t, w, "37B active")
	if p.field.Text() != "37B active" || len(p.results.Objects) == 0 {
		t.Errorf("%q with %d answers", p.field.Text(), len(p.results.Objects))
	}
}
