//go:build cgo || ci

// Hostwise helps a manager decide whether to call an API for DeepSeek R1 or to
// host it, or a distill of it, themselves. Without arguments it opens the
// window; with some it runs a sub-command, which needs no display.
package main

import (
	"fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/widget"
)

// version is set when the program is linked.
var version = "0.1.0"

func main() {
	window := app.NewWithID("app.hostwise.Hostwise").NewWindow("Hostwise")
	window.SetContent(widget.NewLabel("Hostwise " + version))
	window.ShowAndRun()
}
