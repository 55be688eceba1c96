// Empty is a window of Fyne's with a word in it: what a window costs before anything of ours is in it. It is built by
// the benchmark of the memory, with the tags of the program, and is no part of it.
package main

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/widget"
)

func main() {
	w := app.NewWithID("app.hostwise.empty").NewWindow("Hostwise empty")
	w.SetContent(widget.NewLabel("empty"))
	w.Resize(fyne.NewSize(1280, 800))
	w.ShowAndRun()
}
