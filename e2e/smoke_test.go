//go:build e2e

package e2e

import (
	"testing"
	"time"
)

// TestWindowOpensAndCloses is the least that must hold on any machine: the
// window comes, shows something, and goes when it is told to.
func TestWindowOpensAndCloses(t *testing.T) {
	app := OpenScreen(t, 1400, 900).Start(Options{})
	colours, ground := Content(app.Settle())
	if colours < 8 || ground > 0.995 {
		t.Errorf("the window looks blank: %d colours, %.1f %% of it in one", colours, 100*ground)
	}
	if app.Title() == "" {
		t.Error("the window has no title")
	}
	app.CloseWindow()
	app.WaitEnd(10 * time.Second)
}

// TestQuitByKey ends the app by its own key.
func TestQuitByKey(t *testing.T) {
	app := OpenScreen(t, 1400, 900).Start(Options{})
	app.Settle()
	app.Key("ctrl+q")
	app.WaitEnd(10 * time.Second)
}
