package desktop

import (
	"context"
	"image"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"
	"fyne.io/fyne/v2/test"

	"hostwise/app/desktop/export"
	"hostwise/app/desktop/session"
	"hostwise/app/desktop/session/sessiontest"
	"hostwise/app/desktop/ui"
	"hostwise/app/desktop/ui/uitest"
	"hostwise/calc"
)

const calls = "workload.calls_per_month"

// fakeWriter writes the figure's id as its picture.
type fakeWriter struct{}

func (fakeWriter) Figures() []export.Choice {
	return []export.Choice{{ID: "memory", Title: "Memory by precision"}, {ID: "tornado", Title: "What moves the answer"}}
}
func (fakeWriter) Finding(context.Context, string, export.Case) (string, error) { return "", nil }
func (fakeWriter) Preview(context.Context, string, export.Case, export.Picture) (image.Image, error) {
	return nil, nil
}
func (fakeWriter) Draw(_ context.Context, id string, _ export.Case, p export.Picture) ([]byte, error) {
	return []byte(id + " " + p.Theme), nil
}
func (fakeWriter) Reports() []export.Choice { return nil }
func (fakeWriter) Report(context.Context, string, []export.Case, export.Document) ([]byte, error) {
	return nil, nil
}

func open(t *testing.T, s *session.Session, env ...string) *window {
	t.Helper()
	a := test.NewTempApp(t)
	getenv := func(key string) string {
		for i := 0; i+1 < len(env); i += 2 {
			if env[i] == key {
				return env[i+1]
			}
		}
		return ""
	}
	look := &ui.Theme{Mode: modeFrom(getenv)}
	a.Settings().SetTheme(look)
	w := newWindow(a, s, look, Options{Version: "1.2.3", Writer: fakeWriter{}, Getenv: getenv}, ui.Inline)
	t.Cleanup(w.win.Close)
	return w
}

func saved(t *testing.T) *session.Session {
	t.Helper()
	s := sessiontest.New(t)
	sessiontest.Case(t, s, "saas-app", "Support desk", nil)
	return s
}

// choose runs a menu item by its label, as its key would.
func choose(t *testing.T, w *window, label string) {
	t.Helper()
	for _, m := range w.menu.main.Items {
		for _, i := range m.Items {
			if i.Label == label || strings.HasPrefix(i.Label, label+" ") {
				i.Action()
				return
			}
		}
	}
	t.Fatalf("the menu has no %q", label)
}

func TestTheFrameSaysWhatTheAnswersRestOn(t *testing.T) {
	w := open(t, saved(t), "HOSTWISE_PAGE", "results")
	uitest.Sees(t, w.win, "Support desk", "Saved 14:02 · revision 2", "Catalogue 23 Nov 2026 · today", "Newest API price",
		"measured runs", " futures", "Hostwise 1.2.3", "Library", "Facts", "Help", "Settings")
}

func TestEveryKeyDoesOneThing(t *testing.T) {
	w := open(t, saved(t))
	seen := map[string]string{}
	for _, m := range w.menu.main.Items {
		for _, i := range m.Items {
			if i.Shortcut == nil {
				continue
			}
			name := i.Shortcut.ShortcutName()
			if other, taken := seen[name]; taken {
				t.Errorf("%s is the key of both %q and %q", name, other, i.Label)
			}
			seen[name] = i.Label
		}
	}
	for _, want := range []string{"Undo", "CustomDesktop:Control+Shift+Z", "CustomDesktop:Control+N", "CustomDesktop:Control+O",
		"CustomDesktop:Control+S", "CustomDesktop:Control+D", "CustomDesktop:Control+E", "CustomDesktop:Control+K",
		"CustomDesktop:Control+Q", "CustomDesktop:Control+1", "CustomDesktop:Control+="} {
		if _, ok := seen[normal(seen, want)]; !ok {
			t.Errorf("no item has the key %s; there are %v", want, seen)
		}
	}
}

// normal finds a shortcut's name whatever the order of its modifiers.
func normal(seen map[string]string, want string) string {
	parts := strings.Split(strings.TrimPrefix(want, "CustomDesktop:"), "+")
	for name := range seen {
		have := strings.Split(strings.TrimPrefix(name, "CustomDesktop:"), "+")
		if len(have) != len(parts) {
			continue
		}
		all := true
		for _, p := range parts {
			found := false
			for _, h := range have {
				found = found || strings.EqualFold(h, p)
			}
			all = all && found
		}
		if all {
			return name
		}
	}
	return want
}

func TestEveryPageOpensInBothThemesAndLargeText(t *testing.T) {
	s := saved(t)
	w := open(t, s)
	for _, theme := range []string{session.ThemeLight, session.ThemeDark} {
		s.SetTheme(theme)
		for _, scale := range []int{100, 200} {
			s.SetTextScale(scale)
			for _, p := range pages {
				choose(t, w, p.title)
				if w.current != p.id {
					t.Errorf("%s is shown in place of %s", w.current, p.id)
				}
				if texts := uitest.Texts(w.body); len(texts) < 3 {
					t.Errorf("%s shows %q", p.id, texts)
				}
			}
		}
	}
	if !ui.IsDark() || ui.Scale() != 2 {
		t.Errorf("dark %v, scale %v", ui.IsDark(), ui.Scale())
	}
}

func TestTheEnvironmentOutranksTheSetting(t *testing.T) {
	s := saved(t)
	s.SetTheme(session.ThemeLight)
	open(t, s, "HOSTWISE_THEME", "dark")
	if !ui.IsDark() {
		t.Error("HOSTWISE_THEME=dark is light")
	}
}

func TestRenameOnTop(t *testing.T) {
	s := saved(t)
	w := open(t, s, "HOSTWISE_PAGE", "results")
	uitest.Press(t, w.win, "Rename this case")
	w.top.field.Replace("")
	test.Type(w.top.field.Entry(), "Claims triage")
	w.win.Canvas().Unfocus()
	uitest.Sees(t, w.win, "Claims triage")
	if s.Scenario().Name() != "Claims triage" {
		t.Errorf("the case is named %q", s.Scenario().Name())
	}
}

func TestUndoInAFieldTakesBackTypingFirst(t *testing.T) {
	s := saved(t)
	w := open(t, s, "HOSTWISE_PAGE", "library")
	s.Set(calls, calc.Num(7))
	uitest.Type(t, w.win, "Search names, notes, tags, models", "abc")
	choose(t, w, "Undo")
	if got := s.Scenario().Likely(calls); got != 7 {
		t.Errorf("undo in the field took back the answer: %v", got)
	}
	w.win.Canvas().Unfocus()
	choose(t, w, "Undo")
	if got := s.Scenario().Likely(calls); got == 7 {
		t.Error("undo outside the field did nothing")
	}
	choose(t, w, "Redo")
	if got := s.Scenario().Likely(calls); got != 7 {
		t.Errorf("redo: %v", got)
	}
}

func TestTheMenuNamesWhatUndoDoes(t *testing.T) {
	s := saved(t)
	w := open(t, s)
	s.Set(calls, calc.Num(7))
	want := "Undo " + calc.InputAt(calls).Label
	if got := w.menu.undo.item.Label; !strings.HasPrefix(got, want) || !strings.HasSuffix(got, "Ctrl+Z") {
		t.Errorf("the menu says %q, want %q and its key", got, want)
	}
}

func TestFindGoesThere(t *testing.T) {
	s := saved(t)
	sessiontest.Case(t, s, "private-rag-prototype", "Zebra", nil)
	w := open(t, s, "HOSTWISE_PAGE", "library")
	choose(t, w, "Find anything")
	f := uitest.Fields(w.win)[0]
	test.Type(f.Entry(), "sett")
	uitest.Key(w.win, fyne.KeyReturn)
	f.OnSubmit()
	if w.current != ui.PageSettings {
		t.Errorf("%s is shown", w.current)
	}
	choose(t, w, "Find anything")
	test.Type(uitest.Fields(w.win)[0].Entry(), "zeb")
	uitest.Press(t, w.win, "Zebra")
	if s.Name() != "Zebra" {
		t.Errorf("%q is open", s.Name())
	}
}

func TestFindGoesToTabsFactsAndPlaces(t *testing.T) {
	w := open(t, saved(t))
	for _, c := range []struct{ typed, row, page, sees string }{
		{"cheapest set", "Results: cheapest set-ups", ui.PageResults, "Set-ups"},
		{"recheck", "Facts: what to recheck", ui.PageFacts, "recheck"},
		{"h200 sxm", "NVIDIA H200 SXM 141GB", ui.PageFacts, "H200"},
		{"win map", "Results: win map", ui.PageResults, "A place on the map"},
	} {
		choose(t, w, "Find anything")
		test.Type(uitest.Fields(w.win)[0].Entry(), c.typed)
		uitest.Press(t, w.win, c.row)
		if w.current != c.page {
			t.Errorf("%s: %s is shown", c.typed, w.current)
		}
		uitest.Sees(t, w.win, c.sees)
	}
}

func TestEscapeLeavesTheNameAsItWas(t *testing.T) {
	s := saved(t)
	w := open(t, s, "HOSTWISE_PAGE", "results")
	w.top.rename()
	w.top.field.Replace("never")
	uitest.Key(w.win, fyne.KeyEscape)
	if s.Name() != "Support desk" {
		t.Errorf("the case is called %q", s.Name())
	}
	uitest.Sees(t, w.win, "Support desk")
}

func TestDroppedFilesAreImported(t *testing.T) {
	s := saved(t)
	w := open(t, s)
	path := filepath.Join(t.TempDir(), "dropped.json")
	if err := os.WriteFile(path, []byte(`{"schema": 1, "name": "Dropped", "workload": {"calls_per_month": 5}}`), 0o600); err != nil {
		t.Fatal(err)
	}
	w.dropped([]fyne.URI{storage.NewFileURI(path)})
	if s.Name() != "Dropped" {
		t.Errorf("%q is open", s.Name())
	}
	uitest.Sees(t, w.win, "1 case imported and opened")
}

func TestAWrongFileIsToldInFull(t *testing.T) {
	w := open(t, saved(t))
	path := filepath.Join(t.TempDir(), "wrong.json")
	if err := os.WriteFile(path, []byte(`{"schema": 1, "modell": "deepseek-r1"}`), 0o600); err != nil {
		t.Fatal(err)
	}
	w.dropped([]fyne.URI{storage.NewFileURI(path)})
	uitest.Sees(t, w.win, "Nothing imported; 1 file refused", "wrong.json", "modell", "did you mean model?")
	uitest.Press(t, w.win, "Close")
	uitest.SeesNot(t, w.win, "modell")
}

func TestDuplicateOpensTheCopy(t *testing.T) {
	s := saved(t)
	w := open(t, s)
	choose(t, w, "Duplicate")
	if s.Name() != "Support desk (copy)" {
		t.Errorf("%q is open", s.Name())
	}
}

func TestExportOpensTheDialogOnce(t *testing.T) {
	w := open(t, saved(t))
	choose(t, w, "Export …")
	uitest.Sees(t, w.win, "Memory by precision", "What moves the answer", "Scenario (.json)")
	choose(t, w, "Export …")
	uitest.Press(t, w.win, "Close")
	uitest.SeesNot(t, w.win, "Scenario (.json)")
}

func TestClosingSaves(t *testing.T) {
	path := filepath.Join(t.TempDir(), "cases.db")
	s := sessiontest.Open(t, path)
	sessiontest.Case(t, s, "saas-app", "Kept", nil)
	w := open(t, s)
	s.Set(calls, calc.Num(31337))
	w.close()
	again := sessiontest.Open(t, path)
	if err := again.OpenLast(); err != nil {
		t.Fatal(err)
	}
	if got := again.Scenario().Likely(calls); got != 31337 {
		t.Errorf("after closing: %v calls", got)
	}
}

func TestTheLastPageComesBack(t *testing.T) {
	path := filepath.Join(t.TempDir(), "cases.db")
	s := sessiontest.Open(t, path)
	sessiontest.Case(t, s, "saas-app", "x", nil)
	w := open(t, s)
	w.goTo(ui.PageFacts, "")
	w.close()
	if w := open(t, sessiontest.Open(t, path)); w.current != ui.PageFacts {
		t.Errorf("%s is shown first", w.current)
	}
}

func TestF1OpensTheKeySheet(t *testing.T) {
	w := open(t, saved(t), "HOSTWISE_PAGE", "library")
	uitest.Key(w.win, fyne.KeyF1)
	uitest.Sees(t, w.win, "Ctrl+K", "Find anything", "Shift+Tab")
	uitest.Key(w.win, fyne.KeyEscape)
	uitest.SeesNot(t, w.win, "Shift+Tab")
	// Also from inside a field.
	uitest.Type(t, w.win, "Search names, notes, tags, models", "x")
	uitest.Key(w.win, fyne.KeyF1)
	uitest.Sees(t, w.win, "Shift+Tab")
}

func TestSlashGoesToTheSearchAndIsNotTyped(t *testing.T) {
	w := open(t, saved(t), "HOSTWISE_PAGE", "library")
	// As the driver does: the key first, then its character to whoever has the focus by then.
	press := func() {
		uitest.Key(w.win, fyne.KeySlash)
		if f := w.win.Canvas().Focused(); f != nil {
			f.TypedRune('/')
		} else {
			w.win.Canvas().OnTypedRune()('/')
		}
	}
	press()
	field := uitest.Fields(w.win)[0]
	if w.win.Canvas().Focused() == nil || field.Text() != "" {
		t.Errorf("focus %v, %q is in the search", w.win.Canvas().Focused(), field.Text())
	}
	press()
	if field.Text() != "/" {
		t.Errorf("in the field / types %q", field.Text())
	}
	w.win.Canvas().Unfocus()
	choose(t, w, "New …")
	w.win.Canvas().Unfocus()
	press()
	if f := w.win.Canvas().Focused(); f != nil {
		t.Errorf("behind a dialog / focuses %v", f)
	}
}

func TestEveryControlCanBeReachedWithTab(t *testing.T) {
	w := open(t, saved(t), "HOSTWISE_PAGE", "library")
	seen := map[fyne.Focusable]bool{}
	for range 60 {
		f := uitest.Tabs(w.win, 1)
		if f == nil || seen[f] {
			break
		}
		seen[f] = true
	}
	if len(seen) < 15 {
		t.Errorf("Tab reaches %d controls", len(seen))
	}
}

func TestWhole(t *testing.T) {
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1,000", 1234567: "1,234,567"} {
		if got := whole(n); got != want {
			t.Errorf("whole(%d) = %q, want %q", n, got, want)
		}
	}
}

func TestPageAndCaseKeysWaitForTheDialog(t *testing.T) {
	s := saved(t)
	w := open(t, s, "HOSTWISE_PAGE", "library")
	s.Set(calls, calc.Num(7))
	id := s.ID()
	choose(t, w, "New …")
	for _, label := range []string{"Guide", "Results", "Compare", "Facts", "Help", "Settings", "Duplicate", "Undo", "New …", "Import …"} {
		choose(t, w, label)
	}
	if w.current != ui.PageLibrary || s.ID() != id || s.Scenario().Likely(calls) != 7 {
		t.Errorf("behind the dialog: page %s, case %s, %v calls", w.current, s.ID(), s.Scenario().Likely(calls))
	}
	if n := len(w.win.Canvas().Overlays().List()); n != 1 {
		t.Errorf("%d dialogs are open", n)
	}
	w.win.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyEscape})
	choose(t, w, "Guide")
	if w.current != ui.PageGuide {
		t.Errorf("after Escape Ctrl+1 shows %s", w.current)
	}
}

func TestTextSizeIsAppliedOnceAfterARest(t *testing.T) {
	s := saved(t)
	w := open(t, s)
	var rested func()
	w.after = func(_ time.Duration, f func()) func() {
		rested = f
		return func() { rested = nil }
	}
	changes := 0
	s.OnChange(func(e session.Event) {
		if e.Kind == session.SettingsChanged {
			changes++
		}
	})
	for range 3 {
		choose(t, w, "Larger text")
	}
	choose(t, w, "Smaller text")
	if changes != 0 || s.Settings().TextScale != 100 {
		t.Errorf("%d changes before the rest, %d %%", changes, s.Settings().TextScale)
	}
	uitest.Sees(t, w.win, "Text at 120 %")
	rested()
	if changes != 1 || s.Settings().TextScale != 120 {
		t.Errorf("%d changes after the rest, %d %%", changes, s.Settings().TextScale)
	}
	uitest.SeesNot(t, w.win, "Text at 120 %")
	choose(t, w, "Normal text")
	rested()
	if s.Settings().TextScale != 100 {
		t.Errorf("normal text is %d %%", s.Settings().TextScale)
	}
}

func TestUndoOnTheLibraryBringsTheDeletedCaseBack(t *testing.T) {
	s := saved(t)
	other := sessiontest.Case(t, s, "saas-app", "Office", nil)
	s.Set(calls, calc.Num(7))
	w := open(t, s, "HOSTWISE_PAGE", "library")
	if err := s.Delete(other); err != nil {
		t.Fatal(err)
	}
	if slices.Contains(uitest.Texts(w.body), "Office") {
		t.Error("the deleted case is still listed")
	}
	choose(t, w, "Undo")
	if !slices.Contains(uitest.Texts(w.body), "Office") {
		t.Error("undo did not bring the case back")
	}
	if s.ID() != other || s.Scenario().Likely(calls) != 7 {
		t.Errorf("%q is open with %v calls", s.Name(), s.Scenario().Likely(calls))
	}
}
