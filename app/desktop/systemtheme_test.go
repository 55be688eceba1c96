package desktop

import "testing"

func TestTheThemeIsLightWhereTheSystemCannotSay(t *testing.T) {
	for _, c := range []struct {
		name, goos, bus, folder, fyne string
		there                         bool
		want                          string
	}{
		{name: "a Mac says", goos: "darwin"},
		{name: "Windows says", goos: "windows"},
		{name: "no bus at all", goos: "linux", want: "light"},
		{name: "a bus that is not there", goos: "linux", bus: "unix:path=/run/user/1/bus,guid=ab", want: "light"},
		{name: "a bus", goos: "linux", bus: "unix:path=/run/user/1/bus,guid=ab", there: true},
		{name: "the second of two", goos: "freebsd", bus: "unix:path=/none;tcp:host=localhost", want: ""},
		{name: "a bus at its usual place", goos: "linux", folder: "/run/user/1", there: true},
		{name: "its usual place empty", goos: "linux", folder: "/run/user/1", want: "light"},
		{name: "told by Fyne's own variable", goos: "linux", fyne: "dark"},
	} {
		t.Run(c.name, func(t *testing.T) {
			env := map[string]string{"DBUS_SESSION_BUS_ADDRESS": c.bus, "XDG_RUNTIME_DIR": c.folder, "FYNE_THEME": c.fyne}
			got := systemMode(c.goos, func(n string) string { return env[n] }, func(path string) bool {
				return c.there && path == "/run/user/1/bus"
			})
			if got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}
