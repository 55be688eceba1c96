package desktop

import (
	"os"
	"strings"

	"hostwise/app/desktop/session"
)

// systemMode is the theme for "as the system": empty to follow what Fyne hears, light where nobody can tell. On Linux
// and the BSDs the session bus tells; where there is none, Fyne takes dark.
func systemMode(goos string, getenv func(string) string, there func(path string) bool) string {
	switch goos {
	case "windows", "darwin", "android", "ios":
		return ""
	}
	if getenv("FYNE_THEME") != "" {
		return ""
	}
	address := getenv("DBUS_SESSION_BUS_ADDRESS")
	if address == "" {
		if folder := getenv("XDG_RUNTIME_DIR"); folder != "" && there(folder+"/bus") {
			return ""
		}
		return session.ThemeLight
	}
	for one := range strings.SplitSeq(address, ";") { // several addresses are tried in turn
		path, isPath := strings.CutPrefix(one, "unix:path=")
		path, _, _ = strings.Cut(path, ",")
		if !isPath || there(path) { // one of another kind cannot be looked at from here
			return ""
		}
	}
	return session.ThemeLight
}

// exists reports whether there is something at a path.
func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
