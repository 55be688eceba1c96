package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"
)

// StartIn lets a file dialog begin in a folder; one that is not there, or "", leaves it where it would begin.
func StartIn(d *dialog.FileDialog, folder string) {
	if folder == "" {
		return
	}
	if l, err := storage.ListerForURI(storage.NewFileURI(folder)); err == nil {
		d.SetLocation(l)
	}
}

// ShowFiles opens a file or folder dialog at a size that shows a folder's files. Escape closes it, as it closes every
// dialog of ours. Fyne knows no size before the dialog is there, so it is shown first.
func ShowFiles(c fyne.Canvas, d *dialog.FileDialog) {
	before := c.OnTypedKey()
	d.SetOnClosed(func() { c.SetOnTypedKey(before) })
	d.Show()
	d.Resize(fyne.NewSize(820, 560))
	c.SetOnTypedKey(func(e *fyne.KeyEvent) {
		switch {
		case e.Name == fyne.KeyEscape:
			d.Dismiss()
		case before != nil && e.Name == fyne.KeyF1:
			before(e)
		}
	})
}
