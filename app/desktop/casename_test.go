package desktop

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"hostwise/app/desktop/session/sessiontest"
)

// A long name gives up letters, not the buttons beside it; where there is room it is whole again.
func TestALongNameLeavesTheButtonsTheirRoom(t *testing.T) {
	s := sessiontest.New(t)
	name := "Enterprise private inference with a very long name that somebody typed on a Friday"
	sessiontest.Case(t, s, "saas-app", name, nil)
	w := open(t, s)
	for _, width := range []float32{1280, 960, 720, 2000} {
		w.win.Resize(fyne.NewSize(width, 640))
		bar := w.top.bar.Size().Width
		if right := w.top.action.Position().X + w.top.action.Size().Width; right > bar || w.top.action.Size().Width < w.top.action.MinSize().Width {
			t.Errorf("at %g the last button ends at %g of %g", width, right, bar)
		}
		shown := w.top.name.Words()
		switch {
		case width == 2000 && shown != name:
			t.Errorf("at %g there is room for the name, which reads %q", width, shown)
		case width == 720 && (!strings.HasSuffix(shown, "…") || !strings.HasPrefix(name, strings.TrimSuffix(shown, "…"))):
			t.Errorf("at %g the name reads %q", width, shown)
		}
	}
}
