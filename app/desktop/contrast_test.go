package desktop

import (
	"fmt"
	"image/color"
	"math"
	"testing"

	"hostwise/app/desktop/session"
	"hostwise/app/desktop/ui"
	"hostwise/app/desktop/ui/uitest"
)

// contrast is the ratio of WCAG 2.2, https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio.
func contrast(a, b color.NRGBA) float64 {
	light := func(c color.NRGBA) float64 {
		channel := func(v uint8) float64 {
			s := float64(v) / 255
			if s <= 0.04045 {
				return s / 12.92
			}
			return math.Pow((s+0.055)/1.055, 2.4)
		}
		return 0.2126*channel(c.R) + 0.7152*channel(c.G) + 0.0722*channel(c.B)
	}
	x, y := light(a)+0.05, light(b)+0.05
	return max(x, y) / min(x, y)
}

// Least contrasts of text, WCAG 2.2 success criterion 1.4.3: 4.5 for text, 3 for large text (24 px, or bold from 18.66
// px). Text of a control that is out of use is free of it there ("inactive user interface component"); here it keeps 3.
const (
	leastText     = 4.5
	leastLarge    = 3.0
	leastDisabled = 3.0
)

func leastOf(i uitest.Ink) float64 {
	switch {
	case i.Disabled:
		return leastDisabled
	case i.Size >= 24, i.Bold && i.Size >= 18.66:
		return leastLarge
	}
	return leastText
}

// everywhere calls look at every page, every tab and every table of the window, and with each dialog open.
func everywhere(t *testing.T, w *window, look func(place string)) {
	t.Helper()
	for _, p := range []struct{ page, at string }{
		{ui.PageGuide, ""}, {ui.PageGuide, "start"}, {ui.PageGuide, "all"}, {ui.PageGuide, calls}, {ui.PageGuide, "deployment.device"}, {ui.PageGuide, "rules.compliance"},
		{ui.PageResults, "answer"}, {ui.PageResults, "whatif"}, {ui.PageResults, "whatif/sweep"}, {ui.PageResults, "winmap"}, {ui.PageResults, "setups"},
		{ui.PageResults, "setups/search"}, {ui.PageResults, "setups/budget"}, {ui.PageResults, "memory"}, {ui.PageResults, "costs"},
		{ui.PageResults, "assumptions"}, {ui.PageResults, "numbers"}, {ui.PageResults, "next"}, {ui.PageResults, "tornado"},
		{ui.PageCompare, ""}, {ui.PageLibrary, ""},
		{ui.PageFacts, "prices"}, {ui.PageFacts, "devices/h200-sxm"}, {ui.PageFacts, "devices/add"}, {ui.PageFacts, "rents"}, {ui.PageFacts, "claims"},
		{ui.PageFacts, "measured"}, {ui.PageFacts, "yours"}, {ui.PageFacts, "stale"}, {ui.PageFacts, "recheck"}, {ui.PageFacts, "accuracy"},
		{ui.PageFacts, "accuracy/memory"}, {ui.PageFacts, "accuracy/arithmetic"}, {ui.PageHelp, "free"}, {ui.PageSettings, ""},
	} {
		w.goTo(p.page, p.at)
		look(p.page + " " + p.at)
	}
	for name, open := range map[string]func(){"keys": w.showKeys, "export": func() { w.export() }, "new case": w.newCase, "find": w.find} {
		open()
		look(name)
		for w.win.Canvas().Overlays().Top() != nil {
			w.win.Canvas().Overlays().Remove(w.win.Canvas().Overlays().Top())
		}
	}
}

// Every text is held to the ground that it really stands on, on every page and in both themes: a pair of colours that
// is used nowhere proves nothing, and one that a page makes anew is found without a list of pairs.
func TestEveryTextCanBeReadOnWhatLiesBehindIt(t *testing.T) {
	s := saved(t)
	w := open(t, s)
	for _, theme := range []string{session.ThemeLight, session.ThemeDark} {
		s.SetTheme(theme)
		pairs, told := map[[2]color.NRGBA]bool{}, map[string]bool{}
		everywhere(t, w, func(place string) {
			for _, i := range uitest.Inks(w.win) {
				if i.OnPicture {
					t.Errorf("%s, %s: %q stands on a picture without a ground of its own", theme, place, i.Words)
				}
				pairs[[2]color.NRGBA{i.Ink, i.Ground}] = true
				got := contrast(i.Ink, i.Ground)
				said := fmt.Sprintf("%s: %v on %v", theme, i.Ink, i.Ground)
				if got < leastOf(i) && !told[said] {
					told[said] = true
					t.Errorf("%s, %s: %q has a contrast of %.2f, less than %.1f", said, place, i.Words, got, leastOf(i))
				}
			}
		})
		if len(pairs) < 12 {
			t.Errorf("%s: only %d pairs of colours were found", theme, len(pairs))
		}
	}
}
