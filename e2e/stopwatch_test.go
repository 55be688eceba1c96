//go:build e2e

package e2e

import (
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestStopwatch does what a new user does most, by the keyboard, and logs how many keys and how long each took. The
// time is the app's and the script's, which waits after each step until the window rests; a person reads meanwhile.
func TestStopwatch(t *testing.T) {
	home := NewHome(t)
	home.Command("cases", "import", home.Write("other.json", home.Command("template", "research-lab")))
	home.Command("cases", "import", home.Write("first.json", home.Command("template", "saas-app")))
	app := OpenScreen(t, 1400, 900).Start(Options{Home: home})
	app.Settle()
	timed := func(what string, do func()) {
		before, start := app.keys, time.Now()
		do()
		t.Logf("%s: %d keys, %.1f s", what, app.keys-before, time.Since(start).Seconds())
	}

	timed("eight answers to a verdict", func() {
		app.step("ctrl+n")
		app.step("Tab") // the list of templates, at the blank case
		app.Key("shift+Tab", "Return")
		app.Settle()
		app.step("Return") // the eight questions
		app.Key("1")
		app.step("Return")
		for _, answer := range []string{"10k", "4000", "600"} {
			app.Key("ctrl+a")
			app.Type(answer)
			app.step("Return")
		}
		for range 5 {
			app.Key("Return")
			app.Settle()
		}
		app.Key("ctrl+2")
		app.Settle()
	})
	timed("a price changed", func() {
		app.step("ctrl+k")
		app.Type("output price")
		app.step("Return")
		app.Key("ctrl+a")
		app.Type("3.5")
		app.step("Return")
	})
	app.Key("ctrl+s")
	app.Settle()
	answered, priced := false, false
	for _, c := range home.cases() {
		answered = answered || c.Calls != nil && *c.Calls == 10_000 && c.Route != ""
		priced = priced || strings.Contains(home.scenario(c.ID), `"output_usd_per_mtok": 3.5`)
	}
	if !answered {
		t.Error("no saved case has the calls that were typed and a verdict")
	}
	if !priced {
		t.Error("no saved case has the price that was typed")
	}
	timed("two cases compared", func() { app.step("ctrl+3") })
	before := app.Settle()
	timed("the win map opened", func() {
		app.step("ctrl+k")
		app.Type("win map")
		app.step("Return")
	})
	if Differ(before, app.Settle()) < 50_000 {
		t.Error("the win map did not open")
	}
	timed("a picture exported", func() {
		app.step("ctrl+e")
		app.Key("shift+Tab", "Return")
		waitFor(t, 60*time.Second, "the exported pictures", func() bool {
			found, _ := filepath.Glob(app.Path("Hostwise/*monthly-cost*.png"))
			return len(found) > 0
		})
	})
	app.Settle()
	app.Key("Escape", "ctrl+q")
}
