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
