//go:build !cgo && !ci

// Hostwise, built without cgo: every sub-command and no window, since drawing
// one needs a C compiler.
package main

import (
	"fmt"
	"os"

	"hostwise/app/cli"
)

// version is set when the program is linked.
var version = "0.1.0"

func main() {
	if len(os.Args) > 1 {
		os.Exit(cli.Main(version))
	}
	fmt.Fprintf(os.Stderr, "hostwise %s: this build has no window: it was made without cgo.\n"+
		"Build with a C compiler (make build) for the window, or use a sub-command: hostwise help\n", version)
	os.Exit(1)
}
