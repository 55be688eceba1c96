package settings

import (
	"os"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"hostwise/app/desktop/session"
	"hostwise/app/desktop/session/sessiontest"
	"hostwise/app/desktop/ui"
	"hostwise/app/desktop/ui/uitest"
	"hostwise/calc"
)

func show(t *testing.T) (fyne.Window, *Page, *session.Session) {
	t.Helper()
	s := sessiontest.New(t)
	w := uitest.Show(t, nil, 1216, 690)
	shell := ui.Detached()
	shell.Window = w
	p := New(s, shell)
	w.SetContent(p.Content())
	return w, p, s
}

func TestChoicesHoldAtOnce(t *testing.T) {
	w, p, s := show(t)
	uitest.Press(t, w, "Dark")
	uitest.Press(t, w, "150 %")
	if got := s.Settings(); got.Theme != session.ThemeDark || got.TextScale != 150 {
		t.Errorf("settings %+v", got)
	}
	if !p.themes[session.ThemeDark].Chosen() || p.themes[session.ThemeLight].Chosen() || !p.sizes[150].Chosen() {
		t.Error("the chips do not show what is chosen")
	}
	s.SetTextScale(130)
	uitest.Sees(t, w, "130 %")
}

func TestBackUpNowWritesACopy(t *testing.T) {
	w, p, s := show(t)
	sessiontest.Case(t, s, "saas-app", "Kept", nil)
	uitest.Press(t, w, "Back up now")
	path, ok := strings.CutPrefix(p.backup.Words(), "Backed up to ")
	if !ok {
		t.Fatalf("it says %q", p.backup.Words())
	}
	again := sessiontest.Open(t, path)
	cases, err := again.Cases(t.Context(), "")
	if err != nil || len(cases) != 1 || cases[0].Name != "Kept" {
		t.Errorf("the copy holds %v, %v", cases, err)
	}
	if _, err := os.Stat(s.DatabasePath()); err != nil {
		t.Error(err)
	}
}

func TestTheDatabaseIsNamed(t *testing.T) {
	w, _, s := show(t)
	uitest.Sees(t, w, s.DatabasePath())
	uitest.Press(t, w, "Copy the path")
	if got := fyne.CurrentApp().Clipboard().Content(); got != s.DatabasePath() {
		t.Errorf("the clipboard holds %q", got)
	}
}

// Each choice holds in the session that is opened next on the same file, and each can be put back.
func TestChoicesSurviveARestartAndCanBePutBack(t *testing.T) {
	w, p, s := show(t)
	if !uitest.CanPress(w, "1.234,5 and 23 Nov 2026") || uitest.CanPress(w, "Use the defaults") {
		t.Fatal("the page does not begin with the defaults")
	}
	for _, words := range []string{"Dark", "175 %", "1.234,5 and 23 Nov 2026", "A day"} {
		uitest.Press(t, w, words)
	}
	want := s.Settings()
	if want.Theme != session.ThemeDark || want.TextScale != 175 || want.Region != session.RegionComma || want.AmountsPer != session.PerDay {
		t.Fatalf("chosen is %+v", want)
	}
	again := sessiontest.Open(t, s.DatabasePath()).Settings()
	if again.Theme != want.Theme || again.TextScale != want.TextScale || again.Region != want.Region || again.AmountsPer != want.AmountsPer {
		t.Errorf("after a restart %+v", again)
	}
	uitest.Press(t, w, "Use the defaults")
	if !s.AtDefaults() || !p.themes[session.ThemeSystem].Chosen() || !p.sizes[100].Chosen() || !p.regions[session.RegionSystem].Chosen() || !p.amounts[session.PerMonth].Chosen() {
		t.Errorf("put back is %+v", s.Settings())
	}
	if !sessiontest.Open(t, s.DatabasePath()).AtDefaults() {
		t.Error("the defaults do not survive a restart")
	}
}

func TestPuttingBackCanBeUndone(t *testing.T) {
	s := sessiontest.New(t)
	s.SetTextScale(150)
	s.SetRegion(session.RegionMonthFirst)
	undo := s.ResetSettings()
	if !s.AtDefaults() {
		t.Error("it is not put back")
	}
	undo()
	if got := s.Settings(); got.TextScale != 150 || got.Region != session.RegionMonthFirst {
		t.Errorf("undone to %+v", got)
	}
	s.SetRegion("nowhere")
	if s.Settings().Region != session.RegionSystem {
		t.Error("a region that there is none of is kept")
	}
}

// The currency is the case's, and its question is one press away.
func TestTheCurrencyIsNamedAndLedTo(t *testing.T) {
	w, p, s := show(t)
	sessiontest.Case(t, s, "saas-app", "Support desk", nil)
	uitest.Sees(t, w, "The amounts of “Support desk” are in USD.")
	s.Set("currency.code", calc.Str("EUR"))
	uitest.Sees(t, w, "are in EUR.")
	went := ""
	p.shell.Go = func(page, at string) { went = page + " " + at }
	uitest.Press(t, w, "Change the currency")
	if went != ui.PageGuide+" currency.code" {
		t.Errorf("it leads to %q", went)
	}
}
