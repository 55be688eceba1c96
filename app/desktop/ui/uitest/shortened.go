package uitest

import (
	"fyne.io/fyne/v2"

	"hostwise/app/desktop/ui"
)

// Shortened returns the visible texts that have less room than their words.
func Shortened(w fyne.Window) []string {
	var out []string
	walk(roots(w), func(o fyne.CanvasObject) bool {
		t, ok := o.(*ui.Text)
		if ok && t.Shortened() {
			out = append(out, t.Words())
		}
		return !ok
	})
	return out
}
