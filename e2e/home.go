//go:build e2e

package e2e

import (
	"cmp"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// program is the built app, seen from this package; HOSTWISE_PROGRAM names another build, as that of a package.
var program = cmp.Or(os.Getenv("HOSTWISE_PROGRAM"), "../bin/hostwise")

// A Home stands in for the person's home: the app's settings, database and
// exports land in its folder, and go with the test.
type Home struct {
	Folder string

	tb testing.TB
}

// NewHome makes an empty home.
func NewHome(tb testing.TB) *Home {
	tb.Helper()
	h := &Home{Folder: tb.TempDir(), tb: tb}
	// Every desktop has these; Fyne makes its own folders below them only.
	for _, folder := range []string{".config", ".cache", ".local/share"} {
		if err := os.MkdirAll(h.Path(folder), 0o700); err != nil {
			tb.Fatal(err)
		}
	}
	return h
}

// Path returns a path below the home.
func (h *Home) Path(name string) string { return filepath.Join(h.Folder, filepath.FromSlash(name)) }

// Database is the file that the app saves its cases in.
func (h *Home) Database() string { return h.Path("hostwise.db") }

// Write puts a file into the home and returns its path.
func (h *Home) Write(name, text string) string {
	h.tb.Helper()
	if err := os.WriteFile(h.Path(name), []byte(text), 0o600); err != nil {
		h.tb.Fatal(err)
	}
	return h.Path(name)
}

// Command runs a sub-command of the built program on this home's database and
// returns its standard output. It fails the test where the command failed.
func (h *Home) Command(args ...string) string {
	h.tb.Helper()
	cmd := exec.Command(absolute(h.tb, program), args...)
	cmd.Env = h.environment()
	cmd.Dir = h.Folder
	out, err := cmd.Output()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		h.tb.Fatalf("hostwise %s: %v\n%s", strings.Join(args, " "), err, exit.Stderr)
	}
	if err != nil {
		h.tb.Fatalf("hostwise %s: %v", strings.Join(args, " "), err)
	}
	return string(out)
}

// environment gives the program a home and a database of its own, and keeps
// the person's desktop session out of it.
func (h *Home) environment() []string {
	var env []string
	for _, entry := range os.Environ() {
		name, _, _ := strings.Cut(entry, "=")
		if name == "PATH" || name == "TMPDIR" {
			env = append(env, entry)
		}
	}
	return append(env,
		"LANG=C.UTF-8",
		"HOME="+h.Folder,
		"XDG_CONFIG_HOME="+h.Path(".config"),
		"XDG_DATA_HOME="+h.Path(".local/share"),
		"XDG_CACHE_HOME="+h.Path(".cache"),
		"XDG_RUNTIME_DIR="+h.Folder,
		"DBUS_SESSION_BUS_ADDRESS=unix:path="+h.Path("no-session-bus"),
		"HOSTWISE_DB="+h.Database(),
		"LIBGL_ALWAYS_SOFTWARE=1",
		"FYNE_DISABLE_DPI_DETECTION=true",
		"FYNE_SCALE=1",
	)
}

func absolute(tb testing.TB, name string) string {
	tb.Helper()
	full, err := filepath.Abs(name)
	if err != nil {
		tb.Fatal(err)
	}
	if _, err := os.Stat(full); err != nil {
		tb.Fatalf("%v: build it first (make build)", err)
	}
	return full
}
