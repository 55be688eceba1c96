//go:build cgo || ci

// Hostwise helps a manager decide whether to call an API for DeepSeek R1 or to
// host it, or a distill of it, themselves. Without arguments it opens the
// window; with some it runs a sub-command, which needs no display.
package main

import (
	"os"

	"fyne.io/fyne/v2/app"

	"hostwise/app/cli"
	"hostwise/app/desktop"
)

// version is set when the program is linked.
var version = "0.1.0"

func main() {
	if len(os.Args) > 1 {
		os.Exit(cli.Main(version))
	}
	if err := desktop.Run(app.NewWithID("app.hostwise.Hostwise"), desktop.Options{Version: version}); err != nil {
		os.Exit(1) // the window has said why
	}
}
