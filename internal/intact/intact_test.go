package intact

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

func read(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// left are the files in a folder that nobody asked for.
func left(t *testing.T, folder string) []string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(folder, ".hostwise-*"))
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestAFileIsReplacedAndKeepsItsMode(t *testing.T) {
	path := filepath.Join(t.TempDir(), "deck.pptx")
	if err := Write(path, []byte("one")); err != nil || read(t, path) != "one" {
		t.Fatal(err)
	}
	if err := os.Chmod(path, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := Write(path, []byte("two")); err != nil || read(t, path) != "two" {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("the mode became %v, %v", info.Mode(), err)
	}
	if l := left(t, filepath.Dir(path)); len(l) > 0 {
		t.Errorf("left behind: %v", l)
	}
}

func TestPlacesThatAreRefused(t *testing.T) {
	dir := t.TempDir()
	folder, link, file := filepath.Join(dir, "folder.pdf"), filepath.Join(dir, "link.pdf"), filepath.Join(dir, "file")
	if err := errors.Join(os.Mkdir(folder, 0o755), os.WriteFile(file, nil, 0o600), os.Symlink(filepath.Join(dir, "elsewhere.pdf"), link)); err != nil {
		t.Fatal(err)
	}
	for _, one := range []struct{ path, want string }{
		{folder, "is not a regular file"}, {link, "is not a regular file"},
		{filepath.Join(dir, "none", "a.pdf"), "make the folder first"}, {filepath.Join(file, "a.pdf"), "file"},
	} {
		for name, err := range map[string]error{"Check": Check(one.path), "Write": Write(one.path, []byte("new"))} {
			var at *Error
			if !errors.As(err, &at) || !strings.Contains(err.Error(), one.want) {
				t.Errorf("%s of %s: %v", name, one.path, err)
			}
		}
	}
	if _, err := os.Lstat(filepath.Join(dir, "elsewhere.pdf")); !errors.Is(err, fs.ErrNotExist) {
		t.Error("something was written through the link")
	}
}

func TestAllOrNone(t *testing.T) {
	dir := t.TempDir()
	a, b := filepath.Join(dir, "a"), filepath.Join(dir, "b")
	if err := os.WriteFile(a, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(b, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := WriteAll([]File{{a, []byte("new")}, {b, []byte("new")}}); err == nil {
		t.Fatal("a folder was replaced")
	}
	if read(t, a) != "old" || len(left(t, dir)) > 0 {
		t.Errorf("after a failure: %q, %v", read(t, a), left(t, dir))
	}
}
