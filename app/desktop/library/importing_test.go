package library

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"

	"hostwise/app/desktop/session"
	"hostwise/app/desktop/session/sessiontest"
	"hostwise/app/desktop/ui/uitest"
)

// folder writes n scenario files, and one with a mistake where that is wanted.
func folder(t *testing.T, n int, mistake bool) string {
	t.Helper()
	dir := t.TempDir()
	files := map[string]string{}
	for i := range n {
		files[fmt.Sprintf("branch-%03d.json", i)] = fmt.Sprintf(`{"schema": 1, "workload": {"calls_per_month": %d}}`, 1000+i)
	}
	if mistake {
		files["wrong.json"] = `{"schema": 1, "workload": {"retry_rate": -3}}`
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestAFolderIsImportedAndTakenBack(t *testing.T) {
	s, _, _ := twoCases(t)
	v := show(t, s)
	var undo func()
	v.page.shell.Toast = func(words string, u func()) { v.toast, undo = words, u }
	v.page.importPaths(folder(t, 3, false))
	if v.toast != "3 cases imported, the first is open" {
		t.Errorf("said %q", v.toast)
	}
	uitest.Sees(t, v, "branch-000", "branch-002")
	if v.page.at != s.ID() {
		t.Error("the case that was opened is not the one in the panel")
	}
	undo()
	uitest.SeesNot(t, v, "branch-000", "branch-002")
	uitest.Sees(t, v, "Support desk, EU")
}

func TestARefusedFileIsNamedWithItsReason(t *testing.T) {
	s, _, _ := twoCases(t)
	v := show(t, s)
	v.page.importPaths(folder(t, 25, true))
	uitest.Sees(t, v, "25 cases imported, the first is open; 1 file refused", "wrong.json", "retry_rate")
	uitest.Press(t, v, "Copy the list")
	uitest.Press(t, v, "Undo the import")
	uitest.SeesNot(t, v, "refused", "branch-000")
	v.page.importPaths(filepath.Join(t.TempDir(), "gone.json"))
	uitest.Sees(t, v, "Nothing imported; 1 file refused", "gone.json")
	if uitest.CanPress(v, "Undo the import") {
		t.Error("nothing can be taken back")
	}
}

// TestALongImportIsWatchedAndCancelled presses Cancel while the twentieth file is read.
func TestALongImportIsWatchedAndCancelled(t *testing.T) {
	s := sessiontest.New(t)
	v := show(t, s)
	w := &watch{shell: v.page.shell, cancel: func() { t.Error("cancelled before it was asked to") }}
	w.at(session.Importing{Of: watchedFiles})
	if v.Canvas().Overlays().Top() != nil {
		t.Fatal("a short import opens a dialog")
	}
	cancelled := 0
	w.cancel = func() { cancelled++ }
	w.at(session.Importing{Done: 20, Of: 400})
	uitest.Sees(t, v, "Importing", "20 of 400 files read", "Cancel")
	w.at(session.Importing{Done: 21, Of: 400})
	uitest.Sees(t, v, "21 of 400 files read")
	if w.dialog == nil || len(v.Canvas().Overlays().List()) != 1 {
		t.Error("each file opens a dialog")
	}
	uitest.Key(v, fyne.KeyReturn)
	if cancelled != 1 {
		t.Errorf("cancelled %d times by Enter on Cancel", cancelled)
	}
	w.close()
	uitest.SeesNot(t, v, "Importing")
}

func TestAnImportInOneLine(t *testing.T) {
	refused := func(n int) []session.Refusal { return make([]session.Refusal, n) }
	for _, c := range []struct {
		got  session.Imported
		want string
	}{
		{session.Imported{Cases: 1, Files: 1}, "1 case imported and opened"},
		{session.Imported{Cases: 212, Files: 210, Refused: refused(3)}, "212 cases imported, the first is open; 3 files refused"},
		{session.Imported{Refused: refused(1)}, "Nothing imported; 1 file refused"},
		{session.Imported{Cases: 60, Left: 20}, "60 cases imported, the first is open; cancelled before 20 files more"},
	} {
		if got := importedLine(c.got); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}
