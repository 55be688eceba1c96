package library

import (
	"context"
	"fmt"
	"strings"

	"fyne.io/fyne/v2"

	"hostwise/app/desktop/session"
	"hostwise/app/desktop/ui"
)

// An import of more than this is watched: it shows how far it is and can be cancelled. Less is done before one can read.
const (
	watchedFiles = 20
	watchedBytes = 1 << 20
)

// Import adds the cases of files and folders, opens the first, and says in one line what was imported and what was
// refused, with the reason of each. A long one shows how far it is and can be cancelled. done is called at the end.
func Import(s *session.Session, shell *ui.Shell, paths []string, done func(session.Imported)) {
	ctx, cancel := context.WithCancel(context.Background())
	w := &watch{shell: shell, cancel: cancel}
	s.Import(ctx, paths, w.at, func(got session.Imported) {
		w.close()
		cancel()
		tellImported(shell, got)
		if done != nil {
			done(got)
		}
	})
}

// watch is the dialog of an import that takes a while.
type watch struct {
	shell  *ui.Shell
	cancel context.CancelFunc
	dialog *ui.Dialog
	state  *ui.Working
}

func (w *watch) at(at session.Importing) {
	c := w.shell.Canvas()
	if c == nil || at.Of <= watchedFiles && at.Bytes <= watchedBytes {
		return
	}
	if w.dialog == nil {
		w.state = ui.NewWorking()
		stop := ui.NewButton(ui.Outline, "Cancel", w.cancel).WithKey("Esc")
		w.dialog = ui.ShowDialog(c, 420, "Importing", w.state, func(*ui.Dialog) []fyne.CanvasObject { return []fyne.CanvasObject{stop} })
		w.dialog.OnClose(w.cancel)
		c.Focus(stop)
	}
	w.state.Say(fmt.Sprintf("%d of %s read", at.Done, counted(at.Of, "file")), share(at))
}

func share(at session.Importing) float64 { return float64(at.Done) / float64(max(1, at.Of)) }

func (w *watch) close() {
	if w.dialog != nil {
		w.dialog.Close()
	}
}

// tellImported says what an import did: in a toast, or in a dialog where something was refused.
func tellImported(shell *ui.Shell, got session.Imported) {
	line := importedLine(got)
	if len(got.Refused) == 0 {
		shell.Toast(line, got.Undo)
		return
	}
	c := shell.Canvas()
	if c == nil {
		return
	}
	var why strings.Builder
	for _, r := range got.Refused {
		why.WriteString(r.File + ": " + r.Err.Error() + "\n")
	}
	list := strings.TrimSpace(why.String())
	text := ui.NewText(ui.Secondary, list).In(ui.ColorInk2).Wrapped()
	scroll := ui.Scroll(text)
	scroll.SetMinSize(fyne.NewSize(100, min(ui.Scaled(220), text.HeightAt(ui.Scaled(460)))))
	words := ui.NewText(ui.Body, "Mend what is listed and import it again. Nothing of a refused file was imported.").In(ui.ColorInk2).Wrapped()
	ui.ShowDialog(c, 520, line, ui.Column(10, words, scroll), func(d *ui.Dialog) []fyne.CanvasObject {
		buttons := []fyne.CanvasObject{ui.NewButton(ui.Outline, "Copy the list", func() { shell.Copy(list, "The list is on the clipboard") }).WithIcon(ui.IconCopy)}
		if got.Undo != nil {
			buttons = append(buttons, ui.NewButton(ui.Outline, "Undo the import", func() { d.Close(); got.Undo() }).WithIcon(ui.IconUndo))
		}
		return append(buttons, ui.NewButton(ui.Main, "Close", d.Close).WithKey("Esc"))
	})
}

// importedLine is an import in one line: "212 cases imported; 3 files refused".
func importedLine(got session.Imported) string {
	var parts []string
	switch {
	case got.Cases == 1:
		parts = append(parts, "1 case imported and opened")
	case got.Cases > 1:
		parts = append(parts, fmt.Sprintf("%d cases imported, the first is open", got.Cases))
	default:
		parts = append(parts, "Nothing imported")
	}
	if n := len(got.Refused); n > 0 {
		parts = append(parts, counted(n, "file")+" refused")
	}
	if got.Left > 0 {
		parts = append(parts, "cancelled before "+counted(got.Left, "file")+" more")
	}
	return strings.Join(parts, "; ")
}

// counted is "1 file" or "3 files".
func counted(n int, one string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %ss", n, one)
}
