package intact

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"testing"
)

// TestNoRoomLeavesWhatWasThere writes where the system takes only a part of the file, as a full disk does: a limit on
// the size of files stands in for it, since it can be set without rights.
func TestNoRoomLeavesWhatWasThere(t *testing.T) {
	dir := t.TempDir()
	path, other := filepath.Join(dir, "deck.pptx"), filepath.Join(dir, "report.pdf")
	if err := Write(path, []byte("the old deck")); err != nil {
		t.Fatal(err)
	}
	signal.Ignore(syscall.SIGXFSZ)
	t.Cleanup(func() { signal.Reset(syscall.SIGXFSZ) })
	var was syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &was); err != nil {
		t.Fatal(err)
	}
	tight := was
	const room = 64 << 10
	tight.Cur = room
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &tight); err != nil {
		t.Skip("the size of files cannot be limited here:", err)
	}
	err := WriteAll([]File{{other, []byte("a new report")}, {path, bytes.Repeat([]byte("x"), 2*room)}})
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &was); err != nil {
		t.Fatal(err)
	}
	var at *Error
	if !errors.As(err, &at) || at.Path != path || !errors.Is(err, syscall.EFBIG) {
		t.Fatalf("the error is %v", err)
	}
	if got := read(t, path); got != "the old deck" {
		t.Errorf("the old deck is now %q", got)
	}
	if got := left(t, dir); len(got) != 0 {
		t.Errorf("left behind: %v", got)
	}
	if _, err := os.Lstat(other); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the report was written though the deck could not be: %v", err)
	}
}
