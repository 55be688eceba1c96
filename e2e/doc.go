//go:build e2e

// Package e2e drives the real app the way a person does: a window on a display
// of its own, real key presses and clicks, pictures of what is on the screen,
// and the command line to read what was saved.
//
// A test opens a Screen (an X server without a monitor, and a window manager),
// starts the built program on it, and asks for keys, text and clicks by
// position in the window. What it promises: nothing touches the person's own
// display, settings or database, and nothing that it started outlives the
// test. What it leaves out: reading words off the screen. A story checks what
// it did by the pictures changing, by the files written, and by asking the
// saved cases through the sub-commands.
//
// It needs Xvfb, openbox, xdotool, and bin/hostwise; `make e2e`
// sees to both. It runs on Linux only and only with the tag e2e.
package e2e
