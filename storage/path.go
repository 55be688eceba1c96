package storage

import (
	"errors"
	"path/filepath"
	"strings"
)

// DefaultPath is where the database is kept when nobody says otherwise:
//
//	any system   $HOSTWISE_DB
//	Windows      %LocalAppData%\Hostwise\hostwise.db
//	macOS        ~/Library/Application Support/Hostwise/hostwise.db
//	others       $XDG_DATA_HOME/hostwise/hostwise.db, else ~/.local/share/hostwise/hostwise.db
//
// A relative $XDG_DATA_HOME is ignored, as the XDG base directory
// specification asks. getenv and goos are os.Getenv and runtime.GOOS.
func DefaultPath(getenv func(string) string, goos string) (string, error) {
	if path := getenv("HOSTWISE_DB"); path != "" {
		return path, nil
	}
	switch goos {
	case "windows":
		return windowsPath(getenv)
	case "darwin":
		return underHome(getenv, "Library", "Application Support", "Hostwise", "hostwise.db")
	}
	if data := getenv("XDG_DATA_HOME"); strings.HasPrefix(data, "/") {
		return filepath.Join(data, "hostwise", "hostwise.db"), nil
	}
	return underHome(getenv, ".local", "share", "hostwise", "hostwise.db")
}

// windowsPath joins with backslashes itself, so that it gives the same answer
// wherever it runs.
func windowsPath(getenv func(string) string) (string, error) {
	if local := getenv("LocalAppData"); local != "" {
		return strings.TrimRight(local, `\/`) + `\Hostwise\hostwise.db`, nil
	}
	if home := getenv("USERPROFILE"); home != "" {
		return strings.TrimRight(home, `\/`) + `\AppData\Local\Hostwise\hostwise.db`, nil
	}
	return "", noHome("LocalAppData")
}

func underHome(getenv func(string) string, parts ...string) (string, error) {
	home := getenv("HOME")
	if home == "" {
		return "", noHome("HOME")
	}
	return filepath.Join(append([]string{home}, parts...)...), nil
}

func noHome(variable string) error {
	return failAs(ErrNotFound, "find the data folder", "",
		errors.New("neither HOSTWISE_DB nor "+variable+" is set"))
}
