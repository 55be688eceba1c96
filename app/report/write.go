package report

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// PathError is a document that could not be written: What says what the person can do, Err what happened.
type PathError struct {
	Path string
	What string
	Err  error
}

// Error says both in one line.
func (e *PathError) Error() string {
	if e.Err == nil {
		return e.Path + ": " + e.What
	}
	return e.Path + ": " + e.What + " (" + e.Err.Error() + ")"
}

// Unwrap returns what happened.
func (e *PathError) Unwrap() error { return e.Err }

// ErrEnding is the error of a path whose ending names no document.
var ErrEnding = errors.New("no document has this ending")

// Write writes the document that the ending of path names. It is written beside its place and renamed: on an
// error, or when it is cancelled, whatever was there stays as it was. A path that is there and is not a regular
// file is refused.
func Write(ctx context.Context, path string, cases []Case, opt Options) error {
	writer, ok := For(filepath.Ext(path))
	if !ok {
		return &PathError{path, "end the name with one of " + strings.Join(Endings, ", "), ErrEnding}
	}
	if err := Writable(path); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".hostwise-*")
	if err != nil {
		return &PathError{path, "cannot be written: check that the folder is yours to write to", plain(err)}
	}
	err = writer(ctx, f, cases, opt)
	if err == nil {
		if err = finish(f, path); err != nil {
			err = &PathError{path, "cannot be written: check that there is room and that no other program has it open", plain(err)}
		}
	}
	if err != nil {
		// The file may be closed already, and renaming has failed: both only leave something to clear away.
		_ = f.Close()
		_ = os.Remove(f.Name())
	}
	return err
}

// finish brings a file to the disk and puts it in its place.
func finish(f *os.File, path string) error {
	mode := fs.FileMode(0o644)
	if info, err := os.Lstat(path); err == nil {
		mode = info.Mode().Perm()
	}
	if err := errors.Join(f.Chmod(mode), f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}

// Writable reports why nothing can be written to a path, before any work is done: the folder is not there, or
// what is there is not a regular file.
func Writable(path string) error {
	folder := filepath.Dir(path)
	if info, err := os.Stat(folder); err != nil || !info.IsDir() {
		return &PathError{path, fmt.Sprintf("cannot be written: make the folder %s first", folder), plain(err)}
	}
	switch info, err := os.Lstat(path); {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return &PathError{path, "cannot be written", plain(err)}
	case !info.Mode().IsRegular():
		return &PathError{path, "is there and is not a regular file: choose another name", nil}
	}
	return nil
}

// plain leaves out the path, which stands before it already.
func plain(err error) error {
	var at *fs.PathError
	var link *os.LinkError
	switch {
	case errors.As(err, &at):
		return at.Err
	case errors.As(err, &link):
		return link.Err
	}
	return err
}
