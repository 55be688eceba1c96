package export

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
)

// folderError is a folder that nothing can be written to.
type folderError struct {
	folder string
	err    error
}

func (e *folderError) Error() string { return e.folder + ": " + e.err.Error() }

func (e *folderError) Unwrap() error { return e.err }

// words say beside the folder's field what the person can do.
func (e *folderError) words() string {
	switch {
	case errors.Is(e.err, syscall.ENOTDIR), errors.Is(e.err, fs.ErrExist):
		return "A part of this path is a file and no folder. Choose another."
	case errors.Is(e.err, fs.ErrPermission), errors.Is(e.err, syscall.EROFS):
		return "This folder is not yours to write to. Choose another."
	case errors.Is(e.err, syscall.ENOSPC):
		return "The disk is full. Make room, or choose a folder on another disk."
	case errors.Is(e.err, syscall.ENAMETOOLONG), errors.Is(e.err, syscall.EINVAL):
		return "The system takes no folder of this name. Choose another."
	}
	return "The system does not let this folder be used. Choose another."
}

// prepare makes the folder, and tries whether it can be written to before anything is drawn for it. made is true where
// it was not there before.
func prepare(folder string) (made bool, err error) {
	_, before := os.Stat(folder)
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return false, &folderError{folder, err}
	}
	made = errors.Is(before, fs.ErrNotExist)
	try, err := os.CreateTemp(folder, ".hostwise-*")
	if err != nil {
		return made, &folderError{folder, err}
	}
	if err := errors.Join(try.Close(), os.Remove(try.Name())); err != nil {
		return made, &folderError{folder, err}
	}
	return made, nil
}

// inHome writes a path that begins with "~" in full: people type it, and only a shell knows it.
func inHome(path string) string {
	path = strings.TrimSpace(path)
	rest, ok := strings.CutPrefix(path, "~")
	if !ok || rest != "" && rest[0] != '/' && rest[0] != filepath.Separator {
		return path
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return path
	}
	return filepath.Join(home, rest)
}
