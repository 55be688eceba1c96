// Package cli is the command line: every sub-command of the program, for scripts, for servers and for whoever likes a
// keyboard. It shows what the window shows, since both ask the same calc functions.
//
// It promises exit code 0 when the work is done, 1 when it could not be done (a file, the saved cases), and 2 when the
// input is wrong; that on an error nothing stands on standard output and no file has changed; that every problem is one
// line on standard error which says where it is, what is wrong, what is allowed and what was probably meant; that a file
// is written beside its place and then renamed; and that the same input gives the same bytes. It needs no display, no
// network and no cgo, and opens saved cases only where it is told to.
//
// It leaves out everything that is worked out: no command computes a figure of its own.
//
// run.go is the entry, failure.go says what went wrong, source.go reads and sink.go writes; each command has a file.
package cli
