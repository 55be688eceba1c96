//go:build unix

package storage

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// The variable that turns a run of TestReadOnlyFolder into its inner half.
const inFolder = "STORAGE_TEST_READ_ONLY_FOLDER"

// TestReadOnlyFolder opens a database in a folder that cannot be written: an
// error with advice for the window, a good answer for a read-only caller. The
// superuser can write anywhere, so there the inner half runs as nobody.
func TestReadOnlyFolder(t *testing.T) {
	if folder := os.Getenv(inFolder); folder != "" {
		tryReadOnlyFolder(t, folder)
		return
	}
	folder, err := os.MkdirTemp("", "hostwise-storage-*") // t.TempDir's parents are closed to others
	must(t, err)
	t.Cleanup(func() { _ = os.Chmod(folder, 0o700); _ = os.RemoveAll(folder) })
	path := filepath.Join(folder, "h.db")
	s := open(t, path, Options{})
	save(t, s, sample("A"))
	must(t, s.Close())
	must(t, os.Chmod(path, 0o444))
	if os.Getuid() != 0 {
		must(t, os.Chmod(folder, 0o555))
		tryReadOnlyFolder(t, folder)
		return
	}
	program := filepath.Join(folder, "program")
	must(t, copyFile(os.Args[0], program))
	must(t, os.Chmod(program, 0o555))
	must(t, os.Chmod(folder, 0o555))
	command := exec.Command(program, "-test.run=^TestReadOnlyFolder$", "-test.v")
	command.Dir = folder
	command.Env = append(os.Environ(), inFolder+"="+folder)
	command.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	out, err := command.CombinedOutput()
	if err != nil || !strings.Contains(string(out), "PASS") {
		t.Fatalf("%v\n%s", err, out)
	}
}

func tryReadOnlyFolder(t *testing.T, folder string) {
	path := filepath.Join(folder, "h.db")
	before := contents(t, folder)
	_, err := Open(t.Context(), path, Options{})
	wantKind(t, err, ErrReadOnly)
	_, err = Open(t.Context(), filepath.Join(folder, "new", "h.db"), Options{})
	wantKind(t, err, ErrReadOnly)
	_, err = Open(t.Context(), filepath.Join(folder, "new.db"), Options{})
	wantKind(t, err, ErrReadOnly)
	s := open(t, path, Options{ReadOnly: true})
	if got := names(t, s, Query{Search: "a"}); len(got) != 1 {
		t.Fatalf("listed %q", got)
	}
	wantKind(t, s.Backup(t.Context(), filepath.Join(folder, "copy.db")), ErrReadOnly)
	must(t, s.Close())
	if after := contents(t, folder); len(after) != len(before) || after[path] != before[path] {
		t.Fatal("the folder changed")
	}
}
