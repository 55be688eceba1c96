package desktop

import (
	"testing"

	"hostwise/app/desktop/session"
	"hostwise/app/desktop/ui"
	"hostwise/app/desktop/ui/uitest"
)

// A region that is chosen writes the pages anew that are there already, and the system's comes back with its choice.
func TestARegionIsTakenAtOnceOnThePagesThatAreOpen(t *testing.T) {
	t.Cleanup(ui.SetRegion(ui.Region{}))
	s := saved(t)
	w := open(t, s)
	w.goTo(ui.PageFacts, "prices/together/deepseek-ai-deepseek-r1")
	w.goTo(ui.PageFacts, "rents")
	uitest.Sees(t, w.win, "2.95")
	w.goTo(ui.PageSettings, "")
	for _, c := range []struct{ chip, region, price string }{
		{"1.234,5 and 23 Nov 2026", session.RegionComma, "2,95"},
		{"1,234.5 and Nov 23, 2026", session.RegionMonthFirst, "2.95"},
	} {
		uitest.Press(t, w.win, c.chip)
		if s.Settings().Region != c.region {
			t.Fatalf("the region is %q", s.Settings().Region)
		}
		w.goTo(ui.PageFacts, "")
		uitest.Sees(t, w.win, c.price)
		w.goTo(ui.PageSettings, "")
	}
	s.SetRegion(session.RegionSystem)
	if ui.Here() != (ui.Region{}) {
		t.Errorf("the system's region is not back: %+v", ui.Here())
	}
	s.SetRegion(session.RegionComma)
	again := open(t, s) // the window of the next start
	if !ui.Here().DecimalComma {
		t.Error("the region does not survive a restart")
	}
	again.session.SetRegion(session.RegionSystem)
}
