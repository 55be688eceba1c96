// Package intact writes files whole or not at all.
//
// It promises that a file is written beside its place, brought to the disk and then renamed, so that whatever stood
// there stays as it was on an error, on a full disk and when the program ends in the middle; that a replaced file
// keeps its mode; and that a place that is no regular file is refused before anything is written.
//
// It leaves out asking the person: whoever calls it knows whether a file may be replaced. The folder has to be there.
package intact

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// File is a file to be written.
type File struct {
	Path string
	Data []byte
}

// Error is a file that could not be written: What says what the person can do, Err what happened, nil where What
// says it all.
type Error struct {
	Path string
	What string
	Err  error
}

// Error says both in one line.
func (e *Error) Error() string {
	if e.Err == nil {
		return e.Path + ": " + e.What
	}
	return e.Path + ": " + e.What + " (" + e.Err.Error() + ")"
}

// Unwrap returns what happened.
func (e *Error) Unwrap() error { return e.Err }

// Check refuses a place where a file must not go, before any work is done: something that is no regular file, or a
// folder that is not there. The error is an *Error.
func Check(path string) error {
	switch info, err := os.Lstat(path); {
	case err == nil && !info.Mode().IsRegular():
		return &Error{path, "is there and is not a regular file: choose another name", nil}
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return &Error{path, "cannot be written", bare(err)}
	}
	folder := filepath.Dir(path)
	switch info, err := os.Stat(folder); {
	case errors.Is(err, fs.ErrNotExist):
		return &Error{folder, "is not there: make the folder first", bare(err)}
	case err != nil:
		return &Error{folder, "cannot be written to", bare(err)}
	case !info.IsDir():
		return &Error{folder, "is not a folder", nil}
	}
	return nil
}

// Write writes one file. The error is an *Error.
func Write(path string, data []byte) error { return WriteAll([]File{{path, data}}) }

// WriteAll writes every file beside its place and renames them only once all are on the disk. The error is an *Error.
func WriteAll(files []File) error {
	beside := make([]string, 0, len(files))
	defer func() {
		for _, name := range beside {
			_ = os.Remove(name) // renamed already where all went well
		}
	}()
	for _, f := range files {
		name, err := stage(f)
		if name != "" {
			beside = append(beside, name)
		}
		if err != nil {
			return err
		}
	}
	for i, f := range files {
		if err := os.Rename(beside[i], f.Path); err != nil {
			return refused(f.Path, err)
		}
	}
	return nil
}

// stage writes a file beside its place and returns its name there, also where that failed half-way.
func stage(f File) (name string, err error) {
	if err := Check(f.Path); err != nil {
		return "", err
	}
	temp, err := os.CreateTemp(filepath.Dir(f.Path), ".hostwise-*")
	if err != nil {
		return "", refused(f.Path, err)
	}
	_, err = temp.Write(f.Data)
	err = errors.Join(err, temp.Chmod(modeOf(f.Path)), temp.Sync(), temp.Close())
	if err != nil {
		return temp.Name(), refused(f.Path, err)
	}
	return temp.Name(), nil
}

// refused is a file that the system would not take.
func refused(path string, err error) error {
	return &Error{path, "cannot be written: check that there is room, that the folder is yours to write to, and that no other program has the file open", bare(err)}
}

// modeOf is the mode of the file that is replaced; a new file can be read by everybody.
func modeOf(path string) fs.FileMode {
	if info, err := os.Stat(path); err == nil {
		return info.Mode().Perm()
	}
	return 0o644
}

// bare is an error without the path, which stands before it already.
func bare(err error) error {
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
