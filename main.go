//go:build cgo || ci

// Hostwise helps a manager decide whether to call an API for DeepSeek R1 or to
// host it, or a distill of it, themselves. Without arguments it opens the
// window; with some it runs a sub-command, which needs no display.
package main

import (
	"fmt"
	"os"

	"fyne.io/fyne/v2/app"

	"hostwise/app/desktop"
)

// version is set when the program is linked.
var version = "0.1.0"

func main() {
	window := app.NewWithID("app.hostwise.Hostwise")
	if err := desktop.Run(window, desktop.Options{Version: version}); err != nil {
		fmt.Fprintln(os.Stderr, "hostwise:", err)
		os.Exit(1)
	}
}
