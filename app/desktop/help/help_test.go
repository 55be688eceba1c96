package help

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"hostwise/app/cli/answers"
	"hostwise/app/desktop/session/sessiontest"
	"hostwise/app/desktop/ui"
	"hostwise/app/desktop/ui/uitest"
)

const ask = "A model's name, an error, a question, a word …"

func show(t *testing.T) (fyne.Window, *Page, *string) {
	t.Helper()
	w := uitest.Show(t, nil, 1216, 690)
	went := ""
	shell := ui.Detached()
	shell.Window = w
	shell.Go = func(page, _ string) { went = page }
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

func TestAnAnswerLeadsToItsPage(t *testing.T) {
	w, p, went := show(t)
	for _, e := range p.all {
		if e.Kind == answers.Answer && e.Page == ui.PageResults {
			p.GoTo(e.Title)
			break
		}
	}
	uitest.Press(t, w, "Results")
	if *went != ui.PageResults {
		t.Errorf("went to %q", *went)
	}
}

func TestAnExampleCanBePressed(t *testing.T) {
	w, p, _ := show(t)
	uitest.Press(t, w, "37B active")
	if p.field.Text() != "37B active" || len(p.results.Objects) == 0 {
		t.Errorf("%q with %d answers", p.field.Text(), len(p.results.Objects))
	}
}
